#include "cascade/weighted_network.hpp"

#include <algorithm>
#include <numeric>

namespace stave {
namespace {

double or_one(double below) { return below == 0 ? 1 : below; }

void order_nodes(const CascadeNetwork& network, WeightedNetwork& w) {
  w.node.resize(w.n);
  std::iota(w.node.begin(), w.node.end(), 0);
  std::stable_sort(w.node.begin(), w.node.end(), [&](std::int32_t a, std::int32_t b) {
    return network.product[static_cast<std::size_t>(a)] <
           network.product[static_cast<std::size_t>(b)];
  });
  w.position.resize(w.n);
  for (std::size_t q = 0; q < w.n; ++q)
    w.position[static_cast<std::size_t>(w.node[q])] = static_cast<std::int32_t>(q);
  w.product_start.assign(network.products + 1, 0);
  for (const auto p : network.product) ++w.product_start[static_cast<std::size_t>(p) + 1];
  std::partial_sum(w.product_start.begin(), w.product_start.end(), w.product_start.begin());
}

}  // namespace

WeightedNetwork weigh_network(const CascadeNetwork& network) {
  WeightedNetwork w;
  w.network = &network;
  w.n = network.flows->size();
  order_nodes(network, w);
  w.down_row = w.position;
  w.up_row.resize(w.n);
  std::iota(w.up_row.begin(), w.up_row.end(), 0);
  w.sellers = w.n;
  w.sales = network.flows->row_sums();
  w.purchases = network.flows->column_sums();
  w.out = network.output.empty() ? w.sales : network.output;
  for (const double base : network.revenue.empty() ? w.sales : network.revenue)
    w.up_base.push_back(or_one(base));
  w.market_nodes.resize(network.products);
  for (std::size_t i = 0; i < w.n; ++i)
    w.market_nodes[static_cast<std::size_t>(network.market[i])].push_back(
        static_cast<std::int32_t>(i));
  return w;
}

void WeightedNetwork::bought_of(std::size_t product, std::vector<double>& bought) const {
  bought.assign(n, 0);
  for (std::size_t q = product_start[product]; q < product_start[product + 1]; ++q)
    network->flows->for_each_in_row(static_cast<std::size_t>(node[q]),
                                    [&](std::size_t j, double w) { bought[j] += w; });
}

double WeightedNetwork::down(std::size_t j, double w, double bought, Need need) const {
  if (need == Need::none) return 0;
  const double share = w / (need == Need::essential ? bought : purchases[j]);
  return network->cost.empty() ? share : share * (or_one(purchases[j]) / or_one(network->cost[j]));
}

}  // namespace stave
