#pragma once
/// A chain laid out link by link, both ways: by maker for orders and rationing, by buyer and input
/// for stocks. What holds for a link changes from day to day and is kept elsewhere, in one of these
/// two orders.

#include "stave/core/large_pages.hpp"
#include "stave/disruption/simulate.hpp"

#include <cstdint>
#include <vector>

namespace stave {

template <class T>
using LinkArray = std::vector<T, LargePageAllocator<T>>;

/// Links whose orders are fetched this far ahead: they lie in no order.
inline constexpr std::size_t links_ahead = 24;

struct SupplyNetwork {
  std::size_t n = 0;
  std::size_t links = 0;
  std::size_t inputs = 0;

  // By maker; buyers ascend.
  std::vector<std::size_t> sale_start;  ///< [n + 1]
  LinkArray<double> sales;              ///< [links] A, money a day, above 0
  LinkArray<std::int32_t> buyer;        ///< [links]

  // By buyer, then input (a product, of all its makers), then maker.
  std::vector<std::size_t> input_start;     ///< [n + 1]
  std::vector<std::size_t> purchase_start;  ///< [inputs + 1]
  std::vector<std::int32_t> product;        ///< [inputs]
  std::vector<double> need;                 ///< [inputs] sum of A, money a day
  LinkArray<std::uint32_t> sale;            ///< [links + ahead] where the link stands by maker
  LinkArray<double> weight;                 ///< [links] A / need
};

/// Share of a normal day below which an activity, and days of use below which a stock, count as
/// nothing: else what vanishes bit by bit is carried along to the smallest number there is. An
/// input that is short by no more does not bind.
inline constexpr double next_to_nothing = 1e-12;

/// Bytes a run may take for its links.
inline constexpr std::size_t max_network_bytes = std::size_t{12} << 30;

/// Flows of 0 or less are no links. Cost: O(links) time, about 50 bytes a link.
/// @throws Error too_large  links that would need more than max_network_bytes while a run lasts
[[nodiscard]] SupplyNetwork supply_network(const Chain& chain);

/// Days of stock each node keeps [n]: options.inventory_days, or with random_inventories Poisson of
/// that mean and at least 2; a draw depends on the seed and the node alone.
/// @throws Error bad_input  stocks that do not last a day, or a mean that cannot be drawn from
[[nodiscard]] std::vector<double> stock_days_by_node(const SimulationOptions& options,
                                                     std::size_t n);

}  // namespace stave
