#include "stave/generator/firms.hpp"

#include "stave/core/error.hpp"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

namespace stave {
namespace {

// Hill's estimator of the tail exponent from the k largest values: k / sum log(x_i / x_k).
double tail_exponent(std::vector<double> values, std::size_t k) {
  std::sort(values.rbegin(), values.rend());
  double sum = 0;
  for (std::size_t i = 0; i < k; ++i) sum += std::log(values[i] / values[k]);
  return static_cast<double>(k) / sum;
}

TEST(GenerateFirms, GivesTheSameChainForTheSameSeed) {
  const auto a = generate_firms({.firms = 300, .links = 2000, .industries = 10, .seed = 7});
  const auto b = generate_firms({.firms = 300, .links = 2000, .industries = 10, .seed = 7});
  const auto c = generate_firms({.firms = 300, .links = 2000, .industries = 10, .seed = 8});
  EXPECT_EQ(a.output(), b.output());
  EXPECT_NE(a.output(), c.output());
}

TEST(GenerateFirms, FillsEveryIndustryAndNearlyEveryLinkDrawn) {
  const auto chain = generate_firms({.firms = 5000, .links = 30'000, .industries = 50, .seed = 1});
  std::vector<int> makers(50);
  for (const auto& node : chain.nodes()) ++makers[node.product.at()];
  EXPECT_EQ(std::count(makers.begin(), makers.end(), 0), 0);
  EXPECT_GT(chain.flows().nonzeros(), 29'900U);
  EXPECT_LE(chain.flows().nonzeros(), 30'000U);
}

TEST(GenerateFirms, HasAHeavyTailOfCustomersNearThePublishedOne) {
  const auto chain =
      generate_firms({.firms = 50'000, .links = 400'000, .industries = 100, .seed = 3});
  std::vector<double> customers(chain.size());
  chain.flows().for_each([&](std::size_t i, std::size_t, double) { ++customers[i]; });
  EXPECT_GT(tail_exponent(customers, 500), 1.1);
  EXPECT_LT(tail_exponent(customers, 500), 1.8);
}

TEST(GenerateFirms, RefusesANetworkWithoutFirms) {
  EXPECT_THROW((void)generate_firms({.firms = 1, .links = 0, .industries = 1, .seed = 0}), Error);
  EXPECT_THROW((void)generate_firms({.firms = 3, .links = 0, .industries = 4, .seed = 0}), Error);
}

}  // namespace
}  // namespace stave
