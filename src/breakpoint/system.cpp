#include "stave/breakpoint/breakpoint.hpp"
#include "stave/core/error.hpp"

#include <algorithm>
#include <map>
#include <unordered_map>

#include <fmt/format.h>

namespace stave {
namespace {

struct Input {
  std::int32_t product;
  std::int32_t supplier;
  double flow;
};

// Essential inputs of every node, by product, then supplier.
std::vector<std::vector<Input>> essential_inputs(const Chain& chain) {
  std::vector<std::vector<Input>> inputs(chain.size());
  chain.flows().for_each([&](std::size_t i, std::size_t j, double value) {
    const auto product = chain.nodes()[i].product;
    if (value > 0 && chain.recipe().need(product, chain.nodes()[j].product) == Need::essential)
      inputs[j].push_back({product.value, static_cast<std::int32_t>(i), value});
  });
  for (auto& list : inputs)
    std::stable_sort(list.begin(), list.end(),
                     [](const Input& a, const Input& b) { return a.product < b.product; });
  return inputs;
}

std::string source_key(const Chain& chain, const Node& node, SourceKind kind) {
  switch (kind) {
    case SourceKind::region:
      return chain.regions()[node.region].name;
    case SourceKind::enterprise:
      return node.enterprise.empty() ? node.id : node.enterprise;
    case SourceKind::node:
      return node.id;
    case SourceKind::region_product:
      break;
  }
  return fmt::format("{}: {}", chain.regions()[node.region].name,
                     chain.products()[node.product].name);
}

}  // namespace

BreakpointSystem::BreakpointSystem(const Chain& chain, SourceKind kind, double theta)
    : threshold(theta) {
  if (!(theta >= 0 && theta <= 1))
    throw Error(Errc::bad_input, fmt::format("threshold {} is not a share from 0 to 1", theta));
  const auto has_name = [](const Node& n) { return !n.enterprise.empty(); };
  if (kind == SourceKind::enterprise &&
      std::none_of(chain.nodes().begin(), chain.nodes().end(), has_name))
    throw Error(Errc::missing_part, fmt::format("{} has no enterprises", chain.info().name),
                "Ask by region-product or by region instead.");
  for (const auto& node : chain.nodes()) {
    region_of_.push_back(node.region);
    product_of_.push_back(node.product);
  }
  index_sources(chain, kind);
  group_inputs(chain);
  index_uses();
}

void BreakpointSystem::index_sources(const Chain& chain, SourceKind kind) {
  std::unordered_map<std::string, std::int32_t> known;
  for (const auto& node : chain.nodes()) {
    const auto key = source_key(chain, node, kind);
    const auto [entry, fresh] = known.try_emplace(key, static_cast<std::int32_t>(known.size()));
    if (fresh) {
      source_names.push_back(key);
      source_region.push_back(node.region.value);
    }
    auto& region = source_region[static_cast<std::size_t>(entry->second)];
    if (region != node.region.value) region = -1;
    source_of.push_back(entry->second);
  }
  source_start.assign(sources() + 1, 0);
  for (const auto s : source_of) ++source_start[static_cast<std::size_t>(s) + 1];
  for (std::size_t s = 0; s < sources(); ++s) source_start[s + 1] += source_start[s];
  source_node.resize(nodes());
  auto next = source_start;
  for (std::size_t i = 0; i < nodes(); ++i)
    source_node[static_cast<std::size_t>(next[static_cast<std::size_t>(source_of[i])]++)] =
        static_cast<std::int32_t>(i);
}

void BreakpointSystem::group_inputs(const Chain& chain) {
  const auto* spare = chain.node_attribute("spare_capacity");
  const auto inputs = essential_inputs(chain);
  node_group_start.push_back(0);
  member_start.push_back(0);
  for (std::size_t j = 0; j < inputs.size(); ++j) {
    for (std::size_t first = 0, last = 0; first < inputs[j].size(); first = last) {
      double total = 0;
      while (last < inputs[j].size() && inputs[j][last].product == inputs[j][first].product)
        total += inputs[j][last++].flow;
      group_node.push_back(static_cast<std::int32_t>(j));
      group_product.push_back(inputs[j][first].product);
      for (std::size_t k = first; k < last; ++k) {
        const auto i = inputs[j][k].supplier;
        const double extra = spare == nullptr ? 0 : spare->values[static_cast<std::size_t>(i)];
        member.push_back(i);
        weight.push_back(inputs[j][k].flow * (extra > 0 ? 1 + extra : 1) / total);
      }
      member_start.push_back(static_cast<std::int64_t>(member.size()));
    }
    node_group_start.push_back(static_cast<std::int64_t>(group_node.size()));
  }
}

void BreakpointSystem::index_uses() {
  use_start.assign(nodes() + 1, 0);
  for (const auto i : member) ++use_start[static_cast<std::size_t>(i) + 1];
  for (std::size_t i = 0; i < nodes(); ++i) use_start[i + 1] += use_start[i];
  use_group.resize(member.size());
  use_weight.resize(member.size());
  auto next = use_start;
  for (std::size_t g = 0; g < group_node.size(); ++g)
    for (auto k = member_start[g]; k < member_start[g + 1]; ++k) {
      const auto i = static_cast<std::size_t>(member[static_cast<std::size_t>(k)]);
      const auto slot = static_cast<std::size_t>(next[i]++);
      use_group[slot] = static_cast<std::int32_t>(g);
      use_weight[slot] = weight[static_cast<std::size_t>(k)];
    }
}

std::vector<std::int32_t> BreakpointSystem::target(ProductId product,
                                                   std::optional<RegionId> region) const {
  std::vector<std::int32_t> found;
  for (std::size_t i = 0; i < nodes(); ++i)
    if (product_of_[i] == product && (!region || region_of_[i] == *region))
      found.push_back(static_cast<std::int32_t>(i));
  if (found.empty())
    throw Error(Errc::not_found, "nobody makes the target product there",
                "Leave --region out to ask for its makers anywhere.");
  return found;
}

}  // namespace stave
