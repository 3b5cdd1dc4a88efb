#include "stave/check/check.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/small_chain.hpp"

namespace stave {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const double nan = std::numeric_limits<double>::quiet_NaN();

// Miller and Blair (2009), section 2.3: one region.
// x = (1000, 2000), purchases (350, 600), value added (650, 1400).
ChainParts sound_parts() {
  auto parts = test::grid_parts(1, 2, [](std::size_t i, std::size_t j) {
    return i == 0 ? (j == 0 ? 150.0 : 500.0) : (j == 0 ? 200.0 : 100.0);
  });
  parts.final_use = Matrix::of({{350}, {1700}});
  parts.primary_rows = {{"va", "Value added", {}}};
  parts.primary = Matrix::of({{650, 1400}});
  parts.reported_output = {1000, 2000};
  parts.regions = Classification("region", {{"r0", "Home", {}, {}, Kind::unknown}});
  parts.products = Classification(
      "product", {{"p0", "Food", {}, {}, Kind::good}, {"p1", "Tools", {}, {}, Kind::good}});
  parts.info.unit = "million USD";
  return parts;
}

Check test_of(const CheckResult& result, std::string_view name) {
  for (const auto& t : result.tests)
    if (t.test == name) return t;
  ADD_FAILURE() << "no test " << name;
  return {};
}

Check test_of(ChainParts parts, std::string_view name) {
  return test_of(check(Chain(std::move(parts))), name);
}

TEST(Check, ASoundTablePassesEveryTest) {
  const auto result = check(Chain(sound_parts()));
  EXPECT_TRUE(result.sound);
  for (const auto& t : result.tests) EXPECT_EQ(t.outcome, Outcome::pass) << t.finding;
  EXPECT_TRUE(result.nodes.empty());
  EXPECT_TRUE(result.cells.empty());
}

// A = [.15 .25; .2 .05]: eigenvalues (.2 +- sqrt(.04 + 4 (.05 - .0075))) / 2 = .1 +- .2291288.
TEST(Check, MeasuresProductivity) {
  EXPECT_NEAR(test_of(sound_parts(), "productivity").value, .1 + std::sqrt(.0525), 1e-9);
}

// Total output 3000; a miss of 60 is 2 % of it, and 6 % of node 0.
TEST(Check, MeasuresRowBalancesInTotalAndByNode) {
  auto parts = sound_parts();
  parts.reported_output[0] = 1060;
  const auto result = check(Chain(std::move(parts)));
  EXPECT_FALSE(result.sound);
  EXPECT_DOUBLE_EQ(test_of(result, "row balance, total").value, 2);
  EXPECT_EQ(test_of(result, "row balance, worst node").outcome, Outcome::fail);
  EXPECT_DOUBLE_EQ(test_of(result, "row balance, worst node").value, 6);
  EXPECT_EQ(test_of(result, "row balance, worst node").where, "r0.p0");
  ASSERT_EQ(result.nodes.size(), 1U);
  EXPECT_EQ(result.nodes[0].row_miss, 60);
  EXPECT_EQ(result.nodes[0].column_miss, 0);
}

TEST(Check, MeasuresColumnBalances) {
  auto parts = sound_parts();
  parts.primary(0, 1) = 1397;
  const auto result = check(Chain(std::move(parts)), {.balance_tolerance = .002});
  EXPECT_TRUE(result.sound) << "3 of 3000 is within two thousandths";
  EXPECT_DOUBLE_EQ(test_of(result, "column balance, total").value, .1);
  EXPECT_EQ(result.nodes.at(0).column_miss, -3);
}

TEST(Check, ALargeMissOfATinyNodeIsLetBe) {
  auto parts = sound_parts();
  parts.flows = FlowMatrix(Matrix::of({{0, 0}, {0, 0}}));
  parts.final_use = Matrix::of({{1}, {1e9}});
  parts.primary = Matrix::of({{1, 1e9}});
  parts.reported_output = {2, 1e9};
  const auto worst = test_of(std::move(parts), "row balance, worst node");
  EXPECT_EQ(worst.outcome, Outcome::pass);
  EXPECT_EQ(worst.value, 100);
  EXPECT_THAT(worst.finding, HasSubstr("negligible in all"));
}

TEST(Check, SaysWhatItCannotCompare) {
  auto parts = sound_parts();
  parts.reported_output.clear();
  parts.primary_rows.clear();
  parts.primary = Matrix();
  const auto result = check(Chain(std::move(parts)));
  EXPECT_TRUE(result.sound);
  EXPECT_EQ(test_of(result, "row balance").outcome, Outcome::skipped);
  EXPECT_EQ(test_of(result, "column balance").outcome, Outcome::skipped);
}

TEST(Check, FindsCellsThatAreNotNumbersAndGoesOn) {
  auto parts = sound_parts();
  auto z = parts.flows.dense();
  z(0, 1) = nan;
  z(1, 1) = std::numeric_limits<double>::infinity();
  parts.flows = FlowMatrix(std::move(z));
  const auto result = check(Chain(std::move(parts)));
  EXPECT_FALSE(result.sound);
  const auto t = test_of(result, "flows: cells that are numbers");
  EXPECT_EQ(t.outcome, Outcome::fail);
  EXPECT_EQ(t.value, 2);
  EXPECT_EQ(t.where, "r0.p0 / r0.p1");
  EXPECT_EQ(test_of(result, "productivity").outcome, Outcome::skipped);
  ASSERT_EQ(result.cells.size(), 2U);
  EXPECT_EQ(result.cells[1].problem, "not a finite number");
  for (const auto& each : result.tests)
    EXPECT_TRUE(std::isfinite(each.value) || each.outcome == Outcome::skipped) << each.test;
}

TEST(Check, FallingStocksAreUsualAndNegativeFlowsAreNot) {
  auto parts = sound_parts();
  parts.final_use(0, 0) = -10;
  EXPECT_EQ(test_of(parts, "final use: cells below zero").outcome, Outcome::note);
  auto z = parts.flows.dense();
  z(1, 0) = -7;
  parts.flows = FlowMatrix(std::move(z));
  const auto t = test_of(parts, "flows: cells below zero");
  EXPECT_EQ(t.outcome, Outcome::warning);
  EXPECT_THAT(t.finding, HasSubstr("-7 million USD at r0.p1 / r0.p0"));
}

TEST(Check, OutputBelowZeroFails) {
  auto parts = sound_parts();
  parts.final_use(0, 0) = -700;
  const auto result = check(Chain(std::move(parts)));
  EXPECT_EQ(test_of(result, "output below zero").outcome, Outcome::fail);
  EXPECT_FALSE(result.sound);
}

// Node 0 sells nothing but buys 350; node 1 of the second table does neither.
TEST(Check, FindsEmptyNodesAndBuyersWithoutOutput) {
  auto parts = sound_parts();
  parts.flows = FlowMatrix(Matrix::of({{0, 0}, {200, 100}}));
  parts.final_use = Matrix::of({{0}, {1700}});
  EXPECT_EQ(test_of(parts, "purchases without output").where, "r0.p0");
  parts.flows = FlowMatrix(Matrix::of({{0, 0}, {0, 100}}));
  const auto empty = test_of(parts, "empty nodes");
  EXPECT_EQ(empty.outcome, Outcome::note);
  EXPECT_EQ(empty.value, 1);
}

// x_0 = 1500 - 500 = 1000, so that each unit takes 1.5 of its own.
TEST(Check, AnUnproductiveTableFails) {
  auto parts = sound_parts();
  parts.flows = FlowMatrix(Matrix::of({{1500, 0}, {0, 100}}));
  parts.final_use = Matrix::of({{-500}, {1900}});
  const auto t = test_of(std::move(parts), "productivity");
  EXPECT_EQ(t.outcome, Outcome::fail);
  EXPECT_NEAR(t.value, 1.5, 1e-9);
  EXPECT_EQ(t.where, "r0.p0");
  EXPECT_THAT(t.finding, HasSubstr("not productive"));
  EXPECT_THAT(t.finding, HasSubstr("r0.p0 buys most for what it makes, 1.5 times its output."));
}

TEST(Check, NamesThatAreOnlyCodesWarn) {
  auto parts = sound_parts();
  parts.products = Classification(
      "product", {{"p0", {}, {}, {}, Kind::good}, {"p1", "Tools", {}, {}, Kind::good}});
  const auto t = test_of(std::move(parts), "names of products");
  EXPECT_EQ(t.outcome, Outcome::warning);
  EXPECT_EQ(t.where, "p0");
}

TEST(Check, StressorsWhereNothingIsMadeWarn) {
  auto parts = sound_parts();
  parts.flows = FlowMatrix(Matrix::of({{0, 0}, {0, 100}}));
  parts.final_use = Matrix::of({{0}, {1900}});
  parts.stressor_rows = {{"co2", {}, "kt", Quality::measured, {}}};
  parts.stressors = Matrix::of({{1, 3}});
  const auto t = test_of(std::move(parts), "stressors without output");
  EXPECT_EQ(t.outcome, Outcome::warning);
  EXPECT_EQ(t.value, 25) << "1 of 4";
  EXPECT_EQ(t.where, "co2 / r0.p0");
}

TEST(Check, AChainOfNothingIsSound) { EXPECT_TRUE(check(Chain(ChainParts())).sound); }

TEST(CheckAnalysis, ReportsVerdictFindingsAndResiduals) {
  auto parts = sound_parts();
  parts.reported_output[0] = 1060;
  const auto report = run(check_analysis(), Chain(std::move(parts)));
  EXPECT_FALSE(report.verdict);
  EXPECT_EQ(report.findings.at(0).text, "The chain is not sound: 2 of 17 tests fail.");
  EXPECT_THAT(report.findings.at(1).text, HasSubstr("miss 2 % of all output"));
  EXPECT_EQ(report.table("balances").reals("row_miss").at(0), 60);
  EXPECT_EQ(report.table("balances").columns()[2].spec.unit, "million USD");
  ASSERT_EQ(report.provenance.residuals.size(), 2U);
  EXPECT_EQ(report.provenance.residuals[0].balance, "row balance");
  EXPECT_DOUBLE_EQ(report.provenance.residuals[0].relative, .02);
  EXPECT_EQ(report.figures.size(), 1U);
}

TEST(CheckAnalysis, TakesItsTolerancesFromTheUser) {
  auto parts = sound_parts();
  parts.reported_output[0] = 1060;
  const auto report = run(check_analysis(), Chain(std::move(parts)),
                          {{"balance-tolerance", "0.02"}, {"node-tolerance", "0.1"}});
  EXPECT_TRUE(report.verdict);
  EXPECT_THAT(report.findings.at(0).text, HasSubstr("The chain is sound"));
}

TEST(CheckAnalysis, ListsNoMoreThanAsked) {
  auto parts = sound_parts();
  parts.reported_output = {1060, 2060};
  parts.final_use(0, 0) = 340;
  const auto report = run(check_analysis(), Chain(std::move(parts)), {{"most", "1"}});
  EXPECT_EQ(report.table("balances").rows(), 1U);
}

}  // namespace
}  // namespace stave
