#pragma once
/// The chain around one product of one region, tier by tier: suppliers left, customers right.
///
///   F            the focus: all makers of the product in the region
///   s_i          sales of i: sum_j Z_ij + sum_r Y_ir, what is below zero left out
///   tier -1      z_i = sum_{j in F} Z_ij                 what F buys
///   tier -2      Z_ki z_i / s_i                          what of that its suppliers bought before
///   tier +1      sum_{i in F} Z_ij, sum_{i in F} Y_ir    who buys from F: makers, final use by
///   region tier +2      w_j Z_jk / s_j, w_j Y_jr / s_j          what they pass on of the w_j they
///   bought
///
/// Values are money a year. Of each tier the largest are boxes of their own, marked ones are
/// preferred, and the rest is one box: boxes of a tier add up to the tier, and so do its links.
/// Cost: three passes over the flows. Checked by hand in tests/diagnosis/tiers_test.cpp.

#include "stave/core/chain.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace stave {

enum class BoxKind { maker, final_use, rest };

struct TierBox {
  BoxKind kind = BoxKind::rest;
  std::int32_t id = -1;  ///< node of a maker, region of final use
  double value = 0;
};

struct TierLink {
  int tier = 0;  ///< of the supplier; the customer is one further: -2 .. 1
  std::size_t from = 0;
  std::size_t to = 0;  ///< boxes of their tiers
  double value = 0;
  bool stuck = false;   ///< the supplier is a choke point of the region that the customer is in
  bool broken = false;  ///< losing the supplier alone stops the customer
};

struct TierOptions {
  /// Boxes of tiers -2 .. 2 beside the rest; the focus is one.
  std::array<std::size_t, 5> boxes = {3, 5, 1, 5, 2};
  /// Of these, kept for preferred makers that are not among the largest.
  std::array<std::size_t, 5> preferred = {1, 2, 0, 0, 0};
};

struct ChainTiers {
  std::vector<NodeId> focus;
  std::array<std::vector<TierBox>, 5> boxes;  ///< tiers -2 .. 2, largest first, the rest last
  std::vector<TierLink> links;                ///< from the left, largest boxes first
  std::array<double, 5> total = {};           ///< sum of a tier's boxes
  double clipped = 0;                         ///< sales below zero of all makers, left out

  [[nodiscard]] const std::vector<TierBox>& tier(int t) const {
    return boxes[static_cast<std::size_t>(t + 2)];
  }
};

/// Without marks. @param preferred [n] shown before larger ones, those with the highest number
/// first, in the places kept for them; empty: none
[[nodiscard]] ChainTiers chain_tiers(const Chain& chain, std::vector<NodeId> focus,
                                     const std::vector<std::uint8_t>& preferred = {},
                                     const TierOptions& options = {});

/// Largest relative miss of the boxes of a tier, and of its links, against what the tier holds.
[[nodiscard]] double worst_imbalance(const ChainTiers& tiers);

/// "China: Electrical and optical equipment", "Germany: final use", "all others".
[[nodiscard]] std::string box_name(const Chain& chain, const ChainTiers& tiers, int tier,
                                   std::size_t box);
/// Name of the region of a box; empty for the rest.
[[nodiscard]] std::string box_region(const Chain& chain, const ChainTiers& tiers, int tier,
                                     std::size_t box);

}  // namespace stave
