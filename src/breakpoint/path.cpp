// The shortest route from a loss to the target.
#include "stave/breakpoint/breakpoint.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "breakpoint/at.hpp"
#include "breakpoint/net.hpp"

namespace stave {

FailureRoutes::FailureRoutes(const BreakpointSystem& system, std::span<const std::int32_t> target)
    : system_(system),
      is_target_(system.nodes()),
      distance_(system.nodes(), -1),
      slack_(system.group_node.size()),
      gone_(system.group_node.size()),
      gone_by_(system.group_node.size(), -1),
      round_(system.nodes(), -1) {
  for (const auto t : target) is_target_[at(t)] = 1;
  for (std::size_t g = 0; g < slack_.size(); ++g) slack_[g] = slack_of(system, g);
  measure_distance(target);
}

// Links to the nearest maker of the target, against the flow, in breadth.
void FailureRoutes::measure_distance(std::span<const std::int32_t> target) {
  std::vector<std::int32_t> queue(target.begin(), target.end());
  for (const auto t : target) distance_[at(t)] = 0;
  for (std::size_t next = 0; next < queue.size(); ++next) {
    const auto user = at(queue[next]);
    const auto first = at(system_.member_start[at(system_.node_group_start[user])]);
    const auto last = at(system_.member_start[at(system_.node_group_start[user + 1])]);
    for (auto k = first; k < last; ++k) {
      auto& distance = distance_[at(system_.member[k])];
      if (distance >= 0) continue;
      distance = distance_[user] + 1;
      queue.push_back(system_.member[k]);
    }
  }
}

std::vector<FailureStep> FailureRoutes::of(std::span<const std::int32_t> set) {
  // A maker of the target that is lost itself is no end of a route, nor is it a beginning that is
  // any nearer than one step.
  std::int32_t bound = std::numeric_limits<std::int32_t>::max();
  for (const auto s : set)
    for (auto k = at(system_.source_start[at(s)]); k < at(system_.source_start[at(s) + 1]); ++k)
      if (const auto distance = distance_[at(system_.source_node[k])]; distance >= 0)
        bound = std::min(bound, std::max(distance, 1));
  for (std::int32_t more = 1;; more *= 2) {
    const auto end = reach(set, bound);
    if (end >= 0) return route_to(end);
    if (!cut_) return {};
    bound += more;
  }
}

// Follows the loss round by round, leaving out what cannot reach the target by round `bound`.
// Returns the maker of the target that stops first, of several the first in order; -1: none does.
std::int32_t FailureRoutes::reach(std::span<const std::int32_t> set, std::int32_t bound) {
  clear();
  cut_ = false;
  for (const auto s : set)
    for (auto k = at(system_.source_start[at(s)]); k < at(system_.source_start[at(s) + 1]); ++k)
      stop(system_.source_node[k], 0, bound);
  std::int32_t end = -1;
  for (std::size_t next = 0; next < stopped_.size(); ++next) {
    const auto node = stopped_[next];
    const auto round = round_[at(node)];
    if (end >= 0 && round >= round_[at(end)]) break;
    for (auto k = at(system_.use_start[at(node)]); k < at(system_.use_start[at(node) + 1]); ++k) {
      const auto group = at(system_.use_group[k]);
      gone_[group] += system_.threshold > 0 ? system_.use_weight[k] : 1;
      if (gone_by_[group] >= 0 || gone_[group] <= slack_[group]) continue;
      gone_by_[group] = round;
      const auto user = system_.group_node[group];
      const bool news = stop(user, round + 1, bound);
      if (news && is_target_[at(user)] && (end < 0 || user < end)) end = user;
    }
  }
  return end;
}

// Whether the node is on a way to the target that is not too long, and had not stopped before.
bool FailureRoutes::stop(std::int32_t node, std::int32_t round, std::int32_t bound) {
  const auto distance = distance_[at(node)];
  if (round_[at(node)] >= 0 || distance < 0) return false;
  if (round + distance > bound) {
    cut_ = true;
    return false;
  }
  round_[at(node)] = round;
  stopped_.push_back(node);
  return true;
}

// From the end back: each step follows the supplier that stopped last.
std::vector<FailureStep> FailureRoutes::route_to(std::int32_t end) const {
  std::vector<FailureStep> steps;
  for (auto node = end; round_[at(node)] > 0;) {
    auto [step, before] = step_to(node);
    steps.push_back(std::move(step));
    node = before;
    if (round_[at(node)] == 0) steps.push_back({node, -1, {}});
  }
  std::reverse(steps.begin(), steps.end());
  return steps;
}

// How a node stopped, and the supplier that the route comes from: of those that stopped in the
// round before, with the input that was gone with them, the first in order.
std::pair<FailureStep, std::int32_t> FailureRoutes::step_to(std::int32_t node) const {
  const auto before = round_[at(node)] - 1;
  std::int32_t from = -1;
  std::size_t reason = 0;
  for (auto g = at(system_.node_group_start[at(node)]);
       g < at(system_.node_group_start[at(node) + 1]); ++g) {
    if (gone_by_[g] != before) continue;
    for (auto k = at(system_.member_start[g]); k < at(system_.member_start[g + 1]); ++k)
      if (const auto supplier = system_.member[k];
          round_[at(supplier)] == before && (from < 0 || supplier < from)) {
        from = supplier;
        reason = g;
      }
  }
  FailureStep step{node, system_.group_product[reason], {}};
  const auto first = at(system_.member_start[reason]);
  const auto last = at(system_.member_start[reason + 1]);
  for (auto k = first; k < last; ++k)
    if (const auto supplier = system_.member[k];
        round_[at(supplier)] >= 0 && round_[at(supplier)] <= before)
      step.because.push_back(supplier);
  step.some_left = step.because.size() < last - first;
  return {std::move(step), from};
}

void FailureRoutes::clear() {
  for (const auto node : stopped_) {
    for (auto k = at(system_.use_start[at(node)]); k < at(system_.use_start[at(node) + 1]); ++k) {
      gone_[at(system_.use_group[k])] = 0;
      gone_by_[at(system_.use_group[k])] = -1;
    }
    round_[at(node)] = -1;
  }
  stopped_.clear();
}

std::vector<char> failed_nodes(const BreakpointSystem& system, std::span<const std::int32_t> set) {
  std::vector<char> failed(system.nodes());
  std::vector<std::int32_t> trail;
  const auto fail = [&](std::int32_t node) {
    if (std::exchange(failed[at(node)], 1) == 0) trail.push_back(node);
  };
  for (const auto s : set)
    for (auto k = at(system.source_start[at(s)]); k < at(system.source_start[at(s) + 1]); ++k)
      fail(system.source_node[k]);
  std::vector<double> left(system.group_node.size());
  for (std::size_t g = 0; g < left.size(); ++g) left[g] = slack_of(system, g);
  for (std::size_t next = 0; next < trail.size(); ++next) {
    const auto node = at(trail[next]);
    for (auto k = at(system.use_start[node]); k < at(system.use_start[node + 1]); ++k) {
      const auto group = at(system.use_group[k]);
      left[group] -= system.threshold > 0 ? system.use_weight[k] : 1;
      if (left[group] < 0) fail(system.group_node[group]);
    }
  }
  return failed;
}

}  // namespace stave
