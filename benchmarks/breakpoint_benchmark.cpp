// Question: does finding break points follow the links of the chain, or the number of sets to try?
// Answers are compared with every set in turn on a small network before anything is timed.

#include "stave/breakpoint/breakpoint.hpp"
#include "stave/generator/firms.hpp"

#include <chrono>
#include <cstdio>
#include <cstdlib>

namespace {

using stave::BreakpointSystem;

double seconds(auto&& work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

// The rarest good: it has the fewest makers, so that its break sets are the smallest.
std::vector<std::int32_t> rarest_good(const stave::Chain& chain, const BreakpointSystem& system) {
  std::vector<std::int32_t> best;
  for (std::size_t p = 0; 5 * p < 3 * chain.products().size(); ++p) {
    auto makers = system.target(stave::ProductId(p), std::nullopt);
    if (best.empty() || makers.size() <= best.size()) best = std::move(makers);
  }
  return best;
}

// One firm that cannot work without three inputs: it has many single points of failure.
std::vector<std::int32_t> one_firm(const BreakpointSystem& system) {
  for (std::size_t i = 0; i < system.nodes(); ++i)
    if (system.node_group_start[i + 1] - system.node_group_start[i] >= 3)
      return {static_cast<std::int32_t>(i)};
  return {0};
}

void print_row(const stave::Chain& chain, std::size_t industries, const char* target, int size,
               double time, const stave::BreakSets& found) {
  std::printf("%9zu %9zu %10zu  %-8s %4d %9.3f  ", chain.nodes().size(), chain.flows().nonzeros(),
              industries, target, size, time);
  for (const auto& sets : found.sets) std::printf(" %zu", sets.size());
  std::printf("%s", found.complete ? "" : " (then too many)");
}

void verify(const stave::FirmOptions& firms, int size) {
  const auto chain = stave::generate_firms(firms);
  const BreakpointSystem system(chain, stave::SourceKind::enterprise);
  const auto target = one_firm(system);
  const stave::BreakpointOptions options{.size = size};
  stave::BreakSets fast;
  stave::BreakSets slow;
  const double time = seconds([&] { fast = break_sets(system, target, options); });
  const double twin = seconds([&] { slow = break_sets_reference(system, target, options); });
  if (fast.sets != slow.sets) {
    std::fprintf(stderr, "the fast answer is not the slow one\n");
    std::exit(1);
  }
  print_row(chain, firms.industries, "firm", size, time, fast);
  std::printf("   every set in turn: %.3f s, %.0f times\n", twin, twin / time);
}

void measure(std::size_t firms, std::size_t industries, int size) {
  const auto chain = stave::generate_firms(
      {.firms = firms, .links = 8 * firms, .industries = industries, .seed = 1});
  const BreakpointSystem system(chain, stave::SourceKind::enterprise);
  const auto run = [&](const char* name, const std::vector<std::int32_t>& target) {
    stave::BreakSets found;
    const double time = seconds([&] { found = break_sets(system, target, {.size = size}); });
    print_row(chain, industries, name, size, time, found);
    std::printf("\n");
    std::fflush(stdout);
  };
  run("good", rarest_good(chain, system));
  run("firm", one_firm(system));
}

}  // namespace

int main() {
  std::printf("    firms     links industries  target   size   seconds  sets by size\n");
  verify({.firms = 60, .links = 480, .industries = 30, .seed = 2}, 3);
  verify({.firms = 200, .links = 1'600, .industries = 60, .seed = 3}, 2);
  verify({.firms = 2'000, .links = 16'000, .industries = 100, .seed = 4}, 1);
  for (const std::size_t industries : {100, 616})
    for (const std::size_t firms : {10'000, 30'000, 100'000}) measure(firms, industries, 1);
  for (const std::size_t industries : {60, 616})
    for (const std::size_t firms : {5'000, 10'000, 20'000}) measure(firms, industries, 2);
  for (const std::size_t firms : {250, 500, 1'000, 2'000}) measure(firms, 60, 3);
}
