#pragma once
/// Regions and products of a described table, in the order of its rows. Internal to the room.

#include "stave/core/classification.hpp"

#include "described_labels.hpp"

namespace stave {

[[nodiscard]] Classification described_regions(const std::vector<Label>& rows,
                                               const std::vector<Label>& columns,
                                               const Description& d);
/// @throws Error bad_input  a code in the list of goods that the table does not have
[[nodiscard]] Classification described_products(const std::vector<Label>& rows,
                                                const Description& d);

}  // namespace stave
