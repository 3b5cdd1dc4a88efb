#include "scenario_event.hpp"

#include "stave/core/error.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

namespace stave {
namespace {

constexpr double unbounded = std::numeric_limits<double>::max();
constexpr NumberRule share_rule{.least = 0, .most = 1, .share = true};
constexpr NumberRule start_rule{.least = 0, .most = most_scenario_days - 1, .whole = true};
constexpr NumberRule duration_rule{.least = 1, .most = most_scenario_days, .whole = true};
constexpr NumberRule above_zero{.least = 0, .most = unbounded, .above_least = true};

Recovery recovery_of(TomlSection& section) {
  const auto form = section.text("recovery", "linear");
  if (form == "linear") return Recovery::linear;
  if (form == "exponential") return Recovery::exponential;
  if (form != "s-curve") section.refuse("recovery", R"("linear", "exponential" or "s-curve")");
  return Recovery::s_curve;
}

// What the equations of each form need of tau; 0, the default, is "over at once".
NumberRule recovery_rule(Recovery recovery) {
  NumberRule rule{.least = 0, .most = most_scenario_days};
  if (recovery == Recovery::exponential) rule.least = 1;
  if (recovery == Recovery::s_curve) rule.least = 2;
  rule.above_least = recovery != Recovery::linear;
  return rule;
}

std::optional<std::string> choice_in(TomlSection& section, std::string_view key,
                                     std::span<const std::string_view> known) {
  auto word = section.text(key);
  if (word.empty()) return std::nullopt;
  if (std::find(known.begin(), known.end(), word) == known.end())
    section.refuse(key, fmt::format("one of {}; found {}", fmt::join(known, ", "), word));
  return word;
}

}  // namespace

// Goods from some to others: keys from and to, of which one may be missing.
ScenarioEvents::Ends ScenarioEvents::ends(TomlSection& section) {
  static const toml::table none;
  TomlSection everybody({}, {}, none);
  auto from = section.section("from");
  auto to = section.section("to");
  if (!from && !to) section.refuse("from", "from or to, or both: { region = ..., product = ... }");
  Ends ends{who_.makers(from ? *from : everybody, !from), who_.buyers(to ? *to : everybody, !to)};
  if (from) from->finish();
  if (to) to->finish();
  return ends;
}

struct ScenarioEvents::TimingAt {
  NumberAt start, duration, recovery_days;
  Recovery recovery = Recovery::linear;
  [[nodiscard]] Timing in(const Values& v) const {
    return {static_cast<int>(start.in(v)), static_cast<int>(duration.in(v)), recovery,
            recovery_days.in(v)};
  }
};

ScenarioEvents::TimingAt ScenarioEvents::timing(TomlSection& section, const std::string& name) {
  TimingAt at;
  at.start = number(section, "start", name, start_rule, 1);
  at.duration = number(section, "duration", name, duration_rule);
  at.recovery = recovery_of(section);
  const bool told = section.find("recovery") != nullptr;
  at.recovery_days = number(section, "recovery_days", name, recovery_rule(at.recovery),
                            told ? std::nullopt : std::optional(0.0));
  return at;
}

struct ScenarioEvents::Builders {
  std::vector<std::pair<ProductId, NumberAt>> shares;
  NumberAt days;
  [[nodiscard]] Rebuilding in(const Values& v) const {
    Rebuilding result;
    double sum = 0;
    for (const auto& [product, share] : shares) sum += share.in(v);
    for (const auto& [product, share] : shares)
      result.builders.push_back({product, share.in(v) / sum});
    result.days = days.in(v);
    return result;
  }
};

ScenarioEvents::Builders ScenarioEvents::builders(TomlSection& section, const std::string& name) {
  Builders result;
  auto by = section.section("by");
  if (!by) section.refuse("by", "who builds: { PRODUCT = share, ... }");
  double sum = 0;
  bool certain = true;
  for (const auto& key : by->keys()) {
    const auto share =
        number(*by, key, name, {.least = 0, .most = 1, .above_least = true, .share = true});
    certain = certain && !numbers_.uncertain(share);
    if (certain) sum += share.in(numbers_.fixed);
    try {
      result.shares.emplace_back(chain_.products().require(key), share);
    } catch (const Error& error) {
      by->refuse(key, error);
    }
  }
  if (result.shares.empty() || (certain && std::abs(sum - 1) > 1e-6))
    section.refuse("by", fmt::format("shares that add up to 1; they add up to {}", sum));
  result.days = number(section, "days", name, {.least = 1, .most = most_scenario_days}, 60);
  section.finish();
  return result;
}

struct ScenarioEvents::Capacity {
  std::string name;
  std::vector<NodeId> nodes;
  std::vector<double> value_added;  ///< [nodes]
  double sum = 0;                   ///< of them
  std::size_t left_out = 0;         ///< makers without capital
  bool of_capital = false;
  NumberAt amount;  ///< a share, or money
  NumberAt ratio;   ///< capital to value added

  [[nodiscard]] double share(const Values& v, std::vector<std::string>& notes) const {
    if (!of_capital) return amount.in(v);
    const double share = amount.in(v) / (ratio.in(v)*sum);
    if (share > 1)
      notes.push_back(fmt::format(
          "{}: the capital lost is {:.3g} times what its makers have; all of it is lost.", name,
          share));
    return std::min(1.0, share);
  }
  [[nodiscard]] CapacityEvent at(const Values& v, std::vector<std::string>& notes) const {
    CapacityEvent event;
    event.name = name;
    event.kind = of_capital ? LossKind::capital : LossKind::share;
    if (left_out > 0)
      notes.push_back(fmt::format(
          "{}: {} of its makers add no value above 0, have no capital to lose and are left out.",
          name, left_out));
    const double lost = share(v, notes);
    for (const auto node : nodes) event.nodes.push_back({node, lost});
    return event;
  }
  [[nodiscard]] std::vector<double> cost(const Values& v, double share) const {
    std::vector<double> cost;
    for (const double own : value_added) cost.push_back(share * ratio.in(v)*own);
    return cost;
  }
};

ScenarioEvents::Capacity ScenarioEvents::capacity(TomlSection& section, const std::string& name) {
  Capacity it;
  it.name = name;
  it.nodes = who_.makers(section, false);
  it.of_capital = section.find("capital_lost") != nullptr;
  if (it.of_capital == (section.find("share") != nullptr))
    section.refuse("share", "either share or capital_lost");
  it.amount = it.of_capital ? number(section, "capital_lost", name, {.least = 0, .most = unbounded})
                            : number(section, "share", name, share_rule);
  it.ratio = number(section, "capital_to_value_added", name, above_zero, 4);
  if (!it.of_capital && section.find("rebuild") == nullptr) return it;
  it.left_out =
      std::erase_if(it.nodes, [&](NodeId i) { return !(chain_.value_added()[i.at()] > 0); });
  for (const auto i : it.nodes) it.value_added.push_back(chain_.value_added()[i.at()]);
  it.sum = std::accumulate(it.value_added.begin(), it.value_added.end(), 0.0);
  if (it.nodes.empty())
    section.refuse(it.of_capital ? "capital_lost" : "rebuild",
                   "makers with value added above 0, by which capital is told");
  return it;
}

void ScenarioEvents::read_capacity(TomlSection& section, const std::string& name) {
  const auto it = capacity(section, name);
  auto rebuilding = section.section("rebuild");
  if (!rebuilding) {
    parts_.emplace_back([it, when = timing(section, name)](const Values& v, SettledScenario& to) {
      auto event = it.at(v, to.scenario.notes);
      event.when = when.in(v);
      to.scenario.capacity.push_back(std::move(event));
    });
    return;
  }
  const auto start = number(section, "start", name, start_rule, 1);
  const auto build = builders(*rebuilding, name);
  parts_.emplace_back([it, start, build](const Values& v, SettledScenario& to) {
    auto event = it.at(v, to.scenario.notes);
    event.when.start = static_cast<int>(start.in(v));
    event.rebuilding = build.in(v);
    event.rebuilding->cost = it.cost(v, event.nodes.front().share);
    to.scenario.capacity.push_back(std::move(event));
  });
}

namespace {

// What region r no longer sells abroad, or to the regions `to` where it names any.
LinkEvent exports(const Chain& chain, const std::vector<NodeId>& makers, std::size_t r,
                  const std::vector<bool>& to) {
  LinkEvent event;
  const auto abroad = [&](RegionId other) {
    return other.at() != r && (to.empty() || to[other.at()]);
  };
  for (const auto i : makers)
    if (chain.node(i).region.at() == r) event.from.push_back(i);
  for (std::size_t j = 0; j < chain.size(); ++j)
    if (abroad(chain.nodes()[j].region)) event.to.emplace_back(j);
  for (std::size_t k = 0; k < chain.final_columns().size(); ++k)
    if (abroad(chain.final_columns()[k].region)) event.columns.push_back(k);
  return event;
}

}  // namespace

// One event a region that bans; those that ban do not sell to one another either.
void ScenarioEvents::read_export_ban(TomlSection& section, const std::string& name) {
  const auto banning = who_.regions(section, "region");
  if (banning.empty()) section.refuse("region", "the region whose exports stop");
  const auto makers = who_.makers(section, false);
  const auto to = who_.regions(section, "to");
  const auto share = number(section, "share", name, share_rule, 1);
  std::vector<LinkEvent> events;
  for (std::size_t r = 0; r < banning.size(); ++r) {
    if (!banning[r]) continue;
    auto event = exports(chain_, makers, r, to);
    event.name = name;
    if (event.to.empty() && event.columns.empty())
      section.refuse("to", "a region other than the one that bans: nothing is exported to itself");
    if (!event.from.empty()) events.push_back(std::move(event));
  }
  parts_.emplace_back(
      [events, share, when = timing(section, name)](const Values& v, SettledScenario& into) {
        for (auto event : events) {
          event.when = when.in(v);
          event.share = share.in(v);
          into.scenario.links.push_back(std::move(event));
        }
      });
}

void ScenarioEvents::read_cut(TomlSection& section, const std::string& name) {
  auto [from, to] = ends(section);
  LinkEvent event;
  event.name = name;
  event.from = std::move(from);
  event.to = std::move(to.nodes);
  event.columns = std::move(to.columns);
  const auto share = number(section, "share", name, share_rule, 1);
  parts_.emplace_back(
      [event, share, when = timing(section, name)](const Values& v, SettledScenario& into) {
        auto& placed = into.scenario.links.emplace_back(event);
        placed.when = when.in(v);
        placed.share = share.in(v);
      });
}

void ScenarioEvents::read_demand(TomlSection& section, const std::string& name) {
  DemandEvent event;
  event.name = name;
  event.makers = who_.makers(section, true);
  event.columns = who_.columns(section, "by", "category");
  if (event.columns.empty())
    section.refuse("by", Error(Errc::not_found, "this chain has no final use there"));
  const auto change = number(section, "change", name, {.least = -1, .most = 100, .share = true});
  parts_.emplace_back(
      [event, change, when = timing(section, name)](const Values& v, SettledScenario& to) {
        auto& placed = to.scenario.demand.emplace_back(event);
        placed.when = when.in(v);
        placed.change = change.in(v);
      });
}

void ScenarioEvents::read_delay(TomlSection& section, const std::string& name) {
  auto [from, to] = ends(section);
  DelayEvent event;
  event.name = name;
  event.from = std::move(from);
  event.to = std::move(to.nodes);
  event.columns = std::move(to.columns);
  const auto days = number(section, "days", name, {.least = 1, .most = 365, .whole = true});
  const auto start = number(section, "start", name, start_rule, 1);
  const auto duration = number(section, "duration", name, duration_rule);
  parts_.emplace_back([event, days, start, duration](const Values& v, SettledScenario& into) {
    auto& placed = into.scenario.delays.emplace_back(event);
    placed.when = {static_cast<int>(start.in(v)), static_cast<int>(duration.in(v))};
    placed.days = static_cast<int>(days.in(v));
  });
}

void ScenarioEvents::read_stock(TomlSection& section, const std::string& name) {
  StockEvent event;
  event.name = name;
  event.product = who_.product(section, "product");
  static const toml::table none;
  TomlSection everybody({}, {}, none);
  auto to = section.section("to");
  event.to = who_.makers(to ? *to : everybody, !to);
  if (to) to->finish();
  const auto amount = number(section, "amount", name, {.least = 0, .most = unbounded});
  const auto start = number(section, "start", name, start_rule, 1);
  const auto duration = number(section, "duration", name, duration_rule, 1);
  parts_.emplace_back([event, amount, start, duration](const Values& v, SettledScenario& into) {
    auto& placed = into.scenario.stocks.emplace_back(event);
    placed.amount = amount.in(v);
    placed.start = static_cast<int>(start.in(v));
    placed.duration = static_cast<int>(duration.in(v));
  });
}

void ScenarioEvents::read_priority(TomlSection& section, const std::string& name) {
  Priority priority;
  priority.name = name;
  auto buyers = who_.buyers(section, false);
  priority.users = std::move(buyers.nodes);
  priority.columns = std::move(buyers.columns);
  const auto order = number(section, "order", name, {.least = 0, .most = 9, .whole = true}, 1);
  const auto weight = number(section, "weight", name, above_zero, 1);
  parts_.emplace_back([priority, order, weight](const Values& v, SettledScenario& to) {
    auto& placed = to.scenario.priorities.emplace_back(priority);
    placed.order = static_cast<int>(order.in(v));
    placed.weight = weight.in(v);
  });
}

void ScenarioEvents::read_inventory_days(TomlSection& section) {
  auto of = section.section("inventory_days_of");
  if (!of) return;
  for (const auto& key : of->keys()) {
    std::vector<std::size_t> members;
    try {
      members = chain_.products().members(key);
    } catch (const Error& error) {
      of->refuse(key, error);
    }
    const auto days =
        number(*of, key, "model: inventory days",
               {.least = 0, .most = most_scenario_days, .above_least = true, .infinite = true});
    parts_.emplace_back([members, days](const Values& v, SettledScenario& to) {
      for (const auto k : members) to.model.inventory_days_of.emplace_back(k, days.in(v));
    });
  }
}

void ScenarioEvents::read_model(TomlSection& section) {
  ModelChoice words;
  words.preset = choice_in(section, "preset", preset_names).value_or("");
  words.stocks = choice_in(section, "stocks", stock_rules).value_or("");
  words.production = choice_in(section, "production", production_rules).value_or("");
  words.rationing = choice_in(section, "rationing", rationing_rules).value_or("");
  words.orders = choice_in(section, "orders", order_rules).value_or("");
  words.inventory_attribute = who_.attribute(section, "inventory_attribute");
  if (section.find("random_inventories") != nullptr)
    words.random_inventories = section.boolean("random_inventories", false);
  if (section.find("seed") != nullptr)
    words.seed = static_cast<std::uint64_t>(section.integer("seed", 1, 0, 1'000'000'000'000'000));
  parts_.emplace_back([words](const Values&, SettledScenario& to) { to.model = words; });
  struct Setting {
    std::string_view key;
    std::optional<double> ModelChoice::* member;
    NumberRule rule;
  };
  constexpr double days = most_scenario_days;
  const std::array<Setting, 6> settings{
      {{"psi", &ModelChoice::psi, {.least = 0, .most = 1, .above_least = true, .share = true}},
       {"inventory_days",
        &ModelChoice::inventory_days,
        {.least = 0, .most = days, .above_least = true}},
       {"inventory_restore_days", &ModelChoice::inventory_restore_days, {.least = 1, .most = days}},
       {"overproduction_base", &ModelChoice::overproduction_base, {.least = 1, .most = 100}},
       {"overproduction_max", &ModelChoice::overproduction_max, {.least = 1, .most = 100}},
       {"overproduction_days", &ModelChoice::overproduction_days, {.least = 1, .most = days}}}};
  for (const auto& [key, member, rule] : settings) {
    if (section.find(key) == nullptr) continue;
    parts_.emplace_back(
        [place = number(section, key, "model", rule), to_member = member](
            const Values& v, SettledScenario& to) { to.model.*to_member = place.in(v); });
  }
  read_inventory_days(section);
  section.finish();
}

}  // namespace stave
