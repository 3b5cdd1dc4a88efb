#include "stave/analysis/analysis.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include <fmt/format.h>

#include "product/declaration.hpp"
#include "product/told.hpp"

namespace stave {
namespace {

Table declared(std::string_view name) { return declared_table(product_declaration(), name); }

// Positions by the size of a value, largest first.
std::vector<std::size_t> by_size(const std::vector<double>& values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return std::abs(values[a]) > std::abs(values[b]);
  });
  return order;
}

// What each process gives off itself for what was asked.
std::vector<double> own_emissions(const ToldProduct& told) {
  auto own = told.system.direct();
  for (std::size_t j = 0; j < own.size(); ++j) own[j] *= told.footprint.runs[j];
  return own;
}

double made_by(const ToldProduct& told, std::size_t j) {
  const auto& t = told.system.technosphere();
  for (auto k = t.start[j]; k < t.start[j + 1]; ++k)
    if (t.row[k] == static_cast<std::int32_t>(j)) return t.value[k] * told.footprint.runs[j];
  return 0;
}

}  // namespace

Table footprint_table(const ToldProduct& told) {
  auto table = declared("footprint");
  const auto& maker = told.maker();
  const auto& unit = told.asked.unit.empty() ? maker.unit : told.asked.unit;
  table.add_row({maker.product, told.asked.amount, unit, told.footprint.score,
                 by_tier(told.system, told.footprint, 0).front().kilograms,
                 static_cast<std::int64_t>(told.system.size()),
                 static_cast<std::int64_t>(loops(told.system.system()).size()), maker.name});
  return table;
}

Table component_table(const ToldProduct& told, const std::vector<FootprintPart>& parts) {
  auto table = declared("components");
  for (const auto& part : parts)
    table.add_row({part.name, part.kilograms, told.percent(part.kilograms)});
  return table;
}

Table tier_table(const ToldProduct& told, const std::vector<FootprintPart>& parts) {
  auto table = declared("tiers");
  double so_far = 0;
  for (const auto& part : parts) {
    so_far += part.kilograms;
    table.add_row({part.name, part.kilograms, told.percent(part.kilograms), told.percent(so_far)});
  }
  return table;
}

Table process_table(const ToldProduct& told) {
  auto table = declared("processes");
  const auto own = own_emissions(told);
  const auto& processes = told.system.system().processes;
  std::size_t listed = 0;
  for (const auto j : by_size(own)) {
    if (listed++ == told.detail.top || own[j] == 0) break;
    table.add_row({processes[j].name, own[j], told.percent(own[j]), made_by(told, j),
                   processes[j].unit, told.system.intensities()[j], processes[j].product});
  }
  return table;
}

Table tree_table(const ToldProduct& told) {
  auto table = declared("tree");
  const auto& processes = told.system.system().processes;
  const auto list = branches(told.system, told.footprint, told.detail.threshold, told.detail.depth);
  for (std::size_t b = 0; b < list.size(); ++b) {
    const auto& branch = list[b];
    const auto& process = processes[branch.process];
    table.add_row({std::int64_t{branch.tier}, process.name, branch.kilograms,
                   told.percent(branch.kilograms), branch.own, branch.left_out, branch.amount,
                   process.unit,
                   b == 0 ? std::string() : processes[list[branch.parent].process].name});
  }
  return table;
}

Table sankey_table(const ToldProduct& told) {
  auto table = declared("sankey");
  const auto& processes = told.system.system().processes;
  const double least = std::abs(told.footprint.score) * told.detail.threshold;
  const auto own = own_emissions(told);
  const auto add = [&](const std::string& from, const std::string& to, double kilograms,
                       const char* mark) {
    table.add_row({from, to, kilograms, told.percent(kilograms), std::string(mark)});
  };
  add(told.maker().name, "asked: " + told.maker().product, told.footprint.score, "end");
  for (const auto& flow : embodied_flows(told.system, told.footprint)) {
    if (std::abs(flow.kilograms) < least) break;
    add(processes[flow.from].name, processes[flow.to].name, flow.kilograms, "");
  }
  double small_own = 0;
  for (const auto j : by_size(own)) {
    if (std::abs(own[j]) < least)
      small_own += own[j];
    else
      add("emissions", processes[j].name, own[j], "own");
  }
  if (small_own != 0) add("emissions", "processes below the threshold", small_own, "own");
  return table;
}

Table emission_table(const ToldProduct& told) {
  auto table = declared("emissions");
  const auto& system = told.system.system();
  std::vector<double> amounts(system.flows.size());
  for (const auto& e : system.biosphere)
    amounts[static_cast<std::size_t>(e.row)] +=
        e.value * told.footprint.runs[static_cast<std::size_t>(e.column)];
  std::vector<double> footprints(amounts.size());
  for (std::size_t i = 0; i < amounts.size(); ++i)
    footprints[i] = amounts[i] * system.flows[i].factor;
  std::size_t listed = 0;
  for (const auto i : by_size(footprints)) {
    if (listed == told.detail.top) break;
    const auto& flow = system.flows[i];
    if (amounts[i] == 0) continue;
    ++listed;
    table.add_row({flow.name, amounts[i], flow.unit,
                   flow.source.empty() ? std::nan("") : flow.factor, footprints[i],
                   flow.compartment, flow.source});
  }
  return table;
}

Table unlinked_table(const ToldProduct& told) {
  auto table = declared("unlinked");
  for (const auto& u : told.system.system().unlinked)
    table.add_row({u.activity, u.product, u.amount, u.unit, u.reason});
  return table;
}

Table conversion_table(const ToldProduct& told) {
  auto table = declared("conversions");
  std::map<std::tuple<std::string, std::string, std::string, double, std::string>, std::int64_t>
      counts;
  for (const auto& c : told.system.system().conversions)
    ++counts[{c.product, c.from, c.to, c.factor, c.by}];
  for (const auto& [key, count] : counts)
    table.add_row({std::get<0>(key), std::get<1>(key), std::get<2>(key), std::get<3>(key), count,
                   std::get<4>(key)});
  return table;
}

Table allocation_table(const ToldProduct& told) {
  auto table = declared("allocation");
  for (const auto& a : told.system.system().allocated)
    table.add_row({a.activity, a.product, a.rule, 100 * a.share});
  return table;
}

Table quantile_table(const ToldProduct& told) {
  auto table = declared("quantiles");
  auto scores = told.draws.scores;
  if (scores.empty()) return table;
  std::sort(scores.begin(), scores.end());
  const auto add = [&](const std::string& what, double value) {
    table.add_row({what, value, told.percent(value)});
  };
  add("mean", told.draws.mean);
  add("standard deviation", told.draws.deviation);
  for (const double q : {0.025, 0.05, 0.25, 0.5, 0.75, 0.95, 0.975})
    add(fmt::format("quantile {}", q), sorted_quantile(scores, q));
  return table;
}

Table number_table(const ToldProduct& told) {
  auto table = declared("numbers");
  double all = 0;
  for (const auto& effect : told.draws.effects) all += effect.variance;
  std::size_t listed = 0;
  for (const auto& effect : told.draws.effects) {
    if (listed++ == told.detail.top || all == 0) break;
    table.add_row({told.system.system().uncertain[effect.number].name, 100 * effect.variance / all,
                   100 * effect.first_order, effect.derivative, effect.deviation});
  }
  return table;
}

}  // namespace stave
