#include "cascade/engine.hpp"

#include "stave/core/error.hpp"
#include "stave/core/limit.hpp"

#include <algorithm>
#include <numeric>

#include <fmt/format.h>
#include <tbb/parallel_for.h>

#include "cascade/orders.hpp"
#include "cascade/shock.hpp"

namespace stave {
namespace {

void check_node(std::int32_t node, std::size_t n) {
  if (node < 0 || static_cast<std::size_t>(node) >= n)
    throw Error(Errc::bad_input, fmt::format("a shock names node {}, but there are {}", node, n));
}

void check_scenario(const CascadeScenario& scenario, const BatchOptions& options, std::size_t n) {
  std::vector<std::int32_t> shocked;
  for (const auto& shock : scenario.shocks) {
    check_node(shock.node, n);
    check_share(shock.down, static_cast<std::size_t>(shock.node));
    check_share(shock.up, static_cast<std::size_t>(shock.node));
    shocked.push_back(shock.node);
  }
  std::sort(shocked.begin(), shocked.end());
  const auto twice = std::adjacent_find(shocked.begin(), shocked.end());
  if (twice != shocked.end())
    throw Error(Errc::bad_input, fmt::format("node {} is shocked twice", *twice));
  if (scenario.cut < 0) return;
  check_node(scenario.cut, n);
  if (options.cut_buyers.empty())
    throw Error(Errc::bad_input, "a cut needs the buyers that it cuts off");
}

void check_options(const BatchOptions& options, std::size_t n) {
  check_eps(options.cascade.eps);
  if (!options.cut_buyers.empty() && options.cut_buyers.size() != n)
    throw Error(Errc::bad_input,
                fmt::format("{} cut buyers for {} nodes", options.cut_buyers.size(), n));
}

WeightedNetwork checked(const CascadeNetwork& network, const BatchOptions& options) {
  check_network(network);
  if (network.flows->is_dense() && network.flows->size() > limit::max_dense_cascade_nodes)
    throw Error(Errc::too_large,
                fmt::format("the cascade of a dense table takes at most {} nodes, this one has {}",
                            limit::max_dense_cascade_nodes, network.flows->size()),
                "Aggregate it first: stave aggregate.");
  check_options(options, network.flows->size());
  return weigh_network(network);
}

}  // namespace

std::size_t Queue::next() {
  if (progress_.cancelled()) return size_;
  const std::size_t taken = std::min(size_, taken_.fetch_add(1));
  if (taken % lanes == 0)
    progress_.report(stage_, static_cast<double>(taken) / static_cast<double>(size_));
  return taken;
}

Engine::Engine(const CascadeNetwork& network, const BatchOptions& options)
    : options_(options),
      network_(checked(network, options)),
      within_one_(options.cascade.upstream && options.cut_buyers.empty() &&
                  orders_within_one(network_)),
      arena_(options.threads > 0 ? options.threads : tbb::task_arena::automatic) {
  if (!network.flows->is_dense()) {
    prepare_sparse();
    return;
  }
  if (options.cascade.downstream) down_ = dense_down_sweep(network_, options.cut_buyers);
  if (options.cascade.upstream) up_ = dense_up_sweep(network_);
}

// Losses can be followed link by link where nothing is cut.
void Engine::prepare_sparse() {
  const auto& cascade = options_.cascade;
  const auto links = cascade.downstream ? supply_links(network_) : std::vector<SupplyLink>{};
  const bool followed = options_.cut_buyers.empty() && cascade.stop == StopRule::largest_fall;
  sort_rows(links, followed, network_);
  if (cascade.downstream) down_ = sparse_down_sweep(network_, links, options_.cut_buyers);
  if (cascade.upstream) up_ = sparse_up_sweep(network_);
  if (followed) frontier_ = push_network(network_, links, cascade.downstream, cascade.upstream);
}

BatchContext Engine::context(std::span<const CascadeScenario> scenarios,
                             const MatrixView& weights) const {
  if (weights.rows > 0 && weights.cols != network_.n)
    throw Error(Errc::bad_input, fmt::format("{} weights for {} nodes", weights.cols, network_.n));
  for (const auto& scenario : scenarios) check_scenario(scenario, options_, network_.n);
  BatchContext context{network_, down_.get(), up_.get(), scenarios, weights, {}, {}, options_};
  for (std::size_t k = 0; k < weights.rows; ++k) {
    if (within_one_) context.wanted.push_back(wanted_by(network_, weights.row(k)));
    context.weight_sums.push_back(
        std::accumulate(weights.row(k).begin(), weights.row(k).end(), 0.0));
  }
  return context;
}

void Engine::run(const BatchContext& context, const LaneBatch::Next& next, BatchResult& result) {
  const auto batches = context.scenarios.size() / lanes + 1;
  arena_.execute([&] {
    const auto threads = static_cast<std::size_t>(tbb::this_task_arena::max_concurrency());
    tbb::parallel_for(std::size_t{0}, std::min(batches, threads),
                      [&](std::size_t) { LaneBatch(context, frontier()).run(next, result); });
  });
}

void count_not_converged(BatchResult& result) {
  for (auto& rounds : result.rounds)
    if (rounds < 0) {
      ++result.not_converged;
      rounds = -rounds;
    }
}

}  // namespace stave
