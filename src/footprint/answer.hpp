#pragma once
/// All that `stave footprint` tells of: solved once, shown in tables and words.

#include "stave/footprint/footprint.hpp"

#include <string>
#include <vector>

namespace stave::footprint {

/// Amounts of the indicator per unit of money.
struct MoneyUnit {
  std::string text;   ///< "kg / USD"
  double factor = 1;  ///< from the unit of the indicator by that of the flows
};

struct Answer {
  const Chain& chain;
  Indicator indicator;
  FootprintQuestion asked;
  PathQuestion question;            ///< s and y
  RegionalAccounts accounts;        ///< one row
  std::vector<double> multipliers;  ///< M [n]
  std::vector<double> sources;      ///< s_i (L y)_i  [n]
  TierList tiers;
  Paths paths;              ///< none where the footprint is zero
  double final_itself = 0;  ///< F_Y of the region asked for, or of all
  MoneyUnit per_money;
  double residual = 0;  ///< worst of the solves

  [[nodiscard]] double footprint() const { return tiers.footprint; }
  /// In per cent of the footprint; NaN where that is zero.
  [[nodiscard]] double share(double value) const;
  /// NaN where there is no population.
  [[nodiscard]] double per_head(double value, RegionId region) const;
  [[nodiscard]] std::string per_head_unit() const;
};

struct AnswerOptions {
  int tiers = 8;
  double threshold = 0.002;
};

[[nodiscard]] Answer answer(const Chain& chain, Indicator indicator, const FootprintQuestion& asked,
                            const AnswerOptions& options, Progress& progress);

/// Value added by region  [R].
[[nodiscard]] std::vector<double> value_added_by_region(const Chain& chain);

/// [size] sums of values over the regions, or products, of the nodes.
[[nodiscard]] std::vector<double> sum_by_region(const Chain& chain,
                                                const std::vector<double>& values);
[[nodiscard]] std::vector<double> sum_by_product(const Chain& chain,
                                                 const std::vector<double>& values);

/// Positions, largest value first, ties as they stand.
[[nodiscard]] std::vector<std::size_t> largest_first(const std::vector<double>& values);

}  // namespace stave::footprint
