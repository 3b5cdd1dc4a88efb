#pragma once
/// What a chain says of its makers, and what stands in where it does not.

#include "stave/allocation/supply_web.hpp"
#include "stave/analysis/declaration.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace stave {

/// A node attribute with a default where it is unknown.
struct NodeFigure {
  std::string attribute;
  std::vector<double> values;  ///< [n]
  std::vector<bool> known;     ///< [n]
  std::string fallback;        ///< in words: "30 days"
};
/// @throws Error bad_input  a value that is negative, infinite or above `most`
[[nodiscard]] NodeFigure node_figure(const Chain& chain, std::string attribute, double fallback,
                                     std::string in_words, double most = no_limit);
/// Attribute `margin`; else the option; else value added per unit of output, 0 to 1.
[[nodiscard]] NodeFigure margin_figure(const Chain& chain, const Arguments& arguments);

/// Stocks and capacities as the options `inventory`, `finished`, `spare` and `growth` say.
[[nodiscard]] SupplyOptions supply_options(const Arguments& arguments);
/// The three of them as figures; their values are left out.
[[nodiscard]] std::vector<NodeFigure> supply_figures(const ChainWeb& made,
                                                     const SupplyOptions& options);

/// "recovery_days, margin": what is not known of a node.
[[nodiscard]] std::string assumed_of(const std::vector<NodeFigure>& figures, std::size_t node);

/// For uses of the makers, their own figure; for uses in a market, the mean of who sells there.
[[nodiscard]] std::vector<double> by_use(const SupplyWeb& web, const std::vector<double>& values);

/// What a maker makes, or a market sells, and where.
[[nodiscard]] ProductId product_of(const Chain& chain, const SupplyWeb& web, std::size_t node);
[[nodiscard]] RegionId region_of(const Chain& chain, const SupplyWeb& web, std::size_t node);
/// "China: battery cells" of a maker, "battery cells in China" of a market.
[[nodiscard]] std::string place_name(const Chain& chain, const SupplyWeb& web, std::size_t node);
/// The product a need is for, or "other inputs".
[[nodiscard]] std::string need_name(const Chain& chain, const SupplyWeb& web, std::size_t need);

/// Notes on the web that every report of this room carries.
[[nodiscard]] std::vector<std::string> web_notes(const Chain& chain, const ChainWeb& made,
                                                 const SupplyOptions& options);

}  // namespace stave
