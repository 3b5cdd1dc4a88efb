#pragma once
/// What the reports of this room say alike.

#include <string>
#include <string_view>

namespace stave::footprint {

/// Two significant digits below ten per cent: "0.49 %", "2.1 %", "38 %".
[[nodiscard]] std::string percent(double share);
/// "4,210 kt": thousands separated where large, three digits where small.
[[nodiscard]] std::string amount(double value, std::string_view unit);

}  // namespace stave::footprint
