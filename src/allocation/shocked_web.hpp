#pragma once
/// A scenario as an allocation problem: what is left, on average over a horizon.

#include "stave/allocation/emergency_plan.hpp"
#include "stave/scenario/scenario.hpp"

namespace stave {

/// First day something happens, and the days planned for.
struct Horizon {
  int first = 0;
  int days = 30;
};

struct ShockedWeb {
  AllocationProblem problem;       ///< weights 1, nothing for idle makers
  std::vector<double> lost;        ///< [makers] share of capacity, mean over the horizon
  std::vector<std::string> notes;  ///< what was simplified or clipped
};

/// The day of the first event; 0 where there is none.
[[nodiscard]] int first_event_day(const Scenario& scenario);

/// Effects are means over the days of the horizon. Goods late by d days are missing for d of them.
/// In a table, links from a maker lead to the market of a region and carry less by what those cut
/// off there normally buy.
/// @param made  supply_web of the chain with by_column
/// @throws Error bad_input  as check_scenario
[[nodiscard]] ShockedWeb shocked_web(const Chain& chain, const ChainWeb& made,
                                     const Scenario& scenario, const Horizon& horizon,
                                     double growth);

}  // namespace stave
