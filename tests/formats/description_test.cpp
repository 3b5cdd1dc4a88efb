#include "stave/formats/description.hpp"

#include "stave/store/store.hpp"

#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "formats/error_text.hpp"
#include "formats/packed.hpp"
#include "formats/workbook.hpp"
#include "formats/written_file.hpp"

namespace stave {
namespace {

using testing::ElementsAre;

const std::string head = "name = \"t-{year}\"\nunit = \"million EUR\"\n";
const std::string split = "[rows]\nseparator = \".\"\n[columns]\nseparator = \".\"\n";
const std::string households = "[[final_use]]\ncolumn = \"hh\"\ncategory = \"households\"\n";

Description description_of(const std::string& toml) { return parse_description("d.toml", toml); }

Chain chain_of(const std::string& csv, const std::string& toml,
               const DescribedOptions& options = {}) {
  return read_described(Source::of("t.csv", csv), description_of(toml), options);
}

std::string toml_error(const std::string& toml) {
  return error_text([&] { static_cast<void>(description_of(toml)); });
}

std::string table_error(const std::string& csv, const std::string& toml) {
  return error_text([&] { static_cast<void>(chain_of(csv, toml)); });
}

const std::string two_regions =
    "row,A.s,B.s,A.hh,B.hh,x\n"
    "A.s,1,2,3,4,10\n"
    "B.s,5,6,7,8,26\n"
    "v,4,18,,,\n";

TEST(ReadDescribed, BuildsAChain) {
  const auto chain = chain_of(two_regions,
                              head + split + households +
                                  "[[primary_input]]\nrow = \"v\"\nname = \"Value added\"\n"
                                  "[output]\ncolumn = \"x\"\n"
                                  "[regions.names]\nA = { name = \"Aland\", zh = \"甲\" }\n"
                                  "[sectors]\ngoods = [\"s\"]\n",
                              {.name = {}, .year = 2020, .member = {}});
  EXPECT_EQ(chain.info().name, "t-2020");
  EXPECT_EQ(chain.nodes().at(1).id, "B.s");
  EXPECT_THAT(chain.flows().dense().values(), ElementsAre(1, 2, 5, 6));
  EXPECT_THAT(chain.final_use().values(), ElementsAre(3, 4, 7, 8));
  EXPECT_THAT(chain.primary().values(), ElementsAre(4, 18));
  EXPECT_THAT(chain.reported_output(), ElementsAre(10, 26));
  EXPECT_EQ(chain.regions()[0].name_zh, "甲");
  EXPECT_EQ(chain.products()[0].kind, Kind::good);
  EXPECT_EQ(chain.final_columns().at(1).category, "households");
}

TEST(ReadDescribed, LeavesTheYearOutOfNamesWhenItIsNotKnown) {
  EXPECT_EQ(chain_of("row,A.s,A.hh\nA.s,1,2\n", head + split + households).info().name, "t");
}

TEST(ReadDescribed, DerivesFinalUseFromOutput) {
  const auto chain =
      chain_of("row,A.s,B.s,x\nA.s,1,2,10\nB.s,3,4,20\n",
               "final_use = \"derive\"\n" + head + split + "[output]\ncolumn = \"x\"\n");
  EXPECT_THAT(chain.final_use().values(), ElementsAre(7, 0, 0, 13));
  EXPECT_THAT(chain.info().notes,
              testing::Contains("Final use is derived as output less flows, and counted where it "
                                "is made."));
}

TEST(ReadDescribed, TakesHeadersAndLabelsOfTwoCells) {
  const auto chain = chain_of(",,A,,A\n,,s,t,hh\nA,s,1,2,3\n,t,4,5,6\n",
                              head + households +
                                  "[layout]\nheader_rows = 2\nlabel_columns = 2\n"
                                  "[rows]\nregion = 1\nsector = 2\nfill = true\n"
                                  "[columns]\nregion = 1\nsector = 2\nfill = true\n");
  EXPECT_EQ(chain.nodes().at(1).id, "A.t");
  EXPECT_THAT(chain.flows().dense().values(), ElementsAre(1, 2, 4, 5));
}

// Imports of 3 against home uses 1 + 2 + 3 = 6: half of each; exports of 4 stay at home.
TEST(ReadDescribed, SplitsImportsByProportion) {
  const std::string imports =
      head + "[rows]\nfixed_region = \"A\"\n[columns]\nfixed_region = \"A\"\n" + households +
      "[[final_use]]\ncolumn = \"ex\"\ncategory = \"exports\"\nregion = \"ROW\"\n"
      "[imports]\ncolumn = \"im\"\n";
  const auto chain = chain_of("row,s,t,hh,ex,im\ns,1,2,3,4,3\nt,5,6,7,8,0\n", imports);
  EXPECT_EQ(chain.size(), 4U);
  EXPECT_THAT(chain.flows().dense().row(0), ElementsAre(0.5, 1, 0, 0));
  EXPECT_THAT(chain.flows().dense().row(2), ElementsAre(0.5, 1, 0, 0));
  EXPECT_THAT(chain.final_use().row(0), ElementsAre(1.5, 4));
  EXPECT_THAT(chain.final_use().row(2), ElementsAre(1.5, 0));
  EXPECT_THAT(chain.output(), ElementsAre(7, 26, 3, 0));
}

// Imports of 8 against home uses of 6: all of them, and 2 of the 4 exports come from abroad.
TEST(ReadDescribed, SendsImportsBeyondHomeUseToExports) {
  const std::string imports =
      head + "[rows]\nfixed_region = \"A\"\n[columns]\nfixed_region = \"A\"\n" + households +
      "[[final_use]]\ncolumn = \"ex\"\ncategory = \"exports\"\nregion = \"ROW\"\n"
      "[imports]\ncolumn = \"im\"\n";
  const auto chain = chain_of("row,s,hh,ex,im\ns,1,5,4,8\n", imports);
  EXPECT_THAT(chain.output(), ElementsAre(2, 8));
  EXPECT_THAT(chain.final_use().row(1), ElementsAre(5, 2));
  EXPECT_THAT(table_error("row,s,hh,ex,im\ns,1,5,4,11\n", imports),
              testing::HasSubstr("node 'A.s': imports of 11 against uses of 10"));
}

TEST(ReadDescribed, ReadsWorkbooksAndArchivesAsText) {
  const std::string rows =
      "<row><c/><c t=\"str\"><v>A.s</v></c><c t=\"str\"><v>A.hh</v></c></row>"
      "<row><c t=\"str\"><v>A.s</v></c><c><v>1</v></c><c><v>2</v></c></row>";
  const auto description = description_of(head + split + households);
  for (const auto& [name, bytes] :
       Members{{"t.xlsx", workbook_of({{"S", rows}})},
               {"t.csv.gz", gzip_of("row,A.s,A.hh\nA.s,1,2\n")},
               {"t.zip", zip_of({{"t.csv", "row,A.s,A.hh\nA.s,1,2\n"}})}}) {
    const WrittenFile file(name, bytes);
    EXPECT_THAT(read_described(file.path(), description).output(), ElementsAre(3)) << name;
  }
}

TEST(ReadDescribed, ReadsParquet) {
  Table table("t", "",
              {{"row", ColumnType::text},
               {"A.s", ColumnType::real},
               {"A.hh", ColumnType::integer},
               {"note", ColumnType::text}});
  table.add_row({std::string("A.s"), 1.5, std::int64_t{2}, std::string("see below")});
  const WrittenFile file("t.parquet", "");
  write_parquet(table, file.path());
  const auto toml = head + split + households + "[skip]\ncolumns = [\"note\"]\n";
  EXPECT_THAT(read_described(file.path(), description_of(toml)).output(), ElementsAre(3.5));
  EXPECT_EQ(error_text(
                [&] {
                  static_cast<void>(
                      read_described(file.path(), description_of(head + split + households)));
                },
                file.folder().string() + "/"),
            "bad_input: t.parquet:2: column 'note': 'see below' is not a number | "
            "Leave the cell empty where there is no value.");
}

TEST(ReadDescribed, NamesLabelsThatAreUnknownOrAppearTwice) {
  const auto toml = head + split + households;
  EXPECT_EQ(table_error("row,A.s,A.tt,A.hh\nA.s,1,2,3\nA.t,4,5,6\n", toml),
            "bad_input: t.csv: column 3: label 'A.tt' is neither a row nor named in d.toml | "
            "Did you mean 'A.t' or 'A.s'?");
  EXPECT_EQ(table_error("row,A.s,A.hh\nA.s,1,2\nA.t,3,4\n", toml),
            "bad_input: t.csv:3: row 'A.t' has no column of the same label | "
            "Did you mean 'A.s' or 'A.hh'?");
  EXPECT_EQ(table_error("row,A.s,A.hh\nA.s,1,2\nA.s,3,4\n", toml),
            "bad_input: t.csv:3: label 'A.s' appears twice, first in row 2 | "
            "Every node needs a label of its own.");
  EXPECT_EQ(table_error("row,A.s,A.s,A.hh\nA.s,1,2,3\n", toml),
            "bad_input: t.csv: column 3: label 'A.s' appears twice | ");
  EXPECT_EQ(table_error("row,A.s,A.hh\nA-s,1,2\n", toml),
            "bad_input: t.csv:2: label 'A-s' does not split into region and sector | "
            "'.' is to stand between them. Skip it in the description if it is no flow.");
  EXPECT_EQ(table_error("row,A.s,A.h\nA.s,1,2\n", toml),
            "bad_input: t.csv: no column 'hh', which d.toml asks for | Did you mean 'h'?");
}

TEST(ReadDescribed, RefusesAMissingValueOnlyWhereOneIsNeeded) {
  const auto toml = head + split + households + "[layout]\nmissing = [\"NA\"]\n" +
                    "[[primary_input]]\nrow = \"v\"\nname = \"Value added\"\n";
  EXPECT_THAT(chain_of("row,A.s,A.hh\nA.s,1,2\nv,2,NA\n", toml).value_added(), ElementsAre(2));
  EXPECT_EQ(table_error("row,A.s,A.hh\nA.s,NA,2\nv,2,NA\n", toml),
            "bad_input: t.csv:2: column 'A.s': a value is missing where one is needed | "
            "Skip the row or column in the description, or write 0.");
}

TEST(ReadDescribed, NamesAGoodTheTableDoesNotHave) {
  EXPECT_EQ(table_error("row,A.c1,A.hh\nA.c1,1,2\n",
                        head + split + households + "[sectors]\ngoods = [\"c1..c17\"]\n"),
            "bad_input: d.toml: sectors.goods: 'c17' is not a sector of the table | "
            "Did you mean 'c1'?");
}

TEST(ParseDescription, NamesFileLineKeyAndWhatWasExpected) {
  const std::string hint = " | docs/format/description.md lists every key.";
  EXPECT_EQ(
      toml_error("unit = \"EUR\"\n"),
      "bad_input: d.toml:1: key 'name': is missing; expected a text in quotes, not empty" + hint);
  EXPECT_EQ(toml_error("name = 3\n"),
            "bad_input: d.toml:1: key 'name': expected a text in quotes" + hint);
  EXPECT_EQ(toml_error(head + "\nyear = \"x\"\n"),
            "bad_input: d.toml:4: key 'year': expected a whole number from 0 to 9999" + hint);
  EXPECT_EQ(toml_error(head + "[layout]\nheader_row = 2\n" + split + households),
            "bad_input: d.toml:4: key 'layout.header_row' is not known here | "
            "Did you mean 'header_rows'?");
  EXPECT_EQ(toml_error(head + "[rows]\nregion = 1\nseparator = \".\"\n"),
            "bad_input: d.toml:3: key 'rows': expected exactly one of region, separator and "
            "fixed_region, to tell the region by" +
                hint);
  EXPECT_EQ(toml_error(head + split + "[[final_use]]\ncolumn = \"a\"\n"),
            "bad_input: d.toml:7: key 'final_use[1].category': is missing; expected a text in "
            "quotes, not empty" +
                hint);
  EXPECT_EQ(
      toml_error(head + split + households + "[sectors.names]\nc1 = { kind = \"goods\" }\n"),
      "bad_input: d.toml:11: key 'sectors.names.c1.kind': expected \"good\" or \"service\"" + hint);
  EXPECT_THAT(toml_error("name = \"a\nunit = 1\n"),
              testing::StartsWith("bad_input: d.toml:1: column"));
}

TEST(ParseDescription, NeedsToKnowWhereFinalUseComesFrom) {
  EXPECT_THAT(toml_error(head + split), testing::HasSubstr("expected tables [[final_use]], or "));
  EXPECT_THAT(toml_error("final_use = \"derive\"\n" + head + split),
              testing::HasSubstr("key 'output': is missing; expected a column or row of output"));
}

TEST(LoadDescription, TakesNamesFromACsvFileBesideIt) {
  const WrittenFile toml("d.toml",
                         head + split + households + "[sectors]\nnames_file = \"names.csv\"\n");
  std::ofstream(toml.folder() / "names.csv") << "code,kind,name_zh,name\ns,service,部门,Sector\n";
  const auto description = load_description(toml.path());
  const auto chain = read_described(Source::of("t.csv", "row,A.s,A.hh\nA.s,1,2\n"), description);
  EXPECT_EQ(chain.products()[0].name, "Sector");
  EXPECT_EQ(chain.products()[0].name_zh, "部门");
  EXPECT_EQ(chain.products()[0].kind, Kind::service);
}

TEST(LoadDescription, NamesNoFileElsewhere) {
  for (const std::string elsewhere : {"/dev/zero", "../names.csv", "..", "more/names.csv"}) {
    const auto said = "expected the name of a file beside the description";
    EXPECT_THAT(
        toml_error(head + split + households + "[sectors]\nnames_file = \"" + elsewhere + "\"\n"),
        testing::HasSubstr(said));
    EXPECT_THAT(toml_error(head + split + households + "[recipe]\nfile = \"" + elsewhere + "\"\n"),
                testing::HasSubstr(said));
  }
}

}  // namespace
}  // namespace stave
