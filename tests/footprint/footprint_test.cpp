// Footprints by tier and by sector: by hand, against the slow twin, and what must hold of any
// chain.
#include "stave/footprint/footprint.hpp"

#include "stave/core/error.hpp"
#include "stave/linalg/blocked_system.hpp"

#include <numeric>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "footprint/reference.hpp"
#include "position/random_chain.hpp"

namespace stave {
namespace {

using ::testing::DoubleNear;
using ::testing::ElementsAre;

std::vector<double> multipliers_of(const Chain& chain, const PathQuestion& q) {
  auto system = blocked_system(chain, chain.output());
  Matrix s(1, chain.size());
  std::ranges::copy(q.intensity, s.values().begin());
  const auto m = system.multipliers(s.view());
  return {m.values.values().begin(), m.values.values().end()};
}

// The ore maker gives off 10 for 10 of output, and sells 5 to the car maker, who sells 10.
TEST(FootprintByTier, OfTwoMakersByHand) {
  const Chain chain(test::two_makers());
  const auto q = footprint_of(chain, one_stressor(chain, 0), {.product = ProductId(1)});
  const auto t = footprint_by_tier(chain, q, multipliers_of(chain, q), 2);
  EXPECT_THAT(t.value, ElementsAre(0, DoubleNear(5, 1e-14), 0));
  EXPECT_NEAR(t.footprint, 5, 1e-14);
  EXPECT_NEAR(t.remainder, 0, 1e-14);
}

TEST(FootprintByTier, AgreesWithPowersOfTheTableOnRandomTables) {
  for (const std::uint64_t seed : {1, 2, 3}) {
    const Chain chain(test::random_position_parts(3, 4, seed));
    const auto q = footprint_of(chain, one_stressor(chain, 0), {.region = RegionId(1)});
    const auto found = footprint_by_tier(chain, q, multipliers_of(chain, q), 5);
    const auto wanted = reference::footprint_by_tier(chain, q, 5);
    ASSERT_EQ(found.value.size(), wanted.value.size());
    for (std::size_t k = 0; k < found.value.size(); ++k)
      EXPECT_NEAR(found.value[k], wanted.value[k], 1e-12 * std::abs(wanted.footprint)) << k;
    EXPECT_NEAR(found.remainder, wanted.remainder, 1e-12 * std::abs(wanted.footprint));
    EXPECT_GT(wanted.remainder, 0) << "a table with loops has something behind every tier";
    EXPECT_LT(found.imbalance, 1e-13);
  }
}

TEST(FootprintByTier, RefusesSizesAndTiersOutOfRange) {
  const Chain chain(test::two_makers());
  const auto q = footprint_of(chain, one_stressor(chain, 0), {});
  EXPECT_THROW((void)footprint_by_tier(chain, q, std::vector<double>(1), 2), Error);
  EXPECT_THROW((void)footprint_by_tier(chain, q, std::vector<double>(2), -1), Error);
}

TEST(Footprint, OfRegionsAndOfSectorsSumToAllOfIt) {
  const Chain chain(test::random_position_parts(3, 4, 7));
  const auto co2 = one_stressor(chain, 0);
  const auto footprint = [&](const FootprintQuestion& asked) {
    const auto q = footprint_of(chain, co2, asked);
    const auto m = multipliers_of(chain, q);
    return std::inner_product(m.begin(), m.end(), q.use.begin(), 0.0);
  };
  const double emitted =
      std::accumulate(chain.stressors().row(0).begin(), chain.stressors().row(0).end(), 0.0);
  double regions = 0;
  double sectors = 0;
  double products = 0;
  for (std::size_t r = 0; r < 3; ++r) {
    regions += footprint({.region = RegionId(r)});
    for (std::size_t p = 0; p < 4; ++p)
      sectors += footprint({.region = RegionId(r), .product = ProductId(p)});
  }
  for (std::size_t p = 0; p < 4; ++p) products += footprint({.product = ProductId(p)});
  for (const double sum : {footprint({}), regions, sectors, products})
    EXPECT_NEAR(sum, emitted, 1e-12 * emitted);
}

TEST(IndicatorAccounts, FlowsFromRegionToRegionAgreeWithTheInverse) {
  const Chain chain(test::random_position_parts(4, 3, 11));
  auto system = blocked_system(chain, chain.output());
  const auto a = indicator_accounts(chain, system, one_stressor(chain, 1), no_progress());
  const auto wanted = reference::bilateral_flows(chain, 1);
  ASSERT_EQ(a.bilateral.size(), 1);
  for (std::size_t e = 0; e < wanted.size(); ++e)
    EXPECT_NEAR(a.bilateral[0].values()[e], wanted.values()[e], 1e-12);
  for (std::size_t r = 0; r < 4; ++r) {
    double column = 0;
    for (std::size_t q = 0; q < 4; ++q) column += a.bilateral[0](q, r);
    EXPECT_NEAR(column, a.consumption(0, r), 1e-12);
  }
}

TEST(IndicatorAccounts, SeveralStressorsAddUpByTheirFactors) {
  const Chain chain(test::random_position_parts(3, 3, 5));
  auto system = blocked_system(chain, chain.output());
  const Indicator both{
      .name = "both", .unit = "kt", .parts = {{.row = 0, .factor = 2}, {.row = 1, .factor = 30}}};
  const auto sum = indicator_accounts(chain, system, both, no_progress());
  const auto each = accounts(chain);
  for (std::size_t r = 0; r < 3; ++r) {
    EXPECT_NEAR(sum.production(0, r), 2 * each.production(0, r) + 30 * each.production(1, r),
                1e-11);
    EXPECT_NEAR(sum.consumption(0, r), 2 * each.consumption(0, r) + 30 * each.consumption(1, r),
                1e-11);
  }
}

TEST(SectorFootprint, OfTheOreMakerByHand) {
  const Chain chain(test::two_makers());
  const auto co2 = one_stressor(chain, 0);
  const auto m = multipliers_of(chain, footprint_of(chain, co2, {}));
  const auto s = sector_footprint(chain, co2, m, std::vector{NodeId(0)});
  EXPECT_NEAR(s.direct, 10, 1e-14);
  EXPECT_NEAR(s.of_final, 5, 1e-14);    // 1 a unit, sells 5 to final use
  EXPECT_NEAR(s.of_output, 10, 1e-14);  // makes 10
  EXPECT_NEAR(s.value_added, 10, 1e-14);
}

}  // namespace
}  // namespace stave
