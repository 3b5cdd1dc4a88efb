#include "cascade/push_network.hpp"

#include <algorithm>
#include <array>
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

std::size_t group_end(const std::vector<SupplyLink>& links, std::size_t begin) {
  auto end = begin;
  while (end < links.size() && links[end].target == links[begin].target &&
         links[end].product == links[begin].product)
    ++end;
  return end;
}

void tell_kinds(std::vector<SupplyLink>& links) {
  for (std::size_t k = 0; k < links.size();) {
    const auto end = group_end(links, k);
    const bool single = end == k + 1 && links[k].product >= 0 && links[k].weight == 1;
    const auto essential = single ? Supply::single : Supply::group;
    for (; k < end; ++k) links[k].kind = links[k].product < 0 ? Supply::linear : essential;
  }
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
      const auto group = links[k].kind == Supply::single ? worst : next++;
      for (const auto end = group_end(links, k); k < end; ++k) row[k] = group;
    }
  }
  p.row_start[p.n] = next;
  return row;
}

void lay_down(const std::vector<SupplyLink>& links, PushNetwork& p) {
  const auto row = place_rows(links, p);
  std::vector<std::int64_t> count(p.n);
  std::vector<std::int64_t> singles(p.n);
  for (std::size_t k = 0; k < links.size(); ++k) {
    ++count[index(links[k].source)];
    singles[index(links[k].source)] += links[k].kind == Supply::single ? 1 : 0;
  }
  p.down_start = starts(std::move(count));
  p.down_sums.resize(p.n);
  for (std::size_t i = 0; i < p.n; ++i) p.down_sums[i] = p.down_start[i] + singles[i];
  p.down.resize(links.size() + fetched, {0, 0, 0});
  auto next_single = p.down_start;
  auto next_sum = p.down_sums;
  for (std::size_t k = 0; k < links.size(); ++k) {
    auto& next = (links[k].kind == Supply::single ? next_single : next_sum)[index(links[k].source)];
    p.down[static_cast<std::size_t>(next++)] = {links[k].target, row[k], links[k].weight};
  }
}

void lay_up(const WeightedNetwork& network, PushNetwork& p) {
  const auto& flows = *network.network->flows;
  std::vector<std::int64_t> count(p.n);
  flows.for_each([&](std::size_t, std::size_t j, double) { ++count[j]; });
  p.up_start = starts(std::move(count));
  p.up.resize(static_cast<std::size_t>(p.up_start[p.n]) + fetched, {0, 0, 0});
  auto next = p.up_start;
  flows.for_each([&](std::size_t i, std::size_t j, double w) {
    const auto target = static_cast<std::int32_t>(i);
    p.up[static_cast<std::size_t>(next[j]++)] = {target, network.up_row[i], network.up(i, w)};
  });
}

// Where each stands when the largest come first.
template <class Key>
std::vector<std::int32_t> ranks(const std::vector<Key>& keys) {
  std::vector<std::int32_t> order(keys.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(),
                   [&](std::int32_t a, std::int32_t b) { return keys[index(b)] < keys[index(a)]; });
  std::vector<std::int32_t> rank(keys.size());
  for (std::size_t r = 0; r < rank.size(); ++r)
    rank[index(order[r])] = static_cast<std::int32_t>(r);
  return rank;
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
                             Supply::linear, network.down(j, w, bought[j], need)});
          });
  }
  std::stable_sort(links.begin(), links.end(), [](const SupplyLink& a, const SupplyLink& b) {
    return a.target != b.target ? a.target < b.target : a.product < b.product;
  });
  tell_kinds(links);
  std::stable_sort(links.begin(), links.end(), [](const SupplyLink& a, const SupplyLink& b) {
    return a.target != b.target ? a.target < b.target : a.kind < b.kind;
  });
  return links;
}

void sort_rows(const std::vector<SupplyLink>& links, bool sellers_first, WeightedNetwork& network) {
  std::vector<std::array<std::int32_t, 3>> by_kind(network.n);
  for (const auto& link : links)
    ++by_kind[index(network.node[index(link.target)])][static_cast<std::size_t>(link.kind)];
  std::vector<std::int32_t> sales(network.n);
  network.network->flows->for_each([&](std::size_t i, std::size_t, double) { ++sales[i]; });
  network.down_row = ranks(by_kind);
  network.up_row = ranks(sales);
  if (!sellers_first) return;
  network.sellers = network.n - static_cast<std::size_t>(std::count(sales.begin(), sales.end(), 0));
}

PushNetwork push_network(const WeightedNetwork& network, const std::vector<SupplyLink>& links,
                         bool down, bool up) {
  PushNetwork p;
  p.n = network.n;
  if (down) lay_down(links, p);
  if (up) lay_up(network, p);
  return p;
}

}  // namespace stave
