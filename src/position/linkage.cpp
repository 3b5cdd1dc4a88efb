#include "stave/linalg/ghosh.hpp"
#include "stave/position/structure.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "position/system.hpp"

namespace stave {
namespace {

double sum_of(const std::vector<double>& v) { return std::accumulate(v.begin(), v.end(), 0.0); }

// v / x, 0 where nothing is made.
std::vector<double> per_output(const Chain& chain, std::vector<double> v) {
  for (std::size_t i = 0; i < v.size(); ++i)
    v[i] = chain.output()[i] == 0 ? 0 : v[i] / chain.output()[i];
  return v;
}

}  // namespace

Linkages linkages(const Chain& chain, LeontiefSystem& system, Progress& progress) {
  const std::vector<double> ones(chain.size(), 1);
  Linkages l;
  l.direct_backward = per_output(chain, chain.intermediate_inputs());
  l.direct_forward = per_output(chain, chain.flows().row_sums());
  const auto keep = [&](Solution&& s) {
    l.residual = std::max(l.residual, s.residual);
    return std::vector<double>(s.values.values().begin(), s.values.values().end());
  };
  l.backward = keep(system.multipliers(row_matrix(ones).view(), progress));
  l.sensitivity = keep(system.requirements(column_matrix(ones).view(), progress));
  l.forward = keep(ghosh(system, column_matrix(ones).view(), progress));
  l.total = sum_of(l.backward);
  l.imbalance = l.total > 0 ? std::abs(l.total - sum_of(l.sensitivity)) / l.total : 0;
  return l;
}

std::vector<double> normalised(const std::vector<double>& values) {
  const double mean = sum_of(values) / static_cast<double>(values.size());
  auto result = values;
  for (auto& v : result) v = mean == 0 ? 0 : v / mean;
  return result;
}

}  // namespace stave
