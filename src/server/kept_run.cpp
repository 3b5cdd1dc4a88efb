#include "server/kept_run.hpp"

#include "stave/core/error.hpp"

#include <ctime>
#include <fstream>
#include <sstream>

#include <fcntl.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <sys/file.h>
#include <unistd.h>

namespace stave {
namespace {

using Record = nlohmann::ordered_json;

RunState state_of(const std::string& word) {
  for (const auto state :
       {RunState::queued, RunState::running, RunState::done, RunState::failed, RunState::cancelled})
    if (to_string(state) == word) return state;
  return RunState::interrupted;
}

RunView view_of(const Record& json) {
  RunView view;
  view.id = json.at("id");
  view.name = json.value("name", "");
  view.question.chain = json.at("chain");
  view.question.analysis = json.at("analysis");
  for (const auto& [name, value] : json.at("parameters").items())
    view.question.parameters[name] = value.get<std::string>();
  view.state = state_of(json.at("state"));
  view.asked = json.at("asked");
  view.begun = json.at("begun");
  view.over = json.at("over");
  if (const auto seconds = json.value("seconds", Record()); seconds.is_number())
    view.seconds = seconds.get<double>();
  view.identity = json.value("identity", "");
  view.title = json.at("title");
  for (const auto& t : json.at("tables"))
    view.tables.push_back({.name = t.at("name"), .title = t.at("title"), .rows = t.at("rows")});
  view.report = json.at("report");
  view.code = json.at("code");
  view.message = json.at("message");
  view.hint = json.at("hint");
  return view;
}

}  // namespace

std::string record_text(const RunView& view) {
  auto tables = Record::array();
  for (const auto& t : view.tables)
    tables.push_back({{"name", t.name}, {"title", t.title}, {"rows", t.rows}});
  auto parameters = Record::object();
  for (const auto& [name, value] : view.question.parameters) parameters[name] = value;
  const Record json = {{"id", view.id},
                       {"name", view.name},
                       {"chain", view.question.chain},
                       {"analysis", view.question.analysis},
                       {"parameters", parameters},
                       {"state", to_string(view.state)},
                       {"asked", view.asked},
                       {"begun", view.begun},
                       {"over", view.over},
                       {"seconds", view.seconds ? Record(*view.seconds) : Record()},
                       {"identity", view.identity},
                       {"title", view.title},
                       {"tables", tables},
                       {"report", view.report},
                       {"code", view.code},
                       {"message", view.message},
                       {"hint", view.hint}};
  return json.dump(2, ' ', false, Record::error_handler_t::replace) + "\n";
}

RunView record_from_text(std::string_view text) {
  try {
    return view_of(Record::parse(text));
  } catch (const Record::exception& e) {
    throw Error(Errc::foreign_file, std::string("not the record of a run: ") + e.what());
  }
}

std::string file_text(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  if (!file) throw Error(Errc::io, fmt::format("{}: cannot be read", path.string()));
  return std::move(text).str();
}

std::string utc_now() { return utc_text(std::time(nullptr)); }

std::string utc_text(std::time_t time) {
  std::tm utc{};
  ::gmtime_r(&time, &utc);
  std::array<char, 32> text{};
  const auto size = std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &utc);
  return {text.data(), size};
}

int lock_folder(const std::filesystem::path& folder) {
  const int lock = ::open((folder / "lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (lock < 0)
    throw Error(Errc::io, fmt::format("{}: cannot be written", folder.string()),
                "Check the permissions.");
  if (::flock(lock, LOCK_EX | LOCK_NB) == 0) return lock;
  ::close(lock);
  throw Error(Errc::io, fmt::format("{}: another server keeps its runs here", folder.string()),
              "Stop it, or give this one another folder.");
}

}  // namespace stave
