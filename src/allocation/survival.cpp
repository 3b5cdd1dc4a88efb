#include "stave/allocation/survival.hpp"

#include "stave/core/error.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>
#include <mutex>

#include <fmt/format.h>
#include <tbb/parallel_for.h>

#include "allocation/plan.hpp"

namespace stave {
namespace {

// Beyond that many days it is the rounding that ends, not the stock: three million years.
constexpr double for_ever = 1e9;

/// The two programs of a web, solved for a day on which nobody stops.
class Unharmed {
 public:
  Unharmed(const SupplyWeb& web, std::span<const double> margin)
      : at(plan_layout(web)), time(plan_data(web, at)), loss(plan_data(web, at)) {
    for (const double stock : web.stock) stocks += stock / at.unit;
    for (const auto& need : web.needs) stocks += need.stock / at.unit;
    if (!(stocks > 0)) stocks = 1;
    time.charge(at.rate(), stocks);
    time.lean(0, at.unserved(0), leaning);
    loss.lean(0, at.unserved(0), leaning);
    for (std::size_t u = 0; u < at.uses; ++u)
      if (web.uses[u].wanted) {
        time.bound(at.unserved(u), 0, 0);
        loss.charge(at.unserved(u), margin[u]);
      }
    loss.bound(at.rate(), 0, 0);
    days = time.solve() == Outcome::optimal ? 1 / time.values()[at.rate()] : 0;
    loss.solve();
  }

  PlanLayout at;
  LinearProgram time;
  LinearProgram loss;
  double stocks = 0;  ///< in units: what a rate of 1 draws a day, its price
  double days = 0;
};

void stop(const PlanLayout& at, const SupplyWeb& web, std::size_t node, LinearProgram& program) {
  const double all = web.output[node] / at.unit;
  program.bound(at.less(node), all, all);
  program.bound(at.more(node), 0, 0);
}

void note_audit(const LinearProgram& program, SurvivalResult& worst) {
  const auto audit = program.audit();
  worst.worst_gap = std::max(worst.worst_gap, audit.gap);
  worst.worst_miss = std::max(worst.worst_miss, audit.infeasibility);
}

/// The row whose stock is worth most days; neither services nor markets are told of.
void find_best_stock(const Unharmed& unharmed, const SupplyWeb& web, const LinearProgram& program,
                     Survival& answer) {
  const auto& at = unharmed.at;
  const auto price = program.row_prices();
  double best = 0;
  const auto look = [&](std::size_t row, std::int32_t node, std::int32_t need) {
    if (static_cast<std::size_t>(node) >= web.makers || price[row] <= best) return;
    best = price[row];
    answer.stock_node = node;
    answer.stock_need = need;
  };
  for (std::size_t i = 0; i < web.makers; ++i)
    if (web.kept.empty() || web.kept[i]) look(at.node_row(i), static_cast<std::int32_t>(i), -1);
  for (std::size_t k = 0; k < web.needs.size(); ++k)
    if (web.needs[k].kept) look(at.need_row[k], web.needs[k].user, static_cast<std::int32_t>(k));
  answer.days_per_money = answer.survives * best / unharmed.stocks / at.unit;
}

void find_time(const Unharmed& unharmed, const SupplyWeb& web, Survival& answer,
               SurvivalResult& worst) {
  const auto& at = unharmed.at;
  LinearProgram program(unharmed.time);
  stop(at, web, static_cast<std::size_t>(answer.node), program);
  const auto outcome = program.solve();
  worst.steps += program.steps();
  if (outcome != Outcome::optimal) return;  // not a day: survives stays 0
  const double rate = program.values()[at.rate()];
  note_audit(program, worst);
  answer.survives = rate * for_ever < 1 ? std::numeric_limits<double>::infinity() : 1 / rate;
  if (std::isfinite(answer.survives)) find_best_stock(unharmed, web, program, answer);
}

void find_loss(const Unharmed& unharmed, const SupplyWeb& web, Survival& answer,
               SurvivalResult& worst) {
  if (answer.recovers == 0 || answer.survives >= answer.recovers) return;
  const auto& at = unharmed.at;
  LinearProgram program(unharmed.loss);
  stop(at, web, static_cast<std::size_t>(answer.node), program);
  program.bound(at.rate(), 1 / answer.recovers, 1 / answer.recovers);
  program.solve();
  worst.steps += program.steps();
  note_audit(program, worst);
  answer.lost_profit = answer.recovers * at.unit * program.objective();
  for (std::size_t u = 0; u < at.uses; ++u)
    if (const double amount = program.values()[at.unserved(u)] * at.unit;
        web.uses[u].wanted && amount > 1e-9 * web.uses[u].normal)
      answer.unserved.push_back({static_cast<std::int32_t>(u), amount});
}

void check_times(const SupplyWeb& web, std::span<const double> recovery_days,
                 std::span<const double> margin, std::span<const std::int32_t> stops) {
  if (recovery_days.size() != web.makers || margin.size() != web.uses.size())
    throw Error(Errc::bad_input, "times to recover or margins do not fit the chain");
  for (std::size_t i = 0; i < web.makers; ++i)
    if (!(recovery_days[i] >= 0) || std::isinf(recovery_days[i]))
      throw Error(Errc::bad_input,
                  fmt::format("node {}: a time to recover of {} days", i, recovery_days[i]),
                  "It is a number of days, 0 or more.");
  for (std::size_t u = 0; u < margin.size(); ++u)
    if (web.uses[u].wanted && (!(margin[u] >= 0) || std::isinf(margin[u])))
      throw Error(Errc::bad_input, fmt::format("final use {}: a margin of {}", u, margin[u]),
                  "A margin is profit per unit of money sold, 0 or more.");
  for (const auto node : stops)
    if (node < 0 || static_cast<std::size_t>(node) >= web.makers)
      throw Error(Errc::bad_input, fmt::format("node {} does not exist", node));
}

}  // namespace

SurvivalResult survival(const SupplyWeb& web, std::span<const double> recovery_days,
                        std::span<const double> margin, std::span<const std::int32_t> stops,
                        Progress& progress) {
  check_web(web);
  check_times(web, recovery_days, margin, stops);
  const Unharmed unharmed(web, margin);
  SurvivalResult result;
  result.unharmed =
      unharmed.days > for_ever ? std::numeric_limits<double>::infinity() : unharmed.days;
  result.steps = unharmed.time.steps() + unharmed.loss.steps();
  result.stops.resize(stops.size());
  std::atomic<std::size_t> done = 0;
  std::mutex lock;
  tbb::parallel_for(std::size_t{0}, stops.size(), [&](std::size_t k) {
    progress.check();
    auto& answer = result.stops[k];
    answer.node = stops[k];
    answer.recovers = recovery_days[static_cast<std::size_t>(stops[k])];
    SurvivalResult own;
    find_time(unharmed, web, answer, own);
    find_loss(unharmed, web, answer, own);
    progress.report("stopping makers in turn",
                    static_cast<double>(++done) / static_cast<double>(stops.size()));
    const std::scoped_lock guard(lock);
    result.worst_gap = std::max(result.worst_gap, own.worst_gap);
    result.worst_miss = std::max(result.worst_miss, own.worst_miss);
    result.steps += own.steps;
  });
  return result;
}

}  // namespace stave
