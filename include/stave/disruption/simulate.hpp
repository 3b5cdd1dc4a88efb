#pragma once
/// A scenario played day by day, on a table or a firm network, by the rules of published models.

#include "stave/core/chain.hpp"
#include "stave/core/progress.hpp"
#include "stave/disruption/options.hpp"
#include "stave/scenario/scenario.hpp"

#include <optional>
#include <vector>

namespace stave {

/// A node that made less than it could and should because an input ran short.
struct BindingInput {
  int day = 0;
  NodeId node;
  ProductId product;
};

/// What to keep of every day; totals by day, region and product are always kept.
struct Watch {
  bool all_nodes = false;      ///< [days x n] of every node
  std::vector<NodeId> nodes;   ///< or of these
  bool region_stocks = false;  ///< what each region's makers hold: a pass over all stocks a day
};

/// Money a day, whole chain.
struct DayTotals {
  double output = 0;
  double capacity = 0;
  double orders = 0;  ///< of makers, standing with makers that day
  double final_wanted = 0;
  double final_unmet = 0;
  double value_added_lost = 0;  ///< sum va_i / x0_i (x0_i - x_i); negative where more is made
  double stock = 0;             ///< of inputs, at the end of the day
  double in_transit = 0;
  double rebuilding_wanted = 0;  ///< remaining
  double rebuilding_done = 0;    ///< delivered that day
  std::size_t bound = 0;         ///< nodes that made less because an input ran short
};

/// One node over the whole time; days are -1 where it never happens.
struct NodeCourse {
  double least_output = 0;  ///< share of a normal day
  int least_day = -1;
  double output_lost = 0;  ///< sum of max(0, x0 - x), money
  double value_added_lost = 0;
  double unmet = 0;      ///< final use of its goods left unmet
  int first_loss = -1;   ///< first day below a normal day's output (relative 1e-6)
  int first_bound = -1;  ///< first day an input bound
  ProductId bound_by;    ///< that input; by_supplier too
  int first_hit = -1;    ///< first day it lost capacity itself, or lost orders by an event
  int back = -1;  ///< first day from which on output stays at 95 % or more, once it was below
};

struct Conservation {
  double goods = 0;   ///< largest |made - delivered| / made over days and nodes
  double stocks = 0;  ///< largest relative miss of stock + received - used, whole chain
  /// Largest |delivered + remaining - initial| / initial over days; over events (by_supplier) or of
  /// all events together (by_product).
  double rebuilding = 0;
};

struct Simulation {
  std::vector<DayTotals> days;
  Matrix output_by_region, output_by_product;  ///< [days x regions], [days x products]
  Matrix unmet_by_region, unmet_by_product;    ///< final use: by using region; by product wanted
  Matrix value_added_lost_by_region, value_added_lost_by_product;
  Matrix stock_by_product;                     ///< of inputs held
  Matrix stock_by_region;                      ///< by makers there; empty unless watched
  Matrix orders_by_region, orders_by_product;  ///< of makers, standing with makers there, of it
  std::vector<NodeId> watched;
  Matrix node_output, node_capacity, node_unmet;  ///< [days x watched]
  Matrix node_stock;              ///< [days x watched] of its inputs, money, in the evening
  Matrix node_orders;             ///< [days x watched] of makers, standing with the node
  std::vector<NodeCourse> nodes;  ///< [n]
  std::optional<BindingInput> first_bound;
  Conservation conservation;
  std::vector<double> rebuilding_left;  ///< of every event with rebuilding, at the end
  std::size_t clipped = 0;              ///< nodes x days that would have lost more than all
  double negative_left_out = 0;         ///< flows and final use below 0 taken as 0, money a year
  bool partial = false;                 ///< stopped by the user after days.size() days
};

/// Same bits for any number of threads. Events are checked (check_scenario).
/// Negative flows and final use count as 0 and are told of.
/// @throws Error bad_input, missing_part, too_large
[[nodiscard]] Simulation simulate(const Chain& chain, const Scenario& scenario,
                                  const SimulationOptions& options = {}, const Watch& watch = {},
                                  Progress& progress = no_progress());

}  // namespace stave
