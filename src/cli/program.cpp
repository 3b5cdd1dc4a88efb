#include "stave/cli/program.hpp"

#include "stave/analysis/analysis.hpp"
#include "stave/core/error.hpp"

#include <algorithm>
#include <cerrno>
#include <exception>
#include <filesystem>
#include <new>
#include <optional>
#include <ostream>
#include <system_error>

#include <fmt/format.h>
#include <tbb/global_control.h>

#include "cli/command.hpp"

namespace stave {
namespace {

constexpr int wrong_command_line = 2;

void print_error(const Console& console, std::string_view code, const std::string& message,
                 const std::string& hint) {
  const auto head = fmt::format("error[{}]", code);
  console.err << (console.color ? "\033[31m" + head + "\033[0m" : head) << ": " << message << "\n";
  if (!hint.empty()) console.err << "  hint: " << hint << "\n";
}

const CLI::App& innermost(const CLI::App& app) {
  const auto chosen = app.get_subcommands();
  return chosen.empty() ? app : innermost(*chosen.front());
}

// Every word a user might have meant: commands at the top, options below.
std::vector<std::string> known_words(const CLI::App& app) {
  std::vector<std::string> words;
  for (const auto* command : app.get_subcommands([](const CLI::App*) { return true; }))
    words.push_back(command->get_name());
  for (const auto* option : app.get_options())
    for (const auto& name : option->get_lnames()) words.push_back("--" + name);
  return words;
}

std::string suggestion(const CLI::App& app, const std::vector<std::string>& words) {
  const auto& command = innermost(app);
  const auto known = known_words(command);
  for (const auto& word : words) {
    if (&command == &app || word.starts_with("--")) {
      const auto name = word.substr(0, word.find('='));
      if (std::find(known.begin(), known.end(), name) != known.end()) continue;
      const auto hint = did_you_mean(name, known);
      if (!hint.empty()) return hint;
    }
  }
  const bool top = command.get_parent() == nullptr;
  return top ? "stave --help lists the commands."
             : fmt::format("stave {} --help", command.get_name());
}

// CLI11 only misses a command; we say which word is none.
std::string complaint(const CLI::App& app, const CLI::ParseError& error,
                      const std::vector<std::string>& words) {
  if (!app.get_subcommands().empty()) return error.what();
  const auto word = std::ranges::find_if(words, [](const auto& w) { return !w.starts_with('-'); });
  return word == words.end() ? error.what() : fmt::format("there is no command '{}'", *word);
}

void add_global_options(CLI::App& app, std::optional<std::size_t>& threads) {
  app.set_help_flag("-h,--help", "show help and stop");
  app.set_version_flag("--version", std::string(version()));
  app.add_option("--threads", threads, "processor threads to use; results are the same for any")
      ->type_name("N")
      ->check(CLI::Range(1, 1024));
  app.footer(
      "  stave diagnose world-2011 --region CHN\n"
      "      Where is China stuck, and on whom does it depend?\n"
      "  stave import wiot2011.csv.xz -o world.stave\n"
      "      Read a table and keep it as a chain.\n");
  app.fallthrough();
  app.require_subcommand(1);
  app.formatter_fn(
      [](const CLI::App* a, const std::string&, CLI::AppFormatMode) { return help_text(*a); });
}

int parse_and_run(const std::vector<std::string>& words, Session& session) {
  CLI::App app{"Stave finds the shortest stave of an industrial chain.", "stave"};
  std::optional<std::size_t> threads;
  std::optional<tbb::global_control> limit;
  add_global_options(app, threads);
  app.parse_complete_callback([&] {
    if (threads) limit.emplace(tbb::global_control::max_allowed_parallelism, *threads);
  });
  add_analysis_commands(app, session);
  add_chain_commands(app, session);
  add_balance_commands(app, session);
  add_listing_commands(app, session);
  add_generate_command(app, session);
  add_serve_command(app, session);
  try {
    if (words.empty()) {
      session.console.out << help_text(app);
      return 0;
    }
    app.parse(std::vector<std::string>(words.rbegin(), words.rend()));
  } catch (const CLI::CallForHelp&) {
    session.console.out << help_text(innermost(app));
  } catch (const CLI::CallForVersion& e) {
    session.console.out << "stave " << e.what() << "\n";
  } catch (const CLI::Success&) {
    return 0;  // something was printed in place of a run
  } catch (const CLI::ParseError& e) {
    print_error(session.console, "command_line", complaint(app, e, words), suggestion(app, words));
    return wrong_command_line;
  }
  return session.status;
}

}  // namespace

int say_output_failed(const Console& console, int reason) {
  const auto why = reason != 0 ? ": " + std::generic_category().message(reason) : std::string();
  print_error(console, info(Errc::io).name, "cannot write to standard output" + why,
              reason == 0 || reason == ENOSPC ? "Is the disk full?" : "");
  return info(Errc::io).exit_status;
}

int run_program(const std::vector<std::string>& words, const Console& console) {
  Session session{console};
  try {
    return parse_and_run(words, session);
  } catch (const Error& e) {
    print_error(console, info(e.code()).name, e.what(), e.hint());
    return info(e.code()).exit_status;
  } catch (const std::filesystem::filesystem_error& e) {
    print_error(console, info(Errc::io).name,
                fmt::format("{}: {}", e.path1().string(), e.code().message()),
                "Check the permissions.");
    return info(Errc::io).exit_status;
  } catch (const std::bad_alloc&) {
    print_error(console, info(Errc::too_large).name, "there is not enough memory for this", "");
    return info(Errc::too_large).exit_status;
  } catch (const std::exception& e) {
    print_error(console, "bug", e.what(),
                "This is a mistake in Stave, not in your data. Please report it.");
    return 70;
  }
}

}  // namespace stave
