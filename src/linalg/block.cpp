#include "linalg/block.hpp"

#include "linalg/lu.hpp"
#include "linalg/parts.hpp"

namespace stave {
namespace {

constexpr std::size_t tile = 512;

// C -= op(A) B for one tile.
void subtract_tile(const Block& c, const Block& a, CBLAS_TRANSPOSE op, const Block& b) {
  const auto inner = dim(b.rows);
  if (c.cols == 1)
    cblas_dgemv(CblasRowMajor, op, dim(a.rows), dim(a.cols), -1, a.data, dim(a.stride), b.data,
                dim(b.stride), 1, c.data, dim(c.stride));
  else
    cblas_dgemm(CblasRowMajor, op, CblasNoTrans, dim(c.rows), dim(c.cols), inner, -1, a.data,
                dim(a.stride), b.data, dim(b.stride), 1, c.data, dim(c.stride));
}

}  // namespace

void subtract_product(const Block& c, const Block& a, CBLAS_TRANSPOSE op, const Block& b) {
  const auto wide = part_count(c.cols, tile);
  for_each_part(part_count(c.rows, tile) * wide, 1, [&](std::size_t t, std::size_t) {
    const auto i = t / wide * tile;
    const auto j = t % wide * tile;
    const auto rows = std::min(tile, c.rows - i);
    const auto cols = std::min(tile, c.cols - j);
    const auto a_tile = op == CblasTrans ? a.part(0, i, a.rows, rows) : a.part(i, 0, rows, a.cols);
    subtract_tile(c.part(i, j, rows, cols), a_tile, op, b.part(0, j, b.rows, cols));
  });
}

}  // namespace stave
