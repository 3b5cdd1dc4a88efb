#pragma once
/// What one pass over Z tells before anything is solved.

#include "stave/core/flow_matrix.hpp"

#include <functional>
#include <span>
#include <string>
#include <vector>

namespace stave {

using NodeLabel = std::function<std::string(std::size_t)>;

struct TableScan {
  bool nonnegative = true;                ///< no flow below zero
  std::vector<double> inputs_per_output;  ///< [n] column sums of |A|; 0 where x = 0
};

/// @throws Error bad_input  a flow or an output that is not finite, an output that is negative or
///                          positive but below 1e-200, sizes that differ
[[nodiscard]] TableScan scan_table(const FlowMatrix& flows, std::span<const double> output,
                                   const NodeLabel& label);

/// The label, or "node 17".
[[nodiscard]] std::string name_of(std::size_t node, const NodeLabel& label);

}  // namespace stave
