#include "stave/formats/scenario_file.hpp"

#include "stave/core/error.hpp"
#include "stave/formats/source.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "scenario_event.hpp"

namespace stave {
namespace {

constexpr auto page = "docs/format/scenario.md";
constexpr double many = 1e15;

Ensemble read_ensemble(TomlSection& file) {
  Ensemble ensemble;
  auto section = file.section("ensemble");
  if (!section) return ensemble;
  constexpr auto most = static_cast<std::int64_t>(many);
  ensemble.draws = static_cast<std::uint64_t>(section->integer("draws", 100, 1, most));
  ensemble.seed = static_cast<std::uint64_t>(section->integer("seed", 1, 0, most));
  const auto sampling = section->text("sampling", "latin-hypercube");
  if (sampling == "sobol")
    ensemble.sampling = Sampling::sobol;
  else if (sampling == "random")
    ensemble.sampling = Sampling::random;
  else if (sampling != "latin-hypercube")
    section->refuse("sampling", R"("latin-hypercube", "sobol" or "random")");
  section->finish();
  return ensemble;
}

}  // namespace

/// Reads one file, event by event.
class ScenarioReader {
 public:
  ScenarioReader(const Chain& chain, TomlSection file)
      : file_(std::move(file)), events_(chain, numbers_, result_.parts_) {}

  ScenarioFile read(const std::string& stem) {
    auto& frame = result_.frame_;
    frame.name = file_.text("name", stem);
    frame.title = file_.text("title", frame.name);
    frame.source = file_.text("source");
    frame.days = static_cast<int>(file_.integer("days", 365, 1, most_scenario_days));
    result_.chain_ = file_.text("chain");
    result_.ensemble_ = read_ensemble(file_);
    if (auto model = file_.section("model")) events_.read_model(*model);
    read_events();
    file_.finish();
    result_.fixed_ = std::move(numbers_.fixed);
    result_.places_ = std::move(numbers_.places);
    result_.uncertain_ = std::move(numbers_.list);
    std::vector<double> middles;
    for (const auto& number : result_.uncertain_) middles.push_back(middle(number.distribution));
    result_.middle_ = result_.settle(std::move(middles));
    return std::move(result_);
  }

 private:
  void read_events() {
    using Read = void (ScenarioEvents::*)(TomlSection&, const std::string&);
    const std::array<std::pair<std::string_view, Read>, 7> kinds{
        {{"capacity", &ScenarioEvents::read_capacity},
         {"export_ban", &ScenarioEvents::read_export_ban},
         {"cut", &ScenarioEvents::read_cut},
         {"demand", &ScenarioEvents::read_demand},
         {"delay", &ScenarioEvents::read_delay},
         {"stock", &ScenarioEvents::read_stock},
         {"priority", &ScenarioEvents::read_priority}}};
    std::size_t events = 0;
    for (const auto& [key, read] : kinds) {
      std::size_t of_kind = 0;
      for (auto& section : file_.sections(key)) {
        if (++events > most_events)
          throw Error(Errc::too_large,
                      fmt::format("the scenario has more than {} events", most_events),
                      "Name several makers in one event.");
        auto fallback = fmt::format("{} {}", key, ++of_kind);
        std::replace(fallback.begin(), fallback.end(), '_', ' ');
        (events_.*read)(section, section.text("name", fallback));
        section.finish();
      }
    }
    if (events == 0)
      result_.frame_.notes.emplace_back("The scenario has no event: nothing happens.");
  }

  TomlSection file_;
  ScenarioFile result_;
  ScenarioNumbers numbers_;
  ScenarioEvents events_;
};

SettledScenario ScenarioFile::settle(std::vector<double> numbers) const {
  SettledScenario result;
  result.scenario = frame_;
  auto values = fixed_;
  for (std::size_t k = 0; k < numbers.size(); ++k) {
    const auto& rule = uncertain_[k];
    const double kept = std::clamp(numbers[k], rule.least, rule.most);
    if (kept != numbers[k]) ++result.limited;
    numbers[k] = rule.whole ? std::round(kept) : kept;
    values[places_[k]] = numbers[k];
  }
  for (const auto& part : parts_) part(values, result);
  result.numbers = std::move(numbers);
  return result;
}

SettledScenario ScenarioFile::draw(std::uint64_t i) const {
  return draw(i, {ensemble_.sampling, std::max<std::uint64_t>(1, ensemble_.draws), ensemble_.seed});
}

SettledScenario ScenarioFile::draw(std::uint64_t i, const SamplePlan& plan) const {
  if (plan.sampling == Sampling::sobol && uncertain_.size() > most_sobol_numbers)
    throw Error(Errc::bad_input,
                fmt::format("Sobol points are there for up to {} uncertain numbers; the scenario "
                            "has {}",
                            most_sobol_numbers, uncertain_.size()),
                "Use sampling = \"latin-hypercube\".");
  std::vector<double> numbers(uncertain_.size());
  for (std::size_t k = 0; k < numbers.size(); ++k)
    numbers[k] = quantile(uncertain_[k].distribution, sample(plan, i, k));
  return settle(std::move(numbers));
}

ScenarioFile parse_scenario(const Chain& chain, const std::string& file, std::string_view text) {
  if (text.size() > most_scenario_bytes)
    throw Error(Errc::too_large, fmt::format("{}: {} bytes; a scenario has at most {}", file,
                                             text.size(), most_scenario_bytes));
  const auto table = parse_toml(file, text, page);
  return ScenarioReader(chain, TomlSection(file, "", table, page))
      .read(std::filesystem::path(file).stem().string());
}

ScenarioFile read_scenario_file(const Chain& chain, const std::filesystem::path& path) {
  const auto source = Source::open(path);
  return parse_scenario(chain, source.name(), source.text());
}

}  // namespace stave
