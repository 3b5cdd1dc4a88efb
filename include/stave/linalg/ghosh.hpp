#pragma once
/// Solves with the Ghosh system, G = (I - B)^-1, B = diag(x)^-1 Z: what a unit of primary input of
/// node i ends up supporting in the output of node j.
///
///   row sums of G  = ghosh(system, ones)      upstreamness (Antras et al. 2012), forward linkages
///   G itself       = ghosh(system, identity)
///
/// G = diag(x)^-1 L diag(x) where x > 0, so that it costs what `requirements` costs. A node without
/// output sells nothing: its row of G is that of the identity.
///
/// Source: Ghosh (1958), Economica 25, 58; Miller and Blair (2009), chapter 12.
/// Checked against: pymrio's test table; linalg/reference.cpp.

#include "stave/linalg/leontief.hpp"

namespace stave {

/// B = diag(x)^-1 Z, the share of each output that goes to each user; zero rows where x = 0. For
/// small tables and tests. @throws Error too_large beyond limit::max_dense_nodes
[[nodiscard]] Matrix allocation_shares(const FlowMatrix& flows, std::span<const double> output);

/// G V.  V [n x k] -> [n x k]. Errors as LeontiefSystem::requirements.
[[nodiscard]] Solution ghosh(LeontiefSystem& system, const MatrixView& v,
                             Progress& progress = no_progress());
}  // namespace stave
