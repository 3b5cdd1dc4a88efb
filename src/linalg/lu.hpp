#pragma once
/// M = L U in place, row-major, without pivoting: recursive, so that nearly all work is large
/// matrix products, in fixed tiles over the threads. The bits do not depend on their number.
///
/// For M = I - A with A >= 0 every pivot is positive exactly when A is productive (Hawkins and
/// Simon 1949, Econometrica 17, 245), and then no pivoting is needed: M is an M-matrix, whose
/// Schur complements are M-matrices too. Other matrices may need `factor_pivoted`.

#include "stave/core/matrix.hpp"
#include "stave/core/progress.hpp"

#include <optional>
#include <vector>

namespace stave {

/// Factorises M [n x n]. 2/3 n^3 operations, no memory beyond M.
/// @return the first row whose pivot is not clearly positive (1e-13); M is then spoilt
[[nodiscard]] std::optional<std::size_t> factor(Matrix& m, Progress& progress = no_progress());

/// B [n x k] becomes M^-1 B, or M'^-1 B when transposed; `lu` from factor.
void solve(const Matrix& lu, Matrix& b, bool transposed);

/// LAPACK's dgetrf with row exchanges, on one thread so that its bits are fixed too.
/// @return false when M is singular
[[nodiscard]] bool factor_pivoted(Matrix& m, std::vector<int>& pivots);
void solve_pivoted(const Matrix& lu, const std::vector<int>& pivots, Matrix& b, bool transposed);

/// Sizes as BLAS counts them.
inline int dim(std::size_t n) { return static_cast<int>(n); }

/// One thread inside OpenBLAS from now on: Stave's own tasks are the parallel ones.
void keep_blas_single_threaded();

}  // namespace stave
