#include "stave/core/chain.hpp"

#include "stave/core/error.hpp"

#include <functional>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "small_chain.hpp"

namespace stave {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string refusal(const std::function<void(ChainParts&)>& spoil) {
  auto parts = test::small_chain().parts();
  spoil(parts);
  try {
    const Chain chain(std::move(parts));
  } catch (const Error& e) {
    EXPECT_EQ(e.code(), Errc::bad_input);
    return e.what();
  }
  ADD_FAILURE() << "no error";
  return {};
}

// x_0 = (0+1+2+3+4+5) + (0+1+2+3+4+5) = 30;  1'Z of node 0 = 0+6+12+18+24+30 = 90.
TEST(Chain, OutputIsFlowsPlusFinalUse) {
  const auto chain = test::small_chain();
  EXPECT_EQ(chain.output()[0], 30);
  EXPECT_EQ(chain.intermediate_inputs()[0], 90);
}

TEST(Chain, ValueAddedIsGivenOrWhatIsLeft) {
  EXPECT_EQ(test::small_chain().value_added()[1], 2) << "the primary row";
  auto parts = test::small_chain().parts();
  parts.primary_rows.clear();
  parts.primary = Matrix();
  EXPECT_EQ(Chain(std::move(parts)).value_added()[0], 30 - 90);
}

TEST(Chain, AddsUpFinalUseOfARegion) {
  const auto y = test::small_chain().final_use_by_region();
  ASSERT_EQ(y.cols(), 3U);
  EXPECT_EQ(y(2, 1), 22 + 23);
}

TEST(Chain, FindsNodesByIdAndByRegionAndProduct) {
  auto parts = test::small_chain().parts();
  parts.nodes[1].id = "works-17";
  const Chain chain(std::move(parts));
  EXPECT_EQ(chain.require_node("works-17"), NodeId(1));
  EXPECT_EQ(chain.require_node("CHN.car"), NodeId(1));
  EXPECT_EQ(chain.require_node("china.cars"), NodeId(1)) << "names do as well";
  EXPECT_EQ(chain.find_node("CHN.car"), std::nullopt);
  EXPECT_THAT(chain.nodes_in(RegionId(2)), ElementsAre(NodeId(4), NodeId(5)));
}

TEST(Chain, NamesNearNodesOfAnUnknownOne) {
  try {
    (void)test::small_chain().require_node("DEU.cat");
    ADD_FAILURE() << "no error";
  } catch (const Error& e) {
    EXPECT_EQ(e.code(), Errc::not_found);
    EXPECT_STREQ(e.what(), "node 'DEU.cat' is not in this chain");
    EXPECT_THAT(e.hint(), HasSubstr("'DEU.car'"));
  }
}

TEST(Chain, LabelsANodeByItsNameOrByRegionAndProduct) {
  auto parts = test::small_chain().parts();
  parts.nodes[1].name = "Works 17";
  const Chain chain(std::move(parts));
  EXPECT_EQ(chain.label(NodeId(0)), "China: Ore");
  EXPECT_EQ(chain.label(NodeId(1)), "Works 17");
}

TEST(Chain, LooksUpAttributes) {
  const auto chain = test::small_chain();
  EXPECT_EQ(chain.node_attribute("jobs")->values[1], 200);
  EXPECT_EQ(chain.region_attribute("population")->values[2], 30);
  EXPECT_EQ(chain.node_attribute("altitude"), nullptr);
  EXPECT_EQ(chain.region_attribute("jobs"), nullptr);
}

TEST(Chain, ACellsQualityIsItsRowsUnlessGiven) {
  auto parts = test::small_chain().parts();
  parts.stressor_rows[0].quality = Quality::estimated;
  EXPECT_EQ(Chain(parts).stressor_quality(0, NodeId(3)), Quality::estimated);
  parts.stressor_quality.assign(6, Quality::measured);
  EXPECT_EQ(Chain(parts).stressor_quality(0, NodeId(3)), Quality::measured);
  EXPECT_EQ(to_string(Quality::illustrative), "illustrative");
}

TEST(Chain, CopiesShareTheirArrays) {
  const auto chain = test::small_chain();
  const auto copy = chain;  // NOLINT(performance-unnecessary-copy-initialization)
  EXPECT_EQ(chain.flows().dense().data(), copy.flows().dense().data());
}

TEST(Chain, MayLackEverythingButNodes) {
  const auto full = test::small_chain().parts();
  ChainParts parts;
  parts.regions = full.regions;
  parts.products = full.products;
  parts.nodes = full.nodes;
  parts.flows = FlowMatrix::from_flows(6, {});
  const Chain chain(std::move(parts));
  EXPECT_EQ(chain.output(), std::vector<double>(6));
  EXPECT_EQ(Chain(ChainParts()).size(), 0U);
}

TEST(Chain, RefusesArraysThatDoNotFit) {
  EXPECT_EQ(refusal([](ChainParts& p) { p.flows = FlowMatrix(Matrix(2, 2)); }),
            "flows does not fit: expected 6 x 6");
  EXPECT_EQ(refusal([](ChainParts& p) { p.final_use = Matrix(6, 5); }),
            "final use does not fit: expected 6 x 6, got 6 x 5");
  EXPECT_EQ(refusal([](ChainParts& p) { p.primary = Matrix(2, 6); }),
            "primary inputs does not fit: expected 1 x 6, got 2 x 6");
  EXPECT_EQ(refusal([](ChainParts& p) { p.stressors = Matrix(); }),
            "stressors does not fit: expected 1 x 6, got 0 x 0");
  EXPECT_EQ(refusal([](ChainParts& p) { p.stressors_final = Matrix(1, 2); }),
            "stressors of final use does not fit: expected 1 x 6, got 1 x 2");
  EXPECT_EQ(refusal([](ChainParts& p) { p.stressor_quality.resize(5); }),
            "stressor quality does not fit: expected 6 cells");
  EXPECT_EQ(refusal([](ChainParts& p) { p.reported_output.resize(5); }),
            "reported output does not fit: expected 6 values");
  EXPECT_EQ(refusal([](ChainParts& p) { p.node_attributes[1].values.pop_back(); }),
            "attribute 'jobs' does not fit: expected 6 values");
  EXPECT_EQ(refusal([](ChainParts& p) { p.region_attributes[0].values.pop_back(); }),
            "region attribute 'population' does not fit: expected 3 values");
}

TEST(Chain, RefusesLabelsThatDoNotFit) {
  EXPECT_EQ(refusal([](ChainParts& p) { p.nodes[3].id = "CHN.ore"; }),
            "node 'CHN.ore' appears twice");
  EXPECT_EQ(refusal([](ChainParts& p) { p.nodes[3].id.clear(); }), "a node has no id");
  EXPECT_EQ(refusal([](ChainParts& p) { p.nodes[3].region = RegionId(3); }),
            "node 'JPN.car' refers to an unknown region or product");
  EXPECT_EQ(refusal([](ChainParts& p) { p.nodes[3].product = ProductId(-1); }),
            "node 'JPN.car' refers to an unknown region or product");
  EXPECT_EQ(refusal([](ChainParts& p) { p.final_columns[0].region = RegionId(9); }),
            "final use 'households' refers to an unknown region");
}

}  // namespace
}  // namespace stave
