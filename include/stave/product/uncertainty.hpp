#pragma once
/// How sure a footprint is: draws of every uncertain number, and which of them matters.
///
///   const auto drawn = draw_footprints(system, demand, {.plan = {Sampling::random, 1000, 7}});
///   sorted_quantile(drawn.scores, 0.95);
///
/// Each draw has its own T, B and c, and is solved from the middle's answer as first guess. First
/// order by pick-freeze: of two independent draws x, x' of all numbers, y = h(x) and y_k = h(x'
/// with number k of x),
///
///   S_k = (mean(y y_k) - m^2) / (mean((y^2 + y_k^2) / 2) - m^2),   m = mean((y + y_k) / 2)
///
/// Source: Saltelli (2002), Computer Physics Communications 145, 280; the estimator: Janon, Klein,
/// Lagnoux, Nodet, Prieur (2014), ESAIM: Probability and Statistics 18, 342.
/// Cost: draws * (1 + numbers examined) solves; memory: 8 bytes a draw. A draw depends on plan and
/// index alone, sums are added up in the order of fixed parts: the same bits for any thread count.

#include "stave/core/progress.hpp"
#include "stave/product/footprint.hpp"
#include "stave/scenario/sampling.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace stave {

/// What a number does to the footprint, near the middle: |dh/dx| sd(x), from the adjoint.
struct NumberEffect {
  std::size_t number = 0;  ///< of ProductSystem::uncertain
  double derivative = 0;   ///< kg CO2-equivalent per unit of the number
  double deviation = 0;    ///< standard deviation of the number
  double variance = 0;     ///< (derivative * deviation)^2
  double first_order = 0;  ///< S_k; NaN where it was not examined
};

/// Largest variance first. One pass over the entries. Heijungs (2010), Environmental Modelling and
/// Software 25, 1177.
[[nodiscard]] std::vector<NumberEffect> number_effects(const FootprintSystem& system,
                                                       const Footprint& footprint);

struct DrawOptions {
  SamplePlan plan;
  std::size_t examined = 10;  ///< numbers whose S_k is estimated, largest effects first
  double tolerance = 1e-8;    ///< of the iteration, where the system is large
};

struct DrawnFootprints {
  std::vector<double> scores;  ///< [draws]
  double mean = 0;
  double deviation = 0;
  std::vector<NumberEffect> effects;  ///< of every number
  double residual = 0;                ///< largest of any solve
  std::size_t limited = 0;            ///< draws of numbers put on their limit
  std::size_t solves = 0;
  bool partial = false;  ///< stopped: of the first draws only
};

inline constexpr std::uint64_t most_footprint_draws = 1'000'000;

/// @throws Error bad_input  a Sobol plan with more numbers than it has dimensions
///               not_productive  a draw whose loops take more than they make
[[nodiscard]] DrawnFootprints draw_footprints(const FootprintSystem& system,
                                              const Footprint& middle, const DrawOptions& options,
                                              Progress& progress = no_progress());

/// Standard deviation of a distribution.
[[nodiscard]] double deviation_of(const Distribution& distribution);

}  // namespace stave
