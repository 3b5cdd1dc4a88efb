#include "stave/formats/stressor_file.hpp"

#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "formats/error_text.hpp"
#include "formats/written_file.hpp"

namespace stave {
namespace {

// Two regions x two products, households in both.
Chain small_chain() {
  ChainParts parts;
  parts.info.year = 2011;
  parts.regions = {"region", {{"CHN", "China", "中国", "", {}}, {"DEU", "Germany", "", "", {}}}};
  parts.products = {"product", {{"a", "Apples", "", "", {}}, {"b", "Bread", "", "", {}}}};
  for (int r = 0; r < 2; ++r)
    for (int p = 0; p < 2; ++p)
      parts.nodes.push_back({parts.regions[static_cast<std::size_t>(r)].code + "." +
                                 parts.products[static_cast<std::size_t>(p)].code,
                             "", "", RegionId(r), ProductId(p), ""});
  parts.flows = FlowMatrix(Matrix(4, 4));
  parts.final_columns = {{RegionId(0), "households"}, {RegionId(1), "households"}};
  parts.final_use = Matrix(4, 2);
  return Chain(std::move(parts));
}

Chain with(const std::string& csv) {
  const WrittenFile file("co2.csv", csv);
  return with_stressors(small_chain(), file.path());
}

std::string stressor_error(const std::string& csv) {
  const WrittenFile file("co2.csv", csv);
  return error_text([&] { static_cast<void>(with_stressors(small_chain(), file.path())); },
                    file.folder().string() + "/");
}

TEST(StressorFile, FillsProductionAndFinalUse) {
  const auto chain = with(
      "stressor,region,product,final_use,value,unit,quality\n"
      "CO2,CHN,a,,1,kt,measured\nCO2,Germany,Bread,,2,kt,estimated\nCO2,CHN,,households,3,kt,\n");
  EXPECT_EQ(chain.stressor_rows().at(0).unit, "kt");
  EXPECT_THAT(chain.stressors().values(), testing::ElementsAre(1, 0, 0, 2));
  EXPECT_THAT(chain.stressors_final().values(), testing::ElementsAre(3, 0));
  EXPECT_EQ(chain.stressor_quality(0, NodeId(0)), Quality::measured);
  EXPECT_EQ(chain.stressor_quality(0, NodeId(3)), Quality::estimated);
  EXPECT_EQ(chain.stressor_rows().at(0).quality, Quality::estimated);
  EXPECT_THAT(
      chain.info().notes,
      testing::ElementsAre("Stressor 'CO2': 2 of 4 nodes have no row in co2.csv and count 0."));
}

TEST(StressorFile, AddsToTheStressorsThereAre) {
  const WrittenFile file("jobs.csv", "stressor,node,value,unit\njobs,DEU.a,7,persons\n");
  const auto chain =
      with_stressors(with("stressor,region,product,value,unit\nCO2,CHN,a,1,kt\n"), file.path());
  EXPECT_THAT(chain.stressors().values(), testing::ElementsAre(1, 0, 0, 0, 0, 0, 7, 0));
}

TEST(StressorFile, KeepsTheYearOfTheChain) {
  const auto chain =
      with("stressor,region,product,year,value,unit\nCO2,CHN,a,2010,1,kt\nCO2,CHN,a,2011,2,kt\n");
  EXPECT_EQ(chain.stressors()(0, 0), 2);
  EXPECT_EQ(chain.info().notes.back(),
            "1 rows of co2.csv are of other years than 2011 and were left out.");
}

TEST(StressorFile, NamesUnknownLabelsAndNearOnes) {
  EXPECT_EQ(stressor_error("stressor,region,product,value,unit\nCO2,CHX,a,1,kt\n"),
            "not_found: co2.csv:2: column 'region': 'CHX' is not a region of the chain | "
            "Did you mean 'CHN'?");
  EXPECT_EQ(stressor_error("stressor,region,product,value,unit\nCO2,CHN,Bred,1,kt\n"),
            "not_found: co2.csv:2: column 'product': 'Bred' is not a product of the chain | "
            "Did you mean 'Bread'?");
  EXPECT_EQ(stressor_error("stressor,region,final_use,value,unit\nCO2,CHN,houses,1,kt\n"),
            "not_found: co2.csv:2: column 'final_use': 'houses' is not a final use of 'CHN' | "
            "It has: households.");
  EXPECT_EQ(stressor_error("stressor,region,prodct,value,unit\n"),
            "bad_input: co2.csv:1: column 'prodct' is not known here | Did you mean 'product'?");
}

TEST(StressorFile, RefusesContradictions) {
  EXPECT_EQ(stressor_error("stressor,region,product,value,unit\nCO2,CHN,a,1,kt\nCO2,CHN,a,2,kt\n"),
            "bad_input: co2.csv:3: column 'value': '2' is a second value for the same cell, first "
            "in row 2 | ");
  EXPECT_EQ(stressor_error("stressor,region,product,value,unit\nCO2,CHN,a,1,kt\nCO2,CHN,b,2,Mt\n"),
            "bad_input: co2.csv:3: column 'unit': 'Mt' is a second unit of 'CO2', after 'kt' | ");
  EXPECT_EQ(stressor_error("stressor,region,product,value,unit,quality\nCO2,CHN,a,1,kt,good\n"),
            "bad_input: co2.csv:2: column 'quality': 'good' is none of measured, estimated, "
            "illustrative | ");
  EXPECT_EQ(stressor_error("stressor,region,product,value,unit\nCO2,CHN,a,\"1,5\",kt\n"),
            "bad_input: co2.csv:2: column 'value': '1,5' is not a number | "
            "Write a decimal point, and no thousands separator: 12.5, 1234567.");
}

TEST(RegionAttributes, AreUnknownWhereNotGiven) {
  const WrittenFile file("people.csv", "region,name,value,unit\n中国,population,1.3e9,persons\n");
  const auto chain = with_region_attributes(small_chain(), file.path());
  const auto* population = chain.region_attribute("population");
  ASSERT_NE(population, nullptr);
  EXPECT_EQ(population->unit, "persons");
  EXPECT_EQ(population->values.at(0), 1.3e9);
  EXPECT_TRUE(std::isnan(population->values.at(1)));
}

}  // namespace
}  // namespace stave
