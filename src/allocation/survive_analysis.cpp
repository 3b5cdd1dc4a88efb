// `stave survive`: time to survive and time to recover of the makers of a chain.
#include "stave/allocation/allocation.hpp"
#include "stave/allocation/survival.hpp"
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

constexpr double no_number = std::numeric_limits<double>::quiet_NaN();

/// What the report is made of.
struct SurviveAnswer {
  const Chain& chain;
  SupplyOptions options;
  ChainWeb made;
  std::vector<NodeFigure> figures;  ///< recovery_days, margin, then stocks and capacity
  std::vector<double> margin;       ///< [uses]
  SurvivalResult result;            ///< worst loss first
};

std::vector<std::int32_t> chosen(const Chain& chain, const Arguments& arguments) {
  if (arguments.has("node")) return {arguments.node("node").value};
  std::vector<std::int32_t> stops;
  for (std::size_t i = 0; i < chain.size(); ++i) {
    const auto& node = chain.nodes()[i];
    if ((!arguments.has("region") || node.region == arguments.region("region")) &&
        (!arguments.has("product") || node.product == arguments.product("product")) &&
        chain.output()[i] > 0)
      stops.push_back(static_cast<std::int32_t>(i));
  }
  if (stops.empty())
    throw Error(Errc::not_found, "no maker of that product in that region sells anything",
                "stave info CHAIN lists regions and products.");
  std::stable_sort(stops.begin(), stops.end(), [&](auto a, auto b) {
    return chain.output()[static_cast<std::size_t>(a)] >
           chain.output()[static_cast<std::size_t>(b)];
  });
  if (!arguments.flag("all"))
    stops.resize(std::min(stops.size(), static_cast<std::size_t>(arguments.integer("top"))));
  return stops;
}

/// Largest loss first, then shortest survival.
void put_in_order(std::vector<Survival>& stops) {
  std::stable_sort(stops.begin(), stops.end(), [](const Survival& a, const Survival& b) {
    return a.lost_profit != b.lost_profit ? a.lost_profit > b.lost_profit : a.survives < b.survives;
  });
}

SurviveAnswer survive_answer(const Chain& chain, const Arguments& arguments, Progress& progress) {
  SurviveAnswer a{chain, supply_options(arguments), {}, {}, {}, {}};
  a.made = supply_web(chain, a.options);
  if (a.made.web.uses.empty())
    throw Error(Errc::missing_part, fmt::format("{} has no final use", chain.info().name),
                "Nobody is there to be served.");
  a.figures.push_back(node_figure(chain, "recovery_days", arguments.real("recovery"),
                                  fmt::format("{} days", arguments.text("recovery"))));
  a.figures.push_back(margin_figure(chain, arguments));
  for (auto& figure : supply_figures(a.made, a.options)) a.figures.push_back(std::move(figure));
  a.margin = by_use(a.made.web, a.figures[1].values);
  a.result =
      survival(a.made.web, a.figures[0].values, a.margin, chosen(chain, arguments), progress);
  put_in_order(a.result.stops);
  return a;
}

Table table_of(const SurviveAnswer& a, std::string_view name) {
  Table table = declared_table(survive_declaration(), name);
  for (std::size_t c = 0; c < table.columns().size(); ++c)
    if (auto& spec = table.column(c).spec; spec.name == "lost_profit" || spec.name == "amount")
      spec.unit = a.chain.info().unit;
  return table;
}

const char* verdict(const Survival& stop) {
  if (std::isinf(stop.survives)) return "for ever";
  return stop.survives < stop.recovers ? "too short" : "in time";
}

/// What a day of the best stock is: what the need uses, or what the node makes.
double day_of_stock(const SupplyWeb& web, const Survival& stop) {
  const auto node = static_cast<std::size_t>(stop.stock_node);
  if (stop.stock_need < 0) return web.output[node];
  const auto& need = web.needs[static_cast<std::size_t>(stop.stock_need)];
  return need.per_unit * web.output[node] - need.spared;
}

double profit_a_day(const SurviveAnswer& a) {
  double sum = 0;
  for (std::size_t u = 0; u < a.margin.size(); ++u)
    if (a.made.web.uses[u].wanted) sum += a.margin[u] * a.made.web.uses[u].normal;
  return sum;
}

Table stops_table(const SurviveAnswer& a) {
  auto table = table_of(a, "stops");
  const double normal = profit_a_day(a);
  for (const auto& stop : a.result.stops) {
    const auto i = static_cast<std::size_t>(stop.node);
    const auto& node = a.chain.nodes()[i];
    const bool has_stock = stop.stock_node >= 0;
    const auto stock_of =
        !has_stock ? std::string()
        : stop.stock_need >= 0
            ? need_name(a.chain, a.made.web, static_cast<std::size_t>(stop.stock_need))
            : a.chain.products()[a.chain.node(NodeId(stop.stock_node)).product].name;
    const double all = normal * stop.recovers;
    table.add_row({a.chain.label(NodeId(i)), stop.recovers,
                   std::isinf(stop.survives) ? no_number : stop.survives,
                   std::string(verdict(stop)), stop.lost_profit,
                   all > 0 ? 100 * stop.lost_profit / all : 0,
                   stop.survives < stop.recovers ? stop.recovers - stop.survives : no_number,
                   has_stock ? a.chain.label(NodeId(stop.stock_node)) : std::string(), stock_of,
                   has_stock ? stop.days_per_money * day_of_stock(a.made.web, stop) : no_number,
                   assumed_of(a.figures, i), a.chain.regions()[node.region].code,
                   a.chain.products()[node.product].code, node.id});
  }
  return table;
}

Table short_table(const SurviveAnswer& a) {
  auto table = table_of(a, "short");
  for (const auto& stop : a.result.stops)
    if (stop.survives < stop.recovers)
      table.add_row({a.chain.label(NodeId(stop.node)), stop.survives, stop.recovers});
  return table;
}

std::pair<std::string, std::string> use_names(const SurviveAnswer& a, const SupplyWeb::Use& use) {
  const auto i = static_cast<std::size_t>(use.maker);
  if (i < a.made.web.makers)
    return {a.chain.products()[a.chain.node(NodeId(i)).product].name, a.chain.label(NodeId(i))};
  const auto& market = a.made.web.markets[i - a.made.web.makers];
  return {a.chain.products()[market.product].name, a.chain.regions()[market.region].name};
}

// Of the worst stops the largest gaps each.
Table unserved_table(const SurviveAnswer& a) {
  constexpr std::size_t most_stops = 20;
  constexpr std::size_t most_uses = 10;
  auto table = table_of(a, "unserved");
  for (std::size_t s = 0; s < std::min(most_stops, a.result.stops.size()); ++s) {
    const auto& stop = a.result.stops[s];
    auto gaps = stop.unserved;
    std::stable_sort(gaps.begin(), gaps.end(),
                     [](const auto& x, const auto& y) { return x.amount > y.amount; });
    gaps.resize(std::min(gaps.size(), most_uses));
    for (const auto& gap : gaps) {
      const auto& use = a.made.web.uses[static_cast<std::size_t>(gap.use)];
      const auto [product, where] = use_names(a, use);
      table.add_row({a.chain.label(NodeId(stop.node)), product, where, gap.amount * stop.recovers,
                     100 * gap.amount / use.normal});
    }
  }
  return table;
}

Table assumptions_table(const SurviveAnswer& a) {
  auto table = table_of(a, "assumptions");
  for (const auto& figure : a.figures) {
    const auto known = std::count(figure.known.begin(), figure.known.end(), true);
    table.add_row({figure.attribute, static_cast<std::int64_t>(known),
                   static_cast<std::int64_t>(a.chain.size()) - known, figure.fallback});
  }
  return table;
}

std::string days_words(double days) {
  return days >= 10 ? fmt::format("{:.0f} days", days) : fmt::format("{:.1f} days", days);
}

Finding worst_finding(const SurviveAnswer& a, const Survival& stop) {
  const auto name = a.chain.label(NodeId(stop.node));
  const auto time = stop.survives > 0 ? fmt::format("for {} all final use can still be served",
                                                    days_words(stop.survives))
                                      : std::string("not a day can all final use be served");
  return {
      fmt::format("If {} stops, {}; it takes {} to recover. At least {:.4g} {} of profit is lost "
                  "until then.",
                  name, time, days_words(stop.recovers), stop.lost_profit, a.chain.info().unit),
      Tone::alarm};
}

std::vector<Finding> survive_findings(const SurviveAnswer& a) {
  std::vector<Finding> all;
  const auto& stops = a.result.stops;
  const auto too_short = std::count_if(stops.begin(), stops.end(),
                                       [](const Survival& s) { return s.survives < s.recovers; });
  const auto endless = std::count_if(stops.begin(), stops.end(),
                                     [](const Survival& s) { return std::isinf(s.survives); });
  if (stops.size() > 1)
    all.push_back({fmt::format("Of {} makers stopped in turn, the chain survives {} less long than "
                               "they take to recover, and {} for ever.",
                               stops.size(), too_short, endless),
                   too_short > 0 ? Tone::warning : Tone::good});
  for (const auto& stop : stops)
    if (all.size() < 4 && stop.survives < stop.recovers) all.push_back(worst_finding(a, stop));
  if (stops.size() == 1 && too_short == 0)
    all.push_back(
        {fmt::format(
             "If {} stops, all final use can be served {}; it takes {} to recover.",
             a.chain.label(NodeId(stops[0].node)),
             endless == 1 ? "for ever" : fmt::format("for {}", days_words(stops[0].survives)),
             days_words(stops[0].recovers)),
         Tone::good});
  return all;
}

std::vector<Figure> survive_figures(const Table& short_ones) {
  if (short_ones.rows() == 0) return {};
  return {
      {.kind = "dumbbell",
       .table = "short",
       .title = "Survived, and needed to recover",
       .caption = "Days. Where the second point is further right, the chain runs out before the "
                  "maker is back.",
       .columns = {{"label", "node"}, {"from", "survives"}, {"to", "recovers"}},
       .most = 20},
      {.kind = "bars",
       .table = "stops",
       .title = "Profit lost until they have recovered",
       .columns = {{"label", "node"}, {"value", "lost_profit"}},
       .most = 20}};
}

Report survive(const Chain& chain, const Arguments& arguments, Progress& progress) {
  const auto a = survive_answer(chain, arguments, progress);
  Report report;
  report.title = fmt::format("Time to survive, {}", chain.info().name);
  report.findings = survive_findings(a);
  report.tables = {stops_table(a), short_table(a), unserved_table(a), assumptions_table(a)};
  report.figures = survive_figures(report.tables[1]);
  report.provenance.residuals = {
      {"strong duality: the plans cost what their prices say", a.result.worst_gap, 1e-6},
      {"what is used is made or in stock, share of a middling maker's day", a.result.worst_miss,
       1e-6}};
  report.provenance.notes = web_notes(chain, a.made, a.options);
  if (std::isfinite(a.result.unharmed))
    report.provenance.notes.push_back(
        fmt::format("Even when nobody stops, all final use can be served for {} only.",
                    days_words(a.result.unharmed)));
  return report;
}

}  // namespace

Analysis survive_analysis() { return {survive_declaration(), survive}; }

}  // namespace stave
