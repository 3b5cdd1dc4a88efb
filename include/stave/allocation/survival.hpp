#pragma once
/// Time to recover and time to survive: if one maker stops, how long does everybody else go on
/// being served, and what is lost until it is back?
///
///   t_j   time to recover of maker j, days: given
///   time to survive: the largest t for which all final use can be served for t days after j
///   stopped; infinite where it can be for ever
///   lost profit: the least sum of margin x final use not served over t_j days
///
/// Both are linear programs over a SupplyWeb (supply_web.hpp) with x_j = 0: over t days node i can
/// hand on what it makes, x_i t, and its stock S_i. Divided by t, with the rate r = 1 / t, time to
/// survive is min r and always has an answer; r = 0 means for ever, and no r at all means that not
/// a day is survived.
///
/// Source: Simchi-Levi, Schmidt, Wei, Zhang, Combs, Ge, Gusikhin, Sanders and Zhang (2015),
/// Interfaces 45, 375-390. Checked against: 35 nodes of a published implementation
/// (tests/allocation/survival_test.cpp); GLPK on random webs.

#include "stave/allocation/supply_web.hpp"
#include "stave/core/progress.hpp"

#include <span>
#include <vector>

namespace stave {

/// One stop.
struct Survival {
  std::int32_t node = 0;
  double recovers = 0;     ///< days
  double survives = 0;     ///< days; infinity: for ever
  double lost_profit = 0;  ///< money, until it has recovered
  struct Unserved {
    std::int32_t use = 0;
    double amount = 0;  ///< money a day, mean over the time to recover
  };
  std::vector<Unserved> unserved;  ///< in the order of the web's uses
  /// Where a stock would lengthen the time to survive most: a node's own product (need = -1), or
  /// one of its needs. Days for one unit of money; 0: no stock helps.
  std::int32_t stock_node = -1;
  std::int32_t stock_need = -1;
  double days_per_money = 0;
};

struct SurvivalResult {
  std::vector<Survival> stops;  ///< in the order asked
  double unharmed = 0;          ///< days survived when nobody stops; infinity as a rule
  double worst_gap = 0;         ///< of strong duality, relative
  double worst_miss = 0;        ///< of a balance, in a middling node's day
  std::int64_t steps = 0;       ///< of simplex
};

/// One program is made and solved for a day without a stop; each stop goes on from that optimum.
///
/// @param recovery_days [makers]
/// @param margin        [uses] profit per unit of final use; not looked at for uses that are none
/// @throws Error bad_input  arrays that do not fit, a negative time or margin; cancelled
[[nodiscard]] SurvivalResult survival(const SupplyWeb& web, std::span<const double> recovery_days,
                                      std::span<const double> margin,
                                      std::span<const std::int32_t> stops,
                                      Progress& progress = no_progress());

}  // namespace stave
