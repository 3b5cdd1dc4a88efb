#include "trade/product.hpp"

namespace stave::trade {
namespace {

constexpr std::size_t rows_per_strip = 64;

// Sums over all columns but one, without subtracting: from the left and from the right. Columns
// for which skip(t) are left out of every sum.
template <class Skip>
void sums_without_each(std::span<const double> row, Skip&& skip, std::span<double> result) {
  double before = 0;
  for (std::size_t t = 0; t < row.size(); ++t) {
    result[t] = before;
    if (!skip(t)) before += row[t];
  }
  double after = 0;
  for (std::size_t t = row.size(); t-- > 0;) {
    result[t] += after;
    if (!skip(t)) after += row[t];
  }
}

Matrix combined(Matrix a, const Matrix& b, double sign) {
  for (std::size_t e = 0; e < a.size(); ++e) a.data()[e] += sign * b.data()[e];
  return a;
}

}  // namespace

std::vector<Strip> strips_of(const TradeTable& table) {
  std::vector<Strip> strips;
  for (std::size_t s = 0; s < table.traders().size(); ++s)
    for (auto at = table.first(s); at < table.first(s + 1); at += rows_per_strip)
      strips.push_back({s, at, std::min(at + rows_per_strip, table.first(s + 1))});
  return strips;
}

Matrix per_output(const TradeTable& table, Matrix m) {
  for (std::size_t i = 0; i < m.rows(); ++i) {
    for (auto& v : m.row(i)) v /= table.scale()[i];
  }
  return m;
}

void add_off_home(const TradeTable& table, const Strip& strip, const MatrixView& m,
                  const MatrixView& n, double* c, std::size_t stride) {
  const auto before = table.first(strip.trader);
  const auto after = table.first(strip.trader + 1);
  const auto rest = table.size() - after;
  add_product(block_of(m, strip.first, 0, strip.rows(), before), block_of(n, 0, 0, before, n.cols),
              c, stride);
  add_product(block_of(m, strip.first, after, strip.rows(), rest),
              block_of(n, after, 0, rest, n.cols), c, stride);
}

Matrix sold_abroad(const TradeTable& table, const Matrix& per_output) {
  Matrix result(table.size(), per_output.cols());
  for_each_strip(table, [&](const Strip& strip) {
    add_off_home(table, strip, table.flows().dense().view(), per_output.view(),
                 result.row(strip.first).data(), result.cols());
  });
  return result;
}

std::vector<Matrix> exported_inputs(const TradeTable& table, const std::vector<Matrix>& columns) {
  const auto count = columns.size();
  const auto traders = table.traders().size();
  std::vector<Matrix> result;
  for (std::size_t k = 0; k < count; ++k) result.emplace_back(table.size(), traders);
  const auto z = table.flows().dense().view();
  for_each_strip(table, [&](const Strip& strip) {
    Matrix q(table.size(), count);
    for (std::size_t j = 0; j < q.rows(); ++j)
      for (std::size_t k = 0; k < count; ++k) q(j, k) = columns[k](j, strip.trader);
    for (std::size_t r = 0; r < traders; ++r) {
      if (r == strip.trader) continue;
      Matrix h(strip.rows(), count);
      add_product(block_of(z, strip.first, table.first(r), strip.rows(), table.count(r)),
                  block_of(q.view(), table.first(r), 0, table.count(r), count), h.data(), count);
      for (std::size_t i = 0; i < h.rows(); ++i)
        for (std::size_t k = 0; k < count; ++k) result[k](strip.first + i, r) = h(i, k);
    }
  });
  return result;
}

Matrix own_column(const TradeTable& table, const Matrix& m) {
  Matrix result(m.rows(), m.cols());
  for (std::size_t j = 0; j < m.rows(); ++j)
    std::ranges::fill(result.row(j), m(j, table.trader(j)));
  return result;
}

Matrix all_but(const TradeTable&, const Matrix& m) {
  Matrix result(m.rows(), m.cols());
  for (std::size_t j = 0; j < m.rows(); ++j)
    sums_without_each(m.row(j), [](std::size_t) { return false; }, result.row(j));
  return result;
}

Matrix third_traders(const TradeTable& table, const Matrix& m) {
  Matrix result(m.rows(), m.cols());
  for (std::size_t j = 0; j < m.rows(); ++j)
    sums_without_each(m.row(j), [&](std::size_t t) { return t == table.trader(j); }, result.row(j));
  return result;
}

Matrix weighted(const std::vector<double>& w, const Matrix& h) {
  Matrix result(h.rows(), h.cols());
  for (std::size_t i = 0; i < h.rows(); ++i)
    for (std::size_t r = 0; r < h.cols(); ++r) result(i, r) = w[i] * h(i, r);
  return result;
}

Matrix sum_of(Matrix a, const Matrix& b) { return combined(std::move(a), b, 1); }
Matrix difference_of(Matrix a, const Matrix& b) { return combined(std::move(a), b, -1); }

}  // namespace stave::trade
