#pragma once
/// I - A, factorised once and for all later right-hand sides.

#include "stave/core/progress.hpp"

#include <optional>
#include <vector>

#include "linalg/leontief_operator.hpp"

namespace stave {

/// I - A, dense. @throws Error too_large beyond limit::max_dense_nodes
[[nodiscard]] Matrix leontief_matrix(const LeontiefOperator& system);

class Factors {
 public:
  /// Without pivoting. @return none when a pivot is not positive: for flows >= 0, proof that the
  /// table is not productive (Hawkins and Simon)
  [[nodiscard]] static std::optional<Factors> plain(const LeontiefOperator& system,
                                                    Progress& progress);
  /// With row exchanges. @return none when the matrix is singular
  [[nodiscard]] static std::optional<Factors> pivoted(const LeontiefOperator& system);

  [[nodiscard]] bool is_pivoted() const { return !pivots_.empty(); }
  /// B [n x k] becomes (I - A)^-1 B, or its transpose's.
  void solve(Matrix& b, bool transposed) const;

 private:
  explicit Factors(Matrix m) : lu_(std::move(m)) {}
  Matrix lu_;
  std::vector<int> pivots_;  // empty: none
};

}  // namespace stave
