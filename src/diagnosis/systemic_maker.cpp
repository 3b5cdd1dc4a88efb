#include "diagnosis/systemic_maker.hpp"

#include "stave/cascade/cascade_all.hpp"
#include "stave/systemic/systemic.hpp"

#include <algorithm>

namespace stave {
namespace {

std::vector<NodeId> largest_makers(const Chain& chain, RegionId region, std::size_t most) {
  auto nodes = chain.nodes_in(region);
  if (most == 0 || nodes.size() <= most) return nodes;
  std::stable_sort(nodes.begin(), nodes.end(), [&](NodeId a, NodeId b) {
    return chain.output()[a.at()] > chain.output()[b.at()];
  });
  nodes.resize(most);
  std::sort(nodes.begin(), nodes.end());
  return nodes;
}

double output_of(const std::vector<double>& weights, const std::vector<NodeId>& nodes) {
  double sum = 0;
  for (const auto node : nodes) sum += weights[node.at()];
  return sum;
}

// Row 0: the output of everyone; row 1: of the region.
Matrix closure_weights(const Chain& chain, RegionId region, const std::vector<double>& output) {
  Matrix weights(2, chain.size());
  for (std::size_t i = 0; i < chain.size(); ++i) {
    weights(0, i) = output[i];
    weights(1, i) = chain.nodes()[i].region == region ? output[i] : 0;
  }
  return weights;
}

}  // namespace

SystemicMakers systemic_makers(const Chain& chain, RegionId region, const ClosureOptions& options,
                               Progress& progress) {
  const auto output = std::move(weightings(chain, "output").front().values);
  const ChainCascade cascade(chain);
  const auto nodes = largest_makers(chain, region, options.most);
  std::vector<CascadeScenario> scenarios;
  for (const auto node : nodes) scenarios.push_back({{{.node = node.value}}, -1});
  BatchOptions batch;
  batch.cascade.market = options.market;
  batch.cascade.max_rounds = 10'000;
  const auto weights = closure_weights(chain, region, output);
  const auto result = cascade_all(cascade.network(), scenarios, weights.view(), batch, progress);
  SystemicMakers makers;
  const auto all = chain.nodes_in(region);
  double total = 0;
  for (const double x : output) total += x;
  for (std::size_t s = 0; s < nodes.size(); ++s)
    makers.closed.push_back({.node = nodes[s],
                             .esri = result.at(s, 0).both,
                             .region_loss = result.at(s, 1).both,
                             .own = total > 0 ? output[nodes[s].at()] / total : 0});
  std::stable_sort(makers.closed.begin(), makers.closed.end(),
                   [](const auto& a, const auto& b) { return a.esri > b.esri; });
  makers.makers = all.size();
  const double chain_output = output_of(output, all);
  makers.output_share = chain_output > 0 ? output_of(output, nodes) / chain_output : 0;
  makers.not_converged = result.not_converged;
  return makers;
}

}  // namespace stave
