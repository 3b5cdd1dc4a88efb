#include "stave/core/error.hpp"

#include <array>
#include <cmath>
#include <limits>
#include <unordered_map>
#include <unordered_set>

#include <fmt/format.h>

#include "store/label_tables.hpp"

namespace stave::store {
namespace {

[[noreturn]] void refuse(const Table& table, std::size_t row, const std::string& why) {
  throw Error(Errc::bad_input, fmt::format("table '{}', row {}: {}", table.name(), row + 1, why));
}

void require_numbered(const Table& table) {
  const auto& numbers = table.integers("number");
  for (std::size_t i = 0; i < numbers.size(); ++i)
    if (numbers[i] != static_cast<std::int64_t>(i))
      refuse(table, i, fmt::format("number is {}, expected {}", numbers[i], i));
}

// Positions by code. Classification::find also takes names; a reference is a code and nothing else.
class Codes {
 public:
  explicit Codes(const Classification& classification) : what_(classification.what()) {
    for (std::size_t i = 0; i < classification.size(); ++i)
      index_.emplace(classification[i].code, i);
  }
  [[nodiscard]] std::size_t require(const std::string& code, const Table& table,
                                    std::size_t row) const {
    const auto found = index_.find(code);
    if (found == index_.end())
      refuse(table, row, fmt::format("'{}' is not in table '{}'", code, what_));
    return found->second;
  }

 private:
  std::string what_;
  std::unordered_map<std::string, std::size_t> index_;
};

// The value of an enumeration whose to_string gives this word.
template <class Enum, std::size_t count>
Enum require_word(const std::array<Enum, count>& all, const std::string& word, const Table& table,
                  std::size_t row) {
  for (const auto value : all)
    if (to_string(value) == word) return value;
  std::string known;
  for (const auto value : all)
    known += fmt::format("{}{}", known.empty() ? "" : ", ", to_string(value));
  refuse(table, row, fmt::format("'{}' is none of {}", word, known));
}

constexpr std::array all_kinds = {Kind::unknown, Kind::good, Kind::service};
constexpr std::array all_qualities = {Quality::measured, Quality::estimated, Quality::illustrative};
constexpr std::array all_needs = {Need::none, Need::non_essential, Need::essential};

}  // namespace

ChainInfo info_of(const Table& chain, const Table& notes) {
  if (chain.rows() != 1)
    throw Error(Errc::bad_input,
                fmt::format("table 'chain' has {} rows, expected 1", chain.rows()));
  const auto text = [&](std::string_view column) { return chain.texts(column).front(); };
  ChainInfo info;
  info.name = text("name");
  info.title = text("title");
  info.title_zh = text("title_zh");
  const auto year = chain.integers("year").front();
  if (year < 0 || year > std::numeric_limits<std::int16_t>::max())
    refuse(chain, 0, fmt::format("year is {}", year));
  info.year = static_cast<int>(year);
  info.currency = text("currency");
  info.unit = text("unit");
  info.classification = text("classification");
  info.source = text("source");
  info.licence = text("licence");
  require_numbered(notes);
  info.notes = notes.texts("note");
  return info;
}

Classification classification_of(const Table& table) {
  require_numbered(table);
  const bool has_kind = table.columns().back().spec.name == "kind";
  std::vector<Item> items;
  std::vector<Item> groups;
  for (std::size_t i = 0; i < table.rows(); ++i) {
    const bool is_group = table.integers("is_group")[i] == 1;
    if (!is_group && !groups.empty()) refuse(table, i, "stands behind a group");
    auto& item = (is_group ? groups : items).emplace_back();
    item.code = table.texts("code")[i];
    item.name = table.texts("name")[i];
    item.name_zh = table.texts("name_zh")[i];
    item.parent = table.texts("parent")[i];
    if (has_kind) item.kind = require_word(all_kinds, table.texts("kind")[i], table, i);
  }
  try {
    return {table.name(), std::move(items), std::move(groups)};
  } catch (const Error& error) {
    throw Error(error.code(), fmt::format("table '{}': {}", table.name(), error.what()),
                error.hint());
  }
}

std::vector<Node> nodes_of(const Table& table, const Classification& regions,
                           const Classification& products) {
  require_numbered(table);
  const Codes region_codes(regions);
  const Codes product_codes(products);
  const auto& region = table.texts("region");
  const auto& product = table.texts("product");
  std::unordered_set<std::string_view> seen;
  std::vector<Node> nodes(table.rows());
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const auto& id = table.texts("id")[i];
    if (id.empty()) refuse(table, i, "the id is empty");
    if (!seen.insert(id).second) refuse(table, i, fmt::format("id '{}' appears twice", id));
    nodes[i] = {id,
                table.texts("name")[i],
                table.texts("name_zh")[i],
                RegionId(region_codes.require(region[i], table, i)),
                ProductId(product_codes.require(product[i], table, i)),
                table.texts("enterprise")[i]};
  }
  return nodes;
}

std::vector<FinalUseColumn> final_columns_of(const Table& table, const Classification& regions) {
  require_numbered(table);
  const Codes codes(regions);
  std::vector<FinalUseColumn> columns;
  for (std::size_t i = 0; i < table.rows(); ++i)
    columns.push_back(
        {RegionId(codes.require(table.texts("region")[i], table, i)), table.texts("category")[i]});
  return columns;
}

std::vector<PrimaryInput> primary_rows_of(const Table& table) {
  require_numbered(table);
  std::vector<PrimaryInput> rows;
  for (std::size_t i = 0; i < table.rows(); ++i)
    rows.push_back({table.texts("code")[i], table.texts("name")[i], table.texts("name_zh")[i]});
  return rows;
}

std::vector<Stressor> stressor_rows_of(const Table& table) {
  require_numbered(table);
  std::vector<Stressor> rows;
  for (std::size_t i = 0; i < table.rows(); ++i)
    rows.push_back({table.texts("name")[i], table.texts("name_zh")[i], table.texts("unit")[i],
                    require_word(all_qualities, table.texts("quality")[i], table, i),
                    table.texts("note")[i]});
  return rows;
}

std::vector<Attribute> attributes_of(const Table& table, std::size_t size) {
  require_numbered(table);
  std::vector<Attribute> attributes;
  for (std::size_t i = 0; i < table.rows(); ++i)
    attributes.push_back({table.texts("name")[i], table.texts("unit")[i],
                          std::vector<double>(size, std::numeric_limits<double>::quiet_NaN())});
  return attributes;
}

void fill_region_attributes(std::vector<Attribute>& attributes, const Table& table,
                            const Classification& regions) {
  const Codes codes(regions);
  for (std::size_t i = 0; i < table.rows(); ++i) {
    const auto a = table.integers("attribute")[i];
    if (a < 0 || static_cast<std::size_t>(a) >= attributes.size())
      refuse(table, i, fmt::format("attribute {} is not in table 'region_attribute_row'", a));
    const auto region = codes.require(table.texts("region")[i], table, i);
    auto& cell = attributes[static_cast<std::size_t>(a)].values[region];
    if (!std::isnan(cell))
      refuse(table, i, fmt::format("attribute {} of '{}' appears twice", a, regions[region].code));
    cell = table.reals("value")[i];
  }
}

std::vector<double> reported_output_of(const Table& table, std::size_t n) {
  const auto& nodes = table.integers("node");
  if (!nodes.empty() && nodes.size() != n)
    throw Error(Errc::bad_input,
                fmt::format("table 'reported_output' has {} rows for {} nodes", nodes.size(), n));
  std::vector<double> output(nodes.size());
  std::vector<bool> seen(nodes.size());
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const auto node = static_cast<std::size_t>(nodes[i]);
    if (node >= n || seen[node])
      refuse(table, i,
             fmt::format("node {} {}", nodes[i],
                         node >= n ? "is not in table 'node'" : "appears twice"));
    seen[node] = true;
    output[node] = table.reals("value")[i];
  }
  return output;
}

std::optional<Recipe> recipe_of(const Table& chain, const Table& recipe,
                                const Classification& products) {
  const auto& rule = chain.texts("recipe_rule").front();
  if (rule.empty()) {
    if (recipe.rows() > 0) refuse(chain, 0, "recipe_rule is empty, but table 'recipe' is not");
    return std::nullopt;
  }
  auto result =
      rule == "goods" ? Recipe(products) : Recipe::uniform(require_word(all_needs, rule, chain, 0));
  const Codes codes(products);
  for (std::size_t i = 0; i < recipe.rows(); ++i) {
    const ProductId input(codes.require(recipe.texts("input")[i], recipe, i));
    const ProductId user(codes.require(recipe.texts("used_by")[i], recipe, i));
    if (result.exceptions().contains({input, user})) refuse(recipe, i, "the pair appears twice");
    result.set(input, user, require_word(all_needs, recipe.texts("need")[i], recipe, i));
  }
  return result;
}

}  // namespace stave::store
