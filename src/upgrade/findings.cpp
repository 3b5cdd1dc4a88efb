#include "stave/analysis/words.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "upgrade/declaration.hpp"
#include "upgrade/movement.hpp"

namespace stave::upgrade {
namespace {

constexpr std::size_t named_most = 3;

// In a sentence: "domestic value added in exports".
std::string in_sentence(UpgradeMeasure measure) {
  switch (measure) {
    case UpgradeMeasure::domestic_value_added:
      return "its own value added in 100 of exports";
    case UpgradeMeasure::high_technology:
      return "the high-technology share of its value added in exports";
    case UpgradeMeasure::position:
      return "position (supplies others rather than is supplied)";
    case UpgradeMeasure::value_added_per_worker:
      return "value added per worker";
    case UpgradeMeasure::foreign_reliance:
      break;
  }
  return "foreign reliance of its strong sectors";
}

std::string number(const Movement& m, UpgradeMeasure measure, double value) {
  if (measure == UpgradeMeasure::position) return fmt::format("{:.3f}", value);
  if (measure != UpgradeMeasure::value_added_per_worker) return fmt::format("{:.1f}", value);
  return fmt::format("{:.3g} {}", value, m.unit(measure));
}

std::string rank_words(const Movement& m, UpgradeMeasure measure) {
  const auto last = m.at.size() - 1;
  const auto then = m.ranks(0, measure)[m.region];
  const auto now = m.ranks(last, measure)[m.region];
  const auto of = m.ranked(last, measure);
  if (!m.several()) return fmt::format("rank {} of {}", now, of);
  return then == now ? fmt::format("still rank {} of {}", now, of)
                     : fmt::format("rank {} to {} of {}", then, now, of);
}

std::string one_measure(const Movement& m, UpgradeMeasure measure) {
  const double now = m.own(m.at.size() - 1, measure);
  const auto values = m.several() ? fmt::format("{} to {}", number(m, measure, m.own(0, measure)),
                                                number(m, measure, now))
                                  : number(m, measure, now);
  return fmt::format("{}: {}, {}", in_sentence(measure), values, rank_words(m, measure));
}

std::vector<UpgradeMeasure> that_moved(const Movement& m, std::string_view how) {
  std::vector<UpgradeMeasure> measures;
  for (const auto measure : all_upgrade_measures)
    if (m.moved(measure) == how) measures.push_back(measure);
  return measures;
}

std::vector<UpgradeMeasure> known(const Movement& m) {
  std::vector<UpgradeMeasure> measures;
  for (const auto measure : all_upgrade_measures)
    if (!std::isnan(m.own(0, measure)) && !std::isnan(m.own(m.at.size() - 1, measure)))
      measures.push_back(measure);
  return measures;
}

std::string period(const Movement& m) {
  return fmt::format("from {} to {}", m.years.label.front(), m.years.label.back());
}

std::string all_of(const Movement& m, const std::vector<UpgradeMeasure>& measures) {
  std::vector<std::string> parts;
  for (const auto measure : measures) parts.push_back(one_measure(m, measure));
  return fmt::format("{}", fmt::join(parts, "; "));
}

// How many measures changed rank for the better.
std::size_t ranks_gained(const Movement& m, const std::vector<UpgradeMeasure>& measures) {
  const auto last = m.at.size() - 1;
  return static_cast<std::size_t>(std::ranges::count_if(measures, [&](UpgradeMeasure measure) {
    return m.ranks(last, measure)[m.region] < m.ranks(0, measure)[m.region];
  }));
}

void tell_movement(const Movement& m, std::vector<Finding>& findings) {
  const auto measures = known(m);
  const auto up = that_moved(m, "up");
  const auto down = that_moved(m, "down");
  const auto tone = 2 * up.size() > measures.size()     ? Tone::good
                    : 2 * down.size() > measures.size() ? Tone::warning
                                                        : Tone::plain;
  const auto gained = ranks_gained(m, measures);
  findings.push_back({fmt::format("{} moved up on {} of {} measures {}, and gained rank on {}.",
                                  m.trader().name, up.size(), measures.size(), period(m),
                                  gained == 0 ? std::string("none") : std::to_string(gained)),
                      tone});
  if (!up.empty()) findings.push_back({fmt::format("Up: {}.", all_of(m, up)), Tone::good});
  if (!down.empty()) findings.push_back({fmt::format("Down: {}.", all_of(m, down)), Tone::warning});
  if (const auto same = that_moved(m, "same"); !same.empty())
    findings.push_back({fmt::format("Unchanged: {}.", all_of(m, same)), Tone::plain});
}

// Those of one value share their places: the middle of them counts.
bool in_upper_half(const Movement& m, UpgradeMeasure measure) {
  const auto ranks = m.ranks(0, measure);
  const auto own = ranks[m.region];
  const auto level = static_cast<std::size_t>(std::ranges::count(ranks, own));
  return 2 * own + level - 1 <= m.ranked(0, measure) + 1;
}

void tell_standing(const Movement& m, std::vector<Finding>& findings) {
  const auto measures = known(m);
  const auto upper = std::ranges::count_if(
      measures, [&](UpgradeMeasure measure) { return in_upper_half(m, measure); });
  findings.push_back(
      {fmt::format("{} stands in the upper half on {} of {} measures in {}: {}.", m.trader().name,
                   upper, measures.size(), m.years.label.front(), all_of(m, measures)),
       Tone::plain});
  findings.push_back(
      {"One year says where it stands, not where it moves: give the same table of "
       "other years after the chain.",
       Tone::plain});
}

// "Germany, France and Italy, 2 more", the largest exporters first.
std::string largest_of(const Movement& m, std::vector<std::size_t> whom) {
  std::ranges::stable_sort(whom, std::ranges::greater{},
                           [&](std::size_t s) { return m.last().exports[s]; });
  std::vector<std::string> names;
  for (const auto s : whom)
    if (names.size() < named_most) names.push_back(m.last().traders[s].name);
  if (whom.size() > named_most) names.push_back(fmt::format("{} more", whom.size() - named_most));
  return words::listed(names);
}

void tell_passed(const Movement& m, std::vector<Finding>& findings) {
  std::vector<std::string> ahead;
  std::vector<std::string> behind;
  for (const auto measure : all_upgrade_measures) {
    const auto passes = m.passes(measure);
    if (!passes.by_s.empty())
      ahead.push_back(fmt::format("{} in {}", largest_of(m, passes.by_s), in_sentence(measure)));
    if (!passes.it.empty())
      behind.push_back(fmt::format("{} in {}", largest_of(m, passes.it), in_sentence(measure)));
  }
  if (!ahead.empty())
    findings.push_back({fmt::format("It passed {}.", fmt::join(ahead, "; ")), Tone::good});
  if (!behind.empty())
    findings.push_back({fmt::format("It was passed by {}.", fmt::join(behind, "; ")), Tone::plain});
}

// The sectors it is strong in now, by what they add to its exports.
void tell_strong(const Movement& m, std::vector<Finding>& findings) {
  std::vector<std::size_t> strong;
  for (std::size_t p = 0; p < m.chain().products().size(); ++p)
    if (m.last().strong(m.region, p) && m.last().sector_exports(m.region, p) > 0)
      strong.push_back(p);
  if (strong.empty()) return;
  std::ranges::stable_sort(strong, std::ranges::greater{},
                           [&](std::size_t p) { return m.last().sector_domestic(m.region, p); });
  std::vector<std::string> parts;
  for (const auto p : strong) {
    if (parts.size() == named_most) break;
    const double then = m.first().reliance(m.region, p);
    parts.push_back(fmt::format(
        "{} ({:.1f} times the world's share; {}{:.1f} of 100 exported are others' value added)",
        m.chain().products()[p].name, m.last().advantage(m.region, p),
        m.several() && !std::isnan(then) ? fmt::format("{:.1f}, now ", then) : std::string(),
        m.last().reliance(m.region, p)));
  }
  findings.push_back({fmt::format("It is strong in {} {} in {}, most of all {}.", strong.size(),
                                  strong.size() == 1 ? "sector" : "sectors", m.years.label.back(),
                                  words::listed(parts)),
                      Tone::plain});
}

void tell_missing(const Movement& m, std::vector<Finding>& findings) {
  if (m.counted.empty())
    findings.push_back(
        {fmt::format("The high-technology share is not known: the classification of {} ('{}') is "
                     "none whose research intensity is listed. Name the sectors with --sectors.",
                     m.chain().info().name, m.chain().info().classification),
         Tone::warning});
  std::vector<std::string> without;
  for (std::size_t k = 0; k < m.workers.size(); ++k)
    if (m.workers[k].count.empty()) without.push_back(m.years.label[k]);
  if (!without.empty())
    findings.push_back(
        {fmt::format(
             "Value added per worker is not known for {}: the chain has no count of workers "
             "(in the same unit and money). Add one: stave import CHAIN --stressors FILE.csv, "
             "with a stressor 'employment'.",
             words::listed(without)),
         Tone::plain});
}

void note_counted(const Movement& m, std::vector<std::string>& notes) {
  if (m.counted.empty()) return;
  std::vector<std::string> named;
  for (std::size_t p = 0; p < m.counted.size(); ++p)
    if (m.counted[p])
      named.push_back(
          fmt::format("{} {}", m.chain().products()[p].code, m.chain().products()[p].name));
  notes.push_back(fmt::format("High-technology sectors: {} ({}).",
                              named.empty() ? "none" : fmt::format("{}", fmt::join(named, "; ")),
                              m.technology_source));
}

}  // namespace

std::vector<Finding> findings_of(const Movement& m) {
  std::vector<Finding> findings;
  if (known(m).empty())
    findings.push_back(
        {fmt::format("{} exports nothing: no measure is known.", m.trader().name), Tone::plain});
  else if (m.several())
    tell_movement(m, findings);
  else
    tell_standing(m, findings);
  if (m.several()) tell_passed(m, findings);
  tell_strong(m, findings);
  tell_missing(m, findings);
  return findings;
}

std::vector<Figure> figures_of(const Movement& m) {
  std::vector<Figure> figures;
  if (m.several())
    figures.push_back({"lines",
                       "course",
                       fmt::format("{} among its peers", m.trader().name),
                       "Of the other regions, those it is ahead of, by each measure, %",
                       {{"x", "year"}, {"y", "ahead_of"}, {"series", "meaning"}},
                       0});
  else
    figures.push_back({"bars",
                       "course",
                       fmt::format("{} among its peers", m.trader().name),
                       "Of the other regions, those it is ahead of, by each measure, %",
                       {{"label", "meaning"}, {"value", "ahead_of"}},
                       0});
  if (m.several())
    figures.push_back({"dumbbell",
                       "sectors",
                       "What adds the value in its exports",
                       fmt::format("Of its domestic value added in exports, %, {}", period(m)),
                       {{"label", "name"}, {"from", "share_first"}, {"to", "share_last"}},
                       15});
  else
    figures.push_back({"bars",
                       "sectors",
                       "What adds the value in its exports",
                       "Of its domestic value added in exports, %",
                       {{"label", "name"}, {"value", "share_last"}},
                       15});
  return figures;
}

Provenance provenance_of(const Movement& m) {
  Provenance p;
  for (std::size_t k = 0; k < m.at.size(); ++k) {
    p.residuals.push_back(
        {fmt::format("domestic and foreign value added sum to exports, {}", m.years.label[k]),
         m.at[k].miss, 1e-9});
    p.residuals.push_back({fmt::format("(I - A) B = I, on eight columns, {}", m.years.label[k]),
                           m.at[k].inverse_residual, 1e-9});
  }
  note_counted(m, p.notes);
  const auto& workers = m.workers.back();
  if (!workers.count.empty())
    p.notes.push_back(fmt::format("Workers are '{}', in {}.", workers.name, workers.unit));
  if (m.several())
    p.notes.emplace_back(
        "Money is as each table has it, at the prices of its year: shares and ranks can be "
        "compared, value added per worker grows with prices too.");
  p.notes.emplace_back(
      "A region that sells raw materials keeps much of its exports and stands upstream: both "
      "measures say little of the middle and high end without the high-technology share.");
  return p;
}

}  // namespace stave::upgrade
