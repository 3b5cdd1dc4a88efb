#pragma once
/// What activities take in, make and give off: the life-cycle inventory behind a product, as it was
/// written down. Plain data; `link` (product_system.hpp) makes a system of equations of it.
///
///   Inventory inventory = read_inventory("car.toml");      // room formats
///   ProductSystem system = link(inventory);
///
/// The words are those of ISO 14040: an activity (unit process) has outputs, inputs from other
/// activities, and elementary exchanges with nature.

#include "stave/core/chain.hpp"
#include "stave/scenario/sampling.hpp"

#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace stave {

/// A number of the inventory that is not known for sure.
struct UncertainAmount {
  std::string name;  ///< "steel: electricity"
  Distribution distribution;
  /// A draw below is put here: no input may turn into an output.
  double least = std::numeric_limits<double>::lowest();
};

/// A number, or one of Inventory::uncertain.
struct Amount {
  double value = 0;          ///< the middle of its distribution, where it has one
  std::int32_t number = -1;  ///< of Inventory::uncertain; -1: known for sure
};

/// How an activity with several products shares what it takes in and gives off among them.
enum class AllocationRule {
  none,         ///< one product; several are refused
  mass,         ///< by mass of each product
  energy,       ///< by energy content of each
  economic,     ///< by amount times price
  shares,       ///< by shares stated
  substitution  ///< the first product bears all, less what the others spare elsewhere
};
[[nodiscard]] std::string_view to_string(AllocationRule rule);
/// @returns nothing when there is no rule of that name
[[nodiscard]] std::optional<AllocationRule> find_allocation_rule(std::string_view name);

struct ActivityOutput {
  std::string product;
  Amount amount;
  std::string unit;
  double price = 0;   ///< per unit, for economic allocation
  double energy = 0;  ///< MJ per unit, for allocation by energy where the unit is not of energy
  double share = 0;   ///< for allocation by shares
  std::string code;   ///< the flow's own id in the source; may be empty
};

struct ActivityInput {
  std::string product;
  Amount amount;
  std::string unit;
  std::string from;       ///< id of the activity that makes it; empty: whoever makes the product
  std::string region;     ///< whose maker, where several make it; empty: the activity's own
  std::string component;  ///< what it is part of, for the table of components; may be empty
  std::string sector;     ///< a node of a table in place of an activity: hybrid
  Amount price{1, -1};    ///< money per unit, for a sector
  std::string currency;   ///< of that money
  bool waste = false;     ///< a product that is handed over for treatment
  std::string code;       ///< the flow's own id in the source; may be empty
};

/// An elementary exchange: to air, water, soil, or from nature.
struct Emission {
  std::string flow;
  std::string compartment;  ///< "air", "water", "resource" ...; may be empty
  Amount amount;
  std::string unit;
};

struct Activity {
  std::string id;
  std::string name;
  std::string region;  ///< may be empty
  std::string source;
  std::string component;
  Quality quality = Quality::measured;
  AllocationRule allocation = AllocationRule::none;
  std::vector<ActivityOutput> outputs;
  std::vector<ActivityInput> inputs;
  std::vector<Emission> emissions;
  std::string place;  ///< "car.toml:12", for messages
};

/// kg CO2-equivalent of one unit of an elementary flow.
struct CharacterisationFactor {
  std::string flow;
  std::string compartment;  ///< empty: any but a resource
  Amount amount;
  std::string unit = "kg";  ///< of the flow
  std::string source;
};

/// What one unit of a product is in another unit: 1 m3 of natural gas is 0.74 kg.
struct Conversion {
  std::string product;
  std::string from;
  std::string to;
  double factor = 1;
  std::string source;
};

/// A product's footprint as its supplier states it, in place of the activities that make it.
struct SupplierFootprint {
  std::string product;
  std::string name;                ///< of the supplier and its product
  Amount amount;                   ///< kg CO2-equivalent per declared unit
  double declared = 1;             ///< amount of the declared unit
  std::string unit;                ///< of that
  double mass = 0;                 ///< kg per declared amount, 0 where not known
  std::vector<std::string> users;  ///< ids of the activities it supplies; empty: all
  std::string source;
};

enum class SwitchKind { supplier, material, route, energy, less };

/// What could be bought, made or carried otherwise; see docs/format/inventory.md for each.
struct Switch {
  std::string name;
  std::string source;
  Quality quality = Quality::measured;
  std::optional<SwitchKind> kind;  ///< nothing: told by what it moves
  std::string product;             ///< the input that is moved
  std::string from;                ///< id of the activity that supplies it; empty: any
  std::string from_region;
  std::vector<std::string> in;  ///< ids of the activities that take it; empty: all
  std::string to;               ///< id of the activity that supplies it then
  std::string to_product;
  std::string to_region;
  double ratio = 1;              ///< to_unit of the new for one unit of the old
  std::string unit;              ///< empty: that of the old maker
  std::string to_unit;           ///< empty: unit
  std::optional<double> factor;  ///< used less: what is left
  double share = 1;
  std::optional<double> price;     ///< money for one unit of the old
  std::optional<double> to_price;  ///< money for one to_unit of the new
  std::optional<double> premium;   ///< in place of both: money more for one unit of the old
  std::optional<double> fixed_cost;
  std::string currency;
  std::string from_node;  ///< of a chain
  std::string to_node;
  std::string place;  ///< "car.toml:12", for messages
};

/// Money for one unit of a product.
struct ProductPrice {
  std::string product;
  std::string from;    ///< id of its maker; empty: any
  std::string region;  ///< of its maker; empty: any
  double price = 0;
  std::string unit;
  std::string currency;
  std::string source;
  std::string place;
};

/// What is asked: so much of a product.
struct FunctionalUnit {
  std::string product;
  std::string activity;  ///< id, where several make it; may be empty
  double amount = 1;
  std::string unit;  ///< empty: that of its maker
};

/// What an export in the format of PACT says beside the figures; see docs/format/inventory.md.
using PactWords = std::map<std::string, std::vector<std::string>>;

struct Inventory {
  std::string name;
  std::string title;
  std::string source;
  std::string factor_set;  ///< "AR6", "AR5" or empty: only factors of its own
  std::vector<Activity> activities;
  std::vector<CharacterisationFactor> factors;
  std::vector<Conversion> conversions;
  std::vector<SupplierFootprint> suppliers;
  std::vector<UncertainAmount> uncertain;
  std::optional<FunctionalUnit> asked;
  std::vector<Switch> switches;
  std::vector<ProductPrice> prices;
  /// product -> id of the activity that is to supply it
  std::map<std::string, std::string> preferred;
  /// Inputs nobody makes are listed and left out; otherwise they are an error.
  bool cut_off = false;
  PactWords pact;
  std::vector<std::string> notes;  ///< everything derived, skipped or estimated on the way
};

/// @throws Error bad_input  two activities of one id; an activity without output, or whose output
///                          is not above 0; an amount that is not finite; several products and no
///                          rule of allocation; a mass or an energy below 0 among the outputs; a
///                          factor without a source; naming where it stands
void check_inventory(const Inventory& inventory);

/// Factors of a set, kg CO2-equivalent per kg over 100 years, under the names that inventories
/// use: "AR6", "AR5". @throws Error not_found
[[nodiscard]] std::vector<CharacterisationFactor> factor_set(std::string_view name);
[[nodiscard]] std::vector<std::string> factor_set_names();

}  // namespace stave
