#pragma once
/// The linear program of a web, in differences from a normal day: a day on which nothing is lost
/// needs no step of simplex, and a loss only those it reaches.
///
///   less_j, more_j   output below and above x0_j
///   cut_l, add_l     a link below and above its normal flow
///   unserved_u       final use below its normal
///   rate             1 / t: what of a stock can be drawn a day, when it must last t days
///
///   node i   sum cut - sum add + sum unserved - less_i + more_i + stock_i rate >= gap_i
///   need k   sum add - sum cut + per_unit_k (less - more)       + stock_k rate >= gap_k
///
/// gap: what is missing on a normal day; 0 in a chain that balances. Quantities are in units of
/// `unit` money a day.

#include "stave/allocation/supply_web.hpp"

#include "allocation/linear_program.hpp"

namespace stave {

/// What moving goods about costs beside weights near 1 while an optimum is looked for.
inline constexpr double leaning = 1e-4;

/// Where things are. Two kinds of needs have no row of their own: what goes into a market is held
/// against what it hands on, and an input with one supplier and no stock against what that one has
/// (its link carries what is needed, per_unit_k x_j, and is no column either).
struct PlanLayout {
  std::size_t makers = 0;
  std::size_t nodes = 0;
  std::size_t uses = 0;
  std::size_t moving = 0;  ///< links that are columns
  double unit = 1;
  std::vector<std::size_t> need_row;     ///< [needs]
  std::vector<std::int32_t> link_place;  ///< [links] among those that are columns, or -1
  std::size_t rows = 0;

  [[nodiscard]] std::size_t less(std::size_t j) const { return j; }
  [[nodiscard]] std::size_t more(std::size_t j) const { return makers + j; }
  [[nodiscard]] bool moves(std::size_t l) const { return link_place[l] >= 0; }
  [[nodiscard]] std::size_t cut(std::size_t l) const {
    return 2 * makers + static_cast<std::size_t>(link_place[l]);
  }
  [[nodiscard]] std::size_t add(std::size_t l) const { return cut(l) + moving; }
  [[nodiscard]] std::size_t unserved(std::size_t u) const { return 2 * (makers + moving) + u; }
  [[nodiscard]] std::size_t rate() const { return unserved(uses); }
  [[nodiscard]] std::size_t node_row(std::size_t i) const { return i; }
};

/// With a row for every need but those of markets, each can be given a stock.
enum class EveryNeed { may_share_a_row, has_a_row };
[[nodiscard]] PlanLayout plan_layout(const SupplyWeb& web,
                                     EveryNeed needs = EveryNeed::may_share_a_row);
/// Costs are 0, everything may be left unserved, the rate is at least 0.
[[nodiscard]] ProgramData plan_data(const SupplyWeb& web, const PlanLayout& layout);

/// What is left of a node's output: bounds of less_j and more_j, in units.
struct OutputRange {
  double least_less = 0;
  double most_less = 0;
  double most_more = 0;
};
[[nodiscard]] OutputRange output_range(double normal, double capacity, double unit);

}  // namespace stave
