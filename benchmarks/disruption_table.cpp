// Question: what does a year of days of a large table cost, by stocks of products, and how near is
// it to what memory can give? The first days are compared with the slow twin before anything is
// timed.
//
//   disruption_table [--regions R --products P] [--days D] [--runs N] [--case NAME]
//
// Without --regions: the sizes of benchmarks/disruption_table.md. NAME: loss, rebuilding,
// everything, level; without it loss and rebuilding.

#include "stave/core/random.hpp"
#include "stave/disruption/reference.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <string>

#include <fmt/format.h>
#include <sys/resource.h>

namespace {

using stave::NodeId;

double clock_now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}
double cpu_now() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

double peak_mib() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

/// Every cell filled, half of output used at the end, three columns of final use a region.
stave::Chain random_table(std::size_t regions, std::size_t products) {
  stave::ChainParts parts;
  std::vector<stave::Item> region_items;
  std::vector<stave::Item> product_items;
  for (std::size_t r = 0; r < regions; ++r)
    region_items.push_back({fmt::format("r{}", r), {}, {}, {}, stave::Kind::unknown});
  for (std::size_t p = 0; p < products; ++p)
    product_items.push_back({fmt::format("p{}", p), {}, {}, {}, stave::Kind::good});
  parts.regions = stave::Classification("region", std::move(region_items));
  parts.products = stave::Classification("product", std::move(product_items));
  const auto n = regions * products;
  stave::Matrix z(n, n);
  for (std::size_t i = 0; i < n; ++i) {
    parts.nodes.push_back({fmt::format("r{}.p{}", i / products, i % products),
                           {},
                           {},
                           stave::RegionId(i / products),
                           stave::ProductId(i % products),
                           {}});
    for (std::size_t j = 0; j < n; ++j) z(i, j) = std::pow(stave::random_uniform(1, i, j), 3);
  }
  parts.flows = stave::FlowMatrix(std::move(z));
  for (std::size_t r = 0; r < regions; ++r)
    for (const char* category : {"households", "government", "capital"})
      parts.final_columns.push_back({stave::RegionId(r), category});
  parts.final_use = stave::Matrix(n, parts.final_columns.size());
  const double scale = 0.5 * static_cast<double>(n) / static_cast<double>(3 * regions);
  for (std::size_t e = 0; e < parts.final_use.size(); ++e)
    parts.final_use.data()[e] = scale * stave::random_uniform(2, 0, e);
  return stave::Chain(std::move(parts));
}

/// Half a region's makers lose half of their capacity for sixty days.
stave::Scenario scenario_of(const stave::Chain& chain, const std::string& name, int days) {
  const auto products = chain.products().size();
  stave::Scenario scenario;
  scenario.days = days;
  stave::CapacityEvent event{.when = {.duration = 60, .recovery_days = 30}};
  for (std::size_t p = 0; p < products / 2; ++p) event.nodes.push_back({NodeId(p), 0.5});
  if (name == "rebuilding") {
    event.rebuilding = stave::Rebuilding{
        .builders = {{stave::ProductId(0), 0.6}, {stave::ProductId(1), 0.4}}, .days = 120};
    for (const auto& hit : event.nodes)
      event.rebuilding->cost.push_back(chain.output()[hit.node.at()] / 3);
  }
  scenario.capacity.push_back(event);
  if (name != "everything") return scenario;
  std::vector<NodeId> from;
  std::vector<NodeId> to;
  for (std::size_t i = 0; i < chain.size(); ++i) {
    if (i / products == 1) from.emplace_back(i);
    if (i / products > 2) to.emplace_back(i);
  }
  scenario.links.push_back(
      {.when = {.start = 5, .duration = 30, .recovery_days = 30}, .from = from, .to = to});
  scenario.delays.push_back(
      {.when = {.start = 10, .duration = 60}, .from = to, .to = from, .columns = {3}, .days = 14});
  scenario.demand.push_back(
      {.when = {.start = 20, .duration = 90}, .makers = to, .columns = {6, 7}, .change = -0.3});
  return scenario;
}

stave::SimulationOptions options_of(const std::string& name) {
  stave::SimulationOptions options;
  options.inventory_days = 20;
  if (name == "level") options.rationing = stave::Rationing::low_order_first;
  return options;
}

/// Two days of the twin: the same, or no figure.
void verify(const stave::Chain& chain, const std::string& name, double& twin_day) {
  auto scenario = scenario_of(chain, name, chain.size() > 3000 ? 2 : 4);
  scenario.days = chain.size() > 3000 ? 2 : 4;
  const auto start = cpu_now();
  const auto slow = stave::simulation_reference(chain, scenario, options_of(name));
  twin_day = (cpu_now() - start) / scenario.days;
  const auto fast = stave::simulate(chain, scenario, options_of(name));
  for (std::size_t t = 0; t < fast.days.size(); ++t) {
    const double a = fast.days[t].output;
    const double b = slow.simulation.days[t].output;
    if (std::abs(a - b) <= 1e-9 * b) continue;
    fmt::print(stderr, "day {}: {} is made, the twin says {}\n", t, a, b);
    std::exit(1);
  }
}

struct Size {
  std::size_t regions, products;
};

void run(const Size& size, int days, int runs, const std::string& name) {
  const auto chain = random_table(size.regions, size.products);
  const double before = peak_mib();
  double twin_day = 0;
  const bool verified = chain.size() <= 3000;
  const auto scenario = scenario_of(chain, name, days);
  double best = 1e300;
  double least_cpu = 1e300;
  stave::Conservation held;
  double after = 0;
  for (int r = 0; r < runs; ++r) {
    const double start = clock_now();
    const double cpu = cpu_now();
    const auto found = stave::simulate(chain, scenario, options_of(name));
    best = std::min(best, clock_now() - start);
    least_cpu = std::min(least_cpu, cpu_now() - cpu);
    held = found.conservation;
    after = peak_mib();
  }
  if (verified) verify(chain, name, twin_day);
  const double n = static_cast<double>(chain.size());
  const double table = n * n * 8;
  fmt::print(
      "{:>6} nodes {:>10} {} days: {:7.3f} s, processor {:7.3f} s, {:6.1f} GB/s of the table, "
      "{:5.0f} MiB beside the chain{}; misses {:.0e} {:.0e} {:.0e}\n",
      chain.size(), name, days, best, least_cpu, table * days / best / 1e9, after - before,
      verified ? fmt::format(", twin {:.0f} times", twin_day * days / least_cpu) : std::string(),
      held.goods, held.stocks, held.rebuilding);
  std::fflush(stdout);
}

}  // namespace

int main(int argc, char** argv) {
  Size size{0, 56};
  int days = 365;
  int runs = 5;
  std::vector<std::string> names{"loss", "rebuilding"};
  for (int a = 1; a + 1 < argc; a += 2) {
    const auto is = [&](const char* word) { return std::strcmp(argv[a], word) == 0; };
    if (is("--regions")) size.regions = std::strtoul(argv[a + 1], nullptr, 10);
    if (is("--products")) size.products = std::strtoul(argv[a + 1], nullptr, 10);
    if (is("--days")) days = std::atoi(argv[a + 1]);
    if (is("--runs")) runs = std::atoi(argv[a + 1]);
    if (is("--case")) names = {argv[a + 1]};
  }
  std::vector<Size> sizes{{22, 56}, {44, 56}, {88, 56}, {49, 200}};
  if (size.regions > 0) sizes = {size};
  for (const auto& s : sizes)
    for (const auto& name : names) run(s, days, s.regions * s.products > 5000 ? 2 : runs, name);
}
