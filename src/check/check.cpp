#include "stave/check/check.hpp"

#include <algorithm>

#include "tests.hpp"

namespace stave {

std::string_view to_string(Outcome outcome) {
  switch (outcome) {
    case Outcome::note:
      return "note";
    case Outcome::warning:
      return "warning";
    case Outcome::fail:
      return "fail";
    case Outcome::skipped:
      return "skipped";
    case Outcome::pass:
      break;
  }
  return "pass";
}

CheckResult check(const Chain& chain, const CheckOptions& options, Progress& progress) {
  CheckResult result;
  progress.report("checking cells", 0);
  check_cells(chain, options, result);
  progress.check();
  progress.report("checking balances", 0.3);
  check_balances(chain, options, result);
  check_nodes(chain, result);
  progress.check();
  progress.report("checking productivity", 0.5);
  check_productivity(chain, result);
  check_names(chain, result);
  check_stressors(chain, result);
  progress.report("checking", 1);
  result.sound = std::none_of(result.tests.begin(), result.tests.end(),
                              [](const Check& c) { return c.outcome == Outcome::fail; });
  return result;
}

}  // namespace stave
