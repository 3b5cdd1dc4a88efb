// The three analyses of the room on a chain small enough for a sheet of paper.
#include "stave/allocation/allocation.hpp"
#include "stave/core/error.hpp"

#include <cmath>
#include <filesystem>
#include <fstream>
#include <map>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "allocation/shocked_web.hpp"

namespace stave {
namespace {

using testing::HasSubstr;

// A day: Japan and Korea each sell 10 of chips to Germany's cars and 10 to its toys; both, of 100,
// go to German households. Years have 365 days.
ChainParts chip_parts(bool dense) {
  ChainParts parts;
  parts.info.name = "chips";
  parts.info.unit = "million USD";
  parts.regions = Classification("region", {{"JPN", "Japan", {}, {}, Kind::unknown},
                                            {"KOR", "Korea", {}, {}, Kind::unknown},
                                            {"DEU", "Germany", {}, {}, Kind::unknown}});
  parts.products = Classification("product", {{"chip", "Chips", {}, {}, Kind::good},
                                              {"car", "Cars", {}, {}, Kind::good},
                                              {"toy", "Toys", {}, {}, Kind::good}});
  const auto node = [&](const char* id, int region, int product) {
    parts.nodes.push_back({id, {}, {}, RegionId(region), ProductId(product), {}});
  };
  node("JPN.chip", 0, 0);
  node("KOR.chip", 1, 0);
  node("DEU.car", 2, 1);
  node("DEU.toy", 2, 2);
  SparseMatrix z{4, {0, 2, 4, 4, 4}, {2, 3, 2, 3}, {3650, 3650, 3650, 3650}};
  if (dense) {
    Matrix full(4, 4);
    for (const std::size_t i : {0, 1})
      for (const std::size_t j : {2, 3}) full(i, j) = 3650;
    parts.flows = FlowMatrix(std::move(full));
  } else {
    parts.flows = FlowMatrix(std::move(z));
  }
  parts.final_columns = {{RegionId(2), "households"}};
  parts.final_use = Matrix::of({{0}, {0}, {36500}, {36500}});
  return parts;
}

class ChipChain : public testing::TestWithParam<bool> {
 protected:
  ChipChain() { std::filesystem::create_directories(folder_); }
  ~ChipChain() override { std::filesystem::remove_all(folder_); }

  [[nodiscard]] std::string file(const std::string& name, const std::string& text) const {
    const auto path = folder_ / name;
    std::ofstream(path) << text;
    return path.string();
  }
  [[nodiscard]] Report allocate(const std::string& scenario, Arguments::Given given = {}) const {
    given["scenario"] = file("s.toml", scenario);
    given.try_emplace("inventory", "0");
    return run(allocate_analysis(), chain_, given);
  }
  [[nodiscard]] static double served(const Report& report, const char* column) {
    return report.table("served").reals(column)[0];
  }

  std::filesystem::path folder_ =
      std::filesystem::temp_directory_path() / ("stave-allocation-" + std::to_string(::getpid()));
  Chain chain_{chip_parts(GetParam())};
};
INSTANTIATE_TEST_SUITE_P(NetworkAndTable, ChipChain, testing::Bool());

constexpr auto no_japan =
    "title = 'Japan makes no chips'\n"
    "[[capacity]]\nname = 'fire'\nregion = 'JPN'\nproduct = 'chip'\nshare = 1\nduration = 365\n";

TEST_P(ChipChain, BecomesAWebThatBalances) {
  const auto made = supply_web(chain_, {.inventory_days = 15});
  EXPECT_EQ(made.web.makers, 4);
  EXPECT_EQ(made.web.markets.empty(), !GetParam());
  EXPECT_NEAR(made.web.output[0], 20, 1e-12);
  EXPECT_NEAR(made.web.output[2], 100, 1e-12);
  double stock = 0;
  for (const double s : made.web.stock) stock += s;
  for (const auto& need : made.web.needs) stock += need.stock;
  EXPECT_NEAR(stock, 15 * 40, 1e-9) << "fifteen days of all chips used";
}

// Korea's 20 of chips a day are half of what is used; 600 in stock last 30 days. Back after 45: 15
// days without 20 of chips, or 100 of cars and toys, of which 80 % is value added.
TEST_P(ChipChain, SurvivesByHand) {
  const auto report = run(survive_analysis(), chain_, {{"node", "JPN.chip"}, {"recovery", "45"}});
  const auto& stops = report.table("stops");
  ASSERT_EQ(stops.rows(), 1);
  EXPECT_NEAR(stops.reals("survives")[0], 30, 1e-7);
  EXPECT_EQ(stops.texts("verdict")[0], "too short");
  EXPECT_NEAR(stops.reals("lost_profit")[0], 15 * 100 * 0.8, 1e-5);
  EXPECT_NEAR(stops.reals("lost_share")[0], 100 * 1200. / (45 * 160), 1e-6);
  EXPECT_THAT(stops.texts("assumed")[0], HasSubstr("recovery_days, margin, inventory"));
  EXPECT_EQ(report.table("short").rows(), 1);
  EXPECT_THAT(report.findings[0].text, HasSubstr("30 days"));
  for (const auto& residual : report.provenance.residuals)
    EXPECT_LE(residual.relative, residual.tolerance) << residual.balance;
}

TEST_P(ChipChain, KnowsWhatTheChainSaysOfItsMakers) {
  auto parts = chip_parts(GetParam());
  const double unknown = std::nan("");
  parts.node_attributes = {{"recovery_days", "days", {45, unknown, unknown, unknown}},
                           {"spare_capacity", "share", {unknown, 1, unknown, unknown}},
                           {"margin", "share", {unknown, unknown, 0.5, 0.25}}};
  const auto report = run(survive_analysis(), Chain(std::move(parts)), {{"all", "on"}});
  const auto& stops = report.table("stops");
  ASSERT_EQ(stops.rows(), 4);
  for (std::size_t k = 0; k < 4; ++k)
    if (stops.texts("id")[k] == "JPN.chip") {
      EXPECT_EQ(stops.reals("recovers")[k], 45);
      EXPECT_TRUE(std::isnan(stops.reals("survives")[k])) << "Korea can make all";
      EXPECT_EQ(stops.texts("verdict")[k], "for ever");
    }
  // Toys stop for 30 days without finished goods in stock: 100 a day, of margin .25.
  EXPECT_EQ(stops.texts("id")[0], "DEU.car");
  EXPECT_NEAR(stops.reals("lost_profit")[0], 30 * 100 * .5, 1e-6);
  EXPECT_NEAR(stops.reals("lost_profit")[1], 30 * 100 * .25, 1e-6);
  EXPECT_EQ(report.table("assumptions").integers("known")[0], 1);
  EXPECT_EQ(report.table("assumptions").integers("assumed")[0], 3);
}

TEST_P(ChipChain, RefusesAttributesThatCannotBe) {
  auto parts = chip_parts(GetParam());
  parts.node_attributes = {{"recovery_days", "days", {-1, 1, 1, 1}}};
  const Chain chain(std::move(parts));
  try {
    (void)run(survive_analysis(), chain, {});
    FAIL();
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("recovery_days"));
    EXPECT_THAT(error.what(), HasSubstr("JPN.chip"));
  }
}

// Half of all chips: half of cars and toys, whoever plans. A chip is 5 of cars, and 4 of value
// added there, a tenth of which counts: 5.4. Japan's idle makers of chips add 1, a tenth of which
// counts.
TEST_P(ChipChain, AllocatesByHand) {
  const auto report = allocate(no_japan);
  EXPECT_NEAR(served(report, "wanted"), 30 * 200, 1e-6);
  EXPECT_NEAR(served(report, "plan_share"), 50, 1e-6);
  EXPECT_NEAR(served(report, "proportional_share"), 50, 1e-6);
  const auto& blockages = report.table("blockages");
  ASSERT_GE(blockages.rows(), 1);
  EXPECT_EQ(blockages.texts("kind")[0], "capacity");
  for (std::size_t k = 0; k < blockages.rows(); ++k) {
    const bool capacity = blockages.texts("kind")[k] == "capacity";
    EXPECT_NEAR(blockages.reals("price")[k],
                capacity && blockages.texts("id")[k] == "JPN.chip" ? 5.5 : 5.4, 1e-6);
  }
  EXPECT_EQ(blockages.texts("id")[0], "JPN.chip");
  EXPECT_NEAR(blockages.reals("gain")[0], 0.01 * 5.5 * 20 * 30, 1e-6);
  EXPECT_THAT(report.table("unserved").texts("reason")[0], HasSubstr("Chips"));
  EXPECT_THAT(report.table("unserved").texts("reason")[0], HasSubstr("can make no more"));
  for (const auto& residual : report.provenance.residuals)
    EXPECT_LE(residual.relative, residual.tolerance) << residual.balance;
}

// Toys count three times. In the network Korea's link to toys carries 12.5 at most: 62.5 of toys,
// and 7.5 of chips are left for 37.5 of cars. In the table toys buy all 20 in Germany's market.
TEST_P(ChipChain, ServesFirstWhoCountsMore) {
  const auto report = allocate(no_japan, {{"priority", file("p.csv", "weight,product\n3,toy\n")}});
  const auto& unserved = report.table("unserved");
  std::map<std::string, double> plan = {{"Cars", 100}, {"Toys", 100}};
  for (std::size_t k = 0; k < unserved.rows(); ++k)
    plan[unserved.texts("product")[k]] = unserved.reals("plan")[k];
  EXPECT_NEAR(plan["Toys"], GetParam() ? 100 : 62.5, 1e-6);
  EXPECT_NEAR(plan["Cars"], GetParam() ? 0 : 37.5, 1e-6);
  EXPECT_NEAR(served(report, "proportional_share"), 50, 1e-6);
  EXPECT_GT(served(report, "saved"), 0);
}

// Cars are of the first class in the first row that names them, whatever later rows say; the
// classes are nine apart, and still all that can be served is.
TEST_P(ChipChain, TakesTheFirstPriorityThatNamesAUse) {
  const auto report = allocate(std::string(no_japan) +
                               "[[priority]]\nregion = 'DEU'\norder = 0\n"
                               "[[priority]]\nregion = 'DEU'\norder = 9\n");
  EXPECT_NEAR(served(report, "wanted"), 30 * 200 * 100, 1e-3);
  EXPECT_NEAR(served(report, "plan_share"), 50, 1e-6);
}

TEST_P(ChipChain, SaysWhatIsMissingOfWhoCountsLittle) {
  const auto report = allocate(std::string(no_japan) + "[[priority]]\nregion = 'DEU'\norder = 9\n");
  EXPECT_EQ(report.findings.at(0).tone, Tone::warning);
  EXPECT_THAT(report.findings.at(0).text, HasSubstr("all of final use but"));
  EXPECT_NEAR(report.table("served").reals("plan_share")[1], 50, 1e-6);
}

// Twice as much is wanted, of which half may not go there: what usually goes there.
TEST_P(ChipChain, CutsShareOfWhatIsWanted) {
  const auto report = allocate(
      "[[demand]]\nby = 'DEU'\nchange = '100%'\nduration = 365\n"
      "[[cut]]\nfrom = { region = 'DEU' }\nto = { final_use = true }\nshare = 0.5\n"
      "duration = 365\n",
      {{"spare", "1"}, {"growth", "5"}});
  EXPECT_NEAR(served(report, "wanted"), 30 * 400, 1e-6);
  // In the table the cut is of what makers bring to the market, which may grow sixfold.
  EXPECT_NEAR(served(report, "plan_share"), GetParam() ? 100 : 50, 1e-6);
}

// Lost for 15 days of 30: half of Japan's chips, a quarter of all.
TEST_P(ChipChain, CountsAShockAtItsMean) {
  const auto report =
      allocate("[[capacity]]\nname = 'fire'\nregion = 'JPN'\nshare = 1\nstart = 3\nduration = 15\n",
               {{"growth", "0"}});
  EXPECT_NEAR(served(report, "plan_share"), 75, 1e-6);
  EXPECT_THAT(report.provenance.notes, testing::Contains(HasSubstr("from day 3 on")));
}

// Japan may not sell to Germany: as if it made no chips, but the links bind, not its capacity.
TEST_P(ChipChain, SeesLinksThatAreClosed) {
  const auto report =
      allocate("[[export_ban]]\nname = 'ban'\nregion = 'JPN'\nto = 'DEU'\nduration = 365\n");
  EXPECT_NEAR(served(report, "plan_share"), 50, 1e-6);
  bool japan = false;
  const auto& blockages = report.table("blockages");
  for (std::size_t k = 0; k < blockages.rows(); ++k)
    japan =
        japan || (blockages.texts("kind")[k] == "link" && blockages.texts("id")[k] == "JPN.chip");
  EXPECT_TRUE(japan);
}

TEST_P(ChipChain, DrawsOnInventories) {
  // 15 days of 40 a day over 30 days make up for all of Japan's 20 a day.
  const auto report = allocate(no_japan, {{"inventory", "15"}});
  EXPECT_NEAR(served(report, "plan_share"), 100, 1e-6);
  EXPECT_EQ(report.table("unserved").rows(), 0);
}

TEST_P(ChipChain, AsksWhatADemandCouldHaveAlone) {
  const auto report = allocate(no_japan, {{"growth", "1"}});
  // Alone, cars could have all 20 of Korea's chips: 100.
  EXPECT_NEAR(report.table("unserved").reals("alone")[0], 100, 1e-6);
}

// A day of chips for cars and toys is 40 of which Korea still makes 20. A hundred of chips is five
// days of what is missing; of cars and toys it would be one, and only 50 with the others' chips.
TEST_P(ChipChain, PutsStockWhereItLastsLongest) {
  const auto report =
      run(stocks_analysis(), chain_, {{"budget", "100"}, {"inventory", "0"}, {"node", "JPN.chip"}});
  const auto& stops = report.table("stops");
  EXPECT_EQ(stops.reals("before")[0], 0);
  EXPECT_NEAR(stops.reals("after")[0], 5, 1e-6);
  const auto& places = report.table("places");
  double money = 0;
  for (std::size_t k = 0; k < places.rows(); ++k) {
    money += places.reals("money")[k];
    if (places.reals("money")[k] > 1e-6) {
      EXPECT_EQ(places.texts("what")[k], "Chips");
    }
  }
  EXPECT_NEAR(money, 100, 1e-6);
  EXPECT_NEAR(places.reals("gain")[0], 0.05, 1e-8);
}

TEST_P(ChipChain, RefusesWhatItDoesNotKnow) {
  EXPECT_THROW((void)allocate(no_japan, {{"priority", file("p.csv", "weight,product\n3,tyo\n")}}),
               Error);
  EXPECT_THROW((void)allocate(no_japan, {{"priority", file("p.csv", "weight,product\n-3,toy\n")}}),
               Error);
  EXPECT_THROW((void)allocate(no_japan, {{"horizon", "0"}}), Error);
  EXPECT_THROW((void)run(stocks_analysis(), chain_, {{"budget", "5"}, {"target", "chip"}}), Error)
      << "final use buys no chips";
}

}  // namespace
}  // namespace stave
