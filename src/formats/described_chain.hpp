#pragma once
/// From a labelled table to a Chain, as a description says. Internal to the room.

#include "stave/core/chain.hpp"
#include "stave/formats/delimited.hpp"
#include "stave/formats/description.hpp"

namespace stave {

/// @throws Error as read_described
[[nodiscard]] Chain described_chain(const NumericTable& table, const Description& description,
                                    ChainInfo info);

}  // namespace stave
