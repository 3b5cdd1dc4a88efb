#pragma once
/// How far a focus reaches: money by maker and final use, tier by tier.

#include "stave/core/chain.hpp"

#include <algorithm>
#include <span>
#include <vector>

namespace stave {

/// What is sold also by region of final use, after the makers: [n + regions].
struct TierReach {
  std::vector<double> sales;              ///< s [n]
  std::vector<std::vector<double>> up;    ///< [tiers][n], tier -1 first
  std::vector<std::vector<double>> down;  ///< [tiers][n + regions], tier 1 first
  double clipped = 0;
};

/// Cost: O(links) a tier.
[[nodiscard]] TierReach follow_tiers(const Chain& chain, std::span<const NodeId> focus,
                                     std::size_t up, std::size_t down);

/// values_i / s_i [n]; 0 where nothing is sold.
[[nodiscard]] std::vector<double> parts_of_sales(const TierReach& reach,
                                                 const std::vector<double>& values);

/// Every sale above zero of i: f(k, value), k a node, or n + the region of a final use.
void for_each_sale(const Chain& chain, std::size_t i, auto&& f) {
  chain.flows().for_each_in_row(i, [&](std::size_t j, double z) {
    if (z > 0) f(j, z);
  });
  if (chain.final_use().size() == 0) return;
  for (std::size_t c = 0; c < chain.final_columns().size(); ++c)
    if (const double y = chain.final_use()(i, c); y > 0)
      f(chain.size() + chain.final_columns()[c].region.at(), y);
}

}  // namespace stave
