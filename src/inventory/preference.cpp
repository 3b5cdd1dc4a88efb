#include "stave/inventory/preference.hpp"

#include "stave/core/classification.hpp"
#include "stave/core/error.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace stave {
namespace {

std::string_view without_blanks(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\n") - first + 1);
}

struct Preference {
  std::string product;
  std::string activity;
};

std::vector<Preference> preferences_in(std::string_view words) {
  std::vector<Preference> list;
  while (!words.empty()) {
    const auto end = std::min(words.find(','), words.size());
    const auto word = without_blanks(words.substr(0, end));
    words.remove_prefix(std::min(end + 1, words.size()));
    if (word.empty()) continue;
    const auto sign = word.find('=');
    Preference p;
    if (sign != std::string_view::npos)
      p = {std::string(without_blanks(word.substr(0, sign))),
           std::string(without_blanks(word.substr(sign + 1)))};
    if (p.product.empty() || p.activity.empty())
      throw Error(Errc::bad_input, fmt::format("'{}' does not say who is preferred", word),
                  "PRODUCT=ACTIVITY, separated by commas: \"electricity=grid Yunnan\".");
    list.push_back(std::move(p));
  }
  return list;
}

/// Ids of those who make the product; all products of the inventory where nobody does.
struct MakersFound {
  std::vector<std::string> ids;
  std::vector<std::string> products;
};

MakersFound makers_in(const Inventory& inventory, const std::string& product) {
  MakersFound found;
  for (const auto& activity : inventory.activities)
    for (const auto& output : activity.outputs) {
      if (output.product == product) found.ids.push_back(activity.id);
      found.products.push_back(output.product);
    }
  return found;
}

void require_maker(const Inventory& inventory, const Preference& p) {
  const auto makers = makers_in(inventory, p.product);
  if (makers.ids.empty())
    throw Error(Errc::not_found,
                fmt::format("'{}={}': nobody makes '{}' in {}", p.product, p.activity, p.product,
                            inventory.name),
                did_you_mean(p.product, makers.products));
  if (std::ranges::count(makers.ids, p.activity) > 0) return;
  const auto near = did_you_mean(p.activity, makers.ids);
  const auto most = std::min<std::size_t>(makers.ids.size(), 30);
  throw Error(
      Errc::not_found,
      fmt::format("'{}={}': no activity of that id makes '{}'", p.product, p.activity, p.product),
      !near.empty()
          ? near
          : fmt::format("It is made by {}{}.",
                        fmt::join(makers.ids.begin(),
                                  makers.ids.begin() + static_cast<std::ptrdiff_t>(most), ", "),
                        most < makers.ids.size() ? " ..." : ""));
}

}  // namespace

void prefer(Inventory& inventory, std::string_view words) {
  std::set<std::string> named;
  for (const auto& p : preferences_in(words)) {
    if (!named.insert(p.product).second)
      throw Error(Errc::bad_input, fmt::format("'{}' is preferred twice", p.product),
                  "One maker supplies it.");
    require_maker(inventory, p);
    inventory.preferred[p.product] = p.activity;
  }
}

}  // namespace stave
