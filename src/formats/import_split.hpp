#pragma once
/// A competitive table, with imports as one column, told apart by origin. Internal to the room.

#include "stave/core/chain.hpp"
#include "stave/formats/description.hpp"

#include <span>

namespace stave {

/// Imports as a negative final use of the supplying region: x = Z 1 + Y 1 - m.
void subtract_imports(ChainParts& parts, RegionId supplier, std::span<const double> imports);

/// Every use of product i but its exports buys the same share abroad (import proportionality):
///
///   s_i = m_i / (sum_j z_ij + sum_k y_ik, exports left out)
///   flows from abroad s_i z_ij, from home (1 - s_i) z_ij; final use alike
///
/// Where m_i is more than all those uses, s_i = 1 and the rest goes to exports. Adds a node of the
/// supplying region for each node, behind them; row and column sums over both are as before.
/// @throws Error bad_input  nodes of more than one region, or more imports than all uses
/// Source: Miller and Blair (2009), Input-Output Analysis, section 4.5 (competitive imports).
void split_imports(ChainParts& parts, RegionId supplier, std::span<const double> imports);

}  // namespace stave
