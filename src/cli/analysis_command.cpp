#include "stave/analysis/registry.hpp"
#include "stave/core/error.hpp"
#include "stave/report/report_writer.hpp"
#include "stave/store/sample.hpp"

#include <algorithm>
#include <memory>
#include <ostream>

#include <fmt/format.h>

#include "cli/command.hpp"
#include "cli/terminal_progress.hpp"

namespace stave {
namespace {

struct AnalysisCall {
  std::string chain;
  std::map<std::string, std::string> texts;  // parameter -> what was typed
  TableOutput output;
  std::string table;
  std::string page;
};

std::string metavar(const Parameter& p) {
  if (p.type == ParameterType::choice) return fmt::format("{}", fmt::join(p.choices, "|"));
  if (p.type == ParameterType::flag) return "on|off";
  auto word = std::string(to_string(p.type));
  for (auto& c : word) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return word;
}

std::string about(const Parameter& p) {
  auto text = p.summary;
  if (!p.unit.empty()) text += fmt::format(" [{}]", p.unit);
  if (p.min && p.max) text += fmt::format(", {} to {}", *p.min, *p.max);
  if (p.min && !p.max) text += fmt::format(", at least {}", *p.min);
  if (!p.min && p.max) text += fmt::format(", at most {}", *p.max);
  return text;
}

bool off_by_default(const Parameter& p) {
  return p.type == ParameterType::flag &&
         (p.fallback.empty() || p.fallback == "off" || p.fallback == "false" || p.fallback == "no");
}

CLI::Option* add_chains(CLI::App& command, const Parameter& p, const std::string& name,
                        std::string& text) {
  return command
      .add_option_function<std::vector<std::string>>(
          name, [&text](const auto& chains) { text = fmt::format("{}", fmt::join(chains, ",")); },
          about(p))
      ->type_name("CHAIN");
}

// A switch that is off by default is given alone; one that is on takes "off".
CLI::Option* add_option(CLI::App& command, const Parameter& p, std::string& text) {
  const auto name = (p.positional ? p.name + "," : std::string()) + "--" + p.name;
  if (p.type == ParameterType::chains) return add_chains(command, p, name, text);
  if (!off_by_default(p)) return command.add_option(name, text, about(p))->type_name(metavar(p));
  return command.add_flag_callback(name, [&text] { text = "on"; }, about(p));
}

void add_parameter(CLI::App& command, const Parameter& p, AnalysisCall& call) {
  auto* option = add_option(command, p, call.texts[p.name]);
  option->group("Parameters");
  if (!off_by_default(p) && !p.fallback.empty()) option->default_str(p.fallback);
  option->required(p.required);
}

// Whatever else the command line lacks.
void add_template(CLI::App& command, const Declaration& d, const Console& console) {
  if (d.file_template.empty()) return;
  command
      .add_flag_callback(
          "--template",
          [&d, &console] {
            console.out << d.file_template;
            throw CLI::Success();
          },
          "print a commented file to begin with, and stop")
      ->trigger_on_parse()
      ->group("Output");
}

void add_output(CLI::App& command, const Declaration& d, AnalysisCall& call) {
  call.output.add_options(command);
  std::vector<std::string> names;
  for (const auto& table : d.tables) names.push_back(table.name);
  command
      .add_option("--table", call.table,
                  fmt::format("which table --csv and --out write: {}", fmt::join(names, ", ")))
      ->type_name("NAME")
      ->group("Output");
  if (d.name == "diagnose") call.page = "report.html";
  command.add_option("--report", call.page, "write a page with charts that needs no network")
      ->type_name("FILE.html")
      ->default_str(call.page)
      ->group("Output");
}

const Table& chosen_table(const Report& report, const AnalysisCall& call) {
  if (call.table.empty()) {
    if (report.tables.empty())
      throw Error(Errc::not_found, fmt::format("'{}' found no table to write", report.analysis));
    return report.tables.front();
  }
  std::vector<std::string> names;
  for (const auto& table : report.tables) {
    if (table.name() == call.table) return table;
    names.push_back(table.name());
  }
  throw Error(Errc::not_found, fmt::format("'{}' has no table '{}'", report.analysis, call.table),
              fmt::format("It has {}.", fmt::join(names, ", ")));
}

void show(const Report& report, const AnalysisCall& call, const Console& console) {
  const auto& output = call.output;
  const bool whole_json = output.json && call.table.empty();
  if (whole_json) console.out << to_json(report) << "\n";
  if (!whole_json && (output.json || output.csv || !output.out.empty())) {
    output.print(chosen_table(report, call), console);
  } else if (!output.out.empty()) {
    TableOutput file_only;
    file_only.out = output.out;
    file_only.print(chosen_table(report, call), console);
  } else if (!whole_json) {
    console.out << to_terminal(report, {console.color, console.width, output.rows});
  }
  if (call.page.empty()) return;
  write_file(call.page, to_html(report));
  console.err << fmt::format("wrote {}: open it in a browser\n", call.page);
}

std::string long_description(const Declaration& d) {
  auto text = fmt::format("{}\n\n{}\n", d.question, d.summary);
  if (!d.needs.empty())
    text += fmt::format("\nNeeds of the chain: {}.\n", fmt::join(d.needs, ", "));
  if (!d.tables.empty()) text += "\nResult tables\n";
  for (const auto& table : d.tables) text += fmt::format("  {:<26}  {}\n", table.name, table.title);
  return text;
}

void add_analysis(CLI::App& app, Session& session, const Analysis& analysis) {
  const auto& d = analysis.declaration;
  auto& command = add_command(app, "Questions", d.name, long_description(d), d.examples);
  auto call = std::make_shared<AnalysisCall>();
  const auto* const what = "a .stave file, an exported folder or a sample's name";
  if (d.chain_optional)
    command.add_option("--chain", call->chain, what)->type_name("CHAIN")->group("Parameters");
  else
    command.add_option("CHAIN", call->chain, what)->required();
  for (const auto& p : d.parameters) add_parameter(command, p, *call);
  add_output(command, d, *call);
  add_template(command, d, session.console);
  command.callback([call, &session, &analysis] {
    Arguments::Given given;
    for (const auto& [name, text] : call->texts)
      if (!text.empty()) given[name] = text;
    const auto report = [&] {
      TerminalProgress progress(session.console);
      const bool none = analysis.declaration.chain_optional && call->chain.empty();
      const auto chain = none ? Chain(ChainParts{}) : open_chain(call->chain, progress);
      return run(analysis, chain, given, progress,
                 [&](const std::string& name) { return open_chain(name, progress); });
    }();
    show(report, *call, session.console);
    session.status = report.verdict ? 0 : 1;
    if (report.partial) session.status = info(Errc::cancelled).exit_status;
  });
}

}  // namespace

void add_analysis_commands(CLI::App& app, Session& session) {
  for (const auto& analysis : analyses()) add_analysis(app, session, analysis);
}

}  // namespace stave
