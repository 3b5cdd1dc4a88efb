#include "stave/store/sample.hpp"

#include <algorithm>
#include <numeric>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "original.hpp"

namespace stave {
namespace {

using sample_test::bridges;
using sample_test::split_label;
using Sums = std::map<std::string, double>;

#define NEEDS_ORIGINALS()            \
  if (!sample_test::has_originals()) \
  GTEST_SKIP() << "the originals are not in " STAVE_SHARED "/data"

std::map<std::string, std::string> region_map() {
  return sample_test::read_map(bridges / "world-2011" / "regions.csv");
}

const Chain& world() {
  static const Chain chain = open_chain("world-2011");
  return chain;
}

std::vector<std::string> codes(const Classification& items) {
  std::vector<std::string> result;
  for (const auto& item : items.items()) result.push_back(item.code);
  return result;
}

double co2(const std::string& node) {
  return world().stressors()(0, world().require_node(node).at());
}

Quality quality(const std::string& node) {
  return world().stressor_quality(0, world().require_node(node));
}

double expect_same(const Sums& expected, const Sums& found, double tolerance) {
  EXPECT_EQ(expected.size(), found.size());
  double total = 0;
  for (const auto& [key, value] : expected) {
    EXPECT_NEAR(found.at(key), value, tolerance * std::abs(value)) << key;
    total += value;
  }
  return total;
}

TEST(World2011, HoldsTheRegionsAndSectorsInTheOrderOfItsConcordance) {
  EXPECT_THAT(codes(world().regions()),
              testing::ElementsAre("CHN", "USA", "JPN", "KOR", "TWN", "DEU", "FRA", "GBR", "ITA",
                                   "NLD", "IND", "BRA", "RUS", "AUS", "CAN", "MEX", "IDN", "TUR",
                                   "EUW", "EUE", "ROW"));
  ASSERT_EQ(world().products().size(), 35U);
  for (std::size_t p = 0; p < 35; ++p) {
    const auto& product = world().products()[p];
    EXPECT_EQ(product.code, fmt::format("c{}", p + 1));
    EXPECT_FALSE(product.name.empty() || product.name_zh.empty()) << product.code;
    EXPECT_EQ(product.kind, p < 17 ? Kind::good : Kind::service) << product.code;
  }
  EXPECT_EQ(world().regions()[0].name_zh, "中国");
  EXPECT_EQ(world().size(), 21U * 35U);
}

TEST(World2011, SaysWhereItComesFrom) {
  const auto& info = world().info();
  EXPECT_EQ(info.name, "world-2011");
  EXPECT_EQ(info.year, 2011);
  EXPECT_EQ(info.currency, "USD");
  EXPECT_EQ(info.unit, "million USD");
  EXPECT_THAT(info.source, testing::HasSubstr("Timmer"));
  EXPECT_THAT(info.source, testing::HasSubstr("Corsatea"));
  EXPECT_FALSE(info.licence.empty());
  EXPECT_THAT(info.notes, testing::Contains(testing::HasSubstr("Netherlands")));
}

// Every flow between two regions' sectors is an integer below 2^53, so that sums are exact.
TEST(World2011, KeepsEveryFlowBetweenRegions) {
  NEEDS_ORIGINALS();
  const auto wiot = sample_test::read_wiot();
  const auto to = region_map();
  Sums expected;
  Sums found;
  for (std::size_t i = 0; i < 1435; ++i) {
    const auto [seller, sold] = split_label(wiot.labels[i][0]);
    for (std::size_t j = 0; j < 1435; ++j) {
      const auto [buyer, used] = split_label(wiot.header[0][j + 1]);
      expected[to.at(seller) + " " + to.at(buyer) + " " + sold] += wiot.values(i, j);
    }
  }
  const auto name = [](RegionId r) { return world().regions()[r].code; };
  world().flows().for_each([&](std::size_t i, std::size_t j, double value) {
    const auto& seller = world().nodes()[i];
    const auto& buyer = world().nodes()[j];
    found[name(seller.region) + " " + name(buyer.region) + " " +
          world().products()[seller.product].code] += value;
  });
  std::erase_if(expected, [](const auto& sum) { return sum.second == 0; });
  EXPECT_GT(expect_same(expected, found, 0), 6e7);
}

TEST(World2011, KeepsFinalUseByRegionAndCategory) {
  NEEDS_ORIGINALS();
  const auto wiot = sample_test::read_wiot();
  const auto to = region_map();
  std::map<std::string, std::vector<double>> expected;
  for (std::size_t c = 0; c < 205; ++c) {
    auto& sums = expected[to.at(split_label(wiot.header[0][1436 + c]).first)];
    sums.resize(5);
    for (std::size_t i = 0; i < 1435; ++i) sums[c % 5] += wiot.values(i, 1435 + c);
  }
  const auto& columns = world().final_columns();
  ASSERT_EQ(columns.size(), 21U * 5U);
  for (std::size_t c = 0; c < columns.size(); ++c) {
    double sum = 0;
    for (std::size_t i = 0; i < world().size(); ++i) sum += world().final_use()(i, c);
    EXPECT_EQ(sum, expected.at(world().regions()[columns[c].region].code)[c % 5])
        << c << " " << columns[c].category;
  }
}

TEST(World2011, KeepsOutputAndValueAdded) {
  NEEDS_ORIGINALS();
  const auto wiot = sample_test::read_wiot();
  const auto to = region_map();
  Sums output;
  Sums reported;
  Sums value_added;
  for (std::size_t i = 0; i < 1435; ++i) {
    const auto [region, sector] = split_label(wiot.labels[i][0]);
    const auto node = to.at(region) + "." + sector;
    const auto row = wiot.values.row(i);
    output[node] += std::accumulate(row.begin(), row.end() - 1, 0.0);
    reported[node] += row.back();
    value_added[to.at(region)] += std::accumulate(row.begin(), row.end() - 1, 0.0);
    for (std::size_t k = 0; k < 1435; ++k) value_added[to.at(region)] -= wiot.values(k, i);
  }
  Sums found[3];
  for (std::size_t i = 0; i < world().size(); ++i) {
    const auto& node = world().nodes()[i];
    const auto& region = world().regions()[node.region].code;
    const auto key = region + "." + world().products()[node.product].code;
    found[0][key] += world().output()[i];
    found[1][key] += world().reported_output()[i];
    found[2][region] += world().value_added()[i];
  }
  expect_same(output, found[0], 0);
  expect_same(reported, found[1], 0);
  expect_same(value_added, found[2], 0);
}

TEST(World2011, KeepsTheCo2OfEveryCountryThatHasAnAccount) {
  NEEDS_ORIGINALS();
  auto to = region_map();
  for (const auto* country : {"CHE", "NOR", "HRV"}) to[country] = "ROW";
  to["ROU"] = to.at("ROM");
  Sums expected;
  for (const auto& [key, kt] : sample_test::read_jrc()) expected[to.at(key.first)] += kt;
  Sums found;
  for (std::size_t i = 0; i < world().size(); ++i)
    found[world().regions()[world().nodes()[i].region].code] += world().stressors()(0, i);
  EXPECT_EQ(expected.count("NLD"), 0U);
  found.erase("NLD");
  EXPECT_NEAR(expect_same(expected, found, 1e-12), 30788759.0793, 1e-3);
}

// Agriculture of Germany is A01 + A02 + A03. C13-C15 of China goes to textiles and leather by
// output: 959,979 and 200,669 million USD.
TEST(World2011, BringsIndustriesToSectorsAsTheBridgeSays) {
  NEEDS_ORIGINALS();
  const auto jrc = sample_test::read_jrc();
  EXPECT_NEAR(co2("DEU.c1"),
              jrc.at({"DEU", "A01"}) + jrc.at({"DEU", "A02"}) + jrc.at({"DEU", "A03"}), 1e-9);
  const auto textiles = jrc.at({"CHN", "C13-C15"});
  const auto textile_output = world().output()[world().require_node("CHN.c4").at()];
  const auto leather_output = world().output()[world().require_node("CHN.c5").at()];
  EXPECT_NEAR(co2("CHN.c4"), textiles * textile_output / (textile_output + leather_output), 1e-6);
  EXPECT_NEAR(co2("CHN.c4") + co2("CHN.c5"), textiles, 1e-6);
  EXPECT_NEAR(textile_output, 959979, 100);
  EXPECT_NEAR(leather_output, 200669, 100);
}

// Glass, cement and ceramics is one industry in both classifications: c11 is C23.
TEST(World2011, EstimatesTheNetherlandsByItsNeighbours) {
  NEEDS_ORIGINALS();
  const auto jrc = sample_test::read_jrc();
  const auto wiot = sample_test::read_wiot();
  const auto output = [&](const std::string& node) {
    for (std::size_t i = 0; i < wiot.labels.size(); ++i)
      if (wiot.labels[i][0] == node) {
        const auto row = wiot.values.row(i);
        return std::accumulate(row.begin(), row.end() - 1, 0.0);
      }
    return 0.0;
  };
  double intensity = 0;
  for (const std::string country : {"BEL", "DEU", "DNK", "GBR"})
    intensity += jrc.at({country, "C23"}) / output(country + ".c11") / 4;
  EXPECT_NEAR(co2("NLD.c11"), intensity * output("NLD.c11"), 1e-6);
}

TEST(World2011, MarksWhatIsEstimated) {
  for (std::size_t i = 0; i < world().size(); ++i) {
    const auto& region = world().regions()[world().nodes()[i].region].code;
    if (region == "NLD" || region == "ROW") {
      EXPECT_EQ(world().stressor_quality(0, NodeId(i)), Quality::estimated) << i;
    }
  }
  EXPECT_EQ(quality("CHN.c4"), Quality::estimated);  // textiles and leather parted by output
  EXPECT_EQ(quality("CHN.c5"), Quality::estimated);
  EXPECT_EQ(quality("CHN.c12"), Quality::measured);
  EXPECT_EQ(quality("CHN.c17"), Quality::measured);
  EXPECT_EQ(quality("USA.c23"), Quality::measured);
  EXPECT_THAT(world().stressor_rows()[0].note, testing::HasSubstr("Estimated"));
}

TEST(World2011, HasNoEmissionsWithoutOutput) {
  for (std::size_t i = 0; i < world().size(); ++i) {
    EXPECT_GE(world().stressors()(0, i), 0) << world().nodes()[i].id;
    if (!(world().output()[i] > 0)) {
      EXPECT_EQ(world().stressors()(0, i), 0) << world().nodes()[i].id;
    }
  }
}

}  // namespace
}  // namespace stave
