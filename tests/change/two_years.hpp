#pragma once
/// Pairs of chains for the tests of change: random years of one world.

#include "stave/core/random.hpp"

#include "core/small_chain.hpp"

namespace stave::test {

/// A world of `regions` x `products`, every flow and final use above zero; co2 and jobs. Another
/// seed is another year: coefficients, mix and level differ.
inline ChainParts year_parts(std::size_t regions, std::size_t products, std::uint64_t seed) {
  auto parts = grid_parts(regions, products, [&](std::size_t i, std::size_t j) {
    return .2 + random_uniform(seed, i, j);
  });
  const auto n = regions * products;
  const auto size = static_cast<double>(n) * (1 + .3 * static_cast<double>(seed % 7));
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t k = 0; k < regions; ++k)
      parts.final_use(i, k) = size * (.1 + random_uniform(seed, 5'000 + i, k));
  parts.stressor_rows = {{"co2", {}, "kt", Quality::measured, {}},
                         {"jobs", {}, "persons", Quality::measured, {}}};
  parts.stressors = Matrix(2, n);
  for (std::size_t e = 0; e < 2 * n; ++e)
    parts.stressors.values()[e] = 1 + random_uniform(seed, 9'000, e);
  parts.info.name = "year-" + std::to_string(seed);
  parts.info.year = 2000 + static_cast<int>(seed);
  parts.info.currency = "USD";
  parts.info.unit = "million USD";
  return parts;
}

}  // namespace stave::test
