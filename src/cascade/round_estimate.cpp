#include "cascade/round_estimate.hpp"

#include <algorithm>

namespace stave {
namespace {

constexpr int most_rounds = 30;
constexpr std::size_t most_links = 20'000;  // a scenario that goes further is a long one

std::size_t place(std::int32_t i) { return static_cast<std::size_t>(i); }

}  // namespace

RoundEstimate::RoundEstimate(const BatchContext& context, const PushNetwork& network)
    : c_(context), p_(network), sigma_(p_.n, 1.0) {
  const auto& w = c_.network;
  for (std::size_t k = 0; c_.options.cascade.market && k + 1 < w.product_start.size(); ++k) {
    double available = 0;
    for (auto q = w.product_start[k]; q < w.product_start[k + 1]; ++q)
      available += w.out[place(w.node[q])];
    for (auto q = w.product_start[k]; q < w.product_start[k + 1]; ++q) {
      const double left = available - w.out[place(w.node[q])];
      sigma_[q] = left > 0 ? std::min(1.0, w.out[place(w.node[q])] / left) : 1.0;
    }
  }
  if (!p_.row_start.empty()) down_.rows.resize(place(p_.row_start.back()));
  up_.rows.resize(p_.n);
  for (auto* side : {&down_, &up_}) {
    side->loss.resize(p_.n);
    side->before.resize(p_.n);
  }
}

void RoundEstimate::start(Side& side, std::int32_t node, double loss) {
  if (loss <= 0) return;
  side.loss[place(node)] = loss;
  side.reached.push_back(node);
  side.changes.push_back({node, loss});
}

// Pushes what was lost anew; false when nobody lost more than eps.
bool RoundEstimate::round(Side& side, bool down) {
  const auto& start = down ? p_.down_start : p_.up_start;
  const auto& links = down ? p_.down : p_.up;
  std::vector<std::int32_t> changed;
  for (const auto& [node, more] : side.changes) {
    const auto i = place(node);
    const double passed = down ? sigma_[i] * more : more;
    const auto sums = down ? p_.down_sums[i] : start[i];
    links_ += static_cast<std::size_t>(start[i + 1] - start[i]);
    for (auto e = start[i]; e < start[i + 1]; ++e) {
      const auto& link = links[static_cast<std::size_t>(e)];
      auto& row = side.rows[place(link.row)];
      row = e < sums ? std::max(row, sigma_[i] * side.loss[i]) : row + link.weight * passed;
      auto& loss = side.loss[place(link.target)];
      if (loss == 0) side.reached.push_back(link.target);
      if (row <= loss) continue;
      if (side.before[place(link.target)] == 0) changed.push_back(link.target);
      side.before[place(link.target)] += row - loss;
      loss = row;
    }
  }
  side.changes.clear();
  bool moved = false;
  for (const auto node : changed) {
    auto& more = side.before[place(node)];
    moved |= more > c_.options.cascade.eps;
    if (more > c_.options.cascade.eps / 8) side.changes.push_back({node, more});
    more = 0;
  }
  return moved;
}

void RoundEstimate::clear(Side& side, bool down) {
  for (const auto node : side.reached) {
    side.loss[place(node)] = 0;
    auto row = place(down ? p_.row_start[place(node)] : node);
    const auto end = down ? place(p_.row_start[place(node) + 1]) : row + 1;
    for (; row < end; ++row) side.rows[row] = 0;
  }
  side.reached.clear();
  side.changes.clear();
}

RoundEstimate::Size RoundEstimate::of(const CascadeScenario& scenario) {
  const auto& options = c_.options.cascade;
  for (const auto& shock : scenario.shocks) {
    if (options.downstream) start(down_, c_.network.position[place(shock.node)], shock.down);
    if (options.upstream) start(up_, shock.node, shock.up);
  }
  Size size;
  links_ = 0;
  bool moved = true;
  while (moved && size.rounds < most_rounds && links_ < most_links) {
    const bool down = round(down_, true);
    moved = round(up_, false) || down;
    ++size.rounds;
  }
  size.links = links_;
  if (links_ >= most_links) size.rounds = most_rounds;
  clear(down_, true);
  clear(up_, false);
  return size;
}

}  // namespace stave
