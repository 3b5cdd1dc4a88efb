#pragma once
/// One sector split into several: by shares of its output, by what is known of the parts' sales and
/// purchases, and balanced, so that adding the parts up gives the old chain again.
///
///   w_k        share of part k in the output of the sector, in each region
///   sales      prior w_k g_kc b_c, g_kc weight, b_c the sector's sales to c; brought to row sums
///              w_k sum(b) and column sums b_c (RAS; GRAS where a sale is negative)
///   purchases  the same with h_rk, and the primary inputs (or value added) among what is bought
///   own block  a_k b_l / z from the sales a of the seller and the purchases b of the buyer (or RAS
///              from w_k q_kl w_l), z what the one sector sold to the other
///
/// Source: Wolsky (1984), Review of Economics and Statistics 66, 283; Lindner, Legault and Guan
/// (2012), Economic Systems Research 24, 329; balancing: balance.hpp.
/// Checked against: adding up by `aggregate`; hand calculations in tests/balance.

#include "stave/balance/balance.hpp"
#include "stave/core/chain.hpp"

#include <optional>
#include <vector>

namespace stave {

struct SectorSplit {
  ProductId sector;
  std::optional<RegionId> region;  ///< only its maker there; none: all makers of the sector
  std::vector<Item> parts;         ///< [K] codes and names; kind and parent are the sector's
  Matrix shares;                   ///< [K x regions] sums of 1 in every region that is split
  Matrix sales;                    ///< g [K x (n + f)], or empty: all 1
  Matrix purchases;                ///< h [K x (n + v)], or empty: all 1
  Matrix between;                  ///< q [K x K] seller x buyer, or empty: all 1
};

struct Disaggregation {
  Chain chain;
  std::vector<std::size_t> old_node;  ///< [n'] which node of the old chain it is a part of
  int iterations = 0;                 ///< most that a balance took
  double conserved = 0;   ///< largest miss of an old cell when the parts are added up, of the
                          ///< largest cell of its kind
  double share_miss = 0;  ///< largest miss of w_k in the outputs of a sector
};

/// @throws Error bad_input      fewer than two parts, a code twice or one the chain has, shares
///                              outside 0 .. 1 or that do not sum to 1 (to 1e-5), a weight below 0
///               not_found      nobody makes the sector (there)
///               and as balance, with the sector and the part named
[[nodiscard]] Disaggregation disaggregate(const Chain& chain, SectorSplit split,
                                          Progress& progress = no_progress());

}  // namespace stave
