#include "stave/breakpoint/repair.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <string>
#include <unordered_map>

#include <coin/Cbc_C_Interface.h>

#include "breakpoint/at.hpp"

namespace stave {
namespace {

using Set = std::vector<std::int32_t>;

std::vector<Set> all_sets(const BreakSets& found) {
  std::vector<Set> all;
  for (const auto& sets : found.sets) all.insert(all.end(), sets.begin(), sets.end());
  return all;
}

// Takes the source that mends most of the sets left, again and again; among equals the first.
Set greedy(const std::vector<Set>& sets, std::size_t sources, std::vector<std::int64_t>& mends) {
  std::vector<std::vector<std::size_t>> holds(sources);
  std::vector<std::int64_t> open(sources);
  for (std::size_t k = 0; k < sets.size(); ++k)
    for (const auto s : sets[k]) {
      holds[at(s)].push_back(k);
      ++open[at(s)];
    }
  Set chosen;
  std::vector<char> mended(sets.size());
  for (;;) {
    const auto best = std::max_element(open.begin(), open.end());
    if (best == open.end() || *best == 0) return chosen;
    chosen.push_back(static_cast<std::int32_t>(best - open.begin()));
    mends.push_back(*best);
    for (const auto k : holds[at(chosen.back())])
      if (!mended[k]) {
        mended[k] = 1;
        for (const auto s : sets[k]) --open[at(s)];
      }
  }
}

struct Delete {
  void operator()(Cbc_Model* model) const { Cbc_deleteModel(model); }
};
using Model = std::unique_ptr<Cbc_Model, Delete>;

// One column a source that is in some set, one row a set: the sum of its columns is at least 1.
Model covering_model(const std::vector<Set>& sets, const Set& columns,
                     const std::unordered_map<std::int32_t, int>& column_of) {
  std::vector<std::vector<int>> rows(columns.size());
  for (std::size_t k = 0; k < sets.size(); ++k)
    for (const auto s : sets[k]) rows[at(column_of.at(s))].push_back(static_cast<int>(k));
  std::vector<CoinBigIndex> start{0};
  std::vector<int> index;
  for (const auto& list : rows) {
    index.insert(index.end(), list.begin(), list.end());
    start.push_back(static_cast<CoinBigIndex>(index.size()));
  }
  const std::vector<double> ones(std::max(index.size(), columns.size()), 1);
  const std::vector<double> zeros(columns.size(), 0);
  const std::vector<double> row_lower(sets.size(), 1);
  const std::vector<double> row_upper(sets.size(), static_cast<double>(columns.size()));
  Model model(Cbc_newModel());
  Cbc_setLogLevel(model.get(), 0);
  Cbc_loadProblem(model.get(), static_cast<int>(columns.size()), static_cast<int>(sets.size()),
                  start.data(), index.data(), ones.data(), zeros.data(), ones.data(), ones.data(),
                  row_lower.data(), row_upper.data());
  for (std::size_t c = 0; c < columns.size(); ++c) Cbc_setInteger(model.get(), static_cast<int>(c));
  return model;
}

// The least cover, where Cbc proves it in time; else what it knows as a bound.
Set exact(const std::vector<Set>& sets, const RepairOptions& options, Repair& result) {
  Set columns;
  for (const auto& set : sets) columns.insert(columns.end(), set.begin(), set.end());
  std::sort(columns.begin(), columns.end());
  columns.erase(std::unique(columns.begin(), columns.end()), columns.end());
  std::unordered_map<std::int32_t, int> column_of;
  for (const auto s : columns) column_of.emplace(s, static_cast<int>(column_of.size()));
  const auto model = covering_model(sets, columns, column_of);
  Cbc_setMaximumSeconds(model.get(), options.seconds);
  Cbc_solve(model.get());
  result.lower_bound = std::max(result.lower_bound, Cbc_getBestPossibleObjValue(model.get()));
  result.optimal = Cbc_isProvenOptimal(model.get()) != 0;
  Set chosen;
  if (!result.optimal) return chosen;
  const double* z = Cbc_getColSolution(model.get());
  for (std::size_t c = 0; c < columns.size(); ++c)
    if (z[c] > 0.5) chosen.push_back(columns[c]);
  return chosen;
}

double harmonic(std::size_t d) {
  double sum = 0;
  for (std::size_t k = 1; k <= d; ++k) sum += 1.0 / static_cast<double>(k);
  return sum;
}

}  // namespace

Repair repair(const BreakSets& found, const RepairOptions& options) {
  const auto sets = all_sets(found);
  Repair result;
  if (sets.empty()) {
    result.optimal = true;
    return result;
  }
  result.sources = greedy(sets, found.importance.size(), result.mends);
  const auto most = *std::max_element(found.importance.begin(), found.importance.end());
  result.lower_bound = std::ceil(
      static_cast<double>(result.sources.size()) / harmonic(static_cast<std::size_t>(most)) - 1e-9);
  if (sets.size() > options.max_exact) return result;
  const auto least = exact(sets, options, result);
  if (!result.optimal) return result;
  // Ordered by what each mends, as the greedy answer is.
  std::vector<Set> within;
  for (const auto& set : sets) {
    auto& part = within.emplace_back();
    std::set_intersection(set.begin(), set.end(), least.begin(), least.end(),
                          std::back_inserter(part));
  }
  result.mends.clear();
  result.sources = greedy(within, found.importance.size(), result.mends);
  result.lower_bound = static_cast<double>(result.sources.size());
  return result;
}

}  // namespace stave
