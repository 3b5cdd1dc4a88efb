#include "stave/product/footprint.hpp"

#include "stave/core/error.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace stave {
namespace {

SparseColumns matrix_of(const ProductSystem& system, std::vector<std::int32_t>& places) {
  std::vector<SparseCell> cells;
  cells.reserve(system.technosphere.size());
  for (const auto& e : system.technosphere) cells.push_back({e.row, e.column, e.value});
  return sparse_columns(system.size(), cells, &places);
}

std::vector<double> direct_of(const ProductSystem& system) {
  std::vector<double> g(system.size());
  for (const auto& e : system.biosphere)
    g[static_cast<std::size_t>(e.column)] +=
        e.value * system.flows[static_cast<std::size_t>(e.row)].factor;
  return g;
}

std::string loop_words(const ProductSystem& system, const std::vector<std::size_t>& way) {
  std::string words;
  constexpr std::size_t most_named = 8;
  for (std::size_t k = 0; k < way.size() && k < most_named; ++k)
    words += "'" + system.processes[way[k]].name + "' supplies ";
  if (way.size() > most_named)
    words += fmt::format("... ({} more) supplies ", way.size() - most_named);
  return words + "'" + system.processes[way.front()].name + "'";
}

// The loop through a process, else the largest.
std::vector<std::size_t> loop_of(const ProductSystem& system, std::size_t process) {
  const auto all = loops(system);
  for (const auto& loop : all)
    if (std::ranges::binary_search(loop, process)) {
      auto first = loop;
      std::swap(first.front(), *std::ranges::find(first, process));
      return way_round(system, first);
    }
  return all.empty() ? std::vector<std::size_t>{} : way_round(system, all.front());
}

[[noreturn]] void refuse_system(const ProductSystem& system, std::size_t process,
                                const std::string& what) {
  const auto way = loop_of(system, process);
  throw Error(Errc::not_productive,
              way.empty() ? fmt::format("'{}' takes as much of its product as it makes",
                                        system.processes[process].name)
                          : fmt::format("{}: {}", what, loop_words(system, way)),
              "Check the amounts round the loop, and their units: a step takes more of a product "
              "than the loop makes of it.");
}

SparseSystem solver_of(const ProductSystem& system, const SparseColumns& matrix,
                       const SparseOptions& options) {
  try {
    return SparseSystem(matrix, options);
  } catch (const SingularMatrix& singular) {
    refuse_system(system, singular.column(), "a loop makes no more than it takes");
  }
}

bool has_spared(const ProductSystem& system) {
  return std::ranges::any_of(system.technosphere,
                             [](const SystemEntry& e) { return e.row != e.column && e.value > 0; });
}

}  // namespace

FootprintSystem::FootprintSystem(ProductSystem system, const SparseOptions& options)
    : system_(std::move(system)),
      matrix_(matrix_of(system_, places_)),
      solver_(solver_of(system_, matrix_, options)),
      direct_(direct_of(system_)) {
  auto solver = solver_;
  try {
    auto solution = solver.solve_transposed(direct_);
    intensities_ = std::move(solution.values);
    adjoint_residual_ = solution.residual;
  } catch (const SingularMatrix& singular) {
    refuse_loop(singular.column(), "a loop makes no more than it takes");
  }
}

void FootprintSystem::refuse_loop(std::size_t process, const std::string& what) const {
  refuse_system(system_, process, what);
}

Footprint FootprintSystem::footprint(const Demand& demand) const {
  std::vector<double> f(size());
  f[demand.process] = demand.amount;
  auto solver = solver_;
  Footprint result{.demand = demand};
  try {
    auto solution = solver.solve(f);
    result.runs = std::move(solution.values);
    result.residual = solution.residual;
    result.passes = solution.passes;
  } catch (const SingularMatrix& singular) {
    refuse_loop(singular.column(), "a loop makes no more than it takes");
  }
  const auto least = std::ranges::min_element(result.runs);
  double largest = 0;
  for (const double s : result.runs) largest = std::max(largest, std::abs(s));
  if (demand.amount > 0 && *least < -1e-7 * largest && !has_spared(system_))
    refuse_loop(static_cast<std::size_t>(least - result.runs.begin()),
                "a loop takes more than it makes");
  for (std::size_t j = 0; j < size(); ++j) result.score += direct_[j] * result.runs[j];
  const double other = score(demand);
  if (!std::isfinite(result.score) || !std::isfinite(other))
    throw Error(Errc::bad_input,
                fmt::format("the footprint of {} {} is too large a number", demand.amount,
                            system_.processes[demand.process].product),
                "Is an amount or a factor in the wrong unit?");
  const double scale = std::max(std::abs(result.score), std::abs(other));
  result.gap = scale > 0 ? std::abs(result.score - other) / scale : 0;
  return result;
}

std::vector<double> FootprintSystem::first_tier() const {
  std::vector<double> parts(matrix_.value.size());
  for (std::size_t j = 0; j < size(); ++j)
    for (auto k = matrix_.start[j]; k < matrix_.start[j + 1]; ++k)
      parts[k] = matrix_.row[k] == static_cast<std::int32_t>(j)
                     ? 0
                     : -intensities_[matrix_.row[k]] * matrix_.value[k];
  return parts;
}

}  // namespace stave
