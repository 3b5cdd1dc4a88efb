#pragma once
/// Solves with a sparse square matrix T that is no Leontief table: a technosphere of processes.
///
///   SparseSystem system(sparse_columns(n, entries));
///   const auto s = system.solve(f);               // T s = f
///   const auto l = system.solve_transposed(g);    // T' l = g
///   auto drawn = system;  drawn.set_values(v);    // the same pattern, other numbers
///
/// Columns are scaled to a diagonal of one. Two ways:
///
///   direct     sparse L U by KLU: analysed once, factorised once, refactorised for other numbers
///   in
///              the same order of pivots; answers refined once (Davis and Natarajan 2010)
///   iterative  GMRES with restarts, right-preconditioned by the incomplete factors of T with no
///              fill (Saad and Schultz 1986; Meijerink and van der Vorst 1977); the factors of the
///              first numbers serve for the others
///
/// Every answer has its true residual. The bits do not depend on threads: a solve is one thread's.
/// Checked against: dense Gauss elimination in tests/linalg/sparse_system_test.cpp.

#include "stave/core/error.hpp"

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace stave {

/// Compressed sparse columns; rows ascend within a column and are unique.
struct SparseColumns {
  std::size_t n = 0;
  std::vector<std::int32_t> start;  ///< [n + 1]
  std::vector<std::int32_t> row;    ///< [nonzeros]
  std::vector<double> value;        ///< [nonzeros]
};

struct SparseCell {
  std::int32_t row = 0;
  std::int32_t column = 0;
  double value = 0;
};

/// Cells of one place are added up; the diagonal is always there, zero or not.
/// @param place  [cells] out: where each cell went among the values; may be null
/// @throws Error bad_input  an index outside 0 .. n - 1
[[nodiscard]] SparseColumns sparse_columns(std::size_t n, std::span<const SparseCell> cells,
                                           std::vector<std::int32_t>* place = nullptr);

/// T has no inverse, or none that numbers of this length can tell.
class SingularMatrix : public Error {
 public:
  explicit SingularMatrix(std::size_t column)
      : Error(Errc::not_productive, "the system of equations is singular"), column_(column) {}
  [[nodiscard]] std::size_t column() const { return column_; }  ///< where it was noticed

 private:
  std::size_t column_;
};

enum class SparseMethod { automatic, direct, iterative };

struct SparseOptions {
  /// automatic: direct up to 3,000 rows where KLU foretells at most 2e7 operations; else iterate,
  /// and factorise where that fails.
  SparseMethod method = SparseMethod::automatic;
  double tolerance = 1e-10;  ///< |b - T x| / |b| in the 2-norm, columns scaled
  int max_passes = 300;      ///< of the iteration over T
};

struct SparseSolution {
  std::vector<double> values;
  double residual = 0;  ///< |b - T x| / |b|, measured
  int passes = 0;       ///< of the iteration; 0: direct
};

class SparseSystem {
 public:
  /// @throws SingularMatrix;  Error bad_input  a zero on the diagonal, a number that is not finite
  explicit SparseSystem(SparseColumns matrix, const SparseOptions& options = {});
  SparseSystem(const SparseSystem& other);  ///< shares analysis and incomplete factors
  SparseSystem& operator=(const SparseSystem&) = delete;
  SparseSystem(SparseSystem&&) noexcept;
  SparseSystem& operator=(SparseSystem&&) noexcept;
  ~SparseSystem();

  [[nodiscard]] std::size_t size() const;
  [[nodiscard]] bool is_direct() const;
  /// Other numbers in the same places. @throws as the constructor
  void set_values(std::span<const double> values);
  void set_tolerance(double tolerance);
  /// @param start  a first guess for the iteration; empty: zero
  /// @throws SingularMatrix;  Error no_convergence
  [[nodiscard]] SparseSolution solve(std::span<const double> b, std::span<const double> start = {});
  [[nodiscard]] SparseSolution solve_transposed(std::span<const double> b,
                                                std::span<const double> start = {});

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace stave
