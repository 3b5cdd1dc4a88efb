#include "balance/split_maker.hpp"

#include <cmath>
#include <numeric>

namespace stave {
namespace {

double sum_of_all(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

// What balancing left of a column's sum goes to its largest cell: the old cell is met to rounding.
void close_columns(Matrix& m, const std::vector<double>& value) {
  for (std::size_t c = 0; c < m.cols(); ++c) {
    double sum = 0;
    std::size_t largest = 0;
    for (std::size_t k = 0; k < m.rows(); ++k) {
      sum += m(k, c);
      if (std::abs(m(k, c)) > std::abs(m(largest, c))) largest = k;
    }
    m(largest, c) += value[c] - sum;
  }
}

}  // namespace

PartCells split_cells(const std::vector<std::size_t>& place, const std::vector<double>& value,
                      const std::vector<double>& share, const Matrix& weight,
                      const BalanceOptions& labels, Progress& progress) {
  PartCells result{place, Matrix(share.size(), place.size()), 0};
  for (std::size_t k = 0; k < share.size(); ++k)
    for (std::size_t c = 0; c < place.size(); ++c)
      result.value(k, c) = share[k] * value[c] * (weight.size() > 0 ? weight(k, place[c]) : 1);
  if (weight.size() > 0 && !place.empty()) {
    BalanceTargets targets;
    const double total = sum_of_all(value);
    for (const auto w : share) targets.rows.push_back(w * total);
    targets.columns = value;
    auto options = labels;
    options.tolerance = 1e-12;
    const auto done = balance(cells_of(result.value), targets, options, progress);
    result.value = matrix_of(done.table);
    result.iterations = done.iterations;
  }
  close_columns(result.value, value);
  return result;
}

Matrix split_between(const std::vector<double>& sold, const std::vector<double>& bought,
                     const Matrix& between, const BalanceOptions& labels, Progress& progress) {
  const double total = sum_of_all(sold);
  Matrix cells(sold.size(), bought.size());
  for (std::size_t k = 0; k < sold.size(); ++k)
    for (std::size_t l = 0; l < bought.size(); ++l)
      cells(k, l) = sold[k] * bought[l] / total * (between.size() > 0 ? between(k, l) : 1);
  if (between.size() == 0) return cells;
  return matrix_of(balance(cells_of(cells), {sold, bought, {}}, labels, progress).table);
}

}  // namespace stave
