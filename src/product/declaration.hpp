#pragma once
/// Internal to the room.

#include "stave/analysis/declaration.hpp"

namespace stave {

[[nodiscard]] const Declaration& product_declaration();

}  // namespace stave
