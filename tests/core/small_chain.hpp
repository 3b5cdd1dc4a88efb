#pragma once
/// Small chains for the tests of core and of the rooms above it.

#include "stave/core/chain.hpp"

#include <string>

namespace stave::test {

/// Regions r0 .., products p0 .., region by region; one household column a region, final use 1.
inline ChainParts grid_parts(std::size_t regions, std::size_t products, const auto& flow) {
  ChainParts parts;
  std::vector<Item> region_items;
  std::vector<Item> product_items;
  for (std::size_t r = 0; r < regions; ++r)
    region_items.push_back({"r" + std::to_string(r), {}, {}, {}, Kind::unknown});
  for (std::size_t p = 0; p < products; ++p)
    product_items.push_back({"p" + std::to_string(p), {}, {}, {}, Kind::good});
  parts.regions = Classification("region", std::move(region_items));
  parts.products = Classification("product", std::move(product_items));
  const auto n = regions * products;
  Matrix z(n, n);
  for (std::size_t i = 0; i < n; ++i) {
    const auto& region = parts.regions[i / products];
    const auto& product = parts.products[i % products];
    parts.nodes.push_back({region.code + "." + product.code,
                           {},
                           {},
                           RegionId(i / products),
                           ProductId(i % products),
                           {}});
    for (std::size_t j = 0; j < n; ++j) z(i, j) = flow(i, j);
  }
  parts.flows = FlowMatrix(std::move(z));
  for (std::size_t r = 0; r < regions; ++r)
    parts.final_columns.push_back({RegionId(r), "households"});
  parts.final_use = Matrix(n, regions);
  for (auto& y : parts.final_use.values()) y = 1;
  parts.info.name = "grid";
  return parts;
}

/// CHN, JPN, DEU x ore, car; Z_ij = 6 i + j; households and investment each, Y_ik = 10 i + k;
/// value added i + 1; co2 2 i + 1, of final use 1; inventory (days) i + 1, jobs 100 (i + 1),
/// latitude; population 10, 20, 30.
inline Chain small_chain() {
  auto parts =
      grid_parts(3, 2, [](std::size_t i, std::size_t j) { return static_cast<double>(6 * i + j); });
  parts.info.name = "small";
  parts.info.unit = "million USD";
  parts.info.currency = "USD";
  parts.regions = Classification("region", {{"CHN", "China", "中国", {}, Kind::unknown},
                                            {"JPN", "Japan", "日本", {}, Kind::unknown},
                                            {"DEU", "Germany", "德国", {}, Kind::unknown}});
  parts.products = Classification(
      "product", {{"ore", "Ore", "矿石", {}, Kind::good}, {"car", "Cars", "汽车", {}, Kind::good}});
  for (auto& node : parts.nodes)
    node.id = parts.regions[node.region].code + "." + parts.products[node.product].code;
  parts.final_columns.clear();
  for (const int r : {0, 1, 2}) {
    parts.final_columns.push_back({RegionId(r), "households"});
    parts.final_columns.push_back({RegionId(r), "investment"});
  }
  parts.final_use = Matrix(6, 6);
  parts.primary_rows = {{"va", "Value added", "增加值"}};
  parts.primary = Matrix(1, 6);
  parts.stressor_rows = {{"co2", "二氧化碳", "kt", Quality::measured, {}}};
  parts.stressors = Matrix(1, 6);
  parts.stressors_final = Matrix(1, 6);
  parts.node_attributes = {{"inventory", "days", {1, 2, 3, 4, 5, 6}},
                           {"jobs", "persons", {100, 200, 300, 400, 500, 600}},
                           {"latitude", "degree", {1, 2, 3, 4, 5, 6}}};
  parts.region_attributes = {{"population", "persons", {10, 20, 30}}};
  for (std::size_t i = 0; i < 6; ++i) {
    for (std::size_t k = 0; k < 6; ++k) parts.final_use(i, k) = static_cast<double>(10 * i + k);
    parts.primary(0, i) = static_cast<double>(i + 1);
    parts.stressors(0, i) = static_cast<double>(2 * i + 1);
    parts.stressors_final(0, i) = 1;
  }
  return Chain(std::move(parts));
}

}  // namespace stave::test
