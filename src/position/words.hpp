#pragma once
/// What the three reports of this room say alike.

#include "stave/analysis/declaration.hpp"
#include "stave/analysis/report.hpp"
#include "stave/analysis/words.hpp"
#include "stave/core/chain.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace stave::words {

/// The declared table; its columns of these names in this unit.
[[nodiscard]] Table table(const Declaration& declaration, std::string_view name,
                          const std::vector<std::string_view>& columns, const std::string& unit);

/// Makers whose value added lies below zero, lowest first: named in a note and in a table.
void tell_negative_value_added(const Chain& chain, std::span<const double> value_added,
                               const Declaration& declaration, Report& report);
/// The declaration of that table.
[[nodiscard]] TableSpec negative_value_added_table();

/// The first three, "..." for others.
[[nodiscard]] std::string some_labels(const Chain& chain, const std::vector<NodeId>& makers);
/// A note that names makers whose output lies below zero; none where there are none.
void note_output_below_zero(const Chain& chain, const std::vector<NodeId>& makers,
                            std::vector<std::string>& notes);
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
