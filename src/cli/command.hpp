#pragma once
/// What the groups of commands share.

#include "stave/analysis/declaration.hpp"
#include "stave/cli/program.hpp"

#include <string>
#include <vector>

#include <CLI/CLI.hpp>

namespace stave {

/// One run of the program; commands hang their callbacks on it.
struct Session {
  const Console& console;
  int status = 0;
};

/// The group of the commands on whole chains, as help lists it.
inline constexpr auto chains_group = "Chains";

/// A subcommand whose help opens with its examples.
CLI::App& add_command(CLI::App& app, const std::string& group, const std::string& name,
                      const std::string& question, const std::vector<Example>& examples);

void add_analysis_commands(CLI::App& app, Session& session);
void add_chain_commands(CLI::App& app, Session& session);
void add_listing_commands(CLI::App& app, Session& session);
void add_balance_commands(CLI::App& app, Session& session);
void add_generate_command(CLI::App& app, Session& session);
void add_serve_command(CLI::App& app, Session& session);

/// Help for the program or one command: examples, usage, what it answers, options.
[[nodiscard]] std::string help_text(const CLI::App& app);

/// Prints a table as the output options ask: terminal, --json, --csv, --out.
struct TableOutput {
  bool json = false;
  bool csv = false;
  std::string out;
  std::size_t rows = 20;
  /// @param rows_option  how many rows the terminal shows; another name where --rows is taken
  void add_options(CLI::App& command, const std::string& rows_option = "--rows");
  void print(const Table& table, const Console& console) const;
};

/// The reference page of one analysis in Markdown, made from its declaration.
[[nodiscard]] std::string reference_page(const Declaration& declaration);

}  // namespace stave
