// The inventory that comes with Stave: does it hold together, and does it order grids and routes as
// they are?
#include "stave/formats/inventory_file.hpp"
#include "stave/inventory/preference.hpp"
#include "stave/inventory/unit.hpp"
#include "stave/product/footprint.hpp"
#include "stave/store/sample.hpp"

#include <algorithm>
#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace stave {
namespace {

Inventory electric_car(std::string_view preferred = {}) {
  auto inventory = read_inventory(resolve_inventory("electric-car"));
  prefer(inventory, preferred);
  return inventory;
}

double footprint_of(std::string_view preferred, const std::string& product = "electric car",
                    double amount = 1) {
  const auto inventory = electric_car(preferred);
  const FootprintSystem system(link(inventory));
  FunctionalUnit asked{.product = product, .activity = {}, .amount = amount, .unit = {}};
  return system.footprint(demand_of(inventory, system.system(), asked)).score;
}

double on_grid(const std::string& grid) { return footprint_of("electricity=grid " + grid); }

// Who makes it where nobody is named: the only one, or the preferred one.
const Activity& maker_of(const Inventory& inventory, const std::string& product) {
  const auto preferred = inventory.preferred.find(product);
  const auto makes = [&](const Activity& a) {
    return a.outputs.front().product == product &&
           (preferred == inventory.preferred.end() || a.id == preferred->second);
  };
  const auto found = std::ranges::find_if(inventory.activities, makes);
  EXPECT_NE(found, inventory.activities.end()) << product;
  return *found;
}

// Nothing for energy and transport, which weigh nothing.
double kilograms(const Inventory& inventory, const std::string& product, double amount,
                 const std::string& unit) {
  if (const auto factor = unit_factor(unit, "kg")) return amount * *factor;
  for (const auto& c : inventory.conversions)
    if (c.product == product && c.from == unit && c.to == "kg") return amount * c.factor;
  return 0;
}

double mass_in(const Inventory& inventory, const Activity& activity) {
  double sum = 0;
  for (const auto& input : activity.inputs)
    sum += kilograms(inventory, input.product, input.amount.value, input.unit);
  return sum;
}

double mass_out(const Inventory& inventory, const Activity& activity) {
  const auto& output = activity.outputs.front();
  return kilograms(inventory, output.product, output.amount.value, output.unit);
}

TEST(ElectricCar, WeighsWhatItsPartsWeigh) {
  const auto inventory = electric_car();
  ASSERT_GE(inventory.conversions.size(), 3U);
  for (const auto& conversion : inventory.conversions) {
    const auto& maker = maker_of(inventory, conversion.product);
    EXPECT_GT(mass_out(inventory, maker), 0) << maker.id;
    EXPECT_NEAR(mass_in(inventory, maker), mass_out(inventory, maker), 1e-6) << maker.id;
  }
}

TEST(ElectricCar, PutsIntoEveryPartWhatThePartWeighs) {
  const auto inventory = electric_car();
  const auto& car = maker_of(inventory, "electric car");
  std::size_t assembled = 0;
  for (const auto& part : car.inputs) {
    if (kilograms(inventory, part.product, 1, part.unit) == 0) continue;
    const auto& maker = maker_of(inventory, part.product);
    if (maker.outputs.front().amount.value == 1) continue;  // a material by the kilogram
    EXPECT_NEAR(mass_in(inventory, maker), mass_out(inventory, maker), 1e-6) << maker.id;
    ++assembled;
  }
  EXPECT_GE(assembled, 8U);
}

TEST(ElectricCar, NoMaterialIsMadeOfLessThanItWeighs) {
  const auto inventory = electric_car();
  for (const auto* product :
       {"steel panels", "steel forgings", "steel sheet", "steel bars", "aluminium castings",
        "aluminium sheet parts", "aluminium foil", "copper wire", "copper foil", "plastic parts"}) {
    const auto& maker = maker_of(inventory, product);
    EXPECT_GE(mass_in(inventory, maker), mass_out(inventory, maker)) << product;
  }
}

TEST(ElectricCar, SaysOfEveryFigureWhereItComesFrom) {
  const auto inventory = electric_car();
  std::size_t not_measured = 0;
  for (const auto& activity : inventory.activities) {
    EXPECT_GE(activity.source.size(), 20U) << activity.id;
    if (activity.quality != Quality::measured) ++not_measured;
    if (activity.source.find("from memory") != std::string::npos ||
        activity.source.find("order of magnitude") != std::string::npos) {
      EXPECT_NE(activity.quality, Quality::measured) << activity.id;
    }
  }
  EXPECT_GT(not_measured, 20U);
}

TEST(ElectricCar, ComponentsAddUpToTheCar) {
  const auto inventory = electric_car();
  const FootprintSystem system(link(inventory));
  EXPECT_TRUE(system.system().unlinked.empty());
  const auto footprint = system.footprint(demand_of(inventory, system.system(), *inventory.asked));
  double sum = 0;
  const auto components = by_component(system, footprint);
  for (const auto& part : components) {
    EXPECT_GT(part.kilograms, 0) << part.name;
    sum += part.kilograms;
  }
  EXPECT_NEAR(sum, footprint.score, 1e-9 * footprint.score);
  EXPECT_EQ(components.front().name, "battery");
}

// Grids in the order of the carbon dioxide of their power, by sources that this file does not take.
TEST(ElectricCar, IsTheCleanerTheCleanerItsGrid) {
  const auto yunnan = on_grid("Yunnan");
  EXPECT_LT(on_grid("France"), yunnan);
  EXPECT_LT(yunnan, on_grid("Sichuan"));
  EXPECT_LT(on_grid("Sichuan"), on_grid("Guangdong"));
  EXPECT_LT(on_grid("Guangdong"), on_grid("China"));
  EXPECT_LT(on_grid("Germany"), on_grid("China"));
  EXPECT_LT(on_grid("China"), on_grid("Hebei"));
  EXPECT_LT(on_grid("Hebei"), on_grid("India"));
}

TEST(ElectricCar, IsTheCleanerTheCleanerItsSteel) {
  const auto ordinary = footprint_of("");
  const auto scrap = footprint_of("crude steel=scrap steel");
  const auto hydrogen = footprint_of("crude steel=hydrogen steel");
  EXPECT_LT(scrap, ordinary);
  EXPECT_LT(hydrogen, ordinary);
  // Steel of an arc furnace follows the grid; hydrogen steel has power of its own.
  const auto on_coal = "crude steel=scrap steel, electricity=grid Shanxi";
  const auto own_power = "crude steel=hydrogen steel, electricity=grid Shanxi";
  EXPECT_LT(footprint_of(own_power), footprint_of(on_coal));
}

TEST(ElectricCar, RecycledMetalAndLfpAreCleaner) {
  EXPECT_LT(footprint_of("aluminium ingot=recycled aluminium"), footprint_of(""));
  EXPECT_LT(footprint_of("", "LFP cells", 1), footprint_of("", "NMC cells", 1));
}

// Xu and others (2022), Resources, Conservation and Recycling 187:106606: 41 to 89 kg a kWh of
// cell.
TEST(ElectricCar, CellsAreWithinPublishedRanges) {
  for (const auto* cells : {"NMC cells", "LFP cells"}) {
    const auto made = footprint_of("", cells, 1);
    EXPECT_GT(made, 41) << cells;
    EXPECT_LT(made, 89) << cells;
  }
}

// worldsteel: 2.33 t by the blast furnace, 0.68 from scrap (world average; a quarter either side).
TEST(ElectricCar, SteelIsNearTheIndustrysAverages) {
  EXPECT_NEAR(footprint_of("", "blast furnace steel", 1), 2.33, 2.33 / 4);
  const auto scrap = footprint_of("", "scrap steel", 1);
  EXPECT_GT(scrap, 0.3);
  EXPECT_LT(scrap, 0.85);
}

}  // namespace
}  // namespace stave
