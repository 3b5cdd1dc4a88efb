// Every command printed in README.md, the guide, the samples' page and the reference pages runs as
// it is printed, in their order, in a folder that holds what a reader would have.
#include "stave/abatement/abatement.hpp"
#include "stave/cli/program.hpp"
#include "stave/formats/cbam_file.hpp"
#include "stave/formats/inventory_file.hpp"
#include "stave/store/sample.hpp"
#include "stave/store/store.hpp"

#include <fstream>
#include <set>
#include <sstream>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "formats/packed.hpp"
#include "formats/workbook.hpp"

namespace stave {
namespace {

namespace fs = std::filesystem;

// Tables of others, which a reader fetches.
const std::set<std::string> fetched{"wiot2011.csv.xz", "ICIO2018_2010.zip", "IOT_2019_pxp.zip"};

void write_file_here(const std::string& name, const std::string& bytes) {
  if (const auto folder = fs::path(name).parent_path(); !folder.empty())
    fs::create_directories(folder);
  std::ofstream(name, std::ios::binary) << bytes;
}

// "stave x" of an indented line, or of a code span in a table; without the remark after it.
// `stave serve` lasts until it is ended: serve_test.cpp starts it.
std::vector<std::string> printed_commands(const fs::path& page) {
  std::vector<std::string> commands;
  std::ifstream file(page);
  for (std::string line; std::getline(file, line);) {
    std::string command;
    if (line.starts_with("    stave ")) command = line.substr(4);
    if (const auto at = line.find("`stave "); line.starts_with("|") && at != line.npos)
      command = line.substr(at + 1, line.find('`', at + 1) - at - 1);
    command = command.substr(0, command.find(" #"));
    command = command.substr(0, command.find_last_not_of(' ') + 1);
    if (!command.empty() && !command.starts_with("stave serve")) commands.push_back(command);
  }
  return commands;
}

// As a shell splits it: blanks between words, none inside double quotes.
std::vector<std::string> words_of(const std::string& command) {
  std::vector<std::string> words;
  bool quoted = false;
  bool inside = false;
  for (const char c : command) {
    if (c == '"') quoted = !quoted;
    if (c == ' ' && !quoted) inside = false;
    if (c == '"' || (c == ' ' && !quoted)) continue;
    if (!inside) words.emplace_back();
    inside = true;
    words.back().push_back(c);
  }
  words.erase(words.begin());
  return words;
}

std::string text_cell(const std::string& cell, const std::string& text) {
  return "<c r=\"" + cell + R"(" t="inlineStr"><is><t>)" + text + "</t></is></c>";
}

// What the examples speak of: tables, a description, stressors, a concordance, firms.
void prepare_files(const Chain& world) {
  const auto rows = "<row r=\"1\">" + text_cell("A1", "row") + text_cell("B1", "A.s") +
                    text_cell("C1", "A.hh") + "</row><row r=\"2\">" + text_cell("A2", "A.s") +
                    "<c r=\"B2\"><v>1</v></c><c r=\"C2\"><v>3</v></c></row>";
  write_file_here("my-table.xlsx", workbook_of({{"t", rows}}));
  write_file_here("my-table.toml",
                  "name = \"t\"\nunit = \"million EUR\"\n[rows]\nseparator = \".\"\n[columns]\n"
                  "separator = \".\"\n[[final_use]]\ncolumn = \"hh\"\ncategory = \"households\"\n");
  write_file_here("suppliers/nodes.csv", "id,region,product\nmine,COD,ore\nsmelter,CHN,metal\n");
  write_file_here("suppliers/links.csv", "from,to,value\nmine,smelter,60\n");
  const auto& region = world.regions()[0].code;
  write_file_here("co2.csv", "stressor,region,product,value,unit\nheat," + region + "," +
                                 world.products()[0].code + ",1,TJ\n");
  write_file_here("population.csv",
                  "region,name,unit,value\n" + region + ",population,persons,1\n");
  const auto& product = world.products()[0].code;
  write_file_here("survey.csv", "input," + product + "\n" + product + ",2\n");
  write_file_here("shock.csv", "scenario,region,product,share\nno chips,TWN,c14,50%\n");
  write_file_here("minerals.csv", "product,reason\nco_ore,conflict mineral\n");
  write_file_here("flags.csv", "region,product,reason\nRUS,,sanctions\n");
  write_file_here("no-gallium.toml",
                  "[[export_ban]]\nregion = \"CHN\"\nproduct = \"gallium\"\nstart = 10\n"
                  "duration = 365\n");
  write_file_here("bicycle.toml", std::string(project_template()));
  write_file_here("switches.toml", switch_analysis().declaration.file_template);
  write_file_here("goods.toml", std::string(cbam_template()));
  std::string unions = "from,to\n";
  for (const auto& item : world.regions().items())
    unions += item.code + "," +
              (item.code == "DEU" || item.code == "FRA" ? std::string("EUR") : item.code) + "\n";
  write_file_here("unions.csv", unions);
  save_chain(world, "world.stave");
  save_chain(world, "mine.stave");
  auto earlier = world.parts();
  earlier.info.year = 2005;
  earlier.info.name = "world-2005";
  save_chain(Chain(std::move(earlier)), "world-2005.stave");
}

// A table with every cell of that share, and its totals.
void prepare_years() {
  const auto china = open_chain("china-2020");
  auto parts = china.parts();
  Matrix z(china.size(), china.size());
  china.flows().for_each([&](std::size_t i, std::size_t j, double v) { z(i, j) = .9 * v; });
  parts.flows = FlowMatrix(std::move(z));
  for (auto& y : parts.final_use.values()) y *= .95;
  parts.info.name = "china-2018";
  parts.info.year = 2018;
  save_chain(Chain(std::move(parts)), "china-2018.stave");
  std::string sales = "name,value\n";
  std::string purchases = "name,value\n";
  const auto sold = china.flows().row_sums();
  for (std::size_t i = 0; i < china.size(); ++i) {
    sales += fmt::format("{},{}\n", china.nodes()[i].id, 1.02 * sold[i]);
    purchases += fmt::format("{},{}\n", china.nodes()[i].id, 1.02 * china.intermediate_inputs()[i]);
  }
  write_file_here("sales.csv", sales);
  write_file_here("purchases.csv", purchases);
  write_file_here("known.csv", "row,column,value\nCHN.01,CHN.01,\n");
  write_file_here("electronics.csv", "part,share,name\n20a,0.3,Chips\n20b,0.7,Other electronics\n");
  write_file_here("buyers.csv", "part,to,weight\n20a,20,3\n20a,19,2\n");
}

void fetch_tables() {
  const fs::path data = STAVE_SHARED "/data";
  if (const auto table = data / "wiod2013/wiot2011.csv.xz"; fs::exists(table))
    fs::copy_file(table, "wiot2011.csv.xz");
  const auto icio = data / "pymrio-format-samples/mock_mrios/oecd_mock/ICIO2018_2010.CSV";
  if (!fs::exists(icio)) return;
  std::ifstream file(icio, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  write_file_here("ICIO2018_2010.zip", zip_of({{"ICIO2018_2010.CSV", text}}));
}

bool may_run(const std::vector<std::string>& words) {
  return std::ranges::none_of(
      words, [](const auto& word) { return fetched.contains(word) && !fs::exists(word); });
}

std::vector<fs::path> pages_with_commands() {
  const fs::path source = STAVE_SOURCE;
  std::vector<fs::path> pages;
  for (const auto& entry : fs::directory_iterator(source / "docs/reference"))
    pages.push_back(entry.path());
  std::ranges::sort(pages);
  pages.insert(pages.begin(), {source / "docs/guide.md", source / "docs/shock.md",
                               source / "README.md", source / "samples/README.md"});
  return pages;
}

TEST(PrintedCommands, AreSplitAsAShellDoes) {
  EXPECT_THAT(words_of("stave query w \"SELECT 1, 2\" --csv"),
              testing::ElementsAre("query", "w", "SELECT 1, 2", "--csv"));
}

TEST(PrintedCommands, Run) {
  const auto before = fs::current_path();
  const auto folder = fs::temp_directory_path() / ("stave-printed-" + std::to_string(::getpid()));
  fs::create_directories(folder);
  fs::current_path(folder);
  prepare_files(open_chain("world-2011"));
  prepare_years();
  fetch_tables();
  std::set<std::string> run;
  for (const auto& page : pages_with_commands()) {
    const auto commands = printed_commands(page);
    EXPECT_FALSE(commands.empty()) << page;
    for (const auto& command : commands) {
      const auto words = words_of(command);
      if (!may_run(words) || !run.insert(command).second) continue;
      std::ostringstream out;
      std::ostringstream err;
      EXPECT_EQ(run_program(words, {.out = out, .err = err}), 0)
          << page.filename() << ": " << command << "\n"
          << err.str() << "What it needs is made in printed_commands_test.cpp.";
      EXPECT_FALSE(out.str().empty() && err.str().empty()) << command;
    }
  }
  EXPECT_GE(run.size(), 30U);
  fs::current_path(before);
  fs::remove_all(folder);
}

}  // namespace
}  // namespace stave
