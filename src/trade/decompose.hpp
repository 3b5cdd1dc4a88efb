#pragma once
/// The terms of each method, in the order of trade_terms.

#include <vector>

#include "trade/home.hpp"

namespace stave::trade {

using Terms = std::vector<Matrix>;  ///< each [n x R]

[[nodiscard]] Terms borin_mancini_source(const TradeTable& table, const TradeInverse& inverse);
[[nodiscard]] Terms borin_mancini_sink(const TradeTable& table, const TradeInverse& inverse);
[[nodiscard]] Terms wang_wei_zhu(const TradeTable& table, const TradeInverse& inverse);
[[nodiscard]] Terms koopman_wang_wei(const TradeTable& table, const TradeInverse& inverse);
[[nodiscard]] Terms miroudot_ye(const TradeTable& table, const TradeInverse& inverse);
[[nodiscard]] Terms oecd(const TradeTable& table, const TradeInverse& inverse);

/// Largest |sum of terms - E| of a trader, relative to what it exports.
[[nodiscard]] double largest_residual(const TradeTable& table, const Terms& terms);

}  // namespace stave::trade
