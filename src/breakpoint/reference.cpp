// The slow, obvious twin: every set in turn, failures by sweeping all nodes until nothing changes.
#include "stave/breakpoint/breakpoint.hpp"

#include <algorithm>

#include "breakpoint/at.hpp"

namespace stave {
namespace {

bool group_holds(const BreakpointSystem& system, std::size_t group,
                 const std::vector<char>& failed) {
  double left = 0;
  bool any = false;
  for (auto k = static_cast<std::size_t>(system.member_start[group]);
       k < static_cast<std::size_t>(system.member_start[group + 1]); ++k)
    if (!failed[at(system.member[k])]) {
      left += system.weight[k];
      any = true;
    }
  return any && left >= system.threshold - 1e-12;
}

bool stops(const BreakpointSystem& system, const std::vector<std::int32_t>& set,
           std::span<const std::int32_t> target) {
  std::vector<char> failed(system.nodes());
  for (std::size_t i = 0; i < failed.size(); ++i)
    failed[i] = std::find(set.begin(), set.end(), system.source_of[i]) != set.end();
  for (bool changed = true; changed;) {
    changed = false;
    for (std::size_t g = 0; g < system.group_node.size(); ++g) {
      auto& node = failed[at(system.group_node[g])];
      if (node || group_holds(system, g, failed)) continue;
      node = 1;
      changed = true;
    }
  }
  return std::all_of(target.begin(), target.end(), [&](auto t) { return failed[at(t)] != 0; });
}

}  // namespace

BreakSets break_sets_reference(const BreakpointSystem& system, std::span<const std::int32_t> target,
                               const BreakpointOptions& options) {
  std::vector<std::int32_t> sources;
  for (std::size_t s = 0; s < system.sources(); ++s) {
    if (!(options.outside && system.source_region[s] == options.outside->value))
      sources.push_back(static_cast<std::int32_t>(s));
  }
  BreakSets result;
  for (const auto t : target) result.own_sources.push_back(system.source_of[at(t)]);
  std::ranges::sort(result.own_sources);
  const auto same = std::ranges::unique(result.own_sources);
  result.own_sources.erase(same.begin(), same.end());
  result.importance.assign(system.sources(), 0);
  for (int size = 1; size <= options.size; ++size) {
    auto& found = result.sets.emplace_back();
    std::vector<char> chosen(sources.size());
    std::fill_n(chosen.begin(),
                std::min<std::size_t>(static_cast<std::size_t>(size), chosen.size()), 1);
    if (static_cast<std::size_t>(size) > sources.size()) continue;
    do {
      std::vector<std::int32_t> set;
      for (std::size_t k = 0; k < sources.size(); ++k)
        if (chosen[k]) set.push_back(sources[k]);
      const auto inside = [&](const auto& smaller) {
        return std::includes(set.begin(), set.end(), smaller.begin(), smaller.end());
      };
      bool minimal = true;
      for (const auto& sets : result.sets)
        minimal = minimal && std::none_of(sets.begin(), sets.end(), inside);
      const bool all_own = std::includes(set.begin(), set.end(), result.own_sources.begin(),
                                         result.own_sources.end());
      if (minimal && !all_own && stops(system, set, target)) found.push_back(set);
    } while (std::prev_permutation(chosen.begin(), chosen.end()));
    for (const auto& set : found)
      for (const auto s : set) ++result.importance[at(s)];
  }
  return result;
}

}  // namespace stave
