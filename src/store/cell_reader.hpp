#pragma once
/// Rows (row, column, value) of a table into a matrix. DuckDB's own threads scan the table and put
/// each value where it belongs, so that no row is copied and their order does not matter.

#include "stave/core/flow_matrix.hpp"
#include "stave/core/matrix.hpp"
#include "stave/core/progress.hpp"

#include <string>

#include "store/database.hpp"

namespace stave::store {

/// Three SQL expressions over a table; the first two give positions.
struct CellQuery {
  std::string table;
  std::string row;
  std::string column;
  std::string value;
  std::size_t rows = 0;
  std::size_t columns = 0;
};

/// Cells without a row hold `fill`.
/// @throws Error bad_input  a position outside the matrix, a NULL, the same cell twice: names the
///                          table and the row
///               too_large, cancelled
///         DatabaseError
[[nodiscard]] Matrix read_matrix(Connection& connection, const CellQuery& query, double fill,
                                 Progress& progress);

/// Table `flow`: dense by the same rule as FlowMatrix::from_flows.
[[nodiscard]] FlowMatrix read_flows(Connection& connection, std::size_t n, Progress& progress);

}  // namespace stave::store
