// Who supplies what several make, said in one line.
#include "stave/inventory/preference.hpp"

#include "stave/core/error.hpp"
#include "stave/inventory/product_system.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace stave {
namespace {

using testing::HasSubstr;

Activity one_maker(const std::string& id, const std::string& product) {
  Activity a;
  a.id = a.name = id;
  a.outputs.push_back({.product = product, .amount = {1, -1}, .unit = "kg"});
  return a;
}

// A works takes ore and power; two mines and two plants supply them.
Inventory two_of_each() {
  Inventory inventory;
  inventory.name = "works";
  inventory.activities = {one_maker("works", "steel"), one_maker("north mine", "ore"),
                          one_maker("south mine", "ore"), one_maker("wind", "power"),
                          one_maker("coal", "power")};
  for (const auto* product : {"ore", "power"})
    inventory.activities[0].inputs.push_back({.product = product, .amount = {1, -1}, .unit = "kg"});
  inventory.preferred = {{"ore", "north mine"}, {"power", "coal"}};
  return inventory;
}

bool supplied_by(const Inventory& inventory, std::size_t maker) {
  const auto system = link(inventory);
  for (const auto& e : system.technosphere)
    if (e.column == 0 && e.row == static_cast<std::int32_t>(maker)) return true;
  return false;
}

std::string refusal(const std::string& words) {
  auto inventory = two_of_each();
  try {
    prefer(inventory, words);
  } catch (const Error& error) {
    return std::string(error.what()) + " | " + error.hint();
  }
  return "nothing";
}

TEST(Prefer, GoesBeforeTheProject) {
  auto inventory = two_of_each();
  EXPECT_TRUE(supplied_by(inventory, 4));
  prefer(inventory, " power = wind ,ore=south mine");
  EXPECT_TRUE(supplied_by(inventory, 3));
  EXPECT_FALSE(supplied_by(inventory, 4));
  EXPECT_TRUE(supplied_by(inventory, 2));
}

TEST(Prefer, LeavesTheRestAsTheProjectHasIt) {
  auto inventory = two_of_each();
  prefer(inventory, "power=wind");
  EXPECT_TRUE(supplied_by(inventory, 1));
  prefer(inventory, "");
  EXPECT_TRUE(supplied_by(inventory, 3));
}

TEST(Prefer, LeavesAnInputThatNamesItsMaker) {
  auto inventory = two_of_each();
  inventory.activities[0].inputs[1].from = "coal";
  prefer(inventory, "power=wind");
  EXPECT_TRUE(supplied_by(inventory, 4));
}

TEST(Prefer, SaysWhatItCannotRead) {
  EXPECT_THAT(refusal("power"), HasSubstr("'power' does not say who is preferred"));
  EXPECT_THAT(refusal("power="), HasSubstr("does not say who is preferred"));
  EXPECT_THAT(refusal("power=wind, power=coal"), HasSubstr("'power' is preferred twice"));
}

TEST(Prefer, NamesNearOnesAndThoseWhoMakeIt) {
  EXPECT_THAT(refusal("powre=wind"), HasSubstr("nobody makes 'powre' in works"));
  EXPECT_THAT(refusal("powre=wind"), HasSubstr("'power'?"));
  EXPECT_THAT(refusal("power=wnd"), HasSubstr("Did you mean 'wind'?"));
  EXPECT_THAT(refusal("power=north mine"), HasSubstr("It is made by wind, coal."));
}

}  // namespace
}  // namespace stave
