#include "disruption/tile_kernel.hpp"

#include <cmath>
#include <limits>

// The loader picks the form that the processor has.
#if defined(__x86_64__) && !defined(__clang__)
#define STAVE_TILE_VECTORISED [[gnu::target_clones("avx2", "default")]]
#else
#define STAVE_TILE_VECTORISED
#endif
#define STAVE_TILE_INLINE [[gnu::always_inline]] inline

namespace stave {
namespace {

constexpr std::size_t tile_fours = tile_width / 4;

struct TileRow {
  TileFour at[tile_fours];
};

STAVE_TILE_INLINE const TileRow& row_at(const double* p) {
  return *reinterpret_cast<const TileRow*>(p);
}
STAVE_TILE_INLINE void set(TileRow& row, double value) {
  for (auto& v : row.at) v = TileFour{value, value, value, value};
}
/// Keeps the smaller; what is not a number is passed over.
STAVE_TILE_INLINE void lower_to(TileFour& kept, const TileFour& other) {
  kept = other < kept ? other : kept;
}

/// Takes those of class c of the one, the others of the other.
STAVE_TILE_INLINE void take_class(const double* user_class, double c, const TileRow& from,
                                  TileRow& to) {
  const TileRow& mine = row_at(user_class);
  for (std::size_t v = 0; v < tile_fours; ++v) to.at[v] = mine.at[v] == c ? from.at[v] : to.at[v];
}

// The sums are named one by one, or the compiler would keep them in memory.
STAVE_TILE_INLINE void weigh(const double* tile, std::size_t makers, const double* by,
                             TileRow& sum) {
  TileFour s0{}, s1{}, s2{}, s3{};
  for (std::size_t f = 0; f < makers; ++f) {
    const TileRow& z = row_at(tile + f * tile_width);
    const TileFour b{by[f], by[f], by[f], by[f]};
    s0 += z.at[0] * b;
    s1 += z.at[1] * b;
    s2 += z.at[2] * b;
    s3 += z.at[3] * b;
  }
  sum = {s0, s1, s2, s3};
}

/// Both sums at once: the hot loop.
STAVE_TILE_INLINE void weigh_both(const double* tile, std::size_t makers, const double* give,
                                  const double* able, TileRow& got, TileRow& sum) {
  TileFour g0{}, g1{}, g2{}, g3{};
  TileFour s0{}, s1{}, s2{}, s3{};
  for (std::size_t f = 0; f < makers; ++f) {
    const TileRow& z = row_at(tile + f * tile_width);
    const TileFour g{give[f], give[f], give[f], give[f]};
    const TileFour a{able[f], able[f], able[f], able[f]};
    g0 += z.at[0] * g;
    g1 += z.at[1] * g;
    g2 += z.at[2] * g;
    g3 += z.at[3] * g;
    s0 += z.at[0] * a;
    s1 += z.at[1] * a;
    s2 += z.at[2] * a;
    s3 += z.at[3] * a;
  }
  got = {g0, g1, g2, g3};
  sum = {s0, s1, s2, s3};
}

STAVE_TILE_INLINE void times(TileRow& row, const TileRow& by) {
  for (std::size_t v = 0; v < tile_fours; ++v) row.at[v] *= by.at[v];
}

/// By water level: Z min(q able, level).
STAVE_TILE_INLINE void poured(const TileDay& day, const double* tile, const TileStrip& strip,
                              const TileRow& q, TileRow& got) {
  set(got, 0);
  for (std::size_t f = 0; f < strip.makers; ++f) {
    const TileRow& z = row_at(tile + f * tile_width);
    const double able = day.able_old[strip.first_maker + f];
    const double level = day.level[strip.first_maker + f];
    const TileFour most{level, level, level, level};
    for (std::size_t v = 0; v < tile_fours; ++v) {
      TileFour each = q.at[v] * able;
      lower_to(each, most);
      got.at[v] += z.at[v] * each;
    }
  }
}

/// What each user of a tile receives.
STAVE_TILE_INLINE void receive(const TileDay& day, const double* tile, const TileStrip& strip,
                               std::size_t user, const TileRow& q, TileRow& got) {
  if (day.level != nullptr) return poured(day, tile, strip, q, got);
  weigh(tile, strip.makers, day.give + strip.first_maker, got);
  TileRow other;
  for (std::size_t c = 1; c < day.classes; ++c) {
    weigh(tile, strip.makers, day.give + c * day.positions + strip.first_maker, other);
    take_class(day.user_class + user, static_cast<double>(c), other, got);
  }
  times(got, q);
}

struct TileSums {
  TileFour before, used, after;
};

/// Stocks of one tile; what is ordered is left in `order`.
STAVE_TILE_INLINE void restock(const TileDay& day, std::size_t cell, std::size_t user, TileRow& got,
                               TileRow& order, TileSums& sums) {
  const TileRow& need = row_at(day.need + cell);
  const TileRow& made = row_at(day.made + user);
  const TileRow& wanted = row_at(day.wanted + user);
  TileRow& stock = *reinterpret_cast<TileRow*>(day.stock + cell);
  const TileFour none{};
  for (std::size_t v = 0; v < tile_fours; ++v) {
    const TileFour use = need.at[v] * made.at[v];
    order.at[v] = use;
    if (day.endless) continue;
    sums.before += stock.at[v];
    if (!day.rest) {
      TileFour used = use;
      lower_to(used, stock.at[v]);
      TileFour came = got.at[v];
      if (day.beside != nullptr) came += row_at(day.beside + cell).at[v];
      stock.at[v] = (stock.at[v] - used) + came;
      sums.used += used;
    }
    sums.after += stock.at[v];
    TileFour gap = (need.at[v] * wanted.at[v]) * day.stock_days - stock.at[v];
    if (day.under_way != nullptr) gap -= row_at(day.under_way + cell).at[v];
    order.at[v] = (gap > none ? gap : none) * day.restore + use;
  }
}

/// q = order / sum, 0 where nobody is left to ask.
STAVE_TILE_INLINE void place(const TileDay& day, std::size_t cell, const TileRow& sum,
                             TileRow& order) {
  TileRow& q = *reinterpret_cast<TileRow*>(day.q + cell);
  const TileFour none{};
  for (std::size_t v = 0; v < tile_fours; ++v) {
    if (day.most_open != nullptr) order.at[v] *= row_at(day.most_open + cell).at[v];
    const TileFour each = order.at[v] / sum.at[v];
    q.at[v] = sum.at[v] > none ? each : none;
  }
}

STAVE_TILE_INLINE void ask(const double* tile, std::size_t makers, const TileRow& q,
                           TileFour* asked) {
  const TileFour q0 = q.at[0], q1 = q.at[1], q2 = q.at[2], q3 = q.at[3];
  for (std::size_t f = 0; f < makers; ++f) {
    const TileRow& z = row_at(tile + f * tile_width);
    asked[f] += (z.at[0] * q0 + z.at[1] * q1) + (z.at[2] * q2 + z.at[3] * q3);
  }
}

STAVE_TILE_INLINE void ask_by_class(const TileDay& day, const double* tile, const TileStrip& strip,
                                    std::size_t cell, std::size_t user, TileFour* asked) {
  const TileRow& q = row_at(day.q + cell);
  if (day.classes == 1) return ask(tile, strip.makers, q, asked);
  TileRow mine;
  for (std::size_t c = 0; c < day.classes; ++c) {
    set(mine, 0);
    take_class(day.user_class + user, static_cast<double>(c), q, mine);
    ask(tile, strip.makers, mine, asked + c * strip.makers);
  }
}

}  // namespace

STAVE_TILE_VECTORISED void end_day_of(const TileDay& day, const TileStrip& strip,
                                      std::span<const LinkEdit> edits, TileFour* asked,
                                      StockSums& sums) {
  TileSums total{};
  const bool simple = day.classes == 1 && day.level == nullptr;
  const double* able = day.able + strip.first_maker;
  const std::size_t tile_size = strip.makers * tile_width;
  auto edit = edits.begin();
  for (std::size_t u = 0; u < strip.users; u += tile_width) {
    const std::size_t at = strip.at + u * strip.makers;
    double* tile = day.flows + at;
    const std::size_t cell = strip.cell + u;
    const std::size_t user = strip.first_user + u;
    TileRow got;
    TileRow sum;
    TileRow order;
    if (simple) {
      weigh_both(tile, strip.makers, day.give + strip.first_maker, able, got, sum);
      times(got, row_at(day.q + cell));
    } else {
      receive(day, tile, strip, user, row_at(day.q + cell), got);
      weigh(tile, strip.makers, able, sum);
    }
    if (edit != edits.end() && edit->link->at < at + tile_size) {
      for (; edit != edits.end() && edit->link->at < at + tile_size; ++edit)
        day.flows[edit->link->at] = edit->value;
      weigh(tile, strip.makers, able, sum);
    }
    restock(day, cell, user, got, order, total);
    place(day, cell, sum, order);
    ask_by_class(day, tile, strip, cell, user, asked);
  }
  sums = {sum_of_four(total.before), sum_of_four(total.used), sum_of_four(total.after)};
}

STAVE_TILE_VECTORISED bool rests(const TileDay& day, const TileStrip& strip) {
  for (std::size_t u = 0; u < strip.users; u += tile_width) {
    const std::size_t cell = strip.cell + u;
    const std::size_t user = strip.first_user + u;
    TileRow got;
    receive(day, day.flows + strip.at + u * strip.makers, strip, user, row_at(day.q + cell), got);
    for (std::size_t v = 0; v < tile_fours; ++v)
      for (std::size_t l = 0; l < 4; ++l) {
        const double used = day.need[cell + 4 * v + l] * day.made[user + 4 * v + l];
        const double beside = day.beside != nullptr ? day.beside[cell + 4 * v + l] : 0;
        if (!(std::abs(got.at[v][l] + beside - used) <= 1e-8 + 1e-5 * std::abs(used))) return false;
      }
  }
  return true;
}

STAVE_TILE_VECTORISED void pour_of(const TileDay& day, const TileStrip& strip,
                                   const std::uint8_t* scarce, TileFour* sums) {
  const TileFour none{};
  const TileFour one{1, 1, 1, 1};
  for (std::size_t u = 0; u < strip.users; u += tile_width) {
    const double* tile = day.flows + strip.at + u * strip.makers;
    const TileRow& q = row_at(day.q + strip.cell + u);
    for (std::size_t f = 0; f < strip.makers; ++f) {
      if (scarce[strip.first_maker + f] == 0) continue;
      const TileRow& z = row_at(tile + f * tile_width);
      const double able = day.able_old[strip.first_maker + f];
      const double level = day.level[strip.first_maker + f];
      for (std::size_t v = 0; v < tile_fours; ++v) {
        const TileFour asked = q.at[v] * able;
        const auto full = asked <= level;
        sums[f] += full ? z.at[v] * asked : none;
        sums[strip.makers + f] += full ? none : z.at[v];
        sums[2 * strip.makers + f] += full ? one : none;
      }
    }
  }
}

// Where an input never binds, stock / bind is infinite or not a number, which no comparison takes.
STAVE_TILE_VECTORISED void least_ratio(const double* stock, const double* bind,
                                       std::size_t products, std::size_t stride, std::size_t first,
                                       std::size_t last, double* least) {
  for (std::size_t j = first; j < last; j += tile_width) {
    TileRow found;
    set(found, std::numeric_limits<double>::infinity());
    TileFour f0 = found.at[0], f1 = f0, f2 = f0, f3 = f0;
    for (std::size_t k = 0; k < products; ++k) {
      const TileRow& s = row_at(stock + k * stride + j);
      const TileRow& b = row_at(bind + k * stride + j);
      lower_to(f0, s.at[0] / b.at[0]);
      lower_to(f1, s.at[1] / b.at[1]);
      lower_to(f2, s.at[2] / b.at[2]);
      lower_to(f3, s.at[3] / b.at[3]);
    }
    found = {f0, f1, f2, f3};
    *reinterpret_cast<TileRow*>(least + j) = found;
  }
}

STAVE_TILE_VECTORISED void sum_stock(const double* stock, const double* bind, std::size_t products,
                                     std::size_t stride, std::size_t first, std::size_t last,
                                     double* sums) {
  const TileFour none{};
  for (std::size_t j = first; j < last; j += tile_width) {
    TileRow all;
    set(all, 0);
    for (std::size_t k = 0; k < products; ++k) {
      const TileRow& s = row_at(stock + k * stride + j);
      const TileRow& b = row_at(bind + k * stride + j);
      for (std::size_t v = 0; v < tile_fours; ++v) all.at[v] += b.at[v] > none ? s.at[v] : none;
    }
    *reinterpret_cast<TileRow*>(sums + j) = all;
  }
}

}  // namespace stave
