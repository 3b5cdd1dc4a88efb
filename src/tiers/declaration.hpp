#pragma once
#include "stave/analysis/declaration.hpp"

namespace stave {

[[nodiscard]] const Declaration& tiers_declaration();

}  // namespace stave
