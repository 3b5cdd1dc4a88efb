#include "stave/allocation/stock_budget.hpp"

#include "stave/allocation/survival.hpp"
#include "stave/core/error.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "allocation/plan.hpp"

namespace stave {
namespace {

// Stops taken into the program at most: each is a whole plan.
constexpr std::size_t most_stops_held = 40;
constexpr double endless_days = 1e9;

std::size_t row_of(const PlanLayout& at, const StockPlace& place) {
  return place.need >= 0 ? at.need_row[static_cast<std::size_t>(place.need)]
                         : at.node_row(static_cast<std::size_t>(place.node));
}

/// The program over some stops: a block of columns and rows each, then rate, stocks, budget.
class BudgetProgram {
 public:
  BudgetProgram(const SupplyWeb& web, const std::vector<bool>& target,
                std::span<const StockPlace> places, double budget)
      : web_(web),
        target_(target),
        places_(places),
        budget_(budget),
        at_(plan_layout(web, EveryNeed::has_a_row)),
        block_(plan_data(web, at_)) {}

  void hold(std::int32_t stop) { held_.push_back(static_cast<std::size_t>(stop)); }

  /// False where not a day can be survived, whatever the stocks.
  bool solve(StockBudget& answer) {
    auto data = blocks();
    const auto rate = data.columns();
    add_shared_columns(data);
    LinearProgram program(data);
    program.lean(0, rate, leaning);
    if (program.solve() != Outcome::optimal) return false;
    const double r = program.values()[rate];
    answer.after = r * endless_days < 1 ? std::numeric_limits<double>::infinity() : 1 / r;
    answer.duality_gap = program.audit().gap;
    const double days = std::isinf(answer.after) ? 0 : answer.after;
    const auto price = program.row_prices();
    const double per_money = days / (at_.unit * price_of_rate());
    answer.days_per_money = per_money * price[held_.size() * at_.rows];
    answer.placed.clear();
    for (std::size_t p = 0; p < places_.size(); ++p) {
      double worth = 0;
      for (std::size_t b = 0; b < held_.size(); ++b)
        worth += price[b * at_.rows + row_of(at_, places_[p])];
      answer.placed.push_back({places_[p], program.values()[rate + 1 + p] * days * at_.unit,
                               std::max(0.0, per_money * worth)});
    }
    return true;
  }

 private:
  /// What a rate of 1 draws a day: its price, so that the objective is goods a day.
  [[nodiscard]] double price_of_rate() const {
    double sum = budget_;
    for (const double stock : web_.stock) sum += stock;
    for (const auto& need : web_.needs) sum += need.stock;
    return sum > 0 ? sum / at_.unit : 1;
  }

  [[nodiscard]] ProgramData blocks() const {
    ProgramData data;
    for (std::size_t b = 0; b < held_.size(); ++b) {
      const auto rows = b * at_.rows;
      data.row_lower.insert(data.row_lower.end(), block_.row_lower.begin(), block_.row_lower.end());
      for (std::size_t c = 0; c < at_.rate(); ++c) {
        for (int k = block_.start[c]; k < block_.start[c + 1]; ++k)
          data.put(rows + static_cast<std::size_t>(block_.row[static_cast<std::size_t>(k)]),
                   block_.value[static_cast<std::size_t>(k)]);
        data.end_column(lower_of(c, held_[b]), upper_of(c, held_[b]), 0);
      }
    }
    data.row_lower.push_back(0);  // budget x rate - sum of rates of stock >= 0
    return data;
  }

  [[nodiscard]] double lower_of(std::size_t c, std::size_t stop) const {
    return c == at_.less(stop) ? web_.output[stop] / at_.unit : block_.lower[c];
  }
  [[nodiscard]] double upper_of(std::size_t c, std::size_t stop) const {
    if (c == at_.more(stop)) return 0;
    if (c >= at_.unserved(0) && target_[c - at_.unserved(0)]) return 0;
    return block_.upper[c];
  }

  void add_shared_columns(ProgramData& data) const {
    const auto budget_row = held_.size() * at_.rows;
    const auto rate = at_.rate();
    for (std::size_t b = 0; b < held_.size(); ++b)
      for (int k = block_.start[rate]; k < block_.start[rate + 1]; ++k)
        data.put(b * at_.rows + static_cast<std::size_t>(block_.row[static_cast<std::size_t>(k)]),
                 block_.value[static_cast<std::size_t>(k)]);
    data.put(budget_row, budget_ / at_.unit);
    data.end_column(0, no_limit, price_of_rate());
    for (const auto& place : places_) {
      for (std::size_t b = 0; b < held_.size(); ++b) data.put(b * at_.rows + row_of(at_, place), 1);
      data.put(budget_row, -1);
      data.end_column(0, no_limit, 0);
    }
  }

  const SupplyWeb& web_;
  const std::vector<bool>& target_;
  std::span<const StockPlace> places_;
  double budget_;
  PlanLayout at_;
  ProgramData block_;
  std::vector<std::size_t> held_;
};

/// Days the target is served after each stop.
std::vector<double> days_served(SupplyWeb web, const std::vector<bool>& target,
                                std::span<const std::int32_t> stops,
                                const std::vector<StockBudget::Placed>& placed,
                                Progress& progress) {
  for (std::size_t u = 0; u < web.uses.size(); ++u) web.uses[u].wanted = target[u];
  for (const auto& p : placed) {
    if (p.place.need >= 0)
      web.needs[static_cast<std::size_t>(p.place.need)].stock += p.money;
    else
      web.stock[static_cast<std::size_t>(p.place.node)] += p.money;
  }
  const std::vector<double> at_once(web.makers, 0);
  const std::vector<double> margin(web.uses.size(), 0);
  std::vector<double> days;
  for (const auto& stop : survival(web, at_once, margin, stops, progress).stops)
    days.push_back(stop.survives);
  return days;
}

std::size_t worst(const std::vector<double>& days) {
  return static_cast<std::size_t>(std::min_element(days.begin(), days.end()) - days.begin());
}

void check_budget(const SupplyWeb& web, const std::vector<bool>& target,
                  std::span<const std::int32_t> stops, double budget) {
  if (!(budget >= 0) || std::isinf(budget))
    throw Error(Errc::bad_input, fmt::format("a budget of {}", budget), "It is 0 or more.");
  if (target.size() != web.uses.size() ||
      std::find(target.begin(), target.end(), true) == target.end())
    throw Error(Errc::bad_input, "there is no final use to serve");
  if (stops.empty()) throw Error(Errc::bad_input, "no maker stops");
}

}  // namespace

StockBudget stock_budget(const SupplyWeb& web, const std::vector<bool>& target,
                         std::span<const std::int32_t> stops, std::span<const StockPlace> places,
                         double budget, Progress& progress) {
  check_web(web);
  check_budget(web, target, stops, budget);
  StockBudget answer;
  answer.survives_before = days_served(web, target, stops, {}, progress);
  answer.before = answer.survives_before[worst(answer.survives_before)];
  answer.survives_after = answer.survives_before;
  answer.after = answer.before;
  BudgetProgram program(web, target, places, budget);
  while (std::isfinite(answer.survives_after[worst(answer.survives_after)])) {
    const auto next = worst(answer.survives_after);
    if (std::find(answer.binding.begin(), answer.binding.end(), static_cast<std::int32_t>(next)) !=
            answer.binding.end() ||
        answer.binding.size() == most_stops_held) {
      answer.complete = answer.binding.size() < most_stops_held;
      break;
    }
    answer.binding.push_back(static_cast<std::int32_t>(next));
    program.hold(stops[next]);
    progress.check();
    if (!program.solve(answer)) break;  // no stock helps
    answer.survives_after = days_served(web, target, stops, answer.placed, progress);
    if (answer.survives_after[worst(answer.survives_after)] >= answer.after * (1 - 1e-7)) break;
  }
  answer.after = std::min(answer.after, answer.survives_after[worst(answer.survives_after)]);
  return answer;
}

}  // namespace stave
