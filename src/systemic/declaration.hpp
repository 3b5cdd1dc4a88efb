#pragma once
#include "stave/analysis/declaration.hpp"

namespace stave {

[[nodiscard]] const Declaration& systemic_declaration();
[[nodiscard]] const Declaration& cascade_declaration();

}  // namespace stave
