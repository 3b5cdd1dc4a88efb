#pragma once
/// The product of two dense matrices, in fixed tiles over the threads: the same bits for any number
/// of them.

#include "stave/core/matrix.hpp"

namespace stave {

/// A B.  A [n x k], B [k x m] -> [n x m]. 2 n k m operations.
/// @throws Error bad_input when the shapes do not fit
/// Checked against: the sum written out, in tests/linalg/product_test.cpp.
[[nodiscard]] Matrix multiply(const MatrixView& a, const MatrixView& b);

}  // namespace stave
