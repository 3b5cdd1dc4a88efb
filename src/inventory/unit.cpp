#include "stave/inventory/unit.hpp"

#include "stave/core/classification.hpp"

#include <array>
#include <cctype>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace stave {
namespace {

constexpr double pound = 0.45359237;
constexpr double mile = 1.609344;
constexpr double btu = 1055.05585262e-6;  // MJ
constexpr double gallon = 3.785411784e-3;

constexpr std::array units{
    Unit{"kg", "mass", 1},
    Unit{"g", "mass", 1e-3},
    Unit{"mg", "mass", 1e-6},
    Unit{"ug", "mass", 1e-9},
    Unit{"ng", "mass", 1e-12},
    Unit{"t", "mass", 1e3},
    Unit{"Mg", "mass", 1e3},
    Unit{"kt", "mass", 1e6},
    Unit{"Mt", "mass", 1e9},
    Unit{"lb", "mass", pound},
    Unit{"oz", "mass", pound / 16},
    Unit{"short ton", "mass", 2000 * pound},
    Unit{"MJ", "energy", 1},
    Unit{"J", "energy", 1e-6},
    Unit{"kJ", "energy", 1e-3},
    Unit{"GJ", "energy", 1e3},
    Unit{"TJ", "energy", 1e6},
    Unit{"PJ", "energy", 1e9},
    Unit{"Wh", "energy", 3.6e-3},
    Unit{"kWh", "energy", 3.6},
    Unit{"MWh", "energy", 3.6e3},
    Unit{"GWh", "energy", 3.6e6},
    Unit{"TWh", "energy", 3.6e9},
    Unit{"btu", "energy", btu},
    Unit{"MMBtu", "energy", 1e6 * btu},
    Unit{"m3", "volume", 1},
    Unit{"l", "volume", 1e-3},
    Unit{"ml", "volume", 1e-6},
    Unit{"cm3", "volume", 1e-6},
    Unit{"dm3", "volume", 1e-3},
    Unit{"gal", "volume", gallon},
    Unit{"cuft", "volume", 0.028316846592},
    Unit{"bbl", "volume", 42 * gallon},
    Unit{"m2", "area", 1},
    Unit{"cm2", "area", 1e-4},
    Unit{"km2", "area", 1e6},
    Unit{"ha", "area", 1e4},
    Unit{"acre", "area", 4046.8564224},
    Unit{"sqft", "area", 0.09290304},
    Unit{"m", "length", 1},
    Unit{"mm", "length", 1e-3},
    Unit{"cm", "length", 1e-2},
    Unit{"km", "length", 1e3},
    Unit{"mi", "length", 1e3 * mile},
    Unit{"ft", "length", 0.3048},
    Unit{"tkm", "transport of goods", 1},
    Unit{"kgkm", "transport of goods", 1e-3},
    Unit{"tmi", "transport of goods", mile},
    Unit{"pkm", "transport of people", 1},
    Unit{"pmi", "transport of people", mile},
    Unit{"vkm", "distance driven", 1},
    Unit{"piece", "pieces", 1},
    Unit{"dozen", "pieces", 12},
    Unit{"h", "time", 1},
    Unit{"s", "time", 1.0 / 3600},
    Unit{"min", "time", 1.0 / 60},
    Unit{"d", "time", 24},
    Unit{"a", "time", 8760},
    Unit{"m2a", "area x time", 1},
    Unit{"haa", "area x time", 1e4},
    Unit{"m3a", "volume x time", 1},
    Unit{"kBq", "radioactivity", 1},
    Unit{"Bq", "radioactivity", 1e-3},
    Unit{"MBq", "radioactivity", 1e3},
    Unit{"GBq", "radioactivity", 1e6},
    Unit{"Mbit s", "data", 1},
};

struct Spelling {
  std::string_view written;
  std::string_view name;
};
constexpr std::array spellings{
    Spelling{"kilogram", "kg"},
    Spelling{"gram", "g"},
    Spelling{"tonne", "t"},
    Spelling{"ton", "t"},
    Spelling{"tonnes", "t"},
    Spelling{"Gg", "kt"},
    Spelling{"Tg", "Mt"},
    Spelling{"lb av", "lb"},
    Spelling{"pound", "lb"},
    Spelling{"sh tn", "short ton"},
    Spelling{"megajoule", "MJ"},
    Spelling{"kilowatt hour", "kWh"},
    Spelling{"kwh", "kWh"},
    Spelling{"liter", "l"},
    Spelling{"litre", "l"},
    Spelling{"L", "l"},
    Spelling{"cubic meter", "m3"},
    Spelling{"Nm3", "m3"},
    Spelling{"gal (US liq)", "gal"},
    Spelling{"cu ft", "cuft"},
    Spelling{"bl (US)", "bbl"},
    Spelling{"square meter", "m2"},
    Spelling{"t*km", "tkm"},
    Spelling{"ton kilometer", "tkm"},
    Spelling{"kg*km", "kgkm"},
    Spelling{"t*mi", "tmi"},
    Spelling{"p*km", "pkm"},
    Spelling{"personkm", "pkm"},
    Spelling{"v*km", "vkm"},
    Spelling{"Item(s)", "piece"},
    Spelling{"item", "piece"},
    Spelling{"items", "piece"},
    Spelling{"pieces", "piece"},
    Spelling{"pcs", "piece"},
    Spelling{"unit", "piece"},
    Spelling{"p", "piece"},
    Spelling{"hr", "h"},
    Spelling{"hour", "h"},
    Spelling{"day", "d"},
    Spelling{"year", "a"},
    Spelling{"m2*a", "m2a"},
    Spelling{"m3*a", "m3a"},
    Spelling{"ha*a", "haa"},
    Spelling{"megabit second", "Mbit s"},
};

std::string folded(std::string_view text) {
  std::string result(text);
  for (auto& c : result) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return result;
}

const Unit* named(std::string_view name) {
  for (const auto& unit : units)
    if (unit.name == name) return &unit;
  for (const auto& spelling : spellings)
    if (spelling.written == name) return named(spelling.name);
  return nullptr;
}

}  // namespace

std::optional<Unit> find_unit(std::string_view name) {
  if (const auto* unit = named(name)) return *unit;
  const Unit* only = nullptr;
  const auto wanted = folded(name);
  for (const auto& unit : units) {
    if (folded(unit.name) != wanted) continue;
    if (only != nullptr) return std::nullopt;  // "MG": mg or Mg?
    only = &unit;
  }
  if (only != nullptr) return *only;
  for (const auto& spelling : spellings)
    if (folded(spelling.written) == wanted) return *named(spelling.name);
  return std::nullopt;
}

std::optional<double> unit_factor(std::string_view from, std::string_view to) {
  if (from == to) return 1;
  const auto a = find_unit(from);
  const auto b = find_unit(to);
  if (!a || !b || a->quantity != b->quantity) return std::nullopt;
  return a->factor == b->factor ? 1 : a->factor / b->factor;
}

std::vector<std::string> units_of(std::string_view quantity) {
  std::vector<std::string> names;
  for (const auto& unit : units)
    if (unit.quantity == quantity) names.emplace_back(unit.name);
  return names;
}

std::string quantity_words(std::string_view unit) {
  const auto known = find_unit(unit);
  if (!known) return fmt::format("'{}', which is none of the units known", unit);
  auto names = units_of(known->quantity);
  if (names.size() > 6) names.resize(6);
  return fmt::format("{} ({})", known->quantity, fmt::join(names, ", "));
}

std::string unit_hint(std::string_view name) {
  std::vector<std::string> known;
  for (const auto& unit : units) known.emplace_back(unit.name);
  auto hint = did_you_mean(name, known);
  return hint.empty()
             ? "Among others kg, t, kWh, MJ, m3, l, m2, m, tkm, pkm, piece and h are known."
             : hint;
}

}  // namespace stave
