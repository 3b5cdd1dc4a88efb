#include "stave/analysis/registry.hpp"
#include "stave/server/server.hpp"
#include "stave/store/store.hpp"

#include <array>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <optional>
#include <ostream>
#include <thread>

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <tbb/global_control.h>
#include <unistd.h>

#include "cli/command.hpp"
#include "cli/interrupt.hpp"

namespace stave {
namespace {

constexpr double gib = 1024.0 * 1024 * 1024;

struct ServeCall {
  ServerOptions options;
  std::string runs;
  std::string imports;
  double upload_gib = 2;
  double run_minutes = 0;
  std::optional<double> memory_gib;
  bool no_samples = false;
  bool forget = false;
  bool open = false;
};

void add_place_options(CLI::App& command, ServeCall& call) {
  auto& o = call.options;
  command.add_option(
      "PLACE", o.places,
      "folders with chains, chain files or names of samples; this folder unless said");
  command.add_flag("--open", call.open, "open it in the browser");
  command.add_option("--port", o.port, "port to listen on; 0: any free one")
      ->type_name("N")
      ->check(CLI::Range(0, 65535))
      ->capture_default_str();
  command
      .add_option("--host", o.host,
                  "address to listen on; beyond this computer a token is asked for, one for "
                  "editors and one for viewers")
      ->type_name("ADDRESS")
      ->capture_default_str();
  command.add_flag("--read-only", o.read_only, "nobody changes anything: no runs, no imports");
  command
      .add_option("--runs", call.runs,
                  "folder that keeps the runs [default: .stave-runs in the first folder served]")
      ->type_name("FOLDER");
  command.add_flag("--forget", call.forget, "keep no runs: they are lost when the server ends")
      ->excludes("--runs");
  command
      .add_option("--imports", call.imports,
                  "folder that chains imported in the browser are written to [default: the first "
                  "folder served]")
      ->type_name("FOLDER");
  command.add_flag("--no-samples", call.no_samples, "leave the samples out");
}

void add_limit_options(CLI::App& command, ServeCall& call) {
  auto& o = call.options;
  command.add_option("--workers", o.workers, "runs at a time")
      ->type_name("N")
      ->check(CLI::Range(1, 64))
      ->capture_default_str();
  command.add_option("--queue", o.queue, "runs that may wait")
      ->type_name("N")
      ->check(CLI::Range(1, 10'000))
      ->capture_default_str();
  command.add_option("--run-time", call.run_minutes, "a run is stopped after that; 0: never")
      ->type_name("MINUTES")
      ->check(CLI::Range(0.0, 1e6))
      ->capture_default_str();
  command
      .add_option("--memory", call.memory_gib,
                  "while the server holds more, no run begins and the newest one is stopped; 0: no "
                  "bound [default: three quarters of this computer's]")
      ->type_name("GIB")
      ->check(CLI::Range(0.0, 1e6));
  command.add_option("--upload-limit", call.upload_gib, "largest file that may be sent to import")
      ->type_name("GIB")
      ->check(CLI::Range(0.001, 1e3))
      ->capture_default_str();
}

// Beside the chains that the runs are about. Empty where no folder is served, or none to write to.
std::filesystem::path usual_runs(const std::vector<std::string>& places) {
  for (const auto& place : places)
    if (std::filesystem::is_directory(place) && !is_exported_folder(place) &&
        ::access(place.c_str(), W_OK) == 0)
      return std::filesystem::path(place) / ".stave-runs";
  return {};
}

ServerOptions server_options(const ServeCall& call) {
  auto options = call.options;
  if (options.places.empty()) options.places = {"."};
  options.samples = !call.no_samples;
  options.runs = call.runs;
  if (call.runs.empty() && !call.forget && !options.read_only)
    options.runs = usual_runs(options.places);
  options.imports = call.imports;
  options.run_time = std::chrono::milliseconds(std::llround(call.run_minutes * 60'000));
  options.memory =
      call.memory_gib ? static_cast<std::uint64_t>(*call.memory_gib * gib) : usual_memory();
  options.upload_bytes = static_cast<std::uint64_t>(call.upload_gib * gib);
  options.processors =
      tbb::global_control::active_value(tbb::global_control::max_allowed_parallelism);
  return options;
}

void say_start(const Server& server, const ServerOptions& options, std::ostream& out) {
  out << fmt::format("Stave answers at {}\n", server.address());
  const auto viewer = server.viewer_address();
  if (!viewer.empty() && viewer != server.address())
    out << fmt::format("  That address is for editors. To ask and read only: {}\n", viewer);
  out << (options.runs.empty() ? std::string("  Runs are lost when it ends.\n")
                               : fmt::format("  Runs are kept in {}\n", options.runs.string()))
      << "  Open the address in a browser. Ctrl-C ends it.\n"
      << std::flush;
}

// Its own talk is not ours.
bool open_in_browser(const std::string& address) {
  if (std::getenv("DISPLAY") == nullptr && std::getenv("WAYLAND_DISPLAY") == nullptr) return false;
  std::string program = "xdg-open";
  std::string place = address;
  const std::array<char*, 3> words{program.data(), place.data(), nullptr};
  posix_spawn_file_actions_t quiet;
  ::posix_spawn_file_actions_init(&quiet);
  for (const int handle : {STDOUT_FILENO, STDERR_FILENO})
    ::posix_spawn_file_actions_addopen(&quiet, handle, "/dev/null", O_WRONLY, 0);
  pid_t child = 0;
  const int failed =
      ::posix_spawnp(&child, program.c_str(), &quiet, nullptr, words.data(), environ);
  ::posix_spawn_file_actions_destroy(&quiet);
  return failed == 0;
}

}  // namespace

void add_serve_command(CLI::App& app, Session& session) {
  auto& command = add_command(
      app, chains_group, "serve", "Offer chains and analyses to a browser and to other programs.",
      {{"stave serve --open", "The chains of this folder and the samples, in the browser."},
       {"stave serve work --runs runs", "The chains in work; runs are kept in another folder."},
       {"stave serve --host 0.0.0.0 --read-only", "Others in the network may look and ask."}});
  auto call = std::make_shared<ServeCall>();
  add_place_options(command, *call);
  add_limit_options(command, *call);
  command.callback([call, &session] {
    const auto options = server_options(*call);
    const Server server(analyses(), options);
    auto& talk = session.console.err;
    say_start(server, options, talk);
    if (call->open && !open_in_browser(server.address()))
      talk << "  No browser could be opened from here.\n" << std::flush;
    while (!interrupted()) std::this_thread::sleep_for(std::chrono::milliseconds(100));
    talk << "\nstopping\n" << std::flush;
  });
}

}  // namespace stave
