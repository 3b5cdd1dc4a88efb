#include "linalg/klu_factors.hpp"

#include <algorithm>

namespace stave {
namespace {

// Of the pivots, smallest to largest: below it, digits are lost that a number does not have.
constexpr double least_condition = 1e-15;

}  // namespace

KluAnalysis::KluAnalysis(SparseColumns& t) {
  klu_defaults(&common);
  symbolic = klu_analyze(static_cast<int>(t.n), t.start.data(), t.row.data(), &common);
  if (symbolic == nullptr)
    throw Error(Errc::too_large, "the system of equations is too large to be analysed");
}

KluFactors::KluFactors(std::shared_ptr<const KluAnalysis> analysis, SparseColumns& t)
    : analysis_(std::move(analysis)), common_(analysis_->common) {
  factorise(t);
}

void KluFactors::factorise(SparseColumns& t) {
  klu_free_numeric(&numeric_, &common_);
  numeric_ =
      klu_factor(t.start.data(), t.row.data(), t.value.data(), analysis_->symbolic, &common_);
  if (common_.status == KLU_OUT_OF_MEMORY || common_.status == KLU_TOO_LARGE)
    throw Error(Errc::too_large, "the factors of the system do not fit into memory");
  if (numeric_ == nullptr || common_.status == KLU_SINGULAR || !sound()) {
    klu_free_numeric(&numeric_, &common_);
    throw SingularMatrix(
        static_cast<std::size_t>(std::clamp(common_.singular_col, 0, static_cast<int>(t.n) - 1)));
  }
}

void KluFactors::refactorise(SparseColumns& t) {
  const bool done = klu_refactor(t.start.data(), t.row.data(), t.value.data(), analysis_->symbolic,
                                 numeric_, &common_) != 0;
  if (!done || !sound()) factorise(t);
}

void KluFactors::solve(bool transposed, std::span<double> x) {
  const auto n = static_cast<int>(x.size());
  if (transposed)
    klu_tsolve(analysis_->symbolic, numeric_, n, 1, x.data(), &common_);
  else
    klu_solve(analysis_->symbolic, numeric_, n, 1, x.data(), &common_);
}

bool KluFactors::sound() {
  return klu_rcond(analysis_->symbolic, numeric_, &common_) != 0 &&
         common_.rcond >= least_condition;
}

}  // namespace stave
