#include "disruption/loss.hpp"

#include <cmath>

namespace stave {
namespace {

double six_decimals(double share) { return std::nearbyint(share * 1e6) / 1e6; }

/// As BoARIO counts days: a share begins a day late, and every recovery two.
double boario_left(const CapacityEvent& event, double share, int day) {
  auto when = event.when;
  const bool rounded = event.kind == LossKind::share;
  if (rounded) ++when.start;
  if (day < when.start) return 0;
  if (day < when.start + when.duration + 2) return share;
  const double left = share * strength(when, day - 2);
  return rounded ? six_decimals(left) : left;
}

}  // namespace

LossToday loss_today(const Scenario& scenario, int day, std::size_t n, Compatibility compatibility,
                     std::span<const std::vector<double>> unbuilt) {
  LossToday today{std::vector<double>(n)};
  for (std::size_t e = 0; e < scenario.capacity.size(); ++e) {
    const auto& event = scenario.capacity[e];
    if (day < event.when.start) continue;
    const double left = strength(event.when, day);
    for (std::size_t k = 0; k < event.nodes.size(); ++k) {
      const double share = event.nodes[k].share;
      double& lost = today.share[event.nodes[k].node.at()];
      if (event.rebuilding)
        lost += share * unbuilt[e][k];
      else if (compatibility == Compatibility::boario)
        lost += boario_left(event, share, day);
      else
        lost += share * left;
    }
  }
  for (double& share : today.share)
    if (share > 1) {
      share = 1;
      ++today.clipped;
    }
  return today;
}

}  // namespace stave
