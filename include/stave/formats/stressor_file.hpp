#pragma once
/// Stressors and figures of regions from long csv files, added to a chain.
///
///   stressor,region,product,value,unit,quality
///   CO2,CHN,c17,3456789,kt,measured
///   stressor,region,final_use,value,unit        (direct emissions of a final use: F_Y)
///   CO2,CHN,households,345678,kt

#include "stave/core/chain.hpp"

#include <filesystem>

namespace stave {

/// Columns: stressor, value, unit; then region and product (F), or node in their place, or region
/// and final_use (F_Y, the category). Optional: stressor_zh, year, quality (measured, estimated,
/// illustrative), note. Rows of another year than the chain's are left out, and so said in the
/// notes; nodes without a row are 0, and so said.
/// Cost: O(rows + s n).
/// @throws Error bad_input  an unknown column or quality, a second value for a cell, a second unit
///                          for a stressor, more than one year and a chain without one, a stressor
///                          the chain has already
///               not_found  a region, product, category or node the chain does not have, with near
///                          names; all with file, row, column and value
[[nodiscard]] Chain with_stressors(const Chain& chain, const std::filesystem::path& path);

/// Columns: region, name, value, unit; optional year. "CHN,population,1344130000,persons".
/// Regions without a row are unknown (NaN). An attribute of the same name is replaced.
/// @throws Error as with_stressors
[[nodiscard]] Chain with_region_attributes(const Chain& chain, const std::filesystem::path& path);

}  // namespace stave
