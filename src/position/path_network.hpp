#pragma once
/// The links that can lie on a path of some size, and what is known before any path is followed.

#include "stave/position/paths.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace stave {

/// One supplier of a node.
struct PathLink {
  std::int32_t from = 0;
  double share = 0;  ///< a_ij
};

/// What bounds all paths: solved once.
struct PathBounds {
  std::vector<double> intensity;   ///< s
  std::vector<double> use;         ///< y
  std::vector<double> multiplier;  ///< M = s L
  std::vector<double> reach;       ///< |s| L of |A|: no upstream sum exceeds reach x weight
  std::vector<double> most;        ///< L |y| of |A|: no weight of a node exceeds it
  double footprint = 0;            ///< s L y
  double residual = 0;
};

/// @throws Error as paths_above
[[nodiscard]] PathBounds path_bounds(const Chain& chain, LeontiefSystem& system,
                                     const PathQuestion& question, Progress& progress);

/// The suppliers of every node that can be on a path with something of at least `least` upstream:
/// reach_i |a_ij| most_j >= least. Largest reach_i |a_ij| first, so that a search stops at the
/// first that is too small.
class PathNetwork {
 public:
  /// @throws Error too_large beyond limit::max_path_links
  PathNetwork(const Chain& chain, const PathBounds& bounds, double least, Progress& progress);

  [[nodiscard]] std::span<const PathLink> suppliers(std::int32_t node) const {
    const auto j = static_cast<std::size_t>(node);
    return {links_.data() + start_[j], start_[j + 1] - start_[j]};
  }
  [[nodiscard]] std::size_t links() const { return links_.size(); }

 private:
  std::vector<std::size_t> start_;
  std::vector<PathLink> links_;
};

/// Rounding in a bound loses no path that is just large enough.
inline constexpr double bound_slack = 1e-9;

}  // namespace stave
