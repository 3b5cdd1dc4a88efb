#include "stave/scenario/scenario.hpp"

#include <algorithm>
#include <cmath>

namespace stave {
namespace {

double left_after(const Timing& when, double e) {
  const double tau = when.recovery_days;
  if (tau == 0) return 0;
  switch (when.recovery) {
    case Recovery::linear:
      return std::max(0.0, 1 - e / tau);
    case Recovery::exponential:
      return std::pow(1 - 1 / tau, 4 * e);
    case Recovery::s_curve: {
      const double p = (std::log(tau) - std::log(1e-6)) / (std::log(tau) - std::log(2));
      return tau / (tau + 1e-6 * std::pow(e, p));
    }
  }
  return 0;
}

}  // namespace

double strength(const Timing& when, int day) {
  if (day < when.start) return 0;
  const int e = day - when.start - when.duration + 1;
  return e <= 0 ? 1 : left_after(when, e);
}

std::vector<double> capacity_lost(const Scenario& scenario, int day, std::size_t n,
                                  std::size_t* clipped) {
  std::vector<double> lost(n);
  for (const auto& event : scenario.capacity) {
    const double left = event.rebuilding ? 0 : strength(event.when, day);
    if (left == 0) continue;
    for (const auto& hit : event.nodes) lost[hit.node.at()] += hit.share * left;
  }
  for (double& share : lost) {
    if (share <= 1) continue;
    share = 1;
    if (clipped != nullptr) ++*clipped;
  }
  return lost;
}

}  // namespace stave
