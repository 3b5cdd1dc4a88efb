#include "stave/core/aggregate.hpp"
#include "stave/core/error.hpp"
#include "stave/formats/concordance_file.hpp"
#include "stave/formats/import.hpp"
#include "stave/formats/recipe_file.hpp"
#include "stave/formats/stressor_file.hpp"
#include "stave/store/sample.hpp"
#include "stave/store/store.hpp"

#include <filesystem>
#include <memory>
#include <ostream>

#include <fmt/format.h>

#include "cli/command.hpp"
#include "cli/terminal_progress.hpp"

namespace stave {
namespace {

void say_saved(const Console& console, const Chain& chain, const std::string& path) {
  console.err << fmt::format(
      "wrote {}: {} nodes ({} regions, {} products), {} flows, {} stressors\n", path, chain.size(),
      chain.regions().size(), chain.products().size(), chain.flows().nonzeros(),
      chain.stressor_rows().size());
  for (const auto& note : chain.info().notes) console.err << "  note: " << note << "\n";
}

struct ImportCall {
  std::string path;
  std::string out;
  ImportOptions options;
  std::string description;
  std::vector<std::string> stressors;
  std::vector<std::string> region_attributes;
  std::string recipe;
  std::string recipe_concordance;
  RecipeOptions recipe_options;
};

void run_import(ImportCall& call, const Console& console) {
  TerminalProgress progress(console);
  call.options.description = call.description;
  std::filesystem::path path = call.path;
  if (!std::filesystem::exists(path)) path = sample_path(call.path).value_or(path);
  auto chain = import_chain(path, call.options, progress);
  for (const auto& file : call.stressors) chain = with_stressors(chain, file);
  for (const auto& file : call.region_attributes) chain = with_region_attributes(chain, file);
  if (!call.recipe_concordance.empty())
    call.recipe_options.concordance = read_concordance(call.recipe_concordance);
  if (!call.recipe.empty()) chain = with_recipe(chain, call.recipe, call.recipe_options);
  if (call.out.empty()) call.out = chain.info().name + ".stave";
  save_chain(chain, call.out, progress);
  say_saved(console, chain, call.out);
}

void add_import(CLI::App& app, Session& session) {
  auto& command =
      add_command(app, chains_group, "import",
                  "Read a table, trade or a network and keep it as a chain.\n\n"
                  "The format is recognised; `stave formats` lists what can be read. A table of "
                  "your own needs a\n"
                  "small description (--description), see docs/guide.md.\n",
                  {{"stave import wiot2011.csv.xz -o world.stave", "A world input-output table."},
                   {"stave import my-table.xlsx --description my-table.toml -o my.stave",
                    "Any labelled matrix, described in a few lines."},
                   {"stave import suppliers/ -o suppliers.stave",
                    "A folder with nodes.csv and links.csv: firms and who sells to whom."},
                   {"stave import world.stave --stressors co2.csv -o world-co2.stave",
                    "Add emissions, energy or employment to a chain."},
                   {"stave import world.stave --recipe survey.csv -o world-survey.stave",
                    "Say which inputs are essential to whom: a matrix, or a list."}});
  auto call = std::make_shared<ImportCall>();
  command.add_option("PATH", call->path, "file or folder to read")->required();
  command.add_option("-o,--output", call->out, "chain to write [default: its name + .stave]")
      ->type_name("NAME.stave");
  command.add_option("--format", call->options.format, "force a format (see stave formats)")
      ->type_name("NAME");
  command.add_option("--description", call->description, "how rows and columns are to be read")
      ->type_name("FILE.toml");
  command.add_option("--name", call->options.name, "name of the chain")->type_name("NAME");
  command.add_option("--year", call->options.year, "year of the chain, or which one to take")
      ->type_name("YEAR");
  command.add_option("--stressors", call->stressors, "add stressors from a long csv (repeatable)")
      ->type_name("FILE.csv");
  command
      .add_option("--region-attributes", call->region_attributes,
                  "add population and the like from a csv: region,name,unit,value")
      ->type_name("FILE.csv");
  command
      .add_option(
          "--recipe", call->recipe,
          "which inputs are essential: a matrix (rows inputs, columns users; 2 essential, 1 "
          "non-essential, 0 none) or a list input,user,need")
      ->type_name("FILE.csv");
  command
      .add_option("--recipe-concordance", call->recipe_concordance,
                  "the recipe has product codes of its own: a csv with columns from (its code) and "
                  "to (code of the chain)")
      ->type_name("FILE.csv")
      ->needs("--recipe");
  command
      .add_flag("--recipe-skip-unknown", call->recipe_options.skip_unknown,
                "leave out what the recipe says of products the chain does not have")
      ->needs("--recipe");
  command.callback([call, &session] { run_import(*call, session.console); });
}

struct ExportCall {
  std::string chain;
  std::string out;
  std::string format = "parquet";
};

void add_export(CLI::App& app, Session& session) {
  auto& command =
      add_command(app, chains_group, "export", "Write a chain as a folder of CSV or Parquet files.",
                  {{"stave export world-2011 -o world-2011-csv --format csv",
                    "One file a table; importing the folder gives the same chain, bit for bit."}});
  auto call = std::make_shared<ExportCall>();
  command.add_option("CHAIN", call->chain, "a .stave file, an exported folder or a sample's name")
      ->required();
  command.add_option("-o,--output", call->out, "folder to write")->type_name("FOLDER")->required();
  command.add_option("--format", call->format, "csv or parquet")
      ->check(CLI::IsMember({"csv", "parquet"}))
      ->capture_default_str();
  command.callback([call, &session] {
    TerminalProgress progress(session.console);
    export_folder(open_chain(call->chain, progress), call->out,
                  call->format == "csv" ? FolderFormat::csv : FolderFormat::parquet);
    session.console.err << fmt::format("wrote {}\n", call->out);
  });
}

struct AggregateCall {
  std::string chain;
  std::string out;
  std::string name;
  std::string regions;
  std::string products;
  TableOutput output;
};

Table conserved_totals(const Aggregation& result) {
  Table table(
      "totals", "Totals before and after",
      {{"total", ColumnType::text, "", "what is summed"},
       {"unit", ColumnType::text, "", "its unit"},
       {"before", ColumnType::real, "", "in the chain given"},
       {"after", ColumnType::real, "", "in the chain made"},
       {"relative_miss", ColumnType::real, "", "difference, as a share of the gross total"}});
  for (const auto& total : result.totals)
    table.add_row({total.what, total.unit, total.before, total.after, total.relative_miss()});
  return table;
}

void run_aggregate(const AggregateCall& call, const Console& console) {
  TerminalProgress progress(console);
  const auto chain = open_chain(call.chain, progress);
  const auto read = [](const std::string& file) {
    return file.empty() ? Concordance{} : read_concordance(file);
  };
  const auto result = aggregate(chain, read(call.regions), read(call.products));
  auto parts = result.chain.parts();
  parts.info.name = call.name.empty() ? std::filesystem::path(call.out).stem().string() : call.name;
  const Chain named(std::move(parts));
  save_chain(named, call.out, progress);
  call.output.print(conserved_totals(result), console);
  say_saved(console, named, call.out);
}

void add_aggregate(CLI::App& app, Session& session) {
  auto& command = add_command(
      app, chains_group, "aggregate",
      "Merge (or split) regions and products by concordances; totals are conserved and shown.\n\n"
      "A concordance is a csv with columns from, to and, where something is split, weight.\n",
      {{"stave aggregate world-2011 --regions unions.csv -o unions.stave", ""},
       {"stave aggregate world.stave --products sections.csv -o sections.stave", ""}});
  auto call = std::make_shared<AggregateCall>();
  command.add_option("CHAIN", call->chain, "a .stave file, an exported folder or a sample's name")
      ->required();
  command.add_option("-o,--output", call->out, "chain to write")
      ->type_name("NAME.stave")
      ->required();
  command.add_option("--regions", call->regions, "concordance of regions")->type_name("FILE.csv");
  command.add_option("--products", call->products, "concordance of products")
      ->type_name("FILE.csv");
  command.add_option("--name", call->name, "name of the new chain")->type_name("NAME");
  call->output.add_options(command);
  command.callback([call, &session] { run_aggregate(*call, session.console); });
}

struct QueryCall {
  std::string chain;
  std::string sql;
  TableOutput output;
};

void add_query(CLI::App& app, Session& session) {
  auto& command =
      add_command(app, chains_group, "query",
                  "Ask a chain file in SQL (read-only; docs/schema.md names the tables).",
                  {{"stave query world.stave \"SELECT code, name FROM region\"", ""},
                   {"stave query world.stave \"SELECT sum(value) FROM flow\" --json", ""}});
  auto call = std::make_shared<QueryCall>();
  command.add_option("CHAIN", call->chain, "a .stave file, an exported folder or a sample's name")
      ->required();
  command.add_option("SQL", call->sql, "one statement")->required();
  call->output.add_options(command);
  command.callback([call, &session] {
    const auto table = [&] {
      TerminalProgress progress(session.console);
      return query_chain(resolve_chain(call->chain), call->sql, progress);
    }();
    call->output.print(table, session.console);
  });
}

}  // namespace

void add_chain_commands(CLI::App& app, Session& session) {
  add_import(app, session);
  add_export(app, session);
  add_aggregate(app, session);
  add_query(app, session);
}

}  // namespace stave
