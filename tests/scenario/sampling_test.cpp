// Quantiles against their definitions, Sobol points against those of Joe and Kuo, and what makes a
// Latin hypercube one.
#include "stave/scenario/sampling.hpp"

#include <cmath>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace stave {
namespace {

using Shape = Distribution::Shape;
using testing::ElementsAre;

TEST(Quantile, OfTheNormalTurnsItsDistributionAround) {
  for (const double p : {1e-300, 1e-17, 1e-9, 1e-4, 0.02, 0.3, 0.5, 0.7, 0.9})
    EXPECT_NEAR(0.5 * std::erfc(-normal_quantile(p) / std::sqrt(2.0)) / p, 1, 1e-12) << p;
  // Abramowitz and Stegun, table 26.1.
  EXPECT_NEAR(normal_quantile(0.975), 1.959963984540054, 1e-14);
  EXPECT_NEAR(normal_quantile(0.001), -3.090232306167814, 1e-14);
}

TEST(Quantile, OfEachShape) {
  EXPECT_EQ(quantile({Shape::constant, {7}}, 0.1), 7);
  EXPECT_EQ(quantile({Shape::uniform, {2, 6}}, 0.25), 3);
  EXPECT_NEAR(quantile({Shape::normal, {10, 2}}, 0.975), 13.919927969080108, 1e-12);
  // ln of it is normal: ln 8 + ln 2 * 1.96
  EXPECT_NEAR(quantile({Shape::lognormal, {8, 2}}, 0.975), 8 * std::pow(2, 1.959963984540054),
              1e-11);
  EXPECT_EQ(middle({Shape::lognormal, {8, 2}}), 8);
  // Triangle 0, 1, 3: area left of 1 is 1/3; below x < 1 it is x^2 / 3, above 1 - (3 - x)^2 / 6.
  EXPECT_NEAR(quantile({Shape::triangular, {0, 1, 3}}, 1.0 / 12), 0.5, 1e-15);
  EXPECT_NEAR(quantile({Shape::triangular, {0, 1, 3}}, 5.0 / 6), 2, 1e-15);
  EXPECT_EQ(quantile({Shape::triangular, {4, 4, 4}}, 0.5), 4);
  const Distribution choice{Shape::choice, {5, 1, 9}};
  EXPECT_EQ(quantile(choice, 0.32), 5);
  EXPECT_EQ(quantile(choice, 0.34), 1);
  EXPECT_EQ(quantile(choice, 1), 9);
  EXPECT_EQ(middle({Shape::uniform, {2, 6}}), 4);
}

TEST(Sobol, BeginsWithThePublishedPoints) {
  // Joe and Kuo's program on new-joe-kuo-6.21201 prints these ten points of three dimensions, in
  // the order of the Gray code; by index they are 0, 1, 3, 2, 6, 7, 5, 4, 12, 13.
  const std::vector<std::vector<double>> printed{{0, 0, 0},
                                                 {0.5, 0.5, 0.5},
                                                 {0.75, 0.25, 0.25},
                                                 {0.25, 0.75, 0.75},
                                                 {0.375, 0.375, 0.625},
                                                 {0.875, 0.875, 0.125},
                                                 {0.625, 0.125, 0.875},
                                                 {0.125, 0.625, 0.375},
                                                 {0.1875, 0.3125, 0.9375},
                                                 {0.6875, 0.8125, 0.4375}};
  for (std::uint32_t k = 0; k < printed.size(); ++k)
    for (std::size_t d = 0; d < 3; ++d)
      EXPECT_EQ(sobol_bits(k ^ (k >> 1), d) * 0x1.0p-32, printed[k][d]) << k << " " << d;
}

TEST(Sobol, FillsEveryDimensionEvenly) {
  for (std::size_t d = 0; d < most_sobol_numbers; ++d) {
    std::set<std::uint32_t> parts;
    for (std::uint32_t i = 0; i < 256; ++i) parts.insert(sobol_bits(i, d) >> 24);
    EXPECT_EQ(parts.size(), 256U) << d;
  }
}

TEST(Sobol, ScramblingKeepsItEvenAndHangsOnTheSeed) {
  for (std::size_t d = 0; d < most_sobol_numbers; ++d) {
    std::set<int> parts;
    bool moved = false;
    for (std::uint64_t i = 0; i < 64; ++i) {
      const double u = sample({Sampling::sobol, 64, 5}, i, d);
      EXPECT_GT(u, 0);
      EXPECT_LT(u, 1);
      parts.insert(static_cast<int>(u * 64));
      moved = moved || u != sample({Sampling::sobol, 64, 6}, i, d);
    }
    EXPECT_EQ(parts.size(), 64U) << d;
    EXPECT_TRUE(moved);
  }
  // Every elementary box of the first two dimensions holds one of 64 points: 8 x 8, 4 x 16, ...
  for (int bits = 0; bits <= 6; ++bits) {
    std::set<int> boxes;
    for (std::uint64_t i = 0; i < 64; ++i)
      boxes.insert((static_cast<int>(sample({Sampling::sobol, 64, 5}, i, 0) * (1 << bits)) << 6) +
                   static_cast<int>(sample({Sampling::sobol, 64, 5}, i, 1) * (64 >> bits)));
    EXPECT_EQ(boxes.size(), 64U) << bits;
  }
}

TEST(LatinHypercube, MeetsEveryPartOfEveryNumberOnce) {
  for (const std::uint64_t draws : {1, 2, 3, 10, 97, 1000})
    for (std::size_t number = 0; number < 5; ++number) {
      std::set<int> parts;
      for (std::uint64_t i = 0; i < draws; ++i) {
        const double u = sample({Sampling::latin_hypercube, draws, 3}, i, number);
        EXPECT_GT(u, 0);
        EXPECT_LT(u, 1);
        parts.insert(static_cast<int>(u * static_cast<double>(draws)));
      }
      EXPECT_EQ(parts.size(), draws);
    }
}

// Two numbers of a hypercube that were shuffled alike would be the same: their correlation over
// 1000 draws is below 4 / sqrt(1000) but for one seed in 16,000.
TEST(LatinHypercube, ShufflesEachNumberByItself) {
  for (const std::uint64_t seed : {1, 2, 3}) {
    double sum = 0;
    for (std::uint64_t i = 0; i < 1000; ++i)
      sum += (sample({Sampling::latin_hypercube, 1000, seed}, i, 0) - 0.5) *
             (sample({Sampling::latin_hypercube, 1000, seed}, i, 1) - 0.5);
    EXPECT_LT(std::abs(sum / 1000 * 12), 4 / std::sqrt(1000.0));
  }
}

TEST(RandomSampling, HasTheMeanOfItsRange) {
  double sum = 0;
  for (std::uint64_t i = 0; i < 10'000; ++i) sum += sample({Sampling::random, 10'000, 1}, i, 2);
  EXPECT_NEAR(sum / 10'000, 0.5, 4 / std::sqrt(12.0 * 10'000));
}

}  // namespace
TEST(SortedQuantile, IsLinearBetweenNeighbours) {
  const std::vector<double> three{1, 2, 4};
  EXPECT_DOUBLE_EQ(sorted_quantile(three, 0.5), 2);
  EXPECT_DOUBLE_EQ(sorted_quantile(three, 0.75), 3);
  EXPECT_DOUBLE_EQ(sorted_quantile(three, 1), 4);
  EXPECT_DOUBLE_EQ(sorted_quantile(std::vector<double>{3}, 0.05), 3);
}

}  // namespace stave
