#pragma once
/// What the losses of capacity leave on a day, and what every engine refuses.

#include "stave/disruption/disruption.hpp"

namespace stave {

struct LossToday {
  std::vector<double> share;  ///< Delta [n], all losses together, at most 1
  std::size_t clipped = 0;    ///< nodes that would have lost more than all
};
[[nodiscard]] LossToday capacity_lost(std::span<const CapacityLoss> losses, int day, std::size_t n,
                                      Compatibility compatibility);

/// @throws Error bad_input, as disruption_reference
void check_disruption(const Chain& chain, std::span<const CapacityLoss> losses,
                      const DisruptionOptions& options);

}  // namespace stave
