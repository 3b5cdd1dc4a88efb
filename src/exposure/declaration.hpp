#pragma once
#include "stave/analysis/declaration.hpp"

namespace stave {

[[nodiscard]] const Declaration& exposure_declaration();

}  // namespace stave
