#include "abatement/told.hpp"

#include "stave/analysis/words.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace stave {
namespace {

std::string signed_percent(double percent) { return fmt::format("{:+.1f} %", percent); }

std::size_t in_place(const ToldSwitches& told) {
  return static_cast<std::size_t>(
      std::ranges::count_if(told.shares, [](double share) { return share > 0; }));
}

void tell_together(const ToldSwitches& told, Report& report) {
  const double before = told.before.footprint.score;
  const double after = told.after.footprint.score;
  const auto& maker = told.before.system.system().processes[told.before.footprint.demand.process];
  const auto& unit = told.asked.unit.empty() ? maker.unit : told.asked.unit;
  report.findings.push_back(
      {fmt::format("With {} {} in place, {} kg CO2e stand behind {} {} of {} instead of {}: {}.",
                   in_place(told), in_place(told) == 1 ? "switch" : "switches",
                   words::figure(after), words::figure(told.asked.amount), unit, maker.product,
                   words::figure(before), signed_percent(told.percent(after - before))),
       after < before ? Tone::good : Tone::plain});
}

// The largest by itself, and what raises the footprint or does nothing.
void tell_alone(const ToldSwitches& told, Report& report) {
  std::size_t best = 0;
  double sum = 0;
  for (std::size_t k = 0; k < told.switches.size(); ++k) {
    sum += told.saved(k);
    if (told.saved(k) > told.saved(best)) best = k;
  }
  if (told.saved(best) > 0 && in_place(told) > 1)
    report.findings.push_back(
        {fmt::format("By itself '{}' saves most, {} kg CO2e or {:.1f} % of the footprint.",
                     told.switches[best].name, words::figure(told.saved(best)),
                     told.percent(told.saved(best))),
         Tone::plain});
  const double together = told.model.before() - told.together.score;
  if (std::abs(sum - together) > 0.005 * std::abs(told.model.before()))
    report.findings.push_back(
        {fmt::format("They act on one another: {} kg CO2e together, {} added up one by one.",
                     words::figure(together), words::figure(sum)),
         Tone::plain});
  for (std::size_t k = 0; k < told.switches.size(); ++k)
    if (told.saved(k) < -1e-9 * std::abs(told.model.before()))
      report.findings.push_back({fmt::format("'{}' does not save: {} kg CO2e more.",
                                             told.switches[k].name, words::figure(-told.saved(k))),
                                 Tone::warning});
    else if (told.shares[k] > 0 && std::abs(told.saved(k)) <= 1e-12 * told.model.before())
      report.findings.push_back({fmt::format("'{}' changes nothing here: what it moves does not "
                                             "stand behind this product, or weighs the same.",
                                             told.switches[k].name),
                                 Tone::warning});
}

void tell_cost(const ToldSwitches& told, Report& report) {
  std::vector<std::string> missing;
  for (std::size_t k = 0; k < told.switches.size(); ++k)
    if (told.shares[k] > 0 && !told.switches[k].costed)
      missing.push_back(fmt::format("'{}' ({})", told.switches[k].name, told.switches[k].missing));
  if (!missing.empty())
    report.findings.push_back(
        {fmt::format("Not known is what these cost, so that no total can be given: {}.",
                     fmt::join(missing, "; ")),
         Tone::warning});
  double known = 0;
  for (const double c : told.together.cost) known += std::isnan(c) ? 0 : c;
  if (!missing.empty() && missing.size() < in_place(told))
    report.findings.push_back(
        {fmt::format("What is known adds up to {} {} {}.", words::figure(std::abs(known)),
                     told.currency, known < 0 ? "saved" : "more"),
         Tone::plain});
  const double cost = told.together.total_cost();
  if (std::isnan(cost) || in_place(told) == 0) return;
  const double saved = told.model.before() - told.together.score;
  auto text = cost < 0 ? fmt::format("They save {} {}", words::figure(-cost), told.currency)
                       : fmt::format("They cost {} {} more", words::figure(cost), told.currency);
  if (told.price && *told.price > 0)
    text += fmt::format(", {} of its price", signed_percent(100 * cost / *told.price));
  if (saved > 0 && cost > 0)
    text += fmt::format("; a ton of CO2e for {} {}", words::figure(cost_per_tonne(saved, cost)),
                        told.currency);
  report.findings.push_back({text + ".", Tone::plain});
}

bool has_price(const AbatementStep& step) { return step.saved > 0 && !std::isnan(step.extra_cost); }

void tell_curve(const ToldSwitches& told, Report& report) {
  auto first = told.curve.end();
  for (auto step = told.curve.begin(); step != told.curve.end(); ++step)
    if (has_price(*step) &&
        (first == told.curve.end() || cost_per_tonne(step->saved, step->extra_cost) <
                                          cost_per_tonne(first->saved, first->extra_cost)))
      first = step;
  if (first == told.curve.end() || told.curve.size() < 2) return;
  report.findings.push_back(
      {fmt::format("The cheapest ton is that of '{}', at {} {}.", told.switches[first->which].name,
                   words::figure(cost_per_tonne(first->saved, first->extra_cost)), told.currency),
       Tone::plain});
}

void tell_budget(const ToldSwitches& told, Report& report) {
  if (!told.choice) return;
  const auto& choice = *told.choice;
  std::vector<std::string> chosen;
  for (std::size_t k = 0; k < told.switches.size(); ++k)
    if (choice.chosen[k]) chosen.push_back("'" + told.switches[k].name + "'");
  if (chosen.empty()) {
    report.findings.push_back(
        {fmt::format("{} {} buy none of the switches.", words::figure(*told.budget), told.currency),
         Tone::warning});
  } else {
    report.findings.push_back(
        {fmt::format("For {} {} {} {} most: {} kg CO2e, {:.1f} %, for {} {}.",
                     words::figure(*told.budget), told.currency, words::listed(chosen),
                     chosen.size() == 1 ? "saves" : "save", words::figure(choice.saved),
                     told.percent(choice.saved), words::figure(choice.cost), told.currency),
         Tone::good});
  }
  report.provenance.notes.push_back(
      choice.method == BudgetMethod::greedy
          ? fmt::format("Budget: more than {} switches, so the cheapest ton that still fits was "
                        "taken again and again; another choice may save more.",
                        most_enumerated)
          : fmt::format("Budget: all {} combinations were tried.", choice.tried));
}

// Whose purchases were moved, and where none could be.
void tell_moved(const ToldSwitches& told, Report& report) {
  auto& notes = report.provenance.notes;
  for (const auto& side : told.sides) {
    const auto& name = told.switches[side.which].name;
    if (side.is_new && !side.moved && told.shares[side.which] > 0)
      notes.push_back(fmt::format(
          "'{}': nobody behind {} buys from the old maker in this chain (or none is named, or it "
          "is "
          "one of the two itself), so the new one stands as it is now and is not compared.",
          name, told.chain.label(*told.buyer)));
    if (side.moved && side.tier > 0)
      notes.push_back(
          fmt::format("'{}': {} does not buy from the old maker itself; moved are the "
                      "purchases of its suppliers of tier {}.",
                      name, told.chain.label(*told.buyer), side.tier));
  }
}

void tell_risk(const ToldSwitches& told, Report& report) {
  if (!told.buyer) return;
  const auto buyer = told.chain.label(*told.buyer);
  if (told.sides.empty()) {
    report.findings.push_back(
        {"No switch says who its makers are in the chain: from_node and "
         "to_node do.",
         Tone::warning});
    return;
  }
  for (const auto& pair : side_pairs(told.sides)) {
    if (!pair.fresh->moved) continue;
    const auto which = pair.old->which;
    const auto verdict = verdict_of(pair);
    const bool worse = verdict == "worse choke point";
    const bool greener = told.saved(which) > 0;
    report.findings.push_back(
        {fmt::format("'{}': {}{}. When {} stops, {} loses {:.1f} % of its output; when {} stops, "
                     "{:.1f} %. From {} comes {:.1f} % of all behind its product, from {} {:.1f} "
                     "%.",
                     told.switches[which].name,
                     worse && greener ? "greener, and a "
                     : greener        ? "greener; "
                                      : "",
                     verdict, told.chain.label(pair.old->node), buyer, 100 * pair.old->stops,
                     told.chain.label(pair.fresh->node), 100 * pair.fresh->stops,
                     told.chain.regions()[told.chain.node(pair.old->node).region].name,
                     100 * pair.old->exposure,
                     told.chain.regions()[told.chain.node(pair.fresh->node).region].name,
                     100 * pair.fresh->exposure),
         worse ? Tone::alarm : Tone::plain});
  }
  tell_moved(told, report);
}

double miss(const std::vector<FootprintPart>& parts, double score) {
  double sum = 0;
  double size = 0;
  for (const auto& part : parts) {
    sum += part.kilograms;
    size += std::abs(part.kilograms);
  }
  return size == 0 ? 0 : std::abs(sum - score) / size;
}

void add_balances(const ToldSwitches& told, Report& report) {
  auto& residuals = report.provenance.residuals;
  const auto& before = told.before.footprint;
  const auto& after = told.after.footprint;
  residuals.push_back({"T s = f: what is made less what is taken is what was asked, before",
                       before.residual, 1e-9});
  residuals.push_back({"the same after", after.residual, 1e-9});
  const double scale = std::max(std::abs(before.score), std::abs(after.score));
  const auto share = [&](double gap) { return scale > 0 ? std::abs(gap) / scale : 0; };
  residuals.push_back({"footprint by updating the solution = footprint of the system written anew",
                       share(told.together.score - after.score), 1e-7});
  residuals.push_back({"components add up to the footprint, before and after",
                       std::max(miss(told.before.components, before.score),
                                miss(told.after.components, after.score)),
                       1e-7});
  double saved = 0;
  for (const auto& step : told.curve) saved += step.saved;
  residuals.push_back({"steps of the curve add up to all together",
                       share(saved - (told.model.before() - told.together.score)), 1e-9});
}

void add_curve(const ToldSwitches& told, Report& report) {
  Figure figure{"steps",
                "curve",
                "Cheapest ton first",
                fmt::format("Width: what a step saves, kg CO2e; height: {} for a ton of it, those "
                            "before in place",
                            told.currency),
                {{"label", "switch"}, {"width", "saved"}, {"value", "cost_per_tonne"}},
                0};
  if (told.choice) figure.columns["color"] = "within_budget";
  report.figures.push_back(std::move(figure));
}

void add_figures(const ToldSwitches& told, Report& report) {
  report.figures.push_back({"dumbbell",
                            "components",
                            "By component, before and after",
                            "Each input of its maker with all behind it, kg CO2e",
                            {{"label", "component"}, {"from", "before"}, {"to", "after"}},
                            20});
  report.figures.push_back({"bars",
                            "switches",
                            "What each saves by itself",
                            "kg CO2e; below 0 where more is given off",
                            {{"label", "switch"}, {"value", "saved"}},
                            30});
  if (std::ranges::any_of(told.curve, has_price)) add_curve(told, report);
  if (!told.sides.empty())
    report.figures.push_back({"bars",
                              "risk",
                              "When the old or the new maker stops",
                              "Share of the buyer's output that is lost",
                              {{"label", "name"}, {"value", "stops"}, {"part", "side"}},
                              30});
}

void add_provenance(const ToldSwitches& told, Report& report) {
  auto& p = report.provenance;
  p.chain = told.inventory.name;
  p.title = told.inventory.title;
  p.source = told.inventory.source;
  if (!told.inventory.factor_set.empty())
    p.notes.push_back("Factors: " + factor_set(told.inventory.factor_set).front().source +
                      "; biogenic CO2 counts nothing.");
  if (!told.inventory.uncertain.empty())
    p.notes.push_back(fmt::format("{} numbers are not known for sure; their middle is taken.",
                                  told.inventory.uncertain.size()));
  const auto made_up = std::ranges::count_if(
      told.inventory.switches, [](const Switch& s) { return s.quality == Quality::illustrative; });
  if (made_up > 0)
    p.notes.push_back(fmt::format("{} of {} switches are illustrative, not measured.", made_up,
                                  told.switches.size()));
  if (told.buyer)
    p.notes.push_back(fmt::format(
        "Risk: cascade and look-through in {} for {}; the old maker in the chain as it is, the new "
        "one with purchases moved to it at the same value.",
        told.chain.info().name, told.chain.label(*told.buyer)));
  for (const auto& notes : {told.inventory.notes, told.before.system.system().notes})
    p.notes.insert(p.notes.end(), notes.begin(), notes.end());
}

}  // namespace

Report report_of(const ToldSwitches& told) {
  Report report;
  report.title = fmt::format("Switches, {}", told.inventory.title);
  tell_together(told, report);
  tell_alone(told, report);
  tell_cost(told, report);
  tell_curve(told, report);
  tell_budget(told, report);
  tell_risk(told, report);
  report.tables = {together_table(told),  switch_table(told), tier_table(told),
                   component_table(told), curve_table(told),  budget_table(told),
                   risk_table(told)};
  add_figures(told, report);
  add_balances(told, report);
  add_provenance(told, report);
  return report;
}

}  // namespace stave
