#include "balance/reference.hpp"

#include <algorithm>
#include <cmath>

namespace stave::reference {
namespace {

double root(double target, double p, double n) {
  if (p == 0) return n == 0 ? 1 : -n / target;
  return (target + std::sqrt(target * target + 4 * p * n)) / (2 * p);
}

}  // namespace

Matrix ras(Matrix table, const std::vector<double>& rows, const std::vector<double>& columns,
           int rounds) {
  for (int round = 0; round < rounds; ++round) {
    for (std::size_t i = 0; i < table.rows(); ++i) {
      double sum = 0;
      for (const auto v : table.row(i)) sum += v;
      for (auto& v : table.row(i)) v *= sum == 0 ? 1 : rows[i] / sum;
    }
    for (std::size_t j = 0; j < table.cols(); ++j) {
      double sum = 0;
      for (std::size_t i = 0; i < table.rows(); ++i) sum += table(i, j);
      for (std::size_t i = 0; i < table.rows(); ++i) table(i, j) *= sum == 0 ? 1 : columns[j] / sum;
    }
  }
  return table;
}

Matrix gras(const Matrix& table, const std::vector<double>& rows,
            const std::vector<double>& columns, int rounds) {
  std::vector<double> r(rows.size(), 1);
  std::vector<double> s(columns.size(), 1);
  const auto positive = [&](std::size_t i, std::size_t j) { return std::max(table(i, j), 0.0); };
  const auto negative = [&](std::size_t i, std::size_t j) { return std::max(-table(i, j), 0.0); };
  for (int round = 0; round < rounds; ++round) {
    for (std::size_t i = 0; i < r.size(); ++i) {
      double p = 0;
      double n = 0;
      for (std::size_t j = 0; j < s.size(); ++j) {
        p += positive(i, j) * s[j];
        n += negative(i, j) / s[j];
      }
      r[i] = root(rows[i], p, n);
    }
    for (std::size_t j = 0; j < s.size(); ++j) {
      double p = 0;
      double n = 0;
      for (std::size_t i = 0; i < r.size(); ++i) {
        p += positive(i, j) * r[i];
        n += negative(i, j) / r[i];
      }
      s[j] = root(columns[j], p, n);
    }
  }
  Matrix result(table.rows(), table.cols());
  for (std::size_t i = 0; i < r.size(); ++i)
    for (std::size_t j = 0; j < s.size(); ++j)
      result(i, j) = r[i] * positive(i, j) * s[j] - negative(i, j) / (r[i] * s[j]);
  return result;
}

}  // namespace stave::reference
