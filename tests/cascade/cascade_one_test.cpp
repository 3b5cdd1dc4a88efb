// The lean engine of one shock against the twin: the same bits, and the round before the last.
#include "stave/cascade/cascade_one.hpp"

#include "stave/core/error.hpp"
#include "stave/core/random.hpp"

#include <gtest/gtest.h>

#include "cascade/esri_files.hpp"

namespace stave {
namespace {

std::unique_ptr<esri::Firms> drawn_firms(std::uint64_t seed, bool dense) {
  constexpr std::size_t n = 60;
  Matrix z(n, n);
  std::vector<Flow> flows;
  for (std::size_t k = 0; k < n * n; ++k)
    if (random_uniform(seed, 1, k) < (dense ? 0.6 : 0.06) && k / n % 9 != 4) {
      z(k / n, k % n) = 1e-2 + 50 * random_uniform(seed, 2, k);
      flows.push_back(
          {static_cast<std::int32_t>(k / n), static_cast<std::int32_t>(k % n), z(k / n, k % n)});
    }
  Recipe recipe = Recipe::uniform(Need::non_essential);
  for (std::size_t k = 0; k < 49; ++k)
    recipe.set(ProductId(k / 7), ProductId(k % 7),
               static_cast<Need>(static_cast<int>(3 * random_uniform(seed, 3, k))));
  std::vector<std::int32_t> product;
  for (std::size_t i = 0; i < n; ++i)
    product.push_back(static_cast<std::int32_t>(7 * random_uniform(seed, 4, i)));
  return std::make_unique<esri::Firms>(
      dense ? FlowMatrix(std::move(z)) : FlowMatrix::from_flows(n, std::move(flows)), recipe,
      product, 7);
}

void expect_bits_of_reference(const esri::Firms& firms, const CascadeOptions& options) {
  const ShockFollower follower(firms.network);
  for (std::size_t s = 0; s < 12; ++s) {
    std::vector<double> down(firms.size());
    std::vector<double> up(firms.size());
    down[5 * s] = up[5 * s] = 1;
    down[(7 * s + 1) % 60] = 0.3;
    up[(7 * s + 1) % 60] = 0.8;
    const auto one = follower.follow(down, up, options);
    const auto twin = cascade_reference(firms.network, down, up, options);
    EXPECT_EQ(one.result.h_d, twin.h_d);
    EXPECT_EQ(one.result.h_u, twin.h_u);
    EXPECT_EQ(one.result.rounds, twin.rounds);
    EXPECT_EQ(one.result.converged, twin.converged);
    auto one_less = options;
    one_less.max_rounds = twin.rounds - 1;
    const auto before = cascade_reference(firms.network, down, up, one_less);
    EXPECT_EQ(one.before.h_d, before.h_d);
    EXPECT_EQ(one.before.h_u, before.h_u);
  }
}

TEST(ShockFollower, GivesTheTwinsBits) {
  for (const bool dense : {true, false}) {
    const auto firms = drawn_firms(dense ? 71 : 72, dense);
    for (const bool market : {true, false})
      for (const auto stop : {StopRule::largest_fall, StopRule::loss_growth})
        for (const double eps : {1e-2, 1e-8})
          expect_bits_of_reference(*firms, {.market = market, .eps = eps, .stop = stop});
    expect_bits_of_reference(*firms, {.upstream = false});
    expect_bits_of_reference(*firms, {.downstream = false});
    expect_bits_of_reference(*firms, {.eps = 0, .max_rounds = 3});
    expect_bits_of_reference(*firms, {.glcascade_guard = true});
  }
}

TEST(ShockFollower, GivesTheTwinsBitsWithRevenueAndCost) {
  const auto firms = drawn_firms(73, false);
  firms->network.revenue = firms->sales();
  firms->network.cost = firms->flows.column_sums();
  for (auto& v : firms->network.revenue) v *= 1.3;
  for (auto& v : firms->network.cost) v *= 1.7;
  firms->network.output = firms->network.revenue;
  expect_bits_of_reference(*firms, {.eps = 1e-6});
}

// Round r is what the twin has when r rounds are all it may take; the last is the result.
TEST(ShockFollower, TellsOfEveryRoundInTheTwinsBits) {
  const auto firms = drawn_firms(74, false);
  const ShockFollower follower(firms->network);
  std::vector<double> down(firms->size());
  std::vector<double> up(firms->size());
  down[10] = up[10] = 1;
  up[20] = 0.4;
  std::vector<CascadeResult> told;
  const CascadeOptions options{.eps = 1e-8};
  const auto one = follower.follow(
      down, up, options, [&](const FollowedShock& followed) { told.push_back(followed.result); });
  ASSERT_EQ(told.size(), one.result.rounds + 1);
  ASSERT_GT(told.size(), 4);
  for (std::size_t r = 0; r < told.size(); ++r) {
    auto so_many = options;
    so_many.max_rounds = static_cast<int>(r);
    const auto twin = cascade_reference(firms->network, down, up, so_many);
    EXPECT_EQ(told[r].rounds, r);
    EXPECT_EQ(told[r].h_d, twin.h_d);
    EXPECT_EQ(told[r].h_u, twin.h_u);
  }
  EXPECT_EQ(told.back().h_d, one.result.h_d);
  EXPECT_EQ(told.back().h_u, one.result.h_u);
}

TEST(ShockFollower, RefusesWhatIsNoShare) {
  const auto firms = esri::firms_6();
  const ShockFollower follower(firms->network);
  EXPECT_THROW((void)follower.follow(std::vector<double>(5), {}), Error);
  EXPECT_THROW((void)follower.follow(std::vector<double>(6, 1.5), {}), Error);
  EXPECT_THROW((void)follower.follow(firms->closed(0), {}, {.eps = -1}), Error);
}

}  // namespace
}  // namespace stave
