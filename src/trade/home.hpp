#pragma once
/// What each trader needs of itself alone, and what its exports need of it by way of others.

#include "stave/linalg/leontief.hpp"

#include <vector>

#include "trade/product.hpp"

namespace stave::trade {

/// L_ss of every trader, as factors.
class HomeSystems {
 public:
  explicit HomeSystems(const TradeTable& table);
  /// L_ss M_s, trader by trader. M [n x k] -> [n x k].
  [[nodiscard]] Matrix requirements(const Matrix& m);
  /// V_s L_ss [n].
  [[nodiscard]] std::vector<double> value_added();
  /// V_i (L_ss)_ii [n]: of that, what node i adds itself.
  [[nodiscard]] std::vector<double> own_value_added();

 private:
  const TradeTable* table_;
  std::vector<FlowMatrix> flows_;
  std::vector<LeontiefSystem> systems_;
};

/// T_s = sum_{r != s} A_sr B_rs of every trader [n_s x n_s].
[[nodiscard]] std::vector<Matrix> home_by_way_of_others(const TradeTable& table,
                                                        const TradeInverse& inverse);
/// w_s T_s, trader by trader. w [n] -> [n].
[[nodiscard]] std::vector<double> row_times(const TradeTable& table, const std::vector<double>& w,
                                            const std::vector<Matrix>& t);
/// w_s (I + T_s)^-1. For w_s = sum_{t != s} V_t B_ts this is sum_{t != s} V_t B^s_ts.
[[nodiscard]] std::vector<double> row_once(const TradeTable& table, const std::vector<double>& w,
                                           const std::vector<Matrix>& t);
/// (I + T_s)^-1 y_s, trader by trader. Y [n x k].
[[nodiscard]] Matrix columns_once(const TradeTable& table, const std::vector<Matrix>& t,
                                  const Matrix& y);
/// sum_{t != s} V_t B_ts [n]: foreign value added in a unit of each node's product.
[[nodiscard]] std::vector<double> foreign_share(const TradeTable& table,
                                                const TradeInverse& inverse);

}  // namespace stave::trade
