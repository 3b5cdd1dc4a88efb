#pragma once
/// An analysis is a declaration and a pure function. The registry knows them all.
///
///   const Analysis& a = require_analysis("exposure");
///   Report r = run(a, chain, {{"region", "CHN"}});

#include "stave/analysis/declaration.hpp"
#include "stave/analysis/report.hpp"
#include "stave/core/progress.hpp"

#include <functional>
#include <string_view>
#include <vector>

namespace stave {

struct Analysis {
  Declaration declaration;
  std::function<Report(const Chain&, const Arguments&, Progress&)> run;
};

/// Reads the arguments (opens the other chains they name), runs, and fills in question, parameters,
/// chain and version.
/// @throws Error as Arguments and the analysis do; missing_part when the chain lacks what it needs
[[nodiscard]] Report run(const Analysis& analysis, const Chain& chain,
                         const Arguments::Given& given = {}, Progress& progress = no_progress(),
                         const ChainOpener& open = {});

/// An empty table with the columns declared under that name.
/// @throws std::logic_error when the declaration has no such table
[[nodiscard]] Table declared_table(const Declaration& declaration, std::string_view name);

/// Version of Stave, "0.1.0".
[[nodiscard]] std::string_view version();

}  // namespace stave
