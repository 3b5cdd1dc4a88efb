#pragma once
/// What both engines tell once a day, and the Simulation it adds up to. O(n) a day.

#include "stave/disruption/simulate.hpp"

#include <cstdint>
#include <functional>
#include <span>

#include "disruption/baseline.hpp"

namespace stave {

/// Inputs bind a node where they allow less of what it would make; closer to 1 is rounding.
inline constexpr double same_ratio = 1e-9;
inline constexpr double bound_below = 1 - same_ratio;

/// One day, money a day. n nodes; columns as in the Baseline.
struct DayState {
  std::span<const double> output;            ///< x [n]
  std::span<const double> capacity;          ///< [n]
  std::span<const double> orders;            ///< [n] of makers, standing with a node that day
  std::span<const double> delivered;         ///< [n] to orders, final use and rebuilding
  std::span<const double> final_wanted;      ///< [n] final use of a node's goods
  std::span<const double> final_unmet;       ///< [n]
  std::span<const double> unmet_by_column;   ///< [columns]
  std::span<const double> input_share;       ///< [n] of what it would make that inputs allow, to 1
  std::span<const std::int32_t> bound_by;    ///< [n] that input, on the first day it binds
  std::span<const double> stock_by_product;  ///< [products] at the end; endless stocks left out
  std::function<double(std::size_t)> stock_of;  ///< held by a node at the end, of all inputs
  double stock_before = 0;                      ///< their sum in the morning
  double received = 0;  ///< into those stocks: delivered by makers, arrived, released
  double used = 0;      ///< from those stocks
  double in_transit = 0;
  double rebuilding_wanted = 0;  ///< remaining in the evening
  double rebuilding_done = 0;
  double rebuilding_miss =
      0;  ///< largest |delivered + remaining - initial| / initial of the events
};

class Recorder {
 public:
  /// @throws Error too_large  what is to be kept would not fit
  Recorder(const Chain& chain, const Scenario& scenario, const Baseline& base, const Watch& watch);
  void day(const DayState& state);
  /// After the last day, or fewer.
  [[nodiscard]] Simulation finish(std::vector<double> rebuilding_left, std::size_t clipped) &&;

 private:
  void add_totals(const DayState& state);
  void follow_nodes(const DayState& state);
  void keep_watched(const DayState& state);
  void weigh(const DayState& state);

  const Baseline& base_;
  std::size_t planned_ = 0;  ///< days
  std::size_t today_ = 0;
  Simulation result_;
};

}  // namespace stave
