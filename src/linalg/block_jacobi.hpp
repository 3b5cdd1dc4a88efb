#pragma once
/// The preconditioner: each region's own system, I - A_ss, factorised once. Nodes outside a block
/// divide by their own 1 - a_ii.

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "linalg/leontief_operator.hpp"

namespace stave {

class BlockJacobi {
 public:
  /// @param block  of each node, negative for none; or empty
  /// Blocks beyond 1,024 nodes, and all of them when their factors would take more than 64 MB and
  /// a quarter of the memory of Z, count as none.
  BlockJacobi(const LeontiefOperator& system, std::span<const std::int32_t> block);

  /// P^-1 V, or P'^-1 V.
  [[nodiscard]] Matrix solve(const Matrix& v, bool transposed) const;
  [[nodiscard]] bool has_blocks() const { return !parts_.empty(); }
  /// A node of a block whose own system is no M-matrix: with flows >= 0, proof that the whole is
  /// not productive.
  [[nodiscard]] std::optional<std::size_t> failed_node() const { return failed_; }

 private:
  struct Part {
    std::vector<std::size_t> nodes;
    Matrix lu;
  };
  std::vector<Part> parts_;
  std::vector<double> diagonal_;  // 1 - a_ii; 1 inside blocks
  std::optional<std::size_t> failed_;
};

}  // namespace stave
