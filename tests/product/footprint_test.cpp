// Footprints against a system worked by hand, the dense twin, and what must add up.
#include "stave/product/footprint.hpp"

#include "stave/core/error.hpp"
#include "stave/core/random.hpp"

#include <cmath>
#include <numeric>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "formats/error_text.hpp"
#include "product/reference.hpp"
#include "product/six_processes.hpp"

namespace stave {
namespace {

using testing::HasSubstr;

double sum_of(const std::vector<FootprintPart>& parts) {
  double sum = 0;
  for (const auto& part : parts) sum += part.kilograms;
  return sum;
}

TEST(Footprint, OfSixProcessesIsAsWorkedByHand) {
  const auto made = six::inventory();
  for (const auto method : {SparseMethod::direct, SparseMethod::iterative}) {
    const FootprintSystem system(link(made), {.method = method});
    const auto footprint = system.footprint(six::demand(made, system.system(), 10));
    EXPECT_NEAR(footprint.score, 10 * six::car, 1e-8);
    EXPECT_NEAR(system.intensities()[1], six::steel, 1e-9);
    EXPECT_NEAR(system.intensities()[2], six::coal, 1e-9);
    EXPECT_NEAR(system.score({.process = 3, .amount = 7}), 7 * six::power, 1e-8);
    EXPECT_LT(footprint.residual, 1e-9);
    EXPECT_LT(footprint.gap, 1e-9);
  }
}

// By hand: tier 0 the car's 1; tier 1 2 steel at 2 and 3 power at .5; tier 2 2.2 coal at .3, 2
// power at .5 and .15 transport at .1.
TEST(Footprint, ByTierIsAsWorkedByHandAndAddsUp) {
  const auto made = six::inventory();
  const FootprintSystem system(link(made));
  const auto footprint = system.footprint(six::demand(made, system.system()));
  const auto tiers = by_tier(system, footprint, 2);
  ASSERT_EQ(tiers.size(), 4U);
  EXPECT_NEAR(tiers[0].kilograms, 1, 1e-12);
  EXPECT_NEAR(tiers[1].kilograms, 5.5, 1e-12);
  EXPECT_NEAR(tiers[2].kilograms, 1.675, 1e-12);
  EXPECT_EQ(tiers[3].name, "beyond");
  EXPECT_NEAR(sum_of(tiers), six::car, 1e-9);
  EXPECT_NEAR(by_tier(system, footprint, 60).back().kilograms, 0, 1e-9);
}

TEST(Footprint, ByComponentAddsUp) {
  auto made = six::inventory();
  made.activities[0].inputs[1].component = "body";
  const FootprintSystem system(link(made));
  const auto parts = by_component(system, system.footprint(six::demand(made, system.system())));
  ASSERT_EQ(parts.size(), 3U);
  EXPECT_EQ(parts[0].name, "steel");
  EXPECT_NEAR(parts[0].kilograms, 2 * six::steel, 1e-9);
  EXPECT_EQ(parts[1].name, "body");
  EXPECT_NEAR(parts[1].kilograms, 3 * six::power, 1e-9);
  EXPECT_EQ(parts[2].name, "own emissions");
  EXPECT_NEAR(sum_of(parts), six::car, 1e-9);
}

TEST(Footprint, OfABranchIsItsOwnAndThoseBehindIt) {
  const auto made = six::inventory();
  const FootprintSystem system(link(made));
  const auto list =
      branches(system, system.footprint(six::demand(made, system.system())), 0.001, 5);
  EXPECT_NEAR(list[0].kilograms, six::car, 1e-9);
  std::vector<double> behind(list.size());
  for (std::size_t b = 1; b < list.size(); ++b) behind[list[b].parent] += list[b].kilograms;
  for (std::size_t b = 0; b < list.size(); ++b)
    EXPECT_NEAR(list[b].kilograms, list[b].own + list[b].left_out + behind[b], 1e-9);
}

// What comes into a process with its own emissions leaves it, or was asked for.
TEST(Footprint, FlowsThroughEveryProcessWithoutLoss) {
  const auto made = six::inventory();
  const FootprintSystem system(link(made));
  const auto footprint = system.footprint(six::demand(made, system.system()));
  std::vector<double> balance(system.size());
  for (std::size_t j = 0; j < system.size(); ++j)
    balance[j] += system.direct()[j] * footprint.runs[j];
  for (const auto& flow : embodied_flows(system, footprint)) {
    balance[flow.to] += flow.kilograms;
    balance[flow.from] -= flow.kilograms;
  }
  balance[0] -= footprint.score;
  for (const double miss : balance) EXPECT_NEAR(miss, 0, 1e-9);
}

ProductSystem random_system(std::size_t n, std::uint64_t seed) {
  Inventory made;
  made.factor_set = "AR6";
  for (std::size_t j = 0; j < n; ++j) {
    auto a = six::activity(fmt::format("p{}", j), random_uniform(seed, 1, j), {});
    a.outputs[0].amount.value = std::pow(10, 4 * random_uniform(seed, 2, j) - 2);
    for (std::uint64_t k = 0; k < 5; ++k) {
      const auto i =
          static_cast<std::size_t>(random_uniform(seed, 3, 5 * j + k) * static_cast<double>(n));
      if (i != j)
        a.inputs.push_back(
            {.product = fmt::format("p{}", i),
             .amount = {a.outputs[0].amount.value * random_uniform(seed, 4, 5 * j + k) / 8, -1},
             .unit = "kg"});
    }
    made.activities.push_back(std::move(a));
  }
  return link(made);
}

TEST(Footprint, MatchesTheDenseTwin) {
  for (const std::uint64_t seed : {1, 2, 3, 4}) {
    const auto parts = random_system(40, seed);
    const Demand demand{.process = seed, .amount = 3};
    const auto twin = reference::footprint(parts, demand);
    for (const auto method : {SparseMethod::direct, SparseMethod::iterative}) {
      const FootprintSystem system(parts, {.method = method});
      const auto footprint = system.footprint(demand);
      EXPECT_NEAR(footprint.score, twin.score, 1e-8 * std::abs(twin.score));
      for (std::size_t j = 0; j < 40; ++j) {
        EXPECT_NEAR(footprint.runs[j], twin.runs[j], 1e-7 * (1 + std::abs(twin.runs[j])));
        EXPECT_NEAR(system.intensities()[j], twin.intensities[j],
                    1e-7 * (1 + std::abs(twin.intensities[j])));
      }
      EXPECT_NEAR(sum_of(by_component(system, footprint)), twin.score, 1e-7 * twin.score);
    }
  }
}

std::string complaint(const Inventory& made, double amount = 1) {
  return error_text([&] {
    const FootprintSystem system(link(made));
    static_cast<void>(system.footprint(six::demand(made, system.system(), amount)));
  });
}

TEST(Footprint, NamesTheLoopThatMakesNoMoreThanItTakes) {
  auto made = six::inventory();
  made.activities[1].inputs = {{.product = "coal", .amount = {2, -1}, .unit = "kg"}};
  made.activities[2].inputs = {{.product = "steel", .amount = {0.5, -1}, .unit = "kg"}};
  EXPECT_THAT(complaint(made),
              testing::AnyOf(HasSubstr("'steel' supplies 'coal' supplies 'steel'"),
                             HasSubstr("'coal' supplies 'steel' supplies 'coal'")));
}

TEST(Footprint, NamesTheLoopThatTakesMoreThanItMakes) {
  auto made = six::inventory();
  made.activities[1].inputs = {{.product = "coal", .amount = {2, -1}, .unit = "kg"}};
  made.activities[2].inputs = {{.product = "steel", .amount = {3, -1}, .unit = "kg"}};
  EXPECT_THAT(complaint(made), HasSubstr("takes more than it makes: "));
}

TEST(Footprint, RefusesNumbersTooLargeToBeComputed) {
  EXPECT_THAT(complaint(six::inventory(), 1e308),
              HasSubstr("the footprint of 1e+308 car is too large a number"));
}

TEST(Footprint, ReplacesActivitiesByWhatTheirSupplierStates) {
  auto made = six::inventory();
  made.suppliers = {{.product = "steel",
                     .name = "Supplier: steel",
                     .amount = {12, -1},
                     .declared = 8,
                     .unit = "kg",
                     .users = {"car"},
                     .source = "PACT 3.0.0"}};
  const FootprintSystem system(link(made));
  const auto footprint = system.footprint(six::demand(made, system.system()));
  EXPECT_NEAR(footprint.score, 1 + 2 * 1.5 + 3 * six::power, 1e-9);  // coal keeps its own steel
}

Chain small_table() {
  ChainParts parts;
  parts.info.name = "small";
  parts.info.unit = "million USD";
  parts.info.year = 2020;
  parts.regions = Classification("region", {{.code = "A", .name = "A"}});
  parts.products =
      Classification("product", {{.code = "x", .name = "x"}, {.code = "y", .name = "y"}});
  parts.nodes = {{.id = "A.x", .region = RegionId(0), .product = ProductId(0)},
                 {.id = "A.y", .region = RegionId(0), .product = ProductId(1)}};
  parts.flows = FlowMatrix(Matrix::of({{0, 50}, {25, 0}}));
  parts.final_columns = {{RegionId(0), "households"}};
  parts.final_use = Matrix::of({{50}, {75}});
  parts.stressor_rows = {{.name = "co2", .unit = "kt"}};
  parts.stressors = Matrix::of({{10, 0}});
  return Chain(std::move(parts));
}

// A = [0 .5; .25 0], s = (.1, 0) kt per million USD; m = s (I - A)^-1 = (.1, .05) / .875, so that
// 1 USD of y carries .05 / .875 = .0571 kg.
TEST(Sectors, CarryWhatStandsBehindTheMoneySpentThere) {
  auto made = six::inventory();
  made.activities[0].inputs = {{.product = "advice",
                                .amount = {7, -1},
                                .unit = "h",
                                .sector = "A.y",
                                .price = {25, -1},
                                .currency = "USD"}};
  auto linked = link(made);
  EXPECT_THAT(price_sectors(linked, made, small_table()), HasSubstr("co2"));
  const FootprintSystem system(linked);
  const auto footprint = system.footprint(six::demand(made, system.system()));
  EXPECT_NEAR(footprint.score, 1 + 7 * 25 * 0.05 / 0.875, 1e-9);
  made.activities[0].inputs[0].currency = "EUR";
  linked = link(made);
  EXPECT_THROW(static_cast<void>(price_sectors(linked, made, small_table())), Error);
  EXPECT_THROW(static_cast<void>(price_sectors(linked, made, Chain(ChainParts{}))), Error);
}

}  // namespace
}  // namespace stave
