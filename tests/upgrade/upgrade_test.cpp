// What the five measures are, by hand and as identities.
#include "stave/upgrade/upgrade.hpp"

#include "stave/core/random.hpp"
#include "stave/upgrade/technology.hpp"

#include <cmath>
#include <numeric>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "upgrade/two_regions.hpp"

namespace stave {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using enum UpgradeMeasure;

// a.chips buys 2 of b.ore and makes 10: value added 8; b.ore makes 5 of nothing but work, sells 2
// to a.chips and 3 at home. a exports 4 of its 10 chips, b the 2 of ore.
//   a: value added by others in its exports 2/10 x 4 = .8: domestic 3.2 of 4, 80 %. DVX 0.
//   b: exports 2, all its own: 100 %; of them .8 are in a's exports.
//   position a: ln(1) - ln(1.2); b: ln(1 + .8 / 2) - ln(1)
TEST(UpgradeMeasures, OfTwoRegionsByHand) {
  const auto year = upgrade_measures(test::chips_and_ore(), {{true, false}, {2, 1, 1, 5}});
  EXPECT_THAT(year.exports, ElementsAre(4, 2));
  EXPECT_NEAR(year.value(0, domestic_value_added), 80, 1e-12);
  EXPECT_NEAR(year.value(1, domestic_value_added), 100, 1e-12);
  EXPECT_NEAR(year.value(0, high_technology), 100, 1e-12);
  EXPECT_NEAR(year.value(1, high_technology), 0, 1e-12);
  EXPECT_NEAR(year.value(0, position), -std::log(1.2), 1e-12);
  EXPECT_NEAR(year.value(1, position), std::log(1.4), 1e-12);
  // a adds 8 with 2 + 1 workers, b 5 with 1 + 5.
  EXPECT_NEAR(year.value(0, value_added_per_worker), 8. / 3, 1e-12);
  EXPECT_NEAR(year.value(1, value_added_per_worker), 5. / 6, 1e-12);
  // Each is strong in the only thing it exports.
  EXPECT_NEAR(year.value(0, foreign_reliance), 20, 1e-12);
  EXPECT_NEAR(year.value(1, foreign_reliance), 0, 1e-12);
  EXPECT_TRUE(year.strong(0, 0));
  EXPECT_FALSE(year.strong(0, 1));
  EXPECT_LT(year.miss, 1e-14);
}

TEST(UpgradeMeasures, AreUnknownWithoutWorkersOrClasses) {
  const auto year = upgrade_measures(test::chips_and_ore(), {});
  EXPECT_TRUE(std::isnan(year.value(0, value_added_per_worker)));
  EXPECT_TRUE(std::isnan(year.value(0, high_technology)));
  EXPECT_NEAR(year.value(0, domestic_value_added), 80, 1e-12);
}

// Chains of random flows, 5 regions x 4 products.
Chain random_year(std::uint64_t seed) { return Chain(test::random_year_parts(seed)); }

std::vector<double> random_workers(std::uint64_t seed) {
  std::vector<double> workers(20);
  for (std::size_t i = 0; i < 20; ++i) workers[i] = 1 + random_uniform(seed, 77, i);
  return workers;
}

class UpgradeIdentities : public testing::TestWithParam<int> {
 protected:
  std::uint64_t seed_ = static_cast<std::uint64_t>(GetParam());
  Chain chain_ = random_year(seed_);
};

// B = I + A + A A + ..., with nothing but loops.
Matrix powers_added_up(const Chain& chain) {
  const auto n = chain.size();
  Matrix sum(n, n);
  Matrix power(n, n);
  for (std::size_t i = 0; i < n; ++i) sum(i, i) = power(i, i) = 1;
  for (int k = 0; k < 400; ++k) {
    Matrix next(n, n);
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t j = 0; j < n; ++j)
        for (std::size_t q = 0; q < n; ++q)
          next(i, j) += power(i, q) * chain.flows().at(q, j) / chain.output()[j];
    power = next;
    for (std::size_t e = 0; e < sum.size(); ++e) sum.values()[e] += power.values()[e];
  }
  return sum;
}

TEST_P(UpgradeIdentities, AgreeWithPowersAddedUp) {
  const auto year = upgrade_measures(chain_, {{true, false, true, false}, random_workers(seed_)});
  const auto b = powers_added_up(chain_);
  const auto n = chain_.size();
  std::vector<double> exported(n);
  std::vector<double> v(n);
  for (std::size_t i = 0; i < n; ++i) {
    v[i] = 1 - chain_.intermediate_inputs()[i] / chain_.output()[i];
    for (std::size_t j = 0; j < n; ++j)
      if (j / 4 != i / 4) exported[i] += chain_.flows().at(i, j);
    for (std::size_t k = 0; k < 5; ++k)
      if (k != i / 4) exported[i] += chain_.final_use()(i, k);
  }
  for (std::size_t s = 0; s < 5; ++s) {
    double own = 0;
    double own_high = 0;
    double sold_on = 0;
    double all = 0;
    for (std::size_t j = 0; j < n; ++j) {
      if (j / 4 == s) all += exported[j];
      for (std::size_t i = 4 * s; i < 4 * s + 4; ++i) {
        const double value = v[i] * b(i, j) * exported[j];
        (j / 4 == s ? own : sold_on) += value;
        if (j / 4 == s && i % 2 == 0) own_high += value;
      }
    }
    EXPECT_NEAR(year.value(s, domestic_value_added), 100 * own / all, 1e-10);
    EXPECT_NEAR(year.value(s, high_technology), 100 * own_high / own, 1e-10);
    EXPECT_NEAR(year.value(s, position), std::log1p(sold_on / all) - std::log1p(1 - own / all),
                1e-12);
  }
}

TEST_P(UpgradeIdentities, HighAndOtherSectorsAreAll) {
  const auto high = upgrade_measures(chain_, {{true, true, false, false}, {}});
  const auto other = upgrade_measures(chain_, {{false, false, true, true}, {}});
  for (std::size_t s = 0; s < 5; ++s)
    EXPECT_NEAR(high.value(s, high_technology) + other.value(s, high_technology), 100, 1e-10);
}

// Foreign value added of all sectors is what the region does not add itself.
TEST_P(UpgradeIdentities, RelianceOfAllSectorsIsWhatIsNotDomestic) {
  const auto year = upgrade_measures(chain_, {});
  for (std::size_t s = 0; s < 5; ++s) {
    double foreign = 0;
    for (std::size_t p = 0; p < 4; ++p) foreign += year.sector_foreign(s, p);
    EXPECT_NEAR(100 - year.value(s, domestic_value_added), 100 * foreign / year.exports[s], 1e-10);
    double domestic = 0;
    for (std::size_t p = 0; p < 4; ++p) domestic += year.sector_domestic(s, p);
    EXPECT_NEAR(domestic + foreign, year.exports[s], 1e-10 * year.exports[s]);
  }
}

// In another money, shares and positions stay and value added per worker scales.
TEST_P(UpgradeIdentities, DoNotDependOnTheUnitOfMoney) {
  const auto workers = random_workers(seed_);
  const UpgradeInputs inputs{{true, false, false, true}, workers};
  const auto dollars = upgrade_measures(chain_, inputs);
  const auto cents = upgrade_measures(Chain(test::scaled(chain_.parts(), 100)), inputs);
  for (std::size_t s = 0; s < 5; ++s)
    for (const auto measure : all_upgrade_measures)
      EXPECT_NEAR(cents.value(s, measure),
                  dollars.value(s, measure) * (measure == value_added_per_worker ? 100 : 1),
                  1e-9 * (1 + std::abs(dollars.value(s, measure)) * 100));
}

TEST_P(UpgradeIdentities, RanksMoveByThosePassedAndThosePassing) {
  const auto then = upgrade_measures(chain_, {});
  const auto now = upgrade_measures(random_year(seed_ + 1000), {});
  const std::vector<bool> peers(5, true);
  for (const auto measure : {domestic_value_added, position, foreign_reliance}) {
    std::vector<double> a;
    std::vector<double> b;
    for (std::size_t s = 0; s < 5; ++s) {
      a.push_back(then.value(s, measure));
      b.push_back(now.value(s, measure));
    }
    const auto was = places(a, more_is_better(measure), peers);
    const auto is = places(b, more_is_better(measure), peers);
    EXPECT_THAT(was, testing::UnorderedElementsAre(1, 2, 3, 4, 5));
    for (std::size_t s = 0; s < 5; ++s) {
      const auto p = passed(a, b, more_is_better(measure), peers, s);
      EXPECT_EQ(was[s] + p.it.size(), is[s] + p.by_s.size());
    }
  }
}

INSTANTIATE_TEST_SUITE_P(, UpgradeIdentities, testing::Values(1, 2, 3));

TEST(Places, LeaveOutTheUnknownAndWhoIsNoPeer) {
  const double nan = std::nan("");
  EXPECT_THAT(places({3, nan, 7, 3, 9}, true, {true, true, true, true, false}),
              ElementsAre(2, 0, 1, 2, 0));
  EXPECT_THAT(places({3, nan, 7, 3, 9}, false, {true, true, true, true, true}),
              ElementsAre(1, 0, 3, 1, 4));
}

TEST(PassedRegions, AreThoseWhoseOrderTurned) {
  const std::vector<bool> all(4, true);
  // The first goes from 2 to 5: past the second (3, 4), not the third (9); the fourth (1, 6)
  // passes.
  const auto p = passed({2, 3, 9, 1}, {5, 4, 9, 6}, true, all, 0);
  EXPECT_THAT(p.by_s, ElementsAre(1));
  EXPECT_THAT(p.it, ElementsAre(3));
  const auto less = passed({2, 3, 9, 1}, {5, 4, 9, 6}, false, all, 0);
  EXPECT_THAT(less.by_s, ElementsAre(3));
  EXPECT_THAT(less.it, ElementsAre(1));
  EXPECT_THAT(passed({2, 3}, {5, std::nan("")}, true, {true, true}, 0).by_s, IsEmpty());
  EXPECT_THAT(passed({2, 3}, {5, 4}, true, {true, false}, 0).by_s, IsEmpty());
}

std::vector<Technology> classes(const std::string& said, const std::vector<std::string>& codes) {
  ChainParts parts;
  std::vector<Item> products;
  for (const auto& code : codes) products.push_back({code, {}, {}, {}, {}});
  parts.products = Classification("product", products);
  parts.regions = Classification("region", {{"a", {}, {}, {}, {}}});
  for (std::size_t p = 0; p < codes.size(); ++p)
    parts.nodes.push_back({codes[p], {}, {}, RegionId(0), ProductId(p), {}});
  parts.flows = FlowMatrix(Matrix(codes.size(), codes.size()));
  parts.info.classification = said;
  const auto found = technology_classes(Chain(std::move(parts)));
  return found ? found->of : std::vector<Technology>{};
}

TEST(TechnologyClasses, FollowTheClassificationAndItsWaysOfWriting) {
  using enum Technology;
  EXPECT_THAT(classes("WIOD 2013, 35 industries (NACE 1)", {"c8", "c9", "c14"}),
              ElementsAre(other, medium_high, high));
  EXPECT_THAT(classes("OECD ICIO industries (ISIC)", {"C26", "26", "20T21", "C21", "24", "C29"}),
              ElementsAre(high, high, medium_high, high, other, medium_high));
  EXPECT_THAT(classes("National Bureau of Statistics of China, 42 sectors", {"12", "20", "26"}),
              ElementsAre(medium_high, high, other));
  EXPECT_THAT(classes("Eora26, 26 sectors", {"20", "26"}), IsEmpty());
  EXPECT_THAT(classes("WIOD 2013", {"goods", "services"}), IsEmpty());
}

}  // namespace
}  // namespace stave
