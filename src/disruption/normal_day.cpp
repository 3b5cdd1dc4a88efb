#include "disruption/normal_day.hpp"

namespace stave {
namespace {

std::vector<double> stock_days_of(const Chain& chain, const SimulationOptions& options) {
  auto days = options.inventory_days_of;
  if (days.empty()) days.assign(chain.products().size(), options.inventory_days);
  if (options.compatibility == Compatibility::boario)
    for (double& d : days) d = d <= 1 ? 2 : d;
  return days;
}

/// baseline_of, but for the columns that it puts together.
Baseline all_columns(const Chain& chain, const Scenario& scenario) {
  auto base = baseline_of(chain, scenario);
  base.column_region.clear();
  base.final_use = Matrix(base.n, chain.final_columns().size());
  for (std::size_t c = 0; c < chain.final_columns().size(); ++c) {
    base.column_of[c] = c;
    base.column_region.push_back(chain.final_columns()[c].region);
    for (std::size_t i = 0; i < base.n; ++i)
      base.final_use(i, c) = std::max(0.0, chain.final_use()(i, c)) / days_a_year;
  }
  return base;
}

}  // namespace

NormalDay normal_day(const Chain& chain, const Scenario& scenario,
                     const SimulationOptions& options) {
  NormalDay day{.base = all_columns(chain, scenario),
                .flows = Matrix(chain.size(), chain.size()),
                .needs = Matrix(chain.products().size(), chain.size()),
                .stock_days = stock_days_of(chain, options)};
  for_each_daily_flow(chain, [&](std::size_t i, std::size_t j, double z) {
    day.flows(i, j) = z;
    day.needs(static_cast<std::size_t>(day.base.product[i]), j) += z / day.base.activity(j);
  });
  return day;
}

double left_open(const Scenario& scenario, int day, std::size_t maker,
                 const std::function<bool(const LinkEvent&)>& meant) {
  double stopped = 0;
  for (const auto& event : scenario.links)
    if (among(event.from, NodeId(maker)) && meant(event))
      stopped += event.share * strength(event.when, day);
  return std::max(0.0, 1 - stopped);
}

int late_by(const Scenario& scenario, int day, std::size_t maker,
            const std::function<bool(const DelayEvent&)>& meant) {
  int days = 0;
  for (const auto& event : scenario.delays)
    if (strength(event.when, day) == 1 && among(event.from, NodeId(maker)) && meant(event))
      days += event.days;
  return days;
}

}  // namespace stave
