#include "stave/generator/firms.hpp"
#include "stave/store/store.hpp"

#include <memory>
#include <ostream>

#include <fmt/format.h>

#include "cli/command.hpp"
#include "cli/terminal_progress.hpp"

namespace stave {

void add_generate_command(CLI::App& app, Session& session) {
  auto& command = add_command(
      app, "Chains", "generate",
      "Make up a firm network of any size, by the published laws of firm size and degree.\n\n"
      "Illustrative: for trying a question out, and for seeing what it costs at your size.\n",
      {{"stave generate -o firms.stave --firms 10000 --links 57000 --industries 20", ""}});
  struct Call {
    FirmOptions options;
    std::string out;
  };
  auto call = std::make_shared<Call>();
  auto& o = call->options;
  const auto number = [&](const std::string& name, auto& value, const std::string& about) {
    command.add_option(name, value, about)->type_name("N")->capture_default_str();
  };
  command.add_option("-o,--output", call->out, "chain to write")
      ->type_name("NAME.stave")
      ->required();
  number("--firms", o.firms, "firms");
  number("--links", o.links, "who sells to whom: different pairs");
  number("--industries", o.industries, "industries; the first three in five make goods");
  number("--seed", o.seed, "another seed, another network");
  command.callback([call, &session] {
    TerminalProgress progress(session.console);
    const auto chain = generate_firms(call->options);
    save_chain(chain, call->out, progress);
    session.console.err << fmt::format("wrote {}: {} firms, {} links\n", call->out, chain.size(),
                                       chain.flows().nonzeros());
  });
}

}  // namespace stave
