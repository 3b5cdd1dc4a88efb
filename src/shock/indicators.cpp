#include "stave/shock/shock.hpp"

#include <algorithm>
#include <cmath>

namespace stave {
namespace {

constexpr double no_fall = 1e-9;  // of a normal day's output: rounding
constexpr double back_share = 0.95;
constexpr double short_share = 1e-6;

double own_loss(const Scenario& scenario, const Simulation& simulation) {
  std::vector<bool> struck(simulation.nodes.size());
  for (const auto& event : scenario.capacity)
    for (const auto& [node, share] : event.nodes)
      if (share > 0) struck[node.at()] = true;
  double own = 0;
  for (std::size_t i = 0; i < struck.size(); ++i)
    if (struck[i]) own += simulation.nodes[i].value_added_lost;
  return own;
}

std::optional<int> back_after(const Simulation& simulation, double normal, int first) {
  int below = -1;
  const auto days = static_cast<int>(simulation.days.size());
  for (int t = 0; t < days; ++t)
    if (simulation.days[static_cast<std::size_t>(t)].output < back_share * normal) below = t;
  if (below < 0) return 0;
  if (below + 1 == days) return std::nullopt;
  return below + 1 - first;
}

}  // namespace

Indicators indicators(const Scenario& scenario, const Simulation& simulation,
                      const NormalDay& normal) {
  Indicators it;
  const int first = day_it_begins(scenario);
  double wanted = 0;
  for (std::size_t t = 0; t < simulation.days.size(); ++t) {
    const auto& day = simulation.days[t];
    const double share = normal.total > 0 ? day.output / normal.total : 1;
    if (share < it.least_output) {
      it.least_output = share;
      if (share < 1 - no_fall) it.least_day = static_cast<int>(t);
    }
    it.value_added_lost += day.value_added_lost;
    it.output_lost += normal.total - day.output;
    it.unmet += day.final_unmet;
    wanted += day.final_wanted;
    if (!it.short_after && day.final_unmet > short_share * day.final_wanted)
      it.short_after = static_cast<int>(t) - first;
  }
  const double possible = normal.value_added * static_cast<double>(simulation.days.size());
  if (possible > 0) it.value_added_lost_share = it.value_added_lost / possible;
  if (wanted > 0) it.unmet_share = it.unmet / wanted;
  it.back_after = back_after(simulation, normal.total, first);
  if (const double own = own_loss(scenario, simulation); own > 0)
    it.loss_multiplier = it.value_added_lost / own;
  return it;
}

}  // namespace stave
