#include "cbam/reference.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace stave::reference {
namespace {

using Dense = std::vector<std::vector<double>>;

// a x = b, one column of b after the other at the end of the rows of a.
void eliminate(Dense& a) {
  const auto n = a.size();
  for (std::size_t k = 0; k < n; ++k) {
    std::size_t best = k;
    for (std::size_t i = k + 1; i < n; ++i)
      if (std::abs(a[i][k]) > std::abs(a[best][k])) best = i;
    if (a[best][k] == 0) throw std::logic_error("no inverse");
    std::swap(a[k], a[best]);
    for (std::size_t i = 0; i < n; ++i) {
      if (i == k) continue;
      const double factor = a[i][k] / a[k][k];
      for (std::size_t j = k; j < a[i].size(); ++j) a[i][j] -= factor * a[k][j];
    }
  }
}

// [made - M, attributed + bought]: the equations of a period, not of a tonne.
std::vector<double> row_of(const CbamGoods& goods, std::size_t g, int year) {
  const auto n = goods.goods.size();
  const auto& good = goods.goods[g];
  std::vector<double> row(n + 3);
  if (good.by_default()) {
    const auto figure = goods.default_at(good.fallback).marked_up(year);
    row[g] = 1;
    row[n] = figure.direct;
    row[n + 1] = figure.indirect;
    row[n + 2] = std::isnan(figure.benchmark) ? 0 : figure.benchmark;
    return row;
  }
  row[g] = good.made;
  for (const auto& stream : good.streams) {
    row[n] += stream_emissions(stream).direct;
    row[n + 1] += stream_emissions(stream).indirect;
  }
  row[n] = std::max(0.0, row[n]);
  if (!std::isnan(good.benchmark)) row[n + 2] = good.made * good.benchmark;
  for (const auto& p : good.precursors) {
    if (!p.good.empty()) {
      row[goods.good_at(p.good)] -= p.amount;
      continue;
    }
    const auto figure = figure_of(goods, p, year);
    row[n] += p.amount * figure.direct;
    row[n + 1] += p.amount * figure.indirect;
    if (!std::isnan(figure.benchmark)) row[n + 2] += p.amount * figure.benchmark;
  }
  return row;
}

}  // namespace

std::vector<EmbeddedValues> embedded(const CbamGoods& goods, int year) {
  const auto n = goods.goods.size();
  Dense a;
  for (std::size_t g = 0; g < n; ++g) a.push_back(row_of(goods, g, year));
  eliminate(a);
  std::vector<EmbeddedValues> result(n);
  for (std::size_t g = 0; g < n; ++g)
    result[g] = {a[g][n] / a[g][g], a[g][n + 1] / a[g][g], a[g][n + 2] / a[g][g]};
  return result;
}

}  // namespace stave::reference
