#pragma once
/// Parameters, tables and columns of the analyses of this room.

#include "stave/analysis/declaration.hpp"

namespace stave {

[[nodiscard]] const Declaration& survive_declaration();
[[nodiscard]] const Declaration& allocate_declaration();
[[nodiscard]] const Declaration& stocks_declaration();

}  // namespace stave
