#include "diagnosis/main_product.hpp"

#include <algorithm>
#include <numeric>

namespace stave {
namespace {

std::vector<std::int32_t> positions(std::span<const NodeId> nodes) {
  std::vector<std::int32_t> result;
  for (const auto node : nodes) result.push_back(node.value);
  return result;
}

// Row k: value added of product k; output where the product has none.
Matrix loss_weights(const Chain& chain, const std::vector<MainProduct>& products) {
  Matrix weights(products.size(), chain.size());
  for (std::size_t k = 0; k < products.size(); ++k)
    for (const auto maker : products[k].makers)
      weights(k, maker.at()) = products[k].value_added > 0
                                   ? std::max(0.0, chain.value_added()[maker.at()])
                                   : std::max(0.0, chain.output()[maker.at()]);
  return weights;
}

}  // namespace

std::vector<MainProduct> main_products(const Chain& chain, RegionId region, std::size_t most) {
  std::vector<MainProduct> products(chain.products().size());
  for (std::size_t p = 0; p < products.size(); ++p) products[p].product = ProductId(p);
  for (const auto node : chain.nodes_in(region)) {
    auto& product = products[chain.node(node).product.at()];
    product.makers.push_back(node);
    product.output += chain.output()[node.at()];
    product.value_added += std::max(0.0, chain.value_added()[node.at()]);
  }
  std::erase_if(products, [](const MainProduct& p) { return !(p.output > 0); });
  std::stable_sort(products.begin(), products.end(),
                   [](const auto& a, const auto& b) { return a.output > b.output; });
  products.resize(std::min(products.size(), most));
  return products;
}

void lose_to(const Chain& chain, RegionId region, std::span<const NodeId> sources,
             const ExposureOptions& options, std::vector<MainProduct>& products,
             Progress& progress) {
  if (sources.empty() || products.empty()) return;
  std::vector<std::uint8_t> buyers(chain.size());
  for (const auto node : chain.nodes_in(region)) buyers[node.at()] = 1;
  const auto weights = loss_weights(chain, products);
  const auto losses = supply_losses(chain, sources, buyers, weights.view(), options, progress);
  for (std::size_t s = 0; s < sources.size(); ++s)
    for (std::size_t k = 0; k < products.size(); ++k)
      if (const double loss = losses.at(s, k).down; loss > products[k].loss) {
        products[k].loss = loss;
        products[k].worst = sources[s];
      }
}

const MainProduct& most_stuck(const std::vector<MainProduct>& products) {
  double most = 0;
  for (const auto& product : products) most = std::max(most, product.loss);
  return *std::ranges::find_if(products,
                               [&](const MainProduct& p) { return p.loss >= 0.99 * most; });
}

void find_singles(const BreakpointSystem& system, std::vector<MainProduct>& products,
                  Progress& progress) {
  for (auto& product : products) {
    const auto found = break_sets(system, positions(product.makers), {.size = 1}, progress);
    if (found.sets.empty()) continue;
    for (const auto& set : found.sets.front()) product.singles.push_back(set.front());
  }
}

SourceKind source_kind(const Chain& chain) {
  const bool enterprises =
      std::ranges::any_of(chain.nodes(), [](const Node& node) { return !node.enterprise.empty(); });
  return enterprises ? SourceKind::enterprise : SourceKind::region_product;
}

bool stops(const BreakpointSystem& system, std::span<const NodeId> supplier,
           std::span<const NodeId> customers) {
  if (supplier.empty() || customers.empty()) return false;
  const auto source = system.source_of[supplier.front().at()];
  const auto of_source = [&](NodeId node) { return system.source_of[node.at()] == source; };
  if (!std::ranges::all_of(supplier, of_source) || std::ranges::any_of(customers, of_source))
    return false;
  const auto target = positions(customers);
  const auto failed = failed_nodes(system, std::span(&source, 1));
  return std::ranges::all_of(
      target, [&](std::int32_t node) { return failed[static_cast<std::size_t>(node)] != 0; });
}

}  // namespace stave
