#pragma once
/// One round's losses of every node, sixteen scenarios at once: by what suppliers lost (down) or
/// by what customers lost (up). One form for dense flows, one for sparse; both add up in the order
/// of the twin, so that they give its bits.

#include <memory>
#include <span>

#include "cascade/lane.hpp"
#include "cascade/weighted_network.hpp"

namespace stave {

class Sweep {
 public:
  Sweep() = default;
  Sweep(const Sweep&) = delete;
  Sweep& operator=(const Sweep&) = delete;
  virtual ~Sweep() = default;
  /// Writes to loss [n] the larger of the worst essential input's loss and that of all
  /// non-essential ones together. Both panels and loss are by position (down) or node (up).
  virtual void losses(const LostPanels& lost, Panel& loss) const = 0;
};

/// @param cut_buyers [n] by node; empty: none
[[nodiscard]] std::unique_ptr<Sweep> dense_down_sweep(const WeightedNetwork& network,
                                                      std::span<const std::uint8_t> cut_buyers);
[[nodiscard]] std::unique_ptr<Sweep> dense_up_sweep(const WeightedNetwork& network);
[[nodiscard]] std::unique_ptr<Sweep> sparse_down_sweep(const WeightedNetwork& network,
                                                       std::span<const std::uint8_t> cut_buyers);
[[nodiscard]] std::unique_ptr<Sweep> sparse_up_sweep(const WeightedNetwork& network);

/// Adds weight[s] * lost[s] over count sources, lane by lane, to two targets at once.
struct TargetPair {
  const double* first_weight = nullptr;
  const double* second_weight = nullptr;
  LaneRow* first = nullptr;
  LaneRow* second = nullptr;
};
void accumulate(const LaneRow* lost, std::size_t count, const TargetPair& targets);

}  // namespace stave
