#include "breakpoint/witness.hpp"

#include "stave/core/random.hpp"

#include <algorithm>
#include <utility>

#include "breakpoint/at.hpp"

namespace stave {
namespace {}  // namespace

void WitnessBuilder::hold(std::int32_t node) {
  if (held_[at(node)]) return;
  held_[at(node)] = 1;
  nodes_.push_back(node);
  const auto source = system_.source_of[at(node)];
  if (source_held_[at(source)]) return;
  source_held_[at(source)] = 1;
  sources_.push_back(source);
}

// Free when held already, cheap when its source is, dear when it is to be avoided.
int WitnessBuilder::cost(std::int32_t node, const std::vector<char>& avoid) const {
  const auto source = at(system_.source_of[at(node)]);
  if (held_[at(node)]) return 0;
  if (source_held_[source]) return 1;
  return avoid[source] ? 3 : 2;
}

void WitnessBuilder::support(const Failure& failure, std::int32_t group,
                             const std::vector<char>& avoid, std::uint64_t salt) {
  const auto first = system_.member_start[at(group)];
  const auto count = static_cast<std::uint64_t>(system_.member_start[at(group) + 1] - first);
  const auto start = random_bits(salt, at(group), 0) % count;
  double held_weight = 0;
  for (bool enough = false; !enough;) {
    std::int64_t best = -1;
    int best_cost = 4;
    for (std::uint64_t k = 0; k < count && best_cost > 0; ++k) {
      const auto slot = first + static_cast<std::int64_t>((start + k) % count);
      const auto node = system_.member[static_cast<std::size_t>(slot)];
      if (!failure.works(node) || taken_[static_cast<std::size_t>(slot)] == stamp_) continue;
      const int c = cost(node, avoid);
      if (c < best_cost) {
        best = slot;
        best_cost = c;
      }
    }
    if (best < 0) return;  // all that work are held
    taken_[static_cast<std::size_t>(best)] = stamp_;
    hold(system_.member[static_cast<std::size_t>(best)]);
    held_weight += system_.weight[static_cast<std::size_t>(best)];
    enough = held_weight >= system_.threshold;
  }
}

std::vector<std::int32_t> WitnessBuilder::sources(const Failure& failure,
                                                  const std::vector<char>& avoid,
                                                  std::uint64_t salt) {
  ++stamp_;
  const auto best = std::min_element(target_.begin(), target_.end(), [&](auto a, auto b) {
    return !failure.works(b) && failure.works(a);
  });
  hold(*best);
  for (std::size_t next = 0; next < nodes_.size(); ++next) {
    const auto node = at(nodes_[next]);
    for (auto g = system_.node_group_start[node]; g < system_.node_group_start[node + 1]; ++g)
      support(failure, static_cast<std::int32_t>(g), avoid, salt);
  }
  for (const auto node : nodes_) held_[at(node)] = 0;
  for (const auto source : sources_) source_held_[at(source)] = 0;
  nodes_.clear();
  return std::exchange(sources_, {});
}

}  // namespace stave
