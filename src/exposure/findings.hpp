#pragma once
#include "exposure/choke_point.hpp"

namespace stave {

/// Sentences about what the tables of `report` show.
[[nodiscard]] std::vector<Finding> exposure_findings(const Chain& chain,
                                                     const RegionExposure& exposure,
                                                     const Report& report);
[[nodiscard]] std::vector<Finding> trade_findings(const Report& report, const std::string& region);
[[nodiscard]] std::vector<Figure> exposure_figures(const std::string& region);

}  // namespace stave
