#include "stave/systemic/systemic.hpp"

#include <algorithm>

namespace stave {

ChainCascade::ChainCascade(const Chain& chain) : network_(cascade_network(chain)) {
  chain.flows().for_each([&](std::size_t, std::size_t, double z) { clipped_ += z < 0 ? 1 : 0; });
  if (clipped_ > 0) {
    std::vector<Flow> kept;
    chain.flows().for_each([&](std::size_t i, std::size_t j, double z) {
      if (z >= 0) kept.push_back({static_cast<std::int32_t>(i), static_cast<std::int32_t>(j), z});
    });
    flows_ = std::make_shared<FlowMatrix>(FlowMatrix::from_flows(chain.size(), std::move(kept)));
    network_.flows = flows_.get();
  }
  const auto sales = network_.flows->row_sums();
  network_.revenue = sales;
  for (std::size_t i = 0; i < sales.size(); ++i) {
    if (chain.output()[i] > sales[i]) network_.revenue[i] = chain.output()[i];
    final_use_ = final_use_ || network_.revenue[i] > sales[i] * (1 + 1e-12);
  }
}

CascadeNetwork ChainCascade::without_final_use() const {
  auto network = network_;
  network.revenue.clear();
  return network;
}

}  // namespace stave
