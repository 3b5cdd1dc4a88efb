#include "disruption/network_rebuilding.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "disruption/builders.hpp"

namespace stave {
namespace {

double all_of(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

}  // namespace

NetworkRebuilding::NetworkRebuilding(const Chain& chain, const Scenario& scenario) {
  for (const auto& event : scenario.capacity)
    if (event.rebuilding) plan(chain, event, events_++);
  if (!works_.empty()) lay_orders(chain);
}

void NetworkRebuilding::plan(const Chain& chain, const CapacityEvent& event, std::size_t number) {
  const auto& cost = event.rebuilding->cost;
  for (const auto& builder : event.rebuilding->builders) {
    std::map<RegionId, Work> by_region;
    for (std::size_t k = 0; k < cost.size(); ++k) {
      const double share = cost[k] * builder.share;
      if (!(share > 0)) continue;
      const auto region = chain.node(event.nodes[k].node).region;
      auto& work = by_region.try_emplace(region, Work{&event, number, {}}).first->second;
      work.place.push_back(k);
      work.remaining.push_back(share);
    }
    for (auto& [region, work] : by_region) {
      work.initial = work.left = all_of(work.remaining);
      works_.push_back(std::move(work));
      work_region_.push_back(region);
      work_product_.push_back(builder.product);
    }
  }
}

void NetworkRebuilding::lay_orders(const Chain& chain) {
  struct Order {
    std::size_t maker, work;
    double share;
  };
  std::vector<Order> orders;
  for (std::size_t w = 0; w < works_.size(); ++w)
    for (const auto& builder : builders_for(chain, work_region_[w], work_product_[w]))
      orders.push_back({builder.maker, w, builder.share});
  std::ranges::stable_sort(orders, {}, &Order::maker);
  start_.assign(chain.size() + 1, 0);
  for (const auto& order : orders) {
    ++start_[order.maker + 1];
    work_.push_back(order.work);
    share_.push_back(order.share);
  }
  std::partial_sum(start_.begin(), start_.end(), start_.begin());
  ordered_.assign(orders.size(), 0);
  given_.assign(orders.size(), 0);
}

void NetworkRebuilding::begin_day(int day) {
  for (std::size_t k = 0; k < work_.size(); ++k) {
    const auto& work = works_[work_[k]];
    const bool begun = day > work.event->when.start;
    ordered_[k] = begun ? work.left / work.event->rebuilding->days * share_[k] : 0;
    given_[k] = 0;
  }
}

void NetworkRebuilding::add_lost(int day, std::vector<double>& lost) const {
  for (const auto& work : works_) {
    if (day < work.event->when.start) continue;
    for (std::size_t k = 0; k < work.place.size(); ++k) {
      const auto& hit = work.event->nodes[work.place[k]];
      lost[hit.node.at()] +=
          hit.share * (work.remaining[k] / work.event->rebuilding->cost[work.place[k]]);
    }
  }
}

void NetworkRebuilding::end_day() {
  std::vector<double> delivered(works_.size());
  for (std::size_t k = 0; k < work_.size(); ++k) delivered[work_[k]] += given_[k];
  done_ = 0;
  for (std::size_t w = 0; w < works_.size(); ++w) {
    auto& work = works_[w];
    done_ += delivered[w];
    work.delivered += delivered[w];
    if (!(work.left > 0)) continue;
    const double kept = std::max(0.0, 1 - delivered[w] / work.left);
    for (double& r : work.remaining) r *= kept;
    work.left = all_of(work.remaining);
  }
}

double NetworkRebuilding::remaining(int day) const {
  double sum = 0;
  for (const auto& work : works_) sum += day >= work.event->when.start ? work.left : 0;
  return sum;
}

double NetworkRebuilding::miss() const {
  double worst = 0;
  for (const auto& work : works_)
    worst = std::max(worst, std::abs(work.delivered + work.left - work.initial) / work.initial);
  return worst;
}

std::vector<double> NetworkRebuilding::left() const {
  std::vector<double> left(events_);
  for (const auto& work : works_) left[work.number] += work.left;
  return left;
}

}  // namespace stave
