// stave shock as a user meets it: the report, draws, refusals, scenarios that come along.
#include "stave/shock/shock.hpp"

#include "stave/analysis/analysis.hpp"
#include "stave/core/error.hpp"
#include "stave/store/sample.hpp"

#include <atomic>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <numeric>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <tbb/global_control.h>
#include <unistd.h>

#include "formats/scenario_chain.hpp"

namespace stave {
namespace {

using testing::HasSubstr;

class ShockReport : public testing::Test {
 protected:
  ShockReport() { std::filesystem::create_directories(folder_); }
  ~ShockReport() override { std::filesystem::remove_all(folder_); }

  [[nodiscard]] Report ask(const std::string& scenario, Arguments::Given given = {},
                           Progress& progress = no_progress()) const {
    const auto path = folder_ / "s.toml";
    std::ofstream(path) << scenario;
    given["scenario"] = path.string();
    given.try_emplace("preset", "ario-psi");
    return run(shock_analysis(), chain_, given, progress);
  }
  [[nodiscard]] std::string complaint(const std::string& scenario,
                                      const Arguments::Given& given) const {
    try {
      static_cast<void>(ask(scenario, given));
    } catch (const Error& error) {
      return std::string(error.what()) + " | " + error.hint();
    }
    return "nothing";
  }
  static std::string said(const Report& report) {
    std::string text;
    for (const auto& finding : report.findings) text += finding.text + "\n";
    return text;
  }

  std::filesystem::path folder_ =
      std::filesystem::temp_directory_path() / ("stave-shock-" + std::to_string(::getpid()));
  Chain chain_ = scenario_chain();
};

constexpr auto fire =
    "title = 'Japan makes no chips'\ndays = 120\n"
    "[[capacity]]\nname = 'fire'\nregion = 'JPN'\nproduct = 'chip'\nshare = 1\nstart = 5\n"
    "duration = 40\nrecovery = 'linear'\nrecovery_days = 10\n"
    "[model]\ninventory_days = 8\n";

constexpr auto unsure =
    "title = 't'\ndays = 60\n"
    "[[capacity]]\nname = 'fire'\nregion = 'JPN'\nproduct = 'chip'\n"
    "share = { uniform = [0.1, 1] }\nstart = 5\nduration = 30\n"
    "[[demand]]\nname = 'tax'\nproduct = 'care'\nchange = { uniform = [-0.0001, 0] }\nstart = 5\n"
    "duration = 30\n"
    "[model]\ninventory_days = 8\n[ensemble]\ndraws = 24\nseed = 3\n";

TEST_F(ShockReport, WithoutAnEventNothingMoves) {
  for (const auto* preset : {"ario-psi", "ario", "inoue-todo", "essential"}) {
    const auto report = ask("days = 30\n", {{"preset", preset}});
    EXPECT_THAT(said(report), HasSubstr("The scenario has no event. Output never falls. Over 30 "
                                        "days no value added is lost."))
        << preset;
    EXPECT_THAT(said(report), HasSubstr("Final use gets all it wants.")) << preset;
    for (const double share : report.table("days").reals("of_normal"))
      EXPECT_NEAR(share, 100, 1e-9) << preset;
  }
}

TEST_F(ShockReport, TellsWhatItsTablesHold) {
  const auto report = ask(fire);
  const auto& days = report.table("days");
  const auto& shares = days.reals("of_normal");
  const auto worst = std::min_element(shares.begin(), shares.end());
  EXPECT_LT(*worst, 99);
  EXPECT_THAT(said(report), HasSubstr(fmt::format("Output falls to {:.1f} % of a normal day's on "
                                                  "day {}",
                                                  *worst, worst - shares.begin())));
  const auto& lost = days.reals("value_added_lost");
  const double total = std::accumulate(lost.begin(), lost.end(), 0.0);
  const auto& indicators = report.table("indicators");
  EXPECT_EQ(indicators.texts("indicator")[3], "total loss");
  EXPECT_NEAR(indicators.reals("value")[3], total, 1e-9 * std::abs(total));
  EXPECT_EQ(indicators.texts("unit")[3], "million USD");
  EXPECT_EQ(days.columns()[1].spec.unit, "million USD / day");
  EXPECT_THAT(report.provenance.notes, testing::Contains(HasSubstr("Played by ario-psi")));
  EXPECT_FALSE(report.partial);
  for (const auto& residual : report.provenance.residuals)
    EXPECT_LE(residual.relative, residual.tolerance) << residual.balance;
}

// Chips of Japan are a third of what makers of cars buy; with 8 days in stock they run short.
TEST_F(ShockReport, FindsTheReason) {
  const auto report = ask(fire);
  const auto& causes = report.table("causes");
  ASSERT_GE(causes.rows(), 2U);
  EXPECT_EQ(causes.texts("cause")[0], "lost capacity");
  EXPECT_EQ(causes.texts("id")[0], "JPN.chip");
  EXPECT_EQ(causes.texts("cause")[1], "short of an input");
  EXPECT_EQ(causes.texts("input")[1], "Chips");
  EXPECT_EQ(causes.texts("through")[1], "Chips in Japan");
  EXPECT_GT(causes.integers("day")[1], 5);
  EXPECT_THAT(said(report), HasSubstr("The first to run short is Cars in"));
  EXPECT_THAT(said(report), HasSubstr("On day 5 Chips in Japan loses capacity (fire)"));
  EXPECT_THAT(said(report), HasSubstr("most of all Cars"));
}

TEST_F(ShockReport, HasTheDetailAskedFor) {
  EXPECT_EQ(ask(fire).table("course").rows(), 3U * 120);
  EXPECT_EQ(ask(fire, {{"by", "product"}}).table("course").rows(), 3U * 120);
  EXPECT_EQ(ask(fire, {{"by", "node"}}).table("course").rows(), 9U * 120);
  const auto some = ask(fire, {{"by", "node"}, {"nodes", "JPN.chip, DEU.car"}, {"days", "50"}});
  const auto& course = some.table("course");
  ASSERT_EQ(course.rows(), 2U * 50);
  EXPECT_EQ(course.texts("code")[0], "JPN.chip");
  EXPECT_EQ(course.reals("output")[10], 0);
  EXPECT_THAT(complaint(fire, {{"nodes", "JPN.chip"}}), HasSubstr("--nodes goes with --by node"));
  EXPECT_THAT(complaint(fire, {{"by", "node"}, {"nodes", "JPN.chp"}}),
              HasSubstr("Did you mean 'JPN.chip'"));
}

TEST_F(ShockReport, SumsByRegionAndProductAreThoseOfTheChain) {
  for (const auto* by : {"region", "product", "node"}) {
    const auto report = ask(fire, {{"by", by}});
    std::vector<double> sum(120);
    const auto& course = report.table("course");
    for (std::size_t r = 0; r < course.rows(); ++r)
      sum[static_cast<std::size_t>(course.integers("day")[r])] += course.reals("output")[r];
    for (std::size_t t = 0; t < 120; ++t)
      EXPECT_NEAR(sum[t], report.table("days").reals("output")[t], 1e-9) << by << " " << t;
  }
}

TEST_F(ShockReport, DrawsAreTheSameForAnyNumberOfThreads) {
  const auto lost_with = [&](std::size_t threads) {
    const tbb::global_control limit(tbb::global_control::max_allowed_parallelism, threads);
    const auto report = ask(unsure);
    auto bits = report.table("bands").reals("output_median");
    const auto& draws = report.table("draws").reals("value_added_lost");
    bits.insert(bits.end(), draws.begin(), draws.end());
    return bits;
  };
  const auto one = lost_with(1);
  EXPECT_EQ(one.size(), 60U + 24);
  EXPECT_EQ(one, lost_with(4));
}

TEST_F(ShockReport, BandsHoldTheDrawsAndSayWhatMatters) {
  const auto report = ask(unsure);
  const auto& bands = report.table("bands");
  for (std::size_t t = 0; t < bands.rows(); ++t) {
    EXPECT_LE(bands.reals("output_low")[t], bands.reals("output_q25")[t]);
    EXPECT_LE(bands.reals("output_q25")[t], bands.reals("output_median")[t]);
    EXPECT_LE(bands.reals("output_median")[t], bands.reals("output_q75")[t]);
    EXPECT_LE(bands.reals("output_q75")[t], bands.reals("output_high")[t]);
  }
  EXPECT_LT(bands.reals("output_low")[30], bands.reals("output_high")[30]);
  // The share is all but the whole loss; the tax is next to nothing.
  const auto& numbers = report.table("numbers");
  EXPECT_EQ(numbers.texts("number")[0], "fire: share");
  EXPECT_GT(numbers.reals("correlation")[0], 0.99);
  EXPECT_LT(std::abs(numbers.reals("correlation")[1]), 0.6);
  EXPECT_THAT(said(report), HasSubstr("What matters most is fire: share"));
  EXPECT_THAT(said(report), HasSubstr("Over 24 draws of 2 uncertain numbers"));
  // Every one of 24 equal parts of the range is met once.
  std::vector<bool> met(24);
  const auto& drawn = report.table("drawn");
  for (std::size_t r = 0; r < drawn.rows(); ++r)
    if (drawn.texts("number")[r] == "fire: share")
      met[static_cast<std::size_t>((drawn.reals("value")[r] - 0.1) / 0.9 * 24)] = true;
  EXPECT_EQ(std::count(met.begin(), met.end(), true), 24);
  EXPECT_EQ(report.table("indicator_bands").rows(), 9U);
}

TEST_F(ShockReport, TheCommandLineGoesBeforeTheFile) {
  EXPECT_EQ(ask(unsure, {{"draws", "5"}}).table("draws").rows(), 5U);
  EXPECT_THROW(static_cast<void>(ask(unsure, {{"draws", "0"}}).table("draws")), std::logic_error);
  const auto other = ask(unsure, {{"seed", "4"}}).table("draws").reals("value_added_lost");
  EXPECT_NE(other, ask(unsure).table("draws").reals("value_added_lost"));
  EXPECT_EQ(ask(fire, {{"days", "17"}}).table("days").rows(), 17U);
  EXPECT_THAT(ask(fire, {{"preset", "inoue-todo"}}).provenance.notes,
              testing::Contains(HasSubstr("Played by inoue-todo: inputs by-supplier")));
  EXPECT_THAT(ask(fire, {{"compat", "boario"}}).provenance.notes,
              testing::Contains(HasSubstr("BoARIO 0.6")));
}

TEST_F(ShockReport, RefusesDrawsWithoutEndAndSaysWhatTheyWouldTake) {
  const auto text = complaint(unsure, {{"draws", "1000000000"}});
  EXPECT_THAT(text, HasSubstr("1000000000 draws of 60 days would take about"));
  EXPECT_THAT(text, HasSubstr("GB | At most 100000 draws"));
  EXPECT_THAT(complaint(unsure, {{"days", "0"}}), HasSubstr("--days: '0'"));
  EXPECT_THAT(complaint("days = 36500\n", {{"days", "36501"}}), HasSubstr("--days: '36501'"));
}

TEST_F(ShockReport, SaysWhereEventsTakeMoreThanAll) {
  const auto report =
      ask("days = 30\n[[capacity]]\nname = 'a'\nnode = 'JPN.chip'\nshare = 0.7\nduration = 4\n"
          "[[capacity]]\nname = 'b'\nnode = 'JPN.chip'\nshare = 0.6\nduration = 4\nstart = 3\n");
  // Days 3 and 4.
  EXPECT_THAT(report.provenance.notes,
              testing::Contains(HasSubstr("more than all capacity on 2 days")));
}

TEST_F(ShockReport, PlaysAHundredYears) {
  const auto report = ask(fire, {{"days", "36500"}, {"by", "product"}});
  EXPECT_EQ(report.table("days").rows(), 36'500U);
  EXPECT_NEAR(report.table("days").reals("of_normal").back(), 100, 0.1);
}

class StopsAfter : public Progress {
 public:
  explicit StopsAfter(double done) : done_(done) {}
  void report(std::string_view stage, double done) override {
    if (stage == "playing draws" && done >= done_) stopped_ = true;
  }
  [[nodiscard]] bool cancelled() const override { return stopped_; }

 private:
  double done_;
  std::atomic<bool> stopped_ = false;
};

TEST_F(ShockReport, WhatIsFinishedIsToldWhenTheUserStopsIt) {
  StopsAfter progress(0.4);
  const tbb::global_control limit(tbb::global_control::max_allowed_parallelism, 1);
  const auto report = ask(unsure, {}, progress);
  EXPECT_TRUE(report.partial);
  const auto draws = report.table("draws").rows();
  EXPECT_GE(draws, 9U);
  EXPECT_LT(draws, 24U);
  EXPECT_THAT(said(report), HasSubstr(fmt::format("Stopped after {} of 24 draws", draws)));
}

TEST(SampleScenarios, PlayOnTheChainsTheyAreMadeFor) {
  const auto scenarios = sample_scenarios();
  ASSERT_GE(scenarios.size(), 2U);
  for (const auto& path : scenarios) {
    const auto name = path.stem().string();
    EXPECT_EQ(resolve_scenario(name), path);
    const auto probe = parse_scenario(scenario_chain(), "x.toml", "chain = 'c'\n");
    EXPECT_EQ(probe.chain(), "c");
    const auto chain = open_chain(name == "chip-shortage" ? "nev" : "world-2011");
    const auto file = read_scenario_file(chain, path);
    EXPECT_EQ(file.chain(), chain.info().name) << path;
    EXPECT_EQ(file.scenario().name, name);
    EXPECT_THAT(file.scenario().source, HasSubstr("Illustrative"));
    const auto report = run(shock_analysis(), chain, {{"scenario", name}});
    const auto& shares = report.table("days").reals("of_normal");
    EXPECT_NEAR(shares.front(), 100, 1e-6) << path;
    EXPECT_LT(*std::min_element(shares.begin(), shares.end()), 99.9) << path;
    EXPECT_GE(report.table("causes").rows(), 2U) << path;
    for (const auto& residual : report.provenance.residuals)
      EXPECT_LE(residual.relative, residual.tolerance) << path << residual.balance;
  }
}

TEST(SampleScenarios, ANameThatIsNoneHasNearOnes) {
  try {
    static_cast<void>(resolve_scenario("chip-shortge"));
    FAIL();
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("neither a file nor a scenario that comes with Stave"));
    EXPECT_THAT(error.hint(), HasSubstr("Did you mean 'chip-shortage'?"));
  }
}

}  // namespace
}  // namespace stave
