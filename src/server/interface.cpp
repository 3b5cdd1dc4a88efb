#include "stave/report/report_reader.hpp"
#include "stave/report/report_writer.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "server/answers.hpp"

namespace stave {
namespace {

constexpr auto look_time = std::chrono::milliseconds(250);
constexpr auto quiet_time = std::chrono::seconds(5);

Answer json(std::string body, int status = 200) {
  return {.status = status, .body = std::move(body)};
}

std::size_t number_or(const std::string& text, std::size_t fallback, std::size_t most) {
  std::size_t value = fallback;
  (void)std::from_chars(text.data(), text.data() + text.size(), value);
  return std::min(value, most);
}

std::string event(std::string_view name, const RunView& view) {
  return fmt::format("id: {}\nevent: {}\ndata: {}\n", view.version, name, run_json(view, -1));
}

/// One watcher's place, given back when the last copy goes.
std::shared_ptr<void> take_place(const Desk& desk) {
  if (desk.watchers.fetch_add(1) >= desk.most_watchers) {
    --desk.watchers;
    throw Refusal(503, "busy", "too many are listening to runs already",
                  "Ask for /api/runs/{id} now and then instead.");
  }
  auto* watchers = &desk.watchers;
  return {static_cast<void*>(watchers), [watchers](void*) { --*watchers; }};
}

// "progress" whenever it moves, "end" once; a comment now and then shows that it still listens.
Answer watch(const Desk& desk, std::uint64_t id) {
  struct Listening {
    std::optional<std::uint64_t> version;
    bool over = false;
    std::chrono::steady_clock::time_point spoke = std::chrono::steady_clock::now();
  };
  (void)desk.runs.view(id);
  auto state = std::make_shared<Listening>();
  Answer answer{.type = "text/event-stream", .headers = {{"X-Accel-Buffering", "no"}}};
  answer.next = [&runs = desk.runs, id, state,
                 place = take_place(desk)]() -> std::optional<std::string> {
    if (state->over) return std::nullopt;
    const auto view = state->version ? runs.wait(id, *state->version, look_time) : runs.view(id);
    const auto now = std::chrono::steady_clock::now();
    if (state->version == view.version) {
      if (now - state->spoke < quiet_time) return "";
      state->spoke = now;
      return ": still listening\n\n";
    }
    state->version = view.version;
    state->spoke = now;
    state->over = ended(view.state);
    return event(state->over ? "end" : "progress", view) + "\n";
  };
  return answer;
}

Answer table_of(const Desk& desk, const Asked& asked) {
  const auto report = report_from_json(*desk.runs.report(run_id(asked)));
  auto name = asked.path.find("table")->second;
  if (!name.ends_with(".csv"))
    throw Error(Errc::not_found, "a table is given as NAME.csv", "The whole report is JSON.");
  name.resize(name.size() - 4);
  std::vector<std::string> names;
  for (const auto& table : report.tables) {
    if (table.name() == name)
      return {.type = "text/csv; charset=utf-8",
              .body = to_csv(table),
              .headers = {{"Content-Disposition",
                           fmt::format("attachment; filename=\"{}.csv\"", table.name())}}};
    names.push_back(table.name());
  }
  throw Error(Errc::not_found, fmt::format("the report has no table '{}'", name),
              fmt::format("It has {}.", fmt::join(names, ", ")));
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

Answer new_run(const Desk& desk, const Asked& asked) {
  if (asked.content_type != "application/json")
    throw Refusal(415, "not_json", "a run is asked for as JSON",
                  "Send the header Content-Type: application/json.");
  const auto view = desk.runs.add(run_request_from_json(asked.body));
  return {.status = 202,
          .body = run_json(view),
          .headers = {{"Location", fmt::format("/api/runs/{}", view.id)}}};
}

Answer end_run(const Desk& desk, const Asked& asked) {
  const auto id = run_id(asked);
  if (!ended(desk.runs.view(id).state)) return json(run_json(desk.runs.cancel(id)));
  desk.runs.remove(id);
  return {.status = 204, .type = ""};
}

Answer nodes_of(const Desk& desk, const Asked& asked) {
  const auto chain = desk.shelf.open(asked.path.find("name")->second);
  const auto most = number_or(asked.query_value("most"), 50, 1000);
  return json(nodes_json(*chain, find_nodes(*chain, asked.query_value("q"), most)));
}

std::vector<Route> chain_routes(const Desk& desk) {
  return {{"GET", "/api/chains", "listChains", "The chains here, with what they say of themselves",
           "Chains", [desk](const Asked&) { return json(chains_json(desk.shelf.list())); }},
          {"GET",
           "/api/chains/{name}",
           "getChain",
           "A chain: its regions, products and stressors",
           "Chain",
           [desk](const Asked& asked) {
             const auto& name = asked.path.find("name")->second;
             return json(chain_json(name, *desk.shelf.open(name)));
           },
           "application/json",
           200,
           {},
           {},
           {404}},
          {"GET",
           "/api/chains/{name}/nodes",
           "findNodes",
           "Nodes of a chain by name or code",
           "Nodes",
           [desk](const Asked& asked) { return nodes_of(desk, asked); },
           "application/json",
           200,
           {{"q", "part of an id, a name or a label, in either language"},
            {"most", "how many at most: 50 unless told, up to 1000"}},
           {},
           {404}}};
}

std::vector<Route> analysis_routes(const Desk& desk) {
  return {{"GET", "/api/analyses", "listAnalyses", "The questions that can be asked of a chain",
           "Analyses", [desk](const Asked&) { return json(analyses_json(desk.analyses)); }},
          {"GET",
           "/api/analyses/{name}",
           "getAnalysis",
           "An analysis: its parameters and the tables of its report",
           "Analysis",
           [desk](const Asked& asked) {
             const auto& analysis =
                 require_analysis_in(desk.analyses, asked.path.find("name")->second);
             return json(analysis_json(analysis.declaration));
           },
           "application/json",
           200,
           {},
           {},
           {404}}};
}

std::vector<Route> run_routes(const Desk& desk) {
  return {{"POST",
           "/api/runs",
           "startRun",
           "Asks an analysis of a chain",
           "Run",
           [desk](const Asked& asked) { return new_run(desk, asked); },
           "application/json",
           202,
           {},
           "RunRequest",
           {400, 404, 413, 415, 503}},
          {"GET", "/api/runs", "listRuns", "The runs, latest first", "Runs",
           [desk](const Asked&) { return json(runs_json(desk.runs.list())); }},
          {"GET",
           "/api/runs/{id}",
           "getRun",
           "A run: its state and progress",
           "Run",
           [desk](const Asked& asked) { return json(run_json(desk.runs.view(run_id(asked)))); },
           "application/json",
           200,
           {},
           {},
           {404}},
          {"DELETE",
           "/api/runs/{id}",
           "endRun",
           "Cancels a run that has not ended (200), deletes one that has (204)",
           "Run",
           [desk](const Asked& asked) { return end_run(desk, asked); },
           "application/json",
           200,
           {},
           {},
           {404}},
          {"GET",
           "/api/runs/{id}/events",
           "watchRun",
           "Server-sent events: progress, each with the run as data, then end",
           "",
           [desk](const Asked& asked) { return watch(desk, run_id(asked)); },
           "text/event-stream",
           200,
           {},
           {},
           {404, 503}}};
}

std::vector<Route> report_routes(const Desk& desk) {
  return {{"GET",
           "/api/runs/{id}/report",
           "getReport",
           "What the run found",
           "Report",
           [desk](const Asked& asked) { return json(*desk.runs.report(run_id(asked))); },
           "application/json",
           200,
           {},
           {},
           {404, 409}},
          {"GET",
           "/api/runs/{id}/page",
           "getReportPage",
           "The report as a page with charts that needs no network",
           "",
           [desk](const Asked& asked) { return report_page(*desk.runs.report(run_id(asked))); },
           "text/html",
           200,
           {},
           {},
           {404, 409}},
          {"GET",
           "/api/runs/{id}/tables/{table}",
           "getTable",
           "One table of the report, named NAME.csv",
           "",
           [desk](const Asked& asked) { return table_of(desk, asked); },
           "text/csv",
           200,
           {},
           {},
           {404, 409}}};
}

}  // namespace

std::uint64_t run_id(const Asked& asked) {
  const auto& text = asked.path.find("id")->second;
  std::uint64_t id = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), id);
  if (text.empty() || read.ec != std::errc{} || read.ptr != text.data() + text.size())
    throw Error(Errc::not_found, fmt::format("there is no run '{}'", text));
  return id;
}

std::vector<Route> interface_routes(const Desk& desk) {
  std::vector<Route> routes{
      {"GET", "/api/health", "getHealth", "That the server answers, and its version", "Health",
       [desk](const Asked&) {
         return json(fmt::format("{{\"status\": \"ok\", \"version\": \"{}\", \"workers\": {}}}\n",
                                 version(), desk.runs.workers()));
       }}};
  for (auto* more : {chain_routes, analysis_routes, run_routes, report_routes}) {
    auto some = more(desk);
    std::ranges::move(some, std::back_inserter(routes));
  }
  return routes;
}

}  // namespace stave
