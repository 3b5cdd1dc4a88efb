#include "stave/product/asked.hpp"

#include "stave/core/error.hpp"
#include "stave/inventory/preference.hpp"
#include "stave/store/sample.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace stave {

std::vector<Parameter> asked_parameters(const std::string& project_summary) {
  return {
      {.name = "project",
       .type = ParameterType::input_file,
       .summary = project_summary,
       .required = true,
       .positional = true},
      {.name = "product",
       .type = ParameterType::text,
       .summary = "What is asked, in place of the project's: a product, or the id of an activity"},
      {.name = "amount",
       .type = ParameterType::real,
       .summary = "How much of it, in place of the project's",
       .min = 0},
      {.name = "unit",
       .type = ParameterType::text,
       .summary = "Of the amount; by itself its maker's"},
      {.name = "prefer",
       .type = ParameterType::text,
       .summary = "Who supplies what several make, in place of the project's [prefer]: "
                  "PRODUCT=ACTIVITY, separated by commas"}};
}

Inventory asked_inventory(const Arguments& arguments, const InventoryOptions& options) {
  auto inventory = read_inventory(resolve_inventory(arguments.text("project")), options);
  if (arguments.has("prefer")) prefer(inventory, arguments.text("prefer"));
  return inventory;
}

FunctionalUnit asked_product(const Inventory& inventory, const Arguments& arguments) {
  FunctionalUnit asked;
  if (inventory.asked) asked = *inventory.asked;
  if (arguments.has("product")) {
    asked = {};
    asked.product = arguments.text("product");
  }
  if (arguments.has("amount")) asked.amount = arguments.real("amount");
  if (arguments.has("unit")) asked.unit = arguments.text("unit");
  if (!asked.product.empty()) return asked;
  std::string some;
  for (std::size_t i = 0; i < std::min<std::size_t>(5, inventory.activities.size()); ++i)
    some += (i > 0 ? ", '" : "'") + inventory.activities[i].outputs.front().product + "'";
  throw Error(Errc::bad_input, fmt::format("{} does not say what is asked", inventory.name),
              fmt::format("Name a product: --product NAME, or [product] in the project. It makes "
                          "{}{}.",
                          some, inventory.activities.size() > 5 ? " ..." : ""));
}

}  // namespace stave
