#pragma once
/// Every node closed in turn, under the rules asked for and under others.

#include "stave/cascade/cascade_all.hpp"
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
  std::vector<std::size_t> order;  ///< closures by ESRI of the first weight, largest first
  std::vector<ClosureVariant> variants;
};

/// @param list    how many of the ranking count as the list that names enter and leave
/// @param variants also at eps / 10, without the cushion of final use where there is one, and with
///                 no input essential
[[nodiscard]] Closures close_each(const ChainCascade& cascade, std::vector<NodeId> nodes,
                                  const std::vector<Weighting>& weights,
                                  const CascadeOptions& options, std::size_t list, bool variants,
                                  Progress& progress);
/// Closures by one weight, largest loss first; equal ones in the chain's order.
[[nodiscard]] std::vector<std::size_t> order_by(const BatchResult& result, std::size_t weight);
/// ESRI of every closure, by one weight.
[[nodiscard]] std::vector<double> esri_of(const BatchResult& result, std::size_t weight);

}  // namespace stave
