// How a set carries through to the target.
#include "stave/breakpoint/breakpoint.hpp"

#include <algorithm>
#include <functional>

#include "breakpoint/at.hpp"
#include "breakpoint/net.hpp"

namespace stave {

FailurePaths::FailurePaths(const BreakpointSystem& system, std::span<const std::int32_t> target)
    : system_(system),
      target_(target.begin(), target.end()),
      targets_left_(target.size()),
      is_target_(system.nodes()),
      wanted_(system.nodes()),
      distance_(system.nodes(), -1),
      slack_(system.group_node.size()),
      lost_(system.group_node.size()),
      place_(system.nodes(), -1) {
  for (const auto t : target) is_target_[at(t)] = 1;
  for (std::size_t g = 0; g < slack_.size(); ++g) slack_[g] = slack_of(system, g);
  for (const auto t : target) distance_[at(t)] = 0;
  measure_distance(true);
  measure_distance(false);
}

// Extends the distances to suppliers of nodes that have one: to those whose loss alone stops their
// user, or to all, which are then farther off than any of the former.
void FailurePaths::measure_distance(bool alone) {
  std::vector<std::int32_t> queue;
  for (std::size_t i = 0; i < distance_.size(); ++i)
    if (distance_[i] >= 0) queue.push_back(static_cast<std::int32_t>(i));
  const auto farthest = *std::max_element(distance_.begin(), distance_.end());
  for (std::size_t next = 0; next < queue.size(); ++next) {
    const auto user = at(queue[next]);
    for (auto g = at(system_.node_group_start[user]); g < at(system_.node_group_start[user + 1]);
         ++g)
      for (auto k = at(system_.member_start[g]); k < at(system_.member_start[g + 1]); ++k) {
        const auto supplier = system_.member[k];
        if (distance_[at(supplier)] >= 0) continue;
        if (alone && (system_.threshold > 0 ? system_.weight[k] : 1) <= slack_[g]) continue;
        distance_[at(supplier)] = std::max(distance_[user], farthest) + 1;
        queue.push_back(supplier);
      }
  }
}

void FailurePaths::fail(std::int32_t node, std::int32_t group) {
  const auto distance = distance_[at(node)];
  if (place_[at(node)] >= 0 || distance < 0) return;
  const auto place = static_cast<std::int32_t>(trail_.size());
  place_[at(node)] = place;
  targets_left_ -= static_cast<std::size_t>(is_target_[at(node)]);
  trail_.push_back(node);
  reason_.push_back(group);
  waiting_.push_back((std::int64_t{distance} << 32) + place);
  std::push_heap(waiting_.begin(), waiting_.end(), std::greater<>());
}

void FailurePaths::tell_users(std::int32_t node) {
  told_.push_back(node);
  for (auto k = at(system_.use_start[at(node)]); k < at(system_.use_start[at(node) + 1]); ++k) {
    const auto group = system_.use_group[k];
    lost_[at(group)] += system_.threshold > 0 ? system_.use_weight[k] : 1;
    if (lost_[at(group)] > slack_[at(group)]) fail(system_.group_node[at(group)], group);
  }
}

// What failed the k-th node, whose failed suppliers are then wanted too.
FailureStep FailurePaths::step(std::size_t k) {
  FailureStep step{trail_[k], -1, {}};
  if (reason_[k] < 0) return step;
  const auto group = at(reason_[k]);
  step.product = system_.group_product[group];
  for (auto m = at(system_.member_start[group]); m < at(system_.member_start[group + 1]); ++m) {
    const auto supplier = system_.member[m];
    const auto place = place_[at(supplier)];
    if (place < 0 || at(place) >= k) continue;
    step.because.push_back(supplier);
    wanted_[at(supplier)] = 1;
  }
  return step;
}

std::vector<FailureStep> FailurePaths::of(std::span<const std::int32_t> set) {
  clear();
  for (const auto s : set)
    for (auto k = at(system_.source_start[at(s)]); k < at(system_.source_start[at(s) + 1]); ++k)
      fail(system_.source_node[k], -1);
  while (targets_left_ > 0 && !waiting_.empty()) {
    std::pop_heap(waiting_.begin(), waiting_.end(), std::greater<>());
    const auto place = static_cast<std::int32_t>(waiting_.back() & 0xffffffff);
    waiting_.pop_back();
    tell_users(trail_[at(place)]);
  }
  for (const auto t : target_)
    if (place_[at(t)] >= 0) wanted_[at(t)] = 1;
  std::vector<FailureStep> steps;
  for (auto k = trail_.size(); k-- > 0;)
    if (wanted_[at(trail_[k])]) steps.push_back(step(k));
  std::reverse(steps.begin(), steps.end());
  return steps;
}

void FailurePaths::clear() {
  for (const auto node : told_)
    for (auto k = at(system_.use_start[at(node)]); k < at(system_.use_start[at(node) + 1]); ++k)
      lost_[at(system_.use_group[k])] = 0;
  for (const auto node : trail_) {
    place_[at(node)] = -1;
    wanted_[at(node)] = 0;
  }
  targets_left_ = target_.size();
  told_.clear();
  waiting_.clear();
  trail_.clear();
  reason_.clear();
}

std::vector<FailureStep> failure_path(const BreakpointSystem& system,
                                      std::span<const std::int32_t> set,
                                      std::span<const std::int32_t> target) {
  return FailurePaths(system, target).of(set);
}

}  // namespace stave
