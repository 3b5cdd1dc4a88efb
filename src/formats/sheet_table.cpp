#include "stave/core/error.hpp"
#include "stave/formats/xlsx.hpp"

#include <algorithm>
#include <limits>

#include <fmt/format.h>

namespace stave {
namespace {

// The rows that hold something, below those to skip.
std::vector<std::size_t> rows_of(const Sheet& sheet, const TableLayout& layout) {
  std::vector<std::size_t> rows;
  for (std::size_t r = layout.text.skip_lines; r < sheet.rows(); ++r)
    if (!sheet.is_empty_row(r)) rows.push_back(r);
  if (rows.size() < layout.header_rows)
    throw Error(Errc::bad_input, fmt::format("{}: has {} rows, expected {} of header alone",
                                             sheet.name(), rows.size(), layout.header_rows));
  return rows;
}

std::vector<std::string> texts(const Sheet& sheet, std::size_t row, std::size_t columns) {
  std::vector<std::string> result(columns);
  for (std::size_t c = 0; c < columns; ++c) result[c] = sheet.text(row, c);
  return result;
}

// A stray cell far out must not cost the memory of everything in between.
void refuse_if_mostly_empty(const Sheet& sheet, std::size_t rows) {
  constexpr std::size_t most = 1 << 24;
  constexpr std::size_t emptiness = 1'000;
  const auto cells = rows * sheet.columns();
  if (cells > most && cells / emptiness > sheet.cells())
    throw Error(Errc::too_large,
                fmt::format("{}: {} x {} cells, nearly all of them empty", sheet.name(), rows,
                            sheet.columns()),
                "Delete the stray cells at its far end.");
}

double value_at(const Sheet& sheet, std::size_t row, std::size_t column, const TableLayout& layout,
                NumericTable& table) {
  if (sheet.is_empty(row, column)) ++table.empty_cells;
  const auto& missing = layout.text.missing;
  if (!missing.empty() && !sheet.is_number(row, column) &&
      std::find(missing.begin(), missing.end(), sheet.text(row, column)) != missing.end())
    return std::numeric_limits<double>::quiet_NaN();
  return sheet.number(row, column);
}

}  // namespace

std::vector<std::vector<std::string>> read_header(const Sheet& sheet, const TableLayout& layout) {
  const auto rows = rows_of(sheet, layout);
  std::vector<std::vector<std::string>> header;
  for (std::size_t i = 0; i < layout.header_rows; ++i)
    header.push_back(texts(sheet, rows[i], sheet.columns()));
  return header;
}

NumericTable read_table(const Sheet& sheet, const TableLayout& layout) {
  const auto rows = rows_of(sheet, layout);
  refuse_if_mostly_empty(sheet, rows.size());
  NumericTable table;
  table.file = sheet.name();
  table.header = read_header(sheet, layout);
  std::vector<std::size_t> kept;
  for (auto i = layout.header_rows; i < rows.size(); ++i) {
    auto labels = texts(sheet, rows[i], layout.label_columns);
    if (layout.skip_row && layout.skip_row(labels)) continue;
    kept.push_back(rows[i]);
    table.lines.push_back(rows[i] + 1);
    table.labels.push_back(std::move(labels));
  }
  if (kept.empty() || sheet.columns() <= layout.label_columns)
    throw Error(Errc::bad_input, fmt::format("{}: holds no table below its header", sheet.name()));
  std::vector<bool> skipped(sheet.columns());
  for (const auto c : layout.skip_columns)
    if (c < skipped.size()) skipped[c] = true;
  table.values = Matrix(kept.size(), sheet.columns() - layout.label_columns);
  for (std::size_t r = 0; r < kept.size(); ++r)
    for (auto c = layout.label_columns; c < sheet.columns(); ++c)
      if (!skipped[c])
        table.values(r, c - layout.label_columns) = value_at(sheet, kept[r], c, layout, table);
  return table;
}

}  // namespace stave
