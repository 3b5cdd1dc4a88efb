#include "stave/cascade/cascade.hpp"

#include <algorithm>
#include <numeric>

#include "cascade/shock.hpp"

namespace stave {
namespace {

/// A link with its weights, as the equations of the header print them.
struct Link {
  std::size_t from = 0;
  std::size_t to = 0;
  double down = 0;  ///< D_ij
  double up = 0;    ///< U_ij
  bool essential = false;
};

struct Weighted {
  std::vector<Link> links;  ///< sellers product by product, within a product by node
  std::vector<Link> rows;   ///< the same links, sellers in node order
  std::vector<double> out;
};

/// Seller nodes, product by product, within a product by node.
std::vector<std::size_t> by_product(const CascadeNetwork& network) {
  std::vector<std::size_t> order(network.flows->size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return network.product[a] < network.product[b];
  });
  return order;
}

double unless_zero(double below) { return below == 0 ? 1 : below; }

Weighted weigh(const CascadeNetwork& network) {
  const auto& flows = *network.flows;
  const std::size_t n = flows.size();
  const auto sales = flows.row_sums();
  const auto purchases = flows.column_sums();
  std::vector<double> bought(n * network.products);  // Pi [n x products]
  flows.for_each([&](std::size_t i, std::size_t j, double w) {
    bought[j * network.products + static_cast<std::size_t>(network.product[i])] += w;
  });
  const auto link = [&](std::size_t i, std::size_t j, double w) {
    const auto need =
        network.recipe->need(ProductId(network.product[i]), ProductId(network.product[j]));
    Link l{.from = i, .to = j, .essential = need == Need::essential};
    if (need == Need::essential)
      l.down = w / bought[j * network.products + static_cast<std::size_t>(network.product[i])];
    else if (need == Need::non_essential)
      l.down = w / purchases[j];
    if (!network.cost.empty()) l.down *= unless_zero(purchases[j]) / unless_zero(network.cost[j]);
    l.up = w / unless_zero(network.revenue.empty() ? sales[i] : network.revenue[i]);
    return l;
  };
  Weighted weighted{{}, {}, network.output.empty() ? sales : network.output};
  for (const std::size_t i : by_product(network))
    flows.for_each_in_row(
        i, [&](std::size_t j, double w) { weighted.links.push_back(link(i, j, w)); });
  flows.for_each(
      [&](std::size_t i, std::size_t j, double w) { weighted.rows.push_back(link(i, j, w)); });
  return weighted;
}

/// sigma_i, how little the others of its market can stand in for i.
std::vector<double> substitution(const CascadeNetwork& network, const std::vector<double>& out,
                                 const std::vector<double>& h_d, const CascadeOptions& options) {
  std::vector<double> sigma(h_d.size(), 1.0);
  if (!options.market) return sigma;
  std::vector<double> available(network.products);
  for (std::size_t j = 0; j < h_d.size(); ++j)
    available[static_cast<std::size_t>(network.market[j])] += h_d[j] * out[j];
  for (std::size_t i = 0; i < h_d.size(); ++i) {
    double left = available[static_cast<std::size_t>(network.market[i])];
    if (options.glcascade_guard && left <= 1e-10) left = 1;
    sigma[i] = left > 0 ? std::min(1.0, out[i] / left) : 1.0;
  }
  return sigma;
}

std::vector<double> down_round(const CascadeNetwork& network, const Weighted& weighted,
                               std::span<const double> shock, const std::vector<double>& h_d,
                               const CascadeOptions& options) {
  const std::size_t n = h_d.size();
  const auto sigma = substitution(network, weighted.out, h_d, options);
  std::vector<double> essential(n * network.products);  // loss of each essential input
  std::vector<double> linear(n);                        // loss of all others together
  for (const auto& link : weighted.links) {
    const double lost = link.down * (sigma[link.from] * (1 - h_d[link.from]));
    if (link.essential)
      essential[link.to * network.products +
                static_cast<std::size_t>(network.product[link.from])] += lost;
    else
      linear[link.to] += lost;
  }
  std::vector<double> next(n);
  for (std::size_t j = 0; j < n; ++j) {
    double loss = linear[j];
    for (std::size_t k = 0; k < network.products; ++k)
      loss = std::max(loss, essential[j * network.products + k]);
    next[j] = std::max(0.0, std::min(1 - shock[j], 1 - loss));
  }
  return next;
}

std::vector<double> up_round(const Weighted& weighted, std::span<const double> shock,
                             const std::vector<double>& h_u) {
  std::vector<double> loss(h_u.size());
  for (const auto& link : weighted.rows) loss[link.from] += link.up * (1 - h_u[link.to]);
  std::vector<double> next(h_u.size());
  for (std::size_t i = 0; i < next.size(); ++i)
    next[i] = std::max(0.0, std::min(1 - shock[i], 1 - loss[i]));
  return next;
}

}  // namespace

CascadeResult cascade_reference(const CascadeNetwork& network, std::span<const double> shock,
                                std::span<const double> shock_up, const CascadeOptions& options) {
  check_network(network);
  if (shock_up.empty()) shock_up = shock;
  check_shock(shock, network.flows->size());
  check_shock(shock_up, network.flows->size());
  check_eps(options.eps);
  const auto weighted = weigh(network);
  CascadeResult state{left_by(shock), left_by(shock_up), 0, false, left_by(shock_up)};
  while (!state.converged && state.rounds < options.max_rounds) {
    CascadeResult next{state.h_d, state.h_u, state.rounds + 1, false, state.h_u};
    if (options.downstream) next.h_d = down_round(network, weighted, shock, state.h_d, options);
    if (options.upstream) next.h_u = up_round(weighted, shock_up, state.h_u);
    next.converged = at_rest(weighted.out, state, next, options);
    state = std::move(next);
  }
  return state;
}

SystemicRisk added_up_risk(const CascadeNetwork& network, const CascadeResult& result,
                           std::span<const double> weights, std::span<const double> shock_up,
                           const CascadeOptions& options) {
  const auto weighted = weigh(network);
  std::vector<double> shares(weights.size());  // U 1
  std::vector<double> raw(weights.size());     // U (1 - h_u before)
  std::vector<double> wanted(weights.size());  // U' w
  for (const auto& link : weighted.rows) {
    shares[link.from] += link.up;
    raw[link.from] += link.up * (1 - result.h_u_before[link.to]);
    wanted[link.to] += link.up * weights[link.from];
  }
  const bool within_one =
      std::all_of(shares.begin(), shares.end(), [](double share) { return share <= 1 + 1e-10; });
  if (!options.upstream || !within_one) return systemic_risk(result, weights);
  SystemicRisk sum;
  double total = 0;
  double more_down = 0;
  for (std::size_t j = 0; j < weights.size(); ++j) {
    sum.up += wanted[j] * (1 - result.h_u_before[j]);
    sum.down += weights[j] * (1 - result.h_d[j]);
    more_down += weights[j] * std::max(0.0, result.h_u[j] - result.h_d[j]);
    total += weights[j];
  }
  double held = 0;
  for (std::size_t s = 0; s < weights.size(); ++s)
    if (shock_up[s] > 0) held += weights[s] * ((1 - result.h_u[s]) - raw[s]);
  sum.up += held;
  if (!(total > 0)) return {};
  return {(sum.up + more_down) / total, sum.down / total, sum.up / total};
}

}  // namespace stave
