#include "stave/formats/recipe_file.hpp"

#include "stave/formats/description.hpp"
#include "stave/formats/source.hpp"
#include "stave/store/store.hpp"

#include <sstream>

#include <gmock/gmock.h>

#include "formats/packed.hpp"
#include "formats/workbook.hpp"
#include "import_fixture.hpp"

namespace stave::test {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

// Ore and metal are goods of the group "materials", haulage is a service; a maker of each.
ChainParts three_makers() {
  ChainParts p;
  p.info.name = "three";
  p.regions = Classification("region", {{.code = "CHN"}});
  p.products = Classification(
      "product",
      {{.code = "ore", .name = "Ore", .name_zh = "矿石", .parent = "mat", .kind = Kind::good},
       {.code = "metal", .name = "Metal", .parent = "mat", .kind = Kind::good},
       {.code = "haul", .name = "Haulage", .kind = Kind::service}},
      {{.code = "mat", .name = "Materials"}});
  for (std::size_t k = 0; k < 3; ++k)
    p.nodes.push_back(
        {.id = "n" + std::to_string(k), .region = RegionId(0), .product = ProductId(k)});
  p.flows = FlowMatrix(Matrix::of({{0, 5, 1}, {1, 0, 1}, {2, 2, 0}}));
  return p;
}

std::vector<int> needs(const Recipe& recipe, std::size_t products) {
  std::vector<int> all;
  for (std::size_t k = 0; k < products; ++k)
    for (std::size_t l = 0; l < products; ++l)
      all.push_back(static_cast<int>(recipe.need(ProductId(k), ProductId(l))));
  return all;
}

class RecipeFile : public TemporaryFolder {
 protected:
  Chain with(const std::string& text, const RecipeOptions& options = {}) {
    return with_recipe(chain_, write("r.csv", text), options);
  }
  std::string refused(Errc code, const std::string& text) {
    write("r.csv", text);
    auto message = message_of(code, [&] { (void)with_recipe(chain_, folder() / "r.csv"); });
    const auto prefix = folder().string() + "/";
    for (auto at = message.find(prefix); at != std::string::npos; at = message.find(prefix))
      message.erase(at, prefix.size());
    return message;
  }
  Chain chain_{three_makers()};
};

TEST_F(RecipeFile, ReadsAMatrixOfInputsByUsers) {
  const auto chain = with(
      "\"\",haul,metal,ore\nore,0,2,1\nhaul,none,Non-essential,essential\n"
      "metal,1.0,0,2\n");
  EXPECT_TRUE(chain.has_own_recipe());
  EXPECT_THAT(needs(chain.recipe(), 3), ElementsAre(1, 2, 0, 2, 0, 1, 2, 1, 0));
  EXPECT_THAT(chain.info().notes,
              ElementsAre("Recipe: from the matrix r.csv: of the pairs of products it states 3 are "
                          "essential, 3 non-essential, 3 none."));
}

TEST_F(RecipeFile, ReadsAListOfPairs) {
  const auto chain = with("need,user,input,source\nnone,metal,ore,survey\n2,Haulage,矿石,\n");
  EXPECT_THAT(needs(chain.recipe(), 3), ElementsAre(2, 0, 2, 2, 2, 1, 1, 1, 1));
  ASSERT_EQ(chain.info().notes.size(), 1U);
  EXPECT_THAT(chain.info().notes[0],
              AllOf(HasSubstr("r.csv states 2 of 9 pairs of products; 2 of 3 products have no row "
                              "as an input and 1 none as a user"),
                    HasSubstr("Other pairs follow the default rule: goods, and products")));
}

TEST_F(RecipeFile, AFirstRowOfStarsIsTheRuleForAllOtherPairs) {
  const auto chain = with("input,user,need\n*,*,none\nore,metal,essential\n");
  EXPECT_THAT(needs(chain.recipe(), 3), ElementsAre(0, 2, 0, 0, 0, 0, 0, 0, 0));
  EXPECT_THAT(chain.info().notes, Contains(HasSubstr("follow the rule of its first row: none")));
  EXPECT_EQ(refused(Errc::bad_input, "input,user,need\nore,metal,2\n*,*,0\n"),
            "r.csv:3: column 'input': '*' is the rule for all pairs, and stands first | Move the "
            "row to the top.");
  EXPECT_THAT(refused(Errc::bad_input, "input,user,need\n*,metal,2\n"),
              HasSubstr("r.csv:2: column 'input': '*' stands beside a product"));
}

TEST_F(RecipeFile, AGroupStandsForAllProductsBelowIt) {
  EXPECT_THAT(needs(with("x,mat,haul\nmaterials,1,0\nhaul,2,2\n").recipe(), 3),
              ElementsAre(1, 1, 0, 1, 1, 0, 2, 2, 2));
  EXPECT_EQ(refused(Errc::bad_input, "x,mat,haul\nmat,1,0\nmetal,2,2\n"),
            "r.csv:3: column 'x': 'metal' is 'metal' a second time, first in row 2 | ");
}

TEST_F(RecipeFile, SaysWhichProductsHaveNoRowOrColumn) {
  const auto chain = with("x,ore,haul\nmetal,0,2\n");
  EXPECT_THAT(needs(chain.recipe(), 3), ElementsAre(2, 2, 1, 0, 2, 2, 1, 1, 1));
  EXPECT_THAT(
      chain.info().notes,
      AllOf(Contains(HasSubstr("2 of 3 products have no row in r.csv (ore, haul): as inputs they "
                               "follow the default rule: goods, and products of unknown kind, are "
                               "essential to goods, all else is non-essential")),
            Contains(HasSubstr("1 of 3 products have no column in r.csv (metal): as users"))));
}

TEST_F(RecipeFile, NamesNearProductsForUnknownOnes) {
  EXPECT_EQ(refused(Errc::not_found, "x,ore,metal\nore,0,2\nmetall,1,1\n"),
            "r.csv:3: column 'x': 'metall' is not a product of the chain | Did you mean 'metal' or "
            "'Metal'?");
  EXPECT_THAT(refused(Errc::not_found, "x,ore,mettal\nore,0,2\n"),
              HasSubstr("r.csv:1: column '3': 'mettal' is not a product of the chain | Did you"));
  EXPECT_THAT(refused(Errc::not_found, "input,user,need\nore,halu,2\n"),
              HasSubstr("r.csv:2: column 'user': 'halu' is not a product of the chain | Did you "
                        "mean 'haul'"));
  EXPECT_THAT(refused(Errc::not_found, "x,ore\n9999,2\n"),
              HasSubstr("'9999' is not a product of the chain | --recipe-skip-unknown"));
}

TEST_F(RecipeFile, LeavesUnknownProductsOutWhenAsked) {
  const auto chain =
      with("x,ore,9999,metal,haul\nore,0,2,1,1\n9999,2,2,2,2\nmetal,0,0,0,0\nhaul,2,2,2,2\n",
           {.skip_unknown = true});
  EXPECT_THAT(needs(chain.recipe(), 3), ElementsAre(0, 1, 1, 0, 0, 0, 2, 2, 2));
  EXPECT_THAT(
      chain.info().notes,
      Contains("Recipe: r.csv names 1 products the chain does not have (9999); what it says "
               "of them is left out."));
  const auto list =
      with("input,user,need\n*,*,1\nore,9999,2\nore,metal,2\n", {.skip_unknown = true});
  EXPECT_THAT(needs(list.recipe(), 3), ElementsAre(1, 2, 1, 1, 1, 1, 1, 1, 1));
  write("r.csv", "x,a\nb,2\n");
  EXPECT_THAT(
      message_of(Errc::not_found,
                 [&] { (void)with_recipe(chain_, folder() / "r.csv", {.skip_unknown = true}); }),
      HasSubstr("no row is of a product of the chain"));
}

Concordance concordance(std::vector<std::pair<std::string, std::string>> pairs) {
  Concordance result;
  result.file = "c.csv";
  for (auto& [from, to] : pairs) result.entries.push_back({from, to, 1, result.entries.size() + 2});
  return result;
}

// B07 and B08 are both ore: of ore by metal they say 1 and 2. B08 is haul too.
TEST_F(RecipeFile, AConcordanceCarriesItFromOtherCodes) {
  const RecipeOptions options{
      .concordance =
          concordance({{"B07", "ore"}, {"B08", "ore"}, {"C24", "metal"}, {"B08", "haul"}})};
  const auto matrix = with("x,B07,C24\nB07,0,1\nB08,0,2\nC24,1,0\n", options);
  EXPECT_THAT(needs(matrix.recipe(), 3), ElementsAre(0, 2, 1, 1, 0, 1, 0, 2, 1));
  EXPECT_THAT(matrix.info().notes, Contains(HasSubstr("of 1 pairs of products the merged codes say "
                                                      "different things; the strongest need")));
  const auto list = with("input,user,need\n*,*,none\nB08,C24,2\nB07,C24,1\n", options);
  EXPECT_THAT(needs(list.recipe(), 3), ElementsAre(0, 2, 0, 0, 0, 0, 0, 2, 0));
  EXPECT_THAT(list.info().notes, Contains(HasSubstr("of 1 pairs of products the merged codes")));
}

TEST_F(RecipeFile, AConcordanceNamesWhatItDoesNotKnow) {
  write("r.csv", "x,B07\nB9,2\n");
  const auto said = [&](const Concordance& by) {
    return message_of(Errc::not_found,
                      [&] { (void)with_recipe(chain_, folder() / "r.csv", {.concordance = by}); });
  };
  EXPECT_THAT(said(concordance({{"B07", "ore"}, {"B09", "metal"}})),
              AllOf(HasSubstr("r.csv:2: column 'x': 'B9' is not in the concordance"),
                    HasSubstr("Did you mean 'B09'")));
  EXPECT_THAT(said(concordance({{"B07", "ore"}, {"B9", "metl"}})),
              AllOf(HasSubstr("c.csv:3: column 'to': 'metl' is not a product of the chain"),
                    HasSubstr("Did you mean 'metal'")));
}

TEST_F(RecipeFile, RefusesWhatIsNoNeed) {
  for (const std::string bad : {"3", "-1", "0.5", "yes", "nan", ""})
    EXPECT_EQ(refused(Errc::bad_input, "x,ore,metal\nore,0," + bad + "\n"),
              "r.csv:2: column 'metal': '" + bad +
                  "' is not a need | Write 2 or essential, 1 or non-essential, 0 or none.");
  EXPECT_THAT(refused(Errc::bad_input, "input,user,need\nore,metal,2\nore,haul,often\n"),
              HasSubstr("r.csv:3: column 'need': 'often' is not a need"));
}

TEST_F(RecipeFile, RefusesRepeatsRaggedRowsAndEmptyFiles) {
  EXPECT_EQ(refused(Errc::bad_input, "x,ore,Ore\nore,0,2\n"),
            "r.csv:1: column '3': 'Ore' is 'ore' a second time, first in column 2 | ");
  EXPECT_EQ(refused(Errc::bad_input, "input,user,need\nore,metal,2\nOre,metal,1\n"),
            "r.csv:3: column 'need': '1' is a second need of 'ore' by makers of 'metal', first in "
            "row 2 | ");
  EXPECT_THAT(refused(Errc::bad_input, "x,ore,metal\nore,0\n"), HasSubstr("r.csv:2: has 2 cells"));
  EXPECT_THAT(refused(Errc::bad_input, "x,ore\n"), HasSubstr("has no rows below its header"));
  EXPECT_THAT(refused(Errc::bad_input, ""), HasSubstr("r.csv"));
  EXPECT_THAT(refused(Errc::bad_input, "input,user,ned\nore,metal,2\n"),
              HasSubstr("r.csv:1: no column 'need' | Did you mean 'ned'?"));
  EXPECT_THAT(refused(Errc::bad_input, "x,,ore\nore,1,2\n"),
              HasSubstr("r.csv:1: column '2': '' is empty, expected a product"));
}

TEST_F(RecipeFile, ReadsCompressedFilesAndWorkbooks) {
  const auto cell = [](const std::string& at, const std::string& text) {
    return "<c r=\"" + at + R"(" t="inlineStr"><is><t>)" + text + "</t></is></c>";
  };
  const auto sheet = "<row r=\"1\">" + cell("B1", "metal") + "</row><row r=\"2\">" +
                     cell("A2", "ore") + "<c r=\"B2\"><v>0</v></c></row><row r=\"4\">" +
                     cell("A4", "haul") + "<c r=\"B4\"><v>2</v></c></row>";
  const std::string text = ",metal\nore,0\nhaul,2\n";
  for (const auto& [name, bytes] :
       Members{{"r.xlsx", workbook_of({{"S", sheet}})}, {"r.csv.xz", xz_of(text)}, {"r.csv", text}})
    EXPECT_THAT(needs(with_recipe(chain_, write(name, bytes)).recipe(), 3),
                ElementsAre(2, 0, 1, 2, 2, 1, 1, 2, 1))
        << name;
  const auto bad = "<row r=\"1\">" + cell("B1", "metal") + "</row><row r=\"4\">" +
                   cell("A4", "ore") + "<c r=\"B4\"><v>7</v></c></row>";
  write("r.xlsx", workbook_of({{"S", bad}}));
  EXPECT_THAT(message_of(Errc::bad_input, [&] { (void)with_recipe(chain_, folder() / "r.xlsx"); }),
              HasSubstr("r.xlsx:S:4: column 'metal': '7' is not a need"));
}

TEST_F(RecipeFile, ASecondRecipeReplacesTheFirstAndItsNotes) {
  const auto first = with("x,ore\nore,0\n");
  const auto second = with_recipe(first, write("s.csv", "x,metal\nmetal,0\n"));
  EXPECT_THAT(needs(second.recipe(), 3), ElementsAre(2, 2, 1, 2, 0, 1, 1, 1, 1));
  EXPECT_THAT(second.info().notes,
              AllOf(Contains(HasSubstr("replaces the one the chain had")),
                    Contains(HasSubstr("s.csv")), Not(Contains(HasSubstr("r.csv")))));
}

TEST_F(RecipeFile, AnExportedRecipeComesBack) {
  const auto chain = with("x,ore,metal,haul\nore,0,2,1\nmetal,1,0,1\nhaul,1,1,2\n");
  export_folder(chain, folder() / "out", FolderFormat::csv);
  const auto again = with_recipe(chain_, folder() / "out/recipe.csv");
  for (const auto& [pair, need] : chain.recipe().exceptions())
    EXPECT_EQ(again.recipe().need(pair.first, pair.second), need);
}

TEST_F(RecipeFile, ADescriptionMayNameOne) {
  write("survey.csv", "x,s,t,u\ns,0,2,1\nt,1,1,1\nu,0,0,0\n");
  const auto table = write("t.csv", "row,A.s,A.t,A.hh\nA.s,1,2,3\nA.t,4,5,6\n");
  const std::string toml =
      "name = \"t\"\nunit = \"million EUR\"\n[rows]\nseparator = \".\"\n[columns]\n"
      "separator = \".\"\n[[final_use]]\ncolumn = \"hh\"\ncategory = \"households\"\n"
      "[recipe]\nfile = \"survey.csv\"\n";
  write("d.toml", toml);
  EXPECT_THAT(message_of(Errc::not_found, importing(table, {.description = folder() / "d.toml"})),
              HasSubstr("survey.csv:1: column '4': 'u' is not a product of the chain"));
  write("d.toml", toml + "skip_unknown = true\n");
  const auto chain = import_chain(table, {.description = folder() / "d.toml"});
  EXPECT_THAT(needs(chain.recipe(), 2), ElementsAre(0, 2, 1, 1));
  write("d.toml", toml + "skip = true\n");
  EXPECT_THAT(message_of(Errc::bad_input, importing(table, {.description = folder() / "d.toml"})),
              HasSubstr("skip"));
}

TEST_F(RecipeFile, ANetworkFolderMayHoldAMatrix) {
  write("n/nodes.csv", "id,product\na,ore\nb,metal\n");
  write("n/links.csv", "from,to,value\na,b,1\n");
  write("n/recipe.csv", ",ore,metal\nore,0,1\nmetal,0,0\n");
  EXPECT_THAT(needs(import_chain(folder() / "n").recipe(), 2), ElementsAre(0, 1, 0, 0));
}

// The survey as printed, read here by hand: cells between commas, quotes taken off.
struct Survey {
  std::vector<std::string> codes;
  std::vector<std::vector<int>> needs;
};

Survey survey(const std::filesystem::path& path) {
  const auto source = Source::open(path);
  std::istringstream lines{std::string(source.text())};
  Survey read;
  for (std::string line; std::getline(lines, line);) {
    std::vector<std::string> cells;
    std::istringstream in(line);
    for (std::string cell; std::getline(in, cell, ',');) {
      std::erase(cell, '"');
      std::erase(cell, '\r');
      cells.push_back(cell);
    }
    if (read.codes.empty()) {
      read.codes.assign(cells.begin() + 1, cells.end());
      continue;
    }
    EXPECT_EQ(cells[0], read.codes[read.needs.size()]);
    read.needs.emplace_back();
    for (std::size_t c = 1; c < cells.size(); ++c) read.needs.back().push_back(std::stoi(cells[c]));
  }
  return read;
}

// A firm of every `step`-th industry, each selling to the next; in the other order, so that the
// places of file and chain differ.
Chain firms_of(const Survey& s, std::size_t step) {
  ChainParts p;
  p.info.name = "firms";
  p.regions = Classification("region", {{.code = "HUN"}});
  std::vector<Item> items;
  for (std::size_t k = 0; k < s.codes.size(); k += step)
    items.insert(items.begin(), {.code = s.codes[k]});
  std::vector<Flow> flows;
  for (std::size_t i = 0; i < items.size(); ++i) {
    p.nodes.push_back({.id = "f" + items[i].code, .region = RegionId(0), .product = ProductId(i)});
    if (i > 0)
      flows.push_back({static_cast<std::int32_t>(i - 1), static_cast<std::int32_t>(i), 1.0});
  }
  p.flows = FlowMatrix::from_flows(items.size(), std::move(flows));
  p.products = Classification("product", std::move(items));
  return Chain(std::move(p));
}

void expect_survey(const Chain& chain, const Survey& s) {
  for (std::size_t k = 0; k < s.codes.size(); ++k)
    for (std::size_t l = 0; l < s.codes.size(); ++l) {
      const auto input = chain.products().find(s.codes[k]);
      const auto user = chain.products().find(s.codes[l]);
      if (!input || !user) continue;
      ASSERT_EQ(static_cast<int>(chain.recipe().need(ProductId(*input), ProductId(*user))),
                s.needs[k][l])
          << s.codes[k] << " " << s.codes[l];
    }
}

class SurveyMatrix : public TemporaryFolder, public ::testing::WithParamInterface<const char*> {};

TEST_P(SurveyMatrix, ComesBackFromTheStoreAsPrinted) {
  const auto path = std::filesystem::path(STAVE_SHARED "/reference/esri") / GetParam();
  SKIP_WITHOUT(path);
  const auto s = survey(path);
  ASSERT_EQ(s.needs.size(), s.codes.size());
  const auto chain = with_recipe(firms_of(s, 1), path);
  expect_survey(chain, s);
  save_chain(chain, folder() / "x.stave");
  const auto stored = load_chain(folder() / "x.stave");
  expect_survey(stored, s);
  EXPECT_EQ(stored.recipe().exceptions(), chain.recipe().exceptions());
  EXPECT_EQ(stored.info().notes, chain.info().notes);

  const auto fewer = firms_of(s, 3);
  EXPECT_THAT(message_of(Errc::not_found, [&] { (void)with_recipe(fewer, path); }),
              HasSubstr(":1: column '3': '" + s.codes[1] + "' is not a product of the chain"));
  const auto part = with_recipe(fewer, path, {.skip_unknown = true});
  expect_survey(part, s);
  EXPECT_THAT(part.info().notes,
              Contains(HasSubstr("names " + std::to_string(s.codes.size() - fewer.size()) +
                                 " products the chain does not have")));
}

INSTANTIATE_TEST_SUITE_P(Pichler, SurveyMatrix,
                         ::testing::Values("ess_mat_n2_ihs.csv", "ess_mat_n4_ihs.csv.xz"),
                         [](const auto& each) { return each.index == 0 ? "Nace2" : "Nace4"; });

}  // namespace
}  // namespace stave::test
