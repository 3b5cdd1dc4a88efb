#pragma once
/// GMRES for a sparse matrix with incomplete factors as preconditioner. Internal to the room.

#include "stave/linalg/sparse_system.hpp"

#include <functional>

namespace stave {

/// y = T x, or T' x.
void sparse_times(const SparseColumns& t, bool transposed, std::span<const double> x,
                  std::span<double> y);

/// L U with the pattern of T (ILU(0)), kept by rows.
class IncompleteFactors {
 public:
  IncompleteFactors() = default;
  /// @throws nothing; `good()` is false where a pivot vanished
  explicit IncompleteFactors(const SparseColumns& t);
  [[nodiscard]] bool good() const { return good_; }
  /// x <- (L U)^-1 x, or (L U)'^-1 x.
  void solve(bool transposed, std::span<double> x) const;

 private:
  void eliminate(std::size_t i, std::vector<std::int32_t>& place);
  std::size_t n_ = 0;
  bool good_ = false;
  std::vector<std::int32_t> start_, column_, diagonal_;
  std::vector<double> value_;
};

struct Iterated {
  std::vector<double> x;
  double residual = 0;
  int passes = 0;
  bool converged = false;
};

[[nodiscard]] Iterated sparse_gmres(const SparseColumns& t, const IncompleteFactors& factors,
                                    bool transposed, std::span<const double> b,
                                    std::span<const double> start, const SparseOptions& options);

}  // namespace stave
