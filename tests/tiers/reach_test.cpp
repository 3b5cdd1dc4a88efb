// Tiers of any depth against the slow twin, and what holds whatever the chain.
#include "stave/tiers/tiers.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tiers/random_chain.hpp"

namespace stave {
namespace {

std::vector<NodeId> makers_of_product(const Chain& chain, ProductId product) {
  std::vector<NodeId> makers;
  for (std::size_t i = 0; i < chain.size(); ++i)
    if (chain.nodes()[i].product == product) makers.emplace_back(i);
  return makers;
}

// With a box for everyone, boxes are the values themselves.
std::vector<double> box_values(const Chain& chain, const Tier& tier) {
  std::vector<double> values(chain.size() + chain.regions().size());
  for (const auto& box : tier.boxes) {
    EXPECT_NE(box.kind, BoxKind::rest);
    values[static_cast<std::size_t>(box.id) + (box.kind == BoxKind::final_use ? chain.size() : 0)] =
        box.value;
  }
  return values;
}

void expect_near(const std::vector<double>& values, const std::vector<double>& expected) {
  ASSERT_EQ(values.size(), expected.size());
  for (std::size_t k = 0; k < values.size(); ++k)
    EXPECT_NEAR(values[k], expected[k], 1e-12 * std::max(1.0, expected[k])) << k;
}

TEST(TierReach, FollowsEveryPathAsPowersOfMatricesDo) {
  for (const std::uint64_t seed : {1U, 2U, 3U}) {
    const Chain chain(test::random_parts(seed));
    const auto focus = makers_of_product(chain, ProductId(1));
    const auto expected = tier_values_reference(chain, focus, 4, 4);
    const auto tiers = chain_tiers(chain, focus, even_tiers(4, 4, 100));
    for (int t = -4; t <= 4; ++t) {
      SCOPED_TRACE(t);
      const auto& values = expected[static_cast<std::size_t>(t + 4)];
      EXPECT_NEAR(tiers.tier(t).total, std::accumulate(values.begin(), values.end(), 0.0), 1e-9);
      if (t != 0) expect_near(box_values(chain, tiers.tier(t)), values);
    }
  }
}

// Each maker's links towards the focus add up to its box, and so do those that lead to a box from
// there: what the twin's next power is made of.
TEST(TierReach, LinksOfABoxAddUpToItAtEveryDepth) {
  const Chain chain(test::random_parts(4));
  const auto tiers = chain_tiers(chain, {NodeId(5)}, even_tiers(5, 5, 100));
  for (int t = -5; t <= 5; ++t)
    for (std::size_t b = 0; t != 0 && b < tiers.tier(t).boxes.size(); ++b) {
      double sum = 0;
      for (const auto& link : tiers.links)
        if (t < 0 ? link.tier == t && link.from == b : link.tier == t - 1 && link.to == b)
          sum += link.value;
      EXPECT_NEAR(sum, tiers.tier(t).boxes[b].value, 1e-9) << t << " " << b;
    }
}

TEST(TierReach, AddsUpWhateverTheNumberOfBoxes) {
  for (const std::size_t boxes : {1U, 3U, 8U, 50U}) {
    const Chain chain(test::random_parts(7));
    const auto tiers =
        chain_tiers(chain, makers_of_product(chain, ProductId(2)), even_tiers(6, 3, boxes));
    EXPECT_LT(worst_imbalance(tiers), 1e-12) << boxes;
    EXPECT_LT(worst_region_imbalance(tiers), 1e-12) << boxes;
  }
}

// The first boxes of more boxes are those of fewer, and what they hold is the same.
TEST(TierReach, MoreBoxesOrTiersChangeNoValue) {
  const Chain chain(test::random_parts(8));
  const auto few = chain_tiers(chain, {NodeId(3)}, even_tiers(2, 1, 3));
  const auto many = chain_tiers(chain, {NodeId(3)}, even_tiers(6, 6, 12));
  for (int t = -2; t <= 1; ++t) {
    EXPECT_EQ(few.tier(t).total, many.tier(t).total);
    for (std::size_t b = 0; b < few.tier(t).boxes.size(); ++b) {
      const auto& box = few.tier(t).boxes[b];
      if (box.kind == BoxKind::rest) continue;
      EXPECT_EQ(box.value, many.tier(t).boxes[b].value);
    }
  }
}

TEST(TierReach, DoesNotDependOnTheOrderOfNodes) {
  const auto parts = test::random_parts(9);
  const Chain chain(parts);
  std::vector<std::size_t> order(parts.nodes.size());
  std::iota(order.begin(), order.end(), 0);
  std::rotate(order.begin(), order.begin() + 7, order.end());
  std::swap(order[2], order[11]);
  const Chain shuffled(test::reordered(parts, order));
  const auto at = [&](std::size_t i) {
    return NodeId(std::ranges::find(order, i) - order.begin());
  };
  const auto tiers = chain_tiers(chain, {NodeId(4), NodeId(6)}, even_tiers(3, 3, 5));
  const auto again = chain_tiers(shuffled, {at(4), at(6)}, even_tiers(3, 3, 5));
  for (int t = -3; t <= 3; ++t) {
    ASSERT_EQ(tiers.tier(t).boxes.size(), again.tier(t).boxes.size());
    for (std::size_t b = 0; t != 0 && b < tiers.tier(t).boxes.size(); ++b) {
      EXPECT_EQ(box_name(chain, tiers, t, b), box_name(shuffled, again, t, b));
      EXPECT_NEAR(tiers.tier(t).boxes[b].value, again.tier(t).boxes[b].value, 1e-9);
    }
  }
}

TEST(TierReach, OfDepthZeroIsTheFocusAlone) {
  const Chain chain(test::random_parts(3));
  const auto tiers = chain_tiers(chain, {NodeId(3)}, even_tiers(0, 0, 8));
  ASSERT_EQ(tiers.tiers.size(), 1);
  EXPECT_NEAR(tiers.tier(0).total, chain.output()[3], 1e-9);
  EXPECT_TRUE(tiers.links.empty());
  EXPECT_EQ(tiers.tier(0).regions.size(), 1);
}

TEST(TierReach, CountsMakersAndFinalUseByRegion) {
  const Chain chain(test::random_parts(5));
  const auto tiers = chain_tiers(chain, {NodeId(3)}, even_tiers(1, 1, 2));
  std::size_t suppliers = 0;
  std::vector<double> bought(chain.regions().size());
  for (std::size_t i = 0; i < chain.size(); ++i) {
    suppliers += chain.flows().at(i, 3) > 0 ? 1 : 0;
    bought[chain.nodes()[i].region.at()] += chain.flows().at(i, 3);
  }
  EXPECT_EQ(tiers.tier(-1).makers, suppliers);
  for (const auto& region : tiers.tier(-1).regions) {
    EXPECT_NEAR(region.value, bought[region.region.at()], 1e-12);
    EXPECT_EQ(region.final_use, 0);
  }
  for (const auto& region : tiers.tier(1).regions)
    EXPECT_NEAR(region.final_use, chain.final_use()(3, region.region.at()), 1e-12);
}

}  // namespace
}  // namespace stave
