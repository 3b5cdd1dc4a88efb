#pragma once
/// A normal day: a year's money / 365, what is below 0 taken as 0.
///
/// Final-use columns that no event, priority or region tells apart are one column here, so that a
/// day costs no more than it must; `column_of` leads there from the chain's.

#include "stave/core/chain.hpp"
#include "stave/scenario/scenario.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace stave {

inline constexpr double days_a_year = 365;

struct Baseline {
  std::size_t n = 0;
  std::size_t products = 0;
  std::size_t regions = 0;
  std::vector<std::int32_t> product;    ///< [n] what a node makes
  std::vector<std::int32_t> region;     ///< [n]
  std::vector<double> output;           ///< x0 [n], money a day
  std::vector<double> value_added;      ///< [n] per unit of output; 0 where output is 0
  Matrix final_use;                     ///< Y0 [n x columns], money a day
  std::vector<RegionId> column_region;  ///< [columns]
  std::vector<std::size_t> column_of;   ///< [chain's columns]
  double negative_left_out = 0;         ///< money a year

  [[nodiscard]] std::size_t columns() const { return column_region.size(); }
  /// What inputs are measured against: output, or 1 of a node that only buys, which goes on buying
  /// as on a normal day.
  [[nodiscard]] double activity(std::size_t i) const { return output[i] > 0 ? output[i] : 1; }
  /// The columns of an event, ascending, each once.
  [[nodiscard]] std::vector<std::size_t> columns_of(const std::vector<std::size_t>& chains) const;
};

/// Calls f(i, j, money a day) for every flow above 0, row by row.
template <class F>
void for_each_daily_flow(const Chain& chain, F&& f) {
  chain.flows().for_each([&](std::size_t i, std::size_t j, double z) {
    if (z > 0) f(i, j, z / days_a_year);
  });
}

/// @throws Error bad_input  a flow or final use that is not finite
[[nodiscard]] Baseline baseline_of(const Chain& chain, const Scenario& scenario);

}  // namespace stave
