#pragma once
/// Flows between nodes, Z [n x n]: value sold by row node to column node. Dense or sparse (CSR)
/// behind one type; whoever reads it asks for rows and need not know which.

#include "stave/core/matrix.hpp"

#include <cstdint>
#include <variant>
#include <vector>

namespace stave {

/// Compressed sparse rows. Columns ascend within a row and are unique.
struct SparseMatrix {
  std::size_t n = 0;
  std::vector<std::int64_t> row_start;  ///< [n + 1]
  std::vector<std::int32_t> column;     ///< [nonzeros]
  std::vector<double> value;            ///< [nonzeros]
};

/// One flow: `from` sells `value` to `to`.
struct Flow {
  std::int32_t from = 0;
  std::int32_t to = 0;
  double value = 0;
};

class FlowMatrix {
 public:
  FlowMatrix() : FlowMatrix(Matrix(0, 0)) {}
  /// @throws Error bad_input when not square
  explicit FlowMatrix(Matrix dense);
  explicit FlowMatrix(SparseMatrix sparse) : store_(std::move(sparse)) {}
  /// Sums duplicate links and drops zeros. Dense where that takes no more than twice the memory.
  /// @throws Error bad_input when an index is outside 0 .. n - 1
  [[nodiscard]] static FlowMatrix from_flows(std::size_t n, std::vector<Flow> flows);

  [[nodiscard]] std::size_t size() const;  ///< n
  [[nodiscard]] bool is_dense() const { return std::holds_alternative<Matrix>(store_); }
  [[nodiscard]] const Matrix& dense() const { return std::get<Matrix>(store_); }
  [[nodiscard]] const SparseMatrix& sparse() const { return std::get<SparseMatrix>(store_); }
  [[nodiscard]] double at(std::size_t i, std::size_t j) const;
  [[nodiscard]] std::size_t nonzeros() const;
  [[nodiscard]] std::vector<double> row_sums() const;     ///< Z 1
  [[nodiscard]] std::vector<double> column_sums() const;  ///< 1' Z

  /// Calls f(j, value) for every nonzero of row i, columns ascending.
  template <class F>
  void for_each_in_row(std::size_t i, F&& f) const {
    if (is_dense()) {
      const auto row = dense().row(i);
      for (std::size_t j = 0; j < row.size(); ++j)
        if (row[j] != 0) f(j, row[j]);
    } else {
      const auto& s = sparse();
      for (auto k = s.row_start[i]; k < s.row_start[i + 1]; ++k)
        f(static_cast<std::size_t>(s.column[static_cast<std::size_t>(k)]),
          s.value[static_cast<std::size_t>(k)]);
    }
  }
  /// Calls f(i, j, value) for every nonzero, row by row.
  template <class F>
  void for_each(F&& f) const {
    for (std::size_t i = 0; i < size(); ++i)
      for_each_in_row(i, [&](std::size_t j, double v) { f(i, j, v); });
  }

 private:
  std::variant<Matrix, SparseMatrix> store_;
};

}  // namespace stave
