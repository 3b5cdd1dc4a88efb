#include "disruption/baseline.hpp"

#include "stave/core/error.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include <fmt/format.h>

namespace stave {
namespace {

/// Region, and the events and priorities that name a column.
using ColumnKey = std::pair<std::int32_t, std::vector<std::size_t>>;

std::vector<ColumnKey> column_keys(const Chain& chain, const Scenario& scenario) {
  std::vector<ColumnKey> keys;
  for (const auto& column : chain.final_columns()) keys.push_back({column.region.value, {}});
  std::size_t named = 0;
  const auto mark = [&](const auto& events) {
    for (const auto& event : events) {
      for (const std::size_t c : event.columns) keys[c].second.push_back(named);
      ++named;
    }
  };
  mark(scenario.links);
  mark(scenario.demand);
  mark(scenario.delays);
  mark(scenario.priorities);
  for (auto& [region, names] : keys) {
    std::ranges::sort(names);
    names.erase(std::ranges::unique(names).begin(), names.end());
  }
  return keys;
}

void merge_columns(const Chain& chain, const Scenario& scenario, Baseline& base) {
  std::map<ColumnKey, std::size_t> known;
  for (const auto& key : column_keys(chain, scenario)) {
    const auto [place, fresh] = known.try_emplace(key, known.size());
    if (fresh) base.column_region.push_back(RegionId(key.first));
    base.column_of.push_back(place->second);
  }
}

[[noreturn]] void refuse_value(const Chain& chain, std::size_t i, double value,
                               std::string_view to) {
  throw Error(Errc::bad_input, fmt::format("{} sells {} to {}", chain.nodes()[i].id, value, to),
              "Every value must be a finite number.");
}

/// The value, or 0 and its size remembered where it is below 0.
double at_least_0(double value, Baseline& base) {
  if (value >= 0) return value;
  base.negative_left_out -= value;
  return 0;
}

void add_final_use(const Chain& chain, Baseline& base) {
  base.final_use = Matrix(base.n, base.columns());
  for (std::size_t i = 0; i < base.n; ++i) {
    const auto row = chain.final_use().row(i);
    for (std::size_t c = 0; c < row.size(); ++c) {
      if (!std::isfinite(row[c])) refuse_value(chain, i, row[c], "final use");
      base.final_use(i, base.column_of[c]) += at_least_0(row[c], base) / days_a_year;
    }
    for (const double y : base.final_use.row(i)) base.output[i] += y;
  }
}

void add_flows(const Chain& chain, Baseline& base) {
  chain.flows().for_each([&](std::size_t i, std::size_t j, double z) {
    if (!std::isfinite(z)) refuse_value(chain, i, z, chain.nodes()[j].id);
    base.output[i] += at_least_0(z, base) / days_a_year;
  });
}

}  // namespace

std::vector<std::size_t> Baseline::columns_of(const std::vector<std::size_t>& chains) const {
  std::vector<std::size_t> mine;
  for (const std::size_t c : chains) mine.push_back(column_of[c]);
  std::ranges::sort(mine);
  mine.erase(std::ranges::unique(mine).begin(), mine.end());
  return mine;
}

Baseline baseline_of(const Chain& chain, const Scenario& scenario) {
  Baseline base{.n = chain.size(),
                .products = chain.products().size(),
                .regions = chain.regions().size(),
                .output = std::vector<double>(chain.size()),
                .value_added = std::vector<double>(chain.size())};
  for (const auto& node : chain.nodes()) {
    base.product.push_back(node.product.value);
    base.region.push_back(node.region.value);
  }
  merge_columns(chain, scenario, base);
  add_flows(chain, base);
  add_final_use(chain, base);
  for (std::size_t i = 0; i < base.n; ++i)
    if (base.output[i] > 0)
      base.value_added[i] = chain.value_added()[i] / days_a_year / base.output[i];
  return base;
}

}  // namespace stave
