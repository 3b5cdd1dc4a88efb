#pragma once
/// Products of dense matrices and of their blocks, and small dense systems. The same bits for any
/// number of threads.

#include "stave/core/matrix.hpp"

namespace stave {

/// A B.  A [n x k], B [k x m] -> [n x m]. 2 n k m operations.
/// @throws Error bad_input when the shapes do not fit
/// Checked against: the sum written out, in tests/linalg/product_test.cpp.
[[nodiscard]] Matrix multiply(const MatrixView& a, const MatrixView& b);

/// Part of a row-major matrix: element (i, j) is data[i * stride + j].
struct BlockView {
  const double* data = nullptr;
  std::size_t rows = 0;
  std::size_t cols = 0;
  std::size_t stride = 0;
};
/// Rows row .. row + rows and columns col .. col + cols of M.
[[nodiscard]] inline BlockView block_of(const MatrixView& m, std::size_t row, std::size_t col,
                                        std::size_t rows, std::size_t cols) {
  return {m.data + row * m.cols + col, rows, cols, m.cols};
}
[[nodiscard]] inline BlockView block_of(const MatrixView& m) {
  return {m.data, m.rows, m.cols, m.cols};
}

/// C += A B on the calling thread.  A [n x k], B [k x m]; C [n x m] with a row every `stride`.
/// @throws Error bad_input when the shapes do not fit
/// Checked against: the sum written out, in tests/linalg/product_test.cpp.
void add_product(const BlockView& a, const BlockView& b, double* c, std::size_t stride);

/// M^-1 B with row exchanges (LAPACK's dgetrf), on the calling thread.  M [n x n], B [n x k].
/// @throws Error bad_input        shapes that do not fit
///               not_productive   M is singular
[[nodiscard]] Matrix solve_dense(Matrix m, Matrix b);

}  // namespace stave
