#include "disruption/reconstruction.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

namespace stave {

Reconstruction::Reconstruction(const Chain& chain, const Scenario& scenario)
    : scenario_(scenario), asked_(chain.size()) {
  std::map<std::pair<RegionId, ProductId>, std::size_t> known;
  for (std::size_t e = 0; e < scenario.capacity.size(); ++e) {
    const auto& event = scenario.capacity[e];
    auto& unbuilt = unbuilt_.emplace_back();
    if (!event.rebuilding) continue;
    unbuilt.assign(event.nodes.size(), 0);
    for (std::size_t p = 0; p < event.nodes.size(); ++p)
      for (const auto& builder : event.rebuilding->builders) {
        const double cost = event.rebuilding->cost[p] * builder.share;
        if (cost == 0) continue;
        const auto region = chain.node(event.nodes[p].node).region;
        const auto [pattern, fresh] =
            known.try_emplace({region, builder.product}, patterns_.size());
        if (fresh) patterns_.push_back({builders_for(chain, region, builder.product)});
        parts_.push_back({e, p, pattern->second, cost, cost});
        unbuilt[p] += cost / event.rebuilding->cost[p];
      }
  }
}

void Reconstruction::morning(int day) {
  if (parts_.empty()) return;
  std::ranges::fill(asked_, 0);
  for (auto& pattern : patterns_) pattern.ordered = 0;
  for (auto& part : parts_) {
    const auto& event = scenario_.capacity[part.event];
    part.ordered = day > event.when.start ? part.remaining / event.rebuilding->days : 0;
    patterns_[part.pattern].ordered += part.ordered;
  }
  for (const auto& pattern : patterns_)
    for (const auto& [maker, share] : pattern.makers) asked_[maker] += pattern.ordered * share;
}

void Reconstruction::evening(std::span<const double> share) {
  done_ = 0;
  for (std::size_t i = 0; i < asked_.size() && !parts_.empty(); ++i) done_ += asked_[i] * share[i];
  made_ += done_;
  for (auto& pattern : patterns_) {
    pattern.delivered = 0;
    for (const auto& builder : pattern.makers)
      pattern.delivered += builder.share * share[builder.maker];
  }
  for (auto& part : parts_) {
    const double got = part.ordered * patterns_[part.pattern].delivered;
    if (got == 0) continue;
    part.remaining -= got;
    unbuilt_[part.event][part.place] -=
        got / scenario_.capacity[part.event].rebuilding->cost[part.place];
  }
}

std::vector<double> Reconstruction::remaining() const {
  std::vector<double> all(scenario_.capacity.size());
  for (const auto& part : parts_) all[part.event] += part.remaining;
  std::vector<double> left;
  for (std::size_t e = 0; e < all.size(); ++e)
    if (scenario_.capacity[e].rebuilding) left.push_back(all[e]);
  return left;
}

double Reconstruction::remaining(int day) const {
  double sum = 0;
  for (const auto& part : parts_)
    if (day >= scenario_.capacity[part.event].when.start) sum += part.remaining;
  return sum;
}

double Reconstruction::miss() const {
  double there = made_;
  double initial = 0;
  for (const auto& part : parts_) {
    there += part.remaining;
    initial += part.cost;
  }
  return initial > 0 ? std::abs(there - initial) / initial : 0;
}

}  // namespace stave
