#include "disruption/recorder.hpp"

#include "stave/core/error.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include <fmt/format.h>

namespace stave {
namespace {

constexpr double no_loss = 1e-6;     ///< relative; a node that makes so little less lost nothing
constexpr double back_again = 0.95;  ///< of a normal day
constexpr std::size_t most_kept = 400'000'000;  ///< numbers, 3.2 GB

std::vector<NodeId> watched_of(const Chain& chain, const Watch& watch) {
  if (!watch.all_nodes) {
    for (const NodeId node : watch.nodes)
      if (node.value < 0 || node.at() >= chain.size())
        throw Error(Errc::bad_input,
                    fmt::format("node {} of {} is to be watched", node.value, chain.size()));
    return watch.nodes;
  }
  std::vector<NodeId> all;
  for (std::size_t i = 0; i < chain.size(); ++i) all.emplace_back(i);
  return all;
}

void check_room(std::size_t days, const Baseline& base, std::size_t watched) {
  const auto row = 5 * watched + 5 * base.regions + 5 * base.products;
  if (row <= most_kept / days) return;
  throw Error(Errc::too_large, fmt::format("{} days of {} numbers each are to be kept", days, row),
              fmt::format("At most {} numbers: watch fewer nodes, or play fewer days.", most_kept));
}

void keep_first(int& first, int day) {
  if (first < 0 || day < first) first = day;
}

/// When each node is struck itself: capacity, or orders that an event takes from it.
void mark_hits(const Scenario& scenario, std::vector<NodeCourse>& nodes) {
  const auto hit = [&](NodeId node, int day) {
    if (day < scenario.days) keep_first(nodes[node.at()].first_hit, day);
  };
  for (const auto& event : scenario.capacity)
    for (const auto& struck : event.nodes)
      if (struck.share > 0) hit(struck.node, event.when.start);
  for (const auto& event : scenario.links)
    if (event.share > 0)
      for (const NodeId node : event.from) hit(node, event.when.start);
  for (const auto& event : scenario.demand)
    if (event.change < 0)
      for (const NodeId node : event.makers) hit(node, event.when.start);
}

/// The first rows of a matrix of which only these were filled.
Matrix first_rows(Matrix full, std::size_t rows) {
  if (rows == full.rows()) return full;
  Matrix kept(rows, full.cols());
  std::copy_n(full.data(), kept.size(), kept.data());
  return kept;
}

// What is not a number is the worst of all.
double worse(double held, double miss) {
  if (std::isnan(miss)) return std::numeric_limits<double>::infinity();
  return std::max(held, miss);
}

}  // namespace

Recorder::Recorder(const Chain& chain, const Scenario& scenario, const Baseline& base,
                   const Watch& watch)
    : base_(base), planned_(static_cast<std::size_t>(scenario.days)) {
  result_.watched = watched_of(chain, watch);
  check_room(planned_, base, result_.watched.size());
  result_.days.reserve(planned_);
  for (Matrix* m : {&result_.output_by_region, &result_.unmet_by_region,
                    &result_.value_added_lost_by_region, &result_.orders_by_region})
    *m = Matrix(planned_, base.regions);
  if (watch.region_stocks) result_.stock_by_region = Matrix(planned_, base.regions);
  for (Matrix* m :
       {&result_.output_by_product, &result_.unmet_by_product, &result_.value_added_lost_by_product,
        &result_.stock_by_product, &result_.orders_by_product})
    *m = Matrix(planned_, base.products);
  for (Matrix* m : {&result_.node_output, &result_.node_capacity, &result_.node_unmet,
                    &result_.node_stock, &result_.node_orders})
    *m = Matrix(planned_, result_.watched.size());
  result_.nodes.assign(base.n, NodeCourse{.least_output = 1});
  result_.negative_left_out = base.negative_left_out;
  mark_hits(scenario, result_.nodes);
}

void Recorder::day(const DayState& state) {
  add_totals(state);
  follow_nodes(state);
  keep_watched(state);
  weigh(state);
  ++today_;
}

void Recorder::add_totals(const DayState& state) {
  DayTotals total;
  const auto made_in = result_.output_by_region.row(today_);
  const auto made_of = result_.output_by_product.row(today_);
  const auto lost_in = result_.value_added_lost_by_region.row(today_);
  const auto lost_of = result_.value_added_lost_by_product.row(today_);
  const auto unmet_of = result_.unmet_by_product.row(today_);
  const auto orders_in = result_.orders_by_region.row(today_);
  const auto orders_of = result_.orders_by_product.row(today_);
  for (std::size_t i = 0; i < base_.n; ++i) {
    const auto k = static_cast<std::size_t>(base_.product[i]);
    const auto r = static_cast<std::size_t>(base_.region[i]);
    const double lost = base_.value_added[i] * (base_.output[i] - state.output[i]);
    total.output += state.output[i];
    total.capacity += state.capacity[i];
    total.orders += state.orders[i];
    total.final_wanted += state.final_wanted[i];
    total.final_unmet += state.final_unmet[i];
    total.value_added_lost += lost;
    total.bound += state.input_share[i] < bound_below ? 1 : 0;
    made_in[r] += state.output[i];
    made_of[k] += state.output[i];
    lost_in[r] += lost;
    lost_of[k] += lost;
    unmet_of[k] += state.final_unmet[i];
    orders_in[r] += state.orders[i];
    orders_of[k] += state.orders[i];
  }
  for (std::size_t c = 0; c < base_.columns(); ++c)
    result_.unmet_by_region(today_, base_.column_region[c].at()) += state.unmet_by_column[c];
  std::ranges::copy(state.stock_by_product, result_.stock_by_product.row(today_).begin());
  for (const double s : state.stock_by_product) total.stock += s;
  total.in_transit = state.in_transit;
  total.rebuilding_wanted = state.rebuilding_wanted;
  total.rebuilding_done = state.rebuilding_done;
  result_.days.push_back(total);
}

void Recorder::follow_nodes(const DayState& state) {
  const auto today = static_cast<int>(today_);
  double tightest = 1;
  for (std::size_t i = 0; i < base_.n; ++i) {
    auto& course = result_.nodes[i];
    course.unmet += state.final_unmet[i];
    if (state.input_share[i] < bound_below && course.first_bound < 0) {
      course.first_bound = today;
      course.bound_by = ProductId(state.bound_by[i]);
    }
    if (!result_.first_bound && state.input_share[i] < tightest) tightest = state.input_share[i];
    const double normal = base_.output[i];
    if (!(normal > 0)) continue;
    const double share = state.output[i] / normal;
    const double lost = normal - state.output[i];
    course.value_added_lost += base_.value_added[i] * lost;
    if (lost > 0) course.output_lost += lost;
    if (share < course.least_output) {
      course.least_output = share;
      if (share < 1 - no_loss) course.least_day = today;
    }
    if (share < 1 - no_loss) keep_first(course.first_loss, today);
    if (share < back_again)
      course.back = -1;
    else if (course.back < 0 && course.least_output < back_again)
      course.back = today;
  }
  if (result_.first_bound || !(tightest < bound_below)) return;
  const auto i = static_cast<std::size_t>(std::ranges::find(state.input_share, tightest) -
                                          state.input_share.begin());
  result_.first_bound = {today, NodeId(i), ProductId(state.bound_by[i])};
}

void Recorder::keep_watched(const DayState& state) {
  for (std::size_t w = 0; w < result_.watched.size(); ++w) {
    const auto i = result_.watched[w].at();
    result_.node_output(today_, w) = state.output[i];
    result_.node_capacity(today_, w) = state.capacity[i];
    result_.node_unmet(today_, w) = state.final_unmet[i];
    result_.node_stock(today_, w) = state.stock_of(i);
    result_.node_orders(today_, w) = state.orders[i];
  }
  if (result_.stock_by_region.rows() == 0) return;
  const auto held_in = result_.stock_by_region.row(today_);
  for (std::size_t i = 0; i < base_.n; ++i)
    held_in[static_cast<std::size_t>(base_.region[i])] += state.stock_of(i);
}

void Recorder::weigh(const DayState& state) {
  auto& held = result_.conservation;
  for (std::size_t i = 0; i < base_.n; ++i)
    if (state.output[i] != 0)
      held.goods =
          worse(held.goods, std::abs(state.output[i] - state.delivered[i]) / state.output[i]);
  const double moved = state.stock_before + state.received;
  const double miss = std::abs(moved - state.used - result_.days.back().stock);
  if (moved != 0) held.stocks = worse(held.stocks, miss / moved);
  held.rebuilding = worse(held.rebuilding, state.rebuilding_miss);
}

Simulation Recorder::finish(std::vector<double> rebuilding_left, std::size_t clipped) && {
  result_.partial = today_ < planned_;
  for (Matrix* m :
       {&result_.output_by_region, &result_.unmet_by_region, &result_.value_added_lost_by_region,
        &result_.orders_by_region, &result_.output_by_product, &result_.unmet_by_product,
        &result_.value_added_lost_by_product, &result_.stock_by_product, &result_.orders_by_product,
        &result_.node_output, &result_.node_capacity, &result_.node_unmet, &result_.node_stock,
        &result_.node_orders})
    *m = first_rows(std::move(*m), today_);
  if (result_.stock_by_region.rows() > 0)
    result_.stock_by_region = first_rows(std::move(result_.stock_by_region), today_);
  result_.rebuilding_left = std::move(rebuilding_left);
  result_.clipped = clipped;
  return std::move(result_);
}

}  // namespace stave
