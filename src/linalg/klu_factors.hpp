#pragma once
/// Sparse factors by KLU, closing themselves. Internal to the room.
///
/// Davis, Natarajan (2010), ACM Transactions on Mathematical Software 37, 36.

#include "stave/linalg/sparse_system.hpp"

#include <memory>
#include <span>

#include <klu.h>

namespace stave {

/// The order of elimination, and KLU's common block.
struct KluAnalysis {
  klu_common common{};
  klu_symbolic* symbolic = nullptr;
  /// @throws Error too_large
  explicit KluAnalysis(SparseColumns& t);
  KluAnalysis(const KluAnalysis&) = delete;
  KluAnalysis& operator=(const KluAnalysis&) = delete;
  ~KluAnalysis() { klu_free_symbolic(&symbolic, &common); }
};

/// Factors of one set of numbers.
class KluFactors {
 public:
  /// @throws SingularMatrix;  Error too_large
  KluFactors(std::shared_ptr<const KluAnalysis> analysis, SparseColumns& t);
  KluFactors(const KluFactors&) = delete;
  KluFactors& operator=(const KluFactors&) = delete;
  ~KluFactors() { klu_free_numeric(&numeric_, &common_); }

  /// In the order of pivots of before; anew where that would divide by too little.
  void refactorise(SparseColumns& t);
  void solve(bool transposed, std::span<double> x);

 private:
  void factorise(SparseColumns& t);
  bool sound();

  std::shared_ptr<const KluAnalysis> analysis_;
  klu_common common_;
  klu_numeric* numeric_ = nullptr;
};

}  // namespace stave
