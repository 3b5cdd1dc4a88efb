// How a set carries through to the target.
#include "stave/breakpoint/breakpoint.hpp"

#include <algorithm>

#include "breakpoint/at.hpp"
#include "breakpoint/net.hpp"

namespace stave {

FailurePaths::FailurePaths(const BreakpointSystem& system, std::span<const std::int32_t> target)
    : system_(system),
      target_(target.begin(), target.end()),
      targets_left_(target.size()),
      is_target_(system.nodes()),
      wanted_(system.nodes()),
      slack_(system.group_node.size()),
      lost_(system.group_node.size()),
      place_(system.nodes(), -1) {
  for (const auto t : target) is_target_[at(t)] = 1;
  for (std::size_t g = 0; g < slack_.size(); ++g) slack_[g] = slack_of(system, g);
}

void FailurePaths::fail(std::int32_t node, std::int32_t group) {
  if (place_[at(node)] >= 0) return;
  place_[at(node)] = static_cast<std::int32_t>(trail_.size());
  targets_left_ -= static_cast<std::size_t>(is_target_[at(node)]);
  trail_.push_back(node);
  reason_.push_back(group);
}

void FailurePaths::lose(std::int32_t source) {
  auto next = trail_.size();
  for (auto k = system_.source_start[at(source)]; k < system_.source_start[at(source) + 1]; ++k)
    fail(system_.source_node[static_cast<std::size_t>(k)], -1);
  for (; next < trail_.size() && targets_left_ > 0; ++next) {
    const auto node = at(trail_[next]);
    for (auto k = system_.use_start[node]; k < system_.use_start[node + 1]; ++k) {
      const auto slot = static_cast<std::size_t>(k);
      const auto group = system_.use_group[slot];
      lost_[at(group)] += system_.threshold > 0 ? system_.use_weight[slot] : 1;
      if (lost_[at(group)] > slack_[at(group)]) fail(system_.group_node[at(group)], group);
    }
  }
}

// What failed the k-th node, whose failed suppliers are then wanted too.
FailureStep FailurePaths::step(std::size_t k) {
  FailureStep step{trail_[k], -1, {}};
  if (reason_[k] < 0) return step;
  const auto group = at(reason_[k]);
  step.product = system_.group_product[group];
  for (auto m = system_.member_start[group]; m < system_.member_start[group + 1]; ++m) {
    const auto supplier = system_.member[static_cast<std::size_t>(m)];
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
    if (targets_left_ > 0) lose(s);
  for (const auto t : target_)
    if (place_[at(t)] >= 0) wanted_[at(t)] = 1;
  std::vector<FailureStep> steps;
  for (auto k = trail_.size(); k-- > 0;)
    if (wanted_[at(trail_[k])]) steps.push_back(step(k));
  std::reverse(steps.begin(), steps.end());
  return steps;
}

void FailurePaths::clear() {
  for (const auto node : trail_) {
    for (auto k = system_.use_start[at(node)]; k < system_.use_start[at(node) + 1]; ++k)
      lost_[at(system_.use_group[static_cast<std::size_t>(k)])] = 0;
    place_[at(node)] = -1;
    wanted_[at(node)] = 0;
  }
  targets_left_ = target_.size();
  trail_.clear();
  reason_.clear();
}

std::vector<FailureStep> failure_path(const BreakpointSystem& system,
                                      std::span<const std::int32_t> set,
                                      std::span<const std::int32_t> target) {
  return FailurePaths(system, target).of(set);
}

}  // namespace stave
