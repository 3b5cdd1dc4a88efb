#include "stave/core/error.hpp"
#include "stave/inventory/unit.hpp"
#include "stave/linalg/leontief.hpp"
#include "stave/product/footprint.hpp"

#include <cctype>
#include <cmath>
#include <optional>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace stave {
namespace {

/// How much of its currency one unit of a table is: "million USD" is 1e6 USD.
struct MoneyUnit {
  double factor = 1;
  std::string currency;
};

MoneyUnit money_of(const ChainInfo& info) {
  constexpr std::array<std::pair<std::string_view, double>, 8> multiples{{
      {"100 million ", 1e8},
      {"10 thousand ", 1e4},
      {"10,000 ", 1e4},
      {"1000 ", 1e3},
      {"thousand ", 1e3},
      {"million ", 1e6},
      {"billion ", 1e9},
      {"trillion ", 1e12},
  }};
  for (const auto& [word, factor] : multiples)
    if (info.unit.starts_with(word)) return {factor, info.unit.substr(word.size())};
  return {1, info.unit};
}

std::string lower_case(std::string_view text) {
  std::string result(text);
  for (auto& c : result) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return result;
}

// kg CO2-equivalent of one unit of a stressor, where the factors know it.
std::optional<double> factor_of(const Stressor& stressor,
                                const std::vector<CharacterisationFactor>& factors) {
  for (const auto& factor : factors)
    if (lower_case(factor.flow) == lower_case(stressor.name))
      if (const auto unit = unit_factor(stressor.unit, factor.unit))
        return factor.amount.value * *unit;
  return std::nullopt;
}

/// [n] kg CO2-equivalent given off by each node itself; the names of what is counted.
std::vector<double> emissions_of(const Chain& chain, const Inventory& inventory,
                                 std::vector<std::string>& counted) {
  auto factors = inventory.factors;
  if (!inventory.factor_set.empty())
    for (auto& factor : factor_set(inventory.factor_set)) factors.push_back(std::move(factor));
  std::vector<double> emissions(chain.size());
  for (std::size_t s = 0; s < chain.stressor_rows().size(); ++s) {
    const auto factor = factor_of(chain.stressor_rows()[s], factors);
    if (!factor) continue;
    counted.push_back(chain.stressor_rows()[s].name);
    for (std::size_t i = 0; i < chain.size(); ++i)
      emissions[i] += *factor * chain.stressors()(s, i);
  }
  return emissions;
}

std::int32_t table_flow(ProductSystem& system, const Chain& chain) {
  system.flows.push_back({.name = "CO2e by table",
                          .compartment = "air",
                          .unit = "kg",
                          .factor = 1,
                          .factor_scale = 1,
                          .source = chain.info().name});
  return static_cast<std::int32_t>(system.flows.size()) - 1;
}

}  // namespace

std::string price_sectors(ProductSystem& system, const Inventory& inventory, const Chain& chain) {
  std::vector<std::size_t> sectors;
  for (std::size_t i = 0; i < system.size(); ++i)
    if (!system.processes[i].sector.empty()) sectors.push_back(i);
  if (sectors.empty()) return {};
  if (chain.size() == 0)
    throw Error(Errc::missing_part,
                fmt::format("the project buys from sector {}, and no table was given",
                            system.processes[sectors.front()].sector),
                "Name the table: --chain world-2011.");
  std::vector<std::string> counted;
  const auto emissions = emissions_of(chain, inventory, counted);
  if (counted.empty())
    throw Error(Errc::missing_part,
                fmt::format("{} has no emissions that the factors know", chain.info().name),
                "Add them with stave import --stressors.");
  Matrix stressors(1, chain.size());
  for (std::size_t i = 0; i < chain.size(); ++i) stressors(0, i) = emissions[i];
  LeontiefSystem table(chain.flows(), chain.output());
  const auto behind = table.multipliers(intensities(stressors, chain.output()).view()).values;
  const auto money = money_of(chain.info());
  const auto flow = table_flow(system, chain);
  for (const auto i : sectors) {
    const auto& process = system.processes[i];
    const auto node = chain.require_node(process.sector);
    if (process.unit != money.currency)
      throw Error(Errc::bad_input,
                  fmt::format("the price of what is bought from {} is in {}; {} is in {}",
                              process.sector, process.unit, chain.info().name, chain.info().unit),
                  fmt::format("Give the price in {} of {}.", money.currency, chain.info().year));
    const double value = behind(0, node.at()) / money.factor;
    system.biosphere.push_back(
        {.row = flow, .column = static_cast<std::int32_t>(i), .value = value, .scale = value});
  }
  return fmt::format(
      "{} sectors of {} ({}, {}): {} behind a unit of money, all tiers of the table; "
      "prices are basic prices of that year. What a sector buys from the project's "
      "own activities is counted with the sector.",
      sectors.size(), chain.info().name, chain.info().unit, chain.info().year,
      fmt::join(counted, ", "));
}

}  // namespace stave
