#include "stave/cascade/cascade_all.hpp"

#include "stave/core/error.hpp"

#include <fmt/format.h>

#include "cascade/engine.hpp"

namespace stave {

std::vector<CascadeScenario> closures(std::size_t n) {
  std::vector<CascadeScenario> all(n);
  for (std::size_t i = 0; i < n; ++i) all[i].shocks = {{static_cast<std::int32_t>(i), 1, 1}};
  return all;
}

BatchResult empty_result(std::size_t scenarios, std::size_t weights) {
  return {weights, std::vector<SystemicRisk>(scenarios * weights), std::vector<int>(scenarios), 0};
}

void cascade_rest(const CascadeNetwork& network, std::span<const CascadeScenario> scenarios,
                  const MatrixView& weights, const BatchOptions& options, BatchResult& result,
                  Progress& progress) {
  const auto n = scenarios.size();
  if (result.weights != weights.rows || result.rounds.size() != n ||
      result.risk.size() != n * weights.rows)
    throw Error(Errc::bad_input,
                fmt::format("a result of {} scenarios and {} weights for {} and {}",
                            result.rounds.size(), result.weights, n, weights.rows));
  Engine engine(network, options);
  const auto context = engine.context(scenarios, weights);
  std::vector<std::size_t> rest;
  for (std::size_t s = 0; s < n; ++s)
    if (result.rounds[s] == 0) rest.push_back(s);
  Queue queue(rest.size(), "following cascades", progress);
  const auto next = [&] {
    const auto k = queue.next();
    return k < rest.size() ? rest[k] : n;
  };
  if (!rest.empty()) engine.run(context, next, result);
  count_not_converged(result);
}

BatchResult cascade_all(const CascadeNetwork& network, std::span<const CascadeScenario> scenarios,
                        const MatrixView& weights, const BatchOptions& options,
                        Progress& progress) {
  auto result = empty_result(scenarios.size(), weights.rows);
  cascade_rest(network, scenarios, weights, options, result, progress);
  progress.check();
  return result;
}

}  // namespace stave
