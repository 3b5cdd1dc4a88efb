#pragma once
/// The Leontief system of a chain: its regions as blocks, its labels in messages.
///
///   LeontiefSystem system = blocked_system(chain, chain.output());

#include "stave/core/chain.hpp"
#include "stave/linalg/leontief.hpp"

#include <span>

namespace stave {

/// Keeps a reference to `chain`.
/// @param output  x, or what stands in its place; copied
/// @throws Error as LeontiefSystem
[[nodiscard]] LeontiefSystem blocked_system(const Chain& chain, std::span<const double> output,
                                            SolveMethod method = SolveMethod::automatic);

}  // namespace stave
