// Questions: what do a factorisation and the four regional accounts cost beside LAPACK's dgetrf,
// in time and memory? How many passes over the flows does one demand vector take? How do both
// grow with the table?
//
//   leontief_benchmark [REGIONS SECTORS]     49 200 unless told: 9,800 nodes
//
// The table is made up, but balances and has the shape of a world table: 7 final-use columns a
// region, 1,113 stressors, 30 to 70 % of output spent on inputs, 80 to 95 % of them domestic. Every
// answer is verified before its time is printed.

#include "stave/core/random.hpp"
#include "stave/linalg/leontief.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <optional>
#include <string>
#include <vector>

#include <cblas.h>
#include <f77blas.h>
#include <fmt/format.h>
#include <malloc.h>
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>

namespace {

using stave::Matrix;
using stave::random_uniform;

constexpr std::size_t categories = 7;
constexpr std::size_t stressors = 1113;

struct Table {
  std::size_t regions = 0;
  std::size_t sectors = 0;
  stave::FlowMatrix flows;
  std::vector<double> output;
  Matrix final_use;  // [n x 7 regions]
  Matrix stressors;  // [s x n]
  std::vector<std::int32_t> region;
  [[nodiscard]] std::size_t size() const { return regions * sectors; }
};

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

// Of this process, over its threads: what is left to compare when others use the machine too.
double processor_seconds() {
  return static_cast<double>(std::clock()) / static_cast<double>(CLOCKS_PER_SEC);
}

template <class F>
double seconds(F&& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return seconds_since(start);
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

// The peak counts from here.
void forget_peak() {
  malloc_trim(0);
  std::ofstream("/proc/self/clear_refs") << 5;
}

// Input coefficients: what column j spends on row i a unit of its output.
Matrix coefficients(const Table& t) {
  const auto n = t.size();
  std::vector<double> weight(t.regions);
  double all = 0;
  for (std::size_t r = 0; r < t.regions; ++r)
    all += weight[r] = std::exp(3 * random_uniform(1, 1, r));
  Matrix a(n, n);
  tbb::parallel_for(std::size_t{0}, n, [&](std::size_t i) {
    for (std::size_t j = 0; j < n; ++j) {
      const double inputs = 0.3 + 0.4 * random_uniform(1, 2, j);
      const double domestic = 0.8 + 0.15 * random_uniform(1, 3, j);
      const auto from = static_cast<std::size_t>(t.region[i]);
      const auto to = static_cast<std::size_t>(t.region[j]);
      const double share =
          from == to ? domestic : (1 - domestic) * weight[from] / (all - weight[to]);
      const double draw = random_uniform(1, 4, i * n + j);
      a(i, j) = inputs * share * 3 * draw * draw / static_cast<double>(t.sectors);
    }
  });
  return a;
}

Matrix final_use(const Table& t) {
  Matrix y(t.size(), t.regions * categories);
  for (std::size_t i = 0; i < y.rows(); ++i)
    for (std::size_t c = 0; c < y.cols(); ++c) {
      const bool home = c / categories == static_cast<std::size_t>(t.region[i]);
      y(i, c) = (home ? 1 : 0.01) * random_uniform(1, 5, i * y.cols() + c);
    }
  return y;
}

// x = A x + y by plain repetition: the made-up table balances whatever the solver does.
std::vector<double> balanced_output(const Matrix& a, const Matrix& y) {
  std::vector<double> need(a.rows());
  for (std::size_t i = 0; i < a.rows(); ++i)
    for (const double v : y.row(i)) need[i] += v;
  auto x = need;
  for (double change = 1; change > 1e-13;) {
    std::vector<double> next(x.size());
    tbb::parallel_for(std::size_t{0}, x.size(), [&](std::size_t i) {
      next[i] = need[i] + cblas_ddot(static_cast<int>(x.size()), a.row(i).data(), 1, x.data(), 1);
    });
    change = 0;
    for (std::size_t i = 0; i < x.size(); ++i)
      change = std::max(change, std::abs(next[i] - x[i]) / next[i]);
    x = std::move(next);
  }
  return x;
}

Table world(std::size_t regions, std::size_t sectors) {
  Table t{regions, sectors, {}, {}, {}, Matrix(stressors, regions * sectors), {}};
  for (std::size_t i = 0; i < t.size(); ++i)
    t.region.push_back(static_cast<std::int32_t>(i / sectors));
  auto z = coefficients(t);
  t.final_use = final_use(t);
  t.output = balanced_output(z, t.final_use);
  tbb::parallel_for(std::size_t{0}, t.size(), [&](std::size_t i) {
    for (std::size_t j = 0; j < t.size(); ++j) z(i, j) *= t.output[j];
  });
  t.flows = stave::FlowMatrix(std::move(z));
  for (std::size_t e = 0; e < t.stressors.size(); ++e)
    t.stressors.data()[e] = random_uniform(1, 6, e) * t.output[e % t.size()];
  return t;
}

// Production, consumption, import and export accounts, each [s x regions].
struct Accounts {
  Matrix pba, cba, imp, exp;
};

// From X = L Y summed by region [n x regions]: T = F_q diag(x_q)^-1 X_q is what of region q's
// stressors stands behind each region's final use.
Accounts accounts_of(const Table& t, Matrix made) {
  for (std::size_t i = 0; i < t.size(); ++i)
    for (auto& v : made.row(i)) v /= t.output[i];
  Matrix zero(stressors, t.regions);
  Accounts a{zero, zero, zero, zero};
  Matrix through(stressors, t.regions);
  const auto width = static_cast<int>(t.regions);
  for (std::size_t q = 0; q < t.regions; ++q) {
    cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, static_cast<int>(stressors), width,
                static_cast<int>(t.sectors), 1, t.stressors.data() + q * t.sectors,
                static_cast<int>(t.size()), made.data() + q * t.sectors * t.regions, width, 0,
                through.data(), width);
    for (std::size_t s = 0; s < stressors; ++s) {
      const auto own = t.stressors.row(s).subspan(q * t.sectors, t.sectors);
      for (const double v : own) a.pba(s, q) += v;
      for (std::size_t r = 0; r < t.regions; ++r) {
        a.cba(s, r) += through(s, r);
        if (r == q) continue;
        a.imp(s, r) += through(s, r);
        a.exp(s, q) += through(s, r);
      }
    }
  }
  return a;
}

Matrix use_by_region(const Table& t) {
  Matrix y(t.size(), t.regions);
  for (std::size_t i = 0; i < y.rows(); ++i)
    for (std::size_t c = 0; c < t.final_use.cols(); ++c) y(i, c / categories) += t.final_use(i, c);
  return y;
}

// The table balances, so all stressors reach a final use, and cba - imp = pba - exp by region.
void verify(const Table& t, const Accounts& a) {
  for (std::size_t s = 0; s < stressors; ++s) {
    double produced = 0;
    double consumed = 0;
    for (std::size_t r = 0; r < t.regions; ++r) {
      produced += a.pba(s, r);
      consumed += a.cba(s, r);
      const double gap = a.cba(s, r) - a.imp(s, r) - (a.pba(s, r) - a.exp(s, r));
      require(std::abs(gap) < 1e-9 * a.pba(s, r), "home part of a region's account");
    }
    require(std::abs(produced - consumed) < 1e-9 * produced, "pba = cba worldwide");
  }
}

struct Timing {
  double seconds = 0;
  double processor = 0;  // seconds of it, over the threads
  stave::Solution solution;
};

Timing accounts_by(const Table& t, stave::SolveMethod method) {
  Timing timing;
  Accounts accounts;
  const double start = processor_seconds();
  timing.seconds = seconds([&] {
    stave::LeontiefSystem system(t.flows, t.output, {.method = method, .block = t.region});
    timing.solution = system.requirements(use_by_region(t).view());
    accounts = accounts_of(t, std::move(timing.solution.values));
  });
  timing.processor = processor_seconds() - start;
  verify(t, accounts);
  return timing;
}

// LAPACK's own factorisation of I - A on every thread.
Timing dgetrf(const Table& t, int threads) {
  auto n = static_cast<int>(t.size());
  Matrix m(t.size(), t.size());
  t.flows.for_each([&](std::size_t i, std::size_t j, double v) { m(i, j) = -v / t.output[j]; });
  for (std::size_t i = 0; i < t.size(); ++i) m(i, i) += 1;
  std::vector<int> pivots(t.size());
  int info = 0;
  openblas_set_num_threads(threads);
  Timing timing;
  const double start = processor_seconds();
  timing.seconds = seconds([&] { dgetrf_(&n, &n, m.data(), &n, pivots.data(), &info); });
  timing.processor = processor_seconds() - start;
  openblas_set_num_threads(1);
  require(info == 0, "dgetrf");
  return timing;
}

struct OneVector {
  double setup = 0;
  double solve = 0;
  double transposed = 0;
  stave::Solution first, second;
};

// One demand vector to 1e-10, the second of a system: the first also makes the preconditioner.
OneVector one_vector(const Table& t) {
  OneVector v;
  Matrix y(t.size(), 1);
  for (std::size_t i = 0; i < t.size(); ++i) y(i, 0) = t.final_use(i, 0);
  Matrix s(1, t.size());
  for (std::size_t i = 0; i < t.size(); ++i) s(0, i) = t.stressors(0, i) / t.output[i];
  std::optional<stave::LeontiefSystem> system;
  const double first = seconds([&] {
    system.emplace(t.flows, t.output,
                   stave::LeontiefOptions{
                       .method = stave::SolveMethod::gmres, .tolerance = 1e-10, .block = t.region});
    v.first = system->requirements(y.view());
  });
  v.solve = v.transposed = 1e9;
  for (int again = 0; again < 3; ++again) {
    v.solve = std::min(v.solve, seconds([&] { v.first = system->requirements(y.view()); }));
    v.transposed =
        std::min(v.transposed, seconds([&] { v.second = system->multipliers(s.view()); }));
  }
  v.setup = first - v.solve;
  require(v.first.residual <= 1e-10 && v.second.residual <= 1e-10, "residual of one vector");
  // s (L y) = (s L) y
  double left = 0;
  double right = 0;
  for (std::size_t i = 0; i < t.size(); ++i) {
    left += s(0, i) * v.first.values(i, 0);
    right += v.second.values(0, i) * y(i, 0);
  }
  require(std::abs(left - right) < 1e-8 * left, "s (L y) = (s L) y");
  return v;
}

void run(std::size_t regions, std::size_t sectors, int threads) {
  forget_peak();
  const auto t = world(regions, sectors);
  const double matrix = 8.0 * static_cast<double>(t.size()) * static_cast<double>(t.size());
  const double before = memory("VmRSS");
  const auto iterated = accounts_by(t, stave::SolveMethod::automatic);
  const auto one = one_vector(t);
  const auto factorised = accounts_by(t, stave::SolveMethod::lu);
  const double peak = memory("VmHWM");
  const auto lapack = dgetrf(t, threads);
  const double flops = 2.0 / 3 * std::pow(static_cast<double>(t.size()), 3);
  fmt::print("\n{} nodes ({} regions x {} sectors), flows {:.0f} MB\n", t.size(), regions, sectors,
             matrix / 1e6);
  const auto line = [](const std::string& what, double value, const std::string& unit,
                       const std::string& note) {
    fmt::print("  {:<46}{:>10.3f} {:<6} {}\n", what, value, unit, note);
  };
  line("dgetrf alone", lapack.seconds, "s",
       fmt::format("{:.1f} Gflop/s; {:.2f} s of processor", flops / lapack.seconds / 1e9,
                   lapack.processor));
  line("factorise, four regional accounts", factorised.seconds, "s",
       fmt::format("{:.2f} s of processor, residual {:.1e}", factorised.processor,
                   factorised.solution.residual));
  line("  the same / dgetrf", factorised.seconds / lapack.seconds, "",
       fmt::format("{:.3f} of processor; asked: at most 1.3",
                   factorised.processor / lapack.processor));
  line("automatic, four regional accounts", iterated.seconds, "s",
       fmt::format("{}, {:.2f} s of processor, {} passes, residual {:.1e}",
                   to_string(iterated.solution.method), iterated.processor,
                   iterated.solution.passes, iterated.solution.residual));
  line("  the same / dgetrf", iterated.seconds / lapack.seconds, "",
       fmt::format("{:.3f} of processor", iterated.processor / lapack.processor));
  line("peak memory of the process until here", peak / 1e6, "MB",
       fmt::format("{:.2f} x flows, asked: at most 2.2 ({:.0f} MB are the chain)", peak / matrix,
                   before / 1e6));
  line("one demand to 1e-10, set-up", one.setup, "s", "once a system");
  line("one demand to 1e-10", one.solve, "s",
       fmt::format("{} passes, {:.1f} GB/s; asked: at most 10 passes, 0.2 s", one.first.passes,
                   one.first.passes * matrix / one.solve / 1e9));
  line("one stressor's multipliers to 1e-10", one.transposed, "s",
       fmt::format("{} passes, {:.1f} GB/s", one.second.passes,
                   one.second.passes * matrix / one.transposed / 1e9));
}

}  // namespace

int main(int argc, char** argv) {
  const std::size_t regions = argc > 2 ? std::strtoul(argv[1], nullptr, 10) : 49;
  const std::size_t sectors = argc > 2 ? std::strtoul(argv[2], nullptr, 10) : 200;
  const auto threads = static_cast<int>(
      tbb::global_control::active_value(tbb::global_control::max_allowed_parallelism));
  openblas_set_num_threads(1);
  fmt::print("OpenBLAS kernels: {}; threads: {}\n", openblas_get_corename(), threads);
  for (const std::size_t cut : {1, 2, 4})
    run(regions, std::max<std::size_t>(sectors / cut, 1), threads);
  return 0;
}
