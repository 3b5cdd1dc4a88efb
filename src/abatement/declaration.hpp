#pragma once
/// Internal to the room.

#include "stave/analysis/declaration.hpp"

namespace stave {

[[nodiscard]] const Declaration& switch_declaration();

}  // namespace stave
