#include <algorithm>

#include "cascade/frontier.hpp"

namespace stave {
namespace {

constexpr double rounding = 1e-9;  // of a sum of millions, and to spare

}  // namespace

// Nobody falls by more than eps in the round to come. A fall passes on no more than its share:
//   down  fall_j <= max_k sum_{i in k} D_ij (v_i - v_i before),  v = sigma l_d
//   up    fall_i <= sum_j U_ij fall_j
// Falls of at most eps / 2 are not pushed: shares add to 1, so together they pass on no more than
// the largest of them.
bool Frontier::next_is_last() {
  const double half = c_.options.cascade.eps / 2;
  double down_most = 0;
  for (const auto i : down_.active) {
    if (!c_.options.cascade.downstream) break;
    const double more = lost(i) - passed_on_[spot(i)];
    if (more > half)
      push_down(i, more);
    else
      down_most = std::max(down_most, more);
  }
  double up_most = 0;
  for (std::size_t k = 0; k < up_.active.size() && c_.options.cascade.upstream; ++k) {
    if (up_.fell[k] > half)
      push_up(up_.active[k], up_.fell[k], false);
    else
      up_most = std::max(up_most, up_.fell[k]);
  }
  const double most =
      std::max(down_most + largest_row(down_, true), up_most + largest_row(up_, false));
  return most <= c_.options.cascade.eps * (1 - rounding);
}

double Frontier::largest_row(Side& side, bool down) {
  side.touched.take(nodes_touched_);
  double most = 0;
  for (const auto i : nodes_touched_) {
    const auto row = first_row(i, down);
    const auto end = down ? spot(p_.row_start[spot(i) + 1]) : row + 1;
    for (auto r = row; r < end; ++r) {
      most = std::max(most, side.rows[r]);
      side.rows[r] = 0;
    }
  }
  return most;
}

double Frontier::most_loss(std::span<const double> weight, const std::vector<double>& passed_on,
                           const std::vector<double>& wanted) {
  double most = 0;
  for (const auto& shock : c_.scenarios[scenario_].shocks)
    most += weight[spot(shock.node)] * std::max(shock.down, shock.up);
  for (const auto i : down_.active)
    if (c_.options.cascade.downstream) most += lost(i) * passed_on[spot(i)];
  for (const auto j : up_.active)
    if (c_.options.cascade.upstream) most += (1 - up_.h[spot(j)]) * wanted[spot(j)];
  return most * (1 + rounding);
}

}  // namespace stave
