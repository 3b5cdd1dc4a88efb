// Who adds the value of a final product, against where they stand.
#include "stave/core/error.hpp"
#include "stave/linalg/product.hpp"
#include "stave/position/position.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>

#include <fmt/format.h>

#include "position/system.hpp"

namespace stave {
namespace {

/// A maker in the chain of the product.
struct Maker {
  double distance = 0;  // U - D
  double ratio = 0;     // v / x
  double weight = 0;    // value added in the product
};

// Fewer than three distances carry no parabola.
bool has_three_distances(const std::vector<Maker>& makers) {
  std::vector<double> distances;
  for (const auto& m : makers) distances.push_back(m.distance);
  std::ranges::sort(distances);
  const auto same = [](double a, double b) { return b - a < 1e-6; };
  const auto last = std::ranges::unique(distances, same).begin();
  return last - distances.begin() >= 3;
}

// Weighted least squares about the mean distance, so that its equations are well conditioned.
std::array<double, 3> parabola(const std::vector<Maker>& makers) {
  constexpr double none = std::numeric_limits<double>::quiet_NaN();
  if (!has_three_distances(makers)) return {none, none, none};
  double weight = 0;
  double mean = 0;
  for (const auto& m : makers) {
    weight += m.weight;
    mean += m.weight * m.distance;
  }
  mean /= weight;
  Matrix normal(3, 3);
  Matrix right(3, 1);
  for (const auto& m : makers) {
    const double d = m.distance - mean;
    const std::array<double, 3> powers{1, d, d * d};
    for (std::size_t r = 0; r < 3; ++r) {
      right(r, 0) += m.weight / weight * powers[r] * m.ratio;
      for (std::size_t c = 0; c < 3; ++c) normal(r, c) += m.weight / weight * powers[r] * powers[c];
    }
  }
  const auto fit = solve_dense(std::move(normal), std::move(right));
  const double c = fit(2, 0);
  const double b = fit(1, 0) - 2 * c * mean;
  return {fit(0, 0) - mean * fit(1, 0) + c * mean * mean, b, c};
}

// The distance below which `share` of all value added stands.
double quantile(const std::vector<Maker>& ascending, double share) {
  double whole = 0;
  for (const auto& m : ascending) whole += m.weight;
  double sum = 0;
  for (const auto& m : ascending)
    if ((sum += m.weight) >= share * whole) return m.distance;
  return ascending.back().distance;
}

void fit_curve(SmileCurve& curve, std::vector<Maker> makers) {
  if (makers.empty()) return;
  std::ranges::stable_sort(makers, {}, &Maker::distance);
  const auto fit = parabola(makers);
  curve.a = fit[0];
  curve.b = fit[1];
  curve.c = fit[2];
  curve.lowest = quantile(makers, .01);
  curve.highest = quantile(makers, .99);
}

}  // namespace

SmileCurve smile_curve(CorrectedSystem& system, const Position& position,
                       const std::vector<NodeId>& makers, Progress& progress) {
  const auto& chain = system.chain();
  std::vector<double> use(chain.size());
  SmileCurve curve;
  for (const auto node : makers) {
    use[node.at()] = system.correction().final_use[node.at()];
    curve.final_use += use[node.at()];
  }
  if (!(curve.final_use > 0))
    throw Error(
        Errc::bad_input,
        fmt::format("the product has no final use: {:g} {}", curve.final_use, chain.info().unit),
        "Choose one that is sold to households, government or investors.");
  const auto made = system.requirements(column_matrix(use).view(), progress);
  curve.residual = made.residual;
  curve.value_added.assign(chain.size(), 0);
  std::vector<Maker> parts;
  for (std::size_t i = 0; i < chain.size(); ++i) {
    if (!(chain.output()[i] > 0)) continue;
    const double ratio = position.value_added_share[i];
    curve.value_added[i] = ratio * made.values(i, 0);
    const double distance = position.upstreamness[i] - position.downstreamness[i];
    if (curve.value_added[i] > 0) parts.push_back({distance, ratio, curve.value_added[i]});
  }
  const double sum = std::accumulate(curve.value_added.begin(), curve.value_added.end(), 0.0);
  curve.imbalance = std::abs(sum - curve.final_use) / curve.final_use;
  fit_curve(curve, std::move(parts));
  return curve;
}

}  // namespace stave
