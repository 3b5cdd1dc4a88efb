#include "stave/core/matrix.hpp"

#include "stave/core/error.hpp"
#include "stave/core/large_pages.hpp"

#include <algorithm>
#include <cassert>
#include <limits>
#include <utility>

#include <fmt/format.h>

namespace stave {
namespace {

// A large matrix on large pages: a tenth less time to fill or factorise it (see
// benchmarks/leontief.md).
double* zeros(std::size_t count) {
  auto* p = static_cast<double*>(std::calloc(count, sizeof(double)));
  if (p != nullptr) advise_large_pages(p, count * sizeof(double));
  return p;
}

}  // namespace

Matrix::Matrix(std::size_t rows, std::size_t cols) : rows_(rows), cols_(cols) {
  if (rows == 0 || cols == 0) return;
  const bool overflow = cols > std::numeric_limits<std::size_t>::max() / sizeof(double) / rows;
  auto* p = overflow ? nullptr : zeros(rows * cols);
  if (p == nullptr)
    throw Error(Errc::too_large, fmt::format("no memory for a {} x {} matrix", rows, cols));
  data_.reset(p);
}

Matrix::Matrix(const Matrix& other) : Matrix(other.rows_, other.cols_) {
  std::copy_n(other.data(), size(), data());
}

Matrix& Matrix::operator=(const Matrix& other) {
  if (this != &other) *this = Matrix(other);
  return *this;
}

Matrix::Matrix(Matrix&& other) noexcept
    : rows_(std::exchange(other.rows_, 0)),
      cols_(std::exchange(other.cols_, 0)),
      data_(std::move(other.data_)) {}

Matrix& Matrix::operator=(Matrix&& other) noexcept {
  rows_ = std::exchange(other.rows_, 0);
  cols_ = std::exchange(other.cols_, 0);
  data_ = std::move(other.data_);
  return *this;
}

Matrix Matrix::of(const std::vector<std::vector<double>>& rows) {
  Matrix result(rows.size(), rows.empty() ? 0 : rows.front().size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    assert(rows[i].size() == result.cols());
    std::copy(rows[i].begin(), rows[i].end(), result.row(i).begin());
  }
  return result;
}

}  // namespace stave
