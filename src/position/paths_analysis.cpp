// `stave paths`: by which chains of makers a final use causes its footprint.
#include "stave/core/error.hpp"
#include "stave/position/paths.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <optional>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "position/declaration.hpp"
#include "position/system.hpp"
#include "position/words.hpp"

namespace stave {
namespace {

constexpr double usual_threshold = 1e-4;

/// A region, a product or a maker, as a user names one.
struct Place {
  std::string name;
  std::optional<RegionId> region;
  std::optional<ProductId> product;
  std::optional<NodeId> node;

  [[nodiscard]] bool holds(const Chain& chain, NodeId id) const {
    if (node) return *node == id;
    return region ? chain.node(id).region == *region : chain.node(id).product == *product;
  }
};

Place place_of(const Chain& chain, std::string_view parameter, const std::string& text) {
  const auto region = chain.regions().find(text);
  const auto product = chain.products().find(text);
  if (region && product)
    throw Error(Errc::bad_input,
                fmt::format("--{}: '{}' is a region and a product", parameter, text),
                "Give the other of its code and its name, or a maker as REGION.PRODUCT.");
  if (region) return {chain.regions()[*region].name, RegionId(*region), {}, {}};
  if (product) return {chain.products()[*product].name, {}, ProductId(*product), {}};
  if (const auto node = chain.find_node(text)) return {chain.label(*node), {}, {}, node};
  if (text.find('.') != std::string::npos) {
    const auto node = chain.require_node(text);
    return {chain.label(node), {}, {}, node};
  }
  std::vector<std::string> names;
  for (const auto* items : {&chain.regions(), &chain.products()})
    for (const auto& item : items->items()) {
      names.push_back(item.code);
      names.push_back(item.name);
    }
  throw Error(Errc::not_found,
              fmt::format("--{}: '{}' is no region, product or maker of {}", parameter, text,
                          chain.info().name),
              did_you_mean(text, names));
}

/// What is followed, from where to whom.
struct Asked {
  PathQuestion question;
  std::string stressor;
  std::string unit;
  std::optional<Place> from;
  std::optional<Place> to;
  double final_itself = 0;  // F_Y of the final use, outside all paths
};

std::vector<double> intensity_of(const Chain& chain, std::span<const double> amounts,
                                 const std::optional<Place>& from) {
  std::vector<double> s(chain.size());
  for (std::size_t i = 0; i < s.size(); ++i)
    if (chain.output()[i] != 0 && (!from || from->holds(chain, NodeId(i))))
      s[i] = amounts[i] / chain.output()[i];
  return s;
}

std::vector<double> use_of(const Chain& chain, const std::optional<Place>& to) {
  std::vector<double> y(chain.size());
  for (std::size_t i = 0; i < y.size(); ++i)
    for (std::size_t k = 0; k < chain.final_columns().size(); ++k) {
      const bool counts = !to || (to->region ? chain.final_columns()[k].region == *to->region
                                             : to->holds(chain, NodeId(i)));
      if (counts) y[i] += chain.final_use()(i, k);
    }
  return y;
}

// What final use emits itself; a product's or maker's final use has none.
double direct_of(const Chain& chain, std::size_t stressor, const Asked& asked) {
  if (chain.stressors_final().size() == 0 || asked.from || (asked.to && !asked.to->region))
    return 0;
  double sum = 0;
  for (std::size_t k = 0; k < chain.final_columns().size(); ++k)
    if (!asked.to || chain.final_columns()[k].region == *asked.to->region)
      sum += chain.stressors_final()(stressor, k);
  return sum;
}

Asked asked_of(const Chain& chain, const Arguments& arguments) {
  Asked asked;
  if (arguments.has("from")) asked.from = place_of(chain, "from", arguments.text("from"));
  if (arguments.has("to")) asked.to = place_of(chain, "to", arguments.text("to"));
  asked.question.use = use_of(chain, asked.to);
  if (!arguments.has("stressor")) {
    asked.stressor = "value added";
    asked.unit = chain.info().unit;
    asked.question.intensity = intensity_of(chain, chain.value_added(), asked.from);
    return asked;
  }
  const auto s = arguments.stressor("stressor");
  for (std::size_t i = 0; i < chain.size(); ++i)
    if (!std::isfinite(chain.stressors()(s, i)))
      throw Error(Errc::bad_input,
                  fmt::format("stressor '{}' of node '{}' is {}", chain.stressor_rows()[s].name,
                              chain.nodes()[i].id, chain.stressors()(s, i)));
  asked.stressor = chain.stressor_rows()[s].name;
  asked.unit = chain.stressor_rows()[s].unit;
  asked.question.intensity = intensity_of(chain, chain.stressors().row(s), asked.from);
  asked.final_itself = direct_of(chain, s, asked);
  return asked;
}

std::string joined(const Chain& chain, std::span<const std::int32_t> nodes, bool labels) {
  std::vector<std::string> parts;
  for (const auto node : nodes)
    parts.push_back(labels ? chain.label(NodeId(node)) : chain.node(NodeId(node)).id);
  return fmt::format("{}", fmt::join(parts, " > "));
}

/// The report's material.
struct Listing {
  const Chain& chain;
  const Asked& asked;
  const Paths& paths;

  [[nodiscard]] double share(double value) const { return 100 * value / paths.footprint; }
};

Table path_table(const Listing& l) {
  auto table = words::table(paths_declaration(), "paths", {"value"}, l.asked.unit);
  double sum = 0;
  for (std::size_t p = 0; p < l.paths.size(); ++p) {
    const auto nodes = l.paths.path(p);
    sum += l.paths.value[p];
    table.add_row({static_cast<std::int64_t>(p + 1), l.paths.value[p], l.share(l.paths.value[p]),
                   joined(l.chain, nodes, true), l.share(sum),
                   static_cast<std::int64_t>(nodes.size() - 1),
                   l.chain.node(NodeId(nodes.front())).id, l.chain.node(NodeId(nodes.back())).id,
                   joined(l.chain, nodes, false)});
  }
  return table;
}

/// Paths that have something in common.
struct Heap {
  double value = 0;
  std::int64_t paths = 0;
};

Table source_table(const Listing& l) {
  std::vector<Heap> sources(l.chain.size());
  for (std::size_t p = 0; p < l.paths.size(); ++p) {
    auto& source = sources[static_cast<std::size_t>(l.paths.path(p).front())];
    source.value += l.paths.value[p];
    ++source.paths;
  }
  std::vector<double> sizes;
  for (const auto& source : sources) sizes.push_back(std::abs(source.value));
  auto table = words::table(paths_declaration(), "sources", {"value"}, l.asked.unit);
  for (const auto i : words::largest_first(sizes))
    if (sources[i].paths > 0)
      table.add_row({l.chain.nodes()[i].id, l.chain.label(NodeId(i)), sources[i].value,
                     l.share(sources[i].value), sources[i].paths});
  return table;
}

std::map<std::size_t, Heap> by_length(const Paths& paths) {
  std::map<std::size_t, Heap> lengths;
  for (std::size_t p = 0; p < paths.size(); ++p) {
    auto& length = lengths[paths.path(p).size() - 1];
    length.value += paths.value[p];
    ++length.paths;
  }
  return lengths;
}

Table length_table(const Listing& l) {
  auto table = words::table(paths_declaration(), "lengths", {"value"}, l.asked.unit);
  for (const auto& [links, length] : by_length(l.paths))
    table.add_row(
        {static_cast<std::int64_t>(links), length.paths, length.value, l.share(length.value)});
  return table;
}

Table balance_table(const Listing& l) {
  auto table = words::table(paths_declaration(), "balance", {"value"}, l.asked.unit);
  table.add_row({"paths listed", l.paths.found, l.share(l.paths.found)});
  table.add_row({"remainder", l.paths.remainder, l.share(l.paths.remainder)});
  table.add_row({"footprint", l.paths.footprint, 100.0});
  return table;
}

std::string subject(const Asked& asked) {
  const auto whose = asked.to ? asked.to->region ? fmt::format("Final use in {}", asked.to->name)
                                                 : fmt::format("Final use of {}", asked.to->name)
                              : std::string("All final use");
  return asked.from ? fmt::format("{} causes in {}", whose, asked.from->name)
                    : fmt::format("{} causes", whose);
}

std::vector<Finding> path_findings(const Listing& l) {
  const auto& p = l.paths;
  std::vector<Finding> findings;
  findings.push_back(
      {fmt::format("{} {} of {}. {} {} of {} or more of it {} {}; the remainder, {}, is spread "
                   "over paths that are smaller.",
                   subject(l.asked), words::amount(p.footprint, l.asked.unit), l.asked.stressor,
                   p.size(), p.size() == 1 ? "path" : "paths", words::percent(p.threshold),
                   p.size() == 1 ? "carries" : "carry", words::percent(p.found / p.footprint),
                   words::percent(p.remainder / p.footprint)),
       Tone::plain});
  if (p.size() == 0) return findings;
  findings.push_back(
      {fmt::format("The largest path is {}: {}, {} of the footprint.",
                   joined(l.chain, p.path(0), true), words::amount(p.value[0], l.asked.unit),
                   words::percent(p.value[0] / p.footprint)),
       Tone::plain});
  const auto lengths = by_length(p);
  const auto at = lengths.find(0);
  const double own = at == lengths.end() ? 0 : at->second.value;
  findings.push_back(
      {fmt::format("Of the paths listed, {} of the footprint occurs at the makers of the final "
                   "products themselves, {} further back.",
                   words::percent(own / p.footprint),
                   words::percent((p.found - own) / p.footprint)),
       Tone::plain});
  return findings;
}

void note_limits(const Listing& l, const Arguments& arguments, Report& report) {
  auto& notes = report.provenance.notes;
  notes.push_back(
      fmt::format("{} partial paths were looked at, along {} links large enough to lie on "
                  "a path listed.",
                  l.paths.steps, l.paths.links));
  if (l.paths.beyond_depth != 0)
    notes.push_back(
        fmt::format("Paths of more than {} links were not followed: {} of the remainder "
                    "lie beyond.",
                    arguments.integer("depth"), words::amount(l.paths.beyond_depth, l.asked.unit)));
  if (l.asked.final_itself != 0)
    notes.push_back(fmt::format("Final use itself emits {} more, which no path carries.",
                                words::amount(l.asked.final_itself, l.asked.unit)));
}

Paths found_paths(const Chain& chain, LeontiefSystem& system, const Asked& asked,
                  const Arguments& arguments, Progress& progress) {
  PathOptions options{.depth = static_cast<int>(arguments.integer("depth"))};
  options.threshold = arguments.has("threshold") ? arguments.real("threshold") : usual_threshold;
  if (!arguments.has("top")) return paths_above(chain, system, asked.question, options, progress);
  const auto count = static_cast<std::size_t>(arguments.integer("top"));
  auto paths = largest_paths(chain, system, asked.question, count, options, progress);
  if (!arguments.has("threshold")) return paths;
  const double least = options.threshold * std::abs(paths.footprint);
  while (!paths.value.empty() && std::abs(paths.value.back()) < least) {
    paths.value.pop_back();
    paths.start.pop_back();
  }
  paths.nodes.resize(paths.start.back());
  paths.found = std::accumulate(paths.value.begin(), paths.value.end(), 0.0);
  paths.remainder = paths.footprint - paths.found;
  paths.threshold = options.threshold;
  return paths;
}

Report paths_report(const Chain& given, const Arguments& arguments, Progress& progress) {
  Report report;
  const auto chain = words::without_output_below_zero(given, report.provenance.notes);
  const auto asked = asked_of(chain, arguments);
  auto system = blocked_system(chain, chain.output());
  const auto paths = found_paths(chain, system, asked, arguments, progress);
  const Listing l{chain, asked, paths};
  report.title = fmt::format("Paths of {}, {}", asked.stressor, chain.info().name);
  report.findings = path_findings(l);
  report.tables = {path_table(l), source_table(l), length_table(l), balance_table(l)};
  if (paths.size() > 0) {
    report.figures = {{"bars",
                       "paths",
                       fmt::format("The largest paths of {}", asked.stressor),
                       "Share of the footprint, from where it occurs to the final product.",
                       {{"label", "path"}, {"value", "share"}},
                       20},
                      {"bars",
                       "sources",
                       "Where the paths listed begin",
                       "Share of the footprint.",
                       {{"label", "label"}, {"value", "share"}},
                       20}};
  }
  report.provenance.residuals = {
      {"paths listed and what was cut off sum to the footprint", paths.imbalance, 1e-9},
      {"footprint, solved", paths.residual, 1e-10}};
  note_limits(l, arguments, report);
  if (!arguments.has("stressor"))
    words::tell_negative_value_added(chain, chain.value_added(), paths_declaration(), report);
  return report;
}

}  // namespace

Analysis paths_analysis() { return {paths_declaration(), paths_report}; }

}  // namespace stave
