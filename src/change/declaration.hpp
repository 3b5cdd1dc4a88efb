#pragma once
#include "stave/analysis/declaration.hpp"

namespace stave {

[[nodiscard]] const Declaration& change_declaration();

}  // namespace stave
