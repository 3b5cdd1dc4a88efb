#include "stave/account/account.hpp"

#include "stave/core/error.hpp"
#include "stave/linalg/blocked_system.hpp"
#include "stave/linalg/product.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include <fmt/format.h>

#include "account/sectors.hpp"

namespace stave {
namespace {

void require_parts(const Chain& chain) {
  if (chain.stressor_rows().empty())
    throw Error(Errc::missing_part,
                fmt::format("accounts need stressors, which {} does not have", chain.info().name),
                "Add some with: stave import CHAIN --stressors FILE.csv");
  if (chain.final_use().size() == 0)
    throw Error(Errc::missing_part,
                fmt::format("accounts need final use, which {} does not have", chain.info().name));
}

void require_finite(const Chain& chain, const std::vector<std::size_t>& stressors) {
  for (const auto s : stressors) {
    const auto& name = chain.stressor_rows()[s].name;
    for (std::size_t i = 0; i < chain.size(); ++i)
      if (!std::isfinite(chain.stressors()(s, i)))
        throw Error(Errc::bad_input, fmt::format("stressor '{}' of node '{}' is {}", name,
                                                 chain.nodes()[i].id, chain.stressors()(s, i)));
    for (std::size_t k = 0; k < chain.stressors_final().cols(); ++k)
      if (!std::isfinite(chain.stressors_final()(s, k)))
        throw Error(Errc::bad_input,
                    fmt::format("stressor '{}' of final use '{} {}' is {}", name,
                                chain.regions()[chain.final_columns()[k].region].code,
                                chain.final_columns()[k].category, chain.stressors_final()(s, k)));
  }
}

// E_qr [s x R] for one region q, from its rows of X diag(x)^-1.
Matrix caused_in(const Chain& chain, const std::vector<NodeId>& nodes,
                 const std::vector<std::size_t>& stressors, const Matrix& made) {
  Matrix own(stressors.size(), nodes.size());
  Matrix share(nodes.size(), made.cols());  // of each node's output, by whose final use it is for
  for (std::size_t k = 0; k < nodes.size(); ++k) {
    const auto i = nodes[k].at();
    const auto x = chain.output()[i];
    if (x == 0) continue;
    for (std::size_t s = 0; s < stressors.size(); ++s)
      own(s, k) = chain.stressors()(stressors[s], i);
    for (std::size_t r = 0; r < made.cols(); ++r) share(k, r) = made(i, r) / x;
  }
  return multiply(own.view(), share.view());
}

std::vector<std::vector<NodeId>> nodes_by_region(const Chain& chain) {
  std::vector<std::vector<NodeId>> nodes(chain.regions().size());
  for (std::size_t i = 0; i < chain.size(); ++i)
    nodes[chain.nodes()[i].region.at()].emplace_back(i);
  return nodes;
}

// What production and consumption have in common: F_Y, and what no one's final use is behind.
void add_own(const Chain& chain, RegionalAccounts& a, std::vector<double>& scale) {
  const auto& f = chain.stressors();
  for (std::size_t s = 0; s < a.stressors.size(); ++s) {
    const auto row = a.stressors[s];
    for (std::size_t i = 0; i < chain.size(); ++i) {
      a.production(s, chain.nodes()[i].region.at()) += f(row, i);
      if (chain.output()[i] == 0) a.unattributed[s] += f(row, i);
      scale[s] += std::abs(f(row, i));
    }
    for (std::size_t k = 0; k < chain.stressors_final().cols(); ++k) {
      const auto value = chain.stressors_final()(row, k);
      const auto r = chain.final_columns()[k].region.at();
      a.production(s, r) += value;
      a.consumption(s, r) += value;
      scale[s] += std::abs(value);
    }
  }
}

void add_trade(const Chain& chain, const Matrix& made, RegionalAccounts& a, Progress& progress) {
  const auto nodes = nodes_by_region(chain);
  for (std::size_t q = 0; q < nodes.size(); ++q) {
    progress.report("regional accounts",
                    static_cast<double>(q) / static_cast<double>(nodes.size()));
    const auto caused = caused_in(chain, nodes[q], a.stressors, made);
    for (std::size_t s = 0; s < caused.rows(); ++s)
      for (std::size_t r = 0; r < nodes.size(); ++r) {
        a.consumption(s, r) += caused(s, r);
        if (!a.bilateral.empty()) a.bilateral[s](q, r) = caused(s, r);
        if (q == r) continue;
        a.imports(s, r) += caused(s, r);
        a.exports(s, q) += caused(s, r);
      }
  }
}

double sum(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

}  // namespace

double RegionalAccounts::worst_imbalance() const {
  return imbalance.empty() ? 0 : *std::max_element(imbalance.begin(), imbalance.end());
}

RegionalAccounts accounts(const Chain& chain, const AccountOptions& options, Progress& progress) {
  require_parts(chain);
  auto system = blocked_system(chain, chain.output(), options.method);
  return accounts(chain, system, options, progress);
}

RegionalAccounts accounts(const Chain& chain, LeontiefSystem& system, const AccountOptions& options,
                          Progress& progress) {
  require_parts(chain);
  RegionalAccounts a;
  a.stressors = options.stressors;
  if (a.stressors.empty()) {
    a.stressors.resize(chain.stressor_rows().size());
    std::iota(a.stressors.begin(), a.stressors.end(), std::size_t{0});
  }
  require_finite(chain, a.stressors);
  const auto count = a.stressors.size();
  for (auto* account : {&a.production, &a.consumption, &a.imports, &a.exports})
    *account = Matrix(count, chain.regions().size());
  a.unattributed.resize(count);
  a.imbalance.resize(count);

  if (options.bilateral)
    a.bilateral.assign(count, Matrix(chain.regions().size(), chain.regions().size()));
  a.solution = system.requirements(chain.final_use_by_region().view(), progress);
  const auto made = std::exchange(a.solution.values, Matrix());
  std::vector<double> scale(count);
  add_own(chain, a, scale);
  add_trade(chain, made, a, progress);
  for (std::size_t s = 0; s < count; ++s) {
    const auto miss = sum(a.production.row(s)) - sum(a.consumption.row(s)) - a.unattributed[s];
    a.imbalance[s] = scale[s] > 0 ? std::abs(miss) / scale[s] : 0;
  }
  if (options.sectors) a.sectors = sector_accounts(chain, system, a.stressors, made, progress);
  if (options.multipliers)
    a.multipliers =
        system.multipliers(chosen_intensities(chain, a.stressors).view(), progress).values;
  return a;
}

}  // namespace stave
