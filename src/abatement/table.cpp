#include "stave/analysis/analysis.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "abatement/declaration.hpp"
#include "abatement/told.hpp"

namespace stave {
namespace {

constexpr double no_number = std::numeric_limits<double>::quiet_NaN();
constexpr double least_difference = 1e-3;  // of the buyer's output, below which risks are alike

Table declared(std::string_view name) { return declared_table(switch_declaration(), name); }

const Process& process_of(const ToldSwitches& told, std::int32_t i) {
  return told.before.system.system().processes[static_cast<std::size_t>(i)];
}

std::string old_makers(const ToldSwitches& told, const LinkedSwitch& s) {
  std::vector<std::string> names;
  std::set<std::int32_t> seen;
  for (const auto& input : s.inputs) {
    const auto row = told.before.system.system().technosphere[input.entry].row;
    if (seen.insert(row).second) names.push_back(process_of(told, row).name);
  }
  constexpr std::size_t most_named = 3;
  const auto more = names.size() > most_named ? names.size() - most_named : 0;
  names.resize(names.size() - more);
  return fmt::format("{}{}", fmt::join(names, ", "),
                     more > 0 ? fmt::format(" and {} more", more) : "");
}

std::string new_maker(const ToldSwitches& told, const LinkedSwitch& s) {
  if (s.to >= 0) return process_of(told, s.to).name;
  return s.factor <= 1 ? fmt::format("{:.3g} % less", 100 * (1 - s.factor))
                       : fmt::format("{:.3g} % more", 100 * (s.factor - 1));
}

double zero_is_none(double value) { return value == 0 ? 0.0 : value; }  // no "-0"

Table before_after(std::string_view name, const std::vector<FootprintPart>& before,
                   const std::vector<FootprintPart>& after) {
  auto table = declared(name);
  const auto of = [](const std::vector<FootprintPart>& parts, const std::string& part) {
    const auto found =
        std::ranges::find_if(parts, [&](const FootprintPart& p) { return p.name == part; });
    return found == parts.end() ? 0.0 : found->kilograms;
  };
  const auto add = [&](const std::string& part) {
    const double was = of(before, part);
    const double is = of(after, part);
    table.add_row({part, was, is, zero_is_none(is - was)});
  };
  for (const auto& part : before) add(part.name);
  for (const auto& part : after)
    if (std::ranges::none_of(before, [&](const auto& p) { return p.name == part.name; }))
      add(part.name);
  return table;
}

}  // namespace

Table together_table(const ToldSwitches& told) {
  auto table = declared("together");
  const double before = told.before.footprint.score;
  const double after = told.after.footprint.score;
  table.add_row({std::string("footprint"), before, after, zero_is_none(after - before),
                 told.percent(after - before), std::string("kg CO2e"), told.asked.product});
  const double extra = told.together.total_cost();
  const bool of_product = told.price.has_value();
  const double paid = of_product ? *told.price : told.model.paid(told.shares);
  table.add_row({std::string("cost"), paid, paid + extra, extra,
                 paid > 0 ? 100 * extra / paid : no_number, told.currency,
                 of_product ? told.asked.product : std::string("the inputs that are moved")});
  return table;
}

Table switch_table(const ToldSwitches& told) {
  auto table = declared("switches");
  for (std::size_t k = 0; k < told.switches.size(); ++k) {
    const auto& s = told.switches[k];
    const auto& written = told.inventory.switches[k];
    const double saved = zero_is_none(told.saved(k));
    const double cost = told.alone[k].cost[k];
    table.add_row({s.name, std::string(to_string(s.kind)), told.shares[k], saved,
                   told.percent(saved), cost, told.currency, cost_per_tonne(saved, cost),
                   old_makers(told, s), new_maker(told, s), written.source,
                   std::string(to_string(written.quality)), s.missing});
  }
  return table;
}

Table tier_table(const ToldSwitches& told) {
  return before_after("tiers", told.before.tiers, told.after.tiers);
}

Table component_table(const ToldSwitches& told) {
  return before_after("components", told.before.components, told.after.components);
}

Table curve_table(const ToldSwitches& told) {
  auto table = declared("curve");
  double saved = 0;
  double cost = 0;
  std::int64_t at = 0;
  for (const auto& step : told.curve) {
    saved += step.saved;
    cost += step.extra_cost;
    table.add_row({++at, told.switches[step.which].name, step.saved, saved, step.extra_cost, cost,
                   cost_per_tonne(step.saved, step.extra_cost),
                   std::string(step.chosen ? "yes" : "no")});
  }
  return table;
}

Table budget_table(const ToldSwitches& told) {
  auto table = declared("budget");
  if (!told.choice) return table;
  const auto& choice = *told.choice;
  std::vector<std::string> chosen;
  std::vector<std::string> left_out;
  for (std::size_t k = 0; k < told.switches.size(); ++k)
    if (choice.chosen[k]) chosen.push_back(told.switches[k].name);
  for (const auto k : choice.not_costed) left_out.push_back(told.switches[k].name);
  table.add_row(
      {*told.budget, choice.cost, told.currency, choice.saved, told.percent(choice.saved),
       fmt::format("{}", fmt::join(chosen, ", ")),
       std::string(choice.method == BudgetMethod::greedy ? "cheapest ton first" : "exact"),
       static_cast<std::int64_t>(choice.tried), fmt::format("{}", fmt::join(left_out, ", "))});
  return table;
}

std::vector<SidePair> side_pairs(const std::vector<SwitchSide>& sides) {
  std::vector<SidePair> pairs;
  for (std::size_t i = 0; i + 1 < sides.size(); ++i)
    if (sides[i].which == sides[i + 1].which) pairs.push_back({&sides[i], &sides[i + 1]});
  return pairs;
}

std::string_view verdict_of(const SidePair& pair) {
  if (!pair.fresh->moved) return "not compared";
  const double worse = pair.fresh->stops - pair.old->stops;
  if (std::abs(worse) < least_difference) return "no different";
  return worse > 0 ? "worse choke point" : "lesser choke point";
}

Table risk_table(const ToldSwitches& told) {
  auto table = declared("risk");
  const auto pairs = side_pairs(told.sides);
  for (const auto& side : told.sides) {
    const auto pair =
        std::ranges::find_if(pairs, [&](const SidePair& p) { return p.fresh == &side; });
    const auto& node = told.chain.node(side.node);
    const auto& region = told.chain.regions()[node.region];
    table.add_row({told.switches[side.which].name, std::string(side.is_new ? "to" : "from"),
                   node.id, told.chain.label(side.node), region.name, 100 * side.stops,
                   100 * side.systemic, 100 * side.exposure,
                   pair == pairs.end() ? std::string() : std::string(verdict_of(*pair)),
                   std::string(side.moved ? "with the purchases moved" : "as it is")});
  }
  return table;
}

}  // namespace stave
