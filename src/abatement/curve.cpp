#include "stave/abatement/abatement.hpp"

#include <cmath>

namespace stave {
namespace {

constexpr double no_cost_known = std::numeric_limits<double>::quiet_NaN();

/// Where a step stands in the curve: known costs by the ton, then unknown ones, then what saves
/// nothing.
struct Rank {
  int kind = 0;
  double value = 0;
  bool operator<(const Rank& other) const {
    return kind != other.kind ? kind < other.kind : value < other.value;
  }
};

Rank rank_of(double saved, double extra_cost) {
  if (!(saved > 0)) return {2, -saved};
  if (std::isnan(extra_cost)) return {1, -saved};
  return {0, extra_cost / saved};
}

/// Switches put in place one after another.
class Curve {
 public:
  Curve(const SwitchModel& model, std::span<const double> shares)
      : model_(model), shares_(shares), now_(model.size()), outcome_(model.at(now_)) {}

  [[nodiscard]] const SwitchOutcome& outcome() const { return outcome_; }

  /// What one more would do.
  [[nodiscard]] AbatementStep step(std::size_t k) {
    now_[k] = shares_[k];
    const auto then = model_.at(now_);
    now_[k] = 0;
    return {k, outcome_.score - then.score, extra(k, then), true};
  }
  void take(std::size_t k) {
    now_[k] = shares_[k];
    outcome_ = model_.at(now_);
  }

 private:
  // Costs not known are left out on both sides: those of the others still count.
  [[nodiscard]] double extra(std::size_t k, const SwitchOutcome& then) const {
    if (std::isnan(then.cost[k])) return no_cost_known;
    double sum = 0;
    for (std::size_t i = 0; i < then.cost.size(); ++i)
      if (!std::isnan(then.cost[i])) sum += then.cost[i] - outcome_.cost[i];
    return sum;
  }

  const SwitchModel& model_;
  std::span<const double> shares_;
  std::vector<double> now_;
  SwitchOutcome outcome_;
};

/// Position in `left` of the step to take next; steps that `fits` refuses are passed over.
template <class Fits>
std::optional<AbatementStep> next_step(Curve& curve, const std::vector<std::size_t>& left,
                                       Fits fits) {
  std::optional<AbatementStep> best;
  for (const auto k : left) {
    const auto step = curve.step(k);
    if (!fits(step)) continue;
    if (!best || rank_of(step.saved, step.extra_cost) < rank_of(best->saved, best->extra_cost))
      best = step;
  }
  return best;
}

void add_steps(Curve& curve, std::vector<std::size_t> left, bool chosen,
               std::vector<AbatementStep>& steps) {
  while (!left.empty()) {
    auto step = *next_step(curve, left, [](const AbatementStep&) { return true; });
    step.chosen = chosen;
    curve.take(step.which);
    std::erase(left, step.which);
    steps.push_back(step);
  }
}

// A sum of prices may miss the budget by its rounding.
double with_rounding(double budget) { return budget * (1 + 1e-9); }

void enumerate(const SwitchModel& model, std::span<const double> shares,
               const std::vector<std::size_t>& open, double budget, BudgetChoice& best) {
  best.method = BudgetMethod::enumeration;
  std::vector<double> now(model.size());
  const auto subsets = std::size_t{1} << open.size();
  for (std::size_t subset = 0; subset < subsets; ++subset) {
    for (std::size_t b = 0; b < open.size(); ++b)
      now[open[b]] = ((subset >> b) & 1U) != 0 ? shares[open[b]] : 0;
    const auto outcome = model.at(now);
    const double saved = model.before() - outcome.score;
    const double cost = outcome.total_cost();
    if (cost > budget || saved < best.saved || (saved == best.saved && cost >= best.cost)) continue;
    best.saved = saved;
    best.cost = cost;
    for (std::size_t b = 0; b < open.size(); ++b) best.chosen[open[b]] = ((subset >> b) & 1U) != 0;
  }
  best.tried = subsets;
}

void choose_greedily(const SwitchModel& model, std::span<const double> shares,
                     std::vector<std::size_t> open, double budget, BudgetChoice& best) {
  best.method = BudgetMethod::greedy;
  Curve curve(model, shares);
  while (!open.empty()) {
    best.tried += open.size();
    const auto step = next_step(curve, open, [&](const AbatementStep& s) {
      return s.saved > 0 && best.cost + s.extra_cost <= budget;
    });
    if (!step) break;
    curve.take(step->which);
    std::erase(open, step->which);
    best.chosen[step->which] = true;
    best.saved = model.before() - curve.outcome().score;
    best.cost = curve.outcome().total_cost();
  }
}

}  // namespace

double cost_per_tonne(double saved, double extra_cost) {
  return saved > 0 ? 1000 * extra_cost / saved : no_cost_known;
}

BudgetChoice best_within(const SwitchModel& model, std::span<const double> shares,
                         std::span<const LinkedSwitch> switches, double budget) {
  BudgetChoice best;
  best.chosen.assign(model.size(), false);
  std::vector<std::size_t> open;
  for (std::size_t k = 0; k < model.size(); ++k) {
    if (shares[k] == 0) continue;
    (switches[k].costed ? open : best.not_costed).push_back(k);
  }
  if (open.size() <= most_enumerated)
    enumerate(model, shares, open, with_rounding(budget), best);
  else
    choose_greedily(model, shares, open, with_rounding(budget), best);
  return best;
}

std::vector<AbatementStep> abatement_curve(const SwitchModel& model, std::span<const double> shares,
                                           const std::optional<BudgetChoice>& choice) {
  std::vector<std::size_t> first;
  std::vector<std::size_t> rest;
  for (std::size_t k = 0; k < model.size(); ++k)
    if (shares[k] != 0) (!choice || choice->chosen[k] ? first : rest).push_back(k);
  Curve curve(model, shares);
  std::vector<AbatementStep> steps;
  add_steps(curve, first, true, steps);
  add_steps(curve, rest, false, steps);
  return steps;
}

}  // namespace stave
