#include "breakpoint/failure.hpp"

namespace stave {

Failure::Failure(const BreakpointSystem& system, std::span<const std::int32_t> target)
    : system_(system),
      failed_(system.nodes()),
      is_target_(system.nodes()),
      working_(system.group_node.size()),
      lost_(system.group_node.size()),
      total_(system.group_node.size()),
      targets_left_(target.size()) {
  for (const auto t : target) is_target_[at(t)] = 1;
  for (std::size_t g = 0; g < working_.size(); ++g) {
    working_[g] = static_cast<std::int32_t>(system.member_start[g + 1] - system.member_start[g]);
    for (auto k = system.member_start[g]; k < system.member_start[g + 1]; ++k)
      total_[g] += system.weight[static_cast<std::size_t>(k)];
  }
}

bool Failure::supplied(std::int32_t group) const {
  // Rounding in what is left must not fail a group that lost nothing it needed.
  constexpr double rounding = 1e-12;
  const auto g = at(group);
  return working_[g] > 0 && total_[g] - lost_[g] >= system_.threshold - rounding;
}

void Failure::fail(std::int32_t node, std::int32_t reason) {
  if (failed_[at(node)]) return;
  failed_[at(node)] = 1;
  targets_left_ -= static_cast<std::size_t>(is_target_[at(node)]);
  trail_.push_back(node);
  reasons_.push_back(reason);
}

// Tells the users of a failed node. True when one that fails is fatal.
bool Failure::hears(std::size_t node, std::span<const char> fatal) {
  bool doomed = false;
  for (auto k = system_.use_start[node]; k < system_.use_start[node + 1]; ++k) {
    const auto group = system_.use_group[static_cast<std::size_t>(k)];
    --working_[at(group)];
    lost_[at(group)] += system_.use_weight[static_cast<std::size_t>(k)];
    if (supplied(group)) continue;
    const auto user = system_.group_node[at(group)];
    fail(user, group);
    doomed = doomed || (!fatal.empty() && fatal[at(user)]);
  }
  return doomed;
}

bool Failure::lose(std::int32_t source, std::span<const char> fatal) {
  marks_.push_back(trail_.size());
  processed_ = trail_.size();
  bool doomed = false;
  for (auto k = system_.source_start[at(source)]; k < system_.source_start[at(source) + 1]; ++k) {
    const auto node = system_.source_node[static_cast<std::size_t>(k)];
    fail(node, -1);
    doomed = doomed || (!fatal.empty() && fatal[at(node)]);
  }
  // Once the target is stopped, nothing further is asked.
  for (; processed_ < trail_.size() && !stopped() && !doomed; ++processed_)
    doomed = hears(at(trail_[processed_]), fatal);
  // The last one told is told wholly: restore() takes it back.
  return stopped() || doomed;
}

void Failure::restore() {
  // In reverse, so that sums of weights return to the very values they had.
  for (; trail_.size() > marks_.back(); trail_.pop_back(), reasons_.pop_back()) {
    const auto node = at(trail_.back());
    failed_[node] = 0;
    targets_left_ += static_cast<std::size_t>(is_target_[node]);
    if (trail_.size() > processed_) continue;
    --processed_;
    for (auto k = system_.use_start[node]; k < system_.use_start[node + 1]; ++k) {
      const auto group = at(system_.use_group[static_cast<std::size_t>(k)]);
      ++working_[group];
      lost_[group] =
          working_[group] == system_.member_start[group + 1] - system_.member_start[group]
              ? 0
              : lost_[group] - system_.use_weight[static_cast<std::size_t>(k)];
    }
  }
  marks_.pop_back();
}

}  // namespace stave
