#pragma once
/// Solves with the Leontief system (I - A), A = Z diag(x)^-1. Solves, never inverts, unless asked.
///
///   Z [n x n] flows, x [n] output; a node without output has a zero column in A (it buys nothing
///   per unit) and a zero stressor coefficient.
///
///   LeontiefSystem system(chain.flows(), chain.output());
///   Solution made = system.requirements(y);          // L Y    [n x k], Y [n x k]
///   Solution multipliers = system.multipliers(s);    // S L    [s x n], S [s x n]

#include "stave/core/flow_matrix.hpp"
#include "stave/core/matrix.hpp"
#include "stave/core/progress.hpp"

#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace stave {

enum class SolveMethod { automatic, lu, gmres };
[[nodiscard]] std::string_view to_string(SolveMethod method);

struct LeontiefOptions {
  SolveMethod method = SolveMethod::automatic;
  double tolerance =
      1e-12;  ///< largest relative true residual, |b - (I - A) x| / |b| a right-hand side
  int max_passes = 500;  ///< of gmres, a right-hand side
  /// Node blocks for the preconditioner (a region each); empty: none. See methods.
  std::vector<std::int32_t> block = {};
};

struct Solution {
  Matrix values;
  SolveMethod method = SolveMethod::automatic;  ///< the one used
  double residual = 0;  ///< worst relative true residual over the right-hand sides, measured
  int passes = 0;       ///< most passes over Z that a right-hand side took; 0 for lu
};

/// The rule of `automatic`: a factorisation costs 2/3 n^3, a pass over Z 2 n^2 a right-hand side;
/// iterate when (right-hand sides) x (expected passes) is well below n / 3, else factorise, and
/// keep the factors for later calls.
class LeontiefSystem {
 public:
  /// Keeps a reference to `flows`, which must outlive the system.
  /// @throws Error bad_input  a flow or an output that is not finite, a negative output
  LeontiefSystem(const FlowMatrix& flows, std::span<const double> output,
                 LeontiefOptions options = {});
  LeontiefSystem(LeontiefSystem&&) noexcept;
  LeontiefSystem& operator=(LeontiefSystem&&) noexcept;
  ~LeontiefSystem();

  [[nodiscard]] std::size_t size() const;
  /// X = L Y.  Y [n x k] -> [n x k].
  /// @throws Error not_productive  the table cannot meet this final use
  ///               no_convergence  neither iteration nor factorisation met the tolerance
  [[nodiscard]] Solution requirements(const MatrixView& y, Progress& progress = no_progress());
  /// M = S L.  S [s x n] -> [s x n].
  [[nodiscard]] Solution multipliers(const MatrixView& s, Progress& progress = no_progress());
  /// L itself [n x n]: only where a method needs every element.
  [[nodiscard]] Solution inverse(Progress& progress = no_progress());

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// A = Z diag(x)^-1, for small tables and tests. Zero columns where x = 0.
[[nodiscard]] Matrix coefficients(const FlowMatrix& flows, std::span<const double> output);
/// S = F diag(x)^-1, zero where x = 0. F [s x n].
[[nodiscard]] Matrix intensities(const Matrix& stressors, std::span<const double> output);

/// Largest eigenvalue (in modulus) of A: the table is productive when it is below 1.
struct SpectralRadius {
  double value = 0;
  double lower = 0;  ///< Collatz-Wielandt bounds; equal to value when converged
  double upper = 0;
  int passes = 0;
  bool converged = true;
};
[[nodiscard]] SpectralRadius spectral_radius(const FlowMatrix& flows,
                                             std::span<const double> output,
                                             double tolerance = 1e-9, int max_passes = 10'000);

}  // namespace stave
