#include "stave/core/error.hpp"

#include "disruption/engine.hpp"

namespace stave {

Simulation simulate_by_product(const Chain& /*chain*/, const Baseline& /*base*/,
                               const Scenario& /*scenario*/, const SimulationOptions& /*options*/,
                               const Watch& /*watch*/, Progress& /*progress*/) {
  throw Error(Errc::missing_part, "the engine of stocks by product is not there yet");
}

}  // namespace stave
