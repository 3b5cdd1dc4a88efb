#include "report/number.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace stave {

int decimals_for(std::span<const double> values) {
  double largest = 0;
  bool whole = true;
  for (const double v : values) {
    if (!std::isfinite(v)) continue;
    largest = std::max(largest, std::abs(v));
    whole = whole && v == std::floor(v);
  }
  if (whole || largest == 0) return 0;
  const int digits = static_cast<int>(std::floor(std::log10(largest))) + 1;
  const int zeros = std::max(0, -digits);  // behind the point
  constexpr int rounding = 9;              // so many: nothing but rounding is left
  return std::max(0, 5 - std::max(digits, 1)) + (zeros < rounding ? zeros : 2);
}

std::string grouped(double value, int decimals) {
  if (!std::isfinite(value)) return std::isnan(value) ? "–" : value > 0 ? "∞" : "-∞";
  if (std::abs(value) >= 1e15) return fmt::format("{:.4e}", value);
  auto text = fmt::format("{:.{}f}", std::abs(value), decimals);
  const auto point = std::min(text.find('.'), text.size());
  for (auto k = static_cast<std::ptrdiff_t>(point) - 3; k > 0; k -= 3)
    text.insert(static_cast<std::size_t>(k), 1, ',');
  const bool zero = text.find_first_not_of("0.,") == std::string::npos;
  return value < 0 && !zero ? "-" + text : text;
}

}  // namespace stave
