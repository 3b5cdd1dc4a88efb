#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "server/answers.hpp"
#include "server/memory.hpp"

namespace stave {
namespace {

std::size_t number_or(const std::string& text, std::size_t fallback, std::size_t most) {
  std::size_t value = fallback;
  (void)std::from_chars(text.data(), text.data() + text.size(), value);
  return std::min(value, most);
}

Answer nodes_of(const Desk& desk, const Asked& asked) {
  const auto chain = desk.shelf.open(in_path(asked, "name"));
  const auto most = number_or(asked.query_value("most"), 50, 1000);
  return json_answer(nodes_json(*chain, find_nodes(*chain, asked.query_value("q"), most)));
}

// A chain somebody works with stays.
Answer remove_chain(const Desk& desk, const Asked& asked) {
  const auto& name = in_path(asked, "name");
  desk.runs.require_unused(name);
  desk.shelf.remove(name);
  return {.status = 204, .type = ""};
}

Health health_of(const Desk& desk) {
  const auto& options = desk.runs.options();
  return {.workers = options.workers,
          .queue = options.queue,
          .threads = desk.processors,
          .run_minutes = std::chrono::duration<double>(options.longest).count() / 60,
          .memory = options.memory,
          .memory_held = memory_held(),
          .upload_bytes = desk.uploads.limits().bytes};
}

std::vector<Route> analysis_routes(const Desk& desk) {
  const auto one = [desk](const Asked& asked) {
    return json_answer(
        analysis_json(require_analysis_in(desk.analyses, in_path(asked, "name")).declaration));
  };
  return {{.method = "GET",
           .pattern = "/api/analyses",
           .id = "listAnalyses",
           .summary = "The questions that can be asked of a chain",
           .schema = "Analyses",
           .answer = [desk](const Asked&) { return json_answer(analyses_json(desk.analyses)); }},
          {.method = "GET",
           .pattern = "/api/analyses/{name}",
           .id = "getAnalysis",
           .summary = "An analysis: its parameters and the tables of its report",
           .schema = "Analysis",
           .answer = one,
           .refusals = {404}}};
}

std::vector<Route> server_routes(const Desk& desk) {
  return {{.method = "GET",
           .pattern = "/api/health",
           .id = "getHealth",
           .summary = "That the server answers, its version and its limits",
           .schema = "Health",
           .answer = [desk](const Asked&) { return json_answer(health_json(health_of(desk))); }},
          {.method = "GET",
           .pattern = "/api/me",
           .id = "getMe",
           .summary = "What the asker may do: an editor everything, a viewer ask and read",
           .schema = "Me",
           .answer = [desk](const Asked& asked) {
             return json_answer(me_json(asked.role, desk.local));
           }}};
}

}  // namespace

Answer json_answer(std::string body, int status) {
  return {.status = status, .body = std::move(body)};
}

const std::string& in_path(const Asked& asked, std::string_view name) {
  return asked.path.find(name)->second;
}

void require_json(const Asked& asked) {
  if (asked.content_type != "application/json")
    throw Refusal(415, "not_json", "this is asked for as JSON",
                  "Send the header Content-Type: application/json.");
}

std::uint64_t run_id(const Asked& asked, std::string_view name) {
  const auto& text = in_path(asked, name);
  std::uint64_t id = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), id);
  if (text.empty() || read.ec != std::errc{} || read.ptr != text.data() + text.size())
    throw Error(Errc::not_found, fmt::format("there is no run '{}'", text));
  return id;
}

std::vector<Route> chain_routes(const Desk& desk) {
  const auto list = [desk](const Asked&) { return json_answer(chains_json(desk.shelf.list())); };
  const auto one = [desk](const Asked& asked) {
    const auto entry = desk.shelf.require(in_path(asked, "name"));
    return json_answer(chain_json(entry, *desk.shelf.open(entry.name)));
  };
  return {{.method = "GET",
           .pattern = "/api/chains",
           .id = "listChains",
           .summary = "The chains here, with what they say of themselves",
           .schema = "Chains",
           .answer = list},
          {.method = "GET",
           .pattern = "/api/chains/{name}",
           .id = "getChain",
           .summary = "A chain: its regions, products and stressors",
           .schema = "Chain",
           .answer = one,
           .refusals = {404}},
          {.method = "DELETE",
           .pattern = "/api/chains/{name}",
           .id = "deleteChain",
           .summary = "Deletes a chain that was imported here",
           .answer = [desk](const Asked& asked) { return remove_chain(desk, asked); },
           .statuses = {204},
           .refusals = {403, 404, 409}},
          {.method = "GET",
           .pattern = "/api/chains/{name}/nodes",
           .id = "findNodes",
           .summary = "Nodes of a chain by name or code",
           .schema = "Nodes",
           .answer = [desk](const Asked& asked) { return nodes_of(desk, asked); },
           .query = {{"q", "words, each part of an id, a name or a label, in either language",
                      "machinery"},
                     {"most", "how many at most: 50 unless told, up to 1000", "20"}},
           .refusals = {404}}};
}

std::vector<Route> interface_routes(const Desk& desk) {
  auto routes = server_routes(desk);
  for (auto* more : {chain_routes, analysis_routes, run_routes, report_routes, import_routes}) {
    auto some = more(desk);
    std::ranges::move(some, std::back_inserter(routes));
  }
  return routes;
}

}  // namespace stave
