#pragma once
/// Who supplies a product that several make, said in one line in place of the project's [prefer].
///
///   prefer(inventory, "electricity=grid Yunnan, crude steel=hydrogen steel");

#include "stave/inventory/inventory.hpp"

#include <string_view>

namespace stave {

/// "PRODUCT=ACTIVITY, PRODUCT=ACTIVITY ...": ids of activities; goes before what the project
/// prefers. Inputs that name their maker (`from`) keep it.
/// @throws Error bad_input  no PRODUCT=ACTIVITY; a product named twice
///               not_found  a product that nobody makes, an activity that does not make it; naming
///                          near ones, or who makes it
void prefer(Inventory& inventory, std::string_view words);

}  // namespace stave
