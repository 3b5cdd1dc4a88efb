#include "stave/systemic/explanation.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

namespace stave {
namespace {

std::vector<double> sigma_of(const CascadeNetwork& network, const std::vector<double>& out,
                             const std::vector<double>& h_d, const CascadeOptions& options) {
  std::vector<double> sigma(h_d.size(), 1.0);
  if (!options.market) return sigma;
  std::vector<double> available(network.products);
  for (std::size_t i = 0; i < h_d.size(); ++i)
    available[static_cast<std::size_t>(network.market[i])] += h_d[i] * out[i];
  for (std::size_t i = 0; i < h_d.size(); ++i) {
    double left = available[static_cast<std::size_t>(network.market[i])];
    if (options.glcascade_guard && left <= 1e-10) left = 1;
    if (left > 0) sigma[i] = std::min(1.0, out[i] / left);
  }
  return sigma;
}

double above_zero(double below) { return below == 0 ? 1 : below; }

double sum_of(const std::vector<LossPart>& parts) {
  double sum = 0;
  for (const auto& p : parts) sum += p.part;
  return sum;
}

/// The losing suppliers of one node: each essential product apart, all the rest together.
struct Bins {
  std::map<std::int32_t, std::vector<LossPart>> essential;
  std::vector<LossPart> others;
};

// Losses that are equal but for rounding.
constexpr double equal = 1e-12;

std::vector<LossStep> binding(const LossStep& node, const Bins& bins) {
  double worst = sum_of(bins.others);
  for (const auto& [product, parts] : bins.essential) worst = std::max(worst, sum_of(parts));
  std::vector<LossStep> steps;
  const auto add = [&](LossCause cause, ProductId input, const std::vector<LossPart>& parts) {
    if (sum_of(parts) <= 0 || sum_of(parts) < worst * (1 - equal)) return;
    steps.push_back(node);
    steps.back().cause = cause;
    steps.back().input = input;
    steps.back().parts = parts;
  };
  for (const auto& [product, parts] : bins.essential)
    add(LossCause::essential_input, ProductId(product), parts);
  add(LossCause::other_inputs, {}, bins.others);
  if (steps.empty()) steps.push_back(node);
  return steps;
}

// Links from the nearest node with a shock; `neighbours(i, f)` calls f for each node one link on.
template <class Neighbours>
std::vector<std::int32_t> distances(const std::vector<double>& shock, Neighbours&& neighbours) {
  std::vector<std::int32_t> distance(shock.size(), std::numeric_limits<std::int32_t>::max());
  std::vector<std::size_t> queue;
  for (std::size_t i = 0; i < shock.size(); ++i)
    if (shock[i] > 0) {
      distance[i] = 0;
      queue.push_back(i);
    }
  for (std::size_t k = 0; k < queue.size(); ++k)
    neighbours(queue[k], [&](std::size_t j) {
      if (distance[j] != std::numeric_limits<std::int32_t>::max()) return;
      distance[j] = distance[queue[k]] + 1;
      queue.push_back(j);
    });
  return distance;
}

}  // namespace

LossTracer::LossTracer(const CascadeNetwork& network, const ShockFollower& follower,
                       std::vector<double> shock, std::vector<double> shock_up,
                       const CascadeOptions& options)
    : network_(&network), shock_(std::move(shock)), shock_up_(std::move(shock_up)) {
  auto followed = follower.follow(shock_, shock_up_, options);
  result_ = std::move(followed.result);
  before_ = std::move(followed.before);
  sales_ = network.flows->row_sums();
  sigma_ =
      sigma_of(network, network.output.empty() ? sales_ : network.output, before_.h_d, options);
  index_columns();
  measure_distances();
}

void LossTracer::index_columns() {
  if (network_->flows->is_dense()) return;
  const auto& rows = network_->flows->sparse();
  column_start_.assign(rows.n + 1, 0);
  for (const auto j : rows.column) ++column_start_[static_cast<std::size_t>(j) + 1];
  for (std::size_t j = 0; j < rows.n; ++j) column_start_[j + 1] += column_start_[j];
  columns_.resize(rows.column.size());
  auto next = column_start_;
  network_->flows->for_each(
      [&](std::size_t i, std::size_t j, double w) { columns_[next[j]++] = {i, w}; });
}

void LossTracer::measure_distances() {
  from_shock_ = distances(shock_, [&](std::size_t i, auto&& f) {
    network_->flows->for_each_in_row(i, [&](std::size_t j, double) { f(j); });
  });
  to_shock_ = distances(shock_up_, [&](std::size_t j, auto&& f) {
    for (const auto& purchase : purchases(j)) f(purchase.from);
  });
}

void LossTracer::put_in_order(LossStep& step, const std::vector<std::int32_t>& distance) const {
  std::erase_if(step.parts, [](const LossPart& p) { return !(p.part > 0); });
  const auto millionths = [&](const LossPart& p) { return std::llround(1e6 * p.part / step.loss); };
  std::stable_sort(step.parts.begin(), step.parts.end(), [&](const auto& a, const auto& b) {
    if (millionths(a) != millionths(b)) return millionths(a) > millionths(b);
    return distance[a.other.at()] < distance[b.other.at()];
  });
}

std::vector<LossTracer::Purchase> LossTracer::purchases(std::size_t j) const {
  std::vector<Purchase> bought;
  if (!network_->flows->is_dense()) {
    const auto at = [&](std::size_t k) {
      return columns_.begin() + static_cast<std::ptrdiff_t>(k);
    };
    bought.assign(at(column_start_[j]), at(column_start_[j + 1]));
  } else {
    for (std::size_t i = 0; i < network_->flows->size(); ++i)
      if (const double w = network_->flows->at(i, j); w != 0) bought.push_back({i, w});
  }
  return bought;
}

std::vector<LossStep> LossTracer::supply_steps(NodeId node) const {
  const std::size_t j = node.at();
  LossStep step{.node = node, .loss = 1 - result_.h_d[j]};
  if (shock_[j] > 0 && result_.h_d[j] == 1 - shock_[j]) step.cause = LossCause::shock;
  if (step.loss <= 0 || step.cause == LossCause::shock) return {step};
  const auto bought = purchases(j);
  double all = 0;
  std::map<std::int32_t, double> by_product;
  for (const auto& p : bought) {
    all += p.value;
    by_product[network_->product[p.from]] += p.value;
  }
  const double by_cost =
      network_->cost.empty() ? 1 : above_zero(all) / above_zero(network_->cost[j]);
  Bins bins;
  for (const auto& p : bought) {
    const auto product = network_->product[p.from];
    const auto need = network_->recipe->need(ProductId(product), ProductId(network_->product[j]));
    const double lost = 1 - before_.h_d[p.from];
    if (need == Need::none || !(lost > 0)) continue;
    const bool essential = need == Need::essential;
    const double dependence = by_cost * p.value / (essential ? by_product[product] : all);
    (essential ? bins.essential[product] : bins.others)
        .push_back({NodeId(p.from), dependence, 1 - sigma_[p.from], lost,
                    dependence * (sigma_[p.from] * lost)});
  }
  auto steps = binding(step, bins);
  for (auto& s : steps) put_in_order(s, from_shock_);
  std::stable_sort(steps.begin(), steps.end(), [&](const LossStep& a, const LossStep& b) {
    return !a.parts.empty() && !b.parts.empty() &&
           from_shock_[a.parts[0].other.at()] < from_shock_[b.parts[0].other.at()];
  });
  return steps;
}

std::vector<LossStep> LossTracer::demand_steps(NodeId node) const {
  const std::size_t i = node.at();
  LossStep step{.node = node, .loss = 1 - result_.h_u[i]};
  if (shock_up_[i] > 0 && result_.h_u[i] == 1 - shock_up_[i]) step.cause = LossCause::shock;
  if (step.loss <= 0 || step.cause == LossCause::shock) return {step};
  const double below = above_zero(network_->revenue.empty() ? sales_[i] : network_->revenue[i]);
  network_->flows->for_each_in_row(i, [&](std::size_t j, double w) {
    const double lost = 1 - before_.h_u[j];
    step.parts.push_back({NodeId(j), w / below, 0, lost, w / below * lost});
  });
  put_in_order(step, to_shock_);
  if (!step.parts.empty()) step.cause = LossCause::lost_demand;
  return {step};
}

LossStep LossTracer::from_suppliers(NodeId node) const { return supply_steps(node).front(); }
LossStep LossTracer::from_customers(NodeId node) const { return demand_steps(node).front(); }

LossPath LossTracer::path(NodeId node) const {
  const bool demand = result_.h_u[node.at()] < result_.h_d[node.at()];
  // One level a node of the path: the steps that bind there, and which step and part is tried.
  struct Level {
    std::vector<LossStep> steps;
    std::size_t step = 0;
    std::size_t part = 0;
  };
  std::vector<Level> levels;
  std::vector<bool> seen(shock_.size());
  const auto enter = [&](NodeId at) {
    seen[at.at()] = true;
    levels.push_back({demand ? demand_steps(at) : supply_steps(at)});
  };
  enter(node);
  while (!levels.empty() && levels.back().steps.front().cause != LossCause::shock) {
    auto& level = levels.back();
    const auto& parts = level.steps[level.step].parts;
    while (level.part < parts.size() && seen[parts[level.part].other.at()]) ++level.part;
    if (level.part < parts.size()) {
      enter(parts[level.part].other);
    } else if (level.step + 1 < level.steps.size()) {
      ++level.step;
      level.part = 0;
    } else {
      levels.pop_back();
    }
  }
  if (levels.empty()) return {{demand ? from_customers(node) : from_suppliers(node)}, {}, false};
  LossPath path{{}, {}, true};
  for (auto& level : levels) {
    path.steps.push_back(std::move(level.steps[level.step]));
    if (&level != &levels.back()) path.followed.push_back(level.part);
  }
  return path;
}

}  // namespace stave
