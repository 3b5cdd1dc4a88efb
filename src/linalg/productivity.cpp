#include "linalg/productivity.hpp"

#include "stave/core/error.hpp"
#include "stave/core/random.hpp"
#include "stave/linalg/leontief.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace stave {
namespace {

constexpr int power_passes = 50;
constexpr int radius_passes = 300;  // enough for a message
constexpr double just_below_one = 1 - 1e-12;
constexpr double clearly_fading =
    1e-3;  // of a vector near 1, where flows below zero allow no proof

double largest(std::span<const double> v) {
  double most = 0;
  for (const double e : v) most = std::max(most, std::abs(e));
  return most;
}

// Ones, for which the powers are column sums: a norm where flows are nonnegative. Where they are
// not, anything without a pattern, so that no growing part of it cancels.
Matrix first_vector(std::size_t n, const TableScan& scan) {
  Matrix v(n, 1);
  for (std::size_t i = 0; i < n; ++i)
    v.data()[i] = scan.nonnegative ? 1 : 1 + random_uniform(1, 0, i);
  return v;
}

std::string radius_words(const SpectralRadius& radius) {
  if (radius.converged) return fmt::format("spectral radius {:.6g}", radius.value);
  return fmt::format("spectral radius about {:.6g}, between {:.6g} and {:.6g}", radius.value,
                     radius.lower, radius.upper);
}

[[noreturn]] void refuse(const SpectralRadius& radius, const TableScan& scan,
                         const NodeLabel& label) {
  const auto& inputs = scan.inputs_per_output;
  const auto worst = std::max_element(inputs.begin(), inputs.end());
  std::string blame;
  if (worst != inputs.end() && *worst > 1)
    blame = fmt::format("; the inputs of {} are {:.6g} times its output",
                        name_of(static_cast<std::size_t>(worst - inputs.begin()), label), *worst);
  throw Error(Errc::not_productive,
              fmt::format("the table is not productive: {}{}", radius_words(radius), blame),
              blame.empty() ? "Some nodes together need all they make, or more, to make it."
                            : "Compare that node's inputs and output with the source.");
}

}  // namespace

void refuse_unproductive(const LeontiefOperator& system, const TableScan& scan,
                         const NodeLabel& label) {
  refuse(spectral_radius(system.flows(), system.output(), 1e-6, radius_passes), scan, label);
}

void require_productive(const LeontiefOperator& system, const TableScan& scan,
                        const NodeLabel& label) {
  if (largest(scan.inputs_per_output) < just_below_one) return;
  auto powers = first_vector(system.size(), scan);
  for (int pass = 0; pass < power_passes; ++pass) {
    powers = system.coefficients_times(powers, true);
    const double most = largest(powers.values());
    if (most < (scan.nonnegative ? just_below_one : clearly_fading)) return;
    if (!(most < 1e100)) break;
  }
  const auto radius = spectral_radius(system.flows(), system.output(), 1e-6, radius_passes);
  if (radius.upper < 1) return;
  if (radius.lower >= 1 || radius.value >= 1) refuse(radius, scan, label);
}

}  // namespace stave
