#include "stave/breakpoint/breakpoint.hpp"
#include "stave/core/error.hpp"

#include <algorithm>
#include <atomic>
#include <set>

#include <fmt/format.h>
#include <tbb/enumerable_thread_specific.h>
#include <tbb/parallel_for.h>

#include "breakpoint/at.hpp"
#include "breakpoint/failure.hpp"
#include "breakpoint/witness.hpp"

namespace stave {
namespace {

using Set = std::vector<std::int32_t>;

// Sources that may be lost: neither the target's own nor under the control of `outside`.
std::vector<char> allowed_sources(const BreakpointSystem& system,
                                  std::span<const std::int32_t> target,
                                  const BreakpointOptions& options) {
  std::vector<char> allowed(system.sources(), 1);
  for (const auto t : target) allowed[at(system.source_of[at(t)])] = 0;
  for (std::size_t s = 0; s < allowed.size() && options.outside; ++s)
    if (system.source_region[s] == options.outside->value) allowed[s] = 0;
  return allowed;
}

// One thread's share of the search.
class Searcher {
 public:
  Searcher(const BreakpointSystem& system, std::span<const std::int32_t> target,
           const std::vector<char>& allowed, const std::set<Set>& known)
      : system_(system),
        target_(target.begin(), target.end()),
        allowed_(allowed),
        known_(known),
        failure_(system, target),
        witness_(system, target) {}

  // Sources of one small witness that may be lost: every break set holds one of them.
  [[nodiscard]] Set branches() {
    auto sources = witness_.sources(failure_, std::vector<char>(system_.sources()), 0);
    std::erase_if(sources, [&](auto s) { return !allowed_[at(s)]; });
    std::sort(sources.begin(), sources.end());
    return sources;
  }

  // Appends prefix + s for every single source s that now stops the target.
  void complete(const Set& prefix, std::vector<Set>& found) {
    for (const auto s : single_points()) found.push_back(with(prefix, s));
  }

  // All sets of `more` further sources behind `first`, which is lost first.
  void search(const Set& prefix, std::int32_t first, int more, std::vector<Set>& found) {
    const auto lost = with(prefix, first);
    if (known_.contains(lost)) return;
    if (!failure_.lose(first)) {
      if (more == 1) {
        complete(lost, found);
      } else {
        for (const auto s : branches()) search(lost, s, more - 1, found);
      }
    }
    failure_.restore();
  }

 private:
  static Set with(Set set, std::int32_t source) {
    set.insert(std::upper_bound(set.begin(), set.end(), source), source);
    return set;
  }

  // Sources common to several witnesses, each witness avoiding those still common.
  Set candidates() {
    std::vector<char> common(allowed_);
    Set left;
    constexpr int most_witnesses = 24;
    constexpr int patience = 3;
    int idle = 0;
    for (int k = 0; k < most_witnesses && idle < patience; ++k) {
      const auto sources = witness_.sources(failure_, common, static_cast<std::uint64_t>(k));
      std::vector<char> still(system_.sources());
      Set next;
      for (const auto s : sources)
        if (common[at(s)]) {
          still[at(s)] = 1;
          next.push_back(s);
        }
      idle = k > 0 && next.size() == left.size() ? idle + 1 : 0;
      left = std::move(next);
      common = std::move(still);
      if (left.empty()) break;
    }
    return left;
  }

  // Nodes whose failure alone stops the target, grown backwards: the only working supplier of such
  // a node is one too.
  void add_fatal(std::int32_t node) {
    if (fatal_[at(node)]) return;
    fatal_[at(node)] = 1;
    Set queue{node};
    for (std::size_t next = 0; next < queue.size(); ++next) {
      const auto user = at(queue[next]);
      for (auto g = system_.node_group_start[user]; g < system_.node_group_start[user + 1]; ++g) {
        const auto only = only_supplier(static_cast<std::size_t>(g));
        if (only < 0 || fatal_[at(only)]) continue;
        fatal_[at(only)] = 1;
        queue.push_back(only);
      }
    }
  }

  // The one supplier of a group that still works, or -1.
  [[nodiscard]] std::int32_t only_supplier(std::size_t group) const {
    std::int32_t only = -1;
    for (auto k = system_.member_start[group]; k < system_.member_start[group + 1]; ++k) {
      const auto node = system_.member[static_cast<std::size_t>(k)];
      if (!failure_.works(node)) continue;
      if (only >= 0) return -1;
      only = node;
    }
    return only;
  }

  // The candidates that propagation proves. What one proof finds fatal shortens the next.
  Set single_points() {
    auto result = candidates();
    if (result.empty()) return result;
    fatal_.assign(system_.nodes(), 0);
    if (target_.size() == 1) add_fatal(target_.front());
    std::erase_if(result, [&](auto s) {
      const bool stops = failure_.lose(s, fatal_);
      failure_.restore();
      const auto first = system_.source_start[at(s)];
      if (stops && system_.source_start[at(s) + 1] - first == 1)
        add_fatal(system_.source_node[static_cast<std::size_t>(first)]);
      return !stops;
    });
    return result;
  }

  const BreakpointSystem& system_;
  Set target_;
  const std::vector<char>& allowed_;
  const std::set<Set>& known_;
  Failure failure_;
  WitnessBuilder witness_;
  std::vector<char> fatal_;  // [nodes]
};

// True when a proper part of the set is a break set already.
bool holds_smaller(const Set& set, const std::set<Set>& known) {
  const auto full = (1U << set.size()) - 1;
  for (unsigned mask = 1; mask < full; ++mask) {
    Set part;
    for (std::size_t k = 0; k < set.size(); ++k)
      if ((mask >> k) & 1U) part.push_back(set[k]);
    if (known.contains(part)) return true;
  }
  return false;
}

class Search {
 public:
  Search(const BreakpointSystem& system, std::span<const std::int32_t> target,
         const BreakpointOptions& options, Progress& progress)
      : options_(options),
        progress_(progress),
        allowed_(allowed_sources(system, target, options)),
        searchers_([this, &system, target] { return Searcher(system, target, allowed_, known_); }) {
  }

  // Every minimal set of exactly this size, or nothing when there are too many.
  std::optional<std::vector<Set>> of_size(int size) {
    std::vector<Set> found;
    if (size == 1) {
      searchers_.local().complete({}, found);
    } else {
      found = behind(searchers_.local().branches(), size);
    }
    if (overflow_) return std::nullopt;
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    std::erase_if(found, [&](const Set& set) { return holds_smaller(set, known_); });
    known_.insert(found.begin(), found.end());
    return found;
  }

 private:
  std::vector<Set> behind(const Set& firsts, int size) {
    std::vector<std::vector<Set>> found(firsts.size());
    std::atomic<std::size_t> count = 0;
    std::atomic<std::size_t> done = 0;
    tbb::parallel_for(std::size_t{0}, firsts.size(), [&](std::size_t k) {
      if (overflow_ || progress_.cancelled()) return;
      searchers_.local().search({}, firsts[k], size - 1, found[k]);
      // A set turns up once for each of its sources that may come first.
      if (count += found[k].size(); count > options_.max_sets * static_cast<std::size_t>(size))
        overflow_ = true;
      progress_.report(fmt::format("searching sets of {}", size),
                       static_cast<double>(++done) / static_cast<double>(firsts.size()));
    });
    progress_.check();
    std::vector<Set> all;
    for (auto& part : found) all.insert(all.end(), part.begin(), part.end());
    return all;
  }

  const BreakpointOptions& options_;
  Progress& progress_;
  std::vector<char> allowed_;
  std::set<Set> known_;
  tbb::enumerable_thread_specific<Searcher> searchers_;
  std::atomic<bool> overflow_ = false;
};

}  // namespace

BreakSets break_sets(const BreakpointSystem& system, std::span<const std::int32_t> target,
                     const BreakpointOptions& options, Progress& progress) {
  if (options.size < 1 || options.size > 4)
    throw Error(Errc::bad_input, fmt::format("sets of size {} are not looked for", options.size),
                "Choose a size from 1 to 4.");
  BreakSets result;
  result.importance.assign(system.sources(), 0);
  Search search(system, target, options, progress);
  for (int size = 1; size <= options.size && result.complete; ++size) {
    auto found = search.of_size(size);
    result.complete = found.has_value() && found->size() <= options.max_sets;
    if (!result.complete) break;
    for (const auto& set : *found)
      for (const auto s : set) ++result.importance[at(s)];
    result.sets.push_back(std::move(*found));
  }
  return result;
}

std::vector<FailureStep> failure_path(const BreakpointSystem& system,
                                      std::span<const std::int32_t> set,
                                      std::span<const std::int32_t> target) {
  Failure failure(system, target);
  for (const auto s : set)
    if (failure.lose(s)) break;
  const auto& trail = failure.trail();
  std::vector<std::int32_t> order(system.nodes(), -1);
  for (std::size_t k = 0; k < trail.size(); ++k) order[at(trail[k])] = static_cast<std::int32_t>(k);
  std::vector<char> wanted(system.nodes());
  for (const auto t : target) wanted[at(t)] = 1;
  std::vector<FailureStep> steps;
  for (auto k = trail.size(); k-- > 0;) {
    if (!wanted[at(trail[k])]) continue;
    FailureStep step{trail[k], -1, {}};
    if (const auto group = failure.reasons()[k]; group >= 0) {
      step.product = system.group_product[at(group)];
      for (auto m = system.member_start[at(group)]; m < system.member_start[at(group) + 1]; ++m) {
        const auto supplier = system.member[static_cast<std::size_t>(m)];
        const auto when = order[at(supplier)];
        if (when < 0 || at(when) >= k) continue;
        step.because.push_back(supplier);
        wanted[at(supplier)] = 1;
      }
    }
    steps.push_back(std::move(step));
  }
  std::reverse(steps.begin(), steps.end());
  return steps;
}

}  // namespace stave
