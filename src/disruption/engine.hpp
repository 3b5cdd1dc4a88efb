#pragma once
/// The two engines behind `simulate`. Scenario and options are checked, the baseline is made.

#include "stave/disruption/simulate.hpp"

#include "disruption/baseline.hpp"

namespace stave {

/// StockRule::by_product, on dense tables and sparse networks.
[[nodiscard]] Simulation simulate_by_product(const Chain& chain, const Baseline& base,
                                             const Scenario& scenario,
                                             const SimulationOptions& options, const Watch& watch,
                                             Progress& progress);

/// StockRule::by_supplier.
[[nodiscard]] Simulation simulate_by_supplier(const Chain& chain, const Baseline& base,
                                              const Scenario& scenario,
                                              const SimulationOptions& options, const Watch& watch,
                                              Progress& progress);

/// @throws Error bad_input  an option outside what it says
void check_options(const Chain& chain, const SimulationOptions& options);

}  // namespace stave
