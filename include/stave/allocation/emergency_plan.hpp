#pragma once
/// Who produces what, and who gets it, when there is not enough: the best plan, what each
/// constraint of it is worth, and proportional rationing to hold it against.
///
///   maximise    sum of w_u c_u - lambda sum of v_j max(0, x0_j - x_j)     w_u: weight of use u
///   subject to  a supply web after the shock (supply_web.hpp), over `days` days: stocks can be
///               drawn at S / days a day, x_j <= capacity_j, y_l <= limit_l, c_u <= what is wanted
///
/// v_j is value added per unit of output, lambda what value added not made counts: with lambda = 0
/// a plan may close whole industries, which nobody misses before the horizon ends, to serve a
/// little more of what they use.
///
///   pi_i     price of a node's product: what one more unit at hand is worth to the whole chain
///   kappa_j  shadow price of a capacity: max(0, pi_j - sum per_unit_k pi_k), with lambda v_j
///   beside
///            it where less than normal is left
///   mu_l     shadow price of a link's limit = max(0, pi_need - pi_maker)
///
/// Of many best plans the one that changes least is taken: min sum |x - x0| + sum |y - y0| among
/// them, a second linear program on the face of the first.
///
/// Source: linear programming duality as in Dantzig (1963), Linear Programming and Extensions; the
/// production function: Diem et al. (2022), Scientific Reports 12, 7719.
/// Checked against: programs worked by hand, finite differences, GLPK on random webs
/// (tests/allocation/emergency_plan_test.cpp).

#include "stave/allocation/supply_web.hpp"
#include "stave/core/progress.hpp"

#include <span>
#include <string>
#include <vector>

namespace stave {

/// A web after a shock. `output` and the links' `normal` are those of a normal day; capacities,
/// limits, stocks and wants are what is left of them. Capacities above normal output are spare.
struct AllocationProblem {
  SupplyWeb web;
  std::vector<double> weight;  ///< [uses] 0 or more; of uses that are not wanted nothing counts
  double days = 30;            ///< the horizon
  double idle = 0;             ///< lambda
  std::vector<double> value_added;  ///< [makers] v; may be empty where lambda is 0
};

/// Money a day.
struct Flows {
  std::vector<double> output;  ///< [nodes]
  std::vector<double> flow;    ///< [links]
  std::vector<double> served;  ///< [uses]
  double drawn = 0;            ///< from all stocks
  double value = 0;            ///< what is maximised
  double falling = 0;          ///< of rationing: largest fall of the last round, share of normal
};

struct EmergencyPlan {
  Flows flows;
  double wanted = 0;                   ///< sum of weight x wanted
  std::vector<double> node_price;      ///< [nodes] pi
  std::vector<double> need_price;      ///< [needs]
  std::vector<double> capacity_price;  ///< [makers] kappa
  std::vector<double> link_price;      ///< [links] mu; 0 where the limit does not bind
  double change = 0;         ///< sum of |x - x0| + |y - y0| of the plan taken, money a day
  double change_before = 0;  ///< of the plan found first
  double duality_gap = 0;    ///< relative
  double slackness = 0;      ///< largest price x what is left of what it prices, relative
  double miss = 0;           ///< largest miss of a balance, in a middling maker's day
  std::int64_t steps = 0;    ///< of simplex
};

/// lambda sum of v_j max(0, x0_j - x_j), money a day.
[[nodiscard]] double idle_cost(const AllocationProblem& problem, std::span<const double> output);

/// @throws Error bad_input       arrays that do not fit, a weight below 0, days not above 0
///               no_convergence  the solver gave up;  cancelled
[[nodiscard]] EmergencyPlan emergency_plan(const AllocationProblem& problem,
                                           Progress& progress = no_progress());

/// Everybody gets the same share of what they normally get from each supplier, and nobody sends
/// more than normal: x_j is the largest output that capacity, demand and inputs then allow.
/// Cost: O(links) a round; rounds until nothing falls by more than 1e-10 of normal, at most 10,000:
/// `falling` tells.
[[nodiscard]] Flows proportional_rationing(const AllocationProblem& problem);

/// The most that could be served of one use if it alone counted: what is missing then, nobody's
/// priorities can mend. Money a day.
[[nodiscard]] std::vector<double> most_served(const AllocationProblem& problem,
                                              std::span<const std::int32_t> uses,
                                              Progress& progress = no_progress());

/// Why a use is not served in full: from it back along the highest prices to what binds.
struct ShortageStep {
  enum class Kind { node, input, capacity, limit, ring };
  Kind kind = Kind::node;
  std::int32_t at = 0;  ///< node; need for `input`; link for `limit`
};
/// node, input, node, input ... and last the capacity or the limit of a link; `ring` where the
/// walk comes back to itself. Empty where the use is served in full or nothing has a price.
[[nodiscard]] std::vector<ShortageStep> shortage_path(const AllocationProblem& problem,
                                                      const EmergencyPlan& plan, std::int32_t use);

}  // namespace stave
