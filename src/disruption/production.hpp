#pragma once
/// How much a maker can make from the inputs it has.
///
///   r_k  output that input k allows, as a share of a normal day's; a_k  need of it a normal day
///   leontief          min r_k over every input
///   important_binds   min r_k over critical and important inputs (IHS1)
///   important_half    min over critical r_k and important (1 + r_k) / 2 (IHS2)
///   critical_only     min r_k over critical inputs (IHS3)
///   linear            sum a_k r_k / sum a_k
///
/// Critical and important are essential and non-essential of the chain's recipe.
/// Source: Pichler et al. (2022), J. Econ. Dyn. Control 144, 104527, the five production functions.

#include "stave/core/recipe.hpp"
#include "stave/disruption/simulate.hpp"

#include <cstddef>
#include <limits>
#include <span>

namespace stave {

struct InputLimit {
  double most = std::numeric_limits<double>::infinity();  ///< share of a normal day's output
  std::size_t input = 0;                                  ///< which one binds, the first of equals
};

/// How much of an input's shortage counts: 1 - counts + counts r_k; 0: never binds.
[[nodiscard]] double shortage_counts(ProductionRule rule, Need need);

/// @param ratio   [inputs] r_k
/// @param need    [inputs] a_k above 0; looked at by `linear` alone
/// @param counts  [inputs] of shortage_counts, or 0 for an input that never binds
[[nodiscard]] InputLimit most_from_inputs(ProductionRule rule, std::span<const double> ratio,
                                          std::span<const double> need,
                                          std::span<const double> counts);

}  // namespace stave
