#pragma once
/// Random networks of firms for tests.

#include "stave/core/random.hpp"

#include <memory>

#include "cascade/esri_files.hpp"

namespace stave {

/// A random network; a share of links and of needs, some nodes without sales.
inline std::unique_ptr<esri::Firms> random_firms(std::uint64_t seed, std::size_t n,
                                                 std::size_t products, double density, bool dense) {
  const auto draw = [&](std::uint64_t stream, std::size_t index) {
    return random_uniform(seed, stream, index);
  };
  std::vector<Flow> flows;
  Matrix z(n, n);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j)
      if (draw(1, i * n + j) < density && i % 7 != 3) {
        z(i, j) = 1e-3 + 100 * draw(2, i * n + j);
        flows.push_back({static_cast<std::int32_t>(i), static_cast<std::int32_t>(j), z(i, j)});
      }
  SparseMatrix rows{n, std::vector<std::int64_t>(n + 1), {}, {}};
  for (const auto& flow : flows) {
    ++rows.row_start[static_cast<std::size_t>(flow.from) + 1];
    rows.column.push_back(flow.to);
    rows.value.push_back(flow.value);
  }
  for (std::size_t i = 0; i < n; ++i) rows.row_start[i + 1] += rows.row_start[i];
  Recipe recipe = Recipe::uniform(Need::non_essential);
  for (std::size_t k = 0; k < products * products; ++k)
    recipe.set(ProductId(k / products), ProductId(k % products),
               static_cast<Need>(static_cast<int>(3 * draw(3, k))));
  std::vector<std::int32_t> product;
  for (std::size_t i = 0; i < n; ++i)
    product.push_back(static_cast<std::int32_t>(draw(4, i) * static_cast<double>(products)));
  return std::make_unique<esri::Firms>(
      dense ? FlowMatrix(std::move(z)) : FlowMatrix(std::move(rows)), recipe, product, products);
}

/// Two weights: sales, and one each.
inline Matrix sales_and_ones(const esri::Firms& firms) {
  Matrix weights(2, firms.size());
  const auto sales = firms.sales();
  for (std::size_t i = 0; i < firms.size(); ++i) {
    weights(0, i) = sales[i];
    weights(1, i) = 1;
  }
  return weights;
}

}  // namespace stave
