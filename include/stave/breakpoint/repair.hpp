#pragma once
/// The smallest set of additions after which no break set found remains.
///
///   z_s = 1: source s gets a second source, a stock or a substitute, so that its loss alone no
///            longer counts
///   min  sum_s z_s     subject to   sum_{s in B} z_s >= 1 for every break set B

#include "stave/breakpoint/breakpoint.hpp"

#include <cstdint>
#include <vector>

namespace stave {

struct RepairOptions {
  double seconds = 20;              ///< for the exact solve
  std::size_t max_exact = 200'000;  ///< break sets beyond which only the greedy answer is given
};

struct Repair {
  std::vector<std::int32_t> sources;  ///< to be backed, those that mend most sets first
  std::vector<std::int64_t> mends;    ///< [sources] break sets that each one is the first to mend
  double lower_bound = 0;             ///< no fewer additions can do it
  bool optimal = false;               ///< proven: sources.size() == ceil(lower_bound)
};

/// Exact by branch and cut (Cbc) where the sets are few enough, else greedy with its bound: the
/// greedy answer is at most H(d) = 1 + 1/2 + ... + 1/d times the least, d the sets of one source.
/// Source: Chvatal (1979), Mathematics of Operations Research 4, 233-235.
[[nodiscard]] Repair repair(const BreakSets& found, const RepairOptions& options = {});

}  // namespace stave
