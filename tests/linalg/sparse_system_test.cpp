// Solves with a sparse matrix against Gauss elimination written out, by factors and by iteration.
#include "stave/linalg/sparse_system.hpp"

#include "stave/core/random.hpp"

#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace stave {
namespace {

std::vector<double> eliminated(std::vector<std::vector<double>> m, std::vector<double> b) {
  const auto n = b.size();
  for (std::size_t k = 0; k < n; ++k) {
    std::size_t pivot = k;
    for (std::size_t i = k; i < n; ++i)
      if (std::abs(m[i][k]) > std::abs(m[pivot][k])) pivot = i;
    std::swap(m[k], m[pivot]);
    std::swap(b[k], b[pivot]);
    for (std::size_t i = 0; i < n; ++i) {
      const double factor = i == k ? 0 : m[i][k] / m[k][k];
      for (std::size_t j = k; j < n; ++j) m[i][j] -= factor * m[k][j];
      b[i] -= factor * b[k];
    }
  }
  for (std::size_t k = 0; k < n; ++k) b[k] /= m[k][k];
  return b;
}

struct Made {
  std::vector<SparseCell> cells;
  std::vector<std::vector<double>> dense;
  std::vector<double> right;
};

// Diagonals from 1e-3 to 1e3, six inputs a column that take at most half of it.
Made made(std::size_t n, std::uint64_t seed) {
  Made m;
  m.dense.assign(n, std::vector<double>(n));
  for (std::size_t j = 0; j < n; ++j) {
    const double diagonal = std::pow(10, 6 * random_uniform(seed, 1, j) - 3);
    m.cells.push_back({static_cast<int>(j), static_cast<int>(j), diagonal});
    for (std::uint64_t k = 0; k < 6; ++k) {
      const auto i = static_cast<int>(random_uniform(seed, 2, 6 * j + k) * static_cast<double>(n));
      m.cells.push_back(
          {i, static_cast<int>(j), -diagonal * random_uniform(seed, 3, 6 * j + k) / 12});
    }
    m.right.push_back(random_uniform(seed, 4, j));
  }
  for (const auto& c : m.cells) m.dense[c.row][c.column] += c.value;
  return m;
}

std::vector<std::vector<double>> turned(const std::vector<std::vector<double>>& m) {
  auto t = m;
  for (std::size_t i = 0; i < m.size(); ++i)
    for (std::size_t j = 0; j < m.size(); ++j) t[j][i] = m[i][j];
  return t;
}

void expect_near(const std::vector<double>& a, const std::vector<double>& b, double tolerance) {
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t i = 0; i < a.size(); ++i)
    EXPECT_NEAR(a[i], b[i], tolerance * (1 + std::abs(b[i]))) << i;
}

TEST(SparseSystem, MatchesDenseEliminationBothWays) {
  for (const std::uint64_t seed : {1, 2, 3}) {
    const auto m = made(60, seed);
    for (const auto method : {SparseMethod::direct, SparseMethod::iterative}) {
      SparseSystem system(sparse_columns(60, m.cells), {.method = method});
      const auto x = system.solve(m.right);
      expect_near(x.values, eliminated(m.dense, m.right), 1e-8);
      EXPECT_LT(x.residual, 1e-9);
      const auto y = system.solve_transposed(m.right);
      expect_near(y.values, eliminated(turned(m.dense), m.right), 1e-8);
    }
  }
}

TEST(SparseSystem, TakesOtherNumbersInTheSamePlaces) {
  const auto first = made(50, 1);
  auto other = first;
  for (std::size_t k = 0; k < other.cells.size(); ++k)
    other.cells[k].value *= 0.9 + 0.2 * random_uniform(9, 0, k);
  for (auto& row : other.dense) std::fill(row.begin(), row.end(), 0);
  for (const auto& c : other.cells) other.dense[c.row][c.column] += c.value;
  for (const auto method : {SparseMethod::direct, SparseMethod::iterative}) {
    const SparseSystem base(sparse_columns(50, first.cells), {.method = method});
    auto drawn = base;
    drawn.set_values(sparse_columns(50, other.cells).value);
    expect_near(drawn.solve(first.right).values, eliminated(other.dense, first.right), 1e-8);
    // The one it was copied from still has its own.
    auto again = base;
    expect_near(again.solve(first.right).values, eliminated(first.dense, first.right), 1e-8);
  }
}

TEST(SparseSystem, AddsUpCellsOfOnePlaceAndSaysWhere) {
  const std::vector<SparseCell> cells{{0, 0, 2}, {1, 0, -1}, {0, 0, 1}, {1, 1, 1}};
  std::vector<std::int32_t> place;
  const auto t = sparse_columns(2, cells, &place);
  EXPECT_THAT(t.value, testing::ElementsAre(3, -1, 1));
  EXPECT_THAT(place, testing::ElementsAre(0, 1, 0, 2));
}

// Each of two takes one unit of the other for one of its own.
TEST(SparseSystem, SaysThatALoopHasNoAnswer) {
  const std::vector<SparseCell> cells{{0, 0, 1}, {1, 0, -1}, {0, 1, -1}, {1, 1, 1}};
  EXPECT_THROW(SparseSystem(sparse_columns(2, cells)), SingularMatrix);
  EXPECT_THROW(SparseSystem(sparse_columns(2, std::vector<SparseCell>{{0, 0, 1}, {0, 1, 1}})),
               SingularMatrix);
}

TEST(SparseSystem, RefusesNumbersThatAreNone) {
  const std::vector<SparseCell> cells{{0, 0, std::nan("")}};
  EXPECT_THROW(SparseSystem(sparse_columns(1, cells)), Error);
  EXPECT_THROW(static_cast<void>(sparse_columns(1, std::vector<SparseCell>{{1, 0, 1}})), Error);
}

}  // namespace
}  // namespace stave
