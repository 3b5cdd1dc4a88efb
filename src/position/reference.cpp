#include "position/reference.hpp"

#include "stave/linalg/product.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "position/system.hpp"

namespace stave::reference {
namespace {

Matrix inverted(Matrix m) {
  Matrix unit(m.rows(), m.rows());
  for (std::size_t i = 0; i < m.rows(); ++i) unit(i, i) = 1;
  return solve_dense(std::move(m), std::move(unit));
}

Matrix flows_of(const Chain& chain) {
  Matrix z(chain.size(), chain.size());
  chain.flows().for_each([&](std::size_t i, std::size_t j, double v) { z(i, j) = v; });
  return z;
}

// A = Z diag(x)^-1 when by columns, B = diag(x)^-1 Z when not.
Matrix shares(Matrix z, const std::vector<double>& x, bool by_columns) {
  for (std::size_t i = 0; i < z.rows(); ++i)
    for (std::size_t j = 0; j < z.cols(); ++j) {
      const double divisor = by_columns ? x[j] : x[i];
      z(i, j) = divisor == 0 ? 0 : z(i, j) / divisor;
    }
  return z;
}

Matrix less(Matrix a) {
  for (auto& v : a.values()) v = -v;
  for (std::size_t i = 0; i < a.rows(); ++i) a(i, i) += 1;
  return a;
}

// w' (I - A)^-1 y.
double weighed_output(const Matrix& a, const std::vector<double>& y, const std::vector<double>& w) {
  const auto l = inverted(less(a));
  double sum = 0;
  for (std::size_t i = 0; i < y.size(); ++i)
    for (std::size_t j = 0; j < y.size(); ++j) sum += w[i] * l(i, j) * y[j];
  return sum;
}

struct Enumeration {
  const Matrix& a;
  const PathQuestion& q;
  double least;
  int depth;
  Paths& paths;
  std::vector<std::int32_t> behind;

  void visit(std::size_t i, double weight) {
    behind.push_back(static_cast<std::int32_t>(i));
    const double value = q.intensity[i] * weight;
    if (std::abs(value) >= least) {
      paths.nodes.insert(paths.nodes.end(), behind.rbegin(), behind.rend());
      paths.start.push_back(paths.nodes.size());
      paths.value.push_back(value);
      paths.found += value;
    }
    if (std::cmp_less_equal(behind.size(), depth))
      for (std::size_t j = 0; j < a.rows(); ++j)
        if (a(j, i) != 0) visit(j, a(j, i) * weight);
    behind.pop_back();
  }
};

}  // namespace

Matrix leontief(const Matrix& z, const std::vector<double>& x) {
  return inverted(less(shares(z, x, true)));
}

Position positions(const Chain& chain, Inventories inventories) {
  constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
  const auto& x = chain.output();
  const auto n = chain.size();
  auto z = flows_of(chain);
  std::vector<std::size_t> columns;
  if (inventories == Inventories::remove) columns = inventory_columns(chain);
  for (std::size_t i = 0; i < n; ++i) {
    double net = 0;
    for (const auto k : columns) net += chain.final_use()(i, k);
    if (x[i] > 0 && x[i] - net > 1e-9 * x[i])
      for (auto& v : z.row(i)) v *= x[i] / (x[i] - net);
  }
  const auto l = leontief(z, x);
  const auto g = inverted(less(shares(z, x, false)));
  Position p;
  for (std::size_t i = 0; i < n; ++i) {
    double up = 0;
    double down = 0;
    double sold = 0;
    double bought = 0;
    for (std::size_t j = 0; j < n; ++j) {
      up += g(i, j);
      down += l(j, i);
      sold += z(i, j);
      bought += z(j, i);
    }
    const bool makes = x[i] > 0;
    p.upstreamness.push_back(makes ? up : unknown);
    p.downstreamness.push_back(makes ? down : unknown);
    p.final_use_share.push_back(makes ? 1 - sold / x[i] : unknown);
    const double added = chain.primary_rows().empty() ? x[i] - bought : chain.value_added()[i];
    p.value_added_share.push_back(makes ? added / x[i] : unknown);
  }
  return p;
}

Matrix propagation_lengths(const Matrix& z, const std::vector<double>& x) {
  const auto n = z.rows();
  const auto a = shares(z, x, true);
  auto power = a;
  Matrix all(n, n);
  Matrix steps(n, n);
  for (int t = 1; t <= 4000; ++t) {
    for (std::size_t e = 0; e < power.size(); ++e) {
      all.values()[e] += power.values()[e];
      steps.values()[e] += t * power.values()[e];
    }
    Matrix next(n, n);
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t k = 0; k < n; ++k)
        for (std::size_t j = 0; j < n; ++j) next(i, j) += power(i, k) * a(k, j);
    power = std::move(next);
    if (*std::ranges::max_element(power.values()) < 1e-18) break;
  }
  for (std::size_t e = 0; e < steps.size(); ++e) steps.values()[e] /= all.values()[e];
  return steps;
}

PartLoss extraction(const Chain& chain, const std::vector<NodeId>& part,
                    std::vector<double> weight) {
  const auto n = chain.size();
  if (weight.empty()) weight.assign(n, 1);
  const auto y = use_by_maker(chain);
  const auto& x = chain.output();
  const auto a = shares(flows_of(chain), x, true);
  const double whole = weighed_output(a, y, weight);
  std::vector<bool> in(n);
  for (const auto node : part) in[node.at()] = true;
  const auto lost = [&](auto&& zeroed, bool use_too) {
    auto left = a;
    auto use = y;
    for (std::size_t i = 0; i < n; ++i) {
      if (use_too && in[i]) use[i] = 0;
      for (std::size_t j = 0; j < n; ++j)
        if (zeroed(i, j)) left(i, j) = 0;
    }
    return whole - weighed_output(left, use, weight);
  };
  PartLoss loss;
  const auto touches = [&](std::size_t i, std::size_t j) { return in[i] || in[j]; };
  loss.total = lost(touches, true);
  loss.others = loss.total;
  for (const auto node : part) loss.others -= weight[node.at()] * x[node.at()];
  loss.backward = lost([&](std::size_t, std::size_t j) { return in[j]; }, false);
  loss.forward = lost([&](std::size_t i, std::size_t) { return in[i]; }, false);
  loss.isolated = lost([&](std::size_t i, std::size_t j) { return in[i] != in[j]; }, false);
  // Ghosh: x' = v' (I - B)^-1 with the rows of the part gone from B, v = x - 1' Z.
  auto b = shares(flows_of(chain), x, false);
  for (const auto node : part)
    for (auto& v : b.row(node.at())) v = 0;
  const auto g = inverted(less(std::move(b)));
  loss.supply = 0;
  for (std::size_t j = 0; j < n; ++j) {
    double made = 0;
    for (std::size_t i = 0; i < n; ++i) made += (x[i] - chain.intermediate_inputs()[i]) * g(i, j);
    loss.supply += weight[j] * (x[j] - made);
  }
  return loss;
}

Paths paths_above(const Chain& chain, const PathQuestion& q, double threshold, int depth) {
  const auto a = shares(flows_of(chain), chain.output(), true);
  const auto l = inverted(less(a));
  Paths paths;
  for (std::size_t i = 0; i < chain.size(); ++i)
    for (std::size_t j = 0; j < chain.size(); ++j)
      paths.footprint += q.intensity[i] * l(i, j) * q.use[j];
  Enumeration all{a, q, threshold * std::abs(paths.footprint), depth, paths, {}};
  for (std::size_t k = 0; k < chain.size(); ++k)
    if (q.use[k] != 0) all.visit(k, q.use[k]);
  paths.remainder = paths.footprint - paths.found;
  return paths;
}

}  // namespace stave::reference
