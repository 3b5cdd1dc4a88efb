// `stave diligence`: every path from a product back to flagged makers.
#include "stave/analysis/analysis.hpp"
#include "stave/analysis/words.hpp"
#include "stave/core/error.hpp"
#include "stave/footprint/diligence.hpp"
#include "stave/footprint/footprint.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "footprint/declaration.hpp"
#include "footprint/table.hpp"

namespace stave::footprint {
namespace {

constexpr std::size_t most_flags_told = 5;

/// Whom the product means: all its makers, or one.
struct Subject {
  std::string name;
  std::vector<NodeId> makers;
};

Subject subject_of(const Chain& chain, const std::string& text) {
  if (const auto product = chain.products().find(text))
    return {chain.products()[*product].name, makers_meant(chain, {.product = ProductId(*product)})};
  if (const auto node = chain.find_node(text)) return {chain.label(*node), {*node}};
  if (text.find('.') != std::string::npos) {
    const auto node = chain.require_node(text);
    return {chain.label(node), {node}};
  }
  std::vector<std::string> names;
  for (const auto& item : chain.products().items()) {
    names.push_back(item.code);
    names.push_back(item.name);
  }
  throw Error(Errc::not_found,
              fmt::format("--product: '{}' is no product or maker of {}", text, chain.info().name),
              did_you_mean(text, names));
}

/// What the report tells of.
struct Inquiry {
  const Chain& chain;
  Subject subject;
  std::vector<Flag> flags;
  Diligence found;
  double threshold = 0;
  std::string measure;  ///< "value" or the stressor
  std::string unit;

  [[nodiscard]] std::vector<std::size_t> largest_flags() const {
    std::vector<double> shares;
    for (const auto& flag : found.flags) shares.push_back(flag.share);
    return largest_first(shares);
  }
};

// Links of the shortest path listed; NaN where none is.
double nearest_tier(const Paths& paths) {
  double nearest = std::numeric_limits<double>::quiet_NaN();
  for (std::size_t p = 0; p < paths.size(); ++p) {
    const auto tier = static_cast<double>(paths.path(p).size() - 1);
    if (!(tier >= nearest)) nearest = tier;
  }
  return nearest;
}

Table inquiry_table(const Inquiry& q, std::string_view name) {
  auto table = declared_table(diligence_declaration(), name);
  for (std::size_t c = 0; c < table.columns().size(); ++c)
    if (auto& spec = table.column(c).spec; spec.name == "value") spec.unit = q.unit;
  return table;
}

Table flags_table(const Inquiry& q) {
  auto table = inquiry_table(q, "flags");
  for (const auto k : q.largest_flags()) {
    const auto& flag = q.flags[k];
    const auto& found = q.found.flags[k];
    table.add_row(
        {flag.name, flag.reason, 100 * found.share, static_cast<std::int64_t>(found.paths.size()),
         nearest_tier(found.paths), 100 * found.listed, 100 * (found.share - found.listed),
         static_cast<std::int64_t>(flag.makers.size()), static_cast<std::int64_t>(flag.row)});
  }
  return table;
}

Table diligence_paths(const Inquiry& q) {
  struct Row {
    std::size_t flag;
    std::size_t path;
    double value;
  };
  std::vector<Row> rows;
  for (std::size_t k = 0; k < q.flags.size(); ++k)
    for (std::size_t p = 0; p < q.found.flags[k].paths.size(); ++p)
      rows.push_back({k, p, q.found.flags[k].paths.value[p]});
  std::ranges::stable_sort(rows, std::greater<>(), &Row::value);
  auto table = inquiry_table(q, "paths");
  for (const auto& row : rows) {
    const auto path = q.found.flags[row.flag].paths.path(row.path);
    const NodeId from(path.front());
    table.add_row({q.flags[row.flag].name, 100 * row.value / q.found.whole,
                   static_cast<std::int64_t>(path.size() - 1), path_labels(q.chain, path),
                   row.value, q.chain.node(from).id, q.chain.node(from).enterprise,
                   path_ids(q.chain, path)});
  }
  return table;
}

Table known_table(const Inquiry& q) {
  auto table = inquiry_table(q, "known");
  table.add_row({"any flag", 100 * q.found.any_flag});
  table.add_row({"no flag", 100 * (1 - q.found.any_flag)});
  table.add_row({"makers without purchases", 100 * q.found.untraced});
  return table;
}

std::string of_whole(const Inquiry& q) {
  return q.measure == "value" ? fmt::format("what is spent on {}", q.subject.name)
                              : fmt::format("the {} footprint of {}", q.measure, q.subject.name);
}

void tell_flag(const Inquiry& q, std::size_t k, std::vector<Finding>& findings) {
  const auto& flag = q.flags[k];
  const auto& found = q.found.flags[k];
  const auto why = flag.reason.empty() ? std::string() : fmt::format(" ({})", flag.reason);
  if (flag.makers.empty() || found.share == 0) {
    findings.push_back({fmt::format("{}{}: {}.", flag.name, why,
                                    flag.makers.empty() ? "nobody makes that in this chain"
                                                        : "no path leads there in this chain"),
                        Tone::good});
    return;
  }
  auto text =
      fmt::format("{}{}: {} of {}", flag.name, why, words::percent(found.share), of_whole(q));
  if (found.paths.size() == 0)
    text += fmt::format("; no single path carries {} or more", words::percent(q.threshold));
  else
    text += fmt::format(
        " by way of {} {} of {} or more, the nearest at tier {}; {} by smaller paths, which are "
        "not named. The largest: {}",
        found.paths.size(), found.paths.size() == 1 ? "path" : "paths", words::percent(q.threshold),
        nearest_tier(found.paths), words::percent(found.share - found.listed),
        path_labels(q.chain, found.paths.path(0)));
  findings.push_back({text + ".", Tone::warning});
}

std::vector<Finding> findings_of(const Inquiry& q) {
  std::vector<Finding> findings;
  findings.push_back(
      {fmt::format("{} of {} {} flagged.", words::percent(q.found.any_flag), of_whole(q),
                   q.measure == "value" ? "goes to or through makers that are"
                                        : "occurs at makers that are"),
       q.found.any_flag > 0 ? Tone::warning : Tone::good});
  const auto order = q.largest_flags();
  for (std::size_t at = 0; at < std::min(order.size(), most_flags_told); ++at)
    tell_flag(q, order[at], findings);
  if (q.found.untraced > 0)
    findings.push_back(
        {fmt::format("Not known: {} of what is spent on {} ends at makers whose purchases the "
                     "chain does not show; who stands behind them cannot be said.",
                     words::percent(q.found.untraced), q.subject.name),
         Tone::plain});
  return findings;
}

std::vector<Figure> figures_of_inquiry(const Inquiry& q) {
  std::vector<Figure> figures{{"bars",
                               "flags",
                               "What leads to flagged makers",
                               fmt::format("Share of {}.", of_whole(q)),
                               {{"label", "flag"}, {"value", "share"}},
                               20}};
  const bool any =
      std::ranges::any_of(q.found.flags, [](const auto& flag) { return flag.paths.size() > 0; });
  if (any)
    figures.push_back({"bars",
                       "paths",
                       "The largest paths to flagged makers",
                       "From the flagged maker to the product.",
                       {{"label", "path"}, {"value", "share"}, {"color", "flag"}},
                       20});
  return figures;
}

Report run_diligence(const Chain& chain, const Arguments& arguments, Progress& progress) {
  Inquiry q{.chain = chain, .subject = subject_of(chain, arguments.text("product"))};
  q.flags = read_flags(chain, arguments.text("flag"));
  q.threshold = arguments.real("threshold");
  DiligenceOptions options{.threshold = q.threshold};
  q.measure = "value";
  q.unit = chain.info().unit;
  if (arguments.has("stressor")) {
    options.indicator = one_stressor(chain, arguments.stressor("stressor"));
    q.measure = options.indicator->name;
    q.unit = options.indicator->unit;
  }
  q.found = due_diligence(chain, q.subject.makers, q.flags, options, progress);
  Report report;
  report.title = fmt::format("Due diligence on {}, {}", q.subject.name, chain.info().name);
  report.findings = findings_of(q);
  report.tables = {flags_table(q), diligence_paths(q), known_table(q)};
  report.figures = figures_of_inquiry(q);
  report.provenance.residuals = {
      {"paths listed and what was cut off sum to each flag's share", q.found.imbalance, 1e-9},
      {"solved", q.found.residual, 1e-10}};
  report.provenance.notes.push_back(
      "A share is of money spent, tier by tier, in the proportions of this chain's flows: it says "
      "where a product of this kind comes from, not what is in one piece of it.");
  return report;
}

}  // namespace
}  // namespace stave::footprint

namespace stave {

Analysis diligence_analysis() {
  return {footprint::diligence_declaration(), footprint::run_diligence};
}

}  // namespace stave
