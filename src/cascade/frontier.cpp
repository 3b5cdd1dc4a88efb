#include "cascade/frontier.hpp"

#include <algorithm>
#include <bit>

namespace stave {
namespace {

// A pushed link costs about as much as five of a sweep, which serves all lanes at once.
constexpr std::size_t worth_pushing = 5;  // while fewer than one link in so many is followed
constexpr std::size_t few_links = 256;    // cheaper to follow than to think about

// In a large network every row is far from the processor. There are so many links more at the end.
[[gnu::always_inline]] inline void fetch(const PushLink* link, const double* rows) {
  __builtin_prefetch(rows + link[fetched].row, 1);
}

}  // namespace

void NodeSet::take(std::vector<std::int32_t>& out) {
  out.clear();
  for (std::size_t u = 0; u < used_.size(); ++u) {
    for (auto bits = used_[u]; bits != 0; bits &= bits - 1) {
      const auto w = 64 * u + static_cast<std::size_t>(std::countr_zero(bits));
      for (auto word = words_[w]; word != 0; word &= word - 1)
        out.push_back(static_cast<std::int32_t>(64 * w) + std::countr_zero(word));
      words_[w] = 0;
    }
    used_[u] = 0;
  }
}

Frontier::Frontier(const BatchContext& context, const PushNetwork& network)
    : c_(context),
      p_(network),
      available_(c_.network.market_nodes.size()),
      seen_(available_.size()),
      passed_on_(p_.n),
      lost_orders_(p_.n),
      down_(p_.n, p_.row_start.empty() ? 0 : spot(p_.row_start.back())),
      up_(p_.n, p_.n),
      nodes_(p_.n) {
  for (const auto node : c_.network.node) {
    out_.push_back(c_.network.out[spot(node)]);
    market_.push_back(c_.network.network->market[spot(node)]);
  }
  seller_.resize(c_.network.sellers);
  for (std::size_t i = 0; i < p_.n; ++i)
    if (c_.network.sells(i)) seller_[spot(c_.network.up_row[i])] = static_cast<std::int32_t>(i);
  if (c_.network.network->market == c_.network.network->product) offer_before();
}

void Frontier::offer_before() {
  double offer = 0;
  for (std::size_t q = 0; q < p_.n; ++q) {
    if (q > 0 && market_[q] != market_[q - 1]) offer = 0;
    offered_before_.push_back(offer);
    offer += out_[q];
  }
}

void Frontier::start(std::size_t scenario) {
  scenario_ = scenario;
  rounds_ = 0;
  for (const auto& shock : c_.scenarios[scenario].shocks) {
    const auto position = c_.network.position[spot(shock.node)];
    down_.h[spot(position)] = 1 - shock.down;
    up_.h[spot(shock.node)] = 1 - shock.up;
    down_.touched.insert(position);
    up_.touched.insert(shock.node);
  }
  down_.touched.take(down_.active);
  up_.touched.take(up_.active);
  up_.fell.clear();
  for (const auto j : up_.active) up_.fell.push_back(1 - up_.h[spot(j)]);
  ++now_;
}

bool Frontier::follow(std::size_t scenario) {
  start(scenario);
  const auto all = p_.down.size() + p_.up.size();
  const auto most = takes_no_lane() ? 2 * all : all / worth_pushing;
  for (;;) {
    const auto [down, up] = links_ahead();
    const bool last = !c_.wanted.empty() && up > few_links && next_is_last();
    if (down + (last ? 0 : up) > most) return false;
    last ? last_round(up) : round(up);
    if (at_rest()) return true;
  }
}

// Lanes leave out lost orders of those who sell nothing.
bool Frontier::takes_no_lane() const {
  const auto& shocks = c_.scenarios[scenario_].shocks;
  return std::any_of(shocks.begin(), shocks.end(), [&](const NodeShock& shock) {
    return shock.up > 0 && !c_.network.sells(spot(shock.node));
  });
}

bool Frontier::at_rest() const {
  return fall_ <= c_.options.cascade.eps || rounds_ >= c_.options.cascade.max_rounds;
}

Frontier::End Frontier::follow_up_to(std::size_t scenario, std::size_t links) {
  start(scenario);
  for (;;) {
    const auto [down, up] = links_ahead();
    const auto links_next = down + up;
    if (links_next > few_links) {
      if (next_is_last()) return End::last_but_one;
      if (links_next > links) return End::widespread;
    }
    round(up);
    if (at_rest()) return End::at_rest;
  }
}

Frontier::Ahead Frontier::links_ahead() const {
  const auto count = [&](const Side& side, const std::vector<std::int64_t>& first) {
    std::int64_t links = 0;
    for (const auto i : side.active)
      if (!first.empty()) links += first[spot(i) + 1] - first[spot(i)];
    return static_cast<std::size_t>(links);
  };
  return {count(down_, p_.down_start), count(up_, p_.up_start)};
}

void Frontier::round(std::size_t up_links) {
  ++rounds_;
  fall_ = 0;
  round_down();
  round_up(up_links);
}

// Nobody falls by more than eps upstream; downstream it is seen.
void Frontier::last_round(std::size_t up_links) {
  ++rounds_;
  fall_ = 0;
  round_down();
  std::size_t customers = 0;
  const auto& start = c_.network.network->flows->sparse().row_start;
  for (const auto q : down_.active) {
    const auto i = spot(c_.network.node[spot(q)]);
    if (up_.h[i] > h_d(q)) customers += static_cast<std::size_t>(start[i + 1] - start[i]);
  }
  if (fall_ > c_.options.cascade.eps || customers > up_links) return round_up(up_links);
  for (const auto j : up_.active) lost_orders_[spot(j)] = 1 - up_.h[spot(j)];
  orders_unpushed_ = true;
}

void Frontier::round_down() {
  if (!c_.options.cascade.downstream) return;
  for (const auto i : down_.active) {
    passed_on_[spot(i)] = lost(i);
    push_down(i, passed_on_[spot(i)]);
  }
  take(down_, true);
  ++now_;
}

void Frontier::round_up(std::size_t links) {
  if (!c_.options.cascade.upstream) return;
  const bool widespread = links > seller_.size();
  for (const auto j : up_.active) {
    lost_orders_[spot(j)] = 1 - up_.h[spot(j)];
    push_up(j, lost_orders_[spot(j)], widespread);
  }
  if (widespread) touch_suppliers();
  take(up_, false);
}

void Frontier::push_down(std::int32_t position, double lost) {
  if (lost == 0) return;
  const auto i = spot(position);
  const auto* link = p_.down.data() + p_.down_start[i];
  const auto* sums = p_.down.data() + p_.down_sums[i];
  const auto* end = p_.down.data() + p_.down_start[i + 1];
  for (; link != sums; ++link) {
    auto& row = down_.rows[spot(link->row)];
    row = std::max(row, lost);
    down_.touched.insert(link->target);
  }
  for (; link != end; ++link) {
    fetch(link, down_.rows.data());
    down_.rows[spot(link->row)] += link->weight * lost;
    down_.touched.insert(link->target);
  }
}

void Frontier::push_up(std::int32_t node, double lost, bool widespread) {
  if (lost == 0) return;
  const auto* end = p_.up.data() + p_.up_start[spot(node) + 1];
  for (const auto* link = p_.up.data() + p_.up_start[spot(node)]; link != end; ++link) {
    fetch(link, up_.rows.data());
    up_.rows[spot(link->row)] += link->weight * lost;
    if (!widespread) up_.touched.insert(link->target);
  }
}

// Of many links it is sooner seen afterwards where they led.
void Frontier::touch_suppliers() {
  for (std::size_t row = 0; row < seller_.size(); ++row)
    if (up_.rows[row] != 0) up_.touched.insert(seller_[row]);
}

// sigma_i (1 - h_d_i): what others of its market cannot stand in for.
double Frontier::lost(std::int32_t position) {
  const double loss = 1 - down_.h[spot(position)];
  if (loss == 0 || !c_.options.cascade.market) return loss;
  const auto market = spot(market_[spot(position)]);
  double& available = available_[market];
  if (seen_[market] != now_) {
    seen_[market] = now_;
    available = offered(market, spot(position));
    if (c_.options.cascade.glcascade_guard && available <= 1e-10) available = 1;
  }
  const double sigma = available > 0 ? std::min(1.0, out_[spot(position)] / available) : 1.0;
  return sigma * loss;
}

// What a market still has; `position` is the first in it that lost something.
double Frontier::offered(std::size_t market, std::size_t position) const {
  if (offered_before_.empty()) {
    double sum = 0;
    for (const auto node : c_.network.market_nodes[market]) {
      const auto q = spot(c_.network.position[spot(node)]);
      sum += down_.h[q] * out_[q];
    }
    return sum;
  }
  double sum = offered_before_[position];
  for (auto q = position; q < c_.network.product_start[market + 1]; ++q)
    sum += down_.h[q] * out_[q];
  return sum;
}

// h <- max(0, min(1 - shock, 1 - loss)) of every node that a loss reached, and by how much it fell.
void Frontier::take(Side& side, bool down) {
  for (const auto& shock : c_.scenarios[scenario_].shocks) {
    const auto at = down ? c_.network.position[spot(shock.node)] : shock.node;
    auto& loss = side.rows[first_row(at, down)];
    // 1 - max(loss, shock) is min(1 - shock, 1 - loss): rounding keeps the order.
    loss = std::max(loss, down ? shock.down : shock.up);
    side.touched.insert(at);
  }
  side.touched.take(side.active);
  side.fell.clear();
  for (const auto i : side.active) {
    const auto row = first_row(i, down);
    const auto end = down ? spot(p_.row_start[spot(i) + 1]) : row + 1;
    double loss = 0;
    for (auto r = row; r < end; ++r) {
      loss = std::max(loss, side.rows[r]);
      side.rows[r] = 0;
    }
    const double after = std::max(0.0, std::min(1.0, 1 - loss));
    side.fell.push_back(side.h[spot(i)] - after);
    fall_ = std::max(fall_, side.fell.back());
    side.h[spot(i)] = after;
  }
}

void Frontier::clear() {
  for (const auto q : down_.active) {
    down_.h[spot(q)] = 1;
    passed_on_[spot(q)] = 0;
  }
  for (const auto i : up_.active) {
    up_.h[spot(i)] = 1;
    lost_orders_[spot(i)] = 0;
  }
  orders_unpushed_ = false;
  down_.active.clear();
  up_.active.clear();
}

}  // namespace stave
