#include "server/report_difference.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <optional>

#include <fmt/format.h>

namespace stave {
namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

/// Where a row stands in one table and in the other.
struct Joined {
  std::optional<std::size_t> before;
  std::optional<std::size_t> after;
};

struct Counts {
  std::size_t both = 0, only_before = 0, only_after = 0, changed = 0;
};

bool same_columns(const Table& a, const Table& b) {
  return std::ranges::equal(a.columns(), b.columns(), [](const Column& x, const Column& y) {
    return x.spec.name == y.spec.name && x.spec.type == y.spec.type && x.spec.unit == y.spec.unit;
  });
}

bool is_text(const Column& column) { return column.spec.type == ColumnType::text; }

// The texts of a row, and which of the rows with these texts it is.
using RowKey = std::pair<std::vector<std::string>, std::size_t>;

std::vector<RowKey> keys_of(const Table& table) {
  std::map<std::vector<std::string>, std::size_t> seen;
  std::vector<RowKey> keys;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    std::vector<std::string> texts;
    for (const auto& column : table.columns())
      if (is_text(column)) texts.push_back(std::get<std::vector<std::string>>(column.cells)[row]);
    const auto times = seen[texts]++;
    keys.emplace_back(std::move(texts), times);
  }
  return keys;
}

// In the order of the first table; what is only in the second follows.
std::vector<Joined> join(const Table& before, const Table& after) {
  const auto later = keys_of(after);
  std::map<RowKey, std::size_t> place;
  for (std::size_t row = 0; row < later.size(); ++row) place.emplace(later[row], row);
  std::vector<Joined> rows;
  std::vector<bool> met(later.size());
  const auto earlier = keys_of(before);
  for (std::size_t row = 0; row < earlier.size(); ++row) {
    const auto found = place.find(earlier[row]);
    rows.push_back({.before = row, .after = {}});
    if (found == place.end()) continue;
    rows.back().after = found->second;
    met[found->second] = true;
  }
  for (std::size_t row = 0; row < later.size(); ++row)
    if (!met[row]) rows.push_back({.before = {}, .after = row});
  return rows;
}

double number_at(const Column& column, const std::optional<std::size_t>& row) {
  if (!row) return missing;
  if (const auto* whole = std::get_if<std::vector<std::int64_t>>(&column.cells))
    return static_cast<double>((*whole)[*row]);
  return std::get<std::vector<double>>(column.cells)[*row];
}

std::vector<ColumnSpec> columns_of(const Table& table) {
  std::vector<ColumnSpec> specs;
  for (const auto& column : table.columns())
    if (is_text(column)) specs.push_back(column.spec);
  specs.push_back({"in", ColumnType::text, "", "both, or only before or after"});
  for (const auto& column : table.columns()) {
    if (is_text(column)) continue;
    const auto& [name, type, unit, meaning] = column.spec;
    specs.push_back({name + "_before", ColumnType::real, unit, meaning});
    specs.push_back({name + "_after", ColumnType::real, unit, meaning});
    specs.push_back({name + "_difference", ColumnType::real, unit, "after - before"});
    specs.push_back({name + "_relative", ColumnType::real, "%", "of what it was before"});
  }
  return specs;
}

// True where the numbers differ, an empty cell from a filled one too.
bool add_numbers(std::vector<Table::Cell>& cells, double before, double after) {
  const double difference = after - before;
  cells.insert(cells.end(), {before, after, difference,
                             before == 0 ? missing : 100 * difference / std::abs(before)});
  return std::isnan(before) != std::isnan(after) || before < after || after < before;
}

Table joined_table(const Table& before, const Table& after, Counts& counts) {
  Table table(before.name(), before.title(), columns_of(before));
  for (const auto& row : join(before, after)) {
    std::vector<Table::Cell> cells;
    const auto& from = row.before ? before : after;
    const auto at = row.before ? *row.before : *row.after;
    for (std::size_t c = 0; c < from.columns().size(); ++c)
      if (is_text(from.columns()[c])) cells.push_back(from.at(at, c));
    const bool both = row.before && row.after;
    cells.emplace_back(std::string(both ? "both" : row.before ? "before" : "after"));
    bool changed = false;
    for (std::size_t c = 0; c < before.columns().size(); ++c)
      if (!is_text(before.columns()[c]))
        changed |= add_numbers(cells, number_at(before.columns()[c], row.before),
                               number_at(after.columns()[c], row.after));
    table.add_row(std::move(cells));
    ++(both ? counts.both : row.before ? counts.only_before : counts.only_after);
    if (both && changed) ++counts.changed;
  }
  return table;
}

std::string sentence(const Table& table, const Counts& counts) {
  const auto& title = table.title().empty() ? table.name() : table.title();
  auto text = fmt::format("{}: of {} rows in both, {} changed", title, counts.both, counts.changed);
  if (counts.only_before > 0) text += fmt::format("; {} only before", counts.only_before);
  if (counts.only_after > 0) text += fmt::format("; {} only after", counts.only_after);
  return text + ".";
}

void say_change(Report& report, const std::string& what, const std::string& before,
                const std::string& after) {
  if (before == after) return;
  const auto shown = [](const std::string& text) { return text.empty() ? "not said" : text; };
  auto text = fmt::format("{}: {} before, {} after.", what, shown(before), shown(after));
  report.findings.push_back({text});
  report.provenance.notes.push_back(std::move(text));
}

void say_circumstances(Report& report, const Provenance& before, const Provenance& after) {
  say_change(report, "Chain", before.chain, after.chain);
  say_change(report, "Year", std::to_string(before.year), std::to_string(after.year));
  say_change(report, "Version of Stave", before.version, after.version);
  auto names = before.parameters;
  names.insert(after.parameters.begin(), after.parameters.end());
  const auto value = [](const Provenance& of, const std::string& name) {
    const auto found = of.parameters.find(name);
    return found == of.parameters.end() ? std::string() : found->second;
  };
  for (const auto& [name, ignored] : names)
    say_change(report, "Parameter " + name, value(before, name), value(after, name));
}

}  // namespace

Report difference_of(const Report& before, const Report& after) {
  Report report{.analysis = before.analysis, .question = before.question};
  report.title = before.title == after.title ? before.title + ": before and after"
                                             : before.title + " and " + after.title;
  report.provenance = before.provenance;
  report.provenance.notes.clear();
  report.provenance.residuals.clear();
  say_circumstances(report, before.provenance, after.provenance);
  for (const auto& table : before.tables) {
    const auto other = std::ranges::find(after.tables, table.name(), &Table::name);
    if (other == after.tables.end() || !same_columns(table, *other)) {
      report.provenance.notes.push_back(fmt::format("Table {} is left out: {}.", table.name(),
                                                    other == after.tables.end()
                                                        ? "it is only before"
                                                        : "its columns or units are not the same"));
      continue;
    }
    Counts counts;
    report.tables.push_back(joined_table(table, *other, counts));
    report.findings.push_back({sentence(table, counts)});
  }
  for (const auto& table : after.tables)
    if (std::ranges::find(before.tables, table.name(), &Table::name) == before.tables.end())
      report.provenance.notes.push_back(
          fmt::format("Table {} is left out: it is only after.", table.name()));
  return report;
}

}  // namespace stave
