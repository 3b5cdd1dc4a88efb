#pragma once
/// Every path from a product back to flagged makers.
///
///   x_P  what the product's makers make, 100 %
///   G    the makers of one flag;  A* = A without the purchases of G
///   by value     share of a path  a_gj a_jk ... x_P / sum(x_P), which ends at the first maker of
///   G:
///                of all money spent on the product, what goes to g along this path
///                share of the flag  1_G' (I - A*)^-1 x_P / sum(x_P), over all its paths
///   by stressor  s_g a_gj ... x_P / M x_P: of the product's footprint, what occurs at g
///
/// Every path of at least the threshold is listed; the rest of the flag's share is its remainder:
/// known to lead there, not known by which path.
///
///   Diligence d = due_diligence(chain, makers, flags, {.threshold = 1e-4});
///
/// Source: Defourny and Thorbecke (1984), Economic Journal 94, 111 (paths).
/// Checked against: plain enumeration and re-solving in tests/footprint/diligence_test.cpp.

#include "stave/core/chain.hpp"
#include "stave/footprint/indicator.hpp"
#include "stave/formats/flag_file.hpp"
#include "stave/position/paths.hpp"

#include <optional>
#include <vector>

namespace stave {

struct DiligenceOptions {
  double threshold = 1e-4;             ///< share of the whole, above 0 and at most 1
  std::optional<Indicator> indicator;  ///< none: by value
};

struct FlagFound {
  double share = 0;   ///< of the whole, over all paths
  double listed = 0;  ///< of the whole, in the paths below
  Paths paths;        ///< values in units of the whole
};

struct Diligence {
  double whole = 0;              ///< what the product's makers make, or its footprint
  std::vector<FlagFound> flags;  ///< one a flag
  double any_flag = 0;           ///< share of all flags together, nothing counted twice
  /// Share of the product's value that is added by makers for whom the chain shows no purchases:
  /// who stands behind them is not known.
  double untraced = 0;
  double imbalance = 0;  ///< worst of the paths' balances
  double residual = 0;   ///< worst of the solves
};

/// Cost: three solves a flag and two more; by value one copy of the flows a flag.
/// @throws Error bad_input  no makers, a product that nobody makes any of, a footprint of zero
///               as paths_above
[[nodiscard]] Diligence due_diligence(const Chain& chain, const std::vector<NodeId>& makers,
                                      const std::vector<Flag>& flags,
                                      const DiligenceOptions& options = {},
                                      Progress& progress = no_progress());

}  // namespace stave
