#include "stave/store/sample.hpp"

#include <cmath>
#include <numeric>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "original.hpp"

namespace stave {
namespace {

const Chain& china() {
  static const Chain chain = open_chain("china-2020");
  return chain;
}

std::vector<NodeId> nodes_of(const char* region) {
  return china().nodes_in(RegionId(china().regions().require(region)));
}

TEST(China2020, PartsDomesticAndImportedFlows) {
  ASSERT_EQ(china().regions().size(), 2U);
  EXPECT_EQ(china().products().size(), 42U);
  EXPECT_EQ(nodes_of("CHN").size(), 42U);
  EXPECT_EQ(nodes_of("ROW").size(), 42U);
  // Row 02 (coal) of the table: imported coal bought by the coal industry, 978152.412436814.
  EXPECT_EQ(
      china().flows().at(china().require_node("ROW.02").at(), china().require_node("CHN.02").at()),
      978152.412436814);
  EXPECT_EQ(
      china().flows().at(china().require_node("CHN.02").at(), china().require_node("CHN.02").at()),
      35226641.2700029);
}

TEST(China2020, NamesEverySectorInTwoLanguages) {
  for (const auto& product : china().products().items()) {
    EXPECT_FALSE(product.name.empty() || product.name_zh.empty()) << product.code;
    EXPECT_NE(product.kind, Kind::unknown) << product.code;
  }
  EXPECT_EQ(china().products()[0].name_zh, "农林牧渔产品和服务");
  EXPECT_EQ(china().info().unit, "10,000 CNY");
  EXPECT_EQ(china().info().currency, "CNY");
  EXPECT_EQ(china().info().year, 2020);
}

// Inputs, domestic and imported, and value added make output, to 1e-6 of 10,000 CNY a column.
TEST(China2020, BalancesByColumnAndByRow) {
  double value_added = 0;
  for (const auto node : nodes_of("CHN")) {
    const auto i = node.at();
    double own = 0;
    for (std::size_t v = 0; v < china().primary().rows(); ++v) own += china().primary()(v, i);
    value_added += own;
    const auto reported = china().reported_output()[i];
    EXPECT_NEAR(china().intermediate_inputs()[i] + own, reported, 1e-5) << china().node(node).id;
    EXPECT_NEAR(china().output()[i], reported, 1e-4) << china().node(node).id;
  }
  EXPECT_NEAR(value_added / 1e8, 101.64, 0.005);  // 10,000 CNY -> trillion CNY
}

TEST(China2020, KeepsTheOriginalTotals) {
  const auto path = sample_test::data / "china-io" / "china_2020_42.csv";
  if (!std::filesystem::exists(path)) GTEST_SKIP() << path << " is not there";
  TableLayout layout;
  layout.text.missing = {"NA"};
  layout.label_columns = 4;
  const auto original = read_table(Source::open(path), layout);
  double flows = 0;
  double final_use = 0;
  for (std::size_t i = 0; i < 84; ++i) {
    const auto row = original.values.row(i);
    flows += std::accumulate(row.begin(), row.begin() + 42, 0.0);
    // After the flows: their sum, then TC, FU201, FU202, EX, then sums.
    final_use += std::accumulate(row.begin() + 43, row.begin() + 47, 0.0);
  }
  const auto sums = china().flows().row_sums();
  EXPECT_NEAR(std::accumulate(sums.begin(), sums.end(), 0.0), flows, 1e-12 * flows);
  const auto y = china().final_use().values();
  EXPECT_NEAR(std::accumulate(y.begin(), y.end(), 0.0), final_use, 1e-12 * final_use);
}

// The inventory of 2019: 9794.756396640432 Mt, of which urban 271.686 and rural 154.479 households.
TEST(China2020, HoldsTheWholeInventoryOfItsCo2) {
  const auto f = china().stressors().values();
  const auto f_y = china().stressors_final().values();
  const auto production = std::accumulate(f.begin(), f.end(), 0.0);
  const auto households = std::accumulate(f_y.begin(), f_y.end(), 0.0);
  EXPECT_NEAR(production + households, 9794.756396640432, 1e-8);
  EXPECT_NEAR(households, 271.6862136054569 + 154.4788876290445, 1e-12);
  EXPECT_EQ(china().stressor_rows()[0].unit, "Mt");
  for (const auto node : nodes_of("ROW"))
    EXPECT_EQ(china().stressors()(0, node.at()), 0) << china().node(node).id;
}

// 01 is farming and logging (0): 91.45 Mt. Power is one sector in both. "Wholesale, Retail Trade
// and Catering Services", 67.597 Mt, goes to 28 and 30 by output, 149851 and 43199 : 0.776 to 28.
TEST(China2020, BringsInventorySectorsToTheTable) {
  const auto co2 = [&](const char* node) {
    return china().stressors()(0, china().require_node(node).at());
  };
  EXPECT_NEAR(co2("CHN.01"), 91.45117176344105, 1e-12);
  EXPECT_NEAR(co2("CHN.24"), 4641.959322130106, 1e-9);
  EXPECT_NEAR(co2("CHN.14"), 1853.1014566862875 + 64.50943971872792, 1e-9);
  const double trade = 1498514698.55958;
  const double catering = 431989760.105426;
  EXPECT_NEAR(co2("CHN.28"), 67.59747841300758 * trade / (trade + catering), 1e-6);
  EXPECT_NEAR(co2("CHN.28") + co2("CHN.30"), 67.59747841300758, 1e-9);
}

TEST(China2020, MarksItsCo2AsEstimatedAndSaysWhy) {
  EXPECT_EQ(china().stressor_rows()[0].quality, Quality::estimated);
  for (std::size_t i = 0; i < china().size(); ++i)
    EXPECT_EQ(china().stressor_quality(0, NodeId(i)), Quality::estimated);
  EXPECT_THAT(china().info().notes, testing::Contains(testing::HasSubstr("2019")));
}

}  // namespace
}  // namespace stave
