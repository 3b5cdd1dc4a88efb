#include "stave/core/classification.hpp"

#include "stave/core/error.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include <fmt/format.h>

namespace stave {
namespace {

std::string folded(std::string_view text) {
  std::string result(text);
  for (auto& c : result)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return result;
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    auto diagonal = std::exchange(row[0], i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = diagonal + (a[i - 1] == b[j - 1] ? 0U : 1U);
      diagonal = std::exchange(row[j], std::min({row[j] + 1, row[j - 1] + 1, change}));
    }
  }
  return row.back();
}

}  // namespace

std::string_view to_string(Kind kind) {
  switch (kind) {
    case Kind::good:
      return "good";
    case Kind::service:
      return "service";
    case Kind::unknown:
      break;
  }
  return "unknown";
}

Classification::Classification(std::string what, std::vector<Item> items, std::vector<Item> groups)
    : what_(std::move(what)), items_(std::move(items)), groups_(std::move(groups)) {
  std::unordered_map<std::string, std::string> parent_of;
  const auto add = [&](Item& item) {
    if (item.code.empty()) throw Error(Errc::bad_input, fmt::format("a {} has no code", what_));
    if (item.name.empty()) item.name = item.code;
    if (!parent_of.emplace(item.code, item.parent).second)
      throw Error(Errc::bad_input, fmt::format("{} '{}' appears twice", what_, item.code));
  };
  std::for_each(items_.begin(), items_.end(), add);
  std::for_each(groups_.begin(), groups_.end(), add);
  for (const auto& [code, parent] : parent_of) {
    std::size_t steps = 0;
    for (auto up = parent; !up.empty(); up = parent_of.at(up))
      if (!parent_of.contains(up) || ++steps > groups_.size())
        throw Error(Errc::bad_input,
                    fmt::format("{} '{}': its group '{}' {}", what_, code, up,
                                steps > groups_.size() ? "is part of itself" : "is not defined"));
  }
  // Codes win over names, and the first name over later ones.
  for (std::size_t i = 0; i < items_.size(); ++i) index_.try_emplace(folded(items_[i].code), i);
  for (std::size_t i = 0; i < items_.size(); ++i)
    for (const auto& name : {items_[i].name, items_[i].name_zh})
      if (!name.empty()) index_.try_emplace(folded(name), i);
}

std::optional<std::size_t> Classification::find(std::string_view code_or_name) const {
  const auto found = index_.find(folded(code_or_name));
  return found == index_.end() ? std::nullopt : std::optional(found->second);
}

std::size_t Classification::require(std::string_view code_or_name) const {
  if (const auto found = find(code_or_name)) return *found;
  std::vector<std::string> words;
  for (const auto& item : items_) words.insert(words.end(), {item.code, item.name, item.name_zh});
  const auto near = did_you_mean(code_or_name, words);
  throw Error(Errc::not_found, fmt::format("{} '{}' is not in this chain", what_, code_or_name),
              near.empty() ? fmt::format("stave info CHAIN --{}s lists them.", what_) : near);
}

std::vector<std::size_t> Classification::members(std::string_view code_or_name) const {
  const auto wanted = folded(code_or_name);
  const auto group = std::find_if(groups_.begin(), groups_.end(), [&](const Item& g) {
    return folded(g.code) == wanted || folded(g.name) == wanted || g.name_zh == code_or_name;
  });
  if (group == groups_.end()) return {require(code_or_name)};
  std::unordered_map<std::string, std::string> parent_of;
  for (const auto& g : groups_) parent_of.emplace(g.code, g.parent);
  std::vector<std::size_t> result;
  for (std::size_t i = 0; i < items_.size(); ++i)
    for (auto up = items_[i].parent; !up.empty(); up = parent_of.at(up))
      if (up == group->code) result.push_back(i);
  return result;
}

std::vector<std::string> nearest(std::string_view word, const std::vector<std::string>& words,
                                 std::size_t most) {
  const auto wanted = folded(word);
  std::vector<std::pair<std::size_t, std::string>> ranked;
  for (const auto& candidate : words) {
    if (candidate.empty()) continue;
    const auto other = folded(candidate);
    const bool contains = wanted.size() >= 2 && other.find(wanted) != std::string::npos;
    const std::size_t distance = contains ? 1 : edit_distance(wanted, other);
    if (2 * distance <= std::max(wanted.size(), other.size()) || contains)
      ranked.emplace_back(distance, candidate);
  }
  std::stable_sort(ranked.begin(), ranked.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<std::string> result;
  for (auto& [distance, candidate] : ranked)
    if (result.size() < most && std::find(result.begin(), result.end(), candidate) == result.end())
      result.push_back(std::move(candidate));
  return result;
}

std::string did_you_mean(std::string_view word, const std::vector<std::string>& words) {
  const auto near = nearest(word, words);
  std::string list;
  for (std::size_t i = 0; i < near.size(); ++i)
    list += fmt::format("{}'{}'", i == 0 ? "" : i + 1 == near.size() ? " or " : ", ", near[i]);
  return list.empty() ? list : fmt::format("Did you mean {}?", list);
}

}  // namespace stave
