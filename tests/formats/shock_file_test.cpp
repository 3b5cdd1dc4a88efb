#include "stave/formats/shock_file.hpp"

#include "formats/error_text.hpp"
#include "formats/written_file.hpp"

namespace stave {
namespace {

using testing::HasSubstr;

// Taiwan and Germany; chips everywhere, cars in Germany only. Asia is a group of Taiwan.
Chain chips_and_cars() {
  ChainParts p;
  p.info.name = "chips";
  p.regions = Classification(
      "region",
      {{.code = "TWN", .name = "Taiwan", .parent = "ASI"}, {.code = "DEU", .name = "Germany"}},
      {{.code = "ASI", .name = "Asia"}});
  p.products = Classification("product", {{.code = "chip", .name = "Chips"}, {.code = "car"}});
  p.nodes = {{.id = "t1", .region = RegionId(0), .product = ProductId(0)},
             {.id = "g1", .region = RegionId(1), .product = ProductId(0)},
             {.id = "g2", .region = RegionId(1), .product = ProductId(1)}};
  p.flows = FlowMatrix(Matrix::of({{0, 0, 8}, {0, 0, 2}, {0, 0, 0}}));
  return Chain(std::move(p));
}

std::vector<ShockScenario> read(const std::string& text) {
  const WrittenFile file("shock.csv", text);
  return read_shocks(chips_and_cars(), file.path());
}
std::string refused(const std::string& text) {
  const WrittenFile file("shock.csv", text);
  return error_text([&] { (void)read_shocks(chips_and_cars(), file.path()); },
                    file.folder().string() + "/");
}

TEST(ShockFile, OneScenarioIsNamedAfterTheFile) {
  const auto scenarios = read("node,share\nt1,25%\nDEU.car,0.5\n");
  ASSERT_EQ(scenarios.size(), 1);
  EXPECT_EQ(scenarios[0].name, "shock");
  ASSERT_EQ(scenarios[0].shocks.size(), 2);
  EXPECT_EQ(scenarios[0].shocks[0].node, NodeId(0));
  EXPECT_EQ(scenarios[0].shocks[0].share, 0.25);
  EXPECT_EQ(scenarios[0].shocks[0].share_up, 0.25);
  EXPECT_EQ(scenarios[0].shocks[1].node, NodeId(2));
}

TEST(ShockFile, RegionAndProductMatchEveryMakerThere) {
  const auto scenarios = read(
      "scenario,region,product,share,share_up\n"
      "chips,,Chips,1,0\nGermany,germany,,0.1,\nboth,DEU,chip,1,\nchips,,car,0.3,\nAsia,ASI,,1,\n");
  ASSERT_EQ(scenarios.size(), 4);
  EXPECT_EQ(scenarios[0].name, "chips");
  ASSERT_EQ(scenarios[0].shocks.size(), 3);
  EXPECT_EQ(scenarios[0].shocks[1].share_up, 0);
  EXPECT_EQ(scenarios[0].shocks[2].share_up, 0.3);
  EXPECT_EQ(scenarios[1].shocks.size(), 2);
  ASSERT_EQ(scenarios[2].shocks.size(), 1);
  EXPECT_EQ(scenarios[2].shocks[0].node, NodeId(1));
  ASSERT_EQ(scenarios[3].shocks.size(), 1);
  EXPECT_EQ(scenarios[3].shocks[0].node, NodeId(0));
}

TEST(ShockFile, UnknownNamesAreAnsweredWithNearOnes) {
  EXPECT_EQ(
      refused("node,share\nt1,1\nt2,1\n"),
      "not_found: shock.csv:3: column 'node': 't2' is not a node of this chain | Did you mean "
      "'t1' or 'g2'?");
  EXPECT_EQ(refused("region,share\nTaiwam,1\n"),
            "not_found: shock.csv:2: column 'region': 'Taiwam' is not a region of this chain | Did "
            "you mean 'Taiwan'?");
  EXPECT_THAT(refused("product,share\nchp,1\n"), HasSubstr("column 'product': 'chp' is not a "));
  EXPECT_THAT(refused("product,share\nchp,1\n"), HasSubstr("Did you mean 'chip'"));
  EXPECT_THAT(refused("nod,share\nt1,1\n"), HasSubstr("Did you mean 'node'?"));
}

TEST(ShockFile, RefusesSharesOutsideNothingToAll) {
  EXPECT_EQ(refused("node,share\nt1,25\n"),
            "bad_input: shock.csv:2: column 'share': '25' is not a share from 0 to 1 (or 0% to "
            "100%) | Did you mean 25%?");
  for (const std::string bad :
       {"-0.1", "101%", "1.01", "half", "-1%", "", "%", "nan", "inf", "1e400"})
    EXPECT_THAT(refused("node,share\nt1," + bad + "\n"), HasSubstr("shock.csv:2: column 'share'"))
        << bad;
  EXPECT_THAT(refused("node,share,share_up\nt1,1,2\n"), HasSubstr("column 'share_up': '2'"));
}

TEST(ShockFile, RefusesANodeShockedTwiceInAScenario) {
  EXPECT_EQ(refused("scenario,region,product,share\na,TWN,,1\nb,TWN,,1\na,,chip,0.5\n"),
            "bad_input: shock.csv:4: column 'product': 'chip' shocks t1 a second time in scenario "
            "'a', first in row 2 | Give each node one share a scenario.");
  EXPECT_EQ(refused("share,node\n1,g1\n0.5,DEU.chip\n"),
            "bad_input: shock.csv:3: column 'node': 'DEU.chip' shocks g1 a second time in scenario "
            "'shock', first in row 2 | Give each node one share a scenario.");
}

TEST(ShockFile, RefusesRowsThatDoNotSayWho) {
  EXPECT_THAT(refused("region,product,share\n,,1\n"), HasSubstr("leaves open who is shocked"));
  EXPECT_THAT(refused("node,region,share\nt1,TWN,1\n"), HasSubstr("stands beside a region"));
  EXPECT_THAT(refused("region,product,share\nTWN,car,1\n"), HasSubstr("has no maker"));
  EXPECT_THAT(refused("share\n1\n"), HasSubstr("no column says who is shocked"));
  EXPECT_THAT(refused("node,region\nt1,\n"), HasSubstr("no column 'share'"));
  EXPECT_THAT(refused("scenario,node,share\n,t1,1\n"), HasSubstr("column 'scenario': '' is empty"));
}

TEST(ShockFile, RefusesAFileWithoutRows) {
  EXPECT_THAT(refused(""), HasSubstr("shock.csv"));
  EXPECT_EQ(refused("node,share\n"),
            "bad_input: shock.csv: has no rows below its header | A row names a node, region or "
            "product, and the share it loses.");
}

}  // namespace
}  // namespace stave
