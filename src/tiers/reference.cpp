// The slow twin: every tier from powers of whole matrices.
#include "stave/core/matrix.hpp"
#include "stave/tiers/tiers.hpp"

#include <algorithm>

namespace stave {
namespace {

Matrix times(const Matrix& a, const Matrix& b) {
  Matrix c(a.rows(), b.cols());
  for (std::size_t i = 0; i < a.rows(); ++i)
    for (std::size_t j = 0; j < b.cols(); ++j)
      for (std::size_t k = 0; k < a.cols(); ++k) c(i, j) += a(i, k) * b(k, j);
  return c;
}

// Sales above zero, [(n + regions) x (n + regions)]: final use sells nothing.
Matrix all_sales(const Chain& chain) {
  const auto n = chain.size();
  Matrix z(n + chain.regions().size(), n + chain.regions().size());
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) z(i, j) = std::max(0.0, chain.flows().at(i, j));
    for (std::size_t c = 0; c < chain.final_columns().size(); ++c)
      z(i, n + chain.final_columns()[c].region.at()) += std::max(0.0, chain.final_use()(i, c));
  }
  return z;
}

std::vector<double> column(const Matrix& m) {
  std::vector<double> values;
  for (std::size_t i = 0; i < m.rows(); ++i) values.push_back(m(i, 0));
  return values;
}

}  // namespace

std::vector<std::vector<double>> tier_values_reference(const Chain& chain,
                                                       std::span<const NodeId> focus,
                                                       std::size_t up, std::size_t down) {
  const auto z = all_sales(chain);
  const auto size = z.rows();
  Matrix by_customer(size, size);  // Z_ik / s_k
  Matrix by_supplier(size, size);  // Z_ik / s_i, transposed
  Matrix in_focus(size, 1);
  std::vector<double> sales(size);
  for (std::size_t i = 0; i < size; ++i)
    for (std::size_t k = 0; k < size; ++k) sales[i] += z(i, k);
  for (std::size_t i = 0; i < size; ++i)
    for (std::size_t k = 0; k < size; ++k) {
      if (sales[k] > 0) by_customer(i, k) = z(i, k) / sales[k];
      if (sales[i] > 0) by_supplier(k, i) = z(i, k) / sales[i];
    }
  for (const auto f : focus) in_focus(f.at(), 0) = sales[f.at()];
  std::vector<std::vector<double>> tiers = {column(in_focus)};
  auto power = by_customer;
  for (std::size_t t = 0; t < up; ++t, power = times(by_customer, power))
    tiers.insert(tiers.begin(), column(times(power, in_focus)));
  power = by_supplier;
  for (std::size_t t = 0; t < down; ++t, power = times(by_supplier, power))
    tiers.push_back(column(times(power, in_focus)));
  return tiers;
}

}  // namespace stave
