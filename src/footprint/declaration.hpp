#pragma once
#include "stave/analysis/declaration.hpp"

namespace stave::footprint {

[[nodiscard]] const Declaration& footprint_declaration();
[[nodiscard]] const Declaration& diligence_declaration();

}  // namespace stave::footprint
