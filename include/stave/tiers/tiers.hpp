#pragma once
/// The chain around a focus, tier by tier: suppliers left, customers right.
///
///   F             the focus: some makers, for example all of a product in a region
///   s_i           sales of i: sum_j Z_ij + sum_r Y_ir, what is below zero left out
///   tier -1       z1_i = sum_{j in F} Z_ij               what F buys
///   tier -(t+1)   sum_k Z_ik zt_k / s_k                  what of that its suppliers bought before
///   tier +1       w1_k = sum_{i in F} Z_ik, Y_ir         who buys from F: makers, final use by
///   region tier +(t+1)   sum_i wt_i Z_ik / s_i, Y_ir    what they pass on of what they bought
///
/// Upstream these are the terms of the power series of the Leontief inverse, downstream those of
/// the Ghosh inverse, with s in place of output (Miller, Blair 2009, Input-Output Analysis, 2.4 and
/// 12.1).
///
/// Values are money a year. Of each tier the largest are boxes of their own, marked ones are
/// preferred, and the rest is one box: boxes of a tier add up to the tier, and so do its links.
/// Cost: O(links) time a tier. Memory: O(n) a tier.
/// Checked against: src/tiers/reference.cpp, and by hand, in tests/tiers.

#include "stave/analysis/analysis.hpp"
#include "stave/core/chain.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace stave {

enum class BoxKind { maker, final_use, rest };

struct TierBox {
  BoxKind kind = BoxKind::rest;
  std::int32_t id =
      -1;  ///< node of a maker (the first, of a focus of several), region of final use
  double value = 0;
};

/// Makers of a region and its final use together.
struct TierRegion {
  RegionId region;
  double value = 0;
  double final_use = 0;  ///< of it, what final use buys
};

struct Tier {
  std::vector<TierBox> boxes;       ///< largest first, the rest last
  std::vector<TierRegion> regions;  ///< all of the tier, not only the boxes; largest first
  double total = 0;                 ///< sum of the boxes, and of the regions
  std::size_t makers = 0;           ///< that have a part in it
};

struct TierLink {
  int tier = 0;  ///< of the supplier; the customer is one further
  std::size_t from = 0;
  std::size_t to = 0;  ///< boxes of their tiers
  double value = 0;
  bool stuck = false;   ///< the supplier is a choke point of the region that the customer is in
  bool broken = false;  ///< losing the supplier alone stops the customer
};

/// Boxes of a tier beside the rest.
struct TierPlaces {
  std::size_t boxes = 8;
  std::size_t preferred = 0;  ///< of these, kept for preferred makers not among the largest
};

/// As many tiers as there are places.
struct TierOptions {
  std::vector<TierPlaces> up;    ///< of tiers -1, -2, ...
  std::vector<TierPlaces> down;  ///< of tiers 1, 2, ...
};
/// So many tiers each way, so many boxes each.
[[nodiscard]] TierOptions even_tiers(std::size_t up, std::size_t down, std::size_t boxes);

struct ChainTiers {
  std::vector<NodeId> focus;
  std::string focus_name;       ///< "China: Battery cells"
  std::size_t up = 0;           ///< tiers of suppliers
  std::size_t down = 0;         ///< tiers of customers
  std::vector<Tier> tiers;      ///< [up + 1 + down] from the left
  std::vector<TierLink> links;  ///< from the left, largest boxes first
  double clipped = 0;           ///< sales below zero of all makers, left out

  [[nodiscard]] int first() const { return -static_cast<int>(up); }
  [[nodiscard]] int last() const { return static_cast<int>(down); }
  [[nodiscard]] const Tier& tier(int t) const {
    return tiers[static_cast<std::size_t>(t - first())];
  }
};

/// Without marks. @param focus not empty
/// @param preferred [n] shown before larger ones, those with the highest number first, in the
/// places kept for them; empty: none
[[nodiscard]] ChainTiers chain_tiers(const Chain& chain, std::vector<NodeId> focus,
                                     const TierOptions& options,
                                     const std::vector<std::uint8_t>& preferred = {});

/// The slow, obvious twin of the values behind the boxes: products of whole matrices.
/// @return [up + 1 + down][n + regions], from the left; the focus by what its makers sell
/// Cost: O((up + down) n^3).
[[nodiscard]] std::vector<std::vector<double>> tier_values_reference(const Chain& chain,
                                                                     std::span<const NodeId> focus,
                                                                     std::size_t up,
                                                                     std::size_t down);

/// Largest relative miss of the boxes of a tier, and of its links, against what the tier holds.
[[nodiscard]] double worst_imbalance(const ChainTiers& tiers);
/// The same of its regions.
[[nodiscard]] double worst_region_imbalance(const ChainTiers& tiers);

/// "China: Electrical and optical equipment", "Germany: final use", "all others".
[[nodiscard]] std::string box_name(const Chain& chain, const ChainTiers& tiers, int tier,
                                   std::size_t box);
/// Name of the region of a box; "all regions" for a focus of several; empty for the rest.
[[nodiscard]] std::string box_region(const Chain& chain, const ChainTiers& tiers, int tier,
                                     std::size_t box);
/// Makers behind a box: all of the focus, one elsewhere, none for final use and the rest.
[[nodiscard]] std::vector<NodeId> makers_of(const ChainTiers& tiers, int tier, std::size_t box);

/// `stave tiers`. @throws Error bad_input  neither a product nor a node, or both
///                              not_found  a product that the region does not make
[[nodiscard]] Analysis tiers_analysis();

}  // namespace stave
