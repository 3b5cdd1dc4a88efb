#include "stave/analysis/registry.hpp"
#include "stave/server/server.hpp"

#include <chrono>
#include <memory>
#include <ostream>
#include <thread>

#include <fmt/format.h>

#include "cli/command.hpp"
#include "cli/interrupt.hpp"

namespace stave {
namespace {

struct ServeCall {
  ServerOptions options;
  std::string runs;
  bool no_samples = false;
};

void add_serve_options(CLI::App& command, ServeCall& call) {
  auto& o = call.options;
  command.add_option(
      "PLACE", o.places,
      "folders with chains, chain files or names of samples; this folder unless said");
  command.add_option("--port", o.port, "port to listen on; 0: any free one")
      ->type_name("N")
      ->check(CLI::Range(0, 65535))
      ->capture_default_str();
  command
      .add_option("--host", o.host,
                  "address to listen on; beyond this computer a token is asked for")
      ->type_name("ADDRESS")
      ->capture_default_str();
  command
      .add_option("--runs", call.runs,
                  "folder that keeps the runs; without it they are lost "
                  "when the server ends")
      ->type_name("FOLDER");
  command.add_option("--workers", o.workers, "runs at a time")
      ->type_name("N")
      ->check(CLI::Range(1, 64))
      ->capture_default_str();
  command.add_option("--queue", o.queue, "runs that may wait")
      ->type_name("N")
      ->check(CLI::Range(1, 10'000))
      ->capture_default_str();
  command.add_flag("--no-samples", call.no_samples, "leave the samples out");
}

}  // namespace

void add_serve_command(CLI::App& app, Session& session) {
  auto& command = add_command(
      app, chains_group, "serve", "Offer chains and analyses to a browser and to other programs.",
      {{"stave serve", "The chains of this folder and the samples, at http://127.0.0.1:8420/"},
       {"stave serve work --runs work/runs", "Results are still there after a restart."}});
  auto call = std::make_shared<ServeCall>();
  add_serve_options(command, *call);
  command.callback([call, &session] {
    auto options = call->options;
    if (options.places.empty()) options.places = {"."};
    options.samples = !call->no_samples;
    options.runs = call->runs;
    const Server server(analyses(), options);
    session.console.err << fmt::format("Stave answers at {}\nCtrl-C ends it.\n", server.address())
                        << std::flush;
    while (!interrupted()) std::this_thread::sleep_for(std::chrono::milliseconds(100));
    session.console.err << "\nstopping\n" << std::flush;
  });
}

}  // namespace stave
