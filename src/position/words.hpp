#pragma once
/// What the three reports of this room say alike.

#include "stave/analysis/declaration.hpp"
#include "stave/analysis/report.hpp"
#include "stave/core/chain.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace stave::words {

/// Two significant digits below ten per cent: "0.49 %", "2.1 %", "38 %".
[[nodiscard]] std::string percent(double share);
/// "4,210 million USD": thousands separated where large, three digits where small.
[[nodiscard]] std::string amount(double value, std::string_view unit);
/// "A, B and C".
[[nodiscard]] std::string listed(const std::vector<std::string>& words);

/// The declared table; its columns of these names in this unit.
[[nodiscard]] Table table(const Declaration& declaration, std::string_view name,
                          const std::vector<std::string_view>& columns, const std::string& unit);

/// Makers whose value added lies below zero, lowest first: named in a note and in a table.
void tell_negative_value_added(const Chain& chain, std::span<const double> value_added,
                               const Declaration& declaration, Report& report);
/// The declaration of that table.
[[nodiscard]] TableSpec negative_value_added_table();

/// The chain, or one in which makers whose output lies below zero make nothing: their stock changes
/// are made smaller until output is zero. A note names them.
[[nodiscard]] Chain without_output_below_zero(const Chain& chain, std::vector<std::string>& notes);

/// Every item of a classification with the makers it has, items without makers left out.
struct Group {
  std::string code;
  std::string name;
  std::vector<NodeId> makers;
};
[[nodiscard]] std::vector<Group> by_region(const Chain& chain);
[[nodiscard]] std::vector<Group> by_product(const Chain& chain);

/// Positions of values, largest first, ties as they stand; NaN last.
[[nodiscard]] std::vector<std::size_t> largest_first(const std::vector<double>& values);

}  // namespace stave::words
