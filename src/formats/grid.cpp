#include "grid.hpp"

#include "stave/core/error.hpp"
#include "stave/formats/xlsx.hpp"
#include "stave/store/store.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace stave {
namespace {

std::string joined(std::span<const std::string> cells) {
  std::string result;
  for (const auto& cell : cells)
    if (!cell.empty()) result += (result.empty() ? "" : ".") + cell;
  return result;
}

using Header = std::vector<std::vector<std::string>>;

std::vector<std::string> cells_of(const Header& header, std::size_t c) {
  std::vector<std::string> cells;
  for (const auto& row : header) cells.push_back(row[c]);
  return cells;
}

TableLayout plain_layout(const Description& d) {
  TableLayout layout;
  layout.text.separator = d.separator;
  layout.text.skip_lines = d.skip_lines;
  layout.text.missing = d.missing;
  layout.header_rows = d.header_rows;
  layout.label_columns = d.label_columns;
  return layout;
}

TableLayout layout_of(const Description& d, const Header& header) {
  auto layout = plain_layout(d);
  for (std::size_t c = d.label_columns; c < header.front().size(); ++c)
    if (has_label(cells_of(header, c), d.skip_columns)) layout.skip_columns.push_back(c);
  layout.skip_row = [&d](std::span<const std::string> labels) {
    return has_label(labels, d.skip_rows);
  };
  return layout;
}

template <class From>
NumericTable read_from(const From& from, const Description& d) {
  return read_table(from, layout_of(d, read_header(from, plain_layout(d))));
}

std::string text_at(const Table& table, std::size_t row, std::size_t column) {
  const auto cell = table.at(row, column);
  if (const auto* text = std::get_if<std::string>(&cell)) return *text;
  if (const auto* whole = std::get_if<std::int64_t>(&cell)) return fmt::format("{}", *whole);
  return fmt::format("{}", std::get<double>(cell));
}

double number_at(const Table& table, std::size_t row, std::size_t column, const NumericTable& out) {
  const auto cell = table.at(row, column);
  if (const auto* real = std::get_if<double>(&cell)) return *real;
  if (const auto* whole = std::get_if<std::int64_t>(&cell)) return static_cast<double>(*whole);
  const auto& text = std::get<std::string>(cell);
  const auto value = text.empty() ? std::optional(0.0) : parse_number(text);
  if (!value)
    throw Error(Errc::bad_input,
                cell_message({out.file, row + 2, table.columns()[column].spec.name}, text,
                             "is not a number"),
                number_hint(text));
  return *value;
}

// The column names are the header row; row numbers count it, as in a csv file of the same table.
NumericTable read_parquet_table(const std::filesystem::path& path, const Description& d) {
  const auto table = read_parquet(path);
  NumericTable out;
  out.file = path.string();
  out.header.emplace_back();
  for (const auto& column : table.columns()) out.header[0].push_back(column.spec.name);
  if (d.header_rows != 1 || table.columns().size() <= d.label_columns || table.rows() == 0)
    throw Error(Errc::bad_input,
                fmt::format("{}: a parquet file has one row of column names; the description "
                            "expects {} header rows and more than {} columns",
                            out.file, d.header_rows, d.label_columns));
  const auto layout = layout_of(d, out.header);
  std::vector<std::size_t> kept;
  for (std::size_t r = 0; r < table.rows(); ++r) {
    std::vector<std::string> labels;
    for (std::size_t c = 0; c < d.label_columns; ++c) labels.push_back(text_at(table, r, c));
    if (layout.skip_row(labels)) continue;
    kept.push_back(r);
    out.lines.push_back(r + 2);
    out.labels.push_back(std::move(labels));
  }
  out.values = Matrix(kept.size(), table.columns().size() - d.label_columns);
  for (std::size_t c = d.label_columns; c < table.columns().size(); ++c) {
    if (std::find(layout.skip_columns.begin(), layout.skip_columns.end(), c) !=
        layout.skip_columns.end())
      continue;
    for (std::size_t r = 0; r < kept.size(); ++r)
      out.values(r, c - d.label_columns) = number_at(table, kept[r], c, out);
  }
  return out;
}

}  // namespace

bool has_label(std::span<const std::string> cells, const std::vector<std::string>& words) {
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
    return std::find(cells.begin(), cells.end(), word) != cells.end() || joined(cells) == word;
  });
}

std::vector<std::string> column_cells(const NumericTable& table, std::size_t c) {
  return cells_of(table.header, c);
}

NumericTable read_grid(const Source& text, const Description& d) { return read_from(text, d); }

NumericTable read_grid(const std::filesystem::path& path, const Description& d,
                       std::string_view member) {
  if (path.extension() == ".parquet") return read_parquet_table(path, d);
  const auto bytes = Source::open_bytes(path, member);
  const bool workbook = is_zip(bytes.text()) && Folder(bytes).contains("xl/workbook.xml");
  if (workbook) return read_from(Workbook::of(bytes).sheet(d.sheet), d);
  return read_from(Source::open(path, member), d);
}

std::vector<std::string> header_of(const std::filesystem::path& path, const Description& d) {
  try {
    if (path.extension() == ".parquet") {
      const auto table = read_parquet(path);
      std::vector<std::string> names;
      for (const auto& column : table.columns()) names.push_back(column.spec.name);
      return names;
    }
    const auto bytes = Source::open_bytes(path);
    const bool workbook = is_zip(bytes.text()) && Folder(bytes).contains("xl/workbook.xml");
    if (workbook) return read_header(Workbook::of(bytes).sheet(d.sheet), plain_layout(d)).front();
    return read_header(Source::open(path), plain_layout(d)).front();
  } catch (const Error&) {
    return {};  // not a table this description could read: the reader will say why
  }
}

}  // namespace stave
