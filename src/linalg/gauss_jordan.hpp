#pragma once
/// M becomes M^-1 in place, row-major, without pivoting: Gauss-Jordan elimination by panels of
/// columns, so that nearly all work is large matrix products, in fixed tiles over the threads. The
/// bits do not depend on their number.
///
/// The pivots are those of L U, and the same holds of them (linalg/lu.hpp): for M = I - A with
/// A >= 0 all are positive exactly when A is productive. Where the columns of |A| sum to less than
/// 1, M dominates by its diagonal and pivoting is not needed either.

#include "stave/core/matrix.hpp"
#include "stave/core/progress.hpp"

#include <optional>

namespace stave {

/// Inverts M [n x n]. 2 n^3 operations, 1,500 n bytes beyond M.
/// @return the first row whose pivot is not clearly positive (1e-13); M is then spoilt
/// Source: Quintana, Quintana, Sun, van de Geijn (2001), SIAM J. Sci. Comput. 22, 1762.
[[nodiscard]] std::optional<std::size_t> invert(Matrix& m, Progress& progress = no_progress());

}  // namespace stave
