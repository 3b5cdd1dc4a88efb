#pragma once
/// The main job in one report: is the chain sound, where is a region stuck, who causes what?
///
///   Report r = run(diagnose_analysis(), chain, {{"region", "CHN"}});
///
/// Runs `check`, `exposure` and `accounts` once each and joins their reports: findings first, an
/// unsound chain at the very top, then exposure, then accounts; their tables, figures, balances and
/// notes follow. Parameters are those of `exposure`.

#include "stave/analysis/analysis.hpp"

namespace stave {

/// `stave diagnose`. The verdict is that of `check`.
/// @throws Error as `exposure` does of a sound chain. What fails of an unsound one is a finding.
[[nodiscard]] Analysis diagnose_analysis();

}  // namespace stave
