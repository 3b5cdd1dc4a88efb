#pragma once
/// X -> A X or A' X, A = Z diag(x)^-1, in one pass over Z and without forming A.

#include "stave/core/flow_matrix.hpp"

#include <span>
#include <vector>

namespace stave {

class LeontiefOperator {
 public:
  /// Keeps a reference to `flows`.
  LeontiefOperator(const FlowMatrix& flows, std::span<const double> output);

  [[nodiscard]] std::size_t size() const { return output_.size(); }
  [[nodiscard]] const FlowMatrix& flows() const { return *flows_; }
  [[nodiscard]] const std::vector<double>& output() const { return output_; }
  /// A X, or A' X when transposed. X [n x k]; 2 nnz k operations.
  [[nodiscard]] Matrix coefficients_times(const Matrix& x, bool transposed) const;
  /// (I - A) X, or its transpose.
  [[nodiscard]] Matrix times(const Matrix& x, bool transposed) const;
  /// B - (I - A) X, or its transpose.
  [[nodiscard]] Matrix residual(const Matrix& b, const Matrix& x, bool transposed) const;

 private:
  [[nodiscard]] const SparseMatrix& transposed_flows() const;

  const FlowMatrix* flows_;
  std::vector<double> output_;
  mutable SparseMatrix transposed_;  // of sparse flows, made when first needed
};

}  // namespace stave
