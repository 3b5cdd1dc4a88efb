#include "stave/footprint/footprint.hpp"

#include "stave/core/error.hpp"

#include <cmath>
#include <numeric>

#include <fmt/format.h>

namespace stave {
namespace {

// A w.
std::vector<double> one_tier_back(const Chain& chain, const std::vector<double>& w) {
  const auto n = chain.size();
  std::vector<double> per_output(n);
  for (std::size_t j = 0; j < n; ++j)
    per_output[j] = chain.output()[j] == 0 ? 0 : w[j] / chain.output()[j];
  std::vector<double> back(n);
  for (std::size_t i = 0; i < n; ++i)
    chain.flows().for_each_in_row(
        i, [&](std::size_t j, double flow) { back[i] += flow * per_output[j]; });
  return back;
}

double product_of(std::span<const double> a, std::span<const double> b) {
  return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

double product_of_sizes(std::span<const double> a, std::span<const double> b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += std::abs(a[i] * b[i]);
  return sum;
}

double sum_of(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

}  // namespace

std::vector<NodeId> makers_meant(const Chain& chain, const FootprintQuestion& q) {
  std::vector<NodeId> makers;
  for (std::size_t i = 0; i < chain.size(); ++i) {
    const auto& node = chain.nodes()[i];
    const bool here = !q.product || !q.region || node.region == *q.region;
    if (here && (!q.product || node.product == *q.product)) makers.emplace_back(i);
  }
  if (makers.empty() && q.product)
    throw Error(Errc::not_found,
                fmt::format("nobody makes '{}'{}", chain.products()[*q.product].name,
                            q.region ? " in " + chain.regions()[*q.region].name : std::string()),
                "Without --region it is the product of all its makers.");
  return makers;
}

PathQuestion footprint_of(const Chain& chain, const Indicator& indicator,
                          const FootprintQuestion& q) {
  if (chain.final_use().size() == 0)
    throw Error(
        Errc::missing_part,
        fmt::format("a footprint needs final use, which {} does not have", chain.info().name));
  PathQuestion question;
  question.intensity = direct_amounts(chain, indicator);
  question.use.resize(chain.size());
  for (std::size_t i = 0; i < chain.size(); ++i)
    question.intensity[i] = chain.output()[i] == 0 ? 0 : question.intensity[i] / chain.output()[i];
  for (const auto maker : makers_meant(chain, q))
    for (std::size_t k = 0; k < chain.final_columns().size(); ++k)
      if (q.product || !q.region || chain.final_columns()[k].region == *q.region)
        question.use[maker.at()] += chain.final_use()(maker.at(), k);
  return question;
}

TierList footprint_by_tier(const Chain& chain, const PathQuestion& q,
                           std::span<const double> multipliers, int tiers) {
  if (q.use.size() != chain.size() || q.intensity.size() != chain.size() ||
      multipliers.size() != chain.size())
    throw Error(Errc::bad_input,
                fmt::format("tiers of {} makers: {} intensities, {} final uses, {} multipliers",
                            chain.size(), q.intensity.size(), q.use.size(), multipliers.size()));
  if (tiers < 0 || tiers > limit::max_footprint_tiers)
    throw Error(Errc::bad_input,
                fmt::format("{} tiers are not from 0 to {}", tiers, limit::max_footprint_tiers));
  TierList list;
  list.footprint = product_of(multipliers, q.use);
  auto asked_for = q.use;
  for (int k = 0; k <= tiers; ++k) {
    list.value.push_back(product_of(q.intensity, asked_for));
    asked_for = one_tier_back(chain, asked_for);
  }
  list.remainder = product_of(multipliers, asked_for);
  const double size = product_of_sizes(multipliers, q.use);
  const double miss = sum_of(list.value) + list.remainder - list.footprint;
  list.imbalance = size > 0 ? std::abs(miss) / size : 0;
  return list;
}

SectorFootprint sector_footprint(const Chain& chain, const Indicator& indicator,
                                 std::span<const double> multipliers,
                                 std::span<const NodeId> makers) {
  const auto direct = direct_amounts(chain, indicator);
  SectorFootprint s;
  for (const auto maker : makers) {
    const auto i = maker.at();
    const double sales = sum_of(chain.final_use().row(i));
    s.output += chain.output()[i];
    s.value_added += chain.value_added()[i];
    s.final_sales += sales;
    s.direct += direct[i];
    s.of_final += multipliers[i] * sales;
    s.of_output += multipliers[i] * chain.output()[i];
  }
  return s;
}

}  // namespace stave
