#include "stave/core/flow_matrix.hpp"

#include "stave/core/error.hpp"
#include "stave/core/limit.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace stave {
namespace {

// Sorted by seller, then buyer; duplicates summed in the order given; zeros dropped.
std::vector<Flow> merged(std::vector<Flow> flows) {
  std::stable_sort(flows.begin(), flows.end(), [](const Flow& a, const Flow& b) {
    return a.from != b.from ? a.from < b.from : a.to < b.to;
  });
  std::size_t kept = 0;
  for (std::size_t k = 0; k < flows.size();) {
    Flow sum = flows[k++];
    while (k < flows.size() && flows[k].from == sum.from && flows[k].to == sum.to)
      sum.value += flows[k++].value;
    if (sum.value != 0) flows[kept++] = sum;
  }
  flows.resize(kept);
  return flows;
}

Matrix dense_of(std::size_t n, const std::vector<Flow>& flows) {
  Matrix z(n, n);
  for (const auto& flow : flows)
    z(static_cast<std::size_t>(flow.from), static_cast<std::size_t>(flow.to)) = flow.value;
  return z;
}

SparseMatrix sparse_of(std::size_t n, const std::vector<Flow>& flows) {
  SparseMatrix s{n, std::vector<std::int64_t>(n + 1), {}, {}};
  s.column.reserve(flows.size());
  s.value.reserve(flows.size());
  for (const auto& flow : flows) {
    ++s.row_start[static_cast<std::size_t>(flow.from) + 1];
    s.column.push_back(flow.to);
    s.value.push_back(flow.value);
  }
  for (std::size_t i = 0; i < n; ++i) s.row_start[i + 1] += s.row_start[i];
  return s;
}

// Each row from left to right, as a sparse matrix is summed, so that the bits are the same; eight
// rows at a time, because one sum waits for its own last addition.
std::vector<double> dense_row_sums(const Matrix& z) {
  constexpr std::size_t lanes = 8;
  std::vector<double> sums(z.rows());
  std::size_t i = 0;
  for (; i + lanes <= z.rows(); i += lanes) {
    std::array<double, lanes> sum{};
    const auto* rows = z.row(i).data();
    for (std::size_t j = 0; j < z.cols(); ++j)
      for (std::size_t k = 0; k < lanes; ++k) sum[k] += rows[k * z.cols() + j];
    std::copy(sum.begin(), sum.end(), sums.begin() + static_cast<std::ptrdiff_t>(i));
  }
  for (; i < z.rows(); ++i)
    for (const double v : z.row(i)) sums[i] += v;
  return sums;
}

}  // namespace

FlowMatrix::FlowMatrix(Matrix dense) : store_(std::move(dense)) {
  const auto& z = std::get<Matrix>(store_);
  if (z.rows() != z.cols())
    throw Error(Errc::bad_input,
                fmt::format("flows are {} x {}, expected a square", z.rows(), z.cols()));
}

FlowMatrix FlowMatrix::from_flows(std::size_t n, std::vector<Flow> flows) {
  for (const auto& flow : flows) {
    const auto last = std::max(flow.from, flow.to);
    if (std::min(flow.from, flow.to) < 0 || static_cast<std::size_t>(last) >= n)
      throw Error(Errc::bad_input, fmt::format("flow from node {} to node {}, but there are {}",
                                               flow.from, flow.to, n));
  }
  flows = merged(std::move(flows));
  constexpr std::size_t link_bytes = sizeof(std::int32_t) + sizeof(double);
  const bool dense =
      n <= limit::max_dense_nodes && n * n * sizeof(double) <= 2 * flows.size() * link_bytes;
  return dense ? FlowMatrix(dense_of(n, flows)) : FlowMatrix(sparse_of(n, flows));
}

std::size_t FlowMatrix::size() const { return is_dense() ? dense().rows() : sparse().n; }

double FlowMatrix::at(std::size_t i, std::size_t j) const {
  if (is_dense()) return dense()(i, j);
  const auto& s = sparse();
  const auto first = s.column.begin() + s.row_start[i];
  const auto last = s.column.begin() + s.row_start[i + 1];
  const auto found = std::lower_bound(first, last, static_cast<std::int32_t>(j));
  const bool there = found != last && *found == static_cast<std::int32_t>(j);
  return there ? s.value[static_cast<std::size_t>(found - s.column.begin())] : 0;
}

std::size_t FlowMatrix::nonzeros() const {
  if (!is_dense()) return sparse().value.size();
  const auto values = dense().values();
  return values.size() - static_cast<std::size_t>(std::count(values.begin(), values.end(), 0.0));
}

std::vector<double> FlowMatrix::row_sums() const {
  if (is_dense()) return dense_row_sums(dense());
  std::vector<double> sums(size());
  for_each([&](std::size_t i, std::size_t, double v) { sums[i] += v; });
  return sums;
}

std::vector<double> FlowMatrix::column_sums() const {
  std::vector<double> sums(size());
  if (is_dense()) {
    // Row by row, so that each column is summed from the top and memory is read in order.
    for (std::size_t i = 0; i < size(); ++i) {
      const auto* row = dense().row(i).data();
      for (std::size_t j = 0; j < sums.size(); ++j) sums[j] += row[j];
    }
    return sums;
  }
  for_each([&](std::size_t, std::size_t j, double v) { sums[j] += v; });
  return sums;
}

}  // namespace stave
