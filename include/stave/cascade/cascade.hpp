#pragma once
/// Who drags whom down: the generalised Leontief cascade (ESRI).
///
///   W [n x n]   sales of i to j per year (the chain's Z)
///   p [n]       product of each node;  E [k, l] the recipe: need of product k by makers of l
///   h_d [n]     output still possible given suppliers, share of normal, 0 to 1
///   h_u [n]     output still wanted given customers, share of normal, 0 to 1
///
///   out_i = sum_j W_ij,  in_j = sum_i W_ij,  Pi_jk = sum_{i in k} W_ij
///   D_ij = W_ij / Pi_{j,p(i)} (essential), W_ij / in_j (non-essential), 0 (none);  U_ij = W_ij /
///   out_i sigma_i = min(1, out_i / sum_{j in market(i)} h_d_j out_j) h_d_j <- max(0, min(1 -
///   shock_j, 1 - max_k sum_{i in k} D_ij sigma_i (1 - h_d_i),
///                       1 - sum_{i non-essential} D_ij sigma_i (1 - h_d_i)))
///   h_u_i <- max(0, min(1 - shock_up_i, 1 - sum_j U_ij (1 - h_u_j)))
///
/// All values of a round are made from those of the round before. Sums over suppliers run product
/// by product, within a product by node, so that every engine gives the same bits.
///
/// Source: Diem, Borsos, Reisch, Kertesz, Thurner (2022), Scientific Reports 12, 7719.
/// Checked against: six, eleven, 101 and 1,000 firms of the authors' program, to 12 digits
/// (tests/cascade/published_test.cpp).

#include "stave/core/chain.hpp"
#include "stave/core/progress.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace stave {

/// The network a cascade runs on. From a chain, or put together.
struct CascadeNetwork {
  const FlowMatrix* flows = nullptr;  ///< W: finite and not negative
  std::vector<std::int32_t> product;  ///< p [n], 0 .. products - 1
  std::vector<std::int32_t> market;   ///< market(i) [n] for substitution; usually p
  std::size_t products = 0;
  const Recipe* recipe = nullptr;    ///< E
  std::vector<double> revenue = {};  ///< [n] below U instead of sales; empty: sales
  std::vector<double> cost = {};     ///< [n] D is multiplied by in / cost; empty: not
  std::vector<double> output = {};   ///< [n] the out of sigma; empty: sales, row sums of W
};
/// A view of the chain's own flows and recipe; the chain must outlive it.
[[nodiscard]] CascadeNetwork cascade_network(const Chain& chain);
/// @throws Error bad_input  arrays that do not fit, products or markets out of range, a negative
///                          or not finite flow, revenue, cost or output (named by its node)
void check_network(const CascadeNetwork& network);

enum class StopRule {
  largest_fall,  ///< no h fell by more than eps in the round
  loss_growth    ///< sum of out (1 - min(h_d, h_u)) grew by no more than eps of itself
};

struct CascadeOptions {
  bool market = true;  ///< others step in by market share (sigma); off: sigma = 1
  double eps = 0.01;   ///< see StopRule
  StopRule stop = StopRule::largest_fall;
  int max_rounds = 100'000;
  bool upstream = true;  ///< also follow lost demand; off: h_u stays at its start
  bool downstream = true;
  /// fastcascade's guard: a market with no more than 1e-10 left counts as 1. Depends on the unit
  /// of money, so off unless compatibility is asked for; off, sigma is then 1.
  bool glcascade_guard = false;
};

struct CascadeResult {
  std::vector<double> h_d;  ///< [n]
  std::vector<double> h_u;  ///< [n]
  int rounds = 0;           ///< every update counts, the last too
  bool converged = true;    ///< false: max_rounds were not enough, h is as far as it got
  std::vector<double> h_u_before = {};  ///< [n] before the last round; by cascade_reference alone
};

/// One shock, the slow and obvious way: every equation as it is printed, one round after another.
/// @param shock     [n] share of capacity lost, 0 to 1
/// @param shock_up  [n] share of demand lost; empty: the same as shock
/// Cost: O(links) time a round, O(n products) memory.
/// @throws Error bad_input  a shock outside 0 .. 1, or not finite, or of the wrong length; an eps
///                          that is negative or not finite; what check_network refuses
[[nodiscard]] CascadeResult cascade_reference(const CascadeNetwork& network,
                                              std::span<const double> shock,
                                              std::span<const double> shock_up = {},
                                              const CascadeOptions& options = {});

/// ESRI = sum w_i (1 - min(h_d, h_u)) / sum w, and one side of it alone; 0 where sum w = 0.
struct SystemicRisk {
  double both = 0;
  double down = 0;
  double up = 0;
};
[[nodiscard]] SystemicRisk systemic_risk(const CascadeResult& result,
                                         std::span<const double> weights);
/// The same as cascade_all adds it up, to the bit. Orders are counted by who lost them, where
/// shares of sales add to no more than 1 and upstream is on (elsewhere as systemic_risk):
///
///   sum w l_u = sum_j (U' w)_j (1 - h_u_before_j) + sum_shocked w_s (l_u_s - sum_j U_sj (1 -
///   h_u_before_j)), and sum w max(l_d, l_u) = sum w l_u + sum w max(0, h_u - h_d)
///
/// @param shock_up  as cascade_reference was given it, never empty
[[nodiscard]] SystemicRisk added_up_risk(const CascadeNetwork& network, const CascadeResult& result,
                                         std::span<const double> weights,
                                         std::span<const double> shock_up,
                                         const CascadeOptions& options = {});
/// The same within each product, less the initial shock's own part: [products].
[[nodiscard]] std::vector<SystemicRisk> risk_by_product(const CascadeNetwork& network,
                                                        const CascadeResult& result,
                                                        std::span<const double> weights,
                                                        std::span<const double> shock,
                                                        std::span<const double> shock_up = {});

}  // namespace stave
