// `stave upgrade` as a report: what it says, with one year and with several, and what it refuses.
#include "stave/core/error.hpp"
#include "stave/upgrade/upgrade.hpp"

#include <algorithm>
#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "shared/wiod.hpp"
#include "upgrade/two_regions.hpp"

namespace stave {
namespace {

using ::testing::Contains;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

/// Chains by name, as a run opens the other years.
Report ask(const Chain& chain, Arguments::Given given, const std::vector<Chain>& others = {}) {
  std::string names;
  for (const auto& one : others) names += (names.empty() ? "" : ",") + one.info().name;
  if (!names.empty()) given["later"] = names;
  return run(upgrade_analysis(), chain, given, no_progress(), [&](const std::string& name) {
    return *std::ranges::find(others, name, [](const Chain& c) { return c.info().name; });
  });
}

Chain year_of(std::uint64_t seed, int year) {
  auto parts = test::random_year_parts(seed);
  parts.info.year = year;
  parts.info.name = "world-" + std::to_string(year);
  return Chain(std::move(parts));
}

/// The same with 1, 2, 3 ... thousand workers.
Chain with_workers(const Chain& chain, const std::string& name, const std::string& unit) {
  auto parts = chain.parts();
  parts.stressor_rows = {{"co2", {}, "kt", Quality::measured, {}},
                         {name, {}, unit, Quality::measured, {}}};
  parts.stressors = Matrix(2, parts.nodes.size());
  for (std::size_t i = 0; i < parts.nodes.size(); ++i)
    parts.stressors(1, i) = static_cast<double>(i + 1);
  return Chain(std::move(parts));
}

Error refusal(const std::function<void()>& act) {
  try {
    act();
  } catch (const Error& error) {
    return error;
  }
  throw std::logic_error("no error");
}

std::vector<std::string> sentences(const Report& report) {
  std::vector<std::string> texts;
  for (const auto& finding : report.findings) texts.push_back(finding.text);
  return texts;
}

void expect_drawable(const Report& report) {
  for (const auto& figure : report.figures)
    for (const auto& [role, column] : figure.columns)
      EXPECT_NO_THROW((void)report.table(figure.table).column_index(column)) << role;
  for (const auto& residual : report.provenance.residuals)
    EXPECT_LE(residual.relative, residual.tolerance) << residual.balance;
  for (const auto& text : sentences(report)) {
    EXPECT_THAT(text, Not(HasSubstr("nan")));
    EXPECT_TRUE(text.ends_with('.')) << text;
  }
}

TEST(UpgradeReport, OfOneYearSaysWhereARegionStandsAndWhatIsMissing) {
  const auto report = ask(year_of(4, 2011), {{"region", "r1"}, {"sectors", "p0,p2"}});
  const auto said = sentences(report);
  EXPECT_THAT(said[0], StartsWith("r1 stands in the upper half on "));
  EXPECT_THAT(said[0], HasSubstr(" of 4 measures in 2011: "));
  EXPECT_THAT(said, Contains(HasSubstr("not where it moves")));
  EXPECT_THAT(said, Contains(HasSubstr("Value added per worker is not known for 2011")));
  EXPECT_THAT(report.table("measures").texts("moved"), Each(""));
  EXPECT_EQ(report.table("regions").rows(), 5U);
  EXPECT_THAT(report.table("sectors").texts("counted"), Contains("yes").Times(2));
  EXPECT_THAT(report.provenance.notes,
              Contains(StartsWith("High-technology sectors: p0 p0; p2 p2")));
  expect_drawable(report);
}

TEST(UpgradeReport, OfTwoYearsCountsWhatMovedUpAndWhomItPassed) {
  const auto report = ask(with_workers(year_of(4, 2011), "Employment", "1000 persons"),
                          {{"region", "r1"}, {"sectors", "p0"}},
                          {with_workers(year_of(9, 1995), "Employment", "1000 persons")});
  const auto& measures = report.table("measures");
  const auto& first = measures.reals("first");
  const auto& last = measures.reals("last");
  std::size_t up = 0;
  for (std::size_t k = 0; k < 5; ++k) {
    const bool less = measures.texts("better")[k] == "less";
    EXPECT_EQ(less, k == 4);
    const std::string moved = (last[k] > first[k]) != less ? "up" : "down";
    EXPECT_EQ(measures.texts("moved")[k], moved);
    up += moved == "up" ? 1 : 0;
    EXPECT_NEAR(measures.reals("change")[k], last[k] - first[k], 1e-12);
    EXPECT_EQ(
        measures.reals("rank_first")[k] + static_cast<double>(measures.integers("passed_by")[k]),
        measures.reals("rank_last")[k] + static_cast<double>(measures.integers("passed")[k]));
  }
  EXPECT_THAT(sentences(report)[0],
              StartsWith(fmt::format("r1 moved up on {} of 5 measures from 1995 to 2011", up)));
  EXPECT_EQ(measures.texts("unit")[3], "million USD per 1000 persons");
  EXPECT_EQ(report.table("course").rows(), 10U);
  EXPECT_EQ(report.table("course").texts("year")[0], "1995");
  const auto& passed = report.table("passed");
  for (std::size_t i = 0; i < passed.rows(); ++i) {
    const bool less = passed.texts("measure")[i] == "foreign_reliance";
    const bool it = passed.texts("passed")[i] == "it";
    const bool ahead_then = (passed.reals("own_first")[i] > passed.reals("first")[i]) != less;
    const bool ahead_now = (passed.reals("own_last")[i] > passed.reals("last")[i]) != less;
    EXPECT_EQ(ahead_then, !it);
    EXPECT_EQ(ahead_now, it);
  }
  expect_drawable(report);
}

// The same table twice has not moved, and nobody passed anybody.
TEST(UpgradeReport, OfAnUnchangedWorldIsUnchanged) {
  const auto report =
      ask(year_of(4, 1995), {{"region", "r0"}, {"sectors", "p1"}}, {year_of(4, 2011)});
  EXPECT_THAT(report.table("measures").texts("moved"),
              ElementsAre("same", "same", "same", "", "same"));
  EXPECT_EQ(report.table("passed").rows(), 0U);
  EXPECT_THAT(sentences(report)[0], HasSubstr("moved up on 0 of 4 measures"));
}

// Years may have their regions and products in another order.
TEST(UpgradeReport, BringsYearsToOneOrder) {
  const auto later = year_of(9, 2011);
  auto turned = later.parts();
  auto regions = turned.regions.items();
  auto products = turned.products.items();
  std::ranges::reverse(regions);
  std::ranges::reverse(products);
  turned.regions = Classification("region", regions);
  turned.products = Classification("product", products);
  for (auto& node : turned.nodes) {
    node.region = RegionId(4 - node.region.at());
    node.product = ProductId(3 - node.product.at());
  }
  for (auto& column : turned.final_columns) column.region = RegionId(4 - column.region.at());
  const Arguments::Given given{{"region", "r3"}, {"sectors", "p1"}};
  const auto straight = ask(year_of(4, 1995), given, {later});
  const auto reversed = ask(year_of(4, 1995), given, {Chain(turned)});
  for (std::size_t k : {0, 1, 2, 4}) {
    EXPECT_NEAR(straight.table("measures").reals("last")[k],
                reversed.table("measures").reals("last")[k], 1e-10);
    EXPECT_NEAR(straight.table("measures").reals("first")[k],
                reversed.table("measures").reals("first")[k], 1e-10);
  }
  EXPECT_EQ(straight.table("passed").rows(), reversed.table("passed").rows());
}

TEST(UpgradeReport, RanksAmongThePeersAskedFor) {
  const auto report = ask(year_of(4, 2011), {{"region", "r1"}, {"among", "r0,r3"}});
  EXPECT_EQ(report.table("measures").reals("peers")[0], 3);
  EXPECT_LE(report.table("measures").reals("rank_last")[0], 3);
}

TEST(UpgradeReport, FindsWorkersByNameAndLeavesOutYearsInOtherUnits) {
  const auto early = with_workers(year_of(4, 1995), "Employees", "persons");
  const auto late = with_workers(year_of(9, 2011), "Employment", "1000 persons");
  const auto report = ask(early, {{"region", "r1"}}, {late});
  EXPECT_TRUE(std::isnan(report.table("measures").reals("first")[3]));
  EXPECT_FALSE(std::isnan(report.table("measures").reals("last")[3]));
  EXPECT_THAT(sentences(report), Contains(HasSubstr("not known for 1995")));
  const auto named = ask(with_workers(year_of(4, 1995), "hands", "persons"),
                         {{"region", "r1"}, {"workers", "hands"}});
  EXPECT_FALSE(std::isnan(named.table("measures").reals("last")[3]));
  EXPECT_THAT(named.provenance.notes, Contains("Workers are 'hands', in persons."));
}

TEST(UpgradeReport, RefusesWhatItCannotUse) {
  const auto chain = year_of(4, 2011);
  const auto workers = refusal([&] { (void)ask(chain, {{"region", "r1"}, {"workers", "hands"}}); });
  EXPECT_EQ(workers.code(), Errc::not_found);
  EXPECT_THAT(workers.what(), HasSubstr("'hands'"));
  EXPECT_EQ(refusal([&] { (void)ask(chain, {{"region", "r9"}}); }).code(), Errc::not_found);
  EXPECT_EQ(refusal([&] { (void)ask(chain, {{"region", "r1"}, {"sectors", "p9"}}); }).code(),
            Errc::not_found);
  EXPECT_THAT(refusal([&] { (void)ask(chain, {}); }).what(), HasSubstr("--region"));
  auto other = test::grid_parts(5, 7, [](std::size_t, std::size_t) { return .1; });
  const auto mixed = refusal([&] { (void)ask(chain, {{"region", "r1"}}, {Chain(other)}); });
  EXPECT_EQ(mixed.code(), Errc::bad_input);
  EXPECT_THAT(mixed.hint(), HasSubstr("concordance"));
  auto alone = test::grid_parts(1, 3, [](std::size_t, std::size_t) { return .1; });
  const auto single = refusal([&] { (void)ask(Chain(alone), {{"region", "r0"}}); });
  EXPECT_EQ(single.code(), Errc::missing_part);
  EXPECT_THAT(single.hint(), HasSubstr("several regions"));
}

// ---- WIOD, 1995 to 2011 ----

// What anyone knows of those years must come out: China's exports came from high-technology
// sectors far more in 2011, with more of others' value added in them than in 1995; every figure is
// that of `stave trade`.
TEST(UpgradeOfChina, From1995To2011) {
  if (!std::filesystem::exists(test::wiod_folder)) GTEST_SKIP() << "no " << test::wiod_folder;
  const auto early = test::wiod("1995");
  const auto late = test::wiod("2011");
  const auto report = ask(early, {{"region", "CHN"}}, {late});
  const auto& measures = report.table("measures");
  EXPECT_EQ(measures.texts("moved")[0], "down");
  EXPECT_EQ(measures.texts("moved")[1], "up");
  EXPECT_GT(measures.reals("change")[1], 5);
  EXPECT_LT(measures.reals("rank_last")[1], measures.reals("rank_first")[1]);
  EXPECT_GT(measures.reals("change")[4], 0);
  EXPECT_EQ(measures.reals("peers")[0], 41);
  expect_drawable(report);
  const auto trade = run(trade_analysis(), late);
  const auto& exporters = trade.table("exporters");
  const auto& regions = report.table("regions");
  for (std::size_t i = 0; i < regions.rows(); ++i) {
    if (regions.texts("year")[i] != "2011") continue;
    const auto s = static_cast<std::size_t>(
        std::ranges::find(exporters.texts("exporter"), regions.texts("region")[i]) -
        exporters.texts("exporter").begin());
    const double exports = exporters.reals("exports")[s];
    EXPECT_NEAR(regions.reals("domestic_value_added")[i],
                100 - 100 * exporters.reals("foreign_content")[s] / exports, 1e-9);
    EXPECT_NEAR(regions.reals("position")[i], exporters.reals("position")[s], 1e-12);
  }
}

}  // namespace
}  // namespace stave
