#include "stave/core/aggregate.hpp"

#include "stave/core/error.hpp"
#include "stave/core/random.hpp"

#include <cmath>
#include <limits>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "small_chain.hpp"

namespace stave {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

const double nan = std::numeric_limits<double>::quiet_NaN();

Concordance two_regions() { return {{{"CHN", "EAS"}, {"JPN", "EAS"}, {"DEU", "EUR"}}}; }
Concordance one_product() { return {{{"ore", "all"}, {"car", "all"}}}; }

std::string message_of(const auto& action, Errc expected) {
  try {
    action();
  } catch (const Error& e) {
    EXPECT_EQ(e.code(), expected);
    return std::string(e.what()) + " | " + e.hint();
  }
  ADD_FAILURE() << "no error";
  return {};
}

// EAS.ore is CHN.ore + JPN.ore: flows 1+2+7+8 within, see small_chain.hpp (Z_ij = 6 i + j).
TEST(Aggregate, SumsFlowsOfMergedRegions) {
  const auto result = aggregate(test::small_chain(), two_regions(), {});
  const auto& z = result.chain.flows();
  ASSERT_EQ(result.chain.size(), 4U);
  EXPECT_EQ(result.chain.nodes()[0].id, "EAS.ore");
  EXPECT_EQ(result.chain.nodes()[3].id, "EUR.car");
  // Nodes 0 CHN.ore, 1 CHN.car, 2 JPN.ore, 3 JPN.car, 4 DEU.ore, 5 DEU.car.
  EXPECT_EQ(z.at(0, 0), 0 + 2 + 12 + 14);  // z00 z02 z20 z22
  EXPECT_EQ(z.at(0, 1), 1 + 3 + 13 + 15);  // z01 z03 z21 z23
  EXPECT_EQ(z.at(3, 2), 34);               // z54
  EXPECT_EQ(z.at(1, 3), 6 + 5 + 18 + 5);   // z15 z35
}

TEST(Aggregate, MergesFinalUseByRegionAndCategory) {
  const auto result = aggregate(test::small_chain(), two_regions(), {});
  const auto& c = result.chain;
  // Columns: households and investment of CHN, JPN, DEU; Y_ik = 10 i + k.
  ASSERT_EQ(c.final_columns().size(), 4U);
  EXPECT_EQ(c.final_columns()[0].category, "households");
  EXPECT_EQ(c.final_columns()[1].category, "investment");
  EXPECT_EQ(c.regions()[c.final_columns()[2].region].code, "EUR");
  EXPECT_EQ(c.final_use()(0, 0), 0 + 2 + 20 + 22);  // rows 0 and 2, columns 0 and 2
  EXPECT_EQ(c.final_use()(3, 3), 55);
}

TEST(Aggregate, SaysThatTotalsAreConserved) {
  const auto result = aggregate(test::small_chain(), two_regions(), one_product());
  ASSERT_EQ(result.totals.size(), 5U);
  for (const auto& total : result.totals) {
    EXPECT_GT(total.scale, 0) << total.what;
    EXPECT_LT(total.relative_miss(), 1e-14) << total.what;
  }
  EXPECT_EQ(result.totals[0].what, "flows");
  EXPECT_EQ(result.totals[0].before, 35 * 36 / 2);
  EXPECT_EQ(result.totals[0].unit, "million USD");
  EXPECT_EQ(result.totals[3].what, "stressor co2");
  EXPECT_LT(result.worst(), 1e-14);
}

// A quarter of DEU goes to EAS: its flows to itself split 1/16, 3/16, 3/16, 9/16.
TEST(Aggregate, SplitsByWeight) {
  const Concordance split{
      {{"CHN", "EAS"}, {"JPN", "EAS"}, {"DEU", "EAS", .25}, {"DEU", "EUR", .75}}};
  const auto result = aggregate(test::small_chain(), split, one_product());
  const double germany = 28 + 29 + 34 + 35;
  EXPECT_DOUBLE_EQ(result.chain.flows().at(1, 1), germany * 9 / 16);
  EXPECT_LT(result.worst(), 1e-14);
  EXPECT_THAT(result.chain.info().notes, Contains(HasSubstr("1 regions split by fixed weights")));
  EXPECT_EQ(result.chain.stressor_quality(0, NodeId(1)), Quality::estimated);
}

// Weights written with six decimals sum to 0.999999; the rest is not lost.
TEST(Aggregate, MakesRoundedWeightsWhole) {
  const Concordance thirds{{{"CHN", "A", .333333},
                            {"CHN", "B", .333333},
                            {"CHN", "C", .333333},
                            {"JPN", "B"},
                            {"DEU", "C"}}};
  EXPECT_LT(aggregate(test::small_chain(), thirds, {}).worst(), 1e-14);
}

TEST(Aggregate, EqualsTheAggregationMatrixProduct) {
  const std::size_t n = 30;
  auto parts = test::grid_parts(
      10, 3, [](std::size_t i, std::size_t j) { return random_uniform(7, i, j) - .2; });
  const Chain chain(std::move(parts));
  Concordance regions;
  for (int r = 0; r < 10; ++r)
    regions.entries.push_back({"r" + std::to_string(r), "g" + std::to_string(r % 3)});
  const auto result = aggregate(chain, regions, {});
  // S [9 x 30]: S_Ii = 1 when i is in I; Z' = S Z S'.
  for (std::size_t a = 0; a < 9; ++a)
    for (std::size_t b = 0; b < 9; ++b) {
      double sum = 0;
      for (std::size_t i = 0; i < n; ++i)
        for (std::size_t j = 0; j < n; ++j)
          if ((i / 3) % 3 == a / 3 && i % 3 == a % 3 && (j / 3) % 3 == b / 3 && j % 3 == b % 3)
            sum += chain.flows().at(i, j);
      EXPECT_NEAR(result.chain.flows().at(a, b), sum, 1e-12);
    }
}

TEST(Aggregate, SparseAndDenseFlowsGiveTheSame) {
  std::vector<Flow> links;
  for (int i = 0; i < 30; ++i) links.push_back({i, (7 * i + 3) % 30, 1.0 + i});
  auto parts = test::grid_parts(10, 3, [](std::size_t, std::size_t) { return 0.0; });
  auto dense = parts;
  Matrix z(30, 30);
  for (const auto& l : links)
    z(static_cast<std::size_t>(l.from), static_cast<std::size_t>(l.to)) = l.value;
  dense.flows = FlowMatrix(std::move(z));
  parts.flows = FlowMatrix::from_flows(30, links);
  ASSERT_FALSE(parts.flows.is_dense());
  const Concordance products{{{"p0", "a", .5}, {"p0", "b", .5}, {"p1", "a"}, {"p2", "b"}}};
  const auto one = aggregate(Chain(std::move(parts)), {}, products);
  const auto two = aggregate(Chain(std::move(dense)), {}, products);
  ASSERT_EQ(one.chain.size(), 20U);
  for (std::size_t i = 0; i < 20; ++i)
    for (std::size_t j = 0; j < 20; ++j)
      EXPECT_DOUBLE_EQ(one.chain.flows().at(i, j), two.chain.flows().at(i, j));
}

TEST(Aggregate, IdentityChangesNothing) {
  const auto chain = test::small_chain();
  const auto result = aggregate(chain, {}, {});
  EXPECT_EQ(result.worst(), 0);
  EXPECT_TRUE(result.chain.info().notes.empty());
  for (std::size_t i = 0; i < chain.size(); ++i) {
    EXPECT_EQ(result.chain.nodes()[i].id, chain.nodes()[i].id);
    EXPECT_EQ(result.chain.nodes()[i].name, chain.nodes()[i].name);
    EXPECT_EQ(result.chain.output()[i], chain.output()[i]);
  }
  EXPECT_EQ(result.chain.node_attributes().size(), chain.node_attributes().size());
}

TEST(Aggregate, CommutesWithItself) {
  const auto chain = test::small_chain();
  const auto both = aggregate(chain, two_regions(), one_product()).chain;
  const auto turns = aggregate(aggregate(chain, two_regions(), {}).chain, {}, one_product()).chain;
  for (std::size_t i = 0; i < 2; ++i)
    for (std::size_t j = 0; j < 2; ++j)
      EXPECT_DOUBLE_EQ(both.flows().at(i, j), turns.flows().at(i, j));
}

// small_chain: inventory (days) 1..6, persons 100 (i + 1), latitude; population 10, 20, 30.
TEST(Aggregate, MergesAttributesByTheirRule) {
  const auto chain = test::small_chain();
  const auto result = aggregate(chain, two_regions(), {});
  const auto* days = result.chain.node_attribute("inventory");
  const auto* jobs = result.chain.node_attribute("jobs");
  ASSERT_TRUE(days != nullptr && jobs != nullptr);
  const auto& x = chain.output();
  EXPECT_DOUBLE_EQ(days->values[0], (1 * x[0] + 3 * x[2]) / (x[0] + x[2]));
  EXPECT_EQ(days->values[3], 6);
  EXPECT_EQ(jobs->values[0], 100 + 300);
  EXPECT_EQ(result.chain.node_attribute("latitude"), nullptr);
  EXPECT_THAT(result.chain.region_attribute("population")->values, ElementsAre(30, 30));
  EXPECT_THAT(result.chain.info().notes, Contains("node attribute 'latitude' dropped"));
  EXPECT_THAT(result.chain.info().notes, Contains("region attribute 'population' summed"));
}

TEST(Aggregate, TakesAnAttributeRuleThatIsGiven) {
  const auto result =
      aggregate(test::small_chain(), two_regions(), {}, {{{"inventory", Merge::sum}}});
  EXPECT_EQ(result.chain.node_attribute("inventory")->values[0], 1 + 3);
}

TEST(Aggregate, ASumWithAnUnknownMemberIsUnknown) {
  auto parts = test::small_chain().parts();
  parts.region_attributes[0].values[1] = nan;
  parts.node_attributes[0].values[2] = nan;
  const auto result = aggregate(Chain(std::move(parts)), two_regions(), {});
  EXPECT_TRUE(std::isnan(result.chain.region_attribute("population")->values[0]));
  EXPECT_EQ(result.chain.region_attribute("population")->values[1], 30);
  EXPECT_EQ(result.chain.node_attribute("inventory")->values[0], 1) << "the known member's";
}

TEST(Aggregate, AMergedCellHasTheWorstQuality) {
  auto parts = test::small_chain().parts();
  parts.stressor_quality.assign(6, Quality::measured);
  parts.stressor_quality[2] = Quality::illustrative;
  const auto result = aggregate(Chain(std::move(parts)), two_regions(), {});
  EXPECT_EQ(result.chain.stressor_quality(0, NodeId(0)), Quality::illustrative);
  EXPECT_EQ(result.chain.stressor_quality(0, NodeId(1)), Quality::measured);
}

TEST(Aggregate, KeepsNamesKindsAndOrderOfListedTargets) {
  auto regions = two_regions();
  regions.targets = {{"EUR", "Europe", "欧洲", {}, Kind::unknown},
                     {"EAS", "East Asia", "东亚", {}, Kind::unknown}};
  const auto c = aggregate(test::small_chain(), regions, one_product()).chain;
  EXPECT_EQ(c.regions()[0].name, "Europe");
  EXPECT_EQ(c.regions()[1].name_zh, "东亚");
  EXPECT_EQ(c.nodes()[0].id, "EUR.all");
  EXPECT_EQ(c.products()[0].kind, Kind::good) << "both members are goods";
}

// One need for all but ore into cars, which carries 10 of 17, then 6 of 13, of what is merged.
TEST(Aggregate, TheNeedThatCarriesMostFlowDecides) {
  auto parts = test::small_chain().parts();
  parts.flows = FlowMatrix::from_flows(6, {{0, 1, 10}, {1, 1, 4}, {1, 0, 3}});
  auto recipe = Recipe::uniform(Need::non_essential);
  recipe.set(ProductId(0), ProductId(1), Need::essential);
  parts.recipe = recipe;
  const auto c = aggregate(Chain(parts), {}, one_product()).chain;
  EXPECT_TRUE(c.has_own_recipe());
  EXPECT_EQ(c.recipe().need(ProductId(0), ProductId(0)), Need::essential);

  parts.flows = FlowMatrix::from_flows(6, {{0, 1, 6}, {1, 1, 4}, {1, 0, 3}});
  const auto other = aggregate(Chain(parts), {}, one_product()).chain;
  EXPECT_EQ(other.recipe().need(ProductId(0), ProductId(0)), Need::non_essential);
}

TEST(Aggregate, ARecipeOfUntouchedProductsStays) {
  auto parts = test::small_chain().parts();
  auto recipe = Recipe::uniform(Need::essential);
  recipe.set(ProductId(1), ProductId(0), Need::none);
  parts.recipe = recipe;
  const auto c = aggregate(Chain(std::move(parts)), two_regions(), {}).chain;
  EXPECT_EQ(c.recipe().exceptions(), recipe.exceptions());
}

TEST(Aggregate, NamesTheRowOfAnUnknownLabel) {
  Concordance regions = two_regions();
  regions.file = "regions.csv";
  regions.entries[1] = {"JPX", "EAS", 1, 3};
  EXPECT_EQ(
      message_of([&] { (void)aggregate(test::small_chain(), regions, {}); }, Errc::not_found),
      "regions.csv:3: column 'from': 'JPX' is not a region of this chain | Did you mean 'JPN'?");
}

TEST(Aggregate, NamesWhatIsInNoEntry) {
  const Concordance regions{{{"CHN", "EAS"}}, {}, {}, "r.csv"};
  EXPECT_THAT(
      message_of([&] { (void)aggregate(test::small_chain(), regions, {}); }, Errc::bad_input),
      HasSubstr("r.csv: 2 of 3 regions of the chain are in no entry: JPN, DEU"));
}

TEST(Aggregate, RefusesWrongWeightsAndTargets) {
  const auto error = [](std::vector<Concordance::Entry> entries, std::vector<Item> targets = {}) {
    const Concordance products{std::move(entries), std::move(targets)};
    return message_of([&] { (void)aggregate(test::small_chain(), {}, products); }, Errc::bad_input);
  };
  EXPECT_THAT(error({{"ore", "a", .5}, {"car", "a"}}), HasSubstr("its weights sum to 0.5, not 1"));
  EXPECT_THAT(error({{"ore", "a", -1}, {"car", "a"}}), HasSubstr("'-1' is not a share above 0"));
  EXPECT_THAT(error({{"ore", "a", nan}, {"car", "a"}}), HasSubstr("'nan' is not a share"));
  EXPECT_THAT(error({{"ore", "a", .5}, {"ore", "a", .5}, {"car", "a"}}),
              HasSubstr("'ore' goes to 'a' twice"));
  EXPECT_THAT(error({{"ore", "metl"}, {"car", "metal"}}, {{"metal", {}, {}, {}, Kind::good}}),
              HasSubstr("'metl' is not among the targets | Did you mean 'metal'?"));
}

TEST(Aggregate, NamesTheCellThatIsNotFinite) {
  auto parts = test::small_chain().parts();
  parts.final_use(4, 1) = nan;
  EXPECT_THAT(message_of([&] { (void)aggregate(Chain(std::move(parts)), two_regions(), {}); },
                         Errc::bad_input),
              HasSubstr("final use of 'DEU.ore' of 'CHN investment' is nan"));
}

TEST(Aggregate, AFirmNetworkBecomesATable) {
  auto parts = test::grid_parts(2, 2, [](std::size_t, std::size_t) { return 0.0; });
  parts.nodes.push_back({"firm-9", "Nine Ltd", {}, RegionId(1), ProductId(1), "Nine"});
  parts.flows = FlowMatrix::from_flows(5, {{4, 0, 2}, {3, 0, 1}});
  parts.final_use = Matrix(5, parts.final_columns.size());
  const auto c = aggregate(Chain(std::move(parts)), {}, {}).chain;
  EXPECT_EQ(c.size(), 4U);
  EXPECT_EQ(c.flows().at(3, 0), 3);
  EXPECT_EQ(c.nodes()[3].id, "r1.p1");
  EXPECT_TRUE(c.nodes()[3].enterprise.empty());
}

TEST(DefaultMerge, SumsAmountsDropsDegreesAveragesTheRest) {
  const ChainInfo info{.name = {},
                       .title = {},
                       .title_zh = {},
                       .year = 0,
                       .currency = "CNY",
                       .unit = "10,000 CNY",
                       .classification = {},
                       .source = {},
                       .licence = {},
                       .notes = {}};
  const auto rule = [&](std::string name, std::string unit) {
    return default_merge({std::move(name), std::move(unit), {}}, info);
  };
  EXPECT_EQ(rule("population", "1000 persons"), Merge::sum);
  EXPECT_EQ(rule("capacity", "kt"), Merge::sum);
  EXPECT_EQ(rule("assets", "million CNY"), Merge::sum);
  EXPECT_EQ(rule("longitude", "degree"), Merge::drop);
  EXPECT_EQ(rule("inventory", "days"), Merge::mean);
  EXPECT_EQ(rule("wage", "CNY/person"), Merge::mean);
}

}  // namespace
}  // namespace stave
