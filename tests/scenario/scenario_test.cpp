#include "stave/scenario/scenario.hpp"

#include <gtest/gtest.h>

namespace stave {
namespace {

TEST(Strength, HoldsForItsDaysAndIsThenOverAtOnce) {
  const Timing when{.start = 3, .duration = 2};
  EXPECT_EQ(strength(when, 2), 0);
  EXPECT_EQ(strength(when, 3), 1);
  EXPECT_EQ(strength(when, 4), 1);
  EXPECT_EQ(strength(when, 5), 0);
}

TEST(Strength, FadesFromTheFirstDayAfter) {
  Timing when{.start = 0, .duration = 1, .recovery = Recovery::linear, .recovery_days = 4};
  EXPECT_EQ(strength(when, 1), 0.75);
  EXPECT_EQ(strength(when, 4), 0);
  when.recovery = Recovery::exponential;
  EXPECT_DOUBLE_EQ(strength(when, 2), std::pow(0.75, 8));
  when.recovery = Recovery::s_curve;
  // Half of it is left when 1e-6 e^p = tau.
  EXPECT_NEAR(strength(when, 1), 1, 1e-6);
}

TEST(CapacityLost, EventsAddUpToAllAtMostAndThatIsCounted) {
  Scenario scenario;
  scenario.capacity = {{.name = "a", .when = {.start = 0}, .nodes = {{NodeId(1), 0.7}}},
                       {.name = "b", .when = {.start = 0}, .nodes = {{NodeId(1), 0.5}}}};
  std::size_t clipped = 0;
  EXPECT_EQ(capacity_lost(scenario, 0, 2, &clipped), (std::vector<double>{0, 1}));
  EXPECT_EQ(clipped, 1U);
  EXPECT_EQ(capacity_lost(scenario, 1, 2, &clipped), (std::vector<double>{0, 0}));
}

}  // namespace
}  // namespace stave
