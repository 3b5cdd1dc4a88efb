// The engine of stocks by product against its slow twin, on random chains and scenarios.
#include "stave/core/error.hpp"
#include "stave/core/random.hpp"

#include <algorithm>
#include <limits>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <tbb/global_control.h>

#include "core/small_chain.hpp"
#include "disruption/played.hpp"

namespace stave::test {
namespace {

/// Draws from one seed, one after the other.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : seed_(seed) {}
  double share() { return random_uniform(seed_, 7, index_++); }
  double between(double low, double high) { return low + (high - low) * share(); }
  std::size_t below(std::size_t n) {
    return std::min(n - 1, static_cast<std::size_t>(share() * static_cast<double>(n)));
  }
  int days(int low, int high) { return low + static_cast<int>(below(high - low + 1)); }
  bool one_in(std::size_t n) { return below(n) == 0; }
  template <class T>
  T of(std::initializer_list<T> some) {
    return *(some.begin() + below(some.size()));
  }
  std::vector<NodeId> nodes(std::size_t n, double chance) {
    std::vector<NodeId> some;
    for (std::size_t i = 0; i < n; ++i)
      if (share() < chance) some.emplace_back(i);
    if (some.empty()) some.emplace_back(below(n));
    return some;
  }
  std::vector<std::size_t> columns(std::size_t f, double chance) {
    std::vector<std::size_t> some;
    for (std::size_t c = 0; c < f; ++c)
      if (share() < chance) some.push_back(c);
    return some;
  }
  Timing timing(bool recovers = true) {
    Timing when{.start = days(0, 10), .duration = days(1, 20)};
    if (!recovers || one_in(3)) return when;
    when.recovery = of({Recovery::linear, Recovery::exponential, Recovery::s_curve});
    when.recovery_days = between(3, 20);
    return when;
  }

 private:
  std::uint64_t seed_;
  std::uint64_t index_ = 0;
};

/// Some cells empty, some final use below 0, here and there a node that sells nothing.
Chain random_chain(Dice& dice, std::size_t regions, std::size_t products, double filled) {
  auto parts = grid_parts(regions, products, [&](std::size_t, std::size_t) {
    return dice.share() < filled ? dice.between(1, 1000) : 0;
  });
  const auto n = parts.nodes.size();
  parts.final_columns.clear();
  for (std::size_t r = 0; r < regions; ++r)
    for (const char* category : {"households", "capital", "government"})
      parts.final_columns.push_back({RegionId(r), category});
  parts.final_use = Matrix(n, parts.final_columns.size());
  const double scale = filled * static_cast<double>(n) * 200;
  for (double& y : parts.final_use.values())
    y = dice.one_in(20) ? -dice.between(1, 10) : dice.one_in(3) ? 0 : dice.between(0, scale);
  if (dice.one_in(2)) {
    const auto idle = dice.below(n);
    Matrix flows = parts.flows.dense();
    for (double& z : flows.row(idle)) z = 0;
    for (double& y : parts.final_use.row(idle)) y = 0;
    parts.flows = FlowMatrix(std::move(flows));
  }
  parts.recipe = Recipe::uniform(Need::essential);
  for (std::size_t k = 0; k < products; ++k)
    for (std::size_t l = 0; l < products; ++l)
      parts.recipe->set(ProductId(k), ProductId(l),
                        dice.of({Need::essential, Need::non_essential, Need::none}));
  return Chain(std::move(parts));
}

Chain as_sparse(const Chain& chain) {
  auto parts = chain.parts();
  SparseMatrix sparse{.n = chain.size(), .row_start = {0}};
  for (std::size_t i = 0; i < chain.size(); ++i) {
    parts.flows.for_each_in_row(i, [&](std::size_t j, double z) {
      sparse.column.push_back(static_cast<std::int32_t>(j));
      sparse.value.push_back(z);
    });
    sparse.row_start.push_back(static_cast<std::int64_t>(sparse.value.size()));
  }
  parts.flows = FlowMatrix(std::move(sparse));
  return Chain(std::move(parts));
}

CapacityEvent random_loss(Dice& dice, const Chain& chain) {
  CapacityEvent event{.name = "loss", .when = dice.timing()};
  for (const NodeId node : dice.nodes(chain.size(), 0.1))
    event.nodes.push_back({node, dice.one_in(4) ? 1 : dice.share()});
  if (dice.one_in(2)) return event;
  event.rebuilding = Rebuilding{.days = dice.between(2, 60)};
  for (const auto& hit : event.nodes)
    event.rebuilding->cost.push_back(dice.between(0.1, 20) * chain.output()[hit.node.at()] / 365 +
                                     1);
  const auto k = dice.below(chain.products().size());
  const auto l = (k + 1) % chain.products().size();
  event.rebuilding->builders = {{ProductId(k), 0.75}, {ProductId(l), 0.25}};
  return event;
}

Scenario random_scenario(Dice& dice, const Chain& chain) {
  const auto n = chain.size();
  const auto f = chain.final_columns().size();
  Scenario scenario;
  scenario.days = 50;
  for (std::size_t e = dice.below(3); e-- > 0;)
    scenario.capacity.push_back(random_loss(dice, chain));
  for (std::size_t e = dice.below(3); e-- > 0;)
    scenario.links.push_back({.when = dice.timing(),
                              .from = dice.nodes(n, 0.3),
                              .to = dice.nodes(n, 0.3),
                              .columns = dice.columns(f, 0.3),
                              .share = dice.one_in(2) ? 1 : dice.share()});
  for (std::size_t e = dice.below(3); e-- > 0;)
    scenario.demand.push_back({.when = dice.timing(),
                               .makers = dice.nodes(n, 0.3),
                               .columns = dice.columns(f, 0.3),
                               .change = dice.between(-1, 1)});
  for (std::size_t e = dice.below(3); e-- > 0;)
    scenario.delays.push_back({.when = dice.timing(false),
                               .from = dice.nodes(n, 0.3),
                               .to = dice.nodes(n, 0.3),
                               .columns = dice.columns(f, 0.2),
                               .days = dice.days(1, 9)});
  if (dice.one_in(3)) {
    const auto k = dice.below(chain.products().size());
    std::vector<NodeId> all;
    for (std::size_t i = 0; i < n; ++i) all.emplace_back(i);
    scenario.stocks.push_back({.start = dice.days(0, 9),
                               .duration = dice.days(1, 9),
                               .product = ProductId(k),
                               .to = all,
                               .amount = dice.between(0, 100)});
  }
  for (std::size_t p = dice.below(4); p-- > 0;)
    scenario.priorities.push_back({.users = dice.nodes(n, 0.2),
                                   .columns = dice.columns(f, 0.2),
                                   .order = dice.days(0, 2),
                                   .weight = dice.of({0.5, 1.0, 3.0})});
  return scenario;
}

SimulationOptions random_options(Dice& dice, const Chain& chain) {
  SimulationOptions options;
  options.psi = dice.between(0.5, 1);
  options.inventory_days = dice.between(3, 30);
  options.inventory_restore_days = dice.between(1, 30);
  options.overproduction_max = dice.between(1, 1.5);
  options.overproduction_days = dice.between(10, 300);
  options.orders = dice.of({OrderRule::capacity, OrderRule::habit});
  options.production = dice.of({ProductionRule::leontief, ProductionRule::important_binds,
                                ProductionRule::important_half, ProductionRule::critical_only,
                                ProductionRule::linear});
  options.rationing =
      dice.of({Rationing::proportional, Rationing::final_last, Rationing::low_order_first,
               Rationing::low_order_first_final_last, Rationing::priority});
  if (dice.one_in(4)) {
    // zeta = 0 to the last bit is not the same where sums are in another order.
    options.compatibility = Compatibility::boario;
    options.overproduction_max = 1;
  }
  if (dice.one_in(3))
    for (std::size_t k = 0; k < chain.products().size(); ++k)
      options.inventory_days_of.push_back(dice.one_in(4) ? std::numeric_limits<double>::infinity()
                                                         : dice.between(1, 20));
  return options;
}

void expect_conserved(const Simulation& found) {
  EXPECT_LT(found.conservation.goods, 1e-9);
  EXPECT_LT(found.conservation.stocks, 1e-9);
  EXPECT_LT(found.conservation.rebuilding, 1e-12);
}

class ByProduct : public ::testing::TestWithParam<int> {};

TEST_P(ByProduct, PlaysAsItsTwin) {
  Dice dice(static_cast<std::uint64_t>(GetParam()));
  const auto chain =
      random_chain(dice, 2 + dice.below(4), 2 + dice.below(5), dice.of({0.3, 0.7, 1.0}));
  const auto scenario = random_scenario(dice, chain);
  const auto options = random_options(dice, chain);
  const auto twin = simulation_reference(chain, scenario, options, watch_all);
  SCOPED_TRACE(fmt::format("{} regions x {} products, rationing {}, production {}, {}",
                           chain.regions().size(), chain.products().size(),
                           static_cast<int>(options.rationing),
                           static_cast<int>(options.production),
                           options.compatibility == Compatibility::boario ? "boario" : "ours"));
  for (const auto& form : {chain, as_sparse(chain)}) {
    const auto found = simulate(form, scenario, options, watch_all);
    expect_same(found, twin.simulation, money_a_day(chain), 1e-9);
    expect_conserved(found);
    if (HasFatalFailure()) return;
  }
}

Simulation with_threads(int threads, const Chain& chain, const Scenario& scenario,
                        const SimulationOptions& options) {
  const tbb::global_control limit(tbb::global_control::max_allowed_parallelism,
                                  static_cast<std::size_t>(threads));
  return simulate(chain, scenario, options, watch_all);
}

bool same_bits(const Simulation& a, const Simulation& b) {
  return std::ranges::equal(a.node_output.values(), b.node_output.values()) &&
         std::ranges::equal(a.node_unmet.values(), b.node_unmet.values()) &&
         std::ranges::equal(a.stock_by_product.values(), b.stock_by_product.values());
}

/// Many strips and blocks.
Chain large_chain() {
  Dice dice(77);
  return random_chain(dice, 50, 8, 0.9);
}

TEST(ByProductEngine, GivesTheSameBitsForAnyNumberOfThreads) {
  const auto chain = large_chain();
  for (const auto& form : {chain, as_sparse(chain)})
    for (const auto rationing : {Rationing::priority, Rationing::low_order_first}) {
      Dice dice(3);
      auto scenario = random_scenario(dice, chain);
      scenario.days = 8;
      scenario.capacity = {random_loss(dice, chain), random_loss(dice, chain)};
      SimulationOptions options;
      options.inventory_days = 5;
      options.rationing = rationing;
      const auto one = with_threads(1, form, scenario, options);
      EXPECT_TRUE(same_bits(one, with_threads(2, form, scenario, options)));
      EXPECT_TRUE(same_bits(one, with_threads(5, form, scenario, options)));
    }
}

TEST(ByProductEngine, NothingMovesWithoutAnEvent) {
  const auto chain = large_chain();
  Scenario scenario;
  scenario.days = 60;
  for (const auto& form : {chain, as_sparse(chain)})
    for (const char* preset : {"ario-psi", "ario", "essential"}) {
      const auto found = simulate(form, scenario, simulation_preset(preset), watch_all);
      for (std::size_t t = 0; t < 60; ++t)
        for (std::size_t i = 0; i < chain.size(); ++i)
          ASSERT_NEAR(found.node_output(t, i), found.node_output(0, i),
                      1e-11 * found.node_output(0, i));
      EXPECT_FALSE(found.first_bound);
      EXPECT_NEAR(found.days.back().final_unmet, 0, 1e-9 * money_a_day(chain));
    }
}

// A power of two changes no digit on the way.
TEST(ByProductEngine, MoneyInAnotherUnitGivesTheSameDays) {
  Dice dice(12);
  const auto chain = random_chain(dice, 5, 6, 0.8);
  auto parts = chain.parts();
  Matrix flows = parts.flows.dense();
  for (double& z : flows.values()) z *= 1024;
  for (double& y : parts.final_use.values()) y *= 1024;
  parts.flows = FlowMatrix(std::move(flows));
  Scenario scenario;
  scenario.capacity = {{.when = {.duration = 30}, .nodes = {{NodeId(3), 0.8}, {NodeId(9), 1}}}};
  const auto one = simulate(chain, scenario, {}, watch_all);
  const auto other = simulate(Chain(std::move(parts)), scenario, {}, watch_all);
  for (std::size_t e = 0; e < one.node_output.size(); ++e)
    ASSERT_EQ(other.node_output.data()[e], 1024 * one.node_output.data()[e]);
}

TEST(ByProductEngine, TheOrderOfNodesDoesNotMatter) {
  Dice dice(13);
  const auto chain = random_chain(dice, 5, 6, 0.8);
  const auto n = chain.size();
  const auto& parts = chain.parts();
  auto turned = parts;
  Matrix flows(n, n);
  for (std::size_t i = 0; i < n; ++i) {
    turned.nodes[i] = parts.nodes[n - 1 - i];
    for (std::size_t j = 0; j < n; ++j) flows(i, j) = parts.flows.at(n - 1 - i, n - 1 - j);
    std::ranges::copy(parts.final_use.row(n - 1 - i), turned.final_use.row(i).begin());
  }
  turned.flows = FlowMatrix(std::move(flows));
  Scenario scenario;
  scenario.links = {{.when = {.duration = 20}, .from = {NodeId(1)}, .to = {NodeId(2), NodeId(7)}}};
  scenario.capacity = {{.when = {.duration = 30}, .nodes = {{NodeId(3), 0.8}}}};
  const auto one = simulate(chain, scenario, {}, watch_all);
  const auto back = [&](NodeId node) { return NodeId(n - 1 - node.at()); };
  for (auto* nodes : {&scenario.links[0].from, &scenario.links[0].to})
    for (auto& node : *nodes) node = back(node);
  scenario.capacity[0].nodes[0].node = back(NodeId(3));
  const auto other = simulate(Chain(std::move(turned)), scenario, {}, watch_all);
  for (std::size_t t = 0; t < one.days.size(); ++t)
    for (std::size_t i = 0; i < n; ++i)
      ASSERT_NEAR(other.node_output(t, n - 1 - i), one.node_output(t, i),
                  1e-10 * money_a_day(chain));
}

// What the model promises: without overproduction and with orders by habit, nobody gains from a
// larger loss, as long as nobody turns to others.
TEST(ByProductEngine, ALossTwiceAsLargeNeverLeavesMoreOutputOnTheFirstDays) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    Dice dice(seed);
    const auto chain = random_chain(dice, 3, 5, 0.7);
    SimulationOptions options;
    options.overproduction_max = 1;
    options.orders = OrderRule::habit;
    options.inventory_days = dice.between(2, 6);
    Scenario scenario;
    scenario.days = 60;
    scenario.capacity = {{.when = {.duration = 60}, .nodes = {}}};
    for (const NodeId node : dice.nodes(chain.size(), 0.2))
      scenario.capacity[0].nodes.push_back({node, dice.between(0, 0.5)});
    const auto small = simulate(chain, scenario, options);
    for (auto& hit : scenario.capacity[0].nodes) hit.share *= 2;
    const auto large = simulate(chain, scenario, options);
    double kept_small = 0;
    double kept_large = 0;
    for (std::size_t t = 0; t < small.days.size(); ++t) {
      kept_small += small.days[t].output;
      kept_large += large.days[t].output;
      EXPECT_LE(large.days[t].capacity, small.days[t].capacity) << seed << ", day " << t;
    }
    EXPECT_LE(kept_large, kept_small) << seed;
    EXPECT_LE(large.days[1].output, small.days[1].output) << seed;
  }
}

TEST(ByProductEngine, StopsWhenAskedAndTellsTheDaysSoFar) {
  class Stop final : public Progress {
   public:
    void report(std::string_view, double done) override { done_ = done; }
    [[nodiscard]] bool cancelled() const override { return done_ > 0.4; }

   private:
    double done_ = 0;
  };
  Stop stop;
  Dice dice(2);
  const auto chain = random_chain(dice, 2, 3, 1);
  Scenario scenario;
  scenario.days = 10;
  const auto found = simulate(chain, scenario, {}, watch_all, stop);
  EXPECT_TRUE(found.partial);
  EXPECT_EQ(found.days.size(), 6U);
  EXPECT_EQ(found.node_output.rows(), 6U);
  EXPECT_EQ(found.output_by_region.rows(), 6U);
}

TEST(ByProductEngine, RefusesAStockNobodyUses) {
  Dice dice(2);
  auto parts = random_chain(dice, 2, 3, 1).parts();
  parts.flows = FlowMatrix(Matrix(6, 6));
  Scenario scenario;
  scenario.stocks = {{.name = "oil", .product = ProductId(1), .to = {NodeId(0)}, .amount = 1}};
  EXPECT_THROW(static_cast<void>(simulate(Chain(std::move(parts)), scenario)), Error);
}

INSTANTIATE_TEST_SUITE_P(Random, ByProduct, ::testing::Range(1, 121));

}  // namespace
}  // namespace stave::test
