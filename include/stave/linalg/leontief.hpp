#pragma once
/// Solves with the Leontief system (I - A), A = Z diag(x)^-1. Solves, never inverts, unless asked.
///
///   Z [n x n] flows, x [n] output; a node without output has a zero column in A (it buys nothing
///   per unit) and a zero stressor coefficient.
///
///   LeontiefSystem system(chain.flows(), chain.output());
///   Solution made = system.requirements(y);          // L Y    [n x k], Y [n x k]
///   Solution multipliers = system.multipliers(s);    // S L    [s x n], S [s x n]
///
/// Every answer comes with its true residual, measured against Z, and has the same bits for any
/// number of threads.
///
/// Source: Miller and Blair (2009), Input-Output Analysis, chapters 2 and 6; the iteration: Saad
/// and Schultz (1986), GMRES; productivity: Hawkins and Simon (1949), Econometrica 17, 245.
/// Checked against: linalg/reference.cpp; Miller and Blair 2.3, Germany 1995 (Eurostat manual) and
/// every matrix of pymrio's test table in tests/linalg.

#include "stave/core/flow_matrix.hpp"
#include "stave/core/matrix.hpp"
#include "stave/core/progress.hpp"

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace stave {

enum class SolveMethod { automatic, lu, gmres };
[[nodiscard]] std::string_view to_string(SolveMethod method);

struct LeontiefOptions {
  SolveMethod method = SolveMethod::automatic;
  /// Largest relative true residual, |b - (I - A) x| / |b| in the 2-norm, of a right-hand side.
  /// What rounding alone leaves, 4 sqrt(n) eps (|x| + |b|) / |b|, is accepted too.
  double tolerance = 1e-12;
  int max_passes = 500;  ///< of gmres, a right-hand side
  /// [n] node blocks for the preconditioner (a region each), negative for none; empty: none. Their
  /// own systems I - A_ss are factorised once: about 8 passes instead of 15. A block of more than
  /// 1,024 nodes is left out.
  std::vector<std::int32_t> block = {};  // NOLINT(readability-redundant-member-init)
  /// How error messages name a node; empty: "node 17", the first being 0.
  std::function<std::string(std::size_t)> label = {};  // NOLINT(readability-redundant-member-init)
};

struct Solution {
  Matrix values;
  SolveMethod method = SolveMethod::automatic;  ///< the one used
  double residual = 0;  ///< worst relative true residual over the right-hand sides, measured
  int passes = 0;       ///< most passes over Z that a right-hand side took; 0 for lu
};

/// The rule of `automatic`. A factorisation costs 2/3 n^3 operations and one copy of Z in memory
/// (8 n^2 bytes), a pass 2 n^2 (or two a link) for each right-hand side:
///
///   1. n <= 1,000                        factorise
///   2. factors are there from before     use them
///   3. sparse flows                      iterate; if that fails and n <= 8,192, factorise
///   4. dense: right-hand sides x expected passes (12 with blocks, 25 without), added up over the
///      calls so far, at most n / 6       iterate; if that fails, factorise
///   5. else                              factorise
///
/// Factors are kept for later calls. A solve with factors refines its answer against Z, and where
/// factors without pivoting do not serve (flows below zero), LAPACK's dgetrf takes their place.
class LeontiefSystem {
 public:
  /// Keeps a reference to `flows`, which must outlive the system. One pass over Z.
  /// @throws Error bad_input  a flow or an output that is not finite, an output that is negative or
  ///                          positive but below 1e-200, options that do not fit
  LeontiefSystem(const FlowMatrix& flows, std::span<const double> output,
                 LeontiefOptions options = {});
  LeontiefSystem(LeontiefSystem&&) noexcept;
  LeontiefSystem& operator=(LeontiefSystem&&) noexcept;
  ~LeontiefSystem();

  [[nodiscard]] std::size_t size() const;
  [[nodiscard]] const FlowMatrix& flows() const;
  [[nodiscard]] std::span<const double> output() const;
  /// X = L Y.  Y [n x k] -> [n x k].
  /// @throws Error bad_input       another shape, or a value that is not finite
  ///               not_productive  the table cannot meet any final use; names its spectral radius
  ///                               and the node that buys most per unit of output
  ///               no_convergence  neither iteration nor factorisation met the tolerance
  ///               too_large       factors asked for beyond limit::max_dense_nodes
  [[nodiscard]] Solution requirements(const MatrixView& y, Progress& progress = no_progress());
  /// M = S L.  S [s x n] -> [s x n]. The transposed system; errors as above.
  [[nodiscard]] Solution multipliers(const MatrixView& s, Progress& progress = no_progress());
  /// L itself [n x n]: only where a method needs every element. In place by Gauss-Jordan, 2 n^3
  /// operations and no memory beside L; its residual is measured on eight fixed columns of +1 and
  /// -1 instead of the unit vectors. Where that residual is too large, or where flows below zero
  /// forbid it: by factors, 8/3 n^3 operations and 2 n^3 to measure every column's residual.
  [[nodiscard]] Solution inverse(Progress& progress = no_progress());

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// A = Z diag(x)^-1, for small tables and tests. Zero columns where x = 0.
/// @throws Error too_large beyond limit::max_dense_nodes
[[nodiscard]] Matrix coefficients(const FlowMatrix& flows, std::span<const double> output);
/// S = F diag(x)^-1, zero where x = 0. F [s x n].
[[nodiscard]] Matrix intensities(const Matrix& stressors, std::span<const double> output);

/// Largest eigenvalue (in modulus) of A: the table is productive when it is below 1.
struct SpectralRadius {
  double value = 0;
  double lower = 0;  ///< Collatz-Wielandt bounds, within the tolerance when converged
  double upper = 0;
  int passes = 0;  ///< over Z, or over the group of nodes that took most
  bool converged = true;
};
/// By power iteration on each group of nodes that all need one another (a strongly connected
/// component of Z), where the bounds min (A v)_i / v_i <= radius <= max (A v)_i / v_i, v > 0, close
/// up; the radius of A is the largest of them. When they have not closed within `tolerance`
/// (relative) after `max_passes`, converged is false and the bounds still hold.
/// With flows below zero only the upper bound (that of |A|) is proven: lower is 0 and value the
/// growth of power iteration.
/// @throws Error bad_input  a flow or an output that is not finite, a negative output
/// Source: Collatz (1942), Mathematische Zeitschrift 48, 221; Wielandt (1950), same 52, 642.
[[nodiscard]] SpectralRadius spectral_radius(const FlowMatrix& flows,
                                             std::span<const double> output,
                                             double tolerance = 1e-9, int max_passes = 10'000);

}  // namespace stave
