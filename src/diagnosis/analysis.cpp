#include "stave/account/account.hpp"
#include "stave/check/check.hpp"
#include "stave/core/error.hpp"
#include "stave/diagnosis/diagnosis.hpp"
#include "stave/exposure/exposure.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "diagnosis/joined_report.hpp"
#include "diagnosis/opening.hpp"

namespace stave {
namespace {

// Those of exposure, with the shorter list that a diagnosis opens with.
std::vector<Parameter> parameters() {
  auto parameters = exposure_analysis().declaration.parameters;
  for (auto& parameter : parameters)
    if (parameter.name == "top") {
      parameter.fallback = "10";
      parameter.summary = "Choke points and systemic makers listed";
    } else if (parameter.name == "sources") {
      parameter.fallback = "";
      parameter.summary = fmt::format(
          "Sources cut, the largest by what they sell; 0: all. Not given: all up to {} makers in "
          "the chain, then {}",
          opening_limit::large_chain, opening_limit::sources);
    }
  parameters.push_back({.name = "threshold",
                        .type = ParameterType::real,
                        .fallback = "0",
                        .summary = "Single points of failure: a maker stops when less than this "
                                   "share of an essential input is left; 0: when nothing is",
                        .min = 0,
                        .max = 1});
  return parameters;
}

// Choke points first, then the opening, then the rest of exposure, accounts and check.
std::vector<TableSpec> tables() {
  auto tables = exposure_analysis().declaration.tables;
  const auto more = opening_tables();
  tables.insert(tables.begin() + 1, more.begin(), more.end());
  for (const auto& part : {accounts_analysis().declaration, check_analysis().declaration})
    tables.insert(tables.end(), part.tables.begin(), part.tables.end());
  return tables;
}

std::vector<std::string> papers() {
  auto papers = exposure_analysis().declaration.papers;
  papers.emplace_back(
      "Barlow, R. E., Proschan, F. (1975). Statistical Theory of Reliability and Life Testing.");
  return papers;
}

Declaration declaration() {
  Declaration d;
  d.name = "diagnose";
  d.question = "Where is the region stuck, what would break it, and who causes what?";
  d.summary = fmt::format(
      "Opens with the region's choke points, the single points of failure of its {} largest "
      "products, its most systemic makers, and the chain drawn in tiers around the product that "
      "is most stuck. Then exposure, accounts and check: who depends on the region, which "
      "stressors its use causes elsewhere, and whether the chain balances. In chains of more than "
      "{} makers the parts that follow every maker in turn keep to the largest, and the notes say "
      "so.",
      opening_limit::main_products, opening_limit::large_chain);
  d.needs = exposure_analysis().declaration.needs;
  d.parameters = parameters();
  d.tables = tables();
  d.examples = {{"stave diagnose world-2011 --region CHN", "Where is China stuck?"}};
  d.papers = papers();
  d.method = "diagnose";
  return d;
}

// Sources cut: as given, else all of a chain that is not large.
std::size_t most_sources(const Arguments& given, const Chain& chain) {
  if (given.has("sources")) return static_cast<std::size_t>(given.integer("sources"));
  return chain.size() > opening_limit::large_chain ? opening_limit::sources : 0;
}

// What the user gave of the parameters that exposure knows.
Arguments exposure_arguments(const Analysis& exposure, const Arguments& given, const Chain& chain) {
  Arguments::Given known;
  for (const auto& parameter : exposure.declaration.parameters)
    if (given.has(parameter.name)) known[parameter.name] = given.text(parameter.name);
  known["sources"] = fmt::format("{}", most_sources(given, chain));
  return {exposure.declaration, known, chain};
}

// Only the region goes from exposure to the other parts: "most" of one is not that of another.
Arguments region_only(const Analysis& part, const Arguments& given, const Chain& chain) {
  Arguments::Given known;
  for (const auto& parameter : part.declaration.parameters)
    if (parameter.name == "region") known["region"] = given.text("region");
  return {part.declaration, known, chain};
}

Report failed(const std::string& what, const Error& error) {
  Report report;
  report.findings.push_back(
      {fmt::format("{} could not be computed: {}.", what, error.what()), Tone::alarm});
  return report;
}

// An unsound chain may stop a part; of a sound one, an error is the user's to see.
Report run_part(const std::string& what, bool sound, const auto& part) {
  try {
    return part();
  } catch (const Error& error) {
    if (sound || error.code() == Errc::cancelled) throw;
    return failed(what, error);
  }
}

Report accounts_part(const Chain& chain, const Arguments& given, Progress& progress) {
  if (!chain.stressor_rows().empty() && chain.final_use().size() > 0) {
    const auto accounts = accounts_analysis();
    return accounts.run(chain, region_only(accounts, given, chain), progress);
  }
  Report report;
  const auto* what = chain.stressor_rows().empty() ? "stressors" : "final use";
  report.findings.push_back(
      {fmt::format("The chain has no {}: accounts are left out.", what), Tone::plain});
  return report;
}

// Takes the choke points out of a report of exposure: sentences, table and chart that come first.
Report take_choke_points(Report& exposure) {
  Report front;
  const auto table = std::ranges::find(exposure.tables, "choke_points", &Table::name);
  if (table == exposure.tables.end()) return front;
  std::size_t sentences = 1;  // one says that there are none
  const auto& losses = table->reals("at_risk");
  while (sentences < std::min<std::size_t>(3, losses.size()) && losses[sentences] > 0) ++sentences;
  const auto end = exposure.findings.begin() + static_cast<std::ptrdiff_t>(sentences);
  front.findings.assign(exposure.findings.begin(), end);
  exposure.findings.erase(exposure.findings.begin(), end);
  front.tables.push_back(*table);
  exposure.tables.erase(table);
  for (const auto& figure : exposure.figures)
    if (figure.table == "choke_points") front.figures.push_back(figure);
  std::erase_if(exposure.figures, [](const Figure& f) { return f.table == "choke_points"; });
  return front;
}

OpeningQuestion opening_question(const Chain& chain, const Arguments& arguments,
                                 const Table& choke_points) {
  OpeningQuestion question{
      .region = arguments.region("region"),
      .exposure = {.eps = arguments.real("eps"),
                   .market = arguments.text("market") == "on",
                   .split =
                       arguments.text("split") == "exact" ? SplitRule::exact : SplitRule::added},
      .threshold = arguments.real("threshold"),
      .top = static_cast<std::size_t>(arguments.integer("top"))};
  for (std::size_t k = 0; k < choke_points.rows(); ++k)
    if (choke_points.reals("at_risk")[k] > 0)
      question.choke_points.push_back(chain.require_node(choke_points.texts("node")[k]));
  return question;
}

// Exposure, with the opening behind its choke points.
void append_exposure(Report& report, const Chain& chain, const Arguments& arguments, bool sound,
                     Progress& progress) {
  const auto exposure = exposure_analysis();
  auto exposed = run_part("Exposure", sound, [&] {
    return exposure.run(chain, exposure_arguments(exposure, arguments, chain), progress);
  });
  auto front = take_choke_points(exposed);
  const bool has_choke_points = !front.tables.empty();
  append(report, std::move(front), "exposure");
  if (has_choke_points)
    append(report,
           run_part("Single points of failure, systemic makers and tiers", sound,
                    [&] {
                      const auto question =
                          opening_question(chain, arguments, report.table("choke_points"));
                      return opening(chain, question, declaration(), progress);
                    }),
           "opening");
  append(report, std::move(exposed), "exposure");
}

// The links of the picture are many and read by few: last.
void move_last(Report& report, const std::string& table) {
  const auto found = std::ranges::find(report.tables, table, &Table::name);
  if (found != report.tables.end()) std::rotate(found, found + 1, report.tables.end());
}

Report diagnose(const Chain& chain, const Arguments& arguments, Progress& progress) {
  const auto check = check_analysis();
  auto checked = check.run(chain, region_only(check, arguments, chain), progress);
  const bool sound = checked.verdict;
  Report report;
  report.title = fmt::format("Diagnosis of {}, {}",
                             chain.regions()[arguments.region("region")].name, chain.info().name);
  report.verdict = sound;
  if (!sound) std::swap(report.findings, checked.findings);
  append_exposure(report, chain, arguments, sound, progress);
  append(report,
         run_part("Accounts", sound, [&] { return accounts_part(chain, arguments, progress); }),
         "accounts");
  append(report, std::move(checked), "check");
  move_last(report, "tier_links");
  return report;
}

}  // namespace

Analysis diagnose_analysis() { return {declaration(), diagnose}; }

}  // namespace stave
