#include "trade/decompose.hpp"

namespace stave::trade {
namespace {

// A_sr L_rr times each way on from the partner r, [n x R] each: what r uses itself, sells as final
// goods to third traders and to s, and passes on as inputs that are used abroad and in s.
struct Routes {
  Matrix own, third, home, onward, onward_home;
  Matrix again;  // sink only: inputs passed on that s exports once more
};

// The way of final goods: K_j: = L_rr Y_r: of every trader r, per output.
std::vector<Matrix> final_columns(const TradeTable& table, HomeSystems& home) {
  auto made = per_output(table, home.requirements(table.final_use()));
  std::vector<Matrix> columns{own_column(table, made), third_traders(table, made)};
  columns.push_back(std::move(made));
  return columns;
}

Routes routes_of(std::vector<Matrix> h) {
  Routes routes{std::move(h[0]), std::move(h[1]), std::move(h[2]),
                std::move(h[3]), std::move(h[4]), {}};
  if (h.size() > 5) routes.again = std::move(h[5]);
  return routes;
}

// Value added times final goods sold to the partner and times each way on: absorbed four ways,
// returned two ways.
void add_domestic(const TradeTable& table, const std::vector<double>& w, const Routes& routes,
                  Terms& terms) {
  Matrix final_goods = table.final_use();
  for (std::size_t i = 0; i < table.size(); ++i) final_goods(i, table.trader(i)) = 0;
  terms.push_back(weighted(w, final_goods));
  for (const auto* h :
       {&routes.own, &routes.third, &routes.onward, &routes.home, &routes.onward_home})
    terms.push_back(weighted(w, *h));
}

// The same four ways, whether it comes back or not.
void add_foreign(const TradeTable& table, const std::vector<double>& w, const Routes& routes,
                 Terms& terms) {
  Matrix final_goods = table.final_use();
  for (std::size_t i = 0; i < table.size(); ++i) final_goods(i, table.trader(i)) = 0;
  terms.push_back(weighted(w, final_goods));
  terms.push_back(weighted(w, routes.own));
  terms.push_back(weighted(w, sum_of(routes.third, routes.home)));
  terms.push_back(weighted(w, sum_of(routes.onward, routes.onward_home)));
}

// B^s Y^s of every exporter s, per output [n x 3R]: for the final use of s (columns 0 .. R), of all
// others (R .. 2R), and for its exports E_s (2R .. 3R). What s sells abroad is left out of Y^s and
// B^s. B^s y = B y - B_:s (I + T_s)^-1 sum_{r != s} A_sr (B y)_r; the three sum to x, and in rows
// of s to L_ss Y_ss, 0 and L_ss E_s.
Matrix without_own_exports(const TradeTable& table, const TradeInverse& inverse,
                           const std::vector<Matrix>& t, HomeSystems& home) {
  const auto n = table.size();
  const auto traders = table.traders().size();
  const auto sold = sold_abroad(table, inverse.use);
  Matrix start(n, 2);  // of each trader's own rows: A_s,off B Y_:s, and E_s
  for (std::size_t i = 0; i < n; ++i) {
    start(i, 0) = sold(i, table.trader(i));
    start(i, 1) = table.exported()[i];
  }
  const auto once = columns_once(table, t, start);
  auto at_home = start;
  for (std::size_t i = 0; i < n; ++i) at_home(i, 0) = table.final_use()(i, table.trader(i));
  at_home = per_output(table, home.requirements(at_home));
  Matrix result(n, 3 * traders);
  for_each_strip(table, [&](const Strip& strip) {
    for (std::size_t s = 0; s < traders; ++s) {
      Matrix step(strip.rows(), 2);
      add_product(block_of(inverse.scaled.view(), strip.first, table.first(s), strip.rows(),
                           table.count(s)),
                  block_of(once.view(), table.first(s), 0, table.count(s), 2), step.data(), 2);
      for (std::size_t i = strip.first; i < strip.last; ++i) {
        const bool own = s == strip.trader;
        const double one = table.output()[i] / table.scale()[i];
        const double used = own ? at_home(i, 0) : inverse.use(i, s) - step(i - strip.first, 0);
        const double again = own ? at_home(i, 1) : step(i - strip.first, 1);
        result(i, s) = used;
        result(i, traders + s) = own ? 0 : one - used - again;
        result(i, 2 * traders + s) = again;
      }
    }
  });
  return result;
}

Matrix columns_from(const Matrix& m, std::size_t first, std::size_t count) {
  Matrix part(m.rows(), count);
  for (std::size_t i = 0; i < m.rows(); ++i)
    std::copy_n(m.row(i).data() + first, count, part.row(i).data());
  return part;
}

}  // namespace

Terms borin_mancini_source(const TradeTable& table, const TradeInverse& inverse) {
  HomeSystems home(table);
  auto columns = final_columns(table, home);
  auto passed = per_output(table, home.requirements(sold_abroad(table, inverse.use)));
  columns.push_back(all_but(table, passed));
  columns.push_back(std::move(passed));
  const auto routes = routes_of(exported_inputs(table, columns));
  const auto t = home_by_way_of_others(table, inverse);
  const auto domestic = home.value_added();
  const auto foreign = row_once(table, foreign_share(table, inverse), t);
  Terms terms;
  add_domestic(table, domestic, routes, terms);
  terms.push_back(weighted(row_times(table, domestic, t), table.exports()));
  add_foreign(table, foreign, routes, terms);
  terms.push_back(weighted(row_times(table, foreign, t), table.exports()));
  return terms;
}

Terms borin_mancini_sink(const TradeTable& table, const TradeInverse& inverse) {
  HomeSystems home(table);
  const auto t = home_by_way_of_others(table, inverse);
  auto columns = final_columns(table, home);
  const auto made = without_own_exports(table, inverse, t, home);
  const auto passed = per_output(table, home.requirements(sold_abroad(table, made)));
  const auto traders = table.traders().size();
  columns.push_back(columns_from(passed, traders, traders));
  columns.push_back(columns_from(passed, 0, traders));
  columns.push_back(columns_from(passed, 2 * traders, traders));
  const auto routes = routes_of(exported_inputs(table, columns));
  auto domestic = home.value_added();
  const auto back = row_times(table, domestic, t);
  for (std::size_t i = 0; i < domestic.size(); ++i) domestic[i] += back[i];
  const auto foreign = foreign_share(table, inverse);
  Terms terms;
  add_domestic(table, domestic, routes, terms);
  terms.push_back(weighted(domestic, routes.again));
  add_foreign(table, foreign, routes, terms);
  terms.push_back(weighted(foreign, routes.again));
  return terms;
}

}  // namespace stave::trade
