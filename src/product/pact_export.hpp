#pragma once
/// Internal to the room.

#include "stave/formats/pact.hpp"

#include "product/told.hpp"

namespace stave {

/// The footprint in the words of PACT; the project's [pact] says whose it is.
/// @throws Error bad_input  a word that PACT demands is missing; a unit it does not have
[[nodiscard]] PactFootprint pact_of(const ToldProduct& told);

}  // namespace stave
