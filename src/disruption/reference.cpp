#include "stave/disruption/disruption.hpp"

#include <algorithm>
#include <cmath>

#include "disruption/baseline.hpp"
#include "disruption/loss.hpp"

namespace stave {
namespace {

constexpr double boario_least_input = 2.74e-8;

/// A normal day, and what every day is compared with.
struct NormalDay {
  std::size_t n = 0;
  std::size_t products = 0;
  std::vector<std::size_t> product;  ///< [n]
  Matrix flows;                      ///< Z0 [n x n]
  Matrix final_use;                  ///< Y0 [n x f]
  std::vector<double> output;        ///< x0
  Matrix needs;                      ///< a [products x n]
  std::vector<double> stock_days;    ///< n_k [products]
};

struct Economy {
  std::vector<double> overproduction;  ///< alpha
  std::vector<double> demand;          ///< D
  std::vector<double> made;            ///< x
  std::vector<double> wanted;          ///< x_opt
  std::vector<double> capacity;
  Matrix stock;   ///< S [products x n]
  Matrix orders;  ///< [n x n], by maker and buyer
};

std::vector<double> stock_days_of(const Chain& chain, const DisruptionOptions& options) {
  auto days = options.inventory_days_of;
  if (days.empty()) days.assign(chain.products().size(), options.inventory_days);
  if (options.compatibility == Compatibility::boario)
    for (double& d : days) d = d <= 1 ? 2 : d;
  return days;
}

NormalDay normal_day(const Chain& chain, const DisruptionOptions& options) {
  NormalDay day{.n = chain.size(), .products = chain.products().size()};
  for (const auto& node : chain.nodes()) day.product.push_back(node.product.at());
  for (const double x : chain.output()) day.output.push_back(x / days_a_year);
  day.final_use = chain.final_use();
  for (double& y : day.final_use.values()) y /= days_a_year;
  day.flows = Matrix(day.n, day.n);
  day.needs = Matrix(day.products, day.n);
  chain.flows().for_each([&](std::size_t i, std::size_t j, double z) {
    day.flows(i, j) = z / days_a_year;
    if (day.output[j] > 0) day.needs(day.product[i], j) += day.flows(i, j) / day.output[j];
  });
  day.stock_days = stock_days_of(chain, options);
  return day;
}

double sum(std::span<const double> values) {
  double total = 0;
  for (const double v : values) total += v;
  return total;
}

void add_up_demand(const NormalDay& day, Economy& now) {
  for (std::size_t i = 0; i < day.n; ++i)
    now.demand[i] = sum(now.orders.row(i)) + sum(day.final_use.row(i));
}

/// n_k a_kj x_j, or 0 where nothing of it is needed, however long it lasts.
double stock_for(const NormalDay& day, std::size_t k, std::size_t j, double x) {
  const double used = day.needs(k, j) * x;
  return used > 0 ? day.stock_days[k] * used : 0;
}

Economy at_rest(const NormalDay& day, const DisruptionOptions& options) {
  Economy now{.overproduction = std::vector<double>(day.n, options.overproduction_base),
              .demand = std::vector<double>(day.n),
              .made = day.output,
              .wanted = day.output,
              .capacity = day.output,
              .stock = Matrix(day.products, day.n),
              .orders = day.flows};
  for (std::size_t k = 0; k < day.products; ++k)
    for (std::size_t j = 0; j < day.n; ++j) now.stock(k, j) = stock_for(day, k, j, day.output[j]);
  add_up_demand(day, now);
  return now;
}

void overproduce(const DisruptionOptions& options, Economy& now) {
  const double zero = options.compatibility == Compatibility::boario ? 0 : options.no_scarcity;
  for (std::size_t i = 0; i < now.made.size(); ++i) {
    const double zeta = now.demand[i] > 0 ? (now.demand[i] - now.made[i]) / now.demand[i] : 0;
    double& alpha = now.overproduction[i];
    const double back = std::abs(zeta) <= zero ? options.overproduction_base - alpha : 0;
    alpha += ((options.overproduction_max - alpha) * zeta + back) / options.overproduction_days;
    alpha = std::max(alpha, 1.0);
  }
}

/// The least of S / (psi n a x_opt) over the inputs of j, and which input it is.
struct Tightest {
  double ratio = 1;
  std::size_t product = 0;
};

Tightest tightest_input(const NormalDay& day, const DisruptionOptions& options, const Economy& now,
                        std::size_t j) {
  const double least = options.compatibility == Compatibility::boario ? boario_least_input : 0;
  Tightest found;
  for (std::size_t k = 0; k < day.products; ++k) {
    if (!(day.needs(k, j) > least) || std::isinf(day.stock_days[k])) continue;
    const double asked = options.psi * stock_for(day, k, j, now.wanted[j]);
    if (asked > 0 && now.stock(k, j) / asked < found.ratio) found = {now.stock(k, j) / asked, k};
  }
  return found;
}

void produce(const NormalDay& day, const DisruptionOptions& options, int today,
             std::span<const double> lost, Economy& now, DisruptionResult& result) {
  Tightest worst;
  std::size_t bound = 0;
  for (std::size_t j = 0; j < day.n; ++j) {
    now.capacity[j] = day.output[j] * (1 - lost[j]) * now.overproduction[j];
    now.wanted[j] = std::min(now.demand[j], now.capacity[j]);
    const auto tightest = tightest_input(day, options, now, j);
    now.made[j] = now.wanted[j] * tightest.ratio;
    if (tightest.ratio < worst.ratio) {
      worst = tightest;
      bound = j;
    }
  }
  if (worst.ratio < 1 && !result.first_bound)
    result.first_bound = {today, NodeId(bound), ProductId(worst.product)};
}

double served(const Economy& now, std::size_t i) {
  return now.demand[i] > 0 ? now.made[i] / now.demand[i] : 0;
}

/// Final use gets its share; what it goes without is lost.
void serve_final_use(const NormalDay& day, const Economy& now, std::size_t today,
                     DisruptionResult& result) {
  for (std::size_t i = 0; i < day.n; ++i)
    for (std::size_t c = 0; c < day.final_use.cols(); ++c) {
      const double given = day.final_use(i, c) * served(now, i);
      result.delivered(today, i) += given;
      result.unmet(today, i) += day.final_use(i, c) - given;
      result.unmet_by_column(today, c) += day.final_use(i, c) - given;
    }
}

/// What each buyer receives of each product [products x n].
Matrix serve_orders(const NormalDay& day, const Economy& now, std::size_t today,
                    DisruptionResult& result) {
  Matrix received(day.products, day.n);
  for (std::size_t i = 0; i < day.n; ++i)
    for (std::size_t j = 0; j < day.n; ++j) {
      const double given = now.orders(i, j) * served(now, i);
      result.delivered(today, i) += given;
      received(day.product[i], j) += given;
    }
  return received;
}

bool close_for_all(const Matrix& received, const Matrix& used) {
  return std::ranges::equal(received.values(), used.values(), [](double r, double u) {
    return std::abs(r - u) <= 1e-8 + 1e-5 * std::abs(u);
  });
}

void restock(const NormalDay& day, const DisruptionOptions& options, const Matrix& received,
             Economy& now) {
  Matrix used(day.products, day.n);
  for (std::size_t k = 0; k < day.products; ++k)
    for (std::size_t j = 0; j < day.n; ++j) used(k, j) = day.needs(k, j) * now.made[j];
  if (options.compatibility == Compatibility::boario && close_for_all(received, used)) return;
  for (std::size_t e = 0; e < used.size(); ++e)
    now.stock.data()[e] = now.stock.data()[e] - used.data()[e] + received.data()[e];
}

double order_of(const NormalDay& day, const DisruptionOptions& options, const Economy& now,
                std::size_t k, std::size_t j) {
  const double gap = std::isinf(day.stock_days[k])
                         ? 0
                         : std::max(0.0, stock_for(day, k, j, now.wanted[j]) - now.stock(k, j));
  return gap / options.inventory_restore_days + day.needs(k, j) * now.made[j];
}

void place_orders(const NormalDay& day, const DisruptionOptions& options, Economy& now) {
  Matrix weight(day.n, day.n);
  Matrix of_product(day.products, day.n);
  for (std::size_t f = 0; f < day.n; ++f) {
    const bool able = options.orders == OrderRule::capacity && day.output[f] > 0;
    const double factor = able ? now.capacity[f] / day.output[f] : 1;
    for (std::size_t j = 0; j < day.n; ++j) {
      weight(f, j) = day.flows(f, j) * factor;
      of_product(day.product[f], j) += weight(f, j);
    }
  }
  for (std::size_t f = 0; f < day.n; ++f) {
    const std::size_t k = day.product[f];
    for (std::size_t j = 0; j < day.n; ++j)
      now.orders(f, j) = of_product(k, j) > 0
                             ? order_of(day, options, now, k, j) * (weight(f, j) / of_product(k, j))
                             : 0;
  }
  add_up_demand(day, now);
}

DisruptionResult empty_result(std::size_t days, std::size_t n, std::size_t columns) {
  return {.output = Matrix(days, n),
          .capacity = Matrix(days, n),
          .delivered = Matrix(days, n),
          .unmet = Matrix(days, n),
          .unmet_by_column = Matrix(days, columns),
          .first_bound = std::nullopt};
}

}  // namespace

DisruptionResult disruption_reference(const Chain& chain, std::span<const CapacityLoss> losses,
                                      const DisruptionOptions& options) {
  check_disruption(chain, losses, options);
  const auto day = normal_day(chain, options);
  auto now = at_rest(day, options);
  auto result = empty_result(static_cast<std::size_t>(options.days), day.n, day.final_use.cols());
  for (int t = 0; t < options.days; ++t) {
    const auto today = static_cast<std::size_t>(t);
    const auto lost = capacity_lost(losses, t, day.n, options.compatibility);
    result.clipped += lost.clipped;
    if (t > 0) overproduce(options, now);
    produce(day, options, t, lost.share, now, result);
    std::ranges::copy(now.made, result.output.row(today).begin());
    std::ranges::copy(now.capacity, result.capacity.row(today).begin());
    serve_final_use(day, now, today, result);
    restock(day, options, serve_orders(day, now, today, result), now);
    place_orders(day, options, now);
  }
  return result;
}

DisruptionOptions ario_options() {
  DisruptionOptions options;
  options.psi = 1;
  options.inventory_restore_days = 1;
  return options;
}

}  // namespace stave
