#include "stave/analysis/analysis.hpp"

#include "stave/core/error.hpp"
#include "stave/product/asked.hpp"
#include "stave/report/report_writer.hpp"

#include <fmt/format.h>

#include "product/declaration.hpp"
#include "product/pact_export.hpp"
#include "product/told.hpp"

namespace stave {
namespace {

Sampling sampling_of(const std::string& word) {
  if (word == "sobol") return Sampling::sobol;
  return word == "random" ? Sampling::random : Sampling::latin_hypercube;
}

DrawnFootprints drawn(const FootprintSystem& system, const Footprint& footprint,
                      const Arguments& arguments, Progress& progress) {
  DrawOptions options;
  options.plan = {sampling_of(arguments.text("sampling")),
                  static_cast<std::uint64_t>(arguments.integer("draws")),
                  static_cast<std::uint64_t>(arguments.integer("seed"))};
  options.examined = static_cast<std::size_t>(arguments.integer("examine"));
  if (options.plan.draws == 0) {
    DrawnFootprints none;
    none.effects = number_effects(system, footprint);
    return none;
  }
  return draw_footprints(system, footprint, options, progress);
}

// For those who ask for a report and no file; what is missing for it is told.
void add_pact(const ToldProduct& told, Report& report) {
  try {
    auto table = declared_table(product_declaration(), "pact");
    table.add_row({to_pact_json(pact_of(told))});
    report.tables.push_back(std::move(table));
  } catch (const Error& error) {
    report.provenance.notes.push_back(fmt::format("No PACT: {}.", error.what()));
  }
}

Report product(const Chain& chain, const Arguments& arguments, Progress& progress) {
  progress.report("reading the inventory", 0);
  InventoryOptions options;
  options.co_products = *find_allocation_rule(arguments.text("co-products"));
  auto inventory = asked_inventory(arguments, options);
  auto linked = link(inventory);
  const auto sectors = price_sectors(linked, inventory, chain);
  progress.report("solving", 0);
  const FootprintSystem system(std::move(linked));
  const auto asked = asked_product(inventory, arguments);
  const auto footprint = system.footprint(demand_of(inventory, system.system(), asked));
  const auto draws = drawn(system, footprint, arguments, progress);
  const ToldProduct told{
      inventory,
      asked,
      system,
      footprint,
      draws,
      {static_cast<int>(arguments.integer("tiers")), static_cast<int>(arguments.integer("depth")),
       arguments.real("threshold"), static_cast<std::size_t>(arguments.integer("top"))}};
  auto report = report_of(told);
  if (!sectors.empty()) report.provenance.notes.push_back(sectors);
  if (draws.partial) report.partial = true;
  if (arguments.has("pact")) {
    write_file(arguments.text("pact"), to_pact_json(pact_of(told)) + "\n");
    report.findings.push_back(
        {fmt::format("Written as PACT 3: {}.", arguments.text("pact")), Tone::plain});
  } else if (!inventory.pact.empty()) {
    add_pact(told, report);
  }
  return report;
}

}  // namespace

Analysis product_analysis() { return {product_declaration(), product}; }

}  // namespace stave
