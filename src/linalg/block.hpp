#pragma once
/// Part of a row-major matrix, and the product that takes nearly all the time of a factorisation.

#include <cstddef>

#include <cblas.h>

namespace stave {

/// Element (i, j) is data[i * stride + j].
struct Block {
  double* data;
  std::size_t rows, cols, stride;
  [[nodiscard]] Block part(std::size_t i, std::size_t j, std::size_t r, std::size_t c) const {
    return {data + i * stride + j, r, c, stride};
  }
};

/// C -= op(A) B, in fixed tiles over the threads.
void subtract_product(const Block& c, const Block& a, CBLAS_TRANSPOSE op, const Block& b);

}  // namespace stave
