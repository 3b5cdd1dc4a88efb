#include "stave/linalg/sparse_system.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

#include <fmt/format.h>

#include "linalg/klu_factors.hpp"
#include "linalg/sparse_iteration.hpp"

namespace stave {
namespace {

constexpr std::size_t most_rows_direct = 3'000;
constexpr double most_operations_direct = 2e7;  // of a factorisation, as KLU's order foretells

double norm_of(std::span<const double> v) {
  double sum = 0;
  for (const double x : v) sum += x * x;
  return std::sqrt(sum);
}

// Positions by column, then row, then as they came: two passes of counting.
std::vector<std::int32_t> by_place(std::size_t n, std::span<const SparseCell> cells) {
  std::vector<std::int32_t> order(cells.size());
  std::iota(order.begin(), order.end(), 0);
  std::vector<std::int32_t> sorted(cells.size());
  for (const auto key : {&SparseCell::row, &SparseCell::column}) {
    std::vector<std::int32_t> next(n + 1);
    for (const auto& c : cells) ++next[c.*key + 1];
    for (std::size_t i = 0; i < n; ++i) next[i + 1] += next[i];
    for (const auto k : order) sorted[next[cells[k].*key]++] = k;
    std::swap(order, sorted);
  }
  return order;
}

}  // namespace

SparseColumns sparse_columns(std::size_t n, std::span<const SparseCell> cells,
                             std::vector<std::int32_t>* place) {
  std::vector<SparseCell> all(cells.begin(), cells.end());
  for (const auto& c : all)
    if (c.row < 0 || c.column < 0 || static_cast<std::size_t>(std::max(c.row, c.column)) >= n)
      throw Error(Errc::bad_input, fmt::format("cell ({}, {}) of {} rows", c.row, c.column, n));
  for (std::size_t i = 0; i < n; ++i)
    all.push_back({static_cast<std::int32_t>(i), static_cast<std::int32_t>(i), 0});
  const auto order = by_place(n, all);
  SparseColumns t{.n = n, .start = std::vector<std::int32_t>(n + 1), .row = {}, .value = {}};
  if (place != nullptr) place->assign(cells.size(), 0);
  const SparseCell* last = nullptr;
  for (const auto k : order) {
    const auto& c = all[k];
    if (last == nullptr || last->row != c.row || last->column != c.column) {
      t.row.push_back(c.row);
      t.value.push_back(0);
      ++t.start[c.column + 1];
    }
    t.value.back() += c.value;
    if (place != nullptr && static_cast<std::size_t>(k) < cells.size())
      (*place)[k] = static_cast<std::int32_t>(t.value.size()) - 1;
    last = &c;
  }
  for (std::size_t j = 0; j < n; ++j) t.start[j + 1] += t.start[j];
  return t;
}

struct SparseSystem::State {
  SparseColumns t;            ///< columns divided by their diagonal
  std::vector<double> scale;  ///< [n] that diagonal
  SparseOptions options;
  bool direct = false;
  std::shared_ptr<const KluAnalysis> analysis;
  std::optional<KluFactors> factors;
  std::shared_ptr<const IncompleteFactors> incomplete;

  State() = default;
  State(const State& other)
      : t(other.t),
        scale(other.scale),
        options(other.options),
        direct(other.direct),
        analysis(other.analysis),
        incomplete(other.incomplete) {}
  State& operator=(const State&) = delete;

  void take(std::span<const double> values) {
    scale.assign(t.n, 0.0);
    for (std::size_t j = 0; j < t.n; ++j)
      for (auto k = t.start[j]; k < t.start[j + 1]; ++k) {
        if (!std::isfinite(values[k]))
          throw Error(Errc::bad_input, "a number of the system is not finite");
        if (t.row[k] == static_cast<std::int32_t>(j)) scale[j] = values[k];
      }
    for (std::size_t j = 0; j < t.n; ++j) {
      if (scale[j] == 0) throw SingularMatrix(j);
      for (auto k = t.start[j]; k < t.start[j + 1]; ++k) t.value[k] = values[k] / scale[j];
    }
  }

  void use_factors() {
    direct = true;
    if (!analysis) analysis = std::make_shared<const KluAnalysis>(t);
    if (!factors) factors.emplace(analysis, t);
  }

  double residual_of(bool transposed, std::span<const double> b, std::span<const double> x,
                     std::vector<double>& r) const {
    r.resize(t.n);
    sparse_times(t, transposed, x, r);
    for (std::size_t i = 0; i < t.n; ++i) r[i] = b[i] - r[i];
    const double size = norm_of(b);
    return size > 0 ? norm_of(r) / size : norm_of(r);
  }

  SparseSolution by_factors(bool transposed, std::span<const double> b) {
    use_factors();
    SparseSolution solution{.values = {b.begin(), b.end()}};
    auto& x = solution.values;
    factors->solve(transposed, x);
    std::vector<double> r;
    solution.residual = residual_of(transposed, b, x, r);
    factors->solve(transposed, r);
    auto refined = x;
    for (std::size_t i = 0; i < t.n; ++i) refined[i] += r[i];
    if (const double better = residual_of(transposed, b, refined, r); better < solution.residual) {
      solution.residual = better;
      x = std::move(refined);
    }
    return solution;
  }

  // In scaled columns: T = T_s D, so T x = b is T_s (D x) = b and T' y = b is T_s' y = b / D.
  SparseSolution answer(bool transposed, std::span<const double> b, std::span<const double> start) {
    std::vector<double> right(b.begin(), b.end());
    std::vector<double> guess(start.begin(), start.end());
    for (std::size_t i = 0; i < t.n; ++i) {
      if (transposed) right[i] /= scale[i];
      if (!transposed && !guess.empty()) guess[i] *= scale[i];
    }
    auto solution = scaled_answer(transposed, right, guess);
    if (!transposed)
      for (std::size_t i = 0; i < t.n; ++i) solution.values[i] /= scale[i];
    return solution;
  }

  SparseSolution scaled_answer(bool transposed, std::span<const double> b,
                               std::span<const double> start) {
    if (direct) return by_factors(transposed, b);
    if (incomplete->good()) {
      auto found = sparse_gmres(t, *incomplete, transposed, b, start, options);
      if (found.converged) return {std::move(found.x), found.residual, found.passes};
      if (options.method == SparseMethod::iterative)
        throw Error(Errc::no_convergence,
                    fmt::format("the iteration left a residual of {:.1e} after {} passes",
                                found.residual, found.passes));
    }
    return by_factors(transposed, b);
  }
};

SparseSystem::SparseSystem(SparseColumns matrix, const SparseOptions& options)
    : state_(std::make_unique<State>()) {
  auto& s = *state_;
  s.options = options;
  s.t = std::move(matrix);
  const auto values = s.t.value;
  s.take(values);
  s.direct = options.method == SparseMethod::direct;
  if (options.method == SparseMethod::automatic && s.t.n <= most_rows_direct) {
    s.analysis = std::make_shared<const KluAnalysis>(s.t);
    s.direct = s.analysis->symbolic->est_flops <= most_operations_direct;
  }
  if (s.direct)
    s.use_factors();
  else
    s.incomplete = std::make_shared<const IncompleteFactors>(s.t);
}

SparseSystem::SparseSystem(const SparseSystem& other)
    : state_(std::make_unique<State>(*other.state_)) {}
SparseSystem::SparseSystem(SparseSystem&&) noexcept = default;
SparseSystem& SparseSystem::operator=(SparseSystem&&) noexcept = default;
SparseSystem::~SparseSystem() = default;

std::size_t SparseSystem::size() const { return state_->t.n; }
bool SparseSystem::is_direct() const { return state_->direct; }
void SparseSystem::set_tolerance(double tolerance) { state_->options.tolerance = tolerance; }

void SparseSystem::set_values(std::span<const double> values) {
  auto& s = *state_;
  s.take(values);
  if (s.factors) s.factors->refactorise(s.t);
}

SparseSolution SparseSystem::solve(std::span<const double> b, std::span<const double> start) {
  return state_->answer(false, b, start);
}

SparseSolution SparseSystem::solve_transposed(std::span<const double> b,
                                              std::span<const double> start) {
  return state_->answer(true, b, start);
}

}  // namespace stave
