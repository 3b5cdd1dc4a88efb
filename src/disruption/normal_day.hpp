#pragma once
/// A normal day in full squares, and what events leave of links: what the slow twin looks up.

#include "stave/disruption/options.hpp"

#include <algorithm>
#include <functional>
#include <vector>

#include "disruption/baseline.hpp"

namespace stave {

/// Every final-use column by itself.
struct NormalDay {
  Baseline base;
  Matrix flows;                    ///< Z0 [n x n]
  Matrix needs;                    ///< a [products x n]
  std::vector<double> stock_days;  ///< n_k [products]
};
[[nodiscard]] NormalDay normal_day(const Chain& chain, const Scenario& scenario,
                                   const SimulationOptions& options);

template <class T>
[[nodiscard]] bool among(const std::vector<T>& list, T item) {
  return std::ranges::find(list, item) != list.end();
}

/// Share of what a maker sells to somebody that the events of links leave today.
[[nodiscard]] double left_open(const Scenario& scenario, int day, std::size_t maker,
                               const std::function<bool(const LinkEvent&)>& meant);
/// Days that what leaves today for somebody takes.
[[nodiscard]] int late_by(const Scenario& scenario, int day, std::size_t maker,
                          const std::function<bool(const DelayEvent&)>& meant);

}  // namespace stave
