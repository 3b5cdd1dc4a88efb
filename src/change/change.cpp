#include "stave/change/change.hpp"

#include "stave/core/error.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "change/effect.hpp"
#include "change/factor.hpp"

namespace stave {
namespace {

double sum_of(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

// Makers and users tell the same totals and the same effects.
double disagreement_of(const Change& c) {
  double worst = std::abs(sum_of(c.by_user.after) - sum_of(c.by_user.before) -
                          (c.total.after[0] - c.total.before[0]));
  for (std::size_t k = 0; k < c.factors.size(); ++k) {
    const auto row = c.by_user.effect.row(k);
    worst = std::max(worst,
                     std::abs(std::accumulate(row.begin(), row.end(), 0.0) - c.total.effect(k, 0)));
  }
  return worst;
}

}  // namespace

Change change(const Chain& first, const Chain& second, const ChangeOptions& options,
              Progress& progress) {
  Change result;
  result.factors = factors_of(options.factors);
  const auto years = years_of(first, second, options);
  result.users = years.users;
  if (options.method == ChangeMethod::lmdi)
    change_by_logarithms(years, options, result, progress);
  else
    change_by_orders(years, options, result, progress);
  const double size = std::max({std::abs(result.total.before[0]), std::abs(result.total.after[0]),
                                std::abs(result.total.after[0] - result.total.before[0])});
  const auto relative = [&](double miss) { return size > 0 ? miss / size : miss; };
  result.imbalance = relative(std::max(
      {imbalance_of(result.total), imbalance_of(result.makers), imbalance_of(result.by_user)}));
  result.disagreement = relative(disagreement_of(result));
  result.direct_before = years.first.direct;
  result.direct_after = years.second.direct;
  result.below_zero = years.first.below_zero + years.second.below_zero;
  result.outside_before = years.first.outside;
  result.outside_after = years.second.outside;
  return result;
}

}  // namespace stave
