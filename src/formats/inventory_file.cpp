#include "stave/formats/inventory_file.hpp"

#include "stave/core/error.hpp"
#include "stave/inventory/unit.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "formats/input.hpp"
#include "formats/inventory_reader.hpp"

namespace stave {
namespace reader {
namespace {

bool is_sound(const Distribution& d) {
  using Shape = Distribution::Shape;
  const auto& v = d.values;
  if (!std::ranges::all_of(v, [](double x) { return std::isfinite(x); })) return false;
  if (d.shape == Shape::lognormal) return v[0] != 0 && v[1] > 1;
  if (d.shape == Shape::normal) return v[1] > 0;
  return std::ranges::is_sorted(v) && v.front() < v.back();
}

}  // namespace

void add_distribution(Inventory& inventory, const std::string& name, Distribution distribution,
                      Amount& amount, ImportTally& tally) {
  if (!is_sound(distribution)) {
    ++tally.unsound;
    return;
  }
  ++tally.distributions;
  amount.number = static_cast<std::int32_t>(inventory.uncertain.size());
  UncertainAmount uncertain{.name = name, .distribution = std::move(distribution)};
  if (amount.value >= 0) uncertain.least = 0;
  inventory.uncertain.push_back(std::move(uncertain));
}

void share_co_products(Activity& activity, const InventoryOptions& options, ImportTally& tally) {
  if (activity.outputs.size() < 2) return;
  tally.co_products += activity.outputs.size() - 1;
  const bool by_mass = options.co_products == AllocationRule::mass &&
                       std::ranges::all_of(activity.outputs, [](const ActivityOutput& o) {
                         return unit_factor(o.unit, "kg").has_value();
                       });
  if (by_mass) {
    activity.allocation = AllocationRule::mass;
    return;
  }
  ++tally.without_rule;
  activity.allocation = AllocationRule::shares;
  for (auto& output : activity.outputs) output.share = 0;
  activity.outputs.front().share = 1;
}

void ImportTally::tell(const std::string& format, std::size_t activities,
                       Inventory& inventory) const {
  auto& notes = inventory.notes;
  notes.push_back(fmt::format("{}: {} activities, {} exchanges.", format, activities, exchanges));
  if (co_products > 0)
    notes.push_back(fmt::format(
        "{} co-products; {} activities whose file states no rule of allocation let their reference "
        "product bear all.",
        co_products, without_rule));
  if (passed_over > 0)
    notes.push_back(fmt::format(
        "{} outputs of zero, or of a product the activity has named before, are left out.",
        passed_over));
  if (wastes > 0)
    notes.push_back(fmt::format("{} outputs are wastes handed over for treatment.", wastes));
  if (spared > 0)
    notes.push_back(fmt::format("{} inputs are below zero: spared elsewhere.", spared));
  if (distributions + unsound > 0)
    notes.push_back(
        fmt::format("{} amounts have a distribution; {} distributions were none (zero "
                    "spread, or out of order) and are left out.",
                    distributions, unsound));
  if (zero_output > 0)
    notes.push_back(fmt::format("{} processes make nothing (an output of zero) and are left out.",
                                zero_output));
}

namespace {

bool is_workbook(const std::filesystem::path& path) {
  return ends_with_folded(path.string(), ".xlsx");
}

Inventory database_named(const std::filesystem::path& path) {
  Inventory inventory;
  inventory.name = path.stem().string();
  inventory.title = inventory.name;
  inventory.source = path.filename().string();
  inventory.cut_off = true;
  inventory.factor_set = "AR6";
  return inventory;
}

Inventory read_package(const std::filesystem::path& path, const InventoryOptions& options) {
  auto inventory = database_named(path);
  const Folder package(path);
  if (is_olca(package)) {
    read_olca(package, options, inventory);
    return inventory;
  }
  if (is_ilcd(package)) {
    read_ilcd(package, options, inventory);
    return inventory;
  }
  std::size_t files = 0;
  for (const auto& name : package.names()) {
    if (!ends_with_folded(name, ".xml")) continue;
    const auto text = package.text(name);
    if (!is_ecospold1(text.text())) continue;
    read_ecospold1(text, options, inventory);
    ++files;
  }
  if (files == 0)
    throw Error(
        Errc::bad_input,
        fmt::format("{}: holds neither EcoSpold 1 nor openLCA's JSON-LD nor ILCD", path.string()),
        "EcoSpold 1 is xml that opens with <ecoSpold ...EcoSpold01>; JSON-LD and ILCD have "
        "a folder processes/, of json or xml.");
  return inventory;
}

}  // namespace
}  // namespace reader

Inventory read_inventory(const std::filesystem::path& path, const InventoryOptions& options) {
  using namespace reader;
  if (is_workbook(path)) return read_inventory_table(path);
  const Input input(path);
  if (input.folder()) return read_package(path, options);
  if (ends_with_folded(path.string(), ".toml")) {
    const auto source = Source::open(path);
    return parse_project(path.string(), source.text(), path.parent_path());
  }
  if (ends_with_folded(path.string(), ".csv") || ends_with_folded(path.string(), ".tsv") ||
      ends_with_folded(path.string(), ".txt"))
    return read_inventory_table(path);
  const auto source = Source::open(path);
  if (is_ecospold1(source.text())) {
    auto inventory = database_named(path);
    read_ecospold1(source, options, inventory);
    return inventory;
  }
  if (is_ilcd_process(source.text()))
    throw Error(Errc::bad_input, fmt::format("{}: is one ILCD process by itself", path.string()),
                "Its units stand in other data sets: give the zip or folder that holds processes/, "
                "flows/, flowproperties/ and unitgroups/.");
  throw Error(
      Errc::bad_input, fmt::format("{}: is no inventory that can be read", path.string()),
      "A project (.toml), a table (.csv, .xlsx), EcoSpold 1 (.xml, .zip), openLCA's JSON-LD or "
      "ILCD (.zip, a folder).");
}

}  // namespace stave
