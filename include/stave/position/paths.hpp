#pragma once
/// Structural paths: by which chains of makers a final use causes a stressor.
///
///   s [n] stressor a unit of output, y [n] final use, A = Z diag(x)^-1, M = s L
///   footprint = s L y = sum over all chains i <- j <- ... <- k of s_i a_ij ... y_k
///
/// All that lies upstream of a partial chain that ends in node i with weight w (= a_ij ... y_k) is
/// M_i w together. Below the threshold nothing upstream can exceed it: what is listed is exact and
/// complete, and the rest is one remainder, so that all sums to the footprint.
///
///   Paths p = paths_above(chain, system, {s, y}, {.threshold = 1e-4});
///   Paths q = largest_paths(chain, system, {s, y}, 20);
///
/// Source: Defourny and Thorbecke (1984), Economic Journal 94, 111; Treloar (1997); Lenzen (2007),
/// Ecological Modelling 200, 334.
/// Checked against: position/reference.cpp, plain enumeration.

#include "stave/analysis/analysis.hpp"
#include "stave/core/chain.hpp"
#include "stave/linalg/leontief.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace stave {

struct PathQuestion {
  std::vector<double> intensity;  ///< s [n]
  std::vector<double> use;        ///< y [n]
};

namespace limit {
inline constexpr std::size_t max_paths = 1'000'000;         ///< found
inline constexpr std::size_t max_path_steps = 100'000'000;  ///< partial chains looked at
inline constexpr std::size_t max_path_links = 50'000'000;   ///< kept: 1.2 GB
inline constexpr int max_path_depth = 1'000;
inline constexpr double least_path_threshold = 1e-9;
}  // namespace limit

struct PathOptions {
  double threshold = 1e-4;  ///< share of the footprint, above 0 and at most 1
  int depth = 100;          ///< links of a path at most; what lies beyond is counted apart
  std::size_t max_paths = limit::max_paths;
};

/// Paths, largest first. Path p goes through nodes[start[p]] .. nodes[start[p + 1] - 1], from the
/// node where the stressor occurs to the maker of the final product.
struct Paths {
  std::vector<std::int32_t> nodes;
  std::vector<std::size_t> start{0};
  std::vector<double> value;
  double footprint = 0;     ///< s L y
  double found = 0;         ///< sum of values
  double remainder = 0;     ///< footprint - found
  double beyond_depth = 0;  ///< of the remainder, what lies beyond the depth
  /// The remainder added up from what was cut off, against footprint - found; relative to s L y.
  /// Of paths above a threshold only.
  double imbalance = 0;
  double threshold = 0;   ///< the share that held: that of the options, or the least listed
  std::size_t steps = 0;  ///< partial chains looked at
  std::size_t links = 0;  ///< links large enough to be on a path
  double residual = 0;    ///< of the two solves

  [[nodiscard]] std::size_t size() const { return value.size(); }
  [[nodiscard]] std::span<const std::int32_t> path(std::size_t p) const {
    return {nodes.data() + start[p], start[p + 1] - start[p]};
  }
};

/// Every path of at least `threshold` of the footprint.
/// Cost: two solves, one pass over Z. Memory: at most (mean length) / threshold links.
/// @throws Error bad_input  threshold or depth out of range, a footprint of zero, sizes
///               too_large  more paths, steps or links than the limits
///               not_productive, no_convergence as LeontiefSystem
[[nodiscard]] Paths paths_above(const Chain& chain, LeontiefSystem& system, const PathQuestion& q,
                                const PathOptions& options = {},
                                Progress& progress = no_progress());

/// The `count` largest paths, best first by the same bound.
/// @throws Error as paths_above
[[nodiscard]] Paths largest_paths(const Chain& chain, LeontiefSystem& system, const PathQuestion& q,
                                  std::size_t count, const PathOptions& options = {},
                                  Progress& progress = no_progress());

/// `stave paths`.
[[nodiscard]] Analysis paths_analysis();

}  // namespace stave
