#pragma once
/// The tables and words of the report. Internal to the room.

#include "stave/abatement/abatement.hpp"
#include "stave/analysis/report.hpp"

namespace stave {

/// One system before or after.
struct SwitchState {
  const FootprintSystem& system;
  const Footprint& footprint;
  std::vector<FootprintPart> tiers;
  std::vector<FootprintPart> components;
};

struct ToldSwitches {
  const Inventory& inventory;
  const FunctionalUnit& asked;
  const SwitchState& before;
  const SwitchState& after;
  const std::vector<LinkedSwitch>& switches;
  const std::vector<double>& shares;
  const SwitchModel& model;
  SwitchOutcome together;
  std::vector<SwitchOutcome> alone;
  std::vector<AbatementStep> curve;
  std::optional<double> budget;
  std::optional<BudgetChoice> choice;
  std::string currency;
  std::optional<double> price;  ///< money for all that is asked, before
  const Chain& chain;
  std::optional<NodeId> buyer;
  std::vector<SwitchSide> sides;

  [[nodiscard]] double percent(double kilograms) const {
    return model.before() == 0 ? 0 : 100 * kilograms / model.before();
  }
  [[nodiscard]] double saved(std::size_t k) const { return model.before() - alone[k].score; }
};

[[nodiscard]] Report report_of(const ToldSwitches& told);

// tables
[[nodiscard]] Table together_table(const ToldSwitches& told);
[[nodiscard]] Table switch_table(const ToldSwitches& told);
[[nodiscard]] Table tier_table(const ToldSwitches& told);
[[nodiscard]] Table component_table(const ToldSwitches& told);
[[nodiscard]] Table curve_table(const ToldSwitches& told);
[[nodiscard]] Table budget_table(const ToldSwitches& told);
[[nodiscard]] Table risk_table(const ToldSwitches& told);

/// Which new maker is the worse choke point: the sides of each switch that names both.
struct SidePair {
  const SwitchSide* old = nullptr;
  const SwitchSide* fresh = nullptr;
};
[[nodiscard]] std::vector<SidePair> side_pairs(const std::vector<SwitchSide>& sides);
/// "worse choke point", "lesser choke point" or "no different", by the buyer's loss; "not compared"
/// where no purchases could be moved to the new maker.
[[nodiscard]] std::string_view verdict_of(const SidePair& pair);

}  // namespace stave
