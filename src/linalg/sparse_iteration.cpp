#include "linalg/sparse_iteration.hpp"

#include <algorithm>
#include <cmath>

namespace stave {
namespace {

constexpr int most_directions = 50;  // before a restart

double dot_of(std::span<const double> a, std::span<const double> b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

double length_of(std::span<const double> a) { return std::sqrt(dot_of(a, a)); }

/// One run of Arnoldi's process with Givens rotations on its Hessenberg matrix.
class Krylov {
 public:
  Krylov(std::size_t n, std::span<const double> residual, double length)
      : basis_(1, std::vector<double>(n)), right_{length} {
    for (std::size_t i = 0; i < n; ++i) basis_[0][i] = residual[i] / length;
  }
  [[nodiscard]] std::span<const double> last() const { return basis_.back(); }
  [[nodiscard]] double residual() const { return std::abs(right_.back()); }
  [[nodiscard]] std::size_t directions() const { return column_.size(); }

  // Takes in A v_k; false where nothing new came (the answer is exact).
  bool add(std::vector<double> w) {
    const auto k = column_.size();
    std::vector<double> h(k + 2);
    for (std::size_t j = 0; j <= k; ++j) {
      h[j] = dot_of(basis_[j], w);
      for (std::size_t i = 0; i < w.size(); ++i) w[i] -= h[j] * basis_[j][i];
    }
    h[k + 1] = length_of(w);
    const bool fresh = h[k + 1] > 0;
    if (fresh)
      for (auto& v : w) v /= h[k + 1];
    for (std::size_t j = 0; j < k; ++j) turn(h, j);
    const double length = std::hypot(h[k], h[k + 1]);
    cosine_.push_back(length > 0 ? h[k] / length : 1);
    sine_.push_back(length > 0 ? h[k + 1] / length : 0);
    turn(h, k);
    right_.push_back(-sine_[k] * right_[k]);
    right_[k] *= cosine_[k];
    column_.push_back(std::move(h));
    basis_.push_back(std::move(w));
    return fresh;
  }

  // sum of y_j v_j that minimises the residual.
  [[nodiscard]] std::vector<double> combination() const {
    const auto k = column_.size();
    std::vector<double> y(right_.begin(), right_.begin() + static_cast<std::ptrdiff_t>(k));
    for (std::size_t j = k; j-- > 0;) {
      for (std::size_t i = j + 1; i < k; ++i) y[j] -= column_[i][j] * y[i];
      y[j] = column_[j][j] != 0 ? y[j] / column_[j][j] : 0;
    }
    std::vector<double> x(basis_[0].size());
    for (std::size_t j = 0; j < k; ++j)
      for (std::size_t i = 0; i < x.size(); ++i) x[i] += y[j] * basis_[j][i];
    return x;
  }

 private:
  void turn(std::vector<double>& h, std::size_t j) const {
    const double a = h[j];
    h[j] = cosine_[j] * a + sine_[j] * h[j + 1];
    h[j + 1] = -sine_[j] * a + cosine_[j] * h[j + 1];
  }
  std::vector<std::vector<double>> basis_;
  std::vector<std::vector<double>> column_;  // of the triangular matrix
  std::vector<double> cosine_, sine_, right_;
};

}  // namespace

void sparse_times(const SparseColumns& t, bool transposed, std::span<const double> x,
                  std::span<double> y) {
  if (transposed) {
    for (std::size_t j = 0; j < t.n; ++j) {
      double sum = 0;
      for (auto k = t.start[j]; k < t.start[j + 1]; ++k) sum += t.value[k] * x[t.row[k]];
      y[j] = sum;
    }
    return;
  }
  std::fill(y.begin(), y.end(), 0.0);
  for (std::size_t j = 0; j < t.n; ++j) {
    const double xj = x[j];
    if (xj == 0) continue;
    for (auto k = t.start[j]; k < t.start[j + 1]; ++k) y[t.row[k]] += t.value[k] * xj;
  }
}

IncompleteFactors::IncompleteFactors(const SparseColumns& t)
    : n_(t.n), start_(t.n + 1), column_(t.row.size()), diagonal_(t.n, -1), value_(t.row.size()) {
  for (const auto i : t.row) ++start_[i + 1];
  for (std::size_t i = 0; i < n_; ++i) start_[i + 1] += start_[i];
  auto next = start_;
  for (std::size_t j = 0; j < n_; ++j)
    for (auto k = t.start[j]; k < t.start[j + 1]; ++k) {
      const auto at = next[t.row[k]]++;
      column_[at] = static_cast<std::int32_t>(j);
      value_[at] = t.value[k];
      if (t.row[k] == static_cast<std::int32_t>(j)) diagonal_[j] = at;
    }
  std::vector<std::int32_t> place(n_, -1);
  good_ = true;
  for (std::size_t i = 0; i < n_ && good_; ++i) eliminate(i, place);
}

void IncompleteFactors::eliminate(std::size_t i, std::vector<std::int32_t>& place) {
  for (auto k = start_[i]; k < start_[i + 1]; ++k) place[column_[k]] = k;
  for (auto k = start_[i]; k < diagonal_[i]; ++k) {
    const auto j = column_[k];
    const double factor = value_[k] / value_[diagonal_[j]];
    value_[k] = factor;
    for (auto m = diagonal_[j] + 1; m < start_[j + 1]; ++m)
      if (place[column_[m]] >= 0) value_[place[column_[m]]] -= factor * value_[m];
  }
  for (auto k = start_[i]; k < start_[i + 1]; ++k) place[column_[k]] = -1;
  good_ = std::isfinite(value_[diagonal_[i]]) && std::abs(value_[diagonal_[i]]) > 1e-12;
}

void IncompleteFactors::solve(bool transposed, std::span<double> x) const {
  if (!transposed) {
    for (std::size_t i = 0; i < n_; ++i)
      for (auto k = start_[i]; k < diagonal_[i]; ++k) x[i] -= value_[k] * x[column_[k]];
    for (std::size_t i = n_; i-- > 0;) {
      for (auto k = diagonal_[i] + 1; k < start_[i + 1]; ++k) x[i] -= value_[k] * x[column_[k]];
      x[i] /= value_[diagonal_[i]];
    }
    return;
  }
  for (std::size_t i = 0; i < n_; ++i) {
    x[i] /= value_[diagonal_[i]];
    for (auto k = diagonal_[i] + 1; k < start_[i + 1]; ++k) x[column_[k]] -= value_[k] * x[i];
  }
  for (std::size_t i = n_; i-- > 0;)
    for (auto k = start_[i]; k < diagonal_[i]; ++k) x[column_[k]] -= value_[k] * x[i];
}

// Right preconditioning: A M^-1 u = b, x = M^-1 u, so that the residual is the true one.
Iterated sparse_gmres(const SparseColumns& t, const IncompleteFactors& factors, bool transposed,
                      std::span<const double> b, std::span<const double> start,
                      const SparseOptions& options) {
  Iterated result;
  result.x.assign(t.n, 0.0);
  if (!start.empty()) std::copy(start.begin(), start.end(), result.x.begin());
  const double wanted = options.tolerance * length_of(b);
  std::vector<double> product(t.n);
  std::vector<double> residual(t.n);
  for (;;) {
    sparse_times(t, transposed, result.x, product);
    for (std::size_t i = 0; i < t.n; ++i) residual[i] = b[i] - product[i];
    const double length = length_of(residual);
    result.residual = length_of(b) > 0 ? length / length_of(b) : length;
    result.converged = length <= wanted;
    if (result.converged || !std::isfinite(length) || result.passes >= options.max_passes)
      return result;
    Krylov krylov(t.n, residual, length);
    bool fresh = true;
    while (fresh && krylov.residual() > 0.5 * wanted && krylov.directions() < most_directions &&
           result.passes < options.max_passes) {
      std::vector<double> v(krylov.last().begin(), krylov.last().end());
      factors.solve(transposed, v);
      std::vector<double> w(t.n);
      sparse_times(t, transposed, v, w);
      ++result.passes;
      fresh = krylov.add(std::move(w));
    }
    auto step = krylov.combination();
    factors.solve(transposed, step);
    for (std::size_t i = 0; i < t.n; ++i) result.x[i] += step[i];
    ++result.passes;
  }
}

}  // namespace stave
