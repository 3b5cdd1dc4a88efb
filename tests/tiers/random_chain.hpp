#pragma once
/// Small chains of all kinds of values for the tests of tiers.

#include "stave/core/chain.hpp"
#include "stave/core/random.hpp"

#include <vector>

#include "core/small_chain.hpp"

namespace stave::test {

/// Three regions x six goods; a share of all flows, final use of each, all different.
inline ChainParts random_parts(std::uint64_t seed, double density = 1.0 / 3) {
  std::uint64_t draws = 0;
  const auto next = [&] { return random_uniform(seed, 1, draws++); };
  auto parts = grid_parts(
      3, 6, [&](std::size_t, std::size_t) { return next() < density ? 1 + 9 * next() : 0.0; });
  for (auto& y : parts.final_use.values()) y = 5 * next();
  return parts;
}

/// The same chain, its nodes in another order.
inline ChainParts reordered(const ChainParts& parts, const std::vector<std::size_t>& order) {
  auto result = parts;
  Matrix z(order.size(), order.size());
  for (std::size_t i = 0; i < order.size(); ++i) {
    result.nodes[i] = parts.nodes[order[i]];
    for (std::size_t j = 0; j < order.size(); ++j) z(i, j) = parts.flows.at(order[i], order[j]);
    for (std::size_t c = 0; c < parts.final_use.cols(); ++c)
      result.final_use(i, c) = parts.final_use(order[i], c);
  }
  result.flows = FlowMatrix(std::move(z));
  return result;
}

}  // namespace stave::test
