#pragma once
/// What the carbon border adjustment's law fixes: which emissions count, and how fast free
/// allocation ends. Figures that change with goods and countries (default values, benchmarks) are
/// the user's, with a source each.

#include "stave/formats/cbam_file.hpp"

#include <string_view>

namespace stave {

struct CountedEmissions {
  CbamSector sector;
  bool indirect = false;  ///< beside the direct ones
  std::string_view source;
};
/// Which emissions certificates are owed for. Regulation (EU) 2023/956, article 7(1): both, but
/// direct ones alone for the goods of annex II.
[[nodiscard]] const CountedEmissions& counted_emissions(CbamSector sector);
/// By the good's own word, else by its sector.
[[nodiscard]] bool counts_indirect(const CbamGood& good);

/// Share of the free allocation that is left: 97.5 % in 2026, none in 2034. Directive 2003/87/EC,
/// article 10a(1a), to which article 31 of Regulation (EU) 2023/956 refers.
[[nodiscard]] double cbam_factor(int year);

/// t CO2 of one t of carbon, and what waste gas given away counts of the natural gas it replaces:
/// Implementing Regulation (EU) 2023/1773, annex III.
inline constexpr double tonnes_co2_of_carbon = 3.664;
inline constexpr double waste_gas_efficiency = 0.667;

}  // namespace stave
