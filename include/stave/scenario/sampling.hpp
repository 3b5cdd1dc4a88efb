#pragma once
/// Numbers that are not known for sure: what they may be, and draws of many of them together.
///
///   const Distribution share{Distribution::Shape::uniform, {0.2, 0.6}};
///   const double u = sample({Sampling::sobol, 200, 7}, 3, 0);   // draw 3 of 200, first number
///   const double value = quantile(share, u);
///
/// A draw depends on the plan and its index alone, so that any thread may make any draw.
///
/// Sources: McKay, Beckman, Conover (1979), Technometrics 21, 239 (Latin hypercube); Joe and Kuo
/// (2008), SIAM Journal on Scientific Computing 30, 2635 (Sobol direction numbers); Owen (1995),
/// in Monte Carlo and Quasi-Monte Carlo Methods in Scientific Computing, 299 (scrambling); Wichura
/// (1988), Applied Statistics 37, 477 (inverse normal, AS 241).

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace stave {

struct Distribution {
  enum class Shape {
    constant,    ///< value
    uniform,     ///< low, high
    triangular,  ///< low, likeliest, high
    normal,      ///< mean, standard deviation
    lognormal,   ///< median, geometric standard deviation (exp of the deviation of the logarithm)
    choice       ///< any of these, each as likely
  };
  Shape shape = Shape::constant;
  std::vector<double> values;
};

/// The value below which a share u of the draws lie. @param u  0 to 1; a normal stops 8.2 standard
/// deviations from its mean
[[nodiscard]] double quantile(const Distribution& distribution, double u);
/// quantile(.5)
[[nodiscard]] double middle(const Distribution& distribution);
/// The value below which a share q of the sorted values lie, between neighbours in proportion.
[[nodiscard]] double sorted_quantile(std::span<const double> sorted, double q);
/// z with Phi(z) = p, 0 < p < 1; relative error about 1e-16.
[[nodiscard]] double normal_quantile(double p);

enum class Sampling {
  latin_hypercube,  ///< each number falls once into each of `draws` equal parts of its range
  sobol,            ///< scrambled Sobol points: parts of every pair of ranges evenly filled too
  random            ///< each draw by itself
};

inline constexpr std::size_t most_sobol_numbers = 53;

struct SamplePlan {
  Sampling sampling = Sampling::latin_hypercube;
  std::uint64_t draws = 1;
  std::uint64_t seed = 1;
};

/// u in (0, 1) of a number in a draw. Cost: O(1).
/// @param draw    0 to plan.draws - 1, below 2^32
/// @param number  0 to most_sobol_numbers - 1 where the plan is sobol
[[nodiscard]] double sample(const SamplePlan& plan, std::uint64_t draw, std::size_t number);

/// Point of the Sobol sequence without scrambling, in the order of its index (no Gray code), as the
/// first 32 bits behind the point.
[[nodiscard]] std::uint32_t sobol_bits(std::uint32_t index, std::size_t number);

}  // namespace stave
