#pragma once
/// What a loss of capacity does day by day: inventories, overproduction, rationing, orders.
///
///   Z0 [n x n], Y0 [n x f], x0 [n]   flows, final use and output of a normal day (a year's / 365)
///   a_kj     input of product k, from all its makers, per unit of output of j
///   S_kj     stock of product k at j;  n_k a_kj x0_j at first, n_k the days it lasts
///   D [n]    what is ordered of a node, orders + final use;  x [n] what it makes
///   alpha [n]  overproduction;  Delta [n] share of capacity lost
///
/// Each day:
///   zeta = (D - x_before) / D;  alpha += ((alpha_max - alpha) zeta
///                                         + (alpha_base - alpha) 1{zeta = 0}) / tau_alpha, >= 1
///   capacity = x0 (1 - Delta) alpha;  x_opt = min(D, capacity)
///   x_j = x_opt_j min_k min(1, S_kj / (psi n_k a_kj x_opt_j))
///   every order and every final use gets its share x / D;  final use not met is lost
///   S_kj += received_kj - a_kj x_j
///   order_kj = max(0, n_k a_kj x_opt_j - S_kj) / tau_inv + a_kj x_j, split over the makers f of k
///   by Z0_fj capacity_f / x0_f, or by Z0_fj;  D = orders + final use
///
/// Sources: Hallegatte (2008), Risk Analysis 28, 779; Hallegatte (2014), Risk Analysis 34, 152,
/// for psi. Checked against: three trajectories of BoARIO 0.6 (tests/disruption).

#include "stave/core/chain.hpp"
#include "stave/scenario/scenario.hpp"

#include <cstddef>
#include <limits>
#include <optional>
#include <span>
#include <vector>

namespace stave {

/// Some nodes lose part of their capacity for some days, then recover.
struct CapacityLoss {
  std::vector<double> share;  ///< [n] of capacity, 0 to 1
  int start = 1;              ///< day it begins, 0 the first; day 0 is usually a normal day
  int duration = 1;           ///< days at the full loss, 1 or more
  Recovery recovery = Recovery::linear;
  double recovery_days = 30;  ///< tau, above 1
  LossKind kind = LossKind::share;
};
/// Capital destroyed, in the money of the chain, spread over `nodes` by their value added; the
/// capital of a node is `capital_to_value_added` times its value added of a year. The share of a
/// node that would lose more than all it has is 1.
/// @throws Error bad_input  a negative loss; nodes without value added
[[nodiscard]] std::vector<double> share_of_capital(const Chain& chain,
                                                   std::span<const NodeId> nodes, double lost,
                                                   double capital_to_value_added = 4);

/// How an order for a product is split over its makers.
enum class OrderRule {
  capacity,  ///< by Z0 capacity / x0: away from those who can make less ("alt")
  habit      ///< by Z0 ("noalt")
};

/// Whose program the numbers should be. `boario` repeats what BoARIO 0.6 does beside its equations:
///   recovery begins two days later;  a loss given as a share begins and recovers yet one day
///   later, and what is left of it is rounded to six decimals while it recovers;  an input binds
///   only where a > 2.74e-8;  stocks rest on a day when received and used are close for all
///   (|r - u| <= 1e-8 + 1e-5 u, in the money of the chain);  an n_k of 1 or less is 2;
///   zeta = 0 is meant to the last bit.
enum class Compatibility { none, boario };

/// The defaults are the preset `ario-psi`.
struct DisruptionOptions {
  int days = 365;              ///< of the trajectory, 1 to 36,500
  double psi = 0.8;            ///< share of the wanted stock below which an input binds, 0 to 1
  double inventory_days = 90;  ///< n_k of every product
  std::vector<double> inventory_days_of = {};  ///< [products] n_k of each; infinity: never binds
  double inventory_restore_days = 60;          ///< tau_inv; 1: a gap is ordered at once
  double overproduction_base = 1;              ///< alpha_base
  double overproduction_max = 1.25;            ///< alpha_max
  double overproduction_days = 365;            ///< tau_alpha
  double no_scarcity = 1e-9;                   ///< |zeta| up to here counts as 0
  OrderRule orders = OrderRule::capacity;
  Compatibility compatibility = Compatibility::none;
};
/// The base model: psi = 1, gaps in stock are ordered at once.
[[nodiscard]] DisruptionOptions ario_options();

/// A node that made less than it could and should because an input ran short.
struct BindingInput {
  int day = 0;
  NodeId node;
  ProductId product;
};

/// Money a day, one row a day.
struct DisruptionResult {
  Matrix output;           ///< [days x n] x
  Matrix capacity;         ///< [days x n]
  Matrix delivered;        ///< [days x n] to orders and final use; equals output
  Matrix unmet;            ///< [days x n] final use of its product that a node left unmet
  Matrix unmet_by_column;  ///< [days x f] the same by who went without
  std::optional<BindingInput> first_bound;  ///< the first, of lowest ratio that day
  std::size_t clipped = 0;  ///< nodes x days on which the losses summed to more than all
};

/// The slow and obvious way: every equation as it is printed, one day after another.
/// Cost: O(n (n + f)) time a day; three n x n arrays.
/// @throws Error bad_input  a negative or not finite flow or final use; losses and options outside
///                          what they say
[[nodiscard]] DisruptionResult disruption_reference(const Chain& chain,
                                                    std::span<const CapacityLoss> losses,
                                                    const DisruptionOptions& options = {});

}  // namespace stave
