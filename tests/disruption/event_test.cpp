// Cut links, final use that changes, delays, releases and rebuilding, worked by hand.
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "disruption/by_hand.hpp"

namespace stave::test {
namespace {

TEST(Disruption, ACutLinkStarvesItsBuyersAlone) {
  Scenario scenario = played_for(4);
  scenario.links = {{.when = {.start = 0, .duration = 10}, .from = {NodeId(0)}, .to = {NodeId(1)}}};
  const auto result = run(ore_and_steel(), scenario, base_model(5));
  for (const std::size_t t : {0U, 1U, 2U, 3U}) {
    EXPECT_NEAR(result.output(t, 1), 40 * std::pow(0.8, t), 1e-12);
    EXPECT_NEAR(result.output(t, 0), 10, 1e-12);
    EXPECT_EQ(result.unmet(t, 0), 0);
  }
}

TEST(Disruption, ASoleLinkHalfCutLetsHalfOfTheOrdersThrough) {
  Scenario scenario = played_for(3);
  scenario.links = {
      {.when = {.start = 0, .duration = 10}, .from = {NodeId(0)}, .to = {NodeId(1)}, .share = 0.5}};
  const auto result = run(ore_and_steel(), scenario, base_model(5));
  EXPECT_NEAR(result.output(0, 0), 15, 1e-12);
  EXPECT_NEAR(result.output(1, 1), 36, 1e-12);
}

TEST(Disruption, BuyersTurnToTheMakersWhoAreLeft) {
  auto parts = grid_parts(2, 2, [](std::size_t i, std::size_t j) {
    return (i == 0 || i == 2) && j == 1 ? 3650.0 : 0.0;
  });
  parts.final_use = Matrix::of({{0, 0}, {29200, 0}, {0, 0}, {0, 0}});
  Scenario scenario = played_for(3);
  scenario.links = {{.when = {.start = 1, .duration = 10}, .from = {NodeId(0)}, .to = {NodeId(1)}}};
  const auto result = run(Chain(std::move(parts)), scenario);
  EXPECT_NEAR(result.all.days[1].orders, 10, 1e-12);
  EXPECT_EQ(result.output(1, 0), 0);
  // The whole order, 10 missing of 90 days' stock over 60, goes to the other.
  EXPECT_NEAR(result.all.days[2].orders, 20 + 10.0 / 60, 1e-12);
}

TEST(Disruption, ACutOfFinalUseIsUnmetAndNotMade) {
  Scenario scenario = played_for(4);
  scenario.links = {
      {.when = {.start = 1, .duration = 2}, .from = {NodeId(1)}, .columns = {0}, .share = 0.25}};
  const auto result = run(ore_and_steel(), scenario, no_overproduction());
  for (const std::size_t t : {1U, 2U}) {
    EXPECT_NEAR(result.unmet(t, 1), 10, 1e-12);
    EXPECT_NEAR(result.output(t, 1), 30, 1e-12);
  }
  EXPECT_NEAR(result.output(3, 1), 40, 1e-12);
  EXPECT_EQ(result.all.nodes[1].back, 3);
}

TEST(Disruption, FinalUseThatWantsLessIsNotUnmet) {
  Scenario scenario = played_for(3);
  scenario.demand = {
      {.when = {.duration = 10}, .makers = {NodeId(1)}, .columns = {0}, .change = -0.5}};
  const auto result = run(ore_and_steel(), scenario);
  EXPECT_NEAR(result.output(1, 1), 20, 1e-12);
  EXPECT_EQ(result.unmet(1, 1), 0);
  EXPECT_NEAR(result.all.days[1].final_wanted, 30, 1e-12);
}

TEST(Disruption, FinalUseThatWantsMoreIsServedAsFarAsCapacityGoes) {
  Scenario scenario = played_for(2);
  scenario.demand = {
      {.when = {.duration = 10}, .makers = {NodeId(1)}, .columns = {0}, .change = 0.5}};
  const auto result = run(ore_and_steel(), scenario);
  const double alpha = 1 + 0.25 / 3 / 365;
  EXPECT_NEAR(result.output(1, 1), 40 * alpha, 1e-12);
  EXPECT_NEAR(result.unmet(1, 1), 60 - 40 * alpha, 1e-12);
}

TEST(Disruption, ADelayHoldsGoodsBackAndThenBringsThem) {
  Scenario scenario = played_for(6);
  scenario.delays = {{.when = {.duration = 2}, .from = {NodeId(0)}, .to = {NodeId(1)}, .days = 2}};
  SimulationOptions options;
  options.inventory_days = 5;
  options.psi = 0.2;
  const auto result = run(ore_and_steel(), scenario, options);
  const std::array<double, 6> stock{50, 40, 30, 40, 50, 50};
  const std::array<double, 6> on_the_way{0, 10, 20, 10, 0, 0};
  for (std::size_t t = 0; t < 6; ++t) {
    EXPECT_NEAR(result.all.days[t].stock, stock[t], 1e-12) << t;
    EXPECT_NEAR(result.all.days[t].in_transit, on_the_way[t], 1e-12) << t;
    EXPECT_NEAR(result.output(t, 1), 40, 1e-12) << t;
  }
}

TEST(Disruption, FinalUseGoesWithoutWhatIsLate) {
  Scenario scenario = played_for(5);
  scenario.delays = {{.when = {.duration = 2}, .from = {NodeId(1)}, .columns = {0}, .days = 1}};
  const auto result = run(ore_and_steel(), scenario);
  const std::array<double, 5> unmet{0, 40, 0, 0, 0};
  for (std::size_t t = 0; t < 5; ++t) EXPECT_NEAR(result.unmet(t, 1), unmet[t], 1e-12) << t;
}

TEST(Disruption, AReleasedStockComesBesideWhatIsOrdered) {
  Scenario scenario = played_for(4);
  scenario.stocks = {
      {.duration = 2, .product = ProductId(0), .to = {NodeId(0), NodeId(1)}, .amount = 12}};
  SimulationOptions options;
  options.inventory_days = 5;
  const auto result = run(ore_and_steel(), scenario, options);
  EXPECT_NEAR(result.all.days[1].stock, 56, 1e-12);
  EXPECT_NEAR(result.all.days[2].stock, 62, 1e-12);
  EXPECT_NEAR(result.all.days[3].stock, 62, 1e-12);
}

TEST(Disruption, RebuildingIsOrderedServedAndBringsCapacityBack) {
  auto event = hit(0, 0.1);
  event.rebuilding = Rebuilding{.cost = {600}, .builders = {{ProductId(1), 1}}, .days = 60};
  const auto result = run(ore_and_steel(), struck({event}, 300), no_overproduction());
  const auto& days = result.all.days;
  EXPECT_EQ(days[1].rebuilding_done, 0);
  EXPECT_EQ(days[1].rebuilding_wanted, 600);
  EXPECT_NEAR(days[2].rebuilding_done, 10 * 40.0 / 50, 1e-12);
  EXPECT_NEAR(days[2].rebuilding_wanted, 592, 1e-12);
  EXPECT_NEAR(result.unmet(2, 1), 8, 1e-12);
  EXPECT_NEAR(result.capacity(3, 0), 20 * (1 - 0.1 * 592 / 600), 1e-12);
  double built = 0;
  for (const auto& day : days) built += day.rebuilding_done;
  EXPECT_NEAR(built + result.all.rebuilding_left.at(0), 600, 1e-9);
  EXPECT_LT(result.all.conservation.rebuilding, 1e-12);
}

TEST(Disruption, NothingIsToBeRebuiltBeforeItIsDestroyed) {
  auto event = hit(0, 0.1);
  event.when.start = 5;
  event.rebuilding = Rebuilding{.cost = {600}, .builders = {{ProductId(1), 1}}, .days = 60};
  const auto& days = run(ore_and_steel(), struck({event}, 8), no_overproduction()).all.days;
  EXPECT_EQ(days[4].rebuilding_wanted, 0);
  EXPECT_EQ(days[5].rebuilding_wanted, 600);
}

}  // namespace
}  // namespace stave::test
