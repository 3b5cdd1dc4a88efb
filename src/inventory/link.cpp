#include "stave/core/classification.hpp"
#include "stave/core/error.hpp"
#include "stave/inventory/product_system.hpp"
#include "stave/inventory/unit.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "allocation.hpp"
#include "amount_conversion.hpp"
#include "flow_list.hpp"

namespace stave {
namespace {

constexpr std::int32_t nobody = -1;

/// The product of an uncertain amount and what it is multiplied with.
SystemEntry entry_of(std::size_t row, std::size_t column, const Amount& amount, double scale) {
  return {static_cast<std::int32_t>(row), static_cast<std::int32_t>(column), scale * amount.value,
          amount.number < 0 ? scale * amount.value : scale, amount.number};
}

std::string place_of(const Activity& a) {
  return a.place.empty() ? fmt::format("'{}'", a.id) : fmt::format("{}: '{}'", a.place, a.id);
}

class Linker {
 public:
  explicit Linker(const Inventory& inventory)
      : inventory_(inventory), convert_(inventory), flows_(inventory) {}

  ProductSystem link() {
    check_inventory(inventory_);
    system_.uncertain = inventory_.uncertain;
    add_processes();
    add_suppliers();
    for (std::size_t a = 0; a < inventory_.activities.size(); ++a) add_activity(a);
    if (system_.size() == 0)
      throw Error(Errc::bad_input, fmt::format("{}: no activity makes anything", inventory_.name),
                  "An inventory needs an [[activity]] with an output.");
    system_.flows = flows_.finish(system_.notes);
    sort_entries();
    if (!system_.unlinked.empty())
      system_.notes.push_back(
          fmt::format("{} inputs have no maker in the inventory and are left out; the table "
                      "unlinked lists them.",
                      system_.unlinked.size()));
    return std::move(system_);
  }

 private:
  // Processes ------------------------------------------------------------------------------------

  void add_processes() {
    for (std::size_t a = 0; a < inventory_.activities.size(); ++a) {
      const auto& activity = inventory_.activities[a];
      const auto shares = allocation_shares(activity, convert_);
      const auto makes = activity.allocation == AllocationRule::substitution ? 1 : shares.size();
      first_.push_back(system_.size());
      for (std::size_t k = 0; k < makes; ++k) add_process(a, k, shares[k], makes > 1);
      if (shares.size() > 1)
        for (std::size_t k = 0; k < shares.size(); ++k)
          system_.allocated.push_back({activity.name, activity.outputs[k].product,
                                       std::string(to_string(activity.allocation)), shares[k]});
    }
    first_.push_back(system_.size());
  }

  void add_process(std::size_t a, std::size_t k, double share, bool one_of_several) {
    const auto& activity = inventory_.activities[a];
    const auto& output = activity.outputs[k];
    const auto i = system_.size();
    Process process{.name = activity.name,
                    .product = output.product,
                    .unit = output.unit,
                    .region = activity.region,
                    .component = activity.component,
                    .activity = static_cast<std::int32_t>(a),
                    .share = share};
    if (one_of_several) process.name += fmt::format(" ({})", output.product);
    if (!activity.region.empty()) process.name += fmt::format(" [{}]", activity.region);
    system_.processes.push_back(std::move(process));
    system_.technosphere.push_back(entry_of(i, i, output.amount, 1));
    by_product_[output.product].push_back(i);
    if (!output.code.empty()) by_code_[output.code].push_back(i);
    by_activity_[activity.id].push_back(i);
  }

  void add_suppliers() {
    for (const auto& supplier : inventory_.suppliers) {
      const auto i = system_.size();
      if (!(supplier.declared > 0))
        throw Error(Errc::bad_input, fmt::format("the footprint of '{}' declares an amount of {}",
                                                 supplier.name, supplier.declared));
      system_.processes.push_back({.name = supplier.name,
                                   .product = supplier.product,
                                   .unit = supplier.unit,
                                   .component = {}});
      system_.technosphere.push_back(entry_of(i, i, {supplier.declared, -1}, 1));
      const auto flow = flows_.supplier_flow(supplier.source);
      system_.biosphere.push_back(entry_of(flow, i, supplier.amount, 1));
      supplied_[supplier.product].push_back({i, &supplier});
      if (!by_product_.contains(supplier.product)) by_product_[supplier.product].push_back(i);
    }
  }

  // Exchanges ------------------------------------------------------------------------------------

  void add_activity(std::size_t a) {
    const auto& activity = inventory_.activities[a];
    if (activity.allocation == AllocationRule::substitution)
      for (std::size_t k = 1; k < activity.outputs.size(); ++k) add_spared(a, activity.outputs[k]);
    for (const auto& input : activity.inputs) add_input(a, input);
    for (const auto& emission : activity.emissions) {
      const auto flow = flows_.place_of(emission);
      for (auto i = first_[a]; i < first_[a + 1]; ++i)
        system_.biosphere.push_back(
            entry_of(flow.row, i, emission.amount, flow.factor * system_.processes[i].share));
    }
  }

  // What a co-product spares: its maker elsewhere need not make it.
  void add_spared(std::size_t a, const ActivityOutput& output) {
    const auto& activity = inventory_.activities[a];
    ActivityInput spared{.product = output.product,
                         .amount = output.amount,
                         .unit = output.unit,
                         .code = output.code};
    const auto maker = maker_of(a, spared);
    if (maker == nobody) return;
    const auto factor = factor_to(activity, spared, static_cast<std::size_t>(maker));
    if (factor) system_.technosphere.push_back(entry_of(maker, first_[a], output.amount, *factor));
  }

  void add_input(std::size_t a, const ActivityInput& input) {
    if (!input.sector.empty()) return add_sector_input(a, input);
    const auto maker = maker_of(a, input);
    if (maker == nobody) return;
    const auto factor = factor_to(inventory_.activities[a], input, static_cast<std::size_t>(maker));
    if (!factor) return;
    for (auto i = first_[a]; i < first_[a + 1]; ++i) {
      auto entry = entry_of(maker, i, input.amount, -*factor * system_.processes[i].share);
      entry.component = input.component;
      system_.technosphere.push_back(std::move(entry));
    }
  }

  void add_sector_input(std::size_t a, const ActivityInput& input) {
    const auto sector = sector_process(input);
    for (auto i = first_[a]; i < first_[a + 1]; ++i) {
      const double share = system_.processes[i].share;
      auto entry = entry_of(sector, i, input.amount, -share);
      entry.value *= input.price.value;
      if (input.price.number < 0) entry.scale *= input.price.value;
      entry.second = input.price.number;
      entry.component = input.component;
      system_.technosphere.push_back(std::move(entry));
    }
  }

  // One process a sector and currency; its product is money spent there.
  std::size_t sector_process(const ActivityInput& input) {
    const auto key = input.sector + "|" + input.currency;
    const auto found = by_sector_.find(key);
    if (found != by_sector_.end()) return found->second;
    const auto i = system_.size();
    system_.processes.push_back({.name = "sector " + input.sector,
                                 .product = "bought from " + input.sector,
                                 .unit = input.currency,
                                 .sector = input.sector});
    system_.technosphere.push_back(entry_of(i, i, {1, -1}, 1));
    by_sector_.emplace(key, i);
    return i;
  }

  // Makers ---------------------------------------------------------------------------------------

  std::int32_t unlinked(std::size_t a, const ActivityInput& input, const std::string& reason,
                        Errc code, const std::string& hint) {
    const auto& activity = inventory_.activities[a];
    if (!inventory_.cut_off)
      throw Error(code, fmt::format("{} takes '{}': {}", place_of(activity), input.product, reason),
                  hint);
    system_.unlinked.push_back(
        {activity.name, input.product, input.amount.value, input.unit, reason});
    return nobody;
  }

  std::vector<std::size_t> makers_named(const ActivityInput& input) {
    const auto found = by_activity_.find(input.from);
    if (found == by_activity_.end()) return {};
    if (found->second.size() == 1) return found->second;
    std::vector<std::size_t> fitting;
    for (const auto i : found->second)
      if (system_.processes[i].product == input.product) fitting.push_back(i);
    return fitting;
  }

  std::vector<std::size_t> makers_of(const ActivityInput& input) const {
    if (!input.code.empty())
      if (const auto found = by_code_.find(input.code); found != by_code_.end())
        return found->second;
    const auto found = by_product_.find(input.product);
    return found == by_product_.end() ? std::vector<std::size_t>{} : found->second;
  }

  // Those in the region asked for, where that leaves any.
  void narrow_to(const std::string& region, std::vector<std::size_t>& makers) const {
    if (region.empty() || makers.size() < 2) return;
    std::vector<std::size_t> there;
    for (const auto i : makers)
      if (system_.processes[i].region == region) there.push_back(i);
    if (!there.empty()) makers = std::move(there);
  }

  std::optional<std::size_t> supplied(const Activity& activity, const std::string& product) const {
    const auto found = supplied_.find(product);
    if (found == supplied_.end()) return std::nullopt;
    for (const auto& [i, supplier] : found->second)
      if (supplier->users.empty() || std::ranges::count(supplier->users, activity.id) > 0) return i;
    return std::nullopt;
  }

  std::int32_t maker_of(std::size_t a, const ActivityInput& input) {
    const auto& activity = inventory_.activities[a];
    if (const auto supplier = supplied(activity, input.product))
      return static_cast<std::int32_t>(*supplier);
    if (!input.from.empty()) {
      const auto named = makers_named(input);
      if (named.size() == 1) return static_cast<std::int32_t>(named.front());
      return unlinked(a, input, fmt::format("activity '{}' does not make it", input.from),
                      Errc::not_found,
                      inventory_.cut_off ? std::string() : near_activities(input.from));
    }
    auto makers = makers_of(input);
    if (makers.size() > 1) prefer(input, makers);
    narrow_to(input.region, makers);
    narrow_to(activity.region, makers);
    if (makers.empty())
      return unlinked(a, input, "nobody makes it", Errc::not_found,
                      inventory_.cut_off ? std::string() : near_products(input.product));
    if (makers.size() > 1) return several(a, input, makers);
    if (!input.region.empty() && system_.processes[makers.front()].region != input.region)
      note_other_region(input, makers.front());
    return static_cast<std::int32_t>(makers.front());
  }

  void prefer(const ActivityInput& input, std::vector<std::size_t>& makers) const {
    const auto preferred = inventory_.preferred.find(input.product);
    if (preferred == inventory_.preferred.end()) return;
    std::vector<std::size_t> left;
    for (const auto i : makers) {
      const auto activity = system_.processes[i].activity;
      if (activity >= 0 &&
          inventory_.activities[static_cast<std::size_t>(activity)].id == preferred->second)
        left.push_back(i);
    }
    if (!left.empty()) makers = std::move(left);
  }

  std::int32_t several(std::size_t a, const ActivityInput& input,
                       const std::vector<std::size_t>& makers) {
    std::vector<std::string> names;
    for (const auto i : makers) {
      if (names.size() == 3) break;
      const auto activity = system_.processes[i].activity;
      names.push_back(activity < 0 ? system_.processes[i].name
                                   : inventory_.activities[static_cast<std::size_t>(activity)].id);
    }
    return unlinked(a, input,
                    fmt::format("{} activities make it ({}{})", makers.size(),
                                fmt::join(names, ", "), makers.size() > 3 ? " ..." : ""),
                    Errc::bad_input,
                    "Name one with from = \"ID\", give a region, or put PRODUCT = \"ID\" under "
                    "[prefer].");
  }

  void note_other_region(const ActivityInput& input, std::size_t maker) {
    const auto note = fmt::format(
        "'{}' of {} is taken from {}: nobody makes it there.", input.product, input.region,
        system_.processes[maker].region.empty() ? std::string("a maker without a region")
                                                : system_.processes[maker].region);
    if (std::ranges::count(system_.notes, note) == 0) system_.notes.push_back(note);
  }

  // Units ----------------------------------------------------------------------------------------

  std::optional<double> factor_to(const Activity& activity, const ActivityInput& input,
                                  std::size_t maker) {
    const auto& unit = system_.processes[maker].unit;
    auto found = convert_.find(input.product, input.unit, unit);
    if (!found) found = by_mass(input, maker);
    if (!found) {
      const auto a = static_cast<std::size_t>(&activity - inventory_.activities.data());
      unlinked(a, input,
               fmt::format("it is in {}, its maker '{}' gives it in {}", quantity_words(input.unit),
                           system_.processes[maker].name, quantity_words(unit)),
               Errc::bad_input, AmountConversion::hint(input.product, input.unit, unit));
      return std::nullopt;
    }
    if (input.unit != unit)
      system_.conversions.push_back(
          {activity.name, input.product, input.unit, unit, found->factor, found->by});
    return found->factor;
  }

  // A supplier's footprint says what its declared unit weighs.
  std::optional<FoundConversion> by_mass(const ActivityInput& input, std::size_t maker) const {
    const auto found = supplied_.find(input.product);
    if (found == supplied_.end()) return std::nullopt;
    for (const auto& [i, supplier] : found->second) {
      if (i != maker || !(supplier->mass > 0)) continue;
      if (const auto kilograms = unit_factor(input.unit, "kg"))
        return FoundConversion{*kilograms * supplier->declared / supplier->mass, supplier->source};
    }
    return std::nullopt;
  }

  // Hints ----------------------------------------------------------------------------------------

  std::string near_products(const std::string& product) const {
    std::vector<std::string> names;
    for (const auto& [name, makers] : by_product_) names.push_back(name);
    std::sort(names.begin(), names.end());
    auto hint = did_you_mean(product, names);
    return hint.empty() ? "Add an activity that makes it, or say missing_inputs = \"list\"." : hint;
  }

  std::string near_activities(const std::string& id) const {
    std::vector<std::string> names;
    for (const auto& activity : inventory_.activities) names.push_back(activity.id);
    return did_you_mean(id, names);
  }

  void sort_entries() {
    const auto before = [](const SystemEntry& x, const SystemEntry& y) {
      return x.column != y.column ? x.column < y.column : x.row < y.row;
    };
    std::stable_sort(system_.technosphere.begin(), system_.technosphere.end(), before);
    std::stable_sort(system_.biosphere.begin(), system_.biosphere.end(), before);
  }

  const Inventory& inventory_;
  AmountConversion convert_;
  FlowList flows_;
  ProductSystem system_;
  std::vector<std::size_t> first_;  ///< [activities + 1] first process of each
  std::unordered_map<std::string, std::vector<std::size_t>> by_product_;
  std::unordered_map<std::string, std::vector<std::size_t>> by_code_;
  std::unordered_map<std::string, std::vector<std::size_t>> by_activity_;
  std::unordered_map<std::string, std::size_t> by_sector_;
  std::unordered_map<std::string, std::vector<std::pair<std::size_t, const SupplierFootprint*>>>
      supplied_;
};

}  // namespace

ProductSystem link(const Inventory& inventory) { return Linker(inventory).link(); }

}  // namespace stave
