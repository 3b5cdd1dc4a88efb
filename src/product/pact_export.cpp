#include "product/pact_export.hpp"

#include "stave/core/error.hpp"
#include "stave/formats/delimited.hpp"
#include "stave/inventory/unit.hpp"

#include <chrono>

#include <fmt/chrono.h>
#include <fmt/format.h>

namespace stave {
namespace {

/// What [pact] of a project says.
class ExportWords {
 public:
  explicit ExportWords(const Inventory& inventory) : inventory_(inventory) {}

  std::vector<std::string> list(const std::string& key) const {
    const auto found = inventory_.pact.find(key);
    if (found != inventory_.pact.end()) return found->second;
    throw Error(Errc::bad_input,
                fmt::format("{}: [pact] has no '{}', which PACT demands", inventory_.name, key),
                "docs/format/inventory.md lists what it needs.");
  }
  std::string text(const std::string& key) const { return list(key).front(); }
  std::string text(const std::string& key, const std::string& fallback) const {
    return inventory_.pact.contains(key) ? text(key) : fallback;
  }
  double number(const std::string& key, double fallback) const {
    if (!inventory_.pact.contains(key)) return fallback;
    const auto value = parse_number(text(key));
    if (!value)
      throw Error(Errc::bad_input,
                  fmt::format("{}: [pact] {}: '{}' is no number", inventory_.name, key, text(key)));
    return *value;
  }

 private:
  const Inventory& inventory_;
};

std::string now() {
  const auto second = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}",
                     fmt::gmtime(std::chrono::system_clock::to_time_t(second)));
}

void set_unit(const ToldProduct& told, const ExportWords& words, PactFootprint& pf) {
  const auto& unit = told.asked.unit.empty() ? told.maker().unit : told.asked.unit;
  const auto known = find_unit(unit);
  pf.unit = known ? std::string(known->name) : unit;
  pf.amount = told.asked.amount;
  if (pact_unit(pf.unit).empty())
    throw Error(Errc::bad_input, fmt::format("PACT has no unit '{}'", unit),
                "Ask for it in kg, l, m3, kWh, MJ, tkm, m2, piece or h: --unit.");
  const auto kilograms = unit_factor(pf.unit, "kg");
  pf.mass = words.number("mass", kilograms ? *kilograms * pf.amount : 0);
}

// Sums by rule of the standard: uptake is what a flow with a factor below 0 takes in.
void set_emissions(const ToldProduct& told, PactFootprint& pf) {
  const auto& system = told.system.system();
  double uptake = 0;
  double biogenic = 0;
  for (const auto& e : system.biosphere) {
    const auto& flow = system.flows[static_cast<std::size_t>(e.row)];
    const double kilograms =
        e.value * flow.factor * told.footprint.runs[static_cast<std::size_t>(e.column)];
    if (flow.factor < 0)
      uptake += kilograms;
    else if (flow.name.find("biogenic") != std::string::npos ||
             flow.name.find("non-fossil") != std::string::npos)
      biogenic += kilograms;
  }
  pf.including_biogenic = told.footprint.score;
  pf.excluding_biogenic = told.footprint.score - uptake;
  pf.fossil = std::max(0.0, pf.excluding_biogenic - biogenic);
}

}  // namespace

PactFootprint pact_of(const ToldProduct& told) {
  const ExportWords words(told.inventory);
  PactFootprint pf;
  set_unit(told, words, pf);
  set_emissions(told, pf);
  pf.company = words.text("company");
  pf.company_ids = words.list("company_ids");
  pf.product_ids = words.list("product_ids");
  pf.product = words.text("product_name", told.maker().product);
  pf.description = words.text("description", told.inventory.title);
  pf.comment = words.text("comment", "");
  pf.boundary = words.text("boundary", "");
  pf.country = words.text("country", "");
  pf.period_start = words.text("period_start");
  pf.period_end = words.text("period_end");
  pf.created = words.text("created", now());
  pf.standards = told.inventory.pact.contains("standards") ? words.list("standards")
                                                           : std::vector<std::string>{"ISO14067"};
  pf.factors = {told.inventory.factor_set.empty() ? words.text("factors")
                                                  : told.inventory.factor_set};
  pf.primary_data_share = words.number("primary_data_share", -1);
  std::string rules;
  for (const auto& a : told.inventory.activities)
    if (a.allocation != AllocationRule::none)
      rules += fmt::format("{}{}: {}", rules.empty() ? "" : "; ", a.name, to_string(a.allocation));
  pf.allocation = rules;
  pf.id = uuid_of(fmt::format("{}|{}|{}|{:.17g}|{}", pf.company, pf.product, pf.period_end,
                              told.footprint.score, pf.created));
  // What is written must be what others accept.
  static_cast<void>(parse_pact("the footprint to be written", to_pact_json(pf)));
  return pf;
}

}  // namespace stave
