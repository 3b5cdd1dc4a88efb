#include "stave/core/error.hpp"
#include "stave/trade/trade_table.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include <fmt/format.h>

namespace stave {
namespace {

constexpr auto split_countries =
    std::to_array<std::pair<std::string_view, std::string_view>>({{"MX", "MEX"}, {"CN", "CHN"}});

// The code of the country that a region is a part of, or its own.
std::string whole_of(const Chain& chain, const Item& region) {
  if (region.parent.ends_with('+')) return region.parent.substr(0, region.parent.size() - 1);
  for (const auto& [part, whole] : split_countries)
    if (region.code.size() == 3 && region.code.starts_with(part) && region.code[2] >= '1' &&
        region.code[2] <= '9' && chain.regions().find(whole))
      return std::string(whole);
  return region.code;
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  while (!text.empty()) {
    const auto comma = std::min(text.find(','), text.size());
    auto word = text.substr(0, comma);
    text.remove_prefix(std::min(comma + 1, text.size()));
    while (word.starts_with(' ')) word.remove_prefix(1);
    while (word.ends_with(' ')) word.remove_suffix(1);
    if (!word.empty()) words.emplace_back(word);
  }
  return words;
}

const Item* group_named(const Chain& chain, const std::vector<std::string>& words) {
  if (words.size() != 1) return nullptr;
  for (const auto& group : chain.regions().groups())
    if (group.code == words[0] || group.name == words[0] || group.name_zh == words[0])
      return &group;
  return nullptr;
}

std::size_t trader_with(const std::vector<Trader>& traders, std::size_t region) {
  const auto holds = [&](const Trader& trader) {
    return std::ranges::find(trader.regions, RegionId(region)) != trader.regions.end();
  };
  return static_cast<std::size_t>(std::ranges::find_if(traders, holds) - traders.begin());
}

}  // namespace

std::vector<Trader> traders_of(const Chain& chain) {
  std::vector<Trader> traders;
  for (std::size_t r = 0; r < chain.regions().size(); ++r) {
    const auto code = whole_of(chain, chain.regions()[r]);
    auto found = std::ranges::find(traders, code, &Trader::code);
    if (found == traders.end()) {
      const auto whole = chain.regions().find(code);
      traders.push_back({code, chain.regions()[whole.value_or(r)].name, {}});
      found = traders.end() - 1;
    }
    found->regions.emplace_back(r);
  }
  return traders;
}

std::vector<std::size_t> find_traders(const Chain& chain, const std::vector<Trader>& traders,
                                      std::string_view text) {
  std::vector<std::size_t> found;
  for (const auto& word : words_of(text)) {
    const auto known = std::ranges::find(traders, word, &Trader::code);
    if (known != traders.end()) {
      found.push_back(static_cast<std::size_t>(known - traders.begin()));
      continue;
    }
    for (const auto region : chain.regions().members(word))
      found.push_back(trader_with(traders, region));
  }
  std::ranges::sort(found);
  found.erase(std::ranges::unique(found).begin(), found.end());
  return found;
}

TraderGroup merge_traders(const Chain& chain, std::vector<Trader> traders, std::string_view text) {
  const auto members = find_traders(chain, traders, text);
  if (members.empty())
    throw Error(Errc::bad_input, fmt::format("'{}' names no exporter", text),
                "Give a region, a group of regions, or several with commas: DEU,FRA,ITA.");
  if (members.size() == traders.size())
    throw Error(Errc::bad_input,
                fmt::format("'{}' is everyone: nobody is left to trade with", text),
                "Leave at least one region out.");
  if (members.size() == 1) return {std::move(traders), members[0]};
  Trader merged;
  for (const auto m : members) {
    merged.code += (merged.code.empty() ? "" : "+") + traders[m].code;
    merged.name += (merged.name.empty() ? "" : " + ") + traders[m].name;
    merged.regions.insert(merged.regions.end(), traders[m].regions.begin(),
                          traders[m].regions.end());
  }
  if (const auto* group = group_named(chain, words_of(text))) {
    merged.code = group->code;
    merged.name = group->name;
  }
  for (std::size_t k = members.size(); k-- > 1;)
    traders.erase(traders.begin() + static_cast<std::ptrdiff_t>(members[k]));
  traders[members[0]] = std::move(merged);
  return {std::move(traders), members[0]};
}

}  // namespace stave
