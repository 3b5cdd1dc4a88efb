// The largest by bounds against all followed: the same list, the same bits.
#include "stave/cascade/cascade_top.hpp"

#include "stave/core/error.hpp"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <numeric>

#include <gtest/gtest.h>

#include "cascade/random_firms.hpp"

namespace stave {
namespace {

std::vector<std::size_t> by_loss(const BatchResult& all) {
  std::vector<std::size_t> order(all.rounds.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return all.at(a, 0).both > all.at(b, 0).both;
  });
  return order;
}

// @returns how many were excluded
std::size_t expect_as_all(const CascadeNetwork& network,
                          const std::vector<CascadeScenario>& scenarios, const MatrixView& weights,
                          std::size_t k, const CascadeOptions& cascade) {
  const auto all = cascade_all(network, scenarios, weights, {.cascade = cascade});
  const auto order = by_loss(all);
  std::size_t excluded = 0;
  for (const int threads : {1, 2}) {
    const auto top =
        cascade_top(network, scenarios, k, weights, {.cascade = cascade, .threads = threads});
    const auto listed = std::min(k, scenarios.size());
    EXPECT_EQ(top.order, std::vector<std::size_t>(
                             order.begin(), order.begin() + static_cast<std::ptrdiff_t>(listed)));
    EXPECT_EQ(top.followed + top.excluded, scenarios.size());
    for (std::size_t c = 0; c < top.order.size(); ++c) {
      EXPECT_EQ(top.result.rounds[c], all.rounds[top.order[c]]);
      for (std::size_t w = 0; w < weights.rows; ++w) {
        EXPECT_EQ(top.result.at(c, w).both, all.at(top.order[c], w).both);
        EXPECT_EQ(top.result.at(c, w).down, all.at(top.order[c], w).down);
        EXPECT_EQ(top.result.at(c, w).up, all.at(top.order[c], w).up);
      }
    }
    EXPECT_LE(top.bound, all.at(order[listed - 1], 0).both);
    excluded = top.excluded;
  }
  return excluded;
}

// Few links, of which some carry much.
std::unique_ptr<esri::Firms> firms_of(std::uint64_t seed, std::size_t n, std::size_t products) {
  return random_firms(seed, n, products, 6.0 / static_cast<double>(n), false);
}

TEST(CascadeTop, ListsWhatFollowingAllLists) {
  std::size_t excluded = 0;
  for (const std::uint64_t seed : {1, 3}) {
    const auto firms = firms_of(seed, 300, 20 * seed);
    const auto weights = sales_and_ones(*firms);
    for (const auto& cascade :
         {CascadeOptions{}, CascadeOptions{.market = false}, CascadeOptions{.eps = 0.05},
          CascadeOptions{.upstream = false}, CascadeOptions{.downstream = false},
          CascadeOptions{.stop = StopRule::loss_growth}})
      for (const std::size_t k : {1, 10, 900})
        excluded +=
            expect_as_all(firms->network, closures(firms->size()), weights.view(), k, cascade);
  }
  EXPECT_GT(excluded, 100U);
}

TEST(CascadeTop, ExcludesPartialShocksToo) {
  const auto firms = firms_of(5, 400, 30);
  std::vector<CascadeScenario> scenarios(firms->size());
  for (std::size_t i = 0; i < scenarios.size(); ++i)
    scenarios[i].shocks = {{static_cast<std::int32_t>(i), 0.1, 0.2},
                           {static_cast<std::int32_t>((i + 200) % firms->size()), 0, 0.1}};
  EXPECT_GT(
      expect_as_all(firms->network, scenarios, sales_and_ones(*firms).view(), 20, {.eps = 0.05}),
      0U);
}

TEST(CascadeTop, FollowsAllWhereSharesPassOnMoreThanTheyAre) {
  const auto firms = firms_of(6, 300, 20);
  for (const double s : firms->sales()) firms->network.revenue.push_back(0.9 * s);
  const auto weights = sales_and_ones(*firms);
  EXPECT_EQ(expect_as_all(firms->network, closures(firms->size()), weights.view(), 10, {}), 0U);
}

TEST(CascadeTop, RefusesToRankByNothing) {
  const auto firms = firms_of(7, 50, 10);
  EXPECT_THROW(
      (void)cascade_top(firms->network, closures(firms->size()), 5, MatrixView{nullptr, 0, 0}),
      Error);
}

// Says stop after a hundred questions.
struct Enough final : Progress {
  [[nodiscard]] bool cancelled() const override { return ++asked > 100; }
  mutable std::atomic<int> asked = 0;
};

TEST(CascadeRest, GoesOnFromWhatIsKnown) {
  const auto firms = firms_of(8, 400, 30);
  const auto weights = sales_and_ones(*firms);
  const auto scenarios = closures(firms->size());
  const BatchOptions few_rounds{.cascade = {.eps = 1e-6, .max_rounds = 5}};
  const auto all = cascade_all(firms->network, scenarios, weights.view(), few_rounds);
  ASSERT_GT(all.not_converged, 0U);

  Enough enough;
  auto result = empty_result(scenarios.size(), 2);
  auto resumed = empty_result(scenarios.size(), 2);
  std::mutex mutex;
  std::size_t told = 0;
  auto options = few_rounds;
  options.finished = [&](std::size_t s) {
    const std::scoped_lock lock(mutex);
    ++told;
    resumed.rounds[s] = result.rounds[s];
    for (std::size_t w = 0; w < 2; ++w) resumed.risk[2 * s + w] = result.at(s, w);
  };
  cascade_rest(firms->network, scenarios, weights.view(), options, result, enough);
  const auto unknown = std::count(result.rounds.begin(), result.rounds.end(), 0);
  EXPECT_EQ(told + static_cast<std::size_t>(unknown), scenarios.size());
  EXPECT_GT(told, 50U);
  EXPECT_GT(unknown, 0);

  cascade_rest(firms->network, scenarios, weights.view(), few_rounds, resumed);
  EXPECT_EQ(resumed.rounds, all.rounds);
  EXPECT_EQ(resumed.not_converged, all.not_converged);
  for (std::size_t s = 0; s < scenarios.size(); ++s)
    EXPECT_EQ(resumed.at(s, 1).both, all.at(s, 1).both);
}

}  // namespace
}  // namespace stave
