#include "disruption/transit.hpp"

#include <algorithm>

#include "disruption/parcels.hpp"

namespace stave {
namespace {

template <class T>
void sort_unique(std::vector<T>& values) {
  std::ranges::sort(values);
  values.erase(std::ranges::unique(values).begin(), values.end());
}

template <class T>
std::size_t place_of(const std::vector<T>& sorted, T value) {
  return static_cast<std::size_t>(std::ranges::lower_bound(sorted, value) - sorted.begin());
}

}  // namespace

Transit::Transit(const SupplyNetwork& network, const Baseline& base, const Scenario& scenario)
    : network_(network), scenario_(scenario) {
  std::size_t longest = 0;
  std::size_t parcels = 0;
  for (const auto& event : scenario.delays) {
    reach_.push_back(event_reach(network, base, event.from, event.to, event.columns));
    const auto& reach = reach_.back();
    sales_.insert(sales_.end(), reach.sales.begin(), reach.sales.end());
    cells_.insert(cells_.end(), reach.cells.begin(), reach.cells.end());
    longest += static_cast<std::size_t>(event.days);
    parcels += (reach.sales.size() + reach.cells.size()) *
               static_cast<std::size_t>(std::min(event.days, event.when.duration));
  }
  check_parcels(parcels);
  if (reach_.empty()) return;
  sort_unique(sales_);
  sort_unique(cells_);
  extra_of_sale_.assign(sales_.size(), 0);
  extra_of_cell_.assign(cells_.size(), 0);
  active_.assign(reach_.size(), false);
  links_due_.resize(longest + 2);
  cells_due_.resize(longest + 2);
  on_the_way_.assign(network.links, 0);
}

void Transit::set_extra_days(int day) {
  std::vector<bool> now;
  for (const auto& event : scenario_.delays) now.push_back(strength(event.when, day) == 1);
  if (now == active_) return;
  active_ = std::move(now);
  std::ranges::fill(extra_of_sale_, 0);
  std::ranges::fill(extra_of_cell_, 0);
  for (std::size_t e = 0; e < reach_.size(); ++e) {
    if (!active_[e]) continue;
    for (const auto s : reach_[e].sales)
      extra_of_sale_[place_of(sales_, s)] += scenario_.delays[e].days;
    for (const auto cell : reach_[e].cells)
      extra_of_cell_[place_of(cells_, cell)] += scenario_.delays[e].days;
  }
}

void Transit::arrive(int day, LinkArray<double>& moved) {
  if (reach_.empty()) return;
  auto& due = links_due_[static_cast<std::size_t>(day) % links_due_.size()];
  for (const auto& parcel : due) {
    moved[parcel.to] += parcel.amount;
    on_the_way_[parcel.to] = std::max(0.0, on_the_way_[parcel.to] - parcel.amount);
    money_ -= parcel.amount * network_.sales[parcel.to];
  }
  settle(due);
}

void Transit::settle(Parcels& due) {
  under_way_ -= due.size();
  if (under_way_ == 0) money_ = 0;  // not what rounding left of it
  due.clear();
}

void Transit::depart(int day, LinkArray<double>& moved, Matrix& given) {
  if (reach_.empty()) return;
  set_extra_days(day);
  const auto today = static_cast<std::size_t>(day);
  const auto in = [&](int extra, std::vector<Parcels>& due, std::size_t first) -> Parcels& {
    return due[(today + static_cast<std::size_t>(extra) + first) % due.size()];
  };
  for (std::size_t k = 0; k < sales_.size(); ++k) {
    const auto s = sales_[k];
    if (extra_of_sale_[k] == 0 || moved[s] == 0) continue;
    in(extra_of_sale_[k], links_due_, 1).push_back({s, moved[s]});
    on_the_way_[s] += moved[s];
    money_ += moved[s] * network_.sales[s];
    ++under_way_;
    moved[s] = 0;
  }
  for (std::size_t k = 0; k < cells_.size(); ++k) {
    double& sent = given.data()[cells_[k]];
    if (extra_of_cell_[k] == 0 || sent == 0) continue;
    in(extra_of_cell_[k], cells_due_, 0).push_back({cells_[k], sent});
    money_ += sent;
    ++under_way_;
    sent = 0;
  }
  auto& due = cells_due_[today % cells_due_.size()];
  for (const auto& parcel : due) {
    given.data()[parcel.to] += parcel.amount;
    money_ -= parcel.amount;
  }
  settle(due);
}

}  // namespace stave
