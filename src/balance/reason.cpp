#include "balance/reason.hpp"

#include "stave/core/error.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace stave {
namespace {

constexpr std::size_t most_named = 3;
constexpr std::size_t most_reasons = 5;
// What written decimals and sums leave.
constexpr double slack = 1e-9;

std::string named(const std::vector<std::size_t>& some, auto&& name) {
  std::vector<std::string> words;
  for (const auto i : some)
    if (words.size() < most_named) words.push_back(name(i));
  const auto others = some.size() - words.size();
  return fmt::format("{}{}", fmt::join(words, ", "),
                     others > 0 ? fmt::format(" and {} others", others) : std::string());
}

/// Sums of a row's or column's free cells by sign.
struct Signs {
  double positive = 0;
  double negative = 0;
};

std::string single_reason(const std::string& label, double target, const Signs& s, double size) {
  const bool zero = std::abs(target) <= 1e-14 * size;
  const auto is = fmt::format("{} is to sum to {:.6g}", label, target);
  if (s.positive == 0 && s.negative == 0)
    return zero ? std::string() : is + ", but has nothing but zeros (or fixed cells)";
  if (s.negative == 0 && target < 0 && !zero) return is + ", but none of its cells is negative";
  if (s.positive == 0 && (target > 0 || zero)) return is + ", but all of its cells are negative";
  return {};
}

/// One side of a table and the names of both.
struct Side {
  const CellTable& cells;
  const std::vector<double>& rows;
  const std::vector<double>& columns;
  double size;
  std::function<std::string(const std::vector<std::size_t>&)> row_names;
  std::function<std::string(const std::vector<std::size_t>&)> column_names;
};

// Rows that cannot be helped by cells below zero: neither they nor their columns have any.
std::vector<bool> plain_rows(const CellTable& cells) {
  std::vector<bool> negative(cells.columns);
  for (std::size_t c = 0; c < cells.value.size(); ++c)
    if (cells.value[c] < 0) negative[static_cast<std::size_t>(cells.column[c])] = true;
  std::vector<bool> plain(cells.rows, true);
  for (std::size_t i = 0; i < cells.rows; ++i)
    for (auto c = cells.row_start[i]; c < cells.row_start[i + 1]; ++c)
      if (cells.value[c] != 0 && negative[static_cast<std::size_t>(cells.column[c])])
        plain[i] = false;
  return plain;
}

[[noreturn]] void refuse_room(const Side& side, const std::vector<std::size_t>& rows, double wanted,
                              const std::vector<std::size_t>& columns, double room) {
  const bool many = rows.size() > 1;
  throw Error(
      Errc::bad_input,
      fmt::format("the table cannot be balanced: {} {} to sum to {:.6g}, but {} cells only "
                  "in {}, which {} to sum to {:.6g}",
                  side.row_names(rows), many ? "are together" : "is", wanted, many ? "have" : "has",
                  side.column_names(columns), columns.size() > 1 ? "are together" : "is", room),
      "Zeros stay zero: put a small value where something new is to be bought, or change "
      "the targets.");
}

// The first rows, largest factors first, that are to sum to more than all the columns they meet.
void look_for_room(const Side& side, const std::vector<double>& factor) {
  const auto plain = plain_rows(side.cells);
  std::vector<std::size_t> order(side.rows.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, std::greater<>(), [&](std::size_t i) { return factor[i]; });
  std::vector<bool> met(side.columns.size());
  std::vector<std::size_t> rows;
  std::vector<std::size_t> columns;
  double wanted = 0;
  double room = 0;
  for (const auto i : order) {
    if (!plain[i]) continue;
    rows.push_back(i);
    wanted += side.rows[i];
    for (auto c = side.cells.row_start[i]; c < side.cells.row_start[i + 1]; ++c) {
      const auto j = static_cast<std::size_t>(side.cells.column[c]);
      if (met[j] || side.cells.value[c] == 0) continue;
      met[j] = true;
      columns.push_back(j);
      room += side.columns[j];
    }
    if (wanted > room + slack * side.size) refuse_room(side, rows, wanted, columns, room);
  }
}

CellTable transposed(const CellTable& cells) {
  CellTable result{cells.columns, cells.rows, {}, {}, {}};
  result.row_start.assign(cells.columns + 1, 0);
  result.column.resize(cells.value.size());
  result.value.resize(cells.value.size());
  for (const auto j : cells.column) ++result.row_start[static_cast<std::size_t>(j) + 1];
  for (std::size_t j = 0; j < cells.columns; ++j) result.row_start[j + 1] += result.row_start[j];
  auto next = result.row_start;
  for (std::size_t i = 0; i < cells.rows; ++i)
    for (auto c = cells.row_start[i]; c < cells.row_start[i + 1]; ++c) {
      const auto at = next[static_cast<std::size_t>(cells.column[c])]++;
      result.column[at] = static_cast<std::int32_t>(i);
      result.value[at] = cells.value[c];
    }
  return result;
}

}  // namespace

std::string Labels::row(std::size_t i) const {
  return options_.row_label ? options_.row_label(i) : fmt::format("row {}", i);
}
std::string Labels::column(std::size_t j) const {
  return options_.column_label ? options_.column_label(j) : fmt::format("column {}", j);
}
std::string Labels::rows(const std::vector<std::size_t>& some) const {
  return named(some, [&](std::size_t i) { return row(i); });
}
std::string Labels::columns(const std::vector<std::size_t>& some) const {
  return named(some, [&](std::size_t j) { return column(j); });
}

void demand_possible(const FreeTable& table, const Labels& labels) {
  std::vector<Signs> rows(table.rows.size());
  std::vector<Signs> columns(table.columns.size());
  const auto& cells = table.cells;
  for (std::size_t i = 0; i < cells.rows; ++i)
    for (auto c = cells.row_start[i]; c < cells.row_start[i + 1]; ++c)
      for (auto* s : {&rows[i], &columns[static_cast<std::size_t>(cells.column[c])]})
        (cells.value[c] > 0 ? s->positive : s->negative) += std::abs(cells.value[c]);
  std::vector<std::string> reasons;
  const auto look = [&](const auto& signs, const auto& targets, auto&& label) {
    for (std::size_t i = 0; i < signs.size(); ++i)
      if (auto reason = single_reason(label(i), targets[i], signs[i], table.size); !reason.empty())
        reasons.push_back(std::move(reason));
  };
  look(rows, table.rows, [&](std::size_t i) { return labels.row(i); });
  look(columns, table.columns, [&](std::size_t j) { return labels.column(j); });
  if (reasons.empty()) return;
  const auto others = reasons.size() - std::min(reasons.size(), most_reasons);
  reasons.resize(std::min(reasons.size(), most_reasons));
  throw Error(Errc::bad_input,
              fmt::format("the table cannot be balanced: {}{}", fmt::join(reasons, "; "),
                          others > 0 ? fmt::format("; and {} others", others) : std::string()),
              "Zeros stay zero and signs are kept: put a small value where something is to grow, "
              "or change the target.");
}

void demand_room(const FreeTable& table, const std::vector<double>& row_factor,
                 const std::vector<double>& column_factor, const Labels& labels) {
  const auto row_names = [&](const std::vector<std::size_t>& some) { return labels.rows(some); };
  const auto column_names = [&](const std::vector<std::size_t>& some) {
    return labels.columns(some);
  };
  look_for_room({table.cells, table.rows, table.columns, table.size, row_names, column_names},
                row_factor);
  const auto turned = transposed(table.cells);
  look_for_room({turned, table.columns, table.rows, table.size, column_names, row_names},
                column_factor);
}

void refuse_iterations(const FreeTable& table, const std::vector<double>& row_miss, int iterations,
                       double residual, const Labels& labels) {
  std::vector<std::size_t> order(row_miss.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, std::greater<>(),
                           [&](std::size_t i) { return std::abs(row_miss[i]); });
  std::vector<std::string> worst;
  for (const auto i : order)
    if (worst.size() < most_named)
      worst.push_back(
          fmt::format("{} misses {:.6g} by {:.3g}", labels.row(i), table.rows[i], row_miss[i]));
  throw Error(
      Errc::no_convergence,
      fmt::format("not balanced after {} iterations, rows miss by up to {:.2g} of their "
                  "gross sum: {}",
                  iterations, residual, fmt::join(worst, "; ")),
      "Where a cell would have to become zero, the targets are met in the limit only: allow "
      "a larger --tolerance, more --iterations, or change the targets.");
}

}  // namespace stave
