#include "stave/analysis/registry.hpp"
#include "stave/core/error.hpp"
#include "stave/formats/import.hpp"
#include "stave/report/report_writer.hpp"
#include "stave/store/sample.hpp"
#include "stave/store/store.hpp"

#include <filesystem>
#include <memory>
#include <ostream>

#include <fmt/format.h>

#include "cli/command.hpp"

namespace stave {
namespace {

Table summaries(const std::vector<ChainSummary>& chains, const std::string& title) {
  Table table("chains", title,
              {{"name", ColumnType::text, "", "what to type in place of CHAIN"},
               {"year", ColumnType::integer, "", "year of the figures"},
               {"nodes", ColumnType::integer, "", "makers of one product in one region"},
               {"regions", ColumnType::integer, "", ""},
               {"products", ColumnType::integer, "", ""},
               {"flows", ColumnType::integer, "", "flows that are not zero"},
               {"stressors", ColumnType::integer, "", ""},
               {"unit", ColumnType::text, "", "of the flows"},
               {"title", ColumnType::text, "", ""}});
  const auto whole = [](auto v) { return static_cast<std::int64_t>(v); };
  for (const auto& c : chains)
    table.add_row({c.path.filename().string(), whole(c.info.year), whole(c.nodes), whole(c.regions),
                   whole(c.products), whole(c.flows), whole(c.stressors), c.info.unit,
                   c.info.title});
  return table;
}

struct ListCall {
  std::string folder = ".";
  TableOutput output;
};

void add_list(CLI::App& app, Session& session) {
  auto& command = add_command(app, chains_group, "list", "List the chains in a folder.",
                              {{"stave list", "The chains in this folder."}});
  auto call = std::make_shared<ListCall>();
  command.add_option("FOLDER", call->folder, "folder to look in");
  call->output.add_options(command);
  command.callback([call, &session] {
    call->output.print(summaries(list_chains(call->folder), "Chains in " + call->folder),
                       session.console);
  });
}

void tell_names(const std::vector<std::filesystem::path>& paths, std::string_view what,
                const Console& console) {
  std::vector<std::string> names;
  for (const auto& path : paths) names.push_back(path.stem().string());
  if (!names.empty()) console.err << fmt::format("{}: {}\n", what, fmt::join(names, ", "));
}

void add_samples(CLI::App& app, Session& session) {
  auto& command =
      add_command(app, chains_group, "samples", "List the chains that come with Stave.",
                  {{"stave samples", "Any command takes a sample's name in place of a file."}});
  auto output = std::make_shared<TableOutput>();
  output->add_options(command);
  command.callback([output, &session] {
    std::vector<ChainSummary> chains;
    for (const auto& sample : samples()) chains.push_back(summarize_chain(sample.path));
    output->print(summaries(chains, "Samples"), session.console);
    tell_names(sample_scenarios(), "Scenarios for stave shock", session.console);
    tell_names(sample_inventories(), "Inventories for stave product", session.console);
  });
}

void add_formats(CLI::App& app, Session& session) {
  auto& command = add_command(app, chains_group, "formats", "List what `stave import` can read.",
                              {{"stave formats", ""}});
  auto output = std::make_shared<TableOutput>();
  output->rows = 100;
  output->add_options(command);
  command.callback([output, &session] {
    Table table("formats", "Formats that stave import reads",
                {{"format", ColumnType::text, "", "name for --format"},
                 {"reads", ColumnType::text, "", "what it reads"},
                 {"example", ColumnType::text, "", "a file or folder of this kind"}});
    for (const auto& format : formats()) table.add_row({format.name, format.reads, format.example});
    output->print(table, session.console);
  });
}

Table facts(const Chain& chain) {
  Table table("info", "",
              {{"what", ColumnType::text, "", ""}, {"value", ColumnType::text, "", ""}});
  const auto add = [&](const std::string& what, const std::string& value) {
    if (!value.empty() && value != "0") table.add_row({what, value});
  };
  const auto& info = chain.info();
  add("name", info.name);
  add("title", info.title);
  add("title (Chinese)", info.title_zh);
  add("year", fmt::format("{}", info.year));
  add("unit", info.unit);
  add("currency", info.currency);
  add("classification", info.classification);
  add("source", info.source);
  add("licence", info.licence);
  add("nodes", fmt::format("{}", chain.size()));
  add("regions", fmt::format("{}", chain.regions().size()));
  add("products", fmt::format("{}", chain.products().size()));
  add("flows", fmt::format("{} that are not zero, {}", chain.flows().nonzeros(),
                           chain.flows().is_dense() ? "dense" : "sparse"));
  add("final use", fmt::format("{} columns", chain.final_columns().size()));
  add("primary inputs", fmt::format("{} rows", chain.primary_rows().size()));
  add("recipe", chain.has_own_recipe() ? "its own" : "goods are essential to goods (default)");
  for (const auto& s : chain.stressor_rows())
    add("stressor", fmt::format("{} [{}], {}", s.name, s.unit, to_string(s.quality)));
  for (const auto& a : chain.node_attributes())
    add("node attribute", fmt::format("{} [{}]", a.name, a.unit));
  for (const auto& a : chain.region_attributes())
    add("region attribute", fmt::format("{} [{}]", a.name, a.unit));
  for (const auto& note : info.notes) add("note", note);
  return table;
}

Table labels(const Classification& classification, const std::string& title) {
  Table table(classification.what() + "s", title,
              {{"code", ColumnType::text, "", ""},
               {"name", ColumnType::text, "", ""},
               {"name_zh", ColumnType::text, "", ""},
               {"part_of", ColumnType::text, "", "the group above"}});
  for (const auto& item : classification.items())
    table.add_row({item.code, item.name, item.name_zh, item.parent});
  return table;
}

struct InfoCall {
  std::string chain;
  bool regions = false;
  bool products = false;
  TableOutput output;
};

void add_info(CLI::App& app, Session& session) {
  auto& command = add_command(
      app, chains_group, "info",
      "What a chain holds, where it comes from, and what was done to it.",
      {{"stave info world-2011", ""},
       {"stave info world-2011 --regions", "Codes and names to use in other commands."}});
  auto call = std::make_shared<InfoCall>();
  call->output.rows = 1000;
  command.add_option("CHAIN", call->chain, "a .stave file, an exported folder or a sample's name")
      ->required();
  command.add_flag("--regions", call->regions, "list the regions");
  command.add_flag("--products", call->products, "list the products");
  call->output.add_options(command);
  command.callback([call, &session] {
    const auto chain = open_chain(call->chain);
    if (call->regions) call->output.print(labels(chain.regions(), "Regions"), session.console);
    if (call->products) call->output.print(labels(chain.products(), "Products"), session.console);
    if (!call->regions && !call->products) call->output.print(facts(chain), session.console);
  });
}

void add_reference(CLI::App& app, Session& session) {
  auto& command = add_command(app, "", "reference",
                              "Write the reference pages, one an analysis, from the declarations.",
                              {{"stave reference docs/reference", ""}});
  auto folder = std::make_shared<std::string>();
  command.add_option("FOLDER", *folder, "folder to write")->required();
  command.callback([folder, &session] {
    std::filesystem::create_directories(*folder);
    for (const auto& analysis : analyses()) {
      const auto& d = analysis.declaration;
      write_file(std::filesystem::path(*folder) / (d.name + ".md"), reference_page(d));
    }
    session.console.err << fmt::format("wrote {} pages to {}\n", analyses().size(), *folder);
  });
}

}  // namespace

void add_listing_commands(CLI::App& app, Session& session) {
  add_list(app, session);
  add_samples(app, session);
  add_formats(app, session);
  add_info(app, session);
  add_reference(app, session);
}

}  // namespace stave
