#include "stave/disruption/simulate.hpp"

#include "stave/core/error.hpp"

#include <cmath>
#include <string>

#include <fmt/format.h>

#include "disruption/engine.hpp"

namespace stave {
namespace {

[[noreturn]] void refuse_option(std::string_view what, double value, const std::string& expected) {
  throw Error(Errc::bad_input, fmt::format("{} is {}", what, value),
              fmt::format("Expected {}.", expected));
}

void option_above(double value, double least, std::string_view what) {
  if (!(value > least) || !std::isfinite(value))
    refuse_option(what, value, fmt::format("a number above {}", least));
}

void option_from(double value, double least, std::string_view what, const std::string& expected) {
  if (!(value >= least) || !std::isfinite(value)) refuse_option(what, value, expected);
}

}  // namespace

void check_options(const Chain& chain, const SimulationOptions& options) {
  if (!(options.psi > 0 && options.psi <= 1)) refuse_option("psi", options.psi, "above 0, to 1");
  option_above(options.inventory_days, 0, "the inventory in days");
  option_from(options.inventory_restore_days, 1, "the time to restore an inventory",
              "1 day or more");
  option_from(options.overproduction_days, 1, "the time of overproduction", "1 day or more");
  option_from(options.overproduction_base, 1, "the base of overproduction", "1 or more");
  option_from(options.overproduction_max, options.overproduction_base, "the most overproduction",
              "its base or more");
  option_from(options.no_scarcity, 0, "no_scarcity", "0 or more");
  if (options.stocks == StockRule::by_supplier && options.compatibility == Compatibility::boario)
    throw Error(Errc::bad_input, "BoARIO holds inputs by product, not by supplier",
                "Leave --compat boario out, or play by the preset ario-psi.");
  const auto& days = options.inventory_days_of;
  if (!days.empty() && days.size() != chain.products().size())
    throw Error(Errc::bad_input, fmt::format("{} inventories for {} products", days.size(),
                                             chain.products().size()));
  for (const double d : days)
    if (!(d > 0)) refuse_option("an inventory in days", d, "above 0, or infinity");
}

SimulationOptions simulation_preset(std::string_view name) {
  SimulationOptions options;
  if (name == "ario-psi") return options;
  if (name == "ario") {
    options.psi = 1;
    options.inventory_restore_days = 1;
  } else if (name == "inoue-todo") {
    options.stocks = StockRule::by_supplier;
    options.rationing = Rationing::low_order_first;
    options.inventory_days = 15;
    options.inventory_restore_days = 6;
  } else if (name == "essential") {
    options.production = ProductionRule::important_half;
  } else {
    throw Error(Errc::not_found, fmt::format("there is no preset '{}'", name),
                "The presets are ario-psi, ario, inoue-todo and essential.");
  }
  return options;
}

Simulation simulate(const Chain& chain, const Scenario& scenario, const SimulationOptions& options,
                    const Watch& watch, Progress& progress) {
  check_scenario(chain, scenario);
  check_options(chain, options);
  const auto base = baseline_of(chain, scenario);
  return options.stocks == StockRule::by_product
             ? simulate_by_product(chain, base, scenario, options, watch, progress)
             : simulate_by_supplier(chain, base, scenario, options, watch, progress);
}

}  // namespace stave
