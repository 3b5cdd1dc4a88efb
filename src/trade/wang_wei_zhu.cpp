#include "trade/decompose.hpp"

namespace stave::trade {
namespace {

// B times parts of final use, per output [n x R], j in r:
struct Uses {
  Matrix home;      // (B_rr Y_rt)_j
  Matrix domestic;  // (B_rt Y_tt)_j, 0 for t = r
  Matrix exported;  // (B_rt sum_{u != t} Y_tu)_j, 0 for t = r
  Matrix sold;      // (sum_{t != s, r} B_rt Y_ts)_j
};

// Final use at home, and all that is sold to final users abroad [n x 2].
Matrix home_and_abroad(const TradeTable& table) {
  Matrix y(table.size(), 2);
  for (std::size_t i = 0; i < table.size(); ++i)
    for (std::size_t r = 0; r < table.traders().size(); ++r)
      y(i, r == table.trader(i) ? 0 : 1) += table.final_use()(i, r);
  return y;
}

Uses uses_of(const TradeTable& table, const TradeInverse& inverse) {
  const auto n = table.size();
  const auto traders = table.traders().size();
  const auto b = inverse.scaled.view();
  const auto y = home_and_abroad(table);
  Matrix abroad = table.final_use();
  for (std::size_t i = 0; i < n; ++i) abroad(i, table.trader(i)) = 0;
  Uses uses{Matrix(n, traders), Matrix(n, traders), Matrix(n, traders), Matrix(n, traders)};
  for_each_strip(table, [&](const Strip& strip) {
    const auto r = strip.trader;
    add_product(block_of(b, strip.first, table.first(r), strip.rows(), table.count(r)),
                block_of(table.final_use().view(), table.first(r), 0, table.count(r), traders),
                uses.home.row(strip.first).data(), traders);
    add_off_home(table, strip, b, abroad.view(), uses.sold.row(strip.first).data(), traders);
    for (std::size_t t = 0; t < traders; ++t) {
      if (t == r) continue;
      Matrix part(strip.rows(), 2);
      add_product(block_of(b, strip.first, table.first(t), strip.rows(), table.count(t)),
                  block_of(y.view(), table.first(t), 0, table.count(t), 2), part.data(), 2);
      for (std::size_t i = 0; i < strip.rows(); ++i) {
        uses.domestic(strip.first + i, t) = part(i, 0);
        uses.exported(strip.first + i, t) = part(i, 1);
      }
    }
  });
  return uses;
}

// L_rr times final use at home (column 0) and exports (1) of every trader, per output.
Matrix home_requirements(const TradeTable& table, HomeSystems& home) {
  auto y = home_and_abroad(table);
  for (std::size_t i = 0; i < table.size(); ++i) y(i, 1) = table.exported()[i];
  return per_output(table, home.requirements(y));
}

Matrix repeated(const Matrix& m, std::size_t column, std::size_t times) {
  Matrix result(m.rows(), times);
  for (std::size_t i = 0; i < m.rows(); ++i) std::ranges::fill(result.row(i), m(i, column));
  return result;
}

// H times the value added of the partner in a unit of the exporter's product; and of all others
// but the two.
Matrix by_partner(const TradeInverse& inverse, const Matrix& h) {
  Matrix result(h.rows(), h.cols());
  for (std::size_t i = 0; i < h.rows(); ++i)
    for (std::size_t r = 0; r < h.cols(); ++r) result(i, r) = inverse.origin(r, i) * h(i, r);
  return result;
}

Matrix by_third(const TradeTable& table, const TradeInverse& inverse, const Matrix& h) {
  Matrix origin(h.rows(), h.cols());
  for (std::size_t i = 0; i < h.rows(); ++i)
    for (std::size_t t = 0; t < h.cols(); ++t) origin(i, t) = inverse.origin(t, i);
  const auto third = third_traders(table, origin);
  Matrix result(h.rows(), h.cols());
  for (std::size_t e = 0; e < h.size(); ++e) result.data()[e] = third.data()[e] * h.data()[e];
  return result;
}

}  // namespace

Terms wang_wei_zhu(const TradeTable& table, const TradeInverse& inverse) {
  HomeSystems home(table);
  const auto traders = table.traders().size();
  const auto uses = uses_of(table, inverse);
  const auto own = home_requirements(table, home);
  const auto h = exported_inputs(
      table,
      {own_column(table, uses.home), all_but(table, uses.domestic), third_traders(table, uses.home),
       difference_of(all_but(table, uses.exported), uses.sold), uses.home, uses.sold, uses.domestic,
       uses.exported, repeated(own, 0, traders), repeated(own, 1, traders)});
  Matrix final_goods = table.final_use();
  for (std::size_t i = 0; i < table.size(); ++i) final_goods(i, table.trader(i)) = 0;
  const auto vl = home.value_added();
  const auto back = row_times(table, vl, home_by_way_of_others(table, inverse));
  auto vb = vl;
  for (std::size_t i = 0; i < vb.size(); ++i) vb[i] += back[i];
  Terms terms{weighted(vb, final_goods)};
  for (std::size_t k = 0; k < 8; ++k) terms.push_back(weighted(vl, h[k]));
  terms.push_back(weighted(back, table.inputs_abroad()));
  for (const Matrix* one : std::initializer_list<const Matrix*>{&final_goods, &h[8], &h[9]}) {
    terms.push_back(by_partner(inverse, *one));
    terms.push_back(by_third(table, inverse, *one));
  }
  return terms;
}

Terms koopman_wang_wei(const TradeTable& table, const TradeInverse& inverse) {
  auto w = wang_wei_zhu(table, inverse);
  Terms terms;
  terms.push_back(std::move(w[0]));
  for (const auto& [a, b] : {std::pair{1, 2}, std::pair{3, 4}, std::pair{5, 6}})
    terms.push_back(
        sum_of(std::move(w[static_cast<std::size_t>(a)]), w[static_cast<std::size_t>(b)]));
  terms.push_back(std::move(w[7]));
  for (const auto& [a, b] :
       {std::pair{8, 9}, std::pair{10, 11}, std::pair{12, 13}, std::pair{14, 15}})
    terms.push_back(
        sum_of(std::move(w[static_cast<std::size_t>(a)]), w[static_cast<std::size_t>(b)]));
  return terms;
}

}  // namespace stave::trade
