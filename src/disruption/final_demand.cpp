#include "disruption/final_demand.hpp"

#include <algorithm>

#include <tbb/parallel_for.h>

#include "disruption/parcels.hpp"

namespace stave {
namespace {

constexpr std::size_t rows_at_once = 1024;

}  // namespace

FinalDemand::FinalDemand(const Baseline& base, const Scenario& scenario, const BuyerClasses& buyers)
    : base_(base),
      scenario_(scenario),
      buyers_(buyers),
      active_(scenario.delays.size()),
      unmet_(base.n),
      unmet_by_column_(base.columns()) {
  for (const auto& event : scenario.links) cuts_.push_back(reach_of(event.from, event.columns));
  for (const auto& event : scenario.demand)
    changes_.push_back(reach_of(event.makers, event.columns));
  bool any = false;
  std::size_t parcels = 0;
  for (const auto& event : scenario.delays) {
    const auto& reach = delays_.emplace_back(reach_of(event.from, event.columns));
    parcels += reach.makers.size() * reach.columns.size() *
               static_cast<std::size_t>(std::min(event.days, event.when.duration));
    any = any || (!delays_.back().columns.empty() && !delays_.back().makers.empty());
  }
  check_parcels(parcels);
  if (any) beside_ = Matrix(base.n, base.columns());
  strength_.assign(cuts_.size() + changes_.size(), 0);
  add_up();
}

FinalDemand::Reach FinalDemand::reach_of(const std::vector<NodeId>& makers,
                                         const std::vector<std::size_t>& columns) const {
  Reach reach{.makers = {}, .columns = base_.columns_of(columns)};
  for (const NodeId maker : makers) reach.makers.push_back(maker.at());
  std::ranges::sort(reach.makers);
  reach.makers.erase(std::ranges::unique(reach.makers).begin(), reach.makers.end());
  return reach;
}

void FinalDemand::morning(int day) {
  bool moved = false;
  for (std::size_t e = 0; e < strength_.size(); ++e) {
    const bool cut = e < cuts_.size();
    const auto& reach = cut ? cuts_[e] : changes_[e - cuts_.size()];
    const auto& when = cut ? scenario_.links[e].when : scenario_.demand[e - cuts_.size()].when;
    const double now = strength(when, day);
    moved = moved || (now != strength_[e] && !reach.columns.empty());
    strength_[e] = now;
  }
  if (!moved) return;
  apply_events();
  add_up();
}

void FinalDemand::apply_events() {
  changed_ = std::ranges::any_of(strength_, [](double s) { return s != 0; });
  if (!changed_) return;
  Matrix stopped(base_.n, base_.columns());
  Matrix change(base_.n, base_.columns());
  for (std::size_t e = 0; e < strength_.size(); ++e) {
    const bool cut = e < cuts_.size();
    const auto& reach = cut ? cuts_[e] : changes_[e - cuts_.size()];
    const double by =
        strength_[e] * (cut ? scenario_.links[e].share : scenario_.demand[e - cuts_.size()].change);
    for (const auto i : reach.makers)
      for (const auto c : reach.columns) (cut ? stopped : change)(i, c) += by;
  }
  for (auto* cells : {&wanted_, &normal_, &asked_})
    if (cells->size() == 0) *cells = Matrix(base_.n, base_.columns());
  for (std::size_t e = 0; e < wanted_.size(); ++e) {
    const double usual = base_.final_use.data()[e];
    const double open = std::max(0.0, 1 - stopped.data()[e]);
    wanted_.data()[e] = usual * std::max(0.0, 1 + change.data()[e]);
    asked_.data()[e] = wanted_.data()[e] * open;
    normal_.data()[e] = usual * open;
  }
}

void FinalDemand::add_up() {
  wanted_sum_.assign(base_.n, 0);
  asked_sum_.assign(buyers_.classes.size() * base_.n, 0);
  for (std::size_t i = 0; i < base_.n; ++i)
    for (std::size_t c = 0; c < base_.columns(); ++c) {
      wanted_sum_[i] += wanted_cells()(i, c);
      asked_sum_[buyers_.column[c] * base_.n + i] += asked_cells()(i, c);
    }
}

void FinalDemand::pour(std::size_t maker, double level, double& taken, double& open,
                       double& full) const {
  for (std::size_t c = 0; c < base_.columns(); ++c) {
    const double order = asked_cells()(maker, c);
    const double usual = normal_cells()(maker, c);
    const bool is_full = order <= level * usual;
    (is_full ? taken : open) += is_full ? order : usual;
    full += is_full ? 1 : 0;
  }
}

double FinalDemand::given(std::size_t maker, std::size_t column, std::span<const double> share,
                          std::span<const double> level) const {
  const double order = asked_cells()(maker, column);
  if (level.empty()) return order * share[buyers_.column[column] * base_.n + maker];
  const double usual = normal_cells()(maker, column);
  return usual > 0 ? std::min(order, level[maker] * usual) : 0;
}

void FinalDemand::delay(int day, std::span<const double> share, std::span<const double> level) {
  for (const auto& cell : late_) beside_(cell.maker, cell.column) = 0;
  bool moved = false;
  for (std::size_t e = 0; e < active_.size(); ++e) {
    const bool now = strength(scenario_.delays[e].when, day) == 1;
    moved = moved || now != active_[e];
    active_[e] = now;
  }
  if (moved) {
    std::map<std::pair<std::size_t, std::size_t>, int> days;
    for (std::size_t e = 0; e < active_.size(); ++e)
      for (std::size_t m = 0; active_[e] && m < delays_[e].makers.size(); ++m)
        for (const auto c : delays_[e].columns)
          days[{delays_[e].makers[m], c}] += scenario_.delays[e].days;
    late_.clear();
    for (const auto& [cell, late] : days) late_.push_back({cell.first, cell.second, late, 0});
  }
  for (auto cell : late_) {
    cell.amount = given(cell.maker, cell.column, share, level);
    if (cell.amount == 0) continue;
    beside_(cell.maker, cell.column) -= cell.amount;
    in_transit_ += cell.amount;
    queue_[day + cell.days].push_back(cell);
  }
  if (const auto arriving = queue_.find(day); arriving != queue_.end())
    for (const auto& cell : arriving->second) {
      beside_(cell.maker, cell.column) += cell.amount;
      in_transit_ -= cell.amount;
    }
}

void FinalDemand::miss(std::size_t first, std::size_t last, std::span<const double> share,
                       std::span<const double> level, std::span<double> by_column) {
  const bool plain = level.empty() && beside_.size() == 0 && buyers_.classes.size() == 1;
  for (std::size_t i = first; i < last; ++i) {
    double all = 0;
    if (plain && share[i] == 1 && !changed_) {
      unmet_[i] = 0;
      continue;
    }
    if (plain) {
      const auto wanted = wanted_cells().row(i);
      const auto asked = asked_cells().row(i);
      for (std::size_t c = 0; c < wanted.size(); ++c) {
        const double missing = std::max(0.0, wanted[c] - asked[c] * share[i]);
        all += missing;
        by_column[c] += missing;
      }
      unmet_[i] = all;
      continue;
    }
    for (std::size_t c = 0; c < base_.columns(); ++c) {
      double reached = given(i, c, share, level);
      if (beside_.size() > 0) reached += beside_(i, c);
      const double missing = std::max(0.0, wanted_cells()(i, c) - reached);
      all += missing;
      by_column[c] += missing;
    }
    unmet_[i] = all;
  }
}

void FinalDemand::serve(int day, std::span<const double> share, std::span<const double> level) {
  if (beside_.size() > 0) delay(day, share, level);
  const auto blocks = (base_.n + rows_at_once - 1) / rows_at_once;
  Matrix by_column(blocks, base_.columns());
  tbb::parallel_for(std::size_t{0}, blocks, [&](std::size_t b) {
    miss(b * rows_at_once, std::min(base_.n, (b + 1) * rows_at_once), share, level,
         by_column.row(b));
  });
  std::ranges::fill(unmet_by_column_, 0);
  for (std::size_t b = 0; b < blocks; ++b)
    for (std::size_t c = 0; c < base_.columns(); ++c) unmet_by_column_[c] += by_column(b, c);
  if (beside_.size() == 0) return;
  if (const auto arriving = queue_.find(day); arriving != queue_.end()) {
    for (const auto& cell : arriving->second) beside_(cell.maker, cell.column) = 0;
    queue_.erase(arriving);
  }
}

}  // namespace stave
