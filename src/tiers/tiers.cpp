#include "diagnosis/tiers.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include <fmt/format.h>

namespace stave {
namespace {

/// Every sale above zero: f(i, k, value), k a node, or n + the region of a final use.
void for_each_sale(const Chain& chain, std::size_t i, auto&& f) {
  chain.flows().for_each_in_row(i, [&](std::size_t j, double z) {
    if (z > 0) f(j, z);
  });
  for (std::size_t c = 0; c < chain.final_columns().size(); ++c)
    if (const double y = chain.final_use()(i, c); y > 0)
      f(chain.size() + chain.final_columns()[c].region.at(), y);
}

/// Money by maker [n]; what is sold also by region of final use [n + regions].
struct Reach {
  std::vector<double> sales;
  std::vector<double> bought;
  std::vector<double> bought_before;
  std::vector<double> sold;
  std::vector<double> sold_on;
  std::vector<std::uint8_t> in_focus;
  double clipped = 0;

  Reach(const Chain& chain, const std::vector<NodeId>& focus);
  /// z_i / s_i, w_i / s_i.
  [[nodiscard]] double part(const std::vector<double>& of, std::size_t i) const {
    return sales[i] > 0 ? of[i] / sales[i] : 0;
  }
};

Reach::Reach(const Chain& chain, const std::vector<NodeId>& focus)
    : sales(chain.size()),
      bought(chain.size()),
      bought_before(chain.size()),
      sold(chain.size() + chain.regions().size()),
      sold_on(sold.size()),
      in_focus(sold.size()) {
  for (const auto f : focus) in_focus[f.at()] = 1;
  for (std::size_t i = 0; i < chain.size(); ++i) {
    for_each_sale(chain, i, [&](std::size_t k, double value) {
      sales[i] += value;
      if (in_focus[k] != 0) bought[i] += value;
      if (in_focus[i] != 0) sold[k] += value;
    });
    clipped += std::max(0.0, sales[i] - chain.output()[i]);
  }
  for (std::size_t i = 0; i < chain.size(); ++i)
    for_each_sale(chain, i, [&](std::size_t k, double value) {
      if (k < chain.size()) bought_before[i] += value * part(bought, k);
      sold_on[k] += value * part(sold, i);
    });
}

// The largest, but for a few places that preferred ones take.
std::vector<std::size_t> choose(const std::vector<double>& values,
                                const std::vector<std::uint8_t>& preferred, std::size_t most,
                                std::size_t kept) {
  std::vector<std::size_t> order;
  for (std::size_t k = 0; k < values.size(); ++k)
    if (values[k] > 0) order.push_back(k);
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return values[a] > values[b]; });
  const auto liked = [&](std::size_t k) { return k < preferred.size() ? preferred[k] : 0; };
  const auto first = std::min(order.size(), most - std::min(most, kept));
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

void fill_tier(const Chain& chain, const std::vector<double>& values,
               const std::vector<std::size_t>& chosen, std::size_t t, ChainTiers& tiers) {
  const double total = std::accumulate(values.begin(), values.end(), 0.0);
  double rest = total;
  for (const std::size_t k : chosen) {
    tiers.boxes[t].push_back(box_of(chain, k, values[k]));
    rest -= values[k];
  }
  if (rest > 1e-12 * total) tiers.boxes[t].push_back({BoxKind::rest, -1, rest});
  tiers.total[t] = total;
}

/// Which box each maker and final use is in: its own or the last one, the rest.
std::vector<std::size_t> boxes_by_id(const Chain& chain, const std::vector<TierBox>& boxes) {
  std::vector<std::size_t> result(chain.size() + chain.regions().size(),
                                  boxes.empty() ? 0 : boxes.size() - 1);
  for (std::size_t b = 0; b < boxes.size(); ++b)
    if (boxes[b].kind != BoxKind::rest)
      result[static_cast<std::size_t>(boxes[b].id) +
             (boxes[b].kind == BoxKind::final_use ? chain.size() : 0)] = b;
  return result;
}

/// Sums of money between the boxes of a tier and the next.
class LinkSums {
 public:
  LinkSums(const Chain& chain, const ChainTiers& tiers, int tier)
      : tier_(tier),
        from_(boxes_by_id(chain, tiers.tier(tier))),
        to_(boxes_by_id(chain, tiers.tier(tier + 1))),
        sums_(tiers.tier(tier).size(), tiers.tier(tier + 1).size()) {}
  void add(std::size_t from, std::size_t to, double value) {
    if (value > 0) sums_(from_[from], to_[to]) += value;
  }
  void write(std::vector<TierLink>& links) const {
    for (std::size_t a = 0; a < sums_.rows(); ++a)
      for (std::size_t b = 0; b < sums_.cols(); ++b)
        if (sums_(a, b) > 0)
          links.push_back({.tier = tier_, .from = a, .to = b, .value = sums_(a, b)});
  }

 private:
  int tier_;
  std::vector<std::size_t> from_;
  std::vector<std::size_t> to_;
  Matrix sums_;
};

void link_tiers(const Chain& chain, const Reach& reach, ChainTiers& tiers) {
  const auto n = chain.size();
  std::array<LinkSums, 4> sums = {LinkSums(chain, tiers, -2), LinkSums(chain, tiers, -1),
                                  LinkSums(chain, tiers, 0), LinkSums(chain, tiers, 1)};
  const auto focus = tiers.focus.front().at();
  for (std::size_t i = 0; i < n; ++i) {
    sums[1].add(i, focus, reach.bought[i]);
    for_each_sale(chain, i, [&](std::size_t k, double value) {
      if (k < n) sums[0].add(i, k, value * reach.part(reach.bought, k));
      sums[3].add(i, k, value * reach.part(reach.sold, i));
    });
  }
  for (std::size_t k = 0; k < reach.sold.size(); ++k) sums[2].add(focus, k, reach.sold[k]);
  for (const auto& sum : sums) sum.write(tiers.links);
}

}  // namespace

ChainTiers chain_tiers(const Chain& chain, std::vector<NodeId> focus,
                       const std::vector<std::uint8_t>& preferred, const TierOptions& options) {
  ChainTiers tiers;
  tiers.focus = std::move(focus);
  const Reach reach(chain, tiers.focus);
  tiers.clipped = reach.clipped;
  const std::array<const std::vector<double>*, 5> values = {&reach.bought_before, &reach.bought,
                                                            nullptr, &reach.sold, &reach.sold_on};
  for (std::size_t t = 0; t < values.size(); ++t)
    if (values[t] != nullptr)
      fill_tier(chain, *values[t],
                choose(*values[t], preferred, options.boxes[t], options.preferred[t]), t, tiers);
  for (const auto f : tiers.focus) tiers.total[2] += reach.sales[f.at()];
  tiers.boxes[2] = {{BoxKind::maker, tiers.focus.front().value, tiers.total[2]}};
  link_tiers(chain, reach, tiers);
  return tiers;
}

double worst_imbalance(const ChainTiers& tiers) {
  std::array<double, 5> boxes = {};
  std::array<double, 5> links = {};
  for (std::size_t t = 0; t < boxes.size(); ++t)
    for (const auto& box : tiers.boxes[t]) boxes[t] += box.value;
  for (const auto& link : tiers.links)  // counted where they are drawn away from the product
    links[static_cast<std::size_t>(link.tier + (link.tier < 0 ? 2 : 3))] += link.value;
  double worst = 0;
  for (std::size_t t = 0; t < boxes.size(); ++t) {
    if (!(tiers.total[t] > 0)) continue;
    worst = std::max(worst, std::abs(boxes[t] - tiers.total[t]) / tiers.total[t]);
    if (t != 2) worst = std::max(worst, std::abs(links[t] - tiers.total[t]) / tiers.total[t]);
  }
  return worst;
}

std::string box_name(const Chain& chain, const ChainTiers& tiers, int tier, std::size_t box) {
  const auto& b = tiers.tier(tier)[box];
  if (b.kind == BoxKind::rest) return "all others";
  if (b.kind == BoxKind::final_use)
    return fmt::format("{}: final use", chain.regions()[RegionId(b.id)].name);
  const auto& node = chain.node(NodeId(b.id));
  if (tier == 0)
    return fmt::format("{}: {}", chain.regions()[node.region].name,
                       chain.products()[node.product].name);
  auto name = chain.label(NodeId(b.id));
  const auto same = std::ranges::count_if(tiers.tier(tier), [&](const TierBox& other) {
    return other.kind == BoxKind::maker && chain.label(NodeId(other.id)) == name;
  });
  return same > 1 ? fmt::format("{} ({})", name, node.id) : name;
}

std::string box_region(const Chain& chain, const ChainTiers& tiers, int tier, std::size_t box) {
  const auto& b = tiers.tier(tier)[box];
  if (b.kind == BoxKind::rest) return {};
  if (b.kind == BoxKind::final_use) return chain.regions()[RegionId(b.id)].name;
  return chain.regions()[chain.node(NodeId(b.id)).region].name;
}

}  // namespace stave
