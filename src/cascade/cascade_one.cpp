#include "stave/cascade/cascade_one.hpp"

#include <algorithm>

#include "cascade/shock.hpp"

namespace stave {
namespace {

double one_for_zero(double below) { return below == 0 ? 1 : below; }

}  // namespace

ShockFollower::ShockFollower(const CascadeNetwork& network) : network_(&network) {
  check_network(network);
  const auto& flows = *network.flows;
  const auto sales = flows.row_sums();
  out_ = network.output.empty() ? sales : network.output;
  below_up_ = network.revenue.empty() ? sales : network.revenue;
  for (auto& below : below_up_) below = one_for_zero(below);
  makers_.resize(network.products);
  for (std::size_t i = 0; i < flows.size(); ++i)
    makers_[static_cast<std::size_t>(network.product[i])].push_back(i);
  weigh(flows.column_sums());
}

void ShockFollower::weigh(const std::vector<double>& purchases) {
  const auto& flows = *network_->flows;
  const std::size_t n = flows.size();
  row_start_.assign(n + 1, 0);
  for (std::size_t i = 0; i < n; ++i)
    flows.for_each_in_row(i, [&](std::size_t, double) { ++row_start_[i + 1]; });
  for (std::size_t i = 0; i < n; ++i) row_start_[i + 1] += row_start_[i];
  down_.resize(row_start_[n]);
  needed_.resize(network_->products);
  std::vector<double> bought(n);
  std::vector<Need> need(network_->products);
  for (std::size_t k = 0; k < makers_.size(); ++k) {
    if (makers_[k].empty()) continue;
    std::fill(bought.begin(), bought.end(), 0.0);
    for (std::size_t l = 0; l < need.size(); ++l) {
      need[l] = network_->recipe->need(ProductId(k), ProductId(l));
      needed_[k].push_back(need[l] == Need::essential ? 1 : 0);
    }
    for (const auto i : makers_[k])
      flows.for_each_in_row(i, [&](std::size_t j, double w) { bought[j] += w; });
    for (const auto i : makers_[k]) {
      auto at = row_start_[i];
      flows.for_each_in_row(i, [&](std::size_t j, double w) {
        const auto need_j = need[static_cast<std::size_t>(network_->product[j])];
        double down = 0;
        if (need_j == Need::essential) down = w / bought[j];
        if (need_j == Need::non_essential) down = w / purchases[j];
        if (!network_->cost.empty())
          down *= one_for_zero(purchases[j]) / one_for_zero(network_->cost[j]);
        down_[at++] = down;
      });
    }
  }
}

std::vector<double> ShockFollower::sigma(const std::vector<double>& h_d,
                                         const CascadeOptions& options) const {
  std::vector<double> sigma(h_d.size(), 1.0);
  if (!options.market) return sigma;
  std::vector<double> available(network_->products);
  for (std::size_t j = 0; j < h_d.size(); ++j)
    available[static_cast<std::size_t>(network_->market[j])] += h_d[j] * out_[j];
  for (std::size_t i = 0; i < h_d.size(); ++i) {
    double left = available[static_cast<std::size_t>(network_->market[i])];
    if (options.glcascade_guard && left <= 1e-10) left = 1;
    if (left > 0) sigma[i] = std::min(1.0, out_[i] / left);
  }
  return sigma;
}

std::vector<double> ShockFollower::down_round(std::span<const double> shock,
                                              const std::vector<double>& h_d,
                                              const CascadeOptions& options) const {
  const std::size_t n = h_d.size();
  const auto stands = sigma(h_d, options);
  std::vector<double> linear(n);
  std::vector<double> worst(n);
  std::vector<double> essential(n);  // loss of the product at hand
  std::vector<std::size_t> touched;
  for (std::size_t k = 0; k < makers_.size(); ++k) {
    for (const auto i : makers_[k]) {
      if (h_d[i] == 1) continue;
      const double lost = stands[i] * (1 - h_d[i]);
      auto at = row_start_[i];
      network_->flows->for_each_in_row(i, [&](std::size_t j, double) {
        const double part = down_[at++] * lost;
        if (needed_[k][static_cast<std::size_t>(network_->product[j])] == 0) {
          linear[j] += part;
          return;
        }
        if (essential[j] == 0) touched.push_back(j);
        essential[j] += part;
      });
    }
    for (const auto j : touched) {
      worst[j] = std::max(worst[j], essential[j]);
      essential[j] = 0;
    }
    touched.clear();
  }
  std::vector<double> next(n);
  for (std::size_t j = 0; j < n; ++j)
    next[j] = std::max(0.0, std::min(1 - shock[j], 1 - std::max(linear[j], worst[j])));
  return next;
}

std::vector<double> ShockFollower::up_round(std::span<const double> shock_up,
                                            const std::vector<double>& h_u) const {
  std::vector<double> next(h_u.size());
  for (std::size_t i = 0; i < next.size(); ++i) {
    double loss = 0;
    network_->flows->for_each_in_row(
        i, [&](std::size_t j, double w) { loss += w / below_up_[i] * (1 - h_u[j]); });
    next[i] = std::max(0.0, std::min(1 - shock_up[i], 1 - loss));
  }
  return next;
}

FollowedShock ShockFollower::follow(std::span<const double> shock, std::span<const double> shock_up,
                                    const CascadeOptions& options,
                                    const std::function<void(const FollowedShock&)>& round) const {
  check_shock(shock, out_.size());
  if (shock_up.empty()) shock_up = shock;
  check_shock(shock_up, out_.size());
  check_eps(options.eps);
  FollowedShock followed{{left_by(shock), left_by(shock_up), 0, false}, {}};
  followed.before = followed.result;
  if (round) round(followed);
  while (!followed.result.converged && followed.result.rounds < options.max_rounds) {
    followed.before = std::move(followed.result);
    const auto& from = followed.before;
    auto& to = followed.result;
    to = {options.downstream ? down_round(shock, from.h_d, options) : from.h_d,
          options.upstream ? up_round(shock_up, from.h_u) : from.h_u, from.rounds + 1, false};
    to.converged = at_rest(out_, from, to, options);
    if (round) round(followed);
  }
  return followed;
}

}  // namespace stave
