// Asking, watching, repeating and ending runs.
#include <algorithm>
#include <memory>

#include <fmt/format.h>

#include "server/answers.hpp"

namespace stave {
namespace {

constexpr auto look_time = std::chrono::milliseconds(250);
constexpr auto quiet_time = std::chrono::seconds(5);

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

Answer begun(const RunView& view) {
  return {.status = 202,
          .body = run_json(view),
          .headers = {{"Location", fmt::format("/api/runs/{}", view.id)}}};
}

Answer new_run(const Desk& desk, const Asked& asked) {
  require_json(asked);
  const auto order = run_order_from_json(asked.body);
  if (order.reuse) {
    check_question(desk.analyses, order.question);
    if (const auto known = desk.runs.equal(order.question)) return json_answer(run_json(*known));
  }
  return begun(desk.runs.add(order.question, order.name));
}

Answer rename_run(const Desk& desk, const Asked& asked) {
  require_json(asked);
  const auto id = run_id(asked);
  return json_answer(run_json(desk.runs.rename(id, name_from_json(asked.body))));
}

Answer repeat_run(const Desk& desk, const Asked& asked) {
  const auto view = desk.runs.view(run_id(asked));
  if (view.question.analysis == import_name)
    throw Refusal(409, "not_repeatable", "an import cannot be repeated: its files are gone",
                  "Send them again.");
  return begun(desk.runs.add(view.question, view.name));
}

Answer end_run(const Desk& desk, const Asked& asked) {
  const auto id = run_id(asked);
  if (!ended(desk.runs.view(id).state)) return json_answer(run_json(desk.runs.cancel(id)));
  desk.runs.remove(id);
  return {.status = 204, .type = ""};
}

Answer list_runs(const Desk& desk, const Asked& asked) {
  auto views = desk.runs.list();
  const auto leave = [&](const std::string& name, auto value) {
    const auto wanted = asked.query_value(name);
    if (!wanted.empty())
      std::erase_if(views, [&](const auto& view) { return value(view) != wanted; });
  };
  leave("chain", [](const RunView& view) { return view.question.chain; });
  leave("analysis", [](const RunView& view) { return view.question.analysis; });
  leave("state", [](const RunView& view) { return to_string(view.state); });
  return json_answer(runs_json(views));
}

constexpr auto run_example = R"({"chain": "world-2011", "analysis": "exposure",
  "parameters": {"region": "CHN"}, "name": "First look", "reuse": true})";

std::vector<Route> asking_routes(const Desk& desk) {
  return {{.method = "POST",
           .pattern = "/api/runs",
           .id = "startRun",
           .summary = "Asks an analysis of a chain (202); with reuse, a run that asked the same of "
                      "the unchanged chain (200)",
           .schema = "Run",
           .answer = [desk](const Asked& asked) { return new_run(desk, asked); },
           .statuses = {202, 200},
           .body = Body{.schema = "RunRequest", .example = run_example},
           .refusals = {400, 403, 404, 413, 415, 503}},
          {.method = "GET",
           .pattern = "/api/runs",
           .id = "listRuns",
           .summary = "The runs, latest first; long parameters are cut after 1,000 bytes",
           .schema = "Runs",
           .answer = [desk](const Asked& asked) { return list_runs(desk, asked); },
           .query = {{"chain", "only those of this chain", "world-2011"},
                     {"analysis", "only those of this analysis", "exposure"},
                     {"state", "only those in this state", "done"}}},
          {.method = "POST",
           .pattern = "/api/runs/{id}/repeat",
           .id = "repeatRun",
           .summary = "Asks the same again, as a run of its own",
           .schema = "Run",
           .answer = [desk](const Asked& asked) { return repeat_run(desk, asked); },
           .statuses = {202},
           .refusals = {403, 404, 409, 503}}};
}

}  // namespace

std::vector<Route> run_routes(const Desk& desk) {
  auto routes = asking_routes(desk);
  const auto view = [desk](const Asked& asked) {
    return json_answer(run_json(desk.runs.view(run_id(asked))));
  };
  std::vector<Route> more{
      {.method = "GET",
       .pattern = "/api/runs/{id}",
       .id = "getRun",
       .summary = "A run: its state and progress",
       .schema = "Run",
       .answer = view,
       .refusals = {404}},
      {.method = "PATCH",
       .pattern = "/api/runs/{id}",
       .id = "renameRun",
       .summary = "Gives a run another name",
       .schema = "Run",
       .answer = [desk](const Asked& asked) { return rename_run(desk, asked); },
       .body = Body{.schema = "RunName", .example = R"({"name": "Before the flood"})"},
       .refusals = {400, 403, 404, 415}},
      {.method = "DELETE",
       .pattern = "/api/runs/{id}",
       .id = "endRun",
       .summary = "Cancels a run that has not ended (200), deletes one that has (204)",
       .schema = "Run",
       .answer = [desk](const Asked& asked) { return end_run(desk, asked); },
       .statuses = {200, 204},
       .refusals = {403, 404}},
      {.method = "GET",
       .pattern = "/api/runs/{id}/events",
       .id = "watchRun",
       .summary = "Server-sent events: progress, each with the run as data, then end",
       .answer = [desk](const Asked& asked) { return watch(desk, run_id(asked)); },
       .types = {"text/event-stream"},
       .refusals = {404, 503}}};
  std::ranges::move(more, std::back_inserter(routes));
  return routes;
}

}  // namespace stave
