// Upstreamness, downstreamness, propagation lengths and smile curves: by hand, against the twin,
// and what must hold of any chain.
#include "stave/position/position.hpp"

#include "stave/core/error.hpp"

#include <cmath>
#include <numeric>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <tbb/global_control.h>

#include "position/random_chain.hpp"
#include "position/reference.hpp"

namespace stave {
namespace {

using ::testing::DoubleNear;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::NanSensitiveDoubleNear;
using ::testing::Pointwise;

Position position_of(const Chain& chain, Inventories inventories) {
  CorrectedSystem system(chain, inventories);
  return positions(system);
}

void expect_same(const std::vector<double>& found, const std::vector<double>& wanted,
                 double tolerance) {
  EXPECT_THAT(found, Pointwise(NanSensitiveDoubleNear(tolerance), wanted));
}

// U_2 = 1, U_1 = 1 + 5 / 10; D_1 = 1, D_2 = 1 + 5 / 10. Both sums are 25.
TEST(Position, OfTwoMakersByHand) {
  const auto p = position_of(Chain(test::two_makers()), Inventories::keep);
  EXPECT_THAT(p.upstreamness, ElementsAre(DoubleNear(1.5, 1e-14), DoubleNear(1, 1e-14)));
  EXPECT_THAT(p.downstreamness, ElementsAre(DoubleNear(1, 1e-14), DoubleNear(1.5, 1e-14)));
  EXPECT_THAT(p.final_use_share, ElementsAre(DoubleNear(.5, 1e-14), DoubleNear(1, 1e-14)));
  EXPECT_THAT(p.value_added_share, ElementsAre(DoubleNear(1, 1e-14), DoubleNear(.5, 1e-14)));
  EXPECT_LT(p.imbalance, 1e-14);
}

// 2 of the first's 10 go to inventories: 5 of the other 8 are the second's, as are 5 / 8 of all 10.
// The second then buys 6.25.
TEST(Position, WithoutInventoriesByHand) {
  const Chain chain(test::two_makers());
  CorrectedSystem system(chain, Inventories::remove);
  const auto p = positions(system);
  EXPECT_TRUE(system.correction().made);
  EXPECT_EQ(system.correction().removed, 2);
  EXPECT_THAT(p.upstreamness, ElementsAre(DoubleNear(1.625, 1e-14), DoubleNear(1, 1e-14)));
  EXPECT_THAT(p.downstreamness, ElementsAre(DoubleNear(1, 1e-14), DoubleNear(1.625, 1e-14)));
  EXPECT_THAT(p.final_use_share, ElementsAre(DoubleNear(.375, 1e-14), DoubleNear(1, 1e-14)));
  EXPECT_THAT(p.value_added_share, ElementsAre(DoubleNear(1, 1e-14), DoubleNear(.375, 1e-14)));
}

TEST(Position, AgreesWithTheTwinAndItsSumsAreEqual) {
  for (std::uint64_t seed = 1; seed <= 4; ++seed) {
    const Chain chain(test::random_position_parts(5, 4, seed));
    for (const auto inventories : {Inventories::keep, Inventories::remove}) {
      const auto p = position_of(chain, inventories);
      const auto twin = reference::positions(chain, inventories);
      expect_same(p.upstreamness, twin.upstreamness, 1e-12);
      expect_same(p.downstreamness, twin.downstreamness, 1e-12);
      expect_same(p.final_use_share, twin.final_use_share, 1e-13);
      expect_same(p.value_added_share, twin.value_added_share, 1e-13);
      EXPECT_LT(p.imbalance, 1e-13);
    }
  }
}

TEST(Position, IterationAndFactorsAgree) {
  const Chain chain(test::random_position_parts(8, 9, 7));
  CorrectedSystem lu(chain, Inventories::remove, SolveMethod::lu);
  CorrectedSystem gmres(chain, Inventories::remove, SolveMethod::gmres);
  expect_same(positions(gmres).upstreamness, positions(lu).upstreamness, 1e-10);
  expect_same(positions(gmres).downstreamness, positions(lu).downstreamness, 1e-10);
}

TEST(Position, DoesNotDependOnTheOrderOfNodesOrTheUnitOfMoney) {
  const auto parts = test::random_position_parts(4, 3, 9);
  auto scaled = test::turned(parts, 5, 2);
  auto z = scaled.flows.dense();
  for (auto& v : z.values()) v *= 7.3;
  for (auto& v : scaled.final_use.values()) v *= 7.3;
  scaled.flows = FlowMatrix(std::move(z));
  const Chain chain(parts);
  const Chain other(std::move(scaled));
  const auto a = position_of(chain, Inventories::remove);
  const auto b = position_of(other, Inventories::remove);
  for (std::size_t i = 0; i < chain.size(); ++i) {
    const auto there = other.require_node(chain.nodes()[i].id).at();
    EXPECT_NEAR(a.upstreamness[i], b.upstreamness[there], 1e-12);
    EXPECT_NEAR(a.downstreamness[i], b.downstreamness[there], 1e-12);
  }
}

TEST(Position, HasTheSameBitsForAnyNumberOfThreads) {
  const Chain chain(test::random_position_parts(30, 40, 3));  // 1,200 nodes: iterates
  const auto once = position_of(chain, Inventories::remove);
  tbb::global_control one(tbb::global_control::max_allowed_parallelism, 1);
  const auto again = position_of(chain, Inventories::remove);
  EXPECT_EQ(once.upstreamness, again.upstreamness);
  EXPECT_EQ(once.downstreamness, again.downstreamness);
}

// p1 makes nothing: it stands nowhere.
TEST(Position, OfWhoMakesNothingIsUnknown) {
  auto parts = test::two_makers();
  parts.final_use = Matrix::of({{3, 2}, {0, 0}});
  parts.flows = FlowMatrix(Matrix(2, 2));
  const auto p = position_of(Chain(std::move(parts)), Inventories::remove);
  EXPECT_TRUE(std::isnan(p.upstreamness[1]));
  EXPECT_TRUE(std::isnan(p.value_added_share[1]));
  EXPECT_EQ(p.upstreamness[0], 1);
}

// All 10 of the second go to inventories: nothing is left to say where they would go.
TEST(Position, LeavesWhoOnlyFillsInventoriesAsItIs) {
  auto parts = test::two_makers();
  parts.final_use = Matrix::of({{3, 2}, {0, 10}});
  const Chain chain(std::move(parts));
  CorrectedSystem system(chain, Inventories::remove);
  EXPECT_THAT(system.correction().left_out, ElementsAre(NodeId(1)));
  const auto p = positions(system);
  EXPECT_NEAR(p.upstreamness[1], 1, 1e-14);
  EXPECT_NEAR(p.downstreamness[1], 1.625, 1e-14);
}

// Rounding and sales from stock can leave a maker with less than nothing: it stands nowhere, and
// what it buys ends there.
TEST(Position, OfWhoMakesLessThanNothingIsUnknown) {
  auto parts = test::two_makers();
  parts.final_use = Matrix::of({{3, 2}, {-1, 0}});
  const Chain chain(std::move(parts));
  CorrectedSystem system(chain, Inventories::keep);
  EXPECT_THAT(system.correction().below_zero, ElementsAre(NodeId(1)));
  const auto p = positions(system);
  EXPECT_TRUE(std::isnan(p.upstreamness[1]));
  EXPECT_EQ(p.downstreamness[0], 1);
  EXPECT_EQ(p.upstreamness[0], 1.5);
}

TEST(Position, FindsInventoriesByTheirName) {
  auto parts = test::two_makers();
  EXPECT_THAT(inventory_columns(Chain(parts)), ElementsAre(1));
  parts.final_columns[1].category = "Stock changes";
  EXPECT_THAT(inventory_columns(Chain(parts)), ElementsAre(1));
  parts.final_columns[1].category = "capital";
  EXPECT_THAT(inventory_columns(Chain(parts)), IsEmpty());
  const Chain chain(std::move(parts));
  EXPECT_FALSE(CorrectedSystem(chain, Inventories::remove).correction().made);
}

TEST(Position, UsesTheValueAddedAChainBrings) {
  auto parts = test::two_makers();
  parts.primary_rows = {{"va", "Value added", {}}};
  parts.primary = Matrix::of({{8, 4}});
  const auto p = position_of(Chain(std::move(parts)), Inventories::remove);
  EXPECT_THAT(p.value_added_share, ElementsAre(.8, .4));
}

// Nobody's sales come back: .5 goes in one step, .25 in one step, .5 x .5 in two.
// From the first to the last: (1 x .25 + 2 x .25) / .5 = 1.5.
TEST(Propagation, OfALineWithAShortCutByHand) {
  auto parts = test::grid_parts(1, 3, [](std::size_t i, std::size_t j) {
    if (i == 0 && j == 2) return 2.5;
    return j == i + 1 ? 5.0 : 0.0;
  });
  parts.final_use = Matrix::of({{2.5}, {5}, {10}});
  const Chain chain(std::move(parts));
  CorrectedSystem system(chain, Inventories::keep);
  const auto last = propagation(system, NodeId(2));
  EXPECT_NEAR(last.to[0], 1.5, 1e-13);
  EXPECT_NEAR(last.to[1], 1, 1e-13);
  EXPECT_NEAR(last.strength_to[0], .5, 1e-13);
  EXPECT_TRUE(std::isnan(last.to[2])) << "nothing of it comes back";
  EXPECT_TRUE(std::isnan(last.from[0]));
  EXPECT_NEAR(propagation(system, NodeId(0)).from[2], 1.5, 1e-13);
}

TEST(Propagation, AgreesWithTheTwin) {
  const auto parts = test::random_position_parts(4, 3, 11);
  const Chain chain(parts);
  CorrectedSystem system(chain, Inventories::keep);
  const auto lengths = reference::propagation_lengths(parts.flows.dense(), chain.output());
  for (const int k : {0, 5, 11}) {
    const auto q = propagation(system, NodeId(k));
    for (std::size_t i = 0; i < chain.size(); ++i) {
      EXPECT_NEAR(q.to[i], lengths(i, static_cast<std::size_t>(k)), 1e-10);
      EXPECT_NEAR(q.from[i], lengths(static_cast<std::size_t>(k), i), 1e-10);
    }
  }
}

// A push is as long with the correction, which only changes how much of it there is, as on the
// table that has it written out.
TEST(Propagation, OnTheCorrectedTableIsThatOfItsFlows) {
  const auto parts = test::random_position_parts(3, 3, 12);
  const Chain chain(parts);
  CorrectedSystem system(chain, Inventories::remove);
  auto z = parts.flows.dense();
  for (std::size_t i = 0; i < z.rows(); ++i)
    for (auto& v : z.row(i)) v *= system.correction().factor[i];
  const auto lengths = reference::propagation_lengths(z, chain.output());
  const auto q = propagation(system, NodeId(4));
  for (std::size_t i = 0; i < chain.size(); ++i) {
    EXPECT_NEAR(q.to[i], lengths(i, 4), 1e-10);
    EXPECT_NEAR(q.from[i], lengths(4, i), 1e-10);
  }
}

// 10 of the second's: 5 are the first's, all value added; 5 its own.
TEST(SmileCurve, OfTwoMakersByHand) {
  const Chain chain(test::two_makers());
  CorrectedSystem system(chain, Inventories::keep);
  const auto curve = smile_curve(system, positions(system), {NodeId(1)});
  EXPECT_EQ(curve.final_use, 10);
  EXPECT_THAT(curve.value_added, ElementsAre(DoubleNear(5, 1e-13), DoubleNear(5, 1e-13)));
  EXPECT_LT(curve.imbalance, 1e-14);
  EXPECT_TRUE(std::isnan(curve.c)) << "two points are no parabola";
}

TEST(SmileCurve, AddsUpToFinalUseWithAndWithoutTheCorrection) {
  const Chain chain(test::random_position_parts(5, 4, 13));
  for (const auto inventories : {Inventories::keep, Inventories::remove}) {
    CorrectedSystem system(chain, inventories);
    const auto curve = smile_curve(system, positions(system), {NodeId(3), NodeId(7)});
    EXPECT_LT(curve.imbalance, 1e-12);
    const auto& y = system.correction().final_use;
    EXPECT_NEAR(curve.final_use, y[3] + y[7], 1e-12);
  }
}

// v / x = 2 + 3 d + 4 d^2 at every maker, whatever the weights: that is the parabola.
TEST(SmileCurve, FindsTheParabolaThatMakersLieOn) {
  auto parts = test::random_position_parts(5, 4, 14);
  parts.primary_rows = {{"va", "Value added", {}}};
  parts.primary = Matrix(1, 20);
  const Chain before(parts);
  CorrectedSystem plain(before, Inventories::keep);
  const auto p = positions(plain);
  for (std::size_t i = 0; i < 20; ++i) {
    const double d = p.upstreamness[i] - p.downstreamness[i];
    parts.primary(0, i) = before.output()[i] * (2 + 3 * d + 4 * d * d);
  }
  const Chain chain(std::move(parts));
  CorrectedSystem system(chain, Inventories::keep);
  const auto curve = smile_curve(system, positions(system), {NodeId(0)});
  EXPECT_NEAR(curve.a, 2, 1e-8);
  EXPECT_NEAR(curve.b, 3, 1e-8);
  EXPECT_NEAR(curve.c, 4, 1e-8);
  EXPECT_LT(curve.lowest, curve.highest);
}

TEST(SmileCurve, RefusesAProductWithoutFinalUse) {
  auto parts = test::two_makers();
  parts.final_use = Matrix::of({{0, 0}, {10, 0}});
  const Chain chain(std::move(parts));
  CorrectedSystem system(chain, Inventories::keep);
  try {
    (void)smile_curve(system, positions(system), {NodeId(0)});
    FAIL() << "no error";
  } catch (const Error& e) {
    EXPECT_EQ(e.code(), Errc::bad_input);
    EXPECT_THAT(e.what(), HasSubstr("no final use"));
  }
}

}  // namespace
}  // namespace stave
