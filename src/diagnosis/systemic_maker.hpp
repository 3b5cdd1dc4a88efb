#pragma once
/// Whose stop would cost most: the makers of a region closed in turn, as `stave systemic` does.

#include "stave/core/chain.hpp"
#include "stave/core/progress.hpp"

#include <cstddef>
#include <vector>

namespace stave {

/// Shares of 1.
struct SystemicMaker {
  NodeId node;
  double esri = 0;         ///< of the whole chain's output, its own included
  double region_loss = 0;  ///< of the region's output
  double own = 0;          ///< its part of the whole chain's output
};

struct SystemicMakers {
  std::vector<SystemicMaker> closed;  ///< all that were closed, the one that costs most first
  std::size_t makers = 0;             ///< of the region
  double output_share = 0;            ///< of the region's output, made by those closed
  std::size_t not_converged = 0;
};

struct ClosureOptions {
  bool market = true;    ///< others step in by market share
  std::size_t most = 0;  ///< makers closed, the largest by output; 0: all
};

/// @throws Error as cascade_all
[[nodiscard]] SystemicMakers systemic_makers(const Chain& chain, RegionId region,
                                             const ClosureOptions& options, Progress& progress);

}  // namespace stave
