#pragma once
/// The chains that the tests of both analyses ask about.

#include "stave/core/chain.hpp"
#include "stave/core/random.hpp"

#include <algorithm>

namespace stave::networks {

/// @param product [n] product of each node, from 0;  all nodes stand in one region unless given
inline ChainParts parts(FlowMatrix flows, const std::vector<int>& product, Recipe recipe,
                        const std::vector<int>& region = {}) {
  ChainParts p;
  p.info = {.name = "network", .year = 2020, .unit = "million USD"};
  p.recipe = std::move(recipe);
  const auto items = [](const std::vector<int>& of, const std::string& letter) {
    std::vector<Item> list;
    for (int k = 0; k <= *std::max_element(of.begin(), of.end()); ++k)
      list.push_back({.code = letter + std::to_string(k)});
    return list;
  };
  p.products = Classification("product", items(product, "p"));
  p.regions = Classification("region", items(region.empty() ? std::vector{0} : region, "r"));
  for (std::size_t i = 0; i < product.size(); ++i)
    p.nodes.push_back({.id = "n" + std::to_string(i),
                       .name = "N" + std::to_string(i),
                       .region = RegionId(region.empty() ? 0 : region[i]),
                       .product = ProductId(product[i])});
  p.flows = std::move(flows);
  return p;
}

/// Six firms of the authors' program: three products, E = [2 1 0; 0 2 1; 1 0 2].
inline Chain six_firms() {
  Recipe recipe = Recipe::uniform(Need::non_essential);
  const std::vector<std::vector<int>> e = {{2, 1, 0}, {0, 2, 1}, {1, 0, 2}};
  for (std::size_t k = 0; k < 3; ++k)
    for (std::size_t l = 0; l < 3; ++l)
      recipe.set(ProductId(k), ProductId(l), static_cast<Need>(e[k][l]));
  return Chain(parts(FlowMatrix(Matrix::of({{0, 3, 2, 7, 5, 11},
                                            {4, 0, 9, 1, 8, 6},
                                            {10, 2, 0, 4, 3, 7},
                                            {6, 5, 1, 0, 9, 2},
                                            {8, 3, 6, 10, 0, 4},
                                            {2, 7, 5, 3, 11, 0}})),
                     {0, 1, 2, 0, 1, 2}, recipe));
}

/// A random network with final use and every kind of need; dense or sparse.
inline ChainParts random_parts(std::uint64_t seed, std::size_t n, int products, bool dense) {
  const auto draw = [&](std::uint64_t stream, std::size_t k) {
    return random_uniform(seed, stream, k);
  };
  std::vector<Flow> flows;
  Matrix z(n, n);
  for (std::size_t k = 0; k < n * n; ++k)
    if (draw(1, k) < (dense ? 0.7 : 0.1)) {
      z(k / n, k % n) = 1 + 9 * draw(2, k);
      flows.push_back(
          {static_cast<std::int32_t>(k / n), static_cast<std::int32_t>(k % n), z(k / n, k % n)});
    }
  Recipe recipe = Recipe::uniform(Need::non_essential);
  for (int k = 0; k < products; ++k)
    for (int l = 0; l < products; ++l)
      recipe.set(ProductId(k), ProductId(l),
                 static_cast<Need>(
                     static_cast<int>(3 * draw(3, static_cast<std::size_t>(k * products + l)))));
  std::vector<int> product;
  for (std::size_t i = 0; i < n; ++i) product.push_back(static_cast<int>(i) % products);
  auto p = parts(dense ? FlowMatrix(std::move(z)) : FlowMatrix::from_flows(n, std::move(flows)),
                 product, recipe);
  p.final_columns = {{RegionId(0), "households"}};
  p.final_use = Matrix(n, 1);
  for (std::size_t i = 0; i < n; ++i) p.final_use(i, 0) = 20 * draw(4, i);
  return p;
}

}  // namespace stave::networks
