#include "stave/core/error.hpp"
#include "stave/core/random.hpp"
#include "stave/disruption/simulate.hpp"
#include "stave/generator/firms.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <tbb/global_control.h>

#include "core/small_chain.hpp"
#include "disruption/network_reference.hpp"
#include "disruption/supply_network.hpp"

namespace stave::test {
namespace {

using ::testing::HasSubstr;

constexpr std::array all_productions{ProductionRule::leontief, ProductionRule::important_binds,
                                     ProductionRule::important_half, ProductionRule::critical_only,
                                     ProductionRule::linear};
constexpr std::array all_rationings{Rationing::proportional, Rationing::final_last,
                                    Rationing::low_order_first,
                                    Rationing::low_order_first_final_last, Rationing::priority};

SimulationOptions by_supplier() { return simulation_preset("inoue-todo"); }

/// `regions` x 5 makers; about one link in four; three columns of final use, some of it 0; a recipe
/// with all three needs.
ChainParts random_parts(std::uint64_t seed, std::size_t regions = 8) {
  const std::size_t products = 5;
  const auto n = regions * products;
  auto parts = grid_parts(regions, products, [&](std::size_t i, std::size_t j) {
    const auto cell = i * n + j;
    return random_uniform(seed, 1, cell) < 0.25 ? 3650 * random_uniform(seed, 2, cell) : 0.0;
  });
  parts.final_columns = {{RegionId(0), "households"}, {RegionId(1), "capital"}, {RegionId(1), "x"}};
  parts.final_use = Matrix(n, 3);
  for (std::size_t e = 0; e < n * 3; ++e)
    parts.final_use.data()[e] =
        random_uniform(seed, 3, e) < 0.6 ? 9000 * random_uniform(seed, 4, e) : 0;
  auto recipe = Recipe::uniform(Need::essential);
  for (std::size_t k = 0; k < products; ++k)
    for (std::size_t l = 0; l < products; ++l)
      recipe.set(ProductId(k), ProductId(l), static_cast<Need>((k + 2 * l) % 3));
  parts.recipe = recipe;
  return parts;
}

std::vector<NodeId> nodes_from(std::size_t first, std::size_t count) {
  std::vector<NodeId> nodes;
  for (std::size_t i = first; i < first + count; ++i) nodes.emplace_back(i);
  return nodes;
}

Scenario loss_of(std::vector<NodeShare> nodes, int start, int duration, double recovery_days,
                 int days) {
  Scenario scenario{.days = days};
  scenario.capacity = {
      {.name = "storm",
       .when = {.start = start, .duration = duration, .recovery_days = recovery_days},
       .nodes = std::move(nodes)}};
  return scenario;
}

/// Every kind of event, some of them at once and over the same nodes.
Scenario everything(int days) {
  auto scenario = loss_of({{NodeId(0), 0.9}, {NodeId(7), 1}, {NodeId(11), 0.4}}, 2, 6, 10, days);
  scenario.capacity.push_back(
      {.name = "flood",
       .when = {.start = 5},
       .nodes = {{NodeId(3), 0.5}, {NodeId(7), 0.3}},
       .rebuilding = Rebuilding{
           .cost = {90, 40}, .builders = {{ProductId(1), 0.7}, {ProductId(4), 0.3}}, .days = 8}});
  scenario.links = {{.name = "ban",
                     .when = {.start = 4, .duration = 9},
                     .from = nodes_from(5, 5),
                     .to = nodes_from(10, 20),
                     .columns = {1, 2}},
                    {.name = "strike",
                     .when = {.start = 8, .duration = 3, .recovery_days = 6},
                     .from = nodes_from(8, 9),
                     .to = nodes_from(0, 30),
                     .share = 0.6}};
  scenario.demand = {{.name = "boom",
                      .when = {.start = 6, .duration = 10, .recovery_days = 5},
                      .makers = nodes_from(0, 25),
                      .columns = {0},
                      .change = 0.5},
                     {.name = "slump",
                      .when = {.start = 10, .duration = 5},
                      .makers = nodes_from(20, 15),
                      .columns = {0, 1, 2},
                      .change = -0.8}};
  scenario.delays = {{.name = "canal",
                      .when = {.start = 7, .duration = 6},
                      .from = nodes_from(0, 12),
                      .to = nodes_from(12, 25),
                      .columns = {2},
                      .days = 4},
                     {.name = "port",
                      .when = {.start = 9, .duration = 7},
                      .from = nodes_from(6, 12),
                      .to = nodes_from(20, 10),
                      .columns = {0, 2},
                      .days = 2}};
  scenario.stocks = {{.name = "reserve",
                      .start = 11,
                      .duration = 3,
                      .product = ProductId(2),
                      .to = nodes_from(4, 20),
                      .amount = 60}};
  scenario.priorities = {
      {.name = "hospitals", .users = nodes_from(30, 4), .columns = {1}, .order = 0},
      {.name = "key", .users = nodes_from(10, 10), .weight = 3},
      {.name = "last", .users = nodes_from(0, 5), .columns = {2}, .order = 7, .weight = 0.5}};
  return scenario;
}

Simulation play(const Chain& chain, const Scenario& scenario, const SimulationOptions& options) {
  return simulate(chain, scenario, options, watch_all);
}

/// Largest difference of a day and node, as a share of what the node makes on a normal day.
double apart(const Chain& chain, const Matrix& a, const Matrix& b) {
  double worst = 0;
  for (std::size_t t = 0; t < a.rows(); ++t)
    for (std::size_t i = 0; i < a.cols(); ++i) {
      const double normal = chain.output()[i] / 365;
      if (normal > 0) worst = std::max(worst, std::abs(a(t, i) - b(t, i)) / normal);
    }
  return worst;
}

/// Ten a day of ore into twenty of steel into forty of cars, all of them bought at the end.
Chain ore_steel_cars() {
  auto parts = grid_parts(1, 3, [](std::size_t i, std::size_t j) {
    return i == 0 && j == 1 ? 3650.0 : i == 1 && j == 2 ? 7300.0 : 0.0;
  });
  parts.final_use = Matrix::of({{0}, {0}, {14600}});
  return Chain(std::move(parts));
}

SimulationOptions two_days_of_stock() {
  auto options = by_supplier();
  options.inventory_days = 2;
  options.inventory_restore_days = 2;
  return options;
}

// The mine stands still on days 1 and 2. In shares of a normal day, stocks in days, r1 the ore at
// the steelworks, r2 the steel at the car maker, o1 and o2 their orders (p + (2 p - r) / 2, p of
// the day before, at least 0):
//   day   r1  r2   o1   o2   mine        steel            cars
//    0     2   2   1    1    1           1                1
//    1     2   2   1    1    0 (stands)  1                1
//    2     1   2   1.5  1    0 (stands)  1                1
//    3     0   2   2    1    1           0 (no ore)       1
//    4     1   1   0    1.5  0 (no order) 1               1
//    5     0   1   2    1.5  1           0 (no ore)       1
//    6     1   0   0    2    0 (no order) 1               0 (no steel)
// On day 5: r1 = 1 + 0 - 1, r2 = 1 + 1 - 1. On day 6: r1 = 0 + 1 - 0, r2 = 1 + 0 - 1, o2 = 1 + 2
// / 2.
constexpr std::array<std::array<double, 3>, 7> worked_by_hand{
    {{1, 1, 1}, {0, 1, 1}, {0, 1, 1}, {1, 0, 1}, {0, 1, 1}, {1, 0, 1}, {0, 1, 0}}};

TEST(NetworkReference, PlaysThreeMakersAsWorkedByHand) {
  const auto chain = ore_steel_cars();
  const auto run =
      network_reference(chain, loss_of({{NodeId(0), 1}}, 1, 2, 0, 7), two_days_of_stock());
  for (std::size_t t = 0; t < 7; ++t)
    for (std::size_t i = 0; i < 3; ++i)
      EXPECT_NEAR(run.output(t, i), worked_by_hand[t][i] * chain.output()[i] / 365, 1e-12)
          << t << " " << i;
  EXPECT_NEAR(run.stock(4, 1), 10, 1e-12);   // r1 = 1 day of 10
  EXPECT_NEAR(run.stock(4, 2), 20, 1e-12);   // r2 = 1 day of 20
  EXPECT_NEAR(run.demand(4, 1), 30, 1e-12);  // o2 = 1.5
  EXPECT_NEAR(run.unmet(6, 2), 40, 1e-12);   // no cars at all
  ASSERT_TRUE(run.first_bound);
  EXPECT_EQ(run.first_bound->day, 3);
  EXPECT_EQ(run.first_bound->node, NodeId(1));
  EXPECT_EQ(run.first_bound->product, ProductId(0));
}

TEST(NetworkEngine, PlaysThreeMakersAsWorkedByHand) {
  const auto chain = ore_steel_cars();
  const auto run = play(chain, loss_of({{NodeId(0), 1}}, 1, 2, 0, 7), two_days_of_stock());
  for (std::size_t t = 0; t < 7; ++t)
    for (std::size_t i = 0; i < 3; ++i)
      EXPECT_NEAR(run.node_output(t, i), worked_by_hand[t][i] * chain.output()[i] / 365, 1e-12);
  EXPECT_NEAR(run.days[6].final_unmet, 40, 1e-12);
  EXPECT_EQ(run.first_bound->day, 3);
  EXPECT_EQ(run.nodes[2].first_bound, 6);
  EXPECT_EQ(run.nodes[2].bound_by, ProductId(1));
}

TEST(NetworkEngine, AgreesWithItsTwinUnderEveryRuleAndEvent) {
  for (const auto production : all_productions)
    for (const auto rationing : all_rationings) {
      const auto seed =
          10 * static_cast<std::uint64_t>(production) + static_cast<std::uint64_t>(rationing);
      const Chain chain(random_parts(seed));
      auto options = by_supplier();
      options.production = production;
      options.rationing = rationing;
      options.random_inventories = seed % 2 == 0;
      options.inventory_days = 4;
      options.inventory_restore_days = 9;
      options.seed = seed;
      const auto scenario = everything(45);
      const auto fast = play(chain, scenario, options);
      const auto slow = network_reference(chain, scenario, options);
      EXPECT_LT(apart(chain, fast.node_output, slow.output), 1e-9) << seed;
      EXPECT_LT(apart(chain, fast.node_capacity, slow.capacity), 1e-9) << seed;
      EXPECT_LT(apart(chain, fast.node_unmet, slow.unmet), 1e-9) << seed;
      EXPECT_LT(apart(chain, fast.node_stock, slow.stock), 1e-9) << seed;
      for (std::size_t t = 0; t < fast.days.size(); ++t) {
        double stock = 0;
        for (const double s : slow.stock.row(t)) stock += s;
        EXPECT_NEAR(fast.days[t].stock / stock, 1, 1e-9);
      }
      ASSERT_EQ(fast.rebuilding_left.size(), 1U);
      EXPECT_NEAR(fast.rebuilding_left[0], slow.rebuilding_left[0], 1e-9 * 130);
      EXPECT_EQ(fast.first_bound.has_value(), slow.first_bound.has_value());
      if (!fast.first_bound) continue;
      EXPECT_EQ(fast.first_bound->day, slow.first_bound->day);
      EXPECT_EQ(fast.first_bound->node, slow.first_bound->node);
      EXPECT_EQ(fast.first_bound->product, slow.first_bound->product);
    }
}

TEST(NetworkEngine, AgreesWithItsTwinOnASparseNetwork) {
  const auto chain = generate_firms({.firms = 200, .links = 900, .industries = 8, .seed = 4});
  auto options = by_supplier();
  std::vector<NodeShare> hit;
  for (std::size_t i = 0; i < 200; i += 9) hit.push_back({NodeId(i), random_uniform(1, 1, i)});
  const auto scenario = loss_of(hit, 3, 20, 30, 100);
  EXPECT_LT(apart(chain, play(chain, scenario, options).node_output,
                  network_reference(chain, scenario, options).output),
            1e-9);
}

TEST(NetworkEngine, StocksGivenByProductAndEndlessOnesAgreeWithTheTwin) {
  const Chain chain(random_parts(77));
  auto options = by_supplier();
  options.inventory_days_of = {3, std::numeric_limits<double>::infinity(), 1, 8, 20};
  const auto scenario = everything(45);
  EXPECT_LT(apart(chain, play(chain, scenario, options).node_output,
                  network_reference(chain, scenario, options).output),
            1e-9);
}

/// Every node on every day as on the first, to the last bit.
void expect_rest(const Chain& chain, const SimulationOptions& options) {
  const auto run = play(chain, {.days = 50}, options);
  for (std::size_t t = 0; t < 50; ++t) {
    for (std::size_t i = 0; i < chain.size(); ++i) {
      ASSERT_EQ(run.node_output(t, i), run.node_output(0, i));
      ASSERT_EQ(run.node_unmet(t, i), 0);
    }
    ASSERT_EQ(run.days[t].orders, run.days[0].orders);
    ASSERT_EQ(run.days[t].stock, run.days[0].stock);
    ASSERT_EQ(run.days[t].bound, 0U);
    ASSERT_EQ(run.days[t].value_added_lost, 0);
  }
}

TEST(NetworkEngine, WithoutAShockNothingMoves) {
  for (std::uint64_t seed = 0; seed < 8; ++seed)
    for (const auto production : all_productions) {
      auto options = by_supplier();
      options.production = production;
      options.rationing = all_rationings[seed % all_rationings.size()];
      options.random_inventories = seed % 2 == 1;
      options.seed = seed;
      expect_rest(Chain(random_parts(seed)), options);
      options.random_inventories = false;
      options.inventory_days = 1;
      expect_rest(Chain(random_parts(seed)), options);
    }
  expect_rest(generate_firms({.firms = 500, .links = 3'000, .industries = 12}), by_supplier());
}

TEST(NetworkEngine, WithoutFinalUseWhoSellsNothingSustainsDemand) {
  auto parts = grid_parts(1, 3, [](std::size_t i, std::size_t j) {
    return i == 0 && j == 1 ? 3650.0 : i == 1 && j == 2 ? 7300.0 : 0.0;
  });
  parts.final_columns.clear();
  parts.final_use = Matrix(3, 0);
  const Chain chain(std::move(parts));
  expect_rest(chain, by_supplier());
  const auto run = play(chain, loss_of({{NodeId(0), 0.5}}, 1, 5, 0, 200), two_days_of_stock());
  EXPECT_LT(run.nodes[1].least_output, 1);
  EXPECT_EQ(run.node_output(0, 2), 0);
  const auto slow =
      network_reference(chain, loss_of({{NodeId(0), 0.5}}, 1, 5, 0, 200), two_days_of_stock());
  EXPECT_LT(apart(chain, run.node_output, slow.output), 1e-9);
}

TEST(NetworkEngine, NegativeFlowsCountAsNothingAndAreToldOf) {
  auto parts = random_parts(3);
  auto flows = parts.flows.dense();
  flows(2, 3) = -730;
  parts.final_use(4, 1) = -365;
  parts.flows = FlowMatrix(flows);
  const Chain chain(parts);
  const auto run = play(chain, everything(30), by_supplier());
  EXPECT_DOUBLE_EQ(run.negative_left_out, 1095);
  flows(2, 3) = 0;
  parts.final_use(4, 1) = 0;
  parts.flows = FlowMatrix(std::move(flows));
  const auto without = play(Chain(parts), everything(30), by_supplier());
  EXPECT_EQ(run.days.back().output, without.days.back().output);
}

TEST(NetworkEngine, WhatIsMadeIsDeliveredAndStocksAddUp) {
  for (const auto rationing : all_rationings)
    for (const auto production : all_productions) {
      auto options = by_supplier();
      options.rationing = rationing;
      options.production = production;
      options.inventory_days = 3;
      const auto run = play(Chain(random_parts(21)), everything(90), options);
      EXPECT_LT(run.conservation.goods, 1e-12);
      EXPECT_LT(run.conservation.stocks, 1e-12);
      EXPECT_LT(run.conservation.rebuilding, 1e-12);
      EXPECT_LT(run.rebuilding_left[0], 130);
    }
}

TEST(NetworkEngine, GoodsOnTheirWayArriveAfterTheDelay) {
  // From day 2 on, for two days, ore takes three days more: what is sent on days 2 and 3 is there
  // on days 6 and 7, what is sent on day 4 on day 5.
  auto scenario = Scenario{.days = 10};
  scenario.delays = {{.name = "canal",
                      .when = {.start = 2, .duration = 2},
                      .from = {NodeId(0)},
                      .to = {NodeId(1)},
                      .days = 3}};
  const auto run = play(ore_steel_cars(), scenario, by_supplier());
  const std::array on_the_way{0., 0., 10., 20., 20., 20., 10., 0., 0., 0.};
  for (std::size_t t = 0; t < on_the_way.size(); ++t)
    EXPECT_NEAR(run.days[t].in_transit, on_the_way[t], 1e-12) << t;
  EXPECT_NEAR(run.days[3].stock, 15 * 30 - 10, 1e-9);
  EXPECT_NEAR(run.days[5].stock, 15 * 30 - 20, 1e-9);
  EXPECT_NEAR(run.days[9].stock, 15 * 30, 1e-9);
  EXPECT_NEAR(run.days[9].output, 70, 1e-9);
}

TEST(NetworkEngine, APriorityIsServedBeforeEverybodyElse) {
  // One maker, two users of the same size; half the capacity is gone.
  auto parts =
      grid_parts(1, 3, [](std::size_t i, std::size_t j) { return i == 0 && j > 0 ? 3650.0 : 0.0; });
  parts.final_use = Matrix::of({{0}, {7300}, {7300}});
  const Chain chain(std::move(parts));
  auto scenario = loss_of({{NodeId(0), 0.5}}, 1, 40, 0, 40);
  scenario.priorities = {{.name = "first", .users = {NodeId(2)}, .order = 0}};
  auto options = by_supplier();
  options.rationing = Rationing::priority;
  const auto run = play(chain, scenario, options);
  EXPECT_EQ(run.nodes[2].first_bound, -1);
  EXPECT_GT(run.nodes[1].first_bound, 0);
  EXPECT_NEAR(run.nodes[1].least_output, 0, 1e-12);
}

TEST(NetworkEngine, TheOrderOfTheNodesDoesNotMatter) {
  const auto parts = random_parts(5);
  const Chain chain(parts);
  const auto n = chain.size();
  std::vector<std::size_t> old(n);  // of each new place
  std::iota(old.begin(), old.end(), std::size_t{0});
  std::ranges::sort(old, {}, [](std::size_t i) { return random_bits(1, 1, i); });
  auto shuffled = parts;
  Matrix flows(n, n);
  for (std::size_t a = 0; a < n; ++a) {
    shuffled.nodes[a] = parts.nodes[old[a]];
    for (std::size_t b = 0; b < n; ++b) flows(a, b) = parts.flows.at(old[a], old[b]);
    for (std::size_t c = 0; c < 3; ++c) shuffled.final_use(a, c) = parts.final_use(old[a], c);
  }
  shuffled.flows = FlowMatrix(std::move(flows));
  const auto place = [&](std::size_t i) {
    return static_cast<std::size_t>(std::ranges::find(old, i) - old.begin());
  };
  const auto run = play(chain, loss_of({{NodeId(3), 0.8}}, 2, 9, 5, 60), by_supplier());
  const auto other =
      play(Chain(shuffled), loss_of({{NodeId(place(3)), 0.8}}, 2, 9, 5, 60), by_supplier());
  for (std::size_t t = 0; t < 60; ++t)
    for (std::size_t i = 0; i < n; ++i)
      ASSERT_NEAR(run.node_output(t, i), other.node_output(t, place(i)),
                  1e-9 * chain.output()[i] / 365);
}

TEST(NetworkEngine, AnotherUnitOfMoneyGivesTheSameShares) {
  const auto parts = random_parts(6);
  const auto run = play(Chain(parts), loss_of({{NodeId(3), 0.8}}, 2, 9, 5, 60), by_supplier());
  for (const double unit : {4.0, 1000.0}) {
    auto scaled = parts;
    auto flows = parts.flows.dense();
    for (double& z : flows.values()) z *= unit;
    scaled.flows = FlowMatrix(std::move(flows));
    for (double& y : scaled.final_use.values()) y *= unit;
    const auto other = play(Chain(scaled), loss_of({{NodeId(3), 0.8}}, 2, 9, 5, 60), by_supplier());
    for (std::size_t t = 0; t < 60; ++t)
      ASSERT_NEAR(other.days[t].output / unit / run.days[t].output, 1, unit == 4 ? 0 : 1e-9);
  }
}

TEST(NetworkEngine, GivesTheSameBitsForAnyNumberOfThreads) {
  const auto chain = generate_firms({.firms = 4'000, .links = 60'000, .industries = 30});
  std::vector<NodeShare> hit;
  for (std::size_t i = 0; i < chain.size(); i += 17) hit.push_back({NodeId(i), 0.6});
  const auto scenario = loss_of(hit, 1, 10, 10, 25);
  const auto with = [&](std::size_t threads) {
    const tbb::global_control limit(tbb::global_control::max_allowed_parallelism, threads);
    return play(chain, scenario, by_supplier());
  };
  const auto one = with(1);
  const auto four = with(4);
  EXPECT_TRUE(std::ranges::equal(one.node_output.values(), four.node_output.values()));
  EXPECT_TRUE(std::ranges::equal(one.stock_by_product.values(), four.stock_by_product.values()));
  EXPECT_TRUE(std::ranges::equal(one.unmet_by_region.values(), four.unmet_by_region.values()));
}

TEST(NetworkEngine, ALargerLossLeavesNoMoreOutputOnTheDayItStrikes) {
  // Later on orders react: nothing is promised.
  for (std::uint64_t seed = 0; seed < 6; ++seed) {
    const Chain chain(random_parts(seed));
    const auto small =
        play(chain, loss_of({{NodeId(3), 0.3}, {NodeId(9), 0.4}}, 1, 5, 0, 2), by_supplier());
    const auto large =
        play(chain, loss_of({{NodeId(3), 0.6}, {NodeId(9), 0.8}}, 1, 5, 0, 2), by_supplier());
    EXPECT_LE(large.days[1].output, small.days[1].output);
  }
}

TEST(NetworkEngine, DrawnStocksDependOnTheSeedAndAreTwoDaysOrMore) {
  auto options = by_supplier();
  options.random_inventories = true;
  const auto days = stock_days_by_node(options, 20'000);
  EXPECT_NEAR(std::accumulate(days.begin(), days.end(), 0.0) / 20'000, 15, 0.1);
  options.inventory_days = 2;
  EXPECT_EQ(std::ranges::min(stock_days_by_node(options, 1'000)), 2);
  options.seed = 9;
  EXPECT_NE(stock_days_by_node(options, 1'000), days);
}

void expect_refused(const Scenario& scenario, const SimulationOptions& options,
                    const std::string& words) {
  try {
    (void)simulate(ore_steel_cars(), scenario, options);
    ADD_FAILURE() << "not refused: " << words;
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Errc::bad_input);
    EXPECT_THAT(error.what(), HasSubstr(words));
  }
}

TEST(NetworkEngine, RefusesStocksThatDoNotLastADay) {
  auto options = by_supplier();
  options.inventory_days = 0.5;
  expect_refused({.days = 3}, options, "stocks that last 0.5 days");
  options = by_supplier();
  options.random_inventories = true;
  options.inventory_days = 501;
  expect_refused({.days = 3}, options, "501");
}

TEST(NetworkEngine, RefusesAStockpileNobodyOfItsUsersNeeds) {
  Scenario scenario{.days = 3};
  scenario.stocks = {{.name = "reserve", .product = ProductId(0), .to = {NodeId(2)}, .amount = 10}};
  expect_refused(scenario, by_supplier(), "none of its 1 users buys p0");
}

TEST(NetworkEngine, StopsWhenTheUserHasHadEnough) {
  class Enough : public Progress {
   public:
    void report(std::string_view, double done) override { done_ = done; }
    [[nodiscard]] bool cancelled() const override { return done_ >= 0.25; }

   private:
    double done_ = 0;
  } enough;
  const auto run = simulate(ore_steel_cars(), {.days = 8}, by_supplier(), {}, enough);
  EXPECT_TRUE(run.partial);
  EXPECT_EQ(run.days.size(), 2U);
}

}  // namespace
}  // namespace stave::test
