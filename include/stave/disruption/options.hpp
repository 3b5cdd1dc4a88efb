#pragma once
/// Every choice of how a day goes: what is in stock, what binds, who is served, what is ordered.

#include <cstdint>
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
  final_last,       ///< orders of makers first, then final use and rebuilding
  low_order_first,  ///< water-filling on order / order of a normal day, from the lowest
  low_order_first_final_last,
  priority  ///< by the classes and weights of the scenario; proportional within
};
/// How an order for a product is split over its makers (by_product).
enum class OrderRule {
  capacity,  ///< by Z0 capacity / x0: away from those who can make less ("alt")
  habit      ///< by Z0 ("noalt")
};

/// Whose program the numbers should be. `boario` repeats what BoARIO 0.6 does beside its equations:
///   recovery begins two days later;  a loss given as a share begins and recovers yet one day
///   later, and what is left of it is rounded to six decimals while it recovers;  an input binds
///   only where a > 2.74e-8;  stocks rest on a day when received and used are close for all
///   (|r - u| <= 1e-8 + 1e-5 u, in the money of the chain);  an n_k of 1 or less is 2;
///   zeta = 0 is meant to the last bit.
enum class Compatibility { none, boario };

/// The defaults are the preset `ario-psi`; see simulation_preset. The scenario says how many days
/// are played. by_supplier takes the inventory_ members and those below `compatibility`.
struct SimulationOptions {
  double psi = 0.8;            ///< share of the wanted stock below which an input binds, 0 to 1
  double inventory_days = 90;  ///< n_k of every product
  std::vector<double> inventory_days_of = {};  ///< [products] n_k of each; infinity: never binds
  double inventory_restore_days = 60;          ///< tau_inv; 1: a gap is ordered at once
  double overproduction_base = 1;              ///< alpha_base
  double overproduction_max = 1.25;            ///< alpha_max
  double overproduction_days = 365;            ///< tau_alpha
  double no_scarcity = 1e-9;                   ///< |zeta| up to here counts as 0
  OrderRule orders = OrderRule::capacity;
  Compatibility compatibility = Compatibility::none;
  StockRule stocks = StockRule::by_product;
  ProductionRule production = ProductionRule::leontief;
  Rationing rationing = Rationing::proportional;
  bool random_inventories = false;  ///< by_supplier: n drawn per node, Poisson, at least 2
  std::uint64_t seed = 1;           ///< of random_inventories
};
inline constexpr double most_drawn_days = 500;  ///< mean of random_inventories
/// "ario-psi", "ario" (psi = 1, gaps in stock ordered at once), "inoue-todo", "essential" (ario-psi
/// with important_half). @throws Error not_found
[[nodiscard]] SimulationOptions simulation_preset(std::string_view name);

}  // namespace stave
