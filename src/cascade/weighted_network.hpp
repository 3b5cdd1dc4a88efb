#pragma once
/// A network made ready for many cascades: its weights D and U, and nodes in the order of sums.

#include "stave/cascade/cascade.hpp"

#include <cstdint>
#include <vector>

namespace stave {

struct WeightedNetwork {
  const CascadeNetwork* network = nullptr;
  std::size_t n = 0;
  std::vector<std::int32_t> node;          ///< [n] of each position: product by product, then node
  std::vector<std::int32_t> position;      ///< [n] of each node
  std::vector<std::size_t> product_start;  ///< [products + 1] positions of a product
  /// [n] where each node's lanes stand, downstream and upstream. Dense: by position and by node.
  /// Sparse: nodes with as many links of each kind together (sort_rows).
  std::vector<std::int32_t> down_row, up_row;
  /// Upstream, rows from here on are of nodes that sell nothing and so have no orders to lose.
  /// n where they are not told apart.
  std::size_t sellers = 0;
  std::vector<double> sales;                            ///< [n] row sums of W
  std::vector<double> purchases;                        ///< [n] column sums of W
  std::vector<double> out;                              ///< [n] the out of sigma
  std::vector<double> up_base;                          ///< [n] below U
  std::vector<std::vector<std::int32_t>> market_nodes;  ///< members of each market, ascending

  /// Pi_{j, p} for every buyer j of product p, written to bought [n].
  void bought_of(std::size_t product, std::vector<double>& bought) const;
  /// D_ij of a flow w, given Pi_{j, p(i)}.
  [[nodiscard]] double down(std::size_t j, double w, double bought, Need need) const;
  [[nodiscard]] bool sells(std::size_t i) const {
    return static_cast<std::size_t>(up_row[i]) < sellers;
  }
  [[nodiscard]] double up(std::size_t i, double w) const { return w / up_base[i]; }
};

[[nodiscard]] WeightedNetwork weigh_network(const CascadeNetwork& network);

}  // namespace stave
