#pragma once
/// A sparse network laid out for pushing: the links of every node that fails, to whom they lead and
/// where the loss is added up there.
///
/// Losses of a target stand in rows. The first holds the worst essential input with one supplier
/// (a maximum), the next the sum of all non-essential inputs, the others the sum of each essential
/// input with several suppliers. The target's loss is the largest of its rows.

#include "stave/core/large_pages.hpp"

#include <cstdint>
#include <span>
#include <vector>

#include "cascade/weighted_network.hpp"

namespace stave {

struct PushLink {
  std::int32_t target = 0;
  /// Of the target's losses; up: its up_row, so that rows of those who sell to many stand together.
  std::int32_t row = 0;
  double weight = 1;  ///< D or U
};

using PushLinks = std::vector<PushLink, LargePageAllocator<PushLink>>;

/// Links whose rows are on their way to the cache.
inline constexpr std::size_t fetched = 16;

struct PushNetwork {
  std::size_t n = 0;
  PushLinks down;  ///< by supplier's position; single suppliers first; `fetched` more at the end
  std::vector<std::int64_t> down_start;  ///< [n + 1]
  std::vector<std::int64_t> down_sums;   ///< [n] where links that are added up begin
  std::vector<std::int32_t> row_start;   ///< [n + 1] rows of each target's losses
  PushLinks up;                          ///< by customer's node; `fetched` more at the end
  std::vector<std::int64_t> up_start;    ///< [n + 1]
};

/// How a supplier's loss reaches its buyer.
enum class Supply : std::uint8_t {
  single,  ///< essential and the only one of its product: its loss is all the loss
  linear,  ///< non-essential: all of them add up
  group    ///< essential: those of one product add up
};

/// A flow seen by its buyer.
struct SupplyLink {
  std::int32_t target = 0;   ///< position of the buyer
  std::int32_t product = 0;  ///< of the supplier where essential; -1: non-essential
  std::int32_t source = 0;   ///< position of the supplier
  Supply kind = Supply::linear;
  double weight = 0;  ///< D
};
/// By buyer, then kind, then product, then supplier.
[[nodiscard]] std::vector<SupplyLink> supply_links(const WeightedNetwork& network);

/// Rows of lanes so that a sweep goes on with targets like the last one: a loop whose length
/// changes from target to target costs more than the links it follows.
/// @param sellers_first  tells nodes that sell nothing apart: none of them may be shocked upstream
void sort_rows(const std::vector<SupplyLink>& links, bool sellers_first, WeightedNetwork& network);

/// Either side may be left out.
[[nodiscard]] PushNetwork push_network(const WeightedNetwork& network,
                                       const std::vector<SupplyLink>& links, bool down, bool up);

}  // namespace stave
