// Linkages, influence and extraction: by hand, against re-solving, and what must hold of any chain.
#include "stave/position/structure.hpp"

#include "stave/core/error.hpp"

#include <numeric>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <tbb/global_control.h>

#include "position/random_chain.hpp"
#include "position/reference.hpp"
#include "position/system.hpp"

namespace stave {
namespace {

using ::testing::DoubleNear;
using ::testing::ElementsAre;

Extraction extract(const Chain& chain, const std::vector<Part>& parts,
                   const ExtractionOptions& options = {},
                   SolveMethod method = SolveMethod::automatic) {
  auto system = blocked_system(chain, chain.output(), method);
  return extraction(chain, system, parts, options);
}

void expect_same(const PartLoss& found, const PartLoss& wanted, double tolerance) {
  EXPECT_NEAR(found.total, wanted.total, tolerance);
  EXPECT_NEAR(found.others, wanted.others, tolerance);
  EXPECT_NEAR(found.backward, wanted.backward, tolerance);
  EXPECT_NEAR(found.forward, wanted.forward, tolerance);
  EXPECT_NEAR(found.supply, wanted.supply, tolerance);
  EXPECT_NEAR(found.isolated, wanted.isolated, tolerance);
}

// L = [1 .5; 0 1], G = [1 .5; 0 1].
TEST(Linkages, OfTwoMakersByHand) {
  const Chain chain(test::two_makers());
  auto system = blocked_system(chain, chain.output());
  const auto l = linkages(chain, system);
  EXPECT_THAT(l.direct_backward, ElementsAre(0, .5));
  EXPECT_THAT(l.direct_forward, ElementsAre(.5, 0));
  EXPECT_THAT(l.backward, ElementsAre(DoubleNear(1, 1e-14), DoubleNear(1.5, 1e-14)));
  EXPECT_THAT(l.forward, ElementsAre(DoubleNear(1.5, 1e-14), DoubleNear(1, 1e-14)));
  EXPECT_THAT(l.sensitivity, ElementsAre(DoubleNear(1.5, 1e-14), DoubleNear(1, 1e-14)));
  EXPECT_NEAR(l.total, 2.5, 1e-14);
  EXPECT_THAT(normalised(l.backward), ElementsAre(DoubleNear(.8, 1e-14), DoubleNear(1.2, 1e-14)));
}

// The sum of L grows by what the field of influence says, to first order in the change of one a_ij.
TEST(Influence, IsTheGrowthOfTheSumOfTheInverse) {
  const auto parts = test::random_position_parts(2, 3, 5);
  const Chain chain(parts);
  auto system = blocked_system(chain, chain.output());
  const auto l = linkages(chain, system);
  constexpr double step = 1e-6;
  for (const auto& [i, j] : {std::pair{0, 1}, {4, 2}, {3, 3}}) {
    auto z = parts.flows.dense();
    z(static_cast<std::size_t>(i), static_cast<std::size_t>(j)) +=
        step * chain.output()[static_cast<std::size_t>(j)];
    const auto inverse = reference::leontief(z, chain.output());
    const auto values = inverse.values();
    const double sum = std::accumulate(values.begin(), values.end(), 0.0);
    EXPECT_NEAR((sum - l.total) / step, influence(l, NodeId(i), NodeId(j)), 1e-4);
  }
}

// Without the second, the first sells 5 less and the second its 10: 15, of which others 5. When the
// second buys nothing, 5; when the first sells to no maker, 5 by Leontief and 5 by Ghosh.
TEST(Extraction, OfTwoMakersByHand) {
  const Chain chain(test::two_makers());
  const auto e = extract(chain, {});
  ASSERT_EQ(e.nodes.size(), 2U);
  EXPECT_EQ(e.whole, 20);
  expect_same(e.nodes[0], {10, 0, 0, 5, 5, 5}, 1e-13);
  expect_same(e.nodes[1], {15, 5, 5, 0, 0, 5}, 1e-13);
}

TEST(Extraction, AgreesWithSolvingAgain) {
  for (std::uint64_t seed = 1; seed <= 3; ++seed) {
    const Chain chain(test::random_position_parts(4, 3, seed));
    const std::vector<Part> parts{{"region", chain.nodes_in(RegionId(1))},
                                  {"product", {NodeId(2), NodeId(5), NodeId(8), NodeId(11)}},
                                  {"two", {NodeId(7), NodeId(0)}}};
    std::vector<double> weight;
    for (std::size_t i = 0; i < chain.size(); ++i)
      weight.push_back(chain.stressors()(0, i) / chain.output()[i]);
    for (const auto& w : {std::vector<double>(), weight}) {
      const auto e = extract(chain, parts, {w, true});
      const double scale = 1e-11 * e.whole;
      for (std::size_t i = 0; i < chain.size(); ++i)
        expect_same(e.nodes[i], reference::extraction(chain, {NodeId(i)}, w), scale);
      for (std::size_t p = 0; p < parts.size(); ++p)
        expect_same(e.parts[p], reference::extraction(chain, parts[p].nodes, w), scale);
      EXPECT_LT(e.imbalance, 1e-13);
    }
  }
}

TEST(Extraction, OfEverythingIsEverything) {
  const Chain chain(test::random_position_parts(3, 3, 4));
  const auto e = extract(chain, {{"all", test::every_node(chain)}}, {{}, false});
  EXPECT_NEAR(e.parts[0].total, e.whole, 1e-11 * e.whole);
  EXPECT_NEAR(e.parts[0].others, 0, 1e-11 * e.whole);
  EXPECT_NEAR(e.parts[0].isolated, 0, 1e-11 * e.whole) << "it has nobody else to trade with";
}

// A maker that sells and buys nothing but its own final use is missed by nobody.
TEST(Extraction, OfWhoTradesWithNobodyIsItsOwnOutput) {
  auto parts = test::grid_parts(
      1, 3, [](std::size_t i, std::size_t j) { return i == 0 && j == 1 ? 1.0 : 0.0; });
  const auto e = extract(Chain(std::move(parts)), {});
  expect_same(e.nodes[2], {1, 0, 0, 0, 0, 0}, 1e-15);
}

TEST(Extraction, OfWhoMakesNothingIsNothing) {
  auto parts = test::two_makers();
  parts.final_use = Matrix::of({{3, 2}, {0, 0}});
  parts.flows = FlowMatrix(Matrix(2, 2));
  expect_same(extract(Chain(std::move(parts)), {}).nodes[1], {}, 1e-15);
}

TEST(Extraction, OfSomePartsNeedsNoInverseAndIsTheSame) {
  const Chain chain(test::random_position_parts(6, 5, 6));
  const std::vector<Part> parts{{"region", chain.nodes_in(RegionId(2))}};
  const auto some = extract(chain, parts, {{}, false}, SolveMethod::gmres);
  const auto all = extract(chain, parts);
  EXPECT_TRUE(some.nodes.empty());
  expect_same(some.parts[0], all.parts[0], 1e-9 * all.whole);
}

TEST(Extraction, DoesNotDependOnTheOrderOfNodes) {
  const auto parts = test::random_position_parts(4, 3, 8);
  const Chain chain(parts);
  const Chain other(test::turned(parts, 7, 3));
  const auto a = extract(chain, {});
  const auto b = extract(other, {});
  for (std::size_t i = 0; i < chain.size(); ++i)
    expect_same(a.nodes[i], b.nodes[other.require_node(chain.nodes()[i].id).at()], 1e-12 * a.whole);
}

TEST(Extraction, HasTheSameBitsForAnyNumberOfThreads) {
  const Chain chain(test::random_position_parts(6, 50, 9));
  const auto once = extract(chain, {{"region", chain.nodes_in(RegionId(1))}});
  tbb::global_control one(tbb::global_control::max_allowed_parallelism, 1);
  const auto again = extract(chain, {{"region", chain.nodes_in(RegionId(1))}});
  for (std::size_t i = 0; i < chain.size(); ++i) {
    EXPECT_EQ(once.nodes[i].total, again.nodes[i].total);
    EXPECT_EQ(once.nodes[i].isolated, again.nodes[i].isolated);
  }
  EXPECT_EQ(once.parts[0].supply, again.parts[0].supply);
}

TEST(Extraction, SparseAndDenseFlowsGiveTheSame) {
  const auto sparse = test::sparse_copy(test::random_position_parts(10, 6, 3), 11);
  ASSERT_FALSE(sparse.flows.is_dense());
  const Chain a(sparse);
  const Chain b(test::dense_copy_of(sparse));
  const std::vector<Part> parts{{"region", a.nodes_in(RegionId(4))}};
  const auto left = extract(a, parts);
  const auto right = extract(b, parts);
  for (std::size_t i = 0; i < a.size(); ++i)
    expect_same(left.nodes[i], right.nodes[i], 1e-11 * left.whole);
  expect_same(left.parts[0], right.parts[0], 1e-11 * left.whole);
}

TEST(Extraction, RefusesAnEmptyPartAndWeightsThatDoNotFit) {
  const Chain chain(test::two_makers());
  EXPECT_THROW((void)extract(chain, {{"nobody", {}}}), Error);
  EXPECT_THROW((void)extract(chain, {}, {{1, 2, 3}, true}), Error);
}

}  // namespace
}  // namespace stave
