#pragma once
/// Many cascades at once, for the weighted loss of each: every node closed in turn, every source
/// of a region cut in turn. Shocks run side by side in vector lanes and on all threads; a lane that
/// has come to rest takes the next scenario.
///
/// The same bits as cascade_reference with added_up_risk, for any number of threads and any order
/// of scenarios. Cost: O(n^2) a round and scenario where flows are dense, O(links) where sparse.
/// Memory: twice the flows (once without upstream), and some 100 n doubles a thread.
/// Checked against: cascade_reference (tests/cascade/cascade_all_test.cpp), and through it the
/// authors' program.

#include "stave/cascade/cascade.hpp"
#include "stave/core/matrix.hpp"

#include <functional>

namespace stave {

/// Shares of capacity and of demand that one node loses.
struct NodeShock {
  std::int32_t node = 0;
  double down = 1;
  double up = 1;
};

/// Some nodes shocked, or one node's supply to some buyers cut, or both.
struct CascadeScenario {
  std::vector<NodeShock> shocks;  ///< a node at most once
  std::int32_t cut = -1;  ///< the part of this node that sells to cut_buyers fails; -1: none
};

/// How a cut divides node g into the failing part g' (what it sells to the buyers) and the rest.
///
///   exact   g' and the rest are two nodes: the rest sells to the others only, sigma of each is by
///           its own sales, and inputs go with sales.
///   added   g' is added and fails, but g stays whole: when g falls later it is felt by the buyers
///           a second time. Never less than exact; the convention of the published trial on the
///           world table of 2011.
enum class SplitRule { exact, added };

struct BatchOptions {
  CascadeOptions cascade;
  std::vector<std::uint8_t> cut_buyers = {};  ///< [n] 1: loses what a cut node sold to it
  SplitRule split = SplitRule::exact;
  int threads = 0;  ///< 0: all
  /// Told of every scenario once its rows of the result are written; from any thread. Its rounds
  /// are below 0 where max_rounds were not enough; cascade_rest takes them so.
  std::function<void(std::size_t scenario)> finished = {};
};

struct BatchResult {
  std::size_t weights = 0;
  std::vector<SystemicRisk> risk;  ///< [scenarios x weights]
  std::vector<int> rounds;         ///< [scenarios]; 0: not known
  std::size_t not_converged = 0;   ///< scenarios stopped by max_rounds
  [[nodiscard]] const SystemicRisk& at(std::size_t scenario, std::size_t weight) const {
    return risk[scenario * weights + weight];
  }
};

/// @param weights [k x n], for each row sum w_i (1 - h_i) / sum w
/// @throws Error bad_input  as cascade_reference; a node out of range or shocked twice; a cut
///                          without buyers
///               cancelled  when progress says so
[[nodiscard]] BatchResult cascade_all(const CascadeNetwork& network,
                                      std::span<const CascadeScenario> scenarios,
                                      const MatrixView& weights, const BatchOptions& options = {},
                                      Progress& progress = no_progress());

/// Goes on from a result: scenarios that have rounds are not followed again. When progress says
/// stop, those that have none stay unknown, and nothing is thrown.
void cascade_rest(const CascadeNetwork& network, std::span<const CascadeScenario> scenarios,
                  const MatrixView& weights, const BatchOptions& options, BatchResult& result,
                  Progress& progress = no_progress());
/// Nothing known yet.
[[nodiscard]] BatchResult empty_result(std::size_t scenarios, std::size_t weights);

/// Every node closed in turn: what ESRI asks.
[[nodiscard]] std::vector<CascadeScenario> closures(std::size_t n);

}  // namespace stave
