#pragma once
/// Simulations made by hand, for what is made of them.
#include "stave/shock/shock.hpp"

namespace stave {

/// Output of each day; everything else as on a normal day of `normal` money.
inline Simulation simulation_of(const std::vector<double>& output, double normal,
                                std::size_t nodes = 1) {
  Simulation s;
  for (const double x : output) {
    DayTotals day;
    day.output = x;
    day.capacity = normal;
    day.final_wanted = 10;
    day.value_added_lost = (normal - x) / 2;
    s.days.push_back(day);
  }
  s.nodes.assign(nodes, NodeCourse{.least_output = 1});
  return s;
}

inline NormalDay normal_of(double output) {
  NormalDay normal;
  normal.total = output;
  normal.value_added = output / 2;
  return normal;
}

inline CapacityEvent loss_of(NodeId node, double share, int start, int duration) {
  return {.name = "fire", .when = {start, duration}, .nodes = {{node, share}}};
}

}  // namespace stave
