#pragma once
/// What a scenario file says of the model it is to be played by. What it leaves open is the
/// preset's; names are those of the file, stave/disruption/simulate.hpp gives them their meaning.

#include "stave/core/id.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace stave {

inline constexpr std::array<std::string_view, 4> preset_names{"ario-psi", "ario", "inoue-todo",
                                                              "essential"};
inline constexpr std::array<std::string_view, 2> stock_rules{"by-product", "by-supplier"};
inline constexpr std::array<std::string_view, 5> production_rules{
    "leontief", "important-binds", "important-half", "critical-only", "linear"};
inline constexpr std::array<std::string_view, 5> rationing_rules{
    "proportional", "final-last", "low-order-first", "low-order-first-final-last", "priority"};
inline constexpr std::array<std::string_view, 2> order_rules{"capacity", "habit"};

struct ModelChoice {
  std::string preset;  ///< one of preset_names; empty: by the kind of chain
  std::string stocks;  ///< one of stock_rules, and so on; empty: the preset's
  std::string production;
  std::string rationing;
  std::string orders;
  std::optional<double> psi;
  std::optional<double> inventory_days;
  std::vector<std::pair<ProductId, double>> inventory_days_of;  ///< infinity: never binds
  /// Attribute of the makers: the days their stocks of inputs last. Of each input product the mean
  /// of its users, weighed by what they buy.
  std::string inventory_attribute;
  std::optional<double> inventory_restore_days;
  std::optional<double> overproduction_base;
  std::optional<double> overproduction_max;
  std::optional<double> overproduction_days;
  std::optional<bool> random_inventories;
  std::optional<std::uint64_t> seed;  ///< of random_inventories
};

}  // namespace stave
