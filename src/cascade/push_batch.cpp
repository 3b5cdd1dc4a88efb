#include "cascade/push_batch.hpp"

#include <algorithm>
#include <bit>

namespace stave {
namespace {

std::size_t spot(std::int32_t i) { return static_cast<std::size_t>(i); }

// Eight doubles; the compiler makes two AVX or four SSE operations of it.
using Eight [[gnu::vector_size(64), gnu::may_alias]] = double;

[[gnu::always_inline]] inline Eight& eight(PushRow& row) {
  return *reinterpret_cast<Eight*>(row.at.data());
}
[[gnu::always_inline]] inline const Eight& eight(const PushRow& row) {
  return *reinterpret_cast<const Eight*>(row.at.data());
}

bool is_zero(const PushRow& row) {
  std::uint64_t bits = 0;
  for (const double v : row.at) bits |= std::bit_cast<std::uint64_t>(v);
  return bits == 0;
}

struct Push {
  std::span<const std::int32_t> active;
  const PushRow* lost;
  const PushLink* links;
  const std::int64_t* start;
  const std::int64_t* sums;  ///< null: all links are added up
  PushRow* rows;
  std::uint64_t* touched;
};

// The rows of a node soon to be pushed: at a hundred thousand nodes every one is a cache miss.
[[gnu::always_inline]] inline void prefetch(const Push& p, std::size_t k) {
  if (k + 8 < p.active.size()) __builtin_prefetch(p.links + p.start[p.active[k + 8]]);
  if (k + 2 >= p.active.size()) return;
  const auto node = p.active[k + 2];
  const auto end = std::min(p.start[node + 1], p.start[node] + 16);
  for (auto e = p.start[node]; e < end; ++e) __builtin_prefetch(p.rows + p.links[e].row, 1);
}

[[gnu::always_inline]] inline void push_links(const Push& p) {
  for (std::size_t k = 0; k < p.active.size(); ++k) {
    prefetch(p, k);
    if (is_zero(p.lost[k])) continue;
    const auto node = p.active[k];
    const Eight& lost = eight(p.lost[k]);
    auto e = p.start[node];
    const auto sums = p.sums != nullptr ? p.sums[node] : e;
    const auto end = p.start[node + 1];
    const auto touch = [&](std::int32_t target) __attribute__((always_inline)) {
      p.touched[spot(target) / 64] |= std::uint64_t{1} << (static_cast<unsigned>(target) % 64);
    };
    for (; e < sums; ++e) {
      Eight& row = eight(p.rows[p.links[e].row]);
      row = row > lost ? row : lost;
      touch(p.links[e].target);
    }
    for (; e < end; ++e) {
      eight(p.rows[p.links[e].row]) += p.links[e].weight * lost;
      touch(p.links[e].target);
    }
  }
}

#if defined(__x86_64__)
[[gnu::target("avx2")]] void push_links_avx2(const Push& p) { push_links(p); }
const bool use_avx2 = __builtin_cpu_supports("avx2") != 0;
#endif

void push(const Push& p) {
#if defined(__x86_64__)
  if (use_avx2) {
    push_links_avx2(p);
    return;
  }
#endif
  push_links(p);
}

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

PushBatch::Side::Side(std::size_t n, std::size_t row_count, bool on)
    : h(n), rows(on ? row_count : 0), touched(n) {
  for (auto& row : h) row.at.fill(1);
}

PushBatch::PushBatch(const BatchContext& context, const PushNetwork& network)
    : c_(context),
      p_(network),
      down_(p_.n, p_.row_start.empty() ? 0 : spot(p_.row_start.back()),
            c_.options.cascade.downstream),
      up_(p_.n, p_.n, c_.options.cascade.upstream),
      nodes_(p_.n) {
  for (const auto node : c_.network.node) {
    out_.push_back(c_.network.out[spot(node)]);
    product_.push_back(c_.network.network->product[spot(node)]);
  }
}

void PushBatch::start(std::size_t lane, std::size_t scenario) {
  scenario_[lane] = scenario;
  if (scenario == c_.scenarios.size()) return;
  for (const auto& shock : c_.scenarios[scenario].shocks) {
    const auto position = c_.network.position[spot(shock.node)];
    down_.h[spot(position)].at[lane] = 1 - shock.down;
    up_.h[spot(shock.node)].at[lane] = 1 - shock.up;
    down_.touched.insert(position);
    up_.touched.insert(shock.node);
  }
}

void PushBatch::run(const std::function<std::size_t()>& next, BatchResult& result) {
  const auto none = c_.scenarios.size();
  for (;;) {
    for (std::size_t l = 0; l < push_lanes; ++l) start(l, next());
    if (std::all_of(scenario_.begin(), scenario_.end(), [&](auto s) { return s == none; })) return;
    down_.touched.take(down_.active);
    up_.touched.take(up_.active);
    std::uint32_t running = 0;
    for (std::size_t l = 0; l < push_lanes; ++l) running |= (scenario_[l] != none ? 1U : 0U) << l;
    for (rounds_ = 1; running != 0; ++rounds_) {
      round();
      std::uint32_t settled = 0;
      for (std::size_t l = 0; l < push_lanes; ++l)
        if (fall_.at[l] <= c_.options.cascade.eps || rounds_ >= c_.options.cascade.max_rounds)
          settled |= 1U << l;
      settled &= running;
      if (settled != 0) hand_in(settled, result);
      running &= ~settled;
    }
    down_.active.clear();
    up_.active.clear();
  }
}

void PushBatch::round() {
  fall_ = {};
  if (c_.options.cascade.downstream) {
    fill_lost_down();
    push({down_.active, down_.lost.data(), p_.down.data(), p_.down_start.data(),
          p_.down_sums.data(), down_.rows.data(), down_.touched.words()});
    take(down_, true);
  }
  if (c_.options.cascade.upstream) {
    fill_lost_up();
    push({up_.active, up_.lost.data(), p_.up.data(), p_.up_start.data(), nullptr, up_.rows.data(),
          up_.touched.words()});
    take(up_, false);
  }
}

// The active of one product stand together, as its nodes do.
void PushBatch::fill_lost_down() {
  const auto& active = down_.active;
  down_.lost.resize(active.size());
  for (std::size_t begin = 0; begin < active.size();) {
    const auto market = product_[spot(active[begin])];
    auto end = begin;
    while (end < active.size() && product_[spot(active[end])] == market) ++end;
    fill_market(spot(market), begin, end);
    begin = end;
  }
}

// What the makers of one product still have, and sigma_i (1 - h_d_i) of those who lost.
void PushBatch::fill_market(std::size_t market, std::size_t begin, std::size_t end) {
  PushRow available;
  if (c_.options.cascade.market) {
    auto next = begin;
    for (auto q = c_.network.product_start[market]; q < c_.network.product_start[market + 1]; ++q) {
      if (next < end && spot(down_.active[next]) == q) {
        eight(available) += eight(down_.h[q]) * out_[q];
        ++next;
      } else {
        eight(available) += out_[q];
      }
    }
  }
  const bool guard = c_.options.cascade.glcascade_guard;
  for (auto k = begin; k < end; ++k) {
    const auto q = spot(down_.active[k]);
    for (std::size_t l = 0; l < push_lanes; ++l) {
      double left = available.at[l];
      if (guard && left <= 1e-10) left = 1;
      const double sigma =
          c_.options.cascade.market && left > 0 ? std::min(1.0, out_[q] / left) : 1.0;
      down_.lost[k].at[l] = sigma * (1 - down_.h[q].at[l]);
    }
  }
}

void PushBatch::fill_lost_up() {
  up_.lost.resize(up_.active.size());
  for (std::size_t k = 0; k < up_.active.size(); ++k)
    eight(up_.lost[k]) = 1 - eight(up_.h[spot(up_.active[k])]);
}

void PushBatch::set_shocks(bool down) {
  for (std::size_t l = 0; l < push_lanes; ++l) {
    if (scenario_[l] == c_.scenarios.size()) continue;
    for (const auto& shock : c_.scenarios[scenario_[l]].shocks) {
      const auto position = c_.network.position[spot(shock.node)];
      auto& side = down ? down_ : up_;
      const auto row = down ? p_.row_start[spot(position)] : shock.node;
      side.touched.insert(down ? position : shock.node);
      auto& loss = side.rows[spot(row)].at[l];
      // 1 - max(loss, shock) is min(1 - shock, 1 - loss): rounding keeps the order.
      loss = std::max(loss, down ? shock.down : shock.up);
    }
  }
}

// h <- max(0, min(1, 1 - loss)) of every node that a loss reached, and by how much it fell.
void PushBatch::take(Side& side, bool down) {
  set_shocks(down);
  for (const auto i : side.active) side.touched.insert(i);  // a lane handed in has left them
  side.touched.take(side.active);
  std::size_t kept = 0;
  for (const auto i : side.active) {
    auto row = spot(down ? p_.row_start[spot(i)] : i);
    const auto end = down ? spot(p_.row_start[spot(i) + 1]) : row + 1;
    PushRow loss;
    for (; row < end; ++row) {
      auto& part = eight(side.rows[row]);
      eight(loss) = part > eight(loss) ? part : eight(loss);
      part = Eight{};
    }
    auto& h = eight(side.h[spot(i)]);
    auto after = 1 - eight(loss);
    after = after < 1 ? after : Eight{} + 1;
    after = after > 0 ? after : Eight{};
    const auto fall = h - after;
    eight(fall_) = fall > eight(fall_) ? fall : eight(fall_);
    h = after;
    if (!is_zero(loss)) side.active[kept++] = i;
  }
  side.active.resize(kept);
}

void PushBatch::hand_in(std::uint32_t settled, BatchResult& result) {
  for (const auto q : down_.active) nodes_.insert(c_.network.node[spot(q)]);
  for (const auto i : up_.active) nodes_.insert(i);
  std::vector<std::int32_t> nodes;
  nodes_.take(nodes);
  for (std::size_t k = 0; k < c_.weights.rows; ++k) {
    const auto weight = c_.weights.row(k);
    PushRow both, down, up;
    for (const auto i : nodes) {
      const auto& h_d = eight(down_.h[spot(c_.network.position[spot(i)])]);
      const auto& h_u = eight(up_.h[spot(i)]);
      const double w = weight[spot(i)];
      eight(both) += w * (1 - (h_d < h_u ? h_d : h_u));
      eight(down) += w * (1 - h_d);
      eight(up) += w * (1 - h_u);
    }
    const double total = c_.weight_sums[k];
    for (std::size_t l = 0; l < push_lanes && total > 0; ++l)
      if ((settled >> l & 1U) != 0)
        result.risk[scenario_[l] * c_.weights.rows + k] = {both.at[l] / total, down.at[l] / total,
                                                           up.at[l] / total};
  }
  for (std::size_t l = 0; l < push_lanes; ++l) {
    if ((settled >> l & 1U) == 0) continue;
    const bool converged = fall_.at[l] <= c_.options.cascade.eps;
    result.rounds[scenario_[l]] = converged ? rounds_ : -rounds_;
    clear(l);
  }
}

void PushBatch::clear(std::size_t lane) {
  for (const auto q : down_.active) down_.h[spot(q)].at[lane] = 1;
  for (const auto i : up_.active) up_.h[spot(i)].at[lane] = 1;
  scenario_[lane] = c_.scenarios.size();
}

}  // namespace stave
