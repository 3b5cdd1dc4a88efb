#include "stave/analysis/words.hpp"

#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace stave::words {

std::string percent(double share) {
  const double value = 100 * share;
  if (std::abs(value) >= 10) return fmt::format("{:.0f} %", value);
  if (std::abs(value) >= 1) return fmt::format("{:.1f} %", value);
  return fmt::format("{:.2g} %", value);
}

std::string amount(double value, std::string_view unit) {
  auto digits = fmt::format("{:.3g}", value);
  if (std::abs(value) >= 1000 && std::abs(value) < 1e15) {
    digits = fmt::format("{:.0f}", value);
    const std::size_t first = value < 0 ? 1 : 0;
    for (std::size_t at = digits.size(); at > first + 3;) digits.insert(at -= 3, ",");
  }
  return unit.empty() ? digits : fmt::format("{} {}", digits, unit);
}

std::string figure(double value) {
  const double size = std::abs(value);
  if (size != 0 && (size < 1e-3 || size >= 1e7)) return fmt::format("{:.3g}", value);
  return size >= 100 ? fmt::format("{:.0f}", value) : fmt::format("{:.3g}", value);
}

std::string listed(const std::vector<std::string>& words) {
  if (words.size() < 2) return words.empty() ? std::string() : words.front();
  return fmt::format("{} and {}", fmt::join(words.begin(), words.end() - 1, ", "), words.back());
}

}  // namespace stave::words
