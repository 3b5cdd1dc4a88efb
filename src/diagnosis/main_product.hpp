#pragma once
/// The main products of a region: what each would lose to the choke points, and what alone stops
/// it.

#include "stave/breakpoint/breakpoint.hpp"
#include "stave/exposure/exposure.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace stave {

/// All makers of a product in a region. Shares are of 1; money in the chain's unit.
struct MainProduct {
  ProductId product;
  std::vector<NodeId> makers;
  double output = 0;
  double value_added = 0;  ///< what is below zero counts as zero
  double loss = 0;         ///< of its value added, by the choke point that costs it most
  std::optional<NodeId> worst;
  std::vector<std::int32_t> singles;  ///< sources of the break-point system, ascending
};

/// The `most` largest by output, largest first; none without output.
[[nodiscard]] std::vector<MainProduct> main_products(const Chain& chain, RegionId region,
                                                     std::size_t most);

/// Cuts each source from the region, one at a time (`supply_losses`), and keeps for each product
/// the source that costs it most. @throws Error as supply_losses
void lose_to(const Chain& chain, RegionId region, std::span<const NodeId> sources,
             const ExposureOptions& options, std::vector<MainProduct>& products,
             Progress& progress);

/// The product that loses the largest share of its value added to a choke point; of those within a
/// hundredth of that, the largest. `products` is not empty.
[[nodiscard]] const MainProduct& most_stuck(const std::vector<MainProduct>& products);

/// Fills in `singles`: sources whose loss alone stops every maker of the product (`break_sets`).
void find_singles(const BreakpointSystem& system, std::vector<MainProduct>& products,
                  Progress& progress);

/// Enterprises where a chain has them, else makers of a product in a region.
[[nodiscard]] SourceKind source_kind(const Chain& chain);

/// True when losing the makers of `supplier`, all of one source, stops every one of `customers`.
[[nodiscard]] bool stops(const BreakpointSystem& system, std::span<const NodeId> supplier,
                         std::span<const NodeId> customers);

}  // namespace stave
