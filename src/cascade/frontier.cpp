#include "cascade/frontier.hpp"

#include <algorithm>
#include <bit>

namespace stave {
namespace {

// A pushed link costs about as much as eight of a sweep, which serves all lanes at once.
constexpr std::size_t worth_pushing = 5;  // while fewer than one link in so many is followed

}  // namespace

void NodeSet::take(std::vector<std::int32_t>& out) {
  out.clear();
  for (std::size_t w = 0; w < words_.size(); ++w) {
    for (auto bits = words_[w]; bits != 0; bits &= bits - 1)
      out.push_back(
          static_cast<std::int32_t>(64 * w + static_cast<unsigned>(std::countr_zero(bits))));
    words_[w] = 0;
  }
}

Frontier::Frontier(const BatchContext& context, const PushNetwork& network)
    : c_(context),
      p_(network),
      available_(c_.network.market_nodes.size()),
      seen_(available_.size()),
      down_(p_.n, p_.row_start.empty() ? 0 : spot(p_.row_start.back())),
      up_(p_.n, p_.n),
      nodes_(p_.n) {
  for (const auto node : c_.network.node) {
    out_.push_back(c_.network.out[spot(node)]);
    market_.push_back(c_.network.network->market[spot(node)]);
  }
}

bool Frontier::follow(std::size_t scenario) {
  const auto& options = c_.options.cascade;
  scenario_ = scenario;
  for (const auto& shock : c_.scenarios[scenario].shocks) {
    const auto position = c_.network.position[spot(shock.node)];
    down_.h[spot(position)] = 1 - shock.down;
    up_.h[spot(shock.node)] = 1 - shock.up;
    down_.touched.insert(position);
    up_.touched.insert(shock.node);
  }
  down_.touched.take(down_.active);
  up_.touched.take(up_.active);
  for (rounds_ = 0; !widespread();) {
    round();
    ++rounds_;
    if (fall_ <= options.eps || rounds_ >= options.max_rounds) return true;
  }
  return false;
}

bool Frontier::widespread() const {
  std::int64_t links = 0;
  const auto count = [&](const Side& side, const std::vector<std::int64_t>& start) {
    for (const auto i : side.active)
      if (!start.empty()) links += start[spot(i) + 1] - start[spot(i)];
  };
  count(down_, p_.down_start);
  count(up_, p_.up_start);
  return static_cast<std::size_t>(links) * worth_pushing > p_.down.size() + p_.up.size();
}

void Frontier::round() {
  ++now_;
  fall_ = 0;
  if (c_.options.cascade.downstream) {
    push_down();
    take(down_, true);
  }
  if (c_.options.cascade.upstream) {
    push_up();
    take(up_, false);
  }
}

void Frontier::push_down() {
  for (const auto i : down_.active) {
    if (down_.h[spot(i)] == 1) continue;
    const double lost = sigma(i) * (1 - down_.h[spot(i)]);
    auto e = spot(i);
    const auto* link = p_.down.data() + p_.down_start[e];
    const auto* sums = p_.down.data() + p_.down_sums[e];
    const auto* end = p_.down.data() + p_.down_start[e + 1];
    for (; link != sums; ++link) {
      auto& row = down_.rows[spot(link->row)];
      row = std::max(row, lost);
      down_.touched.insert(link->target);
    }
    for (; link != end; ++link) {
      down_.rows[spot(link->row)] += link->weight * lost;
      down_.touched.insert(link->target);
    }
  }
}

// How little the others of its market can stand in for it.
double Frontier::sigma(std::int32_t position) {
  if (!c_.options.cascade.market) return 1;
  const auto market = spot(market_[spot(position)]);
  double& available = available_[market];
  if (seen_[market] != now_) {
    seen_[market] = now_;
    available = 0;
    for (const auto node : c_.network.market_nodes[market]) {
      const auto q = spot(c_.network.position[spot(node)]);
      available += down_.h[q] * out_[q];
    }
    if (c_.options.cascade.glcascade_guard && available <= 1e-10) available = 1;
  }
  return available > 0 ? std::min(1.0, out_[spot(position)] / available) : 1.0;
}

void Frontier::push_up() {
  for (const auto j : up_.active) {
    const double lost = 1 - up_.h[spot(j)];
    if (lost == 0) continue;
    const auto* end = p_.up.data() + p_.up_start[spot(j) + 1];
    for (const auto* link = p_.up.data() + p_.up_start[spot(j)]; link != end; ++link) {
      up_.rows[spot(link->row)] += link->weight * lost;
      up_.touched.insert(link->target);
    }
  }
}

// h <- max(0, min(1 - shock, 1 - loss)) of every node that a loss reached, and by how much it fell.
void Frontier::take(Side& side, bool down) {
  for (const auto& shock : c_.scenarios[scenario_].shocks) {
    const auto at = down ? c_.network.position[spot(shock.node)] : shock.node;
    auto& loss = side.rows[spot(down ? p_.row_start[spot(at)] : at)];
    // 1 - max(loss, shock) is min(1 - shock, 1 - loss): rounding keeps the order.
    loss = std::max(loss, down ? shock.down : shock.up);
    side.touched.insert(at);
  }
  side.touched.take(side.active);
  for (const auto i : side.active) {
    const auto row = spot(down ? p_.row_start[spot(i)] : i);
    const auto end = down ? spot(p_.row_start[spot(i) + 1]) : row + 1;
    double loss = 0;
    for (auto r = row; r < end; ++r) {
      loss = std::max(loss, side.rows[r]);
      side.rows[r] = 0;
    }
    const double after = std::max(0.0, std::min(1.0, 1 - loss));
    fall_ = std::max(fall_, side.h[spot(i)] - after);
    side.h[spot(i)] = after;
  }
}

void Frontier::hand_in(BatchResult& result) {
  for (const auto q : down_.active) nodes_.insert(c_.network.node[spot(q)]);
  for (const auto i : up_.active) nodes_.insert(i);
  std::vector<std::int32_t> nodes;
  nodes_.take(nodes);
  result.rounds[scenario_] = fall_ <= c_.options.cascade.eps ? rounds_ : -rounds_;
  for (std::size_t k = 0; k < c_.weights.rows; ++k) {
    const auto weight = c_.weights.row(k);
    SystemicRisk sum;
    for (const auto i : nodes) {
      const double h_d = down_.h[spot(c_.network.position[spot(i)])];
      const double h_u = up_.h[spot(i)];
      sum.both += weight[spot(i)] * (1 - std::min(h_d, h_u));
      sum.down += weight[spot(i)] * (1 - h_d);
      sum.up += weight[spot(i)] * (1 - h_u);
    }
    const double total = c_.weight_sums[k];
    if (total > 0)
      result.risk[scenario_ * c_.weights.rows + k] = {sum.both / total, sum.down / total,
                                                      sum.up / total};
  }
}

void Frontier::clear() {
  for (const auto q : down_.active) down_.h[spot(q)] = 1;
  for (const auto i : up_.active) up_.h[spot(i)] = 1;
  down_.active.clear();
  up_.active.clear();
}

}  // namespace stave
