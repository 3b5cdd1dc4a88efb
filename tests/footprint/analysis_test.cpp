// `stave footprint` as a report: what it says, what adds up, what it refuses.
#include "stave/core/error.hpp"
#include "stave/footprint/footprint.hpp"

#include <cmath>
#include <numeric>
#include <tuple>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/small_chain.hpp"
#include "position/random_chain.hpp"

namespace stave {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::Each;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

Chain random_footprint_world() { return Chain(test::random_position_parts(4, 5, 21)); }

double sum_of(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

std::string refused(const Chain& chain, const Arguments::Given& given, Errc expected) {
  try {
    (void)run(footprint_analysis(), chain, given);
  } catch (const Error& e) {
    EXPECT_EQ(e.code(), expected) << e.what();
    return std::string(e.what()) + " | " + e.hint();
  }
  return "no error";
}

TEST(FootprintReport, PartsOriginsSourcesTiersAndPathsSumToTheFootprint) {
  for (const auto& given :
       {Arguments::Given{}, Arguments::Given{{"region", "r1"}}, Arguments::Given{{"sector", "p2"}},
        Arguments::Given{{"region", "r1"}, {"sector", "p2"}}}) {
    const auto report = run(footprint_analysis(), random_footprint_world(), given);
    const double footprint = report.table("balance").reals("value")[2];
    EXPECT_GT(footprint, 0);
    for (const auto* name : {"products", "origins", "sources", "tiers"})
      EXPECT_NEAR(sum_of(report.table(name).reals("value")), footprint, 1e-11 * footprint) << name;
    EXPECT_NEAR(report.table("balance").reals("value")[0],
                sum_of(report.table("paths").reals("value")), 1e-11 * footprint);
    EXPECT_NEAR(
        report.table("balance").reals("value")[0] + report.table("balance").reals("value")[1],
        footprint, 1e-11 * footprint);
    for (const auto& r : report.provenance.residuals)
      EXPECT_LE(r.relative, r.tolerance) << r.balance;
    for (const auto& figure : report.figures)
      for (const auto& [role, column] : figure.columns)
        EXPECT_NO_THROW((void)report.table(figure.table).column_index(column)) << role;
    for (const auto& finding : report.findings)
      EXPECT_THAT(finding.text, AllOf(Not(HasSubstr("nan")), testing::EndsWith(".")));
  }
}

TEST(FootprintReport, FlowsOfARegionSumToItsImports) {
  const auto report = run(footprint_analysis(), random_footprint_world());
  const auto& flows = report.table("flows");
  const auto& regions = report.table("regions");
  for (std::size_t r = 0; r < regions.rows(); ++r) {
    double imports = 0;
    for (std::size_t f = 0; f < flows.rows(); ++f)
      if (flows.texts("to")[f] == regions.texts("region")[r]) imports += flows.reals("value")[f];
    EXPECT_NEAR(imports, regions.reals("imports")[r], 1e-12 * imports);
  }
}

// kt per million USD is kg per USD.
TEST(FootprintReport, IntensitiesAreInKilogramsPerUnitOfMoney) {
  const Chain chain(test::two_makers());
  const auto table = run(footprint_analysis(), chain).table("intensity");
  EXPECT_EQ(table.columns()[table.column_index("total")].spec.unit, "kg / USD");
  EXPECT_NEAR(table.reals("direct")[0], 1, 1e-14);
  EXPECT_NEAR(table.reals("upstream")[1], .5, 1e-14);
  EXPECT_NEAR(table.reals("total")[1], .5, 1e-14);

  auto parts = test::two_makers();
  parts.info.unit = "10,000 CNY";
  parts.stressor_rows[0].unit = "t";
  const auto yuan = run(footprint_analysis(), Chain(parts)).table("intensity");
  EXPECT_EQ(yuan.columns()[yuan.column_index("total")].spec.unit, "kg / CNY");
  EXPECT_NEAR(yuan.reals("direct")[0], .1, 1e-15);

  parts.stressor_rows[0].unit = "persons";
  const auto jobs = run(footprint_analysis(), Chain(parts)).table("intensity");
  EXPECT_EQ(jobs.columns()[jobs.column_index("total")].spec.unit, "persons / 10,000 CNY");
  EXPECT_NEAR(jobs.reals("direct")[0], 1, 1e-14);
}

// Populations 10, 20 and 30; see small_chain.
TEST(FootprintReport, PerHeadWherePopulationIsThereElseSaysWhatIsMissing) {
  const auto with = run(footprint_analysis(), test::small_chain(), {{"region", "DEU"}});
  const auto& regions = with.table("regions");
  for (std::size_t r = 0; r < regions.rows(); ++r) {
    const double people = regions.texts("region")[r] == "CHN"   ? 10
                          : regions.texts("region")[r] == "JPN" ? 20
                                                                : 30;
    EXPECT_NEAR(regions.reals("consumption_per_head")[r], regions.reals("consumption")[r] / people,
                1e-12);
  }
  EXPECT_THAT(with.provenance.notes, Not(Contains(HasSubstr("population"))));
  const auto without = run(footprint_analysis(), random_footprint_world());
  EXPECT_TRUE(std::isnan(without.table("regions").reals("consumption_per_head")[0]));
  EXPECT_THAT(without.provenance.notes, Contains(HasSubstr("population")));
}

TEST(FootprintReport, FindsTheStressorWhateverItsCase) {
  const auto chain = random_footprint_world();
  EXPECT_EQ(run(footprint_analysis(), chain, {{"stressor", "CO2"}}).table("tiers").reals("value"),
            run(footprint_analysis(), chain, {{"stressor", "co2"}}).table("tiers").reals("value"));
}

// CO2 10 kt and CH4 2 t in one maker of two: 10 + 0.002 x 29.8 by AR6, 10 + 0.002 x 30 by AR5.
TEST(FootprintReport, CountsGreenhouseGasesTogetherByANamedSet) {
  auto parts = test::two_makers();
  parts.stressor_rows = {{"CO2", {}, "Gg", Quality::measured, {}},
                         {"CH4 - agriculture - air", {}, "t", Quality::measured, {}},
                         {"N2O", {}, "kg", Quality::measured, {}},
                         {"GHG", {}, "kt", Quality::measured, {}},
                         {"jobs", {}, "persons", Quality::measured, {}}};
  parts.stressors = Matrix::of({{10, 0}, {2, 0}, {0, 1000}, {99, 99}, {7, 7}});
  for (const auto& [set, ch4, n2o] :
       {std::tuple("AR6", 29.8, 273.), std::tuple("AR5", 30., 265.)}) {
    const auto report = run(footprint_analysis(), Chain(parts), {{"gwp", set}});
    EXPECT_NEAR(report.table("balance").reals("value")[2], 10 + .002 * ch4 + .001 * n2o, 1e-13);
    EXPECT_THAT(report.table("factors").reals("potential"), testing::ElementsAre(1, ch4, n2o));
    EXPECT_THAT(report.title, HasSubstr(set));
    EXPECT_THAT(
        report.findings,
        Contains(testing::Field(&Finding::text,
                                AllOf(HasSubstr("GWP 100"), HasSubstr("without a factor: GHG [kt], "
                                                                      "jobs [persons]")))));
  }
  EXPECT_THAT(refused(Chain(parts), {{"gwp", "AR4"}}, Errc::bad_input), HasSubstr("AR6, AR5"));
  EXPECT_THAT(refused(Chain(parts), {{"gwp", "AR6"}, {"stressor", "jobs"}}, Errc::bad_input),
              HasSubstr("both"));
  parts.stressor_rows = {{"jobs", {}, "persons", Quality::measured, {}}};
  parts.stressors = Matrix::of({{7, 7}});
  EXPECT_THAT(refused(Chain(parts), {{"gwp", "AR6"}}, Errc::missing_part),
              AllOf(HasSubstr("jobs [persons]"), HasSubstr("CH4")));
}

TEST(FootprintReport, RefusesWhatTheChainDoesNotHave) {
  const auto chain = random_footprint_world();
  EXPECT_THAT(refused(chain, {{"stressor", "co3"}}, Errc::not_found),
              AllOf(HasSubstr("co3"), HasSubstr("Did you mean 'co2'")));
  EXPECT_THAT(refused(chain, {{"region", "r11"}}, Errc::not_found), HasSubstr("Did you mean"));
  EXPECT_THAT(refused(chain, {{"tiers", "-1"}}, Errc::bad_input), HasSubstr("from 0"));
  auto parts = test::random_position_parts(2, 2, 1);
  parts.stressor_rows.clear();
  parts.stressors = Matrix();
  EXPECT_THAT(refused(Chain(parts), {}, Errc::missing_part),
              AllOf(HasSubstr("stressors"), HasSubstr("--stressors FILE.csv")));
}

TEST(FootprintReport, OfASectorThatSellsNothingToFinalUseHasNoPaths) {
  auto parts = test::two_makers();
  parts.final_use = Matrix::of({{0, 0}, {10, 0}});
  const auto report = run(footprint_analysis(), Chain(parts), {{"sector", "p0"}});
  EXPECT_EQ(report.table("balance").reals("value")[2], 0);
  EXPECT_EQ(report.table("paths").rows(), 0);
  EXPECT_NEAR(report.table("sector").reals("of_output")[0], 10, 1e-13);
}

}  // namespace
}  // namespace stave
