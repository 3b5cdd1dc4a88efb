#pragma once
/// How a chain hangs together: linkages, influence, multipliers, and what is lost without a part.
///
///   L = (I - A)^-1, G = (I - diag(x)^-1 Z)^-1, A = Z diag(x)^-1
///
///   Linkages l = linkages(chain);
///   Extraction e = extraction(chain, {}, {{"CHN", chain.nodes_in(china)}});
///
/// Source: Miller and Blair (2009), Input-Output Analysis, chapters 6 and 12; Rasmussen (1956);
/// Sonis and Hewings (1992), field of influence; Dietzenbacher and Lahr (2013), Economic Systems
/// Research 25, 341, extraction.
/// Checked against: position/reference.cpp; Germany 1995 (Eurostat manual), pymrio, ioanalysis.

#include "stave/analysis/analysis.hpp"
#include "stave/core/chain.hpp"
#include "stave/linalg/leontief.hpp"

#include <string>
#include <vector>

namespace stave {

struct Linkages {
  std::vector<double> direct_backward;  ///< [n] column sums of A
  std::vector<double> direct_forward;   ///< [n] row sums of diag(x)^-1 Z
  std::vector<double> backward;         ///< [n] column sums of L: the output multiplier
  std::vector<double> forward;          ///< [n] row sums of G (Ghosh)
  std::vector<double> sensitivity;      ///< [n] row sums of L (Rasmussen's forward linkage)
  double total = 0;                     ///< sum of all elements of L
  double imbalance = 0;                 ///< of that sum by rows against by columns, relative
  double residual = 0;                  ///< worst of the solves
};

/// Cost: three solves with one right-hand side.
/// @throws Error as LeontiefSystem
[[nodiscard]] Linkages linkages(const Chain& chain, LeontiefSystem& system,
                                Progress& progress = no_progress());

/// Values divided by their mean: above 1 is more than the average maker.
[[nodiscard]] std::vector<double> normalised(const std::vector<double>& values);

/// By how much all elements of L together grow when a_ij grows by one unit, to first order: the sum
/// of the field of influence F = L e_i e_j' L, which is (column sum i of L) x (row sum j of L).
[[nodiscard]] inline double influence(const Linkages& l, NodeId i, NodeId j) {
  return l.backward[i.at()] * l.sensitivity[j.at()];
}

/// A part of the chain that is thought away.
struct Part {
  std::string name;
  std::vector<NodeId> nodes;
};

/// What all makers lose in a measure (output, value added, a stressor) without the part g. With
/// m = w' L (w a unit of output in the measure):
///
///   total     m_g' L_gg^-1 x_g              neither makes, buys nor is used: row, column, y_g gone
///   backward  (m_g - w_g)' L_gg^-1 x_g      buys nothing in the chain: column gone
///   forward   m_g' L_gg^-1 (x_g - y_g)      sells to no maker: row gone (Leontief)
///   supply    x_g' G_gg^-1 ((G w)_g - w_g)  sells to no maker, others short of it (row of B,
///   Ghosh) isolated  m_g' L_gg^-1 x_g - w_g' (I - A_gg)^-1 y_g    trades with itself alone others
///   total less what the part itself makes
struct PartLoss {
  double total = 0;
  double others = 0;
  double backward = 0;
  double forward = 0;
  double supply = 0;
  double isolated = 0;
};

struct Extraction {
  std::vector<PartLoss> nodes;  ///< [n], when asked for
  std::vector<PartLoss> parts;  ///< one a part
  double whole = 0;             ///< w' x, what the losses are a share of
  double imbalance = 0;         ///< m against the column sums of diag(w) L, relative
  double residual = 0;
};

struct ExtractionOptions {
  /// [n] the measure a unit of output, w; empty: output itself, 1.
  std::vector<double> weight = {};  // NOLINT(readability-redundant-member-init)
  bool every_node = true;
};

/// Cost: one inverse when every node is asked for, or parts that hold more than a quarter of all
/// nodes; else one right-hand side a node of the parts. Then |g|^3 a part.
/// @throws Error bad_input  an empty part, weights that do not fit
///               as LeontiefSystem
[[nodiscard]] Extraction extraction(const Chain& chain, LeontiefSystem& system,
                                    const std::vector<Part>& parts,
                                    const ExtractionOptions& options = {},
                                    Progress& progress = no_progress());

/// `stave structure`.
[[nodiscard]] Analysis structure_analysis();

}  // namespace stave
