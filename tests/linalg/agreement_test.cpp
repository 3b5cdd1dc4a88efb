// Every fast way to an answer agrees with the slow, obvious twin and with the others.
#include "stave/core/error.hpp"
#include "stave/linalg/ghosh.hpp"
#include "stave/linalg/leontief.hpp"

#include <algorithm>
#include <numeric>

#include <gtest/gtest.h>
#include <tbb/global_control.h>

#include "linalg/lu.hpp"
#include "linalg/reference.hpp"
#include "linalg/tables.hpp"

namespace stave {
namespace {

using test::expect_near;
using test::random_matrix;
using test::random_table;
using test::same_bits;

Matrix twin(const test::IoTable& table) {
  return reference::leontief_inverse(test::dense_copy(table.flows).dense(), table.output);
}

// Sizes on both sides of every cut: a leaf is 32 rows, a base 256, a tile 512.
class Sizes : public testing::TestWithParam<std::size_t> {};

TEST_P(Sizes, FactorsAndIterationAgreeWithTheTwin) {
  const auto n = GetParam();
  const auto table = random_table(n, n);
  const auto l = twin(table);
  const auto y = random_matrix(n, 3, 1);
  const auto s = random_matrix(2, n, 2);
  const auto made = reference::product(l, y);
  const auto multipliers = reference::product(s, l);
  for (const auto method : {SolveMethod::lu, SolveMethod::gmres}) {
    LeontiefSystem system(table.flows, table.output,
                          {.method = method, .block = test::blocks_of(n, 10)});
    const auto x = system.requirements(y.view());
    const auto m = system.multipliers(s.view());
    EXPECT_EQ(x.method, method);
    EXPECT_LE(x.residual, 1e-12);
    expect_near(x.values, made, 1e-11);
    expect_near(m.values, multipliers, 1e-11);
  }
}

INSTANTIATE_TEST_SUITE_P(, Sizes, testing::Values(1, 2, 31, 33, 64, 200, 257, 300));

TEST(Agreement, LargeFactorsAgreeWithRowExchangesOfLapack) {
  const std::size_t n = 1100;
  auto plain = random_matrix(n, n, 4);
  for (auto& v : plain.values()) v *= -1.0 / static_cast<double>(n);
  for (std::size_t i = 0; i < n; ++i) plain(i, i) += 1;
  auto pivoted = plain;
  std::vector<int> pivots;
  ASSERT_FALSE(factor(plain).has_value());
  ASSERT_TRUE(factor_pivoted(pivoted, pivots));
  for (const bool transposed : {false, true})
    for (const std::size_t k : {1, 300}) {
      auto one = random_matrix(n, k, 5);
      auto other = one;
      solve(plain, one, transposed);
      solve_pivoted(pivoted, pivots, other, transposed);
      expect_near(one, other, 1e-12);
    }
}

// Gauss-Jordan cuts at 32 and 192 columns, its products at 512.
class InverseSizes : public testing::TestWithParam<std::size_t> {};

TEST_P(InverseSizes, TheInverseIsTheTwins) {
  const auto table = random_table(GetParam(), 11);
  LeontiefSystem system(table.flows, table.output);
  const auto l = system.inverse();
  expect_near(l.values, twin(table), 1e-12);
  EXPECT_LE(l.residual, 1e-12);
  EXPECT_EQ(l.passes, 0);
}

INSTANTIATE_TEST_SUITE_P(, InverseSizes,
                         testing::Values(1, 2, 32, 33, 64, 191, 192, 193, 300, 385, 520));

// Sector 40 spends 1.2 of its output on inputs, and the table is productive all the same.
TEST(Agreement, TheInverseWithoutPivotsNeedsNoColumnSumsBelowOne) {
  const auto table = random_table(60, 11);
  auto z = test::dense_copy(table.flows).dense();
  double bought = 0;
  for (std::size_t i = 0; i < 60; ++i) bought += z(i, 40);
  for (std::size_t i = 0; i < 60; ++i) z(i, 40) *= 1.2 * table.output[40] / bought;
  const FlowMatrix flows(z);
  LeontiefSystem system(flows, table.output);
  expect_near(system.inverse().values, reference::leontief_inverse(z, table.output), 1e-12);
}

TEST(Agreement, ATableWithoutInverseIsRefused) {
  const FlowMatrix flows(Matrix::of({{.6, .5}, {.5, .6}}));
  LeontiefSystem system(flows, std::vector<double>{1, 1});
  try {
    (void)system.inverse();
    FAIL() << "inverted";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Errc::not_productive);
  }
}

TEST(Agreement, GhoshIsTheInverseOfIMinusB) {
  const auto table = random_table(40, 12);
  auto b = allocation_shares(table.flows, table.output);
  // Its rows may sum to more than 1 in a made-up table; G exists all the same, similar to L.
  for (std::size_t i = 0; i < 40; ++i)
    for (std::size_t j = 0; j < 40; ++j) b(i, j) = (i == j ? 1.0 : 0.0) - b(i, j);
  LeontiefSystem system(table.flows, table.output);
  const auto g = ghosh(system, test::identity(40).view()).values;
  expect_near(reference::product(g, b), test::identity(40), 1e-8);
}

TEST(Agreement, SparseAndDenseFlowsGiveTheSameAnswer) {
  const auto table = random_table(300, 13, 0.02);
  const auto dense = test::dense_copy(table.flows);
  const auto sparse = test::sparse_copy(table.flows);
  const auto y = random_matrix(300, 4, 1);
  const auto s = random_matrix(4, 300, 1);
  for (const auto method : {SolveMethod::lu, SolveMethod::gmres}) {
    const LeontiefOptions options{.method = method, .block = test::blocks_of(300, 30)};
    LeontiefSystem one(dense, table.output, options);
    LeontiefSystem other(sparse, table.output, options);
    expect_near(one.requirements(y.view()).values, other.requirements(y.view()).values, 1e-11);
    expect_near(one.multipliers(s.view()).values, other.multipliers(s.view()).values, 1e-11);
  }
}

TEST(Agreement, PermutingNodesPermutesAnswers) {
  const std::size_t n = 120;
  const auto table = random_table(n, 14);
  std::vector<std::size_t> order(n);
  std::iota(order.begin(), order.end(), 0);
  std::ranges::sort(order, {}, [](std::size_t i) { return random_bits(1, 1, i); });
  Matrix z(n, n);
  std::vector<double> output(n);
  Matrix y(n, 1);
  const auto use = random_matrix(n, 1, 1);
  for (std::size_t i = 0; i < n; ++i) {
    output[i] = table.output[order[i]];
    y(i, 0) = use(order[i], 0);
    for (std::size_t j = 0; j < n; ++j) z(i, j) = table.flows.at(order[i], order[j]);
  }
  const FlowMatrix permuted(std::move(z));
  LeontiefSystem one(table.flows, table.output);
  LeontiefSystem other(permuted, output);
  const auto x = one.requirements(use.view()).values;
  const auto px = other.requirements(y.view()).values;
  for (std::size_t i = 0; i < n; ++i)
    EXPECT_NEAR(px(i, 0), x(order[i], 0), 1e-12 * std::abs(x(order[i], 0)));
}

// Money in units 1,024 times smaller: a power of two, so that nothing is rounded.
TEST(Agreement, ScalingMoneyLeavesRequirementsUnchanged) {
  const auto table = random_table(80, 15);
  Matrix z = table.flows.dense();
  auto output = table.output;
  for (auto& v : z.values()) v *= 1024;
  for (auto& v : output) v *= 1024;
  const FlowMatrix scaled(std::move(z));
  const auto y = random_matrix(80, 2, 1);
  for (const auto method : {SolveMethod::lu, SolveMethod::gmres}) {
    LeontiefSystem one(table.flows, table.output, {.method = method});
    LeontiefSystem other(scaled, output, {.method = method});
    EXPECT_TRUE(same_bits(one.requirements(y.view()).values, other.requirements(y.view()).values));
  }
}

// S (L Y) = (S L) Y.
TEST(Agreement, MultipliersAndRequirementsAreEachOthersTransposes) {
  const auto table = random_table(150, 16);
  LeontiefSystem system(table.flows, table.output);
  const auto y = random_matrix(150, 3, 1);
  const auto s = random_matrix(2, 150, 2);
  expect_near(reference::product(s, system.requirements(y.view()).values),
              reference::product(system.multipliers(s.view()).values, y), 1e-12);
}

Matrix answer(const FlowMatrix& flows, const std::vector<double>& output, SolveMethod method,
              bool transposed, std::size_t k, int threads) {
  const tbb::global_control most(tbb::global_control::max_allowed_parallelism, threads);
  LeontiefSystem system(flows, output,
                        {.method = method, .block = test::blocks_of(output.size(), 50)});
  if (transposed) return system.multipliers(random_matrix(k, output.size(), 2).view()).values;
  return system.requirements(random_matrix(output.size(), k, 1).view()).values;
}

TEST(Agreement, TheSameBitsForOneAndTwoThreads) {
  const auto table = random_table(700, 17);
  const auto sparse = random_table(700, 18, 0.01);
  for (const auto method : {SolveMethod::lu, SolveMethod::gmres})
    for (const bool transposed : {false, true})
      for (const std::size_t k : {1, 5}) {
        for (const auto* t : {&table, &sparse}) {
          const auto one = answer(t->flows, t->output, method, transposed, k, 1);
          const auto two = answer(t->flows, t->output, method, transposed, k, 2);
          EXPECT_TRUE(same_bits(one, two)) << to_string(method) << transposed << k;
        }
      }
}

TEST(Agreement, TheInverseHasTheSameBitsForOneAndTwoThreads) {
  const auto table = random_table(700, 19);
  const auto inverse = [&](int threads) {
    const tbb::global_control most(tbb::global_control::max_allowed_parallelism, threads);
    return LeontiefSystem(table.flows, table.output).inverse().values;
  };
  EXPECT_TRUE(same_bits(inverse(1), inverse(2)));
}

}  // namespace
}  // namespace stave
