#pragma once
/// Numbers for the eye.

#include <span>
#include <string>

namespace stave {

/// Decimals that show about five significant digits of the largest value, 0 to 12; 6 where it is
/// below 1e-9.
[[nodiscard]] int decimals_for(std::span<const double> values);
/// "1,234,567.9"; a dash for NaN.
[[nodiscard]] std::string grouped(double value, int decimals);

}  // namespace stave
