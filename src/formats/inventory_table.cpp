// One exchange a row.

#include "stave/core/classification.hpp"
#include "stave/core/error.hpp"
#include "stave/formats/delimited.hpp"
#include "stave/formats/xlsx.hpp"
#include "stave/inventory/unit.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "formats/input.hpp"
#include "formats/inventory_reader.hpp"

namespace stave::reader {
namespace {

const std::vector<std::string> needed_columns{"activity", "kind", "flow", "amount", "unit"};
const std::vector<std::string> other_columns{
    "name",  "region",    "from",   "from_region", "compartment", "component",    "allocation",
    "price", "energy",    "share",  "sector",      "currency",    "distribution", "low",
    "high",  "deviation", "source", "quality",     "note"};

/// Rows of text under named columns, from either kind of file.
struct SheetRows {
  std::string file;
  std::vector<std::string> columns;
  std::vector<std::vector<std::string>> rows;
  std::vector<std::size_t> lines;
};

SheetRows rows_of_csv(const std::filesystem::path& path) {
  DelimitedReader in(Source::open(path));
  SheetRows table{.file = in.file(), .columns = {}, .rows = {}, .lines = {}};
  in.next_row();
  table.columns = in.texts();
  in.name_columns(table.columns);
  while (in.next_row()) {
    table.lines.push_back(in.row());
    table.rows.push_back(in.texts());
    in.end_row();
  }
  return table;
}

SheetRows rows_of_workbook(const std::filesystem::path& path) {
  const auto book = Workbook::open(path);
  const auto& names = book.sheet_names();
  const auto own = std::ranges::find(names, "inventory");
  const auto sheet = book.sheet(own == names.end() ? std::string() : *own);
  SheetRows table{.file = sheet.name(), .columns = {}, .rows = {}, .lines = {}};
  for (std::size_t r = 0; r < sheet.rows(); ++r) {
    if (sheet.is_empty_row(r)) continue;
    std::vector<std::string> cells;
    for (std::size_t c = 0; c < sheet.columns(); ++c) cells.push_back(sheet.text(r, c));
    if (table.columns.empty()) {
      while (!cells.empty() && cells.back().empty()) cells.pop_back();
      table.columns = cells;
    } else {
      cells.resize(table.columns.size());
      table.rows.push_back(std::move(cells));
      table.lines.push_back(r + 1);
    }
  }
  return table;
}

void check_columns(const SheetRows& table) {
  auto known = needed_columns;
  known.insert(known.end(), other_columns.begin(), other_columns.end());
  for (const auto& column : table.columns)
    if (std::ranges::count(known, column) == 0) {
      auto hint = did_you_mean(column, known);
      throw Error(Errc::bad_input,
                  fmt::format("{}: column '{}' is not known here", table.file, column),
                  hint.empty() ? fmt::format("Columns are {}.", fmt::join(known, ", ")) : hint);
    }
  for (const auto& column : needed_columns)
    if (std::ranges::count(table.columns, column) != 1)
      throw Error(Errc::bad_input,
                  fmt::format("{}: expected one column '{}', found {}", table.file, column,
                              std::ranges::count(table.columns, column)),
                  fmt::format("Columns are {}.", fmt::join(known, ", ")));
}

class TableInventory {
 public:
  TableInventory(const SheetRows& table, Inventory& inventory)
      : table_(table), inventory_(inventory) {}

  void read() {
    for (row_ = 0; row_ < table_.rows.size(); ++row_) {
      auto& activity = activity_of_row();
      const auto& kind = cell("kind");
      if (kind == "output")
        add_output(activity);
      else if (kind == "input")
        add_input(activity);
      else if (kind == "emission" || kind == "resource")
        add_emission(activity);
      else
        refuse("kind", "is none of output, input, emission and resource");
    }
  }

 private:
  const std::string& cell(std::string_view column) const {
    static const std::string empty;
    const auto at = std::ranges::find(table_.columns, column);
    if (at == table_.columns.end()) return empty;
    const auto c = static_cast<std::size_t>(at - table_.columns.begin());
    return c < table_.rows[row_].size() ? table_.rows[row_][c] : empty;
  }

  [[noreturn]] void refuse(const std::string& column, std::string_view expected,
                           std::string hint = {}) const {
    throw Error(Errc::bad_input,
                cell_message({table_.file, table_.lines[row_], column}, cell(column), expected),
                std::move(hint));
  }

  const std::string& required(const std::string& column) const {
    const auto& text = cell(column);
    if (text.empty()) refuse(column, "is empty");
    return text;
  }

  double number(const std::string& column, double fallback) const {
    const auto& text = cell(column);
    if (text.empty()) return fallback;
    const auto value = parse_number(text);
    if (!value) refuse(column, "is not a number", number_hint(text));
    return *value;
  }

  std::string unit() const {
    const auto& text = required("unit");
    if (!find_unit(text)) refuse("unit", "is no unit known", unit_hint(text));
    return text;
  }

  Activity& activity_of_row() {
    const auto& id = required("activity");
    const auto [at, fresh] = places_.try_emplace(id, inventory_.activities.size());
    if (fresh) {
      Activity a;
      a.id = a.name = id;
      a.place = fmt::format("{}:{}", table_.file, table_.lines[row_]);
      inventory_.activities.push_back(std::move(a));
    }
    auto& a = inventory_.activities[at->second];
    if (const auto& name = cell("name"); !name.empty()) a.name = name;
    if (const auto& region = cell("region"); !region.empty()) a.region = region;
    if (const auto& source = cell("source"); !source.empty() && a.source.empty()) a.source = source;
    if (const auto& word = cell("quality"); !word.empty()) a.quality = quality(word);
    if (const auto& rule = cell("allocation"); !rule.empty()) {
      const auto found = find_allocation_rule(rule);
      if (!found) refuse("allocation", "is no rule of allocation");
      a.allocation = *found;
    }
    return a;
  }

  Quality quality(const std::string& word) const {
    if (word == "estimated") return Quality::estimated;
    if (word == "illustrative") return Quality::illustrative;
    if (word != "measured") refuse("quality", "is none of measured, estimated and illustrative");
    return Quality::measured;
  }

  Amount amount(const Activity& a) {
    if (required("amount").empty()) return {};
    Amount result{number("amount", 0), -1};
    const auto& kind = cell("distribution");
    if (kind.empty()) return result;
    using Shape = Distribution::Shape;
    Distribution d;
    if (kind == "lognormal")
      d = {Shape::lognormal, {result.value, number("deviation", 0)}};
    else if (kind == "normal")
      d = {Shape::normal, {result.value, number("deviation", 0)}};
    else if (kind == "triangular")
      d = {Shape::triangular, {number("low", 0), result.value, number("high", 0)}};
    else if (kind == "uniform")
      d = {Shape::uniform, {number("low", 0), number("high", 0)}};
    else
      refuse("distribution", "is none of lognormal, normal, triangular and uniform");
    ImportTally tally;
    add_distribution(inventory_, a.id + ": " + cell("flow"), d, result, tally);
    if (tally.unsound > 0)
      refuse("distribution",
             "has no sound numbers: lognormal needs deviation above 1 (geometric), normal above 0, "
             "triangular low <= amount <= high, uniform low < high");
    return result;
  }

  void add_output(Activity& a) {
    ActivityOutput o{.product = required("flow"), .amount = amount(a), .unit = unit()};
    o.price = number("price", 0);
    o.energy = number("energy", 0);
    o.share = number("share", 0);
    a.outputs.push_back(std::move(o));
  }

  void add_input(Activity& a) {
    ActivityInput i{.product = required("flow"), .amount = amount(a), .unit = {}};
    i.component = cell("component");
    i.sector = cell("sector");
    if (i.sector.empty()) {
      i.unit = unit();
      i.from = cell("from");
      i.region = cell("from_region");
    } else {
      i.unit = cell("unit");
      i.price = {number("price", 0), -1};
      i.currency = required("currency");
    }
    a.inputs.push_back(std::move(i));
  }

  void add_emission(Activity& a) {
    auto compartment = cell("compartment");
    if (compartment.empty()) compartment = cell("kind") == "resource" ? "resource" : "air";
    a.emissions.push_back({required("flow"), compartment, amount(a), unit()});
  }

  const SheetRows& table_;
  Inventory& inventory_;
  std::size_t row_ = 0;
  std::map<std::string, std::size_t, std::less<>> places_;
};

}  // namespace

Inventory read_inventory_table(const std::filesystem::path& path) {
  const auto table =
      ends_with_folded(path.string(), ".xlsx") ? rows_of_workbook(path) : rows_of_csv(path);
  check_columns(table);
  Inventory inventory;
  inventory.name = inventory.title = path.stem().string();
  inventory.source = path.filename().string();
  inventory.factor_set = "AR6";
  TableInventory(table, inventory).read();
  return inventory;
}

}  // namespace stave::reader
