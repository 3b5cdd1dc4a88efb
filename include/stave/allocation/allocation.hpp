#pragma once
/// The analyses of this room: `stave survive`, `stave allocate` and `stave stocks`.

#include "stave/analysis/analysis.hpp"

namespace stave {

[[nodiscard]] Analysis survive_analysis();
[[nodiscard]] Analysis allocate_analysis();
[[nodiscard]] Analysis stocks_analysis();

}  // namespace stave
