#include "stave/formats/balance_file.hpp"

#include "stave/core/error.hpp"

#include <algorithm>
#include <map>
#include <unordered_map>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "long_csv.hpp"

namespace stave {
namespace {

constexpr std::size_t most_named_rows = 3;

/// The names of one side of a table.
class SideNames {
 public:
  SideNames(const Chain& chain, TableSide side, bool whole) : chain_(chain), side_(side) {
    for (const auto& node : chain.nodes()) add(node.id);
    if (!whole) return;
    if (side == TableSide::rows)
      for (const auto& row : chain.primary_rows()) add(row.code);
    else
      for (const auto& column : chain.final_columns())
        add(chain.regions()[column.region].code + "." + column.category);
  }

  [[nodiscard]] std::size_t size() const { return names_.size(); }
  [[nodiscard]] const std::string& operator[](std::size_t i) const { return names_[i]; }
  [[nodiscard]] std::optional<std::size_t> find(const std::string& name) const {
    const auto found = index_.find(name);
    if (found == index_.end()) return {};
    return found->second;
  }
  [[nodiscard]] std::size_t require(const LongCsv& in, std::string_view column) const {
    const auto& name = in.required_text(column);
    if (const auto found = find(name)) return *found;
    in.refuse(column, fmt::format("is not a {} of the table", what()), did_you_mean(name, names_),
              Errc::not_found);
  }
  /// Everything a word stands for: a name, all of a product, all of a category.
  [[nodiscard]] std::vector<std::size_t> meant(const LongCsv& in, std::string_view column) const {
    const auto& word = in.required_text(column);
    if (const auto found = find(word)) return {*found};
    std::vector<std::size_t> places;
    const auto product = chain_.products().find(word);
    for (std::size_t i = 0; i < chain_.size() && product; ++i)
      if (chain_.nodes()[i].product.at() == *product) places.push_back(i);
    if (side_ == TableSide::columns)
      for (std::size_t k = 0; k < chain_.final_columns().size(); ++k)
        if (chain_.final_columns()[k].category == word) places.push_back(chain_.size() + k);
    if (!places.empty()) return places;
    auto words = names_;
    for (const auto& item : chain_.products().items()) words.push_back(item.code);
    in.refuse(column, fmt::format("is neither a {} of the table nor a product", what()),
              did_you_mean(word, words), Errc::not_found);
  }

 private:
  void add(std::string name) {
    index_.emplace(name, names_.size());
    names_.push_back(std::move(name));
  }
  [[nodiscard]] std::string_view what() const {
    return side_ == TableSide::rows ? "row" : "column";
  }

  const Chain& chain_;
  TableSide side_;
  std::vector<std::string> names_;
  std::unordered_map<std::string, std::size_t> index_;
};

void demand_every_total(const SideNames& names, const NamedTotals& totals) {
  std::vector<std::string> missing;
  std::size_t count = 0;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (totals.lines[i] != 0) continue;
    if (++count <= most_named_rows) missing.push_back("'" + names[i] + "'");
  }
  if (count == 0) return;
  throw Error(Errc::bad_input,
              fmt::format("{}: has no row for {} of {}: {}{}", totals.file, count, names.size(),
                          fmt::join(missing, ", "), count > missing.size() ? " ..." : ""),
              "Every row and column of the table needs a total.");
}

// A part of the list by its code; [parts] when it is new.
std::size_t part_at(const std::vector<Item>& parts, const std::string& code) {
  return static_cast<std::size_t>(std::ranges::find(parts, code, &Item::code) - parts.begin());
}

std::size_t require_part(const LongCsv& in, std::string_view column,
                         const std::vector<Item>& parts) {
  const auto& code = in.required_text(column);
  const auto k = part_at(parts, code);
  if (k < parts.size()) return k;
  std::vector<std::string> codes;
  for (const auto& part : parts) codes.push_back(part.code);
  in.refuse(column, "is not a part of the sector", did_you_mean(code, codes), Errc::not_found);
}

double weight_in(const LongCsv& in) {
  const double weight = in.number("weight");
  if (!(weight >= 0)) in.refuse("weight", "is below 0");
  return weight;
}

}  // namespace

NamedTotals read_totals(const Chain& chain, TableSide side, bool whole,
                        const std::filesystem::path& path) {
  const SideNames names(chain, side, whole);
  LongCsv in(path, {"name", "value"}, {});
  NamedTotals totals{std::vector<double>(names.size()), std::vector<std::size_t>(names.size()),
                     in.file()};
  while (in.next_row()) {
    const auto i = names.require(in, "name");
    if (totals.lines[i] != 0)
      in.refuse("name", fmt::format("has a second total, the first in row {}", totals.lines[i]));
    totals.lines[i] = in.row();
    totals.values[i] = in.number("value");
  }
  demand_every_total(names, totals);
  return totals;
}

std::vector<NamedCell> read_cells(const Chain& chain, bool whole,
                                  const std::filesystem::path& path) {
  const SideNames rows(chain, TableSide::rows, whole);
  const SideNames columns(chain, TableSide::columns, whole);
  LongCsv in(path, {"row", "column"}, {"value"});
  std::vector<NamedCell> cells;
  std::map<std::pair<std::size_t, std::size_t>, std::size_t> met;
  while (in.next_row()) {
    NamedCell cell{rows.require(in, "row"), columns.require(in, "column"), {}};
    if (cell.row >= chain.size() && cell.column >= chain.size())
      in.refuse("column", "has no cell in a row of primary inputs");
    const auto [first, fresh] = met.try_emplace({cell.row, cell.column}, in.row());
    if (!fresh) in.refuse("column", fmt::format("is fixed twice, first in row {}", first->second));
    if (!in.text("value").empty()) cell.value = in.number("value");
    cells.push_back(cell);
  }
  return cells;
}

NamedParts read_parts(const Chain& chain, const std::filesystem::path& path) {
  LongCsv in(path, {"part", "share"}, {"name", "name_zh", "region"});
  struct Given {
    std::size_t part;
    std::optional<std::size_t> region;
    double share;
  };
  NamedParts result;
  std::vector<Given> given;
  while (in.next_row()) {
    const auto& code = in.required_text("part");
    const auto k = part_at(result.parts, code);
    if (k == result.parts.size()) result.parts.push_back({code, code, {}, {}, Kind::unknown});
    if (!in.text("name").empty()) result.parts[k].name = in.text("name");
    if (!in.text("name_zh").empty()) result.parts[k].name_zh = in.text("name_zh");
    const double share = in.number("share");
    if (!(share >= 0 && share <= 1))
      in.refuse("share", "is not a share from 0 to 1", "Shares of the sector's output sum to 1.");
    std::optional<std::size_t> region;
    if (const auto& name = in.text("region"); !name.empty()) {
      region = chain.regions().find(name);
      if (!region) {
        std::vector<std::string> codes;
        for (const auto& item : chain.regions().items()) codes.push_back(item.code);
        in.refuse("region", "is not a region of the chain", did_you_mean(name, codes),
                  Errc::not_found);
      }
    }
    for (const auto& g : given)
      if (g.part == k && g.region == region) in.refuse("part", "has a second share");
    given.push_back({k, region, share});
  }
  result.shares = Matrix(result.parts.size(), chain.regions().size());
  for (const bool own : {false, true})  // a region's own shares stand above those for all
    for (const auto& g : given)
      for (std::size_t r = 0; r < chain.regions().size(); ++r)
        if (own ? g.region == r : !g.region) result.shares(g.part, r) = g.share;
  return result;
}

PartWeights read_part_weights(const Chain& chain, TableSide side, const std::vector<Item>& parts,
                              const std::filesystem::path& path) {
  const std::string_view other = side == TableSide::columns ? "to" : "from";
  const SideNames names(chain, side, true);
  LongCsv in(path, {"part", std::string(other), "weight"}, {});
  PartWeights weights{Matrix(parts.size(), names.size()), {}};
  std::ranges::fill(weights.table.values(), 1);
  while (in.next_row()) {
    const auto k = require_part(in, "part", parts);
    const double weight = weight_in(in);
    if (const auto l = part_at(parts, in.text(other)); l < parts.size()) {
      if (weights.between.size() == 0) {
        weights.between = Matrix(parts.size(), parts.size());
        std::ranges::fill(weights.between.values(), 1);
      }
      (side == TableSide::columns ? weights.between(k, l) : weights.between(l, k)) = weight;
      continue;
    }
    for (const auto place : names.meant(in, other)) weights.table(k, place) = weight;
  }
  return weights;
}

}  // namespace stave
