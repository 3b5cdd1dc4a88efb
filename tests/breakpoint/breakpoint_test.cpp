#include "stave/breakpoint/breakpoint.hpp"

#include "stave/core/error.hpp"
#include "stave/core/random.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace stave {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

using Sets = std::vector<std::vector<std::int32_t>>;

// Nodes in order; product of node k is products[k]; every input essential.
Chain chain_of(const std::vector<std::string>& products, const std::vector<Flow>& flows,
               std::size_t regions = 1) {
  ChainParts p;
  p.info.name = "test";
  std::vector<Item> region_items;
  for (std::size_t r = 0; r < regions; ++r) region_items.push_back({.code = fmt::format("R{}", r)});
  p.regions = Classification("region", region_items);
  std::vector<Item> items;
  for (const auto& code : products)
    if (std::none_of(items.begin(), items.end(), [&](const Item& i) { return i.code == code; }))
      items.push_back({.code = code});
  p.products = Classification("product", items);
  for (std::size_t k = 0; k < products.size(); ++k)
    p.nodes.push_back({.id = fmt::format("n{}", k),
                       .region = RegionId(k % regions),
                       .product = ProductId(p.products.require(products[k])),
                       .enterprise = fmt::format("firm {}", k)});
  p.flows = FlowMatrix::from_flows(products.size(), flows);
  p.final_use = Matrix(products.size(), 0);
  return Chain(std::move(p));
}

// A fault tree by hand. The car (0) needs a battery (1 or 2) and a chip (3). Both batteries need
// lithium (4). The chip needs lithography (5).
//   car = (1 and 2) or 3;  1 = 4;  2 = 4;  3 = 5      (failures)
//   single points: 3, 4, 5;  pairs: {1, 2}
Chain car() {
  return chain_of({"car", "battery", "battery", "chip", "lithium", "lithography"},
                  {{1, 0, 60}, {2, 0, 40}, {3, 0, 5}, {4, 1, 7}, {4, 2, 6}, {5, 3, 9}});
}

TEST(BreakSets, FollowTheFaultTreeWorkedByHand) {
  const auto chain = car();
  const BreakpointSystem system(chain, SourceKind::enterprise);
  const std::vector<std::int32_t> target{0};
  const auto found = break_sets(system, target, {.size = 3});
  EXPECT_THAT(found.sets[0], ElementsAre(ElementsAre(3), ElementsAre(4), ElementsAre(5)));
  EXPECT_THAT(found.sets[1], ElementsAre(ElementsAre(1, 2)));
  EXPECT_THAT(found.sets[2], IsEmpty());
  EXPECT_THAT(found.importance, ElementsAre(0, 1, 1, 1, 1, 1));
}

TEST(BreakSets, OfSharesBelowTheThresholdStopTheUser) {
  const auto chain = car();
  // Battery 1 makes 60 %: without it 40 % is left, too little when half is needed; without 2 it
  // works.
  const BreakpointSystem system(chain, SourceKind::enterprise, 0.5);
  const std::vector<std::int32_t> target{0};
  EXPECT_THAT(break_sets(system, target, {.size = 2}).sets[0],
              ElementsAre(ElementsAre(1), ElementsAre(3), ElementsAre(4), ElementsAre(5)));
}

TEST(BreakSets, LeaveARingStandingThatFeedsItself) {
  // 1 and 2 feed each other and the car; nothing outside is needed.
  const auto chain = chain_of({"car", "power", "steel"}, {{1, 0, 1}, {1, 2, 1}, {2, 1, 1}});
  const BreakpointSystem system(chain, SourceKind::enterprise);
  const std::vector<std::int32_t> target{0};
  EXPECT_THAT(break_sets(system, target, {.size = 1}).sets[0],
              ElementsAre(ElementsAre(1), ElementsAre(2)));
}

TEST(BreakSets, OutsideARegionLeaveItsOwnSourcesOut) {
  // Regions alternate: even nodes in R0, odd ones in R1.
  const auto chain =
      chain_of({"car", "chip", "steel", "tool"}, {{1, 0, 1}, {2, 0, 1}, {3, 2, 1}}, 2);
  const BreakpointSystem system(chain, SourceKind::enterprise);
  const std::vector<std::int32_t> target{0};
  EXPECT_THAT(break_sets(system, target, {.size = 1, .outside = RegionId(0)}).sets[0],
              ElementsAre(ElementsAre(1), ElementsAre(3)));
}

TEST(BreakSets, ByRegionLoseAllItsNodesAtOnce) {
  const auto chain = chain_of({"car", "chip", "oil", "chip", "steel"},
                              {{1, 0, 1}, {3, 0, 1}, {2, 0, 1}, {4, 0, 1}}, 2);
  const BreakpointSystem system(chain, SourceKind::region);
  const std::vector<std::int32_t> target{0};
  EXPECT_THAT(break_sets(system, target, {.size = 1}).sets[0], ElementsAre(ElementsAre(1)));
}

TEST(FailurePath, TellsHowALossReachesTheTarget) {
  const auto chain = car();
  const BreakpointSystem system(chain, SourceKind::enterprise);
  const std::vector<std::int32_t> target{0};
  const std::vector<std::int32_t> lithium{4};
  const auto path = failure_path(system, lithium, target);
  ASSERT_EQ(path.size(), 4U);
  EXPECT_EQ(path[0].node, 4);
  EXPECT_EQ(path[3].node, 0);
  EXPECT_THAT(path[3].because, ElementsAre(1, 2));
}

TEST(BreakSets, RefuseASizeOutOfReach) {
  const auto chain = car();
  const BreakpointSystem system(chain, SourceKind::enterprise);
  const std::vector<std::int32_t> target{0};
  EXPECT_THROW((void)break_sets(system, target, {.size = 5}), Error);
}

TEST(BreakSets, KeepNothingOfASizeThatHasTooMany) {
  const auto chain = car();
  const BreakpointSystem system(chain, SourceKind::enterprise);
  const std::vector<std::int32_t> target{0};
  const auto found = break_sets(system, target, {.size = 3, .max_sets = 2});
  EXPECT_FALSE(found.complete);
  EXPECT_THAT(found.sets, IsEmpty());
}

TEST(FailurePath, IsTheSameWhateverSetWasFollowedBefore) {
  const auto chain = car();
  const BreakpointSystem system(chain, SourceKind::enterprise);
  const std::vector<std::int32_t> target{0};
  const std::vector<std::int32_t> lithium{4};
  const std::vector<std::int32_t> battery{1};
  FailurePaths paths(system, target);
  EXPECT_EQ(paths.of(lithium).size(), 4U);
  EXPECT_THAT(paths.of(battery), IsEmpty());  // the other battery is left
  EXPECT_EQ(paths.of(lithium).size(), 4U);
}

TEST(BreakSets, AreListedUpToTheLimitItself) {
  const auto chain = car();
  const BreakpointSystem system(chain, SourceKind::enterprise);
  const std::vector<std::int32_t> target{0};
  const auto found = break_sets(system, target, {.size = 3, .max_sets = 3});
  EXPECT_TRUE(found.complete);
  EXPECT_EQ(found.sets[0].size(), 3U);
}

// Random chains of `least` nodes and a few more, with rings and several makers a product.
Chain random_chain(std::uint64_t seed, std::size_t least = 4) {
  const auto draw = [&](std::uint64_t stream, std::uint64_t index, std::uint64_t below) {
    return static_cast<std::int32_t>(random_bits(seed, stream, index) % below);
  };
  const auto n = least + static_cast<std::size_t>(draw(0, 0, 7));
  const auto makes = static_cast<std::uint64_t>(2 + draw(0, 1, 4));
  std::vector<std::string> products;
  for (std::size_t k = 0; k < n; ++k) products.push_back(fmt::format("p{}", draw(1, k, makes)));
  std::vector<Flow> flows;
  const auto links = n + static_cast<std::size_t>(draw(0, 2, 2 * n));
  for (std::size_t k = 0; k < links; ++k)
    flows.push_back({draw(2, k, n), draw(3, k, n), 1.0 + draw(4, k, 9)});
  return chain_of(products, flows, 2);
}

// Against every set in turn.
void expect_brute_force(const Chain& chain, std::uint64_t seed) {
  const auto kind = seed % 3 == 0 ? SourceKind::region_product : SourceKind::enterprise;
  const BreakpointSystem system(chain, kind, seed % 4 == 1 ? 0.4 : 0);
  const auto target = system.target(chain.nodes().front().product,
                                    seed % 2 == 0 ? std::optional(RegionId(0)) : std::nullopt);
  const BreakpointOptions options{
      .size = 3, .outside = seed % 5 == 0 ? std::optional(RegionId(1)) : std::nullopt};
  const auto fast = break_sets(system, target, options);
  const auto slow = break_sets_reference(system, target, options);
  ASSERT_EQ(fast.sets, slow.sets) << "seed " << seed;
  ASSERT_EQ(fast.importance, slow.importance) << "seed " << seed;
}

TEST(BreakSets, AgreeWithBruteForceOnTwoThousandRandomChains) {
  for (std::uint64_t seed = 0; seed < 2000 && !HasFatalFailure(); ++seed)
    expect_brute_force(random_chain(seed), seed);
}

TEST(BreakSets, AgreeWithBruteForceOnLargerRandomChains) {
  for (std::uint64_t seed = 0; seed < 150 && !HasFatalFailure(); ++seed)
    expect_brute_force(random_chain(seed, 20), seed);
}

}  // namespace
}  // namespace stave
