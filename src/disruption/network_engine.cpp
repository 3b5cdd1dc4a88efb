#include "disruption/network_engine.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include <tbb/parallel_for.h>

#include "disruption/production.hpp"

namespace stave {
namespace {

constexpr std::size_t range_links = 8'192;  ///< links and nodes of a range, at least
constexpr std::size_t most_ranges = 128;

/// Ranges of nodes of about equal work; they depend on the network alone.
template <class Range>
std::vector<Range> equal_ranges(std::size_t n, const auto& links_before) {
  const std::size_t work = links_before(n) + n;
  const std::size_t count = std::clamp<std::size_t>(work / range_links, 1, most_ranges);
  std::vector<Range> ranges;
  std::size_t first = 0;
  for (std::size_t i = 1; i <= n; ++i) {
    const std::size_t share = work * (ranges.size() + 1) / count;
    if (i < n && links_before(i) + i < share) continue;
    ranges.push_back({.first = first, .last = i, .stock = {}, .unmet = {}});
    first = i;
  }
  return ranges;
}

template <class Range, class F>
void for_ranges(std::vector<Range>& ranges, F&& f) {
  tbb::parallel_for(std::size_t{0}, ranges.size(), [&](std::size_t r) { f(ranges[r]); });
}

/// Stock of a product in days: Poisson or the same for all, or given by product.
double target_of(const SimulationOptions& options, const std::vector<double>& by_node,
                 std::size_t node, std::size_t product) {
  return options.inventory_days_of.empty() ? by_node[node] : options.inventory_days_of[product];
}

}  // namespace

NetworkEngine::NetworkEngine(const Chain& chain, const Baseline& base, const Scenario& scenario,
                             const SimulationOptions& options)
    : base_(base),
      scenario_(scenario),
      production_(options.production),
      rationing_(options.rationing),
      per_day_(1 / options.inventory_restore_days),
      network_(supply_network(chain)),
      events_(network_, base, scenario),
      released_(chain, network_, scenario),
      transit_(network_, base, scenario),
      rebuilding_(chain, scenario),
      active_(base.n, 1),
      allowed_(base.n, 1),
      lost_(base.n),
      output_(base.n),
      capacity_(base.n),
      orders_(base.n),
      delivered_(base.n),
      wanted_(base.n),
      unmet_(base.n),
      input_share_(base.n, 1),
      bound_by_(base.n),
      given_(base.n, base.columns()),
      stock_by_product_(base.products),
      unmet_by_column_(base.columns()) {
  const auto bought = [&](std::size_t j) {
    return network_.purchase_start[network_.input_start[j]];
  };
  makers_ = equal_ranges<Range>(base.n, [&](std::size_t i) { return network_.sale_start[i]; });
  buyers_ = equal_ranges<Range>(base.n, bought);
  for (auto& range : buyers_) range.stock.resize(base.products);
  for (auto& range : makers_) range.unmet.resize(base.columns());
  set_inputs(chain, options);
  if (rationing_ == Rationing::priority) set_priorities(scenario);
}

void NetworkEngine::set_inputs(const Chain& chain, const SimulationOptions& options) {
  const auto by_node = stock_days_by_node(options, base_.n);
  endless_.assign(base_.products, false);
  target_.resize(network_.inputs);
  counts_.resize(network_.inputs);
  stock_.resize(network_.links);
  moved_.assign(network_.links, 1);
  for (std::size_t j = 0; j < base_.n; ++j)
    for (std::size_t g = network_.input_start[j]; g < network_.input_start[j + 1]; ++g) {
      const auto k = static_cast<std::size_t>(network_.product[g]);
      const double days = target_of(options, by_node, j, k);
      const auto need = chain.recipe().need(ProductId(k), ProductId(base_.product[j]));
      endless_[k] = std::isinf(days);
      target_[g] = endless_[k] ? 0 : days;
      counts_[g] = endless_[k] ? 0 : shortage_counts(production_, need);
      std::fill_n(stock_.begin() + static_cast<std::ptrdiff_t>(network_.purchase_start[g]),
                  network_.purchase_start[g + 1] - network_.purchase_start[g], target_[g]);
      stock_by_product_[k] += target_[g] * network_.need[g];
    }
  ratio_ = target_;
}

void NetworkEngine::set_priorities(const Scenario& scenario) {
  user_place_.assign(base_.n, 1);
  user_weight_.assign(base_.n, 1);
  column_place_.assign(base_.columns(), 1);
  column_weight_.assign(base_.columns(), 1);
  // The first that names a user holds.
  for (auto p = scenario.priorities.rbegin(); p != scenario.priorities.rend(); ++p) {
    for (const NodeId user : p->users) {
      user_place_[user.at()] = static_cast<std::uint8_t>(p->order);
      user_weight_[user.at()] = p->weight;
    }
    for (const std::size_t c : base_.columns_of(p->columns)) {
      column_place_[c] = static_cast<std::uint8_t>(p->order);
      column_weight_[c] = p->weight;
    }
  }
}

void NetworkEngine::play(int day) {
  events_.begin_day(day);
  lose_capacity(day);
  released_.arrive(day, moved_);
  transit_.arrive(day, moved_);
  restock_and_order();
  rebuilding_.begin_day(day);
  today_ = day;
  produce_and_ration();
  rebuilding_.end_day();
  transit_.depart(day, moved_, given_);
  count_unmet();
  add_up_ranges();
}

void NetworkEngine::lose_capacity(int day) {
  lost_ = capacity_lost(scenario_, day, base_.n, &clipped_);
  rebuilding_.add_lost(day, lost_);
  for (double& share : lost_) {
    if (share <= 1) continue;
    share = 1;
    ++clipped_;
  }
}

/// @tparam Plain  no event ever cuts a link or delays it
template <bool Plain>
void NetworkEngine::restock_input(std::size_t input, double active, Range& range) {
  const double target = target_[input];
  const double mean = ratio_[input];  // of the stocks yesterday
  const double per_stock = mean > 0 ? active / mean : 0;
  const auto& open = events_.open();
  const auto& on_the_way = transit_.on_the_way();
  double away = 0;
  double have = 0;
  double came = 0;
  double used = 0;
  for (auto k = network_.purchase_start[input]; k < network_.purchase_start[input + 1]; ++k) {
    __builtin_prefetch(&moved_[network_.sale[k + links_ahead]], 1);
    const auto s = network_.sale[k];
    const double there = stock_[k] + moved_[s];
    const double left = there - (active + (stock_[k] - mean) * per_stock);
    const double now = left < next_to_nothing ? 0 : left;
    const double weight = network_.weight[k];
    away += weight * (now - target);
    have += weight * now;
    came += weight * moved_[s];
    used += weight * (there - now);
    stock_[k] = now;
    const double on_its_way = Plain || on_the_way.empty() ? 0 : on_the_way[s];
    const double order = std::max(0.0, active + (target * active - now - on_its_way) * per_day_);
    moved_[s] = Plain || open.empty() ? order : order * open[s];
  }
  // Near the target by the distance, so that a normal day is one to the last bit.
  ratio_[input] = have < target / 2 ? have : target + away;
  const double need = network_.need[input];
  range.received += need * came;
  range.used += need * used;
  range.stock[static_cast<std::size_t>(network_.product[input])] += need * ratio_[input];
}

void NetworkEngine::restock_and_order() {
  for_ranges(buyers_, [&](Range& range) {
    range.received = 0;
    range.used = 0;
    std::ranges::fill(range.stock, 0);
    for (std::size_t j = range.first; j < range.last; ++j) restock_and_order(j, range);
  });
}

void NetworkEngine::restock_and_order(std::size_t buyer, Range& range) {
  const auto first = network_.input_start[buyer];
  const auto count = network_.input_start[buyer + 1] - first;
  const bool plain = events_.open().empty() && transit_.on_the_way().empty();
  for (std::size_t g = first; g < first + count; ++g)
    if (endless_[static_cast<std::size_t>(network_.product[g])])
      order_endless(g, active_[buyer]);
    else
      plain ? restock_input<true>(g, active_[buyer], range)
            : restock_input<false>(g, active_[buyer], range);
  const auto of = [&](const std::vector<double>& values) {
    return std::span(values).subspan(first, count);
  };
  const auto limit = most_from_inputs(production_, of(ratio_), of(network_.need), of(counts_));
  allowed_[buyer] = limit.most;
  bound_by_[buyer] = count > 0 ? network_.product[first + limit.input] : 0;
}

void NetworkEngine::order_endless(std::size_t input, double active) {
  const auto& open = events_.open();
  for (auto k = network_.purchase_start[input]; k < network_.purchase_start[input + 1]; ++k) {
    const auto s = network_.sale[k];
    moved_[s] = open.empty() ? active : active * open[s];
  }
}

void NetworkEngine::produce_and_ration() {
  for_ranges(makers_, [&](Range& range) {
    Scratch scratch;
    for (std::size_t i = range.first; i < range.last; ++i) produce_and_ration(i, scratch);
  });
}

void NetworkEngine::produce_and_ration(std::size_t maker, Scratch& scratch) {
  double orders = 0;
  for (auto s = network_.sale_start[maker]; s < network_.sale_start[maker + 1]; ++s)
    orders += moved_[s] * network_.sales[s];
  double demand = orders;
  for (const double y : events_.asked().row(maker)) demand += y;
  for (const double r : rebuilding_.ordered(maker)) demand += r;
  const double normal = base_.output[maker];
  const double wanted = normal > 0 ? demand / normal : 1;
  const double capacity = 1 - lost_[maker];
  const double could = std::min(capacity, wanted);
  const double least = std::min(could, allowed_[maker]);
  const double active = least < next_to_nothing ? 0 : least;
  active_[maker] = active;
  orders_[maker] = orders;
  capacity_[maker] = capacity * normal;
  output_[maker] = active * normal;
  const bool bound = allowed_[maker] < could * (1 - next_to_nothing) && normal > 0;
  input_share_[maker] = bound ? allowed_[maker] / could : 1;
  std::ranges::copy(events_.asked().row(maker), given_.row(maker).begin());
  std::ranges::copy(rebuilding_.ordered(maker), rebuilding_.given(maker).begin());
  if (!(active < wanted)) {
    delivered_[maker] = demand;
    return;
  }
  ration_maker(maker, active * normal, demand, scratch);
  delivered_[maker] = delivered_by(maker);
}

/// As water_level, on orders as shares of the normal ones. Who rebuilds has no normal order: the
/// whole of it counts as one.
template <bool Plain>
double NetworkEngine::level_of(std::size_t maker, double available, bool makers,
                               bool final_use) const {
  const auto first = makers ? network_.sale_start[maker] : 0;
  const auto last = makers ? network_.sale_start[maker + 1] : 0;
  const auto columns = final_use ? base_.columns() : 0;
  double level = 0;
  std::size_t before = network_.links + base_.final_use.size() + 1;
  if (Plain && makers && final_use) {  // as if nobody were full: often right
    double all = base_.output[maker];
    for (const double r : rebuilding_.ordered(maker)) all += r;
    level = available / all;
    before = 0;
  }
  for (;;) {
    std::size_t full = 0;
    double taken = 0;
    double open = 0;
    const auto add = [&](bool is_full, double order, double normal) {
      full += is_full ? 1 : 0;
      taken += is_full ? order : 0;
      open += is_full ? 0 : normal;
    };
    for (auto s = first; s < last; ++s) {
      const double normal = normal_order<Plain>(s);
      add(moved_[s] <= level * normal, moved_[s] * network_.sales[s], normal * network_.sales[s]);
    }
    for (std::size_t c = 0; c < columns; ++c) {
      const double normal = normal_final_use(maker, c);
      add(given_(maker, c) <= level * normal, given_(maker, c), normal);
    }
    if (final_use)
      for (const double r : rebuilding_.ordered(maker)) add(level >= 1 || r == 0, r, r);
    if (full == before) return level;
    if (!(open > 0)) return std::numeric_limits<double>::max();
    level = std::max(level, (available - taken) / open);
    before = full;
  }
}

template <bool Plain>
void NetworkEngine::fill_makers(std::size_t maker, double level) {
  for (auto s = network_.sale_start[maker]; s < network_.sale_start[maker + 1]; ++s)
    moved_[s] = std::min(moved_[s], level * normal_order<Plain>(s));
}

void NetworkEngine::fill_final_use(std::size_t maker, double level) {
  for (std::size_t c = 0; c < base_.columns(); ++c)
    given_(maker, c) = std::min(given_(maker, c), level * normal_final_use(maker, c));
  for (double& r : rebuilding_.given(maker)) r *= std::min(1.0, level);
}

/// Makers and final use together, or makers first.
template <bool Plain>
void NetworkEngine::fill_from_lowest(std::size_t maker, double available) {
  if (rationing_ == Rationing::low_order_first) {
    const double level = level_of<Plain>(maker, available, true, true);
    fill_makers<Plain>(maker, level);
    return fill_final_use(maker, level);
  }
  const double left = std::max(0.0, available - orders_[maker]);
  if (orders_[maker] > available)
    fill_makers<Plain>(maker, level_of<Plain>(maker, available, true, false));
  fill_final_use(maker, left > 0 ? level_of<Plain>(maker, left, false, true) : 0);
}

void NetworkEngine::ration_maker(std::size_t maker, double available, double demand,
                                 Scratch& scratch) {
  const double orders = orders_[maker];
  const auto share = [](double part, double of) { return of > 0 ? std::min(1.0, part / of) : 0; };
  const double left = std::max(0.0, available - orders);
  switch (rationing_) {
    case Rationing::proportional:
      give_makers(maker, share(available, demand));
      return give_final_use(maker, share(available, demand));
    case Rationing::final_last:
      if (orders > available) give_makers(maker, share(available, orders));
      return give_final_use(maker, share(left, demand - orders));
    case Rationing::low_order_first:
    case Rationing::low_order_first_final_last:
      return events_.open().empty() ? fill_from_lowest<true>(maker, available)
                                    : fill_from_lowest<false>(maker, available);
    case Rationing::priority:
      return ration_by_claim(maker, available, scratch);
  }
}

void NetworkEngine::give_makers(std::size_t maker, double share) {
  for (auto s = network_.sale_start[maker]; s < network_.sale_start[maker + 1]; ++s)
    moved_[s] *= share;
}

void NetworkEngine::give_final_use(std::size_t maker, double share) {
  for (double& y : given_.row(maker)) y *= share;
  for (double& r : rebuilding_.given(maker)) r *= share;
}

void NetworkEngine::gather(std::size_t maker, Scratch& scratch) const {
  scratch.order.clear();
  scratch.place.clear();
  scratch.weight.clear();
  const auto add = [&](double order, std::uint8_t place, double weight) {
    scratch.order.push_back(order);
    scratch.place.push_back(place);
    scratch.weight.push_back(weight);
  };
  for (auto s = network_.sale_start[maker]; s < network_.sale_start[maker + 1]; ++s) {
    const auto user = static_cast<std::size_t>(network_.buyer[s]);
    add(moved_[s] * network_.sales[s], user_place_[user], user_weight_[user]);
  }
  for (std::size_t c = 0; c < base_.columns(); ++c)
    add(given_(maker, c), column_place_[c], column_weight_[c]);
  for (const double r : rebuilding_.ordered(maker)) add(r, 1, 1);
}

void NetworkEngine::ration_by_claim(std::size_t maker, double available, Scratch& scratch) {
  gather(maker, scratch);
  const auto first = network_.sale_start[maker];
  const auto makers = network_.sale_start[maker + 1] - first;
  ration(
      Rationing::priority,
      {.order = scratch.order, .place = scratch.place, .weight = scratch.weight, .makers = makers},
      available, scratch.order);
  for (std::size_t k = 0; k < makers; ++k)
    moved_[first + k] = scratch.order[k] / network_.sales[first + k];
  const auto columns = base_.columns();
  const auto* rest = scratch.order.data() + makers;
  std::copy_n(rest, columns, given_.row(maker).begin());
  const auto works = rebuilding_.given(maker);
  std::copy_n(rest + columns, works.size(), works.begin());
}

double NetworkEngine::delivered_by(std::size_t maker) {
  double sum = 0;
  for (auto s = network_.sale_start[maker]; s < network_.sale_start[maker + 1]; ++s)
    sum += moved_[s] * network_.sales[s];
  for (const double y : given_.row(maker)) sum += y;
  for (const double r : rebuilding_.given(maker)) sum += r;
  return sum;
}

void NetworkEngine::count_unmet() {
  for_ranges(makers_, [&](Range& range) {
    std::ranges::fill(range.unmet, 0);
    for (std::size_t i = range.first; i < range.last; ++i) {
      wanted_[i] = 0;
      unmet_[i] = 0;
      for (std::size_t c = 0; c < base_.columns(); ++c) {
        const double wanted = events_.wanted()(i, c);
        const double unmet = std::max(0.0, wanted - given_(i, c));
        wanted_[i] += wanted;
        unmet_[i] += unmet;
        range.unmet[c] += unmet;
      }
    }
  });
}

void NetworkEngine::add_up_ranges() {
  stock_before_ = std::accumulate(stock_by_product_.begin(), stock_by_product_.end(), 0.0);
  received_ = 0;
  used_ = 0;
  std::ranges::fill(stock_by_product_, 0);
  std::ranges::fill(unmet_by_column_, 0);
  for (const auto& range : buyers_) {
    received_ += range.received;
    used_ += range.used;
    for (std::size_t k = 0; k < range.stock.size(); ++k) stock_by_product_[k] += range.stock[k];
  }
  for (const auto& range : makers_)
    for (std::size_t c = 0; c < range.unmet.size(); ++c) unmet_by_column_[c] += range.unmet[c];
}

double NetworkEngine::stock_of(std::size_t buyer) const {
  double held = 0;
  for (auto g = network_.input_start[buyer]; g < network_.input_start[buyer + 1]; ++g)
    if (!endless_[static_cast<std::size_t>(network_.product[g])])
      held += network_.need[g] * ratio_[g];
  return held;
}

DayState NetworkEngine::state() const {
  return {.output = output_,
          .capacity = capacity_,
          .orders = orders_,
          .delivered = delivered_,
          .final_wanted = wanted_,
          .final_unmet = unmet_,
          .unmet_by_column = unmet_by_column_,
          .input_share = input_share_,
          .bound_by = bound_by_,
          .stock_by_product = stock_by_product_,
          .stock_of = [this](std::size_t i) { return stock_of(i); },
          .stock_before = stock_before_,
          .received = received_,
          .used = used_,
          .in_transit = transit_.money(),
          .rebuilding_wanted = rebuilding_.remaining(today_),
          .rebuilding_done = rebuilding_.done(),
          .rebuilding_miss = rebuilding_.miss()};
}

}  // namespace stave
