#include "stave/linalg/product.hpp"

#include "stave/core/error.hpp"

#include <cblas.h>
#include <fmt/format.h>

#include "linalg/lu.hpp"
#include "linalg/parts.hpp"

namespace stave {

Matrix multiply(const MatrixView& a, const MatrixView& b) {
  if (a.cols != b.rows)
    throw Error(Errc::bad_input, fmt::format("a product of {} x {} and {} x {} does not exist",
                                             a.rows, a.cols, b.rows, b.cols));
  Matrix result(a.rows, b.cols);
  if (result.size() == 0 || a.cols == 0) return result;
  keep_blas_single_threaded();
  constexpr std::size_t rows_per_block = 64;
  for_each_part(a.rows, rows_per_block, [&](std::size_t begin, std::size_t end) {
    cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, dim(end - begin), dim(b.cols),
                dim(a.cols), 1, a.data + begin * a.cols, dim(a.cols), b.data, dim(b.cols), 0,
                result.data() + begin * b.cols, dim(b.cols));
  });
  return result;
}

void add_product(const BlockView& a, const BlockView& b, double* c, std::size_t stride) {
  if (a.cols != b.rows)
    throw Error(Errc::bad_input, fmt::format("a product of {} x {} and {} x {} does not exist",
                                             a.rows, a.cols, b.rows, b.cols));
  if (a.rows == 0 || a.cols == 0 || b.cols == 0) return;
  keep_blas_single_threaded();
  cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, dim(a.rows), dim(b.cols), dim(a.cols), 1,
              a.data, dim(a.stride), b.data, dim(b.stride), 1, c, dim(stride));
}

Matrix solve_dense(Matrix m, Matrix b) {
  if (m.rows() != m.cols() || m.rows() != b.rows())
    throw Error(Errc::bad_input,
                fmt::format("a system of {} x {} has no right-hand side of {} rows", m.rows(),
                            m.cols(), b.rows()));
  if (b.size() == 0) return b;
  std::vector<int> pivots;
  if (!factor_pivoted(m, pivots)) throw Error(Errc::not_productive, "a dense system is singular");
  solve_pivoted(m, pivots, b, false);
  return b;
}

}  // namespace stave
