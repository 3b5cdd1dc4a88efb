#pragma once
/// The slow twin of the network engine: every equation as it is printed, in money, with a square of
/// numbers for whatever has a maker and a buyer.
///
///   A_ij     sales of maker i to buyer j a normal day;  C_ic final use;  P0_i = sum A_i. + sum
///   C_i. S_ij     stock at j of what i made;  s(i) the product of i;  n_sj days of stock of a
///   product delta_i  share of capacity lost;  p_i = P_i / P0_i yesterday (1 on the first day)
///
/// Each day, in this order:
///   delta    by the events
///   S_ij   = max(0, S_ij + arrived_ij - A_sj p_j S_ij / S_sj),  sums over the makers of s
///   O_ij   = max(0, A_ij p_j + (n_sj A_ij p_j - S_ij - on the way) / tau), less what is cut off
///   D_i    = sum_j O_ij + final use wanted + rebuilding
///   P_i    = min((1 - delta_i) P0_i, what the inputs S_sj allow, D_i);  input s allows S_sj / A_sj
///   rationing where P_i < D_i;  what is delivered arrives the next day, or later by the events
///
/// p_j in the orders is realised demand: what j delivered, which is what it made (the D* of the
/// paper). With demand as placed instead, orders that nobody can meet would call for ever larger
/// ones and grow beyond all bounds.
///
/// Source: Inoue & Todo (2019), Nature Sustainability 2, 841; production: Pichler et al. (2022).
/// Checked against: three makers worked by hand (tests/disruption/network_test.cpp).

#include "stave/disruption/simulate.hpp"

namespace stave {

/// Money a day, one row a day.
struct NetworkDays {
  Matrix output;                        ///< [days x n] P
  Matrix capacity;                      ///< [days x n] (1 - delta) P0
  Matrix demand;                        ///< [days x n] D
  Matrix delivered;                     ///< [days x n]
  Matrix unmet;                         ///< [days x n] final use of its goods wanted and not there
  Matrix unmet_by_column;               ///< [days x f]
  Matrix stock;                         ///< [days x n] held by the node after the day's update
  std::vector<double> rebuilding_left;  ///< of every event with rebuilding
  std::optional<BindingInput> first_bound;
};

/// Cost: O(n^2) time and memory a day.
/// @throws Error as simulate
[[nodiscard]] NetworkDays network_reference(const Chain& chain, const Scenario& scenario,
                                            const SimulationOptions& options);

}  // namespace stave
