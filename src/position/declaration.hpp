#pragma once
#include "stave/analysis/declaration.hpp"

namespace stave {

[[nodiscard]] const Declaration& position_declaration();
[[nodiscard]] const Declaration& structure_declaration();
[[nodiscard]] const Declaration& paths_declaration();

}  // namespace stave
