#include "stave/breakpoint/breakpoint.hpp"
#include "stave/store/sample.hpp"

#include <cmath>
#include <numeric>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "original.hpp"
#include "row.hpp"

namespace stave {
namespace {

using sample_test::bridges;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;

const Chain& nev() {
  static const Chain chain = open_chain("nev");
  return chain;
}

std::vector<sample::Row> rows(const char* file) {
  return sample::read_rows(bridges / "nev" / file, {});
}

const std::string& product_of(std::size_t node) {
  return nev().products()[nev().nodes()[node].product].code;
}

const std::string& region_of(std::size_t node) {
  return nev().regions()[nev().nodes()[node].region].code;
}

double attribute(const char* name, std::size_t node) {
  return nev().node_attribute(name)->values[node];
}

double output(const char* node) { return nev().output()[nev().require_node(node).at()]; }

/// What each node buys of each product.
std::vector<std::map<std::string, double>> purchases() {
  std::vector<std::map<std::string, double>> bought(nev().size());
  nev().flows().for_each(
      [&](std::size_t i, std::size_t j, double value) { bought[j][product_of(i)] += value; });
  return bought;
}

TEST(Nev, ReachesFromOreToCarInTwoLanguages) {
  EXPECT_GE(nev().products().size(), 60U);
  EXPECT_GE(nev().regions().size(), 25U);
  for (const auto classification : {&Chain::regions, &Chain::products})
    for (const auto& item : (nev().*classification)().items())
      EXPECT_FALSE(item.name.empty() || item.name_zh.empty()) << item.code;
  std::vector<std::string> stages;
  for (const auto& stage : nev().products().groups()) stages.push_back(stage.code);
  EXPECT_THAT(stages, ElementsAre("ore", "refined", "material", "component", "equipment", "system",
                                  "vehicle"));
  EXPECT_EQ(nev().products()[nev().products().require("electric car")].name_zh, "电动汽车");
}

TEST(Nev, Balances) {
  for (std::size_t i = 0; i < nev().size(); ++i) {
    const auto x = nev().reported_output()[i];
    EXPECT_NEAR(nev().output()[i], x, 1e-12 * x) << nev().nodes()[i].id;
    EXPECT_NEAR(nev().intermediate_inputs()[i] + nev().primary()(0, i), x, 1e-12 * x)
        << nev().nodes()[i].id;
    EXPECT_GT(nev().primary()(0, i), 0) << nev().nodes()[i].id;
  }
}

// What all cars cost is all value added: 10 million cars of 30,000 USD.
TEST(Nev, PaysOutTheCarsAsValueAdded) {
  const auto va = nev().primary().row(0);
  const auto y = nev().final_use().values();
  EXPECT_NEAR(std::accumulate(y.begin(), y.end(), 0.0), 300'000, 1e-6);
  EXPECT_NEAR(std::accumulate(va.begin(), va.end(), 0.0), 300'000, 1e-6);
}

TEST(Nev, BuysInputsByTheCostSharesOfItsTable) {
  const auto bought = purchases();
  const auto table = rows("inputs.csv");
  for (std::size_t j = 0; j < nev().size(); ++j) {
    auto left = bought[j];
    for (const auto& row : table) {
      if (row.at("product") != product_of(j) || left.count(row.at("input")) == 0) continue;
      const auto expected = row.number("cost_share") * nev().output()[j];
      EXPECT_NEAR(left.at(row.at("input")), expected, 1e-12 * expected) << nev().nodes()[j].id;
      left.erase(row.at("input"));
    }
    EXPECT_TRUE(left.empty()) << nev().nodes()[j].id << " buys " << left.begin()->first;
  }
}

// A maker without a line buys all inputs; a line buys those without a group and its own.
TEST(Nev, GivesEveryMakerOneOfItsSubstitutesAndAllElse) {
  const auto bought = purchases();
  const auto table = rows("inputs.csv");
  for (std::size_t j = 0; j < nev().size(); ++j) {
    std::set<std::string> groups;
    std::set<std::string> chosen;
    for (const auto& row : table) {
      if (row.at("product") != product_of(j)) continue;
      const auto buys = bought[j].count(row.at("input")) > 0;
      if (row.at("substitute_group").empty()) {
        EXPECT_TRUE(buys) << nev().nodes()[j].id << " lacks " << row.at("input");
      } else {
        groups.insert(row.at("substitute_group"));
        if (buys) {
          EXPECT_TRUE(chosen.insert(row.at("substitute_group")).second);
        }
      }
    }
    EXPECT_EQ(groups, chosen) << nev().nodes()[j].id;
  }
}

TEST(Nev, NamesNeedsInItsRecipeAndNoOthers) {
  const auto table = rows("inputs.csv");
  for (const auto& row : table)
    EXPECT_EQ(nev().recipe().need(ProductId(nev().products().require(row.at("input"))),
                                  ProductId(nev().products().require(row.at("product")))),
              row.at("essential") == "yes" ? Need::essential : Need::non_essential)
        << row.at("input") << " in " << row.at("product");
  EXPECT_EQ(nev().recipe().exceptions().size(), table.size());
  EXPECT_FALSE(nev().recipe().is_default_rule());
  EXPECT_EQ(nev().recipe().uniform_need(), Need::none);
}

TEST(Nev, HoldsTheSharesOfItsProviders) {
  std::map<std::string, double> world;
  for (std::size_t i = 0; i < nev().size(); ++i) world[product_of(i)] += nev().output()[i];
  for (const auto& row : rows("providers.csv")) {
    if (row.at("product") == "module") continue;  // made at home: shares of the region's own
    auto id = row.at("region") + "." + row.at("product");
    if (!row.at("line").empty()) id += "." + row.at("line");
    EXPECT_NEAR(100 * output(id.c_str()) / world.at(row.at("product")), row.number("share"), 1e-9)
        << id;
  }
  EXPECT_NEAR(output("CHN.module.cell_lfp") /
                  (output("CHN.module.cell_lfp") + output("CHN.module.cell_nmc")),
              0.72, 1e-12);
}

TEST(Nev, BuysBodiesAndPacksAtHome) {
  nev().flows().for_each([&](std::size_t i, std::size_t j, double) {
    if (product_of(i) == "body" || product_of(i) == "pack" || product_of(i) == "module") {
      EXPECT_EQ(region_of(i), region_of(j)) << nev().nodes()[i].id;
    }
  });
}

TEST(Nev, SaysOfEveryFigureThatItIsIllustrative) {
  for (const auto* file :
       {"products.csv", "inputs.csv", "providers.csv", "regions.csv", "demand.csv"})
    for (const auto& row : rows(file)) EXPECT_EQ(row.at("quality"), "illustrative") << file;
  for (std::size_t i = 0; i < nev().size(); ++i) {
    EXPECT_EQ(nev().stressor_quality(0, NodeId(i)), Quality::illustrative);
    EXPECT_EQ(attribute("share_is_illustrative", i),
              std::isnan(attribute("usgs_output", i)) ? 1 : 0)
        << nev().nodes()[i].id;
  }
  EXPECT_THAT(nev().info().notes.front(), HasSubstr("ILLUSTRATIVE"));
}

// Congo 220,000 t of 300 + 3,600 + 4,500 + 220,000 + 3,500 + 28,000 + 2,600 + 1,500 + 2,800 +
// 3,800 + 8,700 + 2,700 + 6,200 = 288,200 t of cobalt: 76.3 %.
TEST(Nev, TakesMineSharesFromTheUsgs) {
  const auto congo = nev().require_node("COD.co_ore").at();
  EXPECT_EQ(attribute("usgs_output", congo), 220'000);
  EXPECT_NEAR(attribute("provider_share", congo), 100 * 220'000 / 288'200.0, 1e-9);
  EXPECT_EQ(attribute("share_is_illustrative", congo), 0);
  EXPECT_EQ(attribute("usgs_output", nev().require_node("CHN.gallium").at()), 750);
}

class NevOriginal : public testing::Test {
 protected:
  void SetUp() override {
    path = sample_test::data / "minerals-usgs" / "MCS2025_World_Data.csv";
    if (!std::filesystem::exists(path)) GTEST_SKIP() << path << " is not there";
    for (const auto& row : rows("countries.csv")) region[row.at("country")] = row.at("region");
    for (const auto& row : rows("usgs.csv"))
      product[row.at("commodity") + "|" + row.at("statistic")] = {row.at("product"),
                                                                  row.number("tons_per_unit")};
    read();
  }
  void read() {
    DelimitedReader in(Source::open(path));
    in.next_row();
    while (in.next_row()) {
      auto cells = in.texts();
      for (auto& cell : cells) cell = cell.substr(0, cell.find_last_not_of(' ') + 1);
      const auto statistic = product.find(cells[1] + "|" + cells[3]);
      if (statistic == product.end() || cells[6].empty()) continue;
      const auto& [code, unit] = statistic->second;
      if (cells[2] == "World total (ilmenite and rutile, rounded)") continue;
      if (cells[2].starts_with("World total"))
        stated[code] += unit * std::stod(cells[6]);
      else
        tons[region.at(cells[2]) + "." + code] += unit * std::stod(cells[6]);
    }
  }
  std::filesystem::path path;
  std::map<std::string, std::string> region;
  std::map<std::string, std::pair<std::string, double>> product;
  std::map<std::string, double> tons;    ///< by node
  std::map<std::string, double> stated;  ///< "World total (rounded)", by product
};

TEST_F(NevOriginal, StandsInTheChainTonByTon) {
  std::map<std::string, double> world;
  for (const auto& [node, value] : tons) world[node.substr(4)] += value;
  std::size_t found = 0;
  for (std::size_t i = 0; i < nev().size(); ++i) {
    const auto own = tons.find(nev().nodes()[i].id);
    EXPECT_EQ(attribute("share_is_illustrative", i) == 0, own != tons.end()) << nev().nodes()[i].id;
    if (own == tons.end()) continue;
    ++found;
    EXPECT_NEAR(attribute("usgs_output", i), own->second, 1e-12 * own->second);
    EXPECT_NEAR(attribute("provider_share", i), 100 * own->second / world.at(product_of(i)), 1e-9)
        << nev().nodes()[i].id;
  }
  EXPECT_EQ(found, tons.size());
  EXPECT_EQ(world.size(), 27U);
}

// The source rounds its totals to two or three digits, and leaves some countries' figures out.
TEST_F(NevOriginal, SumsToTheWorldTotalsTheSourceStates) {
  std::map<std::string, double> world;
  for (const auto& [node, value] : tons) world[node.substr(4)] += value;
  ASSERT_GE(stated.size(), 25U);
  for (const auto& [code, total] : stated) EXPECT_NEAR(world.at(code), total, 0.02 * total) << code;
}

std::vector<std::string> single_points(const char* target, const char* region) {
  const BreakpointSystem system(nev(), SourceKind::region_product);
  const auto nodes = system.target(
      ProductId(nev().products().require(target)),
      region ? std::optional(RegionId(nev().regions().require(region))) : std::nullopt);
  std::vector<std::string> names;
  const auto found = break_sets(system, nodes, {.size = 1});
  for (const auto& set : found.sets.at(0))
    names.push_back(system.source_names[static_cast<std::size_t>(set[0])]);
  return names;
}

TEST(Nev, StopsLeadingEdgeChipsWithoutTheEuvScanner) {
  EXPECT_THAT(single_points("chip_lead", nullptr),
              Contains("Netherlands: EUV lithography scanner"));
}

// A mature chip stands in for a leading-edge one in the driving computer.
TEST(Nev, DoesNotStopTheCarWithoutTheEuvScanner) {
  const auto points = single_points("car", "CHN");
  EXPECT_THAT(points, Contains("Japan: Build-up film for chip packages"));
  EXPECT_THAT(points, testing::Not(Contains(HasSubstr("EUV"))));
}

/// Whether the cars of China stop when every maker of these products is lost.
bool stops_cars_of_china(const std::vector<std::string>& products) {
  const BreakpointSystem system(nev(), SourceKind::region_product);
  const auto target = system.target(ProductId(nev().products().require("car")),
                                    RegionId(nev().regions().require("CHN")));
  std::vector<std::int32_t> lost;
  for (std::size_t i = 0; i < nev().size(); ++i)
    if (std::ranges::find(products, product_of(i)) != products.end())
      lost.push_back(system.source_of[i]);
  const auto failed = failed_nodes(system, lost);
  return std::ranges::all_of(
      target, [&](std::int32_t node) { return failed[static_cast<std::size_t>(node)] != 0; });
}

TEST(Nev, RunsOnEitherCellChemistryButNotOnNone) {
  EXPECT_FALSE(stops_cars_of_china({"cell_lfp"}));
  EXPECT_FALSE(stops_cars_of_china({"cell_nmc"}));
  EXPECT_FALSE(stops_cars_of_china({"co_ore"}));
  EXPECT_TRUE(stops_cars_of_china({"cell_lfp", "cell_nmc"}));
  EXPECT_TRUE(stops_cars_of_china({"li_ore"}));
  EXPECT_TRUE(stops_cars_of_china({"re_ore"}));
}

}  // namespace
}  // namespace stave
