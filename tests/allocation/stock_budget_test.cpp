#include "stave/allocation/stock_budget.hpp"

#include "stave/core/error.hpp"

#include <cmath>
#include <limits>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace stave {
namespace {

// Film (0), 20 a day, goes into screens (1), 10 a day: a screen of 1 takes 2 of film. Nothing is in
// stock.
SupplyWeb bare_film_and_screens() {
  SupplyWeb web;
  web.makers = 2;
  web.output = {20, 10};
  web.capacity = {20, 12};
  web.stock = {0, 0};
  web.needs = {{1, 0, 2.0}};
  web.links = {{0, 0, 20}};
  web.uses = {{1, 0, 10}};
  return web;
}
const std::vector<bool> all_of_it = {true};
const std::vector<StockPlace> screens_or_film = {{1, -1}, {1, 0}};

// Only film can stop: a day of screens costs 10, a day of film 20. All 60 go into screens: 6 days,
// a tenth of a day for a unit of money, at film half of that.
TEST(StockBudget, LiesWhereADayIsCheapestByHand) {
  const std::vector<std::int32_t> film = {0};
  const auto best = stock_budget(bare_film_and_screens(), all_of_it, film, screens_or_film, 60);
  EXPECT_EQ(best.before, 0);
  EXPECT_NEAR(best.after, 6, 1e-8);
  EXPECT_NEAR(best.placed[0].money, 60, 1e-7);
  EXPECT_NEAR(best.placed[1].money, 0, 1e-7);
  EXPECT_NEAR(best.days_per_money, 0.1, 1e-9);
  EXPECT_NEAR(best.placed[0].gain, 0.1, 1e-9);
  EXPECT_NEAR(best.placed[1].gain, 0.05, 1e-9);
  EXPECT_LT(best.duality_gap, 1e-9);
}

// A car (2) needs film (0) and chips (1), of 4 and 1 a day; either may stop. Stocks of film and
// chips last equally long: 5 a day together, 50 are 10 days. A car, of 10 a day, would be dearer.
TEST(StockBudget, EvensOutWhatMayStop) {
  SupplyWeb web;
  web.makers = 3;
  web.output = {4, 1, 10};
  web.capacity = {4, 1, 12};
  web.stock = {0, 0, 0};
  web.needs = {{2, 0, 0.4}, {2, 1, 0.1}};
  web.links = {{0, 0, 4}, {1, 1, 1}};
  web.uses = {{2, 0, 10}};
  const std::vector<std::int32_t> either = {0, 1};
  const std::vector<StockPlace> places = {{2, -1}, {2, 0}, {2, 1}};
  const auto best = stock_budget(web, all_of_it, either, places, 50);
  EXPECT_NEAR(best.after, 10, 1e-8);
  EXPECT_NEAR(best.placed[0].money, 0, 1e-7);
  EXPECT_NEAR(best.placed[1].money, 40, 1e-7);
  EXPECT_NEAR(best.placed[2].money, 10, 1e-7);
  EXPECT_NEAR(best.days_per_money, 0.2, 1e-9);
  EXPECT_EQ(best.binding.size(), 2);
  for (const double days : best.survives_after) EXPECT_NEAR(days, 10, 1e-7);
  EXPECT_NEAR(best.placed[0].gain, 0.1, 1e-9) << "a car in stock, for either stop";
  EXPECT_NEAR(best.placed[1].gain, 0.2, 1e-9);
  EXPECT_NEAR(best.placed[2].gain, 0.2, 1e-9);
}

// The price of the budget is what a little more of it brings.
TEST(StockBudget, PriceIsItsFiniteDifference) {
  auto web = bare_film_and_screens();
  web.stock = {7, 13};
  web.needs[0].stock = 31;
  web.capacity[1] = 8;  // film alone cannot be turned into screens fast enough
  const std::vector<std::int32_t> film = {0};
  const auto at = [&](double budget) {
    return stock_budget(web, all_of_it, film, screens_or_film, budget);
  };
  const auto here = at(40);
  EXPECT_NEAR((at(40.01).after - here.after) / 0.01, here.days_per_money, 1e-6);
}

// No split of the budget on a grid does better, and the best of the grid is near.
TEST(StockBudget, IsNoWorseThanAnySplit) {
  auto web = bare_film_and_screens();
  web.capacity[1] = 8;
  web.stock = {0, 4};
  const std::vector<std::int32_t> either = {0, 1};
  const auto best = stock_budget(web, all_of_it, either, screens_or_film, 60);
  double grid = 0;
  for (int k = 0; k <= 60; ++k) {
    auto split = web;
    split.stock[1] += k;
    split.needs[0].stock += 60 - k;
    grid = std::max(grid, stock_budget(split, all_of_it, either, {}, 0).before);
  }
  EXPECT_GE(best.after, grid - 1e-8);
  EXPECT_LE(best.after, grid + 0.2);
}

TEST(StockBudget, NeedsNothingWhereOthersCanMakeAll) {
  auto web = bare_film_and_screens();
  web.makers = 3;
  web.output.push_back(0);
  web.capacity.push_back(20);
  web.stock.push_back(0);
  web.links.push_back({2, 0, 0});
  const std::vector<std::int32_t> film = {0};
  const auto best = stock_budget(web, all_of_it, film, screens_or_film, 60);
  EXPECT_TRUE(std::isinf(best.before));
  EXPECT_TRUE(std::isinf(best.after));
}

// Nowhere to put it: the budget buys nothing.
TEST(StockBudget, BuysNothingWithoutAPlace) {
  const std::vector<std::int32_t> film = {0};
  const auto best = stock_budget(bare_film_and_screens(), all_of_it, film, {}, 60);
  EXPECT_EQ(best.after, 0);
  EXPECT_EQ(best.days_per_money, 0);
}

TEST(StockBudget, RefusesWhatCannotBe) {
  const auto web = bare_film_and_screens();
  const std::vector<std::int32_t> film = {0};
  EXPECT_THROW((void)stock_budget(web, all_of_it, film, screens_or_film, -1), Error);
  EXPECT_THROW((void)stock_budget(web, {false}, film, screens_or_film, 1), Error);
  EXPECT_THROW((void)stock_budget(web, all_of_it, {}, screens_or_film, 1), Error);
}

}  // namespace
}  // namespace stave
