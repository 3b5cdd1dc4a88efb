#pragma once
/// Two reports of one analysis, number by number.

#include "stave/analysis/report.hpp"

namespace stave {

/// Tables that both have with the same columns, joined on their text columns (rows that agree in
/// these, and rows of tables without any, are joined in their order). Every number x becomes
///
///   x_before, x_after        as it was found; NaN where the row is missing
///   x_difference             after - before, in the unit of x
///   x_relative               100 (after - before) / |before|, in %; NaN where before is 0
///
/// and the column `in` says where the row is: both, before, after. Parameters that differ, tables
/// that cannot be joined and rows of one side only are said in findings and notes.
/// Cost: O(rows log rows).
[[nodiscard]] Report difference_of(const Report& before, const Report& after);

}  // namespace stave
