#include "change/logarithmic.hpp"

namespace stave {
namespace {

double product(const std::array<double, most_factors>& values, std::size_t factors) {
  double w = 1;
  for (std::size_t f = 0; f < factors; ++f) w *= values[f];
  return w;
}

}  // namespace

std::array<double, most_factors> limit_effects(const std::array<double, most_factors>& a,
                                               const std::array<double, most_factors>& b,
                                               std::size_t factors) {
  std::array<double, most_factors> effect{};
  const double change = product(b, factors) - product(a, factors);
  if (change == 0 && (product(a, factors) == 0 || product(b, factors) == 0)) return effect;
  const auto share_among = [&](auto&& taken) {
    double count = 0;
    for (std::size_t f = 0; f < factors; ++f) count += taken(f) ? 1 : 0;
    if (count == 0) return false;
    for (std::size_t f = 0; f < factors; ++f) effect[f] = taken(f) ? change / count : 0;
    return true;
  };
  if (share_among([&](std::size_t f) { return a[f] * b[f] < 0; })) return effect;
  if (share_among([&](std::size_t f) { return (a[f] == 0) != (b[f] == 0); })) return effect;
  const double whole = std::log(product(b, factors) / product(a, factors));
  const double mean = logarithmic_mean(product(a, factors), product(b, factors), whole);
  for (std::size_t f = 0; f < factors; ++f) effect[f] = mean * std::log(b[f] / a[f]);
  return effect;
}

}  // namespace stave
