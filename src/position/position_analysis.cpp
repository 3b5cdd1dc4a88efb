// `stave position`: where on the value chain a region, a product or a maker stands.
#include "stave/core/error.hpp"
#include "stave/position/position.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include <fmt/format.h>

#include "position/declaration.hpp"
#include "position/position_years.hpp"
#include "position/words.hpp"

namespace stave {
namespace {

using words::Group;

/// What the run knows while it writes its report.
struct Standing {
  const Chain& chain;
  CorrectedSystem& system;
  const Position& p;

  [[nodiscard]] double mean(const std::vector<double>& values, const Group& group) const {
    return weighted_mean(chain, values, group.makers);
  }
};

Group everyone(const Chain& chain) {
  Group all{{}, chain.info().name, {}};
  for (std::size_t i = 0; i < chain.size(); ++i) all.makers.emplace_back(i);
  return all;
}

double output_of(const Chain& chain, const Group& group) {
  double sum = 0;
  for (const auto node : group.makers) sum += chain.output()[node.at()];
  return sum;
}

// The seven columns after the labels.
void add_standing(std::vector<Table::Cell>& row, const Standing& s, const Group& group) {
  const double up = s.mean(s.p.upstreamness, group);
  const double down = s.mean(s.p.downstreamness, group);
  for (const double value :
       {up, down, up / down, up - down, 100 * s.mean(s.p.final_use_share, group),
        100 * s.mean(s.p.value_added_share, group), output_of(s.chain, group)})
    row.emplace_back(value);
}

std::vector<Group> most_upstream_first(const Standing& s, const std::vector<Group>& groups) {
  std::vector<double> up;
  for (const auto& group : groups) up.push_back(s.mean(s.p.upstreamness, group));
  std::vector<Group> ordered;
  for (const auto k : words::largest_first(up)) ordered.push_back(groups[k]);
  return ordered;
}

Table group_table(const Standing& s, std::string_view name, const std::vector<Group>& groups) {
  auto table = words::table(position_declaration(), name, {"output"}, s.chain.info().unit);
  for (const auto& group : groups) {
    std::vector<Table::Cell> row{group.code, group.name};
    add_standing(row, s, group);
    table.add_row(std::move(row));
  }
  return table;
}

bool is_listed(const Node& node, const Arguments& arguments) {
  return (!arguments.has("region") || node.region == arguments.region("region")) &&
         (!arguments.has("product") || node.product == arguments.product("product"));
}

Table node_table(const Standing& s, const Arguments& arguments) {
  auto table = words::table(position_declaration(), "nodes", {"output"}, s.chain.info().unit);
  for (const auto i : words::largest_first(s.p.upstreamness)) {
    const auto& node = s.chain.nodes()[i];
    if (!is_listed(node, arguments)) continue;
    std::vector<Table::Cell> row{node.id, s.chain.label(NodeId(i)),
                                 s.chain.regions()[node.region].code,
                                 s.chain.products()[node.product].code};
    add_standing(row, s, {{}, {}, {NodeId(i)}});
    table.add_row(std::move(row));
  }
  return table;
}

std::string stages(double value) { return fmt::format("{:.2f}", value); }

// "Mining (4.21), Metals (3.80) and Coal (3.70)"
std::string ends(const Standing& s, const std::vector<Group>& ordered, bool upstream) {
  std::vector<std::string> named;
  for (std::size_t k = 0; k < std::min<std::size_t>(3, ordered.size() / 2); ++k) {
    const auto& group = ordered[upstream ? k : ordered.size() - 1 - k];
    named.push_back(fmt::format("{} ({})", group.name, stages(s.mean(s.p.upstreamness, group))));
  }
  return words::listed(named);
}

// One region or product among its like.
Finding own_finding(const Standing& s, const std::vector<Group>& ordered, const std::string& code,
                    std::string_view like) {
  const auto at = std::ranges::find(ordered, code, &Group::code);
  if (at == ordered.end())
    return {fmt::format("{} makes nothing in this chain.", code), Tone::plain};
  return {
      fmt::format("{}: upstreamness {}, number {} of {} {}; downstreamness {}; {} of its output "
                  "goes to final use, {} is its own value added.",
                  at->name, stages(s.mean(s.p.upstreamness, *at)), at - ordered.begin() + 1,
                  ordered.size(), like, stages(s.mean(s.p.downstreamness, *at)),
                  words::percent(s.mean(s.p.final_use_share, *at)),
                  words::percent(s.mean(s.p.value_added_share, *at))),
      Tone::plain};
}

void tell_standing(const Standing& s, const std::vector<Group>& regions,
                   const std::vector<Group>& products, const Arguments& arguments,
                   std::vector<Finding>& findings) {
  if (arguments.has("region"))
    findings.push_back(own_finding(s, regions, s.chain.regions()[arguments.region("region")].code,
                                   "regions from the most upstream on"));
  if (arguments.has("product"))
    findings.push_back(own_finding(s, products,
                                   s.chain.products()[arguments.product("product")].code,
                                   "products from the most upstream on"));
  findings.push_back(
      {fmt::format("Weighted by output, products of {} pass {} stages from their "
                   "maker to final use, themselves counted.",
                   s.chain.info().name, stages(s.mean(s.p.upstreamness, everyone(s.chain)))),
       Tone::plain});
  if (regions.size() > 1)
    findings.push_back({fmt::format("Furthest from final use: {}; nearest: {}.",
                                    ends(s, regions, true), ends(s, regions, false)),
                        Tone::plain});
  if (products.size() > 1)
    findings.push_back({fmt::format("The most upstream products: {}; the most downstream: {}.",
                                    ends(s, products, true), ends(s, products, false)),
                        Tone::plain});
}

// The strongest links of the node, and how long they are.
std::string strongest(const Chain& chain, NodeId node, const std::vector<double>& strength,
                      const std::vector<double>& length) {
  std::vector<std::string> named;
  for (const auto i : words::largest_first(strength)) {
    if (i == node.at() || std::isnan(length[i]) || !(strength[i] > 0)) continue;
    named.push_back(fmt::format("{} ({} steps)", chain.label(NodeId(i)), stages(length[i])));
    if (named.size() == 3) break;
  }
  return named.empty() ? "nobody" : words::listed(named);
}

void add_lengths(const Standing& s, NodeId node, Report& report, Progress& progress) {
  const auto q = propagation(s.system, node, progress);
  auto table = declared_table(position_declaration(), "lengths");
  std::vector<double> strength;
  for (std::size_t i = 0; i < s.chain.size(); ++i)
    strength.push_back(q.strength_to[i] + q.strength_from[i]);
  for (const auto i : words::largest_first(strength))
    if (!std::isnan(q.to[i]) || !std::isnan(q.from[i]))
      table.add_row({s.chain.nodes()[i].id, s.chain.label(NodeId(i)), q.to[i], q.strength_to[i],
                     q.from[i], q.strength_from[i]});
  report.findings.push_back(
      {fmt::format(
           "A push reaches {} most strongly from {}; it goes on from there most strongly to "
           "{}.",
           s.chain.label(node), strongest(s.chain, node, q.strength_to, q.to),
           strongest(s.chain, node, q.strength_from, q.from)),
       Tone::plain});
  report.tables.push_back(std::move(table));
  report.provenance.residuals.push_back({"propagation lengths, solved", q.residual, 1e-10});
  report.provenance.notes.push_back(
      fmt::format("No propagation length is given where a link is weaker than {:g} of the "
                  "strongest.",
                  weakest_link));
}

/// The makers of a final product, and what it is called.
struct FinalProduct {
  std::string name;
  std::vector<NodeId> makers;
};

FinalProduct final_product(const Chain& chain, const std::string& text) {
  if (const auto node = chain.find_node(text)) return {chain.label(*node), {*node}};
  if (text.find('.') != std::string::npos && !chain.products().find(text)) {
    const auto node = chain.require_node(text);
    return {chain.label(node), {node}};
  }
  const ProductId product(chain.products().require(text));
  FinalProduct all{chain.products()[product].name, {}};
  for (std::size_t i = 0; i < chain.size(); ++i)
    if (chain.nodes()[i].product == product) all.makers.emplace_back(i);
  if (all.makers.empty()) throw Error(Errc::not_found, fmt::format("nobody makes '{}'", all.name));
  return all;
}

Table smile_table(const Standing& s, const SmileCurve& curve) {
  auto table = words::table(position_declaration(), "smile", {"value_added"}, s.chain.info().unit);
  for (const auto i : words::largest_first(curve.value_added)) {
    if (curve.value_added[i] == 0) continue;
    const auto& node = s.chain.nodes()[i];
    table.add_row({node.id, s.chain.label(NodeId(i)), s.chain.regions()[node.region].code,
                   s.chain.products()[node.product].code, curve.value_added[i],
                   100 * curve.value_added[i] / curve.final_use, 100 * s.p.value_added_share[i],
                   s.p.upstreamness[i] - s.p.downstreamness[i], s.p.upstreamness[i],
                   s.p.downstreamness[i]});
  }
  return table;
}

Table smile_line(const SmileCurve& curve) {
  auto table = declared_table(position_declaration(), "smile_line");
  constexpr int points = 41;
  if (std::isnan(curve.c)) return table;
  for (int k = 0; k < points; ++k) {
    const double d = curve.lowest + (curve.highest - curve.lowest) * k / (points - 1);
    table.add_row({d, 100 * (curve.a + curve.b * d + curve.c * d * d)});
  }
  return table;
}

// "United States 34 %, Japan 12 % and Germany 8.1 %"
std::string adders(const Standing& s, const SmileCurve& curve) {
  std::vector<double> added(s.chain.regions().size());
  for (std::size_t i = 0; i < s.chain.size(); ++i)
    added[s.chain.nodes()[i].region.at()] += curve.value_added[i];
  std::vector<std::string> named;
  for (const auto r : words::largest_first(added)) {
    if (named.size() == 3 || !(added[r] > 0)) break;
    named.push_back(fmt::format("{} {}", s.chain.regions()[r].name,
                                words::percent(added[r] / curve.final_use)));
  }
  return words::listed(named);
}

std::string shape_words(const SmileCurve& curve) {
  if (std::isnan(curve.c)) return "Too few makers stand apart for a curve.";
  const double turn = -curve.b / (2 * curve.c);
  const bool inside = turn > curve.lowest && turn < curve.highest;
  if (!inside)
    return fmt::format(
        "The curve does not turn: makers {} of the chain keep more of what they sell.",
        2 * curve.c * (curve.lowest + curve.highest) / 2 + curve.b > 0 ? "at the start"
                                                                       : "at the end");
  return curve.c > 0 ? fmt::format(
                           "The curve smiles: both ends of the chain keep more of what they sell "
                           "than its middle, which keeps least at U - D = {:.2f}.",
                           turn)
                     : fmt::format(
                           "The curve frowns: the middle of the chain keeps more of what it sells "
                           "than both ends, most at U - D = {:.2f}.",
                           turn);
}

void add_smile(const Standing& s, const FinalProduct& product, Report& report, Progress& progress) {
  const auto curve = smile_curve(s.system, s.p, product.makers, progress);
  report.findings.push_back(
      {fmt::format("Of the final use of {}, {}, value added arises in {}. {}", product.name,
                   words::amount(curve.final_use, s.chain.info().unit), adders(s, curve),
                   shape_words(curve)),
       Tone::plain});
  report.tables.push_back(smile_table(s, curve));
  report.tables.push_back(smile_line(curve));
  report.provenance.residuals.push_back(
      {fmt::format("value added along the chain of {} sums to its final use", product.name),
       curve.imbalance, s.chain.primary_rows().empty() ? 1e-9 : 0});
  report.figures.push_back(
      {"scatter",
       "smile",
       fmt::format("Smile curve of {}", product.name),
       "Value added of output against the distance U - D; sizes are parts of the product's value.",
       {{"label", "label"}, {"x", "distance"}, {"y", "value_added_share"}, {"size", "value_added"}},
       60});
  if (!std::isnan(curve.c))
    report.figures.push_back({"lines",
                              "smile_line",
                              "The parabola through it, weighted by value added",
                              "Value added of output against the distance U - D.",
                              {{"x", "distance"}, {"y", "value_added_share"}},
                              0});
}

void note_correction(const Chain& chain, const Correction& c, const Arguments& arguments,
                     Report& report) {
  auto& notes = report.provenance.notes;
  words::note_output_below_zero(chain, c.below_zero, notes);
  if (arguments.text("inventories") == "keep") {
    notes.emplace_back("Net changes of inventories count as final use.");
    return;
  }
  if (!c.made) {
    notes.emplace_back(
        "No category of final use is a change of inventories: nothing was corrected.");
    return;
  }
  notes.push_back(fmt::format(
      "Net changes of inventories, {} in all, are no final use: each maker's other sales "
      "stand for them in proportion (Antras and Chor).",
      words::amount(c.removed, chain.info().unit)));
  if (!c.left_out.empty())
    notes.push_back(
        fmt::format("Not corrected, for their inventories grew by all they made or more: "
                    "{} makers, {}.",
                    c.left_out.size(), words::some_labels(chain, c.left_out)));
}

Figure standing_figure(std::string_view table, std::string_view title) {
  return {"scatter",
          std::string(table),
          std::string(title),
          "Upstreamness against downstreamness, both in stages; sizes are output.",
          {{"label", "name"}, {"x", "upstreamness"}, {"y", "downstreamness"}, {"size", "output"}},
          60};
}

Report position_report(const Chain& chain, const Arguments& arguments, Progress& progress) {
  CorrectedSystem system(
      chain, arguments.text("inventories") == "keep" ? Inventories::keep : Inventories::remove);
  const auto p = positions(system, progress);
  const Standing s{chain, system, p};
  const auto regions = most_upstream_first(s, words::by_region(chain));
  const auto products = most_upstream_first(s, words::by_product(chain));
  Report report;
  report.title = fmt::format("Position on the value chain, {}", chain.info().name);
  tell_standing(s, regions, products, arguments, report.findings);
  report.tables = {group_table(s, "regions", regions), group_table(s, "products", products),
                   node_table(s, arguments)};
  if (regions.size() > 1)
    report.figures.push_back(standing_figure("regions", "Regions on the value chain"));
  report.figures.push_back(standing_figure("products", "Products on the value chain"));
  report.provenance.residuals = {
      {"sum of output x upstreamness equals that of output x downstreamness", p.imbalance, 1e-9},
      {"upstreamness and downstreamness, solved", p.residual, 1e-10}};
  note_correction(chain, system.correction(), arguments, report);
  if (arguments.has("node")) add_lengths(s, arguments.node("node"), report, progress);
  if (arguments.has("final"))
    add_smile(s, final_product(chain, arguments.text("final")), report, progress);
  words::tell_negative_value_added(chain, system.correction().value_added, position_declaration(),
                                   report);
  add_years(chain, arguments, report, progress);
  return report;
}

}  // namespace

Analysis position_analysis() { return {position_declaration(), position_report}; }

}  // namespace stave
