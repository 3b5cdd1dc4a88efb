#include "stave/allocation/emergency_plan.hpp"

#include "stave/core/error.hpp"

#include <cmath>
#include <numeric>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "allocation/glpk_plan.hpp"
#include "allocation/random_web.hpp"

namespace stave {
namespace {

using test::GlpkPlan;
using test::RandomWeb;

// Chips (0) go into cars (1) and toys (2): a car of 10 needs chips of 1, a toy of 5 of 1. A day: 10
// cars' worth 100 and 20 toys' worth 100, so 10 + 20 of chips.
AllocationProblem chips(double chips_left) {
  AllocationProblem p;
  p.web.makers = 3;
  p.web.output = {30, 100, 100};
  p.web.capacity = {chips_left, 100, 100};
  p.web.stock = {0, 0, 0};
  p.web.needs = {{1, 0, 0.1}, {2, 0, 0.2}};
  p.web.links = {{0, 0, 10, 20}, {0, 1, 20, 40}};
  p.web.uses = {{1, 0, 100}, {2, 0, 100}};
  p.weight = {1, 1};
  p.days = 1;
  return p;
}

// 15 of chips are left. One of chips makes 10 of cars but 5 of toys: cars first (10), 5 for toys:
// 25 of 100. A unit of chips more is worth 5.
TEST(EmergencyPlan, ServesWhatIsWorthMostByHand) {
  const auto problem = chips(15);
  const auto plan = emergency_plan(problem);
  EXPECT_NEAR(plan.flows.served[0], 100, 1e-8);
  EXPECT_NEAR(plan.flows.served[1], 25, 1e-8);
  EXPECT_NEAR(plan.capacity_price[0], 5, 1e-8);
  EXPECT_NEAR(plan.node_price[0], 5, 1e-8);
  EXPECT_NEAR(plan.flows.flow[0], 10, 1e-8);
  EXPECT_NEAR(plan.flows.flow[1], 5, 1e-8);
  EXPECT_LT(plan.duality_gap, 1e-10);
  EXPECT_LT(plan.slackness, 1e-8);
}

// Cars can be 80: 7 of chips are left for toys. A car more brings 1 and costs .1 of chips, at 5.
TEST(EmergencyPlan, PricesACapacityAtItsWorthLessItsInputs) {
  auto problem = chips(15);
  problem.web.capacity[1] = 80;
  const auto plan = emergency_plan(problem);
  EXPECT_NEAR(plan.flows.served[0], 80, 1e-8);
  EXPECT_NEAR(plan.flows.served[1], 35, 1e-8);
  EXPECT_NEAR(plan.capacity_price[1], 1 - 0.1 * 5, 1e-8);
}

// Halved for all: 50 of cars, 50 of toys. The plan saves 25.
TEST(EmergencyPlan, SavesAgainstProportionalRationing) {
  const auto problem = chips(15);
  const auto shared = proportional_rationing(problem);
  EXPECT_NEAR(shared.served[0], 50, 1e-8);
  EXPECT_NEAR(shared.served[1], 50, 1e-8);
  EXPECT_NEAR(emergency_plan(problem).flows.value - shared.value, 25, 1e-8);
  EXPECT_LE(shared.falling, 1e-10);
}

// Toys count three times: 3 x 5 a chip against 10. Toys take all 15, and would take the next.
TEST(EmergencyPlan, FollowsTheWeights) {
  auto problem = chips(15);
  problem.weight = {1, 3};
  const auto plan = emergency_plan(problem);
  EXPECT_NEAR(plan.flows.served[0], 0, 1e-8);
  EXPECT_NEAR(plan.flows.served[1], 75, 1e-8);
  EXPECT_NEAR(plan.capacity_price[0], 15, 1e-8);
}

// 60 of chips in stock for 12 days are 5 a day beside the 15 made.
TEST(EmergencyPlan, DrawsOnStocksOverTheHorizon) {
  auto problem = chips(15);
  problem.web.stock[0] = 60;
  problem.days = 12;
  EXPECT_NEAR(emergency_plan(problem).flows.served[1], 50, 1e-8);
  EXPECT_NEAR(proportional_rationing(problem).served[0], 100 * 20. / 30, 1e-8);
}

// 15 of chips, and cars and toys that add .5 a unit. Toys bring 5 of final use a chip and keep 2.5
// of value added going, cars 10 and 5: with idle makers counted, a chip is worth 1 + lambda / 2 as
// much. Where toys count 2.1 times, they go first (10.5 against 10); if cars add .9 and toys .5,
// idle cars tip it back at lambda = 1: 10 + 9 against 10.5 + 2.5.
TEST(EmergencyPlan, CountsValueAddedThatIsNotMade) {
  auto problem = chips(15);
  problem.value_added = {0, 0.5, 0.5};
  problem.idle = 0.2;
  EXPECT_NEAR(emergency_plan(problem).capacity_price[0], 5 * 1.1, 1e-8);
  problem.weight = {1, 2.1};
  problem.idle = 0;
  EXPECT_NEAR(emergency_plan(problem).flows.served[0], 0, 1e-8);
  problem.idle = 1;
  problem.value_added = {0, 0.9, 0.5};
  const auto plan = emergency_plan(problem);
  EXPECT_NEAR(plan.flows.served[0], 100, 1e-8);
  EXPECT_NEAR(plan.flows.served[1], 25, 1e-8);
  EXPECT_NEAR(plan.flows.value, 100 + 2.1 * 25 - 0.5 * 75, 1e-8);
}

// Links to toys cut: the rest of the chips cannot go anywhere, and have no price. The limit has.
TEST(EmergencyPlan, PricesTheLinkThatIsCut) {
  auto problem = chips(30);
  problem.web.links[1].limit = 4;
  const auto plan = emergency_plan(problem);
  EXPECT_NEAR(plan.flows.served[1], 20, 1e-8);
  EXPECT_NEAR(plan.link_price[1], 5, 1e-8);
  EXPECT_NEAR(plan.node_price[0], 0, 1e-8);
  const auto path = shortage_path(problem, plan, 1);
  ASSERT_EQ(path.size(), 3);
  EXPECT_EQ(path.back().kind, ShortageStep::Kind::limit);
  EXPECT_EQ(path.back().at, 1);
}

TEST(EmergencyPlan, FollowsAShortageBackToTheCapacity) {
  const auto problem = chips(15);
  const auto plan = emergency_plan(problem);
  const auto path = shortage_path(problem, plan, 1);
  ASSERT_EQ(path.size(), 4);  // toys, their chips, chips, their capacity
  EXPECT_EQ(path[1].kind, ShortageStep::Kind::input);
  EXPECT_EQ(path.back().kind, ShortageStep::Kind::capacity);
  EXPECT_EQ(path.back().at, 0);
  EXPECT_TRUE(shortage_path(problem, plan, 0).empty()) << "cars are served in full";
}

// Alone, toys could have all 15 of chips: 75.
TEST(EmergencyPlan, SaysWhatOneUseCouldHaveAlone) {
  const std::vector<std::int32_t> toys = {1};
  EXPECT_NEAR(most_served(chips(15), toys)[0], 75, 1e-8);
}

TEST(EmergencyPlan, LeavesANormalDayAlone) {
  const auto plan = emergency_plan(chips(30));
  EXPECT_EQ(plan.change, 0);
  EXPECT_EQ(plan.flows.value, 200);
  EXPECT_EQ(plan.steps, 0);
}

// Two makers of chips, one of them with 10 to spare, both able to fill a gap of 5: one of the best
// plans moves 5 units, others more. The least: 5 less at one, 5 more at the other, and their links.
TEST(EmergencyPlan, ChangesLeastAmongTheBest) {
  auto problem = chips(25);
  auto& web = problem.web;
  web.makers = 4;
  web.output.push_back(30);
  web.capacity.push_back(60);
  web.stock.push_back(0);
  web.links = {{0, 0, 10, 40}, {0, 1, 20, 40}, {3, 0, 10, 40}, {3, 1, 20, 40}};
  web.needs = {{1, 0, 0.2}, {2, 0, 0.4}};
  const auto plan = emergency_plan(problem);
  EXPECT_NEAR(plan.flows.value, 200, 1e-8);
  EXPECT_NEAR(plan.change, 20, 1e-7);
  EXPECT_GE(plan.change_before, plan.change - 1e-9);
}

class RandomPlans : public testing::TestWithParam<std::uint64_t> {};
INSTANTIATE_TEST_SUITE_P(Seeds, RandomPlans, testing::Range<std::uint64_t>(1, 41));

TEST_P(RandomPlans, AreWorthWhatGlpkFinds) {
  const auto problem = RandomWeb(GetParam()).shocked();
  const auto plan = emergency_plan(problem);
  EXPECT_NEAR(plan.flows.value, GlpkPlan(problem).solve(), 1e-7 * plan.wanted);
  EXPECT_LT(plan.duality_gap, 1e-9);
  EXPECT_LT(plan.slackness, 1e-7);
  EXPECT_LT(plan.miss, 1e-7);
}

TEST_P(RandomPlans, AreNoWorseThanProportionalRationing) {
  const auto problem = RandomWeb(GetParam()).shocked();
  const auto plan = emergency_plan(problem);
  EXPECT_GE(plan.flows.value, proportional_rationing(problem).value - 1e-8 * plan.wanted);
  EXPECT_LE(plan.change, plan.change_before + 1e-7 * plan.wanted);
}

// Value is concave in a capacity: what a step up brings is at most the price, what a step down
// costs at least. Where both are the same, the price is exactly that.
TEST_P(RandomPlans, HaveThePricesOfFiniteDifferences) {
  const auto problem = RandomWeb(GetParam()).shocked();
  const auto plan = emergency_plan(problem);
  const double step = 1e-4;
  const double rounding = 1e-9 * plan.wanted / step + 1e-6;
  const auto value = [&](std::size_t j, double by) {
    auto other = problem;
    other.web.capacity[j] += by;
    return GlpkPlan(other).solve();
  };
  for (std::size_t j = 0; j < problem.web.makers; ++j) {
    if (problem.web.capacity[j] < 2 * step) continue;
    const double here = value(j, 0);
    EXPECT_LE((value(j, step) - here) / step, plan.capacity_price[j] + rounding) << j;
    EXPECT_GE((here - value(j, -step)) / step, plan.capacity_price[j] - rounding) << j;
  }
}

TEST_P(RandomPlans, DoNotDependOnTheUnitOfMoney) {
  auto problem = RandomWeb(GetParam()).shocked();
  const auto before = emergency_plan(problem);
  auto& web = problem.web;
  for (auto* amounts : {&web.output, &web.capacity, &web.stock})
    for (auto& amount : *amounts) amount *= 1e5;
  for (auto& need : web.needs) {
    need.spared *= 1e5;
    need.stock *= 1e5;
  }
  for (auto& link : web.links) {
    link.normal *= 1e5;
    link.limit *= 1e5;
  }
  for (auto& use : web.uses) use.normal *= 1e5;
  const auto after = emergency_plan(problem);
  EXPECT_NEAR(after.flows.value, 1e5 * before.flows.value, 1e-3 * before.wanted);
}

TEST(EmergencyPlan, RefusesWhatCannotBe) {
  auto problem = chips(15);
  problem.weight = {1};
  EXPECT_THROW((void)emergency_plan(problem), Error);
  problem.weight = {1, -1};
  EXPECT_THROW((void)emergency_plan(problem), Error);
  problem = chips(15);
  problem.days = 0;
  EXPECT_THROW((void)emergency_plan(problem), Error);
}

}  // namespace
}  // namespace stave
