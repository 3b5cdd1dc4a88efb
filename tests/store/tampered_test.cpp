// Chain files and folders that someone changed: the message names the table and the row.
#include "stave/core/error.hpp"
#include "stave/store/store.hpp"

#include <fstream>
#include <sstream>

#include <gmock/gmock.h>

#include "store/database.hpp"
#include "store/sample_chain.hpp"

namespace stave {
namespace {

using namespace store_test;
using testing::HasSubstr;

void change(const fs::path& path, const std::string& sql) {
  const store::Database database(
      path, {.access = store::OpenOptions::Access::create, .allow_other_files = true});
  store::Connection(database).run(sql);
}

struct Tampering {
  std::string sql;
  std::string words;
  Errc code = Errc::bad_input;
};

void PrintTo(const Tampering& tampering, std::ostream* out) { *out << tampering.sql; }

class TamperedFile : public testing::TestWithParam<Tampering> {};

TEST_P(TamperedFile, IsRefused) {
  const TemporaryFolder folder;
  const auto path = folder / "c.stave";
  save_chain(Chain(full_parts()), path);
  change(path, GetParam().sql);
  try {
    (void)load_chain(path);
    FAIL() << "accepted after " << GetParam().sql;
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), GetParam().code);
    EXPECT_THAT(error.what(), HasSubstr(path.string() + ": "));
    EXPECT_THAT(error.what(), HasSubstr(GetParam().words));
  }
}

const Tampering tamperings[] = {
    {R"(INSERT INTO flow VALUES (3, 0, 1))", "table 'flow', row 9: \"from\" = 3, \"to\" = 0"},
    {R"(UPDATE flow SET "to" = -1 WHERE "from" = 2 AND "to" = 1)", "\"to\" = -1"},
    {R"(INSERT INTO flow VALUES (1, 1, NULL))", "value = NULL"},
    {R"(INSERT INTO flow VALUES (2, 2, 5))",
     "table 'flow', row 9: \"from\" = 2, \"to\" = 2 appears twice"},
    {R"(ALTER TABLE flow ALTER "from" TYPE BIGINT; INSERT INTO flow VALUES (4294967296, 0, 1))",
     "out of range"},
    {R"(ALTER TABLE flow ALTER value TYPE VARCHAR; UPDATE flow SET value = 'abc' WHERE "to" = 0)",
     "abc"},
    {"DROP VIEW flow_named; DROP TABLE flow", "flow"},
    {"ALTER TABLE node DROP enterprise", "enterprise"},
    {"INSERT INTO node VALUES (3, 'CHN.c1', '', '', 'CHN', 'c1', '')",
     "table 'node', row 4: id 'CHN.c1' appears twice"},
    {"UPDATE node SET number = 7 WHERE number = 1", "table 'node', row 2: number is 2, expected 1"},
    {"UPDATE node SET number = NULL WHERE number = 1", "table 'node', row 1: number is -1"},
    {"UPDATE node SET region = 'XXX' WHERE number = 2",
     "table 'node', row 3: 'XXX' is not in table 'region'"},
    {"UPDATE node SET product = NULL WHERE number = 0",
     "table 'node', row 1: '' is not in table 'product'"},
    {"UPDATE region SET parent = 'NONE' WHERE code = 'CHN'", "table 'region'"},
    {"UPDATE product SET kind = 'gas' WHERE code = 'c2'",
     "table 'product', row 2: 'gas' is none of unknown, good, service"},
    {"UPDATE final_use SET final_column = 2 WHERE node = 0", "table 'final_use', row 1"},
    {"UPDATE primary_input SET node = 99 WHERE value = 3", "table 'primary_input', row 3"},
    {"UPDATE stressor SET quality = 'guessed' WHERE stressor = 1 AND node = 2",
     "table 'stressor', row 6"},
    {"DELETE FROM stressor WHERE stressor = 1 AND node = 0",
     "table 'stressor': stressor 1, node 0 has no row"},
    {"UPDATE stressor_row SET quality = 'good' WHERE number = 0", "'good' is none of measured"},
    {"DELETE FROM reported_output WHERE node = 0", "table 'reported_output' has 2 rows for 3"},
    {"UPDATE region_attribute SET attribute = 5", "table 'region_attribute', row 1"},
    {"UPDATE node_attribute SET node = 5 WHERE node = 2", "table 'node_attribute', row 2"},
    {"UPDATE recipe SET need = 'maybe'", "table 'recipe', row 1: 'maybe' is none of"},
    {"UPDATE chain SET recipe_rule = NULL", "recipe_rule is empty"},
    {"INSERT INTO chain SELECT * FROM chain", "not a chain", Errc::foreign_file},
    {"UPDATE chain SET schema_version = 2", "newer Stave: its schema is version 2",
     Errc::foreign_file},
    {"UPDATE chain SET schema_version = 0", "schema_version is 0"},
    {"UPDATE chain SET year = 99999999", "year is 99999999"},
    {"ALTER TABLE chain RENAME TO other", "not a chain", Errc::foreign_file},
    {"DROP TABLE note; CREATE VIEW note AS SELECT 0 AS number, content AS note "
     "FROM read_text('/etc/hostname')",
     "disabled"},
};
INSTANTIATE_TEST_SUITE_P(Each, TamperedFile, testing::ValuesIn(tamperings));

TEST(LoadChain, DoesNotMindTheOrderOfRows) {
  const TemporaryFolder folder;
  save_chain(Chain(full_parts()), folder / "c.stave");
  save_chain(Chain(ring_parts(40)), folder / "r.stave");
  for (const auto* name : {"c.stave", "r.stave"}) {
    const auto before = load_chain(folder / name);
    change(folder / name,
           "CREATE TABLE f AS SELECT * FROM flow ORDER BY \"to\" DESC, \"from\";"
           "DELETE FROM flow; INSERT INTO flow SELECT * FROM f;"
           "CREATE TABLE m AS SELECT * FROM node ORDER BY id DESC;"
           "DELETE FROM node; INSERT INTO node SELECT * FROM m");
    expect_same(before, load_chain(folder / name));
  }
}

TEST(LoadChain, NamesARepeatedLinkOfASparseNetwork) {
  const TemporaryFolder folder;
  save_chain(Chain(ring_parts(40)), folder / "r.stave");
  change(folder / "r.stave", "INSERT INTO flow VALUES (5, 6, 1)");
  try {
    (void)load_chain(folder / "r.stave");
    FAIL();
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("table 'flow', row 81: \"from\" = 5, \"to\" = 6"));
  }
}

TEST(LoadChain, IgnoresTablesOfOthers) {
  const TemporaryFolder folder;
  save_chain(Chain(full_parts()), folder / "c.stave");
  change(folder / "c.stave", "CREATE TABLE mine (a INTEGER)");
  EXPECT_EQ(load_chain(folder / "c.stave").size(), 3U);
}

struct CsvChange {
  std::string table;
  std::string before;
  std::string after;
  std::string words;
};

void PrintTo(const CsvChange& change, std::ostream* out) {
  *out << change.table << ": " << change.after;
}

class TamperedCsv : public testing::TestWithParam<CsvChange> {};

TEST_P(TamperedCsv, IsRefused) {
  const TemporaryFolder folder;
  export_folder(Chain(full_parts()), folder / "c", FolderFormat::csv);
  const auto path = folder / "c" / (GetParam().table + ".csv");
  std::stringstream text;
  text << std::ifstream(path).rdbuf();
  auto changed = text.str();
  const auto at = changed.find(GetParam().before);
  ASSERT_NE(at, std::string::npos) << changed;
  changed.replace(at, GetParam().before.size(), GetParam().after);
  std::ofstream(path) << changed;
  try {
    (void)import_folder(folder / "c");
    FAIL() << "accepted " << changed;
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Errc::bad_input);
    EXPECT_THAT(error.what(), HasSubstr(GetParam().words));
  }
}

const CsvChange csv_changes[] = {
    {"flow", "1e-300", "\"12,5\"", "12,5"},
    {"flow", "from,to", "to,from", "flow.csv:1: the columns are 'to,from,value'"},
    {"flow", "1e-300", "1e-300,7", "flow.csv"},
    {"node", "DEU.c1", "CHN.c1", "id 'CHN.c1' appears twice"},
    {"node", "CHN.c2", "\xB8\xD6", "node.csv"},
    {"node", "\n1,", "\none,", "one"},
};
INSTANTIATE_TEST_SUITE_P(Each, TamperedCsv, testing::ValuesIn(csv_changes));

TEST(ImportFolder, NamesAMissingTable) {
  const TemporaryFolder folder;
  export_folder(Chain(full_parts()), folder / "c", FolderFormat::parquet);
  fs::remove(folder / "c" / "recipe.parquet");
  try {
    (void)import_folder(folder / "c");
    FAIL();
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("recipe.parquet is missing"));
  }
}

TEST(ImportFolder, RefusesAnUnfinishedParquetFile) {
  const TemporaryFolder folder;
  export_folder(Chain(full_parts()), folder / "c", FolderFormat::parquet);
  const auto path = folder / "c" / "flow.parquet";
  fs::resize_file(path, fs::file_size(path) / 2);
  EXPECT_THROW((void)import_folder(folder / "c"), Error);
}

}  // namespace
}  // namespace stave
