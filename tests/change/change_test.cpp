// Structural decomposition: hand calculations, slow twins, identities, what is refused.
#include "stave/change/change.hpp"

#include "stave/core/error.hpp"

#include <cmath>
#include <numeric>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "change/logarithmic.hpp"
#include "change/reference.hpp"
#include "change/two_years.hpp"

namespace stave {
namespace {

using ::testing::HasSubstr;

constexpr auto methods = {ChangeMethod::polar, ChangeMethod::orders, ChangeMethod::lmdi};

Chain year(std::uint64_t seed) { return Chain(test::year_parts(3, 4, seed)); }

double sum_of_row(const Matrix& m, std::size_t row) {
  return std::accumulate(m.row(row).begin(), m.row(row).end(), 0.0);
}

double largest_difference(const Matrix& a, const Matrix& b) {
  EXPECT_EQ(a.rows(), b.rows());
  EXPECT_EQ(a.cols(), b.cols());
  double worst = 0;
  for (std::size_t e = 0; e < a.size(); ++e)
    worst = std::max(worst, std::abs(a.values()[e] - b.values()[e]));
  return worst;
}

/// One maker that buys from itself: everything is a number.
Chain one_maker(double flow, double use, double co2) {
  auto parts = test::grid_parts(1, 1, [&](std::size_t, std::size_t) { return flow; });
  parts.final_use(0, 0) = use;
  parts.stressor_rows = {{"co2", {}, "kt", Quality::measured, {}}};
  parts.stressors = Matrix::of({{co2}});
  return Chain(std::move(parts));
}

// Year 0: x = 10, a = .5, L = 2, y = 5, s = 1. Year 1: x = 16, a = .25, L = 4/3, y = 12, s = .5.
// q = 10 and 8. Order s, L, y: -5, .5 (4/3 - 2) 5 = -5/3, 2/3 x 7 = 14/3. Order y, L, s:
// 2 x 7 = 14, (4/3 - 2) 12 = -8, -.5 x 16 = -8. Means -6.5, -29/6, 28/3; in all -2.
TEST(Change, PolarMeansOfOneMakerByHand) {
  const auto c =
      change(one_maker(5, 5, 10), one_maker(4, 12, 8), {.factors = 3, .stressor = "co2"});
  EXPECT_NEAR(c.total.effect(0, 0), -6.5, 1e-13);
  EXPECT_NEAR(c.total.effect(1, 0), -29. / 6, 1e-13);
  EXPECT_NEAR(c.total.effect(2, 0), 28. / 3, 1e-13);
  EXPECT_NEAR(c.total.lowest(2, 0), 14. / 3, 1e-13);
  EXPECT_NEAR(c.total.highest(2, 0), 14, 1e-13);
  EXPECT_NEAR(c.total.deviation(0, 0), 1.5, 1e-13);
  EXPECT_EQ(c.orders, 2);
}

// The same by logarithms: L(8, 10) = 2 / ln 1.25; ln(1/2), ln(2/3), ln(12/5).
TEST(Change, LogarithmicMeansOfOneMakerByHand) {
  const auto c = change(one_maker(5, 5, 10), one_maker(4, 12, 8),
                        {.method = ChangeMethod::lmdi, .factors = 3, .stressor = "co2"});
  const double mean = 2 / std::log(1.25);
  EXPECT_NEAR(c.total.effect(0, 0), mean * std::log(.5), 1e-13);
  EXPECT_NEAR(c.total.effect(1, 0), mean * std::log(2. / 3), 1e-13);
  EXPECT_NEAR(c.total.effect(2, 0), mean * std::log(2.4), 1e-13);
}

TEST(Change, IsThatOfEveryOrderWalkedThrough) {
  for (const int factors : {3, 4, 5, 6}) {
    const auto c = change(year(1), year(2), {.method = ChangeMethod::orders, .factors = factors});
    const auto slow = reference::change_by_orders(year(1), year(2), factors, true);
    const double size = c.total.after[0];
    EXPECT_LE(largest_difference(c.makers.effect, slow.mean), 1e-12 * size) << factors;
    EXPECT_LE(largest_difference(c.makers.deviation, slow.deviation), 1e-12 * size) << factors;
  }
}

TEST(Change, PolarMeansAreThoseOfTheTwoOppositeOrders) {
  for (const int factors : {3, 4, 5, 6}) {
    const auto c = change(year(1), year(2), {.factors = factors});
    const auto slow = reference::change_by_orders(year(1), year(2), factors, false);
    EXPECT_LE(largest_difference(c.makers.effect, slow.mean), 1e-12 * c.total.after[0]) << factors;
  }
}

TEST(Change, LogarithmicMeansAreThoseOfEveryTerm) {
  for (const int factors : {3, 4, 5}) {
    const auto c = change(year(1), year(2), {.method = ChangeMethod::lmdi, .factors = factors});
    const auto slow = reference::change_by_logarithms(year(1), year(2), factors);
    EXPECT_LE(largest_difference(c.makers.effect, slow), 1e-12 * c.total.after[0]) << factors;
    EXPECT_EQ(c.through_zero, 0);
  }
}

TEST(Change, IsExactInSumEverywhere) {
  for (const auto method : methods)
    for (const int factors : {3, 4, 5, 6}) {
      if (method == ChangeMethod::lmdi && factors == 6) continue;
      const auto c =
          change(year(3), year(4), {.method = method, .factors = factors, .stressor = "jobs"});
      EXPECT_LE(c.imbalance, 1e-13);
      EXPECT_LE(c.disagreement, 1e-12);
      for (std::size_t k = 0; k < c.factors.size(); ++k) {
        for (const auto* list : {&c.makers, &c.regions, &c.products, &c.by_user})
          EXPECT_NEAR(sum_of_row(list->effect, k), c.total.effect(k, 0), 1e-11);
      }
      double total = 0;
      for (std::size_t i = 0; i < c.makers.before.size(); ++i) total += c.makers.before[i];
      EXPECT_NEAR(total, c.total.before[0], 1e-12);
    }
}

TEST(Change, ChangesItsSignWhenTheChainsAreSwapped) {
  for (const auto method : methods) {
    const auto there = change(year(1), year(2), {.method = method, .factors = 5});
    const auto back = change(year(2), year(1), {.method = method, .factors = 5});
    for (std::size_t e = 0; e < there.makers.effect.size(); ++e)
      EXPECT_NEAR(there.makers.effect.values()[e], -back.makers.effect.values()[e], 1e-10);
  }
}

TEST(Change, OfAChainAgainstItselfIsNothing) {
  for (const auto method : methods) {
    const auto c = change(year(5), year(5), {.method = method, .factors = 5});
    for (const auto effect : c.makers.effect.values()) EXPECT_NEAR(effect, 0, 1e-12);
  }
}

// Everything twice as large, coefficients as they were: all of the change is level.
TEST(Change, IsAllLevelWhenTheWholeTableIsDoubled) {
  auto parts = test::year_parts(3, 4, 6);
  const Chain first(parts);
  Matrix z(12, 12);
  parts.flows.for_each([&](std::size_t i, std::size_t j, double v) { z(i, j) = 2 * v; });
  parts.flows = FlowMatrix(std::move(z));
  for (auto& y : parts.final_use.values()) y *= 2;
  const Chain second(parts);
  for (const auto method : methods) {
    const auto c = change(first, second, {.method = method, .factors = 5});
    EXPECT_NEAR(c.total.effect(4, 0), c.total.before[0], 1e-10);
    for (std::size_t k = 0; k < 4; ++k) EXPECT_NEAR(c.total.effect(k, 0), 0, 1e-10);
  }
}

// The second year buys the same products from elsewhere: only sourcing has changed.
TEST(Change, IsAllSourcingWhenOnlyTheOriginChanges) {
  auto parts = test::year_parts(2, 3, 7);
  Matrix z(6, 6);
  const Chain first(parts);
  const auto& x = first.output();
  // A of the second year: rows of the two regions change places, column by column.
  Matrix a(6, 6);
  Matrix left(6, 6);
  for (std::size_t i = 0; i < 6; ++i)
    for (std::size_t j = 0; j < 6; ++j) a((i + 3) % 6, j) = first.flows().at(i, j) / x[j];
  Matrix y(6, 2);
  for (std::size_t i = 0; i < 6; ++i)
    for (std::size_t k = 0; k < 2; ++k) y((i + 3) % 6, k) = parts.final_use(i, k);
  // x' = A' x' + y', by iteration: column sums are far below 1.
  std::vector<double> made(6, 0);
  for (int pass = 0; pass < 500; ++pass) {
    std::vector<double> next(6, 0);
    for (std::size_t i = 0; i < 6; ++i) {
      next[i] = y(i, 0) + y(i, 1);
      for (std::size_t j = 0; j < 6; ++j) next[i] += a(i, j) * made[j];
    }
    made = next;
  }
  for (std::size_t i = 0; i < 6; ++i)
    for (std::size_t j = 0; j < 6; ++j) z(i, j) = a(i, j) * made[j];
  parts.flows = FlowMatrix(std::move(z));
  parts.final_use = y;
  for (std::size_t i = 0; i < 6; ++i)
    parts.stressors(0, i) = first.stressors()(0, i) / x[i] * made[i];
  const auto c = change(first, Chain(parts),
                        {.method = ChangeMethod::orders, .factors = 6, .stressor = "co2"});
  EXPECT_NEAR(c.total.effect(2, 0), c.total.after[0] - c.total.before[0], 1e-9);
  for (const std::size_t k : {0U, 1U, 3U, 4U, 5U}) EXPECT_NEAR(c.total.effect(k, 0), 0, 1e-9);
  EXPECT_GT(std::abs(c.regions.effect(2, 0)), 1e-3);
}

TEST(Change, DoesNotDependOnTheOrderOfTheSecondChain) {
  const auto parts = test::year_parts(3, 4, 2);
  auto turned = parts;
  Matrix z(12, 12);
  for (std::size_t i = 0; i < 12; ++i) {
    const auto at = (5 * i + 3) % 12;
    turned.nodes[i] = parts.nodes[at];
    for (std::size_t j = 0; j < 12; ++j) z(i, j) = parts.flows.at(at, (5 * j + 3) % 12);
    for (std::size_t k = 0; k < 3; ++k) turned.final_use(i, k) = parts.final_use(at, k);
    for (std::size_t s = 0; s < 2; ++s) turned.stressors(s, i) = parts.stressors(s, at);
  }
  turned.flows = FlowMatrix(std::move(z));
  const auto one = change(year(1), Chain(parts), {.factors = 6});
  const auto other = change(year(1), Chain(turned), {.factors = 6});
  EXPECT_LE(largest_difference(one.makers.effect, other.makers.effect), 1e-10);
}

// y of product 1 is 0 before and 3 after: no logarithm, and all of it is the mix.
TEST(Change, GivesWhatAppearsToTheFactorThatWasZero) {
  const std::array<double, most_factors> a = {2, 3, 0, 0, 0};
  const std::array<double, most_factors> b = {4, 1, 5, 0, 0};
  EXPECT_THAT(limit_effects(a, b, 3), testing::ElementsAre(0, 0, 20, 0, 0));
  EXPECT_THAT(limit_effects(b, a, 3), testing::ElementsAre(0, 0, -20, 0, 0));
}

TEST(Change, SharesWhatAppearsAmongTheFactorsThatWereZero) {
  EXPECT_THAT(limit_effects({0, 3, 0, 0, 0}, {4, 1, 5, 0, 0}, 3),
              testing::ElementsAre(10, 0, 10, 0, 0));
  EXPECT_THAT(limit_effects({0, 3, 2, 0, 0}, {4, 0, 5, 0, 0}, 3),
              testing::ElementsAre(0, 0, 0, 0, 0));
  EXPECT_THAT(limit_effects({-1, 3, 2, 0, 0}, {4, 1, 5, 0, 0}, 3),
              testing::ElementsAre(26, 0, 0, 0, 0));
}

TEST(Change, LimitsAreThoseOfSmallNumbers) {
  const double tiny = 1e-200;
  const auto near = [&](double z) {
    const double w0 = 2 * 3 * z;
    const double w1 = 4 * 1 * 5;
    const double mean = (w1 - w0) / std::log(w1 / w0);
    return std::array<double, 3>{mean * std::log(2.), mean * std::log(1. / 3),
                                 mean * std::log(5 / z)};
  }(tiny);
  const auto limit = limit_effects({2, 3, 0, 0, 0}, {4, 1, 5, 0, 0}, 3);
  for (std::size_t f = 0; f < 3; ++f) EXPECT_NEAR(near[f], limit[f], .1);
}

TEST(Change, IsExactWithZerosSignsAndMakersThatComeAndGo) {
  auto first = test::year_parts(3, 4, 1);
  auto second = test::year_parts(3, 4, 2);
  first.final_use(2, 1) = 0;
  first.final_use(3, 0) = -.5;
  second.final_use(5, 2) = 0;
  second.final_use(6, 2) = -1;
  Matrix z(12, 12);  // maker 7 makes nothing at first, 9 nothing later
  first.flows.for_each(
      [&](std::size_t i, std::size_t j, double v) { z(i, j) = i == 7 || j == 7 ? 0 : v; });
  for (std::size_t k = 0; k < 3; ++k) first.final_use(7, k) = 0;
  first.flows = FlowMatrix(std::move(z));
  first.stressors(0, 7) = 0;
  for (const auto method : methods)
    for (const int factors : {3, 4, 5, 6}) {
      if (method == ChangeMethod::lmdi && factors == 6) continue;
      const auto c = change(Chain(first), Chain(second),
                            {.method = method, .factors = factors, .stressor = "co2"});
      EXPECT_LE(c.imbalance, 1e-12) << factors;
      EXPECT_LE(c.disagreement, 1e-11) << factors;
      EXPECT_EQ(c.through_zero > 0, method == ChangeMethod::lmdi);
      for (const auto effect : c.makers.effect.values()) EXPECT_TRUE(std::isfinite(effect));
    }
}

// Maker 7 of the first year sells less than nothing: its purchases become final use, and the rest
// is as exact as ever.
TEST(Change, CountsMakersBelowZeroAsMakingNothing) {
  auto first = test::year_parts(3, 4, 1);
  Matrix z(12, 12);
  first.flows.for_each([&](std::size_t i, std::size_t j, double v) { z(i, j) = i == 7 ? 0 : v; });
  first.flows = FlowMatrix(std::move(z));
  for (std::size_t k = 0; k < 3; ++k) first.final_use(7, k) = k == 0 ? -1 : 0;
  first.stressors(0, 7) = 3;
  for (const auto method : methods) {
    const auto c = change(Chain(first), year(2), {.method = method, .stressor = "co2"});
    EXPECT_EQ(c.below_zero, 1U);
    EXPECT_EQ(c.outside_before, 3);
    EXPECT_LE(c.imbalance, 1e-12);
    EXPECT_LE(c.disagreement, 1e-11);
  }
}

TEST(Change, LeavesOutWhatNobodyMakesAndWhatFinalUseEmits) {
  auto first = test::year_parts(2, 2, 1);
  first.stressors_final = Matrix(2, 2);
  first.stressors_final(0, 1) = 4;
  Matrix z(4, 4);
  first.flows = FlowMatrix(std::move(z));
  for (std::size_t k = 0; k < 2; ++k) first.final_use(3, k) = 0;
  first.stressors(0, 3) = 7;
  const auto c = change(Chain(first), Chain(test::year_parts(2, 2, 2)), {.stressor = "co2"});
  EXPECT_EQ(c.direct_before, 4);
  EXPECT_EQ(c.outside_before, 7);
  EXPECT_EQ(c.outside_after, 0);
  EXPECT_NEAR(c.total.before[0],
              first.stressors(0, 0) + first.stressors(0, 1) + first.stressors(0, 2), 1e-13);
  EXPECT_LE(c.imbalance, 1e-13);
}

TEST(Change, SparseTablesGiveWhatDenseOnesGive) {
  const auto thinned = [](std::uint64_t seed, bool dense) {
    auto parts = test::year_parts(3, 4, seed);
    std::vector<Flow> links;
    Matrix z(12, 12);
    parts.flows.for_each([&](std::size_t i, std::size_t j, double v) {
      if ((7 * i + j) % 5 != 0) return;
      links.push_back({static_cast<std::int32_t>(i), static_cast<std::int32_t>(j), v});
      z(i, j) = v;
    });
    parts.flows = dense ? FlowMatrix(std::move(z)) : FlowMatrix::from_flows(12, std::move(links));
    return Chain(std::move(parts));
  };
  ASSERT_FALSE(thinned(1, false).flows().is_dense());
  const auto sparse = change(thinned(1, false), thinned(2, false), {.factors = 6});
  const auto dense = change(thinned(1, true), thinned(2, true), {.factors = 6});
  EXPECT_LE(largest_difference(sparse.makers.effect, dense.makers.effect), 1e-10);
}

std::string refusal(const ChainParts& first, const ChainParts& second, const ChangeOptions& options,
                    Errc expected) {
  try {
    (void)change(Chain(first), Chain(second), options);
  } catch (const Error& e) {
    EXPECT_EQ(e.code(), expected) << e.what();
    return std::string(e.what()) + " | " + e.hint();
  }
  return "no error";
}

TEST(Change, NamesTheFirstRegionOrProductThatDiffers) {
  const auto first = test::year_parts(2, 2, 1);
  auto said = refusal(first, test::year_parts(2, 3, 2), {}, Errc::bad_input);
  EXPECT_THAT(said, HasSubstr("do not have the same products: only year-2 has p2"));
  EXPECT_THAT(said, HasSubstr("stave aggregate CHAIN --products"));
  said = refusal(test::year_parts(4, 2, 1), test::year_parts(2, 2, 2), {}, Errc::bad_input);
  EXPECT_THAT(said, HasSubstr("do not have the same regions: only year-1 has r2, r3"));
  auto renamed = test::year_parts(2, 2, 2);
  renamed.nodes[3].id = "r1.px";
  EXPECT_THAT(refusal(first, renamed, {}, Errc::bad_input),
              HasSubstr("maker 'r1.p1' of year-1 is not in year-2"));
}

TEST(Change, RefusesOtherUnitsAndUnknownStressors) {
  const auto first = test::year_parts(2, 2, 1);
  auto second = test::year_parts(2, 2, 2);
  second.info.unit = "billion USD";
  EXPECT_THAT(refusal(first, second, {}, Errc::bad_input),
              HasSubstr("the unit of their flows: 'million USD' and 'billion USD'"));
  second = test::year_parts(2, 2, 2);
  second.info.currency = "EUR";
  EXPECT_THAT(refusal(first, second, {}, Errc::bad_input), HasSubstr("'USD' and 'EUR'"));
  second = test::year_parts(2, 2, 2);
  second.stressor_rows[0].name = "CO2";
  EXPECT_THAT(refusal(first, second, {.stressor = "co2"}, Errc::not_found),
              HasSubstr("stressor 'co2' is not in the second chain, year-2 | Did you mean 'CO2'"));
  second = test::year_parts(2, 2, 2);
  second.stressor_rows[0].unit = "Mt";
  EXPECT_THAT(refusal(first, second, {.stressor = "co2"}, Errc::bad_input),
              HasSubstr("the unit of co2: 'kt' and 'Mt'"));
}

TEST(Change, RefusesFactorsThatDoNotExist) {
  const auto first = test::year_parts(2, 2, 1);
  EXPECT_THAT(refusal(first, first, {.factors = 7}, Errc::bad_input), HasSubstr("not 3 to 6"));
  EXPECT_THAT(refusal(first, first, {.method = ChangeMethod::lmdi, .factors = 6}, Errc::bad_input),
              HasSubstr("technology and sourcing cannot be told apart"));
  auto none = first;
  none.final_columns.clear();
  none.final_use = Matrix();
  EXPECT_THAT(refusal(first, none, {}, Errc::missing_part), HasSubstr("needs final use"));
  auto balanced = first;
  for (std::size_t i = 0; i < 4; ++i) balanced.final_use(i, 1) = i % 2 == 0 ? 1 : -1;
  EXPECT_THAT(refusal(first, balanced, {.factors = 5}, Errc::bad_input),
              HasSubstr("final use of 'r1' sums to zero"));
  EXPECT_EQ(refusal(first, balanced, {.factors = 4}, Errc::bad_input), "no error");
}

}  // namespace
}  // namespace stave
