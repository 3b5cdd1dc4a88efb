// Makers, units, allocation and loops, each on a system small enough to see through.
#include "stave/core/error.hpp"
#include "stave/inventory/product_system.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace stave {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

Activity maker(const std::string& id, const std::string& product, const std::string& unit) {
  Activity a;
  a.id = a.name = id;
  a.outputs.push_back({.product = product, .amount = {1, -1}, .unit = unit});
  return a;
}

ActivityInput taken(const std::string& product, double amount, const std::string& unit) {
  return {.product = product, .amount = {amount, -1}, .unit = unit};
}

std::string complaint(const Inventory& inventory) {
  try {
    static_cast<void>(link(inventory));
  } catch (const Error& error) {
    return std::string(error.what()) + " | " + error.hint();
  }
  return "nothing";
}

double cell(const ProductSystem& system, std::size_t row, std::size_t column) {
  double sum = 0;
  for (const auto& e : system.technosphere)
    if (static_cast<std::size_t>(e.row) == row && static_cast<std::size_t>(e.column) == column)
      sum += e.value;
  return sum;
}

Inventory steel_and_power(double amount, const std::string& unit) {
  Inventory inventory;
  inventory.activities = {maker("works", "steel", "t"), maker("plant", "electricity", "kWh")};
  inventory.activities[0].inputs = {taken("electricity", amount, unit)};
  return inventory;
}

TEST(Link, ConvertsToTheMakersUnit) {
  const auto system = link(steel_and_power(3600, "MJ"));
  EXPECT_DOUBLE_EQ(cell(system, 1, 0), -1000);
  ASSERT_EQ(system.conversions.size(), 1U);
  EXPECT_EQ(system.conversions[0].by, "definition");
}

TEST(Link, NamesTheConversionThatWouldJoinTwoUnits) {
  const auto words = complaint(steel_and_power(5, "kg"));
  EXPECT_THAT(words, HasSubstr("'works'"));
  EXPECT_THAT(words, HasSubstr("mass (kg"));
  EXPECT_THAT(words, HasSubstr("energy (MJ"));
  EXPECT_THAT(words, HasSubstr("from = \"kg\", to = \"kWh\""));
}

TEST(Link, UsesAConversionOfTheProductEitherWay) {
  auto inventory = steel_and_power(5, "kg");
  inventory.conversions = {{"electricity", "MWh", "t", 2, "made up"}};  // 1 MWh is 2 t
  EXPECT_DOUBLE_EQ(cell(link(inventory), 1, 0), -2.5);                  // 5 kg are 2.5 kWh
}

TEST(Link, SaysWhoMakesNothingOfTheKind) {
  auto inventory = steel_and_power(1, "kWh");
  inventory.activities[0].inputs[0].product = "electricty";
  EXPECT_THAT(complaint(inventory), HasSubstr("nobody makes it | Did you mean 'electricity'"));
  inventory.cut_off = true;
  const auto system = link(inventory);
  ASSERT_EQ(system.unlinked.size(), 1U);
  EXPECT_EQ(system.unlinked[0].reason, "nobody makes it");
}

TEST(Link, TakesTheMakerOfTheRegionAndAsksWhereSeveralRemain) {
  auto inventory = steel_and_power(1, "kWh");
  inventory.activities.push_back(maker("plant 2", "electricity", "kWh"));
  EXPECT_THAT(complaint(inventory), HasSubstr("2 activities make it (plant, plant 2)"));
  inventory.activities[2].region = inventory.activities[0].region = "FRA";
  EXPECT_EQ(cell(link(inventory), 2, 0), -1);
  inventory.activities[0].inputs[0].from = "plant";
  EXPECT_EQ(cell(link(inventory), 1, 0), -1);
}

Inventory refinery(AllocationRule rule) {
  Inventory inventory;
  inventory.factors = {{.flow = "co2", .amount = {1, -1}, .source = "test"}};
  auto refinery = maker("refinery", "petrol", "kg");
  refinery.outputs[0] = {.product = "petrol",
                         .amount = {600, -1},
                         .unit = "kg",
                         .price = 2,
                         .energy = 40,
                         .share = 0.7};
  refinery.outputs.push_back({.product = "tar",
                              .amount = {0.4, -1},
                              .unit = "t",
                              .price = 500,
                              .energy = 20'000,
                              .share = 0.3});
  refinery.allocation = rule;
  refinery.inputs = {taken("crude", 1100, "kg")};
  refinery.emissions = {{"co2", "air", {200, -1}, "kg"}};
  inventory.activities = {refinery, maker("well", "crude", "kg")};
  return inventory;
}

// 600 and 400 kg; 1200 and 200 money; 24,000 and 8,000 MJ; 0.7 and 0.3 as stated.
TEST(Allocation, SharesByTheRuleNamed) {
  const std::vector<std::pair<AllocationRule, double>> expected{{AllocationRule::mass, 0.6},
                                                                {AllocationRule::economic, 6.0 / 7},
                                                                {AllocationRule::energy, 0.75},
                                                                {AllocationRule::shares, 0.7}};
  for (const auto& [rule, share] : expected) {
    const auto system = link(refinery(rule));
    ASSERT_EQ(system.size(), 3U);
    EXPECT_NEAR(cell(system, 2, 0), -1100 * share, 1e-9) << to_string(rule);
    EXPECT_NEAR(cell(system, 2, 1), -1100 * (1 - share), 1e-9);
    EXPECT_EQ(cell(system, 0, 0), 600);
    EXPECT_EQ(cell(system, 1, 1), 0.4);
  }
}

TEST(Allocation, ConservesInputsAndEmissions) {
  for (const auto rule : {AllocationRule::mass, AllocationRule::economic, AllocationRule::energy}) {
    const auto system = link(refinery(rule));
    double emitted = 0;
    for (const auto& e : system.biosphere) emitted += e.value;
    EXPECT_NEAR(emitted, 200, 1e-12);
    EXPECT_NEAR(cell(system, 2, 0) + cell(system, 2, 1), -1100, 1e-9);
  }
}

TEST(Allocation, SubstitutionSparesTheOtherMaker) {
  auto inventory = refinery(AllocationRule::substitution);
  inventory.activities.push_back(maker("tar pit", "tar", "kg"));
  const auto system = link(inventory);
  ASSERT_EQ(system.size(), 3U);
  EXPECT_EQ(cell(system, 1, 0), -1100);
  EXPECT_EQ(cell(system, 2, 0), 400);  // kg that the pit need not make
}

TEST(Allocation, RefusesWhatItCannotShare) {
  EXPECT_THAT(complaint(refinery(AllocationRule::none)), HasSubstr("makes 2 products"));
  auto free_of_price = refinery(AllocationRule::economic);
  free_of_price.activities[0].outputs[1].price = 0;
  EXPECT_THAT(complaint(free_of_price), HasSubstr("'tar' has no price above 0"));
  auto uneven = refinery(AllocationRule::shares);
  uneven.activities[0].outputs[1].share = 0.4;
  EXPECT_THAT(complaint(uneven), HasSubstr("add up to 1.1"));
}

TEST(CheckInventory, RefusesNegativeMassesAndFactorsWithoutASource) {
  auto inventory = steel_and_power(-1, "kWh");
  EXPECT_THAT(complaint(inventory), HasSubstr("its input of 'electricity' is -1 kWh"));
  inventory = steel_and_power(1, "kWh");
  inventory.activities[0].outputs[0].amount.value = -2;
  EXPECT_THAT(complaint(inventory), HasSubstr("its output of 'steel' is -2 t"));
  inventory = steel_and_power(1, "kWh");
  inventory.factors = {{.flow = "sf6", .amount = {25'200, -1}}};
  EXPECT_THAT(complaint(inventory), HasSubstr("the factor of 'sf6' has no source"));
  inventory = steel_and_power(1, "kWh");
  inventory.activities.push_back(inventory.activities[0]);
  EXPECT_THAT(complaint(inventory), HasSubstr("is there twice"));
}

TEST(Loops, AreFoundAndToldInOrder) {
  Inventory inventory;
  for (const auto* name : {"a", "b", "c", "d"})
    inventory.activities.push_back(maker(name, name, "kg"));
  inventory.activities[0].inputs = {taken("b", 1, "kg")};  // b supplies a
  inventory.activities[1].inputs = {taken("c", 1, "kg")};
  inventory.activities[2].inputs = {taken("a", 1, "kg"), taken("d", 1, "kg")};
  const auto system = link(inventory);
  const auto found = loops(system);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_THAT(found[0], ElementsAre(0, 1, 2));
  EXPECT_THAT(way_round(system, found[0]), ElementsAre(0, 2, 1));  // a to c to b to a
}

TEST(Factors, AreThoseOfTheReportNamed) {
  const auto value = [](std::string_view set, std::string_view flow) {
    for (const auto& factor : factor_set(set))
      if (factor.flow == flow) return factor.amount.value;
    return -1.0;
  };
  EXPECT_EQ(value("AR6", "methane, fossil"), 29.8);
  EXPECT_EQ(value("AR6", "methane, biogenic"), 27.0);
  EXPECT_EQ(value("AR6", "dinitrogen monoxide"), 273);
  EXPECT_EQ(value("AR5", "dinitrogen monoxide"), 265);
  EXPECT_EQ(value("AR6", "sulfur hexafluoride"), -1);  // not in the table quoted
  EXPECT_THROW(static_cast<void>(factor_set("AR9")), Error);
}

}  // namespace
}  // namespace stave
