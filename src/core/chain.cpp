#include "stave/core/chain.hpp"

#include "stave/core/error.hpp"
#include "stave/core/limit.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace stave {
namespace {

void require_shape(bool fits, std::string_view what, const std::string& expected) {
  if (!fits)
    throw Error(Errc::bad_input, fmt::format("{} does not fit: expected {}", what, expected));
}

void require_shape(const Matrix& m, std::size_t rows, std::size_t cols, std::string_view what,
                   bool may_be_empty = false) {
  if (may_be_empty && m.size() == 0) return;
  const bool fits = (m.rows() == rows && m.cols() == cols) || (m.size() == 0 && rows * cols == 0);
  require_shape(fits, what, fmt::format("{} x {}, got {} x {}", rows, cols, m.rows(), m.cols()));
}

void check_shapes(const ChainParts& p) {
  const auto n = p.nodes.size();
  const auto f = p.final_columns.size();
  const auto s = p.stressor_rows.size();
  require_shape(p.flows.size() == n, "flows", fmt::format("{0} x {0}", n));
  require_shape(p.final_use, n, f, "final use");
  require_shape(p.primary, p.primary_rows.size(), n, "primary inputs");
  require_shape(p.stressors, s, n, "stressors");
  require_shape(p.stressors_final, s, f, "stressors of final use", true);
  require_shape(p.stressor_quality.empty() || p.stressor_quality.size() == s * n,
                "stressor quality", fmt::format("{} cells", s * n));
  require_shape(p.reported_output.empty() || p.reported_output.size() == n, "reported output",
                fmt::format("{} values", n));
  for (const auto& a : p.node_attributes)
    require_shape(a.values.size() == n, "attribute '" + a.name + "'", fmt::format("{} values", n));
  for (const auto& a : p.region_attributes)
    require_shape(a.values.size() == p.regions.size(), "region attribute '" + a.name + "'",
                  fmt::format("{} values", p.regions.size()));
}

void check_labels(const ChainParts& p) {
  const auto known = [](auto id, const Classification& c) {
    return id.value >= 0 && id.at() < c.size();
  };
  for (const auto& node : p.nodes) {
    if (node.id.empty()) throw Error(Errc::bad_input, "a node has no id");
    if (!known(node.region, p.regions) || !known(node.product, p.products))
      throw Error(Errc::bad_input,
                  fmt::format("node '{}' refers to an unknown region or product", node.id));
  }
  for (const auto& column : p.final_columns)
    if (!known(column.region, p.regions))
      throw Error(Errc::bad_input,
                  fmt::format("final use '{}' refers to an unknown region", column.category));
}

std::vector<double> output_of(const ChainParts& p) {
  auto x = p.flows.row_sums();
  for (std::size_t i = 0; i < x.size() && p.final_use.size() > 0; ++i)
    for (const double y : p.final_use.row(i)) x[i] += y;
  return x;
}

std::vector<double> value_added_of(const ChainParts& p, const std::vector<double>& output,
                                   const std::vector<double>& inputs) {
  std::vector<double> v(output.size());
  for (std::size_t i = 0; i < v.size() && p.primary_rows.empty(); ++i) v[i] = output[i] - inputs[i];
  for (std::size_t r = 0; r < p.primary_rows.size(); ++r)
    for (std::size_t i = 0; i < v.size(); ++i) v[i] += p.primary(r, i);
  return v;
}

const Attribute* attribute(const std::vector<Attribute>& attributes, std::string_view name) {
  const auto found = std::find_if(attributes.begin(), attributes.end(),
                                  [&](const Attribute& a) { return a.name == name; });
  return found == attributes.end() ? nullptr : &*found;
}

}  // namespace

std::string_view to_string(Quality quality) {
  switch (quality) {
    case Quality::estimated:
      return "estimated";
    case Quality::illustrative:
      return "illustrative";
    case Quality::measured:
      break;
  }
  return "measured";
}

Chain::Chain(ChainParts parts) {
  if (parts.nodes.size() > limit::max_nodes)
    throw Error(Errc::too_large, fmt::format("{} nodes; at most {} are accepted",
                                             parts.nodes.size(), limit::max_nodes));
  check_shapes(parts);
  check_labels(parts);
  recipe_ = parts.recipe.value_or(Recipe(parts.products));
  Derived derived;
  for (std::size_t i = 0; i < parts.nodes.size(); ++i)
    if (!derived.node_index.emplace(parts.nodes[i].id, static_cast<std::int32_t>(i)).second)
      throw Error(Errc::bad_input, fmt::format("node '{}' appears twice", parts.nodes[i].id));
  derived.output = output_of(parts);
  derived.intermediate_inputs = parts.flows.column_sums();
  derived.value_added = value_added_of(parts, derived.output, derived.intermediate_inputs);
  parts_ = std::make_shared<const ChainParts>(std::move(parts));
  derived_ = std::make_shared<const Derived>(std::move(derived));
}

Quality Chain::stressor_quality(std::size_t stressor, NodeId node) const {
  const auto& cells = parts_->stressor_quality;
  return cells.empty() ? parts_->stressor_rows[stressor].quality
                       : cells[stressor * size() + node.at()];
}

const Attribute* Chain::node_attribute(std::string_view name) const {
  return attribute(parts_->node_attributes, name);
}

const Attribute* Chain::region_attribute(std::string_view name) const {
  return attribute(parts_->region_attributes, name);
}

std::vector<NodeId> Chain::nodes_in(RegionId region) const {
  std::vector<NodeId> result;
  for (std::size_t i = 0; i < size(); ++i)
    if (nodes()[i].region == region) result.emplace_back(i);
  return result;
}

std::optional<NodeId> Chain::find_node(std::string_view id) const {
  const auto found = derived_->node_index.find(std::string(id));
  return found == derived_->node_index.end() ? std::nullopt : std::optional(NodeId(found->second));
}

NodeId Chain::require_node(std::string_view id) const {
  if (const auto found = find_node(id)) return *found;
  const auto dot = id.find('.');
  if (dot != std::string_view::npos) {
    const auto region = regions().find(id.substr(0, dot));
    const auto product = products().find(id.substr(dot + 1));
    for (std::size_t i = 0; region && product && i < size(); ++i)
      if (nodes()[i].region == RegionId(*region) && nodes()[i].product == ProductId(*product))
        return NodeId(i);
  }
  std::vector<std::string> ids;
  for (const auto& node : nodes()) ids.push_back(node.id);
  throw Error(Errc::not_found, fmt::format("node '{}' is not in this chain", id),
              did_you_mean(id, ids));
}

std::string Chain::label(NodeId id) const {
  const auto& n = node(id);
  if (!n.name.empty()) return n.name;
  return fmt::format("{}: {}", regions()[n.region].name, products()[n.product].name);
}

Matrix Chain::final_use_by_region() const {
  Matrix result(size(), regions().size());
  for (std::size_t i = 0; i < size(); ++i)
    for (std::size_t k = 0; k < final_columns().size(); ++k)
      result(i, final_columns()[k].region.at()) += final_use()(i, k);
  return result;
}

}  // namespace stave
