#pragma once
/// Tables that several tests solve.

#include "stave/core/flow_matrix.hpp"
#include "stave/core/matrix.hpp"
#include "stave/core/random.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include <gtest/gtest.h>

namespace stave::test {

struct IoTable {
  FlowMatrix flows;
  std::vector<double> output;
};

/// Miller and Blair (2009), section 2.3.
inline IoTable miller_blair() {
  return {FlowMatrix(Matrix::of({{150, 500}, {200, 100}})), {1000, 2000}};
}

/// Every node buys a share of its output, 30 to 80 % of it, from a fraction `density` of all
/// nodes, outputs spread over six orders of magnitude.
inline IoTable random_table(std::size_t n, std::uint64_t seed, double density = 1) {
  std::vector<double> output(n);
  std::vector<double> bought(n);
  Matrix share(n, n);
  for (std::size_t j = 0; j < n; ++j) {
    output[j] = std::pow(10, 6 * random_uniform(seed, 1, j));
    for (std::size_t i = 0; i < n; ++i)
      if (random_uniform(seed, 2, i * n + j) < density)
        bought[j] += share(i, j) = random_uniform(seed, 3, i * n + j);
  }
  std::vector<Flow> flows;
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j)
      if (share(i, j) > 0) {
        const double inputs = 0.3 + 0.5 * random_uniform(seed, 4, j);
        flows.push_back({static_cast<std::int32_t>(i), static_cast<std::int32_t>(j),
                         share(i, j) / bought[j] * inputs * output[j]});
      }
  return {FlowMatrix::from_flows(n, std::move(flows)), output};
}

inline FlowMatrix dense_copy(const FlowMatrix& flows) {
  Matrix z(flows.size(), flows.size());
  flows.for_each([&](std::size_t i, std::size_t j, double v) { z(i, j) = v; });
  return FlowMatrix(std::move(z));
}

inline FlowMatrix sparse_copy(const FlowMatrix& flows) {
  SparseMatrix s{flows.size(), {0}, {}, {}};
  for (std::size_t i = 0; i < flows.size(); ++i) {
    flows.for_each_in_row(i, [&](std::size_t j, double v) {
      s.column.push_back(static_cast<std::int32_t>(j));
      s.value.push_back(v);
    });
    s.row_start.push_back(static_cast<std::int64_t>(s.value.size()));
  }
  return FlowMatrix(std::move(s));
}

inline Matrix random_matrix(std::size_t rows, std::size_t cols, std::uint64_t seed) {
  Matrix m(rows, cols);
  for (std::size_t e = 0; e < m.size(); ++e) m.data()[e] = random_uniform(seed, 9, e);
  return m;
}

inline Matrix identity(std::size_t n) {
  Matrix m(n, n);
  for (std::size_t i = 0; i < n; ++i) m(i, i) = 1;
  return m;
}

/// Regions of `size` nodes each, in order.
inline std::vector<std::int32_t> blocks_of(std::size_t n, std::size_t size) {
  std::vector<std::int32_t> block(n);
  for (std::size_t i = 0; i < n; ++i) block[i] = static_cast<std::int32_t>(i / size);
  return block;
}

/// Every element within `relative` of itself, or of `relative` times the largest one.
inline void expect_near(const Matrix& found, const Matrix& wanted, double relative) {
  ASSERT_EQ(found.rows(), wanted.rows());
  ASSERT_EQ(found.cols(), wanted.cols());
  double scale = 0;
  for (const double v : wanted.values()) scale = std::max(scale, std::abs(v));
  double worst = 0;
  for (std::size_t e = 0; e < found.size(); ++e) {
    ASSERT_TRUE(std::isfinite(found.data()[e])) << "element " << e;
    worst = std::max(worst, std::abs(found.data()[e] - wanted.data()[e]));
  }
  EXPECT_LE(worst, relative * scale);
}

inline bool same_bits(const Matrix& a, const Matrix& b) {
  return a.rows() == b.rows() && a.cols() == b.cols() && std::ranges::equal(a.values(), b.values());
}

}  // namespace stave::test
