#include "footprint/answer.hpp"

#include "stave/inventory/unit.hpp"
#include "stave/linalg/blocked_system.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

#include <fmt/format.h>

namespace stave::footprint {
namespace {

constexpr double no_value = std::numeric_limits<double>::quiet_NaN();

Matrix one_row(const std::vector<double>& values) {
  Matrix row(1, values.size());
  std::ranges::copy(values, row.values().begin());
  return row;
}

Matrix one_column(const std::vector<double>& values) {
  Matrix column(values.size(), 1);
  std::ranges::copy(values, column.values().begin());
  return column;
}

double final_itself_of(const Chain& chain, const Indicator& indicator,
                       const FootprintQuestion& asked) {
  if (asked.product) return 0;
  const auto amounts = direct_of_final(chain, indicator);
  double sum = 0;
  for (std::size_t k = 0; k < amounts.size(); ++k)
    if (!asked.region || chain.final_columns()[k].region == *asked.region) sum += amounts[k];
  return sum;
}

bool is_worth_paths(const Answer& a) {
  double size = 0;
  for (std::size_t i = 0; i < a.multipliers.size(); ++i)
    size += std::abs(a.multipliers[i] * a.question.use[i]);
  return std::abs(a.footprint()) > 1e-9 * size;
}

// "million USD" is 1e6 USD.
std::pair<std::string, double> money_of(const std::string& unit) {
  static const std::vector<std::pair<std::string, double>> words{
      {"billion ", 1e9}, {"million ", 1e6},  {"10,000 ", 1e4}, {"10000 ", 1e4},
      {"1,000 ", 1e3},   {"thousand ", 1e3}, {"1000 ", 1e3}};
  for (const auto& [word, factor] : words)
    if (unit.starts_with(word)) return {unit.substr(word.size()), factor};
  return {unit, 1};
}

// In kg where the amount is a mass.
MoneyUnit money_unit(const std::string& amount, const std::string& flows) {
  const auto kilograms = unit_factor(amount, "kg");
  if (!kilograms) return {fmt::format("{} / {}", amount, flows), 1};
  const auto [money, units] = money_of(flows);
  return {fmt::format("kg / {}", money), *kilograms / units};
}

std::vector<double> sums(const std::vector<double>& values, std::size_t size, auto&& place_of) {
  std::vector<double> result(size);
  for (std::size_t i = 0; i < values.size(); ++i) result[place_of(i)] += values[i];
  return result;
}

}  // namespace

double Answer::share(double value) const {
  return footprint() == 0 ? no_value : 100 * value / footprint();
}

double Answer::per_head(double value, RegionId region) const {
  const auto* people = chain.region_attribute("population");
  return people != nullptr && people->values[region.at()] > 0 ? value / people->values[region.at()]
                                                              : no_value;
}

std::string Answer::per_head_unit() const {
  const auto* people = chain.region_attribute("population");
  return fmt::format("{} / {}", indicator.unit,
                     people == nullptr || people->unit.empty() ? "person" : people->unit);
}

Answer answer(const Chain& chain, Indicator indicator, const FootprintQuestion& asked,
              const AnswerOptions& options, Progress& progress) {
  Answer a{.chain = chain, .indicator = std::move(indicator), .asked = asked};
  a.question = footprint_of(chain, a.indicator, asked);
  auto system = blocked_system(chain, chain.output());
  a.accounts = indicator_accounts(chain, system, a.indicator, progress);
  const auto m = system.multipliers(one_row(a.question.intensity).view(), progress);
  a.multipliers.assign(m.values.values().begin(), m.values.values().end());
  const auto made = system.requirements(one_column(a.question.use).view(), progress);
  a.residual = std::max({a.accounts.solution.residual, m.residual, made.residual});
  a.sources.assign(made.values.values().begin(), made.values.values().end());
  for (std::size_t i = 0; i < a.sources.size(); ++i) a.sources[i] *= a.question.intensity[i];
  a.tiers = footprint_by_tier(chain, a.question, a.multipliers, options.tiers);
  a.final_itself = final_itself_of(chain, a.indicator, asked);
  a.per_money = money_unit(a.indicator.unit, chain.info().unit);
  if (!is_worth_paths(a)) return a;
  a.paths = paths_above(chain, system, a.question, {.threshold = options.threshold}, progress);
  a.residual = std::max(a.residual, a.paths.residual);
  return a;
}

std::vector<double> value_added_by_region(const Chain& chain) {
  return sum_by_region(chain, chain.value_added());
}

std::vector<double> sum_by_region(const Chain& chain, const std::vector<double>& values) {
  return sums(values, chain.regions().size(),
              [&](std::size_t i) { return chain.nodes()[i].region.at(); });
}

std::vector<double> sum_by_product(const Chain& chain, const std::vector<double>& values) {
  return sums(values, chain.products().size(),
              [&](std::size_t i) { return chain.nodes()[i].product.at(); });
}

std::vector<std::size_t> largest_first(const std::vector<double>& values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, std::greater<>(), [&](std::size_t i) { return values[i]; });
  return order;
}

}  // namespace stave::footprint
