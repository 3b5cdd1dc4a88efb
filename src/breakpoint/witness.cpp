#include "breakpoint/witness.hpp"

#include "stave/core/random.hpp"

namespace stave {

void Witness::hold(std::int32_t node) {
  if (held_[at(node)]) return;
  held_[at(node)] = 1;
  nodes_.push_back(node);
}

// Takes members until enough are held: first those not to be avoided, from a random place on.
void Witness::support(const Spread& spread, std::size_t group, std::span<const char> avoid,
                      std::uint64_t salt) {
  const auto first = at(net_.member_start[group]);
  const auto count = at(net_.member_start[group + 1]) - first;
  double missing = net_.need[group];
  for (auto k = first; k < first + count && missing > 0; ++k)
    if (held_[at(net_.member[k])]) missing -= net_.weight[k];
  if (missing <= 0) return;
  const auto start = count == 1 ? 0 : random_bits(salt, group, 0) % count;
  for (const bool dear : {false, true})
    for (std::size_t k = 0; k < count; ++k) {
      const auto slot = first + (start + k) % count;
      const auto node = net_.member[slot];
      if (held_[at(node)] || spread.failed(node) || (avoid[at(node)] != 0) != dear) continue;
      hold(node);
      missing -= net_.weight[slot];
      if (missing <= 0) return;
    }
}

void Witness::build(const Spread& spread, std::span<const char> avoid, std::uint64_t salt) {
  for (const auto node : nodes_) held_[at(node)] = 0;
  nodes_.clear();
  hold(0);
  for (std::size_t next = 0; next < nodes_.size(); ++next) {
    const auto node = at(nodes_[next]);
    for (auto g = at(net_.group_start[node]); g < at(net_.group_start[node + 1]); ++g)
      support(spread, g, avoid, salt);
  }
}

}  // namespace stave
