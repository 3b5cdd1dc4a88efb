#pragma once
/// Small chains and scenarios that are worked by hand; the twin plays everything, and the engine
/// must agree.

#include <vector>

#include "core/small_chain.hpp"
#include "disruption/played.hpp"

namespace stave::test {

/// Ten a day of p0 go into 40 of p1; ten and forty are used at the end.
inline Chain ore_and_steel() {
  auto parts = grid_parts(
      1, 2, [](std::size_t i, std::size_t j) { return i == 0 && j == 1 ? 3650.0 : 0.0; });
  parts.final_use = Matrix::of({{3650}, {14600}});
  return Chain(std::move(parts));
}

inline CapacityEvent hit(std::size_t node, double share, int duration = 30) {
  return {.when = {.duration = duration, .recovery_days = 30}, .nodes = {{NodeId(node), share}}};
}
/// From the first day of all, for ever.
inline CapacityEvent never_again(std::size_t node) {
  return {.when = {.start = 0, .duration = 365}, .nodes = {{NodeId(node), 1}}};
}
inline Scenario struck(const std::vector<CapacityEvent>& events, int days = 365) {
  Scenario scenario;
  scenario.days = days;
  scenario.capacity = events;
  return scenario;
}
inline Scenario played_for(int days) { return struck({}, days); }

struct Days {
  Matrix output, capacity, unmet;  ///< [days x n]
  Simulation all;
  Matrix delivered;        ///< [days x n]
  Matrix unmet_by_column;  ///< [days x f]
};

inline Days run(const Chain& chain, const Scenario& scenario,
                const SimulationOptions& options = {}) {
  auto twin = simulation_reference(chain, scenario, options, watch_all);
  expect_same(simulate(chain, scenario, options, watch_all), twin.simulation, money_a_day(chain),
              1e-10);
  const auto& s = twin.simulation;
  return {s.node_output, s.node_capacity, s.node_unmet, s, twin.delivered, twin.unmet_by_column};
}

inline SimulationOptions base_model(double inventory_days) {
  auto options = simulation_preset("ario");
  options.inventory_days = inventory_days;
  return options;
}
/// Normal capacity whatever the scarcity, so that what is left of it is 1 - Delta.
inline SimulationOptions no_overproduction() {
  SimulationOptions options;
  options.overproduction_max = 1;
  return options;
}
inline double capacity_left(const Chain& chain, const Days& result, std::size_t day) {
  return result.capacity(day, 0) / (chain.output()[0] / 365);
}

}  // namespace stave::test
