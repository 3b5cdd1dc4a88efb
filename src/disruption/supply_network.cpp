#include "disruption/supply_network.hpp"

#include "stave/core/error.hpp"
#include "stave/core/random.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "disruption/baseline.hpp"

namespace stave {
namespace {

constexpr std::uint64_t stock_days_stream = 0x5d0c;
constexpr std::size_t link_bytes_at_most = 72;  // layout, stock, order, what events add

/// Poisson by inversion: the first k whose cumulated probability passes u.
double poisson(double mean, double u) {
  double probability = std::exp(-mean);
  double cumulated = probability;
  double k = 0;
  while (cumulated <= u && probability > 0) {
    k += 1;
    probability *= mean / k;
    cumulated += probability;
  }
  return k;
}

void refuse_too_many_links(std::size_t links) {
  const bool countable = links < std::numeric_limits<std::uint32_t>::max();
  if (countable && links * link_bytes_at_most <= max_network_bytes) return;
  throw Error(
      Errc::too_large,
      fmt::format("{} links: stocks of every supplier need about {:.0f} GiB", links,
                  static_cast<double>(links * link_bytes_at_most) / (1 << 30)),
      fmt::format("At most {} links. With stocks by product (preset ario-psi) a table needs "
                  "far less; or aggregate the chain.",
                  max_network_bytes / link_bytes_at_most));
}

void lay_by_maker(const Chain& chain, SupplyNetwork& network) {
  network.sale_start.assign(network.n + 1, 0);
  network.sales.reserve(network.links);
  network.buyer.reserve(network.links);
  for_each_daily_flow(chain, [&](std::size_t i, std::size_t j, double z) {
    network.sales.push_back(z);
    network.buyer.push_back(static_cast<std::int32_t>(j));
    network.sale_start[i + 1] = network.sales.size();
  });
  for (std::size_t i = 0; i < network.n; ++i)
    network.sale_start[i + 1] = std::max(network.sale_start[i], network.sale_start[i + 1]);
  network.links = network.sales.size();
}

/// Makers product by product, so that a pass over their sales meets every buyer's inputs in order.
std::vector<std::size_t> makers_by_product(const Chain& chain) {
  std::vector<std::size_t> makers(chain.size());
  for (std::size_t i = 0; i < makers.size(); ++i) makers[i] = i;
  std::ranges::stable_sort(makers, {}, [&](std::size_t i) { return chain.nodes()[i].product; });
  return makers;
}

void lay_by_buyer(const Chain& chain, SupplyNetwork& network) {
  const auto makers = makers_by_product(chain);
  std::vector<std::size_t> next(network.n + 1);
  for (const std::int32_t j : network.buyer) ++next[static_cast<std::size_t>(j) + 1];
  for (std::size_t j = 0; j < network.n; ++j) next[j + 1] += next[j];
  const auto start = next;
  LinkArray<std::int32_t> product(network.links);
  network.sale.resize(network.links + links_ahead);
  for (const std::size_t i : makers)
    for (std::size_t s = network.sale_start[i]; s < network.sale_start[i + 1]; ++s) {
      const auto k = next[static_cast<std::size_t>(network.buyer[s])]++;
      network.sale[k] = static_cast<std::uint32_t>(s);
      product[k] = chain.nodes()[i].product.value;
    }
  network.input_start.assign(network.n + 1, 0);
  for (std::size_t j = 0; j < network.n; ++j) {
    for (std::size_t k = start[j]; k < start[j + 1]; ++k)
      if (k == start[j] || product[k] != product[k - 1]) {
        network.purchase_start.push_back(k);
        network.product.push_back(product[k]);
      }
    network.input_start[j + 1] = network.product.size();
  }
  network.inputs = network.product.size();
  network.purchase_start.push_back(network.links);
}

void weigh_inputs(SupplyNetwork& network) {
  network.need.assign(network.inputs, 0);
  network.weight.resize(network.links);
  for (std::size_t g = 0; g < network.inputs; ++g) {
    const auto first = network.purchase_start[g];
    const auto last = network.purchase_start[g + 1];
    for (std::size_t k = first; k < last; ++k) network.need[g] += network.sales[network.sale[k]];
    for (std::size_t k = first; k < last; ++k)
      network.weight[k] = network.sales[network.sale[k]] / network.need[g];
  }
}

/// A maker works from what is there in the morning.
void check_stock_days(const SimulationOptions& options) {
  auto days = options.inventory_days_of;
  days.push_back(options.inventory_days);
  for (const double d : days)
    if (!(d >= 1))
      throw Error(
          Errc::bad_input, fmt::format("stocks that last {} days", d),
          "With stocks by supplier goods arrive the day after they are made: 1 day or more.");
  if (options.random_inventories && options.inventory_days > most_drawn_days)
    throw Error(Errc::bad_input, fmt::format("stocks drawn around {} days", options.inventory_days),
                fmt::format("At most {} days when they are drawn.", most_drawn_days));
  if (options.random_inventories && !options.inventory_days_of.empty())
    throw Error(Errc::bad_input, "stocks are both drawn and given by product",
                "Leave out one of the two.");
}

}  // namespace

SupplyNetwork supply_network(const Chain& chain) {
  SupplyNetwork network;
  network.n = chain.size();
  network.links = chain.flows().nonzeros();
  refuse_too_many_links(network.links);
  lay_by_maker(chain, network);
  lay_by_buyer(chain, network);
  weigh_inputs(network);
  return network;
}

std::vector<double> stock_days_by_node(const SimulationOptions& options, std::size_t n) {
  check_stock_days(options);
  std::vector<double> days(n, options.inventory_days);
  if (options.random_inventories)
    for (std::size_t i = 0; i < n; ++i)
      days[i] = std::max(
          2.0, poisson(options.inventory_days, random_uniform(options.seed, stock_days_stream, i)));
  return days;
}

}  // namespace stave
