#pragma once
/// Matrices as rows (row, column, value) of a table, in order.

#include "stave/core/chain.hpp"
#include "stave/core/progress.hpp"

#include <span>

#include "store/database.hpp"

namespace stave::store {

/// Zero cells are left out. A large table is written over several connections, each a transaction
/// of its own, committed in order of rows; none is committed before all are written.
/// @throws Error cancelled
///         DatabaseError
void write_flows(const Database& database, const FlowMatrix& flows, Progress& progress);

/// Which cells of a matrix get a row.
struct CellRule {
  double left_out = 0;               ///< cells with exactly these bits get none
  bool every_cell = false;           ///< unless all shall
  std::span<const Quality> quality;  ///< [cells] written beside the value, or empty: no such column
  bool has_quality = false;          ///< whether the table has the column; NULL without qualities
};
void write_matrix(const Database& database, const std::string& table, const Matrix& matrix,
                  const CellRule& rule, Progress& progress);

}  // namespace stave::store
