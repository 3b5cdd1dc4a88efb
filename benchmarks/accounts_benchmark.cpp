// Question: what do the four regional accounts of a whole chain cost beside LAPACK's dgetrf alone,
// in time and in memory, and what does the same chain cost by its factors?
//
//   accounts_benchmark [REGIONS SECTORS [FILE]]     49 200 unless told: 9,800 nodes
//
// With FILE the chain is only saved, to time a whole `stave accounts FILE`.
//
// The chain is made up: 7 final-use columns a region, 1,113 stressors, four fifths of the inputs
// domestic. Answers are verified before a time is printed: consumption and production accounts sum
// to the same, both ways agree, and each region's home part is the same in both accounts.

#include "stave/account/account.hpp"
#include "stave/core/random.hpp"
#include "stave/store/store.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

#include <cblas.h>
#include <f77blas.h>
#include <fmt/format.h>
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>

namespace {

using stave::Chain;
using stave::ChainParts;
using stave::Matrix;
using stave::random_uniform;
using stave::RegionalAccounts;

constexpr std::size_t categories = 7;
constexpr std::size_t stressors = 1113;

template <class F>
double seconds(F&& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

void require(bool holds, const std::string& what) {
  if (holds) return;
  fmt::print(stderr, "wrong answer: {}\n", what);
  std::exit(1);
}

// Peak memory of the process so far, bytes.
double peak_memory() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.rfind("VmHWM:", 0) == 0) return 1024 * std::stod(line.substr(6));
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
                           stave::RegionId(i / sectors),
                           stave::ProductId(i % sectors),
                           {}});
  for (std::size_t k = 0; k < regions * categories; ++k)
    parts.final_columns.push_back(
        {stave::RegionId(k / categories), fmt::format("use {}", k % categories)});
  for (std::size_t s = 0; s < stressors; ++s)
    parts.stressor_rows.push_back({fmt::format("stressor {}", s), {}, "kt", {}, {}});
}

// Flows first; final use is then as large as makes inputs 40 to 80 % of every output.
Chain world(std::size_t regions, std::size_t sectors) {
  ChainParts parts;
  add_labels(parts, regions, sectors);
  const auto n = regions * sectors;
  Matrix z(n, n);
  tbb::parallel_for(std::size_t{0}, n, [&](std::size_t i) {
    for (std::size_t j = 0; j < n; ++j) {
      const double home = i / sectors == j / sectors ? 4.0 * static_cast<double>(regions) : 1;
      z(i, j) = home * random_uniform(1, 1, i * n + j);
    }
  });
  parts.flows = stave::FlowMatrix(std::move(z));
  const auto sold = parts.flows.row_sums();
  const auto bought = parts.flows.column_sums();
  parts.final_use = Matrix(n, regions * categories);
  parts.stressors = Matrix(stressors, n);
  for (std::size_t i = 0; i < n; ++i) {
    const double output = std::max(bought[i] / (.4 + .4 * random_uniform(1, 2, i)), 1.1 * sold[i]);
    const double each = (output - sold[i]) / static_cast<double>(parts.final_use.cols());
    for (std::size_t k = 0; k < parts.final_use.cols(); ++k)
      parts.final_use(i, k) = each * 2 * random_uniform(1, 3, i * parts.final_use.cols() + k);
    for (std::size_t s = 0; s < stressors; ++s)
      parts.stressors(s, i) = output * random_uniform(1, 4, s * n + i);
  }
  return Chain(std::move(parts));
}

void verify(const RegionalAccounts& a) {
  require(a.worst_imbalance() < 1e-9, "production and consumption sum to the same");
  for (std::size_t e = 0; e < a.production.size(); ++e) {
    const auto at = [e](const Matrix& m) { return m.values()[e]; };
    const double gap = at(a.production) - at(a.exports) - at(a.consumption) + at(a.imports);
    require(std::abs(gap) < 1e-9 * at(a.production), "home part of a region's accounts");
  }
}

void verify_same(const RegionalAccounts& a, const RegionalAccounts& b) {
  for (std::size_t e = 0; e < a.imports.size(); ++e)
    require(std::abs(a.imports.values()[e] - b.imports.values()[e]) <
                1e-9 * std::abs(b.imports.values()[e]),
            "iteration and factors agree");
}

struct Timing {
  double seconds = 0;
  double peak = 0;
  RegionalAccounts accounts;
};

Timing timed(const Chain& chain, stave::SolveMethod method) {
  Timing t;
  t.seconds = seconds([&] { t.accounts = stave::accounts(chain, {.method = method}); });
  t.peak = peak_memory();
  verify(t.accounts);
  return t;
}

// LAPACK's own factorisation of I - A on every thread.
double dgetrf_seconds(const Chain& chain, int threads) {
  auto n = static_cast<int>(chain.size());
  Matrix m(chain.size(), chain.size());
  chain.flows().for_each(
      [&](std::size_t i, std::size_t j, double v) { m(i, j) = -v / chain.output()[j]; });
  for (std::size_t i = 0; i < chain.size(); ++i) m(i, i) += 1;
  std::vector<int> pivots(chain.size());
  int info = 0;
  openblas_set_num_threads(threads);
  const double time = seconds([&] { dgetrf_(&n, &n, m.data(), &n, pivots.data(), &info); });
  openblas_set_num_threads(1);
  require(info == 0, "dgetrf");
  return time;
}

void print(const std::string& name, const Timing& t, double lapack, double matrix) {
  fmt::print(
      "{:<10} {:8.2f} s   {:5.2f} x dgetrf   peak {:5.0f} MB, {:.2f} x flows   "
      "{} passes, residual {:.1e}\n",
      name, t.seconds, t.seconds / lapack, t.peak / 1e6, t.peak / matrix,
      t.accounts.solution.passes, t.accounts.solution.residual);
}

}  // namespace

int main(int argc, char** argv) {
  const std::size_t regions = argc > 2 ? std::strtoul(argv[1], nullptr, 10) : 49;
  const std::size_t sectors = argc > 2 ? std::strtoul(argv[2], nullptr, 10) : 200;
  const auto threads = static_cast<int>(
      tbb::global_control::active_value(tbb::global_control::max_allowed_parallelism));
  const auto chain = world(regions, sectors);
  if (argc > 3) {
    stave::save_chain(chain, argv[3]);
    return 0;
  }
  const double matrix = 8.0 * static_cast<double>(chain.size()) * static_cast<double>(chain.size());
  fmt::print("{} nodes, {} stressors, flows {:.0f} MB, chain {:.0f} MB, {} threads, {}\n",
             chain.size(), stressors, matrix / 1e6, peak_memory() / 1e6, threads,
             openblas_get_corename());
  const auto automatic = timed(chain, stave::SolveMethod::automatic);
  const auto lu = timed(chain, stave::SolveMethod::lu);
  verify_same(automatic.accounts, lu.accounts);
  const double lapack = dgetrf_seconds(chain, threads);
  fmt::print("{:<10} {:8.2f} s   asked of the accounts: at most 1.3 x dgetrf, 2.2 x flows\n",
             "dgetrf", lapack);
  print("automatic", automatic, lapack, matrix);
  print("factors", lu, lapack, matrix);
  return 0;
}
