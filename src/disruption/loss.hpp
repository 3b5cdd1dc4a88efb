#pragma once
/// What the events leave of capacity on a day.

#include "stave/disruption/options.hpp"
#include "stave/scenario/scenario.hpp"

#include <span>

namespace stave {

struct LossToday {
  std::vector<double> share;  ///< Delta [n], all losses together, at most 1
  std::size_t clipped = 0;    ///< nodes that would have lost more than all
};

/// @param unbuilt  [capacity events] of those with rebuilding, what is still to be built at each of
///                 their nodes, share of what was destroyed; empty for the others
[[nodiscard]] LossToday loss_today(const Scenario& scenario, int day, std::size_t n,
                                   Compatibility compatibility,
                                   std::span<const std::vector<double>> unbuilt);

}  // namespace stave
