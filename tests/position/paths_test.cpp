// Structural paths: by hand, against plain enumeration, and what must hold of any chain.
#include "stave/position/paths.hpp"

#include "stave/core/error.hpp"

#include <cmath>
#include <map>
#include <numeric>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <tbb/global_control.h>

#include "position/random_chain.hpp"
#include "position/reference.hpp"
#include "position/system.hpp"

namespace stave {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

PathQuestion question(const Chain& chain, RegionId region) {
  PathQuestion q{std::vector<double>(chain.size()), std::vector<double>(chain.size())};
  for (std::size_t i = 0; i < chain.size(); ++i) {
    q.intensity[i] = chain.stressors()(0, i) / chain.output()[i];
    for (std::size_t k = 0; k < chain.final_columns().size(); ++k)
      if (chain.final_columns()[k].region == region) q.use[i] += chain.final_use()(i, k);
  }
  return q;
}

Paths above(const Chain& chain, const PathQuestion& q, const PathOptions& options = {}) {
  auto system = blocked_system(chain, chain.output());
  return paths_above(chain, system, q, options);
}

Paths largest(const Chain& chain, const PathQuestion& q, std::size_t count,
              const PathOptions& options = {}) {
  auto system = blocked_system(chain, chain.output());
  return largest_paths(chain, system, q, count, options);
}

std::map<std::vector<std::int32_t>, double> by_nodes(const Paths& p) {
  std::map<std::vector<std::int32_t>, double> paths;
  for (std::size_t k = 0; k < p.size(); ++k) {
    const auto nodes = p.path(k);
    paths[{nodes.begin(), nodes.end()}] = p.value[k];
  }
  return paths;
}

void expect_same(const Paths& found, const Paths& wanted, double tolerance) {
  const auto a = by_nodes(found);
  const auto b = by_nodes(wanted);
  EXPECT_EQ(a.size(), found.size()) << "no path twice";
  ASSERT_EQ(a.size(), b.size());
  for (auto left = a.begin(), right = b.begin(); left != a.end(); ++left, ++right) {
    EXPECT_EQ(left->first, right->first);
    EXPECT_NEAR(left->second, right->second, tolerance);
  }
}

// 10 kt for an output of 10: 1 a unit. 3 and 2 are sold to final use themselves, 5 in the second's.
TEST(Paths, OfTwoMakersByHand) {
  const Chain chain(test::two_makers());
  const auto p = above(chain, {{1, 0}, {5, 10}}, {.threshold = .1});
  ASSERT_EQ(p.size(), 2U);
  EXPECT_THAT(p.value, ElementsAre(5, 5));
  EXPECT_THAT(p.path(0), ElementsAre(0));
  EXPECT_THAT(p.path(1), ElementsAre(0, 1));
  EXPECT_NEAR(p.footprint, 10, 1e-13);
  EXPECT_NEAR(p.remainder, 0, 1e-13);
}

TEST(Paths, AreThoseOfPlainEnumeration) {
  for (std::uint64_t seed = 1; seed <= 3; ++seed) {
    const Chain chain(test::random_position_parts(2, 3, seed));
    const auto q = question(chain, RegionId(1));
    for (const double threshold : {1e-2, 1e-3, 1e-4}) {
      const auto p = above(chain, q, {.threshold = threshold});
      const auto twin = reference::paths_above(chain, q, threshold, 7);
      EXPECT_GT(p.size(), 5U);
      expect_same(p, twin, 1e-12 * p.footprint);
      EXPECT_NEAR(p.footprint, twin.footprint, 1e-12 * p.footprint);
      EXPECT_NEAR(p.remainder, twin.remainder, 1e-12 * p.footprint);
      EXPECT_LT(p.imbalance, 1e-12);
    }
  }
}

// Emissions that are taken up, and inventories that shrink: bounds are by size, sums by sign.
TEST(Paths, WithNegativeIntensityAndUseAreThoseOfPlainEnumeration) {
  const Chain chain(test::random_position_parts(2, 3, 5));
  auto q = question(chain, RegionId(0));
  q.intensity[1] *= -1;
  q.intensity[4] *= -.5;
  q.use[2] *= -1;
  const auto p = above(chain, q, {.threshold = 1e-3});
  expect_same(p, reference::paths_above(chain, q, 1e-3, 7), 1e-12 * std::abs(p.footprint));
  EXPECT_LT(p.imbalance, 1e-12);
  EXPECT_LT(*std::ranges::min_element(p.value), 0);
}

TEST(Paths, WithNegativeFlowsAreThoseOfPlainEnumeration) {
  auto parts = test::random_position_parts(2, 3, 6);
  auto z = parts.flows.dense();
  z(1, 4) *= -1;
  z(5, 5) *= -1;
  parts.flows = FlowMatrix(std::move(z));
  const Chain chain(std::move(parts));
  const auto q = question(chain, RegionId(0));
  const auto p = above(chain, q, {.threshold = 1e-3});
  expect_same(p, reference::paths_above(chain, q, 1e-3, 7), 1e-12 * p.footprint);
  EXPECT_LT(p.imbalance, 1e-12);
}

TEST(Paths, OfOneMakerGoRoundAndRound) {
  auto parts = test::grid_parts(1, 1, [](std::size_t, std::size_t) { return 5.0; });
  parts.final_use = Matrix::of({{5}});
  const Chain chain(std::move(parts));
  // 5, 2.5, 1.25 ... of 10 in all: the fifth is 3.125 %.
  const auto p = above(chain, {{1}, {5}}, {.threshold = .03});
  EXPECT_THAT(p.value, ElementsAre(5, 2.5, 1.25, .625, .3125));
  EXPECT_THAT(p.path(2), ElementsAre(0, 0, 0));
  EXPECT_NEAR(p.remainder, .3125, 1e-13);
}

TEST(Paths, LargestAreTheFirstOfAllAboveAThreshold) {
  for (std::uint64_t seed = 1; seed <= 3; ++seed) {
    const Chain chain(test::random_position_parts(3, 4, seed));
    const auto q = question(chain, RegionId(1));
    const auto all = above(chain, q, {.threshold = 1e-5});
    for (const std::size_t count : {1U, 7U, 60U}) {
      const auto top = largest(chain, q, count);
      ASSERT_EQ(top.size(), count);
      for (std::size_t k = 0; k < count; ++k) {
        EXPECT_EQ(top.value[k], all.value[k]);
        EXPECT_TRUE(std::ranges::equal(top.path(k), all.path(k)));
      }
      EXPECT_DOUBLE_EQ(top.found + top.remainder, top.footprint);
      EXPECT_DOUBLE_EQ(top.threshold, top.value.back() / top.footprint);
    }
  }
}

// A hundred small equals: the guess of the least is far too high and is lowered.
TEST(Paths, LargestAreFoundWhereAllAreSmall) {
  auto parts = test::grid_parts(1, 400, [](std::size_t, std::size_t) { return 0.0; });
  for (std::size_t i = 0; i < 400; ++i) parts.final_use(i, 0) = 1 + 1e-3 * static_cast<double>(i);
  const Chain chain(std::move(parts));
  const auto top = largest(chain, {std::vector<double>(400, 1), chain.output()}, 3);
  ASSERT_EQ(top.size(), 3U);
  EXPECT_THAT(top.path(0), ElementsAre(399));
  EXPECT_THAT(top.path(2), ElementsAre(397));
}

TEST(Paths, FewerThanAskedForAreAllThereAre) {
  const Chain chain(test::two_makers());
  const auto top = largest(chain, {{1, 0}, {5, 10}}, 10);
  EXPECT_EQ(top.size(), 2U);
  EXPECT_NEAR(top.remainder, 0, 1e-13);
}

TEST(Paths, EndAtTheDepthAndSayWhatLiesBeyond) {
  const Chain chain(test::random_position_parts(2, 3, 4));
  const auto q = question(chain, RegionId(0));
  const auto p = above(chain, q, {.threshold = 1e-3, .depth = 2});
  expect_same(p, reference::paths_above(chain, q, 1e-3, 2), 1e-12 * p.footprint);
  EXPECT_GT(p.beyond_depth, 0);
  EXPECT_LT(p.beyond_depth, p.remainder);
  EXPECT_LT(p.imbalance, 1e-12);
  EXPECT_EQ(above(chain, q, {.threshold = 1e-3}).beyond_depth, 0);
}

TEST(Paths, DoNotDependOnTheOrderOfNodes) {
  const auto parts = test::random_position_parts(3, 4, 7);
  const Chain a(parts);
  const Chain b(test::turned(parts, 5, 2));
  const auto left = above(a, question(a, RegionId(1)), {.threshold = 1e-3});
  const auto right = above(b, question(b, RegionId(1)), {.threshold = 1e-3});
  const auto named = [](const Chain& chain, const Paths& p) {
    std::map<std::string, double> paths;
    for (std::size_t k = 0; k < p.size(); ++k) {
      std::string name;
      for (const auto node : p.path(k)) name += chain.node(NodeId(node)).id + " ";
      paths[name] = p.value[k];
    }
    return paths;
  };
  const auto x = named(a, left);
  const auto y = named(b, right);
  ASSERT_EQ(x.size(), y.size());
  for (auto l = x.begin(), r = y.begin(); l != x.end(); ++l, ++r) {
    EXPECT_EQ(l->first, r->first);
    EXPECT_NEAR(l->second, r->second, 1e-12 * left.footprint);
  }
}

TEST(Paths, SparseAndDenseFlowsGiveTheSame) {
  const auto sparse = test::sparse_copy(test::random_position_parts(10, 6, 3), 11);
  const Chain a(sparse);
  const Chain b(test::dense_copy_of(sparse));
  const auto q = question(a, RegionId(1));
  expect_same(above(a, q, {.threshold = 1e-4}), above(b, q, {.threshold = 1e-4}), 1e-11);
}

TEST(Paths, HaveTheSameBitsForAnyNumberOfThreads) {
  const Chain chain(test::random_position_parts(30, 40, 3));
  const auto q = question(chain, RegionId(1));
  const auto once = above(chain, q, {.threshold = 1e-5});
  EXPECT_GT(once.size(), 1000U);
  tbb::global_control one(tbb::global_control::max_allowed_parallelism, 1);
  const auto again = above(chain, q, {.threshold = 1e-5});
  EXPECT_EQ(once.value, again.value);
  EXPECT_EQ(once.nodes, again.nodes);
}

// No more links are kept than the bound says: (sum of all that flows) / threshold.
TEST(Paths, KeepOnlyLinksThatCanMatter) {
  const Chain chain(test::random_position_parts(20, 10, 3));
  const auto q = question(chain, RegionId(1));
  const auto p = above(chain, q, {.threshold = 1e-2});
  EXPECT_LT(p.links, 200U);
  EXPECT_GT(above(chain, q, {.threshold = 1e-6}).links, 10'000U);
}

TEST(Paths, RefuseWhatTheyCannotFollow) {
  const Chain chain(test::two_makers());
  const auto refusal = [&](const PathQuestion& q, const PathOptions& options) {
    try {
      (void)above(chain, q, options);
    } catch (const Error& e) {
      return std::string(e.what());
    }
    return std::string("no error");
  };
  const PathQuestion good{{1, 0}, {5, 10}};
  for (const double bad : {0.0, -1.0, 1.5, 1e-12, std::nan("")})
    EXPECT_THAT(refusal(good, {.threshold = bad}), HasSubstr("is not from 1e-09 to 1"));
  EXPECT_THAT(refusal(good, {.depth = -1}), HasSubstr("depth -1"));
  EXPECT_THAT(refusal(good, {.depth = 5000}), HasSubstr("depth 5000"));
  EXPECT_THAT(refusal({{0, 0}, {5, 10}}, {}), HasSubstr("the footprint is zero"));
  EXPECT_THAT(refusal({{1}, {5, 10}}, {}), HasSubstr("1 intensities"));
  EXPECT_THAT(refusal(good, {.threshold = .1, .max_paths = 1}), HasSubstr("more than 1 paths"));
  EXPECT_THROW((void)largest(chain, good, 0), Error);
}

}  // namespace
}  // namespace stave
