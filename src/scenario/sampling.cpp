#include "stave/scenario/sampling.hpp"

#include "stave/core/random.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <span>

namespace stave {
namespace {

constexpr double least_u = 0x1.0p-53;

// AS 241: |p - .5| <= .425; beyond it r = sqrt(-log(p)) up to 5; further out.
constexpr std::array central_over{3.3871328727963666080e0,  1.3314166789178437745e+2,
                                  1.9715909503065514427e+3, 1.3731693765509461125e+4,
                                  4.5921953931549871457e+4, 6.7265770927008700853e+4,
                                  3.3430575583588128105e+4, 2.5090809287301226727e+3};
constexpr std::array central_under{1.0,
                                   4.2313330701600911252e+1,
                                   6.8718700749205790830e+2,
                                   5.3941960214247511077e+3,
                                   2.1213794301586595867e+4,
                                   3.9307895800092710610e+4,
                                   2.8729085735721942674e+4,
                                   5.2264952788528545610e+3};
constexpr std::array tail_over{1.42343711074968357734e0,  4.63033784615654529590e0,
                               5.76949722146069140550e0,  3.64784832476320460504e0,
                               1.27045825245236838258e0,  2.41780725177450611770e-1,
                               2.27238449892691845833e-2, 7.74545014278341407640e-4};
constexpr std::array tail_under{1.0,
                                2.05319162663775882187e0,
                                1.67638483018380384940e0,
                                6.89767334985100004550e-1,
                                1.48103976427480074590e-1,
                                1.51986665636164571966e-2,
                                5.47593808499534494600e-4,
                                1.05075007164441684324e-9};
constexpr std::array far_over{6.65790464350110377720e0,  5.46378491116411436990e0,
                              1.78482653991729133580e0,  2.96560571828504891230e-1,
                              2.65321895265761230930e-2, 1.24266094738807843860e-3,
                              2.71155556874348757815e-5, 2.01033439929228813265e-7};
constexpr std::array far_under{1.0,
                               5.99832206555887937690e-1,
                               1.36929880922735805310e-1,
                               1.48753612908506148525e-2,
                               7.86869131145613259100e-4,
                               1.84631831751005468180e-5,
                               1.42151175831644588870e-7,
                               2.04426310338993978564e-15};

double inside(double u) { return std::clamp(u, least_u, 1 - least_u); }

// a[0] + a[1] t + ...
double polynomial(std::span<const double> a, double t) {
  double sum = 0;
  for (std::size_t k = a.size(); k-- > 0;) sum = sum * t + a[k];
  return sum;
}

double ratio(std::span<const double> over, std::span<const double> under, double t) {
  return polynomial(over, t) / polynomial(under, t);
}

double triangular_quantile(double low, double likeliest, double high, double u) {
  if (high <= low) return low;
  const double split = (likeliest - low) / (high - low);
  return u < split ? low + std::sqrt(u * (high - low) * (likeliest - low))
                   : high - std::sqrt((1 - u) * (high - low) * (high - likeliest));
}

// One of `size` places for each of them: rounds of a Feistel network over the next power of four,
// repeated until the place is one of ours (Black and Rogaway 2002, CT-RSA, cycle walking).
std::uint64_t shuffled(std::uint64_t place, std::uint64_t size, std::uint64_t seed,
                       std::uint64_t stream) {
  const auto bits = static_cast<unsigned>(std::bit_width(size - 1) + 1) / 2;
  const std::uint64_t mask = (1ULL << bits) - 1;
  do {
    std::uint64_t left = place >> bits;
    std::uint64_t right = place & mask;
    for (std::uint64_t round = 0; round < 6; ++round) {
      const auto mixed = left ^ (random_bits(seed, 8 * stream + round, right) & mask);
      left = right;
      right = mixed;
    }
    place = left << bits | right;
  } while (place >= size);
  return place;
}

constexpr std::uint64_t shuffle_stream = 1ULL << 40;
constexpr std::uint64_t owen_stream = 1ULL << 41;

double latin_hypercube(const SamplePlan& plan, std::uint64_t draw, std::size_t number) {
  const auto part =
      plan.draws < 2 ? 0 : shuffled(draw, plan.draws, plan.seed, shuffle_stream + number);
  return (static_cast<double>(part) + random_uniform(plan.seed, number, draw)) /
         static_cast<double>(plan.draws);
}

// Nested uniform scrambling: each bit is turned or not by what stands before it.
std::uint32_t owen_scrambled(std::uint32_t point, std::uint64_t seed, std::size_t number) {
  std::uint32_t result = 0;
  for (unsigned bit = 0; bit < 32; ++bit) {
    const std::uint64_t before = bit == 0 ? 0 : point >> (32 - bit);
    const auto turn = random_bits(seed, owen_stream + number, (1ULL << bit) | before) >> 63;
    result |= (((point >> (31 - bit)) & 1U) ^ static_cast<std::uint32_t>(turn)) << (31 - bit);
  }
  return result;
}

}  // namespace

double normal_quantile(double p) {
  const double q = p - 0.5;
  if (std::abs(q) <= 0.425) return q * ratio(central_over, central_under, 0.180625 - q * q);
  const double r = std::sqrt(-std::log(q < 0 ? p : 1 - p));
  const double z =
      r <= 5 ? ratio(tail_over, tail_under, r - 1.6) : ratio(far_over, far_under, r - 5);
  return q < 0 ? -z : z;
}

double quantile(const Distribution& distribution, double u) {
  const auto& v = distribution.values;
  switch (distribution.shape) {
    case Distribution::Shape::constant:
      break;
    case Distribution::Shape::uniform:
      return v[0] + u * (v[1] - v[0]);
    case Distribution::Shape::triangular:
      return triangular_quantile(v[0], v[1], v[2], u);
    case Distribution::Shape::normal:
      return v[0] + v[1] * normal_quantile(inside(u));
    case Distribution::Shape::lognormal:
      return v[0] * std::exp(std::log(v[1]) * normal_quantile(inside(u)));
    case Distribution::Shape::choice:
      return v[std::min(v.size() - 1, static_cast<std::size_t>(u * static_cast<double>(v.size())))];
  }
  return v[0];
}

double sorted_quantile(std::span<const double> sorted, double q) {
  const double at = q * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(at);
  if (below + 1 >= sorted.size()) return sorted.back();
  const double part = at - static_cast<double>(below);
  return sorted[below] + part * (sorted[below + 1] - sorted[below]);
}

double middle(const Distribution& distribution) { return quantile(distribution, 0.5); }

double sample(const SamplePlan& plan, std::uint64_t draw, std::size_t number) {
  switch (plan.sampling) {
    case Sampling::latin_hypercube:
      return inside(latin_hypercube(plan, draw, number));
    case Sampling::sobol: {
      const auto point = sobol_bits(static_cast<std::uint32_t>(draw), number);
      return (owen_scrambled(point, plan.seed, number) + 0.5) * 0x1.0p-32;
    }
    case Sampling::random:
      break;
  }
  return inside(random_uniform(plan.seed, number, draw));
}

}  // namespace stave
