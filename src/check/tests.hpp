#pragma once
/// The tests that `check` runs, each adding to the result.

#include "stave/check/check.hpp"

#include <limits>

namespace stave {

inline constexpr double none = std::numeric_limits<double>::quiet_NaN();

void check_cells(const Chain& chain, const CheckOptions& options, CheckResult& result);
void check_balances(const Chain& chain, const CheckOptions& options, CheckResult& result);
void check_nodes(const Chain& chain, CheckResult& result);
void check_productivity(const Chain& chain, CheckResult& result);
void check_names(const Chain& chain, CheckResult& result);
void check_stressors(const Chain& chain, CheckResult& result);

}  // namespace stave
