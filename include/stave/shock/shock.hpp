#pragma once
/// A scenario played and understood: what it costs, who goes short, why, and how sure that is.

#include "stave/analysis/analysis.hpp"
#include "stave/disruption/simulate.hpp"
#include "stave/formats/scenario_file.hpp"

#include <optional>
#include <string>
#include <vector>

namespace stave {

/// A normal day, for comparison: a year's money / 365, what is below 0 taken as 0.
struct NormalDay {
  std::vector<double> output;  ///< [n]
  std::vector<double> by_region, by_product;
  double total = 0;
  double value_added = 0;
};
[[nodiscard]] NormalDay normal_day(const Chain& chain);

/// The preset for a chain that was asked for none: "inoue-todo" where makers are enterprises,
/// "essential" where the chain brings its own recipe, else "ario-psi".
[[nodiscard]] std::string_view default_preset(const Chain& chain);
/// The preset with what the scenario file says of the model put over it; rationing by priority
/// where the scenario has priorities and the file says nothing else.
[[nodiscard]] SimulationOptions options_of(const Chain& chain, const SettledScenario& settled,
                                           std::string_view preset);
/// "by ario-psi: psi 0.8, stocks of 90 days, ..."
[[nodiscard]] std::string options_in_words(const SimulationOptions& options,
                                           std::string_view preset);

/// Makers that buy none of an input their product cannot do without by the chain's own recipe: it
/// never binds them, as if they did not need it. By input, then maker. Cost: a pass over the flows.
struct UnsuppliedInput {
  NodeId maker;
  ProductId input;
};
[[nodiscard]] std::vector<UnsuppliedInput> unsupplied_essentials(const Chain& chain);

/// The first day of the first event; 0 where there is none.
[[nodiscard]] int day_it_begins(const Scenario& scenario);
/// What an event takes or gives is over from here on, recovery included; the horizon where some
/// capacity is still being rebuilt.
[[nodiscard]] int day_it_is_over(const Scenario& scenario);

/// Days are counted from 0; -1 or nothing where it never happens.
struct Indicators {
  double least_output = 1;  ///< share of a normal day
  int least_day = -1;
  std::optional<int> back_after;  ///< days from the first event until output stays at 95 % or more;
                                  ///< 0: it never was below; nothing: not within the horizon
  double value_added_lost = 0;    ///< money
  double value_added_lost_share = 0;      ///< of what the days would have given
  double output_lost = 0;                 ///< money
  std::optional<double> loss_multiplier;  ///< value added lost / that of the makers that lost
                                          ///< capacity; nothing where none did or they lost nothing
  double unmet = 0;                       ///< final use, money
  double unmet_share = 0;                 ///< of what was wanted
  std::optional<int> short_after;  ///< days from the first event until final use first goes short
                                   ///< by more than 1e-6 of what is wanted: the time to survive
};
[[nodiscard]] Indicators indicators(const Scenario& scenario, const Simulation& simulation,
                                    const NormalDay& normal);

/// One step from what happened to who suffers, earliest first.
struct CauseStep {
  enum class Kind {
    capacity,     ///< it lost capacity itself
    cut,          ///< what it buys no longer comes, or not in time
    input,        ///< it ran short of an input
    fewer_orders  ///< its customers, or final use, want less
  };
  Kind kind = Kind::capacity;
  NodeId node;
  int day = -1;
  std::string event;           ///< capacity, cut and, where one is known, fewer_orders
  ProductId input;             ///< cut, input
  std::optional<NodeId> from;  ///< input: the supplier that weighs most; fewer_orders: the customer
  double dependence = 0;       ///< share of that input from it (them); fewer_orders: of its sales
};
/// Back from a maker to the shock: what bound it, which supplier of that was the first to fall and
/// weighs most, what bound that one, and so on. Empty where it lost nothing.
/// Cost: a pass over the flows a step.
[[nodiscard]] std::vector<CauseStep> causes_of(const Chain& chain, const Scenario& scenario,
                                               const Simulation& simulation, NodeId node);

/// How the course of output goes wrong, if it does.
enum class Trouble {
  none,
  collapse,    ///< on the last day output is below half of what capacity and a normal day allow,
               ///< although every event is over, and no higher than 30 days before
  oscillation  ///< after the last event output turns four times or more, each time by more than
               ///< 0.5 % of a normal day
};
[[nodiscard]] Trouble trouble_of(const Scenario& scenario, const Simulation& simulation,
                                 const NormalDay& normal);
/// Settings of which each alone cures it, by trying: "psi 1 (0.8 cures it)".
[[nodiscard]] std::vector<std::string> causes_of_trouble(const Chain& chain,
                                                         const Scenario& scenario,
                                                         const SimulationOptions& options,
                                                         Trouble trouble, Progress& progress);

/// One run of an ensemble: money a day.
struct Draw {
  std::uint64_t index = 0;
  std::vector<double> numbers;  ///< [uncertain numbers] what was drawn
  std::size_t limited = 0;      ///< of them, put on a limit
  std::vector<double> output, unmet, value_added_lost, stock;  ///< [days]
  Indicators indicators;
  Trouble trouble = Trouble::none;
};
inline constexpr std::uint64_t most_draws = 100'000;
inline constexpr std::uint64_t most_ensemble_numbers = 200'000'000;  ///< draws x days x 4: 1.6 GB

/// Plays draws side by side; finished ones in the order of their index, all unless the user stopped
/// it. The same bits for any number of threads.
/// @throws Error as simulate
[[nodiscard]] std::vector<Draw> play_draws(const Chain& chain, const ScenarioFile& file,
                                           const SamplePlan& plan, int days,
                                           std::string_view preset, Compatibility compatibility,
                                           Progress& progress);

/// "▁▂▇": a course in `cells` characters, its lowest to its highest; of the days in a cell the one
/// furthest from the first day is drawn.
[[nodiscard]] std::string sparkline(const std::vector<double>& values, std::size_t cells = 40);

[[nodiscard]] Analysis shock_analysis();

}  // namespace stave
