#pragma once
/// Reads the published firm networks and their answers (see docs/method/cascade.md).

#include "stave/cascade/cascade.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace stave::esri {

inline std::string path(const std::string& file) {
  return std::string(STAVE_SHARED) + "/reference/esri/" + file;
}
inline bool present() { return std::filesystem::exists(path("industry_vector.csv")); }

/// Rows of numbers below the header; quotes are dropped, words read as 0.
inline std::vector<std::vector<double>> numbers(const std::string& file) {
  std::ifstream in(path(file));
  std::vector<std::vector<double>> rows;
  std::string line;
  std::getline(in, line);
  while (std::getline(in, line)) {
    std::erase(line, '"');
    std::stringstream cells(line);
    std::string cell;
    rows.emplace_back();
    while (std::getline(cells, cell, ','))
      rows.back().push_back(std::strtod(cell.c_str(), nullptr));
  }
  return rows;
}

/// Owns what a CascadeNetwork points at.
struct Firms {
  FlowMatrix flows;
  Recipe recipe;
  CascadeNetwork network;
  Firms(FlowMatrix z, Recipe e, std::vector<std::int32_t> product, std::size_t products)
      : flows(std::move(z)), recipe(std::move(e)) {
    network.flows = &flows;
    network.recipe = &recipe;
    network.product = std::move(product);
    network.market = network.product;
    network.products = products;
  }
  Firms(const Firms&) = delete;
  Firms& operator=(const Firms&) = delete;
  [[nodiscard]] std::size_t size() const { return flows.size(); }
  [[nodiscard]] std::vector<double> closed(std::size_t firm) const {
    std::vector<double> shock(size());
    shock[firm] = 1;
    return shock;
  }
  [[nodiscard]] std::vector<double> sales() const { return flows.row_sums(); }
};

inline Recipe recipe_of(const std::vector<std::vector<int>>& e) {
  Recipe recipe = Recipe::uniform(Need::non_essential);
  for (std::size_t k = 0; k < e.size(); ++k)
    for (std::size_t l = 0; l < e.size(); ++l)
      recipe.set(ProductId(k), ProductId(l), static_cast<Need>(e[k][l]));
  return recipe;
}

/// The four choices of E of the 101 firms, by name; four industries, counted from 0 here.
inline Recipe recipe_101(const std::string& name) {
  std::vector<std::vector<int>> e(4, std::vector<int>(4, name == "leontief" ? 2 : 1));
  if (name == "lin_2to4ess") e[1][3] = 2;
  if (name == "mixed") {
    e[1] = {2, 2, 2, 2};
    for (auto& row : e) row[0] = 0;
    e[2][3] = 0;
  }
  return recipe_of(e);
}

inline std::unique_ptr<Firms> firms_101(const std::string& net, const std::string& recipe) {
  const auto w = numbers(net == "scale_free" ? "example_net_scale_free_101_4000.csv"
                                             : "example_net_erdos_reny_101_213.csv");
  std::vector<std::int32_t> product;
  for (const auto& row : numbers("industry_vector.csv"))
    product.push_back(static_cast<std::int32_t>(row[1]) - 1);
  return std::make_unique<Firms>(FlowMatrix(Matrix::of(w)), recipe_101(recipe), product, 4);
}

/// 1,000 firms; sectors 1 to 12 of 20 are essential to one another.
inline std::unique_ptr<Firms> firms_1000() {
  std::vector<Flow> flows;
  for (const auto& row : numbers("sf1k_m20_edges.csv"))
    flows.push_back(
        {static_cast<std::int32_t>(row[0]) - 1, static_cast<std::int32_t>(row[1]) - 1, row[2]});
  std::vector<std::int32_t> product;
  for (const auto& row : numbers("sf1k_m20_nodes.csv"))
    product.push_back(static_cast<std::int32_t>(row[1]) - 1);
  Recipe recipe = Recipe::uniform(Need::non_essential);
  for (int k = 0; k < 12; ++k)
    for (int l = 0; l < 12; ++l) recipe.set(ProductId(k), ProductId(l), Need::essential);
  const std::size_t n = product.size();
  return std::make_unique<Firms>(FlowMatrix::from_flows(n, flows), recipe, product, 20);
}

/// Six firms, three products, E = [2 1 0; 0 2 1; 1 0 2].
inline std::unique_ptr<Firms> firms_6() {
  return std::make_unique<Firms>(FlowMatrix(Matrix::of({{0, 3, 2, 7, 5, 11},
                                                        {4, 0, 9, 1, 8, 6},
                                                        {10, 2, 0, 4, 3, 7},
                                                        {6, 5, 1, 0, 9, 2},
                                                        {8, 3, 6, 10, 0, 4},
                                                        {2, 7, 5, 3, 11, 0}})),
                                 recipe_of({{2, 1, 0}, {0, 2, 1}, {1, 0, 2}}),
                                 std::vector<std::int32_t>{0, 1, 2, 0, 1, 2}, 3);
}

/// Eleven firms, five industries, nothing essential.
inline std::unique_ptr<Firms> firms_11() {
  const std::vector<std::pair<int, int>> links = {{2, 1},  {2, 3},  {3, 7}, {6, 7},  {7, 4},
                                                  {7, 11}, {8, 11}, {9, 5}, {9, 10}, {10, 7}};
  std::vector<Flow> flows;
  for (const auto& [from, to] : links) flows.push_back({from - 1, to - 1, 1.0});
  return std::make_unique<Firms>(FlowMatrix::from_flows(11, flows),
                                 Recipe::uniform(Need::non_essential),
                                 std::vector<std::int32_t>{0, 1, 0, 2, 3, 1, 3, 0, 1, 2, 4}, 5);
}

}  // namespace stave::esri
