#include "stave/core/random.hpp"
#include "stave/linalg/leontief.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "linalg/columns.hpp"
#include "linalg/components.hpp"
#include "linalg/leontief_operator.hpp"
#include "linalg/table_scan.hpp"

namespace stave {
namespace {

constexpr double shift = 0.1;  // of the growth a pass, added to A: damps oscillation in pure cycles
constexpr double tiny = 1e-250;

// The flows among some nodes, as a table of their own.
FlowMatrix flows_among(const FlowMatrix& flows, const std::vector<std::int32_t>& nodes) {
  std::vector<std::int32_t> place(flows.size(), -1);
  for (std::size_t r = 0; r < nodes.size(); ++r) place[nodes[r]] = static_cast<std::int32_t>(r);
  std::vector<Flow> own;
  for (const auto i : nodes)
    flows.for_each_in_row(static_cast<std::size_t>(i), [&](std::size_t j, double v) {
      if (place[j] >= 0) own.push_back({place[i], place[j], v});
    });
  return FlowMatrix::from_flows(nodes.size(), std::move(own));
}

// Power iteration on A among `nodes`, which all need one another. Others hold 0 throughout.
class Perron {
 public:
  Perron(const LeontiefOperator& system, std::vector<std::int32_t> nodes)
      : system_(system), nodes_(std::move(nodes)), v_(system.size(), 1) {
    for (const auto i : nodes_) v_.data()[i] = 1;
  }

  SpectralRadius run(double tolerance, int max_passes) {
    SpectralRadius r;
    r.upper = std::numeric_limits<double>::infinity();
    r.converged = false;
    while (r.passes < max_passes && !r.converged) {
      const auto w = system_.coefficients_times(v_, false);
      ++r.passes;
      bound(w, r);
      r.converged = r.upper - r.lower <= tolerance * r.upper;
      step(w);
    }
    r.value = 0.5 * (r.lower + r.upper);
    return r;
  }

 private:
  void bound(const Matrix& w, SpectralRadius& r) const {
    double least = std::numeric_limits<double>::infinity();
    double most = 0;
    for (const auto i : nodes_) {
      const double ratio = w.data()[i] / v_.data()[i];
      least = std::min(least, ratio);
      most = std::max(most, ratio);
    }
    r.lower = std::max(r.lower, least);
    r.upper = std::min(r.upper, most);
  }

  // v becomes (A + shift) v, its largest element 1; kept above 0, where the bounds hold.
  void step(const Matrix& w) {
    double before = 0;
    double after = 0;
    for (const auto i : nodes_) {
      before += v_.data()[i];
      after += w.data()[i];
    }
    const double damping = shift * after / before;
    double most = 0;
    for (const auto i : nodes_) {
      v_.data()[i] = w.data()[i] + damping * v_.data()[i];
      most = std::max(most, v_.data()[i]);
    }
    for (const auto i : nodes_) v_.data()[i] = std::max(v_.data()[i] / most, tiny);
  }

  const LeontiefOperator& system_;
  std::vector<std::int32_t> nodes_;
  Matrix v_;
};

SpectralRadius of_component(const FlowMatrix& flows, std::span<const double> output,
                            const std::vector<std::int32_t>& nodes, double tolerance,
                            int max_passes) {
  if (nodes.size() > flows.size() / 2)
    return Perron(LeontiefOperator(flows, output), nodes).run(tolerance, max_passes);
  const auto own = flows_among(flows, nodes);
  std::vector<double> own_output;
  std::vector<std::int32_t> all;
  for (const auto i : nodes) {
    all.push_back(static_cast<std::int32_t>(own_output.size()));
    own_output.push_back(output[i]);
  }
  return Perron(LeontiefOperator(own, own_output), all).run(tolerance, max_passes);
}

SpectralRadius of_nonnegative(const FlowMatrix& flows, std::span<const double> output,
                              double tolerance, int max_passes) {
  SpectralRadius whole;
  for (const auto& nodes : cyclic_components(flows, output)) {
    const auto own = of_component(flows, output, nodes, tolerance, max_passes);
    whole.value = std::max(whole.value, own.value);
    whole.lower = std::max(whole.lower, own.lower);
    whole.upper = std::max(whole.upper, own.upper);
    whole.passes = std::max(whole.passes, own.passes);
  }
  whole.converged = whole.upper - whole.lower <= tolerance * whole.upper;
  return whole;
}

// Growth of |A^k v| a pass; no proof, so the bounds are 0 and a norm of A.
SpectralRadius of_mixed(const LeontiefOperator& system, const TableScan& scan, double tolerance,
                        int max_passes) {
  SpectralRadius r;
  r.upper = *std::ranges::max_element(scan.inputs_per_output);
  r.converged = false;
  Matrix v(system.size(), 1);
  for (std::size_t i = 0; i < v.size(); ++i) v.data()[i] = 1 + random_uniform(1, 0, i);
  scale_columns(v, std::vector<double>{1 / column_norms(v)[0]});
  while (r.passes < max_passes && !r.converged) {
    auto w = system.coefficients_times(v, false);
    ++r.passes;
    const double growth = column_norms(w)[0];
    const double along = column_dots(v, w)[0];
    const std::vector<double> back{-along};
    auto off = w;
    add_scaled_columns(off, back, v);
    r.converged = column_norms(off)[0] <= tolerance * growth;
    r.value = growth;
    if (growth == 0) break;
    const std::vector<double> unit{1 / growth};
    scale_columns(w, unit);
    v = std::move(w);
  }
  return r;
}

}  // namespace

SpectralRadius spectral_radius(const FlowMatrix& flows, std::span<const double> output,
                               double tolerance, int max_passes) {
  const auto scan = scan_table(flows, output, {});
  if (flows.size() == 0) return {};
  if (scan.nonnegative) return of_nonnegative(flows, output, tolerance, max_passes);
  return of_mixed(LeontiefOperator(flows, output), scan, tolerance, max_passes);
}

}  // namespace stave
