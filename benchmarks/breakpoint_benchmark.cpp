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

void verify_one(const stave::FirmOptions& firms, int size) {
  const auto chain = stave::generate_firms(firms);
  const BreakpointSystem system(chain, stave::SourceKind::enterprise);
  const auto target = rarest_good(chain, system);
  const stave::BreakpointOptions options{.size = size};
  if (break_sets(system, target, options).sets ==
      break_sets_reference(system, target, options).sets)
    return;
  std::fprintf(stderr, "the fast answer is not the slow one\n");
  std::exit(1);
}

void verify() {
  verify_one({.firms = 40, .links = 160, .industries = 8, .seed = 2}, 3);
  verify_one({.firms = 150, .links = 750, .industries = 30, .seed = 3}, 2);
  verify_one({.firms = 2'000, .links = 16'000, .industries = 100, .seed = 4}, 1);
}

void measure(std::size_t firms, std::size_t links, std::size_t industries, int size) {
  const auto chain =
      stave::generate_firms({.firms = firms, .links = links, .industries = industries, .seed = 1});
  const BreakpointSystem system(chain, stave::SourceKind::enterprise);
  const auto target = rarest_good(chain, system);
  stave::BreakSets found;
  const double time = seconds([&] { found = break_sets(system, target, {.size = size}); });
  std::printf("%9zu %9zu %5d %9.3f ", firms, chain.flows().nonzeros(), size, time);
  for (const auto& sets : found.sets) std::printf(" %zu", sets.size());
  std::printf("%s\n", found.complete ? "" : " (then too many)");
  std::fflush(stdout);
}

}  // namespace

int main() {
  verify();
  std::printf("    firms     links  size   seconds  sets by size\n");
  for (const std::size_t k : {1, 2, 4}) measure(25'000 * k, 200'000 * k, 616, 1);
  for (const std::size_t k : {1, 2, 4}) measure(5'000 * k, 40'000 * k, 616, 2);
  for (const std::size_t k : {1, 2, 4}) measure(250 * k, 2'000 * k, 60, 3);
}
