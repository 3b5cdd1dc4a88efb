#include "diagnosis/opening.hpp"

#include "stave/core/error.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "diagnosis/opening_sentence.hpp"

namespace stave {
namespace {

constexpr auto text_type = ColumnType::text;
constexpr auto whole = ColumnType::integer;
constexpr auto number = ColumnType::real;

/// Boxes around the product; a few are kept for choke points and single points of failure.
const TierOptions opening_tiers{.up = {{.boxes = 5, .preferred = 2}, {.boxes = 3, .preferred = 1}},
                                .down = {{.boxes = 5}, {.boxes = 2}}};

TableSpec main_product_table() {
  return {"main_products",
          "The region's main products, largest output first",
          {{"product", text_type, {}, "Name of the product"},
           {"output_share", number, "%", "Of the region's output"},
           {"at_risk", number, "%", "Of its value added, lost to the choke point that costs most"},
           {"single_points", whole, {}, "Sources whose loss alone stops it"},
           {"outside", whole, {}, "Of these, outside the region"},
           {"value_added_at_risk", number, {}, "At risk in money, a year"},
           {"worst_choke_point", text_type, {}, "The choke point that costs it most"}}};
}

TableSpec single_point_table() {
  return {"single_points",
          "Single points of failure: what alone stops main products of the region",
          {{"source", text_type, {}, "What is lost"},
           {"where", text_type, {}, "own: in the region; outside"},
           {"stops", whole, {}, "Main products it stops"},
           {"output_stopped", number, "%", "Their part of the region's output"},
           {"products", text_type, {}, "Which they are, largest first"}}};
}

TableSpec systemic_table() {
  return {"systemic",
          "The region's most systemic makers: whose stop would cost most",
          {{"rank", whole, {}, "1 costs most"},
           {"maker", text_type, {}, "Who stops"},
           {"esri", number, "%", "Share of the whole chain's output then lost, its own included"},
           {"region_loss", number, "%", "Share of the region's output then lost"},
           {"own", number, "%", "Its own part of the whole chain's output"},
           {"node", text_type, {}, "Id of the node"}}};
}

TableSpec tier_table() {
  return {"tiers",
          "The chain in tiers around the most stuck product; each tier adds up to 100 %",
          {{"tier", whole, {}, "0: the product; -1, -2: its suppliers, theirs; 1, 2: customers"},
           {"maker", text_type, {}, "Maker, final use of a region, or all others of the tier"},
           {"share", number, "%", "Of its tier"},
           {"value", number, {}, "Of what reaches the product, or of what it sells; a year"},
           {"links", text_type, {}, "stuck, broken or both: the worst of its links"},
           {"region", text_type, {}, "Name of the region; empty for all others"}}};
}

TableSpec tier_link_table() {
  return {
      "tier_links",
      "The links of that chain; those of a tier add up to 100 %",
      {{"tier", whole, {}, "Of the supplier; the customer is one further"},
       {"supplier", text_type, {}, "Maker, or all others of the tier"},
       {"customer", text_type, {}, "Maker, final use of a region, or all others"},
       {"share", number, "%", "Of the links of its tier"},
       {"value", number, {}, "Of what reaches the product, or of what it sells; a year"},
       {"link", text_type, {}, "stuck: from a choke point; broken: it alone stops the customer"},
       {"supplier_region", text_type, {}, "Name of the region; empty for all others"},
       {"customer_region", text_type, {}, "Name of the region; empty for all others"}}};
}

// The declared table, with the chain's unit on its money columns.
Table table_of(const Chain& chain, const Declaration& declaration, std::string_view name) {
  Table table = declared_table(declaration, name);
  for (std::size_t c = 0; c < table.columns().size(); ++c)
    if (auto& spec = table.column(c).spec; spec.name.starts_with("value"))
      spec.unit = chain.info().unit;
  return table;
}

double region_output(const Chain& chain, RegionId region) {
  double sum = 0;
  for (const auto node : chain.nodes_in(region)) sum += chain.output()[node.at()];
  return sum;
}

bool is_outside(const Opening& o, std::int32_t source) {
  return o.system->source_region[static_cast<std::size_t>(source)] != o.question.region.value;
}

Table fill_main_products(const Opening& o, Table table) {
  for (const auto& p : o.products) {
    const auto outside = std::ranges::count_if(p.singles, [&](auto s) { return is_outside(o, s); });
    table.add_row({o.chain.products()[p.product].name, 100 * p.output / o.region_output,
                   100 * p.loss, static_cast<std::int64_t>(p.singles.size()),
                   static_cast<std::int64_t>(outside), p.loss * p.value_added,
                   p.worst ? o.chain.label(*p.worst) : std::string()});
  }
  return table;
}

// Which main products a source stops. Sources outside first, then by the output they stop.
std::vector<SinglePoint> single_points_of(const Opening& o) {
  std::map<std::int32_t, SinglePoint> by_source;
  for (std::size_t k = 0; k < o.products.size(); ++k)
    for (const auto source : o.products[k].singles) {
      auto& point = by_source[source];
      point.source = source;
      point.outside = is_outside(o, source);
      point.products.push_back(k);
      point.output_share += o.products[k].output / o.region_output;
    }
  std::vector<SinglePoint> points;
  for (auto& [source, point] : by_source) points.push_back(std::move(point));
  std::stable_sort(points.begin(), points.end(), [](const auto& a, const auto& b) {
    return a.outside != b.outside ? a.outside : a.output_share > b.output_share;
  });
  return points;
}

Table fill_single_points(const Opening& o, Table table) {
  for (const auto& point : o.points) {
    std::string names;
    for (const auto k : point.products)
      names += (names.empty() ? "" : "; ") + o.chain.products()[o.products[k].product].name;
    table.add_row({o.system->source_names[static_cast<std::size_t>(point.source)],
                   std::string(point.outside ? "outside" : "own"),
                   static_cast<std::int64_t>(point.products.size()), 100 * point.output_share,
                   names});
  }
  return table;
}

Table fill_systemic(const Opening& o, Table table) {
  const auto& closed = o.systemic.closed;
  for (std::size_t k = 0; k < std::min(o.question.top, closed.size()); ++k)
    table.add_row({static_cast<std::int64_t>(k + 1), o.chain.label(closed[k].node),
                   100 * closed[k].esri, 100 * closed[k].region_loss, 100 * closed[k].own,
                   o.chain.node(closed[k].node).id});
  return table;
}

std::string link_word(bool stuck, bool broken) {
  if (stuck && broken) return "both";
  return stuck ? "stuck" : broken ? "broken" : "";
}

// Marks of a box: those of its links towards the product.
std::string box_mark(const ChainTiers& tiers, int tier, std::size_t box) {
  bool stuck = false;
  bool broken = false;
  for (const auto& link : tiers.links) {
    const bool its = tier < 0   ? link.tier == tier && link.from == box
                     : tier > 0 ? link.tier == tier - 1 && link.to == box
                                : false;
    stuck = stuck || (its && link.stuck);
    broken = broken || (its && link.broken);
  }
  return link_word(stuck, broken);
}

Table fill_tiers(const Opening& o, Table table) {
  for (int t = -2; t <= 2; ++t) {
    const auto& tier = o.tiers.tier(t);
    for (std::size_t b = 0; b < tier.boxes.size(); ++b) {
      const double value = tier.boxes[b].value;
      table.add_row({static_cast<std::int64_t>(t), box_name(o.chain, o.tiers, t, b),
                     100 * value / tier.total, value, box_mark(o.tiers, t, b),
                     box_region(o.chain, o.tiers, t, b)});
    }
  }
  return table;
}

Table fill_tier_links(const Opening& o, Table table) {
  std::map<int, double> total;
  for (const auto& link : o.tiers.links) total[link.tier] += link.value;
  for (const auto& link : o.tiers.links)
    table.add_row(
        {static_cast<std::int64_t>(link.tier), box_name(o.chain, o.tiers, link.tier, link.from),
         box_name(o.chain, o.tiers, link.tier + 1, link.to), 100 * link.value / total[link.tier],
         link.value, link_word(link.stuck, link.broken),
         box_region(o.chain, o.tiers, link.tier, link.from),
         box_region(o.chain, o.tiers, link.tier + 1, link.to)});
  return table;
}

void mark_links(Opening& o) {
  for (auto& link : o.tiers.links) {
    const auto suppliers = makers_of(o.tiers, link.tier, link.from);
    const auto customers = makers_of(o.tiers, link.tier + 1, link.to);
    if (suppliers.empty() || customers.empty()) continue;
    link.broken = stops(*o.system, suppliers, customers);
    link.stuck = o.chain.node(customers.front()).region == o.question.region &&
                 std::ranges::find(o.question.choke_points, suppliers.front()) !=
                     o.question.choke_points.end();
  }
}

// Shown before larger ones: the choke point that costs the product most (4), its single points of
// failure (3), other choke points (2), then who buys from the first (1).
std::vector<std::uint8_t> preferred_makers(const Opening& o, const MainProduct& focus) {
  std::vector<std::uint8_t> preferred(o.chain.size());
  if (focus.worst)
    o.chain.flows().for_each_in_row(focus.worst->at(), [&](std::size_t j, double z) {
      if (z > 0 && o.chain.nodes()[j].region == o.question.region) preferred[j] = 1;
    });
  for (const auto node : o.question.choke_points) preferred[node.at()] = 2;
  for (std::size_t i = 0; i < preferred.size(); ++i)
    if (std::ranges::binary_search(focus.singles, o.system->source_of[i])) preferred[i] = 3;
  if (focus.worst) preferred[focus.worst->at()] = 4;
  return preferred;
}

void examine(Opening& o, Progress& progress) {
  const bool large = o.chain.size() > opening_limit::large_chain;
  o.region_output = region_output(o.chain, o.question.region);
  o.products =
      main_products(o.chain, o.question.region,
                    large ? opening_limit::main_products_large : opening_limit::main_products);
  if (o.products.empty())
    throw Error(Errc::missing_part,
                fmt::format("'{}' makes nothing in {}", o.chain.regions()[o.question.region].name,
                            o.chain.info().name));
  lose_to(o.chain, o.question.region, o.question.choke_points, o.question.exposure, o.products,
          progress);
  o.focus = static_cast<std::size_t>(&most_stuck(o.products) - o.products.data());
  o.system.emplace(o.chain, source_kind(o.chain), o.question.threshold);
  find_singles(*o.system, o.products, progress);
  o.points = single_points_of(o);
  o.systemic = systemic_makers(
      o.chain, o.question.region,
      {.market = o.question.exposure.market, .most = large ? opening_limit::closures : 0},
      progress);
  const auto& focus = o.products[o.focus];
  o.tiers = chain_tiers(o.chain, focus.makers, opening_tiers, preferred_makers(o, focus));
  mark_links(o);
}

}  // namespace

std::vector<TableSpec> opening_tables() {
  return {main_product_table(), single_point_table(), systemic_table(), tier_table(),
          tier_link_table()};
}

Report opening(const Chain& chain, const OpeningQuestion& question, const Declaration& declaration,
               Progress& progress) {
  Opening o{.chain = chain, .question = question};
  examine(o, progress);
  const auto table = [&](std::string_view name) { return table_of(chain, declaration, name); };
  Report report;
  report.findings = opening_findings(o);
  report.tables = {fill_main_products(o, table("main_products")),
                   fill_single_points(o, table("single_points")),
                   fill_systemic(o, table("systemic")), fill_tiers(o, table("tiers")),
                   fill_tier_links(o, table("tier_links"))};
  report.figures = opening_figures(o);
  report.provenance.notes = opening_notes(o);
  report.provenance.residuals = {
      {"boxes and links of each tier add up to the tier", worst_imbalance(o.tiers), 1e-9}};
  return report;
}

}  // namespace stave
