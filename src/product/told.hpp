#pragma once
/// The tables and words of the report. Internal to the room.

#include "stave/analysis/report.hpp"
#include "stave/product/footprint.hpp"
#include "stave/product/uncertainty.hpp"

namespace stave {

struct ProductDetail {
  int tiers = 10;
  int depth = 6;
  double threshold = 0.01;
  std::size_t top = 50;
};

struct ToldProduct {
  const Inventory& inventory;
  const FunctionalUnit& asked;
  const FootprintSystem& system;
  const Footprint& footprint;
  const DrawnFootprints& draws;
  ProductDetail detail;

  [[nodiscard]] const Process& maker() const {
    return system.system().processes[footprint.demand.process];
  }
  [[nodiscard]] double percent(double kilograms) const {
    return footprint.score == 0 ? 0 : 100 * kilograms / footprint.score;
  }
};

[[nodiscard]] Report report_of(const ToldProduct& told);

// tables
[[nodiscard]] Table footprint_table(const ToldProduct& told);
[[nodiscard]] Table component_table(const ToldProduct& told,
                                    const std::vector<FootprintPart>& parts);
[[nodiscard]] Table tier_table(const ToldProduct& told, const std::vector<FootprintPart>& parts);
[[nodiscard]] Table process_table(const ToldProduct& told);
[[nodiscard]] Table tree_table(const ToldProduct& told);
[[nodiscard]] Table sankey_table(const ToldProduct& told);
[[nodiscard]] Table emission_table(const ToldProduct& told);
[[nodiscard]] Table unlinked_table(const ToldProduct& told);
[[nodiscard]] Table conversion_table(const ToldProduct& told);
[[nodiscard]] Table allocation_table(const ToldProduct& told);
[[nodiscard]] Table quantile_table(const ToldProduct& told);
[[nodiscard]] Table number_table(const ToldProduct& told);

}  // namespace stave
