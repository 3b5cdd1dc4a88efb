#include "cascade/lane_batch.hpp"

#include <algorithm>

#include "cascade/frontier.hpp"

namespace stave {
namespace {

double share_sold_to(const WeightedNetwork& network, std::size_t node,
                     std::span<const std::uint8_t> buyers) {
  double sold = 0;
  network.network->flows->for_each_in_row(node, [&](std::size_t j, double w) {
    if (buyers[j] != 0) sold += w;
  });
  return network.sales[node] > 0 ? sold / network.sales[node] : 0;
}

}  // namespace

LaneBatch::LaneBatch(const BatchContext& context, const PushNetwork* network)
    : c_(context),
      frontier_(network != nullptr ? std::make_unique<Frontier>(context, *network) : nullptr),
      h_d_(c_.network.n),
      h_u_(c_.network.n),
      lost_(c_.network.n),
      lost_cut_(c_.options.cut_buyers.empty() ? 0 : c_.network.n),
      loss_(c_.network.n),
      available_(c_.network.market_nodes.size()) {
  market_start_.push_back(0);
  for (const auto& nodes : c_.network.market_nodes) {
    for (const auto id : nodes) {
      const auto node = static_cast<std::size_t>(id);
      members_.push_back({down_row(node), c_.network.out[node]});
    }
    market_start_.push_back(members_.size());
  }
  clear(~Mask{0});
}

LaneBatch::~LaneBatch() = default;

// The next scenario to take a lane; one that rests while it is small never does.
std::size_t LaneBatch::widespread(const Next& next, BatchResult& result) {
  for (;;) {
    const auto scenario = next();
    if (frontier_ == nullptr || scenario == c_.scenarios.size()) return scenario;
    if (!frontier_->follow(scenario)) return scenario;
    frontier_->hand_in(result);
    frontier_->clear();
  }
}

// All of the lane stands at 1.
void LaneBatch::start(std::size_t lane, std::size_t scenario) {
  scenario_[lane] = scenario;
  rounds_[lane] = 0;
  cut_[lane] = {};
  if (scenario == c_.scenarios.size()) return;
  if (frontier_ != nullptr) {
    take_over(lane);
    return;
  }
  const auto& shocked = c_.scenarios[scenario];
  for (const auto& shock : shocked.shocks) {
    const auto node = static_cast<std::size_t>(shock.node);
    h_d_[down_row(node)].at[lane] = 1 - shock.down;
    h_u_[up_row(node)].at[lane] = 1 - shock.up;
  }
  if (shocked.cut >= 0)
    cut_[lane] = {shocked.cut, share_sold_to(c_.network, static_cast<std::size_t>(shocked.cut),
                                             c_.options.cut_buyers)};
}

void LaneBatch::take_over(std::size_t lane) {
  rounds_[lane] = frontier_->rounds();
  for (const auto q : frontier_->down()) {
    const auto node = c_.network.node[static_cast<std::size_t>(q)];
    h_d_[down_row(static_cast<std::size_t>(node))].at[lane] = frontier_->h_d(q);
  }
  for (const auto i : frontier_->up())
    h_u_[up_row(static_cast<std::size_t>(i))].at[lane] = frontier_->h_u(i);
  frontier_->clear();
}

void LaneBatch::run(const Next& next, BatchResult& result) {
  const std::size_t none = c_.scenarios.size();
  const bool growth = c_.options.cascade.stop == StopRule::loss_growth;
  for (std::size_t l = 0; l < lanes; ++l) start(l, widespread(next, result));
  while (std::any_of(scenario_.begin(), scenario_.end(), [&](auto s) { return s != none; })) {
    if (growth) growth_from_ = total_loss();
    round();
    if (growth) growth_to_ = total_loss();
    Mask done = 0;
    for (std::size_t l = 0; l < lanes; ++l) {
      if (scenario_[l] == none) continue;
      ++rounds_[l];
      if (settled(l) || rounds_[l] >= c_.options.cascade.max_rounds) done |= Mask{1} << l;
    }
    if (done == 0) continue;
    hand_in(done, result);
    clear(done);
    for (std::size_t l = 0; l < lanes; ++l)
      if (is_in(done, l)) start(l, widespread(next, result));
  }
}

void LaneBatch::round() {
  fall_ = {};
  if (c_.down != nullptr) {
    fill_lost_down();
    follow(*c_.down, {lost_, lost_cut_}, h_d_, true);
  }
  if (c_.up != nullptr) {
    fill_lost_up();
    follow(*c_.up, {lost_, lost_}, h_u_, false);
  }
}

// One side's round, as many rows at a time as stay in the nearest cache where the sweep can.
void LaneBatch::follow(const Sweep& sweep, const LostPanels& lost, Panel& h, bool down) {
  const std::size_t step = sweep.any_rows() ? 128 : h.size();
  for (std::size_t begin = 0; begin < h.size(); begin += step) {
    const auto end = std::min(begin + step, h.size());
    sweep.losses(lost, begin, end, loss_);
    for (std::size_t l = 0; l < lanes && !down; ++l) {
      if (cut_[l].node < 0) continue;
      const auto row = up_row(static_cast<std::size_t>(cut_[l].node));
      if (begin <= row && row < end) cut_up(l);
    }
    take(h, begin, end);
  }
  hold_shocks(h, down);
}

double LaneBatch::sigma(double out, double available) const {
  if (!c_.options.cascade.market) return 1;
  if (c_.options.cascade.glcascade_guard && available <= 1e-10) available = 1;
  return available > 0 ? std::min(1.0, out / available) : 1.0;
}

void LaneBatch::fill_lost_down() {
  for (std::size_t m = 0; m < available_.size(); ++m) fill_market(m);
  if (lost_cut_.empty()) return;
  lost_cut_ = lost_;
  for (std::size_t l = 0; l < lanes; ++l)
    if (cut_[l].node >= 0) cut_down(l);
}

// What the makers of one market still have, and sigma_i (1 - h_d_i) of each of them.
STAVE_VECTORISED void LaneBatch::fill_market(std::size_t market) {
  const auto* const first = members_.data() + market_start_[market];
  const auto* const last = members_.data() + market_start_[market + 1];
  LaneRow left;
  for (const auto* m = first; m != last; ++m)
    for (std::size_t f = 0; f < fours; ++f) four(left, f) += four(h_d_[m->row], f) * m->out;
  available_[market] = left;
  cut_market(market);
  left = available_[market];
  const Four zero{};
  for (std::size_t f = 0; f < fours; ++f) {
    auto& part = four(left, f);
    if (c_.options.cascade.glcascade_guard) part = part <= 1e-10 ? zero + 1 : part;
    if (!c_.options.cascade.market) part = zero;
  }
  for (const auto* m = first; m != last; ++m)
    for (std::size_t f = 0; f < fours; ++f) {
      const Four& part = four(left, f);
      Four sigma = m->out / part;
      lower(sigma, zero + 1);
      sigma = part > 0 ? sigma : zero + 1;
      four(lost_[m->row], f) = sigma * (1 - four(h_d_[m->row], f));
    }
}

// The failing part of a cut node offers nothing.
void LaneBatch::cut_market(std::size_t market) {
  const auto& w = c_.network;
  for (std::size_t l = 0; l < lanes; ++l) {
    if (cut_[l].node < 0) continue;
    const auto g = static_cast<std::size_t>(cut_[l].node);
    if (static_cast<std::size_t>(w.network->market[g]) != market) continue;
    const double h = h_d_[down_row(g)].at[l];
    available_[market].at[l] -=
        (c_.options.split == SplitRule::exact ? h : 1.0) * (w.out[g] * cut_[l].share);
  }
}

// The failing part of a cut node, felt by its buyers, and the rest, felt by the others.
void LaneBatch::cut_down(std::size_t lane) {
  const auto& w = c_.network;
  const auto g = static_cast<std::size_t>(cut_[lane].node);
  const auto q = down_row(g);
  const double available = available_[static_cast<std::size_t>(w.network->market[g])].at[lane];
  const double failing = sigma(w.out[g] * cut_[lane].share, available);
  if (c_.options.split == SplitRule::added) {
    lost_cut_[q].at[lane] = failing + lost_[q].at[lane];
    return;
  }
  lost_cut_[q].at[lane] = failing;
  const double rest = w.out[g] - w.out[g] * cut_[lane].share;
  lost_[q].at[lane] = sigma(rest, available) * (1 - h_d_[q].at[lane]);
}

// The failing part of a cut node no longer buys; inputs go with sales.
STAVE_VECTORISED void LaneBatch::fill_lost_up() {
  for (std::size_t i = 0; i < c_.network.n; ++i)
    for (std::size_t f = 0; f < fours; ++f) four(lost_[i], f) = 1 - four(h_u_[i], f);
  for (std::size_t l = 0; l < lanes; ++l) {
    if (cut_[l].node < 0) continue;
    double& lost = lost_[up_row(static_cast<std::size_t>(cut_[l].node))].at[l];
    lost = cut_[l].share + (1 - cut_[l].share) * lost;
  }
}

// The rest of a cut node sells to the others only.
void LaneBatch::cut_up(std::size_t lane) {
  const auto& w = c_.network;
  const auto g = static_cast<std::size_t>(cut_[lane].node);
  const double base = w.up_base[g] * (1 - cut_[lane].share);
  double lost = 0;
  w.network->flows->for_each_in_row(g, [&](std::size_t j, double flow) {
    if (c_.options.cut_buyers[j] == 0) lost += flow * lost_[up_row(j)].at[lane];
  });
  loss_[up_row(g)].at[lane] = base > 0 ? lost / base : 0;
}

// h <- max(0, min(1, 1 - loss)), and by how much it fell.
STAVE_VECTORISED void LaneBatch::take(Panel& h, std::size_t begin, std::size_t end) {
  const Four zero{};
  LaneRow fallen = fall_;
  for (std::size_t i = begin; i < end; ++i)
    for (std::size_t f = 0; f < fours; ++f) {
      Four after = 1 - four(loss_[i], f);
      lower(after, zero + 1);
      raise(after, zero);
      raise(four(fallen, f), four(h[i], f) - after);
      four(h[i], f) = after;
    }
  fall_ = fallen;
}

// h <- min(1 - shock, h): it stood no higher before, so it did not fall by this.
void LaneBatch::hold_shocks(Panel& h, bool down) {
  for (std::size_t l = 0; l < lanes; ++l) {
    if (scenario_[l] == c_.scenarios.size()) continue;
    for (const auto& shock : c_.scenarios[scenario_[l]].shocks) {
      const auto node = static_cast<std::size_t>(shock.node);
      double& share = h[down ? down_row(node) : up_row(node)].at[l];
      share = std::min(share, 1 - (down ? shock.down : shock.up));
    }
  }
}

LaneRow LaneBatch::total_loss() const {
  LaneRow total;
  for (std::size_t i = 0; i < c_.network.n; ++i) {
    const auto& h_d = h_d_[down_row(i)];
    const auto& h_u = h_u_[up_row(i)];
    for (std::size_t l = 0; l < lanes; ++l)
      total.at[l] += c_.network.out[i] * (1 - std::min(h_d.at[l], h_u.at[l]));
  }
  return total;
}

bool LaneBatch::settled(std::size_t lane) const {
  const double eps = c_.options.cascade.eps;
  if (c_.options.cascade.stop == StopRule::largest_fall) return fall_.at[lane] <= eps;
  return growth_to_.at[lane] <= (1 + eps) * growth_from_.at[lane];
}

STAVE_VECTORISED void LaneBatch::hand_in(Mask done, BatchResult& result) const {
  for (std::size_t k = 0; k < c_.weights.rows; ++k) {
    const auto weight = c_.weights.row(k);
    LaneRow both, down, up;
    for (std::size_t i = 0; i < weight.size(); ++i) {
      const auto soon = std::min(i + 8, weight.size() - 1);
      __builtin_prefetch(&h_d_[down_row(soon)]);
      __builtin_prefetch(&h_u_[up_row(soon)]);
      const auto& h_d = h_d_[down_row(i)];
      const auto& h_u = h_u_[up_row(i)];
      for (std::size_t f = 0; f < fours; ++f) {
        Four least = four(h_d, f);
        lower(least, four(h_u, f));
        four(both, f) += weight[i] * (1 - least);
        four(down, f) += weight[i] * (1 - four(h_d, f));
        four(up, f) += weight[i] * (1 - four(h_u, f));
      }
    }
    const double total = c_.weight_sums[k];
    for (std::size_t l = 0; l < lanes && total > 0; ++l)
      if (is_in(done, l))
        result.risk[scenario_[l] * c_.weights.rows + k] = {both.at[l] / total, down.at[l] / total,
                                                           up.at[l] / total};
  }
  for (std::size_t l = 0; l < lanes; ++l) {
    if (!is_in(done, l)) continue;
    result.rounds[scenario_[l]] = settled(l) ? rounds_[l] : -rounds_[l];
    if (c_.options.finished) c_.options.finished(scenario_[l]);
  }
}

STAVE_VECTORISED void LaneBatch::clear(Mask done) {
  LaneRow one;  // at least 1 where the lane is done
  for (std::size_t l = 0; l < lanes; ++l) one.at[l] = is_in(done, l) ? 1 : 0;
  for (auto* panel : {&h_d_, &h_u_})
    for (auto& row : *panel)
      for (std::size_t f = 0; f < fours; ++f) raise(four(row, f), four(one, f));
}

}  // namespace stave
