#include "product/reference.hpp"

#include "stave/core/error.hpp"
#include "stave/core/matrix.hpp"

#include <cmath>

namespace stave::reference {
namespace {

std::vector<double> eliminated(Matrix m, std::vector<double> b) {
  const auto n = b.size();
  for (std::size_t k = 0; k < n; ++k) {
    std::size_t pivot = k;
    for (std::size_t i = k; i < n; ++i)
      if (std::abs(m(i, k)) > std::abs(m(pivot, k))) pivot = i;
    if (m(pivot, k) == 0) throw Error(Errc::not_productive, "the system is singular");
    for (std::size_t j = 0; j < n; ++j) std::swap(m(k, j), m(pivot, j));
    std::swap(b[k], b[pivot]);
    for (std::size_t i = 0; i < n; ++i) {
      if (i == k) continue;
      const double factor = m(i, k) / m(k, k);
      for (std::size_t j = k; j < n; ++j) m(i, j) -= factor * m(k, j);
      b[i] -= factor * b[k];
    }
  }
  for (std::size_t k = 0; k < n; ++k) b[k] /= m(k, k);
  return b;
}

}  // namespace

DenseFootprint footprint(const ProductSystem& system, const Demand& demand) {
  const auto n = system.size();
  Matrix t(n, n);
  Matrix transposed(n, n);
  for (const auto& e : system.technosphere) {
    t(e.row, e.column) += e.value;
    transposed(e.column, e.row) += e.value;
  }
  std::vector<double> direct(n);
  for (const auto& e : system.biosphere) direct[e.column] += e.value * system.flows[e.row].factor;
  std::vector<double> wanted(n);
  wanted[demand.process] = demand.amount;
  DenseFootprint result;
  result.runs = eliminated(t, wanted);
  result.intensities = eliminated(transposed, direct);
  for (std::size_t j = 0; j < n; ++j) result.score += direct[j] * result.runs[j];
  return result;
}

}  // namespace stave::reference
