// A sector split into parts: shares, weights, conservation, what is refused.
#include "stave/balance/disaggregate.hpp"

#include "stave/core/aggregate.hpp"
#include "stave/core/error.hpp"
#include "stave/core/random.hpp"

#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/small_chain.hpp"

namespace stave {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

/// 3 regions x 3 products, random and balanced by value added; inventories below zero in one cell.
ChainParts world_parts(std::uint64_t seed = 1) {
  auto parts = test::grid_parts(
      3, 3, [&](std::size_t i, std::size_t j) { return .1 + random_uniform(seed, i, j); });
  parts.final_columns.clear();
  for (const int r : {0, 1, 2}) {
    parts.final_columns.push_back({RegionId(r), "households"});
    parts.final_columns.push_back({RegionId(r), "inventories"});
  }
  parts.final_use = Matrix(9, 6);
  for (std::size_t i = 0; i < 9; ++i)
    for (std::size_t k = 0; k < 6; ++k)
      parts.final_use(i, k) = 9 * random_uniform(seed, 50 + i, k) * (k % 2 == 0 ? 1 : .1);
  parts.final_use(1, 3) = -.4;
  parts.stressor_rows = {{"co2", {}, "kt", Quality::measured, {}}};
  parts.stressors = Matrix(1, 9);
  for (auto& f : parts.stressors.values()) f = 6;
  parts.node_attributes = {{"inventory", "days", {1, 2, 3, 4, 5, 6, 7, 8, 9}},
                           {"employees", "persons", {10, 20, 30, 40, 50, 60, 70, 80, 90}}};
  parts.info.unit = "million USD";
  return parts;
}

/// p1 into a (30 %) and b (70 %) everywhere.
SectorSplit halves() {
  SectorSplit split;
  split.sector = ProductId(1);
  split.parts = {{"a", "Part a", {}, {}, Kind::unknown}, {"b", "Part b", {}, {}, Kind::unknown}};
  split.shares = Matrix::of({{.3, .3, .3}, {.7, .7, .7}});
  return split;
}

Matrix ones(std::size_t rows, std::size_t columns) {
  Matrix m(rows, columns);
  for (auto& v : m.values()) v = 1;
  return m;
}

/// Weights that differ in a few places.
SectorSplit weighted(const Chain& chain) {
  auto split = halves();
  split.sales = ones(2, chain.size() + chain.final_columns().size());
  split.sales(0, 2) = 4;
  split.sales(0, 4) = 0;
  split.sales(1, 9) = .2;
  split.purchases = ones(2, chain.size() + std::max<std::size_t>(chain.primary_rows().size(), 1));
  split.purchases(0, 0) = 3;
  split.purchases(1, 5) = 0;
  split.between = Matrix::of({{5, 1}, {1, 2}});
  return split;
}

/// Parts added up again, as `stave aggregate` would.
Chain added_up(const Chain& chain, const std::string& sector) {
  Concordance back;
  for (const auto& item : chain.products().items())
    back.entries.push_back(
        {item.code, item.code == "a" || item.code == "b" ? sector : item.code, 1, 0});
  return aggregate(chain, {}, back).chain;
}

void expect_same_cells(const Chain& a, const Chain& b, double tolerance) {
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    const auto at = b.require_node(a.nodes()[i].id).at();
    for (std::size_t j = 0; j < a.size(); ++j)
      EXPECT_NEAR(a.flows().at(i, j), b.flows().at(at, b.require_node(a.nodes()[j].id).at()),
                  tolerance);
    for (std::size_t k = 0; k < a.final_columns().size(); ++k)
      EXPECT_NEAR(a.final_use()(i, k), b.final_use()(at, k), tolerance);
    for (std::size_t p = 0; p < a.primary_rows().size(); ++p)
      EXPECT_NEAR(a.primary()(p, i), b.primary()(p, at), tolerance);
    EXPECT_NEAR(a.stressors()(0, i), b.stressors()(0, at), tolerance);
  }
}

TEST(Disaggregate, BySharesIsTheSplitOfAConcordance) {
  const Chain chain(world_parts());
  const auto done = disaggregate(chain, halves());
  Concordance parts;
  parts.entries = {{"p0", "p0", 1, 0}, {"p1", "a", .3, 0}, {"p1", "b", .7, 0}, {"p2", "p2", 1, 0}};
  expect_same_cells(aggregate(chain, {}, parts).chain, done.chain, 1e-13);
  EXPECT_EQ(done.chain.size(), 12U);
  EXPECT_EQ(done.chain.nodes()[1].id, "r0.a");
  EXPECT_EQ(done.chain.products()[2].name, "Part b");
  EXPECT_THAT(done.old_node, ElementsAre(0, 1, 1, 2, 3, 4, 4, 5, 6, 7, 7, 8));
}

TEST(Disaggregate, AddsUpToTheOldChain) {
  auto parts = world_parts();
  for (const bool with_primary : {false, true}) {
    if (with_primary) {
      const Chain plain(parts);
      parts.primary_rows = {{"wages", "Wages", {}}, {"surplus", "Surplus", {}}};
      parts.primary = Matrix(2, 9);
      for (std::size_t j = 0; j < 9; ++j) {
        parts.primary(0, j) = 20;
        parts.primary(1, j) = plain.value_added()[j] - 20;
      }
    }
    const Chain chain(parts);
    const auto done = disaggregate(chain, weighted(chain));
    EXPECT_LE(done.conserved, 1e-14);
    EXPECT_LE(done.share_miss, 1e-9);
    EXPECT_GT(done.iterations, 1);
    expect_same_cells(chain, added_up(done.chain, "p1"), 1e-11);
  }
}

TEST(Disaggregate, WeightsMoveSalesAndPurchases) {
  const Chain chain(world_parts());
  const auto plain = disaggregate(chain, halves()).chain;
  const auto moved = disaggregate(chain, weighted(chain)).chain;
  const auto at = [](const Chain& c, const std::string& i, const std::string& j) {
    return c.flows().at(c.require_node(i).at(), c.require_node(j).at());
  };
  EXPECT_GT(at(moved, "r0.a", "r0.p2"), 1.3 * at(plain, "r0.a", "r0.p2"));
  EXPECT_GT(at(moved, "r0.p0", "r1.a"), 1.3 * at(plain, "r0.p0", "r1.a"));
  EXPECT_EQ(at(moved, "r1.p2", "r2.b"), 0);
  EXPECT_NEAR(at(moved, "r1.p2", "r2.a"), chain.flows().at(5, 7), 1e-13);
  EXPECT_GT(at(moved, "r2.a", "r2.a") / at(moved, "r2.a", "r2.b"),
            at(plain, "r2.a", "r2.a") / at(plain, "r2.a", "r2.b"));
  // Node 4 (r1.p1) buys nothing of part a: its parts buy all from part b.
  for (const auto* buyer : {"r1.a", "r1.b"}) EXPECT_EQ(at(moved, "r0.a", buyer), 0);
}

TEST(Disaggregate, SplitsStressorsByShareAndSaysThatTheyAreEstimated) {
  const auto done = disaggregate(Chain(world_parts()), halves()).chain;
  EXPECT_NEAR(done.stressors()(0, 1), 1.8, 1e-14);
  EXPECT_NEAR(done.stressors()(0, 2), 4.2, 1e-14);
  EXPECT_EQ(done.stressor_quality(0, NodeId(1)), Quality::estimated);
  EXPECT_EQ(done.stressor_quality(0, NodeId(0)), Quality::measured);
  EXPECT_NEAR(done.node_attribute("employees")->values[1], 6, 1e-14);
  EXPECT_EQ(done.node_attribute("inventory")->values[2], 2);
  EXPECT_THAT(done.info().notes.back(), HasSubstr("Product 'p1' split into 2 parts by shares"));
}

TEST(Disaggregate, OneRegionAloneKeepsTheSectorElsewhere) {
  const Chain chain(world_parts());
  auto split = weighted(chain);
  split.region = RegionId(1);
  const auto done = disaggregate(chain, split);
  EXPECT_EQ(done.chain.size(), 10U);
  EXPECT_EQ(done.chain.products().size(), 5U);
  EXPECT_EQ(done.chain.nodes()[1].id, "r0.p1");
  EXPECT_EQ(done.chain.nodes()[4].id, "r1.a");
  EXPECT_LE(done.conserved, 1e-14);
  expect_same_cells(chain, added_up(done.chain, "p1"), 1e-11);
}

TEST(Disaggregate, TakesSharesOfEachRegion) {
  auto split = halves();
  split.shares = Matrix::of({{.3, .5, 1}, {.7, .5, 0}});
  const Chain chain(world_parts());
  const auto done = disaggregate(chain, split).chain;
  EXPECT_NEAR(done.output()[5] / chain.output()[4], .5, 1e-14);
  EXPECT_NEAR(done.output()[9], chain.output()[7], 1e-12);
  EXPECT_EQ(done.output()[10], 0);
}

TEST(Disaggregate, PartsNeedWhatTheSectorNeeded) {
  auto parts = world_parts();
  parts.recipe = Recipe(parts.products);
  parts.recipe->set(ProductId(1), ProductId(2), Need::none);
  parts.recipe->set(ProductId(0), ProductId(1), Need::non_essential);
  const auto done = disaggregate(Chain(parts), halves()).chain;
  ASSERT_TRUE(done.has_own_recipe());
  EXPECT_EQ(done.recipe().need(ProductId(1), ProductId(3)), Need::none);
  EXPECT_EQ(done.recipe().need(ProductId(2), ProductId(3)), Need::none);
  EXPECT_EQ(done.recipe().need(ProductId(0), ProductId(2)), Need::non_essential);
  EXPECT_EQ(done.recipe().need(ProductId(2), ProductId(0)), Need::essential);
}

TEST(Disaggregate, SparseChainsGiveWhatDenseOnesGive) {
  auto parts = world_parts();
  Matrix z(9, 9);
  std::vector<Flow> links;
  for (std::size_t i = 0; i < 9; ++i) {
    z(i, (i + 1) % 9) = 1 + static_cast<double>(i);
    z(i, (i + 4) % 9) = 2;
  }
  for (std::int32_t i = 0; i < 9; ++i) {
    links.push_back({i, (i + 1) % 9, 1. + i});
    links.push_back({i, (i + 4) % 9, 2});
  }
  parts.flows = FlowMatrix(std::move(z));
  const Chain dense(parts);
  parts.flows = FlowMatrix::from_flows(9, std::move(links));
  const Chain sparse(parts);
  ASSERT_FALSE(sparse.flows().is_dense());
  expect_same_cells(disaggregate(dense, halves()).chain, disaggregate(sparse, halves()).chain,
                    1e-13);
}

std::string refusal(const SectorSplit& split, Errc expected) {
  try {
    (void)disaggregate(Chain(world_parts()), split);
  } catch (const Error& e) {
    EXPECT_EQ(e.code(), expected) << e.what();
    return e.what();
  }
  return "no error";
}

TEST(Disaggregate, RefusesSharesAndPartsThatMakeNoSense) {
  auto split = halves();
  split.parts.pop_back();
  EXPECT_THAT(refusal(split, Errc::bad_input), HasSubstr("at least two parts, not 1"));
  split = halves();
  split.parts[1].code = "a";
  EXPECT_THAT(refusal(split, Errc::bad_input), HasSubstr("part 'a' is named twice"));
  split.parts[1].code = "p2";
  EXPECT_THAT(refusal(split, Errc::bad_input), HasSubstr("part 'p2' of 'p1' has the code of"));
  split = halves();
  split.shares(0, 2) = .4;
  EXPECT_THAT(refusal(split, Errc::bad_input),
              HasSubstr("the shares of the parts of 'p1' in r2 sum to 1.1, not to 1"));
  split.shares(0, 2) = -.4;
  EXPECT_THAT(refusal(split, Errc::bad_input),
              HasSubstr("the share of 'a' in r2 is -0.4, not from 0 to 1"));
  split = halves();
  split.between = Matrix::of({{1, 1}, {1, -1}});
  EXPECT_THAT(refusal(split, Errc::bad_input), HasSubstr("a weight of -1 is not 0 or more"));
}

// Part a is to sell 30 % and may sell to nobody but inventories of one region.
TEST(Disaggregate, SaysWhyWeightsCannotBeBalanced) {
  const Chain chain(world_parts());
  auto split = halves();
  split.sales = ones(2, 15);
  for (std::size_t c = 0; c < 14; ++c) split.sales(0, c) = 0;
  EXPECT_THAT(refusal(split, Errc::bad_input), HasSubstr("part 'a' of r0.p1, its sales,"));
}

}  // namespace
}  // namespace stave
