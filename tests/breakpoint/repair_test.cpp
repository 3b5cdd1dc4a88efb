#include "stave/breakpoint/repair.hpp"

#include "stave/core/random.hpp"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace stave {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

using Set = std::vector<std::int32_t>;

BreakSets with_sets(std::vector<Set> sets, std::size_t sources) {
  BreakSets found;
  found.importance.assign(sources, 0);
  for (const auto& set : sets)
    for (const auto s : set) ++found.importance[static_cast<std::size_t>(s)];
  found.sets.push_back(std::move(sets));
  return found;
}

TEST(Repair, BacksEverySinglePointOfFailure) {
  const auto result = repair(with_sets({{2}, {4}}, 5));
  EXPECT_THAT(result.sources, testing::UnorderedElementsAre(2, 4));
  EXPECT_TRUE(result.optimal);
}

TEST(Repair, HasNothingToDoWithoutBreakSets) {
  EXPECT_THAT(repair(with_sets({}, 3)).sources, IsEmpty());
}

// Greedy takes 0 first (it is in three sets) and then needs 1, 2 and 3: four. {1, 2, 3} does it.
TEST(Repair, IsSmallerThanTheGreedyAnswerWhereThatIsPossible) {
  const auto result = repair(with_sets({{0, 1}, {0, 2}, {0, 3}, {1, 4}, {2, 5}, {3, 6}}, 7));
  EXPECT_THAT(result.sources, ElementsAre(1, 2, 3));
  EXPECT_THAT(result.mends, ElementsAre(2, 2, 2));
  EXPECT_TRUE(result.optimal);
}

TEST(Repair, StatesABoundWhenOnlyGreedyIsAsked) {
  const auto result =
      repair(with_sets({{0, 1}, {0, 2}, {0, 3}, {1, 4}, {2, 5}, {3, 6}}, 7), {.max_exact = 0});
  EXPECT_FALSE(result.optimal);
  EXPECT_LE(result.lower_bound, 3);
  EXPECT_EQ(result.sources.size(), 4U);
}

// Every choice of sources in turn, on random sets.
TEST(Repair, AgreesWithBruteForceOnRandomSets) {
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    constexpr std::size_t sources = 9;
    std::vector<Set> sets;
    for (std::uint64_t k = 0; k < 8; ++k) {
      Set set;
      for (std::uint64_t j = 0; j < 2; ++j)
        set.push_back(static_cast<std::int32_t>(random_bits(seed, k, j) % sources));
      std::sort(set.begin(), set.end());
      set.erase(std::unique(set.begin(), set.end()), set.end());
      sets.push_back(set);
    }
    auto least = sources;
    for (unsigned mask = 0; mask < (1U << sources); ++mask) {
      const bool mends = std::all_of(sets.begin(), sets.end(), [&](const Set& set) {
        return std::any_of(set.begin(), set.end(), [&](auto s) { return ((mask >> s) & 1U) != 0; });
      });
      if (mends)
        least = std::min<std::size_t>(least, static_cast<std::size_t>(__builtin_popcount(mask)));
    }
    EXPECT_EQ(repair(with_sets(sets, sources)).sources.size(), least) << "seed " << seed;
  }
}

}  // namespace
}  // namespace stave
