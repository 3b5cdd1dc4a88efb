#include "stave/formats/network.hpp"

#include <cmath>

#include <gmock/gmock.h>

#include "import_fixture.hpp"

namespace stave::test {
namespace {

using ::testing::HasSubstr;

class Network : public TemporaryFolder {
 protected:
  // Ore -> metal -> cell; two makers of metal.
  void write_battery() {
    write("b/nodes.csv",
          "id,name,name_zh,region,product,enterprise,kind,inventory [days],slack\n"
          "mine,Mine,矿山,COD,ore,,good,30,\n"
          "m1,Refiner 1,,CHN,metal,Refiner AG,good,10,0.2\n"
          "m2,Refiner 2,,FIN,metal,,good,,0.1\n"
          "cell,Cell maker,,CHN,cell,,good,5,0\n");
    write("b/links.csv", "from,to,value\nmine,m1,60\nmine,m2,40\nm1,cell,90\nm2,cell,50\n");
  }
};

TEST_F(Network, ReadsNodesLinksAndAttributes) {
  write_battery();
  const auto chain = import_chain(folder() / "b");
  EXPECT_EQ(chain.size(), 4U);
  EXPECT_EQ(chain.flows().at(0, 1), 60);
  EXPECT_EQ(chain.flows().at(2, 3), 50);
  EXPECT_EQ(chain.node(chain.require_node("m1")).enterprise, "Refiner AG");
  EXPECT_EQ(chain.regions()[chain.nodes()[0].region].name_zh, "刚果（金）");
  EXPECT_EQ(chain.nodes()[0].name_zh, "矿山");
  const auto* inventory = chain.node_attribute("inventory");
  ASSERT_NE(inventory, nullptr);
  EXPECT_EQ(inventory->unit, "days");
  EXPECT_EQ(inventory->values[1], 10);
  EXPECT_TRUE(std::isnan(inventory->values[2]));
  EXPECT_EQ(chain.node_attribute("slack")->values[2], 0.1);
  EXPECT_EQ(chain.products()[0].kind, Kind::good);
}

TEST_F(Network, AddsUpRepeatedLinksAndKeepsLoops) {
  write_battery();
  write("b/links.csv", "from,to,value\nmine,m1,60\nmine,m1,5\nm1,m1,3\nm2,cell,0\n");
  const auto chain = import_chain(folder() / "b");
  EXPECT_EQ(chain.flows().at(0, 1), 65);
  EXPECT_EQ(chain.flows().at(1, 1), 3);
  const auto& notes = chain.info().notes;
  EXPECT_THAT(notes, ::testing::Contains(HasSubstr("1 links repeat a pair of nodes")));
  EXPECT_THAT(notes, ::testing::Contains(HasSubstr("1 links lead from a node to itself")));
  EXPECT_THAT(notes, ::testing::Contains(HasSubstr("1 links of value 0 are left out")));
}

TEST_F(Network, ReadsRecipeFinalUsePrimaryInputsAndMeta) {
  write_battery();
  write("b/recipe.csv", "input,user,need\nore,metal,non-essential\n");
  write("b/final_use.csv", "node,value,region,category\ncell,200,CHN,households\ncell,50,FIN,\n");
  write("b/primary.csv", "node,value,input\ncell,110,labour\n");
  write("b/meta.csv",
        "key,value\nname,battery\ntitle,A battery\nyear,2023\ncurrency,CNY\nunit,million CNY\n"
        "source,made up\nlicence,CC0\n");
  const auto chain = import_chain(folder() / "b");
  EXPECT_EQ(chain.info().name, "battery");
  EXPECT_EQ(chain.info().year, 2023);
  EXPECT_EQ(chain.info().unit, "million CNY");
  const auto product = [&](const char* code) { return ProductId(chain.products().require(code)); };
  EXPECT_EQ(chain.recipe().need(product("ore"), product("metal")), Need::non_essential);
  EXPECT_EQ(chain.recipe().need(product("metal"), product("cell")), Need::essential);
  EXPECT_EQ(chain.output()[3], 250);
  EXPECT_EQ(chain.final_columns()[1].category, "final use");
  EXPECT_EQ(chain.value_added()[3], 110);
}

TEST_F(Network, TakesOneNeedForAllPairs) {
  write_battery();
  write("b/recipe.csv", "input,user,need\n*,*,none\nmetal,cell,essential\n");
  const auto chain = import_chain(folder() / "b");
  EXPECT_EQ(chain.recipe().uniform_need(), Need::none);
  EXPECT_FALSE(chain.recipe().is_default_rule());
}

TEST_F(Network, MakesEachNodeItsOwnProductWithoutThatColumn) {
  write("n/nodes.csv", "id\na\nb\n");
  write("n/links.csv", "from,to,value\na,b,1\n");
  const auto chain = import_chain(folder() / "n");
  EXPECT_EQ(chain.products()[1].code, "b");
  EXPECT_EQ(chain.regions()[0].code, "ALL");
}

TEST_F(Network, NamesUnknownIdsWithNearOnes) {
  write_battery();
  write("b/links.csv", "from,to,value\nmine,m1,60\nmime,m1,5\n");
  EXPECT_THAT(message_of(Errc::bad_input, importing(folder() / "b")),
              HasSubstr("links.csv:3: column 'from': 'mime' is no id of nodes.csv | Did you mean "
                        "'mine'?"));
}

TEST_F(Network, RefusesRepeatedIdsAndBadValues) {
  write_battery();
  write("b/links.csv", "from,to,value\nmine,m1,-60\n");
  EXPECT_THAT(message_of(Errc::bad_input, importing(folder() / "b")),
              HasSubstr("links.csv:2: column 'value': '-60' is negative"));
  write("b/links.csv", "from,to,value\nmine,m1,inf\n");
  EXPECT_THAT(message_of(Errc::bad_input, importing(folder() / "b")),
              HasSubstr("links.csv:2: column 'value': 'inf' is not a number"));
  write("b/nodes.csv", "id\nmine\nm1\nmine\n");
  EXPECT_THAT(message_of(Errc::bad_input, importing(folder() / "b")),
              HasSubstr("nodes.csv:4: column 'id': 'mine' appears twice"));
}

TEST_F(Network, NamesMissingColumnsAndFiles) {
  write_battery();
  write("b/links.csv", "from,to,valeu\nmine,m1,60\n");
  EXPECT_THAT(message_of(Errc::bad_input, importing(folder() / "b")),
              HasSubstr("no column 'value' | Did you mean 'valeu'?"));
  std::filesystem::remove(folder() / "b/links.csv");
  EXPECT_THAT(message_of(Errc::not_found, importing(folder() / "b", {.format = "network"})),
              HasSubstr("links.csv is missing"));
}

TEST_F(Network, HoldsNodesToTheListsOfRegionsAndProducts) {
  write_battery();
  write("b/regions.csv",
        "code,name,name_zh,parent\nCHN,China,中国,Asia\nCOD,Congo,,Africa\nFIM,F,,\n");
  EXPECT_THAT(message_of(Errc::bad_input, importing(folder() / "b")),
              HasSubstr("'FIN' is no region of regions.csv | Did you mean 'FIM'?"));
  write("b/regions.csv", "code,name,name_zh,parent\nCHN,China,中国,Asia\nCOD,,,Africa\nFIN,F,,\n");
  const auto chain = import_chain(folder() / "b");
  EXPECT_EQ(chain.regions().members("Asia").size(), 1U);
}

// Sparse: memory follows the links, not the square of the nodes.
TEST_F(Network, ReadsALargeSparseNetwork) {
  constexpr int n = 50'000;
  std::string nodes = "id,region\n";
  std::string links = "from,to,value\n";
  for (int i = 0; i < n; ++i) {
    nodes += "f" + std::to_string(i) + ",CHN\n";
    for (int k = 1; k <= 4; ++k)
      links += "f" + std::to_string(i) + ",f" + std::to_string((i * 7 + k * 1013) % n) + ",1.5\n";
  }
  write("big/nodes.csv", nodes);
  write("big/links.csv", links);
  const auto chain = import_chain(folder() / "big");
  EXPECT_EQ(chain.size(), static_cast<std::size_t>(n));
  EXPECT_FALSE(chain.flows().is_dense());
  EXPECT_EQ(total(chain.flows()), n * 4 * 1.5);
}

}  // namespace
}  // namespace stave::test
