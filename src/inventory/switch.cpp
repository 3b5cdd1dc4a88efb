#include "stave/inventory/switch.hpp"

#include "stave/core/classification.hpp"
#include "stave/core/error.hpp"
#include "stave/inventory/unit.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "amount_conversion.hpp"

namespace stave {
namespace {

constexpr double not_known = std::numeric_limits<double>::quiet_NaN();
constexpr std::array<std::pair<SwitchKind, std::string_view>, 5> switch_kinds{
    {{SwitchKind::supplier, "supplier"},
     {SwitchKind::material, "material"},
     {SwitchKind::route, "route"},
     {SwitchKind::energy, "energy"},
     {SwitchKind::less, "less"}}};

[[noreturn]] void refuse_switch(const Switch& s, Errc code, const std::string& what,
                                const std::string& hint) {
  throw Error(
      code, fmt::format("{}{}switch '{}': {}", s.place, s.place.empty() ? "" : ": ", s.name, what),
      hint);
}

/// Finds what the switches of one inventory speak of in its equations.
class SwitchLinker {
 public:
  SwitchLinker(const Inventory& inventory, const ProductSystem& system, bool idle)
      : inventory_(inventory), system_(system), convert_(inventory), idle_(idle) {
    for (const auto& activity : inventory.activities) ids_.push_back(activity.id);
  }

  LinkedSwitch link(const Switch& s) const {
    for (const auto& id : s.in) require_activity(s, id);
    if (!s.from.empty()) require_activity(s, s.from);
    if (!s.to.empty()) require_activity(s, s.to);
    LinkedSwitch linked{.name = s.name, .factor = s.factor.value_or(1), .missing = {}};
    if (!s.factor) linked.to = maker_of_new(s);
    add_inputs(s, linked);
    linked.kind = s.kind.value_or(kind_of(s, linked));
    add_cost(s, linked);
    return linked;
  }

 private:
  const Process& process(std::int32_t i) const {
    return system_.processes[static_cast<std::size_t>(i)];
  }
  std::string_view id_of(const Process& p) const {
    return p.activity < 0 ? std::string_view(p.name)
                          : inventory_.activities[static_cast<std::size_t>(p.activity)].id;
  }

  void require_activity(const Switch& s, const std::string& id) const {
    const auto fits = [&](const Process& p) { return id_of(p) == id; };
    if (std::ranges::any_of(system_.processes, fits)) return;
    refuse_switch(s, Errc::not_found, fmt::format("there is no activity '{}'", id),
                  did_you_mean(id, ids_));
  }

  // The new ------------------------------------------------------------------------------------

  std::vector<std::int32_t> makers(const Switch& s, const std::string& product) const {
    std::vector<std::int32_t> found;
    for (std::size_t i = 0; i < system_.size(); ++i) {
      const auto& p = system_.processes[i];
      if (!p.sector.empty()) continue;
      if (!product.empty() && p.product != product) continue;
      if (!s.to.empty() && id_of(p) != s.to) continue;
      if (!s.to_region.empty() && p.region != s.to_region) continue;
      found.push_back(static_cast<std::int32_t>(i));
    }
    return found;
  }

  std::int32_t maker_of_new(const Switch& s) const {
    auto product = s.to_product.empty() ? s.product : s.to_product;
    auto found = makers(s, product);
    if (found.empty() && s.to_product.empty() && !s.to.empty()) found = makers(s, {});
    if (found.size() > 1) keep_preferred(product, found);
    if (found.size() == 1) return found.front();
    const auto of = fmt::format("'{}'{}{}", product, s.to.empty() ? "" : " by '" + s.to + "'",
                                s.to_region.empty() ? "" : " in " + s.to_region);
    if (!found.empty()) {
      std::vector<std::string_view> names;
      for (const auto i : found)
        if (names.size() < 5) names.push_back(id_of(process(i)));
      refuse_switch(s, Errc::bad_input,
                    fmt::format("{} activities make {}: {}{}", found.size(), of,
                                fmt::join(names, ", "), found.size() > 5 ? " ..." : ""),
                    "Name one with to = \"ID\", or its region with to_region.");
    }
    refuse_switch(s, Errc::not_found, fmt::format("nobody makes {}", of), near_products(product));
  }

  void keep_preferred(const std::string& product, std::vector<std::int32_t>& found) const {
    const auto preferred = inventory_.preferred.find(product);
    if (preferred == inventory_.preferred.end()) return;
    for (const auto i : found)
      if (id_of(process(i)) == preferred->second) {
        found = {i};
        return;
      }
  }

  std::string near_products(const std::string& product) const {
    std::set<std::string> names;
    for (const auto& p : system_.processes) names.insert(p.product);
    return did_you_mean(product, {names.begin(), names.end()});
  }

  // What is moved ------------------------------------------------------------------------------

  bool is_old_maker(const Switch& s, const LinkedSwitch& linked, std::int32_t i) const {
    const auto& p = process(i);
    if (p.product != s.product && (p.sector.empty() || p.sector != s.product)) return false;
    if (!s.from.empty()) return id_of(p) == s.from;
    if (!s.from_region.empty()) return p.region == s.from_region;
    return i != linked.to;  // what the new maker supplies already stays with it
  }

  bool is_taker(const Switch& s, const LinkedSwitch& linked, std::int32_t j) const {
    if (!s.in.empty()) return std::ranges::count(s.in, id_of(process(j))) > 0;
    return j != linked.to;
  }

  void add_inputs(const Switch& s, LinkedSwitch& linked) const {
    for (std::size_t e = 0; e < system_.technosphere.size(); ++e) {
      const auto& entry = system_.technosphere[e];
      if (entry.row == entry.column || !(entry.value < 0)) continue;
      if (!is_old_maker(s, linked, entry.row) || !is_taker(s, linked, entry.column)) continue;
      linked.inputs.push_back({.entry = e, .ratio = ratio_of(s, linked, entry.row)});
    }
    if (!linked.inputs.empty()) return;
    require_made(s);
    if (idle_) return;
    refuse_switch(s, Errc::bad_input,
                  fmt::format("{} takes '{}'{}{}",
                              s.in.empty() ? std::string("nobody")
                                           : fmt::format("none of {}", fmt::join(s.in, ", ")),
                              s.product, s.from.empty() ? "" : " from '" + s.from + "'",
                              s.from_region.empty() ? "" : " from a maker in " + s.from_region),
                  "Check product, from, from_region and in.");
  }

  void require_made(const Switch& s) const {
    const auto made = [&](const Process& p) {
      return p.product == s.product || p.sector == s.product;
    };
    if (std::ranges::none_of(system_.processes, made))
      refuse_switch(s, Errc::not_found, fmt::format("nobody makes '{}'", s.product),
                    near_products(s.product));
  }

  double converted(const Switch& s, const std::string& product, const std::string& from,
                   const std::string& to, const std::string& what) const {
    if (const auto found = convert_.find(product, from, to)) return found->factor;
    refuse_switch(s, Errc::bad_input,
                  fmt::format("{} is in {}, '{}' is made in {}", what, quantity_words(from),
                              product, quantity_words(to)),
                  AmountConversion::hint(product, from, to));
  }

  const std::string& unit_of(const Switch& s, std::int32_t old) const {
    return s.unit.empty() ? process(old).unit : s.unit;
  }

  /// s.unit of the old for one unit as its maker counts.
  double old_units(const Switch& s, std::int32_t old) const {
    const auto& p = process(old);
    return 1 / converted(s, p.product, unit_of(s, old), p.unit, "unit");
  }

  double ratio_of(const Switch& s, const LinkedSwitch& linked, std::int32_t old) const {
    if (linked.to < 0) return 1;
    if (linked.to == old && s.unit.empty() && s.to_unit.empty()) return s.ratio;
    const auto& p = process(linked.to);
    const auto& unit = s.to_unit.empty() ? unit_of(s, old) : s.to_unit;
    return old_units(s, old) * s.ratio * converted(s, p.product, unit, p.unit, "to_unit");
  }

  SwitchKind kind_of(const Switch& s, const LinkedSwitch& linked) const {
    if (linked.to < 0) return SwitchKind::less;
    if (linked.inputs.empty()) return SwitchKind::supplier;
    const auto& old = process(system_.technosphere[linked.inputs.front().entry].row);
    const auto unit = find_unit(old.unit);
    if (unit && unit->quantity == "energy") return SwitchKind::energy;
    if (unit && unit->quantity == find_unit("tkm")->quantity) return SwitchKind::route;
    return process(linked.to).product == s.product ? SwitchKind::supplier : SwitchKind::material;
  }

  // Money --------------------------------------------------------------------------------------

  void add_cost(const Switch& s, LinkedSwitch& linked) const {
    linked.fixed = s.fixed_cost.value_or(0);
    bool all = true;
    for (auto& input : linked.inputs) {
      set_money(s, linked, input);
      all = all && !std::isnan(input.extra);
    }
    linked.costed = all;
    if (!all) linked.missing = missing_of(s, linked);
  }

  void set_money(const Switch& s, const LinkedSwitch& linked, MovedInput& input) const {
    const auto old = system_.technosphere[input.entry].row;
    const double units = old_units(s, old);
    const auto known = price_of(inventory_, system_, static_cast<std::size_t>(old));
    input.paid = s.price ? *s.price * units : known.value_or(not_known);
    if (linked.to < 0) {
      input.extra = s.premium ? *s.premium * units : (linked.factor - 1) * input.paid;
      return;
    }
    if (s.premium) {
      input.extra = *s.premium * units;
      return;
    }
    const auto to = static_cast<std::size_t>(linked.to);
    const auto then = price_of(inventory_, system_, to);
    // to_price is for one to_unit, of which there are units * ratio for one of the old.
    const double cost =
        s.to_price ? *s.to_price * units * s.ratio : then.value_or(not_known) * input.ratio;
    input.extra = cost - input.paid;
  }

  std::string missing_of(const Switch& s, const LinkedSwitch& linked) const {
    std::vector<std::string> what;
    for (const auto& input : linked.inputs)
      if (std::isnan(input.paid)) {
        what.push_back(
            fmt::format("the price of {}", process(system_.technosphere[input.entry].row).name));
        break;
      }
    if (linked.to >= 0 && !s.to_price &&
        !price_of(inventory_, system_, static_cast<std::size_t>(linked.to)))
      what.push_back(fmt::format("the price of {}", process(linked.to).name));
    return fmt::format("{}", fmt::join(what, " and "));
  }

  const Inventory& inventory_;
  const ProductSystem& system_;
  AmountConversion convert_;
  bool idle_;
  std::vector<std::string> ids_;
};

// What is left of the input e, and what of it each switch moves.
struct Remainder {
  double less = 1;   // L
  double moved = 0;  // sum of a_k
};

std::map<std::size_t, Remainder> remainders(std::span<const LinkedSwitch> switches,
                                            std::span<const double> shares) {
  std::map<std::size_t, Remainder> left;
  for (std::size_t k = 0; k < switches.size(); ++k) {
    if (shares[k] == 0) continue;
    for (const auto& input : switches[k].inputs) {
      auto& r = left[input.entry];
      if (switches[k].to < 0)
        r.less *= 1 - shares[k] * (1 - switches[k].factor);
      else
        r.moved += shares[k];
    }
  }
  return left;
}

// One input has one price, whichever switch moves it.
void require_one_price(const Inventory& inventory, const ProductSystem& system,
                       std::span<const LinkedSwitch> switches) {
  struct Stated {
    double price;
    std::size_t by;
  };
  std::map<std::size_t, Stated> stated;
  for (std::size_t k = 0; k < switches.size(); ++k)
    for (const auto& input : switches[k].inputs) {
      if (std::isnan(input.paid)) continue;
      const auto& first = stated.try_emplace(input.entry, Stated{input.paid, k}).first->second;
      if (std::abs(first.price - input.paid) <= 1e-9 * std::abs(first.price)) continue;
      const auto& old =
          system.processes[static_cast<std::size_t>(system.technosphere[input.entry].row)];
      refuse_switch(inventory.switches[k], Errc::bad_input,
                    fmt::format("one {} of '{}' costs {} here and {} for '{}'", old.unit, old.name,
                                input.paid, first.price, switches[first.by].name),
                    "One input has one price: state it once, in [[price]].");
    }
}

/// What the old is part of: the new takes its place there.
const std::string& component_of(const ProductSystem& system, const SystemEntry& old) {
  const auto& maker = system.processes[static_cast<std::size_t>(old.row)];
  return maker.component.empty() ? maker.product : maker.component;
}

}  // namespace

std::string_view to_string(SwitchKind kind) {
  for (const auto& [known, name] : switch_kinds)
    if (known == kind) return name;
  return "supplier";
}

std::optional<SwitchKind> find_switch_kind(std::string_view name) {
  for (const auto& [kind, known] : switch_kinds)
    if (known == name) return kind;
  return std::nullopt;
}

std::optional<double> price_of(const Inventory& inventory, const ProductSystem& system,
                               std::size_t process) {
  const auto& p = system.processes[process];
  const ProductPrice* best = nullptr;
  int closest = -1;
  for (const auto& price : inventory.prices) {
    if (price.product != p.product) continue;
    const auto id =
        p.activity < 0 ? p.name : inventory.activities[static_cast<std::size_t>(p.activity)].id;
    if (!price.from.empty() && price.from != id) continue;
    if (!price.region.empty() && price.region != p.region) continue;
    const int close = (price.from.empty() ? 0 : 2) + (price.region.empty() ? 0 : 1);
    if (close <= closest) continue;
    best = &price;
    closest = close;
  }
  if (best == nullptr) return std::nullopt;
  const auto found = AmountConversion(inventory).find(p.product, best->unit, p.unit);
  if (!found)
    throw Error(
        Errc::bad_input,
        fmt::format("{}{}the price of '{}' is for one {}, its maker counts in {}", best->place,
                    best->place.empty() ? "" : ": ", p.product, best->unit, quantity_words(p.unit)),
        AmountConversion::hint(p.product, best->unit, p.unit));
  return best->price / found->factor;
}

std::string currency_of(const Inventory& inventory) {
  std::string currency;
  std::string first;
  const auto join = [&](const std::string& other, const std::string& where) {
    if (other.empty()) return;
    if (currency.empty()) {
      currency = other;
      first = where;
    }
    if (currency != other)
      throw Error(Errc::bad_input,
                  fmt::format("{} is in {}, {} in {}", first, currency, where, other),
                  "Give all money of a project in one currency.");
  };
  for (const auto& s : inventory.switches) join(s.currency, fmt::format("switch '{}'", s.name));
  for (const auto& p : inventory.prices)
    join(p.currency, fmt::format("the price of '{}'", p.product));
  return currency;
}

std::vector<LinkedSwitch> link_switches(const Inventory& inventory, const ProductSystem& system,
                                        bool idle) {
  std::set<std::string> names;
  for (const auto& s : inventory.switches)
    if (!names.insert(s.name).second)
      refuse_switch(s, Errc::bad_input, "is there twice", "Names of switches must differ.");
  (void)currency_of(inventory);
  const SwitchLinker linker(inventory, system, idle);
  std::vector<LinkedSwitch> linked;
  for (const auto& s : inventory.switches) linked.push_back(linker.link(s));
  require_one_price(inventory, system, linked);
  return linked;
}

void require_shares(const ProductSystem& system, std::span<const LinkedSwitch> switches,
                    std::span<const double> shares) {
  for (std::size_t k = 0; k < switches.size(); ++k)
    if (!(shares[k] >= 0 && shares[k] <= 1))
      throw Error(Errc::bad_input,
                  fmt::format("the share of switch '{}' is {}", switches[k].name, shares[k]),
                  "A share is 0 to 1.");
  for (const auto& [e, left] : remainders(switches, shares)) {
    if (left.moved <= 1 + 1e-9) continue;
    std::vector<std::string> who;
    std::string first;
    for (std::size_t k = 0; k < switches.size(); ++k)
      if (shares[k] > 0 && switches[k].to >= 0 &&
          std::ranges::any_of(switches[k].inputs,
                              [&, entry = e](const auto& i) { return i.entry == entry; })) {
        who.push_back(fmt::format("'{}' {}", switches[k].name, shares[k]));
        if (first.empty()) first = switches[k].name;
      }
    const auto& entry = system.technosphere[e];
    throw Error(
        Errc::bad_input,
        fmt::format("{} move {} of what '{}' takes from '{}'", fmt::join(who, " and "), left.moved,
                    system.processes[static_cast<std::size_t>(entry.column)].name,
                    system.processes[static_cast<std::size_t>(entry.row)].name),
        fmt::format("Shares of one input add up to 1 at most: --shares \"{}=0.5, ...\".", first));
  }
}

ProductSystem switched(const ProductSystem& system, std::span<const LinkedSwitch> switches,
                       std::span<const double> shares) {
  auto after = system;
  const auto left = remainders(switches, shares);
  for (const auto& [e, r] : left) {
    auto& entry = after.technosphere[e];
    entry.scale = entry.value *= r.less * (1 - r.moved);
    entry.number = entry.second = -1;
  }
  for (std::size_t k = 0; k < switches.size(); ++k) {
    if (switches[k].to < 0 || shares[k] == 0) continue;
    for (const auto& input : switches[k].inputs) {
      const auto& old = system.technosphere[input.entry];
      const double value = old.value * left.at(input.entry).less * shares[k] * input.ratio;
      if (old.row == switches[k].to && input.ratio == 1) {
        auto& kept = after.technosphere[input.entry];  // from itself to itself: to the bit
        if (left.at(input.entry).moved == shares[k])
          kept.scale = kept.value = old.value * left.at(input.entry).less;
        else
          kept.scale = kept.value += value;
        continue;
      }
      auto added = old;
      added.row = switches[k].to;
      added.value = added.scale = value;
      added.number = added.second = -1;
      if (added.component.empty()) added.component = component_of(system, old);
      after.technosphere.push_back(std::move(added));
    }
  }
  std::stable_sort(after.technosphere.begin(), after.technosphere.end(),
                   [](const SystemEntry& x, const SystemEntry& y) {
                     return x.column != y.column ? x.column < y.column : x.row < y.row;
                   });
  return after;
}

}  // namespace stave
