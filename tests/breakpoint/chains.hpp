#pragma once
/// Small chains for the tests of break points: by hand and at random.

#include "stave/core/chain.hpp"
#include "stave/core/random.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>

namespace stave {

// Nodes in order; product of node k is products[k]; every input essential.
inline Chain chain_of(const std::vector<std::string>& products, const std::vector<Flow>& flows,
                      std::size_t regions = 1) {
  ChainParts p;
  p.info.name = "test";
  std::vector<Item> region_items;
  for (std::size_t r = 0; r < regions; ++r) region_items.push_back({.code = fmt::format("R{}", r)});
  p.regions = Classification("region", region_items);
  std::vector<Item> items;
  for (const auto& code : products)
    if (std::none_of(items.begin(), items.end(), [&](const Item& i) { return i.code == code; }))
      items.push_back({.code = code});
  p.products = Classification("product", items);
  for (std::size_t k = 0; k < products.size(); ++k)
    p.nodes.push_back({.id = fmt::format("n{}", k),
                       .region = RegionId(k % regions),
                       .product = ProductId(p.products.require(products[k])),
                       .enterprise = fmt::format("firm {}", k)});
  p.flows = FlowMatrix::from_flows(products.size(), flows);
  p.final_use = Matrix(products.size(), 0);
  return Chain(std::move(p));
}

// A fault tree by hand. The car (0) needs a battery (1 or 2) and a chip (3). Both batteries need
// lithium (4). The chip needs lithography (5).
//   car = (1 and 2) or 3;  1 = 4;  2 = 4;  3 = 5      (failures)
//   single points: 3, 4, 5;  pairs: {1, 2}
inline Chain car() {
  return chain_of({"car", "battery", "battery", "chip", "lithium", "lithography"},
                  {{1, 0, 60}, {2, 0, 40}, {3, 0, 5}, {4, 1, 7}, {4, 2, 6}, {5, 3, 9}});
}

// Random chains of `least` nodes and a few more, with rings and several makers a product.
inline Chain random_chain(std::uint64_t seed, std::size_t least = 4) {
  const auto draw = [&](std::uint64_t stream, std::uint64_t index, std::uint64_t below) {
    return static_cast<std::int32_t>(random_bits(seed, stream, index) % below);
  };
  const auto n = least + static_cast<std::size_t>(draw(0, 0, 7));
  const auto makes = static_cast<std::uint64_t>(2 + draw(0, 1, 4));
  std::vector<std::string> products;
  for (std::size_t k = 0; k < n; ++k) products.push_back(fmt::format("p{}", draw(1, k, makes)));
  std::vector<Flow> flows;
  const auto links = n + static_cast<std::size_t>(draw(0, 2, 2 * n));
  for (std::size_t k = 0; k < links; ++k)
    flows.push_back({draw(2, k, n), draw(3, k, n), 1.0 + draw(4, k, 9)});
  return chain_of(products, flows, 2);
}

}  // namespace stave
