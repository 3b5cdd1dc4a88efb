#pragma once
/// Chains of several years side by side: the same regions and products, earliest first.
///
///   const Years years = in_years(chain, arguments.chains("later"));
///   years.label[k];   // "2011"

#include "stave/core/chain.hpp"

#include <string>
#include <vector>

namespace stave {

struct Years {
  std::vector<Chain> chains;
  /// Years where all are known and none stands twice; otherwise the names of the chains, and the
  /// chains stay in the order given.
  std::vector<std::string> label;

  [[nodiscard]] std::size_t size() const { return chains.size(); }
};

/// @throws Error bad_input  regions or products of the chains differ: it asks for the concordance
[[nodiscard]] Years in_years(const Chain& chain, const std::vector<Chain>& others);

/// @throws Error bad_input  one has a region or product that the other has not, by code
void require_same_classification(const Chain& a, const Chain& b);

}  // namespace stave
