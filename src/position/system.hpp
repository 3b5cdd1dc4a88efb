#pragma once
/// The Leontief system of a chain, its regions as blocks and its labels in messages.

#include "stave/core/chain.hpp"
#include "stave/linalg/leontief.hpp"

namespace stave {

/// @param output  x, or what stands in its place; copied
[[nodiscard]] LeontiefSystem blocked_system(const Chain& chain, std::span<const double> output,
                                            SolveMethod method = SolveMethod::automatic);

/// One row, or one column, of a matrix.
[[nodiscard]] Matrix row_matrix(std::span<const double> values);
[[nodiscard]] Matrix column_matrix(std::span<const double> values);

/// y [n] = Y 1.
[[nodiscard]] std::vector<double> use_by_maker(const Chain& chain);

/// @throws Error missing_part  the chain has no final use; `what` needs it
void demand_final_use(const Chain& chain, std::string_view what);

}  // namespace stave
