#pragma once
/// A chain with fewer (or split) regions and products: countries into unions, sectors into groups.
///
///   w_iI [n x m]  share of node i that goes to node I = region weight x product weight;
///                 the weights of one `from` sum to 1
///   Z'_IJ = sum_ij w_iI Z_ij w_jJ      Y'_Ik = sum_i,c w_iI Y_ic w_ck     V' = V w     F' = F w
///
///   Concordance regions{{{"CHN", "CHN"}, {"JPN", "EAS"}, {"KOR", "EAS"}}};
///   auto small = aggregate(chain, regions, {});   // products as they are
///   small.chain; small.worst();                   // totals are conserved to rounding

#include "stave/core/chain.hpp"

#include <map>
#include <string>
#include <vector>

namespace stave {

/// What becomes of each region, or of each product. Without entries all stay as they are.
struct Concordance {
  struct Entry {
    std::string from;     ///< code or name in the chain
    std::string to;       ///< code of a target
    double weight = 1;    ///< share of `from` that goes to `to`
    std::size_t row = 0;  ///< in `file`, for messages; 0 when typed in a program
  };
  std::vector<Entry> entries;
  /// Targets in the order they are to have, with names and kinds; empty: the codes in `to`, in the
  /// order of their first appearance, and the kind all their members share.
  std::vector<Item> targets;
  std::vector<Item> groups;  ///< parents of the targets
  std::string file;          ///< where the entries stand, for messages and notes

  [[nodiscard]] bool is_identity() const { return entries.empty() && targets.empty(); }
};

/// How a numeric column of merged nodes or regions comes about. Where a member is unknown, a sum is
/// unknown; a mean is that of the known members, weighted by output.
enum class Merge { sum, mean, drop };
/// The rule when none is given: amounts (persons, employees, tonnes, energy, area, the chain's
/// money) are summed; degrees of latitude and longitude are dropped; everything else (days, shares,
/// anything per something) is averaged. Nothing is lost where nothing is merged.
[[nodiscard]] Merge default_merge(const Attribute& attribute, const ChainInfo& info);

struct AggregateOptions {
  std::map<std::string, Merge> attributes;  ///< by name, where the default rule is not meant
};

/// One total before and after.
struct ConservedTotal {
  std::string what;  ///< "flows", "final use", "stressor co2" ...
  std::string unit;
  double before = 0;
  double after = 0;
  double scale = 0;  ///< sum of absolute values before: what rounding is measured against
  [[nodiscard]] double relative_miss() const;
};

struct Aggregation {
  Chain chain;
  std::vector<ConservedTotal> totals;
  /// Largest relative miss of all totals; rounding leaves about 1e-13.
  [[nodiscard]] double worst() const;
};

/// Nodes are merged by (region, product) and ordered by region, then product; a node that only
/// keeps its labels keeps its id and name. Final-use columns are merged by (region, category).
/// A stressor cell takes the worst quality of its members; a split one is estimated at best.
/// A recipe of the chain's own: the need that carries most of the flow between the members (the
/// stronger of equals). What was merged, split or dropped stands in the notes of the result.
///
/// Cost: one pass over Z, O(m^2) memory for dense flows (m = nodes of the result), no copy of Z.
/// @throws Error not_found  an entry names a region or product the chain does not have
///               bad_input  one the chain has is in no entry, an unknown target, a repeated pair, a
///                          weight outside 0 .. 1, weights that do not sum to 1 (to 1e-5), or a
///                          cell of the chain that is not finite
///               too_large  splitting makes more nodes or links than limit.hpp allows
/// Source: Miller and Blair (2009), Input-Output Analysis, section 4.9 (aggregation matrix).
/// Checked against: hand calculations and S Z S' in tests/core/aggregate_test.cpp.
[[nodiscard]] Aggregation aggregate(const Chain& chain, const Concordance& regions,
                                    const Concordance& products,
                                    const AggregateOptions& options = {});

}  // namespace stave
