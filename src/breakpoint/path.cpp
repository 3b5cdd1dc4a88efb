// The shortest route from a loss to the target.
#include "stave/breakpoint/breakpoint.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "breakpoint/at.hpp"
#include "breakpoint/net.hpp"

namespace stave {

namespace {

constexpr auto never = std::numeric_limits<std::int32_t>::max();

}  // namespace

FailureRoutes::FailureRoutes(const BreakpointSystem& system, std::span<const std::int32_t> target,
                             std::size_t most_links)
    : system_(system),
      most_links_(most_links),
      is_target_(system.nodes()),
      groups_(system.group_node.size()),
      places_(system.nodes(), {-1, never, never, -1}) {
  for (std::size_t g = 0; g < groups_.size(); ++g)
    groups_[g] = {slack_of(system, g), 0, system.group_node[g], -1};
  for (const auto t : target) {
    is_target_[at(t)] = 1;
    places_[at(t)].distance = 0;
    places_[at(t)].alone = 0;
  }
  measure_distance(target);
  measure_alone(target);
}

// Links to the nearest maker of the target, against the flow, in breadth.
void FailureRoutes::measure_distance(std::span<const std::int32_t> target) {
  std::vector<std::int32_t> queue(target.begin(), target.end());
  for (std::size_t next = 0; next < queue.size(); ++next) {
    const auto user = at(queue[next]);
    const auto first = at(system_.member_start[at(system_.node_group_start[user])]);
    const auto last = at(system_.member_start[at(system_.node_group_start[user + 1])]);
    for (auto k = first; k < last; ++k) {
      auto& supplier = places_[at(system_.member[k])];
      if (supplier.distance != never) continue;
      supplier.distance = places_[user].distance + 1;
      queue.push_back(system_.member[k]);
    }
  }
}

// The same by links whose supplier alone stops its user.
void FailureRoutes::measure_alone(std::span<const std::int32_t> target) {
  std::vector<std::int32_t> queue(target.begin(), target.end());
  for (std::size_t next = 0; next < queue.size(); ++next) {
    const auto user = at(queue[next]);
    for (auto g = system_.node_group_start[user]; g < system_.node_group_start[user + 1]; ++g)
      for (auto k = at(system_.member_start[at(g)]); k < at(system_.member_start[at(g) + 1]); ++k) {
        auto& supplier = places_[at(system_.member[k])];
        const double weight = system_.threshold > 0 ? system_.weight[k] : 1;
        if (supplier.alone != never || weight <= groups_[at(g)].slack) continue;
        supplier.alone = places_[user].alone + 1;
        supplier.next_group = static_cast<std::int32_t>(g);
        queue.push_back(system_.member[k]);
      }
  }
}

std::vector<FailureStep> FailureRoutes::of(std::span<const std::int32_t> set) {
  clear();
  for (const auto s : set)
    for (auto k = at(system_.source_start[at(s)]); k < at(system_.source_start[at(s) + 1]); ++k)
      if (is_target_[at(system_.source_node[k])]) target_lost_ = true;
  for (const auto s : set)
    for (auto k = at(system_.source_start[at(s)]); k < at(system_.source_start[at(s) + 1]); ++k)
      stop(system_.source_node[k], 0);
  const auto end = reach();
  proved_ = end >= 0 || best_ < 0;
  if (end >= 0) return route_to(end);
  return best_ < 0 ? std::vector<FailureStep>{} : with_tail(route_to(best_));
}

// Follows the loss round by round. Returns the maker of the target that stops first, of several the
// first in order; -1: none does, or the links to follow are spent and a way is known already.
std::int32_t FailureRoutes::reach() {
  std::int32_t end = -1;
  std::size_t links = 0;
  for (; told_ < stopped_.size(); ++told_) {
    const auto node = at(stopped_[told_]);
    const auto round = places_[node].round;
    if (end >= 0 && round >= places_[at(end)].round) break;
    if (end < 0 && best_ >= 0 && links > most_links_) break;
    if (std::int64_t{round} + places_[node].distance > bound_) continue;
    links += at(system_.use_start[node + 1] - system_.use_start[node]);
    for (auto k = at(system_.use_start[node]); k < at(system_.use_start[node + 1]); ++k) {
      auto& group = groups_[at(system_.use_group[k])];
      group.gone += system_.threshold > 0 ? system_.use_weight[k] : 1;
      if (group.gone_by >= 0 || group.gone <= group.slack) continue;
      group.gone_by = round;
      const bool news = stop(group.user, round + 1);
      if (news && is_target_[at(group.user)] && (end < 0 || group.user < end)) end = group.user;
    }
  }
  return end;
}

// Whether the node is on a way to the target that is not too long, and had not stopped before.
// The target is met by round(node) + steps that follow alone at the latest; what cannot meet it by
// then is left out.
bool FailureRoutes::stop(std::int32_t node, std::int32_t round) {
  auto& place = places_[at(node)];
  if (place.round >= 0 || place.distance == never) return false;
  if (std::int64_t{round} + place.distance > bound_) return false;
  place.round = round;
  stopped_.push_back(node);
  if (!target_lost_ && place.alone != never && std::int64_t{round} + place.alone < bound_) {
    bound_ = std::int64_t{round} + place.alone;
    best_ = node;
  }
  return true;
}

// From the end back: each step follows the supplier that stopped last.
std::vector<FailureStep> FailureRoutes::route_to(std::int32_t end) const {
  std::vector<FailureStep> steps;
  auto node = end;
  while (places_[at(node)].round > 0) {
    auto [step, before] = step_to(node);
    steps.push_back(std::move(step));
    node = before;
  }
  steps.push_back({node, -1, {}});
  std::reverse(steps.begin(), steps.end());
  return steps;
}

// On to the target by steps that each follow from the one before alone.
std::vector<FailureStep> FailureRoutes::with_tail(std::vector<FailureStep> steps) const {
  for (auto node = steps.back().node; places_[at(node)].alone > 0; node = steps.back().node) {
    const auto group = at(places_[at(node)].next_group);
    steps.push_back({system_.group_node[group],
                     system_.group_product[group],
                     {node},
                     system_.member_start[group + 1] - system_.member_start[group] > 1});
  }
  return steps;
}

// How a node stopped, and the supplier that the route comes from: of those that stopped in the
// round before, with the input that was gone with them, the first in order.
std::pair<FailureStep, std::int32_t> FailureRoutes::step_to(std::int32_t node) const {
  const auto before = places_[at(node)].round - 1;
  std::int32_t from = -1;
  std::size_t reason = 0;
  for (auto g = at(system_.node_group_start[at(node)]);
       g < at(system_.node_group_start[at(node) + 1]); ++g) {
    if (groups_[g].gone_by != before) continue;
    for (auto k = at(system_.member_start[g]); k < at(system_.member_start[g + 1]); ++k)
      if (const auto supplier = system_.member[k];
          places_[at(supplier)].round == before && (from < 0 || supplier < from)) {
        from = supplier;
        reason = g;
      }
  }
  FailureStep step{node, system_.group_product[reason], {}};
  const auto first = at(system_.member_start[reason]);
  const auto last = at(system_.member_start[reason + 1]);
  for (auto k = first; k < last; ++k)
    if (const auto supplier = system_.member[k];
        places_[at(supplier)].round >= 0 && places_[at(supplier)].round <= before)
      step.because.push_back(supplier);
  step.some_left = step.because.size() < last - first;
  return {std::move(step), from};
}

void FailureRoutes::clear() {
  for (std::size_t n = 0; n < std::min(told_ + 1, stopped_.size()); ++n) {
    const auto node = at(stopped_[n]);
    for (auto k = at(system_.use_start[node]); k < at(system_.use_start[node + 1]); ++k) {
      groups_[at(system_.use_group[k])].gone = 0;
      groups_[at(system_.use_group[k])].gone_by = -1;
    }
  }
  for (const auto node : stopped_) places_[at(node)].round = -1;
  stopped_.clear();
  told_ = 0;
  bound_ = std::numeric_limits<std::int64_t>::max();
  best_ = -1;
  target_lost_ = false;
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
