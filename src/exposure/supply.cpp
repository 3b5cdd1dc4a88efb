#include "stave/exposure/exposure.hpp"

#include <cmath>
#include <limits>

namespace stave {

Matrix supply_to(const Chain& chain, RegionId f) {
  Matrix supply(chain.regions().size(), chain.products().size());
  const auto cell = [&](std::size_t i) -> double& {
    return supply(chain.nodes()[i].region.at(), chain.nodes()[i].product.at());
  };
  chain.flows().for_each([&](std::size_t i, std::size_t j, double z) {
    if (chain.nodes()[j].region == f) cell(i) += z;
  });
  for (std::size_t c = 0; c < chain.final_columns().size(); ++c)
    if (chain.final_columns()[c].region == f)
      for (std::size_t i = 0; i < chain.size(); ++i) cell(i) += chain.final_use()(i, c);
  return supply;
}

std::vector<double> exports_of(const Chain& chain, RegionId f) {
  std::vector<double> exports(chain.products().size());
  for (const auto id : chain.nodes_in(f)) {
    double& sum = exports[chain.node(id).product.at()];
    chain.flows().for_each_in_row(id.at(), [&](std::size_t j, double z) {
      if (chain.nodes()[j].region != f) sum += z;
    });
    for (std::size_t c = 0; c < chain.final_columns().size(); ++c)
      if (chain.final_columns()[c].region != f) sum += chain.final_use()(id.at(), c);
  }
  return exports;
}

std::vector<EuropeanTest> european_tests(const Matrix& supply, std::span<const double> exports,
                                         RegionId f, const std::vector<bool>& inside,
                                         const EuropeanThresholds& thresholds) {
  std::vector<EuropeanTest> tests(supply.cols());
  for (std::size_t p = 0; p < tests.size(); ++p) {
    auto& test = tests[p];
    double imports = 0;
    double squares = 0;
    for (std::size_t r = 0; r < supply.rows(); ++r) {
      const double value = r == f.at() ? 0 : std::max(0.0, supply(r, p));
      imports += value;
      if (inside[r]) continue;
      test.outside_imports += value;
      squares += value * value;
    }
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const double out = test.outside_imports;
    test.concentration = out > 0 ? squares / (out * out) : nan;
    test.outside = imports > 0 ? out / imports : nan;
    test.coverage = exports[p] > 0 ? out / exports[p]
                    : out > 0      ? std::numeric_limits<double>::infinity()
                                   : nan;
    test.passed = (test.concentration > thresholds.concentration ? 1 : 0) +
                  (test.outside > thresholds.outside ? 1 : 0) +
                  (test.coverage > thresholds.coverage ? 1 : 0);
  }
  return tests;
}

}  // namespace stave
