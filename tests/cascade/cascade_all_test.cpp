// The fast engine against the twin: the same bits, dense or sparse, for any number of threads.
#include "stave/cascade/cascade_all.hpp"

#include "stave/core/error.hpp"
#include "stave/core/random.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "cascade/random_firms.hpp"

namespace stave {
namespace {

using esri::Firms;

std::vector<CascadeScenario> partial_shocks(std::size_t n, std::size_t count) {
  std::vector<CascadeScenario> scenarios(count);
  for (std::size_t s = 0; s < count; ++s)
    for (std::size_t k = 0; k < 3; ++k)
      scenarios[s].shocks.push_back({static_cast<std::int32_t>((s * 5 + k * 11) % n),
                                     random_uniform(9, s, k), random_uniform(10, s, k)});
  return scenarios;
}

void expect_bits_of_the_twin(const Firms& firms, const std::vector<CascadeScenario>& scenarios,
                             const CascadeOptions& options) {
  const Matrix weights = sales_and_ones(firms);
  for (const int threads : {1, 2}) {
    const auto fast = cascade_all(firms.network, scenarios, weights.view(),
                                  {.cascade = options, .threads = threads});
    for (std::size_t s = 0; s < scenarios.size(); ++s) {
      std::vector<double> down(firms.size());
      std::vector<double> up(firms.size());
      for (const auto& shock : scenarios[s].shocks) {
        down[static_cast<std::size_t>(shock.node)] = shock.down;
        up[static_cast<std::size_t>(shock.node)] = shock.up;
      }
      const auto slow = cascade_reference(firms.network, down, up, options);
      EXPECT_EQ(fast.rounds[s], slow.rounds);
      for (std::size_t k = 0; k < 2; ++k) {
        const auto risk = added_up_risk(firms.network, slow, weights.row(k), up, options);
        EXPECT_EQ(fast.at(s, k).both, risk.both);
        EXPECT_EQ(fast.at(s, k).down, risk.down);
        EXPECT_EQ(fast.at(s, k).up, risk.up);
      }
    }
  }
}

std::vector<CascadeOptions> all_options() {
  std::vector<CascadeOptions> all;
  for (const bool market : {true, false})
    for (const auto stop : {StopRule::largest_fall, StopRule::loss_growth})
      for (const double eps : {1e-2, 1e-7}) {
        all.push_back({.market = market, .eps = eps, .stop = stop});
        all.push_back({.market = market, .eps = eps, .stop = stop, .upstream = false});
        all.push_back({.market = market, .eps = eps, .stop = stop, .downstream = false});
      }
  all.push_back({.eps = 0, .max_rounds = 3});
  all.push_back({.glcascade_guard = true});
  return all;
}

TEST(CascadeAll, GivesTheTwinsBitsOnDenseFlows) {
  for (const auto& options : all_options()) {
    const auto firms = random_firms(1, 29, 6, 0.8, true);
    expect_bits_of_the_twin(*firms, closures(29), options);
    expect_bits_of_the_twin(*firms, partial_shocks(29, 13), options);
  }
}

TEST(CascadeAll, GivesTheTwinsBitsOnSparseFlows) {
  for (const auto& options : all_options()) {
    const auto firms = random_firms(2, 70, 9, 0.05, false);
    expect_bits_of_the_twin(*firms, closures(70), options);
    expect_bits_of_the_twin(*firms, partial_shocks(70, 21), options);
  }
}

TEST(CascadeAll, GivesTheTwinsBitsWithRevenueCostAndMarketsOfItsOwn) {
  for (const auto& [dense, own_markets] :
       {std::pair{true, true}, {false, true}, {true, false}, {false, false}}) {
    const auto firms = random_firms(3, 40, 5, 0.3, dense);
    for (std::size_t i = 0; i < 40; ++i) {
      firms->network.revenue.push_back(i == 4 ? 0 : 300.0 + static_cast<double>(i));
      firms->network.cost.push_back(i == 5 ? 0 : 500.0 + static_cast<double>(i));
      firms->network.output.push_back(700.0 - static_cast<double>(i));
      if (own_markets) firms->network.market[i] = static_cast<std::int32_t>(i % 3);
    }
    expect_bits_of_the_twin(*firms, closures(40), {.eps = 1e-6});
  }
}

// Large enough that the last orders are not pushed; every seventh firm sells nothing. Where cost is
// less than purchases a buyer falls by more than its suppliers, so that no round is proven the
// last.
TEST(CascadeAll, GivesTheTwinsBitsWhereOrdersAreCountedByWhoLostThem) {
  for (const double cost : {0.0, 1.2, 0.4})
    for (const double eps : {1e-2, 5e-2, 1e-3}) {
      const auto firms = random_firms(11, 500, 60, 8.0 / 500, false);
      if (cost > 0) {
        firms->network.revenue = firms->sales();
        for (auto& revenue : firms->network.revenue) revenue = 1.3 * revenue + 5;
        firms->network.cost = firms->flows.column_sums();
        for (auto& purchases : firms->network.cost) purchases = cost * purchases + 2;
      }
      auto scenarios = partial_shocks(500, 9);
      for (std::int32_t i = 0; i < 500; i += 31) scenarios.push_back({{{i, 1, 1}}});
      scenarios.push_back({{{4, 0, 1}, {2, 1, 0}}});  // orders alone, supplies alone
      expect_bits_of_the_twin(*firms, scenarios, {.eps = eps});
    }
}

// All 101 firms; of the runs that need thousands of rounds the mixed recipe only.
TEST(CascadeAll, AgreesWithEveryPublishedRun) {
  if (!esri::present()) GTEST_SKIP() << "no " << esri::path("");
  for (const std::string net : {"scale_free", "erdos_reny"})
    for (const std::string recipe : {"linear", "leontief", "lin_2to4ess", "mixed"})
      for (const bool market : {true, false})
        for (const std::string eps : {"0.01", "1e-10"}) {
          if (eps != "0.01" && recipe != "mixed") continue;
          const auto firms = esri::firms_101(net, recipe);
          const Matrix weights = sales_and_ones(*firms);
          const auto file = "ref_" + net + "_" + recipe + (market ? "_repl_" : "_norepl_") + eps;
          const auto answers = esri::numbers(file + ".csv");
          const auto all = cascade_all(firms->network, closures(101), weights.view(),
                                       {.cascade = {.market = market, .eps = std::stod(eps)}});
          for (std::size_t i = 0; i < 101; ++i) {
            EXPECT_NEAR(all.at(i, 0).both, answers[i][1], 1e-12) << file << " firm " << i + 1;
            EXPECT_NEAR(all.at(i, 0).down, answers[i][2], 1e-12) << file << " firm " << i + 1;
            EXPECT_NEAR(all.at(i, 0).up, answers[i][3], 1e-12) << file << " firm " << i + 1;
            EXPECT_EQ(all.rounds[i], answers[i][4]) << file << " firm " << i + 1;
          }
        }
}

TEST(CascadeAll, AgreesWithAllThousandPublishedFirms) {
  if (!esri::present()) GTEST_SKIP() << "no " << esri::path("");
  const auto firms = esri::firms_1000();
  const Matrix weights = sales_and_ones(*firms);
  const auto answers = esri::numbers("out_sf1k_gl20.csv");
  const auto all = cascade_all(firms->network, closures(1000), weights.view());
  for (std::size_t i = 0; i < 1000; ++i) {
    EXPECT_NEAR(all.at(i, 0).both, answers[i][1], 1e-12) << "firm " << i + 1;
    EXPECT_NEAR(all.at(i, 0).down, answers[i][2], 1e-12) << "firm " << i + 1;
    EXPECT_NEAR(all.at(i, 0).up, answers[i][3], 1e-12) << "firm " << i + 1;
    EXPECT_EQ(all.rounds[i], answers[i][4]) << "firm " << i + 1;
  }
}

/// The network with node g really divided: the last node is what g sells to the buyers.
std::unique_ptr<Firms> divided(const Firms& firms, std::size_t g,
                               const std::vector<std::uint8_t>& buyers) {
  const std::size_t n = firms.size();
  double sold = 0;
  for (std::size_t j = 0; j < n; ++j) sold += buyers[j] != 0 ? firms.flows.at(g, j) : 0;
  const double share = sold / firms.sales()[g];
  Matrix z(n + 1, n + 1);
  firms.flows.for_each([&](std::size_t i, std::size_t j, double w) {
    const std::size_t row = i == g && buyers[j] != 0 ? n : i;
    z(row, j) = j == g ? w * (1 - share) : w;
    if (j == g) z(row, n) = w * share;
  });
  auto product = firms.network.product;
  product.push_back(product[g]);
  return std::make_unique<Firms>(FlowMatrix(std::move(z)), firms.recipe, product,
                                 firms.network.products);
}

TEST(Cut, IsTheCascadeOfTheNetworkWithTheNodeDivided) {
  const std::size_t n = 30;
  for (const bool dense : {true, false}) {
    const auto firms = random_firms(5, n, 4, 0.5, dense);
    std::vector<std::uint8_t> buyers(n);
    for (std::size_t i = 0; i < 8; ++i) buyers[i] = 1;
    Matrix weights(1, n);
    for (std::size_t i = 0; i < n; ++i) weights(0, i) = buyers[i];
    std::vector<CascadeScenario> cuts;
    for (std::int32_t g = 8; g < 30; ++g)
      if (g % 7 != 3) cuts.push_back({{}, g});
    const CascadeOptions options{.eps = 1e-9};
    const auto fast = cascade_all(firms->network, cuts, weights.view(),
                                  {.cascade = options, .cut_buyers = buyers});
    for (std::size_t s = 0; s < cuts.size(); ++s) {
      const auto whole = divided(*firms, static_cast<std::size_t>(cuts[s].cut), buyers);
      const auto slow = cascade_reference(whole->network, whole->closed(n), {}, options);
      std::vector<double> wide(weights.row(0).begin(), weights.row(0).end());
      wide.push_back(0);
      const auto risk = systemic_risk(slow, wide);
      EXPECT_NEAR(fast.at(s, 0).both, risk.both, 1e-12);
      EXPECT_NEAR(fast.at(s, 0).down, risk.down, 1e-12);
      EXPECT_NEAR(fast.at(s, 0).up, risk.up, 1e-12);
      EXPECT_EQ(fast.rounds[s], slow.rounds);
    }
  }
}

TEST(Cut, AddedIsNeverLessThanExact) {
  const auto firms = random_firms(6, 40, 5, 0.6, true);
  std::vector<std::uint8_t> buyers(40);
  for (std::size_t i = 0; i < 10; ++i) buyers[i] = 1;
  std::vector<CascadeScenario> cuts;
  for (std::int32_t g = 10; g < 40; ++g) cuts.push_back({{}, g});
  const Matrix weights = sales_and_ones(*firms);
  BatchOptions options{.cascade = {.eps = 1e-9, .upstream = false}, .cut_buyers = buyers};
  const auto exact = cascade_all(firms->network, cuts, weights.view(), options);
  options.split = SplitRule::added;
  const auto added = cascade_all(firms->network, cuts, weights.view(), options);
  for (std::size_t s = 0; s < cuts.size(); ++s)
    EXPECT_GE(added.at(s, 0).down, exact.at(s, 0).down - 1e-12);
}

TEST(CascadeAll, StopsWhenTheUserSaysSo) {
  struct Stopped : Progress {
    [[nodiscard]] bool cancelled() const override { return true; }
  } stopped;
  const auto firms = esri::firms_6();
  const Matrix weights = sales_and_ones(*firms);
  try {
    (void)cascade_all(firms->network, closures(6), weights.view(), {}, stopped);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Errc::cancelled);
  }
}

TEST(CascadeAll, RefusesShocksThatMakeNoSense) {
  const auto firms = esri::firms_6();
  const Matrix weights = sales_and_ones(*firms);
  const auto refused = [&](const CascadeScenario& scenario) {
    const std::vector<CascadeScenario> one = {scenario};
    EXPECT_THROW((void)cascade_all(firms->network, one, weights.view()), Error);
  };
  refused({{{6, 1, 1}}});
  refused({{{-1, 1, 1}}});
  refused({{{0, 1.5, 1}}});
  refused({{{0, std::nan(""), 1}}});
  refused({{{0, 1, 1}, {0, .5, .5}}});
  refused({{}, 3});
}

}  // namespace
}  // namespace stave
