#pragma once
/// Every node closed in turn, under the rules asked for and under others.

#include "stave/cascade/cascade_top.hpp"
#include "stave/systemic/systemic.hpp"

namespace stave {

/// The closures once more, with one rule changed.
struct ClosureVariant {
  std::string rule;
  double eps = 0;
  BatchResult result;
  double correlation = 0;           ///< of the ranks by the first weight
  std::vector<std::size_t> enters;  ///< closures new in the list, by rank
  std::vector<std::size_t> leaves;
};

struct Closures {
  std::vector<NodeId> nodes;  ///< who is closed, in the chain's order
  BatchResult result;
  std::vector<std::size_t> order;  ///< those known, by ESRI of the first weight, largest first
  std::size_t kept = 0;            ///< of them, known from an earlier run
  bool interrupted =
      false;  ///< the user had enough: some are not known, or some rules were not tried
  std::size_t excluded = 0;  ///< not known, but proven not to be in the list
  double bound = 0;          ///< none of these loses more
  std::vector<ClosureVariant> variants;
};

/// How far to go, and from where.
struct ClosureSearch {
  std::size_t list = 0;  ///< how many of the ranking count as the list that names enter and leave
  bool variants = true;  ///< also under other rules
  bool all = true;       ///< follow every cascade to its end, also those that cannot be in the list
  std::string resume;    ///< file of finished stops to go on from; empty: none
};

/// Under the rules asked for; with variants also at eps / 10, without the cushion of final use
/// where there is one, and with no input essential.
/// @throws Error cancelled  before anything is finished
[[nodiscard]] Closures close_each(const ChainCascade& cascade, std::vector<NodeId> nodes,
                                  const std::vector<Weighting>& weights,
                                  const CascadeOptions& options, const ClosureSearch& search,
                                  Progress& progress);
/// Known closures by one weight, largest loss first; equal ones in the chain's order.
[[nodiscard]] std::vector<std::size_t> order_by(const BatchResult& result, std::size_t weight);
/// ESRI of every closure, by one weight.
[[nodiscard]] std::vector<double> esri_of(const BatchResult& result, std::size_t weight);

}  // namespace stave
