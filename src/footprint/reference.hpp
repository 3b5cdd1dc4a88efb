#pragma once
/// The slow, obvious twins: the inverse written out, tier by tier with powers of A.

#include "stave/core/matrix.hpp"
#include "stave/footprint/footprint.hpp"

namespace stave::reference {

/// E [R x R]: stressor row `s` in region q for the final use of region r.
[[nodiscard]] Matrix bilateral_flows(const Chain& chain, std::size_t s);

/// s A^k y of k = 0 .. tiers, A^k formed; the remainder is s L y less their sum.
[[nodiscard]] TierList footprint_by_tier(const Chain& chain, const PathQuestion& q, int tiers);

}  // namespace stave::reference
