#include "stave/disruption/disruption.hpp"

#include "stave/core/error.hpp"
#include "stave/core/random.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/small_chain.hpp"

namespace stave::test {
namespace {

using ::testing::HasSubstr;

/// Three regions, four products, every cell different; inputs about half of output.
ChainParts full_parts() {
  auto parts = grid_parts(
      3, 4, [](std::size_t i, std::size_t j) { return 1000 * random_uniform(5, 1, i * 12 + j); });
  for (std::size_t e = 0; e < parts.final_use.size(); ++e)
    parts.final_use.data()[e] = 4000 * random_uniform(5, 2, e);
  return parts;
}

CapacityLoss hit(std::size_t n, std::size_t node, double share, int duration = 30) {
  CapacityLoss loss{.share = std::vector<double>(n), .duration = duration};
  loss.share[node] = share;
  return loss;
}

DisruptionResult run(const Chain& chain, const std::vector<CapacityLoss>& losses,
                     const DisruptionOptions& options = {}) {
  return disruption_reference(chain, losses, options);
}

/// Ten a day of p0 go into 40 of p1; ten and forty are used at the end.
Chain ore_and_steel() {
  auto parts = grid_parts(
      1, 2, [](std::size_t i, std::size_t j) { return i == 0 && j == 1 ? 3650.0 : 0.0; });
  parts.final_use = Matrix::of({{3650}, {14600}});
  return Chain(std::move(parts));
}

/// Normal capacity whatever the scarcity, so that what is left of it is 1 - Delta.
DisruptionOptions no_overproduction(int days) {
  DisruptionOptions options;
  options.days = days;
  options.overproduction_max = 1;
  return options;
}

double capacity_left(const Chain& chain, const DisruptionResult& result, std::size_t day) {
  return result.capacity(day, 0) / (chain.output()[0] / 365);
}

TEST(Disruption, NothingMovesWithoutALoss) {
  const Chain chain(full_parts());
  for (const auto& preset : {DisruptionOptions{}, ario_options()})
    for (const auto orders : {OrderRule::capacity, OrderRule::habit})
      for (const auto compatibility : {Compatibility::none, Compatibility::boario}) {
        auto options = preset;
        options.orders = orders;
        options.compatibility = compatibility;
        const auto result = run(chain, {}, options);
        for (std::size_t t = 0; t < result.output.rows(); ++t)
          for (std::size_t i = 0; i < chain.size(); ++i) {
            const double normal = chain.output()[i] / 365;
            ASSERT_NEAR(result.output(t, i), normal, 1e-12 * normal) << t;
            ASSERT_NEAR(result.capacity(t, i), normal, 1e-12 * normal) << t;
            ASSERT_NEAR(result.unmet(t, i), 0, 1e-12 * normal) << t;
          }
      }
}

TEST(Disruption, DeliversWhatIsMadeEveryDay) {
  const Chain chain(full_parts());
  for (const auto& options : {DisruptionOptions{}, ario_options()}) {
    const auto result = run(chain, {hit(12, 2, 0.7), hit(12, 7, 1)}, options);
    for (std::size_t t = 0; t < result.output.rows(); ++t)
      for (std::size_t i = 0; i < chain.size(); ++i)
        ASSERT_NEAR(result.delivered(t, i), result.output(t, i), 1e-12 * chain.output()[i] / 365)
            << "day " << t << ", node " << i;
  }
}

TEST(Disruption, UnmetFinalUseIsTheSameByProductAndByUser) {
  const Chain chain(full_parts());
  const auto result = run(chain, {hit(12, 2, 0.7)});
  double most = 0;
  for (std::size_t t = 0; t < result.unmet.rows(); ++t) {
    double by_node = 0;
    double by_user = 0;
    for (const double v : result.unmet.row(t)) by_node += v;
    for (const double v : result.unmet_by_column.row(t)) by_user += v;
    ASSERT_NEAR(by_node, by_user, 1e-9);
    most = std::max(most, by_node);
  }
  EXPECT_GT(most, 1);
}

// A power of two changes no digit of any number on the way.
TEST(Disruption, MoneyInAnotherUnitGivesTheSameDays) {
  auto parts = full_parts();
  const Chain chain(parts);
  Matrix flows = parts.flows.dense();
  for (double& v : flows.values()) v *= 1024;
  for (double& v : parts.final_use.values()) v *= 1024;
  parts.flows = FlowMatrix(flows);
  const Chain scaled(parts);
  const auto one = run(chain, {hit(12, 2, 0.7)});
  const auto other = run(scaled, {hit(12, 2, 0.7)});
  for (std::size_t e = 0; e < one.output.size(); ++e)
    ASSERT_EQ(other.output.data()[e], 1024 * one.output.data()[e]);
}

TEST(Disruption, TheOrderOfNodesDoesNotMatter) {
  const auto parts = full_parts();
  auto turned = parts;
  Matrix flows(12, 12);
  for (std::size_t i = 0; i < 12; ++i) {
    turned.nodes[i] = parts.nodes[11 - i];
    for (std::size_t j = 0; j < 12; ++j) flows(i, j) = parts.flows.at(11 - i, 11 - j);
    for (std::size_t c = 0; c < parts.final_use.cols(); ++c)
      turned.final_use(i, c) = parts.final_use(11 - i, c);
  }
  turned.flows = FlowMatrix(flows);
  const Chain chain(parts);
  const auto one = run(chain, {hit(12, 2, 0.7)});
  const auto other = run(Chain(turned), {hit(12, 9, 0.7)});
  for (std::size_t t = 0; t < one.output.rows(); ++t)
    for (std::size_t i = 0; i < 12; ++i)
      ASSERT_NEAR(other.output(t, 11 - i), one.output(t, i), 1e-10 * chain.output()[i] / 365) << t;
}

// By hand: no ore from day 0 on, stock of steel makers 5 x 10 = 50, wanted 50 (psi = 1).
// Day 0: 50 / 50, makes 40, uses 10. Day 1: 40 / 50, makes 32, uses 8. Day 2: 32 / 50, makes 25.6.
TEST(Disruption, AStockRunsDownAsWorkedByHand) {
  auto options = ario_options();
  options.days = 4;
  options.inventory_days = 5;
  auto stop = hit(2, 0, 1);
  stop.start = 0;
  const auto result = run(ore_and_steel(), {stop}, options);
  for (const std::size_t t : {0U, 1U, 2U, 3U}) {
    EXPECT_NEAR(result.output(t, 1), 40 * std::pow(0.8, t), 1e-12);
    EXPECT_NEAR(result.unmet(t, 1), 40 - 40 * std::pow(0.8, t), 1e-12);
    EXPECT_EQ(result.output(t, 0), 0);
    EXPECT_EQ(result.unmet(t, 0), 10);
  }
  ASSERT_TRUE(result.first_bound);
  EXPECT_EQ(result.first_bound->day, 1);
  EXPECT_EQ(result.first_bound->node, NodeId(1));
  EXPECT_EQ(result.first_bound->product, ProductId(0));
}

// With psi = 0.8 a stock of 40 is enough: day 1 makes all, day 2 has 30 of 40.
TEST(Disruption, AnInputBindsOnlyBelowPsiOfTheWantedStock) {
  DisruptionOptions options;
  options.days = 3;
  options.inventory_days = 5;
  auto stop = hit(2, 0, 1);
  stop.start = 0;
  const auto result = run(ore_and_steel(), {stop}, options);
  EXPECT_NEAR(result.output(1, 1), 40, 1e-12);
  EXPECT_NEAR(result.output(2, 1), 30, 1e-12);
  EXPECT_EQ(result.first_bound->day, 2);
}

TEST(Disruption, AnEndlessStockNeverBinds) {
  DisruptionOptions options;
  options.inventory_days_of = {std::numeric_limits<double>::infinity(), 5};
  const auto result = run(ore_and_steel(), {hit(2, 0, 1, 400)}, options);
  for (std::size_t t = 0; t < 365; ++t) ASSERT_NEAR(result.output(t, 1), 40, 1e-12);
  EXPECT_FALSE(result.first_bound);
}

// Half lost on days 2, 3 and 4; then a quarter of it comes back a day.
TEST(Disruption, CapacityComesBackInAStraightLine) {
  const auto chain = ore_and_steel();
  const CapacityLoss loss{.share = {0.5, 0}, .start = 2, .duration = 3, .recovery_days = 4};
  const auto result = run(chain, {loss}, no_overproduction(10));
  const std::array left{1.0, 1.0, 0.5, 0.5, 0.5, 0.625, 0.75, 0.875, 1.0, 1.0};
  for (std::size_t t = 0; t < left.size(); ++t)
    EXPECT_NEAR(capacity_left(chain, result, t), left[t], 1e-12) << t;
}

// The exponential keeps (1 - 1/10)^4 a day; the S-curve is half way after half its time.
TEST(Disruption, CapacityComesBackAlongTheCurves) {
  const auto chain = ore_and_steel();
  CapacityLoss loss{
      .share = {0.5, 0}, .start = 0, .recovery = Recovery::exponential, .recovery_days = 10};
  auto result = run(chain, {loss}, no_overproduction(8));
  EXPECT_NEAR(capacity_left(chain, result, 2), 1 - 0.5 * std::pow(0.9, 8), 1e-12);
  loss.recovery = Recovery::s_curve;
  result = run(chain, {loss}, no_overproduction(8));
  EXPECT_NEAR(capacity_left(chain, result, 5), 1 - 0.5 / 2, 1e-9);
  EXPECT_LT(capacity_left(chain, result, 1), 0.5001);
}

TEST(Disruption, LossesBeyondAllAreClippedAndCounted) {
  const auto chain = ore_and_steel();
  const auto result = run(chain, {hit(2, 0, 0.7, 1), hit(2, 0, 0.7, 1)}, no_overproduction(2));
  EXPECT_EQ(capacity_left(chain, result, 1), 0);
  EXPECT_EQ(result.clipped, 1U);
}

// Value added 7,300 and 10,950, capital four times that: 18,250 lost are a quarter of 73,000.
TEST(Disruption, CapitalLostIsAShareOfAllCapital) {
  const auto chain = ore_and_steel();
  const std::array nodes{NodeId(0), NodeId(1)};
  EXPECT_THAT(share_of_capital(chain, nodes, 18250), ::testing::ElementsAre(0.25, 0.25));
  EXPECT_THAT(share_of_capital(chain, std::array{NodeId(1)}, 1e9), ::testing::ElementsAre(0, 1));
}

// The trajectories of BoARIO do not reach these two quirks: inputs are larger, stocks last longer.
TEST(Disruption, UnderBoarioAStockOfADayIsOneOfTwo) {
  DisruptionOptions options{.days = 20, .inventory_days = 1};
  const auto one = run(ore_and_steel(), {hit(2, 0, 0.5)}, options);
  options.inventory_days = 2;
  const auto two = run(ore_and_steel(), {hit(2, 0, 0.5)}, options);
  EXPECT_FALSE(std::ranges::equal(one.output.values(), two.output.values()));
  options.compatibility = Compatibility::boario;
  const auto boario_two = run(ore_and_steel(), {hit(2, 0, 0.5)}, options);
  options.inventory_days = 1;
  const auto boario_one = run(ore_and_steel(), {hit(2, 0, 0.5)}, options);
  EXPECT_TRUE(std::ranges::equal(boario_one.output.values(), boario_two.output.values()));
}

// As in the stock that runs down, with an input of 1e-8 of output.
TEST(Disruption, UnderBoarioATinyInputNeverBinds) {
  auto parts = ore_and_steel().parts();
  parts.flows = FlowMatrix(Matrix::of({{0, 1.46e-4}, {0, 0}}));
  auto options = ario_options();
  options.days = 4;
  options.inventory_days = 5;
  auto stop = hit(2, 0, 1);
  stop.start = 0;
  EXPECT_NEAR(run(Chain(parts), {stop}, options).output(3, 1), 40 * 0.8 * 0.8 * 0.8, 1e-9);
  options.compatibility = Compatibility::boario;
  EXPECT_NEAR(run(Chain(parts), {stop}, options).output(3, 1), 40, 1e-9);
}

std::string refusal(const Chain& chain, const std::vector<CapacityLoss>& losses,
                    const DisruptionOptions& options = {}) {
  try {
    static_cast<void>(run(chain, losses, options));
  } catch (const Error& e) {
    EXPECT_EQ(e.code(), Errc::bad_input);
    return std::string(e.what()) + " | " + e.hint();
  }
  return "accepted";
}

TEST(Disruption, RefusesWhatCannotBe) {
  const auto chain = ore_and_steel();
  EXPECT_THAT(refusal(chain, {hit(2, 1, 1.2)}), HasSubstr("r0.p1 loses 1.2"));
  EXPECT_THAT(refusal(chain, {hit(3, 1, 0.2)}), HasSubstr("3 shares lost for 2 nodes"));
  EXPECT_THAT(refusal(chain, {hit(2, 1, 0.2, -3)}), HasSubstr("duration of a loss is -3"));
  EXPECT_THAT(refusal(chain, {}, no_overproduction(0)), HasSubstr("days is 0"));
  EXPECT_THAT(refusal(chain, {}, {.psi = 0}), HasSubstr("psi is 0"));
  auto parts = full_parts();
  parts.final_use(4, 0) = -1;
  EXPECT_THAT(refusal(Chain(parts), {}), HasSubstr("r1.p0 sells -1 to final use"));
}

}  // namespace
}  // namespace stave::test
