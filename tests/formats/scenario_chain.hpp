#pragma once
/// A small chain for scenarios: two regions and a group of both, chips and cars and services.
#include "stave/core/chain.hpp"

#include <cmath>
#include <string>

namespace stave {

inline Chain scenario_chain() {
  ChainParts parts;
  parts.info.name = "small";
  parts.info.unit = "million USD";
  parts.regions = Classification("region",
                                 {{"CHN", "China", "中国", "ASIA"},
                                  {"DEU", "Germany", "", ""},
                                  {"JPN", "Japan", "日本", "ASIA"}},
                                 {{"ASIA", "Asia", "亚洲", ""}});
  parts.products = Classification("product", {{"chip", "Chips", "芯片", "", Kind::good},
                                              {"car", "Cars", "汽车", "", Kind::good},
                                              {"care", "Care", "", "", Kind::service}});
  for (const auto* region : {"CHN", "DEU", "JPN"})
    for (const auto* product : {"chip", "car", "care"}) {
      Node node;
      node.id = std::string(region) + "." + product;
      node.region = RegionId(parts.regions.require(region));
      node.product = ProductId(parts.products.require(product));
      if (std::string(product) == "car") node.enterprise = std::string(region) + " Motors";
      parts.nodes.push_back(node);
    }
  // Chips go to every maker of cars, cars and care to households alone.
  Matrix flows(9, 9);
  for (const std::size_t i : {0, 3, 6})
    for (const std::size_t j : {1, 4, 7}) flows(i, j) = 10;
  parts.flows = FlowMatrix(std::move(flows));
  for (std::size_t r = 0; r < 3; ++r)
    for (const auto* category : {"households", "government"})
      parts.final_columns.push_back({RegionId(r), category});
  parts.final_use = Matrix(9, 6);
  for (const std::size_t i : {1, 2, 4, 5, 7, 8})
    for (std::size_t k = 0; k < 6; ++k) parts.final_use(i, k) = 10;
  parts.node_attributes = {
      {"employees", "persons", {900, 100, 5, 20, 800, 6, 30, 40, std::nan("")}}};
  return Chain(std::move(parts));
}

}  // namespace stave
