#pragma once
/// Chains for the tests of upgrade.

#include "stave/core/random.hpp"

#include <string>

#include "core/small_chain.hpp"

namespace stave::test {

/// Regions a, b x chips, ore: b.ore sells 2 to a.chips and 3 at home, a.chips 6 at home and 4
/// abroad; the other two make nothing.
inline Chain chips_and_ore() {
  auto parts =
      grid_parts(2, 2, [](std::size_t i, std::size_t j) { return i == 3 && j == 0 ? 2.0 : 0.0; });
  parts.regions = Classification("region", {{"a", "Alpha", {}, {}, {}}, {"b", "Beta", {}, {}, {}}});
  parts.products =
      Classification("product", {{"chips", "Chips", {}, {}, {}}, {"ore", "Ore", {}, {}, {}}});
  for (auto& node : parts.nodes)
    node.id = parts.regions[node.region].code + "." + parts.products[node.product].code;
  parts.final_use = Matrix::of({{6, 4}, {0, 0}, {0, 0}, {0, 3}});
  parts.info.name = "two";
  parts.info.unit = "million USD";
  return Chain(std::move(parts));
}

/// 5 regions x 4 products, all selling to all.
inline ChainParts random_year_parts(std::uint64_t seed) {
  auto parts = grid_parts(
      5, 4, [&](std::size_t i, std::size_t j) { return random_uniform(seed, i, j) / 4; });
  for (std::size_t i = 0; i < 20; ++i)
    for (std::size_t k = 0; k < 5; ++k)
      parts.final_use(i, k) = 1 + random_uniform(seed, 100 + i, k);
  parts.info.name = "random-" + std::to_string(seed);
  parts.info.unit = "million USD";
  return parts;
}

inline ChainParts scaled(ChainParts parts, double factor) {
  Matrix z(parts.nodes.size(), parts.nodes.size());
  parts.flows.for_each([&](std::size_t i, std::size_t j, double v) { z(i, j) = factor * v; });
  parts.flows = FlowMatrix(std::move(z));
  for (auto& v : parts.final_use.values()) v *= factor;
  return parts;
}

}  // namespace stave::test
