#include <algorithm>
#include <cmath>
#include <limits>

#include "trade/product.hpp"

namespace stave {
namespace {

constexpr double unknown_value = std::numeric_limits<double>::quiet_NaN();

// V_i times the sum of B_ij E_j over the nodes of i's own trader, and over all others.
void follow_exports(const TradeTable& table, const TradeInverse& inverse, TradeTotals& totals) {
  totals.node_domestic.resize(table.size());
  totals.node_indirect.resize(table.size());
  trade::for_each_strip(table, [&](const trade::Strip& strip) {
    for (auto i = strip.first; i < strip.last; ++i) {
      double own = 0;
      double others = 0;
      for (std::size_t j = 0; j < table.size(); ++j)
        (table.trader(j) == strip.trader ? own : others) +=
            inverse.scaled(i, j) * table.exported()[j];
      const double v = table.intensity(i) * table.scale()[i];
      totals.node_domestic[i] = v * own;
      totals.node_indirect[i] = v * others;
    }
  });
}

void add_content(const TradeTable& table, const TradeInverse& inverse, TradeTotals& totals) {
  totals.node_foreign.resize(table.size());
  for (std::size_t j = 0; j < table.size(); ++j) {
    const auto s = table.trader(j);
    totals.exports[s] += table.exported()[j];
    for (std::size_t t = 0; t < table.traders().size(); ++t) {
      const double value = inverse.origin(t, j) * table.exported()[j];
      totals.content(t, s) += value;
      if (t != s) totals.node_foreign[j] += value;
    }
  }
}

void add_use(const TradeTable& table, const TradeInverse& inverse, TradeTotals& totals) {
  totals.node_use = Matrix(table.size(), table.traders().size());
  for (std::size_t i = 0; i < table.size(); ++i)
    for (std::size_t r = 0; r < table.traders().size(); ++r) {
      const double value = table.intensity(i) * table.scale()[i] * inverse.use(i, r);
      totals.node_use(i, r) = value;
      totals.use(table.trader(i), r) += value;
      if (r != table.trader(i)) totals.exported[table.trader(i)] += value;
    }
}

void add_measures(TradeTotals& totals) {
  const auto traders = totals.exports.size();
  for (std::size_t s = 0; s < traders; ++s) {
    totals.domestic[s] = totals.content(s, s);
    for (std::size_t t = 0; t < traders; ++t)
      if (t != s) {
        totals.foreign[s] += totals.content(t, s);
        totals.indirect[s] += totals.content(s, t);
      }
    const double e = totals.exports[s];
    const bool exports = e > 0;
    totals.participation.push_back(exports ? (totals.foreign[s] + totals.indirect[s]) / e
                                           : unknown_value);
    totals.position.push_back(exports ? std::log1p(totals.indirect[s] / e) -
                                            std::log1p(totals.foreign[s] / e)
                                      : unknown_value);
  }
}

}  // namespace

TradeTotals trade_totals(const TradeTable& table, const TradeInverse& inverse) {
  const auto traders = table.traders().size();
  TradeTotals totals;
  for (auto* one :
       {&totals.exports, &totals.domestic, &totals.foreign, &totals.indirect, &totals.exported})
    one->resize(traders);
  totals.content = totals.use = Matrix(traders, traders);
  follow_exports(table, inverse, totals);
  add_content(table, inverse, totals);
  add_use(table, inverse, totals);
  add_measures(totals);
  return totals;
}

Matrix comparative_advantage(const TradeTable& table, const std::vector<double>& amounts) {
  const auto products = table.chain().products().size();
  Matrix share(table.traders().size(), products);
  std::vector<double> by_product(products);
  std::vector<double> by_trader(table.traders().size());
  double all = 0;
  for (std::size_t i = 0; i < table.size(); ++i) {
    share(table.trader(i), table.product(i)) += amounts[i];
    by_trader[table.trader(i)] += amounts[i];
    by_product[table.product(i)] += amounts[i];
    all += amounts[i];
  }
  for (std::size_t s = 0; s < share.rows(); ++s)
    for (std::size_t p = 0; p < products; ++p)
      share(s, p) = by_trader[s] > 0 && by_product[p] > 0
                        ? share(s, p) / by_trader[s] / (by_product[p] / all)
                        : unknown_value;
  return share;
}

}  // namespace stave
