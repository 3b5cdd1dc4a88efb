#include "stave/systemic/explanation.hpp"

#include <algorithm>
#include <map>

namespace stave {
namespace {

std::vector<double> sigma_of(const CascadeNetwork& network, const std::vector<double>& out,
                             const std::vector<double>& h_d, bool market) {
  std::vector<double> sigma(h_d.size(), 1.0);
  if (!market) return sigma;
  std::vector<double> available(network.products);
  for (std::size_t i = 0; i < h_d.size(); ++i)
    available[static_cast<std::size_t>(network.market[i])] += h_d[i] * out[i];
  for (std::size_t i = 0; i < h_d.size(); ++i) {
    const double left = available[static_cast<std::size_t>(network.market[i])];
    if (left > 0) sigma[i] = std::min(1.0, out[i] / left);
  }
  return sigma;
}

double above_zero(double below) { return below == 0 ? 1 : below; }

void put_largest_first(std::vector<LossPart>& parts) {
  std::erase_if(parts, [](const LossPart& p) { return !(p.part > 0); });
  std::stable_sort(parts.begin(), parts.end(),
                   [](const LossPart& a, const LossPart& b) { return a.part > b.part; });
}

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

LossStep binding(LossStep step, Bins bins) {
  step.cause = LossCause::other_inputs;
  double worst = sum_of(bins.others);
  step.parts = std::move(bins.others);
  for (auto& [product, parts] : bins.essential) {
    const double loss = sum_of(parts);
    if (loss < worst || loss == 0) continue;
    worst = loss;
    step.cause = LossCause::essential_input;
    step.input = ProductId(product);
    step.parts = std::move(parts);
  }
  put_largest_first(step.parts);
  if (step.parts.empty()) step.cause = LossCause::none;
  return step;
}

}  // namespace

LossTracer::LossTracer(const CascadeNetwork& network, std::vector<double> shock,
                       std::vector<double> shock_up, const CascadeOptions& options)
    : network_(&network), shock_(std::move(shock)), shock_up_(std::move(shock_up)) {
  result_ = cascade_reference(network, shock_, shock_up_, options);
  auto one_less = options;
  one_less.max_rounds = result_.rounds - 1;
  before_ = cascade_reference(network, shock_, shock_up_, one_less);
  sales_ = network.flows->row_sums();
  sigma_ = sigma_of(network, network.output.empty() ? sales_ : network.output, before_.h_d,
                    options.market);
  if (network.flows->is_dense()) return;
  const auto& rows = network.flows->sparse();
  column_start_.assign(rows.n + 1, 0);
  for (const auto j : rows.column) ++column_start_[static_cast<std::size_t>(j) + 1];
  for (std::size_t j = 0; j < rows.n; ++j) column_start_[j + 1] += column_start_[j];
  columns_.resize(rows.column.size());
  auto next = column_start_;
  network.flows->for_each(
      [&](std::size_t i, std::size_t j, double w) { columns_[next[j]++] = {i, w}; });
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

LossStep LossTracer::from_suppliers(NodeId node) const {
  const std::size_t j = node.at();
  LossStep step{.node = node, .loss = 1 - result_.h_d[j]};
  if (step.loss <= 0) return step;
  if (shock_[j] > 0 && result_.h_d[j] == 1 - shock_[j]) {
    step.cause = LossCause::shock;
    return step;
  }
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
  return binding(std::move(step), std::move(bins));
}

LossStep LossTracer::from_customers(NodeId node) const {
  const std::size_t i = node.at();
  LossStep step{.node = node, .loss = 1 - result_.h_u[i]};
  if (step.loss <= 0) return step;
  if (shock_up_[i] > 0 && result_.h_u[i] == 1 - shock_up_[i]) {
    step.cause = LossCause::shock;
    return step;
  }
  const double below = above_zero(network_->revenue.empty() ? sales_[i] : network_->revenue[i]);
  network_->flows->for_each_in_row(i, [&](std::size_t j, double w) {
    const double lost = 1 - before_.h_u[j];
    step.parts.push_back({NodeId(j), w / below, 0, lost, w / below * lost});
  });
  put_largest_first(step.parts);
  step.cause = step.parts.empty() ? LossCause::none : LossCause::lost_demand;
  return step;
}

LossPath LossTracer::path(NodeId node) const {
  const bool demand = result_.h_u[node.at()] < result_.h_d[node.at()];
  LossPath path;
  std::vector<NodeId> passed;
  for (NodeId at = node;;) {
    path.steps.push_back(demand ? from_customers(at) : from_suppliers(at));
    passed.push_back(at);
    const auto& step = path.steps.back();
    path.reaches_shock = step.cause == LossCause::shock;
    const auto next = std::find_if(step.parts.begin(), step.parts.end(), [&](const LossPart& part) {
      return std::find(passed.begin(), passed.end(), part.other) == passed.end();
    });
    if (next == step.parts.end()) return path;
    path.followed.push_back(static_cast<std::size_t>(next - step.parts.begin()));
    at = next->other;
  }
}

}  // namespace stave
