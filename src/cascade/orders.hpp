#pragma once
/// Lost orders in closed form. Lost orders add up, so that the weighted loss of a round follows
/// from the round before it without any node's own loss; only the shocked are held where they are:
///
///   sum_i w_i l_u_i(T) = sum_j (U' w)_j l_u_j(T - 1) + sum_shocked w_s (l_u_s(T) - raw_s)
///   raw_s = sum_j U_sj l_u_j(T - 1),  l_u = 1 - h_u
///
/// Needs that shares of sales add to no more than 1: then no sum is clipped.

#include "stave/cascade/cascade_all.hpp"

#include <span>
#include <vector>

#include "cascade/weighted_network.hpp"

namespace stave {

/// sum_j U_ij <= 1 for all i, but for rounding.
[[nodiscard]] bool orders_within_one(const WeightedNetwork& network);
/// U' w [n] by node, added up by seller.
[[nodiscard]] std::vector<double> wanted_by(const WeightedNetwork& network,
                                            std::span<const double> weight);
/// Those whose demand is shocked, by node.
[[nodiscard]] std::vector<NodeShock> shocked_orders(const CascadeScenario& scenario);
/// raw_i, customers ascending, of what `lost` says each of them lost.
template <class Lost>
double orders_lost(const WeightedNetwork& network, std::size_t i, const Lost& lost) {
  double sum = 0;
  network.network->flows->for_each_in_row(
      i, [&](std::size_t j, double w) { sum += network.up(i, w) * lost(j); });
  return sum;
}

}  // namespace stave
