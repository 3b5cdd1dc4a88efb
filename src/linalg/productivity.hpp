#pragma once
/// Is the table productive: does L exist with L >= 0, so that any final use can be met?

#include "linalg/leontief_operator.hpp"
#include "linalg/table_scan.hpp"

namespace stave {

/// Proof or evidence that the spectral radius of A is below 1, by the cheapest means that settles
/// it: column sums below 1; the powers of A' applied to ones, until every element is below 1 (then
/// a norm of a power of A is below 1); the bounds of the spectral radius. With flows below zero the
/// powers prove nothing, but their fading to a thousandth is taken as evidence.
/// @throws Error not_productive
void require_productive(const LeontiefOperator& system, const TableScan& scan,
                        const NodeLabel& label);

/// @param node  where the proof failed, when it is known
/// @throws Error not_productive, with the spectral radius and the node that buys most per output
[[noreturn]] void refuse_unproductive(const LeontiefOperator& system, const TableScan& scan,
                                      const NodeLabel& label);

}  // namespace stave
