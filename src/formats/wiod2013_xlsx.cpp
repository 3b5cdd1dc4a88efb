#include "stave/core/error.hpp"
#include "stave/formats/mrio.hpp"
#include "stave/formats/xlsx.hpp"

#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "formats/input.hpp"
#include "formats/labels.hpp"
#include "formats/recognise.hpp"

namespace stave {
namespace {

using reader::Input;
using reader::Label;

// Rows and columns of the sheet, from 0: code, name, region and number of a sector stand in rows 2
// to 5 above the numbers and in columns 0 to 3 to their left.
constexpr std::size_t name_row = 3;
constexpr std::size_t region_row = 4;
constexpr std::size_t number_row = 5;
constexpr std::size_t first_row = 6;
constexpr std::size_t name_column = 1;
constexpr std::size_t region_column = 2;
constexpr std::size_t number_column = 3;
constexpr std::size_t first_column = 4;

struct SheetLayout {
  std::vector<Label> nodes;
  std::map<std::string, std::string> sector_names;
  std::vector<std::size_t> node_columns;  ///< node i stands in row first_row + i
  std::vector<Label> final_labels;
  std::vector<std::size_t> final_columns;
  std::vector<std::size_t> primary_rows;
  std::size_t output_row = 0;
};

// Early years write ROM for Romania.
std::string region_code(const std::string& label) { return label == "ROM" ? "ROU" : label; }

void place_rows(SheetLayout& layout, const Sheet& sheet) {
  std::size_t row = first_row;
  for (; row < sheet.rows(); ++row) {
    const auto region = sheet.text(row, region_column);
    if (region.empty() || region == "TOT") break;
    const auto sector = sheet.text(row, number_column);
    layout.nodes.push_back({region_code(region), sector});
    layout.sector_names.emplace(sector, sheet.text(row, name_column));
  }
  for (; row < sheet.rows(); ++row) {
    const auto number = sheet.text(row, number_column);
    if (number == "r69") {
      layout.output_row = row;
    } else if (number != "r60" && !sheet.text(row, name_column).empty()) {
      layout.primary_rows.push_back(row);
    }
  }
}

void place_columns(SheetLayout& layout, const Sheet& sheet) {
  const auto n = layout.nodes.size();
  std::vector<Label> labels;
  for (std::size_t j = first_column; j < sheet.columns(); ++j) {
    const auto region = region_code(sheet.text(region_row, j));
    if (labels.size() < n) {
      labels.push_back({region, sheet.text(number_row, j)});
      layout.node_columns.push_back(j);
    } else if (!region.empty() && region != "TOT") {
      layout.final_labels.push_back({region, sheet.text(name_row, j)});
      layout.final_columns.push_back(j);
    }
  }
  reader::require_same_labels(labels, layout.nodes, sheet.name(), "column");
}

SheetLayout layout_of(const Sheet& sheet) {
  SheetLayout layout;
  place_rows(layout, sheet);
  if (layout.nodes.empty())
    throw Error(Errc::bad_input,
                fmt::format("{}: no sectors from row {} on", sheet.name(), first_row + 1),
                "Expected the layout of a WIOD 2013 table: labels in rows 3 to 6, columns A to D.");
  place_columns(layout, sheet);
  if (layout.output_row == 0)
    throw Error(Errc::bad_input, fmt::format("{}: no row 'r69' (output)", sheet.name()),
                "The file may be cut short by an unfinished download.");
  return layout;
}

Matrix cells(const Sheet& sheet, const std::vector<std::size_t>& rows,
             const std::vector<std::size_t>& columns) {
  Matrix result(rows.size(), columns.size());
  for (std::size_t i = 0; i < rows.size(); ++i)
    for (std::size_t j = 0; j < columns.size(); ++j)
      result(i, j) = sheet.number(rows[i], columns[j]);
  return result;
}

void set_primary(ChainParts& parts, const Sheet& sheet, const SheetLayout& layout) {
  for (const auto row : layout.primary_rows) {
    const auto number = sheet.text(row, number_column);
    const auto name = sheet.text(row, name_column);
    parts.primary_rows.push_back({number.empty() ? name : number, name, {}});
  }
  parts.primary = cells(sheet, layout.primary_rows, layout.node_columns);
  double on_final = 0;
  const auto left_out = cells(sheet, layout.primary_rows, layout.final_columns);
  for (const double v : left_out.values()) on_final += v;
  if (on_final != 0)
    parts.info.notes.push_back(fmt::format(
        "Left out: taxes, margins and purchases abroad of final use, {:.6g} million USD in total.",
        on_final));
  for (const auto column : layout.node_columns)
    parts.reported_output.push_back(sheet.number(layout.output_row, column));
}

ChainInfo wiod_info(const Sheet& sheet, const Input& input, const ImportOptions& options) {
  ChainInfo info;
  int year = reader::year_in(sheet.text(0, 0));
  if (year == 0) year = reader::year_in(input.file_name());
  reader::set_identity(info, options, "wiod2013", "World input-output table (WIOD 2013)", year);
  info.title_zh = fmt::format("世界投入产出表（WIOD 2013）{}", info.year);
  info.currency = "USD";
  info.unit = "million USD";
  info.classification = "WIOD 2013, 35 industries (NACE 1)";
  info.source =
      "Timmer, Dietzenbacher, Los, Stehrer, de Vries (2015), Review of International Economics "
      "23(3), 575-605; WIOD, release of November 2013";
  info.licence = "CC BY 4.0";
  return info;
}

void name_products(reader::LabelParts& labels, const SheetLayout& layout) {
  static constexpr int last_good = 17;  // c17 is electricity, gas and water; c18 construction
  for (auto& product : labels.products) {
    product.name = layout.sector_names.at(product.code);
    const auto number = parse_number(std::string_view(product.code).substr(1));
    if (product.code.starts_with('c') && number)
      product.kind = *number <= last_good ? Kind::good : Kind::service;
  }
}

}  // namespace

Chain read_wiod2013_xlsx(const std::filesystem::path& path, const ImportOptions& options,
                         Progress& progress) {
  const Input input(path);
  progress.report("reading the workbook", 0);
  const auto sheet = Workbook::open(path).sheet();
  const auto layout = layout_of(sheet);
  ChainParts parts;
  parts.info = wiod_info(sheet, input, options);
  auto labels = reader::label_parts(layout.nodes, layout.final_labels, sheet.name());
  name_products(labels, layout);
  for (auto& region : labels.regions)
    if (region.code == "RoW") {
      region.name = "Rest of the world";
      region.name_zh = "世界其他地区";
    }
  reader::set_labels(parts, std::move(labels));
  std::vector<std::size_t> rows;
  for (std::size_t i = 0; i < layout.nodes.size(); ++i) rows.push_back(first_row + i);
  parts.flows = FlowMatrix(cells(sheet, rows, layout.node_columns));
  parts.final_use = cells(sheet, rows, layout.final_columns);
  set_primary(parts, sheet, layout);
  return Chain(std::move(parts));
}

namespace reader {

std::string why_not_wiod2013_xlsx(const Input& input) {
  const auto name = folded(input.file_name());
  if (!name.ends_with(".xlsx")) return "not an xlsx file";
  return name.starts_with("wiot") ? "" : "its name does not begin with wiot";
}

}  // namespace reader
}  // namespace stave
