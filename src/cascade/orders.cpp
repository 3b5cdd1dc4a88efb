#include "cascade/orders.hpp"

#include <algorithm>

namespace stave {

bool orders_within_one(const WeightedNetwork& network) {
  constexpr double limit = 1 + 1e-10;
  for (std::size_t i = 0; i < network.n; ++i)
    if (!(orders_lost(network, i, [](std::size_t) { return 1.0; }) <= limit)) return false;
  return true;
}

std::vector<double> wanted_by(const WeightedNetwork& network, std::span<const double> weight) {
  std::vector<double> wanted(network.n);
  network.network->flows->for_each(
      [&](std::size_t i, std::size_t j, double w) { wanted[j] += network.up(i, w) * weight[i]; });
  return wanted;
}

std::vector<NodeShock> shocked_orders(const CascadeScenario& scenario) {
  std::vector<NodeShock> shocked;
  for (const auto& shock : scenario.shocks)
    if (shock.up > 0) shocked.push_back(shock);
  std::sort(shocked.begin(), shocked.end(),
            [](const NodeShock& a, const NodeShock& b) { return a.node < b.node; });
  return shocked;
}

}  // namespace stave
