#include "diagnosis/joined_report.hpp"

#include <algorithm>
#include <utility>

namespace stave {
namespace {

bool has_table(const Report& report, const std::string& name) {
  return std::any_of(report.tables.begin(), report.tables.end(),
                     [&](const Table& t) { return t.name() == name; });
}

Table renamed(Table& table, const std::string& name) {
  std::vector<ColumnSpec> specs;
  for (const auto& column : table.columns()) specs.push_back(column.spec);
  Table result(name, table.title(), std::move(specs));
  for (std::size_t c = 0; c < table.columns().size(); ++c)
    result.column(c).cells = std::move(table.column(c).cells);
  return result;
}

}  // namespace

void append(Report& report, Report part, const std::string& prefix) {
  for (auto& table : part.tables) {
    if (has_table(report, table.name())) {
      const auto name = prefix + "_" + table.name();
      for (auto& figure : part.figures)
        if (figure.table == table.name()) figure.table = name;
      report.tables.push_back(renamed(table, name));
    } else {
      report.tables.push_back(std::move(table));
    }
  }
  std::move(part.findings.begin(), part.findings.end(), std::back_inserter(report.findings));
  std::move(part.figures.begin(), part.figures.end(), std::back_inserter(report.figures));
  auto& to = report.provenance;
  auto& from = part.provenance;
  std::move(from.residuals.begin(), from.residuals.end(), std::back_inserter(to.residuals));
  for (auto& note : from.notes)
    if (std::find(to.notes.begin(), to.notes.end(), note) == to.notes.end())
      to.notes.push_back(std::move(note));
}

}  // namespace stave
