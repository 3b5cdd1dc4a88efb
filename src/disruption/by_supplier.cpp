#include "disruption/engine.hpp"
#include "disruption/network_engine.hpp"
#include "disruption/recorder.hpp"

namespace stave {

Simulation simulate_by_supplier(const Chain& chain, const Baseline& base, const Scenario& scenario,
                                const SimulationOptions& options, const Watch& watch,
                                Progress& progress) {
  Recorder recorder(chain, scenario, base, watch);
  NetworkEngine engine(chain, base, scenario, options);
  for (int day = 0; day < scenario.days && !progress.cancelled(); ++day) {
    engine.play(day);
    recorder.day(engine.state());
    progress.report("playing the days", static_cast<double>(day + 1) / scenario.days);
  }
  return std::move(recorder).finish(engine.rebuilding_left(), engine.clipped());
}

}  // namespace stave
