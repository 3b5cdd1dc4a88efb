#include "stave/cascade/cascade_all.hpp"

#include "stave/core/error.hpp"

#include <algorithm>
#include <atomic>
#include <numeric>
#include <optional>

#include <fmt/format.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include "cascade/lane_batch.hpp"
#include "cascade/push_network.hpp"
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

void check_batch(const CascadeNetwork& network, std::span<const CascadeScenario> scenarios,
                 const MatrixView& weights, const BatchOptions& options) {
  check_network(network);
  const std::size_t n = network.flows->size();
  check_eps(options.cascade.eps);
  if (weights.rows > 0 && weights.cols != n)
    throw Error(Errc::bad_input, fmt::format("{} weights for {} nodes", weights.cols, n));
  if (!options.cut_buyers.empty() && options.cut_buyers.size() != n)
    throw Error(Errc::bad_input,
                fmt::format("{} cut buyers for {} nodes", options.cut_buyers.size(), n));
  for (const auto& scenario : scenarios) check_scenario(scenario, options, n);
}

struct Sweeps {
  std::unique_ptr<Sweep> down;
  std::unique_ptr<Sweep> up;
};

Sweeps dense_sweeps(const WeightedNetwork& network, const BatchOptions& options) {
  Sweeps sweeps;
  if (options.cascade.downstream) sweeps.down = dense_down_sweep(network, options.cut_buyers);
  if (options.cascade.upstream) sweeps.up = dense_up_sweep(network);
  return sweeps;
}

Sweeps sparse_sweeps(const WeightedNetwork& network, const std::vector<SupplyLink>& links,
                     const BatchOptions& options) {
  Sweeps sweeps;
  if (options.cascade.downstream)
    sweeps.down = sparse_down_sweep(network, links, options.cut_buyers);
  if (options.cascade.upstream) sweeps.up = sparse_up_sweep(network);
  return sweeps;
}

/// Hands out scenarios one by one, and says how far along they are.
class Queue {
 public:
  Queue(std::size_t size, Progress& progress) : size_(size), progress_(progress) {}
  std::size_t next() {
    if (progress_.cancelled()) return size_;
    const std::size_t taken = std::min(size_, taken_.fetch_add(1));
    if (taken % lanes == 0)
      progress_.report("following cascades",
                       static_cast<double>(taken) / static_cast<double>(size_));
    return taken;
  }

 private:
  std::size_t size_;
  Progress& progress_;
  std::atomic<std::size_t> taken_ = 0;
};

// Losses can be followed link by link where nothing is cut.
bool has_frontier(std::span<const CascadeScenario> scenarios, const BatchOptions& options) {
  return options.cascade.stop == StopRule::largest_fall &&
         std::all_of(scenarios.begin(), scenarios.end(), [](const auto& s) { return s.cut < 0; });
}

// Workers take scenarios from the queue until none is left.
void run_batches(BatchContext& context, const Sweeps& sweeps, const PushNetwork* frontier,
                 BatchResult& result, Progress& progress) {
  context.down = sweeps.down.get();
  context.up = sweeps.up.get();
  Queue queue(context.scenarios.size(), progress);
  const auto batches = context.scenarios.size() / lanes + 1;
  const auto threads = static_cast<std::size_t>(tbb::this_task_arena::max_concurrency());
  tbb::parallel_for(std::size_t{0}, std::min(batches, threads), [&](std::size_t) {
    LaneBatch(context, frontier).run([&] { return queue.next(); }, result);
  });
}

void run_sparse(WeightedNetwork& network, BatchContext& context, BatchResult& result,
                Progress& progress) {
  const auto& options = context.options.cascade;
  const auto links = options.downstream ? supply_links(network) : std::vector<SupplyLink>{};
  sort_rows(links, network);
  std::optional<PushNetwork> frontier;
  if (has_frontier(context.scenarios, context.options))
    frontier = push_network(network, links, options.downstream, options.upstream);
  run_batches(context, sparse_sweeps(network, links, context.options),
              frontier ? &*frontier : nullptr, result, progress);
}

}  // namespace

std::vector<CascadeScenario> closures(std::size_t n) {
  std::vector<CascadeScenario> all(n);
  for (std::size_t i = 0; i < n; ++i) all[i].shocks = {{static_cast<std::int32_t>(i), 1, 1}};
  return all;
}

BatchResult cascade_all(const CascadeNetwork& network, std::span<const CascadeScenario> scenarios,
                        const MatrixView& weights, const BatchOptions& options,
                        Progress& progress) {
  check_batch(network, scenarios, weights, options);
  auto weighted = weigh_network(network);
  BatchContext context{weighted, nullptr, nullptr, scenarios, weights, {}, options};
  for (std::size_t k = 0; k < weights.rows; ++k)
    context.weight_sums.push_back(
        std::accumulate(weights.row(k).begin(), weights.row(k).end(), 0.0));
  BatchResult result{weights.rows, std::vector<SystemicRisk>(scenarios.size() * weights.rows),
                     std::vector<int>(scenarios.size()), 0};
  if (scenarios.empty()) return result;
  tbb::task_arena arena(options.threads > 0 ? options.threads : tbb::task_arena::automatic);
  arena.execute([&] {
    if (network.flows->is_dense())
      run_batches(context, dense_sweeps(weighted, options), nullptr, result, progress);
    else
      run_sparse(weighted, context, result, progress);
  });
  progress.check();
  for (auto& rounds : result.rounds)
    if (rounds < 0) {
      ++result.not_converged;
      rounds = -rounds;
    }
  return result;
}

}  // namespace stave
