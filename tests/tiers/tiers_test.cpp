#include "stave/tiers/tiers.hpp"

#include <cmath>
#include <map>
#include <numeric>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/small_chain.hpp"

namespace stave {
namespace {

using ::testing::ElementsAre;

/// Boxes of tiers -2 .. 2 as a diagnosis has them.
const TierOptions two_each{.up = {{.boxes = 5, .preferred = 2}, {.boxes = 3, .preferred = 1}},
                           .down = {{.boxes = 5}, {.boxes = 2}}};

std::vector<double> totals(const ChainTiers& tiers) {
  std::vector<double> result;
  for (const auto& tier : tiers.tiers) result.push_back(tier.total);
  return result;
}

double links_of(const ChainTiers& tiers, int tier) {
  double sum = 0;
  for (const auto& link : tiers.links)
    if (link.tier == tier) sum += link.value;
  return sum;
}

double value_between(const Chain& chain, const ChainTiers& tiers, int tier, const std::string& from,
                     const std::string& to) {
  for (const auto& link : tiers.links)
    if (link.tier == tier && box_name(chain, tiers, tier, link.from) == from &&
        box_name(chain, tiers, tier + 1, link.to) == to)
      return link.value;
  return 0;
}

// One region, ore -> steel -> car -> shop, and final use of each: by hand. Flows: ore 40 to steel,
// steel 30 to car, car 20 to shop; final use 60 of ore, 70 of steel, 80 of car, 10 of shop.
ChainParts line_parts() {
  auto parts = test::grid_parts(1, 4, [](std::size_t i, std::size_t j) {
    return j == i + 1 ? 40.0 - 10 * static_cast<double>(i) : 0.0;
  });
  parts.final_use = Matrix::of({{60}, {70}, {80}, {10}});
  return parts;
}

TEST(ChainTiers, FollowsALineByHand) {
  const Chain chain(line_parts());
  const auto tiers = chain_tiers(chain, {NodeId(2)}, two_each);  // the car
  // It buys 30 of steel, which bought 40 for sales of 100: 30 * 40 / 100 = 12 of ore.
  EXPECT_DOUBLE_EQ(value_between(chain, tiers, -2, "r0: p0", "r0: p1"), 12);
  EXPECT_DOUBLE_EQ(value_between(chain, tiers, -1, "r0: p1", "r0: p2"), 30);
  // It sells 20 to the shop, whose sales all go to final use, and 80 to final use itself.
  EXPECT_DOUBLE_EQ(value_between(chain, tiers, 0, "r0: p2", "r0: p3"), 20);
  EXPECT_DOUBLE_EQ(value_between(chain, tiers, 0, "r0: p2", "r0: final use"), 80);
  EXPECT_DOUBLE_EQ(value_between(chain, tiers, 1, "r0: p3", "r0: final use"), 20);
  EXPECT_THAT(totals(tiers), ElementsAre(12, 30, 100, 100, 20));
  EXPECT_EQ(box_region(chain, tiers, 1, 0), "r0");
}

TEST(ChainTiers, LeavesOutSalesBelowZeroAndCountsThem) {
  auto parts = line_parts();
  parts.final_use(2, 0) = -5;
  const Chain chain(std::move(parts));
  const auto tiers = chain_tiers(chain, {NodeId(2)}, two_each);
  EXPECT_DOUBLE_EQ(tiers.tier(0).total, 20);
  EXPECT_DOUBLE_EQ(tiers.clipped, 5);
}

ChainParts dense_parts() {
  auto parts = test::grid_parts(6, 5, [](std::size_t i, std::size_t j) {
    return 1 + std::fmod(static_cast<double>(7 * i + 13 * j), 11.0);
  });
  for (std::size_t i = 0; i < 30; ++i) parts.final_use(i, i % 6) = 3.0 * static_cast<double>(i);
  return parts;
}

TEST(ChainTiers, BoxesAndLinksOfEveryTierAddUpToTheTier) {
  const Chain chain(dense_parts());
  const std::vector<NodeId> focus = {NodeId(7)};
  const auto tiers = chain_tiers(chain, focus, two_each);
  EXPECT_LT(worst_imbalance(tiers), 1e-12);
  double bought = 0;
  for (std::size_t i = 0; i < chain.size(); ++i) bought += chain.flows().at(i, 7);
  EXPECT_NEAR(tiers.tier(-1).total, bought, 1e-9);
  EXPECT_NEAR(tiers.tier(1).total, chain.output()[7], 1e-9) << "all that is sold";
  EXPECT_NEAR(links_of(tiers, -2), tiers.tier(-2).total, 1e-9);
  EXPECT_NEAR(links_of(tiers, 1), tiers.tier(2).total, 1e-9);
}

TEST(ChainTiers, ARemainderIsOneBoxAndTheLastOfItsTier) {
  const Chain chain(dense_parts());
  const auto tiers = chain_tiers(chain, {NodeId(7)}, two_each);
  for (const int t : {-2, -1, 1, 2}) {
    const auto& boxes = tiers.tier(t).boxes;
    const auto place = static_cast<std::size_t>(std::abs(t) - 1);
    const auto most = (t < 0 ? two_each.up : two_each.down)[place].boxes;
    ASSERT_EQ(boxes.size(), most + 1);
    for (std::size_t b = 0; b < boxes.size(); ++b)
      EXPECT_EQ(boxes[b].kind == BoxKind::rest, b == most);
    EXPECT_EQ(box_name(chain, tiers, t, most), "all others");
    EXPECT_EQ(box_region(chain, tiers, t, most), "");
  }
}

// A maker that is too small to be shown takes a kept place when it is preferred, and only one.
TEST(ChainTiers, KeepsPlacesForPreferredMakers) {
  const Chain chain(dense_parts());
  const auto plain = chain_tiers(chain, {NodeId(7)}, two_each);
  std::size_t smallest = 0;
  for (std::size_t i = 1; i < chain.size(); ++i)
    if (chain.flows().at(i, 7) < chain.flows().at(smallest, 7)) smallest = i;
  std::vector<std::uint8_t> preferred(chain.size());
  preferred[smallest] = 1;
  const auto shown = [&](const ChainTiers& tiers) {
    const auto& boxes = tiers.tier(-1).boxes;
    return std::ranges::any_of(boxes, [&](const TierBox& box) {
      return box.kind == BoxKind::maker && box.id == static_cast<std::int32_t>(smallest);
    });
  };
  EXPECT_FALSE(shown(plain));
  const auto tiers = chain_tiers(chain, {NodeId(7)}, two_each, preferred);
  EXPECT_TRUE(shown(tiers));
  EXPECT_EQ(tiers.tier(-1).boxes.size(), plain.tier(-1).boxes.size());
  EXPECT_LT(worst_imbalance(tiers), 1e-12);
}

TEST(ChainTiers, TellsMakersOfOneNameApart) {
  auto parts = line_parts();
  auto z = parts.flows.dense();
  z(3, 2) = 5;
  parts.flows = FlowMatrix(std::move(z));
  parts.nodes[1].name = parts.nodes[3].name = "Works";
  const Chain chain(std::move(parts));
  const auto tiers = chain_tiers(chain, {NodeId(2)}, two_each);
  EXPECT_EQ(box_name(chain, tiers, -1, 0), "Works (r0.p1)");
  EXPECT_EQ(box_name(chain, tiers, -1, 1), "Works (r0.p3)");
}

}  // namespace
}  // namespace stave
