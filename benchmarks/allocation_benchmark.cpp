// Question: how long do the plans of a real table and of firm networks take, and how does that
// grow? Every answer is verified by duality (strong duality, complementary slackness, balances),
// and the plan against proportional rationing, before its time is printed.
//
//   allocation_benchmark [--large]    --large: also 10,000 firms, which take longest

#include "stave/allocation/emergency_plan.hpp"
#include "stave/allocation/survival.hpp"
#include "stave/generator/firms.hpp"
#include "stave/store/sample.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <numeric>
#include <string_view>

namespace {

struct Times {
  double clock = 0;      // s
  double processor = 0;  // s
};
Times measured(auto&& work) {
  const auto begin = std::chrono::steady_clock::now();
  const auto used = std::clock();
  work();
  return {std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count(),
          static_cast<double>(std::clock() - used) / CLOCKS_PER_SEC};
}

void fail(const char* what) {
  std::fprintf(stderr, "the answer is wrong: %s\n", what);
  std::exit(1);
}

std::vector<std::int32_t> largest(const stave::SupplyWeb& web, std::size_t count) {
  std::vector<std::int32_t> order(web.makers);
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) {
    return web.output[static_cast<std::size_t>(a)] > web.output[static_cast<std::size_t>(b)];
  });
  order.resize(std::min(order.size(), count));
  return order;
}

struct Shock {
  const char* name;
  std::size_t makers;     // the largest ones
  double share;           // of capacity lost
  double inventory_days;  // of goods
};

void plan(const char* name, const stave::Chain& chain, const Shock& shock) {
  auto made = stave::supply_web(
      chain, {.inventory_days = shock.inventory_days, .growth = 0.25, .by_column = true});
  stave::AllocationProblem problem{std::move(made.web), {}, 30};
  problem.weight.assign(problem.web.uses.size(), 1);
  for (const auto maker : largest(problem.web, shock.makers))
    problem.web.capacity[static_cast<std::size_t>(maker)] *= 1 - shock.share;
  stave::EmergencyPlan best;
  const auto times = measured([&] { best = emergency_plan(problem); });
  const auto shared = proportional_rationing(problem);
  if (best.duality_gap > 1e-6 || best.slackness > 1e-6) fail("duality");
  if (best.flows.value < shared.value - 1e-7 * best.wanted)
    fail("proportional rationing is better");
  std::printf("%-12s %7zu %8zu  %-28s %8.2f %8.2f %8lld  %7.3f %7.3f %9.1e\n", name, chain.size(),
              chain.flows().nonzeros(), shock.name, times.clock, times.processor,
              static_cast<long long>(best.steps), 100 * best.flows.value / best.wanted,
              100 * shared.value / best.wanted, best.duality_gap);
  std::fflush(stdout);
}

void survive(const char* name, const stave::Chain& chain, std::size_t stops) {
  const auto made = stave::supply_web(chain, {.spare_capacity = 0.1});
  const std::vector<double> recovers(chain.size(), 30);
  const std::vector<double> margin(made.web.uses.size(), 1);
  stave::SurvivalResult result;
  const auto times =
      measured([&] { result = survival(made.web, recovers, margin, largest(made.web, stops)); });
  if (result.worst_gap > 1e-6) fail("duality");
  std::printf("%-12s %7zu %8zu  %4zu stops %27.2f %8.2f %8lld\n", name, chain.size(),
              chain.flows().nonzeros(), stops, times.clock, times.processor,
              static_cast<long long>(result.steps));
  std::fflush(stdout);
}

stave::Chain firms(std::size_t count) {
  return stave::generate_firms({.firms = count, .links = 6 * count, .industries = 60});
}

}  // namespace

int main(int argc, char** argv) {
  const bool large = argc > 1 && std::string_view(argv[1]) == "--large";
  const Shock tenth{"10 largest lose a third", 10, 1. / 3, 15};
  const Shock bare{"the same, nothing in stock", 10, 1. / 3, 0};
  const auto world = stave::open_chain("world-2011");
  const auto nev = stave::open_chain("nev");
  std::printf("%-12s %7s %8s  %-28s %8s %8s %8s  %7s %7s %9s\n", "chain", "makers", "flows",
              "shock", "clock s", "cpu s", "steps", "plan %", "prop. %", "gap");
  plan("world-2011", world, tenth);
  plan("world-2011", world, bare);
  plan("nev", nev, tenth);
  plan("nev", nev, bare);
  for (const std::size_t count : {1'250, 2'500, 5'000, 10'000})
    if (count < 10'000 || large) plan("firms", firms(count), tenth);
  for (const std::size_t count : {1'250, 2'500, 5'000})
    if (count < 5'000 || large) plan("firms", firms(count), bare);
  survive("nev", nev, 10);
  for (const std::size_t count : {1'250, 2'500, 5'000}) survive("firms", firms(count), 10);
  return 0;
}
