#include "tiers/risk.hpp"

#include "stave/breakpoint/breakpoint.hpp"
#include "stave/cascade/cascade_all.hpp"
#include "stave/systemic/systemic.hpp"

#include <algorithm>

namespace stave {
namespace {

// Makers that are the only one of a box, ascending.
std::vector<NodeId> lone_makers(const ChainTiers& tiers) {
  std::vector<NodeId> makers;
  for (int t = tiers.first(); t <= tiers.last(); ++t)
    for (std::size_t b = 0; b < tiers.tier(t).boxes.size(); ++b)
      if (const auto own = makers_of(tiers, t, b); own.size() == 1) makers.push_back(own.front());
  std::sort(makers.begin(), makers.end());
  makers.erase(std::unique(makers.begin(), makers.end()), makers.end());
  return makers;
}

void follow_losses(const Chain& chain, const ChainTiers& tiers, FocusRisk& risk,
                   Progress& progress) {
  Matrix weights(1, chain.size());
  for (const auto f : tiers.focus) weights(0, f.at()) = std::max(0.0, chain.output()[f.at()]);
  const auto makers = lone_makers(tiers);
  std::vector<CascadeScenario> scenarios;
  for (const auto maker : makers) scenarios.push_back({{{.node = maker.value}}, -1});
  BatchOptions batch;
  batch.cascade.eps = risk_eps;
  batch.cascade.upstream = false;
  batch.cascade.max_rounds = 10'000;
  const ChainCascade cascade(chain);
  const auto result = cascade_all(cascade.network(), scenarios, weights.view(), batch, progress);
  for (std::size_t s = 0; s < makers.size(); ++s) risk.loss[makers[s]] = result.at(s, 0).down;
  risk.not_converged = result.not_converged;
}

std::vector<std::int32_t> positions(const std::vector<NodeId>& nodes) {
  std::vector<std::int32_t> result;
  for (const auto node : nodes) result.push_back(node.value);
  return result;
}

// Sources are nodes, in the order of the nodes.
void find_singles(const BreakpointSystem& system, const ChainTiers& tiers, FocusRisk& risk,
                  Progress& progress) {
  const auto found = break_sets(system, positions(tiers.focus), {.size = 1}, progress);
  if (!found.sets.empty())
    for (const auto& set : found.sets.front()) risk.singles.emplace_back(set.front());
  if (tiers.focus.size() == 1) risk.singles.push_back(tiers.focus.front());
  std::sort(risk.singles.begin(), risk.singles.end());
}

// A supplier does not break itself.
void mark_broken(const BreakpointSystem& system, ChainTiers& tiers, Progress& progress) {
  const std::vector<char>* failed = nullptr;
  std::map<std::vector<NodeId>, std::vector<char>> failures;
  for (auto& link : tiers.links) {
    const auto suppliers = makers_of(tiers, link.tier, link.from);
    const auto customers = makers_of(tiers, link.tier + 1, link.to);
    if (suppliers.empty() || customers.empty()) continue;
    const auto [entry, fresh] = failures.try_emplace(suppliers);
    if (fresh) {
      progress.check();
      entry->second = failed_nodes(system, positions(suppliers));
    }
    failed = &entry->second;
    const auto stopped = [&](NodeId node) { return (*failed)[node.at()] != 0; };
    const auto itself = [&](NodeId node) {
      return std::ranges::find(suppliers, node) != suppliers.end();
    };
    link.broken =
        std::ranges::all_of(customers, stopped) && std::ranges::none_of(customers, itself);
  }
}

}  // namespace

FocusRisk focus_risk(const Chain& chain, ChainTiers& tiers, Progress& progress) {
  FocusRisk risk;
  follow_losses(chain, tiers, risk, progress);
  const BreakpointSystem system(chain, SourceKind::node);
  find_singles(system, tiers, risk, progress);
  mark_broken(system, tiers, progress);
  return risk;
}

}  // namespace stave
