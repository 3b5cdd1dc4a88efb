#include "stave/linalg/leontief.hpp"

#include "stave/core/error.hpp"
#include "stave/core/random.hpp"
#include "stave/linalg/product.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include <fmt/format.h>

#include "linalg/block_jacobi.hpp"
#include "linalg/columns.hpp"
#include "linalg/factors.hpp"
#include "linalg/gauss_jordan.hpp"
#include "linalg/gmres.hpp"
#include "linalg/productivity.hpp"

namespace stave {
namespace {

constexpr std::size_t always_factorise = 1000;
constexpr std::size_t sparse_factorise = 8192;  // after an iteration failed: 0.5 GB
constexpr std::size_t narrowest_solve = 16;     // right-hand sides that factors take at once
constexpr std::size_t widest_solve = 256;
constexpr std::size_t widest_iteration = 64;
constexpr std::size_t iteration_bytes = std::size_t{1} << 28;
constexpr int refinements = 3;
constexpr std::size_t inverse_probes = 8;

void check_values(const MatrixView& values, std::size_t n, std::size_t count, const char* what) {
  if (count != n)
    throw Error(Errc::bad_input, fmt::format("{}: {} nodes, expected {}", what, count, n));
  for (std::size_t e = 0; e < values.rows * values.cols; ++e)
    if (!std::isfinite(values.data[e]))
      throw Error(Errc::bad_input, fmt::format("{}: row {}, column {} is {}", what, e / values.cols,
                                               e % values.cols, values.data[e]));
}

// Powers of two that bring every column near 1, so that no square over- or underflows.
std::vector<double> column_scales(const Matrix& b) {
  std::vector<double> scales(b.cols());
  for (std::size_t i = 0; i < b.rows(); ++i)
    for (std::size_t c = 0; c < b.cols(); ++c) scales[c] = std::max(scales[c], std::abs(b(i, c)));
  for (auto& s : scales) s = s > 0 ? std::ldexp(1.0, std::clamp(std::ilogb(s), -1000, 1000)) : 1;
  return scales;
}

std::vector<double> inverse_scales(std::vector<double> scales) {
  for (auto& s : scales) s = 1 / s;
  return scales;
}

// Columns of +1 and -1, always the same.
Matrix signs(std::size_t n, std::size_t columns) {
  Matrix b(n, columns);
  for (std::size_t e = 0; e < b.size(); ++e)
    b.data()[e] = random_uniform(0x5173, columns, e) < 0.5 ? -1 : 1;
  return b;
}

}  // namespace

std::string_view to_string(SolveMethod method) {
  switch (method) {
    case SolveMethod::lu:
      return "lu";
    case SolveMethod::gmres:
      return "gmres";
    case SolveMethod::automatic:
      break;
  }
  return "automatic";
}

struct LeontiefSystem::State {
  LeontiefOptions options;
  TableScan scan;
  LeontiefOperator system;
  std::unique_ptr<BlockJacobi> preconditioner;
  std::unique_ptr<Factors> factors;
  bool productive = false;  // shown
  std::size_t spent = 0;    // right-hand sides x passes of iterations so far

  State(const FlowMatrix& flows, std::span<const double> output, LeontiefOptions given)
      : options(std::move(given)),
        scan(scan_table(flows, output, options.label)),
        system(flows, output) {
    if (!options.block.empty() && options.block.size() != flows.size())
      throw Error(Errc::bad_input, fmt::format("blocks of {} nodes, expected {}",
                                               options.block.size(), flows.size()));
    if (!(options.tolerance > 0))
      throw Error(Errc::bad_input, fmt::format("tolerance {} is not positive", options.tolerance));
  }

  [[nodiscard]] std::size_t size() const { return system.size(); }

  // The rule stated in the header.
  [[nodiscard]] SolveMethod choose(std::size_t count) const {
    if (options.method != SolveMethod::automatic) return options.method;
    if (factors || size() <= always_factorise) return SolveMethod::lu;
    if (!system.flows().is_dense()) return SolveMethod::gmres;
    const std::size_t expected = options.block.empty() ? 25 : 12;
    return spent + count * expected <= size() / 6 ? SolveMethod::gmres : SolveMethod::lu;
  }

  [[nodiscard]] bool may_factorise() const {
    return system.flows().is_dense() || size() <= sparse_factorise;
  }

  void ensure_productive() {
    if (productive) return;
    require_productive(system, scan, options.label);
    productive = true;
  }

  void ensure_factors(Progress& progress) {
    if (factors) return;
    keep(Factors::plain(system, progress));
    if (!factors && scan.nonnegative) refuse_unproductive(system, scan, options.label);
    if (factors && scan.nonnegative) productive = true;  // Hawkins and Simon
    ensure_productive();
    if (!factors) use_pivots();
  }

  void keep(std::optional<Factors> made) {
    if (made) factors = std::make_unique<Factors>(std::move(*made));
  }

  void use_pivots() {
    factors.reset();
    keep(Factors::pivoted(system));
    if (!factors) refuse_unproductive(system, scan, options.label);
  }

  void ensure_preconditioner() {
    if (preconditioner) return;
    preconditioner = std::make_unique<BlockJacobi>(system, options.block);
    if (preconditioner->failed_node() && scan.nonnegative)
      refuse_unproductive(system, scan, options.label);
  }

  // One round of answers: X, and how far each column still is from what is wanted (1 or less: met).
  struct Round {
    Matrix x;
    double residual = 0;
    double excess = 0;
  };

  void measure(Round& round, const Matrix& b, const Matrix& r) const {
    const auto relative = relative_norms(r, b);
    const auto floors = rounding_floors(round.x, b);
    round.residual = round.excess = 0;
    for (std::size_t c = 0; c < relative.size(); ++c) {
      const double excess = relative[c] / std::max(options.tolerance, floors[c]);
      round.residual = std::max(round.residual, relative[c]);
      round.excess = std::max(round.excess, std::isfinite(excess) ? excess : 1e300);
    }
  }

  [[nodiscard]] Round solve_refined(const Matrix& b, bool transposed) const {
    Round round{b};
    factors->solve(round.x, transposed);
    const std::vector<double> ones(b.cols(), 1);
    for (int again = 0;; ++again) {
      auto r = system.residual(b, round.x, transposed);
      measure(round, b, r);
      if (round.excess <= 1 || again == refinements) return round;
      factors->solve(r, transposed);
      add_scaled_columns(round.x, ones, r);
    }
  }

  Round by_factors(const Matrix& b, bool transposed, Progress& progress) {
    ensure_factors(progress);
    auto round = solve_refined(b, transposed);
    if (round.excess > 1 && !factors->is_pivoted()) {
      use_pivots();
      round = solve_refined(b, transposed);
    }
    if (round.excess > 1) fail(round.residual);
    return round;
  }

  [[noreturn]] void fail(double residual) const {
    throw Error(Errc::no_convergence,
                fmt::format("residual {:.3g} after all attempts, wanted {:.3g}", residual,
                            options.tolerance),
                "The table is close to not being productive: see stave check.");
  }

  // Answers the columns of B by the method chosen, and files how in `solution`.
  Matrix columns(const Matrix& b, bool transposed, Solution& solution, Progress& progress) {
    if (solution.method == SolveMethod::gmres) {
      ensure_preconditioner();
      auto found = gmres(system, *preconditioner, b, transposed,
                         {options.tolerance, options.max_passes}, progress);
      spent += static_cast<std::size_t>(found.passes) * b.cols();
      const double worst = *std::ranges::max_element(found.residual);
      if (found.converged) {
        solution.passes = std::max(solution.passes, found.passes);
        solution.residual = std::max(solution.residual, worst);
        return std::move(found.x);
      }
      if (options.method == SolveMethod::gmres || !may_factorise()) fail(worst);
      solution.method = SolveMethod::lu;
    }
    auto round = by_factors(b, transposed, progress);
    solution.residual = std::max(solution.residual, round.residual);
    return std::move(round.x);
  }

  Matrix scaled_columns(Matrix b, bool transposed, Solution& solution, Progress& progress) {
    const auto scales = column_scales(b);
    scale_columns(b, inverse_scales(scales));
    auto x = columns(b, transposed, solution, progress);
    scale_columns(x, scales);
    for (const double v : x.values())
      if (!std::isfinite(v)) throw Error(Errc::bad_input, "the answer is too large for a number");
    return x;
  }

  // Right-hand sides answered together. Factors: a quarter, so that the four blocks a solve needs
  // are no more than the answer.
  [[nodiscard]] std::size_t width(SolveMethod method, std::size_t count) const {
    if (method == SolveMethod::lu) return std::clamp(count / 4, narrowest_solve, widest_solve);
    const auto room = iteration_bytes / (20 * sizeof(double) * std::max<std::size_t>(size(), 1));
    return std::clamp<std::size_t>(room, 1, widest_iteration);
  }

  // By Gauss-Jordan; none where its pivots or its residual do not serve.
  std::optional<Solution> inverse_in_place(Progress& progress) {
    if (size() == 0) return std::nullopt;
    const auto largest = std::ranges::max(scan.inputs_per_output);
    if (!scan.nonnegative && !(largest < 1)) return std::nullopt;
    auto l = leontief_matrix(system);
    if (invert(l, progress)) {
      if (scan.nonnegative) refuse_unproductive(system, scan, options.label);
      return std::nullopt;
    }
    productive = true;  // Hawkins and Simon, or column sums below 1
    const auto b = signs(size(), inverse_probes);
    Round round{multiply(l.view(), b.view())};
    measure(round, b, system.residual(b, round.x, false));
    if (round.excess > 1) return std::nullopt;
    return Solution{std::move(l), SolveMethod::lu, round.residual, 0};
  }

  Solution run(std::size_t count, bool transposed, Progress& progress, auto&& take, auto&& put) {
    Solution solution;
    solution.method = choose(count);
    if (solution.method == SolveMethod::gmres) ensure_productive();
    for (std::size_t first = 0; first < count;) {
      progress.check();
      const auto many = std::min(width(solution.method, count), count - first);
      put(first, scaled_columns(take(first, many), transposed, solution, progress));
      first += many;
      progress.report("solving", static_cast<double>(first) / static_cast<double>(count));
    }
    return solution;
  }
};

LeontiefSystem::LeontiefSystem(const FlowMatrix& flows, std::span<const double> output,
                               LeontiefOptions options)
    : state_(std::make_unique<State>(flows, output, std::move(options))) {}
LeontiefSystem::LeontiefSystem(LeontiefSystem&&) noexcept = default;
LeontiefSystem& LeontiefSystem::operator=(LeontiefSystem&&) noexcept = default;
LeontiefSystem::~LeontiefSystem() = default;

std::size_t LeontiefSystem::size() const { return state_->size(); }
const FlowMatrix& LeontiefSystem::flows() const { return state_->system.flows(); }
std::span<const double> LeontiefSystem::output() const { return state_->system.output(); }

Solution LeontiefSystem::requirements(const MatrixView& y, Progress& progress) {
  check_values(y, size(), y.rows, "final use");
  Matrix x(y.rows, y.cols);
  auto solution = state_->run(
      y.cols, false, progress,
      [&](std::size_t first, std::size_t many) { return columns_of(y, first, many); },
      [&](std::size_t first, const Matrix& part) { put_columns(part, x, first); });
  solution.values = std::move(x);
  return solution;
}

Solution LeontiefSystem::multipliers(const MatrixView& s, Progress& progress) {
  check_values(s, size(), s.cols, "stressor intensities");
  Matrix m(s.rows, s.cols);
  auto solution = state_->run(
      s.rows, true, progress,
      [&](std::size_t first, std::size_t many) { return rows_as_columns(s, first, many); },
      [&](std::size_t first, const Matrix& part) { put_columns_as_rows(part, m, first); });
  solution.values = std::move(m);
  return solution;
}

Solution LeontiefSystem::inverse(Progress& progress) {
  if (auto direct = state_->inverse_in_place(progress)) return std::move(*direct);
  state_->ensure_factors(progress);
  Matrix l(size(), size());
  auto solution = state_->run(
      size(), false, progress,
      [&](std::size_t first, std::size_t many) {
        Matrix unit(size(), many);
        for (std::size_t c = 0; c < many; ++c) unit(first + c, c) = 1;
        return unit;
      },
      [&](std::size_t first, const Matrix& part) { put_columns(part, l, first); });
  solution.values = std::move(l);
  return solution;
}

}  // namespace stave
