// `stave allocate`: who should produce and get how much after a shock, and what blocks more.
#include "stave/allocation/allocation.hpp"
#include "stave/core/error.hpp"
#include "stave/formats/priority_file.hpp"
#include "stave/formats/scenario_file.hpp"
#include "stave/linalg/leontief.hpp"
#include "stave/store/sample.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <map>
#include <numeric>

#include <fmt/format.h>

#include "allocation/assumption.hpp"
#include "allocation/declaration.hpp"
#include "allocation/plan_words.hpp"
#include "allocation/shocked_web.hpp"

namespace stave {
namespace {

constexpr double widest_classes = 1e6;
constexpr double unknown_number = std::numeric_limits<double>::quiet_NaN();
// A link or a maker whose share of a product's price is below this holds nobody back.
constexpr double least_price = 1e-6;

/// What the report is made of.
struct AllocateAnswer {
  const Chain& chain;
  SupplyOptions options;
  ChainWeb made;
  ShockedWeb shocked;
  Horizon horizon;
  std::string scenario;
  EmergencyPlan plan;
  Flows proportional;
  std::vector<std::int32_t> unserved;  ///< uses, most weight missing first
  std::vector<double> alone;           ///< of the first of them, served if they alone counted
  std::size_t top = 50;

  [[nodiscard]] const SupplyWeb& web() const { return shocked.problem.web; }
  [[nodiscard]] double days() const { return shocked.problem.days; }
};

/// v: value added per unit of output.
std::vector<double> value_added_share(const Chain& chain) {
  std::vector<double> share(chain.size());
  for (std::size_t i = 0; i < chain.size(); ++i)
    if (chain.output()[i] > 0)
      share[i] = std::clamp(chain.value_added()[i] / chain.output()[i], 0.0, 1.0);
  return share;
}

/// v L: the value added behind a unit of each node's product.
std::vector<double> value_added_behind(const Chain& chain, Progress& progress) {
  Matrix per_unit(1, chain.size());
  std::ranges::copy(value_added_share(chain), per_unit.row(0).begin());
  LeontiefOptions options;
  options.label = [&](std::size_t i) { return chain.label(NodeId(i)); };
  LeontiefSystem system(chain.flows(), chain.output(), options);
  const auto behind = system.multipliers(per_unit.view(), progress).values;
  return {behind.row(0).begin(), behind.row(0).end()};
}

double priority_of(const Chain& chain, const SupplyWeb& web, const SupplyWeb::Use& use,
                   const std::vector<PriorityRow>& rows) {
  const auto& column = chain.final_columns()[static_cast<std::size_t>(use.column)];
  const auto product = product_of(chain, web, static_cast<std::size_t>(use.maker));
  double weight = 1;
  for (const auto& row : rows)
    if (row.regions[column.region.at()] && row.products[product.at()] &&
        (row.category.empty() || row.category == column.category))
      weight = row.weight;
  return weight;
}

/// What each class of the scenario counts beside class 1: a hundred times the next that is used, or
/// less, so that the first and the last are no further apart than the program can tell.
std::map<int, double> class_factors(const Scenario& scenario) {
  std::map<int, double> factors{{1, 1}};
  for (const auto& priority : scenario.priorities) factors[priority.order] = 1;
  const auto steps = static_cast<double>(factors.size() - 1);
  const double step = steps > 0 ? std::min(100.0, std::pow(widest_classes, 1 / steps)) : 1;
  const auto others = std::distance(factors.begin(), factors.find(1));
  double rank = 0;
  for (auto& [order, factor] : factors)
    factor = std::pow(step, static_cast<double>(others) - rank++);
  return factors;
}

/// Priorities of the scenario; the first that names the column counts.
double scenario_priority(const Scenario& scenario, const std::map<int, double>& factors,
                         std::int32_t column) {
  for (const auto& priority : scenario.priorities)
    if (std::find(priority.columns.begin(), priority.columns.end(),
                  static_cast<std::size_t>(column)) != priority.columns.end())
      return priority.weight * factors.at(priority.order);
  return 1;
}

void weigh(const Chain& chain, const Arguments& arguments, const Scenario& scenario,
           AllocationProblem& problem, Progress& progress) {
  std::vector<double> behind(chain.size(), 1);
  if (arguments.text("weights") == "value_added") behind = value_added_behind(chain, progress);
  std::vector<PriorityRow> rows;
  if (arguments.has("priority")) rows = read_priorities(chain, arguments.text("priority"));
  problem.weight = by_use(problem.web, behind);
  const auto factors = class_factors(scenario);
  for (std::size_t u = 0; u < problem.weight.size(); ++u)
    if (const auto& use = problem.web.uses[u]; use.wanted)
      problem.weight[u] *= priority_of(chain, problem.web, use, rows) *
                           scenario_priority(scenario, factors, use.column);
}

double missing_of(const AllocateAnswer& a, std::size_t u) {
  return a.web().uses[u].normal - a.plan.flows.served[u];
}

void list_unserved(AllocateAnswer& a) {
  for (std::size_t u = 0; u < a.web().uses.size(); ++u)
    if (const auto& use = a.web().uses[u]; use.wanted && missing_of(a, u) > 1e-6 * use.normal)
      a.unserved.push_back(static_cast<std::int32_t>(u));
  const auto weight = [&](std::int32_t u) {
    const auto at = static_cast<std::size_t>(u);
    return missing_of(a, at) * a.shocked.problem.weight[at];
  };
  std::stable_sort(a.unserved.begin(), a.unserved.end(),
                   [&](auto x, auto y) { return weight(x) > weight(y); });
}

AllocateAnswer allocate_answer(const Chain& chain, const Arguments& arguments, Progress& progress) {
  AllocateAnswer a{chain, supply_options(arguments), {}, {}, {}, {}, {}, {}, {}, {}};
  a.options.by_column = true;
  a.made = supply_web(chain, a.options);
  if (a.made.web.uses.empty())
    throw Error(Errc::missing_part, fmt::format("{} has no final use", chain.info().name),
                "Nobody is there to be served.");
  const auto file = read_scenario_file(chain, resolve_scenario(arguments.text("scenario")));
  const auto& scenario = file.scenario();
  a.scenario = scenario.title.empty() ? scenario.name : scenario.title;
  a.horizon = {first_event_day(scenario), static_cast<int>(arguments.integer("horizon"))};
  a.shocked = shocked_web(chain, a.made, scenario, a.horizon, a.options.growth);
  for (const auto& note : scenario.notes) a.shocked.notes.push_back(note);
  if (std::any_of(scenario.priorities.begin(), scenario.priorities.end(),
                  [](const Priority& p) { return !p.users.empty(); }))
    a.shocked.notes.emplace_back(
        "Priorities of makers are left out: the plan serves makers for what final use gets of "
        "them. Those of final use count: a class up to a hundred times the next.");
  weigh(chain, arguments, scenario, a.shocked.problem, progress);
  a.shocked.problem.idle = arguments.real("idle");
  a.shocked.problem.value_added = value_added_share(chain);
  a.top = static_cast<std::size_t>(arguments.integer("top"));
  a.plan = emergency_plan(a.shocked.problem, progress);
  progress.report("proportional rationing", 0.9);
  a.proportional = proportional_rationing(a.shocked.problem);
  list_unserved(a);
  const auto count =
      std::min(a.unserved.size(), static_cast<std::size_t>(arguments.integer("alone")));
  a.alone = most_served(a.shocked.problem, std::span(a.unserved).first(count), progress);
  return a;
}

Table allocate_table(const AllocateAnswer& a, std::string_view name,
                     std::initializer_list<std::string_view> money) {
  Table table = declared_table(allocate_declaration(), name);
  for (std::size_t c = 0; c < table.columns().size(); ++c)
    for (const auto column : money)
      if (auto& spec = table.column(c).spec; spec.name == column) spec.unit = a.chain.info().unit;
  return table;
}

struct Served {
  double wanted = 0;
  double plan = 0;
  double proportional = 0;
};
/// As the plan counts, or in money.
Served served_sum(const AllocateAnswer& a, bool weighted) {
  Served sum;
  for (std::size_t u = 0; u < a.web().uses.size(); ++u) {
    const auto& use = a.web().uses[u];
    if (!use.wanted) continue;
    const double weight = (weighted ? a.shocked.problem.weight[u] : 1) * a.days();
    sum.wanted += weight * use.normal;
    sum.plan += weight * a.plan.flows.served[u];
    sum.proportional += weight * a.proportional.served[u];
  }
  return sum;
}

double percent(double part, double whole) {
  return whole > 0 ? 100 * part / whole : unknown_number;
}

double all_stock(const SupplyWeb& web) {
  double sum = 0;
  for (const double stock : web.stock) sum += stock;
  for (const auto& need : web.needs) sum += need.stock;
  return sum;
}

/// What makers add, over the horizon.
double value_added_made(const AllocateAnswer& a, const std::vector<double>& output) {
  double sum = 0;
  for (std::size_t j = 0; j < a.web().makers; ++j)
    sum += a.shocked.problem.value_added[j] * output[j];
  return sum * a.days();
}

Table served_table(const AllocateAnswer& a) {
  auto table = allocate_table(a, "served", {"wanted", "plan", "proportional", "saved"});
  for (const bool weighted : {true, false}) {
    const auto sum = served_sum(a, weighted);
    table.add_row({std::string(weighted ? "weighted" : "final use"), sum.wanted, sum.plan,
                   sum.proportional, sum.plan - sum.proportional, percent(sum.plan, sum.wanted),
                   percent(sum.proportional, sum.wanted)});
  }
  const double normal = value_added_made(a, a.web().output);
  const double planned = value_added_made(a, a.plan.flows.output);
  const double shared = value_added_made(a, a.proportional.output);
  table.add_row({std::string("value added"), normal, planned, shared, planned - shared,
                 percent(planned, normal), percent(shared, normal)});
  const double stock = all_stock(a.web());
  const double plan = a.plan.flows.drawn * a.days();
  const double proportional = a.proportional.drawn * a.days();
  table.add_row({std::string("drawn from stock"), stock, plan, proportional, proportional - plan,
                 percent(plan, stock), percent(proportional, stock)});
  return table;
}

/// A constraint that binds.
struct Blockage {
  bool link = false;
  std::size_t at = 0;  ///< maker or link
  double price = 0;
  double left = 0;  ///< share of normal
  double gain = 0;  ///< of 1 % of normal more, over the horizon
};

std::vector<Blockage> blockages(const AllocateAnswer& a) {
  std::vector<Blockage> all;
  const auto& web = a.web();
  for (std::size_t j = 0; j < web.makers; ++j)
    if (const double price = a.plan.capacity_price[j]; price > least_price)
      all.push_back({false, j, price,
                     web.output[j] > 0 ? web.capacity[j] / web.output[j] : unknown_number,
                     0.01 * price * web.output[j] * a.days()});
  for (std::size_t l = 0; l < web.links.size(); ++l)
    if (const double price = a.plan.link_price[l]; price > least_price)
      all.push_back({true, l, price, web.links[l].limit / web.links[l].normal,
                     0.01 * price * web.links[l].normal * a.days()});
  std::stable_sort(all.begin(), all.end(),
                   [](const Blockage& x, const Blockage& y) { return x.gain > y.gain; });
  return all;
}

std::size_t buyer_of(const SupplyWeb& web, std::size_t link) {
  return static_cast<std::size_t>(web.needs[static_cast<std::size_t>(web.links[link].need)].user);
}

std::string link_words(const AllocateAnswer& a, std::size_t l) {
  return fmt::format("{} to {}",
                     place_name(a.chain, a.web(), static_cast<std::size_t>(a.web().links[l].maker)),
                     place_name(a.chain, a.web(), buyer_of(a.web(), l)));
}

/// Id of a maker; of a market the code of its region.
std::string place_id(const AllocateAnswer& a, std::size_t node) {
  return node < a.web().makers
             ? a.chain.nodes()[node].id
             : a.chain.regions()[a.web().markets[node - a.web().makers].region].code;
}

Table blockage_table(const AllocateAnswer& a, const std::vector<Blockage>& all) {
  auto table = allocate_table(a, "blockages", {"gain"});
  for (std::size_t k = 0; k < std::min(all.size(), a.top); ++k) {
    const auto& b = all[k];
    const auto maker = b.link ? static_cast<std::size_t>(a.web().links[b.at].maker) : b.at;
    table.add_row({static_cast<std::int64_t>(k + 1), std::string(b.link ? "link" : "capacity"),
                   b.link ? link_words(a, b.at) : a.chain.label(NodeId(b.at)), b.price,
                   100 * b.left, b.gain, place_id(a, maker),
                   b.link ? place_id(a, buyer_of(a.web(), b.at)) : std::string()});
  }
  return table;
}

/// Positions of the largest sizes, largest first; none that are nothing.
std::vector<std::size_t> largest(const std::vector<double>& sizes, std::size_t most, double least) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < sizes.size(); ++i)
    if (sizes[i] > least) order.push_back(i);
  std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return sizes[a] > sizes[b]; });
  order.resize(std::min(order.size(), most));
  return order;
}

Table makers_table(const AllocateAnswer& a) {
  auto table = allocate_table(a, "makers", {"normal"});
  const auto& web = a.web();
  std::vector<double> change(web.makers);
  double all = 0;
  for (std::size_t j = 0; j < web.makers; ++j) {
    change[j] = std::max(std::abs(a.plan.flows.output[j] - web.output[j]),
                         std::abs(a.proportional.output[j] - web.output[j]));
    all += web.output[j];
  }
  std::vector<std::vector<std::size_t>> needs(web.nodes());
  for (std::size_t k = 0; k < web.needs.size(); ++k)
    needs[static_cast<std::size_t>(web.needs[k].user)].push_back(k);
  for (const auto j : largest(change, a.top, 1e-9 * all)) {
    const auto& node = a.chain.nodes()[j];
    table.add_row(
        {a.chain.label(NodeId(j)), web.output[j] * a.days(),
         percent(a.plan.flows.output[j], web.output[j]),
         percent(a.proportional.output[j], web.output[j]), percent(web.capacity[j], web.output[j]),
         holds_back(a.chain, a.shocked.problem, a.plan, needs[j], j), a.plan.node_price[j],
         a.chain.regions()[node.region].code, a.chain.products()[node.product].code, node.id});
  }
  return table;
}

Table deliveries_table(const AllocateAnswer& a) {
  auto table = allocate_table(a, "deliveries", {"normal", "plan", "change"});
  const auto& web = a.web();
  std::vector<double> change(web.links.size());
  double all = 0;
  for (std::size_t l = 0; l < change.size(); ++l) {
    change[l] = std::abs(a.plan.flows.flow[l] - web.links[l].normal);
    all += web.links[l].normal;
  }
  for (const auto l : largest(change, a.top, 1e-9 * all)) {
    const double normal = web.links[l].normal * a.days();
    const double plan = a.plan.flows.flow[l] * a.days();
    table.add_row({place_name(a.chain, web, static_cast<std::size_t>(web.links[l].maker)),
                   place_name(a.chain, web, buyer_of(web, l)), normal, plan, plan - normal,
                   a.plan.link_price[l]});
  }
  return table;
}

std::string reason_of(const AllocateAnswer& a, std::int32_t use) {
  const auto& wanted = a.web().uses[static_cast<std::size_t>(use)];
  if (wanted.normal > wanted.limit * (1 + 1e-9) &&
      a.plan.flows.served[static_cast<std::size_t>(use)] >= wanted.limit * (1 - 1e-9))
    return "goods may not go there";
  const auto path = shortage_path(a.shocked.problem, a.plan, use);
  return path.empty() ? "it counts nothing" : shortage_words(a.chain, a.shocked.problem, path);
}

Table allocate_unserved(const AllocateAnswer& a) {
  auto table = allocate_table(a, "unserved", {"missing"});
  for (std::size_t k = 0; k < std::min(a.unserved.size(), a.top); ++k) {
    const auto u = static_cast<std::size_t>(a.unserved[k]);
    const auto& use = a.web().uses[u];
    const auto words = use_words(a.chain, a.web(), use);
    table.add_row({words.product, words.where, words.category, missing_of(a, u) * a.days(),
                   percent(a.plan.flows.served[u], use.normal),
                   percent(a.proportional.served[u], use.normal),
                   k < a.alone.size() ? percent(a.alone[k], use.normal) : unknown_number,
                   reason_of(a, a.unserved[k])});
  }
  return table;
}

std::vector<Finding> allocate_findings(const AllocateAnswer& a, const std::vector<Blockage>& all,
                                       const Table& unserved) {
  std::vector<Finding> found;
  const auto sum = served_sum(a, true);
  const auto money = served_sum(a, false);
  const auto& unit = a.chain.info().unit;
  const auto all_of_it = [&](double served) { return served >= money.wanted * (1 - 1e-9); };
  const auto part = [&](double served, double in_money) {
    const double missing = sum.wanted - served;
    if (all_of_it(in_money)) return std::string("all of final use");
    return fmt::format("all of final use but {:.4g} {} ({:.2g} %)", missing, unit,
                       percent(missing, sum.wanted));
  };
  const double saved = sum.plan - sum.proportional;
  const bool full = all_of_it(money.plan);
  found.push_back(
      {fmt::format("Over {:.0f} days, the best plan serves {}, by weight; proportional "
                   "rationing {}. {}",
                   a.days(), part(sum.plan, money.plan), part(sum.proportional, money.proportional),
                   saved > 1e-9 * sum.wanted ? fmt::format("Planning saves {:.4g} {}.", saved, unit)
                                             : "Planning serves no more."),
       full ? Tone::good : Tone::warning});
  for (std::size_t k = 0; k < std::min<std::size_t>(all.size(), 2); ++k)
    found.push_back(
        {fmt::format("{} {}: one unit more is worth {:.3g} of final use by weight; 1 % of normal "
                     "more would bring {:.4g} {}.",
                     k == 0 ? "What blocks most is" : "Then",
                     all[k].link
                         ? fmt::format("the link {}", link_words(a, all[k].at))
                         : fmt::format("the capacity of {}", a.chain.label(NodeId(all[k].at))),
                     all[k].price, all[k].gain, unit),
         Tone::alarm});
  if (unserved.rows() > 0)
    found.push_back({fmt::format("What cannot be served even so is first {} for {}: {}.",
                                 unserved.texts("product")[0], unserved.texts("where")[0],
                                 unserved.texts("reason")[0]),
                     Tone::warning});
  return found;
}

std::vector<Figure> allocate_figures() {
  return {{.kind = "bars",
           .table = "blockages",
           .title = "What 1 % more would bring",
           .caption = "Weighted final use over the horizon for 1 % of normal more of what binds.",
           .columns = {{"label", "name"}, {"value", "gain"}},
           .most = 20},
          {.kind = "dumbbell",
           .table = "makers",
           .title = "Output: proportional rationing, and the plan",
           .caption = "Per cent of normal. To the right: planning lets them make more.",
           .columns = {{"label", "node"}, {"from", "proportional"}, {"to", "plan"}},
           .most = 20}};
}

std::vector<std::string> allocate_notes(const AllocateAnswer& a) {
  auto notes = web_notes(a.chain, a.made, a.options);
  notes.push_back(fmt::format(
      "Planned as one period of {} days from day {} on: effects count at their mean, stocks last "
      "evenly, and what has gone is not made up for.",
      a.horizon.days, a.horizon.first));
  notes.push_back(
      fmt::format("Changed from normal, outputs and deliveries together: {:.4g} {} a day; "
                  "{:.4g} in the best plan found first.",
                  a.plan.change, a.chain.info().unit, a.plan.change_before));
  for (const auto& figure : supply_figures(a.made, a.options)) {
    const auto known = std::count(figure.known.begin(), figure.known.end(), true);
    if (known < static_cast<std::ptrdiff_t>(a.chain.size()))
      notes.push_back(
          fmt::format("{}: the chain says it of {} makers of {}; {} stand in elsewhere.",
                      figure.attribute, known, a.chain.size(), figure.fallback));
  }
  notes.insert(notes.end(), a.shocked.notes.begin(), a.shocked.notes.end());
  return notes;
}

Report allocate(const Chain& chain, const Arguments& arguments, Progress& progress) {
  const auto a = allocate_answer(chain, arguments, progress);
  const auto blocked = blockages(a);
  Report report;
  report.title = fmt::format("Emergency plan, {}: {}", chain.info().name, a.scenario);
  report.tables = {served_table(a), blockage_table(a, blocked), makers_table(a),
                   deliveries_table(a), allocate_unserved(a)};
  report.findings = allocate_findings(a, blocked, report.tables.back());
  report.figures = allocate_figures();
  report.provenance.residuals = {
      {"strong duality: the plan is worth what its prices say", a.plan.duality_gap, 1e-6},
      {"complementary slackness: what has a price is used up", a.plan.slackness, 1e-6},
      {"what is used is made or in stock, share of a middling maker's day", a.plan.miss, 1e-6},
      {"proportional rationing has come to rest: largest fall left, share of a normal day",
       a.proportional.falling, 1e-6}};
  report.provenance.notes = allocate_notes(a);
  return report;
}

}  // namespace

Analysis allocate_analysis() { return {allocate_declaration(), allocate}; }

}  // namespace stave
