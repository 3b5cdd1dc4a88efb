#include "stave/shock/shock.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace stave {
namespace {

constexpr double swing = 0.005;  // of a normal day
constexpr int turns_that_count = 4;
constexpr std::size_t look_back = 30;  // days

// Turns of a course, those smaller than `least` left out.
int turns(const std::vector<DayTotals>& days, std::size_t from, double least) {
  int count = 0;
  int direction = 0;
  double extreme = from < days.size() ? days[from].output : 0;
  for (std::size_t t = from; t < days.size(); ++t) {
    const double x = days[t].output;
    const int going = x > extreme + least ? 1 : x < extreme - least ? -1 : 0;
    if (direction == 0 || going == -direction) {
      if (going == 0) continue;
      if (direction != 0) ++count;
      direction = going;
      extreme = x;
    } else if (direction > 0 ? x > extreme : x < extreme) {
      extreme = x;
    }
  }
  return count;
}

struct Cure {
  std::string told;
  SimulationOptions options;
};

std::vector<Cure> cures(const SimulationOptions& options) {
  std::vector<Cure> all;
  const bool by_product = options.stocks == StockRule::by_product;
  if (by_product && options.psi > 0.8) {
    all.push_back({fmt::format("psi {:g} (0.8 cures it)", options.psi), options});
    all.back().options.psi = 0.8;
  }
  const bool room = !options.random_inventories || 3 * options.inventory_days <= most_drawn_days;
  if (room) {
    all.push_back({"small stocks of inputs (three times as many days cure it)", options});
    all.back().options.inventory_days *= 3;
    for (double& days : all.back().options.inventory_days_of) days *= 3;
  }
  if (options.inventory_restore_days < 60) {
    all.push_back({fmt::format("gaps in stock ordered within {:g} days (60 days cure it)",
                               options.inventory_restore_days),
                   options});
    all.back().options.inventory_restore_days = 60;
  }
  if (by_product && options.overproduction_max < 1.25) {
    all.push_back(
        {fmt::format("overproduction of at most {:g} (1.25 cures it)", options.overproduction_max),
         options});
    all.back().options.overproduction_max = 1.25;
  }
  return all;
}

}  // namespace

Trouble trouble_of(const Scenario& scenario, const Simulation& simulation,
                   const NormalDay& normal) {
  const auto& days = simulation.days;
  const auto over = static_cast<std::size_t>(day_it_is_over(scenario));
  if (days.size() < look_back + 1 || over >= days.size()) return Trouble::none;
  const auto& last = days.back();
  const double allowed = std::min(normal.total, last.capacity);
  if (last.output < 0.5 * allowed && over + look_back < days.size() &&
      last.output <= days[days.size() - 1 - look_back].output)
    return Trouble::collapse;
  return turns(days, over, swing * normal.total) >= turns_that_count ? Trouble::oscillation
                                                                     : Trouble::none;
}

std::vector<std::string> causes_of_trouble(const Chain& chain, const Scenario& scenario,
                                           const SimulationOptions& options, Trouble trouble,
                                           Progress& progress) {
  std::vector<std::string> found;
  if (trouble == Trouble::none) return found;
  const auto normal = normal_day(chain);
  for (const auto& cure : cures(options)) {
    const auto again = simulate(chain, scenario, cure.options, {}, progress);
    if (again.partial) break;
    if (trouble_of(scenario, again, normal) != trouble) found.push_back(cure.told);
  }
  return found;
}

}  // namespace stave
