#include "linalg/lu.hpp"

#include <cblas.h>
#include <f77blas.h>

#include "linalg/block.hpp"
#include "linalg/columns.hpp"
#include "linalg/parts.hpp"

namespace stave {
namespace {

constexpr std::size_t leaf = 32;    // factorised by plain loops
constexpr std::size_t base = 384;   // triangles of this size go to dtrsm
constexpr std::size_t strip = 256;  // right-hand sides a task takes through a triangle
constexpr double smallest_pivot = 1e-13;

// Where recursion cuts: the middle, on a multiple of a leaf, of a base where there are two.
std::size_t half(std::size_t n) {
  const auto unit = n >= 2 * base ? base : leaf;
  return part_count(n / 2, unit) * unit;
}

struct Triangle {
  CBLAS_UPLO side;
  CBLAS_TRANSPOSE op;
  CBLAS_DIAG diagonal;
};

// B becomes op(T)^-1 B.
void solve_left(const Block& t, const Triangle& kind, const Block& b) {
  const auto n = t.rows;
  if (n <= base) {
    for_each_part(b.cols, strip, [&](std::size_t begin, std::size_t end) {
      cblas_dtrsm(CblasRowMajor, CblasLeft, kind.side, kind.op, kind.diagonal, dim(n),
                  dim(end - begin), 1, t.data, dim(t.stride), b.data + begin, dim(b.stride));
    });
    return;
  }
  const auto h = half(n);
  const bool lower = kind.side == CblasLower;
  const auto off = lower ? t.part(h, 0, n - h, h) : t.part(0, h, h, n - h);
  const auto first = t.part(0, 0, h, h);
  const auto last = t.part(h, h, n - h, n - h);
  const auto top = b.part(0, 0, h, b.cols);
  const auto bottom = b.part(h, 0, n - h, b.cols);
  if (lower == (kind.op == CblasNoTrans)) {
    solve_left(first, kind, top);
    subtract_product(bottom, off, kind.op, top);
    solve_left(last, kind, bottom);
  } else {
    solve_left(last, kind, bottom);
    subtract_product(top, off, kind.op, bottom);
    solve_left(first, kind, top);
  }
}

// B becomes B U^-1.
void solve_right(const Block& u, const Block& b) {
  const auto n = u.rows;
  if (n <= base) {
    for_each_part(b.rows, strip, [&](std::size_t begin, std::size_t end) {
      cblas_dtrsm(CblasRowMajor, CblasRight, CblasUpper, CblasNoTrans, CblasNonUnit,
                  dim(end - begin), dim(n), 1, u.data, dim(u.stride), b.data + begin * b.stride,
                  dim(b.stride));
    });
    return;
  }
  const auto h = half(n);
  const auto left = b.part(0, 0, b.rows, h);
  const auto right = b.part(0, h, b.rows, n - h);
  solve_right(u.part(0, 0, h, h), left);
  subtract_product(right, left, CblasNoTrans, u.part(0, h, h, n - h));
  solve_right(u.part(h, h, n - h, n - h), right);
}

std::optional<std::size_t> factor_leaf(const Block& m) {
  for (std::size_t k = 0; k < m.rows; ++k) {
    const double* above = m.data + k * m.stride;
    if (!(above[k] > smallest_pivot)) return k;
    for (std::size_t i = k + 1; i < m.rows; ++i) {
      double* row = m.data + i * m.stride;
      const double f = row[k] /= above[k];
      for (std::size_t j = k + 1; j < m.cols; ++j) row[j] -= f * above[j];
    }
  }
  return std::nullopt;
}

struct Factoring {
  std::size_t n;
  Progress& progress;

  std::optional<std::size_t> run(const Block& m, std::size_t first) {
    if (m.rows <= leaf) return factor_leaf(m);
    if (m.rows <= base) tell(first);
    const auto h = half(m.rows);
    const auto rest = m.rows - h;
    const auto corner = m.part(0, 0, h, h);
    if (const auto bad = run(corner, first)) return bad;
    solve_left(corner, {CblasLower, CblasNoTrans, CblasUnit}, m.part(0, h, h, rest));
    solve_right(corner, m.part(h, 0, rest, h));
    subtract_product(m.part(h, h, rest, rest), m.part(h, 0, rest, h), CblasNoTrans,
                     m.part(0, h, h, rest));
    const auto bad = run(m.part(h, h, rest, rest), first + h);
    return bad ? std::optional(h + *bad) : std::nullopt;
  }

  // Work left is about the cube of the rows left.
  void tell(std::size_t first) const {
    const double left = 1 - static_cast<double>(first) / static_cast<double>(n);
    progress.check();
    progress.report("factorising", 1 - left * left * left);
  }
};

Block all_of(const Matrix& m) {
  return {const_cast<double*>(m.data()), m.rows(), m.cols(), m.cols()};  // solve_left only reads it
}

}  // namespace

std::optional<std::size_t> factor(Matrix& m, Progress& progress) {
  keep_blas_single_threaded();
  return Factoring{m.rows(), progress}.run(all_of(m), 0);
}

void solve(const Matrix& lu, Matrix& b, bool transposed) {
  if (b.size() == 0) return;
  const auto t = all_of(lu);
  if (transposed) {
    solve_left(t, {CblasUpper, CblasTrans, CblasNonUnit}, all_of(b));
    solve_left(t, {CblasLower, CblasTrans, CblasUnit}, all_of(b));
  } else {
    solve_left(t, {CblasLower, CblasNoTrans, CblasUnit}, all_of(b));
    solve_left(t, {CblasUpper, CblasNoTrans, CblasNonUnit}, all_of(b));
  }
}

// LAPACK reads rows as columns: it factorises M'.
bool factor_pivoted(Matrix& m, std::vector<int>& pivots) {
  keep_blas_single_threaded();
  auto n = dim(m.rows());
  auto info = 0;
  pivots.resize(m.rows());
  dgetrf_(&n, &n, m.data(), &n, pivots.data(), &info);
  return info == 0;
}

void solve_pivoted(const Matrix& lu, const std::vector<int>& pivots, Matrix& b, bool transposed) {
  auto n = dim(lu.rows());
  auto k = dim(b.cols());
  auto info = 0;
  char op = transposed ? 'N' : 'T';
  auto columns = rows_as_columns(b.view(), 0, b.rows());  // [k x n] row-major is [n x k] to LAPACK
  dgetrs_(&op, &n, &k, const_cast<double*>(lu.data()), &n, const_cast<int*>(pivots.data()),
          columns.data(), &n, &info);
  put_columns_as_rows(columns, b, 0);
}

void keep_blas_single_threaded() {
  static const bool once = (openblas_set_num_threads(1), true);
  static_cast<void>(once);
}

}  // namespace stave
