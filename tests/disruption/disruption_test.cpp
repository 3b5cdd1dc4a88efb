// Stocks by product, worked by hand; the twin plays everything, and the engine must agree.
#include "stave/core/error.hpp"
#include "stave/core/random.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>
#include <span>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/small_chain.hpp"
#include "disruption/by_hand.hpp"

namespace stave::test {
namespace {

using ::testing::HasSubstr;

/// Three regions, four products, every cell different; inputs about half of output.
ChainParts full_parts() {
  auto parts = grid_parts(
      3, 4, [](std::size_t i, std::size_t j) { return 1000 * random_uniform(5, 1, i * 12 + j); });
  for (std::size_t e = 0; e < parts.final_use.size(); ++e)
    parts.final_use.data()[e] = 4000 * random_uniform(5, 2, e);
  return parts;
}

TEST(Disruption, NothingMovesWithoutALoss) {
  const Chain chain(full_parts());
  for (const char* preset : {"ario-psi", "ario", "essential"})
    for (const auto orders : {OrderRule::capacity, OrderRule::habit})
      for (const auto compatibility : {Compatibility::none, Compatibility::boario}) {
        auto options = simulation_preset(preset);
        options.orders = orders;
        options.compatibility = compatibility;
        const auto result = run(chain, played_for(365), options);
        for (std::size_t t = 0; t < result.output.rows(); ++t)
          for (std::size_t i = 0; i < chain.size(); ++i) {
            const double normal = chain.output()[i] / 365;
            ASSERT_NEAR(result.output(t, i), normal, 1e-12 * normal) << t;
            ASSERT_NEAR(result.capacity(t, i), normal, 1e-12 * normal) << t;
            ASSERT_NEAR(result.unmet(t, i), 0, 1e-12 * normal) << t;
          }
      }
}

TEST(Disruption, DeliversWhatIsMadeEveryDay) {
  const Chain chain(full_parts());
  for (const char* preset : {"ario-psi", "ario"}) {
    const auto result = run(chain, struck({hit(2, 0.7), hit(7, 1)}), simulation_preset(preset));
    for (std::size_t t = 0; t < result.output.rows(); ++t)
      for (std::size_t i = 0; i < chain.size(); ++i)
        ASSERT_NEAR(result.delivered(t, i), result.output(t, i), 1e-12 * chain.output()[i] / 365)
            << "day " << t << ", node " << i;
  }
}

TEST(Disruption, UnmetFinalUseIsTheSameByProductAndByUser) {
  const Chain chain(full_parts());
  const auto result = run(chain, struck({hit(2, 0.7)}));
  double most = 0;
  for (std::size_t t = 0; t < result.unmet.rows(); ++t) {
    double by_node = 0;
    double by_user = 0;
    for (const double v : result.unmet.row(t)) by_node += v;
    for (const double v : result.unmet_by_column.row(t)) by_user += v;
    ASSERT_NEAR(by_node, by_user, 1e-9);
    most = std::max(most, by_node);
  }
  EXPECT_GT(most, 1);
}

TEST(Disruption, RegionsAndProductsAddUpToTheChain) {
  const Chain chain(full_parts());
  const auto all = run(chain, struck({hit(2, 0.7)})).all;
  const auto sum = [](std::span<const double> row) {
    return std::accumulate(row.begin(), row.end(), 0.0);
  };
  double lost = 0;
  for (std::size_t t = 0; t < all.days.size(); ++t) {
    const auto& day = all.days[t];
    for (const auto* part : {&all.orders_by_region, &all.orders_by_product})
      ASSERT_NEAR(sum(part->row(t)), day.orders, 1e-9 * day.orders) << t;
    for (const auto* part : {&all.stock_by_region, &all.stock_by_product})
      ASSERT_NEAR(sum(part->row(t)), day.stock, 1e-9 * day.stock) << t;
    for (const auto* part : {&all.value_added_lost_by_region, &all.value_added_lost_by_product})
      ASSERT_NEAR(sum(part->row(t)), day.value_added_lost, 1e-9 * day.output) << t;
    lost = std::max(lost, day.value_added_lost);
  }
  EXPECT_GT(lost, 1);
}

// A power of two changes no digit of any number on the way.
TEST(Disruption, MoneyInAnotherUnitGivesTheSameDays) {
  auto parts = full_parts();
  const Chain chain(parts);
  Matrix flows = parts.flows.dense();
  for (double& v : flows.values()) v *= 1024;
  for (double& v : parts.final_use.values()) v *= 1024;
  parts.flows = FlowMatrix(flows);
  const Chain scaled(parts);
  const auto one = run(chain, struck({hit(2, 0.7)}));
  const auto other = run(scaled, struck({hit(2, 0.7)}));
  for (std::size_t e = 0; e < one.output.size(); ++e)
    ASSERT_EQ(other.output.data()[e], 1024 * one.output.data()[e]);
}

TEST(Disruption, TheOrderOfNodesDoesNotMatter) {
  const auto parts = full_parts();
  auto turned = parts;
  Matrix flows(12, 12);
  for (std::size_t i = 0; i < 12; ++i) {
    turned.nodes[i] = parts.nodes[11 - i];
    for (std::size_t j = 0; j < 12; ++j) flows(i, j) = parts.flows.at(11 - i, 11 - j);
    for (std::size_t c = 0; c < parts.final_use.cols(); ++c)
      turned.final_use(i, c) = parts.final_use(11 - i, c);
  }
  turned.flows = FlowMatrix(flows);
  const Chain chain(parts);
  const auto one = run(chain, struck({hit(2, 0.7)}));
  const auto other = run(Chain(turned), struck({hit(9, 0.7)}));
  for (std::size_t t = 0; t < one.output.rows(); ++t)
    for (std::size_t i = 0; i < 12; ++i)
      ASSERT_NEAR(other.output(t, 11 - i), one.output(t, i), 1e-10 * chain.output()[i] / 365) << t;
}

// By hand: no ore from day 0 on, stock of steel makers 5 x 10 = 50, wanted 50 (psi = 1).
// Day 0: 50 / 50, makes 40, uses 10. Day 1: 40 / 50, makes 32, uses 8. Day 2: 32 / 50, makes 25.6.
TEST(Disruption, AStockRunsDownAsWorkedByHand) {
  const auto result = run(ore_and_steel(), struck({never_again(0)}, 4), base_model(5));
  for (const std::size_t t : {0U, 1U, 2U, 3U}) {
    EXPECT_NEAR(result.output(t, 1), 40 * std::pow(0.8, t), 1e-12);
    EXPECT_NEAR(result.unmet(t, 1), 40 - 40 * std::pow(0.8, t), 1e-12);
    EXPECT_EQ(result.output(t, 0), 0);
    EXPECT_EQ(result.unmet(t, 0), 10);
    EXPECT_NEAR(result.all.days[t].stock, 50 * std::pow(0.8, t + 1), 1e-12);
  }
  ASSERT_TRUE(result.all.first_bound);
  EXPECT_EQ(result.all.first_bound->day, 1);
  EXPECT_EQ(result.all.first_bound->node, NodeId(1));
  EXPECT_EQ(result.all.first_bound->product, ProductId(0));
  EXPECT_EQ(result.all.nodes[1].first_bound, 1);
  EXPECT_EQ(result.all.nodes[1].first_loss, 1);
  EXPECT_EQ(result.all.nodes[1].least_day, 3);
  EXPECT_NEAR(result.all.nodes[1].output_lost, 8 + 14.4 + 19.52, 1e-12);
  EXPECT_EQ(result.all.nodes[1].first_hit, -1);
  EXPECT_EQ(result.all.nodes[0].first_hit, 0);
}

// With psi = 0.8 a stock of 40 is enough: day 1 makes all, day 2 has 30 of 40.
TEST(Disruption, AnInputBindsOnlyBelowPsiOfTheWantedStock) {
  SimulationOptions options;
  options.inventory_days = 5;
  const auto result = run(ore_and_steel(), struck({never_again(0)}, 3), options);
  EXPECT_NEAR(result.output(1, 1), 40, 1e-12);
  EXPECT_NEAR(result.output(2, 1), 30, 1e-12);
  EXPECT_EQ(result.all.first_bound->day, 2);
}

// A stock of half a day: five of the ten that a day needs, whatever psi n_k says.
TEST(Disruption, NobodyUsesMoreThanThereIs) {
  SimulationOptions options;
  options.inventory_days = 0.5;
  const auto result = run(ore_and_steel(), struck({never_again(0)}, 3), options);
  EXPECT_NEAR(result.output(0, 1), 20, 1e-12);
  EXPECT_EQ(result.output(1, 1), 0);
  EXPECT_EQ(result.all.days[1].stock, 0);
}

TEST(Disruption, AnEndlessStockNeverBinds) {
  SimulationOptions options;
  options.inventory_days_of = {std::numeric_limits<double>::infinity(), 5};
  const auto result = run(ore_and_steel(), struck({hit(0, 1, 400)}), options);
  for (std::size_t t = 0; t < 365; ++t) ASSERT_NEAR(result.output(t, 1), 40, 1e-12);
  EXPECT_FALSE(result.all.first_bound);
}

// Half lost on days 2, 3 and 4; then a quarter of it comes back a day.
TEST(Disruption, CapacityComesBackInAStraightLine) {
  const auto chain = ore_and_steel();
  const CapacityEvent event{.when = {.start = 2, .duration = 3, .recovery_days = 4},
                            .nodes = {{NodeId(0), 0.5}}};
  const auto result = run(chain, struck({event}, 10), no_overproduction());
  const std::array left{1.0, 1.0, 0.5, 0.5, 0.5, 0.625, 0.75, 0.875, 1.0, 1.0};
  for (std::size_t t = 0; t < left.size(); ++t)
    EXPECT_NEAR(capacity_left(chain, result, t), left[t], 1e-12) << t;
}

// The exponential keeps (1 - 1/10)^4 a day; the S-curve is half way after half its time.
TEST(Disruption, CapacityComesBackAlongTheCurves) {
  const auto chain = ore_and_steel();
  CapacityEvent event{.when = {.start = 0, .recovery = Recovery::exponential, .recovery_days = 10},
                      .nodes = {{NodeId(0), 0.5}}};
  auto result = run(chain, struck({event}, 8), no_overproduction());
  EXPECT_NEAR(capacity_left(chain, result, 2), 1 - 0.5 * std::pow(0.9, 8), 1e-12);
  event.when.recovery = Recovery::s_curve;
  result = run(chain, struck({event}, 8), no_overproduction());
  EXPECT_NEAR(capacity_left(chain, result, 5), 1 - 0.5 / 2, 1e-9);
  EXPECT_LT(capacity_left(chain, result, 1), 0.5001);
}

TEST(Disruption, LossesBeyondAllAreClippedAndCounted) {
  const auto chain = ore_and_steel();
  auto event = hit(0, 0.7, 1);
  event.when.recovery_days = 0;
  const auto result = run(chain, struck({event, event}, 3), no_overproduction());
  EXPECT_EQ(capacity_left(chain, result, 1), 0);
  EXPECT_EQ(capacity_left(chain, result, 2), 1);
  EXPECT_EQ(result.all.clipped, 1U);
}

// A cut like the loss of capacity above, but ore is still sold to final use, and makers of it know
// on the first day that half of what is ordered cannot go: 20 less 10.
// Half of the ore goes on: 5 come in on day 0 and 10 are used, so that 45 of the 50 wanted are
// there on day 1: steel 36.
// Two makers of ore, ten a day each, buyers turn from the one to the other: 20 a day of 20.
// Half as much again: capacity is as before on the first day but for overproduction, (60 - 40) / 60
// of the way to 1.25 in 365 days.
// Goods of days 1 and 2 come two days later: none on days 1 and 2, twice as many on days 3 and 4.
// What is on its way is not ordered again, so that the stock falls to 5 - 2 days and comes back.
// Six a day for two days beside the ten ordered; then less is ordered than is used.
// 15 of 20: all ten of the makers, five of final use; or the other way round.
TEST(Disruption, WhoIsServedFirstGetsAll) {
  Scenario scenario = struck({hit(0, 0.25)}, 2);
  auto options = no_overproduction();
  options.rationing = Rationing::final_last;
  EXPECT_NEAR(run(ore_and_steel(), scenario, options).unmet(1, 0), 5, 1e-12);
  scenario.priorities = {{.columns = {0}, .order = 0}};
  options.rationing = Rationing::priority;
  auto result = run(ore_and_steel(), scenario, options);
  EXPECT_EQ(result.unmet(1, 0), 0);
  EXPECT_NEAR(result.all.days[1].stock, 900 - 10 + 5, 1e-12);
  // By weight: 15 as 1 x 10 to 2 x 10 is 5 and 10.
  scenario.priorities = {{.columns = {0}, .order = 1, .weight = 2}};
  result = run(ore_and_steel(), scenario, options);
  EXPECT_NEAR(result.unmet(1, 0), 0, 1e-12);
  EXPECT_NEAR(result.all.days[1].stock, 900 - 10 + 5, 1e-12);
}

// Final use wants half as much again, so makers, at the order of a normal day, are served up to the
// same level: 15 = 7.5 + 7.5 of 10 and 15.
TEST(Disruption, TheLowestOrdersAreFilledFirst) {
  Scenario scenario = struck({hit(0, 0.25)}, 2);
  scenario.demand = {
      {.when = {.duration = 10}, .makers = {NodeId(0)}, .columns = {0}, .change = 0.5}};
  auto options = no_overproduction();
  options.rationing = Rationing::low_order_first;
  const auto result = run(ore_and_steel(), scenario, options);
  EXPECT_NEAR(result.unmet(1, 0), 7.5, 1e-12);
  EXPECT_NEAR(result.all.days[1].stock, 900 - 10 + 7.5, 1e-12);
}

// Steel needs ore only as an important input: half of the shortage counts, none, or all of it.
TEST(Disruption, ShortInputsBindAsTheProductionRuleSays) {
  auto parts = ore_and_steel().parts();
  parts.recipe = Recipe::uniform(Need::non_essential);
  const Chain chain(std::move(parts));
  auto options = base_model(5);
  const auto output = [&](ProductionRule rule) {
    options.production = rule;
    return run(chain, struck({never_again(0)}, 2), options).output(1, 1);
  };
  EXPECT_NEAR(output(ProductionRule::leontief), 32, 1e-12);
  EXPECT_NEAR(output(ProductionRule::important_binds), 32, 1e-12);
  EXPECT_NEAR(output(ProductionRule::important_half), 36, 1e-12);
  EXPECT_NEAR(output(ProductionRule::critical_only), 40, 1e-12);
  EXPECT_NEAR(output(ProductionRule::linear), 32, 1e-12);
}

// An input that does not bind is used up and then no more: stock 50, ten a day, five days.
TEST(Disruption, AStockThatDoesNotBindEndsAtNothing) {
  auto parts = ore_and_steel().parts();
  parts.recipe = Recipe::uniform(Need::none);
  auto options = base_model(5);
  options.production = ProductionRule::critical_only;
  const auto result = run(Chain(std::move(parts)), struck({never_again(0)}, 8), options);
  for (std::size_t t = 0; t < 8; ++t) {
    EXPECT_NEAR(result.output(t, 1), 40, 1e-12);
    EXPECT_NEAR(result.all.days[t].stock, std::max(0.0, 50 - 10 * (static_cast<double>(t) + 1)),
                1e-12);
  }
}

// 600 destroyed of what makes ore, a tenth of its capacity; steel builds again, a sixtieth of what
// remains a day from day 2 on. Steel has no room for it: its 40 are shared with the 40 wanted.
TEST(Disruption, RefusesWhatBoarioHasNoRulesFor) {
  auto options = simulation_preset("inoue-todo");
  options.compatibility = Compatibility::boario;
  EXPECT_THROW((void)simulate(ore_and_steel(), played_for(3), options), Error);
}

// What cannot be below 0 counts as 0, and output is what is left: 10 of ore into steel.
TEST(Disruption, NegativeFinalUseCountsAsNothingAndIsTold) {
  auto parts = ore_and_steel().parts();
  parts.final_use(0, 0) = -365;
  const auto result = run(Chain(std::move(parts)), played_for(5));
  EXPECT_EQ(result.all.negative_left_out, 365);
  for (std::size_t t = 0; t < 5; ++t) EXPECT_NEAR(result.output(t, 0), 10, 1e-12);
}

// The trajectories of BoARIO do not reach these two quirks: inputs are larger, stocks last longer.
TEST(Disruption, UnderBoarioAStockOfADayIsOneOfTwo) {
  SimulationOptions options;
  const auto play = [&](double inventory_days, Compatibility compatibility) {
    options.inventory_days = inventory_days;
    options.compatibility = compatibility;
    return run(ore_and_steel(), struck({hit(0, 0.5)}, 20), options).output;
  };
  const auto same = [](const Matrix& a, const Matrix& b) {
    return std::ranges::equal(a.values(), b.values());
  };
  EXPECT_FALSE(same(play(1, Compatibility::none), play(2, Compatibility::none)));
  EXPECT_TRUE(same(play(1, Compatibility::boario), play(2, Compatibility::boario)));
}

// As in the stock that runs down, with an input of 1e-8 of output.
TEST(Disruption, UnderBoarioATinyInputNeverBinds) {
  auto parts = ore_and_steel().parts();
  parts.flows = FlowMatrix(Matrix::of({{0, 1.46e-4}, {0, 0}}));
  const Chain chain(std::move(parts));
  auto options = base_model(5);
  const auto scenario = struck({never_again(0)}, 4);
  EXPECT_NEAR(run(chain, scenario, options).output(3, 1), 40 * 0.8 * 0.8 * 0.8, 1e-9);
  options.compatibility = Compatibility::boario;
  EXPECT_NEAR(run(chain, scenario, options).output(3, 1), 40, 1e-9);
}

std::string refusal(const Chain& chain, const Scenario& scenario,
                    const SimulationOptions& options = {}) {
  try {
    static_cast<void>(simulate(chain, scenario, options));
  } catch (const Error& e) {
    EXPECT_EQ(e.code(), Errc::bad_input);
    return std::string(e.what()) + " | " + e.hint();
  }
  return "accepted";
}

TEST(Disruption, RefusesOptionsThatCannotBe) {
  const auto chain = ore_and_steel();
  const auto with = [&](auto&& change) {
    SimulationOptions options;
    change(options);
    return refusal(chain, played_for(5), options);
  };
  EXPECT_THAT(with([](auto& o) { o.psi = 0; }), HasSubstr("psi is 0"));
  EXPECT_THAT(with([](auto& o) { o.inventory_days = -1; }), HasSubstr("inventory in days is -1"));
  EXPECT_THAT(with([](auto& o) { o.inventory_restore_days = 0.5; }), HasSubstr("1 day or more"));
  EXPECT_THAT(with([](auto& o) { o.overproduction_max = 0.5; }), HasSubstr("its base or more"));
  EXPECT_THAT(with([](auto& o) { o.inventory_days_of = {1}; }),
              HasSubstr("1 inventories for 2 products"));
  auto parts = full_parts();
  parts.final_use(4, 0) = std::numeric_limits<double>::infinity();
  EXPECT_THAT(refusal(Chain(parts), played_for(5)), HasSubstr("r1.p0 sells inf to final use"));
}

TEST(Disruption, EveryPresetHasAName) {
  EXPECT_EQ(simulation_preset("inoue-todo").stocks, StockRule::by_supplier);
  EXPECT_EQ(simulation_preset("essential").production, ProductionRule::important_half);
  EXPECT_EQ(simulation_preset("ario").psi, 1);
  EXPECT_THROW(static_cast<void>(simulation_preset("boario")), Error);
}

}  // namespace
}  // namespace stave::test
