#pragma once
/// The logarithmic mean, and its limits where a factor is 0 or changes sign.

#include <array>
#include <cmath>
#include <cstddef>

namespace stave {

inline constexpr std::size_t most_factors = 5;

/// L(a, b) = (b - a) / ln(b / a), of numbers of one sign; a where they are equal.
/// @param logarithm  ln(b / a), known already
[[nodiscard]] inline double logarithmic_mean(double a, double b, double logarithm) {
  if (std::abs(logarithm) > 1e-2) return (b - a) / logarithm;
  // (e^r - 1) / r = 1 + r / 2 + r^2 / 6 + r^3 / 24 ..., r^5 / 720 below 1e-12
  const double r = logarithm;
  return a * (1 + r * (1. / 2 + r * (1. / 6 + r * (1. / 24 + r * (1. / 120 + r / 720)))));
}

/// Effects of the factors of one term whose product goes from prod a to prod b. Where factors are 0
/// in one of the two, the term appears or vanishes with them, and they share its change alike: the
/// limit of 0 made small (Wood and Lenzen 2006). Factors that change sign take the term through 0:
/// all of its change is theirs.
[[nodiscard]] std::array<double, most_factors> limit_effects(
    const std::array<double, most_factors>& a, const std::array<double, most_factors>& b,
    std::size_t factors);

}  // namespace stave
