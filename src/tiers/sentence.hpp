#pragma once
/// What an answer in tiers says in words.

#include "stave/analysis/report.hpp"
#include "stave/tiers/tiers.hpp"

#include <optional>
#include <vector>

#include "tiers/risk.hpp"

namespace stave {

struct TierAnswer {
  const Chain& chain;
  ChainTiers tiers;
  std::optional<FocusRisk> risk = {};  ///< none: off
  bool too_large = false;              ///< for risk, though it was asked for
};

[[nodiscard]] std::vector<Finding> tier_findings(const TierAnswer& a);
/// How it was made, what was left out.
[[nodiscard]] std::vector<std::string> tier_notes(const TierAnswer& a);

}  // namespace stave
