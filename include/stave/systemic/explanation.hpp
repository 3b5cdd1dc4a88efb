#pragma once
/// Why a node lost what it lost: which input bound, or which demand was lost, through whom, back to
/// the shock.
///
///   h(t) [n]  state after round t; the cascade rests after round T
///   loss of j from suppliers   1 - h_d_j(T) = max over essential k of loss_jk, or the sum over all
///                              other inputs, with loss_jk = sum_{i in k} D_ij sigma_i (1 - h_d_i)
///   loss of i from customers   1 - h_u_i(T) = sum_j U_ij (1 - h_u_j)
///   parts                      the terms of the sum that bound, taken at h(T - 1): they add up to
///                              the loss to rounding, at every step
///
/// Cost: one cascade, then O(links of a node) a step. Source: as stave/cascade/cascade.hpp.
/// Checked against: by hand, and parts against losses on random networks
/// (tests/systemic/explanation_test.cpp).

#include "stave/cascade/cascade_one.hpp"
#include "stave/core/id.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace stave {

enum class LossCause {
  none,             ///< nothing was lost
  shock,            ///< the node's own shock is what binds
  essential_input,  ///< one product it cannot do without
  other_inputs,     ///< all inputs that are not essential, together
  lost_demand       ///< its customers buy less
};

/// One supplier's (or customer's) term of the loss.
struct LossPart {
  NodeId other;
  double dependence = 0;   ///< D_ij or U_ij
  double substituted = 0;  ///< 1 - sigma_i: what others of its market make up for; 0 for demand
  double lost = 0;         ///< 1 - h of the other, the round before
  double part = 0;         ///< the product of the three: share of the node's normal output
};

struct LossStep {
  NodeId node;
  double loss = 0;  ///< 1 - h_d or 1 - h_u after the last round
  LossCause cause = LossCause::none;
  ProductId input;              ///< for essential_input
  std::vector<LossPart> parts;  ///< largest first; empty for none and shock
};

/// From a node back to the shock, along the largest part; where that only leads back to nodes of
/// the path, along the next largest. Of equal inputs or parts the one nearer to the shock.
struct LossPath {
  std::vector<LossStep> steps;
  std::vector<std::size_t> followed;  ///< [steps - 1] which part of each step the next one is
  bool reaches_shock = false;         ///< false: one step only, nothing was lost or no way back
};

/// One scenario followed to rest, ready to be asked why.
class LossTracer {
 public:
  /// @throws Error as cascade_reference
  LossTracer(const CascadeNetwork& network, const ShockFollower& follower,
             std::vector<double> shock, std::vector<double> shock_up,
             const CascadeOptions& options);

  [[nodiscard]] const CascadeResult& result() const { return result_; }
  [[nodiscard]] const std::vector<double>& shock() const { return shock_; }
  [[nodiscard]] const std::vector<double>& shock_up() const { return shock_up_; }
  [[nodiscard]] LossStep from_suppliers(NodeId node) const;
  [[nodiscard]] LossStep from_customers(NodeId node) const;
  /// Along whichever side cost the node more; suppliers where both cost the same.
  [[nodiscard]] LossPath path(NodeId node) const;

 private:
  struct Purchase {
    std::size_t from = 0;
    double value = 0;
  };
  [[nodiscard]] std::vector<Purchase> purchases(std::size_t j) const;
  /// Every essential product, or sum of the others, that binds: one, or several that are equal.
  [[nodiscard]] std::vector<LossStep> supply_steps(NodeId node) const;
  [[nodiscard]] std::vector<LossStep> demand_steps(NodeId node) const;
  void index_columns();
  void measure_distances();
  void put_in_order(LossStep& step, const std::vector<std::int32_t>& distance) const;

  const CascadeNetwork* network_;
  std::vector<double> shock_;
  std::vector<double> shock_up_;
  CascadeResult before_;  ///< h(T - 1)
  CascadeResult result_;  ///< h(T)
  std::vector<double> sales_;
  std::vector<double> sigma_;  ///< of h(T - 1)
  /// Columns of sparse flows: who sells to j, at column_start_[j] ..
  std::vector<std::size_t> column_start_;
  std::vector<Purchase> columns_;
  std::vector<std::int32_t> from_shock_;  ///< links from the nearest shocked supplier, downstream
  std::vector<std::int32_t> to_shock_;    ///< links to the nearest shocked customer
};

}  // namespace stave
