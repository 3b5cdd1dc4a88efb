#pragma once
/// What changed between two chains, and which factor did it: structural decomposition analysis.
///
///   q_i = s_i (L y)_i      what maker i causes (value added, emissions, jobs)
///   q_k = s L y_k          what user k has caused for it
///
///   s [n]      intensity: amount a unit of output, 0 where nothing is made
///   A [n x n]  = C o O     C_(i)(sj) input of product i from anywhere a unit of output of (s, j);
///                          O_(ri)(sj) the part of it that comes from region r;  L = (I - A)^-1
///   Y [n x u]  y_(ri)k = O_(ri)k m_ik t_k Y    O origin, m product mix of user k, t_k its share in
///                          all final use, Y all final use
///
/// Factors are groups of these (see `factors_of`). With effects d_k(T) = q(T + k) - q(T), T the
/// factors that have changed already:
///
///   polar   mean of the orders 1 .. K and K .. 1            (Dietzenbacher and Los 1998)
///   orders  mean of all K! orders, with their deviation     (the same; Shapley)
///   lmdi    sum over all i, j, k of L(w', w) ln(f'/f), w = s_i l_ij y_jk, L(a, b) = (a - b) /
///           ln(a / b), with the limits where a factor is 0 or changes sign (Ang 2005; Wood and
///           Lenzen 2006)
///
/// Each is exact: the effects of a maker sum to its change.
///
///   Change c = change(first, second, {.stressor = "CO2"});
///   c.total.effect(k, 0); c.regions.effect(k, r);
///
/// Cost: polar and orders a solve for each state of (A, Y) that is met, at most 2^K, of one
/// right-hand side each; one factorisation or none a chain (two more where the origin of inputs is
/// a factor). lmdi: both inverses, O(n^2 u) time.
/// Source: Dietzenbacher and Los (1998), Economic Systems Research 10, 307; Ang (2005), Energy
/// Policy 33, 867; Wood and Lenzen (2006), Energy Policy 34, 1326. Checked against:
/// change/reference.cpp; hand calculations and identities in tests/change.

#include "stave/analysis/analysis.hpp"
#include "stave/core/chain.hpp"
#include "stave/core/matrix.hpp"
#include "stave/core/progress.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace stave {

enum class ChangeMethod : std::uint8_t { polar, orders, lmdi };
enum class ChangeUsers : std::uint8_t { region, category };

/// The names of 3 to 6 factors, in their order:
///   3  intensity, technology (A), final use
///   4  intensity, technology, mix (which products from where, for whom), level
///   5  intensity, technology, mix, users (who uses), level
///   6  intensity, technology (C), sourcing (O of inputs and final use), mix (m), users, level
[[nodiscard]] std::vector<std::string> factors_of(int count);

struct ChangeOptions {
  ChangeMethod method = ChangeMethod::polar;
  int factors = 4;                          ///< 3 to 6
  ChangeUsers users = ChangeUsers::region;  ///< what a user is: who uses, or for what
  std::string stressor = {};                ///< of both chains; empty: value added
};

/// Effects of the factors on the items of one list.
struct ChangeParts {
  std::vector<double> before;  ///< [m]
  std::vector<double> after;   ///< [m]
  Matrix effect;               ///< [K x m]; a column sums to after - before
  Matrix deviation;            ///< [K x m] over the orders, each counted alike; NaN by lmdi
  Matrix lowest;               ///< [K x m] of an order; NaN by lmdi
  Matrix highest;              ///< [K x m]
};

struct Change {
  std::vector<std::string> factors;  ///< [K]
  std::vector<std::string> users;    ///< [u] codes of regions, or categories
  ChangeParts total;                 ///< m = 1
  ChangeParts makers;                ///< [n] nodes of the first chain
  ChangeParts regions;               ///< of the makers, as the first chain has them
  ChangeParts products;              ///< of the makers
  ChangeParts by_user;               ///< [u]
  int orders = 0;                    ///< 2, K! or, by lmdi, 1
  double imbalance = 0;              ///< largest |sum of effects - change| of an item, of the total
  double disagreement = 0;           ///< makers against users, of the total
  double residual = 0;               ///< worst true residual of a solve
  double direct_before = 0;          ///< of final use itself (F_Y): not taken apart
  double direct_after = 0;
  std::size_t below_zero = 0;  ///< makers with an output below zero in one of the chains:
                               ///< as if they made nothing; what they buy is final use
  double outside_before = 0;   ///< recorded at makers without output: not taken apart
  double outside_after = 0;
  double through_zero = 0;  ///< lmdi: share of |change| in terms with a factor that is 0
                            ///< in one of the two, or changes sign
};

/// @throws Error bad_input     other regions, products, makers, unit or currency in the second (the
///                             first that differs is named); factors outside 3 .. 6, 6 by lmdi; a
///                             user whose final use sums to zero but is not, where it is a factor
///               not_found     a stressor one of them does not have, naming near ones
///               missing_part  a chain without final use
///               and as LeontiefSystem
[[nodiscard]] Change change(const Chain& first, const Chain& second,
                            const ChangeOptions& options = {}, Progress& progress = no_progress());

/// `stave change`.
[[nodiscard]] Analysis change_analysis();

}  // namespace stave
