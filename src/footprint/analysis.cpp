// `stave footprint`: findings, figures, balances.
#include "stave/analysis/words.hpp"
#include "stave/core/error.hpp"
#include "stave/footprint/footprint.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "footprint/answer.hpp"
#include "footprint/declaration.hpp"
#include "footprint/table.hpp"

namespace stave::footprint {
namespace {

std::string subject(const Answer& a) {
  if (a.asked.product) {
    const auto& sector = a.chain.products()[*a.asked.product].name;
    return a.asked.region ? fmt::format("What '{}' of {} sells to final use", sector,
                                        a.chain.regions()[*a.asked.region].name)
                          : fmt::format("What '{}' everywhere sells to final use", sector);
  }
  return a.asked.region
             ? fmt::format("The final use of {}", a.chain.regions()[*a.asked.region].name)
             : std::string("All final use");
}

std::string said(const Answer& a, double value) { return words::amount(value, a.indicator.unit); }

void tell_footprint(const Answer& a, std::vector<Finding>& findings) {
  auto text =
      fmt::format("{} causes {} of {}", subject(a), said(a, a.footprint()), a.indicator.name);
  if (a.asked.region && a.footprint() > 0) {
    const auto by_region = sum_by_region(a.chain, a.sources);
    const double home = by_region[a.asked.region->at()] / a.footprint();
    text += fmt::format(": {} at home, {} abroad", words::percent(home), words::percent(1 - home));
  }
  if (a.final_itself != 0)
    text += fmt::format("; final use itself gives off {} more", said(a, a.final_itself));
  findings.push_back({text + ".", Tone::plain});
}

void tell_trade(const Answer& a, std::vector<Finding>& findings) {
  const auto& d = a.accounts;
  if (a.asked.region && !a.asked.product) {
    const auto r = a.asked.region->at();
    const double net = d.imports(0, r) - d.exports(0, r);
    findings.push_back(
        {fmt::format("{} produces {}, imports {} embodied in trade and exports {}: a net {} of {}.",
                     a.chain.regions()[r].name, said(a, d.production(0, r)),
                     said(a, d.imports(0, r)), said(a, d.exports(0, r)),
                     net > 0 ? "importer" : "exporter", said(a, std::abs(net))),
         Tone::plain});
    return;
  }
  if (a.chain.regions().size() < 2) return;
  double made = 0;
  double traded = 0;
  for (std::size_t r = 0; r < a.chain.regions().size(); ++r) {
    made += d.production(0, r);
    traded += d.exports(0, r);
  }
  if (made > 0)
    findings.push_back({fmt::format("Of all {} produced, {} occurs in one region for the final use "
                                    "of another.",
                                    said(a, made), words::percent(traded / made)),
                        Tone::plain});
}

void tell_tiers(const Answer& a, std::vector<Finding>& findings) {
  const double whole = a.footprint();
  if (whole == 0) return;
  const auto& t = a.tiers;
  const auto first = std::min<std::size_t>(3, t.value.size());
  const double near =
      std::accumulate(t.value.begin(), t.value.begin() + static_cast<std::ptrdiff_t>(first), 0.0);
  findings.push_back(
      {fmt::format("{} of it occurs at the makers of the final products, {} up to tier {}; {} lies "
                   "behind tier {}, the last one listed.",
                   words::percent(t.value.front() / whole), words::percent(near / whole), first - 1,
                   words::percent(t.remainder / whole), t.value.size() - 1),
       Tone::plain});
}

void tell_paths(const Answer& a, std::vector<Finding>& findings) {
  if (a.paths.footprint == 0) {
    findings.push_back({"The footprint is zero: it has no paths.", Tone::plain});
    return;
  }
  auto text = fmt::format(
      "{} {} of at least {} of it {} {}; the remainder, {}, is spread over "
      "smaller ones",
      a.paths.size(), a.paths.size() == 1 ? "path" : "paths", words::percent(a.paths.threshold),
      a.paths.size() == 1 ? "carries" : "carry", words::percent(a.paths.found / a.footprint()),
      words::percent(a.paths.remainder / a.footprint()));
  if (a.paths.size() > 0)
    text += fmt::format(". The largest is {}: {}", path_labels(a.chain, a.paths.path(0)),
                        said(a, a.paths.value.front()));
  findings.push_back({text + ".", Tone::plain});
}

void tell_sector(const Answer& a, std::vector<Finding>& findings) {
  if (!a.asked.product) return;
  const auto s =
      sector_footprint(a.chain, a.indicator, a.multipliers, makers_meant(a.chain, a.asked));
  if (!(s.value_added > 0)) return;
  const double f = a.per_money.factor;
  findings.push_back(
      {fmt::format("The sector itself gives off {}, {:.3g} {} of its value added; behind all it "
                   "makes, for final use and for others, stand {}.",
                   said(a, s.direct), f * s.direct / s.value_added, a.per_money.text,
                   said(a, s.of_output)),
       Tone::plain});
}

void tell_heads(const Answer& a, Report& report) {
  if (a.chain.region_attribute("population") == nullptr) {
    report.provenance.notes.push_back(
        "No figures per head: they need the region attribute 'population' (stave import "
        "--region-attributes FILE.csv).");
    return;
  }
  if (!a.asked.region || a.asked.product) return;
  const auto r = *a.asked.region;
  const double head = a.per_head(a.accounts.consumption(0, r.at()), r);
  if (!std::isnan(head))
    report.findings.push_back(
        {fmt::format("Per head its consumption account is {:.3g} {}.", head, a.per_head_unit()),
         Tone::plain});
}

// Share of the indicator in cells that are not measured.
void tell_quality(const Answer& a, Report& report) {
  double all = 0;
  double estimated = 0;
  for (const auto& part : a.indicator.parts)
    for (std::size_t i = 0; i < a.chain.size(); ++i) {
      const double value = std::abs(part.factor * a.chain.stressors()(part.row, i));
      all += value;
      if (a.chain.stressor_quality(part.row, NodeId(i)) != Quality::measured) estimated += value;
    }
  if (estimated > 0)
    report.findings.push_back(
        {fmt::format("{} of the {} is estimated or illustrative, not measured.",
                     words::percent(estimated / all), a.indicator.name),
         estimated >= .1 * all ? Tone::warning : Tone::plain});
  if (const double lost = a.accounts.unattributed.front(); lost != 0)
    report.findings.push_back(
        {fmt::format("{} stand where nothing is made: in production accounts, "
                     "in no footprint.",
                     said(a, lost)),
         Tone::warning});
}

std::vector<Figure> figures_of(const Answer& a) {
  const auto unit = fmt::format("{}, {}.", a.indicator.name, a.indicator.unit);
  std::vector<Figure> figures{
      {"dumbbell",
       "regions",
       "Produced and caused",
       fmt::format("From production to consumption account: {}", unit),
       {{"label", "name"}, {"from", "production"}, {"to", "consumption"}},
       20},
      {"bars", "tiers", "The footprint by tier", unit, {{"label", "tier"}, {"value", "value"}}, 0},
      {"bars",
       "origins",
       "Where the footprint occurs",
       unit,
       {{"label", "name"}, {"value", "value"}},
       20}};
  if (a.chain.regions().size() > 1)
    figures.push_back({"heatmap",
                       "flows",
                       "Embodied in trade",
                       fmt::format("Rows: where it occurs; columns: for whose final use. {}", unit),
                       {{"row", "from_name"}, {"column", "to_name"}, {"value", "value"}},
                       0});
  if (a.paths.size() > 0)
    figures.push_back({"bars",
                       "paths",
                       "The largest paths",
                       "Share of the footprint, from where it occurs to the final product.",
                       {{"label", "path"}, {"value", "share"}},
                       20});
  return figures;
}

double relative_miss(double sum, double whole) {
  return whole == 0 ? std::abs(sum) : std::abs(sum - whole) / std::abs(whole);
}

std::vector<Residual> balances_of(const Answer& a) {
  const double sources = std::accumulate(a.sources.begin(), a.sources.end(), 0.0);
  return {{"consumption accounts sum to production accounts", a.accounts.worst_imbalance(), 1e-9},
          {"tiers and remainder sum to the footprint", a.tiers.imbalance, 1e-9},
          {"paths listed and what was cut off sum to the footprint", a.paths.imbalance, 1e-9},
          {"sources sum to the footprint", relative_miss(sources, a.footprint()), 1e-9},
          {"solved", a.residual, 1e-10}};
}

Indicator indicator_asked(const Chain& chain, const Arguments& arguments) {
  if (arguments.has("gwp") && arguments.has("stressor"))
    throw Error(Errc::bad_input, "--gwp and --stressor were both given",
                "--gwp counts all greenhouse gases together, --stressor one alone.");
  if (arguments.has("gwp")) return carbon_dioxide_equivalent(chain, arguments.text("gwp"));
  return arguments.has("stressor") ? one_stressor(chain, arguments.stressor("stressor"))
                                   : usual_stressor(chain);
}

void tell_set(const Answer& a, std::vector<Finding>& findings) {
  if (a.indicator.set.empty()) return;
  std::vector<std::string> gases;
  for (const auto& part : a.indicator.parts)
    gases.push_back(
        fmt::format("{} x {:g}", a.chain.stressor_rows()[part.row].name, part.potential));
  auto text = fmt::format("CO2-equivalent is {}, by {}", fmt::join(gases, " + "),
                          a.indicator.parts.front().source);
  if (!a.indicator.left_out.empty())
    text += fmt::format("; without a factor: {}", fmt::join(a.indicator.left_out, ", "));
  findings.push_back({text + ".", Tone::plain});
}

Report run_footprint(const Chain& chain, const Arguments& arguments, Progress& progress) {
  FootprintQuestion asked;
  if (arguments.has("region")) asked.region = arguments.region("region");
  if (arguments.has("sector")) asked.product = arguments.product("sector");
  const auto a = answer(chain, indicator_asked(chain, arguments), asked,
                        {.tiers = static_cast<int>(arguments.integer("tiers")),
                         .threshold = arguments.real("threshold")},
                        progress);
  Report report;
  report.title = fmt::format("Footprint in {}, {}", a.indicator.name, chain.info().name);
  tell_footprint(a, report.findings);
  tell_trade(a, report.findings);
  tell_sector(a, report.findings);
  tell_tiers(a, report.findings);
  tell_paths(a, report.findings);
  tell_set(a, report.findings);
  tell_heads(a, report);
  tell_quality(a, report);
  report.tables = footprint_tables(a);
  report.figures = figures_of(a);
  report.provenance.residuals = balances_of(a);
  return report;
}

}  // namespace
}  // namespace stave::footprint

namespace stave {

Analysis footprint_analysis() {
  return {footprint::footprint_declaration(), footprint::run_footprint};
}

}  // namespace stave
