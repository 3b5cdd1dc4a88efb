#include "allocation/plan.hpp"

#include <algorithm>
#include <cmath>

namespace stave {
namespace {

/// The middle one of the outputs (or capacities) above zero: most quantities are then near 1.
double middling(const SupplyWeb& web) {
  std::vector<double> sizes;
  for (std::size_t j = 0; j < web.makers; ++j) {
    const double size = web.output[j] > 0 ? web.output[j] : web.capacity[j];
    if (size > 0 && std::isfinite(size)) sizes.push_back(size);
  }
  if (sizes.empty()) return 1;
  const auto middle = sizes.begin() + static_cast<std::ptrdiff_t>(sizes.size() / 2);
  std::nth_element(sizes.begin(), middle, sizes.end());
  return *middle;
}

/// Sums that should cancel, and do but for rounding.
double without_rounding(double gap, double size) { return std::abs(gap) <= 1e-9 * size ? 0 : gap; }

std::vector<double> gaps(const SupplyWeb& web, const PlanLayout& at) {
  std::vector<double> sum(at.rows);
  std::vector<double> size(at.rows);
  const auto count = [&](std::size_t row, double amount) {
    sum[row] += amount;
    size[row] += std::abs(amount);
  };
  for (std::size_t i = 0; i < at.nodes; ++i) count(at.node_row(i), -web.output[i]);
  for (std::size_t k = 0; k < web.needs.size(); ++k) {
    const auto& need = web.needs[k];
    count(at.need_row[k], need.per_unit * web.output[static_cast<std::size_t>(need.user)]);
    count(at.need_row[k], -need.spared);
  }
  for (const auto& link : web.links) {
    count(at.node_row(static_cast<std::size_t>(link.maker)), link.normal);
    count(at.need_row[static_cast<std::size_t>(link.need)], -link.normal);
  }
  for (const auto& use : web.uses)
    count(at.node_row(static_cast<std::size_t>(use.maker)), use.normal);
  for (std::size_t r = 0; r < sum.size(); ++r) sum[r] = without_rounding(sum[r], size[r]) / at.unit;
  return sum;
}

constexpr auto no_row = static_cast<std::size_t>(-1);

/// The one link of each need that follows its user's output and nothing else, or -1.
std::vector<std::int64_t> only_link(const SupplyWeb& web) {
  std::vector<std::int64_t> only(web.needs.size(), -1);
  std::vector<int> count(web.needs.size());
  for (std::size_t l = 0; l < web.links.size(); ++l) {
    const auto k = static_cast<std::size_t>(web.links[l].need);
    only[k] = static_cast<std::int64_t>(l);
    ++count[k];
  }
  for (std::size_t k = 0; k < only.size(); ++k) {
    const auto& need = web.needs[k];
    const auto user = static_cast<std::size_t>(need.user);
    const bool follows = count[k] == 1 && user < web.makers && need.stock == 0 &&
                         need.spared == 0 &&
                         web.links[static_cast<std::size_t>(only[k])].limit >=
                             need.per_unit * std::max(web.output[user], web.capacity[user]);
    if (!follows) only[k] = -1;
  }
  return only;
}

void put_output(const SupplyWeb& web, const PlanLayout& at,
                const std::vector<std::vector<std::size_t>>& needs_of, double sign,
                ProgramData& data) {
  for (std::size_t j = 0; j < at.makers; ++j) {
    const auto range = output_range(web.output[j], web.capacity[j], at.unit);
    data.put(at.node_row(j), -sign);
    for (const auto k : needs_of[j]) data.put(at.need_row[k], sign * web.needs[k].per_unit);
    data.end_column(sign > 0 ? range.least_less : 0, sign > 0 ? range.most_less : range.most_more,
                    0);
  }
}

void put_links(const SupplyWeb& web, const PlanLayout& at, double sign, ProgramData& data) {
  for (std::size_t l = 0; l < web.links.size(); ++l) {
    if (!at.moves(l)) continue;
    const auto& link = web.links[l];
    data.put(at.node_row(static_cast<std::size_t>(link.maker)), sign);
    data.put(at.need_row[static_cast<std::size_t>(link.need)], -sign);
    // A limit below the normal flow is a cut that is forced.
    const double above = (link.limit - link.normal) / at.unit;
    if (sign > 0)
      data.end_column(std::max(0.0, -above), link.normal / at.unit, 0);
    else
      data.end_column(0, std::max(0.0, above), 0);
  }
}

}  // namespace

PlanLayout plan_layout(const SupplyWeb& web, EveryNeed needs) {
  PlanLayout at;
  at.makers = web.makers;
  at.nodes = web.nodes();
  at.uses = web.uses.size();
  at.unit = middling(web);
  at.rows = at.nodes;
  at.need_row.assign(web.needs.size(), no_row);
  for (std::size_t m = 0; m < web.markets.size(); ++m)
    at.need_row[static_cast<std::size_t>(web.markets[m].need)] = at.node_row(web.makers + m);
  const auto single = needs == EveryNeed::has_a_row
                          ? std::vector<std::int64_t>(web.needs.size(), -1)
                          : only_link(web);
  for (std::size_t k = 0; k < web.needs.size(); ++k) {
    if (at.need_row[k] != no_row) continue;
    at.need_row[k] = single[k] >= 0 ? at.node_row(static_cast<std::size_t>(
                                          web.links[static_cast<std::size_t>(single[k])].maker))
                                    : at.rows++;
  }
  at.link_place.assign(web.links.size(), -1);
  for (std::size_t l = 0; l < web.links.size(); ++l)
    if (single[static_cast<std::size_t>(web.links[l].need)] != static_cast<std::int64_t>(l))
      at.link_place[l] = static_cast<std::int32_t>(at.moving++);
  return at;
}

OutputRange output_range(double normal, double capacity, double unit) {
  return {std::max(0.0, normal - capacity) / unit, normal / unit,
          std::max(0.0, capacity - normal) / unit};
}

ProgramData plan_data(const SupplyWeb& web, const PlanLayout& at) {
  ProgramData data;
  data.row_lower = gaps(web, at);
  std::vector<std::vector<std::size_t>> needs_of(at.nodes);
  for (std::size_t k = 0; k < web.needs.size(); ++k)
    needs_of[static_cast<std::size_t>(web.needs[k].user)].push_back(k);
  put_output(web, at, needs_of, 1, data);
  put_output(web, at, needs_of, -1, data);
  put_links(web, at, 1, data);
  put_links(web, at, -1, data);
  for (const auto& use : web.uses) {
    data.put(at.node_row(static_cast<std::size_t>(use.maker)), 1);
    data.end_column(std::max(0.0, use.normal - use.limit) / at.unit, use.normal / at.unit, 0);
  }
  for (std::size_t i = 0; i < at.nodes; ++i) data.put(at.node_row(i), web.stock[i] / at.unit);
  for (std::size_t k = 0; k < web.needs.size(); ++k)
    data.put(at.need_row[k], web.needs[k].stock / at.unit);
  data.end_column(0, no_limit, 0);
  return data;
}

}  // namespace stave
