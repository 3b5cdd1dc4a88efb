#pragma once
/// A scenario played day by day, on a table or a firm network, by the rules of published models.

#include "stave/core/chain.hpp"
#include "stave/core/progress.hpp"
#include "stave/disruption/disruption.hpp"
#include "stave/scenario/scenario.hpp"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace stave {

/// What a maker holds in stock and how a day goes.
enum class StockRule {
  by_product,  ///< S_kj of a product, whoever made it (ARIO): produce, ration, restock, order
  by_supplier  ///< S_ij of every supplier (Inoue-Todo): restock, order, produce, ration
};
/// How inputs limit output; the recipe says which are critical (essential), important
/// (non-essential) or neither (Pichler et al. 2022).
enum class ProductionRule {
  leontief,         ///< every input binds
  important_binds,  ///< critical and important inputs bind
  important_half,   ///< critical ones bind; a shortage of important ones counts half
  critical_only,    ///< only critical inputs bind
  linear            ///< inputs stand in for each other
};
/// Who gets what when there is not enough.
enum class Rationing {
  proportional,     ///< everybody the same share of the order
  final_last,       ///< orders of makers first, then final use
  low_order_first,  ///< water-filling on order / order of a normal day, from the lowest
  low_order_first_final_last,
  priority  ///< by the classes and weights of the scenario; proportional within
};

/// Every choice; see simulation_preset. Of DisruptionOptions by_supplier takes inventory_days,
/// inventory_days_of and inventory_restore_days; the scenario says how many days are played.
struct SimulationOptions : DisruptionOptions {
  StockRule stocks = StockRule::by_product;
  ProductionRule production = ProductionRule::leontief;
  Rationing rationing = Rationing::proportional;
  bool random_inventories = false;  ///< by_supplier: n drawn per node, Poisson, at least 2
  std::uint64_t seed = 1;
};
/// "ario-psi", "ario", "inoue-todo", "essential". @throws Error not_found
[[nodiscard]] SimulationOptions simulation_preset(std::string_view name);

/// What to keep of every day; totals by day, region and product are always kept.
struct Watch {
  bool all_nodes = false;     ///< [days x n] of every node
  std::vector<NodeId> nodes;  ///< or of these
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
  double goods = 0;       ///< largest |made - delivered| / made over days and nodes
  double stocks = 0;      ///< largest relative miss of stock + received - used, whole chain
  double rebuilding = 0;  ///< largest |delivered + remaining - initial| / initial over events, days
};

struct Simulation {
  std::vector<DayTotals> days;
  Matrix output_by_region, output_by_product;  ///< [days x regions], [days x products]
  Matrix unmet_by_region, unmet_by_product;    ///< final use: by using region; by product wanted
  Matrix value_added_lost_by_region;           ///< [days x regions]
  Matrix stock_by_product, orders_by_product;  ///< of inputs held; of orders placed
  std::vector<NodeId> watched;
  Matrix node_output, node_capacity, node_unmet;  ///< [days x watched]
  std::vector<NodeCourse> nodes;                  ///< [n]
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
