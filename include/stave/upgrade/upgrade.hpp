#pragma once
/// Is a region moving to the middle and high end of value chains? Five measures, of every region.
///
/// With E_s gross exports, V B diag(E) as in trade.hpp, s, t traders, i nodes:
///
///   domestic_value_added    100 sum_{i in s} V_i B_is E_s / E_s: of 100 exported, what s adds
///   itself high_technology         100 x that of s's high-technology sectors, by the sector that
///   adds it,
///                           / that of all its sectors
///   position                ln(1 + DVX_s / E_s) - ln(1 + FVA_s / E_s): above 0 it supplies others
///                           more than it is supplied
///   value_added_per_worker  value added of s / its workers
///   foreign_reliance        100 x value added of others in the exports of s's strong sectors /
///   these
///                           exports; strong: revealed comparative advantage in value added above 1
///
/// For all but the last more is better.
///
/// Sources: OECD (2021), Guide to OECD's TiVA indicators; Koopman, Powers, Wang and Wei (2010),
/// NBER 16426 (position); Wang, Wei and Zhu (2013), NBER 19677 (advantage); technology.hpp.
/// Checked against: powers added up, hand calculations, `stave trade`, WIOD 1995 to 2011.

#include "stave/analysis/analysis.hpp"
#include "stave/core/progress.hpp"
#include "stave/trade/trade.hpp"

#include <array>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace stave {

enum class UpgradeMeasure {
  domestic_value_added,
  high_technology,
  position,
  value_added_per_worker,
  foreign_reliance
};
inline constexpr std::array all_upgrade_measures = {
    UpgradeMeasure::domestic_value_added, UpgradeMeasure::high_technology, UpgradeMeasure::position,
    UpgradeMeasure::value_added_per_worker, UpgradeMeasure::foreign_reliance};
[[nodiscard]] std::string_view to_string(UpgradeMeasure measure);
/// Whether more of it is better.
[[nodiscard]] bool more_is_better(UpgradeMeasure measure);

struct UpgradeInputs {
  std::vector<bool> high_technology;  ///< [P]; empty: not known
  std::vector<double> workers;        ///< [n] by node of the chain; empty: not known
};

/// One year.
struct UpgradeYear {
  std::vector<Trader> traders;  ///< [R]
  Matrix values;                ///< [R x 5] by UpgradeMeasure; NaN where unknown
  std::vector<double> exports;  ///< [R] gross
  Matrix sector_exports;        ///< [R x P] gross
  Matrix sector_domestic;       ///< [R x P] value added of the sector in s's exports
  Matrix sector_foreign;        ///< [R x P] value added of others in its exports
  Matrix advantage;             ///< [R x P] in value added; NaN where there is none
  double miss = 0;              ///< domestic and foreign parts sum to exports
  double inverse_residual = 0;  ///< as TradeInverse tells

  [[nodiscard]] double value(std::size_t s, UpgradeMeasure measure) const {
    return values(s, static_cast<std::size_t>(measure));
  }
  [[nodiscard]] bool strong(std::size_t s, std::size_t p) const { return advantage(s, p) > 1; }
  /// Value added of others in 100 of a sector's exports; NaN without exports.
  [[nodiscard]] double reliance(std::size_t s, std::size_t p) const {
    return sector_exports(s, p) > 0 ? 100 * sector_foreign(s, p) / sector_exports(s, p)
                                    : std::numeric_limits<double>::quiet_NaN();
  }
};

/// Cost: one inverse of all nodes, as trade_inverse.
/// @throws Error as TradeTable and trade_inverse
[[nodiscard]] UpgradeYear upgrade_measures(const Chain& chain, const UpgradeInputs& inputs,
                                           Progress& progress = no_progress());

/// Places of the peers by a measure, 1 the best, equals alike; 0 for others and where unknown.
[[nodiscard]] std::vector<std::size_t> places(const std::vector<double>& values, bool more,
                                              const std::vector<bool>& peers);

/// Who was ahead of s and is behind now, and who was behind and is ahead. Positions; peers alone,
/// with known values both times.
struct Passed {
  std::vector<std::size_t> by_s;
  std::vector<std::size_t> it;
};
[[nodiscard]] Passed passed(const std::vector<double>& then, const std::vector<double>& now,
                            bool more, const std::vector<bool>& peers, std::size_t s);

/// `stave upgrade`.
[[nodiscard]] Analysis upgrade_analysis();

}  // namespace stave
