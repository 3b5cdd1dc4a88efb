#pragma once
/// From the labels of a table to nodes, regions, products and final-use columns.

#include "stave/core/chain.hpp"

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace stave::reader {

/// Codes in the order of their first appearance, each once.
class CodeList {
 public:
  std::int32_t add(const std::string& code);
  [[nodiscard]] std::int32_t find(const std::string& code) const;  ///< -1 when unknown
  [[nodiscard]] const std::vector<std::string>& codes() const { return codes_; }
  [[nodiscard]] std::size_t size() const { return codes_.size(); }

 private:
  std::vector<std::string> codes_;
  std::unordered_map<std::string, std::int32_t> index_;
};

/// (region, product) of a row, or (region, category) of a final-use column.
struct Label {
  std::string region;
  std::string item;
  friend bool operator==(const Label&, const Label&) = default;
};

/// What a table's labels make: fill with `label_parts`, then adjust names and groups.
struct LabelParts {
  std::vector<Node> nodes;
  std::vector<FinalUseColumn> columns;
  std::vector<Item> regions;
  std::vector<Item> products;
};

/// Nodes in the order of `rows`, with ids "REGION.PRODUCT"; regions first of rows, then of columns.
/// Regions with an ISO code get their names in two languages.
/// @throws Error bad_input when a row or a column repeats, naming `file` and the label
[[nodiscard]] LabelParts label_parts(const std::vector<Label>& rows,
                                     const std::vector<Label>& columns, const std::string& file);
void set_labels(ChainParts& parts, LabelParts labels, std::vector<Item> region_groups = {});

/// Says in the notes how many products are neither marked good nor service: they count as goods.
void note_unknown_kinds(ChainParts& parts);

/// @throws Error bad_input when the labels are not the same, naming the first that differs
void require_same_labels(const std::vector<Label>& labels, const std::vector<Label>& expected,
                         const std::string& file, std::string_view what);

/// The one word of a final-use category that databases name differently, or the label itself.
[[nodiscard]] std::string final_category(std::string_view label);

/// "2011" anywhere in a file name, as the last group of exactly four digits 1900 .. 2100; else 0.
[[nodiscard]] int year_in(std::string_view file_name);

/// Names of a country by its ISO 3166 code of two or three letters; empty when unknown.
struct CountryName {
  std::string_view name;
  std::string_view name_zh;
};
[[nodiscard]] CountryName country_name(std::string_view code);

}  // namespace stave::reader
