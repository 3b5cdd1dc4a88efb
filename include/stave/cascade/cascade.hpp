#pragma once
/// Who drags whom down: the generalised Leontief cascade (ESRI).
///
///   W [n x n]   sales of i to j per year (the chain's Z)
///   p [n]       product of each node;  E [k, l] the recipe: need of product k by makers of l
///   h_d [n]     output still possible given suppliers, share of normal, 0 to 1
///   h_u [n]     output still wanted given customers, share of normal, 0 to 1
///
/// Source: Diem, Borsos, Reisch, Kertesz, Thurner (2022), Scientific Reports 12, 7719.

#include "stave/core/chain.hpp"
#include "stave/core/progress.hpp"

#include <span>
#include <vector>

namespace stave {

/// The network a cascade runs on. From a chain, or put together (a node split in two, say).
struct CascadeNetwork {
  const FlowMatrix* flows = nullptr;  ///< W
  std::vector<std::int32_t> product;  ///< p [n], 0 .. products - 1
  std::vector<std::int32_t> market;   ///< market(i) [n] for substitution; usually p
  std::size_t products = 0;
  const Recipe* recipe = nullptr;    ///< E
  std::vector<double> revenue = {};  ///< [n]; empty: sales, row sums of W
  std::vector<double> cost = {};     ///< [n]; empty: purchases, column sums of W
};
/// A view of the chain's own flows and recipe; the chain must outlive it.
[[nodiscard]] CascadeNetwork cascade_network(const Chain& chain);

enum class StopRule { largest_fall, loss_growth };

struct CascadeOptions {
  bool market = true;  ///< others step in by market share (sigma); off: sigma = 1
  double eps = 0.01;   ///< stop when no h fell by more in a round
  StopRule stop = StopRule::largest_fall;
  int max_rounds = 100'000;
  bool upstream = true;  ///< also follow lost demand; off: h_u stays at its start
  bool downstream = true;
  /// fastcascade's guard: a market with less than 1e-10 left counts as 1. Depends on the unit of
  /// money, so off unless compatibility is asked for; off, sigma is then 1.
  bool glcascade_guard = false;
};

struct CascadeResult {
  std::vector<double> h_d;  ///< [n]
  std::vector<double> h_u;  ///< [n]
  int rounds = 0;           ///< every update counts, the last too
  bool converged = true;    ///< false: max_rounds were not enough, h is as far as it got
};

/// One shock, the slow and obvious way: every equation as it is printed, one round after another.
/// @param shock     [n] share of capacity lost, 0 to 1
/// @param shock_up  [n] share of demand lost; empty: the same as shock
/// Cost: O(links) time a round.
/// @throws Error bad_input  a shock outside 0 .. 1, or not finite, or of the wrong length
[[nodiscard]] CascadeResult cascade_reference(const CascadeNetwork& network,
                                              std::span<const double> shock,
                                              std::span<const double> shock_up = {},
                                              const CascadeOptions& options = {});

/// ESRI = sum w_i (1 - min(h_d, h_u)) / sum w, and one side of it alone.
struct SystemicRisk {
  double both = 0;
  double down = 0;
  double up = 0;
};
[[nodiscard]] SystemicRisk systemic_risk(const CascadeResult& result,
                                         std::span<const double> weights);

}  // namespace stave
