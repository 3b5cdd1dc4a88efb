#pragma once
/// Where a budget of stock should lie, so that whichever maker stops, the target is served longest.
///
///   maximise t  subject to, for every stop s of a list: a plan of the web with x_s = 0 that serves
///   the target in full for t days, with stocks S_r + B_r;  sum B_r <= budget,  B_r >= 0
///
/// One linear program over all stops that matter, in rates (r = 1 / t, as survival.hpp): it starts
/// from the worst stop, and takes in the one that is worst with the stocks found, until none is
/// worse than the answer says. Final use that is no target may go unserved.
///
///   days_per_money   of the budget: what one more unit of money buys in days
///   gain_r           of a place: days for one unit of money in stock there, beside the budget; at
///                    places the budget goes to both are the same, elsewhere gain_r is no larger
///
/// Source: the model of Simchi-Levi et al. (2015), Interfaces 45, 375-390, with stocks as
/// variables. Checked against: small chains by hand, every split of a budget on a grid, finite
/// differences (tests/allocation/stock_budget_test.cpp).

#include "stave/allocation/supply_web.hpp"
#include "stave/core/progress.hpp"

#include <span>
#include <vector>

namespace stave {

/// A node (its own product), or one of its needs (need >= 0).
struct StockPlace {
  std::int32_t node = 0;
  std::int32_t need = -1;
};

struct StockBudget {
  struct Placed {
    StockPlace place;
    double money = 0;  ///< B_r
    double gain = 0;   ///< days for one unit of money
  };
  double before = 0;                    ///< days survived without the budget, at the worst stop
  double after = 0;                     ///< with it; infinity: for ever
  double days_per_money = 0;            ///< of the budget; 0 where more of it buys nothing
  std::vector<Placed> placed;           ///< [places]
  std::vector<double> survives_before;  ///< [stops]
  std::vector<double> survives_after;   ///< [stops]
  std::vector<std::int32_t> binding;    ///< stops the program holds, positions in the list
  bool complete = true;  ///< false: more stops matter than the program holds; not the best layout
  double duality_gap = 0;
};

/// @param target  [uses] true: must be served
/// @param places  where stock may be put
/// @throws Error bad_input       a budget that is negative or not finite, no target, no stops
///               no_convergence  the solver gave up;  cancelled
[[nodiscard]] StockBudget stock_budget(const SupplyWeb& web, const std::vector<bool>& target,
                                       std::span<const std::int32_t> stops,
                                       std::span<const StockPlace> places, double budget,
                                       Progress& progress = no_progress());

}  // namespace stave
