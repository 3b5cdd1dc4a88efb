#pragma once
/// Chains for the tests of position: random flows, households and inventories, two stressors.

#include "stave/core/random.hpp"

#include <cmath>

#include "core/small_chain.hpp"

namespace stave::test {

/// Final use of 1 to 2 a product and region; inventories within 30 % of what one region uses,
/// either way.
inline ChainParts random_position_parts(std::size_t regions, std::size_t products,
                                        std::uint64_t seed) {
  auto parts = grid_parts(regions, products,
                          [&](std::size_t i, std::size_t j) { return random_uniform(seed, i, j); });
  const auto n = regions * products;
  parts.final_columns.clear();
  for (std::size_t r = 0; r < regions; ++r) {
    parts.final_columns.push_back({RegionId(r), "households"});
    parts.final_columns.push_back({RegionId(r), "inventories"});
  }
  parts.final_use = Matrix(n, 2 * regions);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t k = 0; k < 2 * regions; ++k) {
      const double u = random_uniform(seed, 1'000 + i, k);
      const auto scale = static_cast<double>(products);
      parts.final_use(i, k) = k % 2 == 0 ? scale * (1 + u) : scale * .6 * (u - .5);
    }
  parts.stressor_rows = {{"co2", {}, "kt", Quality::measured, {}},
                         {"jobs", {}, "persons", Quality::measured, {}}};
  parts.stressors = Matrix(2, n);
  for (std::size_t e = 0; e < 2 * n; ++e)
    parts.stressors.values()[e] = random_uniform(seed, 2'000, e);
  parts.info.name = "random";
  parts.info.unit = "million USD";
  return parts;
}

/// The same chain with its nodes in another order.
inline ChainParts turned(const ChainParts& parts, std::size_t step, std::size_t first) {
  const auto n = parts.nodes.size();
  const auto from = [&](std::size_t i) { return (step * i + first) % n; };
  auto result = parts;
  Matrix z(n, n);
  for (std::size_t i = 0; i < n; ++i) {
    result.nodes[i] = parts.nodes[from(i)];
    for (std::size_t j = 0; j < n; ++j) z(i, j) = parts.flows.at(from(i), from(j));
    for (std::size_t k = 0; k < parts.final_use.cols(); ++k)
      result.final_use(i, k) = parts.final_use(from(i), k);
    for (std::size_t s = 0; s < parts.stressors.rows(); ++s)
      result.stressors(s, i) = parts.stressors(s, from(i));
  }
  result.flows = FlowMatrix(std::move(z));
  return result;
}

/// The first sells 5 of its 10 to the second, which sells 10 to final use.
inline ChainParts two_makers() {
  auto parts =
      grid_parts(1, 2, [](std::size_t i, std::size_t j) { return i == 0 && j == 1 ? 5.0 : 0.0; });
  parts.final_columns = {{RegionId(0), "households"}, {RegionId(0), "Changes in inventories"}};
  parts.final_use = Matrix::of({{3, 2}, {10, 0}});
  parts.stressor_rows = {{"co2", {}, "kt", Quality::measured, {}}};
  parts.stressors = Matrix::of({{10, 0}});
  parts.info.unit = "million USD";
  return parts;
}

inline ChainParts sparse_copy(ChainParts parts, std::size_t modulo) {
  std::vector<Flow> links;
  parts.flows.for_each([&](std::size_t i, std::size_t j, double v) {
    if ((7 * i + j) % modulo == 0)
      links.push_back({static_cast<std::int32_t>(i), static_cast<std::int32_t>(j), v});
  });
  parts.flows = FlowMatrix::from_flows(parts.nodes.size(), std::move(links));
  return parts;
}

inline ChainParts dense_copy_of(ChainParts parts) {
  Matrix z(parts.nodes.size(), parts.nodes.size());
  parts.flows.for_each([&](std::size_t i, std::size_t j, double v) { z(i, j) = v; });
  parts.flows = FlowMatrix(std::move(z));
  return parts;
}

inline std::vector<NodeId> every_node(const Chain& chain) {
  std::vector<NodeId> nodes;
  for (std::size_t i = 0; i < chain.size(); ++i) nodes.emplace_back(i);
  return nodes;
}

}  // namespace stave::test
