#include "cbam/told.hpp"

#include "stave/analysis/words.hpp"
#include "stave/cbam/law.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace stave {
namespace {

constexpr int most_goods_told = 5;

std::string in_words(double value) { return words::amount(value, {}); }

double imported_tonnes(const CbamGoods& goods) {
  double sum = 0;
  for (const auto& good : goods.goods) sum += good.imported;
  return sum;
}

std::string supplier_words(const CbamGoods& goods, const SupplierCase& one) {
  const auto& p = goods.goods[one.good].precursors[one.precursor];
  const auto& into = goods.goods[one.good].name;
  return p.supplier.empty() ? fmt::format("whoever sells '{}' (for {})", p.name, into)
                            : fmt::format("{} ('{}' for {})", p.supplier, p.name, into);
}

double cost_in(int year, const Table& years) {
  double sum = 0;
  for (std::size_t row = 0; row < years.rows(); ++row)
    if (years.integers("year")[row] == year) sum += years.reals("cost")[row];
  return sum;
}

void tell_bill(const ToldGoods& told, const Table& years, Report& report) {
  const auto& all = told.bill;
  const double tonnes = imported_tonnes(told.goods);
  if (tonnes == 0) {
    report.findings.push_back(
        {"No good says what is imported ('imported'): emissions per tonne only.", Tone::warning});
    return;
  }
  std::string paid;
  if (all.paid > 0)
    paid = fmt::format(" Carbon prices paid abroad stand for {} of {}.", in_words(all.paid),
                       in_words(all.gross));
  report.findings.push_back(
      {fmt::format("{} t imported in {}: {} certificates are owed, {} EUR at {} EUR each.{}",
                   in_words(tonnes), told.terms.year, in_words(all.owed), in_words(all.cost),
                   in_words(told.terms.price), paid),
       Tone::plain});
  if (told.terms.year == last_cbam_year) return;
  report.findings.push_back(
      {fmt::format("In {}, without free allocation, the same imports would cost {} EUR at that "
                   "price.",
                   last_cbam_year, in_words(cost_in(last_cbam_year, years))),
       Tone::plain});
}

void tell_suppliers(const ToldGoods& told, Report& report) {
  if (told.suppliers.empty()) return;
  const auto& first = told.suppliers.front();
  if (first.kind != SupplierCase::Kind::stated && first.at_stake > 0) {
    const auto* what = first.kind == SupplierCase::Kind::expected
                           ? "if the figure is as expected"
                           : "if the figure is the default value without its mark-up";
    const auto less = first.money > 0
                          ? fmt::format("{} EUR a year less {}; ", in_words(first.money), what)
                          : std::string();
    report.findings.push_back(
        {fmt::format("Ask {} first: {}{} EUR hang on that default value.",
                     supplier_words(told.goods, first), less, in_words(first.at_stake)),
         Tone::warning});
  }
  const auto defaults = with_defaults_only(told.goods);
  const EmbeddedSystem system(defaults, told.terms.year);
  const auto& now = told.bill;
  const auto then = certificates_of_all(defaults, system, told.terms);
  if (then.owed != now.owed)
    report.findings.push_back(
        {fmt::format("With default values for all these precursors {} certificates would be owed: "
                     "the suppliers' figures {} {} EUR a year.",
                     in_words(then.owed), then.cost > now.cost ? "save" : "cost",
                     in_words(std::abs(then.cost - now.cost))),
         then.cost > now.cost ? Tone::good : Tone::warning});
  int above = 0;
  for (const auto& one : told.suppliers)
    if (one.kind == SupplierCase::Kind::stated && one.money < 0 && ++above <= most_goods_told)
      report.findings.push_back(
          {fmt::format("The figure of {} is above the default value: it costs {} EUR a year more.",
                       supplier_words(told.goods, one), in_words(-one.money)),
           Tone::warning});
}

void tell_emissions(const ToldGoods& told, Report& report) {
  int told_goods = 0;
  for (std::size_t g = 0; g < told.goods.goods.size(); ++g) {
    const auto& good = told.goods.goods[g];
    if (good.imported == 0) continue;
    if (++told_goods > most_goods_told) break;
    const auto& values = told.system.embedded()[g];
    const double counted = values.direct + (counts_indirect(good) ? values.indirect : 0);
    report.findings.push_back(
        {fmt::format("One tonne of {} carries {} t CO2e of direct and {} t of indirect emissions; "
                     "{} count. Of what counts {:.0f} % rest on default values.",
                     good.name, in_words(values.direct), in_words(values.indirect),
                     counts_indirect(good) ? "both" : "the direct ones",
                     counted == 0 ? 0 : 100 * told.by_default[g] / counted),
         Tone::plain});
  }
}

// Benchmarks nobody states: no free allocation stands against those emissions.
std::vector<std::string> without_benchmark(const CbamGoods& goods) {
  std::vector<std::string> names;
  for (const auto& good : goods.goods) {
    const auto& stated =
        good.by_default() ? goods.default_at(good.fallback).figure.benchmark : good.benchmark;
    if (std::isnan(stated)) names.push_back(good.name);
    for (const auto& p : good.precursors)
      if (p.good.empty() && std::isnan(figure_of(goods, p, first_cbam_year).benchmark))
        names.push_back(p.name);
  }
  return names;
}

void note_gaps(const ToldGoods& told, Report& report) {
  const auto& goods = told.goods;
  auto& notes = report.provenance.notes;
  for (std::size_t g = 0; g < goods.goods.size(); ++g) {
    const auto& good = goods.goods[g];
    if (attributed_emissions(good).cut_at_zero)
      notes.push_back(
          fmt::format("The direct emissions of {} come out below zero; they count "
                      "zero (annex III).",
                      good.name));
    const double left = good.made - told.system.passed_on()[g];
    if (!good.by_default() && good.imported > left)
      notes.push_back(
          fmt::format("{}: {} t are imported, and {} t leave the gate in the period "
                      "stated; emissions per tonne are taken to hold for both.",
                      good.name, in_words(good.imported), in_words(left)));
    if (good.counts_indirect)
      notes.push_back(fmt::format("{}: indirect emissions {} by the file's own word: {}.",
                                  good.name, *good.counts_indirect ? "count" : "do not count",
                                  good.counts_source));
  }
  for (const auto& way : told.system.loops()) {
    std::string words;
    for (const auto g : way) words += fmt::format("{} goes into ", goods.goods[g].name);
    notes.push_back(fmt::format("Goods that need one another are solved together: {}{}.", words,
                                goods.goods[way.front()].name));
  }
  if (const auto names = without_benchmark(goods); !names.empty())
    notes.push_back(
        fmt::format("{} goods and precursors state no benchmark: no free allocation is "
                    "deducted for them ({} first).",
                    names.size(), names.front()));
}

void note_terms(const ToldGoods& told, Report& report) {
  auto& notes = report.provenance.notes;
  const auto& goods = told.goods;
  notes.push_back(fmt::format(
      "Free allocation: {:.1f} % of the benchmarks in {} (Directive 2003/87/EC, article 10a(1a)), "
      "times the correction factor {}{}.",
      100 * cbam_factor(told.terms.year), told.terms.year, goods.correction,
      goods.correction_source.empty() ? " (none is stated)" : ": " + goods.correction_source));
  notes.emplace_back(
      "Later years keep price, benchmarks, production and imports; mark-ups and free allocation "
      "change.");
  const auto illustrative =
      std::ranges::count_if(goods.goods, [](const CbamGood& good) { return good.illustrative; });
  if (illustrative > 0)
    notes.push_back(fmt::format("{} of {} goods are illustrative, not measured.", illustrative,
                                goods.goods.size()));
}

void add_cbam_figures(Report& report) {
  report.figures.push_back({"stacked",
                            "parts",
                            "What a tonne carries",
                            "Direct emissions, by the good's own process and its precursors",
                            {{"label", "good"}, {"part", "part"}, {"value", "direct"}},
                            12});
  report.figures.push_back({"lines",
                            "years",
                            "What it costs, year by year",
                            "The same imports at the same price, as free allocation ends",
                            {{"x", "year"}, {"y", "cost"}, {"series", "good"}},
                            0});
  report.figures.push_back({"bars",
                            "suppliers",
                            "Whom to ask first",
                            "What a supplier's figure changes against the default value",
                            {{"label", "precursor"}, {"part", "supplier"}, {"value", "money"}},
                            15});
}

void add_cbam_balances(const ToldGoods& told, const Table& parts, Report& report) {
  auto& residuals = report.provenance.residuals;
  residuals.push_back({"what processes answer for and precursors bring in = what leaves the gate",
                       told.system.imbalance(), 1e-9});
  residuals.push_back({"(I - A) SEE = own + bought", told.system.residual(), 1e-9});
  double worst = 0;
  const auto& direct = parts.reals("direct");
  const auto& names = parts.texts("part");
  std::size_t row = 0;
  for (std::size_t g = 0; g < told.goods.goods.size(); ++g) {
    double sum = 0;
    const auto rows = 1 + told.goods.goods[g].precursors.size();
    for (std::size_t k = 0; k < rows && row < names.size(); ++k) sum += direct[row++];
    const double whole = told.system.embedded()[g].direct;
    if (whole > 0) worst = std::max(worst, std::abs(sum - whole) / whole);
  }
  residuals.push_back({"parts add up to each good's direct emissions", worst, 1e-9});
}

}  // namespace

Report report_of(const ToldGoods& told) {
  Report report;
  report.title = fmt::format("Carbon border adjustment {}, {}", told.terms.year, told.goods.title);
  auto years = year_table(told);
  tell_bill(told, years, report);
  tell_suppliers(told, report);
  tell_emissions(told, report);
  auto parts = part_table(told);
  add_cbam_balances(told, parts, report);
  add_cbam_figures(report);
  report.tables = {goods_table(told),       std::move(parts),     stream_table(told),
                   certificate_table(told), supplier_table(told), std::move(years),
                   default_table(told),     rule_table()};
  auto& p = report.provenance;
  p.chain = told.goods.name;
  p.title = told.goods.title;
  p.source = told.goods.source;
  p.year = told.terms.year;
  note_terms(told, report);
  note_gaps(told, report);
  return report;
}

}  // namespace stave
