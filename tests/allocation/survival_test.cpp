#include "stave/allocation/survival.hpp"

#include "stave/core/error.hpp"

#include <chrono>
#include <cmath>
#include <filesystem>
#include <numeric>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "allocation/published_nodes.hpp"

namespace stave {
namespace {

using test::PublishedNodes;

const std::string folder = std::string(STAVE_SHARED) + "/reference/resilience/";

// Every row of the published answers: 30 suppliers of 35 nodes.
TEST(Survival, IsThatOfThePublishedNodes) {
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "no " << folder;
  const auto nodes = test::published_nodes(folder + "small_dataset.json");
  const auto expected = test::published_survival(folder + "small_expected.csv");
  ASSERT_EQ(nodes.web.makers, 35);
  ASSERT_EQ(expected.size(), 30);
  std::vector<double> recovers(35, 0);
  std::vector<std::int32_t> stops;
  for (const auto& row : expected) {
    stops.push_back(nodes.node.at(row.node));
    recovers[static_cast<std::size_t>(stops.back())] = row.recovers;
  }
  const auto result = survival(nodes.web, recovers, nodes.margin, stops);
  double lost = 0;
  int too_short = 0;
  for (std::size_t k = 0; k < expected.size(); ++k) {
    SCOPED_TRACE(expected[k].node);
    const auto& stop = result.stops[k];
    EXPECT_NEAR(stop.survives, expected[k].survives, 1e-9 * expected[k].survives);
    EXPECT_NEAR(stop.lost_profit, expected[k].lost_profit, 1e-6);
    lost += stop.lost_profit;
    too_short += stop.survives < stop.recovers ? 1 : 0;
  }
  EXPECT_NEAR(lost, 7338.57, 1e-6);
  EXPECT_EQ(too_short, 11);
  EXPECT_LT(result.worst_gap, 1e-9);
  EXPECT_LT(result.worst_miss, 1e-7);
}

// One maker of film (0), one of screens (1): 10 screens a day want 20 of film a day. Film lies in
// stock for 60, screens for 30.
SupplyWeb film_and_screens() {
  SupplyWeb web;
  web.makers = 2;
  web.output = {20, 10};
  web.capacity = {20, 12};
  web.stock = {60, 30};
  web.needs = {{1, 0, 2.0}};
  web.links = {{0, 0, 20}};
  web.uses = {{1, 0, 10}};
  return web;
}
const std::vector<std::int32_t> both = {0, 1};

// Film stops: 60 of film make 30 screens, beside 30 in stock: 60 screens, 6 days at 10. Screens
// stop: 3 days. Back after 10 days: 40 and 70 screens go unserved, of margin 0.5.
TEST(Survival, IsWhatTheStocksLastByHand) {
  const auto result =
      survival(film_and_screens(), std::vector<double>{10, 10}, std::vector<double>{0.5}, both);
  EXPECT_NEAR(result.stops[0].survives, 6, 1e-9);
  EXPECT_NEAR(result.stops[1].survives, 3, 1e-9);
  EXPECT_NEAR(result.stops[0].lost_profit, 0.5 * 40, 1e-9);
  EXPECT_NEAR(result.stops[1].lost_profit, 0.5 * 70, 1e-9);
  ASSERT_EQ(result.stops[1].unserved.size(), 1);
  EXPECT_NEAR(result.stops[1].unserved[0].amount, 7, 1e-9);
  EXPECT_TRUE(std::isinf(result.unharmed));
}

// A screen more in stock is a tenth of a day; a unit of film half that.
TEST(Survival, NamesTheStockThatWouldLengthenItMost) {
  const auto result =
      survival(film_and_screens(), std::vector<double>{10, 10}, std::vector<double>{0.5}, both);
  EXPECT_EQ(result.stops[0].stock_node, 1);
  EXPECT_EQ(result.stops[0].stock_need, -1);
  EXPECT_NEAR(result.stops[0].days_per_money, 0.1, 1e-9);
}

TEST(Survival, PriceOfAStockIsItsFiniteDifference) {
  auto web = film_and_screens();
  web.capacity[1] = 4;  // the six days now need screens made slower than they are used
  const std::vector<std::int32_t> film = {0};
  const std::vector<double> recovers = {10, 10};
  const std::vector<double> margin = {0.5};
  const auto before = survival(web, recovers, margin, film).stops[0];
  ASSERT_GE(before.stock_node, 0);
  ASSERT_EQ(before.stock_need, -1);
  const double step = 1e-4;
  web.stock[static_cast<std::size_t>(before.stock_node)] += step;
  const auto after = survival(web, recovers, margin, film).stops[0];
  EXPECT_NEAR((after.survives - before.survives) / step, before.days_per_money, 1e-6);
}

// A second maker of film that can make all: the first is not missed, however long.
TEST(Survival, IsForEverWhereOthersCanMakeAll) {
  auto web = film_and_screens();
  web.makers = 3;
  web.output.push_back(0);
  web.capacity.push_back(20);
  web.stock.push_back(0);
  web.links.push_back({2, 0, 0});
  const std::vector<std::int32_t> film = {0};
  const auto result =
      survival(web, std::vector<double>{1000, 1, 1}, std::vector<double>{0.5}, film);
  EXPECT_TRUE(std::isinf(result.stops[0].survives));
  EXPECT_EQ(result.stops[0].lost_profit, 0);
}

// The second maker can make 15 of 20: 5 a day are missing, and 60 of film and the film in 30
// screens (60) last 24 days.
TEST(Survival, CountsWhatOthersCanMake) {
  auto web = film_and_screens();
  web.makers = 3;
  web.output.push_back(0);
  web.capacity.push_back(15);
  web.stock.push_back(0);
  web.links.push_back({2, 0, 0});
  const std::vector<std::int32_t> film = {0};
  const auto result = survival(web, std::vector<double>{30, 1, 1}, std::vector<double>{1.0}, film);
  EXPECT_NEAR(result.stops[0].survives, 24, 1e-9);
  EXPECT_NEAR(result.stops[0].lost_profit, 6 * 2.5, 1e-9);
}

TEST(Survival, IsNotADayWithoutAnyStock) {
  auto web = film_and_screens();
  web.stock = {0, 0};
  const auto result = survival(web, std::vector<double>{2, 2}, std::vector<double>{1.0}, both);
  EXPECT_EQ(result.stops[0].survives, 0);
  EXPECT_NEAR(result.stops[0].lost_profit, 20, 1e-9);
}

// Non-essential inputs: services are 4 of 20 bought, so output falls by a fifth of normal without
// them: of 10 a day 2 are missing, and a stock of 12 lasts 6 days.
TEST(Survival, LosesOnlyTheShareOfNonEssentialInputs) {
  SupplyWeb web;
  web.makers = 2;
  web.output = {4, 10};
  web.capacity = {4, 10};
  web.stock = {0, 12};
  web.needs = {{1, -1, 2.0, 16}};  // B / x0 = 2, B - N = 16
  web.links = {{0, 0, 4}};
  web.uses = {{1, 0, 10}};
  const std::vector<std::int32_t> services = {0};
  const auto result = survival(web, std::vector<double>{1, 1}, std::vector<double>{1.0}, services);
  EXPECT_NEAR(result.stops[0].survives, 6, 1e-9);
}

// What is measured in other money, or listed in another order, is the same answer.
TEST(Survival, DoesNotDependOnTheUnitOfMoneyNorOnTheOrderOfStops) {
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "no " << folder;
  auto nodes = test::published_nodes(folder + "small_dataset.json");
  std::vector<std::int32_t> stops(35);
  std::iota(stops.begin(), stops.end(), 0);
  const std::vector<double> recovers(35, 9);
  const auto before = survival(nodes.web, recovers, nodes.margin, stops);
  for (auto* amounts : {&nodes.web.capacity, &nodes.web.stock})
    for (auto& amount : *amounts) amount *= 1e6;
  for (auto& use : nodes.web.uses) use.normal *= 1e6;
  std::reverse(stops.begin(), stops.end());
  const auto after = survival(nodes.web, recovers, nodes.margin, stops);
  for (std::size_t k = 0; k < 35; ++k) {
    const auto& a = before.stops[k];
    const auto& b = after.stops[34 - k];
    EXPECT_NEAR(a.survives, b.survives, 1e-9 * a.survives);
    EXPECT_NEAR(1e6 * a.lost_profit, b.lost_profit, 1e-6 * b.lost_profit + 1e-3);
  }
}

// Nobody lasts longer with less in stock, or loses less when back later.
TEST(Survival, IsMonotoneInStocksAndTimes) {
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "no " << folder;
  auto nodes = test::published_nodes(folder + "small_dataset.json");
  std::vector<std::int32_t> stops(35);
  std::iota(stops.begin(), stops.end(), 0);
  const auto before = survival(nodes.web, std::vector<double>(35, 8), nodes.margin, stops);
  for (auto& stock : nodes.web.stock) stock *= 0.7;
  const auto after = survival(nodes.web, std::vector<double>(35, 9), nodes.margin, stops);
  for (std::size_t k = 0; k < 35; ++k) {
    EXPECT_LE(after.stops[k].survives, before.stops[k].survives * (1 + 1e-9));
    EXPECT_GE(after.stops[k].lost_profit, before.stops[k].lost_profit - 1e-6);
  }
}

TEST(Survival, RefusesTimesAndWebsThatCannotBe) {
  const std::vector<double> margin = {1.0};
  const auto web = film_and_screens();
  EXPECT_THROW((void)survival(web, std::vector<double>{-1, 1}, margin, both), Error);
  EXPECT_THROW((void)survival(web, std::vector<double>{1}, margin, both), Error);
  EXPECT_THROW((void)survival(web, std::vector<double>{1, 1}, std::vector<double>{NAN}, both),
               Error);
  auto broken = web;
  broken.links[0].need = 7;
  EXPECT_THROW((void)survival(broken, std::vector<double>{1, 1}, margin, both), Error);
}

}  // namespace
}  // namespace stave
