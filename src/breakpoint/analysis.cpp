// The declaration of `stave breakpoints` and its Report.
#include "stave/analysis/analysis.hpp"

#include "stave/breakpoint/breakpoint.hpp"
#include "stave/breakpoint/repair.hpp"

#include <algorithm>
#include <numeric>

#include <fmt/format.h>

namespace stave {
namespace {

std::vector<TableSpec> tables() {
  return {
      {"break_sets",
       "Break points: sets of sources whose loss stops the target, smallest first",
       {{"size", ColumnType::integer, "", "sources in the set; 1 is a single point of failure"},
        {"sources", ColumnType::text, "", "what is lost, all at once"},
        {"path", ColumnType::text, "", "how the loss reaches the target"}}},
      {"importance",
       "Sources by the number of break sets they are part of",
       {{"source", ColumnType::text, "", "maker of a product in a region, enterprise or region"},
        {"sets", ColumnType::integer, "", "break sets it is part of"},
        {"share", ColumnType::real, "%", "of all break sets found"},
        {"smallest", ColumnType::integer, "", "size of the smallest of them"}}},
      {"counts",
       "Break sets by size",
       {{"size", ColumnType::integer, "", "sources in a set"},
        {"sets", ColumnType::integer, "", "inclusion-minimal sets of that size"}}},
      {"repair",
       "The fewest sources to back up so that none of these break sets is left",
       {{"source", ColumnType::text, "", "to get a second source, a stock or a substitute"},
        {"mends", ColumnType::integer, "", "break sets it is the first in this list to mend"}}},
  };
}

std::vector<Parameter> parameters() {
  return {
      {.name = "target",
       .type = ParameterType::product,
       .summary = "the product that must go on",
       .required = true},
      {.name = "region",
       .type = ParameterType::region,
       .summary = "its makers there; without it, its makers anywhere"},
      {.name = "by",
       .type = ParameterType::choice,
       .fallback = "region-product",
       .summary = "what is lost at once",
       .choices = {"region-product", "enterprise", "region"}},
      {.name = "size",
       .type = ParameterType::integer,
       .fallback = "3",
       .summary = "largest set looked for",
       .min = 1,
       .max = 4},
      {.name = "threshold",
       .type = ParameterType::real,
       .fallback = "0",
       .summary = "a maker stops when less than this share of an essential input is left; 0: when "
                  "nothing is",
       .min = 0,
       .max = 1},
      {.name = "outside",
       .type = ParameterType::region,
       .summary = "only sources this region does not control"},
      {.name = "repair",
       .type = ParameterType::flag,
       .fallback = "off",
       .summary = "also the fewest sources to back up (second source, stock, substitute) so that "
                  "no break set is left"},
      {.name = "most",
       .type = ParameterType::integer,
       .fallback = "100000",
       .summary = "a size with more sets than this is counted as too many and not listed",
       .min = 1,
       .max = 10'000'000},
  };
}

Declaration declaration() {
  Declaration d;
  d.name = "breakpoints";
  d.question =
      "Which single loss, or which two or three together, would make a product impossible?";
  d.summary =
      "Reads the chain as an AND-OR system: a maker works while every essential input still has a\n"
      "supplier (or, with a threshold, enough of them). Lists every inclusion-minimal set of "
      "sources\n"
      "whose loss stops the target, smallest first; nothing is sampled. The recipe says what is\n"
      "essential; by default goods are essential to goods.";
  d.needs = {"flows"};
  d.parameters = parameters();
  d.tables = tables();
  d.examples = {
      {"stave breakpoints firms.stave --target I036 --by enterprise --size 2 --repair",
       "Which enterprises, alone or in pairs, would stop an industry, and which to back up first?"},
      {"stave breakpoints world-2011 --target c14 --region DEU --threshold 0.3 --outside DEU --by "
       "region",
       "Whose loss would leave too little of an essential input, link by link, to Germany's "
       "industry?"}};
  d.papers = {
      "Barlow, R. E., Proschan, F. (1975). Statistical Theory of Reliability and Life Testing.",
      "Reiter, R. (1987). A theory of diagnosis from first principles. Artificial Intelligence 32, "
      "57-95.",
      "Dowling, W. F., Gallier, J. H. (1984). Linear-time algorithms for testing the "
      "satisfiability of "
      "propositional Horn formulae. Journal of Logic Programming 1, 267-284."};
  d.method = "breakpoint";
  return d;
}

SourceKind kind_of(const std::string& text) {
  if (text == "enterprise") return SourceKind::enterprise;
  return text == "region" ? SourceKind::region : SourceKind::region_product;
}

std::string names_of(const BreakpointSystem& system, const std::vector<std::int32_t>& set) {
  std::vector<std::string> names;
  for (const auto s : set) names.push_back(system.source_names[static_cast<std::size_t>(s)]);
  return fmt::format("{}", fmt::join(names, " + "));
}

// "China: cell stops without lithium; China: battery stops without cell", the last steps kept.
std::string path_in_words(const Chain& chain, const std::vector<FailureStep>& path) {
  constexpr std::size_t most = 5;
  const auto forced = static_cast<std::size_t>(
      std::count_if(path.begin(), path.end(), [](const auto& step) { return step.product >= 0; }));
  const auto hidden = forced > most ? forced - most : 0;
  std::vector<std::string> steps;
  for (auto step = path.rbegin(); step != path.rend() && steps.size() < most; ++step)
    if (step->product >= 0)
      steps.push_back(fmt::format("{} stops without {}", chain.label(NodeId(step->node)),
                                  chain.products()[ProductId(step->product)].name));
  std::reverse(steps.begin(), steps.end());
  return fmt::format("{}{}", hidden > 0 ? fmt::format("({} steps) ... ", hidden) : "",
                     fmt::join(steps, "; "));
}

void fill_importance(const BreakSets& found, const BreakpointSystem& system, Table& table) {
  std::vector<std::int32_t> order(system.sources());
  std::iota(order.begin(), order.end(), 0);
  const auto count = [&](std::int32_t s) { return found.importance[static_cast<std::size_t>(s)]; };
  std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return count(a) > count(b); });
  std::size_t all = 0;
  std::vector<std::int64_t> smallest(system.sources());
  for (const auto& sets : found.sets) {
    all += sets.size();
    for (const auto& set : sets)
      for (const auto s : set)
        if (auto& size = smallest[static_cast<std::size_t>(s)]; size == 0)
          size = static_cast<std::int64_t>(set.size());
  }
  for (const auto s : order) {
    if (count(s) == 0) break;
    table.add_row({system.source_names[static_cast<std::size_t>(s)], count(s),
                   100.0 * static_cast<double>(count(s)) / static_cast<double>(all),
                   smallest[static_cast<std::size_t>(s)]});
  }
}

Table repair_table(const Declaration& d, const BreakSets& found, const BreakpointSystem& system,
                   Report& report) {
  const auto mended = repair(found);
  auto table = declared_table(d, "repair");
  for (std::size_t k = 0; k < mended.sources.size(); ++k)
    table.add_row(
        {system.source_names[static_cast<std::size_t>(mended.sources[k])], mended.mends[k]});
  if (!mended.sources.empty())
    report.findings.push_back(
        {fmt::format("Backing up {} sources, {} first, leaves none of these break sets{}.",
                     mended.sources.size(), std::get<std::string>(table.at(0, 0)),
                     mended.optimal
                         ? ", and no fewer would do"
                         : fmt::format("; at least {:.0f} are needed", mended.lower_bound)),
         Tone::plain});
  return table;
}

std::string target_name(const Chain& chain, const Arguments& arguments) {
  const auto& product = chain.products()[arguments.product("target")].name;
  return arguments.has("region")
             ? fmt::format("{} in {}", product, chain.regions()[arguments.region("region")].name)
             : product;
}

void add_findings(const BreakSets& found, const BreakpointSystem& system, const std::string& target,
                  int size, Report& report) {
  const auto singles = found.sets.empty() ? 0 : found.sets.front().size();
  if (singles == 1) {
    report.findings.push_back({fmt::format("{} has one single point of failure: {}.", target,
                                           names_of(system, found.sets[0][0])),
                               Tone::alarm});
  } else if (singles > 1) {
    std::vector<std::string> some;
    for (std::size_t k = 0; k < std::min<std::size_t>(singles, 5); ++k)
      some.push_back(names_of(system, found.sets[0][k]));
    report.findings.push_back({fmt::format("{} has {} single points of failure, among them {}.",
                                           target, singles, fmt::join(some, "; ")),
                               Tone::alarm});
  } else if (!found.sets.empty()) {
    report.findings.push_back({fmt::format("No single loss stops {}.", target), Tone::good});
  }
  for (std::size_t k = 1; k < found.sets.size(); ++k)
    if (!found.sets[k].empty())
      report.findings.push_back(
          {fmt::format("{} sets of {} sources stop it together; the first: {}.",
                       found.sets[k].size(), k + 1, names_of(system, found.sets[k][0])),
           Tone::warning});
  const bool none =
      std::all_of(found.sets.begin(), found.sets.end(), [](const auto& s) { return s.empty(); });
  if (none && found.complete && size > 1)
    report.findings.push_back(
        {fmt::format("No set of up to {} sources stops it.", size), Tone::good});
}

Report breakpoints(const Chain& chain, const Arguments& arguments, Progress& progress) {
  const BreakpointSystem system(chain, kind_of(arguments.text("by")), arguments.real("threshold"));
  const auto region =
      arguments.has("region") ? std::optional(arguments.region("region")) : std::nullopt;
  const auto target = system.target(arguments.product("target"), region);
  BreakpointOptions options{.size = static_cast<int>(arguments.integer("size")),
                            .max_sets = static_cast<std::size_t>(arguments.integer("most"))};
  if (arguments.has("outside")) options.outside = arguments.region("outside");
  const auto found = break_sets(system, target, options, progress);

  const auto d = declaration();
  Report report;
  report.title =
      fmt::format("Break points of {}, {}", target_name(chain, arguments), chain.info().name);
  auto sets = declared_table(d, "break_sets");
  auto counts = declared_table(d, "counts");
  FailurePaths paths(system, target);
  for (std::size_t k = 0; k < found.sets.size(); ++k) {
    const auto size = static_cast<std::int64_t>(k + 1);
    counts.add_row({size, static_cast<std::int64_t>(found.sets[k].size())});
    for (const auto& set : found.sets[k])
      sets.add_row({size, names_of(system, set), path_in_words(chain, paths.of(set))});
  }
  auto importance = declared_table(d, "importance");
  fill_importance(found, system, importance);
  add_findings(found, system, target_name(chain, arguments), options.size, report);
  if (!found.complete)
    report.provenance.notes.push_back(fmt::format(
        "There are more than {} sets of size {}: that size and larger ones are not listed.",
        options.max_sets, found.sets.size() + 1));
  report.tables = {std::move(sets), std::move(importance), std::move(counts)};
  if (arguments.flag("repair")) report.tables.push_back(repair_table(d, found, system, report));
  report.figures = {{.kind = "bars",
                     .table = "importance",
                     .title = "Who is part of most break points",
                     .columns = {{"label", "source"}, {"value", "sets"}},
                     .most = 20}};
  return report;
}

}  // namespace

Analysis breakpoints_analysis() { return {declaration(), breakpoints}; }

}  // namespace stave
