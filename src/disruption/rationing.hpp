#pragma once
/// Who gets what of one maker's goods when there is not enough for all.
///
///   proportional                everybody the same share of the order
///   final_last                  orders of makers first, then final use; the same share within each
///   low_order_first             everybody up to the same multiple L of the normal order:
///                               min(order, L normal), so that whoever asks for the smallest part
///                               of a normal day is served in full first
///   low_order_first_final_last  the same among makers first, then among final use
///   priority                    class by class, lowest first; within a class by order x weight,
///                               nobody more than the order
///
/// Sources: Inoue & Todo (2019), Nature Sustainability 2, 841 (low_order_first); Pichler, Pangallo,
/// del Rio-Chanona, Lafond, Farmer (2022), J. Econ. Dyn. Control 144, 104527 (the others).
/// Checked against: the paper's own loop over the smallest ratio (tests/disruption).

#include "stave/disruption/simulate.hpp"

#include <cstdint>
#include <span>

namespace stave {

/// What is asked of one maker, makers first, then final use. Arrays a rule does not look at may be
/// empty; values are finite and 0 or more, in one unit.
struct Claims {
  std::span<const double> order;
  std::span<const double> normal;       ///< what each orders on a normal day
  std::span<const std::uint8_t> place;  ///< class of each, 0 to 9
  std::span<const double> weight;       ///< above 0
  std::size_t makers = 0;               ///< how many of the claims are of makers
};

/// The level at which the sum of min(order, level basis) is what there is: raised until nobody more
/// is full. Infinity when all who have a basis can be served in full.
[[nodiscard]] double water_level(std::span<const double> order, std::span<const double> basis,
                                 double available);

/// @param available  0 or more; where it covers a class, that class gets its orders to the last bit
/// @param given      [claims] may be the array of the orders itself
/// Cost: O(claims) for every level tried, a handful; nothing is sorted.
void ration(Rationing rule, const Claims& claims, double available, std::span<double> given);

}  // namespace stave
