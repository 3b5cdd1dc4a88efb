#include "disruption/buyer_classes.hpp"

#include "stave/core/error.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace stave {
namespace {

constexpr std::size_t most_classes = 255;

std::uint8_t number_of(std::vector<BuyerClasses::Class>& classes, const BuyerClasses::Class& one) {
  const auto found = std::ranges::find(classes, one);
  if (found != classes.end()) return static_cast<std::uint8_t>(found - classes.begin());
  if (classes.size() == most_classes)
    throw Error(Errc::too_large, fmt::format("more than {} classes and weights", most_classes),
                "Give the same weight to more users.");
  classes.push_back(one);
  return static_cast<std::uint8_t>(classes.size() - 1);
}

/// The first priority that names a buyer counts.
BuyerClasses by_priority(const Baseline& base, const Scenario& scenario) {
  std::vector<BuyerClasses::Class> of_node(base.n);
  std::vector<BuyerClasses::Class> of_column(base.columns());
  for (auto p = scenario.priorities.rbegin(); p != scenario.priorities.rend(); ++p) {
    const BuyerClasses::Class meant{p->order, p->weight};
    for (const NodeId user : p->users) of_node[user.at()] = meant;
    for (const std::size_t c : base.columns_of(p->columns)) of_column[c] = meant;
  }
  BuyerClasses buyers;
  for (const auto& one : of_node) buyers.node.push_back(number_of(buyers.classes, one));
  buyers.of_nodes = buyers.classes.size();
  for (const auto& one : of_column) buyers.column.push_back(number_of(buyers.classes, one));
  buyers.rebuilding = number_of(buyers.classes, {});
  return buyers;
}

}  // namespace

BuyerClasses buyer_classes(const Baseline& base, const Scenario& scenario, Rationing rule) {
  if (rule == Rationing::priority) return by_priority(base, scenario);
  const bool last = rule == Rationing::final_last || rule == Rationing::low_order_first_final_last;
  BuyerClasses buyers{.classes = {{0, 1}},
                      .node = std::vector<std::uint8_t>(base.n),
                      .column = std::vector<std::uint8_t>(base.columns(), last ? 1 : 0),
                      .rebuilding = last ? 1U : 0U};
  if (last) buyers.classes.push_back({1, 1});
  return buyers;
}

namespace {

/// Classes of one place: share_c = min(1, rate weight_c), the rate raised until nobody more is
/// full.
void share_place(const BuyerClasses& buyers, int place, std::span<const double> asked,
                 double available, std::span<double> share) {
  double rate = 0;
  std::size_t full = 0;
  for (bool first = true;; first = false) {
    double taken = 0;
    double open = 0;
    std::size_t now_full = 0;
    for (std::size_t c = 0; c < asked.size(); ++c) {
      const auto& mine = buyers.classes[c];
      if (mine.place != place) continue;
      const bool is_full = rate * mine.weight >= 1;
      now_full += is_full ? 1 : 0;
      (is_full ? taken : open) += is_full ? asked[c] : asked[c] * mine.weight;
    }
    if ((!first && now_full == full) || open == 0) break;
    full = now_full;
    rate = std::max(rate, (available - taken) / open);
  }
  for (std::size_t c = 0; c < asked.size(); ++c)
    if (buyers.classes[c].place == place) share[c] = std::min(1.0, rate * buyers.classes[c].weight);
}

}  // namespace

void share_by_class(const BuyerClasses& buyers, std::span<const double> asked, double available,
                    std::span<double> share) {
  for (int place = 0; place < 10; ++place) {
    double all = 0;
    for (std::size_t c = 0; c < asked.size(); ++c)
      if (buyers.classes[c].place == place) all += asked[c];
    if (all <= available) {
      for (std::size_t c = 0; c < asked.size(); ++c)
        if (buyers.classes[c].place == place) share[c] = 1;
      available -= all;
    } else {
      share_place(buyers, place, asked, available, share);
      available = 0;
    }
  }
}

}  // namespace stave
