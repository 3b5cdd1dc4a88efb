#include "cascade/push_batch.hpp"

#include <algorithm>
#include <bit>

namespace stave {
namespace {

std::size_t spot(std::int32_t i) { return static_cast<std::size_t>(i); }

// The loader picks the form that the processor has.
#if defined(__x86_64__) && !defined(__clang__)
#define STAVE_VECTORISED [[gnu::target_clones("avx2", "default")]]
#else
#define STAVE_VECTORISED
#endif

// Half a row: one AVX or two SSE operations.
using Four [[gnu::vector_size(32), gnu::may_alias]] = double;
constexpr std::size_t halves = 2;

[[gnu::always_inline]] inline Four& half(PushRow& row, std::size_t h) {
  return reinterpret_cast<Four*>(row.at.data())[h];
}
[[gnu::always_inline]] inline const Four& half(const PushRow& row, std::size_t h) {
  return reinterpret_cast<const Four*>(row.at.data())[h];
}
[[gnu::always_inline]] inline void raise(Four& a, const Four& b) { a = a > b ? a : b; }
[[gnu::always_inline]] inline void lower(Four& a, const Four& b) { a = a < b ? a : b; }

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

constexpr std::ptrdiff_t ahead = 12;  // links whose rows are on their way to the cache

// The rows of a node soon to be pushed: at a hundred thousand nodes every one is a cache miss.
[[gnu::always_inline]] inline void prefetch(const Push& p, std::size_t k) {
  if (k + 8 < p.active.size()) __builtin_prefetch(p.links + p.start[p.active[k + 8]]);
  if (k + 2 >= p.active.size()) return;
  const auto node = p.active[k + 2];
  const auto end = std::min(p.start[node + 1], p.start[node] + ahead);
  for (auto e = p.start[node]; e < end; ++e) __builtin_prefetch(p.rows + p.links[e].row, 1);
}

STAVE_VECTORISED void push(const Push& p) {
  for (std::size_t k = 0; k < p.active.size(); ++k) {
    prefetch(p, k);
    if (is_zero(p.lost[k])) continue;
    const auto node = p.active[k];
    const Four low = half(p.lost[k], 0);
    const Four high = half(p.lost[k], 1);
    auto e = p.start[node];
    const auto sums = p.sums != nullptr ? p.sums[node] : e;
    const auto end = p.start[node + 1];
    const auto touch = [&](std::int32_t target) __attribute__((always_inline)) {
      p.touched[spot(target) / 64] |= std::uint64_t{1} << (static_cast<unsigned>(target) % 64);
    };
    for (; e < sums; ++e) {
      auto& row = p.rows[p.links[e].row];
      raise(half(row, 0), low);
      raise(half(row, 1), high);
      touch(p.links[e].target);
    }
    for (; e < end; ++e) {
      if (e + ahead < end) {
        const auto* soon = p.rows + p.links[e + ahead].row;
        __builtin_prefetch(soon, 1);
      }
      auto& row = p.rows[p.links[e].row];
      half(row, 0) += p.links[e].weight * low;
      half(row, 1) += p.links[e].weight * high;
      touch(p.links[e].target);
    }
  }
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
STAVE_VECTORISED void PushBatch::fill_market(std::size_t market, std::size_t begin,
                                             std::size_t end) {
  const auto& active = down_.active;
  Four left[halves] = {};
  auto q = c_.network.product_start[market];
  const auto last = c_.options.cascade.market ? c_.network.product_start[market + 1] : q;
  for (auto k = begin; q < last; ++k, ++q) {
    const auto next = k < end ? spot(active[k]) : last;
    for (; q < next; ++q)
      for (auto& part : left) part += out_[q];
    if (q == last) break;
    for (std::size_t h = 0; h < halves; ++h) left[h] += half(down_.h[q], h) * out_[q];
  }
  const Four zero{};
  for (auto& part : left) {
    if (c_.options.cascade.glcascade_guard) part = part <= 1e-10 ? zero + 1 : part;
    if (!c_.options.cascade.market) part = zero;
  }
  for (auto k = begin; k < end; ++k)
    for (std::size_t h = 0; h < halves; ++h) {
      const auto i = spot(active[k]);
      Four sigma = out_[i] / left[h];
      lower(sigma, zero + 1);
      sigma = left[h] > 0 ? sigma : zero + 1;
      half(down_.lost[k], h) = sigma * (1 - half(down_.h[i], h));
    }
}

STAVE_VECTORISED void PushBatch::fill_lost_up() {
  up_.lost.resize(up_.active.size());
  for (std::size_t k = 0; k < up_.active.size(); ++k)
    for (std::size_t h = 0; h < halves; ++h)
      half(up_.lost[k], h) = 1 - half(up_.h[spot(up_.active[k])], h);
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
STAVE_VECTORISED void PushBatch::take(Side& side, bool down) {
  set_shocks(down);
  for (const auto i : side.active) side.touched.insert(i);  // a lane handed in has left them
  side.touched.take(side.active);
  std::size_t kept = 0;
  Four fall[halves] = {half(fall_, 0), half(fall_, 1)};
  const Four zero{};
  for (const auto i : side.active) {
    const auto row = spot(down ? p_.row_start[spot(i)] : i);
    const auto end = down ? spot(p_.row_start[spot(i) + 1]) : row + 1;
    bool lost = false;
    for (std::size_t h = 0; h < halves; ++h) {
      Four loss{};
      for (auto r = row; r < end; ++r) {
        raise(loss, half(side.rows[r], h));
        half(side.rows[r], h) = zero;
      }
      auto& share = half(side.h[spot(i)], h);
      Four after = 1 - loss;
      lower(after, zero + 1);
      raise(after, zero);
      raise(fall[h], share - after);
      share = after;
      lost |= (loss[0] + loss[1]) + (loss[2] + loss[3]) > 0;
    }
    if (lost) side.active[kept++] = i;
  }
  half(fall_, 0) = fall[0];
  half(fall_, 1) = fall[1];
  side.active.resize(kept);
}

STAVE_VECTORISED void PushBatch::hand_in(std::uint32_t settled, BatchResult& result) {
  for (const auto q : down_.active) nodes_.insert(c_.network.node[spot(q)]);
  for (const auto i : up_.active) nodes_.insert(i);
  std::vector<std::int32_t> nodes;
  nodes_.take(nodes);
  for (std::size_t k = 0; k < c_.weights.rows; ++k) {
    const auto weight = c_.weights.row(k);
    PushRow both, down, up;
    for (const auto i : nodes)
      for (std::size_t h = 0; h < halves; ++h) {
        const auto& h_d = half(down_.h[spot(c_.network.position[spot(i)])], h);
        const auto& h_u = half(up_.h[spot(i)], h);
        const double w = weight[spot(i)];
        Four least = h_d;
        lower(least, h_u);
        half(both, h) += w * (1 - least);
        half(down, h) += w * (1 - h_d);
        half(up, h) += w * (1 - h_u);
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
