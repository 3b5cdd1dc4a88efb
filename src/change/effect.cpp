#include "change/effect.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

namespace stave {
namespace {

// |T|! (K - 1 - |T|)! / K!: the share of all orders in which exactly T comes before k.
double share_of_orders(std::size_t factors, std::uint32_t before) {
  const auto t = static_cast<std::size_t>(std::popcount(before));
  double share = 1.0 / static_cast<double>(factors);
  for (std::size_t k = 1; k <= t; ++k)
    share *= static_cast<double>(k) / static_cast<double>(factors - 1 - t + k);
  return share;
}

void fill_unknown(Matrix& m) {
  std::ranges::fill(m.values(), std::numeric_limits<double>::quiet_NaN());
}

}  // namespace

std::vector<std::vector<Turn>> turns_of(ChangeMethod method, std::size_t factors) {
  std::vector<std::vector<Turn>> turns(factors);
  const std::uint32_t states = 1U << factors;
  for (std::size_t k = 0; k < factors; ++k) {
    const std::uint32_t own = 1U << k;
    if (method == ChangeMethod::polar) {
      turns[k] = {{own - 1, .5}, {(states - 1) & ~(2 * own - 1), .5}};
      continue;
    }
    for (std::uint32_t before = 0; before < states; ++before)
      if ((before & own) == 0) turns[k].push_back({before, share_of_orders(factors, before)});
  }
  return turns;
}

StateSums::StateSums(std::size_t factors, std::size_t items)
    : factors_(factors), items_(items), values_(std::size_t{1} << factors) {}

ChangeParts StateSums::parts(const std::vector<std::vector<Turn>>& turns) const {
  auto result = empty_parts(factors_, items_);
  result.before = values_.front();
  result.after = values_.back();
  for (std::size_t k = 0; k < factors_; ++k)
    for (std::size_t i = 0; i < items_; ++i) {
      const auto step = [&](const Turn& turn) {
        return values_[turn.before | (1U << k)][i] - values_[turn.before][i];
      };
      double mean = 0;
      double lowest = std::numeric_limits<double>::infinity();
      double highest = -lowest;
      for (const auto& turn : turns[k]) {
        mean += turn.weight * step(turn);
        lowest = std::min(lowest, step(turn));
        highest = std::max(highest, step(turn));
      }
      double square = 0;
      for (const auto& turn : turns[k]) square += turn.weight * std::pow(step(turn) - mean, 2);
      result.effect(k, i) = mean;
      result.deviation(k, i) = std::sqrt(square);
      result.lowest(k, i) = lowest;
      result.highest(k, i) = highest;
    }
  return result;
}

StateSums StateSums::grouped(const std::vector<std::int32_t>& group, std::size_t groups) const {
  StateSums result(factors_, groups);
  for (std::size_t state = 0; state < values_.size(); ++state) {
    if (values_[state].empty()) continue;
    auto& sums = result.values_[state];
    sums.assign(groups, 0);
    for (std::size_t i = 0; i < items_; ++i)
      sums[static_cast<std::size_t>(group[i])] += values_[state][i];
  }
  return result;
}

ChangeParts empty_parts(std::size_t factors, std::size_t items) {
  ChangeParts parts;
  parts.before.assign(items, 0);
  parts.after.assign(items, 0);
  parts.effect = Matrix(factors, items);
  for (auto* m : {&parts.deviation, &parts.lowest, &parts.highest}) {
    *m = Matrix(factors, items);
    fill_unknown(*m);
  }
  return parts;
}

ChangeParts grouped(const ChangeParts& parts, const std::vector<std::int32_t>& group,
                    std::size_t groups) {
  auto result = empty_parts(parts.effect.rows(), groups);
  for (std::size_t i = 0; i < group.size(); ++i) {
    const auto g = static_cast<std::size_t>(group[i]);
    result.before[g] += parts.before[i];
    result.after[g] += parts.after[i];
    for (std::size_t k = 0; k < parts.effect.rows(); ++k) result.effect(k, g) += parts.effect(k, i);
  }
  return result;
}

double imbalance_of(const ChangeParts& parts) {
  double worst = 0;
  for (std::size_t i = 0; i < parts.before.size(); ++i) {
    double sum = parts.before[i] - parts.after[i];
    for (std::size_t k = 0; k < parts.effect.rows(); ++k) sum += parts.effect(k, i);
    worst = std::max(worst, std::abs(sum));
  }
  return worst;
}

LeontiefSystem system_of(const YearPair& years, const FlowMatrix& flows,
                         std::span<const double> output) {
  LeontiefOptions options;
  options.block = years.region;
  options.label = [&years](std::size_t i) { return years.labels[i]; };
  return {flows, output, std::move(options)};
}

}  // namespace stave
