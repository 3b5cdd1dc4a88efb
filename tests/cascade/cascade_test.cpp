// What must hold of any cascade, and small ones worked by hand.
#include "stave/cascade/cascade.hpp"

#include "stave/core/error.hpp"
#include "stave/core/random.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <gtest/gtest.h>

#include "cascade/esri_files.hpp"

namespace stave {
namespace {

using esri::Firms;

// 0 sells 30 and 1 sells 10 of the same essential product to 2, which sells 40 to 3.
std::unique_ptr<Firms> two_suppliers() {
  return std::make_unique<Firms>(
      FlowMatrix(Matrix::of({{0, 0, 30, 0}, {0, 0, 10, 0}, {0, 0, 0, 40}, {0, 0, 0, 0}})),
      Recipe::uniform(Need::essential), std::vector<std::int32_t>{0, 0, 1, 2}, 3);
}

// Without substitution 2 loses 30 / 40 when 0 stops. With it, the market left is 10, sigma of 0 is
// min(1, 30 / 10) = 1: the same. When 1 stops, sigma is 10 / 30, and 2 loses 1 / 4 of a third.
TEST(Cascade, FollowsTwoSuppliersByHand) {
  const auto firms = two_suppliers();
  const auto big = cascade_reference(firms->network, firms->closed(0), {}, {.eps = 1e-9});
  EXPECT_DOUBLE_EQ(big.h_d[2], .25);
  EXPECT_DOUBLE_EQ(big.h_d[3], .25);
  const auto small = cascade_reference(firms->network, firms->closed(1), {}, {.eps = 1e-9});
  EXPECT_NEAR(small.h_d[2], 1 - .25 / 3, 1e-15);
}

// Closing the only customer leaves its suppliers nothing to sell.
TEST(Cascade, LostDemandTravelsUpstreamByHand) {
  const auto firms = two_suppliers();
  const auto result = cascade_reference(firms->network, firms->closed(3), {}, {.eps = 1e-9});
  EXPECT_DOUBLE_EQ(result.h_u[2], 0);
  EXPECT_DOUBLE_EQ(result.h_u[0], 0);
  EXPECT_DOUBLE_EQ(result.h_d[0], 1);
}

// Half of 2's revenue comes from final use: half of its demand remains.
TEST(Cascade, RevenueBeyondSalesCushionsLostDemand) {
  const auto firms = two_suppliers();
  firms->network.revenue = {30, 10, 80, 5};
  const auto result = cascade_reference(firms->network, firms->closed(3), {}, {.eps = 1e-9});
  EXPECT_DOUBLE_EQ(result.h_u[2], .5);
}

TEST(Cascade, OneSideAloneLeavesTheOtherAtItsStart) {
  const auto firms = two_suppliers();
  const std::vector<double> shock = {0, 0, .5, 0};
  const auto down = cascade_reference(firms->network, shock, {}, {.upstream = false});
  EXPECT_EQ(down.h_u, (std::vector<double>{1, 1, .5, 1}));
  const auto up = cascade_reference(firms->network, shock, {}, {.downstream = false});
  EXPECT_EQ(up.h_d, (std::vector<double>{1, 1, .5, 1}));
}

TEST(Cascade, NoShockMovesNothing) {
  const auto firms = esri::firms_6();
  const auto result = cascade_reference(firms->network, std::vector<double>(6));
  EXPECT_EQ(result.h_d, std::vector<double>(6, 1));
  EXPECT_EQ(result.h_u, std::vector<double>(6, 1));
  EXPECT_EQ(result.rounds, 1);
}

TEST(Cascade, MoneyInThousandsChangesNothing) {
  const auto firms = esri::firms_6();
  Matrix scaled(6, 6);
  firms->flows.for_each(
      [&](std::size_t i, std::size_t j, double w) { scaled(i, j) = w * 0x1p-40; });
  const Firms small(FlowMatrix(std::move(scaled)), firms->recipe, firms->network.product, 3);
  for (std::size_t i = 0; i < 6; ++i) {
    const auto a = cascade_reference(firms->network, firms->closed(i));
    const auto b = cascade_reference(small.network, small.closed(i));
    EXPECT_EQ(a.h_d, b.h_d);
    EXPECT_EQ(a.h_u, b.h_u);
  }
}

// The guard of the authors' program sees a market of less than 1e-10 as one of 1.
TEST(Cascade, TheGuardDoesDependOnMoneyAndIsOffByDefault) {
  const Firms small(FlowMatrix(Matrix::of({{0, 1e-11}, {0, 0}})), Recipe::uniform(Need::essential),
                    {0, 1}, 2);
  const auto off = cascade_reference(small.network, small.closed(0));
  EXPECT_DOUBLE_EQ(off.h_d[1], 0);
  const auto on = cascade_reference(small.network, small.closed(0), {}, {.glcascade_guard = true});
  EXPECT_GT(on.h_d[1], .99);
}

TEST(Cascade, AnotherOrderOfNodesGivesTheSameLosses) {
  const auto firms = esri::firms_6();
  const std::vector<std::size_t> order = {4, 0, 5, 2, 1, 3};
  Matrix z(6, 6);
  std::vector<std::int32_t> product(6);
  for (std::size_t i = 0; i < 6; ++i) {
    product[i] = firms->network.product[order[i]];
    for (std::size_t j = 0; j < 6; ++j) z(i, j) = firms->flows.at(order[i], order[j]);
  }
  const Firms moved(FlowMatrix(std::move(z)), firms->recipe, product, 3);
  for (std::size_t i = 0; i < 6; ++i) {
    const auto a = cascade_reference(firms->network, firms->closed(order[i]), {}, {.eps = 1e-6});
    const auto b = cascade_reference(moved.network, moved.closed(i), {}, {.eps = 1e-6});
    for (std::size_t j = 0; j < 6; ++j) {
      EXPECT_NEAR(a.h_d[order[j]], b.h_d[j], 1e-13);
      EXPECT_NEAR(a.h_u[order[j]], b.h_u[j], 1e-13);
    }
  }
}

// For a fixed number of rounds; a rule that stops earlier on the larger shock may hide it.
TEST(Cascade, ALargerShockNeverHelpsAnyone) {
  const auto firms = esri::firms_6();
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    std::vector<double> less(6);
    std::vector<double> more(6);
    for (std::size_t i = 0; i < 6; ++i) {
      less[i] = .5 * random_uniform(seed, 0, i);
      more[i] = less[i] + (1 - less[i]) * random_uniform(seed, 1, i) * (i == seed % 6 ? 1 : 0);
    }
    const CascadeOptions options{.eps = 0, .max_rounds = 25};
    const auto a = cascade_reference(firms->network, less, {}, options);
    const auto b = cascade_reference(firms->network, more, {}, options);
    for (std::size_t i = 0; i < 6; ++i) {
      EXPECT_LE(b.h_d[i], a.h_d[i] + 1e-14);
      EXPECT_LE(b.h_u[i], a.h_u[i] + 1e-14);
    }
  }
}

TEST(Cascade, SaysWhenTheRoundsWereNotEnough) {
  const auto firms = esri::firms_6();
  const auto result =
      cascade_reference(firms->network, firms->closed(0), {}, {.eps = 1e-12, .max_rounds = 5});
  EXPECT_FALSE(result.converged);
  EXPECT_EQ(result.rounds, 5);
}

// Weights 1 and 3, losses .25 (down) and .5 (up) of the second node only: 3 * .5 / 4.
TEST(SystemicRisk, WeighsTheWorseSide) {
  const CascadeResult result{{1, .75}, {1, .5}, 1, true};
  const std::vector<double> weights = {1, 3};
  const auto risk = systemic_risk(result, weights);
  EXPECT_DOUBLE_EQ(risk.both, .375);
  EXPECT_DOUBLE_EQ(risk.down, .1875);
  EXPECT_DOUBLE_EQ(risk.up, .375);
}

// Product 1 is node 2 alone: it loses a quarter of a third; product 0 only what was shocked.
TEST(RiskByProduct, LeavesOutTheInitialShock) {
  const auto firms = two_suppliers();
  const auto shock = firms->closed(1);
  const auto result = cascade_reference(firms->network, shock, {}, {.upstream = false});
  const auto risk = risk_by_product(firms->network, result, firms->sales(), shock);
  EXPECT_NEAR(risk[0].down, 0, 1e-15);
  EXPECT_NEAR(risk[1].down, .25 / 3, 1e-15);
  EXPECT_EQ(risk[2].down, 0);  // without sales: no weight
}

void expect_refused(const Firms& firms, const std::vector<double>& shock, const std::string& part) {
  try {
    (void)cascade_reference(firms.network, shock);
    FAIL() << "accepted";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Errc::bad_input);
    EXPECT_NE(std::string(error.what()).find(part), std::string::npos) << error.what();
  }
}

TEST(Cascade, NamesWhatIsWrong) {
  const auto firms = esri::firms_6();
  expect_refused(*firms, {0, 0}, "2 shocks for 6 nodes");
  expect_refused(*firms, {0, 1.5, 0, 0, 0, 0}, "the shock of node 1 is 1.5");
  expect_refused(*firms, {0, 0, std::nan(""), 0, 0, 0}, "the shock of node 2 is nan");
  firms->network.product[3] = 7;
  expect_refused(*firms, std::vector<double>(6), "product of node 3 is 7, but there are 3");
  const Firms negative(FlowMatrix(Matrix::of({{0, -1}, {0, 0}})), Recipe::uniform(Need::essential),
                       {0, 0}, 1);
  expect_refused(negative, {0, 0}, "the flow from node 0 to node 1 is -1");
}

}  // namespace
}  // namespace stave
