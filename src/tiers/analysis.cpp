// `stave tiers`: who supplies a product and who uses it, tier by tier.
#include "stave/core/error.hpp"

#include <algorithm>
#include <limits>
#include <map>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "tiers/declaration.hpp"
#include "tiers/sentence.hpp"

namespace stave {
namespace {

constexpr double no_number = std::numeric_limits<double>::quiet_NaN();

/// The makers in the middle, and what they are called.
struct Focus {
  std::vector<NodeId> makers;
  std::string name;
};

// "It is made in China, Japan and 7 more regions", largest output first.
std::string made_in(const Chain& chain, ProductId product) {
  std::map<RegionId, double> output;
  for (std::size_t i = 0; i < chain.size(); ++i)
    if (chain.nodes()[i].product == product) output[chain.nodes()[i].region] += chain.output()[i];
  std::vector<std::pair<RegionId, double>> regions(output.begin(), output.end());
  if (regions.empty()) return "No region makes it.";
  std::stable_sort(regions.begin(), regions.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  std::vector<std::string> names;
  for (std::size_t k = 0; k < std::min<std::size_t>(5, regions.size()); ++k)
    names.push_back(chain.regions()[regions[k].first].name);
  return fmt::format("It is made in {}{}.", fmt::join(names, ", "),
                     regions.size() > names.size()
                         ? fmt::format(" and {} more", regions.size() - names.size())
                         : "");
}

Focus product_focus(const Chain& chain, ProductId product, std::optional<RegionId> region) {
  Focus focus{{}, chain.products()[product].name};
  if (region) focus.name = fmt::format("{}: {}", chain.regions()[*region].name, focus.name);
  for (std::size_t i = 0; i < chain.size(); ++i) {
    const auto& node = chain.nodes()[i];
    if (node.product == product && (!region || node.region == *region))
      focus.makers.emplace_back(i);
  }
  if (focus.makers.empty())
    throw Error(Errc::not_found,
                region ? fmt::format("'{}' makes no '{}'", chain.regions()[*region].name,
                                     chain.products()[product].name)
                       : fmt::format("nobody makes '{}'", chain.products()[product].name),
                made_in(chain, product));
  return focus;
}

Focus focus_of(const Chain& chain, const Arguments& arguments) {
  const bool product = arguments.has("product");
  const bool region = arguments.has("region");
  if (arguments.has("node")) {
    if (product || region)
      throw Error(Errc::bad_input,
                  fmt::format("--node and --{} were both given", product ? "product" : "region"),
                  "Ask for one node, or for a product and a region.");
    const auto node = arguments.node("node");
    return {{node}, chain.label(node)};
  }
  if (!product)
    throw Error(Errc::bad_input, "'tiers' needs --product, with --region or without, or --node",
                "stave info CHAIN lists regions and products.");
  return product_focus(chain, arguments.product("product"),
                       region ? std::optional(arguments.region("region")) : std::nullopt);
}

// The declared table, with the chain's unit on its money columns.
Table table_of(const Chain& chain, std::string_view name) {
  Table table = declared_table(tiers_declaration(), name);
  for (std::size_t c = 0; c < table.columns().size(); ++c)
    if (auto& spec = table.column(c).spec; spec.name == "value" || spec.name == "final_use")
      spec.unit = chain.info().unit;
  return table;
}

double share_of(double value, double total) { return total > 0 ? 100 * value / total : no_number; }

std::string_view kind_word(BoxKind kind) {
  if (kind == BoxKind::maker) return "maker";
  return kind == BoxKind::final_use ? "final use" : "rest";
}

/// Names and regions of every box, made once.
struct BoxWords {
  std::vector<std::vector<std::string>> name;    ///< [tiers][boxes]
  std::vector<std::vector<std::string>> region;  ///< names; empty for the rest
};

BoxWords box_words(const TierAnswer& a) {
  BoxWords words;
  for (int t = a.tiers.first(); t <= a.tiers.last(); ++t) {
    auto& names = words.name.emplace_back();
    auto& regions = words.region.emplace_back();
    for (std::size_t b = 0; b < a.tiers.tier(t).boxes.size(); ++b) {
      names.push_back(box_name(a.chain, a.tiers, t, b));
      regions.push_back(box_region(a.chain, a.tiers, t, b));
    }
  }
  return words;
}

/// What a box is beside its value; empty where it is not one.
struct BoxCodes {
  std::string node;
  std::string region;
  std::string product;
  std::string product_name;
  std::size_t makers = 0;
};

bool all_same(const std::vector<NodeId>& makers, auto&& of) {
  return std::ranges::all_of(makers, [&](NodeId m) { return of(m) == of(makers.front()); });
}

BoxCodes box_codes(const TierAnswer& a, int t, std::size_t b) {
  const auto& box = a.tiers.tier(t).boxes[b];
  const auto makers = makers_of(a.tiers, t, b);
  BoxCodes codes{.makers = makers.size()};
  if (box.kind == BoxKind::final_use) codes.region = a.chain.regions()[RegionId(box.id)].code;
  if (box.kind == BoxKind::rest) {
    const auto own = std::ranges::count(a.tiers.tier(t).boxes, BoxKind::maker, &TierBox::kind);
    codes.makers = a.tiers.tier(t).makers - static_cast<std::size_t>(own);
  }
  if (makers.empty()) return codes;
  const auto& node = a.chain.node(makers.front());
  if (makers.size() == 1) codes.node = node.id;
  if (all_same(makers, [&](NodeId m) { return a.chain.node(m).region; }))
    codes.region = a.chain.regions()[node.region].code;
  codes.product = a.chain.products()[node.product].code;
  codes.product_name = a.chain.products()[node.product].name;
  return codes;
}

bool stops_focus(const TierAnswer& a, NodeId maker) {
  return std::ranges::binary_search(a.risk->singles, maker);
}

Table fill_boxes(const TierAnswer& a, const BoxWords& words) {
  auto table = table_of(a.chain, "boxes");
  for (std::size_t k = 0; k < a.tiers.tiers.size(); ++k) {
    const int t = a.tiers.first() + static_cast<int>(k);
    const auto& tier = a.tiers.tiers[k];
    for (std::size_t b = 0; b < tier.boxes.size(); ++b) {
      const auto codes = box_codes(a, t, b);
      const auto maker = makers_of(a.tiers, t, b);
      const bool followed = a.risk && maker.size() == 1;
      const auto* breaks = !followed ? "" : stops_focus(a, maker.front()) ? "yes" : "no";
      table.add_row({static_cast<std::int64_t>(t), static_cast<std::int64_t>(b + 1),
                     words.name[k][b], share_of(tier.boxes[b].value, tier.total),
                     followed ? 100 * a.risk->loss.at(maker.front()) : no_number,
                     std::string(breaks), tier.boxes[b].value,
                     std::string(kind_word(tier.boxes[b].kind)), codes.node, codes.region,
                     words.region[k][b], codes.product, codes.product_name,
                     static_cast<std::int64_t>(codes.makers)});
    }
  }
  return table;
}

Table fill_links(const TierAnswer& a, const BoxWords& words) {
  auto table = table_of(a.chain, "links");
  std::map<int, double> total;
  for (const auto& link : a.tiers.links) total[link.tier] += link.value;
  for (const auto& link : a.tiers.links) {
    const auto from = static_cast<std::size_t>(link.tier - a.tiers.first());
    table.add_row({static_cast<std::int64_t>(link.tier), words.name[from][link.from],
                   words.name[from + 1][link.to], share_of(link.value, total[link.tier]),
                   std::string(link.broken ? "broken" : ""), link.value,
                   static_cast<std::int64_t>(link.from + 1), static_cast<std::int64_t>(link.to + 1),
                   words.region[from][link.from], words.region[from + 1][link.to]});
  }
  return table;
}

Table fill_regions(const TierAnswer& a) {
  auto table = table_of(a.chain, "regions");
  for (int t = a.tiers.first(); t <= a.tiers.last(); ++t)
    for (const auto& part : a.tiers.tier(t).regions) {
      const auto& region = a.chain.regions()[part.region];
      table.add_row({static_cast<std::int64_t>(t), region.code, region.name, part.value,
                     share_of(part.value, a.tiers.tier(t).total), part.final_use});
    }
  return table;
}

// Pictures show three tiers to either side.
std::vector<Figure> tier_figures(const TierAnswer& a) {
  if (a.tiers.links.empty()) return {};
  std::string caption =
      "Suppliers on the left, customers on the right; heights are values, and shares of each tier "
      "add up to 100 %.";
  if (a.risk)
    caption += " A link with a cross is broken: losing the supplier alone stops the customer.";
  if (std::max(a.tiers.up, a.tiers.down) > 3)
    caption += " Tiers beyond the third are in the tables alone.";
  return {{"tiers",
           "links",
           fmt::format("The chain around {}", a.tiers.focus_name),
           caption,
           {{"tier", "tier"},
            {"supplier", "from_name"},
            {"customer", "to_name"},
            {"value", "value"},
            {"supplier_region", "from_region"},
            {"customer_region", "to_region"},
            {"mark", "mark"}},
           0}};
}

Report tiers(const Chain& chain, const Arguments& arguments, Progress& progress) {
  auto focus = focus_of(chain, arguments);
  const auto count = [&](std::string_view name) {
    return static_cast<std::size_t>(arguments.integer(name));
  };
  progress.report("following tiers", 0);
  TierAnswer a{chain, chain_tiers(chain, std::move(focus.makers),
                                  even_tiers(count("up"), count("down"), count("boxes")))};
  a.tiers.focus_name = std::move(focus.name);
  progress.check();
  if (arguments.text("risk") == "on") {
    a.too_large = too_large_for_risk(chain.size(), chain.flows().nonzeros());
    if (!a.too_large) a.risk = focus_risk(chain, a.tiers, progress);
  }
  const auto words = box_words(a);
  Report report;
  report.title = fmt::format("The chain around {}, {}", a.tiers.focus_name, chain.info().name);
  report.findings = tier_findings(a);
  report.tables = {fill_boxes(a, words), fill_links(a, words), fill_regions(a)};
  report.figures = tier_figures(a);
  report.provenance.residuals = {
      {"boxes and links of each tier add up to the tier", worst_imbalance(a.tiers), 1e-9},
      {"regions of each tier add up to the tier", worst_region_imbalance(a.tiers), 1e-9}};
  report.provenance.notes = tier_notes(a);
  return report;
}

}  // namespace

Analysis tiers_analysis() { return {tiers_declaration(), tiers}; }

}  // namespace stave
