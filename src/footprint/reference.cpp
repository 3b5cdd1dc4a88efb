#include "footprint/reference.hpp"

#include "stave/linalg/leontief.hpp"

#include <numeric>

#include "linalg/reference.hpp"

namespace stave::reference {
namespace {

Matrix dense_flows(const Chain& chain) {
  Matrix z(chain.size(), chain.size());
  chain.flows().for_each([&](std::size_t i, std::size_t j, double v) { z(i, j) = v; });
  return z;
}

double weighted_sum(const std::vector<double>& s, const Matrix& m, const std::vector<double>& y) {
  double sum = 0;
  for (std::size_t i = 0; i < s.size(); ++i)
    for (std::size_t j = 0; j < y.size(); ++j) sum += s[i] * m(i, j) * y[j];
  return sum;
}

}  // namespace

Matrix bilateral_flows(const Chain& chain, std::size_t s) {
  const auto l = leontief_inverse(dense_flows(chain), chain.output());
  Matrix e(chain.regions().size(), chain.regions().size());
  for (std::size_t i = 0; i < chain.size(); ++i)
    for (std::size_t j = 0; j < chain.size(); ++j)
      for (std::size_t k = 0; k < chain.final_columns().size(); ++k)
        if (chain.output()[i] != 0)
          e(chain.nodes()[i].region.at(), chain.final_columns()[k].region.at()) +=
              chain.stressors()(s, i) / chain.output()[i] * l(i, j) * chain.final_use()(j, k);
  return e;
}

TierList footprint_by_tier(const Chain& chain, const PathQuestion& q, int tiers) {
  const auto z = dense_flows(chain);
  const auto l = leontief_inverse(z, chain.output());
  const auto a = coefficients(chain.flows(), chain.output());
  Matrix power(chain.size(), chain.size());
  for (std::size_t i = 0; i < chain.size(); ++i) power(i, i) = 1;
  TierList list;
  list.footprint = weighted_sum(q.intensity, l, q.use);
  for (int k = 0; k <= tiers; ++k) {
    list.value.push_back(weighted_sum(q.intensity, power, q.use));
    power = product(power, a);
  }
  list.remainder = list.footprint - std::accumulate(list.value.begin(), list.value.end(), 0.0);
  return list;
}

}  // namespace stave::reference
