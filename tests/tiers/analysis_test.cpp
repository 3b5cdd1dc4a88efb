// `stave tiers` as a report: by hand, against the cascade and the break points, and what is
// refused.
#include "stave/breakpoint/breakpoint.hpp"
#include "stave/core/error.hpp"
#include "stave/systemic/systemic.hpp"
#include "stave/tiers/tiers.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tiers/random_chain.hpp"
#include "tiers/risk.hpp"

namespace stave {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

Report tiers_of(const Chain& chain, const Arguments::Given& given) {
  return run(tiers_analysis(), chain, given);
}

/// Row of the boxes with this node in this tier.
std::size_t box_row(const Table& boxes, std::int64_t tier, const std::string& node) {
  for (std::size_t k = 0; k < boxes.rows(); ++k)
    if (boxes.integers("tier")[k] == tier && boxes.texts("node")[k] == node) return k;
  ADD_FAILURE() << "no box " << tier << " " << node;
  return 0;
}

std::string mark_between(const Report& report, const std::string& from, const std::string& to) {
  const auto& links = report.table("links");
  for (std::size_t k = 0; k < links.rows(); ++k)
    if (links.texts("from_name")[k] == from && links.texts("to_name")[k] == to)
      return links.texts("mark")[k];
  ADD_FAILURE() << "no link " << from << " " << to;
  return {};
}

// Ore -> steel -> car -> shop, each essential to the next: 40, 30, 20; final use 60, 70, 80, 10.
Chain line() {
  auto parts = test::grid_parts(1, 4, [](std::size_t i, std::size_t j) {
    return j == i + 1 ? 40.0 - 10 * static_cast<double>(i) : 0.0;
  });
  parts.final_use = Matrix::of({{60}, {70}, {80}, {10}});
  parts.info.unit = "million USD";
  return Chain(std::move(parts));
}

TEST(TiersReport, OfALineByHand) {
  const auto report = tiers_of(line(), {{"product", "p2"}, {"region", "r0"}});
  const auto& boxes = report.table("boxes");
  // 30 of steel for sales of 100, which took 40 of ore: 12 of ore reach the car.
  EXPECT_THAT(boxes.texts("node"), ElementsAre("r0.p0", "r0.p1", "r0.p2", "", "r0.p3", ""));
  EXPECT_THAT(boxes.reals("value"), ElementsAre(12, 30, 100, 80, 20, 20));
  EXPECT_THAT(boxes.reals("share"), ElementsAre(100, 100, 100, 80, 20, 100));
  EXPECT_THAT(boxes.integers("tier"), ElementsAre(-2, -1, 0, 1, 1, 2));
  EXPECT_THAT(boxes.texts("product"), ElementsAre("p0", "p1", "p2", "", "p3", ""));
  EXPECT_EQ(boxes.columns()[boxes.column_index("value")].spec.unit, "million USD");
  EXPECT_EQ(boxes.texts("kind")[3], "final use");
  const auto& links = report.table("links");
  EXPECT_THAT(links.reals("value"), ElementsAre(12, 30, 80, 20, 20));
  EXPECT_THAT(links.integers("to"), ElementsAre(1, 1, 1, 2, 1));
}

// Nothing but ore makes steel and nothing but steel a car: each alone stops it. The shop does not.
TEST(TiersReport, SaysWhatAloneStopsALine) {
  const auto report = tiers_of(line(), {{"node", "r0.p2"}});
  const auto& boxes = report.table("boxes");
  const auto& loss = boxes.reals("loss");
  EXPECT_THAT(boxes.texts("breaks"), ElementsAre("yes", "yes", "yes", "", "no", ""));
  EXPECT_EQ(loss[0], 100);
  EXPECT_EQ(loss[1], 100);
  EXPECT_EQ(loss[4], 0);
  EXPECT_TRUE(std::isnan(loss[3])) << "final use does not stop";
  EXPECT_EQ(mark_between(report, "r0: p0", "r0: p1"), "broken");
  EXPECT_EQ(mark_between(report, "r0: p2", "r0: p3"), "broken");
  EXPECT_EQ(mark_between(report, "r0: p2", "r0: final use"), "");
  EXPECT_EQ(report.findings.back().tone, Tone::alarm);
  EXPECT_THAT(report.findings.back().text, HasSubstr("2 makers would each alone"));
}

// Steel of r0 sells 20 to the car of r0; steel of r1 sells 20 to it and 60 to that of r1. Without
// the first, 80 are left for 20: a quarter is lost, of half of the car's steel: 1/8. Without the
// second, 20 are left for 80: all is lost of the other half.
Chain two_steels() {
  return Chain(test::grid_parts(2, 2, [](std::size_t i, std::size_t j) {
    if (i == 0 && j == 1) return 20.0;
    if (i == 2 && j == 1) return 20.0;
    return i == 2 && j == 3 ? 60.0 : 0.0;
  }));
}

TEST(TiersReport, LossesAreThoseOfTheCascadeWithTheMarketByHand) {
  const auto report = tiers_of(two_steels(), {{"product", "p1"}, {"region", "r0"}});
  const auto& boxes = report.table("boxes");
  const auto first = box_row(boxes, -1, "r0.p0");
  const auto second = box_row(boxes, -1, "r1.p0");
  EXPECT_NEAR(boxes.reals("loss")[first], 12.5, 1e-9);
  EXPECT_NEAR(boxes.reals("loss")[second], 50, 1e-9);
  EXPECT_EQ(boxes.texts("breaks")[first], "no");
  EXPECT_EQ(boxes.texts("breaks")[second], "no");
  EXPECT_EQ(report.findings.back().tone, Tone::good);
  EXPECT_THAT(report.findings.back().text, HasSubstr("r1: p0 costs it most: 50 %"));
}

TEST(TiersReport, AProductAloneMeansItsMakersInAllRegions) {
  const auto report = tiers_of(two_steels(), {{"product", "p1"}});
  const auto& boxes = report.table("boxes");
  const auto row = box_row(boxes, 0, "");
  EXPECT_EQ(boxes.texts("name")[row], "p1");
  EXPECT_EQ(boxes.texts("region")[row], "");
  EXPECT_EQ(boxes.texts("region_name")[row], "all regions");
  EXPECT_EQ(boxes.texts("product")[row], "p1");
  EXPECT_EQ(boxes.integers("makers")[row], 2);
  EXPECT_TRUE(std::isnan(boxes.reals("loss")[row])) << "it is not one maker";
  // Steel of r1 alone leaves the car of r1 without any, that of r0 with some.
  EXPECT_EQ(boxes.texts("breaks")[box_row(boxes, -1, "r1.p0")], "no");
  EXPECT_THAT(report.table("regions").texts("region"), Contains("r1"));
}

// Every box: the loss as the slow cascade has it, breaks as losing that one node has it.
TEST(TiersReport, RiskIsThatOfTheCascadeAndTheBreakPoints) {
  std::size_t breaking = 0;
  for (const std::uint64_t seed : {11U, 12U, 13U, 14U}) {
    const Chain chain(test::random_parts(seed, 0.15));
    const auto report = tiers_of(chain, {{"node", "r1.p3"}, {"boxes", "20"}, {"up", "3"}});
    const auto target = chain.require_node("r1.p3").at();
    const ChainCascade cascade(chain);
    const BreakpointSystem system(chain, SourceKind::node);
    CascadeOptions options{.eps = 1e-6, .upstream = false};
    const auto& boxes = report.table("boxes");
    for (std::size_t k = 0; k < boxes.rows(); ++k) {
      if (boxes.texts("node")[k].empty()) continue;
      const auto node = chain.require_node(boxes.texts("node")[k]);
      std::vector<double> shock(chain.size());
      shock[node.at()] = 1;
      const auto slow = cascade_reference(cascade.network(), shock, {}, options);
      EXPECT_DOUBLE_EQ(boxes.reals("loss")[k], 100 * (1 - slow.h_d[target]));
      const auto failed = failed_nodes(system, std::vector<std::int32_t>{node.value});
      EXPECT_EQ(boxes.texts("breaks")[k], failed[target] != 0 ? "yes" : "no");
      breaking += failed[target] != 0 && node.at() != target ? 1 : 0;
    }
  }
  EXPECT_GT(breaking, 0) << "the chains are meant to be fragile";
}

TEST(TiersReport, SharesOfEveryTierAddUpToAHundred) {
  const Chain chain(test::random_parts(21));
  const auto report = tiers_of(chain, {{"product", "p2"}, {"up", "3"}, {"down", "3"}});
  for (const std::string name : {"boxes", "links", "regions"}) {
    const auto& table = report.table(name);
    std::map<std::int64_t, double> sums;
    for (std::size_t k = 0; k < table.rows(); ++k)
      sums[table.integers("tier")[k]] += table.reals("share")[k];
    EXPECT_EQ(sums.size(), name == "links" ? 6 : 7) << name;
    for (const auto& [tier, sum] : sums) EXPECT_NEAR(sum, 100, 1e-9) << name << " " << tier;
  }
  for (const auto& balance : report.provenance.residuals)
    EXPECT_LT(balance.relative, balance.tolerance) << balance.balance;
}

TEST(TiersReport, WithoutRiskMarksNothing) {
  const auto report = tiers_of(line(), {{"node", "r0.p2"}, {"risk", "off"}});
  const auto& boxes = report.table("boxes");
  for (std::size_t k = 0; k < boxes.rows(); ++k) {
    EXPECT_TRUE(std::isnan(boxes.reals("loss")[k]));
    EXPECT_EQ(boxes.texts("breaks")[k], "");
  }
  EXPECT_EQ(mark_between(report, "r0: p0", "r0: p1"), "");
}

TEST(TiersReport, LeavesRiskOutOfALargeChainAndSaysSo) {
  ChainParts parts;
  parts.info.name = "large";
  parts.regions = Classification("region", {{.code = "R"}});
  parts.products = Classification("product", {{.code = "bolt"}});
  std::vector<Flow> flows;
  for (std::int32_t i = 0; i < 20'001; ++i) {
    parts.nodes.push_back({.id = std::to_string(i)});
    if (i > 0) flows.push_back({i, i - 1, 1});
  }
  parts.flows = FlowMatrix::from_flows(parts.nodes.size(), flows);
  const auto report = tiers_of(Chain(std::move(parts)), {{"node", "7"}});
  EXPECT_THAT(report.table("boxes").texts("node"), ElementsAre("9", "8", "7", "6", "5"));
  EXPECT_THAT(report.table("boxes").texts("breaks"), ElementsAre("", "", "", "", ""));
  EXPECT_THAT(report.provenance.notes, Contains(HasSubstr("Risk was left out")));
}

TEST(TiersReport, RiskHasALimitOfMakersAndOneOfLinks) {
  EXPECT_FALSE(too_large_for_risk(20'000, 20'000'000));
  EXPECT_TRUE(too_large_for_risk(20'001, 1));
  EXPECT_TRUE(too_large_for_risk(2, 20'000'001));
}

TEST(TiersReport, OfDepthZeroIsOneBoxAndNoPicture) {
  const auto report = tiers_of(line(), {{"product", "p2"}, {"up", "0"}, {"down", "0"}});
  EXPECT_THAT(report.table("boxes").texts("node"), ElementsAre("r0.p2"));
  EXPECT_EQ(report.table("links").rows(), 0);
  EXPECT_TRUE(report.figures.empty());
  EXPECT_FALSE(report.findings.empty());
}

TEST(TiersReport, DrawsItsLinks) {
  const auto report = tiers_of(line(), {{"product", "p2"}});
  ASSERT_EQ(report.figures.size(), 1);
  EXPECT_EQ(report.figures[0].kind, "tiers");
  for (const auto& [role, column] : report.figures[0].columns)
    EXPECT_NO_THROW((void)report.table(report.figures[0].table).column_index(column)) << role;
}

void expect_refused(const Chain& chain, const Arguments::Given& given, Errc code,
                    const std::string& said) {
  try {
    (void)tiers_of(chain, given);
    ADD_FAILURE() << "nothing was refused; expected " << said;
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), code);
    EXPECT_THAT(std::string(error.what()) + " | " + error.hint(), HasSubstr(said));
  }
}

TEST(TiersReport, RefusesWhatItCannotAnswer) {
  expect_refused(line(), {}, Errc::bad_input, "needs --product");
  expect_refused(line(), {{"region", "r0"}}, Errc::bad_input, "needs --product");
  expect_refused(line(), {{"node", "r0.p2"}, {"product", "p2"}}, Errc::bad_input, "--product");
  expect_refused(line(), {{"node", "r0.p2"}, {"region", "r0"}}, Errc::bad_input, "--region");
  expect_refused(line(), {{"product", "p22"}}, Errc::not_found, "Did you mean 'p2'");
  expect_refused(line(), {{"node", "r0.p9"}}, Errc::not_found, "Did you mean");
  expect_refused(line(), {{"product", "p2"}, {"up", "7"}}, Errc::bad_input, "from 0 to 6");
}

// A region that does not make it is told who does.
TEST(TiersReport, NamesTheRegionsThatMakeAProduct) {
  auto parts = test::grid_parts(2, 2, [](std::size_t, std::size_t) { return 1.0; });
  parts.nodes[3].product = ProductId(0);
  expect_refused(Chain(std::move(parts)), {{"product", "p1"}, {"region", "r1"}}, Errc::not_found,
                 "'r1' makes no 'p1' | It is made in r0.");
}

}  // namespace
}  // namespace stave
