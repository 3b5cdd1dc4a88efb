#include "linalg/reference.hpp"

#include "stave/core/error.hpp"

#include <cmath>
#include <utility>

namespace stave::reference {
namespace {

std::size_t largest_in_column(const Matrix& m, std::size_t k) {
  std::size_t best = k;
  for (std::size_t i = k + 1; i < m.rows(); ++i)
    if (std::abs(m(i, k)) > std::abs(m(best, k))) best = i;
  return best;
}

void swap_rows(Matrix& m, std::size_t a, std::size_t b) {
  for (std::size_t j = 0; j < m.cols(); ++j) std::swap(m(a, j), m(b, j));
}

void scale_row(Matrix& m, std::size_t i, double divisor) {
  for (auto& v : m.row(i)) v /= divisor;
}

void subtract_row(Matrix& m, std::size_t i, double factor, std::size_t from) {
  for (std::size_t j = 0; j < m.cols(); ++j) m(i, j) -= factor * m(from, j);
}

Matrix identity(std::size_t n) {
  Matrix m(n, n);
  for (std::size_t i = 0; i < n; ++i) m(i, i) = 1;
  return m;
}

}  // namespace

Matrix inverse(Matrix m) {
  const auto n = m.rows();
  auto inv = identity(n);
  for (std::size_t k = 0; k < n; ++k) {
    const auto pivot_row = largest_in_column(m, k);
    if (m(pivot_row, k) == 0) throw Error(Errc::not_productive, "I - A is singular");
    swap_rows(m, k, pivot_row);
    swap_rows(inv, k, pivot_row);
    const double pivot = m(k, k);
    scale_row(m, k, pivot);
    scale_row(inv, k, pivot);
    for (std::size_t i = 0; i < n; ++i) {
      if (i == k) continue;
      const double factor = m(i, k);
      subtract_row(m, i, factor, k);
      subtract_row(inv, i, factor, k);
    }
  }
  return inv;
}

Matrix product(const Matrix& a, const Matrix& b) {
  Matrix c(a.rows(), b.cols());
  for (std::size_t i = 0; i < a.rows(); ++i)
    for (std::size_t j = 0; j < b.cols(); ++j)
      for (std::size_t k = 0; k < a.cols(); ++k) c(i, j) += a(i, k) * b(k, j);
  return c;
}

Matrix leontief_inverse(const Matrix& z, const std::vector<double>& x) {
  auto m = identity(z.rows());
  for (std::size_t i = 0; i < z.rows(); ++i)
    for (std::size_t j = 0; j < z.cols(); ++j)
      if (x[j] != 0) m(i, j) -= z(i, j) / x[j];
  return inverse(std::move(m));
}

}  // namespace stave::reference
