// Question: what does a decomposition of the change between two years cost beside one inverse of
// the table, and what does balancing the table cost?
//
//   change_benchmark [REGIONS SECTORS]     one size; without it sizes up to 2,464
//
// Two made-up years: four fifths of the inputs domestic, coefficients, mix and level differ.
// Answers are verified before a time is printed: effects sum to the change, makers agree with
// users, polar means lie within the spread of all orders; the balanced table has its totals.

#include "stave/balance/balance.hpp"
#include "stave/change/change.hpp"
#include "stave/core/random.hpp"
#include "stave/linalg/leontief.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <string>

#include <fmt/format.h>

namespace {

using stave::Chain;
using stave::ChangeMethod;
using stave::Matrix;
using stave::random_uniform;

/// Seconds on the wall, and of the processor, all threads together.
struct Time {
  double wall = 0;
  double processor = 0;
};

template <class F>
Time timed(F&& work) {
  const auto start = std::chrono::steady_clock::now();
  const auto clock = std::clock();
  work();
  return {std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count(),
          static_cast<double>(std::clock() - clock) / CLOCKS_PER_SEC};
}

std::string told(const Time& t) { return fmt::format("{:7.3f} s ({:6.3f})", t.wall, t.processor); }

void require(bool holds, const std::string& what) {
  if (holds) return;
  fmt::print(stderr, "wrong answer: {}\n", what);
  std::exit(1);
}

// Peak memory of the process so far, MB.
double peak_memory() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with("VmHWM:")) return std::stod(line.substr(6)) / 1e3;
  return 0;
}

stave::Classification numbered(const std::string& what, std::size_t count) {
  std::vector<stave::Item> items;
  for (std::size_t k = 0; k < count; ++k)
    items.push_back({fmt::format("{}{}", what[0], k), {}, {}, {}, {}});
  return {what, std::move(items)};
}

// Final use is as large as makes inputs about half of output.
Chain year(std::size_t regions, std::size_t sectors, std::uint64_t seed) {
  stave::ChainParts parts;
  parts.regions = numbered("region", regions);
  parts.products = numbered("product", sectors);
  const auto n = regions * sectors;
  Matrix z(n, n);
  for (std::size_t i = 0; i < n; ++i) {
    parts.nodes.push_back({fmt::format("r{}.p{}", i / sectors, i % sectors),
                           {},
                           {},
                           stave::RegionId(i / sectors),
                           stave::ProductId(i % sectors),
                           {}});
    for (std::size_t j = 0; j < n; ++j) {
      const double home = i / sectors == j / sectors ? 4.0 * static_cast<double>(regions) : 1;
      z(i, j) = home * random_uniform(1, i, j) * (1 + .3 * random_uniform(seed, i, j));
    }
  }
  parts.flows = stave::FlowMatrix(std::move(z));
  const auto sold = parts.flows.row_sums();
  const auto bought = parts.flows.column_sums();
  parts.final_use = Matrix(n, regions);
  for (std::size_t r = 0; r < regions; ++r)
    parts.final_columns.push_back({stave::RegionId(r), "households"});
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t r = 0; r < regions; ++r)
      parts.final_use(i, r) = (sold[i] + bought[i]) / static_cast<double>(regions) *
                              (.5 + random_uniform(seed + 100, i, r));
  parts.info.name = fmt::format("year-{}", seed);
  return Chain(std::move(parts));
}

stave::Change verified(const Chain& first, const Chain& second, ChangeMethod method, int factors) {
  auto c = stave::change(first, second, {.method = method, .factors = factors});
  require(c.imbalance <= 1e-12, "effects do not sum to the change");
  require(c.disagreement <= 1e-9, "makers and users disagree");
  return c;
}

void decompose(const Chain& first, const Chain& second) {
  stave::Change polar;
  stave::Change all;
  fmt::print("  one inverse             {}\n", told(timed([&] {
               stave::LeontiefSystem system(first.flows(), first.output());
               require(system.inverse().residual < 1e-9, "the inverse");
             })));
  fmt::print("  polar, 4 factors        {}\n",
             told(timed([&] { (void)verified(first, second, ChangeMethod::polar, 4); })));
  fmt::print("  polar, 6 factors        {}\n",
             told(timed([&] { polar = verified(first, second, ChangeMethod::polar, 6); })));
  fmt::print("  all orders, 6 factors   {}\n",
             told(timed([&] { all = verified(first, second, ChangeMethod::orders, 6); })));
  const double rounding = 1e-9 * std::abs(all.total.after[0]);
  for (std::size_t k = 0; k < 6; ++k)
    require(polar.total.effect(k, 0) >= all.total.lowest(k, 0) - rounding &&
                polar.total.effect(k, 0) <= all.total.highest(k, 0) + rounding,
            "polar means outside the orders");
  fmt::print("  logarithmic, 4 factors  {}\n",
             told(timed([&] { (void)verified(first, second, ChangeMethod::lmdi, 4); })));
}

void bring_to_totals(const Chain& first, const Chain& second) {
  const auto cells = stave::cells_of(first, stave::TablePart::flows);
  const stave::BalanceTargets targets{second.flows().row_sums(), second.flows().column_sums(), {}};
  stave::Balancing done;
  const auto time = timed([&] { done = stave::balance(cells, targets); });
  require(done.residual <= 1e-9, "the balanced table misses its totals");
  fmt::print("  balance, {:3} iterations {}\n", done.iterations, told(time));
}

void run(std::size_t regions, std::size_t sectors) {
  const auto first = year(regions, sectors, 1);
  const auto second = year(regions, sectors, 2);
  fmt::print("{} makers\n", first.size());
  decompose(first, second);
  bring_to_totals(first, second);
  fmt::print("  peak memory so far      {:7.0f} MB\n", peak_memory());
}

}  // namespace

int main(int argc, char** argv) {
  if (argc == 3) {
    run(std::strtoul(argv[1], nullptr, 10), std::strtoul(argv[2], nullptr, 10));
    return 0;
  }
  for (const std::size_t regions : {11U, 22U, 44U}) run(regions, 56);
  return 0;
}
