#include "cascade/lane_batch.hpp"

#include <algorithm>

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

LaneBatch::LaneBatch(const BatchContext& context)
    : c_(context),
      h_d_(c_.network.n),
      h_u_(c_.network.n),
      lost_(c_.network.n),
      lost_cut_(c_.options.cut_buyers.empty() ? 0 : c_.network.n),
      loss_(c_.network.n),
      available_(c_.network.market_nodes.size()) {}

void LaneBatch::start(std::size_t lane, std::size_t scenario) {
  scenario_[lane] = scenario;
  rounds_[lane] = 0;
  cut_[lane] = {};
  for (auto& row : h_d_) row.at[lane] = 1;
  for (auto& row : h_u_) row.at[lane] = 1;
  if (scenario == c_.scenarios.size()) return;
  const auto& shocked = c_.scenarios[scenario];
  for (const auto& shock : shocked.shocks) {
    const auto node = static_cast<std::size_t>(shock.node);
    h_d_[static_cast<std::size_t>(c_.network.position[node])].at[lane] = 1 - shock.down;
    h_u_[node].at[lane] = 1 - shock.up;
  }
  if (shocked.cut >= 0)
    cut_[lane] = {shocked.cut, share_sold_to(c_.network, static_cast<std::size_t>(shocked.cut),
                                             c_.options.cut_buyers)};
}

void LaneBatch::run(const std::function<std::size_t()>& next, BatchResult& result) {
  const std::size_t none = c_.scenarios.size();
  const bool growth = c_.options.cascade.stop == StopRule::loss_growth;
  for (std::size_t l = 0; l < lanes; ++l) start(l, next());
  while (std::any_of(scenario_.begin(), scenario_.end(), [&](auto s) { return s != none; })) {
    if (growth) growth_from_ = total_loss();
    round();
    if (growth) growth_to_ = total_loss();
    for (std::size_t l = 0; l < lanes; ++l) {
      if (scenario_[l] == none) continue;
      ++rounds_[l];
      if (!settled(l) && rounds_[l] < c_.options.cascade.max_rounds) continue;
      hand_in(l, result);
      start(l, next());
    }
  }
}

void LaneBatch::round() {
  fall_ = {};
  if (c_.down != nullptr) {
    fill_lost_down();
    c_.down->losses({lost_, lost_cut_}, loss_);
    take(h_d_, true);
  }
  if (c_.up != nullptr) {
    fill_lost_up();
    c_.up->losses({lost_, lost_}, loss_);
    for (std::size_t l = 0; l < lanes; ++l)
      if (cut_[l].node >= 0) cut_up(l);
    take(h_u_, false);
  }
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
void LaneBatch::fill_market(std::size_t market) {
  const auto& w = c_.network;
  LaneRow& available = available_[market];
  available = {};
  for (const auto id : w.market_nodes[market]) {
    const auto node = static_cast<std::size_t>(id);
    const auto& h = h_d_[static_cast<std::size_t>(w.position[node])];
    for (std::size_t l = 0; l < lanes; ++l) available.at[l] += h.at[l] * w.out[node];
  }
  for (std::size_t l = 0; l < lanes; ++l) {
    if (cut_[l].node < 0) continue;
    const auto g = static_cast<std::size_t>(cut_[l].node);
    if (static_cast<std::size_t>(w.network->market[g]) != market) continue;
    const double h = h_d_[static_cast<std::size_t>(w.position[g])].at[l];
    available.at[l] -=
        (c_.options.split == SplitRule::exact ? h : 1.0) * (w.out[g] * cut_[l].share);
  }
  for (const auto id : w.market_nodes[market]) {
    const auto q = static_cast<std::size_t>(w.position[static_cast<std::size_t>(id)]);
    const double out = w.out[static_cast<std::size_t>(id)];
    for (std::size_t l = 0; l < lanes; ++l)
      lost_[q].at[l] = sigma(out, available.at[l]) * (1 - h_d_[q].at[l]);
  }
}

// The failing part of a cut node, felt by its buyers, and the rest, felt by the others.
void LaneBatch::cut_down(std::size_t lane) {
  const auto& w = c_.network;
  const auto g = static_cast<std::size_t>(cut_[lane].node);
  const auto q = static_cast<std::size_t>(w.position[g]);
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
void LaneBatch::fill_lost_up() {
  for (std::size_t i = 0; i < c_.network.n; ++i)
    for (std::size_t l = 0; l < lanes; ++l) lost_[i].at[l] = 1 - h_u_[i].at[l];
  for (std::size_t l = 0; l < lanes; ++l) {
    if (cut_[l].node < 0) continue;
    double& lost = lost_[static_cast<std::size_t>(cut_[l].node)].at[l];
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
    if (c_.options.cut_buyers[j] == 0) lost += flow * lost_[j].at[lane];
  });
  loss_[g].at[lane] = base > 0 ? lost / base : 0;
}

// h <- max(0, min(1 - shock, 1 - loss)), and by how much it fell.
void LaneBatch::take(Panel& h, bool down) {
  const std::size_t none = c_.scenarios.size();
  for (std::size_t l = 0; l < lanes; ++l) {
    if (scenario_[l] == none) continue;
    for (const auto& shock : c_.scenarios[scenario_[l]].shocks) {
      const auto node = static_cast<std::size_t>(shock.node);
      const auto row = down ? static_cast<std::size_t>(c_.network.position[node]) : node;
      // 1 - max(loss, shock) is min(1 - shock, 1 - loss): rounding keeps the order.
      loss_[row].at[l] = std::max(loss_[row].at[l], down ? shock.down : shock.up);
    }
  }
  for (std::size_t i = 0; i < h.size(); ++i)
    for (std::size_t l = 0; l < lanes; ++l) {
      const double next = std::max(0.0, std::min(1.0, 1 - loss_[i].at[l]));
      fall_.at[l] = std::max(fall_.at[l], h[i].at[l] - next);
      h[i].at[l] = next;
    }
}

LaneRow LaneBatch::total_loss() const {
  LaneRow total;
  for (std::size_t i = 0; i < c_.network.n; ++i) {
    const auto& h_d = h_d_[static_cast<std::size_t>(c_.network.position[i])];
    for (std::size_t l = 0; l < lanes; ++l)
      total.at[l] += c_.network.out[i] * (1 - std::min(h_d.at[l], h_u_[i].at[l]));
  }
  return total;
}

bool LaneBatch::settled(std::size_t lane) const {
  const double eps = c_.options.cascade.eps;
  if (c_.options.cascade.stop == StopRule::largest_fall) return fall_.at[lane] <= eps;
  return growth_to_.at[lane] <= (1 + eps) * growth_from_.at[lane];
}

void LaneBatch::hand_in(std::size_t lane, BatchResult& result) const {
  const std::size_t scenario = scenario_[lane];
  result.rounds[scenario] = settled(lane) ? rounds_[lane] : -rounds_[lane];
  for (std::size_t k = 0; k < c_.weights.rows; ++k) {
    const auto weight = c_.weights.row(k);
    SystemicRisk sum;
    for (std::size_t i = 0; i < weight.size(); ++i) {
      const double h_d = h_d_[static_cast<std::size_t>(c_.network.position[i])].at[lane];
      const double h_u = h_u_[i].at[lane];
      sum.both += weight[i] * (1 - std::min(h_d, h_u));
      sum.down += weight[i] * (1 - h_d);
      sum.up += weight[i] * (1 - h_u);
    }
    const double total = c_.weight_sums[k];
    if (total > 0)
      result.risk[scenario * c_.weights.rows + k] = {sum.both / total, sum.down / total,
                                                     sum.up / total};
  }
}

}  // namespace stave
