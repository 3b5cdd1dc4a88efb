#pragma once
/// Groups of nodes that all need one another, directly or not: the strongly connected components
/// of the flows. A node counts as using nothing where its output is 0.

#include "stave/core/flow_matrix.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace stave {

/// Every component that can hold a cycle: two nodes or more, or one that sells to itself. Nodes
/// ascend within a component. O(n + links); O(n^2) for dense flows.
/// Source: Tarjan (1972), SIAM J. Comput. 1, 146.
[[nodiscard]] std::vector<std::vector<std::int32_t>> cyclic_components(
    const FlowMatrix& flows, std::span<const double> output);

}  // namespace stave
