#pragma once
/// Trade between makers and buyers of one product, as near to proportional as home ties allow.
///
///   T_ij = r_i s_ij c_j     r, c such that   T 1 = sold,  1' T = bought
///   s_ij = home_factor where i and j lie in one region, else 1
///
/// With home_factor 1 every buyer buys from all makers by their share of the world's output.
/// Source: Bacharach (1965), International Economic Review 6, 294-310 (biproportional matrices).

#include "stave/core/id.hpp"
#include "stave/core/matrix.hpp"

#include <span>
#include <vector>

namespace stave::sample {

struct Party {
  RegionId region;
  double value = 0;  ///< sold or bought in the year
};

/// T [sellers x buyers]. Columns hold to rounding, rows to 1e-13 of each.
/// @throws Error bad_input       sold and bought differ, or a value is not above zero
///               no_convergence  the rows do not settle in 10,000 rounds
[[nodiscard]] Matrix proportional_fit(std::span<const Party> sellers, std::span<const Party> buyers,
                                      double home_factor);

}  // namespace stave::sample
