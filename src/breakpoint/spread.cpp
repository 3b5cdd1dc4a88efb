#include "breakpoint/spread.hpp"

namespace stave {

bool Spread::follow(std::int32_t node, std::span<const char> fatal) {
  clear();
  failed_[at(node)] = 1;
  trail_.push_back(node);
  if (fatal[at(node)]) return true;
  for (std::size_t next = 0; next < trail_.size(); ++next) {
    const auto from = at(trail_[next]);
    for (auto k = at(net_.use_start[from]); k < at(net_.use_start[from + 1]); ++k) {
      const auto group = at(net_.use_group[k]);
      lost_[group] += net_.use_weight[k];
      if (lost_[group] <= net_.slack[group]) continue;
      const auto user = net_.group_node[group];
      if (failed_[at(user)]) continue;
      failed_[at(user)] = 1;
      trail_.push_back(user);
      if (fatal[at(user)]) return true;
    }
  }
  return false;
}

void Spread::clear() {
  for (const auto node : trail_) {
    failed_[at(node)] = 0;
    for (auto k = at(net_.use_start[at(node)]); k < at(net_.use_start[at(node) + 1]); ++k)
      lost_[at(net_.use_group[k])] = 0;
  }
  trail_.clear();
}

}  // namespace stave
