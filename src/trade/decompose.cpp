#include "trade/decompose.hpp"

#include <cmath>

namespace stave {
namespace trade {

Terms miroudot_ye(const TradeTable& table, const TradeInverse& inverse) {
  HomeSystems home(table);
  const auto t = home_by_way_of_others(table, inverse);
  const auto domestic = home.value_added();
  const auto foreign = row_once(table, foreign_share(table, inverse), t);
  const auto& e = table.exports();
  return {weighted(domestic, e), weighted(row_times(table, domestic, t), e), weighted(foreign, e),
          weighted(row_times(table, foreign, t), e)};
}

Terms oecd(const TradeTable& table, const TradeInverse& inverse) {
  HomeSystems home(table);
  const auto domestic = home.value_added();
  const auto own = home.own_value_added();
  auto suppliers = domestic;
  for (std::size_t i = 0; i < suppliers.size(); ++i) suppliers[i] -= own[i];
  const auto back = row_times(table, domestic, home_by_way_of_others(table, inverse));
  const auto& e = table.exports();
  return {weighted(own, e), weighted(suppliers, e), weighted(back, e),
          weighted(foreign_share(table, inverse), e)};
}

double largest_residual(const TradeTable& table, const Terms& terms) {
  const auto traders = table.traders().size();
  std::vector<double> miss(traders);
  std::vector<double> all(traders);
  for (std::size_t i = 0; i < table.size(); ++i)
    for (std::size_t r = 0; r < traders; ++r) {
      double sum = -table.exports()(i, r);
      for (const auto& term : terms) sum += term(i, r);
      miss[table.trader(i)] += std::abs(sum);
      all[table.trader(i)] += std::abs(table.exports()(i, r));
    }
  double worst = 0;
  for (std::size_t s = 0; s < traders; ++s)
    if (all[s] > 0) worst = std::max(worst, miss[s] / all[s]);
  return worst;
}

}  // namespace trade

Decomposition decompose_exports(const TradeTable& table, const TradeInverse& inverse,
                                TradeMethod method, Progress& progress) {
  progress.check();
  progress.report("decomposing exports", 0);
  Decomposition d{.method = method, .inverse_residual = inverse.residual, .miss = inverse.miss};
  switch (method) {
    case TradeMethod::borin_mancini_source:
      d.terms = trade::borin_mancini_source(table, inverse);
      break;
    case TradeMethod::borin_mancini_sink:
      d.terms = trade::borin_mancini_sink(table, inverse);
      break;
    case TradeMethod::wwz:
      d.terms = trade::wang_wei_zhu(table, inverse);
      break;
    case TradeMethod::kww:
      d.terms = trade::koopman_wang_wei(table, inverse);
      break;
    case TradeMethod::miroudot_ye:
      d.terms = trade::miroudot_ye(table, inverse);
      break;
    case TradeMethod::oecd:
      d.terms = trade::oecd(table, inverse);
      break;
  }
  d.residual = trade::largest_residual(table, d.terms);
  return d;
}

}  // namespace stave
