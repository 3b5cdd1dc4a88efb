#include <algorithm>

#include "cascade/frontier.hpp"
#include "cascade/orders.hpp"

namespace stave {

// h_u after the last round, of a node whose lost orders were not pushed.
double Frontier::h_u_at_end(std::size_t node) const {
  if (!orders_unpushed_) return up_.h[node];
  double loss = orders_lost(c_.network, node, [&](std::size_t j) { return lost_orders_[j]; });
  for (const auto& shock : c_.scenarios[scenario_].shocks)
    if (spot(shock.node) == node) loss = std::max(loss, shock.up);
  return std::max(0.0, std::min(1.0, 1 - loss));
}

// What the shocked lost beside the orders that they lost.
double Frontier::held_orders(std::size_t k) const {
  double sum = 0;
  for (const auto& shock : shocked_orders(c_.scenarios[scenario_])) {
    const auto s = spot(shock.node);
    const double raw = orders_lost(c_.network, s, [&](std::size_t j) { return lost_orders_[j]; });
    sum += c_.weights.row(k)[s] * ((1 - h_u_at_end(s)) - raw);
  }
  return sum;
}

void Frontier::hand_in(BatchResult& result) {
  const bool closed = !c_.wanted.empty();
  for (const auto q : down_.active) nodes_.insert(c_.network.node[spot(q)]);
  for (const auto i : up_.active)
    if (!closed) nodes_.insert(i);
  std::vector<std::int32_t> nodes;
  nodes_.take(nodes);
  more_down_.clear();
  for (const auto i : nodes) {
    const double h_d = down_.h[spot(c_.network.position[spot(i)])];
    // Nobody has more orders at the end than before.
    const bool more = closed && up_.h[spot(i)] > h_d;
    more_down_.push_back(more ? std::max(0.0, h_u_at_end(spot(i)) - h_d) : 0);
  }
  result.rounds[scenario_] = fall_ <= c_.options.cascade.eps ? rounds_ : -rounds_;
  for (std::size_t k = 0; k < c_.weights.rows; ++k) add_up(k, nodes, result);
  if (c_.options.finished) c_.options.finished(scenario_);
}

// Both sides of every node, or orders by who lost them (orders.hpp).
void Frontier::add_up(std::size_t k, std::span<const std::int32_t> nodes,
                      BatchResult& result) const {
  const auto weight = c_.weights.row(k);
  const bool closed = !c_.wanted.empty();
  SystemicRisk sum;
  for (std::size_t c = 0; c < nodes.size(); ++c) {
    const auto i = spot(nodes[c]);
    const double h_d = down_.h[spot(c_.network.position[i])];
    sum.both += weight[i] * (closed ? more_down_[c] : 1 - std::min(h_d, up_.h[i]));
    sum.down += weight[i] * (1 - h_d);
    if (!closed) sum.up += weight[i] * (1 - up_.h[i]);
  }
  if (closed) {
    for (const auto j : up_.active) sum.up += c_.wanted[k][spot(j)] * lost_orders_[spot(j)];
    sum.up += held_orders(k);
    sum.both += sum.up;
  }
  const double total = c_.weight_sums[k];
  if (total > 0)
    result.risk[scenario_ * c_.weights.rows + k] = {sum.both / total, sum.down / total,
                                                    sum.up / total};
}

}  // namespace stave
