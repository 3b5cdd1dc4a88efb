#include "formats/labels.hpp"

#include "stave/core/error.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

#include <fmt/format.h>

namespace stave::reader {
namespace {

std::string lower(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(),
                 [](unsigned char c) { return c < 128 ? std::tolower(c) : c; });
  return result;
}

std::vector<Item> region_items(const CodeList& codes) {
  std::vector<Item> items;
  for (const auto& code : codes.codes()) {
    const auto country = country_name(code);
    const auto name = country.name.empty() ? code : std::string(country.name);
    items.push_back({code, name, std::string(country.name_zh), {}, Kind::unknown});
  }
  return items;
}

// The first of these a label contains names its category; the narrower ones come first.
constexpr auto category_words = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"npish", "non-profit institutions"},
    {"non-profit", "non-profit institutions"},
    {"household", "households"},
    {"government", "government"},
    {"valuables", "valuables"},
    {"inventor", "inventories"},
    {"fixed capital formation", "capital"},
    {"gross capital formation", "capital"},
    {"direct purchases abroad", "direct purchases abroad"},
});
constexpr auto category_codes = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"hfce", "households"},
    {"npish", "non-profit institutions"},
    {"nps", "non-profit institutions"},
    {"ggfc", "government"},
    {"gfcf", "capital"},
    {"invnt", "inventories"},
    {"inv", "inventories"},
    {"dirp", "direct purchases abroad"},
    {"p33", "direct purchases abroad"},
    {"dpabr", "direct purchases abroad"},
    {"disc", "discrepancy"},
    {"export", "exports"},
    {"exports", "exports"},
    {"exports: total (fob)", "exports"},
    {"changes in inventories and valuables", "inventories"},
});

}  // namespace

std::int32_t CodeList::add(const std::string& code) {
  const auto [found, fresh] = index_.try_emplace(code, static_cast<std::int32_t>(codes_.size()));
  if (fresh) codes_.push_back(code);
  return found->second;
}

std::int32_t CodeList::find(const std::string& code) const {
  const auto found = index_.find(code);
  return found == index_.end() ? -1 : found->second;
}

LabelParts label_parts(const std::vector<Label>& rows, const std::vector<Label>& columns,
                       const std::string& file) {
  CodeList regions;
  CodeList products;
  CodeList ids;
  LabelParts parts;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto& [region, product] = rows[i];
    if (region.empty() || product.empty())
      throw Error(Errc::bad_input, fmt::format("{}: label {} of {} lacks its {}", file, i + 1,
                                               rows.size(), region.empty() ? "region" : "product"));
    auto id = fmt::format("{}.{}", region, product);
    if (static_cast<std::size_t>(ids.add(id)) != i)
      throw Error(Errc::bad_input,
                  fmt::format("{}: '{}' appears twice among the rows of flows", file, id));
    parts.nodes.push_back({std::move(id),
                           {},
                           {},
                           RegionId(regions.add(region)),
                           ProductId(products.add(product)),
                           {}});
  }
  for (const auto& [region, category] : columns) {
    if (region.empty())
      throw Error(Errc::bad_input,
                  fmt::format("{}: final use '{}' lacks its region", file, category));
    parts.columns.push_back({RegionId(regions.add(region)), final_category(category)});
  }
  parts.regions = region_items(regions);
  for (const auto& code : products.codes())
    parts.products.push_back({code, code, {}, {}, Kind::unknown});
  return parts;
}

void set_labels(ChainParts& parts, LabelParts labels, std::vector<Item> region_groups) {
  parts.nodes = std::move(labels.nodes);
  parts.final_columns = std::move(labels.columns);
  parts.regions = Classification("region", std::move(labels.regions), std::move(region_groups));
  parts.products = Classification("product", std::move(labels.products));
}

void note_unknown_kinds(ChainParts& parts) {
  const auto& items = parts.products.items();
  const auto unknown = std::count_if(items.begin(), items.end(),
                                     [](const Item& item) { return item.kind == Kind::unknown; });
  if (unknown > 0)
    parts.info.notes.push_back(fmt::format(
        "{} of {} products are marked neither good nor service; they count as goods, which are "
        "essential inputs of goods.",
        unknown, items.size()));
}

void require_same_labels(const std::vector<Label>& labels, const std::vector<Label>& expected,
                         const std::string& file, std::string_view what) {
  const auto at = std::mismatch(labels.begin(), labels.end(), expected.begin(), expected.end());
  if (at.first == labels.end() && at.second == expected.end()) return;
  const auto shown = [](auto label, auto end) {
    return label == end ? std::string("nothing")
                        : fmt::format("'{}' '{}'", label->region, label->item);
  };
  throw Error(Errc::bad_input,
              fmt::format("{}: {} {} is {}, expected {}", file, what, at.first - labels.begin() + 1,
                          shown(at.first, labels.end()), shown(at.second, expected.end())),
              "The files of one table list the same labels in the same order.");
}

std::string final_category(std::string_view label) {
  const auto text = lower(label);
  for (const auto& [code, word] : category_codes)
    if (text == code) return std::string(word);
  for (const auto& [part, word] : category_words)
    if (text.find(part) != std::string::npos) return std::string(word);
  return std::string(label);
}

int year_in(std::string_view file_name) {
  int year = 0;
  for (std::size_t i = 0; i < file_name.size();) {
    std::size_t end = i;
    while (end < file_name.size() && file_name[end] >= '0' && file_name[end] <= '9') ++end;
    if (end - i == 4) {
      const int value = std::stoi(std::string(file_name.substr(i, 4)));
      if (value >= 1900 && value <= 2100) year = value;
    }
    i = std::max(end, i + 1);
  }
  return year;
}

}  // namespace stave::reader
