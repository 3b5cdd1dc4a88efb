#include "stave/check/check.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace stave {
namespace {

std::vector<TableSpec> declared_tables() {
  return {
      {"tests",
       "Tests",
       {{"test", ColumnType::text, {}, "What was tested"},
        {"result", ColumnType::text, {}, "pass, note, warning, fail or skipped"},
        {"value", ColumnType::real, {}, "What was found, in the unit beside it"},
        {"unit", ColumnType::text, {}, "Unit of value and tolerance"},
        {"tolerance", ColumnType::real, {}, "What is allowed; empty where nothing fails"},
        {"where", ColumnType::text, {}, "The worst or first place"},
        {"finding", ColumnType::text, {}, "The result in words"}}},
      {"balances",
       "Nodes that balance least, most money first",
       {{"node", ColumnType::text, {}, "Id of the node"},
        {"label", ColumnType::text, {}, "Region and product"},
        {"output", ColumnType::real, "chain unit", "Z 1 + Y 1"},
        {"reported_output", ColumnType::real, "chain unit", "As the source states it"},
        {"row_miss", ColumnType::real, "chain unit", "Reported output less output"},
        {"value_added", ColumnType::real, "chain unit", "Sum of primary inputs"},
        {"column_miss", ColumnType::real, "chain unit", "Value added less (output less purchases)"},
        {"relative_miss", ColumnType::real, "%", "The larger miss, of the node's output"}}},
      {"cells",
       "Unusual cells",
       {{"part", ColumnType::text, {}, "Part of the chain"},
        {"row", ColumnType::text, {}, "Row label"},
        {"column", ColumnType::text, {}, "Column label"},
        {"value", ColumnType::text, {}, "The value as it stands"},
        {"problem", ColumnType::text, {}, "What is unusual"}}}};
}

Declaration declaration() {
  Declaration d;
  d.name = "check";
  d.question = "Is this chain sound: does it balance, and can it work at all?";
  d.summary =
      "Compares reported output with sales and value added with output less purchases, looks for "
      "cells that are not numbers or below zero, nodes that buy without making, names that are "
      "missing and stressors where nothing is made, and computes the spectral radius of the input "
      "coefficients, which must be below 1. Exit status 1 when a test fails.";
  const auto share = [](std::string name, std::string fallback, std::string summary) {
    return Parameter{.name = std::move(name),
                     .type = ParameterType::real,
                     .fallback = std::move(fallback),
                     .summary = std::move(summary),
                     .unit = "share",
                     .min = 0,
                     .max = 1};
  };
  d.parameters = {
      share("balance-tolerance", "0.001", "All misses together, as a share of all output"),
      share("node-tolerance", "0.05", "One node's miss, as a share of its output"),
      share("negligible", "0.00001", "One node's miss is let be below this share of all output"),
      {.name = "most",
       .type = ParameterType::integer,
       .fallback = "20",
       .summary = "Nodes and cells listed at most",
       .unit = "rows",
       .min = 1,
       .max = 100'000}};
  d.tables = declared_tables();
  d.examples = {{"stave check world-2011", "Does the world table balance?"},
                {"stave check mine.stave --balance-tolerance 0.01",
                 "Does my table balance to one per cent?"}};
  d.papers = {
      "Miller, R. E. and Blair, P. D. (2009). Input-Output Analysis, 2nd edition. Cambridge.",
      "Hawkins, D. and Simon, H. A. (1949). Note: some conditions of macroeconomic stability. "
      "Econometrica 17, 245-248."};
  d.method = "check";
  return d;
}

Tone tone_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::pass:
      return Tone::good;
    case Outcome::warning:
      return Tone::warning;
    case Outcome::fail:
      return Tone::alarm;
    case Outcome::note:
    case Outcome::skipped:
      break;
  }
  return Tone::plain;
}

Table tests_table(const CheckResult& result) {
  auto table = declared_table(declaration(), "tests");
  for (const auto& t : result.tests)
    table.add_row({t.test, std::string(to_string(t.outcome)), t.value, t.unit, t.tolerance, t.where,
                   t.finding});
  return table;
}

// The declared columns with the chain's own unit of money.
Table money_table(std::string_view name, const Chain& chain) {
  auto table = declared_table(declaration(), name);
  for (std::size_t c = 0; c < table.columns().size(); ++c)
    if (auto& unit = table.column(c).spec.unit; unit == "chain unit") unit = chain.info().unit;
  return table;
}

Table balances_table(const Chain& chain, const CheckResult& result) {
  auto table = money_table("balances", chain);
  for (const auto& b : result.nodes)
    table.add_row({chain.node(b.node).id, chain.label(b.node), b.output, b.reported_output,
                   b.row_miss, b.value_added, b.column_miss, 100 * b.relative});
  return table;
}

Table cells_table(const CheckResult& result) {
  auto table = declared_table(declaration(), "cells");
  for (const auto& c : result.cells)
    table.add_row({c.part, c.row, c.column, fmt::format("{}", c.value), c.problem});
  return table;
}

std::size_t count(const CheckResult& result, Outcome outcome) {
  return static_cast<std::size_t>(
      std::count_if(result.tests.begin(), result.tests.end(),
                    [&](const Check& c) { return c.outcome == outcome; }));
}

// The verdict, what failed, what is unusual; then the balances and productivity, which everyone
// asks for.
std::vector<Finding> findings_of(const CheckResult& result) {
  std::vector<Finding> findings;
  const auto fails = count(result, Outcome::fail);
  const auto warnings = count(result, Outcome::warning);
  const auto done = result.tests.size() - count(result, Outcome::skipped);
  findings.push_back(
      result.sound
          ? Finding{fmt::format("The chain is sound: none of {} tests fails{}.", done,
                                warnings > 0 ? fmt::format(", {} warn", warnings) : ""),
                    Tone::good}
          : Finding{fmt::format("The chain is not sound: {} of {} tests fail.", fails, done),
                    Tone::alarm});
  for (const auto outcome : {Outcome::fail, Outcome::warning})
    for (const auto& t : result.tests)
      if (t.outcome == outcome) findings.push_back({t.finding, tone_of(outcome)});
  for (const auto& t : result.tests)
    if (t.outcome == Outcome::pass && (t.test.ends_with(", total") || t.test == "productivity"))
      findings.push_back({t.finding, Tone::good});
  return findings;
}

Report run_check(const Chain& chain, const Arguments& arguments, Progress& progress) {
  const CheckOptions options{.balance_tolerance = arguments.real("balance-tolerance"),
                             .node_tolerance = arguments.real("node-tolerance"),
                             .negligible = arguments.real("negligible"),
                             .most = static_cast<std::size_t>(arguments.integer("most"))};
  const auto result = check(chain, options, progress);
  Report report;
  report.title = fmt::format("Check of {}", chain.info().name);
  report.verdict = result.sound;
  report.findings = findings_of(result);
  report.tables = {tests_table(result), balances_table(chain, result), cells_table(result)};
  if (!result.nodes.empty())
    report.figures.push_back({"bars",
                              "balances",
                              "Nodes that balance least",
                              "Largest miss as a share of the node's output.",
                              {{"label", "label"}, {"value", "relative_miss"}},
                              12});
  for (const auto& t : result.tests)
    if (t.test.ends_with(", total") && !std::isnan(t.value))
      report.provenance.residuals.push_back(
          {t.test.substr(0, t.test.find(',')), t.value / 100, t.tolerance / 100});
  return report;
}

}  // namespace

Analysis check_analysis() { return {declaration(), run_check}; }

}  // namespace stave
