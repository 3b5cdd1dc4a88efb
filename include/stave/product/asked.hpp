#pragma once
/// What is asked of an inventory: the parameters of every analysis of a product, and what they say.

#include "stave/analysis/declaration.hpp"
#include "stave/formats/inventory_file.hpp"

#include <string>
#include <vector>

namespace stave {

/// project, product, amount, unit and prefer.
[[nodiscard]] std::vector<Parameter> asked_parameters(const std::string& project_summary);
/// The project, with the makers given as --prefer.
/// @throws Error as resolve_inventory, read_inventory and prefer do
[[nodiscard]] Inventory asked_inventory(const Arguments& arguments,
                                        const InventoryOptions& options = {});
/// What the project asks, or what is asked in place of it.
/// @throws Error bad_input  neither says what
[[nodiscard]] FunctionalUnit asked_product(const Inventory& inventory, const Arguments& arguments);

}  // namespace stave
