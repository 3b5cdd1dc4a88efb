#include "stave/breakpoint/breakpoint.hpp"
#include "stave/core/error.hpp"

#include <algorithm>
#include <atomic>
#include <optional>

#include <fmt/format.h>
#include <tbb/parallel_for.h>

#include "breakpoint/at.hpp"
#include "breakpoint/net.hpp"
#include "breakpoint/single.hpp"
#include "breakpoint/spread.hpp"
#include "breakpoint/witness.hpp"

namespace stave {
namespace {

using Set = std::vector<std::int32_t>;

// Sources of the target's makers, ascending.
Set own_sources(const BreakpointSystem& system, std::span<const std::int32_t> target) {
  Set own;
  for (const auto t : target) own.push_back(system.source_of[at(t)]);
  std::sort(own.begin(), own.end());
  own.erase(std::unique(own.begin(), own.end()), own.end());
  return own;
}

// Sources that may be lost: not one that holds every maker of the target, which is the loss of the
// target itself, nor one under the control of `outside`.
std::vector<char> allowed_sources(const BreakpointSystem& system, const Set& own,
                                  const BreakpointOptions& options) {
  std::vector<char> allowed(system.sources(), 1);
  if (own.size() == 1) allowed[at(own.front())] = 0;
  for (std::size_t s = 0; s < allowed.size() && options.outside; ++s)
    if (system.source_region[s] == options.outside->value) allowed[s] = 0;
  return allowed;
}

// Without the set of all the target's own sources, should it be among them: it holds no other set,
// and no other set holds it.
void leave_out(const Set& own, std::vector<std::vector<Set>>& sets) {
  if (own.empty() || own.size() > sets.size()) return;
  auto& same_size = sets[own.size() - 1];
  const auto found = std::lower_bound(same_size.begin(), same_size.end(), own);
  if (found != same_size.end() && *found == own) same_size.erase(found);
}

// True when a proper part of the set is a break set already; known[k - 1] are those of size k.
bool holds_smaller(const Set& set, const std::vector<std::vector<Set>>& known) {
  const auto full = (1U << set.size()) - 1;
  for (unsigned mask = 1; mask < full; ++mask) {
    Set part;
    for (std::size_t k = 0; k < set.size(); ++k)
      if ((mask >> k) & 1U) part.push_back(set[k]);
    const auto& sets = known[part.size() - 1];
    if (std::binary_search(sets.begin(), sets.end(), part)) return true;
  }
  return false;
}

struct Partners {
  std::vector<char> barred;  // [nodes] no partner
  bool any = false;
};

// Some witnesses of a net, each avoiding the nodes of the one before.
class Witnesses {
 public:
  explicit Witnesses(const Net& net) : net_(net), in_(net.nodes()) {
    Witness witness(net);
    const Spread spread(net);
    std::vector<char> avoid(net.nodes());
    for (std::uint64_t k = 0; k < 64; ++k) {
      witness.build(spread, avoid, k);
      avoid.assign(net.nodes(), 0);
      for (const auto node : witness.nodes()) {
        in_[at(node)] |= std::uint64_t{1} << k;
        avoid[at(node)] = 1;
        if (k == 0 && net.source[at(node)] >= 0) first_.push_back(node);
      }
    }
  }

  // Nodes of the first one that may be lost.
  [[nodiscard]] const Set& first() const { return first_; }

  // Nodes that may be in a set with the k-th of them, but with none before it. In a set of two, the
  // other node is in every witness that this one is not in.
  [[nodiscard]] Partners partners(std::size_t k, int size) const {
    const auto rest = size == 2 ? ~in_[at(first_[k])] : 0;
    Partners partners{std::vector<char>(net_.nodes())};
    for (std::size_t i = 0; i < net_.nodes(); ++i)
      partners.barred[i] = net_.source[i] < 0 || (in_[i] & rest) != rest;
    for (std::size_t before = 0; before <= k; ++before) partners.barred[at(first_[before])] = 1;
    partners.any =
        std::find(partners.barred.begin(), partners.barred.end(), 0) != partners.barred.end();
    return partners;
  }

 private:
  const Net& net_;
  std::vector<std::uint64_t> in_;  // [nodes] the witnesses that hold it, a bit each
  Set first_;
};

// Every minimal set of exactly `size` sources that stops the target of a net, once each.
class Search {
 public:
  Search(const BreakpointOptions& options, int size, const std::vector<std::vector<Set>>& smaller,
         Progress& progress)
      : most_(options.max_sets), size_(size), smaller_(smaller), progress_(progress) {}

  std::optional<std::vector<Set>> run(const Net& net) {
    auto found = behind(net, size_, {});
    progress_.check();
    if (overflow_) return std::nullopt;
    return found;
  }

 private:
  std::vector<Set> behind(const Net& net, int size, const Set& prefix) {
    std::vector<Set> found;
    const auto fatal = fatal_nodes(net);
    if (size == 1) {
      for (std::size_t i = 0; i < net.nodes(); ++i) {
        if (!fatal[i] || net.source[i] < 0) continue;
        auto set = with(prefix, net.source[i]);
        if (!holds_smaller(set, smaller_)) found.push_back(std::move(set));
      }
      if ((count_ += found.size()) > most_) overflow_ = true;
      return found;
    }
    Known known(net.nodes());
    known.fatal = fatal;
    return branch(reduced(net, known), size, prefix);
  }

  // No single failure stops the target of this net. Every set holds a node of a witness; it is
  // looked for behind the first of them.
  std::vector<Set> branch(const Net& net, int size, const Set& prefix) {
    const Witnesses witnesses(net);
    const auto& firsts = witnesses.first();
    std::vector<std::vector<Set>> found(firsts.size());
    std::atomic<std::size_t> done = 0;
    tbb::parallel_for(std::size_t{0}, firsts.size(), [&](std::size_t k) {
      if (overflow_ || progress_.cancelled()) return;
      const auto partners = witnesses.partners(k, size);
      if (partners.any)
        found[k] = behind(without(net, firsts[k], partners.barred), size - 1,
                          with(prefix, net.source[at(firsts[k])]));
      if (prefix.empty())
        progress_.report(fmt::format("searching sets of {}", size_),
                         static_cast<double>(++done) / static_cast<double>(firsts.size()));
    });
    std::vector<Set> all;
    for (auto& part : found) all.insert(all.end(), part.begin(), part.end());
    return all;
  }

  // What is left without a node.
  static Net without(const Net& net, std::int32_t node, std::vector<char> barred) {
    Known known(net.nodes());
    known.fatal[0] = 1;
    known.barred = std::move(barred);
    Spread spread(net);
    spread.follow(node, known.fatal);
    for (const auto follows : spread.trail()) known.failed[at(follows)] = 1;
    return reduced(net, known);
  }

  static Set with(Set set, std::int32_t source) {
    set.insert(std::upper_bound(set.begin(), set.end(), source), source);
    return set;
  }

  std::size_t most_;
  int size_;
  const std::vector<std::vector<Set>>& smaller_;
  Progress& progress_;
  std::atomic<std::size_t> count_ = 0;
  std::atomic<bool> overflow_ = false;
};

}  // namespace

BreakSets break_sets(const BreakpointSystem& system, std::span<const std::int32_t> target,
                     const BreakpointOptions& options, Progress& progress) {
  if (options.size < 1 || options.size > 4)
    throw Error(Errc::bad_input, fmt::format("sets of size {} are not looked for", options.size),
                "Choose a size from 1 to 4.");
  BreakSets result;
  result.own_sources = own_sources(system, target);
  result.importance.assign(system.sources(), 0);
  const auto net = net_of(system, target, allowed_sources(system, result.own_sources, options));
  for (int size = 1; size <= options.size && result.complete; ++size) {
    auto found = Search(options, size, result.sets, progress).run(net);
    result.complete = found.has_value();
    if (!result.complete) break;
    std::sort(found->begin(), found->end());
    result.sets.push_back(std::move(*found));
  }
  leave_out(result.own_sources, result.sets);
  for (const auto& sets : result.sets)
    for (const auto& set : sets)
      for (const auto s : set) ++result.importance[at(s)];
  return result;
}

}  // namespace stave
