#include "systemic/closure.hpp"

#include "stave/core/rank_correlation.hpp"

#include <algorithm>
#include <numeric>

#include <fmt/format.h>

#include "systemic/checkpoint.hpp"

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

// Only the largest, the others excluded by bounds.
void close_largest(const Rules& rules, const std::vector<CascadeScenario>& scenarios,
                   const Matrix& weights, std::size_t list, Closures& closures,
                   Progress& progress) {
  BatchOptions batch;
  batch.cascade = rules.options;
  auto top = cascade_top(rules.network, scenarios, list, weights.view(), batch, progress);
  closures.result = empty_result(scenarios.size(), weights.rows());
  closures.result.not_converged = top.result.not_converged;
  for (std::size_t c = 0; c < top.order.size(); ++c) {
    closures.result.rounds[top.order[c]] = top.result.rounds[c];
    for (std::size_t w = 0; w < weights.rows(); ++w)
      closures.result.risk[top.order[c] * weights.rows() + w] = top.result.at(c, w);
  }
  closures.order = std::move(top.order);
  closures.excluded = top.excluded;
  closures.bound = top.bound;
}

std::uint64_t key_of(const std::vector<Rules>& rules, const std::vector<NodeId>& nodes,
                     const Matrix& weights) {
  QuestionKey key;
  for (const auto& rule : rules) {
    key.add(rule.network);
    key.add(rule.options);
  }
  for (const auto node : nodes) key.add(static_cast<std::uint64_t>(node.value));
  for (std::size_t k = 0; k < weights.rows(); ++k)
    for (const double w : weights.row(k)) key.add(w);
  return key.key();
}

BatchResult close_under(const Rules& rules, std::size_t rule,
                        const std::vector<CascadeScenario>& scenarios, const Matrix& weights,
                        Checkpoint* kept, Closures& closures, Progress& progress) {
  const auto number = static_cast<std::uint32_t>(rule);
  auto result = empty_result(scenarios.size(), weights.rows());
  BatchOptions batch;
  batch.cascade = rules.options;
  if (kept != nullptr) {
    closures.kept += kept->load(number, result);
    batch.finished = [&, kept](std::size_t stop) { kept->add(number, stop, result); };
  }
  cascade_rest(rules.network, scenarios, weights.view(), batch, result, progress);
  closures.interrupted =
      std::find(result.rounds.begin(), result.rounds.end(), 0) != result.rounds.end();
  return result;
}

ClosureVariant variant_of(const Closures& closures, const Rules& rules, BatchResult result,
                          std::size_t list) {
  const double correlation = rank_correlation(esri_of(closures.result, 0), esri_of(result, 0));
  const auto order = order_by(result, 0);
  return {rules.name,
          rules.options.eps,
          std::move(result),
          correlation,
          in_first_only(order, closures.order, list),
          in_first_only(closures.order, order, list)};
}

}  // namespace

std::vector<double> esri_of(const BatchResult& result, std::size_t weight) {
  std::vector<double> esri;
  for (std::size_t s = 0; s < result.rounds.size(); ++s) esri.push_back(result.at(s, weight).both);
  return esri;
}

std::vector<std::size_t> order_by(const BatchResult& result, std::size_t weight) {
  std::vector<std::size_t> order;
  for (std::size_t s = 0; s < result.rounds.size(); ++s)
    if (result.rounds[s] != 0) order.push_back(s);
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return result.at(a, weight).both > result.at(b, weight).both;
  });
  return order;
}

Closures close_each(const ChainCascade& cascade, std::vector<NodeId> nodes,
                    const std::vector<Weighting>& weights, const CascadeOptions& options,
                    const ClosureSearch& search, Progress& progress) {
  std::vector<CascadeScenario> scenarios;
  for (const auto node : nodes) scenarios.push_back({{{node.value, 1, 1}}});
  const auto rows = rows_of(weights);
  auto rules = search.variants ? other_rules(cascade, options) : std::vector<Rules>{};
  rules.insert(rules.begin(), {"", cascade.network(), options});
  Closures closures;
  closures.nodes = std::move(nodes);
  if (!search.variants && !search.all && search.resume.empty()) {
    close_largest(rules.front(), scenarios, rows, search.list, closures, progress);
    return closures;
  }
  std::unique_ptr<Checkpoint> kept;
  if (!search.resume.empty())
    kept = std::make_unique<Checkpoint>(search.resume, key_of(rules, closures.nodes, rows),
                                        rows.rows());
  for (std::size_t k = 0; k < rules.size() && !closures.interrupted; ++k) {
    Pass pass(progress, k, rules.size());
    auto result = close_under(rules[k], k, scenarios, rows, kept.get(), closures, pass);
    if (k == 0) {
      closures.order = order_by(result, 0);
      closures.result = std::move(result);
      if (closures.order.empty()) progress.check();
    } else if (!closures.interrupted) {
      closures.variants.push_back(variant_of(closures, rules[k], std::move(result), search.list));
    }
  }
  return closures;
}

}  // namespace stave
