// The opening of a diagnosis against the analyses it is made from, each run on its own.
#include "stave/analysis/analysis.hpp"
#include "stave/breakpoint/breakpoint.hpp"
#include "stave/diagnosis/diagnosis.hpp"
#include "stave/exposure/exposure.hpp"
#include "stave/systemic/systemic.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/small_chain.hpp"
#include "diagnosis/main_product.hpp"
#include "diagnosis/opening_sentence.hpp"

namespace stave {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;

// Three regions, four goods. r0 buys all of p3 from r1 and p2 from everyone: losing r1's p3 alone
// stops r0's makers; cutting r1's p2 costs a part.
ChainParts fragile_parts() {
  auto parts = test::grid_parts(3, 4, [](std::size_t i, std::size_t j) {
    const auto product = i % 4;
    if (product == 3) return i == 7 && j % 4 != 3 ? 4.0 : 0.0;
    return 2 + std::fmod(static_cast<double>(5 * i + 3 * j), 7.0);
  });
  for (std::size_t i = 0; i < 12; ++i) parts.final_use(i, i % 3) = 60 + static_cast<double>(i);
  return parts;
}

Report diagnosis(Arguments::Given given = {}) {
  given.emplace("region", "r0");
  return run(diagnose_analysis(), Chain(fragile_parts()), given);
}

std::vector<std::string> table_names(const Report& report) {
  std::vector<std::string> names;
  for (const auto& table : report.tables) names.push_back(table.name());
  return names;
}

TEST(Opening, ComesFirstAndTheLinksOfThePictureLast) {
  const auto names = table_names(diagnosis());
  const std::vector<std::string> first = {"choke_points", "main_products", "single_points",
                                          "systemic", "tiers"};
  ASSERT_GT(names.size(), first.size());
  EXPECT_TRUE(std::equal(first.begin(), first.end(), names.begin()));
  EXPECT_EQ(names.back(), "tier_links");
}

TEST(Opening, DrawsThePictureOfTiers) {
  const auto report = diagnosis();
  const auto figure = std::ranges::find(report.figures, "tiers", &Figure::kind);
  ASSERT_NE(figure, report.figures.end());
  const auto& table = report.table(figure->table);
  for (const auto& [role, column] : figure->columns)
    EXPECT_NO_THROW((void)table.column_index(column)) << role;
}

TEST(Opening, SharesOfEveryTierAddUpToAHundred) {
  const auto report = diagnosis();
  for (const auto* name : {"tiers", "tier_links"}) {
    const auto& table = report.table(name);
    std::map<std::int64_t, double> sums;
    for (std::size_t i = 0; i < table.rows(); ++i)
      sums[table.integers("tier")[i]] += table.reals("share")[i];
    EXPECT_GE(sums.size(), 4U) << name;
    for (const auto& [tier, sum] : sums) EXPECT_NEAR(sum, 100, 1e-9) << name << " " << tier;
  }
  for (const auto& residual : report.provenance.residuals)
    EXPECT_LE(residual.relative, residual.tolerance) << residual.balance;
}

TEST(Opening, SinglePointsAreThoseOfBreakpoints) {
  const Chain chain(fragile_parts());
  const auto report = diagnosis();
  std::map<std::string, std::int64_t> expected;
  const BreakpointSystem system(chain, SourceKind::region_product);
  for (std::size_t p = 0; p < chain.products().size(); ++p) {
    const auto target = system.target(ProductId(p), RegionId(0));
    const auto found = break_sets(system, target, {.size = 1});
    for (const auto& set : found.sets.at(0))
      ++expected[system.source_names[static_cast<std::size_t>(set.at(0))]];
  }
  ASSERT_FALSE(expected.empty());
  const auto& points = report.table("single_points");
  std::map<std::string, std::int64_t> listed;
  for (std::size_t i = 0; i < points.rows(); ++i) {
    listed[points.texts("source")[i]] = points.integers("stops")[i];
    EXPECT_EQ(points.texts("where")[i] == "own", points.texts("source")[i].starts_with("r0"));
  }
  EXPECT_EQ(listed, expected);
  EXPECT_EQ(points.texts("source")[0], "r1: p3") << "outside first";
}

TEST(Opening, AThresholdFindsMoreSinglePoints) {
  EXPECT_GT(diagnosis({{"threshold", "0.7"}}).table("single_points").rows(),
            diagnosis().table("single_points").rows());
}

TEST(Opening, SystemicMakersAreThoseOfSystemic) {
  const auto report = diagnosis();
  const auto systemic =
      run(systemic_analysis(), Chain(fragile_parts()), {{"region", "r0"}, {"sensitivity", "off"}});
  const auto& mine = report.table("systemic");
  const auto& theirs = systemic.table("ranking");
  ASSERT_EQ(mine.rows(), theirs.rows());
  EXPECT_EQ(mine.texts("node"), theirs.texts("id"));
  EXPECT_EQ(mine.reals("esri"), theirs.reals("esri"));
  for (std::size_t k = 0; k < mine.rows(); ++k)
    EXPECT_NEAR(mine.reals("own")[k], theirs.reals("own")[k], 1e-12);
}

TEST(Opening, TheWorstChokePointOfAProductIsAChokePoint) {
  const auto report = diagnosis();
  const auto& products = report.table("main_products");
  const auto& sources = report.table("choke_points").texts("source");
  ASSERT_EQ(products.rows(), 4U);
  for (const auto& worst : products.texts("worst_choke_point"))
    EXPECT_TRUE(worst.empty() || std::ranges::find(sources, worst) != sources.end()) << worst;
}

// A stuck link runs from a listed choke point with a loss into the region, a broken one from a
// maker whose loss alone stops the other end; every such link of named makers is marked.
TEST(Opening, MarksAgreeWithExposureAndBreakpoints) {
  const Chain chain(fragile_parts());
  const auto report = diagnosis();
  const auto exposure = run(exposure_analysis(), chain, {{"region", "r0"}, {"top", "10"}});
  std::set<std::string> choke;
  const auto& points = exposure.table("choke_points");
  for (std::size_t i = 0; i < points.rows(); ++i)
    if (points.reals("at_risk")[i] > 0) choke.insert(points.texts("source")[i]);
  const BreakpointSystem system(chain, SourceKind::region_product);
  const auto node_of = [&](const std::string& label) {
    for (std::size_t i = 0; i < chain.size(); ++i)
      if (chain.label(NodeId(i)) == label) return static_cast<std::int32_t>(i);
    return -1;
  };
  const auto alone_stops = [&](std::int32_t from, std::int32_t to) {
    const auto found = break_sets(system, std::span(&to, 1), {.size = 1});
    return std::ranges::any_of(found.sets.at(0), [&](const auto& set) {
      return set.at(0) == system.source_of[static_cast<std::size_t>(from)];
    });
  };
  const auto& links = report.table("tier_links");
  std::map<std::string, int> count;
  for (std::size_t i = 0; i < links.rows(); ++i) {
    const auto from = node_of(links.texts("supplier")[i]);
    const auto to = node_of(links.texts("customer")[i]);
    const bool stuck = to >= 0 && chain.nodes()[static_cast<std::size_t>(to)].region.value == 0 &&
                       choke.contains(links.texts("supplier")[i]);
    const bool broken = from >= 0 && to >= 0 && alone_stops(from, to);
    const auto* expected = stuck && broken ? "both" : stuck ? "stuck" : broken ? "broken" : "";
    EXPECT_EQ(links.texts("link")[i], expected)
        << links.texts("supplier")[i] << " to " << links.texts("customer")[i];
    ++count[links.texts("link")[i]];
  }
  EXPECT_GT(count["both"], 0);
  EXPECT_GT(count["stuck"], 0);
  EXPECT_GT(count[""], 0);
}

TEST(Opening, OfAProductWhoseLossesAreEqualTheLargestIsMostStuck) {
  std::vector<MainProduct> products(3);
  products[0].loss = 0.995;
  products[1].loss = 1;
  EXPECT_EQ(&most_stuck(products), products.data());
  products[0].loss = 0.5;
  EXPECT_EQ(&most_stuck(products), &products[1]);
}

TEST(Opening, SaysWhenTheDefaultRecipeMakesLossesAlike) {
  EXPECT_TRUE(saturated({0.96, 0.95, 0.94, 0.1}));
  EXPECT_FALSE(saturated({0.23, 0.229, 0.228})) << "alike but small";
  EXPECT_FALSE(saturated({0.9, 0.4, 0.3}));
  EXPECT_FALSE(saturated({}));
  const auto says = [](ChainParts parts) {
    const auto report = run(diagnose_analysis(), Chain(std::move(parts)), {{"region", "r0"}});
    return std::ranges::any_of(report.findings, [](const Finding& f) {
      return f.text.find("brings no recipe") != std::string::npos;
    });
  };
  EXPECT_TRUE(says(fragile_parts())) << "r1's p3 stops every maker";
  auto linear = fragile_parts();
  linear.recipe = Recipe::uniform(Need::non_essential);
  EXPECT_FALSE(says(std::move(linear)));
}

TEST(Opening, NotesSayHowManyWereLookedAt) {
  EXPECT_THAT(diagnosis().provenance.notes, Contains(HasSubstr("all 4 of the region were closed")));
}

// Nothing is sold into the region: no choke points, and the picture stands around its largest.
TEST(Opening, StandsWithoutAnyChokePoint) {
  auto parts = test::grid_parts(2, 2, [](std::size_t i, std::size_t j) {
    return i / 2 == j / 2 ? 1.0 + static_cast<double>(i) : 0.0;
  });
  parts.final_use(1, 0) = 50;
  const auto report = run(diagnose_analysis(), Chain(std::move(parts)), {{"region", "r0"}});
  EXPECT_EQ(report.table("choke_points").rows(), 0U);
  EXPECT_THAT(report.table("main_products").reals("at_risk"), Contains(0).Times(2));
  std::vector<std::string> texts;
  for (const auto& finding : report.findings) texts.push_back(finding.text);
  EXPECT_THAT(texts, Contains(HasSubstr("p1 is its largest")));
}

}  // namespace
}  // namespace stave
