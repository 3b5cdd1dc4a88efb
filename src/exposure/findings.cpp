#include "exposure/findings.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace stave {
namespace {

// Two significant digits below ten per cent: "0.49 %", "2.1 %", "38 %".
std::string percent(double value) {
  if (value >= 10) return fmt::format("{:.0f} %", value);
  if (value >= 1) return fmt::format("{:.1f} %", value);
  return fmt::format("{:.2g} %", value);
}

std::string share(double value) { return percent(100 * value); }

std::string place(const Chain& chain, RegionId region) { return chain.regions()[region].name; }

// "Taiwan's electrical equipment"; an enterprise by its own name.
std::string possessive(const Chain& chain, NodeId id) {
  const auto& node = chain.node(id);
  if (!node.enterprise.empty()) return chain.label(id);
  return fmt::format("{}'s {}", place(chain, node.region), chain.products()[node.product].name);
}

std::string next_words(const Chain& chain, const ChokePoint& point) {
  if (point.next.empty()) return "no other region outside supplies it";
  std::vector<std::string> names;
  double held = 0;
  for (const auto& next : point.next) {
    names.push_back(place(chain, next.region));
    held += next.share;
  }
  if (!std::isnan(point.cover))
    return fmt::format("the next sources ({}) could cover {}", fmt::join(names, ", "),
                       share(point.cover));
  return fmt::format("the next sources ({}) supply {} of the use", fmt::join(names, ", "),
                     share(held));
}

Finding choke_finding(const Chain& chain, const ChokePoint& point) {
  std::string text = fmt::format("{}: {} of value added at risk", possessive(chain, point.source),
                                 share(point.loss));
  if (!std::isnan(point.high) && point.high > point.loss)
    text += fmt::format(" with others stepping in, up to {} looking through all tiers",
                        share(point.high));
  if (point.look_through > 0)
    text += fmt::format("; {} of the reliance on it is hidden beyond the first tier",
                        share((point.look_through - point.face) / point.look_through));
  text += fmt::format("; {}.", next_words(chain, point));
  return {text, point.loss >= 0.001 ? Tone::alarm : Tone::warning};
}

// "Rest of the world is the only region outside", where one region makes all that f gets.
std::string only_region(const Chain& chain, const RegionExposure& exposure) {
  const auto first = chain.node(exposure.points.front().source).region;
  for (const auto& point : exposure.points)
    if (chain.node(point.source).region != first) return "every product has one source outside";
  return fmt::format("{} is the only region outside that sells to {}", place(chain, first),
                     place(chain, exposure.f));
}

// Where nobody outside can step in, the lower end of the bracket is no longer one.
std::optional<Finding> alone_finding(const Chain& chain, const RegionExposure& exposure) {
  const auto alone = [](const ChokePoint& point) { return point.alone; };
  if (exposure.points.empty() || !std::ranges::all_of(exposure.points, alone)) return std::nullopt;
  return Finding{
      fmt::format("In this chain {}: when a source stops, nobody else outside can step in. Read "
                  "value added at risk as the worst case, not as what would happen; a chain with "
                  "more regions outside shows who could step in.",
                  only_region(chain, exposure)),
      Tone::warning};
}

std::optional<Finding> european_finding(const Report& report) {
  const auto& tests = report.table("european_tests");
  std::vector<std::string> dependent;
  for (std::size_t i = 0; i < tests.rows(); ++i)
    if (tests.texts("verdict")[i] == "dependent") dependent.push_back(tests.texts("product")[i]);
  if (tests.rows() == 0) return std::nullopt;
  if (dependent.empty())
    return Finding{fmt::format("None of {} products fails all three European tests.", tests.rows()),
                   Tone::good};
  const std::size_t all = dependent.size();
  dependent.resize(std::min<std::size_t>(all, 4));
  return Finding{fmt::format("{} of {} products exceed all three European thresholds: {}{}.", all,
                             tests.rows(), fmt::join(dependent, ", "), all > 4 ? " ..." : ""),
                 Tone::warning};
}

}  // namespace

std::vector<Finding> exposure_findings(const Chain& chain, const RegionExposure& exposure,
                                       const Report& report) {
  std::vector<Finding> findings;
  for (std::size_t k = 0; k < std::min<std::size_t>(3, exposure.points.size()); ++k)
    if (exposure.points[k].loss > 0) findings.push_back(choke_finding(chain, exposure.points[k]));
  if (findings.empty())
    findings.push_back(
        {"No single source outside would cost this region value added.", Tone::good});
  if (auto alone = alone_finding(chain, exposure)) findings.push_back(*alone);
  if (auto european = european_finding(report)) findings.push_back(*european);
  if (!exposure.staves.empty() && exposure.staves[0].loss > 0) {
    const auto& stave = exposure.staves[0];
    findings.push_back(
        {fmt::format("Long stave: if {} stopped, all others would lose {} of their value added; "
                     "{} loses most, {} of its own.",
                     possessive(chain, stave.source), share(stave.loss),
                     place(chain, stave.most_hit), share(stave.most_hit_loss)),
         Tone::plain});
  }
  if (!exposure.dependants.empty() && exposure.dependants[0].look_through > 0) {
    const auto& most = exposure.dependants[0];
    findings.push_back(
        {fmt::format(
             "{} relies most on {}: {} of all that goes into its products comes from there, "
             "{} at face value.",
             place(chain, most.region), place(chain, exposure.f), share(most.look_through),
             share(most.face)),
         Tone::plain});
  }
  return findings;
}

std::vector<Finding> trade_findings(const Report& report, const std::string& region) {
  std::vector<Finding> findings = {
      {fmt::format("This chain holds trade only: it does not say what {} makes from what it buys. "
                   "Choke points need flows between producers; the European tests by product and "
                   "the suppliers are here.",
                   region),
       Tone::plain}};
  if (auto european = european_finding(report)) findings.push_back(*european);
  return findings;
}

std::vector<Figure> exposure_figures(const std::string& region) {
  return {
      {"bars",
       "choke_points",
       fmt::format("Where {} is stuck", region),
       "Value added at risk: cascade with others stepping in, and the look-through share above it",
       {{"label", "source"}, {"value", "at_risk"}, {"value_high", "at_risk_high"}},
       15},
      {"multiples",
       "suppliers",
       "Who supplies the products of the choke points",
       "Share of the use of each product",
       {{"panel", "product"}, {"label", "region"}, {"value", "share"}},
       8},
      {"dumbbell",
       "direct_indirect",
       "Direct and look-through reliance",
       "What the first tier shows, and what all tiers hold",
       {{"label", "region"}, {"from", "face_value"}, {"to", "look_through"}},
       20},
      {"bars",
       "dependants",
       fmt::format("Who depends on {}", region),
       "Share of all that goes into a region's products, through all tiers",
       {{"label", "region"}, {"value", "look_through"}},
       20},
      {"heatmap",
       "reliance",
       "Who relies on whom",
       "Look-through share of the supplier (row) in what goes into the user's (column) products",
       {{"row", "supplier"}, {"column", "user"}, {"value", "look_through"}},
       0}};
}

}  // namespace stave
