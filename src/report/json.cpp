#include "stave/report/report_writer.hpp"

#include <cmath>

#include <nlohmann/json.hpp>

namespace stave {
namespace {

using Json = nlohmann::ordered_json;

Json values_of(const Column& column) {
  auto values = Json::array();
  if (const auto* reals = std::get_if<std::vector<double>>(&column.cells)) {
    for (const double v : *reals) values.push_back(std::isfinite(v) ? Json(v) : Json(nullptr));
  } else {
    std::visit([&](const auto& cells) { values = cells; }, column.cells);
  }
  return values;
}

Json object(const Table& table) {
  auto columns = Json::array();
  for (const auto& column : table.columns())
    columns.push_back({{"name", column.spec.name},
                       {"type", to_string(column.spec.type)},
                       {"unit", column.spec.unit},
                       {"meaning", column.spec.meaning},
                       {"values", values_of(column)}});
  return {{"name", table.name()}, {"title", table.title()}, {"columns", columns}};
}

Json object(const Figure& figure) {
  return {{"kind", figure.kind},       {"table", figure.table},     {"title", figure.title},
          {"caption", figure.caption}, {"columns", figure.columns}, {"most", figure.most}};
}

Json object(const Provenance& p) {
  auto residuals = Json::array();
  for (const auto& r : p.residuals)
    residuals.push_back(
        {{"balance", r.balance}, {"relative", r.relative}, {"tolerance", r.tolerance}});
  auto parameters = Json::object();
  for (const auto& [name, value] : p.parameters) parameters[name] = value;
  return {{"chain", p.chain},     {"title", p.title},         {"year", p.year},
          {"unit", p.unit},       {"source", p.source},       {"licence", p.licence},
          {"version", p.version}, {"parameters", parameters}, {"residuals", residuals},
          {"notes", p.notes}};
}

template <class Items>
Json list(const Items& items) {
  auto result = Json::array();
  for (const auto& item : items) result.push_back(object(item));
  return result;
}

// Names come from users' files: what is not UTF-8 is replaced, never thrown over.
std::string text(const Json& json, int indent) {
  return json.dump(indent, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

std::string to_json(const Report& report, int indent) {
  auto findings = Json::array();
  for (const auto& f : report.findings)
    findings.push_back({{"text", f.text}, {"tone", to_string(f.tone)}});
  const Json json = {{"analysis", report.analysis},
                     {"title", report.title},
                     {"question", report.question},
                     {"verdict", report.verdict},
                     {"partial", report.partial},
                     {"findings", findings},
                     {"tables", list(report.tables)},
                     {"figures", list(report.figures)},
                     {"provenance", object(report.provenance)}};
  return text(json, indent);
}

std::string to_json(const Table& table, int indent) { return text(object(table), indent); }

}  // namespace stave
