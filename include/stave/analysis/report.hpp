#pragma once
/// What every analysis returns: findings in words, tables, figures, and where it all came from.

#include "stave/core/chain.hpp"
#include "stave/core/table.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace stave {

enum class Tone { plain, good, warning, alarm };
[[nodiscard]] std::string_view to_string(Tone tone);

/// A sentence whose numbers come from the tables.
struct Finding {
  std::string text;
  Tone tone = Tone::plain;
};

/// A chart, declared: which table, which columns in which role. Every kind: docs/report.md.
///
///   bars       label, value [, value_high: a bracket] [, part: small text] [, color]
///   stacked    label, part, value            one bar a label, divided by part
///   multiples  panel, label, value           a small bar chart a panel
///   dumbbell   label, from, to               two points a label, joined
///   heatmap    row, column, value
///   scatter    label, x, y [, size]
///   lines      x, y [, series] [, low, high: a band around the line]
///   tiers      tier, supplier, customer, value, supplier_region, customer_region [, mark]
struct Figure {
  std::string kind;
  std::string table;  ///< name of the table it draws
  std::string title;
  std::string caption;
  std::map<std::string, std::string> columns;  ///< role -> column name
  std::size_t most = 0;                        ///< rows (labels, panels) drawn at most; 0: all
};

/// A balance the result satisfies, and by how much it misses.
struct Residual {
  std::string balance;   ///< "consumption accounts sum to production accounts, co2"
  double relative = 0;   ///< largest relative miss
  double tolerance = 0;  ///< what counts as satisfied; 0: stated for information
};

struct Provenance {
  std::string chain;
  std::string title;
  int year = 0;
  std::string unit;
  std::string source;
  std::string licence;
  std::string version;  ///< of Stave
  std::map<std::string, std::string, std::less<>> parameters;
  std::vector<Residual> residuals;
  std::vector<std::string> notes;  ///< clipped, dropped, estimated, not converged
};

struct Report {
  std::string analysis;  ///< name of the declaration
  std::string title;     ///< "Exposure of China, world-2011"
  std::string question;
  std::vector<Finding> findings;
  std::vector<Table> tables;
  std::vector<Figure> figures;
  Provenance provenance;

  /// @throws std::logic_error when there is none
  [[nodiscard]] const Table& table(std::string_view name) const;
  /// False when the analysis itself says no: `check` on an unsound chain. The exit status is
  /// then 1.
  bool verdict = true;
  /// The user stopped it: what was finished until then, and it says so. The exit status is then
  /// that of Errc::cancelled.
  bool partial = false;
};

}  // namespace stave
