#pragma once
/// Numbers and lists as findings and notes say them, alike in every report.

#include <string>
#include <string_view>
#include <vector>

namespace stave::words {

/// Two significant digits below ten per cent: "0.49 %", "2.1 %", "38 %".
[[nodiscard]] std::string percent(double share);
/// "4,210 million USD": thousands separated where large, three digits where small.
[[nodiscard]] std::string amount(double value, std::string_view unit);
/// A number by itself: "14697", "12.3", "1.2e-05".
[[nodiscard]] std::string figure(double value);
/// "A, B and C".
[[nodiscard]] std::string listed(const std::vector<std::string>& words);

}  // namespace stave::words
