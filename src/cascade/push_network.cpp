#include "cascade/push_network.hpp"

#include <algorithm>
#include <numeric>

namespace stave {
namespace {

std::size_t index(std::int32_t i) { return static_cast<std::size_t>(i); }

// Where each node's links start, from how many it has.
std::vector<std::int64_t> starts(std::vector<std::int64_t> count) {
  count.insert(count.begin(), 0);
  std::partial_sum(count.begin(), count.end(), count.begin());
  return count;
}

// One buyer's links of one product take one row, unless the only supplier's loss is all the loss.
bool is_single(std::span<const SupplyLink> group) {
  return group.size() == 1 && group.front().product >= 0 && group.front().weight == 1;
}

std::size_t group_end(const std::vector<SupplyLink>& links, std::size_t begin) {
  auto end = begin;
  while (end < links.size() && links[end].target == links[begin].target &&
         links[end].product == links[begin].product)
    ++end;
  return end;
}

// The row of every link; of single suppliers the first row of their buyer.
std::vector<std::int32_t> place_rows(const std::vector<SupplyLink>& links, PushNetwork& p) {
  std::vector<std::int32_t> row(links.size());
  p.row_start.assign(p.n + 1, 0);
  std::int32_t next = 0;
  std::size_t k = 0;
  for (std::size_t target = 0; target < p.n; ++target) {
    const auto worst = next++;
    p.row_start[target] = worst;
    while (k < links.size() && index(links[k].target) == target) {
      const auto end = group_end(links, k);
      const bool single = is_single({links.data() + k, end - k});
      std::fill(row.begin() + static_cast<std::ptrdiff_t>(k),
                row.begin() + static_cast<std::ptrdiff_t>(end), single ? worst : next++);
      k = end;
    }
  }
  p.row_start[p.n] = next;
  return row;
}

void lay_down(const WeightedNetwork& network, PushNetwork& p) {
  const auto links = supply_links(network);
  const auto row = place_rows(links, p);
  const auto is_worst = [&](std::size_t k) {
    return row[k] == p.row_start[index(links[k].target)];
  };
  std::vector<std::int64_t> count(p.n);
  std::vector<std::int64_t> singles(p.n);
  for (std::size_t k = 0; k < links.size(); ++k) {
    ++count[index(links[k].source)];
    singles[index(links[k].source)] += is_worst(k) ? 1 : 0;
  }
  p.down_start = starts(std::move(count));
  p.down_sums.resize(p.n);
  for (std::size_t i = 0; i < p.n; ++i) p.down_sums[i] = p.down_start[i] + singles[i];
  p.down.resize(links.size());
  auto next_single = p.down_start;
  auto next_sum = p.down_sums;
  for (std::size_t k = 0; k < links.size(); ++k) {
    auto& next = (is_worst(k) ? next_single : next_sum)[index(links[k].source)];
    p.down[static_cast<std::size_t>(next++)] = {links[k].target, row[k], links[k].weight};
  }
}

void lay_up(const WeightedNetwork& network, PushNetwork& p) {
  const auto& flows = *network.network->flows;
  std::vector<std::int64_t> count(p.n);
  flows.for_each([&](std::size_t, std::size_t j, double) { ++count[j]; });
  p.up_start = starts(std::move(count));
  p.up.resize(static_cast<std::size_t>(p.up_start[p.n]));
  auto next = p.up_start;
  flows.for_each([&](std::size_t i, std::size_t j, double w) {
    const auto target = static_cast<std::int32_t>(i);
    p.up[static_cast<std::size_t>(next[j]++)] = {target, target, network.up(i, w)};
  });
}

}  // namespace

std::vector<SupplyLink> supply_links(const WeightedNetwork& network) {
  const auto& source = *network.network;
  std::vector<SupplyLink> links;
  std::vector<double> bought;
  for (std::size_t k = 0; k < source.products; ++k) {
    network.bought_of(k, bought);
    for (std::size_t q = network.product_start[k]; q < network.product_start[k + 1]; ++q)
      source.flows->for_each_in_row(
          static_cast<std::size_t>(network.node[q]), [&](std::size_t j, double w) {
            const auto need = source.recipe->need(ProductId(k), ProductId(source.product[j]));
            if (need == Need::none) return;
            const auto product = need == Need::essential ? static_cast<std::int32_t>(k) : -1;
            links.push_back({network.position[j], product, static_cast<std::int32_t>(q),
                             network.down(j, w, bought[j], need)});
          });
  }
  std::stable_sort(links.begin(), links.end(), [](const SupplyLink& a, const SupplyLink& b) {
    return a.target != b.target ? a.target < b.target : a.product < b.product;
  });
  return links;
}

PushNetwork push_network(const WeightedNetwork& network, bool down, bool up) {
  PushNetwork p;
  p.n = network.n;
  if (down) lay_down(network, p);
  if (up) lay_up(network, p);
  return p;
}

}  // namespace stave
