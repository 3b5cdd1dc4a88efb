#include "emission.hpp"

#include "stave/core/error.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "row.hpp"

namespace stave::sample {

namespace {

const BridgeRule& rule_of(const Bridge& bridge, const std::string& industry) {
  const auto found = bridge.find(industry);
  if (found == bridge.end())
    throw Error(Errc::not_found, fmt::format("industry '{}' has no line in the bridge", industry));
  return found->second;
}

std::vector<NodeId> nodes_of(const Chain& chain, const std::string& region,
                             const std::vector<std::string>& products) {
  std::vector<NodeId> nodes;
  nodes.reserve(products.size());
  for (const auto& product : products)
    nodes.push_back(chain.require_node(fmt::format("{}.{}", region, product)));
  return nodes;
}

double output_of(const Chain& chain, const std::vector<NodeId>& nodes) {
  double sum = 0;
  for (const auto node : nodes) sum += chain.output()[node.at()];
  return sum;
}

}  // namespace

Bridge read_bridge(const std::filesystem::path& path) {
  Bridge bridge;
  for (const auto& row : read_rows(path, {"from", "to", "basis"})) {
    const auto& from = row.at("from");
    auto& rule = bridge[from];
    rule.to.push_back(row.at("to"));
    if (const auto otherwise = row.cells.find("otherwise"); otherwise != row.cells.end())
      rule.otherwise = otherwise->second;
    if (row.at("basis") != "output" && (row.at("basis") != "whole" || rule.to.size() > 1))
      row.refuse("from", "is not given as whole to one product or by output to several");
  }
  return bridge;
}

Spread spread(const Chain& chain, const std::vector<Emission>& emissions, const Bridge& bridge) {
  Spread result{std::vector<double>(chain.size()), std::vector<double>(chain.size()), {}};
  for (const auto& [region, industry, value] : emissions) {
    const auto& rule = rule_of(bridge, industry);
    auto nodes = nodes_of(chain, region, rule.to);
    if (value == 0) continue;
    auto output = output_of(chain, nodes);
    if (!(output > 0) && !rule.otherwise.empty()) {
      result.moved.push_back(
          fmt::format("{} {} to {} ({:.6g})", region, industry, rule.otherwise, value));
      nodes = nodes_of(chain, region, {rule.otherwise});
      output = output_of(chain, nodes);
    }
    if (!(output > 0))
      throw Error(Errc::bad_input, fmt::format("{} of {}: no product with output takes its {:.6g}",
                                               industry, region, value));
    for (const auto node : nodes) {
      const auto part = nodes.size() == 1 ? value : value * chain.output()[node.at()] / output;
      result.value[node.at()] += part;
      if (nodes.size() > 1) result.divided[node.at()] += part;
    }
  }
  return result;
}

}  // namespace stave::sample
