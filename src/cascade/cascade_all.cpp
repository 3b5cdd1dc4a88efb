#include "stave/cascade/cascade_all.hpp"

#include "stave/core/error.hpp"

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <numeric>

#include <fmt/format.h>
#include <tbb/enumerable_thread_specific.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include "cascade/lane_batch.hpp"
#include "cascade/push_batch.hpp"
#include "cascade/round_estimate.hpp"
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

Sweeps sweeps_for(const WeightedNetwork& network, const BatchOptions& options) {
  const bool dense = network.network->flows->is_dense();
  Sweeps sweeps;
  if (options.cascade.downstream)
    sweeps.down = dense ? dense_down_sweep(network, options.cut_buyers)
                        : sparse_down_sweep(network, options.cut_buyers);
  if (options.cascade.upstream)
    sweeps.up = dense ? dense_up_sweep(network) : sparse_up_sweep(network);
  return sweeps;
}

/// Hands out scenarios one by one, and says how far along they are.
class Queue {
 public:
  /// @param order of the scenarios; empty: as they come
  Queue(std::size_t size, std::vector<std::size_t> order, Progress& progress)
      : size_(size), order_(std::move(order)), progress_(progress) {}
  std::size_t next() {
    if (progress_.cancelled()) return size_;
    const std::size_t taken = std::min(size_, taken_.fetch_add(1));
    if (taken % lanes == 0)
      progress_.report("following cascades",
                       static_cast<double>(taken) / static_cast<double>(size_));
    return taken == size_ || order_.empty() ? taken : order_[taken];
  }

 private:
  std::size_t size_;
  std::vector<std::size_t> order_;
  Progress& progress_;
  std::atomic<std::size_t> taken_ = 0;
};

// Workers take scenarios from the queue until none is left.
template <class MakeBatch>
void run_batches(std::size_t batches, Queue& queue, MakeBatch make, BatchResult& result) {
  const auto threads = static_cast<std::size_t>(tbb::this_task_arena::max_concurrency());
  tbb::parallel_for(std::size_t{0}, std::min(batches, threads),
                    [&](std::size_t) { make().run([&] { return queue.next(); }, result); });
}

// Longest first: the last batches are short, so that all threads end together.
std::vector<std::size_t> by_length(const BatchContext& context, const PushNetwork& network) {
  std::vector<RoundEstimate::Size> size(context.scenarios.size());
  tbb::enumerable_thread_specific<RoundEstimate> estimates(
      [&] { return RoundEstimate(context, network); });
  tbb::parallel_for(std::size_t{0}, size.size(),
                    [&](std::size_t s) { size[s] = estimates.local().of(context.scenarios[s]); });
  std::vector<std::size_t> order(size.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return size[b] < size[a]; });
  return order;
}

// Losses can be pushed where flows are sparse, the market is the product, and nothing is cut.
bool can_push(const CascadeNetwork& network, std::span<const CascadeScenario> scenarios,
              const BatchOptions& options) {
  return !network.flows->is_dense() && network.market == network.product &&
         options.cascade.stop == StopRule::largest_fall && options.cut_buyers.empty() &&
         std::all_of(scenarios.begin(), scenarios.end(), [](const auto& s) { return s.cut < 0; });
}

void push_scenarios(BatchContext& context, BatchResult& result, Progress& progress) {
  const auto& options = context.options.cascade;
  const auto network = push_network(context.network, options.downstream, options.upstream);
  Queue queue(context.scenarios.size(), by_length(context, network), progress);
  run_batches(
      context.scenarios.size() / push_lanes + 1, queue, [&] { return PushBatch(context, network); },
      result);
}

void sweep_scenarios(BatchContext& context, BatchResult& result, Progress& progress) {
  const auto sweeps = sweeps_for(context.network, context.options);
  context.down = sweeps.down.get();
  context.up = sweeps.up.get();
  Queue queue(context.scenarios.size(), {}, progress);
  run_batches(
      context.scenarios.size() / lanes + 1, queue, [&] { return LaneBatch(context); }, result);
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
  const auto weighted = weigh_network(network);
  BatchContext context{weighted, nullptr, nullptr, scenarios, weights, {}, options};
  for (std::size_t k = 0; k < weights.rows; ++k)
    context.weight_sums.push_back(
        std::accumulate(weights.row(k).begin(), weights.row(k).end(), 0.0));
  BatchResult result{weights.rows, std::vector<SystemicRisk>(scenarios.size() * weights.rows),
                     std::vector<int>(scenarios.size()), 0};
  if (scenarios.empty()) return result;
  tbb::task_arena arena(options.threads > 0 ? options.threads : tbb::task_arena::automatic);
  arena.execute([&] {
    if (can_push(network, scenarios, options))
      push_scenarios(context, result, progress);
    else
      sweep_scenarios(context, result, progress);
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
