#include "stave/formats/description.hpp"

#include "stave/core/classification.hpp"
#include "stave/core/error.hpp"
#include "stave/formats/delimited.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "toml_section.hpp"

namespace stave {
namespace {

constexpr std::int64_t most_rows = 1'000'000;

Kind kind_of(TomlSection& section) {
  const auto kind = section.text("kind");
  if (kind.empty()) return Kind::unknown;
  if (kind == "good") return Kind::good;
  if (kind != "service") section.refuse("kind", "\"good\" or \"service\"");
  return Kind::service;
}

// code,name,name_zh,kind: all but the code may be left out, in any order.
std::map<std::string, Item> names_from_csv(const std::filesystem::path& path) {
  DelimitedReader in(Source::open(path));
  in.next_row();
  in.name_columns(in.texts());
  std::map<std::string, Item> items;
  while (in.next_row()) {
    Item item;
    for (const auto& column : in.columns()) {
      const auto value = in.text();
      if (column == "code") item.code = value;
      if (column == "name") item.name = value;
      if (column == "name_zh") item.name_zh = value;
      if (column != "kind" || value.empty()) continue;
      if (value != "good" && value != "service") in.refuse(value, "is neither good nor service");
      item.kind = value == "good" ? Kind::good : Kind::service;
    }
    in.end_row();
    if (item.code.empty() || !items.emplace(item.code, item).second)
      throw Error(Errc::bad_input,
                  fmt::format("{}:{}: code '{}' {}", in.file(), in.row(), item.code,
                              item.code.empty() ? "is empty" : "appears twice"),
                  "A names file has columns code, name, name_zh and kind.");
  }
  return items;
}

// A description may come from somebody else: it names no file but those it came with.
std::filesystem::path beside(const TomlSection& section, std::string_view key,
                             const std::filesystem::path& folder, const std::string& name) {
  if (std::filesystem::path(name).filename() != name || name == "." || name == "..")
    section.refuse(key, "the name of a file beside the description, without a folder");
  return folder / name;
}

ItemNames names_of(TomlSection& file, std::string_view key, const std::filesystem::path& folder) {
  ItemNames names;
  auto section = file.section(key);
  if (!section) return names;
  names.goods = section->texts("goods");
  const auto csv = section->text("names_file");
  if (!csv.empty()) names.items = names_from_csv(beside(*section, "names_file", folder, csv));
  if (auto inside = section->section("names"))
    for (auto& [code, entry] : inside->all_sections()) {
      names.items[code] = {code, entry.text("name"), entry.text("zh"), {}, kind_of(entry)};
      entry.finish();
    }
  section->finish();
  return names;
}

LabelRule labels_of(TomlSection& file, std::string_view key, bool rows) {
  LabelRule rule;
  auto section = file.section(key);
  if (!section) return rule;
  rule.sector = section->text_or_number("sector", rule.sector);
  rule.region = section->text_or_number("region");
  rule.separator = section->text("separator");
  rule.fixed_region = section->text("fixed_region");
  rule.region_codes = section->text_map("region_codes");
  rule.fill = section->boolean("fill", false);
  if (rows) {
    rule.name = section->text_or_number("name");
    rule.name_zh = section->text_or_number("name_zh");
  }
  section->finish();
  const int ways = (rule.region.empty() ? 0 : 1) + (rule.separator.empty() ? 0 : 1) +
                   (rule.fixed_region.empty() ? 0 : 1);
  if (ways != 1)
    file.refuse(key, "exactly one of region, separator and fixed_region, to tell the region by");
  return rule;
}

double sign_of(TomlSection& section) {
  return static_cast<double>(section.integer("sign", 1, -1, 1));
}

void read_final_use(TomlSection& file, Description& d) {
  const auto* node = file.find("final_use");
  if (node != nullptr && node->is_string()) {
    d.derive_final_use = true;
    if (file.text("final_use") != "derive")
      file.refuse("final_use", "\"derive\", or tables [[final_use]]");
    return;
  }
  for (auto& section : file.sections("final_use")) {
    d.final_use.push_back({section.required_text("column"), section.required_text("category"),
                           section.text("region"), sign_of(section)});
    section.finish();
  }
}

void read_primary(TomlSection& file, Description& d) {
  for (auto& section : file.sections("primary_input")) {
    PrimaryRule rule;
    rule.row = section.text("row");
    rule.balance_region = section.text("balance_region");
    rule.input = {section.text("code", rule.row), section.required_text("name"),
                  section.text("zh")};
    rule.sign = sign_of(section);
    if (rule.row.empty() == rule.balance_region.empty())
      section.refuse("row", "the label of a row, or balance_region in its place");
    if (rule.input.code.empty()) section.refuse("code", "a text in quotes, not empty");
    section.finish();
    d.primary.push_back(std::move(rule));
  }
}

void read_imports(TomlSection& file, Description& d) {
  auto section = file.section("imports");
  if (!section) return;
  ImportRule rule;
  rule.column = section->required_text("column");
  rule.region = section->text("region", rule.region);
  const auto treatment = section->text("treatment", "proportional");
  if (treatment != "proportional" && treatment != "final_use")
    section->refuse("treatment", "\"proportional\" or \"final_use\"");
  if (treatment == "final_use") rule.treatment = ImportRule::Treatment::final_use;
  section->finish();
  d.imports = rule;
}

void read_recipe_rule(TomlSection& file, Description& d, const std::filesystem::path& folder) {
  auto section = file.section("recipe");
  if (!section) return;
  d.recipe = beside(*section, "file", folder, section->required_text("file"));
  d.recipe_skip_unknown = section->boolean("skip_unknown", false);
  section->finish();
}

void read_info(TomlSection& file, Description& d) {
  d.info.name = file.required_text("name");
  d.info.title = file.text("title", d.info.name);
  d.info.title_zh = file.text("title_zh");
  d.info.year = static_cast<int>(file.integer("year", 0, 0, 9999));
  d.info.currency = file.text("currency");
  d.info.unit = file.required_text("unit");
  d.info.classification = file.text("classification");
  d.info.source = file.text("source");
  d.info.licence = file.text("licence");
  d.info.notes = file.texts("notes");
}

void read_layout(TomlSection& file, Description& d) {
  if (auto section = file.section("recognise")) {
    d.file_patterns = section->texts("file");
    d.header_cells = section->texts("header");
    section->finish();
  }
  if (auto section = file.section("layout")) {
    const auto separator = section->text("separator");
    if (separator.size() > 1) section->refuse("separator", "one character");
    d.separator = separator.empty() ? '\0' : separator.front();
    d.skip_lines = static_cast<std::size_t>(section->integer("skip_lines", 0, 0, most_rows));
    d.header_rows = static_cast<std::size_t>(section->integer("header_rows", 1, 1, 20));
    d.label_columns = static_cast<std::size_t>(section->integer("label_columns", 1, 1, 20));
    d.sheet = section->text("sheet");
    d.missing = section->texts("missing");
    section->finish();
  }
  if (auto section = file.section("output")) {
    d.output_column = section->text("column");
    d.output_row = section->text("row");
    d.output_regions = section->texts("regions");
    section->finish();
  }
  if (auto section = file.section("skip")) {
    d.skip_rows = section->texts("rows");
    d.skip_columns = section->texts("columns");
    section->finish();
  }
}

}  // namespace

Description parse_description(const std::string& name, std::string_view text,
                              const std::filesystem::path& folder) {
  const auto table = parse_toml(name, text);
  TomlSection file(name, "", table);
  Description d;
  d.file = name;
  read_info(file, d);
  read_layout(file, d);
  d.rows = labels_of(file, "rows", true);
  d.columns = labels_of(file, "columns", false);
  read_final_use(file, d);
  read_primary(file, d);
  read_imports(file, d);
  d.regions = names_of(file, "regions", folder);
  d.sectors = names_of(file, "sectors", folder);
  read_recipe_rule(file, d, folder);
  file.finish();
  if (!table.contains("rows")) file.refuse("rows", "a table [rows]: how their labels split");
  if (!table.contains("columns"))
    file.refuse("columns", "a table [columns]: how their labels split");
  if (d.derive_final_use && d.output_column.empty() && d.output_row.empty())
    file.refuse("output", "a column or row of output, which final use is to be derived from");
  if (!d.derive_final_use && d.final_use.empty())
    file.refuse("final_use", "tables [[final_use]], or final_use = \"derive\"");
  return d;
}

Description load_description(const std::filesystem::path& path) {
  const auto source = Source::open(path);
  return parse_description(path.string(), source.text(), path.parent_path());
}

}  // namespace stave
