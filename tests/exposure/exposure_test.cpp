#include "stave/exposure/exposure.hpp"

#include "stave/core/error.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "exposure/tables.hpp"

namespace stave {
namespace {

// B and C sell steel to A's cars, 30 and 10; A's own steel adds 60. Cars 200 and steel are used up
// in A; B uses 20 of A's cars. Columns: car A, steel A, steel B, steel C, final use in A, in B.
ChainParts small_parts() {
  tables::Labels labels;
  labels.add("A", "car");
  labels.add("A", "steel");
  labels.add("B", "steel");
  labels.add("C", "steel");
  auto parts = tables::parts_of(
      labels,
      {{0, 0, 0, 0, 180, 20}, {60, 0, 0, 0, 0, 0}, {30, 0, 0, 0, 0, 10}, {10, 0, 0, 0, 0, 0}},
      {"A", "B"});
  parts.primary_rows = {{"va", "value added", {}}};
  parts.primary = Matrix::of({{100, 60, 40, 10}});
  return parts;
}
Report report_of(ChainParts parts, Arguments::Given given = {}) {
  given.emplace("region", "A");
  return run(exposure_analysis(), Chain(std::move(parts)), given);
}

// B stops: the market left is 70, sigma 30 / 70; cars lose 30 / 100 of steel, times sigma: 9 / 70.
// A's value added is 160, of which cars make 100.
TEST(Exposure, FindsTheChokePointByHand) {
  const auto report = report_of(small_parts());
  const auto& points = report.table("choke_points");
  ASSERT_EQ(points.rows(), 2);
  EXPECT_EQ(points.texts("node")[0], "B.steel");
  EXPECT_NEAR(points.reals("value_added_at_risk")[0], 100 * 9. / 70, 1e-9);
  EXPECT_NEAR(points.reals("at_risk")[0], 100 * 9. / 70 / 1.6, 1e-9);
  EXPECT_NEAR(points.reals("use_share")[0], 30, 1e-9);
  EXPECT_NEAR(points.reals("herfindahl")[0], .36 + .09 + .01, 1e-12);
  EXPECT_NEAR(points.reals("foreign_share")[0], 40, 1e-9);
  EXPECT_EQ(points.texts("next_sources")[0], "C 10.0 %");
}

// B's steel sells most to A: with one source cut, C's is not looked at, and a note says so.
TEST(Exposure, CutsOnlyTheLargestSourcesWhenAsked) {
  const auto whole = report_of(small_parts());
  const auto report = report_of(small_parts(), {{"sources", "1"}});
  const auto& points = report.table("choke_points");
  ASSERT_EQ(points.rows(), 1);
  EXPECT_EQ(points.texts("node")[0], "B.steel");
  EXPECT_EQ(points.reals("at_risk")[0], whole.table("choke_points").reals("at_risk")[0]);
  EXPECT_THAT(report.provenance.notes,
              testing::Contains(testing::HasSubstr("Choke points: the 1 largest of 2 were cut; "
                                                   "they make 75.0 %")));
  EXPECT_THAT(report.provenance.notes,
              testing::Not(testing::Contains(testing::HasSubstr("no other outside sells"))))
      << "C can still step in";
}

// Behind A's final products stand 200 of cars and 100 of steel, 30 of it from B.
TEST(Exposure, TheUpperEndIsTheLookThroughShare) {
  const auto report = report_of(small_parts());
  const auto& points = report.table("choke_points");
  EXPECT_NEAR(points.reals("look_through")[0], 10, 1e-9);
  EXPECT_NEAR(points.reals("hidden")[0], 0, 1e-9);
  EXPECT_NEAR(points.reals("at_risk_high")[0], 10, 1e-9);
  EXPECT_GE(points.reals("at_risk_high")[0], points.reals("at_risk")[0]);
}

TEST(Exposure, SharesOfSuppliersAddUp) {
  const auto report = report_of(small_parts());
  const auto& shares = report.table("suppliers").reals("share");
  EXPECT_NEAR(std::accumulate(shares.begin(), shares.end(), 0.0), 100, 1e-9);
}

// B imports nothing but 20 cars, all from A, and sells steel. HHI 1, outside 1, no exports of cars.
TEST(Exposure, EuropeanTestsByHand) {
  const auto report = report_of(small_parts(), {{"region", "B"}});
  const auto& tests = report.table("european_tests");
  ASSERT_EQ(tests.rows(), 1);
  EXPECT_EQ(tests.reals("cdi1")[0], 1);
  EXPECT_EQ(tests.reals("cdi2")[0], 1);
  EXPECT_TRUE(std::isnan(tests.reals("cdi3")[0]));
  EXPECT_EQ(tests.texts("verdict")[0], "dependent");
}

// With B as a partner, 10 of 40 imports of steel come from outside.
TEST(Exposure, PartnersCountAsInside) {
  const auto report = report_of(small_parts(), {{"partners", "B"}});
  const auto& tests = report.table("european_tests");
  ASSERT_EQ(tests.rows(), 1);
  EXPECT_NEAR(tests.reals("cdi2")[0], .25, 1e-12);
  EXPECT_THROW((void)report_of(small_parts(), {{"partners", "Bx"}}), Error);
}

// Cars hold 30 days of inputs, 100 of steel a year: 30 days x 100 / 30 missing.
TEST(Exposure, DaysUntilTheShelfIsEmptyByHand) {
  auto parts = small_parts();
  parts.node_attributes.push_back({"inventory", "days", {30, 0, 0, 0}});
  const auto report = report_of(std::move(parts));
  EXPECT_NEAR(report.table("choke_points").reals("days")[0], 100, 1e-9);
}

// C makes 10 and has half of that to spare: it could cover 5 of B's 30.
TEST(Exposure, SpareCapacityOfTheNextSourcesCoversPart) {
  auto parts = small_parts();
  parts.node_attributes.push_back({"spare_capacity", "share", {0, 0, 0, .5}});
  const auto report = report_of(std::move(parts));
  EXPECT_NEAR(report.table("choke_points").reals("cover")[0], 100 * 5. / 30, 1e-9);
  EXPECT_TRUE(std::isnan(report_of(small_parts()).table("choke_points").reals("cover")[0]));
}

TEST(Exposure, MoneyInThousandsLeavesSharesUnchanged) {
  auto parts = small_parts();
  Matrix z(4, 4);
  parts.flows.for_each([&](std::size_t i, std::size_t j, double v) { z(i, j) = v * 1024; });
  parts.flows = FlowMatrix(std::move(z));
  for (double& v : parts.final_use.values()) v *= 1024;
  for (double& v : parts.primary.values()) v *= 1024;
  const auto a = report_of(small_parts());
  const auto b = report_of(std::move(parts));
  EXPECT_EQ(a.table("choke_points").reals("at_risk"), b.table("choke_points").reals("at_risk"));
  EXPECT_EQ(a.table("reliance").reals("look_through"), b.table("reliance").reals("look_through"));
}

void expect_same_column(const Table& a, const Table& b, std::size_t c) {
  if (a.columns()[c].spec.type == ColumnType::text) {
    EXPECT_EQ(a.texts(a.columns()[c].spec.name), b.texts(a.columns()[c].spec.name));
    return;
  }
  const auto& reals = a.reals(a.columns()[c].spec.name);
  for (std::size_t r = 0; r < reals.size(); ++r) {
    const double other = b.reals(a.columns()[c].spec.name)[r];
    EXPECT_TRUE(std::abs(reals[r] - other) < 1e-10 || (std::isnan(reals[r]) && std::isnan(other)))
        << a.name() << " " << a.columns()[c].spec.name << ": " << reals[r] << ", " << other;
  }
}

// Nodes from last to first: the same answers about the same nodes, to rounding.
TEST(Exposure, AnotherOrderOfNodesGivesTheSameAnswers) {
  auto parts = small_parts();
  Matrix z(4, 4);
  for (std::size_t i = 0; i < 4; ++i) {
    for (std::size_t j = 0; j < 4; ++j) z(3 - i, 3 - j) = parts.flows.at(i, j);
    for (std::size_t c = 0; c < 2; ++c) parts.final_use(3 - i, c) = small_parts().final_use(i, c);
    parts.primary(0, 3 - i) = small_parts().primary(0, i);
  }
  parts.flows = FlowMatrix(std::move(z));
  std::ranges::reverse(parts.nodes);
  const auto given = report_of(small_parts());
  const auto turned = report_of(std::move(parts));
  for (const auto* table : {"choke_points", "long_staves", "dependants"}) {
    const auto& a = given.table(table);
    const auto& b = turned.table(table);
    ASSERT_EQ(a.rows(), b.rows()) << table;
    for (std::size_t c = 0; c < a.columns().size(); ++c) expect_same_column(a, b, c);
  }
}

TEST(Exposure, FindingsQuoteTheTables) {
  const auto report = report_of(small_parts());
  ASSERT_FALSE(report.findings.empty());
  EXPECT_THAT(report.findings[0].text,
              testing::HasSubstr("B's steel: 8.0 % of value added at risk"));
  EXPECT_THAT(report.findings[0].text, testing::HasSubstr("C) supply 10 % of the use"));
}

// Without C, B is the only one outside that makes steel.
TEST(Exposure, SaysWhenNobodyElseOutsideCanStepIn) {
  const auto several = report_of(small_parts());
  auto parts = small_parts();
  Matrix z(4, 4);
  parts.flows.for_each([&](std::size_t i, std::size_t j, double v) { z(i, j) = i == 3 ? 0 : v; });
  parts.flows = FlowMatrix(std::move(z));
  const auto alone = report_of(std::move(parts));
  const auto said = testing::Contains(testing::Field(
      &Finding::text, testing::AllOf(testing::HasSubstr("B is the only region outside that sells"),
                                     testing::HasSubstr("worst case"))));
  EXPECT_THAT(alone.findings, said);
  EXPECT_THAT(several.findings, testing::Not(said));
  const auto counted = testing::Contains(testing::HasSubstr("For 1 of 1 sources no other outside"));
  EXPECT_THAT(alone.provenance.notes, counted);
  EXPECT_THAT(several.provenance.notes, testing::Not(counted));
}

// A sells cars to B's final use alone; B sells steel to A's cars.
TEST(Exposure, SaysWhyLongStavesShowNoLoss) {
  const auto said = testing::Contains(testing::HasSubstr("its long staves can show no loss"));
  EXPECT_THAT(report_of(small_parts()).provenance.notes, said);
  EXPECT_THAT(report_of(small_parts(), {{"region", "B"}}).provenance.notes, testing::Not(said));
}

// Cars take 400 of cars to make 200, so that each takes 2.5 of inputs in all.
TEST(Exposure, NamesTheNodeThatMakesATableUnproductive) {
  auto parts = small_parts();
  Matrix z(4, 4);
  parts.flows.for_each([&](std::size_t i, std::size_t j, double v) { z(i, j) = v; });
  z(0, 0) = 400;
  parts.flows = FlowMatrix(std::move(z));
  parts.final_use(0, 0) = -220;
  EXPECT_THAT(report_of(std::move(parts)).provenance.notes,
              testing::Contains(testing::AllOf(
                  testing::HasSubstr("not productive"),
                  testing::HasSubstr("the inputs of A: car are 2.5 times its output"))));
}

TEST(Exposure, RefusesADenseTableBeyondTheLimit) {
  const Chain chain(small_parts());
  ExposureOptions options;
  options.max_dense_nodes = 4;
  EXPECT_NO_THROW(require_cascade_size(chain.flows(), options));
  options.max_dense_nodes = 3;
  const std::vector<std::uint8_t> buyers{1, 1, 0, 0};
  try {
    (void)supply_losses(chain, {}, buyers, {}, options);
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Errc::too_large);
    EXPECT_STREQ(error.what(), "cascades over a dense table of 4 nodes; at most 3");
    EXPECT_THAT(error.hint(), testing::HasSubstr("stave aggregate"));
  }
}

TEST(Exposure, SaysWhenSubstitutionIsOff) {
  const auto report = report_of(small_parts(), {{"market", "off"}});
  EXPECT_THAT(report.provenance.notes,
              testing::Contains(testing::HasSubstr("Substitution is off")));
}

TEST(Exposure, FlowsBelowZeroCountAsZero) {
  auto parts = small_parts();
  Matrix z(4, 4);
  parts.flows.for_each([&](std::size_t i, std::size_t j, double v) { z(i, j) = v; });
  z(3, 0) = -1;
  parts.flows = FlowMatrix(std::move(z));
  const auto report = report_of(std::move(parts));
  EXPECT_EQ(report.table("choke_points").rows(), 1);
}

// No flows between producers: trade by product only.
TEST(Exposure, TradeOnlyGivesTheTestsAndSaysWhatIsMissing) {
  auto parts = small_parts();
  parts.flows = FlowMatrix(Matrix(4, 4));
  parts.final_use = Matrix::of({{0, 5}, {0, 5}, {30, 0}, {10, 0}});
  const auto report = report_of(std::move(parts));
  EXPECT_EQ(report.table("european_tests").rows(), 1);
  EXPECT_NEAR(report.table("european_tests").reals("cdi1")[0], .0625 + .5625, 1e-12);
  EXPECT_THAT(report.findings[0].text, testing::HasSubstr("trade only"));
}

// A pure firm network without final use has no look-through; the choke points stand.
TEST(Exposure, WorksWithoutFinalUse) {
  auto parts = small_parts();
  parts.final_use = Matrix();
  parts.final_columns.clear();
  const auto report = report_of(std::move(parts));
  EXPECT_EQ(report.table("choke_points").texts("node")[0], "B.steel");
}

TEST(Exposure, RefusesWhatItCannotAnswer) {
  EXPECT_THROW((void)run(exposure_analysis(), Chain(small_parts()), {}), Error);
  EXPECT_THROW((void)report_of(small_parts(), {{"region", "Z"}}), Error);
  EXPECT_THROW((void)report_of(small_parts(), {{"eps", "2"}}), Error);
}

}  // namespace
}  // namespace stave
