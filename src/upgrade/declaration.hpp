#pragma once
#include "stave/analysis/declaration.hpp"
#include "stave/upgrade/upgrade.hpp"

#include <string_view>

namespace stave {

[[nodiscard]] const Declaration& upgrade_declaration();

/// "High-technology share of value added in exports", and "%"; the unit of value added per worker
/// is the chain's.
[[nodiscard]] std::string_view measure_words(UpgradeMeasure measure);
[[nodiscard]] std::string_view measure_unit(UpgradeMeasure measure);

}  // namespace stave
