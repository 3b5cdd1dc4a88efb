#include "stave/shock/shock.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace stave {

std::string sparkline(const std::vector<double>& values, std::size_t cells) {
  constexpr std::array<std::string_view, 8> heights{"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  if (values.empty()) return {};
  const auto shown = std::min(cells, values.size());
  const auto [low, high] = std::minmax_element(values.begin(), values.end());
  const double range = *high - *low;
  const bool flat = !(range > 1e-9 * std::max(std::abs(*high), std::abs(*low)));
  std::string text;
  for (std::size_t c = 0; c < shown; ++c) {
    const auto from = c * values.size() / shown;
    const auto to = (c + 1) * values.size() / shown;
    double drawn = values[from];
    for (auto t = from; t < to; ++t)
      if (std::abs(values[t] - values[0]) > std::abs(drawn - values[0])) drawn = values[t];
    const auto height =
        flat ? 3 : static_cast<std::size_t>(std::lround(7 * (drawn - *low) / range));
    text += heights.at(height);
  }
  return text;
}

}  // namespace stave
