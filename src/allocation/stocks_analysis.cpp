// `stave stocks`: where a budget of stock should lie.
#include "stave/allocation/allocation.hpp"
#include "stave/allocation/stock_budget.hpp"
#include "stave/core/error.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include <fmt/format.h>

#include "allocation/assumption.hpp"
#include "allocation/declaration.hpp"

namespace stave {
namespace {

constexpr double empty_cell = std::numeric_limits<double>::quiet_NaN();

/// What the report is made of.
struct StocksAnswer {
  const Chain& chain;
  SupplyOptions options;
  ChainWeb made;
  std::string target_name;
  std::vector<bool> target;  ///< [uses]
  std::vector<std::int32_t> stops;
  std::vector<StockPlace> places;
  double budget = 0;
  StockBudget best;
};

void choose_target(const Arguments& arguments, StocksAnswer& a) {
  const auto& web = a.made.web;
  for (const auto& use : web.uses) {
    const auto node = static_cast<std::size_t>(use.maker);
    a.target.push_back(
        use.wanted &&
        (!arguments.has("target") ||
         product_of(a.chain, web, node) == arguments.product("target")) &&
        (!arguments.has("region") || region_of(a.chain, web, node) == arguments.region("region")));
  }
  a.target_name = arguments.has("target") ? a.chain.products()[arguments.product("target")].name
                                          : std::string("all final use");
  if (arguments.has("region"))
    a.target_name += fmt::format(" in {}", a.chain.regions()[arguments.region("region")].name);
  if (std::find(a.target.begin(), a.target.end(), true) == a.target.end())
    throw Error(Errc::not_found, fmt::format("{} is not bought by final use", a.target_name),
                "Ask for what final use buys, or for all of it (without --target).");
}

/// [nodes] true for what stands behind the target: its makers, their suppliers, theirs.
std::vector<bool> behind_target(const StocksAnswer& a) {
  const auto& web = a.made.web;
  std::vector<std::vector<std::int32_t>> suppliers(web.nodes());
  for (const auto& link : web.links)
    suppliers[static_cast<std::size_t>(web.needs[static_cast<std::size_t>(link.need)].user)]
        .push_back(link.maker);
  std::vector<bool> behind(web.nodes());
  std::vector<std::int32_t> open;
  const auto reach = [&](std::int32_t node) {
    if (behind[static_cast<std::size_t>(node)]) return;
    behind[static_cast<std::size_t>(node)] = true;
    open.push_back(node);
  };
  for (std::size_t u = 0; u < web.uses.size(); ++u)
    if (a.target[u]) reach(web.uses[u].maker);
  while (!open.empty()) {
    const auto node = open.back();
    open.pop_back();
    for (const auto supplier : suppliers[static_cast<std::size_t>(node)]) reach(supplier);
  }
  return behind;
}

void choose_stops(const Arguments& arguments, const std::vector<bool>& behind, StocksAnswer& a) {
  if (arguments.has("node")) {
    a.stops = {arguments.node("node").value};
    return;
  }
  const auto& output = a.made.web.output;
  for (std::size_t i = 0; i < a.made.web.makers; ++i)
    if (behind[i]) a.stops.push_back(static_cast<std::int32_t>(i));
  std::stable_sort(a.stops.begin(), a.stops.end(), [&](auto x, auto y) {
    return output[static_cast<std::size_t>(x)] > output[static_cast<std::size_t>(y)];
  });
  a.stops.resize(std::min(a.stops.size(), static_cast<std::size_t>(arguments.integer("stops"))));
}

void choose_places(const std::vector<bool>& behind, StocksAnswer& a) {
  const auto& web = a.made.web;
  const auto good = [&](ProductId product) {
    return a.chain.products()[product].kind != Kind::service;
  };
  for (std::size_t i = 0; i < web.nodes(); ++i)
    if (behind[i] && good(product_of(a.chain, web, i)))
      a.places.push_back({static_cast<std::int32_t>(i), -1});
  // In a table inputs lie in the markets.
  if (!web.markets.empty()) return;
  for (std::size_t k = 0; k < web.needs.size(); ++k) {
    const auto& need = web.needs[k];
    if (behind[static_cast<std::size_t>(need.user)] && need.product >= 0 &&
        good(ProductId(need.product)))
      a.places.push_back({need.user, static_cast<std::int32_t>(k)});
  }
}

StocksAnswer stocks_answer(const Chain& chain, const Arguments& arguments, Progress& progress) {
  StocksAnswer a{chain, supply_options(arguments), {}, {}, {}, {}, {}, 0, {}};
  a.made = supply_web(chain, a.options);
  choose_target(arguments, a);
  const auto behind = behind_target(a);
  choose_stops(arguments, behind, a);
  choose_places(behind, a);
  a.budget = arguments.real("budget");
  a.best = stock_budget(a.made.web, a.target, a.stops, a.places, a.budget, progress);
  return a;
}

/// What a day of a place's stock is, and what lies there already.
double day_at(const SupplyWeb& web, const StockPlace& place) {
  const auto node = static_cast<std::size_t>(place.node);
  if (place.need < 0) return web.output[node];
  return web.needs[static_cast<std::size_t>(place.need)].per_unit * web.output[node];
}
double held_at(const SupplyWeb& web, const StockPlace& place) {
  return place.need < 0 ? web.stock[static_cast<std::size_t>(place.node)]
                        : web.needs[static_cast<std::size_t>(place.need)].stock;
}

std::string product_name(const StocksAnswer& a, const StockPlace& place) {
  if (place.need >= 0) return need_name(a.chain, a.made.web, static_cast<std::size_t>(place.need));
  return a.chain.products()[product_of(a.chain, a.made.web, static_cast<std::size_t>(place.node))]
      .name;
}

Table places_table(const StocksAnswer& a, std::size_t most) {
  auto table = declared_table(stocks_declaration(), "places");
  for (const auto* name : {"money", "held"})
    table.column(table.column_index(name)).spec.unit = a.chain.info().unit;
  auto placed = a.best.placed;
  const double nothing = 1e-9 * a.budget;
  std::erase_if(placed, [&](const auto& p) { return p.money <= nothing && p.gain <= 0; });
  std::stable_sort(placed.begin(), placed.end(), [](const auto& x, const auto& y) {
    return x.money != y.money ? x.money > y.money : x.gain > y.gain;
  });
  placed.resize(std::min(placed.size(), most));
  for (const auto& p : placed) {
    const double day = day_at(a.made.web, p.place);
    table.add_row({place_name(a.chain, a.made.web, static_cast<std::size_t>(p.place.node)),
                   product_name(a, p.place),
                   std::string(p.place.need < 0 ? "its own product" : "an input"), p.money,
                   a.budget > 0 ? 100 * p.money / a.budget : 0,
                   day > 0 ? p.money / day : empty_cell, held_at(a.made.web, p.place), p.gain});
  }
  return table;
}

Table budget_stops_table(const StocksAnswer& a) {
  auto table = declared_table(stocks_declaration(), "stops");
  std::vector<std::size_t> order(a.stops.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](auto x, auto y) {
    return a.best.survives_before[x] < a.best.survives_before[y];
  });
  const auto finite = [](double days) { return std::isinf(days) ? empty_cell : days; };
  for (const auto s : order) {
    const bool binds = std::find(a.best.binding.begin(), a.best.binding.end(),
                                 static_cast<std::int32_t>(s)) != a.best.binding.end();
    table.add_row({a.chain.label(NodeId(a.stops[s])), finite(a.best.survives_before[s]),
                   finite(a.best.survives_after[s]), std::string(binds ? "yes" : "no"),
                   a.chain.node(NodeId(a.stops[s])).id});
  }
  return table;
}

std::vector<Finding> stocks_findings(const StocksAnswer& a, const Table& places) {
  const auto& unit = a.chain.info().unit;
  const auto who = a.stops.size() == 1
                       ? fmt::format("If {} stops", a.chain.label(NodeId(a.stops[0])))
                       : fmt::format("Whichever of {} makers stops", a.stops.size());
  if (std::isinf(a.best.before))
    return {{fmt::format("{}, {} can be served for ever: no stock is needed.", who, a.target_name),
             Tone::good}};
  std::vector<Finding> found;
  if (!(a.best.after > a.best.before * (1 + 1e-9))) {
    found.push_back({fmt::format("{}, {} is served for {:.1f} days, and no stock of goods makes it "
                                 "longer: a service, or the product itself, is missing.",
                                 who, a.target_name, a.best.before),
                     Tone::alarm});
    return found;
  }
  found.push_back(
      {fmt::format(
           "{}, {} is served for {} with {:.4g} {} of stock more; without it, for "
           "{:.1f} days.",
           who, a.target_name,
           std::isinf(a.best.after) ? "ever" : fmt::format("at least {:.1f} days", a.best.after),
           a.budget, unit, a.best.before),
       Tone::good});
  if (places.rows() > 0)
    found.push_back(
        {fmt::format("Most of it, {:.0f} %, should be {} at {}.", places.reals("share")[0],
                     places.texts("what")[0], places.texts("who")[0]),
         Tone::plain});
  if (a.best.days_per_money > 0)
    found.push_back({fmt::format("Another {:.4g} {}, one per cent of the budget, would buy {:.3g} "
                                 "days more.",
                                 0.01 * a.budget, unit, 0.01 * a.budget * a.best.days_per_money),
                     Tone::plain});
  return found;
}

Report stocks(const Chain& chain, const Arguments& arguments, Progress& progress) {
  const auto a = stocks_answer(chain, arguments, progress);
  Report report;
  report.title = fmt::format("Stock for {}, {}", a.target_name, chain.info().name);
  report.tables = {places_table(a, static_cast<std::size_t>(arguments.integer("top"))),
                   budget_stops_table(a)};
  report.findings = stocks_findings(a, report.tables[0]);
  report.figures = {{.kind = "bars",
                     .table = "places",
                     .title = "Where the budget should lie",
                     .columns = {{"label", "who"}, {"value", "money"}, {"part", "what"}},
                     .most = 20},
                    {.kind = "dumbbell",
                     .table = "stops",
                     .title = "Days served, without the budget and with it",
                     .columns = {{"label", "node"}, {"from", "before"}, {"to", "after"}},
                     .most = 20}};
  report.provenance.residuals = {
      {"strong duality: the days are what the prices say", a.best.duality_gap, 1e-6}};
  report.provenance.notes = web_notes(chain, a.made, a.options);
  if (!a.best.complete)
    report.provenance.notes.emplace_back(
        "More stops limit the time than are weighed at once (40): another layout may last longer.");
  report.provenance.notes.emplace_back(
      "Stock is counted at the price its maker gets; what it costs to keep is not counted. Final "
      "use "
      "that is no target may go unserved.");
  if (!arguments.has("node"))
    report.provenance.notes.push_back(
        fmt::format("Prepared for the stop of any one of the {} largest makers behind the target "
                    "(--stops).",
                    a.stops.size()));
  return report;
}

}  // namespace

Analysis stocks_analysis() { return {stocks_declaration(), stocks}; }

}  // namespace stave
