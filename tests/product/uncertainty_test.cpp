// Draws against closed forms: mean, variance, first-order shares; the same bits on any threads.
#include "stave/product/uncertainty.hpp"

#include "stave/core/error.hpp"

#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <tbb/global_control.h>

#include "product/six_processes.hpp"

namespace stave {
namespace {

using Shape = Distribution::Shape;

Amount uncertain(Inventory& made, const std::string& name, Distribution distribution) {
  made.uncertain.push_back({.name = name, .distribution = distribution});
  return {middle(distribution), static_cast<std::int32_t>(made.uncertain.size()) - 1};
}

DrawnFootprints drawn(const Inventory& made, const DrawOptions& options,
                      SparseMethod method = SparseMethod::direct) {
  const FootprintSystem system(link(made), {.method = method});
  return draw_footprints(system, system.footprint(six::demand(made, system.system())), options);
}

// h = 1 + x steel + 3 power with x uniform over 1 to 3: mean at 2, variance steel^2 2^2 / 12.
TEST(Draws, OfALinearNumberHaveItsMeanAndVariance) {
  auto made = six::inventory();
  made.activities[0].inputs[0].amount = uncertain(made, "steel", {Shape::uniform, {1, 3}});
  for (const auto method : {SparseMethod::direct, SparseMethod::iterative}) {
    const auto result = drawn(made, {.plan = {Sampling::latin_hypercube, 1000, 5}}, method);
    EXPECT_NEAR(result.mean, six::car, 1e-3 * six::car);
    EXPECT_NEAR(result.deviation, six::steel * 2 / std::sqrt(12.0), 0.01 * six::steel);
    EXPECT_LT(result.residual, 1e-8);
  }
}

// A lognormal of median m and geometric deviation g has mean m exp(ln(g)^2 / 2) and variance
// mean^2 (exp(ln(g)^2) - 1). The car's own emission enters as it is.
TEST(Draws, OfALognormalEmissionHaveItsMeanAndVariance) {
  auto made = six::inventory();
  made.activities[0].emissions[0].amount = uncertain(made, "own", {Shape::lognormal, {4, 1.5}});
  const double s = std::log(1.5);
  const double mean = 4 * std::exp(s * s / 2);
  const auto result = drawn(made, {.plan = {Sampling::latin_hypercube, 4000, 5}});
  EXPECT_NEAR(result.mean, six::car - 1 + mean, 0.005 * mean);
  EXPECT_NEAR(result.deviation, mean * std::sqrt(std::expm1(s * s)), 0.03 * mean);
  EXPECT_NEAR(result.effects[0].deviation, mean * std::sqrt(std::expm1(s * s)), 1e-12);
}

// A process that takes x of its own product, x uniform over 0 to 1/2: h = 1 / (1 - x) has mean
// 2 ln 2 and mean square 2.
TEST(Draws, OfALoopHaveTheMeanAndVarianceOfItsInverse) {
  Inventory made;
  made.factor_set = "AR6";
  made.activities = {six::activity("car", 1, {{"car", 0}})};
  made.activities[0].inputs[0].amount = uncertain(made, "own use", {Shape::uniform, {0, 0.5}});
  const auto result = drawn(made, {.plan = {Sampling::latin_hypercube, 4000, 2}});
  const double mean = 2 * std::log(2.0);
  EXPECT_NEAR(result.mean, mean, 1e-3);
  EXPECT_NEAR(result.deviation * result.deviation, 2 - mean * mean, 2e-3);
}

// Two independent numbers that add up: each has its own variance, and they share all of it.
TEST(Draws, ShareTheVarianceAsTheNumbersDo) {
  auto made = six::inventory();
  made.activities[0].emissions[0].amount = uncertain(made, "own", {Shape::normal, {1, 3}});
  made.activities[0].inputs[1].amount = uncertain(made, "power", {Shape::normal, {3, 1}});
  made.uncertain[0].least = -1e9;
  const auto result = drawn(made, {.plan = {Sampling::random, 4000, 3}, .examined = 2});
  const double all = 9 + six::power * six::power;
  ASSERT_EQ(result.effects.size(), 2U);
  EXPECT_EQ(result.effects[0].number, 0U);
  EXPECT_NEAR(result.effects[0].variance, 9, 1e-9);
  EXPECT_NEAR(result.effects[1].variance, six::power * six::power, 1e-9);
  EXPECT_NEAR(result.effects[0].first_order, 9 / all, 0.05);
  EXPECT_NEAR(result.effects[1].first_order, six::power * six::power / all, 0.05);
  EXPECT_EQ(result.solves, 3 * 4000U);
}

// Every kind of number at once: the derivative against a difference.
TEST(NumberEffects, AreTheSlopesOfTheFootprint) {
  auto made = six::inventory();
  made.activities[1].inputs[0].amount = uncertain(made, "coal", {Shape::normal, {0.5, 0.1}});
  made.activities[3].emissions[0].amount = uncertain(made, "own", {Shape::normal, {0.5, 0.1}});
  made.activities[2].outputs[0].amount = uncertain(made, "coal out", {Shape::normal, {1, 0.1}});
  made.factors = {{.flow = "co2",
                   .amount = uncertain(made, "factor", {Shape::normal, {1, 0.1}}),
                   .source = "test"}};
  const FootprintSystem system(link(made));
  const auto demand = six::demand(made, system.system());
  const auto effects = number_effects(system, system.footprint(demand));
  for (const auto& effect : effects) {
    auto moved = made;
    constexpr double step = 1e-6;
    auto& d = moved.uncertain[effect.number].distribution;
    d.values[0] += step;
    for (auto& a : moved.activities) {
      for (auto& i : a.inputs)
        if (i.amount.number == static_cast<int>(effect.number)) i.amount.value += step;
      for (auto& e : a.emissions)
        if (e.amount.number == static_cast<int>(effect.number)) e.amount.value += step;
      for (auto& o : a.outputs)
        if (o.amount.number == static_cast<int>(effect.number)) o.amount.value += step;
    }
    for (auto& f : moved.factors)
      if (f.amount.number == static_cast<int>(effect.number)) f.amount.value += step;
    const FootprintSystem other(link(moved));
    EXPECT_NEAR((other.footprint(demand).score - system.footprint(demand).score) / step,
                effect.derivative, 1e-4 * (1 + std::abs(effect.derivative)))
        << made.uncertain[effect.number].name;
  }
}

TEST(Draws, AreTheSameBitsOnAnyThreads) {
  auto made = six::inventory();
  made.activities[0].inputs[0].amount = uncertain(made, "steel", {Shape::uniform, {1, 3}});
  made.activities[1].inputs[0].amount = uncertain(made, "coal", {Shape::uniform, {0.4, 0.6}});
  const DrawOptions options{.plan = {Sampling::random, 200, 9}, .examined = 2};
  const auto several = drawn(made, options);
  const tbb::global_control one(tbb::global_control::max_allowed_parallelism, 1);
  const auto alone = drawn(made, options);
  EXPECT_EQ(several.scores, alone.scores);
  EXPECT_EQ(several.effects[0].first_order, alone.effects[0].first_order);
}

TEST(Draws, PutANumberOnItsLimit) {
  auto made = six::inventory();
  made.activities[0].inputs[0].amount = uncertain(made, "steel", {Shape::normal, {0.1, 1}});
  made.uncertain[0].least = 0;
  const auto result = drawn(made, {.plan = {Sampling::random, 100, 1}, .examined = 0});
  EXPECT_GT(result.limited, 20U);
  for (const double score : result.scores) EXPECT_GT(score, 1 + 3 * six::power - 1e-9);
}

TEST(Draws, RefuseMoreNumbersThanSobolHas) {
  auto made = six::inventory();
  for (int k = 0; k < 30; ++k)
    made.activities[0].emissions.push_back(
        {"co2", "air", uncertain(made, "x", {Shape::uniform, {0, 1}}), "kg"});
  EXPECT_THROW(static_cast<void>(drawn(made, {.plan = {Sampling::sobol, 8, 1}})), Error);
  EXPECT_EQ(drawn(made, {.plan = {Sampling::sobol, 8, 1}, .examined = 0}).scores.size(), 8U);
}

}  // namespace
}  // namespace stave
