#include "described_items.hpp"

#include "stave/core/error.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace stave {
namespace {

Item named(const std::string& code, const ItemNames& names) {
  const auto found = names.items.find(code);
  return found == names.items.end() ? Item{code, "", "", "", Kind::unknown} : found->second;
}

std::size_t require(const std::vector<Item>& items, const std::string& code, const Description& d) {
  const auto found =
      std::find_if(items.begin(), items.end(), [&](const Item& item) { return item.code == code; });
  if (found != items.end()) return static_cast<std::size_t>(found - items.begin());
  std::vector<std::string> codes;
  for (const auto& item : items) codes.push_back(item.code);
  throw Error(Errc::bad_input,
              fmt::format("{}: sectors.goods: '{}' is not a sector of the table", d.file, code),
              did_you_mean(code, codes));
}

// "c1..c17" means both and all between them, in the order of the table.
void mark_goods(std::vector<Item>& items, const Description& d) {
  if (d.sectors.goods.empty()) return;
  for (auto& item : items)
    if (item.kind == Kind::unknown) item.kind = Kind::service;
  for (const auto& range : d.sectors.goods) {
    const auto dots = range.find("..");
    const auto first = require(items, range.substr(0, dots), d);
    const auto last = dots == std::string::npos ? first : require(items, range.substr(dots + 2), d);
    for (auto i = first; i <= last; ++i) items[i].kind = Kind::good;
  }
}

}  // namespace

Classification described_regions(const std::vector<Label>& rows, const std::vector<Label>& columns,
                                 const Description& d) {
  std::vector<Item> items;
  std::set<std::string> seen;
  const auto add = [&](const std::string& code) {
    if (!code.empty() && seen.insert(code).second) items.push_back(named(code, d.regions));
  };
  for (const auto& label : rows)
    if (label.role == Role::flow) add(label.region);
  for (const auto& label : columns)
    if (label.role == Role::flow || label.role == Role::final_use) add(label.region);
  if (d.imports) add(d.imports->region);
  return {"region", std::move(items)};
}

Classification described_products(const std::vector<Label>& rows, const Description& d) {
  std::vector<Item> items;
  std::set<std::string> seen;
  for (const auto& label : rows) {
    if (label.role != Role::flow || !seen.insert(label.sector).second) continue;
    auto item = named(label.sector, d.sectors);
    if (item.name.empty()) item.name = label.name;
    if (item.name_zh.empty()) item.name_zh = label.name_zh;
    items.push_back(std::move(item));
  }
  mark_goods(items, d);
  return {"product", std::move(items)};
}

}  // namespace stave
