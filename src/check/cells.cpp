#include <cmath>
#include <functional>

#include <fmt/format.h>

#include "tests.hpp"

namespace stave {
namespace {

using Name = std::function<std::string(std::size_t)>;

// Counts one kind of fault in one part and remembers the first of them and the worst.
struct Tally {
  std::size_t count = 0;
  double worst = 0;
  std::string where;
};

class CellScan {
 public:
  CellScan(std::string part, Name row, Name column, std::size_t most, std::vector<BadCell>& bad,
           std::vector<BadCell>& below)
      : part_(std::move(part)),
        row_(std::move(row)),
        column_(std::move(column)),
        most_(most),
        bad_(bad),
        below_(below) {}

  void look(std::size_t i, std::size_t j, double value) {
    if (std::isfinite(value) && value >= 0) return;
    if (!std::isfinite(value)) {
      if (not_finite.count++ == 0) not_finite.where = place(i, j);
      keep(bad_, i, j, value, "not a finite number");
      return;
    }
    ++below_zero.count;
    keep(below_, i, j, value, "below zero");
    if (value < below_zero.worst) {
      below_zero.worst = value;
      worst_row_ = i;
      worst_column_ = j;
    }
  }
  void finish() {
    if (below_zero.count > 0) below_zero.where = place(worst_row_, worst_column_);
  }

  Tally not_finite;
  Tally below_zero;

 private:
  [[nodiscard]] std::string place(std::size_t i, std::size_t j) const {
    return fmt::format("{} / {}", row_(i), column_(j));
  }
  void keep(std::vector<BadCell>& cells, std::size_t i, std::size_t j, double value,
            const char* problem) const {
    if (cells.size() < most_) cells.push_back({part_, row_(i), column_(j), value, problem});
  }

  std::string part_;
  Name row_;
  Name column_;
  std::size_t most_;
  std::vector<BadCell>& bad_;
  std::vector<BadCell>& below_;
  std::size_t worst_row_ = 0;
  std::size_t worst_column_ = 0;
};

void look_at(const Matrix& m, CellScan& scan) {
  for (std::size_t i = 0; i < m.rows(); ++i)
    for (std::size_t j = 0; j < m.cols(); ++j) scan.look(i, j, m(i, j));
  scan.finish();
}

void report(const std::string& part, const Tally& bad, const Tally& below, const std::string& unit,
            CheckResult& result) {
  result.tests.push_back(
      {part + ": cells that are numbers", bad.count > 0 ? Outcome::fail : Outcome::pass,
       static_cast<double>(bad.count), "cells", 0, bad.where,
       bad.count > 0 ? fmt::format("{} cells of {} are not finite numbers, the first at {}.",
                                   bad.count, part, bad.where)
                     : fmt::format("All cells of {} are numbers.", part)});
  // Stocks shrink and subsidies exceed taxes: usual there, unusual among flows and stressors.
  const bool usual = part == "final use" || part == "primary inputs";
  const auto outcome = below.count == 0 ? Outcome::pass : usual ? Outcome::note : Outcome::warning;
  result.tests.push_back(
      {part + ": cells below zero", outcome, static_cast<double>(below.count), "cells", none,
       below.where,
       below.count > 0
           ? fmt::format("{} cells of {} are below zero, the lowest {:.6g}{}{} at {}.", below.count,
                         part, below.worst, unit.empty() ? "" : " ", unit, below.where)
           : fmt::format("No cell of {} is below zero.", part)});
}

}  // namespace

void check_cells(const Chain& chain, const CheckOptions& options, CheckResult& result) {
  std::vector<BadCell> bad;
  std::vector<BadCell> below;
  const Name node = [&](std::size_t i) { return chain.nodes()[i].id; };
  const Name column = [&](std::size_t k) {
    const auto& c = chain.final_columns()[k];
    return fmt::format("{} {}", chain.regions()[c.region].code, c.category);
  };
  const Name primary = [&](std::size_t r) { return chain.primary_rows()[r].code; };
  const Name stressor = [&](std::size_t s) { return chain.stressor_rows()[s].name; };
  const auto scan = [&](const std::string& part, const Name& row, const Name& col,
                        const std::string& unit, const auto& look) {
    CellScan cells(part, row, col, options.most, bad, below);
    look(cells);
    report(part, cells.not_finite, cells.below_zero, unit, result);
  };
  const auto& money = chain.info().unit;
  scan("flows", node, node, money, [&](CellScan& cells) {
    chain.flows().for_each(
        [&](std::size_t i, std::size_t j, double value) { cells.look(i, j, value); });
    cells.finish();
  });
  const auto matrix = [&](const std::string& part, const Matrix& m, const Name& row,
                          const Name& col, const std::string& unit) {
    if (m.size() > 0) scan(part, row, col, unit, [&](CellScan& cells) { look_at(m, cells); });
  };
  matrix("final use", chain.final_use(), node, column, money);
  matrix("primary inputs", chain.primary(), primary, node, money);
  matrix("stressors", chain.stressors(), stressor, node, {});
  matrix("stressors of final use", chain.stressors_final(), stressor, column, {});
  result.cells = std::move(bad);
  for (auto& cell : below)
    if (result.cells.size() < options.most) result.cells.push_back(std::move(cell));
}

}  // namespace stave
