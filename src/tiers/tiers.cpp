#include "stave/tiers/tiers.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include <fmt/format.h>

#include "tiers/reach.hpp"

namespace stave {
namespace {

// The largest, but for a few places that preferred ones take.
std::vector<std::size_t> choose(const std::vector<double>& values,
                                const std::vector<std::uint8_t>& preferred, TierPlaces places) {
  const auto most = places.boxes;
  std::vector<std::size_t> order;
  for (std::size_t k = 0; k < values.size(); ++k)
    if (values[k] > 0) order.push_back(k);
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return values[a] > values[b]; });
  const auto liked = [&](std::size_t k) { return k < preferred.size() ? preferred[k] : 0; };
  const auto first = std::min(order.size(), most - std::min(most, places.preferred));
  std::stable_sort(order.begin() + static_cast<std::ptrdiff_t>(first), order.end(),
                   [&](std::size_t a, std::size_t b) { return liked(a) > liked(b); });
  order.resize(std::min(order.size(), most));
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return values[a] > values[b]; });
  return order;
}

TierBox box_of(const Chain& chain, std::size_t k, double value) {
  const auto n = chain.size();
  if (k < n) return {BoxKind::maker, static_cast<std::int32_t>(k), value};
  return {BoxKind::final_use, static_cast<std::int32_t>(k - n), value};
}

void fill_regions(const Chain& chain, const std::vector<double>& values, Tier& tier) {
  std::vector<TierRegion> regions(chain.regions().size());
  for (std::size_t r = 0; r < regions.size(); ++r) regions[r].region = RegionId(r);
  for (std::size_t k = 0; k < values.size(); ++k) {
    const bool maker = k < chain.size();
    auto& region = regions[maker ? chain.nodes()[k].region.at() : k - chain.size()];
    region.value += values[k];
    if (!maker) region.final_use += values[k];
    if (maker && values[k] > 0) ++tier.makers;
  }
  std::erase_if(regions, [](const TierRegion& region) { return !(region.value > 0); });
  std::stable_sort(regions.begin(), regions.end(),
                   [](const auto& a, const auto& b) { return a.value > b.value; });
  tier.regions = std::move(regions);
}

Tier tier_of(const Chain& chain, const std::vector<double>& values,
             const std::vector<std::uint8_t>& preferred, TierPlaces places) {
  Tier tier;
  tier.total = std::accumulate(values.begin(), values.end(), 0.0);
  double rest = tier.total;
  for (const std::size_t k : choose(values, preferred, places)) {
    tier.boxes.push_back(box_of(chain, k, values[k]));
    rest -= values[k];
  }
  if (rest > 1e-12 * tier.total) tier.boxes.push_back({BoxKind::rest, -1, rest});
  fill_regions(chain, values, tier);
  return tier;
}

Tier focus_tier(const Chain& chain, const std::vector<NodeId>& focus, const TierReach& reach) {
  Tier tier;
  std::vector<double> sold(chain.size());
  for (const auto f : focus) {
    tier.total += reach.sales[f.at()];
    sold[f.at()] = reach.sales[f.at()];
  }
  tier.boxes = {{BoxKind::maker, focus.front().value, tier.total}};
  fill_regions(chain, sold, tier);
  tier.makers = focus.size();
  return tier;
}

/// Which box each maker and final use is in: its own or the last one, the rest.
using Places = std::vector<std::int32_t>;

Places places_of(const Chain& chain, const std::vector<TierBox>& boxes) {
  const auto last = boxes.empty() ? 0 : static_cast<std::int32_t>(boxes.size()) - 1;
  Places places(chain.size() + chain.regions().size(), last);
  for (std::size_t b = 0; b < boxes.size(); ++b)
    if (boxes[b].kind != BoxKind::rest)
      places[static_cast<std::size_t>(boxes[b].id) +
             (boxes[b].kind == BoxKind::final_use ? chain.size() : 0)] =
          static_cast<std::int32_t>(b);
  return places;
}

/// Sums of money between the boxes of a tier and the next.
class LinkSums {
 public:
  LinkSums(const ChainTiers& tiers, int tier, const Places& from, const Places& to)
      : tier_(tier),
        from_(&from),
        to_(&to),
        sums_(tiers.tier(tier).boxes.size(), tiers.tier(tier + 1).boxes.size()) {}
  void add(std::size_t from, std::size_t to, double value) {
    if (value > 0)
      sums_(static_cast<std::size_t>((*from_)[from]), static_cast<std::size_t>((*to_)[to])) +=
          value;
  }
  void write(std::vector<TierLink>& links) const {
    for (std::size_t a = 0; a < sums_.rows(); ++a)
      for (std::size_t b = 0; b < sums_.cols(); ++b)
        if (sums_(a, b) > 0)
          links.push_back({.tier = tier_, .from = a, .to = b, .value = sums_(a, b)});
  }

 private:
  int tier_;
  const Places* from_;
  const Places* to_;
  Matrix sums_;
};

/// What goes on beyond the tiers next to the focus: part of its sales that each maker passes on.
struct FarTier {
  std::size_t sums = 0;  ///< of the tier of the supplier
  std::vector<double> part;
};

// Tiers -up .. -2 by their customers, tiers 1 .. down - 1 by their suppliers.
void add_far_links(const Chain& chain, const TierReach& reach, std::size_t up,
                   std::vector<LinkSums>& sums) {
  std::vector<FarTier> by_customer;
  std::vector<FarTier> by_supplier;
  for (std::size_t t = 1; t < reach.up.size(); ++t)
    by_customer.push_back({up - t - 1, parts_of_sales(reach, reach.up[t - 1])});
  for (std::size_t t = 1; t < reach.down.size(); ++t)
    by_supplier.push_back({up + t, parts_of_sales(reach, reach.down[t - 1])});
  if (by_customer.empty() && by_supplier.empty()) return;
  for (std::size_t i = 0; i < chain.size(); ++i)
    for_each_sale(chain, i, [&](std::size_t k, double value) {
      if (k < chain.size())
        for (const auto& far : by_customer) sums[far.sums].add(i, k, value * far.part[k]);
      for (const auto& far : by_supplier) sums[far.sums].add(i, k, value * far.part[i]);
    });
}

void link_tiers(const Chain& chain, const TierReach& reach, ChainTiers& tiers) {
  std::vector<Places> places;
  for (const auto& tier : tiers.tiers) places.push_back(places_of(chain, tier.boxes));
  std::vector<LinkSums> sums;
  for (std::size_t k = 0; k + 1 < places.size(); ++k)
    sums.emplace_back(tiers, tiers.first() + static_cast<int>(k), places[k], places[k + 1]);
  const auto focus = tiers.focus.front().at();
  if (tiers.up > 0)
    for (std::size_t i = 0; i < chain.size(); ++i) sums[tiers.up - 1].add(i, focus, reach.up[0][i]);
  if (tiers.down > 0)
    for (std::size_t k = 0; k < reach.down[0].size(); ++k)
      sums[tiers.up].add(focus, k, reach.down[0][k]);
  add_far_links(chain, reach, tiers.up, sums);
  for (const auto& sum : sums) sum.write(tiers.links);
}

std::string focus_name(const Chain& chain, const std::vector<NodeId>& focus) {
  const auto& node = chain.node(focus.front());
  return fmt::format("{}: {}", chain.regions()[node.region].name,
                     chain.products()[node.product].name);
}

double miss(double sum, double total) { return total > 0 ? std::abs(sum - total) / total : 0; }

double sum_of(const auto& parts) {
  double sum = 0;
  for (const auto& part : parts) sum += part.value;
  return sum;
}

}  // namespace

TierOptions even_tiers(std::size_t up, std::size_t down, std::size_t boxes) {
  return {std::vector<TierPlaces>(up, {boxes, 0}), std::vector<TierPlaces>(down, {boxes, 0})};
}

ChainTiers chain_tiers(const Chain& chain, std::vector<NodeId> focus, const TierOptions& options,
                       const std::vector<std::uint8_t>& preferred) {
  ChainTiers tiers{.focus = std::move(focus), .up = options.up.size(), .down = options.down.size()};
  tiers.focus_name = focus_name(chain, tiers.focus);
  const auto reach = follow_tiers(chain, tiers.focus, tiers.up, tiers.down);
  tiers.clipped = reach.clipped;
  for (std::size_t t = tiers.up; t-- > 0;)
    tiers.tiers.push_back(tier_of(chain, reach.up[t], preferred, options.up[t]));
  tiers.tiers.push_back(focus_tier(chain, tiers.focus, reach));
  for (std::size_t t = 0; t < tiers.down; ++t)
    tiers.tiers.push_back(tier_of(chain, reach.down[t], preferred, options.down[t]));
  link_tiers(chain, reach, tiers);
  return tiers;
}

double worst_imbalance(const ChainTiers& tiers) {
  std::vector<double> links(tiers.tiers.size());
  for (const auto& link : tiers.links)  // counted where they are drawn away from the focus
    links[static_cast<std::size_t>(link.tier - tiers.first() + (link.tier < 0 ? 0 : 1))] +=
        link.value;
  double worst = 0;
  for (std::size_t t = 0; t < links.size(); ++t) {
    const auto& tier = tiers.tiers[t];
    worst = std::max(worst, miss(sum_of(tier.boxes), tier.total));
    if (t != tiers.up) worst = std::max(worst, miss(links[t], tier.total));
  }
  return worst;
}

double worst_region_imbalance(const ChainTiers& tiers) {
  double worst = 0;
  for (const auto& tier : tiers.tiers)
    worst = std::max(worst, miss(sum_of(tier.regions), tier.total));
  return worst;
}

std::string box_name(const Chain& chain, const ChainTiers& tiers, int tier, std::size_t box) {
  const auto& boxes = tiers.tier(tier).boxes;
  const auto& b = boxes[box];
  if (b.kind == BoxKind::rest) return "all others";
  if (b.kind == BoxKind::final_use)
    return fmt::format("{}: final use", chain.regions()[RegionId(b.id)].name);
  if (tier == 0) return tiers.focus_name;
  auto name = chain.label(NodeId(b.id));
  const auto same = std::ranges::count_if(boxes, [&](const TierBox& other) {
    return other.kind == BoxKind::maker && chain.label(NodeId(other.id)) == name;
  });
  return same > 1 ? fmt::format("{} ({})", name, chain.node(NodeId(b.id)).id) : name;
}

std::string box_region(const Chain& chain, const ChainTiers& tiers, int tier, std::size_t box) {
  const auto& b = tiers.tier(tier).boxes[box];
  if (b.kind == BoxKind::rest) return {};
  if (b.kind == BoxKind::final_use) return chain.regions()[RegionId(b.id)].name;
  const auto region = chain.node(NodeId(b.id)).region;
  const auto elsewhere = [&](NodeId node) { return chain.node(node).region != region; };
  if (tier == 0 && std::ranges::any_of(tiers.focus, elsewhere)) return "all regions";
  return chain.regions()[region].name;
}

std::vector<NodeId> makers_of(const ChainTiers& tiers, int tier, std::size_t box) {
  if (tier == 0) return tiers.focus;
  const auto& b = tiers.tier(tier).boxes[box];
  if (b.kind != BoxKind::maker) return {};
  return {NodeId(b.id)};
}

}  // namespace stave
