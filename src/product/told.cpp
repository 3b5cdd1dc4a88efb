#include "product/told.hpp"

#include "stave/analysis/words.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace stave {
namespace {

std::string asked_words(const ToldProduct& told) {
  const auto& unit = told.asked.unit.empty() ? told.maker().unit : told.asked.unit;
  return fmt::format("{} {} of {}", words::figure(told.asked.amount), unit, told.maker().product);
}

void tell_parts(const ToldProduct& told, const std::vector<FootprintPart>& components,
                const std::vector<FootprintPart>& tiers, Report& report) {
  report.findings.push_back({fmt::format("Behind {} stand {} kg CO2e.", asked_words(told),
                                         words::figure(told.footprint.score)),
                             Tone::plain});
  if (told.footprint.score == 0) return;
  std::string words;
  for (std::size_t k = 0; k < components.size() && k < 3; ++k)
    words += fmt::format("{}{} {:.0f} %", k > 0 ? ", " : "", components[k].name,
                         told.percent(components[k].kilograms));
  report.findings.push_back({fmt::format("By component: {}.", words), Tone::plain});
  const double own = told.percent(tiers.front().kilograms);
  const double direct = tiers.size() > 2 ? told.percent(tiers[1].kilograms) : 0;
  report.findings.push_back(
      {fmt::format("Its maker gives off {:.0f} % itself, its direct suppliers {:.0f} %, the tiers "
                   "behind them {:.0f} %.",
                   own, direct, 100 - own - direct),
       Tone::plain});
}

void tell_gaps(const ToldProduct& told, Report& report) {
  const auto& system = told.system.system();
  if (!system.unlinked.empty())
    report.findings.push_back(
        {fmt::format(
             "{} inputs of the inventory have no supplier in it: what stands behind them is "
             "not counted.",
             system.unlinked.size()),
         Tone::warning});
  std::size_t guessed = 0;
  std::size_t unsourced = 0;
  for (const auto& a : told.inventory.activities) {
    guessed += a.quality == Quality::illustrative ? 1 : 0;
    unsourced += a.source.empty() ? 1 : 0;
  }
  auto& notes = report.provenance.notes;
  if (guessed > 0)
    notes.push_back(fmt::format("{} of {} activities are illustrative, not measured.", guessed,
                                told.inventory.activities.size()));
  if (unsourced > 0)
    notes.push_back(fmt::format("{} of {} activities state no source.", unsourced,
                                told.inventory.activities.size()));
}

void tell_draws(const ToldProduct& told, Report& report) {
  const auto& draws = told.draws;
  if (draws.scores.empty()) return;
  auto scores = draws.scores;
  std::sort(scores.begin(), scores.end());
  report.findings.push_back(
      {fmt::format("Of {} draws nine in ten lie between {} and {} kg CO2e, the mean is {}.",
                   scores.size(), words::figure(sorted_quantile(scores, 0.05)),
                   words::figure(sorted_quantile(scores, 0.95)), words::figure(draws.mean)),
       Tone::plain});
  if (!draws.effects.empty() && !std::isnan(draws.effects.front().first_order))
    report.findings.push_back(
        {fmt::format("What matters most: {}, {:.0f} % of the variance by itself.",
                     told.system.system().uncertain[draws.effects.front().number].name,
                     100 * draws.effects.front().first_order),
         Tone::plain});
  if (draws.limited > 0)
    report.provenance.notes.push_back(fmt::format(
        "{} drawn numbers lay beyond what is possible and were put on the limit.", draws.limited));
}

double miss(const ToldProduct& told, const std::vector<FootprintPart>& parts) {
  double sum = 0;
  double size = 0;
  for (const auto& part : parts) {
    sum += part.kilograms;
    size += std::abs(part.kilograms);
  }
  return size == 0 ? 0 : std::abs(sum - told.footprint.score) / size;
}

void add_balances(const ToldProduct& told, const std::vector<FootprintPart>& components,
                  Report& report) {
  auto& residuals = report.provenance.residuals;
  residuals.push_back({"T s = f: what is made less what is taken is what was asked",
                       told.footprint.residual, 1e-9});
  residuals.push_back({"footprint by runs = footprint by intensity", told.footprint.gap, 1e-7});
  residuals.push_back({"components add up to the footprint", miss(told, components), 1e-7});
  if (told.draws.solves > 0)
    residuals.push_back({"T s = f in every draw", told.draws.residual, 1e-6});
}

void add_figures(const ToldProduct& told, Report& report) {
  report.figures.push_back({"bars",
                            "components",
                            "By component",
                            "Each input of its maker with all behind it, 100 % together",
                            {{"label", "component"}, {"value", "footprint"}},
                            20});
  report.figures.push_back({"bars",
                            "tiers",
                            "By tier",
                            "0 is the maker itself, 1 its suppliers; beyond is the remainder",
                            {{"label", "tier"}, {"value", "footprint"}},
                            0});
  report.figures.push_back({"bars",
                            "processes",
                            "Who gives it off",
                            "Processes, by what they give off themselves",
                            {{"label", "process"}, {"value", "emissions"}},
                            20});
  report.figures.push_back(
      {"sankey",
       "sankey",
       "What flows into it",
       "Emissions embodied in what processes supply, from those that give them "
       "off to what was asked",
       {{"from", "from"}, {"to", "to"}, {"value", "footprint"}, {"mark", "mark"}},
       0});
  if (!told.draws.scores.empty())
    report.figures.push_back({"bars",
                              "numbers",
                              "Which number matters",
                              "Share of the variance, to first order",
                              {{"label", "number"}, {"value", "variance"}},
                              15});
}

}  // namespace

Report report_of(const ToldProduct& told) {
  Report report;
  const auto components = by_component(told.system, told.footprint);
  const auto tiers = by_tier(told.system, told.footprint, told.detail.tiers);
  report.title = fmt::format("{}, {}", asked_words(told), told.inventory.title);
  tell_parts(told, components, tiers, report);
  tell_draws(told, report);
  tell_gaps(told, report);
  report.tables = {footprint_table(told),   component_table(told, components),
                   tier_table(told, tiers), process_table(told),
                   tree_table(told),        sankey_table(told),
                   emission_table(told),    unlinked_table(told),
                   conversion_table(told),  allocation_table(told),
                   quantile_table(told),    number_table(told)};
  add_figures(told, report);
  add_balances(told, components, report);
  auto& p = report.provenance;
  p.chain = told.inventory.name;
  p.title = told.inventory.title;
  p.source = told.inventory.source;
  if (!told.inventory.factor_set.empty())
    p.notes.push_back("Factors: " + factor_set(told.inventory.factor_set).front().source +
                      "; biogenic CO2 counts nothing.");
  for (const auto& notes : {told.inventory.notes, told.system.system().notes})
    p.notes.insert(p.notes.end(), notes.begin(), notes.end());
  return report;
}

}  // namespace stave
