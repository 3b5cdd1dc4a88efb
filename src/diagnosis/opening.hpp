#pragma once
/// What a diagnosis opens with, beside the choke points: the region's main products, their single
/// points of failure, the most systemic makers, and the chain around the most stuck product.

#include "stave/analysis/analysis.hpp"
#include "stave/exposure/exposure.hpp"

#include <vector>

namespace stave {

/// Beyond `large_chain` makers the parts that follow every maker in turn keep to the largest.
namespace opening_limit {
inline constexpr std::size_t large_chain = 20'000;
inline constexpr std::size_t sources = 200;   ///< cut in a large chain
inline constexpr std::size_t closures = 200;  ///< makers closed in a large chain
inline constexpr std::size_t main_products = 10;
inline constexpr std::size_t main_products_large = 5;
}  // namespace opening_limit

struct OpeningQuestion {
  RegionId region;
  std::vector<NodeId> choke_points;  ///< listed by `exposure` with a loss, largest first
  ExposureOptions exposure;
  double threshold = 0;  ///< as `breakpoints`
  std::size_t top = 10;  ///< systemic makers listed
};

[[nodiscard]] std::vector<TableSpec> opening_tables();
/// Findings, tables and figures of the opening, in the order they are read.
/// @throws Error as supply_losses, BreakpointSystem and cascade_all
[[nodiscard]] Report opening(const Chain& chain, const OpeningQuestion& question,
                             const Declaration& declaration, Progress& progress);

}  // namespace stave
