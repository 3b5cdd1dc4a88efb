#pragma once
/// Where a maker stands between the first producers and the last users.
///
///   Z [n x n] flows, x [n] output, N [n] net change of inventories, w = x - N
///   U [n]   (I - diag(w)^-1 Z)^-1 1       upstreamness: mean number of stages to final use, plus 1
///   D [n]   1' (I - Z~ diag(x)^-1)^-1     downstreamness: stages from value added, plus 1
///   Z~      diag(x / w) Z                 sales to inventories spread over the other users
///
/// Without the correction N = 0, w = x and Z~ = Z: U are the row sums of Ghosh's G, D the column
/// sums of Leontief's L. In both cases sum_i x_i U_i = sum_j x_j D_j.
///
///   CorrectedSystem system(chain, Inventories::remove);
///   Position p = positions(system);          // two solves, never an inverse
///   Propagation q = propagation(system, node);
///   SmileCurve s = smile_curve(system, p, makers);
///
/// Source: Antras, Chor, Fally and Hillberry (2012), American Economic Review 102 (3), 412; Antras
/// and Chor (2018), NBER Working Paper 24185 (inventories); Fally (2012); Dietzenbacher, Romero and
/// Bosma (2005), Estudios de Economia Aplicada 23, 405 (propagation); Meng, Ye and Wei (2020),
/// Oxford Bulletin of Economics and Statistics 82, 988 (smile curves). Checked against:
/// position/reference.cpp; Antras and Chor's values of 2005 and 2011; pymrio.

#include "stave/analysis/analysis.hpp"
#include "stave/core/chain.hpp"
#include "stave/linalg/leontief.hpp"

#include <cstdint>
#include <vector>

namespace stave {

enum class Inventories : std::uint8_t { keep, remove };

/// The columns of final use that are a change of inventories: categories whose name holds
/// "inventor" or "stock change" or "change in stock", whatever the case.
[[nodiscard]] std::vector<std::size_t> inventory_columns(const Chain& chain);

/// What the correction makes of a chain.
struct Correction {
  bool made = false;                ///< false: not asked for, or no such category of final use
  double removed = 0;               ///< sum of N over the makers that were corrected
  std::vector<NodeId> below_zero;   ///< output below zero: they count as making nothing
  std::vector<NodeId> left_out;     ///< with output, but x - N not above zero: as they are
  std::vector<double> sales;        ///< [n] w
  std::vector<double> factor;       ///< [n] f = x / w; 1 where nothing is corrected
  std::vector<double> final_use;    ///< [n] y~ = x - Z~ 1
  std::vector<double> value_added;  ///< [n] of the primary inputs; without them x - 1' Z~
};
/// @throws Error missing_part  the chain has no final use
[[nodiscard]] Correction correction(const Chain& chain, Inventories inventories);

/// A chain's Leontief system on Z~, solved on Z itself:
///   L~ Y = f o (L_w (Y / f)),  S L~ = ((S o f) L_w) / f,  L_w = (I - Z diag(w)^-1)^-1.
class CorrectedSystem {
 public:
  /// Keeps a reference to `chain`.
  /// @throws Error as correction, and bad_input as LeontiefSystem
  CorrectedSystem(const Chain& chain, Inventories inventories,
                  SolveMethod method = SolveMethod::automatic);

  [[nodiscard]] const Chain& chain() const { return *chain_; }
  [[nodiscard]] const Correction& correction() const { return correction_; }
  /// L~ Y  [n x k].
  [[nodiscard]] Solution requirements(const MatrixView& y, Progress& progress = no_progress());
  /// S L~  [s x n].
  [[nodiscard]] Solution multipliers(const MatrixView& s, Progress& progress = no_progress());
  /// U = G~ 1  [n x 1].
  [[nodiscard]] Solution upstreamness(Progress& progress = no_progress());

 private:
  const Chain* chain_;
  Correction correction_;
  LeontiefSystem system_;
};

struct Position {
  std::vector<double> upstreamness;       ///< [n] U; NaN where nothing is made
  std::vector<double> downstreamness;     ///< [n] D; NaN where nothing is made
  std::vector<double> final_use_share;    ///< [n] y~ / x
  std::vector<double> value_added_share;  ///< [n] v / x
  double imbalance = 0;                   ///< |sum x U - sum x D| / sum x D
  double residual = 0;                    ///< worst of the two solves
};

/// Cost: two solves with one right-hand side, one pass over Z.
/// @throws Error not_productive, no_convergence as LeontiefSystem
[[nodiscard]] Position positions(CorrectedSystem& system, Progress& progress = no_progress());

/// The mean of `values` over some makers, weighted by output; NaN when they make nothing.
[[nodiscard]] double weighted_mean(const Chain& chain, const std::vector<double>& values,
                                   const std::vector<NodeId>& makers);

/// How many steps a push takes between one node k and every other.
///
///   H = L (L - I) = sum_t t A^t,  length_ij = H_ij / (L - I)_ij     (average propagation length)
struct Propagation {
  std::vector<double> from;           ///< [n] k -> j; NaN where the link is too weak to say
  std::vector<double> to;             ///< [n] i -> k
  std::vector<double> strength_from;  ///< [n] (L - I)_kj: output of k a unit of final use of j
  std::vector<double> strength_to;    ///< [n] (L - I)_ik
  double residual = 0;
};

/// Links below this share of the strongest one get no length: their digits are the solver's noise.
inline constexpr double weakest_link = 1e-9;

/// Cost: two solves a side.
[[nodiscard]] Propagation propagation(CorrectedSystem& system, NodeId node,
                                      Progress& progress = no_progress());

/// Who adds the value of a final product, and where they stand.
struct SmileCurve {
  double final_use = 0;             ///< sum of y~ over the makers of the product
  std::vector<double> value_added;  ///< [n] v_i / x_i (L~ y)_i
  double imbalance = 0;             ///< |sum of value added - final use| / final use
  /// The parabola a + b d + c d^2 through v / x over d = U - D, weighted by value added: c > 0
  /// smiles. NaN where fewer than three makers have a part.
  double a = 0;
  double b = 0;
  double c = 0;
  double lowest = 0;   ///< d of the 1 % of value added that stands lowest
  double highest = 0;  ///< d of the 1 % that stands highest
  double residual = 0;
};

/// Cost: one solve.
/// @throws Error bad_input  the makers sell nothing to final use
[[nodiscard]] SmileCurve smile_curve(CorrectedSystem& system, const Position& position,
                                     const std::vector<NodeId>& makers,
                                     Progress& progress = no_progress());

/// `stave position`.
[[nodiscard]] Analysis position_analysis();

}  // namespace stave
