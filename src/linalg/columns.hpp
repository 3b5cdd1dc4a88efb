#pragma once
/// Arithmetic on the columns of a block of vectors, V [n x k] row-major, all columns at once.

#include "stave/core/matrix.hpp"

#include <span>
#include <vector>

namespace stave {

/// [k] of v_c . w_c
[[nodiscard]] std::vector<double> column_dots(const Matrix& v, const Matrix& w);
/// [k] of |v_c|
[[nodiscard]] std::vector<double> column_norms(const Matrix& v);
/// W_c += f_c V_c
void add_scaled_columns(Matrix& w, std::span<const double> f, const Matrix& v);
/// V_c *= f_c
void scale_columns(Matrix& v, std::span<const double> f);

/// Columns first .. first + count of `from`, as a matrix of their own.
[[nodiscard]] Matrix columns_of(const MatrixView& from, std::size_t first, std::size_t count);
void put_columns(const Matrix& columns, Matrix& into, std::size_t first);
/// The same for rows, which become columns on the way.
[[nodiscard]] Matrix rows_as_columns(const MatrixView& from, std::size_t first, std::size_t count);
void put_columns_as_rows(const Matrix& columns, Matrix& into, std::size_t first);

}  // namespace stave
