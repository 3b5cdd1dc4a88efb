#include "stave/balance/balance.hpp"

#include "stave/core/error.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>

#include <fmt/format.h>
#include <tbb/parallel_for.h>

#include "balance/reason.hpp"

namespace stave {
namespace {

constexpr double same_total = 1e-6;      // what rounded targets may miss
constexpr std::size_t blocks = 16;       // of rows: fixed, so that bits do not depend on threads
constexpr int iterations_a_check = 200;  // until room is looked for

double sum_of(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

double absolute_sum(const std::vector<double>& values) {
  double sum = 0;
  for (const auto v : values) sum += std::abs(v);
  return sum;
}

void demand_finite(const std::vector<double>& values, auto&& label) {
  for (std::size_t i = 0; i < values.size(); ++i)
    if (!std::isfinite(values[i]))
      throw Error(Errc::bad_input, fmt::format("{} is to sum to {}", label(i), values[i]));
}

void demand_fit(const CellTable& table, const BalanceTargets& targets, const Labels& labels) {
  if (targets.rows.size() != table.rows || targets.columns.size() != table.columns)
    throw Error(
        Errc::bad_input,
        fmt::format("{} rows and {} columns have targets, the table has {} and {}",
                    targets.rows.size(), targets.columns.size(), table.rows, table.columns));
  demand_finite(targets.rows, [&](std::size_t i) { return labels.row(i); });
  demand_finite(targets.columns, [&](std::size_t j) { return labels.column(j); });
  for (std::size_t i = 0; i < table.rows; ++i)
    for (auto c = table.row_start[i]; c < table.row_start[i + 1]; ++c)
      if (!std::isfinite(table.value[c]))
        throw Error(
            Errc::bad_input,
            fmt::format("the cell of {} and {} is {}", labels.row(i),
                        labels.column(static_cast<std::size_t>(table.column[c])), table.value[c]));
  for (const auto& cell : targets.fixed)
    if (cell.row >= table.rows || cell.column >= table.columns || !std::isfinite(cell.value))
      throw Error(Errc::bad_input, "a fixed cell lies outside the table, or is no number");
}

// Makes both totals the same, where that is allowed; gives the factor.
double scale_targets(BalanceTargets& targets, ScaleTargets scale) {
  const double rows = sum_of(targets.rows);
  const double columns = sum_of(targets.columns);
  const double size = std::max(absolute_sum(targets.rows), absolute_sum(targets.columns));
  const double miss = std::abs(rows - columns);
  if (miss == 0) return 1;
  if (scale == ScaleTargets::never && miss > same_total * size)
    throw Error(Errc::bad_input,
                fmt::format("the row targets sum to {:.10g}, the column targets to {:.10g}: they "
                            "differ by {:.6g}",
                            rows, columns, rows - columns),
                "They must be the same. Scale one side to the other with --scale rows or --scale "
                "columns.");
  const bool by_rows = scale == ScaleTargets::rows;
  auto& scaled = by_rows ? targets.rows : targets.columns;
  const double factor = by_rows ? columns / rows : rows / columns;
  if (!std::isfinite(factor) || !(factor > 0))
    throw Error(Errc::bad_input,
                fmt::format("targets that sum to {:.6g} cannot be scaled to {:.6g}",
                            by_rows ? rows : columns, by_rows ? columns : rows));
  for (auto& t : scaled) t *= factor;
  return factor;
}

// The fixed cells in the order of the table. @throws Error bad_input  a cell twice
std::vector<FixedCell> in_order(std::vector<FixedCell> fixed, const Labels& labels) {
  const auto place = [](const FixedCell& c) { return std::pair(c.row, c.column); };
  std::ranges::sort(fixed, {}, place);
  const auto twice = std::ranges::adjacent_find(fixed, {}, place);
  if (twice != fixed.end())
    throw Error(Errc::bad_input, fmt::format("the cell of {} and {} is fixed twice",
                                             labels.row(twice->row), labels.column(twice->column)));
  return fixed;
}

FreeTable free_of(const CellTable& table, const BalanceTargets& targets,
                  const std::vector<FixedCell>& fixed) {
  FreeTable result{table, targets.rows, targets.columns, absolute_sum(targets.rows)};
  auto& cells = result.cells;
  for (const auto& cell : fixed) {
    result.rows[cell.row] -= cell.value;
    result.columns[cell.column] -= cell.value;
    const auto first =
        cells.column.begin() + static_cast<std::ptrdiff_t>(cells.row_start[cell.row]);
    const auto last =
        cells.column.begin() + static_cast<std::ptrdiff_t>(cells.row_start[cell.row + 1]);
    const auto at = std::lower_bound(first, last, static_cast<std::int32_t>(cell.column));
    if (at != last && *at == static_cast<std::int32_t>(cell.column))
      cells.value[static_cast<std::size_t>(at - cells.column.begin())] = 0;
  }
  // What rounding leaves of a target that the fixed cells meet exactly.
  const auto clear = [&](std::vector<double>& left) {
    for (auto& v : left)
      if (std::abs(v) <= 1e-15 * result.size) v = 0;
  };
  if (fixed.empty()) return result;
  clear(result.rows);
  clear(result.columns);
  return result;
}

// The factor that brings p r - n / r to the target.
double factor_of(double target, double p, double n) {
  if (p == 0) return n == 0 ? 1 : -n / target;
  if (n == 0) return target / p;
  const double root = std::sqrt(target * target + 4 * p * n);
  return target >= 0 ? (target + root) / (2 * p) : 2 * n / (root - target);
}

/// r and s in turn.
class Iteration {
 public:
  Iteration(const FreeTable& table, const Labels& labels)
      : table_(table),
        labels_(labels),
        r_(table.rows.size(), 1),
        s_(table.columns.size(), 1),
        miss_(table.rows.size()) {
    for (auto& sums : sums_) {
      sums.positive.resize(s_.size());
      sums.negative.resize(s_.size());
    }
  }

  /// Rows, then columns. Gives the largest miss of a row before, of its gross sum.
  double pass(bool first) {
    std::array<double, blocks> worst{};
    tbb::parallel_for(std::size_t{0}, blocks,
                      [&](std::size_t b) { worst[b] = pass_rows(b, first); });
    const auto n = s_.size();
    tbb::parallel_for(std::size_t{0}, blocks, [&](std::size_t b) {
      for (auto j = b * n / blocks; j < (b + 1) * n / blocks; ++j) fit_column(j);
    });
    return *std::ranges::max_element(worst);
  }

  [[nodiscard]] const std::vector<double>& r() const { return r_; }
  [[nodiscard]] const std::vector<double>& s() const { return s_; }
  [[nodiscard]] const std::vector<double>& miss() const { return miss_; }

 private:
  struct ColumnSums {
    std::vector<double> positive;
    std::vector<double> negative;
  };

  double pass_rows(std::size_t b, bool first) {
    auto& sums = sums_[b];
    std::ranges::fill(sums.positive, 0);
    std::ranges::fill(sums.negative, 0);
    const auto m = r_.size();
    double worst = 0;
    for (auto i = b * m / blocks; i < (b + 1) * m / blocks; ++i)
      worst = std::max(worst, fit_row(i, first, sums));
    return worst;
  }

  double fit_row(std::size_t i, bool first, ColumnSums& sums) {
    const auto& cells = table_.cells;
    double p = 0;
    double n = 0;
    for (auto c = cells.row_start[i]; c < cells.row_start[i + 1]; ++c) {
      const double v = cells.value[c];
      if (v > 0) p += v * s_[static_cast<std::size_t>(cells.column[c])];
      if (v < 0) n -= v / s_[static_cast<std::size_t>(cells.column[c])];
    }
    const double target = table_.rows[i];
    if (p == 0 && n == 0 && target != 0)
      throw Error(Errc::bad_input,
                  fmt::format("the table cannot be balanced: {} is to sum to {:.6g}, but has cells "
                              "only in columns that are to be zero",
                              labels_.row(i), target),
                  "Zeros stay zero: change the target of the row or of one of its columns.");
    const double negative = n == 0 ? 0 : n / r_[i];
    const double gross = std::max(r_[i] * p + negative, std::abs(target));
    miss_[i] = r_[i] * p - negative - target;
    r_[i] = factor_of(target, p, n);
    for (auto c = cells.row_start[i]; c < cells.row_start[i + 1]; ++c) {
      const auto j = static_cast<std::size_t>(cells.column[c]);
      const double v = cells.value[c];
      if (v > 0) sums.positive[j] += v * r_[i];
      if (v < 0) sums.negative[j] -= v / r_[i];
    }
    if (first) return 1;
    return gross > 0 ? std::abs(miss_[i]) / gross : 0;
  }

  void fit_column(std::size_t j) {
    double p = 0;
    double n = 0;
    for (const auto& sums : sums_) {
      p += sums.positive[j];
      n += sums.negative[j];
    }
    if (p == 0 && n == 0 && table_.columns[j] != 0)
      throw Error(Errc::bad_input,
                  fmt::format("the table cannot be balanced: {} is to sum to {:.6g}, but has cells "
                              "only in rows that are to be zero",
                              labels_.column(j), table_.columns[j]),
                  "Zeros stay zero: change the target of the column or of one of its rows.");
    s_[j] = factor_of(table_.columns[j], p, n);
  }

  const FreeTable& table_;
  const Labels& labels_;
  std::vector<double> r_;
  std::vector<double> s_;
  std::vector<double> miss_;
  std::array<ColumnSums, blocks> sums_;
};

bool has_negative(const CellTable& cells) {
  return std::ranges::any_of(cells.value, [](double v) { return v < 0; });
}

// The cells with their factors, and the fixed ones, row by row.
CellTable filled(const FreeTable& table, const std::vector<FixedCell>& fixed,
                 const std::vector<double>& r, const std::vector<double>& s) {
  const auto& cells = table.cells;
  CellTable result{cells.rows, cells.columns, {}, {}, {}};
  auto next = fixed.begin();
  const auto put = [&](std::int32_t column, double value) {
    if (value == 0) return;
    result.column.push_back(column);
    result.value.push_back(value);
  };
  for (std::size_t i = 0; i < cells.rows; ++i) {
    result.row_start.push_back(result.value.size());
    const auto put_fixed_before = [&](std::int32_t column) {
      for (; next != fixed.end() && next->row == i &&
             static_cast<std::int32_t>(next->column) < column;
           ++next)
        put(static_cast<std::int32_t>(next->column), next->value);
    };
    for (auto c = cells.row_start[i]; c < cells.row_start[i + 1]; ++c) {
      const double v = cells.value[c];
      const auto j = static_cast<std::size_t>(cells.column[c]);
      put_fixed_before(cells.column[c]);
      if (v > 0) put(cells.column[c], v * r[i] * s[j]);
      if (v < 0) put(cells.column[c], v / (r[i] * s[j]));
    }
    put_fixed_before(std::numeric_limits<std::int32_t>::max());
  }
  result.row_start.push_back(result.value.size());
  return result;
}

// Largest miss of a row or column, of its gross sum.
double residual_of(const CellTable& table, const BalanceTargets& targets) {
  std::vector<double> gross_row(table.rows);
  std::vector<double> gross_column(table.columns);
  for (std::size_t i = 0; i < table.rows; ++i)
    for (auto c = table.row_start[i]; c < table.row_start[i + 1]; ++c) {
      gross_row[i] += std::abs(table.value[c]);
      gross_column[static_cast<std::size_t>(table.column[c])] += std::abs(table.value[c]);
    }
  double worst = 0;
  const auto look = [&](const std::vector<double>& sums, const std::vector<double>& wanted,
                        const std::vector<double>& gross) {
    for (std::size_t i = 0; i < sums.size(); ++i) {
      const double size = std::max(gross[i], std::abs(wanted[i]));
      if (size > 0) worst = std::max(worst, std::abs(sums[i] - wanted[i]) / size);
    }
  };
  look(table.row_sums(), targets.rows, gross_row);
  look(table.column_sums(), targets.columns, gross_column);
  return worst;
}

}  // namespace

Balancing balance(const CellTable& table, const BalanceTargets& targets,
                  const BalanceOptions& options, Progress& progress) {
  const Labels labels(options);
  demand_fit(table, targets, labels);
  Balancing result;
  result.targets = targets;
  result.scaled = scale_targets(result.targets, options.scale);
  const auto fixed = in_order(targets.fixed, labels);
  const auto free = free_of(table, result.targets, fixed);
  result.has_negative = has_negative(free.cells);
  demand_possible(free, labels);
  Iteration iteration(free, labels);
  double worst = iteration.pass(true);
  for (int k = 1; worst > options.tolerance; ++k) {
    const bool last = k > options.max_iterations;
    if (last || k % iterations_a_check == 0)
      demand_room(free, iteration.r(), iteration.s(), labels);
    if (last) refuse_iterations(free, iteration.miss(), options.max_iterations, worst, labels);
    progress.report("balancing", static_cast<double>(k) / options.max_iterations);
    progress.check();
    worst = iteration.pass(false);
    result.iterations = k;
  }
  result.table = filled(free, fixed, iteration.r(), iteration.s());
  result.row_factor = iteration.r();
  result.column_factor = iteration.s();
  result.residual = residual_of(result.table, result.targets);
  return result;
}

}  // namespace stave
