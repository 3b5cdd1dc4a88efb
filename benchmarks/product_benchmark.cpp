// Question: how long from a linked inventory of 20,000 activities to its first footprint, to any
// further one, to every one at once, and for a draw? Twin: the same by KLU's full factors, on
// a thousand.
//
//   product_benchmark [DRAWS]     100; the memory that draws take is printed for a tenth and for
//   all
//
// The made-up system is of ecoinvent's size and shape: 20,000 activities, 283,000 entries, most
// inputs from a few thousand makers that everyone buys from (energy, transport, chemicals).
#include "stave/core/random.hpp"
#include "stave/product/footprint.hpp"
#include "stave/product/uncertainty.hpp"

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <string>
#include <utility>

#include <fmt/format.h>
#include <tbb/global_control.h>

namespace {

using namespace stave;

// Processor time: all runs on one thread, and a busy machine must not show.
struct Clock {
  static std::clock_t now() { return std::clock(); }
};

double seconds_since(std::clock_t begun) {
  return static_cast<double>(std::clock() - begun) / CLOCKS_PER_SEC;
}

// Peak memory of the process so far, MB.
double peak_memory() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.rfind("VmHWM:", 0) == 0) return std::stod(line.substr(6)) / 1024;
  return 0;
}

// Amounts over six orders of magnitude; what an activity takes carries 10 to 60 % of what it makes.
ProductSystem made_up(std::size_t activities, std::size_t entries, std::size_t uncertain_inputs) {
  ProductSystem system;
  system.flows = {
      {.name = "co2", .unit = "kg", .factor = 1, .factor_scale = 1, .source = "made up"}};
  std::vector<double> amount(activities);
  for (std::size_t j = 0; j < activities; ++j)
    amount[j] = std::pow(10, 6 * random_uniform(1, 1, j) - 3);
  const std::size_t inputs = (entries - activities) / activities;
  std::size_t extra = entries - activities - inputs * activities;
  std::uint64_t at = 0;
  for (std::size_t j = 0; j < activities; ++j) {
    const auto column = static_cast<std::int32_t>(j);
    system.processes.push_back({.name = fmt::format("p{}", j), .product = fmt::format("p{}", j)});
    system.technosphere.push_back({column, column, amount[j], amount[j]});
    system.biosphere.push_back({0, column, amount[j] * random_uniform(1, 2, j), 1});
    system.biosphere.back().scale = system.biosphere.back().value;
    const auto count = inputs + (extra > 0 ? 1 : 0);
    extra -= extra > 0 ? 1 : 0;
    const double carried = 0.1 + 0.5 * random_uniform(1, 3, j);
    for (std::size_t k = 0; k < count; ++k, ++at) {
      const double u = random_uniform(1, 4, at);
      const auto i = static_cast<std::size_t>(static_cast<double>(activities) * u * u * u);
      if (i == j) continue;
      // A share of what j makes, in the units of i.
      const double value = -carried / static_cast<double>(count) * 2 * random_uniform(1, 5, at) *
                           amount[j] * (amount[i] / amount[j]) * 0.5;
      SystemEntry entry{static_cast<std::int32_t>(i), column, value, value};
      if (system.uncertain.size() < uncertain_inputs && at % 7 == 0) {
        entry.number = static_cast<std::int32_t>(system.uncertain.size());
        entry.scale = value;
        system.uncertain.push_back({.name = fmt::format("x{}", at),
                                    .distribution = {Distribution::Shape::lognormal, {1, 1.1}}});
      }
      system.technosphere.push_back(entry);
    }
  }
  return system;
}

void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "wrong: %s\n", what);
  std::exit(1);
}

void time_draws(const FootprintSystem& system, const Footprint& middle, const char* name,
                std::uint64_t draws) {
  const auto begun = Clock::now();
  const auto drawn =
      draw_footprints(system, middle, {.plan = {Sampling::random, draws, 1}, .examined = 0});
  fmt::print("{:<44} {:8.2f} ms a draw, residual {:.1e}; {} draws, peak {:.1f} MB\n", name,
             1000 * seconds_since(begun) / static_cast<double>(draws), drawn.residual, draws,
             peak_memory());
}

// Both ways on a system small enough for full factors.
void time_twin() {
  const auto made = made_up(1'000, 10'000, 1'000);
  for (const auto method : {SparseMethod::iterative, SparseMethod::direct}) {
    const auto begun = Clock::now();
    const FootprintSystem system(made, {.method = method});
    const auto* const name = method == SparseMethod::direct ? "KLU" : "GMRES";
    fmt::print("{:<44} {:8.1f} ms\n", fmt::format("1,000 activities: first score, {}", name),
               1000 * seconds_since(begun));
    const auto middle = system.footprint({.process = 123, .amount = 1});
    static double score = middle.score;
    require(std::abs(middle.score - score) <= 1e-7 * std::abs(score), "the twin agrees");
    time_draws(system, middle,
               method == SparseMethod::direct ? "1,000 activities: draw, KLU"
                                              : "1,000 activities: draw, GMRES",
               4);
  }
}

}  // namespace

int main(int count, char** words) {
  const std::uint64_t draws = count > 1 ? std::stoull(words[1]) : 100;
  const tbb::global_control one(tbb::global_control::max_allowed_parallelism, 1);
  constexpr std::size_t activities = 20'000;
  const auto made = made_up(activities, 283'000, 20'000);
  fmt::print("{} activities, {} entries, {} of them uncertain; one core\n", made.size(),
             made.technosphere.size(), made.uncertain.size());
  auto copy = made;
  auto begun = Clock::now();
  const FootprintSystem system(std::move(copy));
  fmt::print("{:<44} {:8.1f} ms (all activities at once)\n", "first score after load",
             1000 * seconds_since(begun));
  begun = Clock::now();
  const auto middle = system.footprint({.process = 123, .amount = 1});
  fmt::print("{:<44} {:8.2f} ms, {} passes, residual {:.1e}, gap {:.1e}\n",
             "all runs behind one functional unit", 1000 * seconds_since(begun), middle.passes,
             middle.residual, middle.gap);
  require(middle.gap < 1e-7, "both ways to the footprint agree");
  begun = Clock::now();
  double sum = 0;
  for (std::size_t i = 0; i < activities; ++i) sum += system.score({.process = i, .amount = 1});
  fmt::print("{:<44} {:8.5f} ms (sum {:.3g})\n", "the score of any further functional unit",
             1000 * seconds_since(begun) / activities, sum);
  begun = Clock::now();
  const auto parts = system.first_tier();
  fmt::print("{:<44} {:8.1f} ms\n", "first-tier contributions of all activities",
             1000 * seconds_since(begun));
  for (std::size_t j = 0; j < 100; ++j) {
    double behind = system.direct()[j];
    double own = 0;
    for (auto k = system.technosphere().start[j]; k < system.technosphere().start[j + 1]; ++k) {
      behind += parts[k];
      if (system.technosphere().row[k] == static_cast<int>(j)) own = system.technosphere().value[k];
    }
    require(std::abs(behind - own * system.intensities()[j]) <= 1e-6 * std::abs(behind),
            "first-tier contributions add up");
  }
  for (const auto many : {draws / 10, draws})
    time_draws(system, middle, "draw, warm GMRES with incomplete factors", many);
  time_twin();
}
