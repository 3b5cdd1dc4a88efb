// Due diligence: by hand, against plain enumeration, and what a list may not say.
#include "stave/footprint/diligence.hpp"

#include "stave/core/error.hpp"
#include "stave/footprint/footprint.hpp"

#include <cmath>
#include <functional>
#include <numeric>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "formats/written_file.hpp"
#include "position/random_chain.hpp"

namespace stave {
namespace {

using ::testing::AllOf;
using ::testing::DoubleNear;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

Flag flag_of(std::vector<NodeId> makers) { return {"flag", "", 2, std::move(makers)}; }

std::string refusal_of(const Chain& chain, const std::string& list,
                       const std::string& product = "p1") {
  const WrittenFile file("flags.csv", list);
  try {
    (void)run(diligence_analysis(), chain, {{"product", product}, {"flag", file.path().string()}});
  } catch (const Error& e) {
    return std::string(e.what()) + " | " + e.hint();
  }
  return "no error";
}

// Three in a row: the mine sells 2 of its 2 to the smelter, that all of its 4 to the car maker,
// who sells 10 and also buys 1 of its own cars.
Chain mine_to_car() {
  auto parts = test::grid_parts(1, 3, [](std::size_t i, std::size_t j) {
    if (i == 0 && j == 1) return 2.0;
    if (i == 1 && j == 2) return 4.0;
    return i == 2 && j == 2 ? 1.0 : 0.0;
  });
  parts.final_use = Matrix::of({{0}, {0}, {9}});
  parts.stressor_rows = {{"co2", {}, "kt", Quality::measured, {}}};
  parts.stressors = Matrix::of({{6, 3, 1}});
  return Chain(std::move(parts));
}

// Of 10 spent on cars 4 go to the smelter; the loop of the car maker makes it 4 + 0.4 + 0.04 ...
TEST(DueDiligence, OfAMineASmelterAndACarByHand) {
  const auto chain = mine_to_car();
  const auto d = due_diligence(chain, {NodeId(2)},
                               {flag_of({NodeId(1)}), flag_of({NodeId(0)}), flag_of({NodeId(2)})},
                               {.threshold = .03});
  EXPECT_NEAR(d.whole, 10, 1e-14);
  EXPECT_NEAR(d.flags[0].share, .4 / .9, 1e-14);
  EXPECT_NEAR(d.flags[0].listed, .4 + .04, 1e-14);
  ASSERT_EQ(d.flags[0].paths.size(), 2);
  EXPECT_THAT(d.flags[0].paths.path(0), ElementsAre(1, 2));
  EXPECT_THAT(d.flags[0].paths.path(1), ElementsAre(1, 2, 2));
  EXPECT_NEAR(d.flags[1].share, .2 / .9, 1e-14);
  // The car maker itself is flagged: all of it, in one path without links.
  EXPECT_NEAR(d.flags[2].share, 1, 1e-14);
  EXPECT_THAT(d.flags[2].paths.path(0), ElementsAre(2));
  EXPECT_NEAR(d.any_flag, 1, 1e-14);
  EXPECT_NEAR(d.untraced, .2 / .9, 1e-14) << "the mine buys nothing";
}

TEST(DueDiligence, OfAStressorSharesTheFootprint) {
  const auto chain = mine_to_car();
  const auto d = due_diligence(chain, {NodeId(2)}, {flag_of({NodeId(0)}), flag_of({NodeId(1)})},
                               {.threshold = .01, .indicator = one_stressor(chain, 0)});
  // Intensities 3, .75, .1; outputs behind 10 cars 2 / .9, 4 / .9, 10 / .9.
  const double whole = (3 * 2 + .75 * 4 + .1 * 10) / .9;
  EXPECT_NEAR(d.whole, whole, 1e-13);
  EXPECT_NEAR(d.flags[0].share, 6 / .9 / whole, 1e-14);
  EXPECT_NEAR(d.flags[1].share, 3 / .9 / whole, 1e-14);
  EXPECT_NEAR(d.any_flag, 9 / .9 / whole, 1e-14);
}

// Every path to the first flagged maker, tried one by one.
std::vector<double> all_paths(const Chain& chain, NodeId product, const std::vector<bool>& flagged,
                              double least) {
  std::vector<double> found;
  const std::function<void(std::size_t, double, int)> go = [&](std::size_t at, double weight,
                                                               int depth) {
    if (flagged[at]) {
      if (weight >= least) found.push_back(weight);
      return;
    }
    if (depth == 12 || weight < least * .05) return;
    for (std::size_t i = 0; i < chain.size(); ++i)
      if (const double flow = chain.flows().at(i, at); flow > 0)
        go(i, weight * flow / chain.output()[at], depth + 1);
  };
  go(product.at(), 1, 0);
  std::ranges::sort(found, std::greater<>());
  return found;
}

TEST(DueDiligence, ListsEveryPathOnRandomTables) {
  for (const std::uint64_t seed : {4, 5}) {
    const Chain chain(test::random_position_parts(2, 3, seed));
    std::vector<bool> flagged(chain.size());
    flagged[1] = flagged[4] = true;
    const auto wanted = all_paths(chain, NodeId(0), flagged, 1e-4);
    const auto d =
        due_diligence(chain, {NodeId(0)}, {flag_of({NodeId(1), NodeId(4)})}, {.threshold = 1e-4});
    ASSERT_EQ(d.flags[0].paths.size(), wanted.size());
    EXPECT_GT(wanted.size(), 10);
    for (std::size_t p = 0; p < wanted.size(); ++p)
      EXPECT_NEAR(d.flags[0].paths.value[p] / d.whole, wanted[p], 1e-14) << p;
    EXPECT_NEAR(d.flags[0].listed, std::accumulate(wanted.begin(), wanted.end(), 0.0), 1e-13);
    EXPECT_GT(d.flags[0].share, d.flags[0].listed);
    EXPECT_LE(d.imbalance, 1e-12);
    EXPECT_NEAR(d.any_flag, d.flags[0].share, 1e-13);
  }
}

TEST(DueDiligence, OfSparseFlowsIsThatOfDenseOnes) {
  const auto sparse_parts = test::sparse_copy(test::random_position_parts(3, 4, 9), 3);
  const Chain sparse(sparse_parts);
  const Chain dense(test::dense_copy_of(sparse_parts));
  const auto flag = flag_of(sparse.nodes_in(RegionId(2)));
  const auto a = due_diligence(sparse, {NodeId(0)}, {flag});
  const auto b = due_diligence(dense, {NodeId(0)}, {flag});
  EXPECT_NEAR(a.flags[0].share, b.flags[0].share, 1e-13);
  EXPECT_EQ(a.flags[0].paths.size(), b.flags[0].paths.size());
}

TEST(DueDiligence, WithoutAPathSaysSo) {
  const auto chain = mine_to_car();
  const auto d = due_diligence(chain, {NodeId(0)}, {flag_of({NodeId(2)}), flag_of({})});
  EXPECT_EQ(d.flags[0].share, 0);
  EXPECT_EQ(d.flags[1].share, 0);
  EXPECT_EQ(d.any_flag, 0);
}

TEST(DueDiligence, RefusesAProductThatIsNotSoldOrHasNoFootprint) {
  auto parts = mine_to_car().parts();
  parts.final_use = Matrix::of({{0}, {0}, {9}});
  parts.stressors = Matrix::of({{0, 0, 0}});
  const Chain clean(parts);
  EXPECT_THROW((void)due_diligence(clean, {NodeId(2)}, {flag_of({NodeId(0)})},
                                   {.indicator = one_stressor(clean, 0)}),
               Error);
  EXPECT_THROW((void)due_diligence(clean, {}, {flag_of({NodeId(0)})}), Error);
}

TEST(DiligenceReport, TellsShareTierPathAndRemainder) {
  const auto chain = mine_to_car();
  const WrittenFile file("flags.csv", "product,reason\np0,conflict mineral\n");
  const auto report =
      run(diligence_analysis(), chain, {{"product", "p2"}, {"flag", file.path().string()}});
  EXPECT_THAT(report.table("flags").texts("reason"), ElementsAre("conflict mineral"));
  EXPECT_THAT(report.table("flags").reals("nearest_tier"), ElementsAre(2));
  EXPECT_THAT(report.table("flags").reals("share"), ElementsAre(DoubleNear(20 / .9, 1e-12)));
  EXPECT_EQ(report.table("paths").texts("nodes")[0], "r0.p0 > r0.p1 > r0.p2");
  EXPECT_THAT(report.table("known").reals("share"),
              ElementsAre(DoubleNear(20 / .9, 1e-12), DoubleNear(100 - 20 / .9, 1e-12),
                          DoubleNear(20 / .9, 1e-12)));
  for (const auto& r : report.provenance.residuals) EXPECT_LE(r.relative, r.tolerance) << r.balance;
}

TEST(DiligenceReport, RefusesAListByFileRowColumnAndValue) {
  const auto chain = mine_to_car();
  EXPECT_THAT(refusal_of(chain, "region,product\nr0,\nr00,p1\n"),
              AllOf(HasSubstr(".csv:3"), HasSubstr("region"), HasSubstr("'r00'"),
                    HasSubstr("Did you mean 'r0'")));
  EXPECT_THAT(refusal_of(chain, "product\np9x\n"),
              AllOf(HasSubstr(".csv:2"), HasSubstr("product"), HasSubstr("'p9x'")));
  EXPECT_THAT(refusal_of(chain, "enterprise\nACME\n"),
              AllOf(HasSubstr(".csv:2"), HasSubstr("enterprise"), HasSubstr("ACME"),
                    HasSubstr("no enterprises")));
  EXPECT_THAT(refusal_of(chain, "region,reason\n,because\n"), HasSubstr("names nobody"));
  EXPECT_THAT(refusal_of(chain, "region\n"), HasSubstr("no rows"));
  EXPECT_THAT(refusal_of(chain, "regions\nr0\n"), HasSubstr("regions"));
  EXPECT_THAT(refusal_of(chain, "region\nr0\n", "p1x"),
              AllOf(HasSubstr("'p1x'"), HasSubstr("Did you mean 'p1'")));
}

}  // namespace
}  // namespace stave
