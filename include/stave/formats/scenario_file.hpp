#pragma once
/// A scenario as a TOML file: what happens to a chain, the model it is played by, and how sure one
/// is of each number.
///
///   const auto file = read_scenario_file(chain, "port-closure.toml");
///   play(file.scenario());                                  // the middle of every number
///   for (std::uint64_t i = 0; i < file.ensemble().draws; ++i) play(file.draw(i).scenario);
///
/// docs/format/scenario.md lists every key; scenario_template() is a file with all of them.

#include "stave/core/chain.hpp"
#include "stave/scenario/model_choice.hpp"
#include "stave/scenario/sampling.hpp"
#include "stave/scenario/scenario.hpp"

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace stave {

/// A number of the file that is not known for sure.
struct UncertainNumber {
  std::string name;  ///< as the file calls it, or "EVENT: KEY"
  Distribution distribution;
  /// What the key allows; a draw beyond is put on the limit. A millionth above a limit that is
  /// itself not allowed.
  double least = 0;
  double most = 0;
  bool whole = false;  ///< days: a draw is rounded
};

/// Draws of [ensemble]. `draws` is 0 where the file has none.
struct Ensemble {
  std::uint64_t draws = 0;
  std::uint64_t seed = 1;
  Sampling sampling = Sampling::latin_hypercube;
};

/// One scenario with every number settled.
struct SettledScenario {
  Scenario scenario;
  ModelChoice model;
  std::vector<double> numbers;  ///< [uncertain numbers] what was drawn
  std::size_t limited = 0;      ///< of them, put on a limit of their key
};

class ScenarioFile {
 public:
  /// Every uncertain number at its middle.
  [[nodiscard]] const Scenario& scenario() const { return middle_.scenario; }
  [[nodiscard]] const ModelChoice& model() const { return middle_.model; }
  [[nodiscard]] const SettledScenario& settled() const { return middle_; }
  [[nodiscard]] const Ensemble& ensemble() const { return ensemble_; }
  [[nodiscard]] const std::vector<UncertainNumber>& uncertain() const { return uncertain_; }
  /// The name of the chain the file says it is made for, may be empty.
  [[nodiscard]] const std::string& chain() const { return chain_; }

  /// Draw `i` of `plan`, of the file's own ensemble where none is given; the same from any thread.
  /// @throws Error bad_input  a Sobol plan with more than most_sobol_numbers uncertain numbers
  [[nodiscard]] SettledScenario draw(std::uint64_t i) const;
  [[nodiscard]] SettledScenario draw(std::uint64_t i, const SamplePlan& plan) const;

 private:
  friend class ScenarioReader;
  [[nodiscard]] SettledScenario settle(std::vector<double> numbers) const;

  /// Puts an event, or a choice of the model, into a scenario; [numbers of the file] their values.
  using Part = std::function<void(const std::vector<double>&, SettledScenario&)>;
  Scenario frame_;  ///< name, title, source, days
  std::string chain_;
  Ensemble ensemble_;
  std::vector<double> fixed_;        ///< [numbers of the file] NaN where uncertain
  std::vector<std::size_t> places_;  ///< [uncertain numbers] among the numbers of the file
  std::vector<UncertainNumber> uncertain_;
  std::vector<Part> parts_;
  SettledScenario middle_;
};

inline constexpr std::size_t most_events = 1'000;             ///< in a file
inline constexpr std::size_t most_uncertain_numbers = 1'000;  ///< in a file
inline constexpr std::uint64_t most_scenario_bytes = 4ULL << 20;

/// @throws Error bad_input  a mistake of syntax, an unknown or missing key, a number outside what
///                          its key allows; naming file, line and key
///               not_found  a node, region, product, enterprise, attribute or category the chain
///                          does not have, naming near ones; an event that meets nobody
///               too_large  more than the limits above
[[nodiscard]] ScenarioFile read_scenario_file(const Chain& chain,
                                              const std::filesystem::path& path);
/// As if a file of that name held this text.
[[nodiscard]] ScenarioFile parse_scenario(const Chain& chain, const std::string& file,
                                          std::string_view text);

/// A commented scenario with every kind of event, for a chain of one's own to put names into.
[[nodiscard]] std::string_view scenario_template();

}  // namespace stave
