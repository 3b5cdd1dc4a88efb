#pragma once
/// The inner loops of the dense market. Flows lie in tiles: one product, sixteen users, a row of
/// sixteen numbers for each maker of the product; a tile stays in the nearest cache while goods are
/// received, stocks refilled and orders placed, so that a day is one pass over the table.

#include <cstddef>
#include <cstdint>
#include <span>

#include "disruption/market.hpp"

namespace stave {

inline constexpr std::size_t tile_width = 16;

/// Four numbers; the compiler makes one AVX or two SSE operations of each.
using TileFour [[gnu::vector_size(32), gnu::may_alias]] = double;

/// Some tiles of one product, one task.
struct TileStrip {
  std::size_t product = 0;
  std::size_t makers = 0;       ///< of the product
  std::size_t first_maker = 0;  ///< position among all makers, product by product
  std::size_t first_user = 0;
  std::size_t users = 0;  ///< a multiple of tile_width
  std::size_t at = 0;     ///< of its first tile in the flows
  std::size_t cell = 0;   ///< of its first user
  std::size_t asked = 0;  ///< of its partial sums
};

/// Pointers are null where a part is not needed.
struct TileDay {
  double* flows;
  double* stock;
  double* q;
  const double* need;
  const double* most_open;
  const double* beside;
  const double* under_way;
  const double* made;        ///< [users]
  const double* wanted;      ///< [users]
  const double* user_class;  ///< [users], or null: one class
  std::size_t classes;
  std::size_t positions;   ///< makers of all products
  const double* give;      ///< [classes x positions] able before x share served
  const double* level;     ///< [positions] or null
  const double* able_old;  ///< [positions]
  const double* able;      ///< [positions]
  double stock_days;       ///< of the strip's product
  double restore;
  bool endless;
  bool rest;
};

/// Delivers, applies the edits of the strip, restocks, orders.
/// @param asked  [classes x makers] sums of Z q, to be added to
void end_day_of(const TileDay& day, const TileStrip& strip, std::span<const LinkEdit> edits,
                TileFour* asked, StockSums& sums);
/// BoARIO: received and used close for all users of the strip.
[[nodiscard]] bool rests(const TileDay& day, const TileStrip& strip);
/// @param sums  [3 x makers] taken, open, full of makers that are scarce, to be added to
void pour_of(const TileDay& day, const TileStrip& strip, const std::uint8_t* scarce,
             TileFour* sums);
/// The smallest of stock / bind of every user, from `first` to `last`.
void least_ratio(const double* stock, const double* bind, std::size_t products, std::size_t stride,
                 std::size_t first, std::size_t last, double* least);
/// Sums of stocks that bind.
void sum_stock(const double* stock, const double* bind, std::size_t products, std::size_t stride,
               std::size_t first, std::size_t last, double* sums);

[[nodiscard]] inline double sum_of_four(const TileFour& v) { return (v[0] + v[1]) + (v[2] + v[3]); }

}  // namespace stave
