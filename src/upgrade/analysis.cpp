// `stave upgrade`: is a region moving to the middle and high end?
#include <fmt/format.h>

#include "upgrade/declaration.hpp"
#include "upgrade/movement.hpp"

namespace stave {
namespace {

Report upgrade_report(const Chain& chain, const Arguments& arguments, Progress& progress) {
  const auto m = movement(chain, arguments, progress);
  Report report;
  report.title = m.several()
                     ? fmt::format("Upgrading of {}, {} to {}", m.trader().name,
                                   m.years.label.front(), m.years.label.back())
                     : fmt::format("Where {} stands, {}", m.trader().name, chain.info().name);
  report.findings = upgrade::findings_of(m);
  report.tables = upgrade::tables_of(m);
  report.figures = upgrade::figures_of(m);
  report.provenance = upgrade::provenance_of(m);
  return report;
}

}  // namespace

Analysis upgrade_analysis() { return {upgrade_declaration(), upgrade_report}; }

}  // namespace stave
