#pragma once
/// The slow, obvious twin that the tests compare every fast solve with.

#include "stave/core/matrix.hpp"

namespace stave::reference {

/// M^-1 by Gauss-Jordan elimination with row exchanges. 2 n^3 operations, one thread.
/// @throws Error not_productive when M is singular
[[nodiscard]] Matrix inverse(Matrix m);
/// C = A B by three loops.
[[nodiscard]] Matrix product(const Matrix& a, const Matrix& b);
/// (I - A)^-1 of A = Z diag(x)^-1.
[[nodiscard]] Matrix leontief_inverse(const Matrix& z, const std::vector<double>& x);

}  // namespace stave::reference
