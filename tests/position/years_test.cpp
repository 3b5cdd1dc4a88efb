// `stave position` over several years: what moved, and who passed whom.
#include "stave/core/error.hpp"
#include "stave/position/position.hpp"

#include <algorithm>
#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "position/random_chain.hpp"
#include "shared/wiod.hpp"

namespace stave {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

Chain of_year(ChainParts parts, int year) {
  parts.info.year = year;
  parts.info.name = "year-" + std::to_string(year);
  return Chain(std::move(parts));
}

Report over_years(const Chain& chain, const std::vector<Chain>& others,
                  Arguments::Given given = {}) {
  std::string names;
  for (const auto& one : others) names += (names.empty() ? "" : ",") + one.info().name;
  given["later"] = names;
  return run(position_analysis(), chain, given, no_progress(), [&](const std::string& name) {
    return *std::ranges::find(others, name, [](const Chain& c) { return c.info().name; });
  });
}

// The first of two makers sells 5 of 10 to the second, and 8 of 16 in the later year: U stays 1.5;
// what the second buys rises from 5 of 10 to 8 of 10, so that its D rises from 1.5 to 1.8. Position
// of p0: 1.5 / 1 both times; of p1: 1 / 1.5, then 1 / 1.8.
TEST(PositionOverYears, OfTwoMakersByHand) {
  auto later = test::two_makers();
  later.flows = FlowMatrix(Matrix::of({{0, 8}, {0, 0}}));
  later.final_use = Matrix::of({{8, 0}, {10, 0}});
  const auto report = over_years(of_year(test::two_makers(), 1995), {of_year(later, 2011)},
                                 {{"inventories", "keep"}});
  const auto& makers = report.table("maker_moves");
  EXPECT_THAT(makers.texts("node"), ElementsAre("r0.p1", "r0.p0"));
  EXPECT_NEAR(makers.reals("downstreamness_first")[0], 1.5, 1e-12);
  EXPECT_NEAR(makers.reals("downstreamness_last")[0], 1.8, 1e-12);
  EXPECT_NEAR(makers.reals("downstreamness_change")[0], .3, 1e-12);
  EXPECT_NEAR(makers.reals("position_last")[0], 1 / 1.8, 1e-12);
  EXPECT_NEAR(makers.reals("upstreamness_change")[1], 0, 1e-12);
  EXPECT_THAT(report.table("product_moves").reals("rank_last"), ElementsAre(2, 1));
  EXPECT_EQ(report.table("passed").rows(), 0U);
}

TEST(PositionOverYears, RanksMoveByThosePassedAndThosePassing) {
  const auto first = of_year(test::random_position_parts(6, 4, 5), 1995);
  const auto last = of_year(test::random_position_parts(6, 4, 6), 2011);
  const auto report = over_years(first, {last}, {{"region", "r2"}});
  std::size_t passings = 0;
  for (const auto* name : {"region_moves", "product_moves"}) {
    const auto& moves = report.table(name);
    for (std::size_t i = 0; i < moves.rows(); ++i) {
      EXPECT_EQ(moves.reals("rank_first")[i] + static_cast<double>(moves.integers("passed_by")[i]),
                moves.reals("rank_last")[i] + static_cast<double>(moves.integers("passed")[i]));
      EXPECT_NEAR(moves.reals("position_last")[i],
                  moves.reals("upstreamness_last")[i] / moves.reals("downstreamness_last")[i],
                  1e-12);
      passings += static_cast<std::size_t>(moves.integers("passed")[i]);
    }
  }
  const auto& passed = report.table("passed");
  EXPECT_EQ(passed.rows(), passings);
  EXPECT_GT(passings, 0U);
  for (std::size_t i = 0; i < passed.rows(); ++i) {
    EXPECT_LT(passed.reals("first")[i], passed.reals("passed_first")[i]);
    EXPECT_GT(passed.reals("last")[i], passed.reals("passed_last")[i]);
  }
  EXPECT_THAT(report.findings[1].text, StartsWith("r2, 1995 to 2011: upstreamness "));
  for (const auto& finding : report.findings) EXPECT_THAT(finding.text, Not(HasSubstr("nan")));
}

// Each year's figures are those of that year asked alone, whichever chain is named first.
TEST(PositionOverYears, HoldsWhatEachYearSaysAlone) {
  const auto first = of_year(test::random_position_parts(3, 4, 5), 1995);
  const auto last = of_year(test::turned(test::random_position_parts(3, 4, 6), 5, 3), 2011);
  const auto report = over_years(last, {first});
  EXPECT_THAT(report.table("region_course").texts("year")[0], "1995");
  const auto& moves = report.table("region_moves");
  for (const auto& [chain, column] :
       {std::pair{first, "upstreamness_first"}, {last, "upstreamness_last"}}) {
    const auto alone = run(position_analysis(), chain);
    const auto& regions = alone.table("regions");
    for (std::size_t i = 0; i < moves.rows(); ++i) {
      const auto at = std::ranges::find(regions.texts("region"), moves.texts("region")[i]) -
                      regions.texts("region").begin();
      EXPECT_NEAR(moves.reals(column)[i],
                  regions.reals("upstreamness")[static_cast<std::size_t>(at)], 1e-12);
    }
  }
}

TEST(PositionOverYears, RefusesOtherClassificationsAndAsksForTheConcordance) {
  const auto first = of_year(test::random_position_parts(3, 4, 5), 1995);
  const auto other = of_year(test::random_position_parts(3, 5, 5), 2011);
  try {
    (void)over_years(first, {other});
    FAIL() << "no error";
  } catch (const Error& e) {
    EXPECT_EQ(e.code(), Errc::bad_input);
    EXPECT_THAT(e.what(), HasSubstr("only year-2011 has p4"));
    EXPECT_THAT(e.hint(), HasSubstr("stave aggregate CHAIN --products CONCORDANCE.csv"));
  }
}

TEST(PositionOverYears, WithoutLaterChainsHasNoTablesOfThem) {
  const auto report = run(position_analysis(), of_year(test::two_makers(), 1995));
  for (const auto& table : report.tables) EXPECT_NE(table.name(), "passed");
}

// Antras and Chor (2018) find that the world's production moved away from final use after 1995.
TEST(PositionOverYears, TheWorldMovedUpstream) {
  if (!std::filesystem::exists(test::wiod_folder)) GTEST_SKIP() << "no " << test::wiod_folder;
  const auto report = over_years(test::wiod("1995"), {test::wiod("2011")}, {{"region", "CHN"}});
  EXPECT_THAT(report.findings[0].text, HasSubstr("From 1995 to 2011 products came to pass "));
  const auto& course = report.table("region_moves").reals("upstreamness_change");
  EXPECT_GT(std::ranges::count_if(course, [](double v) { return v > 0; }), 25);
  for (const auto& residual : report.provenance.residuals)
    EXPECT_LE(residual.relative, residual.tolerance) << residual.balance;
}

}  // namespace
}  // namespace stave
