// The largest eigenvalue of A, bracketed.
#include "stave/linalg/leontief.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "linalg/components.hpp"
#include "linalg/tables.hpp"

namespace stave {
namespace {

using testing::ElementsAre;

SpectralRadius radius_of(const std::vector<std::vector<double>>& a, int max_passes = 10'000) {
  const FlowMatrix flows(Matrix::of(a));
  return spectral_radius(flows, std::vector<double>(a.size(), 1), 1e-9, max_passes);
}

// Miller and Blair 2.3: A = [.15 .25; .2 .05], radius .1 + sqrt(.05^2 + .05) = .32913 by the
// quadratic formula.
TEST(SpectralRadius, OfTheTwoSectorTableIsTheRootOfItsQuadratic) {
  const auto table = test::miller_blair();
  const auto r = spectral_radius(table.flows, table.output);
  const double root = 0.1 + std::sqrt(0.0025 + 0.05);
  EXPECT_TRUE(r.converged);
  EXPECT_NEAR(r.value, root, 1e-9);
  EXPECT_LE(r.lower, root + 1e-15);
  EXPECT_GE(r.upper, root - 1e-15);
}

// Power iteration without a shift swings for ever here. The ring's radius is (1 x .5 x .25)^(1/3).
TEST(SpectralRadius, OfAPureCycle) {
  const auto r = radius_of({{0, 1, 0}, {0, 0, .5}, {.25, 0, 0}});
  EXPECT_TRUE(r.converged);
  EXPECT_NEAR(r.value, std::cbrt(0.125), 1e-9);
}

// Nobody's inputs come back to them: all eigenvalues are 0, though inputs are 3 times output.
TEST(SpectralRadius, OfAnOpenChainIsZero) {
  const auto r = radius_of({{0, 3, 1}, {0, 0, 3}, {0, 0, 0}});
  EXPECT_TRUE(r.converged);
  EXPECT_EQ(r.value, 0);
  EXPECT_EQ(r.upper, 0);
}

// Block triangular: the radius is the larger of the two diagonal blocks', .3 and .9, whatever
// the coupling.
TEST(SpectralRadius, OfAReducibleTableIsThatOfItsWorstComponent) {
  const auto r = radius_of({{.1, .2, 7, 0}, {.2, .1, 0, 7}, {0, 0, .4, .5}, {0, 0, .5, .4}});
  EXPECT_TRUE(r.converged);
  EXPECT_NEAR(r.value, 0.9, 1e-9);
}

TEST(SpectralRadius, GivesBoundsThatHoldWhenItHasNotConverged) {
  const auto table = test::random_table(50, 3);
  const auto exact = spectral_radius(table.flows, table.output);
  const auto rough = spectral_radius(table.flows, table.output, 1e-9, 2);
  ASSERT_TRUE(exact.converged);
  EXPECT_FALSE(rough.converged);
  EXPECT_LE(rough.lower, exact.value);
  EXPECT_GE(rough.upper, exact.value);
}

TEST(SpectralRadius, IsTheSameForSparseFlows) {
  const auto table = test::random_table(200, 4, 0.03);
  const auto dense = spectral_radius(test::dense_copy(table.flows), table.output);
  const auto sparse = spectral_radius(test::sparse_copy(table.flows), table.output);
  EXPECT_NEAR(dense.value, sparse.value, 1e-9);
}

// A = [-.5 0; 0 .2]: the modulus counts. Only the bounds 0 and the largest column sum are proven.
TEST(SpectralRadius, OfATableWithFlowsBelowZeroIsItsGrowth) {
  const auto r = radius_of({{-.5, 0}, {0, .2}});
  EXPECT_TRUE(r.converged);
  EXPECT_NEAR(r.value, 0.5, 1e-9);
  EXPECT_EQ(r.lower, 0);
  EXPECT_EQ(r.upper, 0.5);
}

TEST(SpectralRadius, OfNothingIsZero) {
  EXPECT_EQ(spectral_radius(FlowMatrix(), {}).value, 0);
  EXPECT_EQ(radius_of({{0}}).value, 0);
}

// 0 and 2 sell to each other, 3 to itself; 1 only buys; 4 makes nothing, so it uses nothing.
TEST(Components, AreTheGroupsThatNeedOneAnother) {
  Matrix z(5, 5);
  z(0, 2) = z(2, 0) = z(0, 1) = z(3, 3) = z(3, 4) = z(4, 3) = z(2, 3) = 1;
  const std::vector<double> output{1, 1, 1, 1, 0};
  const FlowMatrix dense(std::move(z));
  for (const auto& flows : {dense, test::sparse_copy(dense)}) {
    auto found = cyclic_components(flows, output);
    std::ranges::sort(found);
    EXPECT_THAT(found, ElementsAre(ElementsAre(0, 2), ElementsAre(3)));
  }
}

// A ring of a million nodes: the search must not recurse.
TEST(Components, OfALongRing) {
  constexpr std::int32_t n = 1'000'000;
  std::vector<Flow> ring;
  for (std::int32_t i = 0; i < n; ++i) ring.push_back({i, (i + 1) % n, 1});
  const auto found =
      cyclic_components(FlowMatrix::from_flows(n, std::move(ring)), std::vector<double>(n, 1));
  ASSERT_EQ(found.size(), 1);
  EXPECT_EQ(found[0].size(), n);
}

}  // namespace
}  // namespace stave
