#include <algorithm>

#include "cascade/lane_batch.hpp"
#include "cascade/orders.hpp"

namespace stave {

LaneRow LaneBatch::total_loss() const {
  LaneRow total;
  for (std::size_t i = 0; i < c_.network.n; ++i) {
    const auto& l_d = l_d_[down_row(i)];
    const auto& l_u = l_u_[up_row(i)];
    for (std::size_t l = 0; l < lanes; ++l)
      total.at[l] += c_.network.out[i] * std::max(l_d.at[l], l_u.at[l]);
  }
  return total;
}

bool LaneBatch::settled(std::size_t lane) const {
  const double eps = c_.options.cascade.eps;
  if (c_.options.cascade.stop == StopRule::largest_fall) return fall_.at[lane] <= eps;
  return growth_to_.at[lane] <= (1 + eps) * growth_from_.at[lane];
}

// Both sides of every node, or orders by who lost them in the round before (orders.hpp).
STAVE_VECTORISED void LaneBatch::add_up(std::size_t k, Mask done, BatchResult& result) const {
  const auto weight = c_.weights.row(k);
  const bool closed = !c_.wanted.empty();
  const Four zero{};
  LaneRow both, down, up;
  for (std::size_t c = 0; c < counted_.size(); ++c) {
    const auto soon = counted_[std::min(c + 8, counted_.size() - 1)];
    __builtin_prefetch(&l_d_[down_row(soon)]);
    __builtin_prefetch(&l_u_[up_row(soon)]);
    const auto i = counted_[c];
    const auto& l_d = l_d_[down_row(i)];
    const auto& l_u = l_u_[up_row(i)];
    const auto& ordered_less = closed ? l_u_before_[up_row(i)] : l_u;
    const double up_weight = closed ? c_.wanted[k][i] : weight[i];
    for (std::size_t f = 0; f < fours; ++f) {
      Four more = closed ? four(l_d, f) - four(l_u, f) : four(l_u, f);
      raise(more, closed ? zero : four(l_d, f));
      four(both, f) += weight[i] * more;
      four(down, f) += weight[i] * four(l_d, f);
      four(up, f) += up_weight * four(ordered_less, f);
    }
  }
  const double total = c_.weight_sums[k];
  for (std::size_t l = 0; l < lanes && total > 0; ++l) {
    if (!is_in(done, l)) continue;
    if (closed) up.at[l] += held_orders(k, l);
    if (closed) both.at[l] += up.at[l];
    result.risk[scenario_[l] * c_.weights.rows + k] = {both.at[l] / total, down.at[l] / total,
                                                       up.at[l] / total};
  }
}

// What the shocked lost beside the orders that they lost.
double LaneBatch::held_orders(std::size_t k, std::size_t lane) const {
  double sum = 0;
  for (const auto& shock : shocked_orders(c_.scenarios[scenario_[lane]])) {
    const auto s = static_cast<std::size_t>(shock.node);
    const double raw =
        orders_lost(c_.network, s, [&](std::size_t j) { return l_u_before_[up_row(j)].at[lane]; });
    sum += c_.weights.row(k)[s] * (l_u_[up_row(s)].at[lane] - raw);
  }
  return sum;
}

void LaneBatch::hand_in(Mask done, BatchResult& result) const {
  for (std::size_t k = 0; k < c_.weights.rows; ++k) add_up(k, done, result);
  for (std::size_t l = 0; l < lanes; ++l) {
    if (!is_in(done, l)) continue;
    result.rounds[scenario_[l]] = settled(l) ? rounds_[l] : -rounds_[l];
    if (c_.options.finished) c_.options.finished(scenario_[l]);
  }
}

}  // namespace stave
