#include "stave/cascade/cascade.hpp"
#include "stave/core/error.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace stave {
namespace {

SystemicRisk operator*(double weight, const SystemicRisk& risk) {
  return {weight * risk.both, weight * risk.down, weight * risk.up};
}

void add(SystemicRisk& sum, const SystemicRisk& more) {
  sum.both += more.both;
  sum.down += more.down;
  sum.up += more.up;
}

SystemicRisk loss(double h_d, double h_u) { return {1 - std::min(h_d, h_u), 1 - h_d, 1 - h_u}; }

SystemicRisk share(const SystemicRisk& sum, double total) {
  return total > 0 ? SystemicRisk{sum.both / total, sum.down / total, sum.up / total}
                   : SystemicRisk{};
}

void check_weights(std::span<const double> weights, std::size_t n) {
  if (weights.size() != n)
    throw Error(Errc::bad_input, fmt::format("{} weights for {} nodes", weights.size(), n));
}

}  // namespace

SystemicRisk systemic_risk(const CascadeResult& result, std::span<const double> weights) {
  check_weights(weights, result.h_d.size());
  SystemicRisk sum;
  double total = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    add(sum, weights[i] * loss(result.h_d[i], result.h_u[i]));
    total += weights[i];
  }
  return share(sum, total);
}

std::vector<SystemicRisk> risk_by_product(const CascadeNetwork& network,
                                          const CascadeResult& result,
                                          std::span<const double> weights,
                                          std::span<const double> shock,
                                          std::span<const double> shock_up) {
  check_weights(weights, result.h_d.size());
  if (shock_up.empty()) shock_up = shock;
  std::vector<SystemicRisk> sums(network.products);
  std::vector<double> totals(network.products);
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const auto k = static_cast<std::size_t>(network.product[i]);
    add(sums[k], weights[i] * loss(result.h_d[i], result.h_u[i]));
    add(sums[k], -weights[i] * loss(1 - shock[i], 1 - shock_up[i]));
    totals[k] += weights[i];
  }
  for (std::size_t k = 0; k < sums.size(); ++k) sums[k] = share(sums[k], totals[k]);
  return sums;
}

}  // namespace stave
