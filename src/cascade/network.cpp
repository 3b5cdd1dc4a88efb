#include "stave/cascade/cascade.hpp"
#include "stave/core/error.hpp"

#include <cmath>

#include <fmt/format.h>

namespace stave {
namespace {

void check_amounts(std::string_view what, const std::vector<double>& values, std::size_t n) {
  if (!values.empty() && values.size() != n)
    throw Error(Errc::bad_input,
                fmt::format("{} has {} values for {} nodes", what, values.size(), n));
  for (std::size_t i = 0; i < values.size(); ++i)
    if (!std::isfinite(values[i]) || values[i] < 0)
      throw Error(Errc::bad_input, fmt::format("{} of node {} is {}", what, i, values[i]),
                  "Expected a number that is not negative.");
}

void check_group(std::string_view what, const std::vector<std::int32_t>& group,
                 const CascadeNetwork& network) {
  const std::size_t n = network.flows->size();
  if (group.size() != n)
    throw Error(Errc::bad_input,
                fmt::format("{} has {} values for {} nodes", what, group.size(), n));
  for (std::size_t i = 0; i < n; ++i)
    if (group[i] < 0 || static_cast<std::size_t>(group[i]) >= network.products)
      throw Error(Errc::bad_input, fmt::format("{} of node {} is {}, but there are {}", what, i,
                                               group[i], network.products));
}

}  // namespace

CascadeNetwork cascade_network(const Chain& chain) {
  CascadeNetwork network;
  network.flows = &chain.flows();
  network.products = chain.products().size();
  network.recipe = &chain.recipe();
  for (const auto& node : chain.nodes()) network.product.push_back(node.product.value);
  network.market = network.product;
  return network;
}

void check_network(const CascadeNetwork& network) {
  if (network.flows == nullptr || network.recipe == nullptr)
    throw Error(Errc::bad_input, "a cascade needs flows and a recipe");
  const std::size_t n = network.flows->size();
  check_group("product", network.product, network);
  check_group("market", network.market, network);
  check_amounts("revenue", network.revenue, n);
  check_amounts("cost", network.cost, n);
  check_amounts("output", network.output, n);
  network.flows->for_each([](std::size_t i, std::size_t j, double w) {
    if (!std::isfinite(w) || w < 0)
      throw Error(Errc::bad_input, fmt::format("the flow from node {} to node {} is {}", i, j, w),
                  "A cascade needs flows that are finite and not negative.");
  });
}

}  // namespace stave
