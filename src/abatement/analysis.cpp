#include "stave/analysis/analysis.hpp"

#include "stave/abatement/abatement.hpp"
#include "stave/core/error.hpp"
#include "stave/product/asked.hpp"

#include <fmt/format.h>

#include "abatement/declaration.hpp"
#include "abatement/told.hpp"

namespace stave {
namespace {

// Units of the project's own product, for costs that hang on no input; without one, of what is
// asked. What is asked instead of it does not have such costs.
double own_units(const Inventory& inventory, const ProductSystem& system,
                 const FunctionalUnit& asked, const Demand& demand,
                 std::vector<LinkedSwitch>& switches) {
  if (!inventory.asked) return asked.amount;
  auto one = *inventory.asked;
  one.amount = 1;
  const auto own = demand_of(inventory, system, one);
  if (own.process == demand.process) return demand.amount / own.amount;
  for (auto& s : switches)
    if (s.fixed != 0) {
      s.costed = false;
      s.missing = "fixed_cost is for " + inventory.asked->product;
    }
  return 0;
}

SwitchState state_of(const FootprintSystem& system, const Footprint& footprint, int tiers) {
  return {system, footprint, by_tier(system, footprint, tiers), by_component(system, footprint)};
}

std::vector<SwitchOutcome> each_alone(const SwitchModel& model, const std::vector<double>& shares) {
  std::vector<SwitchOutcome> outcomes;
  std::vector<double> one(shares.size());
  for (std::size_t k = 0; k < shares.size(); ++k) {
    one[k] = shares[k];
    outcomes.push_back(model.at(one));
    one[k] = 0;
  }
  return outcomes;
}

void require_switches(const Inventory& inventory, const Arguments& arguments) {
  if (inventory.switches.empty())
    throw Error(Errc::bad_input, fmt::format("{} has no [[switch]]", inventory.name),
                "`stave switch --template` prints a project with switches of every kind.");
  if (arguments.has("budget") && currency_of(inventory).empty())
    throw Error(
        Errc::bad_input,
        fmt::format("a budget was given, and no switch of {} says what it costs", inventory.name),
        "Give price and to_price, premium or fixed_cost.");
}

Report compare_switches(const Chain& chain, const Arguments& arguments, Progress& progress) {
  progress.report("reading the inventory", 0);
  auto inventory = asked_inventory(arguments);
  require_switches(inventory, arguments);
  const auto shares =
      shares_of(inventory.switches, arguments.has("shares") ? arguments.text("shares") : "");
  auto linked = link(inventory);
  const auto sectors = price_sectors(linked, inventory, chain);
  auto switches = link_switches(inventory, linked, arguments.has("prefer"));
  require_shares(linked, switches, shares);
  progress.report("solving", 0);
  const FootprintSystem before(std::move(linked));
  const auto asked = asked_product(inventory, arguments);
  const auto demand = demand_of(inventory, before.system(), asked);
  const auto amount = own_units(inventory, before.system(), asked, demand, switches);
  const auto was = before.footprint(demand);
  const FootprintSystem after(switched(before.system(), switches, shares));
  const auto is = after.footprint(demand);
  const SwitchModel model(before, was, switches, amount);
  const int tiers = static_cast<int>(arguments.integer("tiers"));
  const auto state_before = state_of(before, was, tiers);
  const auto state_after = state_of(after, is, tiers);
  ToldSwitches told{inventory,
                    asked,
                    state_before,
                    state_after,
                    switches,
                    shares,
                    model,
                    model.at(shares),
                    each_alone(model, shares),
                    {},
                    {},
                    {},
                    currency_of(inventory),
                    {},
                    chain,
                    {},
                    {}};
  if (const auto price = price_of(inventory, before.system(), demand.process))
    told.price = *price * demand.amount;
  if (arguments.has("budget")) {
    told.budget = arguments.real("budget");
    told.choice = best_within(model, shares, switches, *told.budget);
  }
  told.curve = abatement_curve(model, shares, told.choice);
  if (arguments.has("buyer")) {
    progress.report("following what stops", 0);
    told.buyer = arguments.node("buyer");
    told.sides = switch_risks(chain, *told.buyer, inventory.switches, shares, progress);
  }
  auto report = report_of(told);
  if (!sectors.empty()) report.provenance.notes.push_back(sectors);
  return report;
}

}  // namespace

Analysis switch_analysis() { return {switch_declaration(), compare_switches}; }

}  // namespace stave
