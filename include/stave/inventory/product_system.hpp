#pragma once
/// The equations of an inventory: which process supplies which, in whose unit.
///
///   T [n x n]  technosphere: T(i, j) of product i by one run of process j, outputs above 0
///   B [m x n]  elementary flows of one run
///   c [m]      kg CO2-equivalent of one unit of a flow
///   f [n]      what is asked
///   T s = f;   h = c' B s
///
/// After allocation every process makes one product, so product i and process i share a number.

#include "stave/inventory/inventory.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace stave {

struct Process {
  std::string name;  ///< "Steel, converter [CHN]", with the product where it has several
  std::string product;
  std::string unit;
  std::string region;
  std::string component;
  std::string sector;          ///< of a table; its B comes from there
  std::int32_t activity = -1;  ///< of the inventory; -1: a sector or a supplier's footprint
  double share = 1;            ///< of the activity, by allocation
};

/// One number of T or B: scale times the numbers that are not known for sure.
struct SystemEntry {
  std::int32_t row = 0;
  std::int32_t column = 0;
  double value = 0;          ///< at the middle of every number
  double scale = 0;          ///< value = scale * number * second
  std::int32_t number = -1;  ///< of the inventory's uncertain; -1: 1
  std::int32_t second = -1;  ///< likewise: a price
  std::string component = {};
};

struct ElementaryFlow {
  std::string name;
  std::string compartment;
  std::string unit;
  double factor = 0;        ///< kg CO2-equivalent per unit
  double factor_scale = 0;  ///< factor = scale * number
  std::int32_t number = -1;
  std::string source;  ///< of the factor; empty: it has none
};

/// An input that nobody makes, or that could not be matched.
struct UnlinkedInput {
  std::string activity;
  std::string product;
  double amount = 0;
  std::string unit;
  std::string reason;
};

/// A unit that was converted on the way.
struct UnitConversion {
  std::string activity;
  std::string product;
  std::string from;
  std::string to;
  double factor = 1;
  std::string by;  ///< "definition", or the source of a conversion of the inventory
};

struct AllocatedShare {
  std::string activity;
  std::string product;
  std::string rule;
  double share = 0;
};

struct ProductSystem {
  std::vector<Process> processes;         ///< [n]
  std::vector<ElementaryFlow> flows;      ///< [m]
  std::vector<SystemEntry> technosphere;  ///< by column, then row; no pair twice when known
  std::vector<SystemEntry> biosphere;
  std::vector<UncertainAmount> uncertain;
  std::vector<UnlinkedInput> unlinked;
  std::vector<UnitConversion> conversions;
  std::vector<AllocatedShare> allocated;
  std::vector<std::string> notes;

  [[nodiscard]] std::size_t size() const { return processes.size(); }
};

/// Chooses a maker for every input: the one named, else the project's preferred one, else the only
/// maker, else the only one in the region asked for, else the one in the activity's own region.
/// Suppliers' footprints go before makers. Amounts are converted to the maker's unit by definition
/// or by a conversion of the inventory.
/// @throws Error as check_inventory; bad_input  units that do not fit (naming the conversion that
///               would), an input several make; not_found  an input nobody makes, unless
///               inventory.cut_off, naming near products
[[nodiscard]] ProductSystem link(const Inventory& inventory);

/// The process that makes what is asked, and how much in its own unit.
struct Demand {
  std::size_t process = 0;
  double amount = 1;  ///< in the process' unit
};
/// @throws Error not_found  nobody makes it, naming near products
///               bad_input  several do, or the unit does not fit
[[nodiscard]] Demand demand_of(const Inventory& inventory, const ProductSystem& system,
                               const FunctionalUnit& asked);

/// Processes that need one another, as the strongly connected components of T with more than one
/// member (or an input of its own product), largest first.
[[nodiscard]] std::vector<std::vector<std::size_t>> loops(const ProductSystem& system);
/// One way round such a loop: each process supplies the next, the last the first.
[[nodiscard]] std::vector<std::size_t> way_round(const ProductSystem& system,
                                                 std::span<const std::size_t> loop);

}  // namespace stave
