#include "stave/breakpoint/breakpoint.hpp"

#include "stave/core/error.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "breakpoint/chains.hpp"

namespace stave {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

using Sets = std::vector<std::vector<std::int32_t>>;

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

// Cars (0, 1) in R0 and R1; both need film (2) from R0. Losing R0 takes its car, and R1's by the
// film. Losing R1 leaves the car of R0. Both regions together are the target itself.
TEST(BreakSets, TryRegionsThatMakeTheTargetThemselves) {
  const auto chain = chain_of({"car", "car", "film"}, {{2, 0, 1}, {2, 1, 1}}, 2);
  const BreakpointSystem system(chain, SourceKind::region);
  const auto found = break_sets(system, system.target(ProductId(0), std::nullopt), {.size = 2});
  EXPECT_THAT(found.sets[0], ElementsAre(ElementsAre(0)));
  EXPECT_THAT(found.sets[1], IsEmpty());
  EXPECT_THAT(found.own_sources, ElementsAre(0, 1));
  EXPECT_THAT(found.importance, ElementsAre(1, 0));
}

// Tools of 0 need optics (2), those of 1 need a laser (3): no maker is left without optics and 1,
// without 0 and the laser, without both inputs; 0 and 1 together are the target itself.
TEST(BreakSets, CombineALostMakerWithWhatStopsTheOthers) {
  const auto chain = chain_of({"tool", "tool", "optics", "laser"}, {{2, 0, 1}, {3, 1, 1}}, 2);
  const BreakpointSystem system(chain, SourceKind::region_product);
  const auto found = break_sets(system, system.target(ProductId(0), std::nullopt), {.size = 3});
  EXPECT_THAT(found.sets[0], IsEmpty());
  EXPECT_THAT(found.sets[1], ElementsAre(ElementsAre(0, 3), ElementsAre(1, 2), ElementsAre(2, 3)));
  EXPECT_THAT(found.sets[2], IsEmpty());
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

TEST(BreakSets, AreListedUpToTheLimitItself) {
  const auto chain = car();
  const BreakpointSystem system(chain, SourceKind::enterprise);
  const std::vector<std::int32_t> target{0};
  const auto found = break_sets(system, target, {.size = 3, .max_sets = 3});
  EXPECT_TRUE(found.complete);
  EXPECT_EQ(found.sets[0].size(), 3U);
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
