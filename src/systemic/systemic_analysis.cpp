// `stave systemic`: whose stop would cost the whole chain most.
#include "stave/cascade/cascade_one.hpp"
#include "stave/core/error.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "systemic/cascade_options.hpp"
#include "systemic/closure.hpp"
#include "systemic/declaration.hpp"
#include "systemic/loss_list.hpp"
#include "systemic/sentence.hpp"

namespace stave {
namespace {

constexpr std::size_t followed_closely = 10;  // closures whose victims are listed
constexpr std::size_t victims = 5;            // of each, and as many products

struct Question {
  const Chain& chain;
  const ChainCascade& cascade;
  const std::vector<Weighting>& weights;
  const CascadeOptions& options;
  const Closures& closures;
  std::size_t list;
};

std::string closed_name(const Question& q, std::size_t closure) {
  return node_name(q.chain, q.closures.nodes[closure]);
}

std::string closed_names(const Question& q, const std::vector<std::size_t>& closures,
                         std::size_t most) {
  std::vector<std::string> names;
  for (std::size_t k = 0; k < std::min(most, closures.size()); ++k)
    names.push_back(closed_name(q, closures[k]));
  return fmt::format(
      "{}{}", fmt::join(names, " / "),
      closures.size() > most ? fmt::format(" / {} more", closures.size() - most) : "");
}

double total_of(const Weighting& weighting) {
  double sum = 0;
  for (const double w : weighting.values) sum += w;
  return sum;
}

Table ranking_table(const Question& q) {
  auto table = declared_table(systemic_declaration(), "ranking");
  const double total = total_of(q.weights[0]);
  for (std::size_t k = 0; k < q.list; ++k) {
    const auto closure = q.closures.order[k];
    const auto node = q.closures.nodes[closure];
    const auto& risk = q.closures.result.at(closure, 0);
    table.add_row({static_cast<std::int64_t>(k + 1), closed_name(q, closure), 100 * risk.both,
                   100 * risk.down, 100 * risk.up, 100 * q.weights[0].values[node.at()] / total,
                   static_cast<std::int64_t>(q.closures.result.rounds[closure]),
                   q.chain.node(node).id});
  }
  return table;
}

// max(d, u) = (max - u) + (max - d) + (d + u - max): the part only supplies explain, only orders
// explain, and either alone would.
Table split_table(const Question& q) {
  auto table = declared_table(systemic_declaration(), "split");
  for (std::size_t k = 0; k < q.list; ++k) {
    const auto closure = q.closures.order[k];
    const auto& risk = q.closures.result.at(closure, 0);
    const auto name = closed_name(q, closure);
    table.add_row({name, std::string("missing supplies only"), 100 * (risk.both - risk.up)});
    table.add_row({name, std::string("either alone"), 100 * (risk.down + risk.up - risk.both)});
    table.add_row({name, std::string("lost orders only"), 100 * (risk.both - risk.down)});
  }
  return table;
}

Table weight_table(const Question& q) {
  auto table = declared_table(systemic_declaration(), "by_weight");
  const bool all_known = q.closures.excluded == 0;  // else only ranks by the first weight are known
  for (std::size_t w = 0; w < (all_known ? q.weights.size() : 1); ++w) {
    const auto order = order_by(q.closures.result, w);
    std::vector<std::int64_t> rank(q.closures.nodes.size());
    for (std::size_t k = 0; k < order.size(); ++k)
      rank[order[k]] = static_cast<std::int64_t>(k + 1);
    for (std::size_t k = 0; k < q.list; ++k) {
      const auto closure = q.closures.order[k];
      const auto& risk = q.closures.result.at(closure, w);
      table.add_row({closed_name(q, closure), q.weights[w].name, rank[closure], 100 * risk.both,
                     100 * risk.down, 100 * risk.up});
    }
  }
  return table;
}

Table sensitivity_table(const Question& q) {
  auto table = declared_table(systemic_declaration(), "sensitivity");
  if (q.closures.excluded > 0) return table;
  const auto mean = [](const BatchResult& result) {
    double sum = 0;
    for (const double esri : esri_of(result, 0)) sum += esri;
    const auto known = result.rounds.size() - static_cast<std::size_t>(std::count(
                                                  result.rounds.begin(), result.rounds.end(), 0));
    return 100 * sum / static_cast<double>(known);
  };
  const auto most = [](const BatchResult& result) {
    return static_cast<std::int64_t>(*std::max_element(result.rounds.begin(), result.rounds.end()));
  };
  table.add_row({std::string("nothing: the ranking above"), q.options.eps, mean(q.closures.result),
                 1.0, std::int64_t{0}, std::string(), std::string(), most(q.closures.result)});
  for (const auto& v : q.closures.variants)
    table.add_row({v.rule, v.eps, mean(v.result), v.correlation,
                   static_cast<std::int64_t>(v.enters.size()), closed_names(q, v.enters, 10),
                   closed_names(q, v.leaves, 10), most(v.result)});
  return table;
}

void add_victims(const Question& q, std::size_t closure, const CascadeResult& result, Table& hit) {
  const auto node = q.closures.nodes[closure];
  const double total = total_of(q.weights[0]);
  std::size_t listed = 0;
  for (const auto other : worst_first(result, q.weights[0].values)) {
    if (other == node) continue;
    if (listed++ == victims) break;
    const auto i = other.at();
    hit.add_row({closed_name(q, closure), node_name(q.chain, other), 100 * loss_of(result, i),
                 100 * q.weights[0].values[i] * loss_of(result, i) / total,
                 100 * (1 - result.h_d[i]), 100 * (1 - result.h_u[i])});
  }
}

void add_products(const Question& q, std::size_t closure, const CascadeResult& result,
                  std::span<const double> shock, Table& products) {
  const auto risk = risk_by_product(q.cascade.network(), result, q.weights[0].values, shock, shock);
  std::vector<std::size_t> order;
  for (std::size_t k = 0; k < risk.size(); ++k)
    if (risk[k].both > 0) order.push_back(k);
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return risk[a].both > risk[b].both; });
  for (std::size_t k = 0; k < std::min(victims, order.size()); ++k)
    products.add_row(
        {closed_name(q, closure), q.chain.products()[order[k]].name, 100 * risk[order[k]].both});
}

std::vector<Table> victim_tables(const Question& q, Progress& progress) {
  auto hit = declared_table(systemic_declaration(), "hardest_hit");
  auto products = declared_table(systemic_declaration(), "products_hit");
  const ShockFollower follower(q.cascade.network());
  const auto worst = std::min({followed_closely, q.list, q.closures.order.size()});
  for (std::size_t k = 0; k < worst; ++k) {
    progress.check();
    progress.report("following the worst stops",
                    static_cast<double>(k) / static_cast<double>(worst));
    const auto closure = q.closures.order[k];
    std::vector<double> shock(q.chain.size());
    shock[q.closures.nodes[closure].at()] = 1;
    const auto result = follower.follow(shock, shock, q.options).result;
    add_victims(q, closure, result, hit);
    add_products(q, closure, result, shock, products);
  }
  return {std::move(hit), std::move(products)};
}

Finding worst_finding(const Question& q, std::size_t k) {
  const auto closure = q.closures.order[k];
  const auto& risk = q.closures.result.at(closure, 0);
  const double own = q.weights[0].values[q.closures.nodes[closure].at()] / total_of(q.weights[0]);
  auto text = fmt::format("If {} stopped, {} of all {} would be lost, its own {} included",
                          closed_name(q, closure), words::percent(risk.both),
                          weight_words(q.weights[0]), words::percent(own));
  text += fmt::format("; missing supplies alone would cost {}, lost orders alone {}.",
                      words::percent(risk.down), words::percent(risk.up));
  return {text, risk.both >= 0.05 ? Tone::alarm : Tone::warning};
}

std::optional<Finding> victim_finding(const Question& q, const Table& hit) {
  const auto first = closed_name(q, q.closures.order[0]);
  std::vector<std::string> names;
  for (std::size_t r = 0; r < hit.rows() && names.size() < 3; ++r)
    if (hit.texts("node")[r] == first)
      names.push_back(
          fmt::format("{} ({})", hit.texts("hit")[r], words::percent(hit.reals("lost")[r] / 100)));
  if (names.empty()) return std::nullopt;
  return Finding{fmt::format("That stop would hit hardest, as a share of their own output: {}.",
                             fmt::join(names, ", ")),
                 Tone::plain};
}

Finding weight_finding(const Question& q, std::size_t w) {
  const auto first = order_by(q.closures.result, w)[0];
  const auto& risk = q.closures.result.at(first, w);
  const auto words = weight_words(q.weights[w]);
  if (first == q.closures.order[0])
    return Finding{fmt::format("By {} {} is the worst too: {} would be lost.", words,
                               closed_name(q, first), words::percent(risk.both)),
                   Tone::plain};
  return Finding{fmt::format("By {} another is worst: {}, with {} lost.", words,
                             closed_name(q, first), words::percent(risk.both)),
                 Tone::plain};
}

std::string changed_names(const Question& q, const ClosureVariant& v) {
  if (v.enters.empty())
    return q.list == q.closures.order.size() ? "" : fmt::format("; the same {} are listed", q.list);
  return fmt::format("; {} of {} names change (in: {}; out: {})", v.enters.size(), q.list,
                     closed_names(q, v.enters, 3), closed_names(q, v.leaves, 3));
}

Finding variant_finding(const Question& q, const ClosureVariant& v) {
  if (std::isnan(v.correlation))
    return {fmt::format("If {}, there is no ranking to compare.", v.rule), Tone::plain};
  const bool steady = v.correlation >= 0.9 && 5 * v.enters.size() <= q.list;
  return {fmt::format("{}: if {}, the rank correlation is {:.2f}{}.",
                      steady ? "The ranking holds" : "Read the ranking with care", v.rule,
                      v.correlation, changed_names(q, v)),
          steady ? Tone::good : Tone::warning};
}

// Where nearly every stop ends alike, the order says little.
std::optional<Finding> flat_finding(const Question& q) {
  const auto esri = esri_of(q.closures.result, 0);
  const double worst = esri[q.closures.order[0]];
  const auto alike = std::count_if(esri.begin(), esri.end(),
                                   [&](double e) { return worst > 0 && e >= 0.9 * worst; });
  if (alike < 5 || 10 * alike < static_cast<std::ptrdiff_t>(esri.size())) return std::nullopt;
  auto text = fmt::format(
      "{} of {} stops cost nearly as much as the worst (nine tenths of it or "
      "more): the order among them says little.",
      alike, esri.size());
  if (!q.chain.has_own_recipe())
    text +=
        " The chain brings no recipe, so every good counts as essential to makers of goods; a "
        "recipe would tell them apart.";
  return Finding{text, Tone::warning};
}

std::optional<Finding> partial_finding(const Question& q) {
  const auto& c = q.closures;
  if (!c.interrupted) return std::nullopt;
  if (c.order.size() < c.nodes.size())
    return Finding{
        fmt::format("Partial: stopped when {} of {} makers had been closed. Others may "
                    "cost more than those listed. With --resume FILE a run keeps what it "
                    "finished, and can be gone on with.",
                    c.order.size(), c.nodes.size()),
        Tone::alarm};
  return Finding{
      fmt::format("Partial: stopped after the ranking; {} of the other rules were tried.",
                  c.variants.empty() ? "none" : std::to_string(c.variants.size())),
      Tone::warning};
}

std::vector<Finding> systemic_findings(const Question& q, const Table& hit) {
  std::vector<Finding> findings;
  for (std::size_t k = 0; k < std::min<std::size_t>(3, q.closures.order.size()); ++k)
    findings.push_back(worst_finding(q, k));
  if (auto finding = victim_finding(q, hit)) findings.insert(findings.begin() + 1, *finding);
  if (auto finding = partial_finding(q)) findings.insert(findings.begin(), *finding);
  if (q.closures.excluded > 0) return findings;
  for (std::size_t w = 1; w < q.weights.size(); ++w) findings.push_back(weight_finding(q, w));
  if (auto finding = flat_finding(q)) findings.push_back(*finding);
  for (const auto& v : q.closures.variants) findings.push_back(variant_finding(q, v));
  return findings;
}

std::vector<Figure> systemic_figures(const Weighting& weight) {
  return {
      {"stacked",
       "split",
       "Whose stop would cost most",
       fmt::format("Share of all {} lost, by whether missing supplies or lost orders explain it",
                   weight_words(weight)),
       {{"label", "node"}, {"part", "side"}, {"value", "esri"}},
       20}};
}

std::string closure_note(const Question& q) {
  const auto& c = q.closures;
  const auto all = c.nodes.size();
  if (c.interrupted)
    return fmt::format("{} of {} makers were closed, each alone, before the run was stopped.",
                       c.order.size(), all);
  if (c.excluded == 0)
    return fmt::format("{} makers were closed, each alone; all were computed, {} are listed.", all,
                       q.list);
  return fmt::format(
      "{} of {} makers were followed to the end. The other {} cannot be in the list: by proven "
      "bounds none of them costs more than {}.",
      c.nodes.size() - c.excluded, all, c.excluded, words::percent(c.bound));
}

void add_closure_notes(const Question& q, Provenance& provenance) {
  auto& notes = provenance.notes;
  notes = cascade_notes(q.chain, q.cascade, q.weights, q.options);
  notes.push_back(closure_note(q));
  if (q.closures.kept > 0)
    notes.push_back(fmt::format("{} cascades were known from an earlier run.", q.closures.kept));
  if (q.closures.result.not_converged > 0)
    notes.push_back(fmt::format("{} cascades did not come to rest in {} rounds.",
                                q.closures.result.not_converged, q.options.max_rounds));
}

std::vector<NodeId> makers(const Chain& chain, const Arguments& arguments) {
  std::vector<NodeId> nodes;
  if (arguments.has("region"))
    nodes = chain.nodes_in(arguments.region("region"));
  else
    for (std::size_t i = 0; i < chain.size(); ++i) nodes.emplace_back(i);
  if (nodes.empty())
    throw Error(Errc::missing_part, fmt::format("'{}' has no makers in {}",
                                                arguments.text("region"), chain.info().name));
  return nodes;
}

Report systemic(const Chain& chain, const Arguments& arguments, Progress& progress) {
  const auto weights = weightings(chain, arguments.text("weights"));
  const ChainCascade cascade(chain);
  const auto options = cascade_options(arguments);
  auto nodes = makers(chain, arguments);
  const bool all = arguments.flag("all");
  const auto top = all ? nodes.size() : static_cast<std::size_t>(arguments.integer("top"));
  const auto closures =
      close_each(cascade, std::move(nodes), weights, options,
                 {top, arguments.text("sensitivity") == "on", all,
                  arguments.has("resume") ? arguments.text("resume") : std::string()},
                 progress);
  const Question q{chain,   cascade,  weights,
                   options, closures, std::min(top, closures.order.size())};
  auto hit = victim_tables(q, closures.interrupted ? no_progress() : progress);
  Report report;
  report.partial = closures.interrupted;
  report.title = fmt::format(
      "Systemic risk of {}, {}",
      arguments.has("region") ? chain.regions()[arguments.region("region")].name : "every maker",
      chain.info().name);
  report.findings = systemic_findings(q, hit[0]);
  report.tables = {ranking_table(q), std::move(hit[0]),    std::move(hit[1]),
                   weight_table(q),  sensitivity_table(q), split_table(q)};
  report.figures = systemic_figures(weights[0]);
  add_closure_notes(q, report.provenance);
  return report;
}

}  // namespace

Analysis systemic_analysis() { return {systemic_declaration(), systemic}; }

}  // namespace stave
