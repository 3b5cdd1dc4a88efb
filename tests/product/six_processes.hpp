#pragma once
// Six processes with a loop (coal, steel, power), one unit of product each:
//
//   car        2 steel, 3 power           emits 1
//   steel      0.5 coal, 1 power          emits 2
//   coal       0.1 steel, 0.2 power       emits 0.3
//   power      0.4 coal, 0.05 transport   emits 0.5
//   transport  0.25 fuel                  emits 0.1
//   fuel       0.02 power                 emits 0.4
//
// By hand, l the emissions behind one unit:
//   transport = .1 + .25 (.4 + .02 power) = .2 + .005 power
//   power     = .5 + .4 coal + .05 (.2 + .005 power)  =>  .99975 power = .51 + .4 coal
//   coal      = .3 + .1 (2 + .5 coal + power) + .2 power  =>  .95 coal = .5 + .3 power
//   together    .8297625 coal = .652875
#include "stave/inventory/product_system.hpp"
#include "stave/product/footprint.hpp"

namespace stave::six {

inline constexpr double coal = 0.652875 / 0.8297625;
inline constexpr double power = (0.51 + 0.4 * coal) / 0.99975;
inline constexpr double steel = 2 + 0.5 * coal + power;
inline constexpr double car = 1 + 2 * steel + 3 * power;

inline Activity activity(const std::string& name, double emission,
                         std::vector<std::pair<std::string, double>> inputs) {
  Activity a;
  a.id = a.name = name;
  a.outputs.push_back({.product = name, .amount = {1, -1}, .unit = "kg"});
  for (const auto& [product, amount] : inputs)
    a.inputs.push_back({.product = product, .amount = {amount, -1}, .unit = "kg"});
  a.emissions.push_back({"co2", "air", {emission, -1}, "kg"});
  return a;
}

inline Inventory inventory() {
  Inventory made;
  made.name = "six";
  made.factor_set = "AR6";
  made.activities = {activity("car", 1, {{"steel", 2}, {"power", 3}}),
                     activity("steel", 2, {{"coal", 0.5}, {"power", 1}}),
                     activity("coal", 0.3, {{"steel", 0.1}, {"power", 0.2}}),
                     activity("power", 0.5, {{"coal", 0.4}, {"transport", 0.05}}),
                     activity("transport", 0.1, {{"fuel", 0.25}}),
                     activity("fuel", 0.4, {{"power", 0.02}})};
  return made;
}

inline Demand demand(const Inventory& made, const ProductSystem& system, double amount = 1) {
  return demand_of(made, system, {.product = "car", .activity = {}, .amount = amount, .unit = {}});
}

}  // namespace stave::six
