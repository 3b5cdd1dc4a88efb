#pragma once
/// GMRES for several right-hand sides at once: each column has its own Krylov space, all columns
/// share every pass over Z. Right-preconditioned, so that the residual it watches is the true one;
/// at the end the true residual is measured anyway.
///
/// Source: Saad and Schultz (1986), SIAM J. Sci. Stat. Comput. 7, 856.

#include "stave/core/progress.hpp"

#include "linalg/block_jacobi.hpp"

namespace stave {

struct GmresLimits {
  double tolerance = 1e-12;  ///< of |b - M x| / |b|, every column
  int max_passes = 500;
};

struct GmresResult {
  Matrix x;                      ///< [n x k]
  std::vector<double> residual;  ///< [k] |b - M x| / |b|, measured
  int passes = 0;                ///< over Z, the measuring ones included
  bool converged = false;
};

/// M X = B or M' X = B, M = I - A.
[[nodiscard]] GmresResult gmres(const LeontiefOperator& system, const BlockJacobi& preconditioner,
                                const Matrix& b, bool transposed, const GmresLimits& limits,
                                Progress& progress);

/// |b - M x| / |b| of every column; |M x| where b = 0.
[[nodiscard]] std::vector<double> relative_norms(const Matrix& residual, const Matrix& b);
/// What rounding alone may leave of the residual of each column: 4 sqrt(n) eps (|x| + |b|) / |b|.
[[nodiscard]] std::vector<double> rounding_floors(const Matrix& x, const Matrix& b);

}  // namespace stave
