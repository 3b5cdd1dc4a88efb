// Question: what does a shock on a firm network cost to play day by day, how does the cost grow,
// and how near is it to the machine? A small network is compared with the slow twin first.
//
//   disruption_network [--firms N [--links M] [--industries K]] [--days D] [--threads T]
//                      [--preset P] [--rationing R] [--course]
//
// Without --firms: the sizes of benchmarks/disruption_network.md. One firm in ten loses up to all
// of its capacity for 30 days, which comes back along a line over 60. --course prints the days.

#include "stave/core/random.hpp"
#include "stave/disruption/simulate.hpp"
#include "stave/generator/firms.hpp"

#include <chrono>
#include <cstdlib>
#include <cstring>
#include <ctime>

#include <fmt/format.h>
#include <sys/resource.h>
#include <tbb/global_control.h>

#include "disruption/network_reference.hpp"

namespace {

struct Case {
  std::size_t firms = 0, links = 0, industries = 20;
  int days = 365;
  int threads = 0;
  std::string preset = "inoue-todo";
  std::string rationing;
  bool course = false;
};

double clock_now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

double processor_now() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

long peak_mib() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss / 1024;
}

stave::Scenario one_in_ten(std::size_t n, int days) {
  stave::Scenario scenario{.days = days};
  stave::CapacityEvent event{.name = "storm",
                             .when = {.start = 5, .duration = 30, .recovery_days = 60}};
  for (std::size_t i = 0; i < n; ++i)
    if (stave::random_uniform(7, 1, i) < 0.1)
      event.nodes.push_back({stave::NodeId(i), stave::random_uniform(7, 2, i)});
  scenario.capacity.push_back(std::move(event));
  return scenario;
}

stave::SimulationOptions options_of(const Case& c) {
  auto options = stave::simulation_preset(c.preset);
  options.stocks = stave::StockRule::by_supplier;
  const std::array<std::string_view, 4> names{"proportional", "final-last", "low-order-first",
                                              "low-order-first-final-last"};
  for (std::size_t r = 0; r < names.size(); ++r)
    if (c.rationing == names[r]) options.rationing = static_cast<stave::Rationing>(r);
  return options;
}

// 300 firms, every node and day, against the twin.
void verify(const Case& c) {
  const auto chain = stave::generate_firms({.firms = 300, .links = 1'500, .industries = 10});
  const auto scenario = one_in_ten(chain.size(), 120);
  const auto options = options_of(c);
  const auto fast = stave::simulate(chain, scenario, options, {.all_nodes = true});
  const auto slow = stave::network_reference(chain, scenario, options);
  double worst = 0;
  for (std::size_t t = 0; t < fast.days.size(); ++t)
    for (std::size_t i = 0; i < chain.size(); ++i)
      worst = std::max(
          worst, std::abs(fast.node_output(t, i) - slow.output(t, i)) / (chain.output()[i] / 365));
  fmt::print("300 firms, 120 days: largest difference from the twin {:.1e} of a normal day\n",
             worst);
  if (worst < 1e-9) return;
  fmt::print(stderr, "the engine and its twin differ\n");
  std::exit(1);
}

void print_course(const stave::Simulation& run) {
  for (std::size_t t = 0; t < run.days.size(); t += t < 40 ? 2 : 10)
    fmt::print("  day {:>3}: output {:.5f} orders {:.4g} unmet {:.4f} stock {:.4f} bound {}\n", t,
               run.days[t].output / run.days[0].output, run.days[t].orders / run.days[0].orders,
               run.days[t].final_unmet / run.days[t].final_wanted,
               run.days[t].stock / run.days[0].stock, run.days[t].bound);
}

void measure(const Case& c) {
  const auto chain = stave::generate_firms(
      {.firms = c.firms, .links = c.links, .industries = c.industries, .seed = 1});
  const auto before = peak_mib();
  const auto scenario = one_in_ten(chain.size(), c.days);
  const auto options = options_of(c);
  const auto begin = clock_now();
  const auto processor = processor_now();
  const auto run = stave::simulate(chain, scenario, options);
  const auto seconds = clock_now() - begin;
  const auto used = processor_now() - processor;
  const auto steps = static_cast<double>(chain.flows().nonzeros()) * c.days;
  fmt::print("{:>9} {:>10} {:>4} {:>3} {:9.3f} {:9.3f} {:8.2f} {:7} {:7}  {:.1e} {:.1e}\n", c.firms,
             chain.flows().nonzeros(), c.industries, c.threads, seconds, used, 1e9 * used / steps,
             peak_mib(), before, run.conservation.goods, run.conservation.stocks);
  std::fflush(stdout);
  if (c.course) print_course(run);
}

Case parsed(int argc, char** argv) {
  Case c;
  for (int k = 1; k < argc; ++k) {
    const std::string_view flag = argv[k];
    if (flag == "--course") c.course = true;
    if (k + 1 >= argc) break;
    const char* value = argv[k + 1];
    if (flag == "--firms") c.firms = std::strtoull(value, nullptr, 10);
    if (flag == "--links") c.links = std::strtoull(value, nullptr, 10);
    if (flag == "--industries") c.industries = std::strtoull(value, nullptr, 10);
    if (flag == "--days") c.days = std::atoi(value);
    if (flag == "--threads") c.threads = std::atoi(value);
    if (flag == "--preset") c.preset = value;
    if (flag == "--rationing") c.rationing = value;
  }
  return c;
}

}  // namespace

int main(int argc, char** argv) {
  auto c = parsed(argc, argv);
  std::optional<tbb::global_control> limit;
  if (c.threads > 0)
    limit.emplace(tbb::global_control::max_allowed_parallelism,
                  static_cast<std::size_t>(c.threads));
  verify(c);
  fmt::print(
      "    firms      links  ind thr   seconds processor  ns/link     MiB  before  goods  "
      "stocks\n");
  if (c.firms > 0) {
    if (c.links == 0) c.links = 8 * c.firms;
    measure(c);
    return 0;
  }
  for (const auto& [firms, links, industries] : {std::array<std::size_t, 3>{10'000, 57'000, 20},
                                                 {10'000, 80'000, 616},
                                                 {20'000, 160'000, 616},
                                                 {40'000, 320'000, 616}}) {
    c.firms = firms;
    c.links = links;
    c.industries = industries;
    measure(c);
  }
}
