#include "stave/inventory/inventory.hpp"

#include "stave/core/error.hpp"

#include <cmath>
#include <set>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace stave {
namespace {

constexpr std::array<std::pair<AllocationRule, std::string_view>, 6> rules{{
    {AllocationRule::none, "none"},
    {AllocationRule::mass, "mass"},
    {AllocationRule::energy, "energy"},
    {AllocationRule::economic, "economic"},
    {AllocationRule::shares, "shares"},
    {AllocationRule::substitution, "substitution"},
}};

std::string where(const Activity& a) {
  return a.place.empty() ? fmt::format("activity '{}'", a.id)
                         : fmt::format("{}: activity '{}'", a.place, a.id);
}

void require_finite(const Activity& a, const std::string& what, double value) {
  if (!std::isfinite(value))
    throw Error(Errc::bad_input,
                fmt::format("{}: the amount of '{}' is no number", where(a), what));
}

void check_outputs(const Activity& a) {
  if (a.outputs.empty())
    throw Error(Errc::bad_input, fmt::format("{} makes nothing", where(a)),
                "Give it an output: product, amount and unit.");
  std::set<std::string> seen;
  for (const auto& output : a.outputs) {
    require_finite(a, output.product, output.amount.value);
    if (output.amount.value <= 0)
      throw Error(Errc::bad_input,
                  fmt::format("{}: its output of '{}' is {} {}; expected an amount above 0",
                              where(a), output.product, output.amount.value, output.unit),
                  "What it takes in is an input, and what it spares elsewhere a co-product with "
                  "allocation = \"substitution\".");
    if (!seen.insert(output.product).second)
      throw Error(Errc::bad_input,
                  fmt::format("{}: the output '{}' appears twice", where(a), output.product));
  }
  if (a.outputs.size() > 1 && a.allocation == AllocationRule::none)
    throw Error(Errc::bad_input,
                fmt::format("{} makes {} products, and no rule shares its inputs among them",
                            where(a), a.outputs.size()),
                "Add allocation = \"mass\", \"energy\", \"economic\", \"shares\" or "
                "\"substitution\".");
}

void check_inputs(const Activity& a) {
  for (const auto& input : a.inputs) {
    require_finite(a, input.product, input.amount.value);
    if (input.amount.value < 0 && !input.waste)
      throw Error(Errc::bad_input,
                  fmt::format("{}: its input of '{}' is {} {}; expected 0 or more", where(a),
                              input.product, input.amount.value, input.unit),
                  "What it makes beside its product is an output with a rule of allocation.");
    if (!input.sector.empty() && !(input.price.value > 0))
      throw Error(
          Errc::bad_input,
          fmt::format("{}: the input from sector {} has no price above 0", where(a), input.sector),
          "price is the money one unit costs, in basic prices of the table's year.");
  }
  for (const auto& emission : a.emissions) require_finite(a, emission.flow, emission.amount.value);
}

struct SetEntry {
  std::string_view name;
  double ar5;  // NaN: the set has none under this name
  double ar6;
};
constexpr double none = std::numeric_limits<double>::quiet_NaN();

// IPCC AR5 WG1 (2013), table 8.A.1, without carbon feedbacks; AR6 WG1 (2021), table 7.15.
constexpr std::array set_entries{
    SetEntry{"co2", 1, 1},
    SetEntry{"carbon dioxide", 1, 1},
    SetEntry{"co2, fossil", 1, 1},
    SetEntry{"carbon dioxide, fossil", 1, 1},
    SetEntry{"carbon dioxide, land transformation", 1, 1},
    SetEntry{"co2, biogenic", 0, 0},
    SetEntry{"carbon dioxide, biogenic", 0, 0},
    SetEntry{"co2e", 1, 1},
    SetEntry{"co2-eq", 1, 1},
    SetEntry{"ghg", 1, 1},
    SetEntry{"ch4", 30, 29.8},
    SetEntry{"methane", 30, 29.8},
    SetEntry{"ch4, fossil", 30, 29.8},
    SetEntry{"methane, fossil", 30, 29.8},
    SetEntry{"ch4, biogenic", 28, 27.0},
    SetEntry{"ch4, non-fossil", 28, 27.0},
    SetEntry{"methane, biogenic", 28, 27.0},
    SetEntry{"methane, non-fossil", 28, 27.0},
    SetEntry{"n2o", 265, 273},
    SetEntry{"nitrous oxide", 265, 273},
    SetEntry{"dinitrogen monoxide", 265, 273},
    SetEntry{"hfc-32", 677, 771},
    SetEntry{"methane, difluoro-, hfc-32", 677, 771},
    SetEntry{"hfc-134a", 1300, 1526},
    SetEntry{"ethane, 1,1,1,2-tetrafluoro-, hfc-134a", 1300, 1526},
    SetEntry{"cfc-11", 4660, 6226},
    SetEntry{"methane, trichlorofluoro-, cfc-11", 4660, 6226},
    SetEntry{"cf4", 6630, 7380},
    SetEntry{"carbon tetrafluoride", 6630, 7380},
    SetEntry{"pfc-14", 6630, 7380},
    SetEntry{"methane, tetrafluoro-, cfc-14", 6630, 7380},
    SetEntry{"sf6", 23500, none},
    SetEntry{"sulfur hexafluoride", 23500, none},
};

}  // namespace

std::string_view to_string(AllocationRule rule) {
  for (const auto& [known, name] : rules)
    if (known == rule) return name;
  return "none";
}

std::optional<AllocationRule> find_allocation_rule(std::string_view name) {
  for (const auto& [rule, known] : rules)
    if (known == name) return rule;
  return std::nullopt;
}

void check_inventory(const Inventory& inventory) {
  std::set<std::string> ids;
  for (const auto& activity : inventory.activities) {
    if (!ids.insert(activity.id).second)
      throw Error(Errc::bad_input, where(activity) + " is there twice", "Ids must differ.");
    check_outputs(activity);
    check_inputs(activity);
  }
  for (const auto& factor : inventory.factors)
    if (factor.source.empty())
      throw Error(Errc::bad_input,
                  fmt::format("{}: the factor of '{}' has no source", inventory.name, factor.flow),
                  "Say where it comes from: source = \"IPCC AR6 WG1, table 7.15\".");
  for (const auto& conversion : inventory.conversions)
    if (!(conversion.factor > 0) || !std::isfinite(conversion.factor))
      throw Error(Errc::bad_input,
                  fmt::format("{}: the conversion of '{}' from {} to {} is {}; expected a number "
                              "above 0",
                              inventory.name, conversion.product, conversion.from, conversion.to,
                              conversion.factor));
}

std::vector<std::string> factor_set_names() { return {"AR6", "AR5"}; }

std::vector<CharacterisationFactor> factor_set(std::string_view name) {
  const bool ar6 = name == "AR6";
  if (!ar6 && name != "AR5")
    throw Error(Errc::not_found, fmt::format("there is no set of factors '{}'", name),
                fmt::format("There are {}.", fmt::join(factor_set_names(), " and ")));
  const auto* source = ar6 ? "IPCC AR6 WG1 (2021), table 7.15, GWP 100"
                           : "IPCC AR5 WG1 (2013), table 8.A.1, GWP 100";
  std::vector<CharacterisationFactor> factors;
  for (const auto& entry : set_entries) {
    const double value = ar6 ? entry.ar6 : entry.ar5;
    if (!std::isnan(value))
      factors.push_back({.flow = std::string(entry.name), .amount = {value, -1}, .source = source});
  }
  return factors;
}

}  // namespace stave
