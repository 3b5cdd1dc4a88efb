#pragma once
/// The footprint of a final use in a table: by tier, by where it occurs, and of a sector.
///
///   s [n] stressor a unit of output, y [n] final use, A = Z diag(x)^-1, M = s L, L = (I - A)^-1
///   footprint = s L y = M y
///   tier k    = s A^k y          k links back from the maker of the final product
///   remainder = M A^(T + 1) y    all tiers after the last one listed, exactly
///   source i  = s_i (L y)_i      what occurs in node i
///
///   Indicator co2 = one_stressor(chain, 0);
///   PathQuestion q = footprint_of(chain, co2, {.region = germany});
///   TierList t = footprint_by_tier(chain, q, multipliers, 10);
///
/// Source: Miller and Blair (2009), Input-Output Analysis, chapters 2 and 10; tiers: Lenzen and
/// Treloar (2002), Energy Policy 30, 249 (production layer decomposition).
/// Checked against: footprint/reference.cpp; tests/footprint; pymrio's test table and Germany 1995.

#include "stave/analysis/analysis.hpp"
#include "stave/core/chain.hpp"
#include "stave/footprint/indicator.hpp"
#include "stave/position/paths.hpp"

#include <optional>
#include <span>
#include <vector>

namespace stave {

namespace limit {
inline constexpr int max_footprint_tiers = 100;
}  // namespace limit

/// Whose footprint: all final use; that of one region; all final use of a product's makers; of its
/// maker in one region, when both are given.
struct FootprintQuestion {
  std::optional<RegionId> region = {};    // NOLINT(readability-redundant-member-init)
  std::optional<ProductId> product = {};  // NOLINT(readability-redundant-member-init)
};

/// The makers meant by a product and a region; all where there is no product.
/// @throws Error not_found  nobody makes the product in that region
[[nodiscard]] std::vector<NodeId> makers_meant(const Chain& chain, const FootprintQuestion& q);

/// s and y.
/// @throws Error missing_part  no final use
///               not_found     as makers_meant
[[nodiscard]] PathQuestion footprint_of(const Chain& chain, const Indicator& indicator,
                                        const FootprintQuestion& q);

struct TierList {
  std::vector<double> value;  ///< [T + 1] tier 0 .. T
  double remainder = 0;       ///< all later tiers
  double footprint = 0;       ///< M y
  double imbalance = 0;       ///< |tiers + remainder - footprint| / (|M| |y|)
};

/// @param multipliers  M [n]
/// @param tiers        the last one listed, T
/// Cost: T + 1 passes over Z.
/// @throws Error bad_input  sizes; T not from 0 to limit::max_footprint_tiers
[[nodiscard]] TierList footprint_by_tier(const Chain& chain, const PathQuestion& q,
                                         std::span<const double> multipliers, int tiers);

/// One sector's numbers, its makers added up.
struct SectorFootprint {
  double output = 0;
  double value_added = 0;
  double final_sales = 0;  ///< what it sells to final use
  double direct = 0;       ///< F: what occurs in the sector itself
  double of_final = 0;     ///< M y: behind its sales to final use; adds up over sectors
  double of_output = 0;    ///< M x: behind all it makes; sectors count each other's, so no sum
};
[[nodiscard]] SectorFootprint sector_footprint(const Chain& chain, const Indicator& indicator,
                                               std::span<const double> multipliers,
                                               std::span<const NodeId> makers);

/// `stave footprint`.
[[nodiscard]] Analysis footprint_analysis();

/// `stave diligence`.
[[nodiscard]] Analysis diligence_analysis();

}  // namespace stave
