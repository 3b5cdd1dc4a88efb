#pragma once
/// A chain as trade sees it: who exports to whom. A trader is a region, a split country put
/// together again (MX1 and MX2 with MEX, CN1 and CN2 with CHN, as the OECD publishes them), or a
/// group of regions taken as one exporter. What flows within a trader is no export.
///
///   n nodes, ordered by trader; R traders; s, r, t traders, i, j nodes
///   Z [n x n] flows   Y [n x R] final use, by using trader   x [n] output
///   V [n]     1' - 1' Z diag(x)^-1, value added a unit of output
///   E [n x R] sum_{j in r} Z_ij + Y_ir, exports of node i to trader r; 0 to its own
///
/// A node without output, or with output below zero (stock changes can do that), makes nothing of
/// what it buys: that counts as final use of its trader. Its column of Z is then 0, its V 1.
///
/// V is all that is not bought from nodes: with taxes and margins on inputs, where a table has
/// them. Only so does the value added in a unit of final use sum to 1, and every decomposition to
/// gross exports.

#include "stave/core/chain.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace stave {

struct Trader {
  std::string code;
  std::string name;
  std::vector<RegionId> regions;  ///< its members
};

/// Every region, parts of split countries put together: those below a group whose code ends in '+'
/// (as the reader of OECD tables makes them), and MX1, MX2 ... CN1, CN2 ... beside MEX and CHN.
[[nodiscard]] std::vector<Trader> traders_of(const Chain& chain);

/// Positions of the traders that a text names: a code or name of a region, a group of the chain's
/// classification, or several with commas ("DEU,FRA,ITA").
/// @throws Error not_found  naming near names
[[nodiscard]] std::vector<std::size_t> find_traders(const Chain& chain,
                                                    const std::vector<Trader>& traders,
                                                    std::string_view text);

/// The traders that a text names become one; `position` is where it stands.
/// @throws Error not_found  as find_traders
///               bad_input  nobody is left to trade with
struct TraderGroup {
  std::vector<Trader> traders;
  std::size_t position = 0;
};
[[nodiscard]] TraderGroup merge_traders(const Chain& chain, std::vector<Trader> traders,
                                        std::string_view text);

class TradeTable {
 public:
  /// Keeps the chain; copies its flows only where they are sparse or not ordered by trader.
  /// @throws Error missing_part  no flows, no final use, fewer than two traders that make
  ///                             something, or final use of one trader alone
  ///               too_large     more than limit::max_dense_nodes nodes
  TradeTable(Chain chain, std::vector<Trader> traders);

  [[nodiscard]] std::size_t size() const { return node_.size(); }  ///< n
  [[nodiscard]] const std::vector<Trader>& traders() const { return traders_; }
  [[nodiscard]] const Chain& chain() const { return chain_; }
  /// Nodes of trader s: first(s) .. first(s + 1).
  [[nodiscard]] std::size_t first(std::size_t s) const { return first_[s]; }
  [[nodiscard]] std::size_t count(std::size_t s) const { return first_[s + 1] - first_[s]; }
  [[nodiscard]] std::size_t trader(std::size_t i) const { return trader_[i]; }
  [[nodiscard]] NodeId node(std::size_t i) const { return node_[i]; }  ///< in the chain
  [[nodiscard]] std::size_t product(std::size_t i) const {
    return chain_.node(node_[i]).product.at();
  }
  [[nodiscard]] const FlowMatrix& flows() const { return ordered_ ? *ordered_ : chain_.flows(); }
  [[nodiscard]] const std::vector<double>& output() const { return output_; }
  /// [n] output, or 1 where it is not above zero: A = Z diag(scale)^-1 always.
  [[nodiscard]] const std::vector<double>& scale() const { return scale_; }
  [[nodiscard]] const std::vector<double>& value_added() const { return value_added_; }  ///< x o V
  [[nodiscard]] double intensity(std::size_t i) const {                                  ///< V_i
    return output_[i] > 0 ? value_added_[i] / output_[i] : 1;
  }
  [[nodiscard]] const Matrix& final_use() const { return final_use_; }
  [[nodiscard]] const Matrix& exports() const { return exports_; }
  /// [n x R] of them, inputs: A_sr x_r.
  [[nodiscard]] const Matrix& inputs_abroad() const { return inputs_abroad_; }
  /// What nodes without output above zero buy, counted as final use.
  [[nodiscard]] double used_without_output() const { return used_without_output_; }
  /// [n] exports of each node to everyone.
  [[nodiscard]] const std::vector<double>& exported() const { return exported_; }

 private:
  void order_nodes();
  void order_flows();
  void copy_flows();
  void sum_final_use();
  void sum_exports();

  Chain chain_;
  std::vector<Trader> traders_;
  std::vector<std::size_t> first_;
  std::vector<std::size_t> trader_;
  std::vector<NodeId> node_;
  std::shared_ptr<const FlowMatrix> ordered_;
  std::vector<double> output_;
  std::vector<double> scale_;
  std::vector<double> value_added_;
  Matrix final_use_;
  Matrix exports_;
  Matrix inputs_abroad_;
  double used_without_output_ = 0;
  std::vector<double> exported_;
};

}  // namespace stave
