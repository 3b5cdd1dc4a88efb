#include "stave/footprint/indicator.hpp"

#include "stave/core/error.hpp"
#include "stave/inventory/inventory.hpp"
#include "stave/inventory/unit.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace stave {
namespace {

void demand_stressors(const Chain& chain) {
  if (chain.stressor_rows().empty())
    throw Error(Errc::missing_part,
                fmt::format("a footprint needs stressors (CO2, energy, jobs ...), which {} does "
                            "not have",
                            chain.info().name),
                "Add some with: stave import CHAIN --stressors FILE.csv");
}

std::string lower_case(std::string text) {
  for (auto& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

// One row: the sum of the rows by the factors.
Matrix added_up(const Matrix& rows, const Indicator& indicator) {
  Matrix sum(1, rows.cols());
  for (std::size_t k = 0; k < rows.rows(); ++k)
    for (std::size_t r = 0; r < rows.cols(); ++r)
      sum(0, r) += indicator.parts[k].factor * rows(k, r);
  return sum;
}

// "CH4 - agriculture - air" speaks of CH4.
std::string gas_of(const std::string& name) { return lower_case(name.substr(0, name.find(" - "))); }

std::optional<CharacterisationFactor> factor_for(const std::vector<CharacterisationFactor>& factors,
                                                 const std::string& gas) {
  static constexpr std::array sums{"ghg", "co2e", "co2-eq"};
  if (std::ranges::find(sums, gas) != sums.end()) return std::nullopt;
  const auto found =
      std::ranges::find_if(factors, [&](const auto& f) { return lower_case(f.flow) == gas; });
  return found == factors.end() ? std::nullopt : std::optional(*found);
}

[[noreturn]] void refuse_gases(const Chain& chain, const Indicator& indicator) {
  throw Error(Errc::missing_part,
              fmt::format("no stressor of {} has a factor of {}: {}", chain.info().name,
                          indicator.set, fmt::join(indicator.left_out, ", ")),
              "It takes gases by name (CO2, CH4, N2O, 'CH4, biogenic' ...) in a unit of mass.");
}

}  // namespace

Indicator one_stressor(const Chain& chain, std::size_t row) {
  demand_stressors(chain);
  const auto& stressor = chain.stressor_rows()[row];
  return {.name = stressor.name, .unit = stressor.unit, .parts = {{.row = row}}};
}

Indicator usual_stressor(const Chain& chain) {
  demand_stressors(chain);
  const auto& rows = chain.stressor_rows();
  const auto co2 =
      std::ranges::find_if(rows, [](const Stressor& s) { return lower_case(s.name) == "co2"; });
  return one_stressor(chain, co2 == rows.end() ? 0 : static_cast<std::size_t>(co2 - rows.begin()));
}

Indicator carbon_dioxide_equivalent(const Chain& chain, std::string_view set) {
  demand_stressors(chain);
  const auto factors = factor_set(set);
  Indicator indicator{.name = fmt::format("CO2-equivalent (GWP 100, {})", set),
                      .set = std::string(set)};
  for (std::size_t row = 0; row < chain.stressor_rows().size(); ++row) {
    const auto& stressor = chain.stressor_rows()[row];
    const auto factor = factor_for(factors, gas_of(stressor.name));
    if (!factor || !unit_factor(stressor.unit, factor->unit)) {
      indicator.left_out.push_back(fmt::format("{} [{}]", stressor.name, stressor.unit));
      continue;
    }
    if (indicator.parts.empty()) indicator.unit = stressor.unit;
    const double scale = *unit_factor(stressor.unit, indicator.unit);
    indicator.parts.push_back({.row = row,
                               .factor = scale * factor->amount.value,
                               .potential = factor->amount.value,
                               .source = factor->source});
  }
  if (indicator.parts.empty()) refuse_gases(chain, indicator);
  return indicator;
}

std::vector<double> direct_amounts(const Chain& chain, const Indicator& indicator) {
  std::vector<double> amounts(chain.size());
  for (const auto& part : indicator.parts)
    for (std::size_t i = 0; i < amounts.size(); ++i)
      amounts[i] += part.factor * chain.stressors()(part.row, i);
  return amounts;
}

std::vector<double> direct_of_final(const Chain& chain, const Indicator& indicator) {
  std::vector<double> amounts(chain.final_columns().size());
  for (const auto& part : indicator.parts)
    for (std::size_t k = 0; k < chain.stressors_final().cols(); ++k)
      amounts[k] += part.factor * chain.stressors_final()(part.row, k);
  return amounts;
}

RegionalAccounts indicator_accounts(const Chain& chain, LeontiefSystem& system,
                                    const Indicator& indicator, Progress& progress) {
  AccountOptions options{.bilateral = true};
  for (const auto& part : indicator.parts) options.stressors.push_back(part.row);
  auto a = accounts(chain, system, options, progress);
  for (auto* account : {&a.production, &a.consumption, &a.imports, &a.exports})
    *account = added_up(*account, indicator);
  Matrix flows(a.bilateral.front().rows(), a.bilateral.front().cols());
  double unattributed = 0;
  for (std::size_t k = 0; k < indicator.parts.size(); ++k) {
    const double factor = indicator.parts[k].factor;
    const auto part = a.bilateral[k].values();
    for (std::size_t e = 0; e < part.size(); ++e) flows.values()[e] += factor * part[e];
    unattributed += factor * a.unattributed[k];
  }
  a.bilateral.clear();
  a.bilateral.push_back(std::move(flows));
  a.unattributed = {unattributed};
  a.imbalance = {a.worst_imbalance()};
  return a;
}

}  // namespace stave
