#pragma once
/// What could be bought, made or carried otherwise: switches of an inventory as they were written
/// down, and the entries of T they move.
///
///   const auto switches = link_switches(inventory, system);
///   require_shares(system, switches, shares);      // no input is moved twice
///   const auto after = switched(system, switches, shares);
///
/// Of an input with amount u, a share a_k is moved to another maker at r_k units for one, and what
/// is used less is made less first:
///
///   L = prod over k that use less of (1 - a_k (1 - factor_k))
///   T'(i, j) = -u L (1 - sum a_k),   T'(q_k, j) = T(q_k, j) - u L a_k r_k

#include "stave/inventory/product_system.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace stave {

[[nodiscard]] std::string_view to_string(SwitchKind kind);
[[nodiscard]] std::optional<SwitchKind> find_switch_kind(std::string_view name);

/// One entry of T that a switch moves, or makes less.
struct MovedInput {
  std::size_t entry = 0;  ///< of ProductSystem::technosphere
  double ratio = 1;       ///< units of the new, as its maker counts, for one of the old
  double extra = 0;       ///< money more for one unit of the old that is moved; NaN: not known
  double paid = 0;        ///< money for one unit of the old now; NaN: not known
};

struct LinkedSwitch {
  std::string name;
  SwitchKind kind = SwitchKind::supplier;
  std::int32_t to = -1;  ///< process that makes the new; -1: used less
  double factor = 1;     ///< of what is used less: what is left
  double fixed = 0;      ///< money for one unit of what the project asks for
  bool costed = false;   ///< its cost is known
  std::string missing;   ///< what is not known of its cost: "the price of steel"
  std::vector<MovedInput> inputs;
};

/// In the order of inventory.switches.
/// @param idle  a switch may find nothing to move, where suppliers were chosen anew (--prefer)
/// @throws Error not_found  a product, an activity or a region that is not there, naming near ones
///               bad_input  several makers of the new; nothing to move; units that do not fit
///                          (naming the conversion that would); two currencies; two prices of one
///                          input; two switches of one name; naming file, line and switch
[[nodiscard]] std::vector<LinkedSwitch> link_switches(const Inventory& inventory,
                                                      const ProductSystem& system,
                                                      bool idle = false);

/// @param shares  [switches] 0 to 1
/// @throws Error bad_input  a share outside 0..1; switches that together move more than the whole
///                          of one input, by name
void require_shares(const ProductSystem& system, std::span<const LinkedSwitch> switches,
                    std::span<const double> shares);

/// The system with the switches in place, at the middle of every number: what was uncertain there
/// keeps its middle where a switch touches it.
[[nodiscard]] ProductSystem switched(const ProductSystem& system,
                                     std::span<const LinkedSwitch> switches,
                                     std::span<const double> shares);

/// Money for one unit, as its maker counts, of what a process makes, by the inventory's prices;
/// nothing where none fits. The price of that maker goes before that of its region, and that before
/// the product's. @throws Error bad_input  units that do not fit
[[nodiscard]] std::optional<double> price_of(const Inventory& inventory,
                                             const ProductSystem& system, std::size_t process);

/// Of prices and switches; empty where there is none. @throws Error bad_input  there are two
[[nodiscard]] std::string currency_of(const Inventory& inventory);

}  // namespace stave
