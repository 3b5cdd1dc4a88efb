#pragma once
/// A table brought to new totals of its rows and columns: RAS, and GRAS where cells are negative.
///
///   a [m x k]  the table as it is; P its cells above zero, N those below, without their sign
///   u [m], v [k]  what rows and columns are to sum to, fixed cells taken off
///   x_ij = r_i P_ij s_j - N_ij / (r_i s_j)          nearest to a in information (GRAS); without N
///                                                   x = diag(r) a diag(s) (RAS)
///   r_i = (u_i + sqrt(u_i^2 + 4 p_i n_i)) / (2 p_i), p_i = sum_j P_ij s_j, n_i = sum_j N_ij / s_j;
///   r_i = -n_i / u_i where p_i = 0; s_j alike, in turn until the rows fit
///
/// Cells keep their sign, zeros stay zero, fixed cells stay as they are fixed.
///
///   auto done = balance(cells_of(chain, TablePart::flows), {u, v});
///   Chain next = with_cells(chain, TablePart::flows, done.table);
///
/// Cost: one pass over the cells an iteration, on all threads, with the same bits on any number;
/// one copy of the cells.
/// Source: Stone (1961); Bacharach (1965), International Economic Review 6, 294; Junius and
/// Oosterhaven (2003), Economic Systems Research 15, 87; Lenzen, Wood and Gallego (2007), the same
/// 19, 461; Temurshoev, Miller and Bouwmeester (2013), the same 25, 361 (p_i = 0). Why RAS cannot
/// converge: Bacharach (1965), theorem 3. Checked against: balance/reference.cpp.

#include "stave/core/chain.hpp"
#include "stave/core/progress.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace stave {

/// flows: Z [n x n]. table: [Z Y; V 0], rows makers and primary inputs, columns makers and final
/// use.
enum class TablePart : std::uint8_t { flows, table };

/// Cells that are not zero, row by row; columns ascend within a row.
struct CellTable {
  std::size_t rows = 0;
  std::size_t columns = 0;
  std::vector<std::size_t> row_start;  ///< [rows + 1]
  std::vector<std::int32_t> column;
  std::vector<double> value;

  [[nodiscard]] std::vector<double> row_sums() const;
  [[nodiscard]] std::vector<double> column_sums() const;
};
/// The cells that are not 0.
[[nodiscard]] CellTable cells_of(const Matrix& matrix);
[[nodiscard]] Matrix matrix_of(const CellTable& table);
[[nodiscard]] CellTable cells_of(const Chain& chain, TablePart part);
/// The chain with these cells in the place of its own. Reported output goes where the part says
/// what output is; stressors stay as they are.
/// @throws Error bad_input  a table of another shape, or a cell below primary inputs and final use
[[nodiscard]] ChainParts with_cells(const Chain& chain, TablePart part, const CellTable& table);
/// "CHN.c14", a primary input's code; "CHN.c14", "CHN.households".
[[nodiscard]] std::string row_name(const Chain& chain, std::size_t row);
[[nodiscard]] std::string column_name(const Chain& chain, std::size_t column);

struct FixedCell {
  std::size_t row = 0;
  std::size_t column = 0;
  double value = 0;
};

struct BalanceTargets {
  std::vector<double> rows;     ///< [m]
  std::vector<double> columns;  ///< [k]
  std::vector<FixedCell> fixed;
};

/// What happens where the totals of rows and columns differ by more than a millionth.
enum class ScaleTargets : std::uint8_t { never, rows, columns };

struct BalanceOptions {
  double tolerance = 1e-10;  ///< largest miss of a row, of its gross sum
  int max_iterations = 10'000;
  ScaleTargets scale = ScaleTargets::never;
  /// How messages name a row and a column; empty: "row 3".
  std::function<std::string(std::size_t)> row_label = {};     // NOLINT(*-redundant-member-init)
  std::function<std::string(std::size_t)> column_label = {};  // NOLINT(*-redundant-member-init)
};

struct Balancing {
  CellTable table;
  BalanceTargets targets;             ///< as they were met, scaled where asked
  std::vector<double> row_factor;     ///< r [m]
  std::vector<double> column_factor;  ///< s [k]
  int iterations = 0;
  bool has_negative = false;  ///< GRAS, not RAS
  double residual = 0;        ///< largest miss of a row or column, of its gross sum
  double scaled = 1;          ///< what the totals scaled were multiplied by
};

/// @throws Error bad_input       sizes that do not fit, a value that is not finite, a cell fixed
///                               twice; rows and columns that do not sum to the same; targets that
///                               no cells can meet, each with its reason: nothing but zeros, a sign
///                               no cell has, rows whose columns together are too small
///               no_convergence  the iterations were not enough; names the rows that miss most
[[nodiscard]] Balancing balance(const CellTable& table, const BalanceTargets& targets,
                                const BalanceOptions& options = {},
                                Progress& progress = no_progress());

}  // namespace stave
