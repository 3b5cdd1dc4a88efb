#include "change/reference.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "linalg/reference.hpp"

namespace stave::reference {
namespace {

/// One year written out in every factor; a list of these, one a factor, is a state.
struct Pieces {
  std::vector<double> s;  // [n]
  Matrix a;               // [n x n]
  Matrix y;               // [n x u]
  Matrix c;               // [p x n]
  Matrix source;          // [n x n]
  Matrix final_source;    // [n x u]
  Matrix product_mix;     // [p x u]
  Matrix mix;             // [n x u] of a user
  std::vector<double> share;
  double level = 0;
};

Matrix sums_by_product(const Chain& chain, const Matrix& m) {
  Matrix sums(chain.products().size(), m.cols());
  for (std::size_t i = 0; i < m.rows(); ++i)
    for (std::size_t j = 0; j < m.cols(); ++j) sums(chain.nodes()[i].product.at(), j) += m(i, j);
  return sums;
}

Matrix parts_of_product(const Chain& chain, const Matrix& m) {
  const auto sums = sums_by_product(chain, m);
  Matrix parts(m.rows(), m.cols());
  for (std::size_t i = 0; i < m.rows(); ++i)
    for (std::size_t j = 0; j < m.cols(); ++j)
      parts(i, j) = m(i, j) / sums(chain.nodes()[i].product.at(), j);
  return parts;
}

Pieces pieces_of(const Chain& chain) {
  const auto n = chain.size();
  Pieces p;
  p.a = Matrix(n, n);
  for (std::size_t j = 0; j < n; ++j) {
    p.s.push_back(chain.value_added()[j] / chain.output()[j]);
    for (std::size_t i = 0; i < n; ++i) p.a(i, j) = chain.flows().at(i, j) / chain.output()[j];
  }
  p.y = chain.final_use_by_region();
  p.c = sums_by_product(chain, p.a);
  p.source = parts_of_product(chain, p.a);
  p.final_source = parts_of_product(chain, p.y);
  p.mix = p.y;
  for (std::size_t k = 0; k < p.y.cols(); ++k) {
    double total = 0;
    for (std::size_t i = 0; i < n; ++i) total += p.y(i, k);
    for (std::size_t i = 0; i < n; ++i) p.mix(i, k) /= total;
    p.share.push_back(total);
    p.level += total;
  }
  for (auto& t : p.share) t /= p.level;
  p.product_mix = sums_by_product(chain, p.mix);
  return p;
}

/// Which year each factor is of, by name.
struct Of {
  const Pieces& s;
  const Pieces& technology;
  const Pieces& sourcing;
  const Pieces& mix;
  const Pieces& users;
  const Pieces& level;
};

std::vector<double> amounts(const Chain& chain, const Of& of, bool sourcing_apart) {
  const auto n = chain.size();
  Matrix left(n, n);
  std::vector<double> y(n);
  for (std::size_t i = 0; i < n; ++i) {
    const auto product = chain.nodes()[i].product.at();
    for (std::size_t j = 0; j < n; ++j)
      left(i, j) = (i == j ? 1 : 0) - (sourcing_apart
                                           ? of.technology.c(product, j) * of.sourcing.source(i, j)
                                           : of.technology.a(i, j));
    for (std::size_t k = 0; k < of.users.share.size(); ++k)
      y[i] += (sourcing_apart ? of.mix.product_mix(product, k) * of.sourcing.final_source(i, k)
                              : of.mix.mix(i, k)) *
              of.users.share[k] * of.level.level;
  }
  const auto l = inverse(left);
  std::vector<double> q(n);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) q[i] += l(i, j) * y[j];
    q[i] *= of.s.s[i];
  }
  return q;
}

// q with the factors of `second` that are set.
std::vector<double> amounts(const Chain& chain, const Pieces& first, const Pieces& second,
                            const std::vector<bool>& changed) {
  const auto of = [&](std::size_t k) -> const Pieces& { return changed[k] ? second : first; };
  switch (changed.size()) {
    case 3:
      return amounts(chain, {of(0), of(1), of(1), of(2), of(2), of(2)}, false);
    case 4:
      return amounts(chain, {of(0), of(1), of(1), of(2), of(2), of(3)}, false);
    case 5:
      return amounts(chain, {of(0), of(1), of(1), of(2), of(3), of(4)}, false);
    default:
      return amounts(chain, {of(0), of(1), of(2), of(3), of(4), of(5)}, true);
  }
}

}  // namespace

Effects change_by_orders(const Chain& first, const Chain& second, int factors, bool all_orders) {
  const auto count = static_cast<std::size_t>(factors);
  const auto a = pieces_of(first);
  const auto b = pieces_of(second);
  std::vector<std::size_t> order(count);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::vector<Matrix> walks;
  const auto walk = [&] {
    Matrix effect(count, first.size());
    std::vector<bool> changed(count, false);
    auto q = amounts(first, a, b, changed);
    for (const auto k : order) {
      changed[k] = true;
      const auto next = amounts(first, a, b, changed);
      for (std::size_t i = 0; i < q.size(); ++i) effect(k, i) = next[i] - q[i];
      q = next;
    }
    walks.push_back(std::move(effect));
  };
  if (all_orders) {
    do walk();
    while (std::ranges::next_permutation(order).found);
  } else {
    walk();
    std::ranges::reverse(order);
    walk();
  }
  Effects result{Matrix(count, first.size()), Matrix(count, first.size())};
  for (std::size_t e = 0; e < result.mean.size(); ++e) {
    double& mean = result.mean.values()[e];
    for (const auto& w : walks) mean += w.values()[e] / static_cast<double>(walks.size());
    double square = 0;
    for (const auto& w : walks) square += std::pow(w.values()[e] - mean, 2);
    result.deviation.values()[e] = std::sqrt(square / static_cast<double>(walks.size()));
  }
  return result;
}

Matrix change_by_logarithms(const Chain& first, const Chain& second, int factors) {
  const auto count = static_cast<std::size_t>(factors);
  const auto a = pieces_of(first);
  const auto b = pieces_of(second);
  const auto n = first.size();
  const auto inverse_of = [n](const Pieces& p) {
    Matrix left(n, n);
    for (std::size_t e = 0; e < left.size(); ++e)
      left.values()[e] = (e / n == e % n ? 1 : 0) - p.a.values()[e];
    return inverse(left);
  };
  const auto la = inverse_of(a);
  const auto lb = inverse_of(b);
  const auto factors_of_term = [&](const Pieces& p, const Matrix& l, std::size_t i, std::size_t j,
                                   std::size_t k) {
    if (factors == 3) return std::vector<double>{p.s[i], l(i, j), p.y(j, k)};
    if (factors == 4)
      return std::vector<double>{p.s[i], l(i, j), p.mix(j, k) * p.share[k], p.level};
    return std::vector<double>{p.s[i], l(i, j), p.mix(j, k), p.share[k], p.level};
  };
  Matrix effect(count, n);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j)
      for (std::size_t k = 0; k < a.share.size(); ++k) {
        const auto before = factors_of_term(a, la, i, j, k);
        const auto after = factors_of_term(b, lb, i, j, k);
        double w0 = 1;
        double w1 = 1;
        for (std::size_t f = 0; f < count; ++f) {
          w0 *= before[f];
          w1 *= after[f];
        }
        const double mean = w0 == w1 ? w0 : (w1 - w0) / (std::log(w1) - std::log(w0));
        for (std::size_t f = 0; f < count; ++f)
          effect(f, i) += mean * std::log(after[f] / before[f]);
      }
  return effect;
}

}  // namespace stave::reference
