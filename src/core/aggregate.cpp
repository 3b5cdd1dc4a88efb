#include "stave/core/aggregate.hpp"

#include "stave/core/error.hpp"
#include "stave/core/limit.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>

#include <fmt/format.h>

#include "shares.hpp"

namespace stave {
namespace {

// The new list of nodes or final-use columns: `label[t]` is (region, product or category).
struct Merged {
  std::vector<std::pair<std::size_t, std::size_t>> label;
  Shares shares;  // of each old one
};

using Placed = std::map<std::pair<std::size_t, std::size_t>, std::size_t>;

// Orders the labels in use by region, then by product or category.
Merged merge_labels(std::size_t count, const auto& shares_of) {
  Merged merged;
  Placed position;
  for (std::size_t i = 0; i < count; ++i)
    shares_of(i, [&](std::size_t region, std::size_t other, double) {
      position.emplace(std::pair(region, other), 0);
    });
  for (auto& [label, place] : position) {
    place = merged.label.size();
    merged.label.push_back(label);
  }
  std::vector<Share> shares;
  for (std::size_t i = 0; i < count; ++i) {
    shares.clear();
    shares_of(i, [&](std::size_t region, std::size_t other, double weight) {
      shares.push_back({position.at({region, other}), weight});
    });
    merged.shares.add(shares);
  }
  return merged;
}

Merged merge_nodes(const Chain& chain, const Mapping& regions, const Mapping& products) {
  std::size_t parts = 0;
  for (const auto& node : chain.nodes())
    parts +=
        regions.shares.of(node.region.at()).size() * products.shares.of(node.product.at()).size();
  if (parts > limit::max_nodes * 4)
    throw Error(Errc::too_large,
                fmt::format("these weights split {} nodes into {} parts", chain.size(), parts));
  return merge_labels(chain.size(), [&](std::size_t i, auto&& f) {
    const auto& node = chain.nodes()[i];
    for (const auto& r : regions.shares.of(node.region.at()))
      for (const auto& p : products.shares.of(node.product.at()))
        f(r.target, p.target, r.weight * p.weight);
  });
}

Merged merge_columns(const Chain& chain, const Mapping& regions, std::vector<std::string>& names) {
  std::vector<std::size_t> category;
  for (const auto& column : chain.final_columns()) {
    const auto found = std::find(names.begin(), names.end(), column.category);
    category.push_back(static_cast<std::size_t>(found - names.begin()));
    if (found == names.end()) names.push_back(column.category);
  }
  return merge_labels(category.size(), [&](std::size_t k, auto&& f) {
    for (const auto& r : regions.shares.of(chain.final_columns()[k].region.at()))
      f(r.target, category[k], r.weight);
  });
}

// M w: columns merged. Row order and count stay.
Matrix merge_matrix_columns(const Matrix& m, const Merged& to) {
  if (m.size() == 0 && m.rows() == 0) return {};
  Matrix result(m.rows(), to.label.size());
  for (std::size_t r = 0; r < m.rows(); ++r)
    for (std::size_t i = 0; i < m.cols(); ++i)
      for (const auto& share : to.shares.of(i)) result(r, share.target) += share.weight * m(r, i);
  return result;
}

// w' M: rows merged.
Matrix merge_matrix_rows(const Matrix& m, const Merged& to) {
  Matrix result(to.label.size(), m.cols());
  for (std::size_t i = 0; i < m.rows(); ++i)
    for (const auto& share : to.shares.of(i))
      for (std::size_t k = 0; k < m.cols(); ++k) result(share.target, k) += share.weight * m(i, k);
  return result;
}

FlowMatrix merge_dense(const FlowMatrix& z, const Merged& to) {
  const auto m = to.label.size();
  if (m > limit::max_dense_nodes)
    throw Error(Errc::too_large, fmt::format("{} nodes are too many for dense flows", m));
  Matrix result(m, m);
  std::vector<double> bought(m);
  for (std::size_t i = 0; i < z.size(); ++i) {
    std::fill(bought.begin(), bought.end(), 0.0);
    z.for_each_in_row(i, [&](std::size_t j, double value) {
      for (const auto& user : to.shares.of(j)) bought[user.target] += user.weight * value;
    });
    for (const auto& seller : to.shares.of(i))
      for (std::size_t j = 0; j < m; ++j) result(seller.target, j) += seller.weight * bought[j];
  }
  return FlowMatrix(std::move(result));
}

FlowMatrix merge_sparse(const FlowMatrix& z, const Merged& to) {
  const auto m = to.label.size();
  const auto members = to.shares.members(m);
  std::vector<Flow> flows;
  std::vector<double> bought(m);
  std::vector<bool> met(m);
  std::vector<std::size_t> touched;
  for (std::size_t seller = 0; seller < m; ++seller) {
    for (const auto& member : members.of(seller))
      z.for_each_in_row(member.target, [&](std::size_t j, double value) {
        for (const auto& user : to.shares.of(j)) {
          if (!met[user.target]) touched.push_back(user.target);
          met[user.target] = true;
          bought[user.target] += member.weight * user.weight * value;
        }
      });
    if (flows.size() + touched.size() > limit::max_links)
      throw Error(Errc::too_large,
                  fmt::format("splitting makes more than {} links", limit::max_links));
    for (const auto j : touched) {
      flows.push_back({static_cast<std::int32_t>(seller), static_cast<std::int32_t>(j), bought[j]});
      bought[j] = 0;
      met[j] = false;
    }
    touched.clear();
  }
  return FlowMatrix::from_flows(m, std::move(flows));
}

// A merged node that only kept its labels stays what it was.
std::vector<Node> nodes_of(const Chain& chain, const Merged& nodes, const Mapping& regions,
                           const Mapping& products) {
  const auto members = nodes.shares.members(nodes.label.size());
  std::vector<Node> result;
  for (std::size_t t = 0; t < nodes.label.size(); ++t) {
    const auto [r, p] = nodes.label[t];
    const auto& region = regions.targets[r];
    const auto& product = products.targets[p];
    Node node{region.code + "." + product.code, {}, {}, RegionId(r), ProductId(p), {}};
    if (const auto of = members.of(t); of.size() == 1 && of[0].weight == 1) {
      const auto& old = chain.nodes()[of[0].target];
      if (chain.regions()[old.region].code == region.code &&
          chain.products()[old.product].code == product.code) {
        node.id = old.id;
        node.name = old.name;
        node.name_zh = old.name_zh;
        node.enterprise = old.enterprise;
      }
    }
    result.push_back(std::move(node));
  }
  return result;
}

// The worst of the members; what was split is estimated at best.
std::vector<Quality> quality_of(const Chain& chain, const Merged& nodes) {
  const auto& parts = chain.parts();
  bool split = false;
  for (std::size_t i = 0; i < chain.size(); ++i) split |= nodes.shares.of(i).size() > 1;
  if (parts.stressor_quality.empty() && !split) return {};
  const auto m = nodes.label.size();
  std::vector<Quality> result(parts.stressor_rows.size() * m);
  for (std::size_t s = 0; s < parts.stressor_rows.size(); ++s)
    for (std::size_t i = 0; i < chain.size(); ++i)
      for (const auto& share : nodes.shares.of(i)) {
        auto& cell = result[s * m + share.target];
        cell = std::max(cell, chain.stressor_quality(s, NodeId(i)));
        if (share.weight < 1) cell = std::max(cell, Quality::estimated);
      }
  return result;
}

std::vector<double> summed(const std::vector<double>& values, const Merged& to) {
  std::vector<double> result(to.label.size());
  for (std::size_t i = 0; i < values.size(); ++i)
    for (const auto& share : to.shares.of(i)) result[share.target] += share.weight * values[i];
  return result;
}

// Mean of the known members by weight; of equal ones where the weights are all zero.
std::vector<double> averaged(const std::vector<double>& values, const Merged& to,
                             const std::vector<double>& weight) {
  const auto members = to.shares.members(to.label.size());
  std::vector<double> result(to.label.size(), std::numeric_limits<double>::quiet_NaN());
  for (std::size_t t = 0; t < result.size(); ++t) {
    double sum = 0;
    double total = 0;
    double plain = 0;
    double known = 0;
    double last = 0;
    for (const auto& member : members.of(t)) {
      const auto value = values[member.target];
      if (std::isnan(value)) continue;
      last = value;
      const auto w = member.weight * std::max(0.0, weight[member.target]);
      sum += w * value;
      total += w;
      plain += member.weight * value;
      known += member.weight;
    }
    if (members.of(t).size() == 1 && known > 0)
      result[t] = last;
    else if (known > 0)
      result[t] = total > 0 ? sum / total : plain / known;
  }
  return result;
}

std::string_view to_string(Merge merge) {
  switch (merge) {
    case Merge::mean:
      return "averaged by output";
    case Merge::drop:
      return "dropped";
    case Merge::sum:
      break;
  }
  return "summed";
}

std::vector<Attribute> attributes_of(const std::vector<Attribute>& old, const Merged& to,
                                     const std::vector<double>& output, const ChainInfo& info,
                                     const AggregateOptions& options, std::string_view what,
                                     std::vector<std::string>& notes) {
  const bool renamed = to.shares.only_renames(to.label.size());
  std::vector<Attribute> result;
  for (const auto& attribute : old) {
    const auto given = options.attributes.find(attribute.name);
    const auto rule =
        given == options.attributes.end() ? default_merge(attribute, info) : given->second;
    if (!renamed)
      notes.push_back(fmt::format("{} attribute '{}' {}", what, attribute.name, to_string(rule)));
    if (renamed || rule == Merge::sum)
      result.push_back({attribute.name, attribute.unit, summed(attribute.values, to)});
    else if (rule == Merge::mean)
      result.push_back({attribute.name, attribute.unit, averaged(attribute.values, to, output)});
  }
  return result;
}

// Sums without losing digits (Neumaier), beside the sum of absolute values.
struct Sum {
  double sum = 0;
  double lost = 0;
  double absolute = 0;
  void add(double value) {
    const auto next = sum + value;
    lost += std::abs(sum) >= std::abs(value) ? (sum - next) + value : (value - next) + sum;
    sum = next;
    absolute += std::abs(value);
  }
  void add(std::span<const double> values) {
    for (const auto value : values) add(value);
  }
  [[nodiscard]] double total() const { return sum + lost; }
};

Sum sum_of(const FlowMatrix& z) {
  Sum sum;
  z.for_each([&](std::size_t, std::size_t, double value) { sum.add(value); });
  return sum;
}

Sum sum_of(std::span<const double> values) {
  Sum sum;
  sum.add(values);
  return sum;
}

ConservedTotal total_of(std::string what, std::string unit, const Sum& before, const Sum& after) {
  return {std::move(what), std::move(unit), before.total(), after.total(), before.absolute};
}

std::vector<ConservedTotal> totals_of(const Chain& before, const Chain& after) {
  const auto& money = before.info().unit;
  std::vector<ConservedTotal> totals;
  totals.push_back(total_of("flows", money, sum_of(before.flows()), sum_of(after.flows())));
  totals.push_back(total_of("final use", money, sum_of(before.final_use().values()),
                            sum_of(after.final_use().values())));
  if (!before.reported_output().empty())
    totals.push_back(total_of("reported output", money, sum_of(before.reported_output()),
                              sum_of(after.reported_output())));
  for (std::size_t r = 0; r < before.primary_rows().size(); ++r)
    totals.push_back(total_of("primary input " + before.primary_rows()[r].code, money,
                              sum_of(before.primary().row(r)), sum_of(after.primary().row(r))));
  for (std::size_t s = 0; s < before.stressor_rows().size(); ++s) {
    const auto& stressor = before.stressor_rows()[s];
    totals.push_back(total_of("stressor " + stressor.name, stressor.unit,
                              sum_of(before.stressors().row(s)), sum_of(after.stressors().row(s))));
    if (before.stressors_final().size() > 0)
      totals.push_back(total_of("stressor " + stressor.name + " of final use", stressor.unit,
                                sum_of(before.stressors_final().row(s)),
                                sum_of(after.stressors_final().row(s))));
  }
  return totals;
}

void require_finite(double value, const auto& describe) {
  if (!std::isfinite(value))
    throw Error(Errc::bad_input, fmt::format("{} is {}, not a finite number", describe(), value),
                "stave check CHAIN lists every such cell.");
}

void require_finite(const Matrix& m, const auto& row_name, const auto& column_name) {
  for (std::size_t r = 0; r < m.rows(); ++r)
    for (std::size_t c = 0; c < m.cols(); ++c)
      require_finite(m(r, c), [&] { return fmt::format("{} of {}", row_name(r), column_name(c)); });
}

void require_finite(const Chain& chain) {
  const auto node = [&](std::size_t i) { return fmt::format("'{}'", chain.nodes()[i].id); };
  const auto column = [&](std::size_t k) {
    const auto& c = chain.final_columns()[k];
    return fmt::format("'{} {}'", chain.regions()[c.region].code, c.category);
  };
  const auto stressor = [&](std::size_t s) {
    return fmt::format("stressor '{}'", chain.stressor_rows()[s].name);
  };
  chain.flows().for_each([&](std::size_t i, std::size_t j, double value) {
    require_finite(value, [&] { return fmt::format("the flow from {} to {}", node(i), node(j)); });
  });
  require_finite(
      chain.final_use(), [&](std::size_t i) { return "final use of " + node(i); }, column);
  require_finite(
      chain.primary(),
      [&](std::size_t r) {
        return fmt::format("primary input '{}'", chain.primary_rows()[r].code);
      },
      node);
  require_finite(chain.stressors(), stressor, node);
  require_finite(chain.stressors_final(), stressor, column);
  for (std::size_t i = 0; i < chain.reported_output().size(); ++i)
    require_finite(chain.reported_output()[i], [&] { return "the reported output of " + node(i); });
}

void note_mapping(const Mapping& mapping, const Classification& old, const std::string& file,
                  std::vector<std::string>& notes) {
  if (mapping.same) return;
  std::size_t split = 0;
  for (std::size_t i = 0; i < old.size(); ++i) split += mapping.shares.of(i).size() > 1 ? 1U : 0U;
  notes.push_back(fmt::format("{} {}s aggregated to {}{}{}", old.size(), old.what(),
                              mapping.targets.size(), file.empty() ? "" : " by ", file));
  if (split > 0)
    notes.push_back(fmt::format("{} {}s split by fixed weights; their stressors count as estimated",
                                split, old.what()));
}

std::vector<double> region_output(const Chain& chain) {
  std::vector<double> output(chain.regions().size());
  for (std::size_t i = 0; i < chain.size(); ++i)
    output[chain.nodes()[i].region.at()] += chain.output()[i];
  return output;
}

ChainInfo info_of(const Chain& chain, const Mapping& regions, const Mapping& products,
                  const Concordance& region_table, const Concordance& product_table) {
  auto info = chain.info();
  note_mapping(regions, chain.regions(), region_table.file, info.notes);
  note_mapping(products, chain.products(), product_table.file, info.notes);
  if (chain.has_own_recipe() && !products.same)
    info.notes.emplace_back("recipe: the need that carries most of the flow between members");
  if (!products.same)
    info.classification =
        fmt::format("{} products aggregated from {}", products.targets.size(),
                    info.classification.empty() ? fmt::format("{}", chain.products().size())
                                                : info.classification);
  return info;
}

ChainParts merged_parts(const Chain& chain, const Mapping& regions, const Mapping& products,
                        const AggregateOptions& options, ChainInfo info) {
  const auto nodes = merge_nodes(chain, regions, products);
  std::vector<std::string> categories;
  const auto columns = merge_columns(chain, regions, categories);
  ChainParts parts;
  parts.regions = regions.targets;
  parts.products = products.targets;
  parts.nodes = nodes_of(chain, nodes, regions, products);
  parts.flows = chain.flows().is_dense() ? merge_dense(chain.flows(), nodes)
                                         : merge_sparse(chain.flows(), nodes);
  for (const auto& [region, category] : columns.label)
    parts.final_columns.push_back({RegionId(region), categories[category]});
  parts.final_use = merge_matrix_rows(merge_matrix_columns(chain.final_use(), columns), nodes);
  parts.primary_rows = chain.primary_rows();
  parts.primary = merge_matrix_columns(chain.primary(), nodes);
  parts.stressor_rows = chain.stressor_rows();
  parts.stressors = merge_matrix_columns(chain.stressors(), nodes);
  parts.stressors_final = merge_matrix_columns(chain.stressors_final(), columns);
  parts.stressor_quality = quality_of(chain, nodes);
  if (!chain.reported_output().empty())
    parts.reported_output = summed(chain.reported_output(), nodes);
  parts.node_attributes = attributes_of(chain.node_attributes(), nodes, chain.output(),
                                        chain.info(), options, "node", info.notes);
  Merged merged_regions{{}, regions.shares};
  merged_regions.label.resize(regions.targets.size());
  parts.region_attributes =
      attributes_of(chain.region_attributes(), merged_regions, region_output(chain), chain.info(),
                    options, "region", info.notes);
  if (chain.has_own_recipe())
    parts.recipe = products.same ? chain.recipe() : merged_recipe(chain, products);
  parts.info = std::move(info);
  return parts;
}

}  // namespace

Merge default_merge(const Attribute& attribute, const ChainInfo& info) {
  const auto& unit = attribute.unit;
  const auto has = [&](std::string_view word) { return unit.find(word) != std::string::npos; };
  if (has("degree")) return Merge::drop;
  if (has("/") || has(" per ")) return Merge::mean;
  static constexpr std::array amounts{"t",   "kg", "kt", "Mt", "kWh", "MWh",   "GWh",
                                      "TWh", "GJ", "TJ", "PJ", "ha",  "km2",   "m2",
                                      "m3",  "kW", "MW", "GW", "USD", "heads", "pieces"};
  const bool amount = std::find(amounts.begin(), amounts.end(), unit) != amounts.end() ||
                      has("person") || has("employee") || (!unit.empty() && unit == info.unit) ||
                      (!info.currency.empty() && has(info.currency));
  const bool named = attribute.name == "population" || attribute.name == "employees" ||
                     attribute.name == "employment";
  return amount || named ? Merge::sum : Merge::mean;
}

double ConservedTotal::relative_miss() const {
  const auto miss = std::abs(after - before);
  return miss == 0 ? 0 : miss / std::max(scale, std::numeric_limits<double>::min());
}

double Aggregation::worst() const {
  double worst = 0;
  for (const auto& total : totals) worst = std::max(worst, total.relative_miss());
  return worst;
}

Aggregation aggregate(const Chain& chain, const Concordance& regions, const Concordance& products,
                      const AggregateOptions& options) {
  require_finite(chain);
  const auto region_map = read_concordance(chain.regions(), regions);
  const auto product_map = read_concordance(chain.products(), products);
  auto info = info_of(chain, region_map, product_map, regions, products);
  Chain merged(merged_parts(chain, region_map, product_map, options, std::move(info)));
  auto totals = totals_of(chain, merged);
  return {std::move(merged), std::move(totals)};
}

}  // namespace stave
