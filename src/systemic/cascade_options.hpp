#pragma once
#include "stave/analysis/declaration.hpp"
#include "stave/cascade/cascade.hpp"

namespace stave {

/// The rules of a cascade from --market, --eps, --follow (both, where an analysis does not ask) and
/// --compat, which both analyses declare.
[[nodiscard]] CascadeOptions cascade_options(const Arguments& arguments);

}  // namespace stave
