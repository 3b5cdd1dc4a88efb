#pragma once
/// What losing one maker costs the focus.

#include "stave/core/progress.hpp"
#include "stave/tiers/tiers.hpp"

#include <map>
#include <vector>

namespace stave {

/// Beyond so many makers, or links between them, risk is not followed: seconds and gigabytes.
inline constexpr std::size_t most_makers_for_risk = 20'000;
inline constexpr std::size_t most_links_for_risk = 20'000'000;
[[nodiscard]] constexpr bool too_large_for_risk(std::size_t makers, std::size_t links) {
  return makers > most_makers_for_risk || links > most_links_for_risk;
}
/// The cascade rests when no output falls by more in a round.
inline constexpr double risk_eps = 1e-6;

struct FocusRisk {
  /// Of makers with a box of their own: share 0 to 1 of the focus's output lost when that maker
  /// stops; missing supplies are followed, and others step in by market share.
  std::map<NodeId, double> loss;
  /// All makers whose loss alone makes the focus impossible (break points of size 1), ascending. A
  /// focus of one maker is among them.
  std::vector<NodeId> singles;
  std::size_t not_converged = 0;
};

/// Also marks links `broken` whose supplier alone stops the customer; of the focus, all its makers
/// count as one supplier.
/// Cost: a cascade a box, side by side; break points of size 1.
/// @throws Error as cascade_all and break_sets
[[nodiscard]] FocusRisk focus_risk(const Chain& chain, ChainTiers& tiers, Progress& progress);

}  // namespace stave
