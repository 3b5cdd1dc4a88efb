#include "stave/analysis/analysis.hpp"

#include "stave/core/error.hpp"

#include <algorithm>
#include <stdexcept>

#include <fmt/format.h>

namespace stave {
namespace {

bool has_part(const Chain& chain, std::string_view part) {
  if (part == "flows") return chain.flows().nonzeros() > 0;
  if (part == "final use") return chain.final_use().size() > 0;
  if (part == "primary inputs") return !chain.primary_rows().empty();
  if (part == "stressors") return !chain.stressor_rows().empty();
  if (part == "regions") return chain.regions().size() > 1;
  throw std::logic_error("an analysis needs an unknown part: " + std::string(part));
}

std::string hint_for(const std::string& part, const Chain& chain) {
  if (part == "flows")
    return fmt::format(
        "{} has {} makers, and none sells to another: were the links read? See stave "
        "info.",
        chain.info().name, chain.size());
  if (part == "stressors") return "Add some with: stave import CHAIN --stressors FILE.csv";
  if (part == "regions")
    return "Take a chain of several regions with the flows between them, such as world-2011.";
  return {};
}

void require_parts(const Declaration& declaration, const Chain& chain) {
  for (const auto& part : declaration.needs)
    if (!has_part(chain, part))
      throw Error(Errc::missing_part,
                  fmt::format("'{}' needs {}, which {} does not have", declaration.name,
                              part == "regions" ? "two regions or more" : part, chain.info().name),
                  hint_for(part, chain));
}

}  // namespace

Report run(const Analysis& analysis, const Chain& chain, const Arguments::Given& given,
           Progress& progress, const ChainOpener& open) {
  require_parts(analysis.declaration, chain);
  const Arguments arguments(analysis.declaration, given, chain, open);
  auto report = analysis.run(chain, arguments, progress);
  report.analysis = analysis.declaration.name;
  report.question = analysis.declaration.question;
  auto& p = report.provenance;
  if (!analysis.declaration.chain_optional || chain.size() > 0) {
    p.chain = chain.info().name;
    p.title = chain.info().title;
    p.year = chain.info().year;
    p.unit = chain.info().unit;
    p.source = chain.info().source;
    p.licence = chain.info().licence;
  }
  p.version = version();
  p.parameters = arguments.values();
  p.notes.insert(p.notes.end(), chain.info().notes.begin(), chain.info().notes.end());
  return report;
}

Table declared_table(const Declaration& declaration, std::string_view name) {
  const auto found = std::find_if(declaration.tables.begin(), declaration.tables.end(),
                                  [&](const TableSpec& t) { return t.name == name; });
  if (found == declaration.tables.end())
    throw std::logic_error(declaration.name + " declares no table " + std::string(name));
  return {found->name, found->title, found->columns};
}

std::string_view version() { return STAVE_VERSION; }

}  // namespace stave
