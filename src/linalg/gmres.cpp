#include "linalg/gmres.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "linalg/columns.hpp"

namespace stave {
namespace {

constexpr std::size_t basis_bytes = std::size_t{1} << 28;  // of the vectors between two restarts

constexpr double highest_floor = 1e-9;  // beyond, the answer has lost too many digits

std::size_t longest_cycle(const Matrix& b) {
  return std::clamp<std::size_t>(
      basis_bytes / (sizeof(double) * std::max<std::size_t>(b.size(), 1)), 10, 60);
}

std::vector<double> inverses(std::span<const double> v) {
  std::vector<double> result(v.size());
  for (std::size_t c = 0; c < v.size(); ++c) result[c] = v[c] > 0 ? 1 / v[c] : 0;
  return result;
}

// The small least-squares problem of one column, solved as it grows by Givens rotations.
class SmallProblem {
 public:
  SmallProblem(std::size_t most, double start) : rows_(most + 1), h_(rows_ * most), g_{start} {}

  double& at(std::size_t i, std::size_t j) { return h_[j * rows_ + i]; }
  // Column j is complete: rotate it. Returns the residual that is left.
  double rotate(std::size_t j) {
    for (std::size_t i = 0; i < j; ++i) turn(i, at(i, j), at(i + 1, j));
    const double length = std::hypot(at(j, j), at(j + 1, j));
    cosine_.push_back(length > 0 ? at(j, j) / length : 1);
    sine_.push_back(length > 0 ? at(j + 1, j) / length : 0);
    turn(j, at(j, j), at(j + 1, j));
    g_.push_back(0);
    turn(j, g_[j], g_[j + 1]);
    return std::abs(g_[j + 1]);
  }
  // The best combination of the first `count` basis vectors.
  std::vector<double> combination(std::size_t count) {
    std::vector<double> y(count);
    for (std::size_t i = count; i-- > 0;) {
      double sum = g_[i];
      for (std::size_t j = i + 1; j < count; ++j) sum -= at(i, j) * y[j];
      y[i] = at(i, i) != 0 ? sum / at(i, i) : 0;
    }
    return y;
  }

 private:
  void turn(std::size_t i, double& a, double& b) const {
    const double upper = cosine_[i] * a + sine_[i] * b;
    b = cosine_[i] * b - sine_[i] * a;
    a = upper;
  }
  std::size_t rows_;
  std::vector<double> h_;
  std::vector<double> g_;
  std::vector<double> cosine_;
  std::vector<double> sine_;
};

struct Iteration {
  const LeontiefOperator& system;
  const BlockJacobi& preconditioner;
  const Matrix& b;
  bool transposed;
  const GmresLimits& limits;
  Progress& progress;
  std::vector<double> target;  // [k] absolute, of each column
  GmresResult result;

  // Orthogonalises W against the basis (modified Gram-Schmidt), filing the coefficients.
  static void orthogonalise(Matrix& w, const std::vector<Matrix>& basis,
                            std::vector<SmallProblem>& small) {
    const auto j = basis.size() - 1;
    for (std::size_t i = 0; i <= j; ++i) {
      auto h = column_dots(basis[i], w);
      for (std::size_t c = 0; c < h.size(); ++c) {
        small[c].at(i, j) = h[c];
        h[c] = -h[c];
      }
      add_scaled_columns(w, h, basis[i]);
    }
    const auto norms = column_norms(w);
    for (std::size_t c = 0; c < norms.size(); ++c) small[c].at(j + 1, j) = norms[c];
    scale_columns(w, inverses(norms));
  }

  void add_combination(const std::vector<Matrix>& basis, std::vector<SmallProblem>& small,
                       std::size_t count) {
    std::vector<std::vector<double>> y;
    y.reserve(small.size());
    for (auto& column : small) y.push_back(column.combination(count));
    Matrix update(b.rows(), b.cols());
    std::vector<double> f(b.cols());
    for (std::size_t i = 0; i < count; ++i) {
      for (std::size_t c = 0; c < f.size(); ++c) f[c] = y[c][i];
      add_scaled_columns(update, f, basis[i]);
    }
    const std::vector<double> ones(b.cols(), 1);
    add_scaled_columns(result.x, ones, preconditioner.solve(update, transposed));
  }

  // Builds a basis from the residual R until every column is good enough, and moves x.
  void cycle(Matrix r) {
    const auto most = longest_cycle(b);
    const auto norms = column_norms(r);
    std::vector<SmallProblem> small;
    auto start = inverses(norms);
    for (std::size_t c = 0; c < norms.size(); ++c) {
      const bool done = norms[c] <= target[c];
      if (done) start[c] = 0;
      small.emplace_back(most, done ? 0 : norms[c]);
    }
    scale_columns(r, start);
    std::vector<Matrix> basis;
    basis.push_back(std::move(r));
    std::size_t count = 0;
    for (bool enough = false; !enough && count < most && result.passes < limits.max_passes - 1;) {
      progress.check();
      auto w = system.times(preconditioner.solve(basis.back(), transposed), transposed);
      ++result.passes;
      orthogonalise(w, basis, small);
      enough = true;
      for (std::size_t c = 0; c < small.size(); ++c)
        if (small[c].rotate(count) > 0.5 * target[c]) enough = false;
      ++count;
      basis.push_back(std::move(w));
    }
    add_combination(basis, small, count);
  }

  GmresResult run() {
    const auto norms = column_norms(b);
    result.x = Matrix(b.rows(), b.cols());
    auto r = b;
    double worst = std::numeric_limits<double>::infinity();
    for (;;) {
      const auto floors = rounding_floors(result.x, b);
      result.residual = relative_norms(r, b);
      target.resize(b.cols());
      result.converged = true;
      double now = 0;
      for (std::size_t c = 0; c < target.size(); ++c) {
        const double wanted = std::max(limits.tolerance, floors[c]);
        target[c] = wanted * norms[c];
        if (!(result.residual[c] <= wanted)) result.converged = false;
        now = std::max(now, result.residual[c] / wanted);
      }
      progress.report("iterating", result.converged ? 1 : 1 / (1 + std::log1p(now)));
      const bool stuck = !(now < 0.9 * worst);
      if (result.converged || stuck || result.passes + 2 > limits.max_passes) break;
      worst = now;
      cycle(std::move(r));
      r = system.residual(b, result.x, transposed);
      ++result.passes;
    }
    return std::move(result);
  }
};

}  // namespace

GmresResult gmres(const LeontiefOperator& system, const BlockJacobi& preconditioner,
                  const Matrix& b, bool transposed, const GmresLimits& limits, Progress& progress) {
  return Iteration{system, preconditioner, b, transposed, limits, progress, {}, {}}.run();
}

std::vector<double> relative_norms(const Matrix& residual, const Matrix& b) {
  auto norms = column_norms(residual);
  const auto whole = column_norms(b);
  for (std::size_t c = 0; c < norms.size(); ++c)
    if (whole[c] > 0) norms[c] /= whole[c];
  return norms;
}

std::vector<double> rounding_floors(const Matrix& x, const Matrix& b) {
  const double unit =
      4 * std::sqrt(static_cast<double>(b.rows())) * std::numeric_limits<double>::epsilon();
  auto floors = column_norms(x);
  const auto whole = column_norms(b);
  for (std::size_t c = 0; c < floors.size(); ++c)
    floors[c] = whole[c] > 0 ? std::min(highest_floor, unit * (1 + floors[c] / whole[c])) : 0;
  return floors;
}

}  // namespace stave
