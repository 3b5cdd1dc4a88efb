#include "stave/core/random.hpp"

#include <bit>
#include <cmath>
#include <cstddef>
#include <set>
#include <vector>

#include <gtest/gtest.h>

namespace stave {
namespace {

constexpr std::uint64_t draws = 100'000;

// The mean of n uniform draws has standard deviation 1/sqrt(12 n) = .00091, their variance
// (1/12 = .0833) one of about sqrt(1/180 / n) = .00024. Five of them are allowed.
TEST(Random, UniformHasTheMeanAndVarianceOfOne) {
  double sum = 0;
  double squares = 0;
  for (std::uint64_t i = 0; i < draws; ++i) {
    const auto u = random_uniform(42, 3, i);
    ASSERT_GE(u, 0);
    ASSERT_LT(u, 1);
    sum += u;
    squares += u * u;
  }
  const double mean = sum / draws;
  EXPECT_NEAR(mean, .5, 5 * .00091);
  EXPECT_NEAR(squares / draws - mean * mean, 1.0 / 12, 5 * .00024);
}

// Chi-square of 100 cells has mean 99 and standard deviation 14.
TEST(Random, UniformFillsItsCellsEvenly) {
  std::vector<double> cell(100);
  for (std::uint64_t i = 0; i < draws; ++i)
    ++cell[static_cast<std::size_t>(random_uniform(1, 0, i) * 100)];
  double chi = 0;
  for (const auto count : cell) chi += (count - draws / 100.) * (count - draws / 100.) / 1000;
  EXPECT_GT(chi, 99 - 5 * 14);
  EXPECT_LT(chi, 99 + 5 * 14);
}

// Neighbours along each counter are unrelated: correlation within 5 / sqrt(n).
TEST(Random, NeighboursAreUncorrelated) {
  double next_index = 0;
  double next_stream = 0;
  double next_seed = 0;
  for (std::uint64_t i = 0; i < draws; ++i) {
    const auto u = random_uniform(9, 5, i) - .5;
    next_index += u * (random_uniform(9, 5, i + 1) - .5);
    next_stream += u * (random_uniform(9, 6, i) - .5);
    next_seed += u * (random_uniform(10, 5, i) - .5);
  }
  const double bound = 5 / std::sqrt(static_cast<double>(draws));
  for (const auto sum : {next_index, next_stream, next_seed})
    EXPECT_LT(std::abs(sum / draws * 12), bound);
}

// Flipping one bit of any counter flips half of the 64 bits on average.
TEST(Random, OneBitOfACounterChangesHalfTheBits) {
  double flipped = 0;
  for (std::uint64_t i = 0; i < 1'000; ++i)
    for (unsigned bit = 0; bit < 64; bit += 7)
      flipped += std::popcount(random_bits(1, 2, i) ^ random_bits(1, 2, i ^ (1ULL << bit)));
  EXPECT_NEAR(flipped / (1'000 * 10), 32, .5);
}

TEST(Random, ADrawDoesNotDependOnTheOrderOfDraws) {
  std::vector<std::uint64_t> forward;
  for (std::uint64_t i = 0; i < 100; ++i) forward.push_back(random_bits(7, 1, i));
  for (std::uint64_t i = 100; i-- > 0;) EXPECT_EQ(random_bits(7, 1, i), forward[i]);
}

TEST(Random, CountersAreNotInterchangeable) {
  std::set<std::uint64_t> seen;
  for (std::uint64_t seed = 0; seed < 20; ++seed)
    for (std::uint64_t stream = 0; stream < 20; ++stream)
      for (std::uint64_t i = 0; i < 20; ++i) seen.insert(random_bits(seed, stream, i));
  EXPECT_EQ(seen.size(), 8'000U);
}

}  // namespace
}  // namespace stave
