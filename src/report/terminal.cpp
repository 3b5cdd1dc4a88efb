#include "stave/report/report_writer.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "report/number.hpp"
#include "report/text_width.hpp"

namespace stave {
namespace {

constexpr std::size_t bar_cells = 8;
constexpr std::size_t most_text_cells = 40;
constexpr std::size_t least_prose_cells = 20;

// A bar of eighths: the length of value / largest.
std::string bar(double share) {
  constexpr std::array<std::string_view, 9> eighths{"", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"};
  if (!std::isfinite(share) || share <= 0) return {};
  const auto units = static_cast<std::size_t>(std::lround(std::min(share, 1.0) * bar_cells * 8));
  std::string result;
  for (std::size_t k = 0; k < units / 8; ++k) result += eighths[8];
  return result + std::string(eighths.at(units % 8));
}

struct Printed {
  std::string head;
  std::string unit;
  std::vector<std::string> cells;
  bool right = false;
  std::size_t width = 0;
};

std::string spaced(std::string name) {
  std::replace(name.begin(), name.end(), '_', ' ');
  return name;
}

// A column of this name holds the steps of a way, set apart by "; ".
bool is_path(const Column& column) {
  return column.spec.name == "path" && column.spec.type == ColumnType::text;
}

// A way takes the room that is left, so that its beginning and its end can both be read.
Printed path_cells(const Column& column, std::size_t rows, std::size_t room) {
  Printed p{spaced(column.spec.name), column.spec.unit, {}, false, 0};
  const auto& texts = std::get<std::vector<std::string>>(column.cells);
  p.width = text_width(p.head);
  for (std::size_t r = 0; r < rows; ++r) {
    p.cells.push_back(fitted_steps(texts[r], std::max(room, least_prose_cells)));
    p.width = std::max(p.width, text_width(p.cells.back()));
  }
  return p;
}

Printed printed(const Column& column, std::size_t rows) {
  Printed p{spaced(column.spec.name), column.spec.unit, {}, true, 0};
  if (const auto* texts = std::get_if<std::vector<std::string>>(&column.cells)) {
    p.right = false;
    for (std::size_t r = 0; r < rows; ++r) p.cells.push_back(fitted((*texts)[r], most_text_cells));
  } else if (const auto* whole = std::get_if<std::vector<std::int64_t>>(&column.cells)) {
    const bool year = column.spec.name == "year";
    for (std::size_t r = 0; r < rows; ++r)
      p.cells.push_back(year ? fmt::format("{}", (*whole)[r])
                             : grouped(static_cast<double>((*whole)[r]), 0));
  } else {
    const auto& reals = std::get<std::vector<double>>(column.cells);
    const int decimals = decimals_for(std::span(reals).first(rows));
    for (std::size_t r = 0; r < rows; ++r) p.cells.push_back(grouped(reals[r], decimals));
  }
  p.width = std::max(text_width(p.head), text_width(p.unit));
  for (const auto& cell : p.cells) p.width = std::max(p.width, text_width(cell));
  return p;
}

// The first real column that ranks (no negative value) gets bars beside it.
Printed bars_of(const Column& column, std::size_t rows) {
  Printed p{{}, {}, {}, false, bar_cells};
  const auto* reals = std::get_if<std::vector<double>>(&column.cells);
  if (reals == nullptr || rows < 2) return p;
  double largest = 0;
  for (std::size_t r = 0; r < rows; ++r) {
    if ((*reals)[r] < 0) return p;
    if (std::isfinite((*reals)[r])) largest = std::max(largest, (*reals)[r]);
  }
  for (std::size_t r = 0; r < rows && largest > 0; ++r)
    p.cells.push_back(bar((*reals)[r] / largest));
  return p;
}

// In a table of words alone the last column is prose: wrapped into the room that is left, not cut.
bool is_prose(const Table& table, const Column& column) {
  return &column == &table.columns().back() &&
         std::ranges::all_of(table.columns(),
                             [](const Column& c) { return c.spec.type == ColumnType::text; });
}

Printed prose(const Column& column, std::size_t rows, std::size_t width, std::size_t indent) {
  Printed p{spaced(column.spec.name), column.spec.unit, {}, false, 0};
  const auto& texts = std::get<std::vector<std::string>>(column.cells);
  for (std::size_t r = 0; r < rows; ++r) p.cells.push_back(wrapped(texts[r], width, indent));
  return p;
}

std::vector<Printed> layout(const Table& table, std::size_t rows, std::size_t width,
                            std::vector<std::string>& left_out) {
  std::vector<Printed> columns;
  std::size_t taken = 0;
  bool has_bars = false;
  for (const auto& column : table.columns()) {
    const bool wraps = is_prose(table, column) && taken + least_prose_cells <= width;
    const auto room = width - std::min(width, taken + 2);
    auto p = wraps             ? prose(column, rows, width, taken + 2)
             : is_path(column) ? path_cells(column, rows, room)
                               : printed(column, rows);
    if (taken > 0 && taken + 2 + p.width > width) {
      left_out.push_back(p.head);
      continue;
    }
    taken += 2 + p.width;
    columns.push_back(std::move(p));
    if (has_bars || column.spec.type != ColumnType::real) continue;
    has_bars = true;
    auto bars = bars_of(column, rows);
    if (bars.cells.empty() || taken + 1 + bar_cells > width) continue;
    taken += 2 + bar_cells;
    columns.push_back(std::move(bars));
  }
  return columns;
}

std::string line(const std::vector<Printed>& columns, auto&& text_of) {
  std::string result;
  for (const auto& column : columns)
    result += "  " + padded(text_of(column), column.width, column.right);
  return result.substr(0, result.find_last_not_of(' ') + 1) + "\n";
}

std::string styled(const std::string& text, std::string_view code, bool color) {
  return color ? fmt::format("\033[{}m{}\033[0m", code, text) : text;
}

std::string finding_line(const Finding& finding, const TerminalStyle& style) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 4> marks{
      {{"•", "0"}, {"✓", "32"}, {"!", "33"}, {"▲", "31"}}};
  const auto& [mark, code] = marks.at(static_cast<std::size_t>(finding.tone));
  return fmt::format("  {} {}\n", styled(std::string(mark), code, style.color),
                     wrapped(finding.text, style.width, 4));
}

std::string provenance_lines(const Provenance& p, const TerminalStyle& style) {
  std::string text;
  const auto add = [&](std::string_view head, const std::string& value) {
    if (!value.empty()) text += fmt::format("  {:<11}{}\n", head, wrapped(value, style.width, 13));
  };
  add("Chain", fmt::format("{}{}{}", p.chain, p.title.empty() ? "" : ": ", p.title));
  add("Unit", p.unit);
  add("Source", p.source);
  add("Licence", p.licence);
  for (const auto& r : p.residuals)
    add("Balance", fmt::format("{}: off by {:.2g}{}", r.balance, r.relative,
                               r.tolerance <= 0 ? ""
                               : r.relative <= r.tolerance
                                   ? " ✓"
                                   : fmt::format(", more than {:.2g} !", r.tolerance)));
  for (const auto& note : p.notes) add("Note", note);
  return text;
}

}  // namespace

std::string to_terminal(const Table& table, const TerminalStyle& style) {
  const auto rows = std::min(table.rows(), style.most_rows);
  std::vector<std::string> left_out;
  const auto columns = layout(table, rows, style.width, left_out);
  std::string text;
  if (!table.title().empty())
    text += styled(wrapped(table.title(), style.width, 0), "1", style.color) + "\n";
  text += line(columns, [](const Printed& c) { return c.head; });
  text += styled(line(columns, [](const Printed& c) { return c.unit; }), "2", style.color);
  for (std::size_t r = 0; r < rows; ++r)
    text += line(columns, [&](const Printed& c) { return c.cells.at(r); });
  if (table.rows() == 0) text += "  (none)\n";
  if (table.rows() > rows)
    text +=
        fmt::format("  ... and {} more\n", grouped(static_cast<double>(table.rows() - rows), 0));
  if (!left_out.empty())
    text +=
        wrapped(fmt::format("  not shown here: {} (see --csv, --json)", fmt::join(left_out, ", ")),
                style.width, 2) +
        "\n";
  return text;
}

std::string to_terminal(const Report& report, const TerminalStyle& style) {
  auto text = styled(report.title, "1", style.color) + "\n";
  if (!report.question.empty()) text += report.question + "\n";
  text += "\n";
  for (const auto& finding : report.findings) text += finding_line(finding, style);
  for (const auto& table : report.tables) text += "\n" + to_terminal(table, style);
  return text + "\n" + provenance_lines(report.provenance, style);
}

}  // namespace stave
