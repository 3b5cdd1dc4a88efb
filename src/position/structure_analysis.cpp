// `stave structure`: who pulls, who carries, and what is lost without them.
#include "stave/core/error.hpp"
#include "stave/position/structure.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include <fmt/format.h>

#include "position/declaration.hpp"
#include "position/system.hpp"
#include "position/words.hpp"

namespace stave {
namespace {

using words::Group;

constexpr std::size_t most_multipliers = 2'000'000;
constexpr std::size_t most_inverted = 12'000;
constexpr double not_given = std::numeric_limits<double>::quiet_NaN();

/// A measure a unit of output: what multipliers and losses are counted in.
struct Weight {
  std::string name;
  std::string unit;
  std::vector<double> values;  // [n]
};

Weight output_weight(const Chain& chain) {
  return {"output", chain.info().unit, std::vector<double>(chain.size(), 1)};
}

// v / x, 0 where nothing is made.
std::vector<double> a_unit(const Chain& chain, std::span<const double> values) {
  std::vector<double> weight(chain.size());
  for (std::size_t i = 0; i < weight.size(); ++i)
    if (chain.output()[i] != 0) weight[i] = values[i] / chain.output()[i];
  return weight;
}

Weight stressor_weight(const Chain& chain, std::size_t s) {
  return {chain.stressor_rows()[s].name, chain.stressor_rows()[s].unit,
          a_unit(chain, chain.stressors().row(s))};
}

Weight value_added_weight(const Chain& chain) {
  return {"value added", chain.info().unit, a_unit(chain, chain.value_added())};
}

Weight chosen_weight(const Chain& chain, const std::string& text) {
  if (text == "output") return output_weight(chain);
  if (text == "value_added" || text == "value added") return value_added_weight(chain);
  std::vector<std::string> names{"output", "value_added"};
  for (std::size_t s = 0; s < chain.stressor_rows().size(); ++s) {
    if (chain.stressor_rows()[s].name == text) return stressor_weight(chain, s);
    names.push_back(chain.stressor_rows()[s].name);
  }
  throw Error(
      Errc::not_found,
      fmt::format("--measure: '{}' is not a measure of {}", text, chain.info().name),
      fmt::format("Choose output, value_added or a stressor. {}", did_you_mean(text, names)));
}

std::string_view key_word(double backward, double forward) {
  if (backward > 1 && forward > 1) return "key";
  if (backward > 1) return "backward";
  return forward > 1 ? "forward" : "weak";
}

/// Linkages with their indices.
struct Structure {
  const Chain& chain;
  const Linkages& l;
  std::vector<double> backward;
  std::vector<double> forward;
  std::vector<double> sensitivity;
};

Table linkage_table(const Structure& s) {
  auto table = words::table(structure_declaration(), "linkages", {"output"}, s.chain.info().unit);
  for (const auto i : words::largest_first(s.chain.output())) {
    const auto& node = s.chain.nodes()[i];
    table.add_row(
        {node.id, s.chain.label(NodeId(i)), std::string(key_word(s.backward[i], s.forward[i])),
         s.backward[i], s.forward[i], s.sensitivity[i], s.chain.regions()[node.region].code,
         s.chain.products()[node.product].code, s.l.direct_backward[i], s.l.direct_forward[i],
         s.l.backward[i], s.l.forward[i], s.l.sensitivity[i], s.chain.output()[i]});
  }
  return table;
}

std::vector<Weight> multiplier_weights(const Chain& chain, const Arguments& arguments) {
  std::vector<Weight> weights{output_weight(chain), value_added_weight(chain)};
  for (std::size_t s = 0; s < chain.stressor_rows().size(); ++s)
    if (!arguments.has("stressor") || arguments.stressor("stressor") == s)
      weights.push_back(stressor_weight(chain, s));
  if (weights.size() * chain.size() > most_multipliers)
    throw Error(
        Errc::too_large,
        fmt::format("{} measures of {} makers make {} rows of multipliers; at most {}",
                    weights.size(), chain.size(), weights.size() * chain.size(), most_multipliers),
        "Choose one with --stressor.");
  return weights;
}

Table multiplier_table(const Chain& chain, LeontiefSystem& system,
                       const std::vector<Weight>& weights, Report& report, Progress& progress) {
  Matrix direct(weights.size(), chain.size());
  for (std::size_t w = 0; w < weights.size(); ++w)
    std::ranges::copy(weights[w].values, direct.row(w).begin());
  const auto total = system.multipliers(direct.view(), progress);
  report.provenance.residuals.push_back({"multipliers, solved", total.residual, 1e-10});
  auto table = declared_table(structure_declaration(), "multipliers");
  for (std::size_t w = 0; w < weights.size(); ++w)
    for (std::size_t i = 0; i < chain.size(); ++i)
      table.add_row({weights[w].name, chain.nodes()[i].id, chain.label(NodeId(i)), direct(w, i),
                     total.values(w, i),
                     direct(w, i) == 0 ? not_given : total.values(w, i) / direct(w, i),
                     fmt::format("{} / {}", weights[w].unit, chain.info().unit)});
  return table;
}

/// One coefficient and what the whole of L owes to it.
struct Held {
  double effect;
  std::size_t from;
  std::size_t to;
  double coefficient;
};

// The largest a_ij x (column sum i of L) x (row sum j of L).
std::vector<Held> most_influential(const Structure& s, std::size_t count) {
  std::vector<Held> held;
  const auto before = [](const Held& a, const Held& b) {
    if (a.effect != b.effect) return a.effect > b.effect;
    return a.from != b.from ? a.from < b.from : a.to < b.to;
  };
  s.chain.flows().for_each([&](std::size_t i, std::size_t j, double flow) {
    if (s.chain.output()[j] == 0) return;
    const double a = flow / s.chain.output()[j];
    const Held link{std::abs(a) * influence(s.l, NodeId(i), NodeId(j)), i, j, a};
    if (held.size() == count && !before(link, held.front())) return;
    held.push_back(link);
    std::ranges::push_heap(held, before);
    if (held.size() <= count) return;
    std::ranges::pop_heap(held, before);
    held.pop_back();
  });
  std::ranges::sort(held, before);
  return held;
}

Table influence_table(const Structure& s, const std::vector<Held>& held) {
  auto table = declared_table(structure_declaration(), "influence");
  for (const auto& link : held)
    table.add_row({s.chain.nodes()[link.from].id, s.chain.label(NodeId(link.from)),
                   s.chain.nodes()[link.to].id, s.chain.label(NodeId(link.to)), link.coefficient,
                   influence(s.l, NodeId(link.from), NodeId(link.to)),
                   100 * link.effect / s.l.total});
  return table;
}

void add_loss(std::vector<Table::Cell>& row, const PartLoss& loss, double whole) {
  for (const double value : {loss.total, whole == 0 ? not_given : 100 * loss.total / whole,
                             loss.others, loss.backward, loss.forward, loss.supply, loss.isolated})
    row.emplace_back(value);
}

/// What extraction was asked of, and what came out.
struct Extracted {
  std::vector<Group> regions;
  std::vector<Group> products;
  Weight weight;
  Extraction result;

  [[nodiscard]] const PartLoss& region(std::size_t r) const { return result.parts[r]; }
  [[nodiscard]] const PartLoss& product(std::size_t p) const {
    return result.parts[regions.size() + p];
  }
};

std::vector<Group> only(std::vector<Group> groups, const std::optional<std::string>& code) {
  std::erase_if(groups, [&](const Group& g) { return !code || g.code != *code; });
  return groups;
}

std::optional<Extracted> extracted(const Chain& chain, LeontiefSystem& system,
                                   const Arguments& arguments, Report& report, Progress& progress) {
  auto how = arguments.text("extraction");
  if (how == "off") return std::nullopt;
  if (how == "all" && chain.size() > most_inverted) {
    how = "given";
    report.provenance.notes.push_back(fmt::format(
        "The chain has {} makers, and every one is thought away up to {}: only the region and the "
        "product given were.",
        chain.size(), most_inverted));
  }
  std::optional<std::string> region;
  std::optional<std::string> product;
  if (arguments.has("region")) region = chain.regions()[arguments.region("region")].code;
  if (arguments.has("product")) product = chain.products()[arguments.product("product")].code;
  if (how == "given" && !region && !product) return std::nullopt;
  Extracted e;
  e.weight = chosen_weight(chain, arguments.text("measure"));
  e.regions = words::by_region(chain);
  e.products = words::by_product(chain);
  if (how == "given") {
    e.regions = only(std::move(e.regions), region);
    e.products = only(std::move(e.products), product);
  }
  // A group of everyone is everything: nothing to learn.
  for (auto* groups : {&e.regions, &e.products})
    std::erase_if(*groups, [&](const Group& g) { return g.makers.size() == chain.size(); });
  std::vector<Part> parts;
  for (const auto* groups : {&e.regions, &e.products})
    for (const auto& group : *groups) parts.push_back({group.name, group.makers});
  e.result = extraction(chain, system, parts, {e.weight.values, how == "all"}, progress);
  return e;
}

Table loss_table(const Extracted& e, std::string_view name, const std::vector<Group>& groups,
                 std::size_t first) {
  auto table =
      words::table(structure_declaration(), name,
                   {"lost", "others", "backward", "forward", "supply", "isolated"}, e.weight.unit);
  std::vector<double> totals;
  for (std::size_t k = 0; k < groups.size(); ++k) totals.push_back(e.result.parts[first + k].total);
  for (const auto k : words::largest_first(totals)) {
    std::vector<Table::Cell> row{groups[k].code, groups[k].name};
    add_loss(row, e.result.parts[first + k], e.result.whole);
    table.add_row(std::move(row));
  }
  return table;
}

Table node_loss_table(const Chain& chain, const Extracted& e) {
  auto table =
      words::table(structure_declaration(), "extraction",
                   {"lost", "others", "backward", "forward", "supply", "isolated"}, e.weight.unit);
  std::vector<double> totals;
  for (const auto& loss : e.result.nodes) totals.push_back(loss.total);
  for (const auto i : words::largest_first(totals)) {
    const auto& node = chain.nodes()[i];
    std::vector<Table::Cell> row{node.id, chain.label(NodeId(i)), chain.regions()[node.region].code,
                                 chain.products()[node.product].code};
    add_loss(row, e.result.nodes[i], e.result.whole);
    table.add_row(std::move(row));
  }
  return table;
}

Finding key_finding(const Structure& s) {
  std::vector<std::string> named;
  std::size_t count = 0;
  for (const auto i : words::largest_first(s.chain.output())) {
    if (!(s.backward[i] > 1 && s.forward[i] > 1)) continue;
    ++count;
    if (named.size() < 3) named.push_back(s.chain.label(NodeId(i)));
  }
  if (count == 0)
    return {"No maker is above the average both in what it pulls and in what it carries.",
            Tone::plain};
  if (count == 1)
    return {fmt::format("{} alone of {} makers is key: it pulls more and carries more than the "
                        "average.",
                        named.front(), s.chain.size()),
            Tone::plain};
  return {
      fmt::format("{} of {} makers are key: they pull more and carry more than the average. The "
                  "largest are {}.",
                  count, s.chain.size(), words::listed(named)),
      Tone::plain};
}

Finding influence_finding(const Structure& s, const Held& link) {
  return {fmt::format("The coefficient that matters most is what {} buys from {}: {} of all that "
                      "makers need of one another hangs on it, to first order.",
                      s.chain.label(NodeId(link.to)), s.chain.label(NodeId(link.from)),
                      words::percent(link.effect / s.l.total)),
          Tone::plain};
}

Finding loss_finding(const Extracted& e, const std::string& name, const PartLoss& loss) {
  const auto share = [&](double value) {
    return e.result.whole == 0 ? "?" : words::percent(value / e.result.whole);
  };
  return {
      fmt::format("Without {}, the chain would lose {} of its {}: others lose {}, {} of the whole. "
                  "Its purchases alone hold up {}, its sales to makers {}.",
                  name, share(loss.total), e.weight.name, words::amount(loss.others, e.weight.unit),
                  share(loss.others), share(loss.backward), share(loss.forward)),
      Tone::plain};
}

// The largest among `groups`, or the one asked for.
void tell_losses(const Extracted& e, const std::vector<Group>& groups, std::size_t first,
                 const std::optional<std::string>& asked, std::vector<Finding>& findings) {
  std::vector<double> others;
  for (std::size_t k = 0; k < groups.size(); ++k) {
    others.push_back(e.result.parts[first + k].others);
    if (asked && groups[k].code == *asked)
      findings.push_back(loss_finding(e, groups[k].name, e.result.parts[first + k]));
  }
  if (asked || groups.size() < 2) return;
  const auto most = words::largest_first(others).front();
  findings.push_back(loss_finding(e, groups[most].name, e.result.parts[first + most]));
}

void add_extraction(const Chain& chain, const Extracted& e, const Arguments& arguments,
                    Report& report) {
  std::optional<std::string> region;
  std::optional<std::string> product;
  if (arguments.has("region")) region = chain.regions()[arguments.region("region")].code;
  if (arguments.has("product")) product = chain.products()[arguments.product("product")].code;
  tell_losses(e, e.regions, 0, region, report.findings);
  tell_losses(e, e.products, e.regions.size(), product, report.findings);
  if (!e.result.nodes.empty()) report.tables.push_back(node_loss_table(chain, e));
  if (!e.regions.empty())
    report.tables.push_back(loss_table(e, "extraction_regions", e.regions, 0));
  if (!e.products.empty())
    report.tables.push_back(loss_table(e, "extraction_products", e.products, e.regions.size()));
  const auto figure = [&](std::string_view table, std::string_view label, std::string_view title) {
    report.figures.push_back(
        {"bars",
         std::string(table),
         std::string(title),
         fmt::format("Loss of {} of the whole chain, and of all others.", e.weight.name),
         {{"label", std::string(label)}, {"value", "others"}, {"value_high", "lost"}},
         15});
  };
  if (e.regions.size() > 1) figure("extraction_regions", "name", "What is lost without a region");
  if (e.products.size() > 1)
    figure("extraction_products", "name", "What is lost without a product");
  if (!e.result.nodes.empty()) figure("extraction", "label", "What is lost without a maker");
  report.provenance.residuals.push_back({"extraction, solved", e.result.residual, 1e-10});
  if (!e.result.nodes.empty())
    report.provenance.residuals.push_back(
        {"columns of the inverse sum to the multipliers", e.result.imbalance, 1e-9});
  report.provenance.notes.emplace_back(
      "Extraction counts what hangs on a part with coefficients as they are: nobody steps in, "
      "nothing is rationed. It is a measure of weight, not a forecast.");
}

Report structure_report(const Chain& given, const Arguments& arguments, Progress& progress) {
  Report report;
  const auto chain = words::without_output_below_zero(given, report.provenance.notes);
  auto system = blocked_system(chain, chain.output());
  report.title = fmt::format("Structure of {}", chain.info().name);
  const auto weights = multiplier_weights(chain, arguments);
  const auto e = extracted(chain, system, arguments, report, progress);
  const auto l = linkages(chain, system, progress);
  const Structure s{chain, l, normalised(l.backward), normalised(l.forward),
                    normalised(l.sensitivity)};
  report.provenance.residuals = {
      {"rows and columns of the inverse have the same sum", l.imbalance, 1e-9},
      {"linkages, solved", l.residual, 1e-10}};
  report.findings.push_back(key_finding(s));
  const auto held = most_influential(s, static_cast<std::size_t>(arguments.integer("links")));
  report.tables = {linkage_table(s), multiplier_table(chain, system, weights, report, progress),
                   influence_table(s, held)};
  report.figures.push_back(
      {"scatter",
       "linkages",
       "Linkages of the largest makers",
       "Both by their means: above 1 to the right pulls more than the average, above 1 at the top "
       "carries more; sizes are output.",
       {{"label", "label"}, {"x", "backward_index"}, {"y", "forward_index"}, {"size", "output"}},
       60});
  if (e) add_extraction(chain, *e, arguments, report);
  if (!held.empty()) report.findings.push_back(influence_finding(s, held.front()));
  words::tell_negative_value_added(chain, chain.value_added(), structure_declaration(), report);
  return report;
}

}  // namespace

Analysis structure_analysis() { return {structure_declaration(), structure_report}; }

}  // namespace stave
