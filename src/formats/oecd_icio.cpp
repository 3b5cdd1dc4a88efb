#include "stave/core/error.hpp"
#include "stave/formats/mrio.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "formats/input.hpp"
#include "formats/isic.hpp"
#include "formats/labels.hpp"
#include "formats/recognise.hpp"

namespace stave {
namespace {

using reader::Input;
using reader::Label;

constexpr auto total_labels = std::to_array<std::string_view>({"OUT", "OUTPUT", "TOTAL"});

bool is_total(const std::string& label) {
  return std::find(total_labels.begin(), total_labels.end(), label) != total_labels.end();
}

// "AUS_01T03" -> AUS, 01T03; without '_' the region stays empty.
Label split(const std::string& label) {
  const auto at = label.find('_');
  if (at == std::string::npos) return {{}, label};
  return {label.substr(0, at), label.substr(at + 1)};
}

// Which rows and columns of the file hold what.
struct Layout {
  std::vector<Label> nodes;
  std::vector<std::size_t> node_rows, node_columns;
  std::vector<Label> final_labels;
  std::vector<std::size_t> final_columns;
  std::vector<std::size_t> primary_rows;
  std::optional<std::size_t> output_row, output_column;
};

// (region, category) of "AUS_HFCE", of "HFCE_AUS" (2016) or of "DISC", which has no region.
Label final_label(const std::string& label, const std::set<std::string>& regions,
                  const std::set<std::string>& products, const std::string& file) {
  auto [first, second] = split(label);
  if (first.empty() || second.empty()) return {"DISC", label};
  const bool reversed = !regions.contains(first) && regions.contains(second);
  if (reversed) std::swap(first, second);
  const bool industry = second.front() >= '0' && second.front() <= '9';
  if (industry || products.contains(second))
    throw Error(Errc::bad_input,
                fmt::format("{}: there is a column '{}' but no such row", file, label),
                "The file may be cut short by an unfinished download.");
  return {first, second};
}

void require_unique(const std::vector<std::string>& labels, std::string_view what,
                    const std::string& file) {
  std::set<std::string_view> seen;
  for (const auto& label : labels)
    if (!seen.insert(label).second)
      throw Error(Errc::bad_input, fmt::format("{}: {} '{}' appears twice", file, what, label));
}

void place_columns(Layout& layout, const NumericTable& table) {
  std::set<std::string> regions;
  std::set<std::string> products;
  for (const auto& node : layout.nodes) {
    regions.insert(node.region);
    products.insert(node.item);
  }
  std::set<std::string> rows;
  for (const auto row : layout.node_rows) rows.insert(table.labels[row][0]);
  const auto& header = table.header.front();
  for (std::size_t j = 1; j < header.size(); ++j) {
    if (rows.contains(header[j])) {
      layout.node_columns.push_back(j - 1);
    } else if (is_total(header[j])) {
      layout.output_column = j - 1;
    } else {
      layout.final_labels.push_back(final_label(header[j], regions, products, table.file));
      layout.final_columns.push_back(j - 1);
    }
  }
}

Layout layout_of(const NumericTable& table) {
  const auto& header = table.header.front();
  const std::set<std::string> columns(header.begin() + 1, header.end());
  std::vector<std::string> rows;
  for (const auto& labels : table.labels) rows.push_back(labels[0]);
  require_unique(rows, "row", table.file);
  require_unique({header.begin() + 1, header.end()}, "column", table.file);
  Layout layout;
  for (std::size_t i = 0; i < table.labels.size(); ++i) {
    const auto& label = table.labels[i][0];
    if (is_total(label)) {
      layout.output_row = i;
    } else if (columns.contains(label)) {
      layout.nodes.push_back(split(label));
      layout.node_rows.push_back(i);
    } else {
      layout.primary_rows.push_back(i);
    }
  }
  if (layout.nodes.empty())
    throw Error(Errc::bad_input,
                fmt::format("{}: no row has the label of a column, as in 'AUS_01T03'", table.file));
  place_columns(layout, table);
  std::vector<Label> by_column;
  for (const auto j : layout.node_columns) by_column.push_back(split(header[j + 1]));
  reader::require_same_labels(by_column, layout.nodes, table.file, "column of flows");
  return layout;
}

Matrix block(const Matrix& values, const std::vector<std::size_t>& rows,
             const std::vector<std::size_t>& columns) {
  Matrix result(rows.size(), columns.size());
  for (std::size_t i = 0; i < rows.size(); ++i)
    for (std::size_t j = 0; j < columns.size(); ++j) result(i, j) = values(rows[i], columns[j]);
  return result;
}

struct Split {
  std::string_view part, whole, name, name_zh;
};
constexpr auto splits = std::to_array<Split>({
    {"MX1", "MEX", "Mexico, excluding global manufacturing", "墨西哥（全球制造以外）"},
    {"MX2", "MEX", "Mexico, global manufacturing", "墨西哥（全球制造）"},
    {"MX3", "MEX", "Mexico, part 3", "墨西哥（第三部分）"},
    {"CN1", "CHN", "China, excluding export processing", "中国（出口加工以外）"},
    {"CN2", "CHN", "China, export processing", "中国（出口加工）"},
    {"CN3", "CHN", "China, part 3", "中国（第三部分）"},
    {"CN4", "CHN", "China, part 4", "中国（第四部分）"},
});

// Parts and whole of a split economy go below one group; notes say so.
std::vector<Item> group_splits(std::vector<Item>& regions, std::vector<std::string>& notes) {
  std::vector<Item> groups;
  std::set<std::string_view> wholes;
  for (auto& region : regions)
    for (const auto& split : splits)
      if (region.code == split.part) {
        region.name = split.name;
        region.name_zh = split.name_zh;
        region.parent = fmt::format("{}+", split.whole);
        wholes.insert(split.whole);
      }
  for (const auto whole : wholes) {
    for (auto& region : regions)
      if (region.code == whole) region.parent = fmt::format("{}+", whole);
    const auto country = reader::country_name(whole);
    groups.push_back({fmt::format("{}+", whole),
                      fmt::format("{} with its parts", country.name),
                      fmt::format("{}（含各部分）", country.name_zh),
                      {},
                      Kind::unknown});
    notes.push_back(fmt::format(
        "{0} is split: the group '{0}+' holds it and its parts; the table gives final demand for "
        "the whole only.",
        whole));
  }
  return groups;
}

void set_reported_output(ChainParts& parts, const NumericTable& table, const Layout& layout) {
  if (!layout.output_column && !layout.output_row) return;
  for (std::size_t i = 0; i < layout.nodes.size(); ++i)
    parts.reported_output.push_back(layout.output_column
                                        ? table.values(layout.node_rows[i], *layout.output_column)
                                        : table.values(*layout.output_row, layout.node_columns[i]));
}

void set_primary(ChainParts& parts, const NumericTable& table, const Layout& layout) {
  for (const auto row : layout.primary_rows) {
    const auto& label = table.labels[row][0];
    const bool added = label == "VA" || label == "VALU";
    parts.primary_rows.push_back({label, added ? "Value added" : label, added ? "增加值" : ""});
  }
  parts.primary = block(table.values, layout.primary_rows, layout.node_columns);
  double on_final = 0;
  for (const auto row : layout.primary_rows)
    for (const auto column : layout.final_columns) on_final += table.values(row, column);
  if (on_final != 0)
    parts.info.notes.push_back(fmt::format(
        "Left out: taxes and value added on final use, {:.6g} million USD in total.", on_final));
}

ChainInfo icio_info(const std::string& file_name, const ImportOptions& options) {
  ChainInfo info;
  reader::set_identity(info, options, "oecd-icio", "OECD Inter-Country Input-Output table",
                       reader::year_in(file_name));
  info.title_zh = info.year == 0 ? "经合组织国家间投入产出表"
                                 : fmt::format("经合组织国家间投入产出表 {}", info.year);
  info.currency = "USD";
  info.unit = "million USD";
  info.classification = "OECD ICIO industries (ISIC)";
  info.source = "OECD, Inter-Country Input-Output Database, http://oe.cd/icio";
  info.licence = "OECD terms and conditions: free use with citation";
  info.notes.emplace_back("The file states no unit; the OECD publishes million USD.");
  return info;
}

Source open_icio(const Input& input, int year) {
  if (!input.folder()) return Source::open(input.path());
  const auto tables =
      input.members([](std::string_view base) { return reader::ends_with_folded(base, ".csv"); });
  if (tables.empty())
    throw Error(Errc::not_found, fmt::format("{} holds no csv file", input.name()));
  return input.folder()->text(reader::member_of_year(input, tables, year));
}

}  // namespace

Chain read_oecd_icio(const std::filesystem::path& path, const ImportOptions& options,
                     Progress& progress) {
  progress.report("reading the inter-country table", 0);
  const Input input(path);
  const auto source = open_icio(input, options.year);
  auto table = read_table(source);
  const auto layout = layout_of(table);
  ChainParts parts;
  const auto member = std::filesystem::path(source.name()).filename().string();
  parts.info = icio_info(member, options);
  auto labels = reader::label_parts(layout.nodes, layout.final_labels, table.file);
  for (auto& product : labels.products) product = reader::oecd_industry(product.code);
  for (auto& region : labels.regions)
    if (region.code == "DISC") region.name = "Discrepancy (no region)";
  auto groups = group_splits(labels.regions, parts.info.notes);
  reader::set_labels(parts, std::move(labels), std::move(groups));
  set_primary(parts, table, layout);
  set_reported_output(parts, table, layout);
  parts.final_use = block(table.values, layout.node_rows, layout.final_columns);
  parts.flows = FlowMatrix(block(table.values, layout.node_rows, layout.node_columns));
  if (table.empty_cells > 0)
    parts.info.notes.push_back(fmt::format("{} empty cells read as 0.", table.empty_cells));
  progress.check();
  return Chain(std::move(parts));
}

namespace reader {

std::string why_not_oecd_icio(const Input& input) {
  const auto is_icio = [](std::string_view base) {
    const auto name = folded(base);
    return (name.find("icio") != std::string::npos && name.ends_with(".csv")) ||
           name.ends_with("_sml.csv") || name.ends_with("_ext.csv");
  };
  if (input.folder() && input.members(is_icio).empty() &&
      folded(input.file_name()).find("icio") == std::string::npos)
    return "no ICIO*.csv, *_SML.csv or *_EXT.csv in it";
  if (!input.folder() && !ends_with_folded(input.file_name(), ".csv")) return "not a csv file";
  if (input.folder()) return {};
  const auto header = read_header(Source::open(input.path()), {});
  const auto& cells = header.front();
  const auto region_first = [](const std::string& cell) {
    return cell.size() > 4 && cell[3] == '_' &&
           std::all_of(cell.begin(), cell.begin() + 3,
                       [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); });
  };
  const bool fits =
      cells.size() > 2 && cells[0].size() <= 3 && region_first(cells[1]) && region_first(cells[2]);
  return fits ? "" : "its columns are not named as in AUS_01T03";
}

}  // namespace reader
}  // namespace stave
