#include "stave/core/rank_correlation.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "shock/told.hpp"

namespace stave {
namespace {

constexpr std::array<double, 5> quantiles{0.05, 0.25, 0.5, 0.75, 0.95};
constexpr double never = std::numeric_limits<double>::quiet_NaN();

using Of = double (*)(const Indicators&);
double days_or_never(const std::optional<int>& days) {
  return days ? static_cast<double>(*days) : never;
}

struct Measure {
  const char* name;
  const char* unit;  // empty: money
  Of of;
};
constexpr std::array<Measure, 9> measures{{
    {"maximum loss", "%", [](const Indicators& i) { return 100 * (1 - i.least_output); }},
    {"day of it", "day", [](const Indicators& i) { return i.least_day < 0 ? never : i.least_day; }},
    {"time to 95 %", "days", [](const Indicators& i) { return days_or_never(i.back_after); }},
    {"total loss", "", [](const Indicators& i) { return i.value_added_lost; }},
    {"output lost", "", [](const Indicators& i) { return i.output_lost; }},
    {"loss multiplier", "times",
     [](const Indicators& i) { return i.loss_multiplier.value_or(never); }},
    {"final use unmet", "", [](const Indicators& i) { return i.unmet; }},
    {"final use unmet, share", "%", [](const Indicators& i) { return 100 * i.unmet_share; }},
    {"time to survive", "days", [](const Indicators& i) { return days_or_never(i.short_after); }},
}};

std::vector<double> over_draws(const std::vector<Draw>& draws, Of of) {
  std::vector<double> values;
  for (const auto& draw : draws) values.push_back(of(draw.indicators));
  return values;
}

// The five quantiles of what is there; empty cells where nothing is.
std::vector<Table::Cell> band(std::vector<double> values) {
  std::erase_if(values, [](double v) { return std::isnan(v); });
  std::sort(values.begin(), values.end());
  std::vector<Table::Cell> cells;
  for (const double q : quantiles)
    cells.emplace_back(values.empty() ? never : sorted_quantile(values, q));
  return cells;
}

Table bands(const PlayedShock& played, const EnsembleTold& told) {
  auto table = money_table(played.chain, "bands");
  const double percent = played.normal.total > 0 ? 100 / played.normal.total : never;
  for (std::size_t t = 0; t < static_cast<std::size_t>(told.days); ++t) {
    std::vector<Table::Cell> row{static_cast<std::int64_t>(t)};
    const auto add = [&](std::vector<double> Draw::* course, double factor) {
      std::vector<double> values;
      for (const auto& draw : told.draws) values.push_back(factor * (draw.*course)[t]);
      for (auto& cell : band(std::move(values))) row.push_back(std::move(cell));
    };
    add(&Draw::output, percent);
    add(&Draw::unmet, 1);
    add(&Draw::value_added_lost, 1);
    add(&Draw::stock, 1);
    table.add_row(std::move(row));
  }
  return table;
}

Table indicator_bands(const PlayedShock& played, const EnsembleTold& told) {
  auto table = money_table(played.chain, "indicator_bands");
  for (const auto& measure : measures) {
    const auto values = over_draws(told.draws, measure.of);
    std::vector<Table::Cell> row{std::string(measure.name)};
    for (auto& cell : band(values)) row.push_back(std::move(cell));
    row.emplace_back(static_cast<std::int64_t>(
        std::count_if(values.begin(), values.end(), [](double v) { return std::isnan(v); })));
    row.emplace_back(*measure.unit == '\0' ? played.chain.info().unit : std::string(measure.unit));
    table.add_row(std::move(row));
  }
  return table;
}

Table numbers(const PlayedShock& played, const EnsembleTold& told) {
  auto table = money_table(played.chain, "numbers");
  const auto lost = over_draws(told.draws, [](const Indicators& i) { return i.value_added_lost; });
  const auto unmet = over_draws(told.draws, [](const Indicators& i) { return i.unmet; });
  struct Line {
    std::size_t number;
    double correlation;
    std::vector<double> values;
  };
  std::vector<Line> lines;
  for (std::size_t k = 0; k < told.numbers.size(); ++k) {
    std::vector<double> values;
    for (const auto& draw : told.draws) values.push_back(draw.numbers[k]);
    const double correlation = rank_correlation(values, lost);
    lines.push_back({k, correlation, std::move(values)});
  }
  const auto strength = [](const Line& line) {
    return std::isnan(line.correlation) ? -1 : std::abs(line.correlation);
  };
  std::stable_sort(lines.begin(), lines.end(),
                   [&](const Line& a, const Line& b) { return strength(a) > strength(b); });
  for (auto& [k, correlation, values] : lines) {
    const double with_unmet = rank_correlation(values, unmet);
    std::sort(values.begin(), values.end());
    table.add_row({told.numbers[k].name, correlation, with_unmet, sorted_quantile(values, 0.05),
                   sorted_quantile(values, 0.5), sorted_quantile(values, 0.95)});
  }
  return table;
}

Table draws(const PlayedShock& played, const EnsembleTold& told) {
  auto table = money_table(played.chain, "draws");
  for (const auto& draw : told.draws) {
    const auto& it = draw.indicators;
    table.add_row({static_cast<std::int64_t>(draw.index), it.value_added_lost,
                   100 * it.least_output, std::int64_t{it.least_day}, days_or_never(it.back_after),
                   it.unmet, days_or_never(it.short_after)});
  }
  return table;
}

Table drawn(const PlayedShock& played, const EnsembleTold& told) {
  auto table = money_table(played.chain, "drawn");
  for (const auto& draw : told.draws)
    for (std::size_t k = 0; k < told.numbers.size(); ++k)
      table.add_row({static_cast<std::int64_t>(draw.index), told.numbers[k].name, draw.numbers[k]});
  return table;
}

void add_findings(const PlayedShock& played, const EnsembleTold& told, Report& report) {
  const auto& table = report.table("indicator_bands");
  const auto row = static_cast<std::size_t>(
      std::find_if(measures.begin(), measures.end(),
                   [](const Measure& m) { return m.name == std::string_view("total loss"); }) -
      measures.begin());
  report.findings.push_back(
      {fmt::format("Over {} draws of {} uncertain numbers {} to {} {} of value added is lost (5 to "
                   "95 % of the draws), {} in the middle.",
                   told.draws.size(), told.numbers.size(), amount_words(table.reals("low")[row]),
                   amount_words(table.reals("high")[row]), played.chain.info().unit,
                   amount_words(table.reals("median")[row])),
       Tone::plain});
  const auto& matters = report.table("numbers");
  if (matters.rows() == 0 || std::isnan(matters.reals("correlation")[0])) return;
  report.findings.push_back(
      {fmt::format("What matters most is {} (rank correlation {:.2f} with the value added lost).",
                   matters.texts("number")[0], matters.reals("correlation")[0]),
       Tone::plain});
}

void add_notes(const EnsembleTold& told, Report& report) {
  std::size_t limited = 0;
  std::size_t collapsed = 0;
  std::size_t swinging = 0;
  for (const auto& draw : told.draws) {
    limited += draw.limited;
    collapsed += draw.trouble == Trouble::collapse ? 1 : 0;
    swinging += draw.trouble == Trouble::oscillation ? 1 : 0;
  }
  auto& notes = report.provenance.notes;
  if (limited > 0)
    notes.push_back(fmt::format(
        "{} of {} numbers drawn lay beyond what their key allows and were put on its limit.",
        limited, told.draws.size() * told.numbers.size()));
  if (collapsed > 0) notes.push_back(fmt::format("In {} draws output collapses.", collapsed));
  if (swinging > 0) notes.push_back(fmt::format("In {} draws output oscillates.", swinging));
}

Figure band_figure(const std::string& name, const std::string& title, const std::string& caption) {
  return {"lines",
          "bands",
          title,
          caption,
          {{"x", "day"}, {"y", name + "_median"}, {"low", name + "_low"}, {"high", name + "_high"}},
          0};
}

}  // namespace

void add_ensemble(const PlayedShock& played, const EnsembleTold& told, Report& report) {
  if (told.draws.empty()) return;
  for (auto* make : {&bands, &indicator_bands, &numbers, &draws, &drawn})
    report.tables.push_back(make(played, told));
  add_findings(played, told, report);
  add_notes(told, report);
  const std::string caption = "The middle of the draws, and between which 90 % of them lie";
  report.figures.push_back(band_figure("output", "Output, day by day, over the draws", caption));
  report.figures.push_back(
      band_figure("unmet", "Final use that goes without, over the draws", caption));
  report.figures.push_back({"bars",
                            "numbers",
                            "Which uncertain numbers matter",
                            "Rank correlation with the value added lost",
                            {{"label", "number"}, {"value", "correlation"}},
                            20});
}

}  // namespace stave
