#include "stave/core/error.hpp"

#include "disruption/engine.hpp"

namespace stave {

Simulation simulate_by_supplier(const Chain& /*chain*/, const Baseline& /*base*/,
                                const Scenario& /*scenario*/, const SimulationOptions& /*options*/,
                                const Watch& /*watch*/, Progress& /*progress*/) {
  throw Error(Errc::missing_part, "the engine of stocks by supplier is not there yet");
}

}  // namespace stave
