#include "systemic/closure.hpp"

#include <algorithm>
#include <numeric>

#include <fmt/format.h>

namespace stave {
namespace {

/// One of several passes over the same work, told as one.
class Pass final : public Progress {
 public:
  Pass(Progress& whole, std::size_t pass, std::size_t passes)
      : whole_(whole), pass_(static_cast<double>(pass)), passes_(static_cast<double>(passes)) {}
  void report(std::string_view /*stage*/, double done) override {
    whole_.report("closing each maker in turn", (pass_ + done) / passes_);
  }
  [[nodiscard]] bool cancelled() const override { return whole_.cancelled(); }

 private:
  Progress& whole_;
  double pass_;
  double passes_;
};

std::vector<std::size_t> in_first_only(const std::vector<std::size_t>& first,
                                       const std::vector<std::size_t>& second, std::size_t list) {
  std::vector<bool> in_second(second.size());
  for (std::size_t k = 0; k < std::min(list, second.size()); ++k) in_second[second[k]] = true;
  std::vector<std::size_t> only;
  for (std::size_t k = 0; k < std::min(list, first.size()); ++k)
    if (!in_second[first[k]]) only.push_back(first[k]);
  return only;
}

Matrix rows_of(const std::vector<Weighting>& weights) {
  Matrix rows(weights.size(), weights.front().values.size());
  for (std::size_t k = 0; k < weights.size(); ++k)
    std::copy(weights[k].values.begin(), weights[k].values.end(), rows.row(k).begin());
  return rows;
}

struct Rules {
  std::string name;
  CascadeNetwork network;
  CascadeOptions options;
};

const Recipe& nothing_essential() {
  static const Recipe recipe = Recipe::uniform(Need::non_essential);
  return recipe;
}

std::vector<Rules> other_rules(const ChainCascade& cascade, const CascadeOptions& options) {
  std::vector<Rules> rules;
  auto finer = options;
  finer.eps = options.eps / 10;
  rules.push_back({fmt::format("cascades are followed ten times further (eps {:g})", finer.eps),
                   cascade.network(), finer});
  if (cascade.has_final_use())
    rules.push_back(
        {"final use does not cushion lost orders", cascade.without_final_use(), options});
  const auto& recipe = *cascade.network().recipe;
  if (!recipe.is_default_rule() && recipe.uniform_need() == Need::non_essential &&
      recipe.exceptions().empty())
    return rules;  // already so
  auto linear = cascade.network();
  linear.recipe = &nothing_essential();
  rules.push_back({"no input is essential", linear, options});
  return rules;
}

}  // namespace

std::vector<double> esri_of(const BatchResult& result, std::size_t weight) {
  std::vector<double> esri;
  for (std::size_t s = 0; s < result.rounds.size(); ++s) esri.push_back(result.at(s, weight).both);
  return esri;
}

std::vector<std::size_t> order_by(const BatchResult& result, std::size_t weight) {
  std::vector<std::size_t> order(result.rounds.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return result.at(a, weight).both > result.at(b, weight).both;
  });
  return order;
}

Closures close_each(const ChainCascade& cascade, std::vector<NodeId> nodes,
                    const std::vector<Weighting>& weights, const CascadeOptions& options,
                    std::size_t list, bool variants, Progress& progress) {
  std::vector<CascadeScenario> scenarios;
  for (const auto node : nodes) scenarios.push_back({{{node.value, 1, 1}}});
  const auto rows = rows_of(weights);
  auto rules = variants ? other_rules(cascade, options) : std::vector<Rules>{};
  rules.insert(rules.begin(), {"", cascade.network(), options});
  Closures closures;
  closures.nodes = std::move(nodes);
  for (std::size_t k = 0; k < rules.size(); ++k) {
    Pass pass(progress, k, rules.size());
    BatchOptions batch;
    batch.cascade = rules[k].options;
    auto result = cascade_all(rules[k].network, scenarios, rows.view(), batch, pass);
    auto order = order_by(result, 0);
    if (k == 0) {
      closures.result = std::move(result);
      closures.order = std::move(order);
      continue;
    }
    const double correlation = rank_correlation(esri_of(closures.result, 0), esri_of(result, 0));
    closures.variants.push_back({rules[k].name, rules[k].options.eps, std::move(result),
                                 correlation, in_first_only(order, closures.order, list),
                                 in_first_only(closures.order, order, list)});
  }
  return closures;
}

}  // namespace stave
