#include "cascade/lane_batch.hpp"

#include <algorithm>

#include "cascade/frontier.hpp"

namespace stave {
namespace {

constexpr std::size_t rows_at_once = 128;
constexpr std::ptrdiff_t member_ahead = 8;  // whose row is on its way to the cache

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
      l_d_(c_.network.n),
      l_u_(c_.network.n),
      l_u_before_(c_.network.n),
      lost_(c_.network.n),
      lost_cut_(c_.options.cut_buyers.empty() ? 0 : c_.network.n),
      loss_(c_.network.n),
      available_(c_.network.market_nodes.size()) {
  market_start_.push_back(0);
  for (const auto& nodes : c_.network.market_nodes) {
    for (const auto id : nodes) {
      const auto node = static_cast<std::size_t>(id);
      if (!c_.network.sells(node) && c_.network.out[node] == 0) continue;
      members_.push_back({down_row(node), c_.network.out[node]});
    }
    market_start_.push_back(members_.size());
  }
  members_.resize(members_.size() + member_ahead);
  for (std::size_t i = 0; i < c_.network.n; ++i) {
    bool counts = c_.network.sells(i);
    for (std::size_t k = 0; k < c_.weights.rows; ++k) counts |= c_.weights.row(k)[i] != 0;
    if (counts) counted_.push_back(i);
  }
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

// All of the lane stands at 0.
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
    l_d_[down_row(node)].at[lane] = 1 - (1 - shock.down);
    l_u_[up_row(node)].at[lane] = 1 - (1 - shock.up);
  }
  if (shocked.cut >= 0)
    cut_[lane] = {shocked.cut, share_sold_to(c_.network, static_cast<std::size_t>(shocked.cut),
                                             c_.options.cut_buyers)};
}

void LaneBatch::take_over(std::size_t lane) {
  rounds_[lane] = frontier_->rounds();
  for (const auto q : frontier_->down()) {
    const auto node = c_.network.node[static_cast<std::size_t>(q)];
    l_d_[down_row(static_cast<std::size_t>(node))].at[lane] = 1 - frontier_->h_d(q);
  }
  for (const auto i : frontier_->up())
    l_u_[up_row(static_cast<std::size_t>(i))].at[lane] = 1 - frontier_->h_u(i);
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
    follow_down();
  }
  if (c_.up != nullptr) {
    std::swap(l_u_, l_u_before_);
    lose_cut_orders();
    follow_up();
  }
}

// As many rows at a time as stay in the nearest cache where the sweep can.
void LaneBatch::follow_down() {
  const std::size_t step = c_.down->any_rows() ? rows_at_once : l_d_.size();
  for (std::size_t begin = 0; begin < l_d_.size(); begin += step) {
    const auto end = std::min(begin + step, l_d_.size());
    c_.down->losses({lost_, lost_cut_}, begin, end, loss_);
    take(l_d_, l_d_, begin, end);
  }
  hold_shocks(l_d_, true);
}

void LaneBatch::follow_up() {
  const auto& lost = lost_cut_.empty() ? l_u_before_ : lost_;
  const auto rows = c_.network.sellers;
  const std::size_t step = c_.up->any_rows() ? rows_at_once : rows;
  for (std::size_t begin = 0; begin < rows; begin += step) {
    const auto end = std::min(begin + step, rows);
    c_.up->losses({lost, lost}, begin, end, loss_);
    for (std::size_t l = 0; l < lanes; ++l) {
      if (cut_[l].node < 0) continue;
      const auto row = up_row(static_cast<std::size_t>(cut_[l].node));
      if (begin <= row && row < end) cut_up(l);
    }
    take(l_u_before_, l_u_, begin, end);
  }
  hold_shocks(l_u_, false);
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
  const LaneRow* const lost = l_d_.data();
  Four sum[fours] = {};
  for (const auto* m = first; m != last; ++m) {
    __builtin_prefetch(lost + m[member_ahead].row);
    for (std::size_t f = 0; f < fours; ++f) sum[f] += (1 - four(lost[m->row], f)) * m->out;
  }
  for (std::size_t f = 0; f < fours; ++f) four(available_[market], f) = sum[f];
  cut_market(market);
  for (std::size_t f = 0; f < fours; ++f) pass_on(first, last, available_[market], f);
}

// sigma_i (1 - h_d_i) of a market's makers in four lanes, given what it still has.
STAVE_VECTORISED void LaneBatch::pass_on(const Member* first, const Member* last,
                                         const LaneRow& available, std::size_t f) {
  const Four zero{};
  Four left = four(available, f);
  if (c_.options.cascade.glcascade_guard) left = left <= 1e-10 ? zero + 1 : left;
  if (!c_.options.cascade.market) left = zero;
  const LaneRow* const lost = l_d_.data();
  LaneRow* const passed_on = lost_.data();
  for (const auto* m = first; m != last; ++m) {
    Four sigma = m->out / left;
    lower(sigma, zero + 1);
    sigma = left > 0 ? sigma : zero + 1;
    four(passed_on[m->row], f) = sigma * four(lost[m->row], f);
  }
}

// The failing part of a cut node offers nothing.
void LaneBatch::cut_market(std::size_t market) {
  const auto& w = c_.network;
  for (std::size_t l = 0; l < lanes; ++l) {
    if (cut_[l].node < 0) continue;
    const auto g = static_cast<std::size_t>(cut_[l].node);
    if (static_cast<std::size_t>(w.network->market[g]) != market) continue;
    const double h = 1 - l_d_[down_row(g)].at[l];
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
  lost_[q].at[lane] = sigma(rest, available) * l_d_[q].at[lane];
}

// The failing part of a cut node no longer buys; inputs go with sales.
void LaneBatch::lose_cut_orders() {
  if (lost_cut_.empty()) return;
  lost_ = l_u_before_;
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

// l = 1 - h with h <- max(0, 1 - loss), and by how much h fell: no less is lost than before, and
// 1 - l is h to the bit.
STAVE_VECTORISED void LaneBatch::take(const Panel& before, Panel& after, std::size_t begin,
                                      std::size_t end) {
  const Four zero{};
  const LaneRow* const loss = loss_.data();
  const LaneRow* const from = before.data();
  LaneRow* const to = after.data();
  for (std::size_t f = 0; f < fours; ++f) {
    Four fallen = four(fall_, f);
    for (std::size_t i = begin; i < end; ++i) {
      Four h = 1 - four(loss[i], f);
      raise(h, zero);
      const Four lost = 1 - h;
      raise(fallen, lost - four(from[i], f));
      four(to[i], f) = lost;
    }
    four(fall_, f) = fallen;
  }
}

// l no less than the shock: it was no less before, so h did not fall by this.
void LaneBatch::hold_shocks(Panel& lost, bool down) {
  for (std::size_t l = 0; l < lanes; ++l) {
    if (scenario_[l] == c_.scenarios.size()) continue;
    for (const auto& shock : c_.scenarios[scenario_[l]].shocks) {
      const auto node = static_cast<std::size_t>(shock.node);
      double& share = lost[down ? down_row(node) : up_row(node)].at[l];
      share = std::max(share, 1 - (1 - (down ? shock.down : shock.up)));
    }
  }
}

STAVE_VECTORISED void LaneBatch::clear(Mask done) {
  LaneRow kept;
  for (std::size_t l = 0; l < lanes; ++l) kept.at[l] = is_in(done, l) ? 0 : 1;
  for (auto* panel : {&l_d_, &l_u_})
    for (auto& row : *panel)
      for (std::size_t f = 0; f < fours; ++f) four(row, f) *= four(kept, f);
}

}  // namespace stave
