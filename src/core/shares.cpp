#include "shares.hpp"

#include "stave/core/error.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <unordered_map>

#include <fmt/format.h>

namespace stave {
namespace {

using Entry = Concordance::Entry;

[[noreturn]] void reject(Errc code, const Concordance& c, const Entry& entry,
                         std::string_view column, std::string_view value,
                         const std::string& expected, const std::string& hint = {}) {
  const Place place{c.file, entry.row, std::string(column)};
  throw Error(code,
              entry.row > 0 ? cell_message(place, value, expected)
                            : fmt::format("'{}' {}", value, expected),
              hint);
}

// The kind all members share; unknown where they differ.
Kind shared_kind(const std::vector<Kind>& kinds) {
  const bool alike =
      std::adjacent_find(kinds.begin(), kinds.end(), std::not_equal_to<>()) == kinds.end();
  return kinds.empty() || !alike ? Kind::unknown : kinds.front();
}

std::vector<Item> named_targets(const Classification& items, const Concordance& c) {
  if (!c.targets.empty()) return c.targets;
  std::vector<Item> targets;
  std::set<std::string> seen;
  for (const auto& entry : c.entries) {
    if (!seen.insert(entry.to).second) continue;
    Item target{entry.to, {}, {}, {}, Kind::unknown};
    // A code that stays keeps its names.
    if (const auto same = items.find(entry.to); same && items[*same].code == entry.to) {
      target.name = items[*same].name;
      target.name_zh = items[*same].name_zh;
    }
    targets.push_back(std::move(target));
  }
  return targets;
}

std::size_t source_of(const Classification& items, const Concordance& c, const Entry& entry) {
  if (const auto found = items.find(entry.from)) return *found;
  std::vector<std::string> words;
  for (const auto& item : items.items())
    words.insert(words.end(), {item.code, item.name, item.name_zh});
  reject(Errc::not_found, c, entry, "from", entry.from,
         fmt::format("is not a {} of this chain", items.what()), did_you_mean(entry.from, words));
}

std::size_t target_of(const std::unordered_map<std::string, std::size_t>& position,
                      const std::vector<Item>& targets, const Concordance& c, const Entry& entry) {
  if (const auto found = position.find(entry.to); found != position.end()) return found->second;
  std::vector<std::string> codes;
  codes.reserve(targets.size());
  for (const auto& t : targets) codes.push_back(t.code);
  reject(Errc::bad_input, c, entry, "to", entry.to, "is not among the targets",
         did_you_mean(entry.to, codes));
}

void check_weight(const Concordance& c, const Entry& entry) {
  if (std::isfinite(entry.weight) && entry.weight > 0 && entry.weight <= 1) return;
  reject(Errc::bad_input, c, entry, "weight", fmt::format("{}", entry.weight),
         "is not a share above 0 and up to 1");
}

// Every item of the chain is in some entry, and what is given away of it is the whole of it.
void check_complete(const Classification& items, const Concordance& c,
                    std::vector<std::vector<Share>>& shares) {
  std::vector<std::string> missing;
  for (std::size_t i = 0; i < items.size(); ++i) {
    double sum = 0;
    for (const auto& share : shares[i]) sum += share.weight;
    if (shares[i].empty()) {
      missing.push_back(items[i].code);
    } else if (std::abs(sum - 1) > 1e-5) {
      throw Error(Errc::bad_input,
                  fmt::format("{}{}{} '{}': its weights sum to {}, not 1", c.file,
                              c.file.empty() ? "" : ": ", items.what(), items[i].code, sum));
    }
    for (auto& share : shares[i]) share.weight /= sum;
  }
  if (missing.empty()) return;
  constexpr std::size_t most = 5;
  const std::vector<std::string> shown(
      missing.begin(), missing.begin() + static_cast<long>(std::min(most, missing.size())));
  throw Error(Errc::bad_input,
              fmt::format("{}{}{} of {} {}s of the chain are in no entry: {}{}", c.file,
                          c.file.empty() ? "" : ": ", missing.size(), items.size(), items.what(),
                          fmt::join(shown, ", "), missing.size() > most ? " ..." : ""),
              "Give each one a row; a row with the same code on both sides leaves it as it is.");
}

}  // namespace

Shares Shares::identity(std::size_t n) {
  Shares shares;
  for (std::size_t i = 0; i < n; ++i) shares.add(std::vector{Share{i, 1}});
  return shares;
}

void Shares::add(std::span<const Share> shares) {
  shares_.insert(shares_.end(), shares.begin(), shares.end());
  start_.push_back(shares_.size());
}

Shares Shares::members(std::size_t targets) const {
  Shares result;
  result.start_.assign(targets + 1, 0);
  for (const auto& share : shares_) ++result.start_[share.target + 1];
  for (std::size_t t = 0; t < targets; ++t) result.start_[t + 1] += result.start_[t];
  result.shares_.resize(shares_.size());
  auto next = result.start_;
  for (std::size_t i = 0; i < size(); ++i)
    for (const auto& share : of(i)) result.shares_[next[share.target]++] = {i, share.weight};
  return result;
}

bool Shares::only_renames(std::size_t targets) const {
  std::vector<bool> taken(targets);
  for (std::size_t i = 0; i < size(); ++i) {
    if (of(i).size() != 1 || taken[of(i)[0].target]) return false;
    taken[of(i)[0].target] = true;
  }
  return true;
}

Mapping read_concordance(const Classification& items, const Concordance& c) {
  if (c.is_identity()) return {items, Shares::identity(items.size()), true};
  auto targets = named_targets(items, c);
  std::unordered_map<std::string, std::size_t> position;
  for (std::size_t t = 0; t < targets.size(); ++t) position.emplace(targets[t].code, t);
  std::vector<std::vector<Share>> shares(items.size());
  std::vector<std::vector<Kind>> kinds(targets.size());
  for (const auto& entry : c.entries) {
    check_weight(c, entry);
    const auto from = source_of(items, c, entry);
    const auto to = target_of(position, targets, c, entry);
    for (const auto& share : shares[from])
      if (share.target == to)
        reject(Errc::bad_input, c, entry, "from", entry.from,
               fmt::format("goes to '{}' twice", entry.to));
    shares[from].push_back({to, entry.weight});
    kinds[to].push_back(items[from].kind);
  }
  check_complete(items, c, shares);
  for (std::size_t t = 0; t < targets.size(); ++t)
    if (targets[t].kind == Kind::unknown) targets[t].kind = shared_kind(kinds[t]);
  Mapping mapping{Classification(items.what(), std::move(targets), c.groups), {}, false};
  for (const auto& of_item : shares) mapping.shares.add(of_item);
  return mapping;
}

}  // namespace stave
