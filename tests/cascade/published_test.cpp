// The twin against the answers of the authors' program (fastcascade), to 12 digits.
#include <gtest/gtest.h>

#include "cascade/esri_files.hpp"

namespace stave {
namespace {

constexpr double digits = 1e-12;

SystemicRisk risk_of(const esri::Firms& firms, std::size_t firm, const CascadeOptions& options,
                     int* rounds = nullptr) {
  const auto result = cascade_reference(firms.network, firms.closed(firm), {}, options);
  if (rounds != nullptr) *rounds = result.rounds;
  return systemic_risk(result, firms.sales());
}

TEST(SixFirms, ClosingTheFirstOneHurtsTheOthersAsPublished) {
  const auto firms = esri::firms_6();
  const CascadeOptions options{.eps = 1e-12};
  const auto result = cascade_reference(firms->network, firms->closed(0), {}, options);
  const std::vector<double> h_d = {
      0, .6, .78940681974834781, 0, .61111111111111116, .87866705606859818};
  for (std::size_t i = 0; i < 6; ++i) EXPECT_NEAR(result.h_d[i], h_d[i], digits);
  EXPECT_EQ(result.rounds, 102);
}

TEST(SixFirms, LossesAndRoundsAreAsPublished) {
  const auto firms = esri::firms_6();
  const std::vector<double> both = {.98195754616758102, .96743359376950744, .97081091235289108,
                                    .97339234519956197, .98691205076244493, .98350782681995919};
  const std::vector<int> published_rounds = {14, 18, 18, 16, 12, 15};
  const std::vector<double> fine = {.50687988214742541, .64501131894352026, .48861712817630576};
  const std::vector<double> off = {.54077412513255574, .65562036055143169, .51121951219512185};
  for (std::size_t i = 0; i < 6; ++i) {
    int rounds = 0;
    EXPECT_NEAR(risk_of(*firms, i, {}, &rounds).both, both[i], digits);
    EXPECT_EQ(rounds, published_rounds[i]);
    EXPECT_NEAR(risk_of(*firms, i, {.eps = 1e-12}).down, fine[i % 3], digits);
    EXPECT_NEAR(risk_of(*firms, i, {.market = false, .eps = 1e-12}).down, off[i % 3], digits);
  }
}

// Nothing is essential: .1 each that hangs on one of ten flows.
TEST(ElevenFirms, LossesAndRoundsAreAsPublished) {
  const auto firms = esri::firms_11();
  const std::vector<double> down_off = {0,  11. / 30, 1. / 6,   0,      0, 1. / 6,
                                        .2, .1,       11. / 30, 1. / 6, 0};
  const std::vector<double> down_on = {0, .3, 1. / 6, 0, 0, 7. / 60, .2, .1, 14. / 45, 1. / 6, 0};
  const std::vector<double> up = {.1, .2, .2, .35, .1, .1, .7, .1, .2, .2, .45};
  const std::vector<int> published_rounds = {2, 4, 3, 4, 2, 3, 3, 2, 4, 3, 4};
  for (const double eps : {1e-2, 1e-10})
    for (std::size_t i = 0; i < 11; ++i) {
      int rounds = 0;
      const auto off = risk_of(*firms, i, {.market = false, .eps = eps}, &rounds);
      EXPECT_NEAR(off.down, down_off[i], digits);
      EXPECT_NEAR(off.up, up[i], digits);
      EXPECT_EQ(rounds, published_rounds[i]);
      EXPECT_NEAR(risk_of(*firms, i, {.eps = eps}).down, down_on[i], digits);
    }
}

struct Run {
  std::string net;
  std::string recipe;
  bool market;
  std::string eps;
};
std::vector<Run> runs_of_101() {
  std::vector<Run> runs;
  for (const auto* net : {"scale_free", "erdos_reny"})
    for (const auto* recipe : {"linear", "leontief", "lin_2to4ess", "mixed"})
      for (const bool market : {true, false})
        for (const auto* eps : {"0.01", "1e-10"}) runs.push_back({net, recipe, market, eps});
  return runs;
}

class HundredAndOneFirms : public testing::TestWithParam<Run> {};

// Answers of a run that needs thousands of rounds are checked for every tenth firm.
TEST_P(HundredAndOneFirms, LossesAndRoundsAreAsPublished) {
  if (!esri::present()) GTEST_SKIP() << "no " << esri::path("");
  const auto& run = GetParam();
  const auto firms = esri::firms_101(run.net, run.recipe);
  const auto answers = esri::numbers("ref_" + run.net + "_" + run.recipe +
                                     (run.market ? "_repl_" : "_norepl_") + run.eps + ".csv");
  ASSERT_EQ(answers.size(), 101);
  const CascadeOptions options{.market = run.market, .eps = std::stod(run.eps)};
  for (std::size_t i = 0; i < 101; i += run.eps == "0.01" ? 1 : 10) {
    int rounds = 0;
    const auto risk = risk_of(*firms, i, options, &rounds);
    EXPECT_NEAR(risk.both, answers[i][1], digits) << "firm " << i + 1;
    EXPECT_NEAR(risk.down, answers[i][2], digits) << "firm " << i + 1;
    EXPECT_NEAR(risk.up, answers[i][3], digits) << "firm " << i + 1;
    EXPECT_EQ(rounds, answers[i][4]) << "firm " << i + 1;
  }
}
INSTANTIATE_TEST_SUITE_P(AllRuns, HundredAndOneFirms, testing::ValuesIn(runs_of_101()),
                         [](const auto& run) {
                           return run.param.net + "_" + run.param.recipe +
                                  (run.param.market ? "_market_" : "_no_market_") +
                                  (run.param.eps == "0.01" ? "coarse" : "fine");
                         });

TEST(ThousandFirms, LossesAndRoundsAreAsPublished) {
  if (!esri::present()) GTEST_SKIP() << "no " << esri::path("");
  const auto firms = esri::firms_1000();
  const auto answers = esri::numbers("out_sf1k_gl20.csv");
  for (std::size_t i = 0; i < 1000; i += 10) {
    int rounds = 0;
    const auto risk = risk_of(*firms, i, {}, &rounds);
    EXPECT_NEAR(risk.both, answers[i][1], digits);
    EXPECT_NEAR(risk.down, answers[i][2], digits);
    EXPECT_NEAR(risk.up, answers[i][3], digits);
    EXPECT_EQ(rounds, answers[i][4]);
  }
}

}  // namespace
}  // namespace stave
