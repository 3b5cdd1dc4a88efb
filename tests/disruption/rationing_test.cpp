#include "disruption/rationing.hpp"

#include "stave/core/random.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "disruption/production.hpp"

namespace stave::test {
namespace {

using ::testing::DoubleEq;
using ::testing::Each;
using ::testing::ElementsAre;

double sum(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

std::vector<double> rationed(Rationing rule, const Claims& claims, double available) {
  std::vector<double> given(claims.order.size());
  ration(rule, claims, available, given);
  return given;
}

struct Asked {
  std::vector<double> order, normal, weight;
  std::vector<std::uint8_t> place;
  [[nodiscard]] Claims claims() const {
    return {order, normal, place, weight, order.size() - order.size() / 4};
  }
};

Asked random_claims(std::uint64_t seed) {
  Asked asked;
  const auto count = 1 + random_bits(seed, 1, 0) % 30;
  for (std::size_t k = 0; k < count; ++k) {
    asked.normal.push_back(100 * random_uniform(seed, 2, k));
    asked.order.push_back(asked.normal.back() * 2 * random_uniform(seed, 3, k));
    asked.weight.push_back(0.5 + random_uniform(seed, 4, k));
    asked.place.push_back(static_cast<std::uint8_t>(random_bits(seed, 5, k) % 4));
  }
  return asked;
}

constexpr std::array all_rules{Rationing::proportional, Rationing::final_last,
                               Rationing::low_order_first, Rationing::low_order_first_final_last,
                               Rationing::priority};

TEST(Rationing, GivesAllThereIsAndNobodyMoreThanTheOrder) {
  for (std::uint64_t seed = 0; seed < 200; ++seed)
    for (const auto rule : all_rules) {
      const auto asked = random_claims(seed);
      const double all = sum(asked.order);
      for (const double share : {0.0, 0.1, 0.7, 0.999, 1.0, 1.5}) {
        const auto given = rationed(rule, asked.claims(), share * all);
        EXPECT_NEAR(sum(given), std::min(1.0, share) * all, 1e-12 * all);
        for (std::size_t k = 0; k < given.size(); ++k) {
          EXPECT_GE(given[k], 0);
          EXPECT_LE(given[k], asked.order[k]);
        }
        if (share > 1) {
          EXPECT_EQ(given, asked.order);
        }
      }
    }
}

TEST(Rationing, MayWriteOverTheOrders) {
  for (const auto rule : all_rules) {
    auto asked = random_claims(3);
    const double available = 0.6 * sum(asked.order);
    const auto given = rationed(rule, asked.claims(), available);
    ration(rule, asked.claims(), available, asked.order);
    EXPECT_EQ(asked.order, given);
  }
}

TEST(Rationing, ProportionalGivesEverybodyTheSameShare) {
  EXPECT_THAT(rationed(Rationing::proportional, {.order = std::vector<double>{30, 10, 60}}, 50),
              ElementsAre(15, 5, 30));
}

TEST(Rationing, FinalUseComesAfterMakers) {
  const std::vector<double> order{30, 10, 60};
  EXPECT_THAT(rationed(Rationing::final_last, {.order = order, .makers = 2}, 70),
              ElementsAre(30, 10, 30));
  EXPECT_THAT(rationed(Rationing::final_last, {.order = order, .makers = 2}, 20),
              ElementsAre(15, 5, 0));
}

// Orders of 5, 10 and 60 where 10, 10 and 20 are normal: ratios .5, 1 and 3. With 40 the first two
// are full and 25 are left for the last; with 30 the level is (30 - 5) / 30 = 5/6.
TEST(Rationing, TheLowestOrderRatioIsFilledFirst) {
  const std::vector<double> order{5, 10, 60};
  const std::vector<double> normal{10, 10, 20};
  const Claims claims{.order = order, .normal = normal, .makers = 3};
  EXPECT_THAT(rationed(Rationing::low_order_first, claims, 40), ElementsAre(5, 10, 25));
  EXPECT_THAT(rationed(Rationing::low_order_first, claims, 30),
              ElementsAre(5, DoubleEq(25.0 / 3), DoubleEq(50.0 / 3)));
}

TEST(Rationing, WhoIsNotFullGetsTheSameMultipleOfTheNormalOrder) {
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    const auto asked = random_claims(seed);
    const auto given = rationed(Rationing::low_order_first, asked.claims(), 0.4 * sum(asked.order));
    double level = 0;
    for (std::size_t k = 0; k < given.size(); ++k)
      if (given[k] < asked.order[k]) level = std::max(level, given[k] / asked.normal[k]);
    for (std::size_t k = 0; k < given.size(); ++k)
      EXPECT_NEAR(given[k], std::min(asked.order[k], level * asked.normal[k]),
                  1e-12 * asked.normal[k]);
  }
}

TEST(Rationing, WhoNeverOrdersStandsBehindAllWhoDo) {
  const std::vector<double> order{10, 20, 30};
  const std::vector<double> normal{10, 0, 30};
  const Claims claims{.order = order, .normal = normal, .makers = 3};
  EXPECT_THAT(rationed(Rationing::low_order_first, claims, 45), ElementsAre(10, 5, 30));
}

TEST(Rationing, ClassesAreServedInAscendingOrder) {
  const std::vector<double> order{30, 10, 60, 20};
  const std::vector<double> weight(4, 1);
  const std::vector<std::uint8_t> place{1, 0, 1, 9};
  const Claims claims{.order = order, .place = place, .weight = weight, .makers = 4};
  EXPECT_THAT(rationed(Rationing::priority, claims, 40), ElementsAre(10, 10, 20, 0));
  EXPECT_THAT(rationed(Rationing::priority, claims, 4), ElementsAre(0, 4, 0, 0));
  EXPECT_THAT(rationed(Rationing::priority, claims, 110), ElementsAre(30, 10, 60, 10));
}

// Weights 3 and 1, orders of 20 each: 16 go as 12 and 4; of 32 the first takes its 20.
TEST(Rationing, WithinAClassWeightsCountUpToTheOrder) {
  const std::vector<double> order{20, 20};
  const std::vector<double> weight{3, 1};
  const std::vector<std::uint8_t> place{1, 1};
  const Claims claims{.order = order, .place = place, .weight = weight, .makers = 2};
  EXPECT_THAT(rationed(Rationing::priority, claims, 16), ElementsAre(12, 4));
  EXPECT_THAT(rationed(Rationing::priority, claims, 32), ElementsAre(20, 12));
}

// Inputs that allow .2, .6 and .9 of a normal day, needs 1, 2 and 1; the first is critical, the
// second important, the third neither.
TEST(Production, EachRuleBindsByItsOwnInputs) {
  const std::vector<double> ratio{0.6, 0.2, 0.9};
  const std::vector<double> need{1, 2, 1};
  const std::array kinds{Need::essential, Need::non_essential, Need::none};
  const auto most = [&](ProductionRule rule) {
    std::vector<double> counts;
    for (const auto kind : kinds) counts.push_back(shortage_counts(rule, kind));
    return most_from_inputs(rule, ratio, need, counts);
  };
  EXPECT_DOUBLE_EQ(most(ProductionRule::leontief).most, 0.2);
  EXPECT_EQ(most(ProductionRule::leontief).input, 1U);
  EXPECT_DOUBLE_EQ(most(ProductionRule::important_binds).most, 0.2);
  EXPECT_DOUBLE_EQ(most(ProductionRule::important_half).most, 0.6);
  EXPECT_DOUBLE_EQ(most(ProductionRule::critical_only).most, 0.6);
  EXPECT_EQ(most(ProductionRule::critical_only).input, 0U);
  EXPECT_DOUBLE_EQ(most(ProductionRule::linear).most, (0.6 + 2 * 0.2 + 0.9) / 4);
  EXPECT_EQ(most(ProductionRule::linear).input, 1U);
}

TEST(Production, HalfOfAnImportantShortageCounts) {
  const std::vector<double> ratio{0.9, 0.2};
  const std::vector<double> counts{1, 0.5};
  EXPECT_DOUBLE_EQ(most_from_inputs(ProductionRule::important_half, ratio, ratio, counts).most,
                   0.6);
}

TEST(Production, WhoNeedsNothingIsNotLimited) {
  EXPECT_TRUE(std::isinf(most_from_inputs(ProductionRule::leontief, {}, {}, {}).most));
  EXPECT_TRUE(std::isinf(most_from_inputs(ProductionRule::linear, {}, {}, {}).most));
}

}  // namespace
}  // namespace stave::test
