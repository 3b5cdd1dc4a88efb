// `stave position`, `stave structure` and `stave paths` as reports: what they say and refuse.
#include "stave/core/error.hpp"
#include "stave/position/paths.hpp"
#include "stave/position/position.hpp"
#include "stave/position/structure.hpp"

#include <cmath>
#include <limits>
#include <numeric>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "position/random_chain.hpp"

namespace stave {
namespace {

using ::testing::Contains;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::Le;

Chain random_world() { return Chain(test::random_position_parts(4, 5, 21)); }

void expect_sound(const Report& report) {
  for (const auto& figure : report.figures)
    for (const auto& [role, column] : figure.columns)
      EXPECT_NO_THROW((void)report.table(figure.table).column_index(column)) << role;
  for (const auto& r : report.provenance.residuals)
    if (r.tolerance > 0) {
      EXPECT_LE(r.relative, r.tolerance) << r.balance;
    }
  EXPECT_FALSE(report.findings.empty());
  for (const auto& finding : report.findings) {
    EXPECT_THAT(finding.text, Not(HasSubstr("nan")));
    EXPECT_TRUE(finding.text.ends_with('.')) << finding.text;
  }
}

std::string refusal(const Analysis& analysis, const Chain& chain, const Arguments::Given& given,
                    Errc expected) {
  try {
    (void)run(analysis, chain, given);
  } catch (const Error& e) {
    EXPECT_EQ(e.code(), expected) << e.what();
    return std::string(e.what()) + " | " + e.hint();
  }
  return "no error";
}

TEST(PositionReport, OfTwoMakersByHand) {
  const auto report =
      run(position_analysis(), Chain(test::two_makers()), {{"inventories", "keep"}});
  const auto& nodes = report.table("nodes");
  EXPECT_THAT(nodes.texts("node"), ElementsAre("r0.p0", "r0.p1"));
  EXPECT_NEAR(nodes.reals("upstreamness")[0], 1.5, 1e-14);
  EXPECT_NEAR(nodes.reals("position")[0], 1.5, 1e-14);
  EXPECT_NEAR(nodes.reals("distance")[1], -.5, 1e-14);
  EXPECT_NEAR(nodes.reals("final_use_share")[0], 50, 1e-12);
  // (10 x 1.5 + 10 x 1) / 20, either way.
  const auto& regions = report.table("regions");
  EXPECT_NEAR(regions.reals("upstreamness")[0], 1.25, 1e-14);
  EXPECT_NEAR(regions.reals("downstreamness")[0], 1.25, 1e-14);
  EXPECT_EQ(regions.columns()[regions.column_index("output")].spec.unit, "million USD");
  EXPECT_THAT(report.provenance.notes, Contains("Net changes of inventories count as final use."));
  expect_sound(report);
}

TEST(PositionReport, SaysWhatWasRemovedAndFromWhom) {
  auto parts = test::two_makers();
  parts.final_use = Matrix::of({{3, 2}, {0, 10}});
  const auto report = run(position_analysis(), Chain(parts));
  EXPECT_THAT(report.provenance.notes,
              Contains(HasSubstr("Net changes of inventories, 2 million USD in all")));
  EXPECT_THAT(report.provenance.notes, Contains(HasSubstr("1 makers, r0: p1.")));
  parts.final_columns[1].category = "capital";
  EXPECT_THAT(run(position_analysis(), Chain(parts)).provenance.notes,
              Contains(HasSubstr("No category of final use is a change of inventories")));
}

TEST(PositionReport, TellsTheRegionAndProductAskedForFirstAndListsTheirMakers) {
  const auto report =
      run(position_analysis(), random_world(), {{"region", "r2"}, {"product", "p3"}});
  EXPECT_THAT(report.findings[0].text, testing::StartsWith("r2: upstreamness "));
  EXPECT_THAT(report.findings[0].text, HasSubstr("of 4 regions"));
  EXPECT_THAT(report.findings[1].text, testing::StartsWith("p3: upstreamness "));
  EXPECT_THAT(report.table("nodes").texts("node"), ElementsAre("r2.p3"));
  EXPECT_EQ(report.table("regions").rows(), 4U);
  expect_sound(report);
}

TEST(PositionReport, HasTheSmileCurveAndThePropagationAskedFor) {
  const auto report =
      run(position_analysis(), random_world(), {{"final", "r1.p2"}, {"node", "r0.p0"}});
  const auto& smile = report.table("smile");
  const auto& shares = smile.reals("share");
  EXPECT_NEAR(std::accumulate(shares.begin(), shares.end(), 0.0), 100, 1e-9);
  EXPECT_TRUE(std::ranges::is_sorted(shares, std::greater<>()));
  EXPECT_EQ(report.table("smile_line").rows(), 41U);
  EXPECT_EQ(report.table("lengths").rows(), 20U);
  expect_sound(report);
  const auto product = run(position_analysis(), random_world(), {{"final", "p2"}});
  EXPECT_GT(
      std::accumulate(product.table("smile").reals("value_added").begin(),
                      product.table("smile").reals("value_added").end(), 0.0),
      std::accumulate(smile.reals("value_added").begin(), smile.reals("value_added").end(), 0.0));
}

TEST(PositionReport, ListsNegativeValueAdded) {
  auto parts = test::two_makers();
  parts.primary_rows = {{"va", "Value added", {}}};
  parts.primary = Matrix::of({{8, -4}});
  for (const auto& analysis : {position_analysis(), structure_analysis(), paths_analysis()}) {
    const auto report = run(analysis, Chain(parts));
    EXPECT_THAT(report.table("negative_value_added").texts("node"), ElementsAre("r0.p1"));
    EXPECT_THAT(report.table("negative_value_added").reals("value_added"), ElementsAre(-4));
    EXPECT_THAT(report.provenance.notes, Contains(HasSubstr("below zero at 1 of 2 makers")));
  }
}

// Rounded tables have such makers: WIOD's of 2011 says -1 for leather of Luxembourg. Here the first
// of three sells 2 and takes 6 back into stock; it buys nothing.
TEST(PositionReport, MakersWithOutputBelowZeroMakeNothing) {
  auto parts = test::grid_parts(
      1, 3, [](std::size_t i, std::size_t j) { return i == 1 && j == 2 ? 5.0 : 0.0; });
  parts.final_columns = {{RegionId(0), "households"}, {RegionId(0), "stock change"}};
  parts.final_use = Matrix::of({{2, -6}, {3, 2}, {10, 0}});
  for (const auto& analysis : {structure_analysis(), paths_analysis()}) {
    const auto report = run(analysis, Chain(parts));
    EXPECT_THAT(report.provenance.notes,
                Contains("Output lies below zero at 1 makers, which count as making nothing: "
                         "r0: p0."));
    expect_sound(report);
  }
  const auto structure = run(structure_analysis(), Chain(parts));
  const auto& linkages = structure.table("linkages");
  EXPECT_THAT(linkages.texts("node"), ElementsAre("r0.p1", "r0.p2", "r0.p0"));
  EXPECT_EQ(linkages.reals("output")[2], 0);
}

TEST(PositionReport, RefusesWhatItCannotUse) {
  const auto chain = random_world();
  EXPECT_THAT(refusal(position_analysis(), chain, {{"final", "r1.p9"}}, Errc::not_found),
              HasSubstr("r1.p"));
  EXPECT_THAT(refusal(position_analysis(), chain, {{"final", "q2"}}, Errc::not_found),
              HasSubstr("q2"));
  EXPECT_THAT(refusal(position_analysis(), chain, {{"node", "r1.p9"}}, Errc::not_found),
              HasSubstr("r1.p9"));
  EXPECT_THAT(refusal(position_analysis(), chain, {{"inventories", "drop"}}, Errc::bad_input),
              HasSubstr("keep, remove"));
  auto parts = test::two_makers();
  parts.final_columns.clear();
  parts.final_use = Matrix(2, 0);
  for (const auto& analysis : {position_analysis(), structure_analysis(), paths_analysis()})
    EXPECT_THAT(refusal(analysis, Chain(parts), {}, Errc::missing_part),
                HasSubstr("needs final use"));
}

TEST(StructureReport, OfTwoMakersByHand) {
  const auto report = run(structure_analysis(), Chain(test::two_makers()));
  const auto& linkages = report.table("linkages");
  EXPECT_THAT(linkages.texts("key"), ElementsAre("forward", "backward"));
  const auto& multipliers = report.table("multipliers");
  EXPECT_THAT(multipliers.texts("measure"),
              ElementsAre("output", "output", "value added", "value added", "co2", "co2"));
  // 1 kt a unit of the first; .5 of it in a unit of the second.
  EXPECT_NEAR(multipliers.reals("total")[5], .5, 1e-14);
  EXPECT_TRUE(std::isnan(multipliers.reals("ratio")[5])) << "nothing of its own";
  EXPECT_EQ(multipliers.texts("unit")[5], "kt / million USD");
  const auto& influence = report.table("influence");
  EXPECT_THAT(influence.texts("from"), ElementsAre("r0.p0"));
  EXPECT_NEAR(influence.reals("influence")[0], 1, 1e-14);
  EXPECT_NEAR(influence.reals("effect")[0], 100 * .5 / 2.5, 1e-12);
  const auto& extraction = report.table("extraction");
  EXPECT_THAT(extraction.texts("node"), ElementsAre("r0.p1", "r0.p0"));
  EXPECT_NEAR(extraction.reals("lost_share")[0], 75, 1e-12);
  expect_sound(report);
}

TEST(StructureReport, SpeaksOfTheRegionAndInTheMeasureAskedFor) {
  const auto report = run(structure_analysis(), random_world(),
                          {{"region", "r1"}, {"measure", "co2"}, {"links", "3"}});
  EXPECT_THAT(report.findings, Contains(Field(&Finding::text, HasSubstr("Without r1, the chain "
                                                                        "would lose"))));
  const auto& regions = report.table("extraction_regions");
  EXPECT_EQ(regions.rows(), 4U);
  EXPECT_EQ(regions.columns()[regions.column_index("lost")].spec.unit, "kt");
  EXPECT_EQ(report.table("extraction").rows(), 20U);
  EXPECT_EQ(report.table("influence").rows(), 3U);
  EXPECT_THAT(regions.reals("lost_share"), Each(Le(100)));
  expect_sound(report);
}

TEST(StructureReport, ThinksAwayOnlyWhatIsGiven) {
  const auto given =
      run(structure_analysis(), random_world(), {{"extraction", "given"}, {"region", "r1"}});
  EXPECT_EQ(given.table("extraction_regions").rows(), 1U);
  EXPECT_THROW((void)given.table("extraction"), std::logic_error);
  const auto all = run(structure_analysis(), random_world());
  const auto& regions = all.table("extraction_regions");
  for (std::size_t r = 0; r < 4; ++r)
    if (regions.texts("region")[r] == "r1") {
      EXPECT_NEAR(regions.reals("backward")[r],
                  given.table("extraction_regions").reals("backward")[0], 1e-9);
    }
  const auto off = run(structure_analysis(), random_world(), {{"extraction", "off"}});
  EXPECT_THROW((void)off.table("extraction_regions"), std::logic_error);
  expect_sound(off);
}

TEST(StructureReport, RefusesAMeasureThatIsNotThere) {
  EXPECT_THAT(refusal(structure_analysis(), random_world(), {{"measure", "jobz"}}, Errc::not_found),
              HasSubstr("jobs"));
}

TEST(PathsReport, OfTwoMakersByHand) {
  const auto report = run(paths_analysis(), Chain(test::two_makers()),
                          {{"to", "r0"}, {"stressor", "co2"}, {"threshold", ".1"}});
  const auto& paths = report.table("paths");
  EXPECT_THAT(paths.texts("path"), ElementsAre("r0: p0", "r0: p0 > r0: p1"));
  EXPECT_THAT(paths.reals("cumulative"), ElementsAre(50, 100));
  EXPECT_THAT(paths.integers("links"), ElementsAre(0, 1));
  EXPECT_EQ(paths.columns()[paths.column_index("value")].spec.unit, "kt");
  EXPECT_THAT(report.table("balance").reals("value"), ElementsAre(10, 0, 10));
  EXPECT_EQ(report.findings[0].text,
            "Final use in r0 causes 10 kt of co2. 2 paths of 10 % or more of it carry 100 %; the "
            "remainder, 0 %, is spread over paths that are smaller.");
  expect_sound(report);
}

TEST(PathsReport, OfPlacesSumToTheWhole) {
  const auto chain = random_world();
  const auto footprint = [&](const Arguments::Given& given) {
    const auto report = run(paths_analysis(), chain, given);
    expect_sound(report);
    const auto& balance = report.table("balance").reals("value");
    EXPECT_NEAR(balance[0] + balance[1], balance[2], 1e-12 * balance[2]);
    return balance[2];
  };
  const double all = footprint({{"stressor", "co2"}, {"threshold", "1e-3"}});
  double by_user = 0;
  double by_product = 0;
  double by_source = 0;
  for (const auto* region : {"r0", "r1", "r2", "r3"}) {
    by_user += footprint({{"stressor", "co2"}, {"to", region}, {"top", "5"}});
    by_source += footprint({{"stressor", "co2"}, {"from", region}, {"top", "5"}});
  }
  for (const auto* product : {"p0", "p1", "p2", "p3", "p4"})
    by_product += footprint({{"stressor", "co2"}, {"to", product}, {"top", "5"}});
  EXPECT_NEAR(by_user, all, 1e-9 * all);
  EXPECT_NEAR(by_source, all, 1e-9 * all);
  EXPECT_NEAR(by_product, all, 1e-9 * all);
  EXPECT_NEAR(
      all, std::accumulate(chain.stressors().row(0).begin(), chain.stressors().row(0).end(), 0.0),
      1e-9 * all);
}

// Value added is all there is to final use.
TEST(PathsReport, WithoutAStressorFollowValueAdded) {
  const auto chain = random_world();
  const auto report = run(paths_analysis(), chain, {{"to", "r1"}, {"top", "3"}});
  double use = 0;
  for (std::size_t k = 0; k < chain.final_columns().size(); ++k)
    if (chain.final_columns()[k].region == RegionId(1))
      for (std::size_t i = 0; i < chain.size(); ++i) use += chain.final_use()(i, k);
  EXPECT_NEAR(report.table("balance").reals("value")[2], use, 1e-9 * use);
  EXPECT_EQ(report.table("paths").rows(), 3U);
}

TEST(PathsReport, TopWithAThresholdListsNoSmallerOnes) {
  const auto chain = random_world();
  const auto few =
      run(paths_analysis(), chain, {{"to", "r1"}, {"top", "50"}, {"threshold", "0.01"}});
  const auto all = run(paths_analysis(), chain, {{"to", "r1"}, {"threshold", "0.01"}});
  EXPECT_LT(all.table("paths").rows(), 50U);
  EXPECT_EQ(few.table("paths").reals("value"), all.table("paths").reals("value"));
}

TEST(PathsReport, SaysWhatFinalUseItselfEmitsAndWhatLiesBeyondTheDepth) {
  auto parts = test::random_position_parts(4, 5, 21);
  parts.stressors_final = Matrix(2, parts.final_columns.size());
  for (auto& v : parts.stressors_final.values()) v = 1.5;
  const auto report = run(paths_analysis(), Chain(std::move(parts)),
                          {{"stressor", "co2"}, {"to", "r1"}, {"depth", "1"}});
  EXPECT_THAT(report.provenance.notes, Contains(HasSubstr("Final use itself emits 3 kt more")));
  EXPECT_THAT(report.provenance.notes, Contains(HasSubstr("Paths of more than 1 links")));
}

TEST(PathsReport, RefusesWhatItCannotUse) {
  const auto chain = random_world();
  for (const auto* bad : {"0", "-1", "2", "nan", "1e-12", "much"})
    EXPECT_THAT(refusal(paths_analysis(), chain, {{"threshold", bad}}, Errc::bad_input),
                HasSubstr("--threshold"));
  for (const auto* bad : {"0", "2000000", "1.5"})
    EXPECT_THAT(refusal(paths_analysis(), chain, {{"top", bad}}, Errc::bad_input),
                HasSubstr("--top"));
  EXPECT_THAT(refusal(paths_analysis(), chain, {{"depth", "1001"}}, Errc::bad_input),
              HasSubstr("--depth"));
  EXPECT_THAT(refusal(paths_analysis(), chain, {{"to", "r9"}}, Errc::not_found),
              HasSubstr("Did you mean"));
  EXPECT_THAT(refusal(paths_analysis(), chain, {{"from", "r1.p9"}}, Errc::not_found),
              HasSubstr("r1.p"));
  EXPECT_THAT(refusal(paths_analysis(), chain, {{"stressor", "so2"}}, Errc::not_found),
              HasSubstr("co2"));
  auto parts = test::random_position_parts(4, 5, 21);
  parts.stressors(0, 3) = std::numeric_limits<double>::quiet_NaN();
  EXPECT_THAT(
      refusal(paths_analysis(), Chain(std::move(parts)), {{"stressor", "co2"}}, Errc::bad_input),
      HasSubstr("'co2' of node 'r0.p3' is nan"));
}

}  // namespace
}  // namespace stave
