#include "disruption/market_events.hpp"

#include "stave/core/error.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "disruption/parcels.hpp"

namespace stave {
namespace {

constexpr std::size_t most_event_links = 100'000'000;  // 4 GB

void check_links(std::size_t links) {
  if (links > most_event_links)
    throw Error(Errc::too_large, fmt::format("the scenario's events name {} links", links),
                fmt::format("At most {}: fewer cuts, bans and delays, or of fewer makers.",
                            most_event_links));
}

std::vector<NodeId> each_once(std::vector<NodeId> nodes) {
  std::ranges::sort(nodes);
  nodes.erase(std::ranges::unique(nodes).begin(), nodes.end());
  return nodes;
}

}  // namespace

LinkOpenings::LinkOpenings(Market& market, const Scenario& scenario)
    : market_(market), scenario_(scenario) {
  std::vector<std::vector<MarketLink>> found;
  std::size_t named = 0;
  for (const auto& event : scenario.links) {
    found.push_back(market.links(event.from, event.to));
    named += found.back().size();
    check_links(named);
    links_.insert(links_.end(), found.back().begin(), found.back().end());
  }
  std::ranges::sort(links_, {}, &MarketLink::at);
  links_.erase(std::ranges::unique(links_, {}, &MarketLink::at).begin(), links_.end());
  for (const auto& links : found) {
    auto& mine = of_event_.emplace_back();
    for (const auto& link : links)
      mine.push_back(static_cast<std::uint32_t>(
          std::ranges::lower_bound(links_, link.at, {}, &MarketLink::at) - links_.begin()));
  }
  open_.assign(links_.size(), 1);
  strength_.assign(scenario.links.size(), 0);
  gather_cells();
}

void LinkOpenings::gather_cells() {
  std::vector<std::uint32_t> order(links_.size());
  for (std::uint32_t l = 0; l < order.size(); ++l) order[l] = l;
  std::ranges::stable_sort(order, {}, [&](std::uint32_t l) { return links_[l].cell; });
  for (const auto l : order) {
    if (cells_.empty() || cells_.back().cell != links_[l].cell)
      cells_.push_back({.cell = links_[l].cell});
    cells_.back().links.push_back(l);
  }
  for (auto& cell : cells_) cell.others = market_.links_of_cell(cell.cell) > cell.links.size();
}

void LinkOpenings::morning(int day) {
  raised_.clear();
  bool changed = false;
  for (std::size_t e = 0; e < strength_.size(); ++e) {
    const double now = strength(scenario_.links[e].when, day);
    changed = changed || now != strength_[e];
    strength_[e] = now;
  }
  if (!changed) return;
  std::vector<double> stopped(links_.size());
  for (std::size_t e = 0; e < strength_.size(); ++e)
    for (const auto l : of_event_[e]) stopped[l] += scenario_.links[e].share * strength_[e];
  std::vector<LinkEdit> lowered;
  for (std::size_t l = 0; l < links_.size(); ++l) {
    const double now = std::max(0.0, 1 - stopped[l]);
    if (now < open_[l]) lowered.push_back({&links_[l], links_[l].normal * now});
    if (now > open_[l]) raised_.push_back({&links_[l], links_[l].normal * now});
    open_[l] = now;
  }
  market_.lower(lowered);
  weaken_cells();
}

void LinkOpenings::weaken_cells() {
  for (const auto& cell : cells_) {
    double most = cell.others ? 1 : 0;
    for (const auto l : cell.links) most = std::max(most, open_[l]);
    market_.set_most_open(cell.cell, most);
  }
}

LinkDelays::LinkDelays(Market& market, const Scenario& scenario)
    : market_(market), scenario_(scenario), active_(scenario.delays.size()) {
  std::size_t links = 0;
  std::size_t parcels = 0;
  for (const auto& event : scenario.delays) {
    const auto& mine = of_event_.emplace_back(market.links(event.from, event.to));
    links += mine.size();
    check_links(links);
    for (const auto& link : mine) leaving_.resize(std::max(leaving_.size(), link.cell + 1));
    parcels += std::min(mine.size(), leaving_.size()) *
               static_cast<std::size_t>(std::min(event.days, event.when.duration));
  }
  check_parcels(parcels);
}

void LinkDelays::look_up(int day) {
  bool changed = false;
  for (std::size_t e = 0; e < active_.size(); ++e) {
    const bool now = strength(scenario_.delays[e].when, day) == 1;
    changed = changed || now != active_[e];
    active_[e] = now;
  }
  if (!changed) return;
  late_.clear();
  for (std::size_t e = 0; e < active_.size(); ++e)
    for (std::size_t l = 0; active_[e] && l < of_event_[e].size(); ++l)
      late_.push_back({of_event_[e][l], scenario_.delays[e].days});
  std::ranges::stable_sort(late_, {}, [](const Late& late) { return late.link.at; });
  std::size_t kept = 0;
  for (std::size_t l = 0; l < late_.size(); ++l) {
    if (kept > 0 && late_[kept - 1].link.at == late_[l].link.at)
      late_[kept - 1].days += late_[l].days;
    else
      late_[kept++] = late_[l];
  }
  late_.resize(kept);
  std::ranges::stable_sort(late_, {}, &Late::days);
}

void LinkDelays::hold_back(int arrival, std::span<const Late> late, const Service& service) {
  std::vector<std::size_t> cells;
  for (const auto& [link, days] : late) {
    const double amount = market_.given(link, service);
    if (amount == 0) continue;
    if (leaving_[link.cell] == 0) cells.push_back(link.cell);
    leaving_[link.cell] += amount;
  }
  auto& parcels = queue_[arrival];
  for (const auto cell : cells) {
    const double amount = std::exchange(leaving_[cell], 0);
    const bool endless = market_.endless(market_.product_of_cell(cell));
    market_.add_beside(cell, -amount);
    market_.add_under_way(cell, amount);
    touched_.push_back(cell);
    in_transit_ += amount;
    if (!endless) beside_ -= amount;
    parcels.push_back({cell, endless, amount});
  }
}

void LinkDelays::evening(int day, const Service& service) {
  beside_ = 0;
  look_up(day);
  for (auto first = late_.begin(); first != late_.end();) {
    const auto last = std::find_if(
        first, late_.end(), [days = first->days](const Late& late) { return late.days != days; });
    hold_back(day + first->days, {first, last}, service);
    first = last;
  }
  const auto arriving = queue_.find(day);
  if (arriving == queue_.end()) return;
  for (const auto& parcel : arriving->second) {
    market_.add_beside(parcel.cell, parcel.amount);
    market_.add_under_way(parcel.cell, -parcel.amount);
    touched_.push_back(parcel.cell);
    in_transit_ -= parcel.amount;
    if (!parcel.endless) beside_ += parcel.amount;
  }
  queue_.erase(arriving);
}

void LinkDelays::clear() {
  for (const auto cell : touched_) market_.clear_beside(cell);
  touched_.clear();
}

StockReleases::StockReleases(Market& market, const Baseline& base, const Scenario& scenario)
    : market_(market) {
  for (const auto& event : scenario.stocks) {
    Release release{.start = event.start,
                    .end = event.start + event.duration,
                    .endless = market.endless(event.product.at())};
    double used = 0;
    for (const NodeId user : each_once(event.to)) {
      const auto cell = market.cell_of(event.product.at(), user.at());
      if (cell == Market::none_such || market.need(cell) == 0) continue;
      release.cells.emplace_back(cell, market.need(cell) * base.activity(user.at()));
      used += release.cells.back().second;
    }
    if (used == 0)
      throw Error(
          Errc::bad_input,
          fmt::format("stock event '{}': nobody whom it is for uses the product", event.name),
          "Name users that buy the product on a normal day.");
    for (auto& [cell, amount] : release.cells)
      amount = event.amount / event.duration * amount / used;
    releases_.push_back(std::move(release));
  }
}

void StockReleases::evening(int day) {
  released_ = 0;
  for (const auto& release : releases_) {
    if (day < release.start || day >= release.end) continue;
    for (const auto& [cell, amount] : release.cells) {
      market_.add_beside(cell, amount);
      touched_.push_back(cell);
      if (!release.endless) released_ += amount;
    }
  }
}

void StockReleases::clear() {
  for (const auto cell : touched_) market_.clear_beside(cell);
  touched_.clear();
}

}  // namespace stave
