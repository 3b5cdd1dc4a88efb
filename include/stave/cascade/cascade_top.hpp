#pragma once
/// The k scenarios that cost most, without following every one to its end.
///
/// Most scenarios of a large network rest after a round or two. Where the round to come is proven
/// to be the last (no fall can exceed eps, because shares of supply and of sales add to 1 at most),
/// its loss has an upper bound that needs no round:
///
///   sum_i w_i max(l_d, l_u)_i <= sum_shocked w + sum_i sigma_i l_d_i (D w)_i + sum_j l_u_j (U'
///   w)_j
///
/// with D w and U' w made once for all scenarios. Scenarios are then followed to the end, largest
/// bound first, until no bound reaches the k-th largest loss. What is listed has the bits of
/// cascade_all; what is not listed is proven to cost less (or as much, and to come later).
///
/// Cost: O(links of the first rounds) a scenario; cascade_all for those that cannot be excluded.
/// Where flows are dense, the stop rule is loss_growth, or shares add to more than 1 (revenue or
/// cost given), nothing is excluded and all are followed.
/// Checked against: cascade_all, the same list and bits (tests/cascade/cascade_top_test.cpp).

#include "stave/cascade/cascade_all.hpp"

namespace stave {

struct TopResult {
  /// Scenarios by loss of the first weight, largest first; equal ones in their own order.
  std::vector<std::size_t> order;
  BatchResult result;        ///< of these alone, in this order
  std::size_t followed = 0;  ///< scenarios followed to their end
  std::size_t excluded = 0;  ///< the others
  double bound = 0;          ///< none of the excluded loses more: ESRI by the first weight
};

/// @param k        how many; all when there are fewer
/// @param weights  [m x n], m > 0; the first decides
/// @throws Error as cascade_all; bad_input  no weights, or a cut
[[nodiscard]] TopResult cascade_top(const CascadeNetwork& network,
                                    std::span<const CascadeScenario> scenarios, std::size_t k,
                                    const MatrixView& weights, const BatchOptions& options = {},
                                    Progress& progress = no_progress());

}  // namespace stave
