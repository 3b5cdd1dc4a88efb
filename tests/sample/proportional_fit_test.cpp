#include "proportional_fit.hpp"

#include "stave/core/error.hpp"

#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace stave::sample {
namespace {

// 30 and 10 sold, 24 and 16 bought: 30 x 24 / 40 = 18, 30 x 16 / 40 = 12, 6, 4.
TEST(ProportionalFit, SellsToEveryoneByShareWithoutHomeTies) {
  const std::vector<Party> sellers{{RegionId(0), 30}, {RegionId(1), 10}};
  const std::vector<Party> buyers{{RegionId(0), 24}, {RegionId(2), 16}};
  const auto trade = proportional_fit(sellers, buyers, 1);
  EXPECT_DOUBLE_EQ(trade(0, 0), 18);
  EXPECT_DOUBLE_EQ(trade(0, 1), 12);
  EXPECT_DOUBLE_EQ(trade(1, 0), 6);
  EXPECT_DOUBLE_EQ(trade(1, 1), 4);
}

// Two equal regions: a home, 1 - a abroad, and the odds a^2 / (1 - a)^2 = 4^2 : a = 0.8.
TEST(ProportionalFit, PullsTradeHome) {
  const std::vector<Party> both{{RegionId(0), 1}, {RegionId(1), 1}};
  const auto trade = proportional_fit(both, both, 4);
  EXPECT_NEAR(trade(0, 0), 0.8, 1e-13);
  EXPECT_NEAR(trade(0, 1), 0.2, 1e-13);
}

TEST(ProportionalFit, KeepsWhatIsSoldAndBoughtAndTheOddsOfTheSeed) {
  const std::vector<Party> sellers{{RegionId(0), 7}, {RegionId(1), 2}, {RegionId(2), 1}};
  const std::vector<Party> buyers{{RegionId(1), 6}, {RegionId(2), 3}, {RegionId(3), 1}};
  const auto t = proportional_fit(sellers, buyers, 5);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_NEAR(t(i, 0) + t(i, 1) + t(i, 2), sellers[i].value, 1e-12);
    EXPECT_NEAR(t(0, i) + t(1, i) + t(2, i), buyers[i].value, 1e-12);
  }
  EXPECT_NEAR(t(1, 0) * t(2, 1) / (t(1, 1) * t(2, 0)), 25, 1e-9);  // both at home
  EXPECT_NEAR(t(0, 0) * t(1, 2) / (t(0, 2) * t(1, 0)), 1.0 / 5, 1e-10);
}

TEST(ProportionalFit, RefusesTradeThatCannotMeet) {
  const std::vector<Party> one{{RegionId(0), 1}};
  const std::vector<Party> two{{RegionId(0), 2}};
  const std::vector<Party> none{{RegionId(0), 0}};
  EXPECT_THROW((void)proportional_fit(one, two, 1), Error);
  EXPECT_THROW((void)proportional_fit(none, none, 1), Error);
}

}  // namespace
}  // namespace stave::sample
