#pragma once
/// What a footprint counts: one stressor, or several put together by factors of a named set.
///
///   amount_i = sum_k factor_k F(row_k, i)
///
///   Indicator co2 = one_stressor(chain, 0);
///   Indicator all = carbon_dioxide_equivalent(chain, "AR6");   // CO2, CH4, N2O ... by GWP 100

#include "stave/account/account.hpp"
#include "stave/core/chain.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace stave {

struct IndicatorPart {
  std::size_t row = 0;      ///< of F
  double factor = 1;        ///< unit of the indicator a unit of the stressor
  double potential = 1;     ///< of the set: kg CO2-equivalent a kg
  std::string source = {};  ///< "IPCC AR6 WG1 (2021), table 7.15, GWP 100"
};

struct Indicator {
  std::string name;  ///< "CO2", "CO2-equivalent (GWP 100, AR6)"
  std::string unit;
  std::string set = {};  ///< "AR6", "AR5"; empty: a stressor as it is
  std::vector<IndicatorPart> parts;
  std::vector<std::string> left_out = {};  ///< stressors without a factor of the set
};

/// @throws Error missing_part  the chain has no stressors
[[nodiscard]] Indicator one_stressor(const Chain& chain, std::size_t row);
/// The stressor named CO2 (upper or lower case), else the first.
/// @throws Error missing_part  the chain has no stressors
[[nodiscard]] Indicator usual_stressor(const Chain& chain);

/// All greenhouse gases of the chain as CO2-equivalent, by the factors of a set of room inventory
/// (factor_set: "AR6", "AR5"; GWP 100). A stressor counts when its name, or what stands before
/// " - ", is that of a gas, and its unit is a mass. Biogenic CO2 counts 0; rows that are sums of
/// gases already (GHG, CO2e) are left out.
/// @throws Error missing_part  no stressor of the chain has a factor
[[nodiscard]] Indicator carbon_dioxide_equivalent(const Chain& chain, std::string_view set);

/// [n] of production.
[[nodiscard]] std::vector<double> direct_amounts(const Chain& chain, const Indicator& indicator);
/// [f] of final use itself; zero where the chain has no F_Y.
[[nodiscard]] std::vector<double> direct_of_final(const Chain& chain, const Indicator& indicator);

/// Accounts of the indicator: one row each, those of its parts added up by their factors.
/// Errors as accounts.
[[nodiscard]] RegionalAccounts indicator_accounts(const Chain& chain, LeontiefSystem& system,
                                                  const Indicator& indicator, Progress& progress);

}  // namespace stave
