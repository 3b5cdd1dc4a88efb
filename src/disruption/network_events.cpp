#include "disruption/network_events.hpp"

#include "stave/core/error.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace stave {
namespace {

std::vector<char> marked(const std::vector<NodeId>& nodes, std::size_t n) {
  std::vector<char> mark(n);
  for (const NodeId node : nodes) mark[node.at()] = 1;
  return mark;
}

}  // namespace

EventReach event_reach(const SupplyNetwork& network, const Baseline& base,
                       const std::vector<NodeId>& from, const std::vector<NodeId>& to,
                       const std::vector<std::size_t>& columns) {
  EventReach reach;
  const auto maker = marked(from, network.n);
  const auto buyer = marked(to, network.n);
  const auto mine = base.columns_of(columns);
  for (std::size_t i = 0; i < network.n; ++i) {
    if (maker[i] == 0) continue;
    for (std::size_t s = network.sale_start[i]; s < network.sale_start[i + 1]; ++s)
      if (buyer[static_cast<std::size_t>(network.buyer[s])] != 0)
        reach.sales.push_back(static_cast<std::uint32_t>(s));
    for (const std::size_t c : mine) reach.cells.push_back(i * base.columns() + c);
  }
  return reach;
}

NetworkEvents::NetworkEvents(const SupplyNetwork& network, const Baseline& base,
                             const Scenario& scenario)
    : base_(base),
      scenario_(scenario),
      wanted_(base.final_use),
      final_open_(base.final_use.rows(), base.final_use.cols()),
      asked_(base.final_use) {
  std::ranges::fill(final_open_.values(), 1);
  for (const auto& event : scenario.links)
    cuts_.push_back(event_reach(network, base, event.from, event.to, event.columns));
  for (const auto& event : scenario.demand)
    changes_.push_back(event_reach(network, base, event.makers, {}, event.columns));
  if (!cuts_.empty()) open_.assign(network.links, 1);
  strength_.assign(cuts_.size() + changes_.size(), 0);
}

void NetworkEvents::begin_day(int day) {
  std::vector<double> now;
  for (const auto& event : scenario_.links) now.push_back(strength(event.when, day));
  for (const auto& event : scenario_.demand) now.push_back(strength(event.when, day));
  if (now == strength_) return;
  strength_ = std::move(now);
  change_demand(day);
  cut_links(day);
}

void NetworkEvents::change_demand(int day) {
  wanted_ = base_.final_use;
  Matrix factor(wanted_.rows(), wanted_.cols());
  for (std::size_t e = 0; e < changes_.size(); ++e) {
    const auto& event = scenario_.demand[e];
    const double change = event.change * strength(event.when, day);
    for (const std::size_t cell : changes_[e].cells) factor.data()[cell] += change;
  }
  for (std::size_t cell = 0; cell < factor.size(); ++cell)
    wanted_.data()[cell] *= std::max(0.0, 1 + factor.data()[cell]);
}

void NetworkEvents::cut_links(int day) {
  for (const auto& cut : cuts_)
    for (const std::uint32_t s : cut.sales) open_[s] = 1;
  Matrix stopped(wanted_.rows(), wanted_.cols());
  for (std::size_t e = 0; e < cuts_.size(); ++e) {
    const double share = scenario_.links[e].share * strength(scenario_.links[e].when, day);
    for (const std::uint32_t s : cuts_[e].sales) open_[s] -= share;
    for (const std::size_t cell : cuts_[e].cells) stopped.data()[cell] += share;
  }
  for (const auto& cut : cuts_)
    for (const std::uint32_t s : cut.sales) open_[s] = std::max(0.0, open_[s]);
  for (std::size_t cell = 0; cell < asked_.size(); ++cell) {
    final_open_.data()[cell] = std::max(0.0, 1 - stopped.data()[cell]);
    asked_.data()[cell] = wanted_.data()[cell] * final_open_.data()[cell];
  }
}

ReleasedStocks::ReleasedStocks(const Chain& chain, const SupplyNetwork& network,
                               const Scenario& scenario) {
  for (const auto& event : scenario.stocks) {
    Release release{event.start, event.start + event.duration, 0, {}};
    double use = 0;
    for (const NodeId to : event.to)
      for (std::size_t g = network.input_start[to.at()]; g < network.input_start[to.at() + 1]; ++g)
        if (network.product[g] == event.product.value) {
          use += network.need[g];
          for (std::size_t k = network.purchase_start[g]; k < network.purchase_start[g + 1]; ++k)
            release.sales.push_back(network.sale[k]);
        }
    if (!(use > 0))
      throw Error(Errc::bad_input,
                  fmt::format("stock event '{}': none of its {} users buys {} on a normal day",
                              event.name, event.to.size(), chain.products()[event.product].code),
                  "Give it to those who use the product.");
    release.days_of_use = event.amount / event.duration / use;
    releases_.push_back(std::move(release));
  }
}

void ReleasedStocks::arrive(int day, LinkArray<double>& moved) const {
  for (const auto& release : releases_)
    if (day >= release.start && day < release.end)
      for (const std::uint32_t s : release.sales) moved[s] += release.days_of_use;
}

}  // namespace stave
