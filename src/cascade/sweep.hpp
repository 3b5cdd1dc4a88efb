#pragma once
/// One round's losses of every node, eight scenarios at once: by what suppliers lost (down) or
/// by what customers lost (up). One form for dense flows, one for sparse; both add up in the order
/// of the twin, so that they give its bits.

#include <memory>
#include <span>

#include "cascade/lane.hpp"
#include "cascade/push_network.hpp"

namespace stave {

class Sweep {
 public:
  Sweep() = default;
  Sweep(const Sweep&) = delete;
  Sweep& operator=(const Sweep&) = delete;
  virtual ~Sweep() = default;
  /// Whether losses() can do some rows without the others; else it does all.
  [[nodiscard]] virtual bool any_rows() const = 0;
  /// Writes to rows begin to end of loss [n] the larger of the worst essential input's loss and
  /// that of all non-essential ones together. Both panels and loss are by down_row or by up_row.
  virtual void losses(const LostPanels& lost, std::size_t begin, std::size_t end,
                      Panel& loss) const = 0;
};

/// @param cut_buyers [n] by node; empty: none
[[nodiscard]] std::unique_ptr<Sweep> dense_down_sweep(const WeightedNetwork& network,
                                                      std::span<const std::uint8_t> cut_buyers);
[[nodiscard]] std::unique_ptr<Sweep> dense_up_sweep(const WeightedNetwork& network);
/// @param links  supply_links(network)
[[nodiscard]] std::unique_ptr<Sweep> sparse_down_sweep(const WeightedNetwork& network,
                                                       const std::vector<SupplyLink>& links,
                                                       std::span<const std::uint8_t> cut_buyers);
[[nodiscard]] std::unique_ptr<Sweep> sparse_up_sweep(const WeightedNetwork& network);

/// Adds weight[s] * lost[s] over count sources, lane by lane, to four targets at once.
struct Targets {
  static constexpr std::size_t count = 4;
  std::array<const double*, count> weight{};
  std::array<LaneRow*, count> sum{};
};
void accumulate(const LaneRow* lost, std::size_t count, const Targets& targets);

}  // namespace stave
