// What was found: of runs, and as quick answers; whole, as pages and as tables.
#include "stave/report/report_reader.hpp"
#include "stave/report/report_writer.hpp"

#include <algorithm>
#include <functional>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "server/answers.hpp"
#include "server/kept_run.hpp"
#include "server/lent_file.hpp"
#include "server/report_difference.hpp"

namespace stave {
namespace {

std::string tag_of(const std::string& text) {
  return fmt::format("\"{:x}-{:x}\"", text.size(), std::hash<std::string>()(text));
}

// A browser may keep it and asks whether it is still the same.
void may_be_kept(Answer& answer, const std::string& of) {
  answer.headers.emplace_back("Cache-Control", "private, no-cache");
  answer.headers.emplace_back("ETag", tag_of(of));
}

Answer kept(const std::string& text) {
  auto answer = json_answer(text);
  may_be_kept(answer, text);
  return answer;
}

std::string parquet_of(const Table& table) {
  const FreshFolder folder;
  const auto path = folder.path() / "table.parquet";
  write_table(table, path);
  return file_text(path);
}

std::string table_text(const Table& table, std::string_view ending) {
  if (ending == "csv") return to_csv(table);
  return ending == "parquet" ? parquet_of(table) : to_json(table) + "\n";
}

std::string type_of(std::string_view ending) {
  if (ending == "csv") return "text/csv; charset=utf-8";
  return ending == "parquet" ? "application/vnd.apache.parquet" : "application/json";
}

// Of the report with that text.
std::string make_table(const std::string& text, const std::string& name, std::string_view ending) {
  const auto report = report_from_json(text);
  std::vector<std::string> names;
  for (const auto& table : report.tables) {
    if (table.name() == name) return table_text(table, ending);
    names.push_back(table.name());
  }
  throw Error(Errc::not_found, fmt::format("the report has no table '{}'", name),
              fmt::format("It has {}.", fmt::join(names, ", ")));
}

// "choke_points.csv"
Answer table_named(const Desk& desk, const std::string& text, const std::string& file) {
  const auto dot = std::min(file.rfind('.'), file.size());
  const auto name = file.substr(0, dot);
  const auto ending = file.substr(std::min(dot + 1, file.size()));
  if (ending != "csv" && ending != "parquet" && ending != "json")
    throw Error(Errc::not_found, "a table is given as NAME.csv, NAME.parquet or NAME.json",
                "The whole report is JSON.");
  const auto key = tag_of(text) + file;
  auto table = desk.tables.find(key);
  if (!table) {
    table = std::make_shared<const std::string>(make_table(text, name, ending));
    desk.tables.keep(key, table);
  }
  Answer answer{.type = type_of(ending), .body = *table};
  if (ending != "json")
    answer.headers = {
        {"Content-Disposition", fmt::format("attachment; filename=\"{}.{}\"", name, ending)}};
  may_be_kept(answer, *table);
  return answer;
}

// The page carries its own policy, which names its script and style; the header repeats it.
Answer report_page(const std::string& text) {
  auto html = to_html(report_from_json(text));
  constexpr std::string_view mark = "http-equiv=\"Content-Security-Policy\" content=\"";
  std::string policy = "default-src 'none'";
  if (const auto at = html.find(mark); at != std::string::npos)
    policy = html.substr(at + mark.size(), html.find('"', at + mark.size()) - at - mark.size());
  return {.type = "text/html; charset=utf-8",
          .body = std::move(html),
          .headers = {{"Content-Security-Policy", policy + "; frame-ancestors 'none'"}}};
}

// Every query parameter is one of the analysis, but for the token.
ReportText quick_answer(const Desk& desk, const Asked& asked) {
  Question question{in_path(asked, "name"), in_path(asked, "analysis"), {}};
  for (const auto& [name, value] : asked.query)
    if (name != "token") question.parameters.emplace(name, value);
  return desk.answers.ask(question, asked.gone);
}

Answer difference(const Desk& desk, const Asked& asked) {
  const auto before = run_id(asked);
  const auto after = run_id(asked, "other");
  const auto read = [&](std::uint64_t id) { return report_from_json(*desk.runs.report(id)); };
  const auto one = desk.runs.view(before).question;
  const auto other = desk.runs.view(after).question;
  if (one.analysis != other.analysis)
    throw Refusal(409, "not_comparable",
                  fmt::format("run {} answers '{}', run {} answers '{}'", before, one.analysis,
                              after, other.analysis),
                  "Only runs of the same analysis can be compared.");
  return kept(to_json(difference_of(read(before), read(after))) + "\n");
}

const std::vector<std::string>& table_types() {
  static const std::vector<std::string> types{"text/csv", "application/vnd.apache.parquet",
                                              "application/json"};
  return types;
}

std::vector<Route> answer_routes(const Desk& desk) {
  const auto whole = [desk](const Asked& asked) { return kept(*quick_answer(desk, asked)); };
  const auto table = [desk](const Asked& asked) {
    return table_named(desk, *quick_answer(desk, asked), in_path(asked, "table"));
  };
  return {{.method = "GET",
           .pattern = "/api/chains/{name}/answers/{analysis}",
           .id = "getAnswer",
           .summary = "What an analysis finds, at once; 503 too_long where it takes longer than "
                      "30 s and is to be asked as a run",
           .schema = "Report",
           .answer = whole,
           .free_query = true,
           .refusals = {400, 404, 413, 422, 503}},
          {.method = "GET",
           .pattern = "/api/chains/{name}/answers/{analysis}/tables/{table}",
           .id = "getAnswerTable",
           .summary = "One table of it, named NAME.csv, NAME.parquet or NAME.json",
           .answer = table,
           .types = table_types(),
           .free_query = true,
           .refusals = {400, 404, 413, 422, 503}}};
}

}  // namespace

std::vector<Route> report_routes(const Desk& desk) {
  const auto text = [desk](const Asked& asked) { return desk.runs.report(run_id(asked)); };
  auto routes = answer_routes(desk);
  routes.push_back({.method = "GET",
                    .pattern = "/api/runs/{id}/report",
                    .id = "getReport",
                    .summary = "What the run found",
                    .schema = "Report",
                    .answer = [text](const Asked& asked) { return kept(*text(asked)); },
                    .refusals = {404, 409}});
  routes.push_back({.method = "GET",
                    .pattern = "/api/runs/{id}/page",
                    .id = "getReportPage",
                    .summary = "The report as a page with charts that needs no network",
                    .answer = [text](const Asked& asked) { return report_page(*text(asked)); },
                    .types = {"text/html"},
                    .refusals = {404, 409}});
  routes.push_back({.method = "GET",
                    .pattern = "/api/runs/{id}/tables/{table}",
                    .id = "getTable",
                    .summary = "One table of the report, named NAME.csv, NAME.parquet or NAME.json",
                    .answer =
                        [text, desk](const Asked& asked) {
                          return table_named(desk, *text(asked), in_path(asked, "table"));
                        },
                    .types = table_types(),
                    .refusals = {404, 409}});
  routes.push_back({.method = "GET",
                    .pattern = "/api/runs/{id}/difference/{other}",
                    .id = "compareRuns",
                    .summary = "What the other run found otherwise: before, after, difference and "
                               "relative difference of every number",
                    .schema = "Report",
                    .answer = [desk](const Asked& asked) { return difference(desk, asked); },
                    .refusals = {404, 409}});
  return routes;
}

}  // namespace stave
