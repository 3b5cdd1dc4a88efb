#include "stave/core/error.hpp"
#include "stave/report/report_reader.hpp"

#include <limits>

#include <nlohmann/json.hpp>

namespace stave {
namespace {

using Kept = nlohmann::ordered_json;

Tone tone_of(const std::string& word) {
  for (const auto tone : {Tone::good, Tone::warning, Tone::alarm})
    if (to_string(tone) == word) return tone;
  return Tone::plain;
}

ColumnType type_of(const std::string& word) {
  for (const auto type : {ColumnType::text, ColumnType::integer})
    if (to_string(type) == word) return type;
  return ColumnType::real;
}

double real_of(const Kept& value) {
  return value.is_null() ? std::numeric_limits<double>::quiet_NaN() : value.get<double>();
}

std::vector<double> reals_of(const Kept& values) {
  std::vector<double> reals;
  reals.reserve(values.size());
  for (const auto& value : values) reals.push_back(real_of(value));
  return reals;
}

Table kept_table(const Kept& json) {
  std::vector<ColumnSpec> specs;
  for (const auto& c : json.at("columns"))
    specs.push_back({.name = c.at("name"),
                     .type = type_of(c.at("type")),
                     .unit = c.at("unit"),
                     .meaning = c.at("meaning")});
  Table table(json.at("name"), json.at("title"), specs);
  for (std::size_t i = 0; i < specs.size(); ++i) {
    const auto& values = json.at("columns").at(i).at("values");
    auto& cells = table.column(i).cells;
    if (specs[i].type == ColumnType::text)
      cells = values.get<std::vector<std::string>>();
    else if (specs[i].type == ColumnType::integer)
      cells = values.get<std::vector<std::int64_t>>();
    else
      cells = reals_of(values);
  }
  return table;
}

Figure kept_figure(const Kept& json) {
  return {.kind = json.at("kind"),
          .table = json.at("table"),
          .title = json.at("title"),
          .caption = json.at("caption"),
          .columns = json.at("columns").get<std::map<std::string, std::string>>(),
          .most = json.at("most")};
}

Provenance kept_provenance(const Kept& json) {
  Provenance p{.chain = json.at("chain"),
               .title = json.at("title"),
               .year = json.at("year"),
               .unit = json.at("unit"),
               .source = json.at("source"),
               .licence = json.at("licence"),
               .version = json.at("version"),
               .parameters = {},
               .residuals = {},
               .notes = json.at("notes").get<std::vector<std::string>>()};
  for (const auto& [name, value] : json.at("parameters").items()) p.parameters[name] = value;
  for (const auto& r : json.at("residuals"))
    p.residuals.push_back({.balance = r.at("balance"),
                           .relative = real_of(r.at("relative")),
                           .tolerance = real_of(r.at("tolerance"))});
  return p;
}

Report kept_report(const Kept& json) {
  Report report;
  report.analysis = json.at("analysis");
  report.title = json.at("title");
  report.question = json.at("question");
  report.verdict = json.at("verdict");
  report.partial = json.at("partial");
  for (const auto& f : json.at("findings"))
    report.findings.push_back({.text = f.at("text"), .tone = tone_of(f.at("tone"))});
  for (const auto& table : json.at("tables")) report.tables.push_back(kept_table(table));
  for (const auto& figure : json.at("figures")) report.figures.push_back(kept_figure(figure));
  report.provenance = kept_provenance(json.at("provenance"));
  return report;
}

}  // namespace

Report report_from_json(std::string_view text) {
  try {
    return kept_report(Kept::parse(text));
  } catch (const Kept::exception& e) {
    throw Error(Errc::foreign_file, std::string("not a report as JSON: ") + e.what(),
                "docs/report.md says what it holds.");
  }
}

}  // namespace stave
