// Questions: what does the decomposition of everyone's gross exports, all terms, cost beside one
// inverse by LAPACK (dgetrf and dgetri on all threads), in time and memory? How does it grow with
// nodes and with regions?
//
//   trade_benchmark                       2,464 nodes (44 regions x 56 sectors) by every method,
//                                         then fewer sectors, then fewer and more regions
//   trade_benchmark REGIONS SECTORS [METHOD]   one size; by one method
//
// The table is made up, but balances and has the shape of a world table. Every answer is verified
// before its time is printed: terms sum to gross exports, value added in a unit of final use to 1,
// and on a small table all terms are those of the slow twin.

#include "stave/core/random.hpp"
#include "stave/trade/trade.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <string>
#include <vector>

#include <cblas.h>
#include <f77blas.h>
#include <fmt/format.h>
#include <malloc.h>
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>

#include "trade/reference.hpp"

extern "C" void dgetri_(const int* n, double* a, const int* lda, const int* pivots, double* work,
                        const int* size, int* info);

namespace {

using stave::Matrix;
using stave::random_uniform;

struct Timing {
  double wall = 1e300;
  double processor = 1e300;
};

// The best of `runs`: others use the machine too.
template <class F>
Timing best_of(int runs, F&& work) {
  Timing best;
  for (int k = 0; k < runs; ++k) {
    const auto start = std::chrono::steady_clock::now();
    const auto before = std::clock();
    work();
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    best.wall = std::min(best.wall, took.count());
    best.processor = std::min(best.processor, static_cast<double>(std::clock() - before) /
                                                  static_cast<double>(CLOCKS_PER_SEC));
  }
  return best;
}

void require(bool holds, const std::string& what) {
  if (holds) return;
  fmt::print(stderr, "wrong answer: {}\n", what);
  std::exit(1);
}

// A figure of /proc/self/status, in bytes.
double memory(const std::string& name) {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.rfind(name + ":", 0) == 0) return 1024 * std::stod(line.substr(name.size() + 1));
  return 0;
}

void forget_peak() {
  malloc_trim(0);
  std::ofstream("/proc/self/clear_refs") << 5;
}

// Input coefficients: 30 to 70 % of output spent on inputs, 80 to 95 % of them domestic.
Matrix coefficients(std::size_t regions, std::size_t sectors) {
  const auto n = regions * sectors;
  std::vector<double> weight(regions);
  double all = 0;
  for (std::size_t r = 0; r < regions; ++r)
    all += weight[r] = std::exp(3 * random_uniform(1, 1, r));
  Matrix a(n, n);
  tbb::parallel_for(std::size_t{0}, n, [&](std::size_t i) {
    const auto from = i / sectors;
    for (std::size_t j = 0; j < n; ++j) {
      const double inputs = 0.3 + 0.4 * random_uniform(1, 2, j);
      const double domestic = 0.8 + 0.15 * random_uniform(1, 3, j);
      const auto to = j / sectors;
      const double share =
          from == to ? domestic : (1 - domestic) * weight[from] / (all - weight[to]);
      const double draw = random_uniform(1, 4, i * n + j);
      a(i, j) = inputs * share * 3 * draw * draw / static_cast<double>(sectors);
    }
  });
  return a;
}

// x = A x + y by plain repetition, then A becomes Z in place.
void make_flows(Matrix& a, const Matrix& y) {
  const auto n = a.rows();
  std::vector<double> need(n);
  for (std::size_t i = 0; i < n; ++i)
    for (const double v : y.row(i)) need[i] += v;
  auto x = need;
  for (double change = 1; change > 1e-13;) {
    std::vector<double> next(n);
    tbb::parallel_for(std::size_t{0}, n, [&](std::size_t i) {
      next[i] = need[i] + cblas_ddot(static_cast<int>(n), a.row(i).data(), 1, x.data(), 1);
    });
    change = 0;
    for (std::size_t i = 0; i < n; ++i)
      change = std::max(change, std::abs(next[i] - x[i]) / next[i]);
    x = std::move(next);
  }
  tbb::parallel_for(std::size_t{0}, n, [&](std::size_t i) {
    for (std::size_t j = 0; j < n; ++j) a(i, j) *= x[j];
  });
}

stave::Chain world(std::size_t regions, std::size_t sectors) {
  stave::ChainParts parts;
  parts.info.name = "made-up";
  std::vector<stave::Item> places;
  std::vector<stave::Item> products;
  for (std::size_t r = 0; r < regions; ++r) places.push_back({fmt::format("r{}", r), {}, {}, {}});
  for (std::size_t p = 0; p < sectors; ++p) products.push_back({fmt::format("p{}", p), {}, {}, {}});
  const auto n = regions * sectors;
  parts.final_use = Matrix(n, regions);
  for (std::size_t i = 0; i < n; ++i) {
    parts.nodes.push_back({fmt::format("r{}.p{}", i / sectors, i % sectors),
                           {},
                           {},
                           stave::RegionId(i / sectors),
                           stave::ProductId(i % sectors),
                           {}});
    for (std::size_t r = 0; r < regions; ++r)
      parts.final_use(i, r) = (r == i / sectors ? 1 : 0.01) * random_uniform(1, 5, i * regions + r);
  }
  parts.regions = stave::Classification("region", std::move(places));
  parts.products = stave::Classification("product", std::move(products));
  for (std::size_t r = 0; r < regions; ++r) parts.final_columns.push_back({stave::RegionId(r), ""});
  auto z = coefficients(regions, sectors);
  make_flows(z, parts.final_use);
  parts.flows = stave::FlowMatrix(std::move(z));
  return stave::Chain(std::move(parts));
}

// LAPACK's own inverse of I - A.
Timing lapack_inverse(const stave::TradeTable& table, int threads, int runs) {
  auto n = static_cast<int>(table.size());
  Matrix m(table.size(), table.size());
  std::vector<int> pivots(table.size());
  std::vector<double> work(64 * table.size());
  const auto size = static_cast<int>(work.size());
  Timing best;
  openblas_set_num_threads(threads);
  for (int k = 0; k < runs; ++k) {
    for (std::size_t i = 0; i < table.size(); ++i)
      for (std::size_t j = 0; j < table.size(); ++j)
        m(i, j) = (i == j ? 1 : 0) - table.flows().dense()(i, j) / table.output()[j];
    const auto one = best_of(1, [&] {
      int info = 0;
      dgetrf_(&n, &n, m.data(), &n, pivots.data(), &info);
      dgetri_(&n, m.data(), &n, pivots.data(), work.data(), &size, &info);
      require(info == 0, "dgetri");
    });
    best.wall = std::min(best.wall, one.wall);
    best.processor = std::min(best.processor, one.processor);
  }
  openblas_set_num_threads(1);
  return best;
}

void verify_small() {
  const auto chain = world(5, 7);
  const stave::TradeTable table(chain, stave::traders_of(chain));
  const auto inverse = stave::trade_inverse(table);
  for (const auto method : stave::all_trade_methods) {
    const auto fast = stave::decompose_exports(table, inverse, method);
    const auto slow = stave::reference::decompose_exports(table, method);
    for (std::size_t k = 0; k < fast.terms.size(); ++k) {
      double largest = 0;
      for (const double v : slow.terms[k].values()) largest = std::max(largest, std::abs(v));
      for (std::size_t e = 0; e < fast.terms[k].size(); ++e)
        require(std::abs(fast.terms[k].data()[e] - slow.terms[k].data()[e]) <= 1e-11 * largest,
                fmt::format("{} {}", to_string(method), stave::trade_terms(method)[k].name));
    }
  }
}

void run(std::size_t regions, std::size_t sectors, int threads, int runs,
         const std::vector<stave::TradeMethod>& methods) {
  const auto chain = world(regions, sectors);
  forget_peak();
  const stave::TradeTable table(chain, stave::traders_of(chain));
  stave::TradeInverse inverse;
  const auto ours = best_of(runs, [&] {
    inverse = {};
    inverse = stave::trade_inverse(table);
  });
  require(inverse.miss < 1e-11, "value added in a unit of final use is 1");
  std::vector<Timing> decomposed;
  for (const auto method : methods) {
    double residual = 1;
    decomposed.push_back(best_of(
        runs, [&] { residual = stave::decompose_exports(table, inverse, method).residual; }));
    require(residual < 1e-11, "terms sum to gross exports");
  }
  const double peak = memory("VmHWM");
  inverse = {};
  const auto lapack = lapack_inverse(table, threads, runs);
  fmt::print("\n{} nodes, {} regions x {} sectors; peak {:.2f} GiB with the flows ({:.2f} GiB)\n",
             table.size(), regions, sectors, peak / 1073741824,
             8.0 * static_cast<double>(table.size() * table.size()) / 1073741824);
  fmt::print("  {:<42}{:>8.3f} s {:>8.3f} s of processor\n", "dgetrf + dgetri", lapack.wall,
             lapack.processor);
  fmt::print("  {:<42}{:>8.3f} s {:>8.3f} s of processor\n", "inverse, and what methods share",
             ours.wall, ours.processor);
  for (std::size_t k = 0; k < methods.size(); ++k)
    fmt::print("  {:<42}{:>8.3f} s {:>8.3f} s of processor; ratio {:.2f}, of processor {:.2f}\n",
               fmt::format("{}, with the inverse", to_string(methods[k])),
               ours.wall + decomposed[k].wall, ours.processor + decomposed[k].processor,
               (ours.wall + decomposed[k].wall) / lapack.wall,
               (ours.processor + decomposed[k].processor) / lapack.processor);
}

}  // namespace

int main(int argc, char** argv) {
  const auto threads = static_cast<int>(
      tbb::global_control::active_value(tbb::global_control::max_allowed_parallelism));
  openblas_set_num_threads(1);
  fmt::print("OpenBLAS kernels: {}; threads: {}\n", openblas_get_corename(), threads);
  verify_small();
  const std::vector<stave::TradeMethod> all(stave::all_trade_methods.begin(),
                                            stave::all_trade_methods.end());
  if (argc > 2) {
    const auto regions = std::strtoul(argv[1], nullptr, 10);
    const auto sectors = std::strtoul(argv[2], nullptr, 10);
    const int runs = regions * sectors > 5000 ? 1 : 3;
    run(regions, sectors, threads, runs,
        argc > 3 ? std::vector{stave::trade_method(argv[3])} : all);
    return 0;
  }
  run(44, 56, threads, 3, all);
  for (const auto& [regions, sectors] :
       {std::pair<std::size_t, std::size_t>{44, 14}, {44, 28}, {11, 224}, {22, 112}, {88, 28}})
    run(regions, sectors, threads, 3, all);
  return 0;
}
