#pragma once
/// What each product of an activity bears of its inputs and emissions. Internal to the room.

#include "stave/inventory/inventory.hpp"

#include <vector>

#include "amount_conversion.hpp"

namespace stave {

/// [outputs] shares that add up to 1: amount_k w_k / sum, w the mass, energy or price of a unit, or
/// the shares stated. Under substitution the first bears all.
/// @throws Error bad_input  a product whose mass, energy or price is not known or below 0; shares
///                          that do not add up to 1; naming activity and product
/// Source: ISO 14044 (2006), 4.3.4.2.
[[nodiscard]] std::vector<double> allocation_shares(const Activity& activity,
                                                    const AmountConversion& convert);

}  // namespace stave
