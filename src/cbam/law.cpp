#include "stave/cbam/law.hpp"

#include <algorithm>

namespace stave {
namespace {

constexpr std::string_view both_count =
    "Regulation (EU) 2023/956, article 7(1) and annex I: direct and indirect";
constexpr std::string_view direct_alone_counts =
    "Regulation (EU) 2023/956, article 7(1) and annex II: direct emissions alone";
constexpr std::array<CountedEmissions, 5> counted_by_sector{{
    {CbamSector::cement, true, both_count},
    {CbamSector::fertilisers, true, both_count},
    {CbamSector::iron_and_steel, false, direct_alone_counts},
    {CbamSector::aluminium, false, direct_alone_counts},
    {CbamSector::hydrogen, false, direct_alone_counts},
}};

// By how much free allocation is cut, from 2026 on.
constexpr std::array<double, 9> allocation_cut{0.025, 0.05,  0.10, 0.225, 0.485,
                                               0.61,  0.735, 0.86, 1};

}  // namespace

const CountedEmissions& counted_emissions(CbamSector sector) {
  return *std::ranges::find(counted_by_sector, sector, &CountedEmissions::sector);
}

bool counts_indirect(const CbamGood& good) {
  return good.counts_indirect.value_or(counted_emissions(good.sector).indirect);
}

double cbam_factor(int year) {
  const auto last = static_cast<int>(allocation_cut.size()) - 1;
  const auto k = std::clamp(year - first_cbam_year, 0, last);
  return 1 - allocation_cut.at(static_cast<std::size_t>(k));
}

}  // namespace stave
