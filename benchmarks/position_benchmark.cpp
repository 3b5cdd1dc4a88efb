// Question: what do positions, structure and paths cost as a table grows, and how large may it be?
//
//   position_benchmark [REGIONS SECTORS]     one size; without it sizes up to 9,800, without
//   inverse
//
// The chain is made up: four fifths of the inputs domestic, flows spread over ten orders of
// magnitude, one region's final use followed. Answers are verified before a time
// is printed: sum x U = sum x D, iteration against factors, columns of the inverse against the
// multipliers, one extraction against solving again, paths and remainder against the footprint, the
// largest paths against all above a threshold.

#include "stave/core/random.hpp"
#include "stave/position/paths.hpp"
#include "stave/position/position.hpp"
#include "stave/position/structure.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <tbb/parallel_for.h>

namespace {

using stave::Chain;
using stave::ChainParts;
using stave::Inventories;
using stave::Matrix;
using stave::NodeId;
using stave::random_uniform;
using stave::RegionId;

/// Wall-clock and processor seconds, of all threads together: the latter hold on a busy machine
/// too.
struct Time {
  double wall = 1e300;
  double processor = 1e300;
};

template <class F>
Time timed(F&& work) {
  const auto start = std::chrono::steady_clock::now();
  const auto clock = std::clock();
  work();
  return {std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count(),
          static_cast<double>(std::clock() - clock) / CLOCKS_PER_SEC};
}

Time best(const Time& a, const Time& b) {
  return {std::min(a.wall, b.wall), std::min(a.processor, b.processor)};
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

void add_labels(ChainParts& parts, std::size_t regions, std::size_t sectors) {
  std::vector<stave::Item> region;
  std::vector<stave::Item> product;
  for (std::size_t r = 0; r < regions; ++r)
    region.push_back({fmt::format("r{}", r), {}, {}, {}, {}});
  for (std::size_t p = 0; p < sectors; ++p)
    product.push_back({fmt::format("p{}", p), {}, {}, {}, {}});
  parts.regions = stave::Classification("region", std::move(region));
  parts.products = stave::Classification("product", std::move(product));
  for (std::size_t i = 0; i < regions * sectors; ++i)
    parts.nodes.push_back({fmt::format("r{}.p{}", i / sectors, i % sectors),
                           {},
                           {},
                           RegionId(i / sectors),
                           stave::ProductId(i % sectors),
                           {}});
  for (std::size_t k = 0; k < 2 * regions; ++k)
    parts.final_columns.push_back({RegionId(k / 2), k % 2 == 0 ? "households" : "inventories"});
  parts.stressor_rows = {{"co2", {}, "kt", {}, {}}};
}

// Ten to the power of -decades .. decades, the middle most often.
double spread(double decades, std::uint64_t stream, std::uint64_t index) {
  double sum = 0;
  for (std::uint64_t k = 0; k < 4; ++k) sum += random_uniform(1, stream + k, index);
  return std::pow(10.0, decades * (sum - 2) / 2);
}

// Final use is as large as makes inputs 40 to 80 % of every output.
Chain world(std::size_t regions, std::size_t sectors) {
  ChainParts parts;
  add_labels(parts, regions, sectors);
  const auto n = regions * sectors;
  std::vector<double> size(n);
  for (std::size_t i = 0; i < n; ++i) size[i] = spread(3, 10, i);
  Matrix z(n, n);
  tbb::parallel_for(std::size_t{0}, n, [&](std::size_t i) {
    for (std::size_t j = 0; j < n; ++j) {
      const double home = i / sectors == j / sectors ? 4.0 * static_cast<double>(regions) : 1;
      z(i, j) = home * std::sqrt(size[i] * size[j]) * spread(5, 20, i * n + j);
    }
  });
  parts.flows = stave::FlowMatrix(std::move(z));
  const auto sold = parts.flows.row_sums();
  const auto bought = parts.flows.column_sums();
  parts.final_use = Matrix(n, 2 * regions);
  parts.stressors = Matrix(1, n);
  for (std::size_t i = 0; i < n; ++i) {
    const double output = std::max(bought[i] / (.4 + .4 * random_uniform(1, 2, i)), 1.1 * sold[i]);
    const double each = (output - sold[i]) / static_cast<double>(regions);
    for (std::size_t r = 0; r < regions; ++r) {
      const double u = random_uniform(1, 3, i * regions + r);
      parts.final_use(i, 2 * r) = each * 2 * u;
      parts.final_use(i, 2 * r + 1) = each * .1 * (u - .5);
    }
    parts.stressors(0, i) = output * spread(2, 30, i);
  }
  return Chain(std::move(parts));
}

void time_position(const Chain& chain) {
  stave::Position first;
  Time both;
  Time alone;
  for (int again = 0; again < 3; ++again) {
    both = best(both, timed([&] {
                  stave::CorrectedSystem system(chain, Inventories::remove);
                  first = stave::positions(system);
                }));
    alone = best(alone, timed([&] {
                   stave::CorrectedSystem system(chain, Inventories::remove);
                   (void)system.upstreamness();
                 }));
  }
  require(first.imbalance < 1e-9, "sum x U = sum x D");
  if (chain.size() <= 3'000) {
    stave::CorrectedSystem factors(chain, Inventories::remove, stave::SolveMethod::lu);
    const auto p = stave::positions(factors);
    for (std::size_t i = 0; i < chain.size(); ++i)
      require(std::abs(p.upstreamness[i] - first.upstreamness[i]) < 1e-8 * p.upstreamness[i],
              "iteration and factors agree");
  }
  fmt::print("  upstreamness {}   with downstreamness and shares {}\n", told(alone), told(both));
}

stave::PathQuestion footprint_of(const Chain& chain, RegionId region) {
  stave::PathQuestion q{std::vector<double>(chain.size()), std::vector<double>(chain.size())};
  for (std::size_t i = 0; i < chain.size(); ++i) {
    q.intensity[i] = chain.stressors()(0, i) / chain.output()[i];
    for (std::size_t k = 0; k < chain.final_columns().size(); ++k)
      if (chain.final_columns()[k].region == region) q.use[i] += chain.final_use()(i, k);
  }
  return q;
}

stave::LeontiefSystem system_for(const Chain& chain) {
  stave::LeontiefOptions options;
  for (const auto& node : chain.nodes()) options.block.push_back(node.region.value);
  return {chain.flows(), chain.output(), std::move(options)};
}

void time_paths(const Chain& chain) {
  const auto q = footprint_of(chain, RegionId(0));
  for (const double threshold : {1e-3, 1e-4, 1e-5, 1e-6}) {
    stave::Paths p;
    const auto time = timed([&] {
      auto system = system_for(chain);
      p = stave::paths_above(chain, system, q, {.threshold = threshold});
    });
    require(p.imbalance < 1e-9, "paths and what was cut off sum to the footprint");
    fmt::print(
        "  paths above {:5.0e} {}   {:7} paths, {:4.1f} % of the footprint; {:8} steps, "
        "{:8} links, peak {:5.0f} MB\n",
        threshold, told(time), p.size(), 100 * p.found / p.footprint, p.steps, p.links,
        peak_memory());
    const auto count = std::min<std::size_t>(p.size(), 1'000);
    if (count == 0) continue;
    stave::Paths top;
    const auto time_top = timed([&] {
      auto system = system_for(chain);
      top = stave::largest_paths(chain, system, q, count);
    });
    require(std::equal(top.value.begin(), top.value.end(), p.value.begin()),
            "the largest are the first of all");
    fmt::print("  the largest {:5} {}   {:8} steps, {:8} links\n", count, told(time_top), top.steps,
               top.links);
  }
}

// Without its columns and row the region's makers make nothing: solved again.
double lost_without(const Chain& chain, const std::vector<NodeId>& part) {
  std::vector<bool> in(chain.size());
  for (const auto node : part) in[node.at()] = true;
  Matrix z(chain.size(), chain.size());
  Matrix y(chain.size(), 1);
  double whole = 0;
  for (std::size_t i = 0; i < chain.size(); ++i) {
    whole += chain.output()[i];
    if (in[i]) continue;
    chain.flows().for_each_in_row(i, [&](std::size_t j, double v) {
      if (!in[j]) z(i, j) = v;
    });
    for (const double v : chain.final_use().row(i)) y(i, 0) += v;
  }
  const stave::FlowMatrix flows(std::move(z));
  stave::LeontiefSystem system(flows, chain.output());
  for (const double x : system.requirements(y.view()).values.values()) whole -= x;
  return whole;
}

void time_structure(const Chain& chain) {
  std::vector<stave::Part> parts;
  for (std::size_t r = 0; r < chain.regions().size(); ++r)
    parts.push_back({chain.regions()[r].code, chain.nodes_in(RegionId(r))});
  stave::Linkages l;
  const auto solved = timed([&] {
    auto system = system_for(chain);
    l = stave::linkages(chain, system);
  });
  require(l.imbalance < 1e-9, "rows and columns of the inverse have the same sum");
  stave::Extraction e;
  const auto extracted = timed([&] {
    auto system = system_for(chain);
    e = stave::extraction(chain, system, parts);
  });
  require(e.imbalance < 1e-9, "columns of the inverse sum to the multipliers");
  require(std::abs(lost_without(chain, parts[0].nodes) - e.parts[0].total) < 1e-8 * e.whole,
          "extraction is that of solving again");
  const auto inverse = timed([&] {
    auto system = system_for(chain);
    (void)system.inverse();
  });
  fmt::print(
      "  linkages {}   extraction of every maker and region {}, the inverse alone {}, peak "
      "{:5.0f} MB\n",
      told(solved), told(extracted), told(inverse), peak_memory());
}

void time_all(std::size_t regions, std::size_t sectors, bool structure) {
  const auto chain = world(regions, sectors);
  fmt::print("{} x {} = {} makers, flows {:.0f} MB, peak {:.0f} MB\n", regions, sectors,
             chain.size(), 8e-6 * static_cast<double>(chain.size() * chain.size()), peak_memory());
  time_position(chain);
  time_paths(chain);
  if (structure) time_structure(chain);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc > 2) {
    time_all(std::strtoul(argv[1], nullptr, 10), std::strtoul(argv[2], nullptr, 10), true);
    return 0;
  }
  for (const std::size_t sectors : {14, 28, 56, 112}) time_all(44, sectors, sectors <= 56);
  time_all(49, 200, false);
  return 0;
}
