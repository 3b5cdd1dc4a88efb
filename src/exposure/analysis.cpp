#include "stave/core/error.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "exposure/choke_point.hpp"
#include "exposure/declaration.hpp"
#include "exposure/findings.hpp"

namespace stave {
namespace {

constexpr std::size_t panels = 8;           // products whose suppliers are shown
constexpr std::size_t suppliers_shown = 8;  // of each, before the rest is summed up

/// The declared table, with the chain's unit on its money columns.
Table table_of(const Chain& chain, std::string_view name) {
  Table table = declared_table(exposure_declaration(), name);
  for (std::size_t c = 0; c < table.columns().size(); ++c) {
    auto& spec = table.column(c).spec;
    if (spec.name.starts_with("value") || spec.name == "imports") spec.unit = chain.info().unit;
  }
  return table;
}

const std::string& region_name(const Chain& chain, RegionId r) { return chain.regions()[r].name; }

std::string product_name(const Chain& chain, NodeId id) {
  return chain.products()[chain.node(id).product].name;
}

std::string next_text(const Chain& chain, const ChokePoint& point) {
  std::vector<std::string> words;
  for (const auto& next : point.next)
    words.push_back(fmt::format("{} {:.1f} %", region_name(chain, next.region), 100 * next.share));
  return fmt::format("{}", fmt::join(words, ", "));
}

Table choke_table(const Chain& chain, const RegionExposure& e, std::size_t top) {
  Table table = table_of(chain, "choke_points");
  for (std::size_t k = 0; k < std::min(top, e.points.size()); ++k) {
    const auto& p = e.points[k];
    const auto& node = chain.node(p.source);
    double next = 0;
    for (const auto& other : p.next) next += other.share;
    table.add_row({chain.label(p.source), chain.regions()[node.region].code,
                   chain.products()[node.product].code, 100 * p.loss, 100 * p.high,
                   p.loss * e.value_added, p.high * e.value_added, 100 * p.loss_with_demand,
                   100 * p.use_share, 100 * p.look_through, 100 * (p.look_through - p.face),
                   p.herfindahl, 100 * p.foreign_share, next_text(chain, p), 100 * next,
                   100 * p.cover, p.days, node.id});
  }
  return table;
}

void add_suppliers(const Chain& chain, const RegionExposure& e, std::size_t product, Table& table) {
  std::vector<std::size_t> order(chain.regions().size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return e.supply(a, product) > e.supply(b, product);
  });
  double use = 0;
  for (const std::size_t r : order) use += e.supply(r, product);
  if (use <= 0) return;
  const auto& name = chain.products()[product].name;
  double rest = use;
  for (std::size_t k = 0; k < std::min(suppliers_shown, order.size()); ++k) {
    const double value = e.supply(order[k], product);
    if (value <= 0) break;
    table.add_row({name, region_name(chain, RegionId(order[k])), 100 * value / use, value});
    rest -= value;
  }
  if (order.size() > suppliers_shown && std::abs(rest) > 1e-9 * use)
    table.add_row({name, std::string("all others"), 100 * rest / use, rest});
}

Table supplier_table(const Chain& chain, const RegionExposure& e,
                     const std::vector<std::size_t>& products) {
  Table table = table_of(chain, "suppliers");
  for (const std::size_t product : products) add_suppliers(chain, e, product, table);
  return table;
}

// Products of the choke points, each once, largest first.
std::vector<std::size_t> choke_products(const Chain& chain, const RegionExposure& e) {
  std::vector<std::size_t> products;
  for (const auto& point : e.points) {
    const auto p = chain.node(point.source).product.at();
    if (products.size() < panels &&
        std::find(products.begin(), products.end(), p) == products.end())
      products.push_back(p);
  }
  return products;
}

Table stave_table(const Chain& chain, const RegionExposure& e) {
  Table table = table_of(chain, "long_staves");
  for (const auto& s : e.staves)
    table.add_row({product_name(chain, s.source), 100 * s.loss, s.loss * e.value_added_others,
                   100 * s.use_share,
                   s.most_hit_loss > 0 ? region_name(chain, s.most_hit) : std::string(),
                   100 * s.most_hit_loss, chain.node(s.source).id});
  return table;
}

Table dependant_table(const Chain& chain, const RegionExposure& e) {
  Table table = table_of(chain, "dependants");
  for (const auto& d : e.dependants)
    table.add_row({region_name(chain, d.region), 100 * d.face, 100 * d.look_through,
                   100 * (d.look_through - d.face),
                   d.loss > 0 ? product_name(chain, d.worst) : std::string(), 100 * d.loss});
  return table;
}

Table direct_table(const Chain& chain, const RegionExposure& e) {
  Table table = table_of(chain, "direct_indirect");
  if (e.reliance.size() == 0) return table;
  std::vector<std::size_t> order;
  for (std::size_t r = 0; r < e.reliance.rows(); ++r)
    if (r != e.f.at()) order.push_back(r);
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return e.reliance(a, e.f.at()) > e.reliance(b, e.f.at());
  });
  for (const std::size_t r : order) {
    const double through = e.reliance(r, e.f.at());
    const double face = e.reliance_face(r, e.f.at());
    table.add_row(
        {region_name(chain, RegionId(r)), 100 * face, 100 * through, 100 * (through - face)});
  }
  return table;
}

Table reliance_table(const Chain& chain, const RegionExposure& e) {
  Table table = table_of(chain, "reliance");
  for (std::size_t r = 0; r < e.reliance.rows(); ++r)
    for (std::size_t s = 0; s < e.reliance.cols(); ++s)
      table.add_row({chain.regions()[r].code, chain.regions()[s].code, 100 * e.reliance_face(r, s),
                     100 * e.reliance(r, s), 100 * (e.reliance(r, s) - e.reliance_face(r, s))});
  return table;
}

std::vector<bool> inside_regions(const Chain& chain, RegionId f, const Arguments& arguments) {
  std::vector<bool> inside(chain.regions().size());
  inside[f.at()] = true;
  if (!arguments.has("partners")) return inside;
  std::string_view rest = arguments.text("partners");
  while (!rest.empty()) {
    const auto comma = std::min(rest.find(','), rest.size());
    auto word = rest.substr(0, comma);
    rest.remove_prefix(std::min(comma + 1, rest.size()));
    while (word.starts_with(' ')) word.remove_prefix(1);
    while (word.ends_with(' ')) word.remove_suffix(1);
    if (!word.empty())
      for (const std::size_t r : chain.regions().members(word)) inside[r] = true;
  }
  return inside;
}

std::string largest_outside(const Chain& chain, const Matrix& supply, std::size_t product,
                            const std::vector<bool>& inside) {
  std::size_t best = supply.rows();
  for (std::size_t r = 0; r < supply.rows(); ++r)
    if (!inside[r] && supply(r, product) > 0 &&
        (best == supply.rows() || supply(r, product) > supply(best, product)))
      best = r;
  return best == supply.rows() ? std::string() : region_name(chain, RegionId(best));
}

Table european_table(const Chain& chain, RegionId f, const Matrix& supply,
                     const Arguments& arguments) {
  const auto inside = inside_regions(chain, f, arguments);
  const auto tests = european_tests(supply, exports_of(chain, f), f, inside,
                                    {.concentration = arguments.real("concentration"),
                                     .outside = arguments.real("outside"),
                                     .coverage = arguments.real("coverage")});
  std::vector<std::size_t> order(tests.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return tests[a].outside_imports > tests[b].outside_imports;
  });
  Table table = table_of(chain, "european_tests");
  for (const std::size_t p : order) {
    const auto& t = tests[p];
    if (t.outside_imports <= 0) continue;
    const std::string verdict = t.passed == 3 ? "dependent" : t.passed == 2 ? "watch" : "none";
    table.add_row({chain.products()[p].name, t.outside_imports, t.concentration, t.outside,
                   std::isfinite(t.coverage) ? t.coverage : unknown,
                   largest_outside(chain, supply, p, inside), static_cast<std::int64_t>(t.passed),
                   verdict});
  }
  return table;
}

void add_notes(const RegionExposure& e, const ExposureOptions& options, Provenance& provenance) {
  auto& notes = provenance.notes;
  notes = e.notes;
  notes.emplace_back(
      "Value added at risk is a bracket: below, the cascade with others stepping in by market "
      "share; above, the look-through share of the source in what goes into the region's "
      "products, linear and without amplification. Neither end is a forecast.");
  const auto alone =
      std::ranges::count_if(e.points, [](const ChokePoint& point) { return point.alone; });
  if (alone > 0)
    notes.push_back(fmt::format(
        "For {} of {} sources no other outside sells the same product to the region: only its own "
        "makers can step in, and the loss is a worst case.",
        alone, e.points.size()));
  if (!e.staves.empty() && !e.sells_inputs)
    notes.emplace_back(
        "The region sells nothing to makers outside in this chain, only to final use there: its "
        "long staves can show no loss.");
  if (!options.market)
    notes.emplace_back(
        "Substitution is off: through its cycles a large source then drags whole tables toward "
        "total loss. Do not read these losses as what would happen.");
  if (options.split == SplitRule::added)
    notes.emplace_back("Split 'added': what a cut source loses later is felt by the buyers twice.");
  notes.push_back(fmt::format("Cascades took at most {} rounds; eps {:g}; {} did not come to rest.",
                              e.most_rounds, options.eps, e.not_converged));
  if (e.through.share.size() > 0) {
    notes.push_back(fmt::format("Look-through: solved by {}.", e.through.method));
    if (e.through.clipped > 0)
      notes.push_back(fmt::format(
          "{} nodes of negative output (stock changes) count as without output in look-through.",
          e.through.clipped));
    if (e.loss_above_share > 0)
      notes.push_back(fmt::format(
          "For {} of {} sources the cascade exceeds the look-through share; both ends are then "
          "the cascade's loss.",
          e.loss_above_share, e.points.size()));
    provenance.residuals.push_back(
        {"look-through solves (I - A) LF = final use", e.through.residual, 1e-9});
  }
}

Report full_report(const Chain& chain, RegionId f, const Arguments& arguments, Progress& progress) {
  const ExposureOptions options{
      .eps = arguments.real("eps"),
      .market = arguments.text("market") == "on",
      .split = arguments.text("split") == "exact" ? SplitRule::exact : SplitRule::added,
      .max_sources = static_cast<std::size_t>(arguments.integer("sources"))};
  const auto top = static_cast<std::size_t>(arguments.integer("top"));
  const auto e =
      region_exposure(chain, f, options, arguments.text("demand") == "on", top, progress);
  Report report;
  report.tables = {choke_table(chain, e, top),
                   supplier_table(chain, e, choke_products(chain, e)),
                   stave_table(chain, e),
                   dependant_table(chain, e),
                   direct_table(chain, e),
                   reliance_table(chain, e),
                   european_table(chain, f, e.supply, arguments)};
  report.findings = exposure_findings(chain, e, report);
  report.figures = exposure_figures(region_name(chain, f));
  if (e.reliance.size() == 0)  // the charts of look-through have nothing to show
    std::erase_if(report.figures, [](const Figure& figure) {
      return figure.kind == "heatmap" || figure.kind == "dumbbell" || figure.table == "dependants";
    });
  add_notes(e, options, report.provenance);
  return report;
}

// Trade without production (no flows): only what trade shows.
Report trade_report(const Chain& chain, RegionId f, const Arguments& arguments) {
  const auto supply = supply_to(chain, f);
  Report report;
  report.tables = {european_table(chain, f, supply, arguments)};
  std::vector<std::size_t> products;
  for (const auto& name : report.tables[0].texts("product"))
    if (products.size() < panels) products.push_back(chain.products().require(name));
  RegionExposure e{.f = f};
  e.supply = supply;
  report.tables.push_back(supplier_table(chain, e, products));
  report.findings = trade_findings(report, region_name(chain, f));
  report.figures = exposure_figures(region_name(chain, f));
  std::erase_if(report.figures, [](const Figure& figure) { return figure.table != "suppliers"; });
  report.provenance.notes.emplace_back(
      "Trade only: no flows between producers, so no choke points, long staves or reliance.");
  return report;
}

Report exposure(const Chain& chain, const Arguments& arguments, Progress& progress) {
  const RegionId f = arguments.region("region");
  auto report = chain.flows().nonzeros() > 0 ? full_report(chain, f, arguments, progress)
                                             : trade_report(chain, f, arguments);
  report.title = fmt::format("Exposure of {}, {}", region_name(chain, f), chain.info().name);
  return report;
}

}  // namespace

Analysis exposure_analysis() { return {exposure_declaration(), exposure}; }

}  // namespace stave
