#pragma once
/// What was asked, and the sums that tables and sentences are made of.

#include "stave/trade/trade.hpp"

#include <optional>
#include <vector>

namespace stave {

struct TradeQuestion {
  std::optional<std::size_t> exporter;  ///< trader; none: all
  std::vector<bool> partner;            ///< [R] counted as who buys
  std::optional<std::size_t> product;   ///< none: all
  bool narrowed = false;                ///< to some partners
  bool all_terms = false;               ///< by sector for every exporter
};

/// One line of any table: gross exports and its terms.
struct ExportSum {
  double exports = 0;
  std::vector<double> terms;
};

struct TradeAnswer {
  const TradeTable& table;
  TradeQuestion question;
  Decomposition decomposition;
  TradeTotals totals;
  Matrix rca_gross;                   ///< [R x P]
  Matrix rca_value_added;             ///< [R x P]
  std::vector<ExportSum> by_trader;   ///< [R], to the partners and of the sector asked for
  std::vector<ExportSum> by_partner;  ///< [R * R], of the sector asked for
  std::vector<ExportSum> by_sector;   ///< [R * P], to the partners asked for
  Matrix origin;                      ///< [R x R] value added of t in the exports of s asked for

  [[nodiscard]] std::size_t traders() const { return table.traders().size(); }
  [[nodiscard]] std::size_t products() const { return table.chain().products().size(); }
  /// Sum of the terms of that content; NaN where the method has none.
  [[nodiscard]] double content(const ExportSum& sum, TradeContent content) const;
  /// Domestic value added counted once: absorbed, returned or untold.
  [[nodiscard]] double domestic(const ExportSum& sum) const;
  /// Foreign value added; by methods that do not tell, with what is counted twice.
  [[nodiscard]] double foreign(const ExportSum& sum) const;
  /// All that is counted twice and told so.
  [[nodiscard]] double twice(const ExportSum& sum) const;
  /// Traders in order of what they export, largest first.
  [[nodiscard]] std::vector<std::size_t> by_size() const;
};

[[nodiscard]] TradeAnswer trade_answer(const TradeTable& table, TradeQuestion question,
                                       TradeMethod method, Progress& progress);

}  // namespace stave
