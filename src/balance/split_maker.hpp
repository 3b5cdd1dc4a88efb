#pragma once
/// The sales and purchases of one maker of the sector, told apart by part.

#include "stave/balance/disaggregate.hpp"

#include <vector>

namespace stave {

/// What one maker sells to (or buys from) each row or column of the table, by part.
struct PartCells {
  std::vector<std::size_t> place;  ///< [c] row or column of the table, ascending
  Matrix value;                    ///< [K x c]; a column sums to the old cell
  int iterations = 0;
};

/// @param place, value  the old cells, none of them 0
/// @param share  [K]
/// @param weight [K x places of the table], or empty
/// @param name   of a place, for messages
[[nodiscard]] PartCells split_cells(const std::vector<std::size_t>& place,
                                    const std::vector<double>& value,
                                    const std::vector<double>& share, const Matrix& weight,
                                    const BalanceOptions& labels, Progress& progress);

/// Cells between the parts of two makers: row sums `sold`, column sums `bought`.
[[nodiscard]] Matrix split_between(const std::vector<double>& sold,
                                   const std::vector<double>& bought, const Matrix& between,
                                   const BalanceOptions& labels, Progress& progress);

}  // namespace stave
