#include "disruption/rationing.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <vector>

namespace stave {
namespace {

constexpr std::size_t ration_classes = 10;

double sum_of(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

void same_share(std::span<const double> order, double share, std::span<double> given) {
  for (std::size_t k = 0; k < order.size(); ++k) given[k] = order[k] * share;
}

/// Everybody up to the level times the basis; who has no basis stands behind all who have.
void pour(std::span<const double> order, std::span<const double> basis, double available,
          std::span<double> given) {
  const double level = water_level(order, basis, available);
  double left = available;
  double without_basis = 0;
  for (std::size_t k = 0; k < order.size(); ++k)
    if (basis[k] > 0)
      left -= std::min(order[k], level * basis[k]);
    else
      without_basis += order[k];
  const double share = without_basis > 0 ? std::clamp(left / without_basis, 0.0, 1.0) : 0;
  for (std::size_t k = 0; k < order.size(); ++k)
    given[k] = basis[k] > 0 ? std::min(order[k], level * basis[k]) : order[k] * share;
}

/// One class: in full, or what there is by the share or the basis. @returns what is left
double serve(std::span<const double> order, std::span<const double> basis, double available,
             std::span<double> given) {
  const double asked = sum_of(order);
  if (asked <= available) {
    if (given.data() != order.data()) std::ranges::copy(order, given.begin());
    return available - asked;
  }
  if (basis.empty())
    same_share(order, available / asked, given);
  else
    pour(order, basis, available, given);
  return 0;
}

void serve_by_class(const Claims& claims, double available, std::span<double> given) {
  std::vector<std::size_t> member;
  std::vector<double> order;
  std::vector<double> basis;
  for (std::size_t place = 0; place < ration_classes; ++place) {
    member.clear();
    order.clear();
    basis.clear();
    for (std::size_t k = 0; k < claims.order.size(); ++k) {
      if (claims.place[k] != place) continue;
      member.push_back(k);
      order.push_back(claims.order[k]);
      basis.push_back(claims.order[k] * claims.weight[k]);
    }
    if (member.empty()) continue;
    available = serve(order, basis, available, order);
    for (std::size_t m = 0; m < member.size(); ++m) given[member[m]] = order[m];
  }
}

}  // namespace

double water_level(std::span<const double> order, std::span<const double> basis, double available) {
  double level = 0;
  for (std::size_t before = order.size() + 1;;) {
    std::size_t full = 0;
    double taken = 0;
    double open = 0;
    for (std::size_t k = 0; k < order.size(); ++k) {
      const bool is_full = order[k] <= level * basis[k];
      full += is_full ? 1 : 0;
      taken += is_full ? order[k] : 0;
      open += is_full ? 0 : basis[k];
    }
    if (full == before) return level;
    if (!(open > 0)) return std::numeric_limits<double>::infinity();
    level = std::max(level, (available - taken) / open);
    before = full;
  }
}

void ration(Rationing rule, const Claims& claims, double available, std::span<double> given) {
  const auto all = claims.order.size();
  const auto part = [&](std::size_t first, std::size_t last, bool by_normal) {
    const auto count = last - first;
    available = serve(claims.order.subspan(first, count),
                      by_normal ? claims.normal.subspan(first, count) : std::span<const double>{},
                      available, given.subspan(first, count));
  };
  switch (rule) {
    case Rationing::proportional:
      return part(0, all, false);
    case Rationing::final_last:
      part(0, claims.makers, false);
      return part(claims.makers, all, false);
    case Rationing::low_order_first:
      return part(0, all, true);
    case Rationing::low_order_first_final_last:
      part(0, claims.makers, true);
      return part(claims.makers, all, true);
    case Rationing::priority:
      return serve_by_class(claims, available, given);
  }
}

}  // namespace stave
