#pragma once
/// The slow, obvious twins: dense elimination, re-solving without a part, plain enumeration.

#include "stave/position/paths.hpp"
#include "stave/position/position.hpp"
#include "stave/position/structure.hpp"

namespace stave::reference {

/// (I - A)^-1 of A = Z diag(x)^-1, zero columns where x = 0.
[[nodiscard]] Matrix leontief(const Matrix& z, const std::vector<double>& x);

/// U, D and shares of the table diag(x / w) Z, formed and inverted.
[[nodiscard]] Position positions(const Chain& chain, Inventories inventories);

/// sum_t t A^t over sum_t A^t, t from 1, added up power by power: lengths between all nodes.
[[nodiscard]] Matrix propagation_lengths(const Matrix& z, const std::vector<double>& x);

/// Each kind of extraction by zeroing and solving again.
[[nodiscard]] PartLoss extraction(const Chain& chain, const std::vector<NodeId>& part,
                                  std::vector<double> weight = {});

/// Every path of at most `depth` links whose size reaches `threshold` of the footprint: all of them
/// are tried.
[[nodiscard]] Paths paths_above(const Chain& chain, const PathQuestion& q, double threshold,
                                int depth);

}  // namespace stave::reference
