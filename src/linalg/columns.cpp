#include "linalg/columns.hpp"

#include <algorithm>
#include <cmath>

#include "linalg/parts.hpp"

namespace stave {
namespace {

constexpr std::size_t rows_per_sum = 4096;
constexpr std::size_t block = 32;  // of a transposition, so that both sides stay in the cache

// to(j, i) = from(i, first + j), for `count` columns.
template <class Read, class Write>
void transpose(std::size_t rows, std::size_t count, Read&& read, Write&& write) {
  for_each_part(rows, block, [&](std::size_t begin, std::size_t end) {
    for (std::size_t c = 0; c < count; c += block)
      for (std::size_t i = begin; i < end; ++i)
        for (std::size_t j = c; j < std::min(c + block, count); ++j) write(j, i) = read(i, j);
  });
}

}  // namespace

std::vector<double> column_dots(const Matrix& v, const Matrix& w) {
  const auto k = v.cols();
  Matrix partial(part_count(v.rows(), rows_per_sum), k);
  for_each_part(v.rows(), rows_per_sum, [&](std::size_t begin, std::size_t end) {
    auto sums = partial.row(begin / rows_per_sum);
    for (std::size_t i = begin; i < end; ++i) {
      const double* a = v.data() + i * k;
      const double* b = w.data() + i * k;
      for (std::size_t c = 0; c < k; ++c) sums[c] += a[c] * b[c];
    }
  });
  std::vector<double> total(k);
  for (std::size_t p = 0; p < partial.rows(); ++p)
    for (std::size_t c = 0; c < k; ++c) total[c] += partial(p, c);
  return total;
}

std::vector<double> column_norms(const Matrix& v) {
  auto norms = column_dots(v, v);
  for (auto& norm : norms) norm = std::sqrt(norm);
  return norms;
}

void add_scaled_columns(Matrix& w, std::span<const double> f, const Matrix& v) {
  const auto k = v.cols();
  for_each_part(v.rows(), rows_per_sum, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i)
      for (std::size_t c = 0; c < k; ++c) w(i, c) += f[c] * v(i, c);
  });
}

void scale_columns(Matrix& v, std::span<const double> f) {
  const auto k = v.cols();
  for_each_part(v.rows(), rows_per_sum, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i)
      for (std::size_t c = 0; c < k; ++c) v(i, c) *= f[c];
  });
}

Matrix columns_of(const MatrixView& from, std::size_t first, std::size_t count) {
  Matrix result(from.rows, count);
  for (std::size_t i = 0; i < from.rows; ++i)
    std::copy_n(from.row(i).data() + first, count, result.row(i).data());
  return result;
}

void put_columns(const Matrix& columns, Matrix& into, std::size_t first) {
  for (std::size_t i = 0; i < columns.rows(); ++i)
    std::copy_n(columns.row(i).data(), columns.cols(), into.row(i).data() + first);
}

Matrix rows_as_columns(const MatrixView& from, std::size_t first, std::size_t count) {
  Matrix result(from.cols, count);
  transpose(
      count, from.cols, [&](std::size_t i, std::size_t j) { return from(first + i, j); },
      [&](std::size_t j, std::size_t i) -> double& { return result(j, i); });
  return result;
}

void put_columns_as_rows(const Matrix& columns, Matrix& into, std::size_t first) {
  transpose(
      columns.rows(), columns.cols(), [&](std::size_t i, std::size_t j) { return columns(i, j); },
      [&](std::size_t j, std::size_t i) -> double& { return into(first + j, i); });
}

}  // namespace stave
