#include "stave/position/position.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "position/system.hpp"

namespace stave {
namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

// |a - b|, relative to the larger.
double relative_gap(double a, double b) {
  const double scale = std::max(std::abs(a), std::abs(b));
  return scale > 0 ? std::abs(a - b) / scale : 0;
}

}  // namespace

Position positions(CorrectedSystem& system, Progress& progress) {
  const auto& chain = system.chain();
  const auto& x = chain.output();
  const std::vector<double> ones(chain.size(), 1);
  const auto up = system.upstreamness(progress);
  const auto down = system.multipliers(row_matrix(ones).view(), progress);
  Position p;
  double by_users = 0;
  double by_makers = 0;
  for (std::size_t i = 0; i < chain.size(); ++i) {
    const bool makes = x[i] > 0;
    p.upstreamness.push_back(makes ? up.values(i, 0) : unknown);
    p.downstreamness.push_back(makes ? down.values(0, i) : unknown);
    p.final_use_share.push_back(makes ? system.correction().final_use[i] / x[i] : unknown);
    p.value_added_share.push_back(makes ? system.correction().value_added[i] / x[i] : unknown);
    if (!makes) continue;
    by_users += x[i] * up.values(i, 0);
    by_makers += x[i] * down.values(0, i);
  }
  p.imbalance = relative_gap(by_users, by_makers);
  p.residual = std::max(up.residual, down.residual);
  return p;
}

double weighted_mean(const Chain& chain, const std::vector<double>& values,
                     const std::vector<NodeId>& makers) {
  double sum = 0;
  double output = 0;
  for (const auto node : makers) {
    const auto x = chain.output()[node.at()];
    if (!(x > 0)) continue;
    sum += x * values[node.at()];
    output += x;
  }
  return output > 0 ? sum / output : unknown;
}

}  // namespace stave
