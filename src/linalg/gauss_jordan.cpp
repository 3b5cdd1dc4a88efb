#include "linalg/gauss_jordan.hpp"

#include <algorithm>
#include <utility>

#include "linalg/block.hpp"
#include "linalg/lu.hpp"
#include "linalg/parts.hpp"

namespace stave {
namespace {

constexpr std::size_t leaf_columns = 32;    // eliminated by plain loops
constexpr std::size_t panel_columns = 192;  // eliminated at once
constexpr std::size_t strip_columns = 256;  // of a row panel, a task
constexpr double least_pivot = 1e-13;

std::optional<std::size_t> invert_leaf(const Block& m) {
  for (std::size_t k = 0; k < m.rows; ++k) {
    double* pivot_row = m.data + k * m.stride;
    const double pivot = pivot_row[k];
    if (!(pivot > least_pivot)) return k;
    pivot_row[k] = 1;
    for (std::size_t j = 0; j < m.cols; ++j) pivot_row[j] /= pivot;
    for (std::size_t i = 0; i < m.rows; ++i) {
      if (i == k) continue;
      double* row = m.data + i * m.stride;
      const double f = row[k];
      row[k] = 0;
      for (std::size_t j = 0; j < m.cols; ++j) row[j] -= f * pivot_row[j];
    }
  }
  return std::nullopt;
}

// B becomes D B.
void multiply_rows(const Block& d, const Block& b) {
  if (b.cols == 0) return;
  for_each_part(b.cols, strip_columns, [&](std::size_t begin, std::size_t end) {
    Matrix old(b.rows, end - begin);
    for (std::size_t i = 0; i < b.rows; ++i)
      std::copy_n(b.data + i * b.stride + begin, end - begin, old.row(i).data());
    cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, dim(d.rows), dim(old.cols()),
                dim(d.cols), 1, d.data, dim(d.stride), old.data(), dim(old.cols()), 0,
                b.data + begin, dim(b.stride));
  });
}

// Columns first .. first + count of `m` move to `panel` and leave zeros.
void take_columns(const Block& m, std::size_t first, const Block& panel) {
  for_each_part(m.rows, strip_columns, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      double* from = m.data + i * m.stride + first;
      std::copy_n(from, panel.cols, panel.data + i * panel.stride);
      std::fill_n(from, panel.cols, 0.0);
    }
  });
}

// With D the inverse of the diagonal block K already in place: rows K become D M_K, every other
// row i becomes M_i - M_iK D M_K, and its columns K become -M_iK D.
void eliminate(const Block& m, std::size_t first, std::size_t count, const Block& panel) {
  const auto after = first + count;
  const auto rest = m.rows - after;
  const auto corner = m.part(first, first, count, count);
  multiply_rows(corner, m.part(first, 0, count, first));
  multiply_rows(corner, m.part(first, after, count, rest));
  const auto rows = m.part(first, 0, count, m.cols);
  const auto left = panel.part(0, 0, m.rows, count);
  for (const auto& [from, many] : {std::pair{std::size_t{0}, first}, std::pair{after, rest}}) {
    if (many == 0) continue;
    const auto target = m.part(from, 0, many, m.cols);
    const auto factors = left.part(from, 0, many, count);
    take_columns(target, first, factors);
    subtract_product(target, factors, CblasNoTrans, rows);
  }
}

std::optional<std::size_t> invert_by(const Block& m, std::size_t step, Progress* progress) {
  if (m.rows <= leaf_columns) return invert_leaf(m);
  Matrix panel(m.rows, step);
  for (std::size_t first = 0; first < m.rows; first += step) {
    const auto count = std::min(step, m.rows - first);
    const auto corner = m.part(first, first, count, count);
    if (const auto bad = invert_by(corner, leaf_columns, nullptr)) return first + *bad;
    eliminate(m, first, count, {panel.data(), m.rows, step, step});
    if (progress == nullptr) continue;
    progress->check();
    progress->report("inverting", static_cast<double>(first + count) / static_cast<double>(m.rows));
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::size_t> invert(Matrix& m, Progress& progress) {
  keep_blas_single_threaded();
  return invert_by({m.data(), m.rows(), m.cols(), m.cols()}, panel_columns, &progress);
}

}  // namespace stave
