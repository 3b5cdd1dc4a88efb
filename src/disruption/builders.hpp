#pragma once
/// Who builds again what was destroyed.

#include "stave/core/chain.hpp"

#include <cstddef>
#include <vector>

namespace stave {

struct BuilderShare {
  std::size_t maker = 0;
  double share = 0;  ///< of the order; the shares sum to 1
};

/// The makers of a product that a region orders for rebuilding, in proportion to what they sell to
/// its final use of the category "capital"; where it buys none of the product for that, to all its
/// final use; where none either, to their output. Ascending; shares of 0 are left out.
/// @throws Error bad_input  nobody makes the product
[[nodiscard]] std::vector<BuilderShare> builders_for(const Chain& chain, RegionId region,
                                                     ProductId product);

}  // namespace stave
