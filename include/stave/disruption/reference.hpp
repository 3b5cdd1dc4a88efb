#pragma once
/// The slow twin of the engine of stocks by product (ARIO): every equation as it is printed, one
/// day after another, in full squares.
///
///   Z0 [n x n], Y0 [n x f], x0 [n]   flows, final use and output of a normal day (a year's / 365)
///   a_kj     input of product k, from all its makers, per unit of output of j
///   S_kj     stock of product k at j;  n_k a_kj x0_j at first, n_k the days it lasts
///   D [n]    what is asked of a node;  x [n] what it makes;  x_opt what it would
///   alpha [n]  overproduction;  Delta [n] share of capacity lost
///   o_ij     what of Z0_ij the events leave open: max(0, 1 - sum share strength); o_ic of final
///   use w_ic     final use wanted: Y0_ic max(0, 1 + sum change strength) B_i      rebuilding
///   ordered of i;  T_kj product k on its way to j by delays
///
/// Each day t:
///   standing orders_ij fall by min(1, o_ij(t) / o_ij(t - 1));  D = orders + w o + B
///   from day 1:  zeta = (D - x(t - 1)) / D, 0 where nothing is asked;
///     alpha += ((alpha_max - alpha) zeta + (alpha_base - alpha) 1{zeta = 0}) / tau_alpha, >= 1
///   capacity = x0 (1 - Delta) alpha;  x_opt = min(D, capacity)
///   r_kj = S_kj / (max(1, psi n_k) a_kj x_opt_j), 1 at most;  x = x_opt min_k r_kj, or as the
///     production rule says:  important ones (1 + r) / 2;  linear: the sums of both sides
///   rationing where x < D, an order's normal being Z0_ij min(o_ij(t), o_ij(t - 1));  what is
///   delivered over a delay of d days arrives on day t + d w not reached that day is lost:  max(0,
///   w - arrived) S_kj += received_kj + released_kj - min(a_kj x_j, S_kj) order_kj = (max(0, n_k
///   a_kj x_opt_j - S_kj - T_kj) / tau_inv + a_kj x_j) max_f o_fj, split over
///     the makers f of k by Z0_fj o_fj capacity_f / x0_f, or by Z0_fj o_fj; nobody left: no order
///   rebuilding:  remaining falls by what was delivered; B of the next day = remaining / tau_reb,
///   of
///     each event from its first day on
///
/// A product that lasts for ever (n_k infinite) never binds, is ordered as used and has no stock.
///
/// Sources: Hallegatte (2008), Risk Analysis 28, 779; Hallegatte (2014), Risk Analysis 34, 152,
/// for psi; Pichler et al. (2022), J. Econ. Dyn. Control 144, 104527, for the production rules.
/// Checked against: three trajectories of BoARIO 0.6; cases worked by hand (tests/disruption).

#include "stave/disruption/simulate.hpp"

namespace stave {

struct ReferenceRun {
  Simulation simulation;
  Matrix delivered;        ///< [days x n] to orders, final use and rebuilding; equals output
  Matrix unmet_by_column;  ///< [days x f] final use unmet by who went without
};

/// Cost: O(n (n + f)) time a day; half a dozen n x n arrays.
/// @throws Error as simulate
[[nodiscard]] ReferenceRun simulation_reference(const Chain& chain, const Scenario& scenario,
                                                const SimulationOptions& options = {},
                                                const Watch& watch = {});

}  // namespace stave
