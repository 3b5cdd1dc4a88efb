#pragma once
/// Units of amounts: what kind of quantity they measure, and how they convert.
///
///   unit_factor("kWh", "MJ")   // 3.6
///   unit_factor("kg", "kWh")   // nothing: mass is not energy
///
/// Factors are exact by definition where there is one: pound 0.45359237 kg, mile 1.609344 km, US
/// gallon 3.785411784 l, BTU (International Table) 1055.05585262 J.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stave {

struct Unit {
  std::string_view name;
  std::string_view quantity;  ///< "mass", "energy", "transport" ...
  double factor = 1;          ///< of the quantity's base: kg, MJ, m3, m2, m, tkm, piece, h ...
};

/// By name or by one of its spellings ("t*km", "ton kilometer"); upper and lower case are kept
/// apart only where both exist (Mg, mg).
[[nodiscard]] std::optional<Unit> find_unit(std::string_view name);
/// How many `to` one `from` is; nothing where they measure different things. A unit that is not
/// known converts to itself alone.
[[nodiscard]] std::optional<double> unit_factor(std::string_view from, std::string_view to);
/// "kg", "t" ... of one quantity, in the order of the list.
[[nodiscard]] std::vector<std::string> units_of(std::string_view quantity);
/// "mass (kg, g, mg, t ...)", or the name of a unit that is not known.
[[nodiscard]] std::string quantity_words(std::string_view unit);
/// A hint for a unit that is not known: near names, or what is known.
[[nodiscard]] std::string unit_hint(std::string_view name);

}  // namespace stave
