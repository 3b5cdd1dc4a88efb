#include "trade/home.hpp"

namespace stave::trade {
namespace {

// Rows first .. first + count of M, as a matrix of their own.
Matrix rows_of(const Matrix& m, std::size_t first, std::size_t count) {
  Matrix part(count, m.cols());
  std::copy_n(m.data() + first * m.cols(), part.size(), part.data());
  return part;
}

void put_rows(const Matrix& part, Matrix& m, std::size_t first) {
  std::copy_n(part.data(), part.size(), m.data() + first * m.cols());
}

Matrix own_flows(const TradeTable& table, std::size_t s) {
  Matrix z(table.count(s), table.count(s));
  for (std::size_t i = 0; i < z.rows(); ++i)
    std::copy_n(table.flows().dense().row(table.first(s) + i).data() + table.first(s), z.cols(),
                z.row(i).data());
  return z;
}

// I + T, or its transpose.
Matrix identity_plus(const Matrix& t, bool transposed) {
  Matrix m(t.rows(), t.cols());
  for (std::size_t i = 0; i < t.rows(); ++i) {
    for (std::size_t j = 0; j < t.cols(); ++j) m(i, j) = transposed ? t(j, i) : t(i, j);
    m(i, i) += 1;
  }
  return m;
}

}  // namespace

HomeSystems::HomeSystems(const TradeTable& table) : table_(&table) {
  const auto traders = table.traders().size();
  flows_.reserve(traders);
  systems_.reserve(traders);
  for (std::size_t s = 0; s < traders; ++s) {
    flows_.emplace_back(own_flows(table, s));
    LeontiefOptions options{.method = SolveMethod::lu};
    options.label = [&table, first = table.first(s)](std::size_t i) {
      return table.chain().label(table.node(first + i));
    };
    systems_.emplace_back(flows_[s],
                          std::span(table.scale()).subspan(table.first(s), table.count(s)),
                          std::move(options));
  }
}

Matrix HomeSystems::requirements(const Matrix& m) {
  Matrix result(m.rows(), m.cols());
  for_each_trader(*table_, [&](std::size_t s) {
    if (table_->count(s) == 0 || m.cols() == 0) return;
    const auto part = rows_of(m, table_->first(s), table_->count(s));
    put_rows(systems_[s].requirements(part.view()).values, result, table_->first(s));
  });
  return result;
}

std::vector<double> HomeSystems::value_added() {
  std::vector<double> result(table_->size());
  for_each_trader(*table_, [&](std::size_t s) {
    if (table_->count(s) == 0) return;
    Matrix v(1, table_->count(s));
    for (std::size_t i = 0; i < v.cols(); ++i) v(0, i) = table_->intensity(table_->first(s) + i);
    const auto made = systems_[s].multipliers(v.view()).values;
    std::copy_n(made.data(), made.size(), result.data() + table_->first(s));
  });
  return result;
}

std::vector<double> HomeSystems::own_value_added() {
  std::vector<double> result(table_->size());
  for_each_trader(*table_, [&](std::size_t s) {
    if (table_->count(s) == 0) return;
    const auto l = systems_[s].inverse().values;
    for (std::size_t i = 0; i < l.rows(); ++i)
      result[table_->first(s) + i] = table_->intensity(table_->first(s) + i) * l(i, i);
  });
  return result;
}

std::vector<Matrix> home_by_way_of_others(const TradeTable& table, const TradeInverse& inverse) {
  std::vector<Matrix> t;
  for (std::size_t s = 0; s < table.traders().size(); ++s)
    t.emplace_back(table.count(s), table.count(s));
  const auto z = table.flows().dense().view();
  const auto b = inverse.scaled.view();
  for_each_strip(table, [&](const Strip& strip) {
    const auto first = table.first(strip.trader);
    const auto count = table.count(strip.trader);
    double* c = t[strip.trader].row(strip.first - first).data();
    const auto add = [&](std::size_t from, std::size_t many) {
      add_product(block_of(z, strip.first, from, strip.rows(), many),
                  block_of(b, from, first, many, count), c, count);
    };
    add(0, first);
    add(first + count, table.size() - first - count);
  });
  return t;
}

std::vector<double> row_times(const TradeTable& table, const std::vector<double>& w,
                              const std::vector<Matrix>& t) {
  std::vector<double> result(table.size());
  for (std::size_t i = 0; i < table.size(); ++i) {
    const auto s = table.trader(i);
    const auto row = t[s].row(i - table.first(s));
    for (std::size_t j = 0; j < row.size(); ++j) result[table.first(s) + j] += w[i] * row[j];
  }
  return result;
}

std::vector<double> row_once(const TradeTable& table, const std::vector<double>& w,
                             const std::vector<Matrix>& t) {
  std::vector<double> result(table.size());
  for_each_trader(table, [&](std::size_t s) {
    Matrix y(table.count(s), 1);
    std::copy_n(w.data() + table.first(s), y.size(), y.data());
    const auto found = solve_dense(identity_plus(t[s], true), std::move(y));
    std::copy_n(found.data(), found.size(), result.data() + table.first(s));
  });
  return result;
}

Matrix columns_once(const TradeTable& table, const std::vector<Matrix>& t, const Matrix& y) {
  Matrix result(y.rows(), y.cols());
  for_each_trader(table, [&](std::size_t s) {
    put_rows(solve_dense(identity_plus(t[s], false), rows_of(y, table.first(s), table.count(s))),
             result, table.first(s));
  });
  return result;
}

std::vector<double> foreign_share(const TradeTable& table, const TradeInverse& inverse) {
  std::vector<double> share(table.size());
  for (std::size_t t = 0; t < table.traders().size(); ++t)
    for (std::size_t j = 0; j < table.size(); ++j)
      if (table.trader(j) != t) share[j] += inverse.origin(t, j);
  return share;
}

}  // namespace stave::trade
