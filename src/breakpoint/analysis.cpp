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
        {"path", ColumnType::text, "",
         "the shortest way from a lost source to a maker of the target, step by step"}}},
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
       .summary = "its makers there; without it, its makers anywhere, all of which must stop"},
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

std::vector<std::string> each_name(const BreakpointSystem& system,
                                   const std::vector<std::int32_t>& sources) {
  std::vector<std::string> names;
  for (const auto s : sources) names.push_back(system.source_names[static_cast<std::size_t>(s)]);
  return names;
}

std::string names_of(const BreakpointSystem& system, const std::vector<std::int32_t>& set) {
  return fmt::format("{}", fmt::join(each_name(system, set), " + "));
}

// "P, Q and R"; of many the first few and how many more.
std::string listed(const std::vector<std::string>& names) {
  constexpr std::size_t most = 5;
  const auto shown = names.size() > most + 1 ? most : names.size();
  std::string text;
  for (std::size_t k = 0; k < shown; ++k)
    text += fmt::format("{}{}",
                        k == 0                                    ? ""
                        : k + 1 == shown && shown == names.size() ? " and "
                                                                  : ", ",
                        names[k]);
  return shown < names.size() ? fmt::format("{} and {} more", text, names.size() - shown) : text;
}

// A route to the target in words. Every set shares these.
class RouteWords {
 public:
  RouteWords(const Chain& chain, const BreakpointSystem& system) : chain_(chain), system_(system) {}

  // "Japan: film is lost; Korea: package stops without film; China: car stops without package: it
  // came from Korea and Mexico, both stopped"
  [[nodiscard]] std::string of(const std::vector<FailureStep>& route,
                               const std::vector<std::int32_t>& set) const {
    std::vector<std::string> steps;
    for (const auto& step : route)
      steps.push_back(step.product < 0
                          ? fmt::format("{} is lost", chain_.label(NodeId(step.node)))
                          : fmt::format("{} stops {} {}{}", chain_.label(NodeId(step.node)),
                                        step.some_left ? "with too little" : "without",
                                        chain_.products()[ProductId(step.product)].name,
                                        suppliers(step, set)));
    return fmt::format("{}", fmt::join(steps, "; "));
  }

 private:
  // Who supplied it, where that is more than the one the route comes from.
  [[nodiscard]] std::string suppliers(const FailureStep& step,
                                      const std::vector<std::int32_t>& set) const {
    std::vector<std::string> lost;
    std::vector<std::string> stopped;
    for (const auto supplier : step.because) {
      const auto source = system_.source_of[static_cast<std::size_t>(supplier)];
      auto& names = std::find(set.begin(), set.end(), source) != set.end() ? lost : stopped;
      auto name = maker(supplier);
      if (std::find(names.begin(), names.end(), name) == names.end())
        names.push_back(std::move(name));
    }
    const auto count = lost.size() + stopped.size();
    if (count < 2) return {};
    const auto* came = step.some_left ? ": much of it came from" : ": it came from";
    const auto* all = count == 2 ? "both" : "all";
    if (stopped.empty()) return fmt::format("{} {}, {} lost", came, listed(lost), all);
    if (lost.empty()) return fmt::format("{} {}, {} stopped", came, listed(stopped), all);
    return fmt::format("{} {} (lost) and {} (stopped)", came, listed(lost), listed(stopped));
  }

  // "Korea" for "Korea: package", as the sentence names the product.
  [[nodiscard]] std::string maker(std::int32_t node) const {
    auto label = chain_.label(NodeId(node));
    const auto& region = chain_.regions()[chain_.node(NodeId(node)).region].name;
    return label.starts_with(region + ": ") ? region : label;
  }

  const Chain& chain_;
  const BreakpointSystem& system_;
};

// Links to follow for all the paths of a report: about a second.
constexpr std::size_t links_for_paths = 20'000'000;

Table sets_table(const Declaration& d, const Chain& chain, const BreakpointSystem& system,
                 const std::vector<std::int32_t>& target, const BreakSets& found, Report& report) {
  std::size_t count = 0;
  for (const auto& sets : found.sets) count += sets.size();
  auto table = declared_table(d, "break_sets");
  FailureRoutes routes(system, target, links_for_paths / std::max<std::size_t>(count, 1));
  const RouteWords words(chain, system);
  std::size_t unproved = 0;
  for (const auto& sets : found.sets)
    for (const auto& set : sets) {
      table.add_row({static_cast<std::int64_t>(set.size()), names_of(system, set),
                     words.of(routes.of(set), set)});
      unproved += routes.proved() ? 0 : 1;
    }
  if (unproved > 0)
    report.provenance.notes.push_back(
        fmt::format("The paths of {} of {} sets need not be the shortest: where several suppliers "
                    "stop together, there may be shorter ones.",
                    unproved, count));
  return table;
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

// Single points that make the target themselves: what is lost with them is more than they make.
void add_own_finding(const BreakSets& found, const BreakpointSystem& system, Report& report) {
  std::vector<std::int32_t> own;
  if (!found.sets.empty())
    for (const auto& set : found.sets.front())
      if (std::ranges::binary_search(found.own_sources, set.front())) own.push_back(set.front());
  if (own.empty()) return;
  report.findings.push_back({fmt::format("{} {}: without {}, its makers elsewhere stop too.",
                                         listed(each_name(system, own)),
                                         own.size() == 1 ? "makes it itself" : "make it themselves",
                                         own.size() == 1 ? "it" : "one of them"),
                             Tone::warning});
}

// What is counted as stopped where sources make the target themselves.
std::string own_note(const BreakSets& found, const BreakpointSystem& system,
                     const std::string& target) {
  const auto names = listed(each_name(system, found.own_sources));
  if (found.own_sources.size() == 1)
    return fmt::format(
        "{} holds every maker of {}: its loss is the loss of the target itself, so it was not "
        "tried.",
        names, target);
  return fmt::format(
      "{} sources make {} themselves: {}. Where one of them is lost, the target counts as stopped "
      "when its makers elsewhere stop too. The loss of all {} at once is that of the target itself "
      "and is not listed.",
      found.own_sources.size(), target, names, found.own_sources.size());
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
    const auto& own = found.own_sources;
    report.findings.push_back(
        {fmt::format("No single loss stops {}{}.", target,
                     own.size() == 1
                         ? fmt::format(" but that of {}, which makes it", names_of(system, own))
                         : ""),
         Tone::good});
  }
  add_own_finding(found, system, report);
  for (std::size_t k = 1; k < found.sets.size(); ++k)
    if (!found.sets[k].empty())
      report.findings.push_back(
          {found.sets[k].size() == 1
               ? fmt::format("One set of {} sources stops it: {}.", k + 1,
                             names_of(system, found.sets[k][0]))
               : fmt::format("{} sets of {} sources stop it together; the first: {}.",
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
  auto counts = declared_table(d, "counts");
  for (std::size_t k = 0; k < found.sets.size(); ++k)
    counts.add_row(
        {static_cast<std::int64_t>(k + 1), static_cast<std::int64_t>(found.sets[k].size())});
  auto sets = sets_table(d, chain, system, target, found, report);
  auto importance = declared_table(d, "importance");
  fill_importance(found, system, importance);
  add_findings(found, system, target_name(chain, arguments), options.size, report);
  report.provenance.notes.push_back(own_note(found, system, target_name(chain, arguments)));
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
