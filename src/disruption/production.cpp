#include "disruption/production.hpp"

#include <algorithm>

namespace stave {
namespace {

/// Written as 1 + the mean of (r - 1), so that on a normal day nothing is lost to rounding.
InputLimit from_sum_of_inputs(std::span<const double> ratio, std::span<const double> need,
                              std::span<const double> counts) {
  InputLimit limit;
  double all = 0;
  double away = 0;
  double scarcest = limit.most;
  for (std::size_t k = 0; k < ratio.size(); ++k) {
    if (counts[k] == 0) continue;
    all += need[k];
    away += need[k] * (ratio[k] - 1);
    if (ratio[k] < scarcest) limit.input = k;
    scarcest = std::min(scarcest, ratio[k]);
  }
  if (all > 0) limit.most = std::max(0.0, 1 + away / all);
  return limit;
}

}  // namespace

double shortage_counts(ProductionRule rule, Need need) {
  switch (rule) {
    case ProductionRule::leontief:
      return 1;
    case ProductionRule::important_binds:
      return need == Need::none ? 0 : 1;
    case ProductionRule::important_half:
      return need == Need::essential ? 1 : need == Need::non_essential ? 0.5 : 0;
    case ProductionRule::critical_only:
      return need == Need::essential ? 1 : 0;
    case ProductionRule::linear:
      return 1;
  }
  return 0;
}

InputLimit most_from_inputs(ProductionRule rule, std::span<const double> ratio,
                            std::span<const double> need, std::span<const double> counts) {
  if (rule == ProductionRule::linear) return from_sum_of_inputs(ratio, need, counts);
  InputLimit limit;
  for (std::size_t k = 0; k < ratio.size(); ++k) {
    if (counts[k] == 0) continue;
    const double allowed = (1 - counts[k]) + counts[k] * ratio[k];
    if (allowed < limit.most) limit = {allowed, k};
  }
  return limit;
}

}  // namespace stave
