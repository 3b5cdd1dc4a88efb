#pragma once
/// What the answers of this room make of a chain before they solve.

#include "stave/core/chain.hpp"
#include "stave/linalg/blocked_system.hpp"

namespace stave {

/// One row, or one column, of a matrix.
[[nodiscard]] Matrix row_matrix(std::span<const double> values);
[[nodiscard]] Matrix column_matrix(std::span<const double> values);

/// y [n] = Y 1.
[[nodiscard]] std::vector<double> use_by_maker(const Chain& chain);

/// @throws Error missing_part  the chain has no final use; `what` needs it
void demand_final_use(const Chain& chain, std::string_view what);

}  // namespace stave
