#pragma once
/// Who loses what in one scenario, as both analyses list it.

#include "stave/systemic/systemic.hpp"

#include <functional>

namespace stave {

/// 1 - min(h_d, h_u) of a node.
[[nodiscard]] double loss_of(const CascadeResult& result, std::size_t node);
/// Nodes with a loss, the largest share of their own output first; of equal shares the largest
/// weight first.
[[nodiscard]] std::vector<NodeId> worst_first(const CascadeResult& result,
                                              std::span<const double> weights);

/// Weight lost of a group of nodes.
struct GroupLoss {
  std::size_t group = 0;
  double lost = 0;   ///< the shock included
  double shock = 0;  ///< what the shock itself takes
  double total = 0;  ///< the group's weight
};
/// Groups with a loss, the largest share of their own weight first.
/// @param group [n] the group of each node, 0 .. groups - 1
[[nodiscard]] std::vector<GroupLoss> group_losses(const CascadeResult& result,
                                                  std::span<const double> weights,
                                                  std::span<const double> own_loss,
                                                  std::span<const std::size_t> group,
                                                  std::size_t groups);

/// What a reader must know of weights and flows that were clipped, and of cascades not at rest.
[[nodiscard]] std::vector<std::string> cascade_notes(const Chain& chain,
                                                     const ChainCascade& cascade,
                                                     const std::vector<Weighting>& weights,
                                                     const CascadeOptions& options);

}  // namespace stave
