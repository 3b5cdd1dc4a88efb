#include "stave/account/account.hpp"
#include "stave/check/check.hpp"
#include "stave/core/error.hpp"
#include "stave/diagnosis/diagnosis.hpp"
#include "stave/exposure/exposure.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "diagnosis/joined_report.hpp"

namespace stave {
namespace {

Declaration declaration() {
  const auto exposure = exposure_analysis().declaration;
  Declaration d;
  d.name = "diagnose";
  d.question = "Is the chain sound, where is the region stuck, and who causes what?";
  d.summary =
      "Runs check, exposure and accounts and joins their reports: what would stop the region if a "
      "source outside it were cut, who depends on it, which stressors its use causes elsewhere, "
      "and "
      "whether the chain balances. Parameters are those of exposure.";
  d.needs = exposure.needs;
  d.parameters = exposure.parameters;
  for (const auto& part : {exposure, accounts_analysis().declaration, check_analysis().declaration})
    d.tables.insert(d.tables.end(), part.tables.begin(), part.tables.end());
  d.examples = {{"stave diagnose world-2011 --region CHN", "Where is China stuck?"}};
  d.papers = exposure.papers;
  d.method = "exposure";
  return d;
}

// What the user gave of the parameters that a part knows.
Arguments arguments_of(const Analysis& part, const Arguments& given, const Chain& chain) {
  Arguments::Given known;
  for (const auto& parameter : part.declaration.parameters)
    if (given.has(parameter.name)) known[parameter.name] = given.text(parameter.name);
  return {part.declaration, known, chain};
}

// Only the region goes from exposure to the other parts: "most" of one is not that of another.
Arguments region_only(const Analysis& part, const Arguments& given, const Chain& chain) {
  Arguments::Given known;
  for (const auto& parameter : part.declaration.parameters)
    if (parameter.name == "region") known["region"] = given.text("region");
  return {part.declaration, known, chain};
}

Report failed(const std::string& what, const Error& error) {
  Report report;
  report.findings.push_back(
      {fmt::format("{} could not be computed: {}.", what, error.what()), Tone::alarm});
  return report;
}

// An unsound chain may stop a part; of a sound one, an error is the user's to see.
Report run_part(const std::string& what, bool sound, const auto& part) {
  try {
    return part();
  } catch (const Error& error) {
    if (sound || error.code() == Errc::cancelled) throw;
    return failed(what, error);
  }
}

Report accounts_part(const Chain& chain, const Arguments& given, Progress& progress) {
  if (!chain.stressor_rows().empty() && chain.final_use().size() > 0) {
    const auto accounts = accounts_analysis();
    return accounts.run(chain, region_only(accounts, given, chain), progress);
  }
  Report report;
  const auto* what = chain.stressor_rows().empty() ? "stressors" : "final use";
  report.findings.push_back(
      {fmt::format("The chain has no {}: accounts are left out.", what), Tone::plain});
  return report;
}

Report diagnose(const Chain& chain, const Arguments& arguments, Progress& progress) {
  const auto check = check_analysis();
  const auto exposure = exposure_analysis();
  auto checked = check.run(chain, region_only(check, arguments, chain), progress);
  const bool sound = checked.verdict;
  Report report;
  report.title = fmt::format("Diagnosis of {}, {}",
                             chain.regions()[arguments.region("region")].name, chain.info().name);
  report.verdict = sound;
  if (!sound) std::swap(report.findings, checked.findings);
  append(report,
         run_part("Exposure", sound,
                  [&] {
                    return exposure.run(chain, arguments_of(exposure, arguments, chain), progress);
                  }),
         "exposure");
  append(report,
         run_part("Accounts", sound, [&] { return accounts_part(chain, arguments, progress); }),
         "accounts");
  append(report, std::move(checked), "check");
  return report;
}

}  // namespace

Analysis diagnose_analysis() { return {declaration(), diagnose}; }

}  // namespace stave
