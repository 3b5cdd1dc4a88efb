#pragma once
/// Products that skip, or keep to, a trader's own block. Every one works on strips of rows that do
/// not depend on the number of threads.

#include "stave/linalg/product.hpp"
#include "stave/trade/trade.hpp"

#include <algorithm>
#include <vector>

#include <tbb/parallel_for.h>

namespace stave::trade {

/// Rows first .. last of the nodes, all of one trader.
struct Strip {
  std::size_t trader, first, last;
  [[nodiscard]] std::size_t rows() const { return last - first; }
};
[[nodiscard]] std::vector<Strip> strips_of(const TradeTable& table);

template <class F>
void for_each_strip(const TradeTable& table, F&& work) {
  const auto strips = strips_of(table);
  tbb::parallel_for(std::size_t{0}, strips.size(), [&](std::size_t k) { work(strips[k]); });
}

template <class F>
void for_each_trader(const TradeTable& table, F&& work) {
  tbb::parallel_for(std::size_t{0}, table.traders().size(), [&](std::size_t s) { work(s); });
}

/// diag(x)^-1 M, x being TradeTable::scale here and below.
[[nodiscard]] Matrix per_output(const TradeTable& table, Matrix m);

/// Row strip times everything outside the strip's own trader: C += M_strip,off N_off.
void add_off_home(const TradeTable& table, const Strip& strip, const MatrixView& m,
                  const MatrixView& n, double* c, std::size_t stride);

/// A_off M, with M given as diag(x)^-1 M [n x k]: what each trader sells abroad for it.
[[nodiscard]] Matrix sold_abroad(const TradeTable& table, const Matrix& per_output);

/// For each q of `columns`, given as diag(x)^-1 Q [n x R], Q(j, s) being what node j makes per
/// exporter s: H [n x R], H(i, r) = sum_{j in r} A_ij Q(j, s) for i in s, 0 for r = s.
[[nodiscard]] std::vector<Matrix> exported_inputs(const TradeTable& table,
                                                  const std::vector<Matrix>& columns);

/// M'(j, s) = M(j, r), r being the trader of j: its own column, for every exporter.
[[nodiscard]] Matrix own_column(const TradeTable& table, const Matrix& m);
/// M'(j, s) = sum_{t != s} M(j, t).
[[nodiscard]] Matrix all_but(const TradeTable& table, const Matrix& m);
/// M'(j, s) = sum_{t != s, r} M(j, t), r being the trader of j.
[[nodiscard]] Matrix third_traders(const TradeTable& table, const Matrix& m);

/// H o w: every row i of H times w_i.
[[nodiscard]] Matrix weighted(const std::vector<double>& w, const Matrix& h);
/// A + B.
[[nodiscard]] Matrix sum_of(Matrix a, const Matrix& b);
/// A - B.
[[nodiscard]] Matrix difference_of(Matrix a, const Matrix& b);

}  // namespace stave::trade
