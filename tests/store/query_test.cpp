// SQL against a chain file: what comes back, and what it may not do.
#include "stave/core/error.hpp"
#include "stave/store/store.hpp"

#include <cmath>
#include <fstream>
#include <sstream>
#include <thread>

#include <gmock/gmock.h>

#include "store/sample_chain.hpp"
#include "store/schema.hpp"

namespace stave {
namespace {

using namespace store_test;
using testing::HasSubstr;

class QueryChain : public testing::Test {
 protected:
  QueryChain() { save_chain(Chain(full_parts()), path_); }
  [[nodiscard]] Table ask(const std::string& sql) const { return query_chain(path_, sql); }
  void expect_refused(const std::string& sql, const std::string& words) const {
    try {
      (void)ask(sql);
      FAIL() << sql << " was accepted";
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), Errc::bad_input) << sql;
      EXPECT_THAT(error.what(), HasSubstr(words)) << sql;
    }
  }
  TemporaryFolder folder_;
  fs::path path_ = folder_ / "c.stave";
};

// The seller CHN.c1 sells 0.1 + 0.2 to itself and 1e-300 to CHN.c2.
TEST_F(QueryChain, ShowsFlowsByName) {
  const auto table = ask("SELECT buyer, value FROM flow_named WHERE seller = 'CHN.c1' ORDER BY 1");
  EXPECT_THAT(table.texts("buyer"), testing::ElementsAre("CHN.c1", "CHN.c2"));
  EXPECT_THAT(table.reals("value"), testing::ElementsAre(0.1 + 0.2, 1e-300));
}

TEST_F(QueryChain, MapsTypes) {
  const auto table = ask(R"(SELECT 1::TINYINT AS a, sum(number) AS b, 18446744073709551615 AS c,
    1.25 AS d, 0.5::FLOAT AS e, true AS f, DATE '2020-02-29' AS g, [1, 2] AS h, NULL::INTEGER AS i,
    NULL AS j, NULL::VARCHAR AS k, -3::HUGEINT AS l, 1e30::DECIMAL(38, 2) AS m FROM node; -- end)");
  EXPECT_EQ(table.integers("a").front(), 1);
  EXPECT_EQ(table.integers("b").front(), 3);
  EXPECT_EQ(table.reals("c").front(), 18446744073709551615.0);
  EXPECT_EQ(table.reals("d").front(), 1.25);
  EXPECT_EQ(table.reals("e").front(), 0.5);
  EXPECT_EQ(table.texts("f").front(), "true");
  EXPECT_EQ(table.texts("g").front(), "2020-02-29");
  EXPECT_EQ(table.texts("h").front(), "[1, 2]");
  EXPECT_TRUE(std::isnan(table.reals("i").front()));
  EXPECT_EQ(table.rows(), 1U);
  EXPECT_EQ(table.texts("k").front(), "");
  EXPECT_EQ(table.integers("l").front(), -3);
  EXPECT_EQ(table.reals("m").front(), 1e30);
}

TEST_F(QueryChain, MakesAColumnOfWholeNumbersRealWhereOneIsMissing) {
  const auto table = ask("SELECT * FROM (VALUES (1), (NULL), (3)) t(a)");
  EXPECT_EQ(table.reals("a")[0], 1);
  EXPECT_TRUE(std::isnan(table.reals("a")[1]));
  EXPECT_EQ(table.reals("a")[2], 3);
}

TEST_F(QueryChain, DescribesAndExplains) {
  EXPECT_THAT(ask("DESCRIBE flow").texts("column_name"),
              testing::ElementsAre("from", "to", "value"));
  EXPECT_GT(ask("SUMMARIZE final_use").rows(), 0U);
  EXPECT_GT(ask("EXPLAIN SELECT * FROM flow").rows(), 0U);
  EXPECT_GT(ask("SHOW TABLES").rows(), store::tables().size());
}

TEST_F(QueryChain, GivesAnEmptyTableWithItsColumns) {
  const auto table = ask("SELECT id, number FROM node WHERE false");
  EXPECT_EQ(table.rows(), 0U);
  EXPECT_EQ(table.columns().size(), 2U);
}

TEST_F(QueryChain, RefusesWhatIsNotOneReadingStatement) {
  expect_refused("", "0 statements");
  expect_refused("SELECT 1; SELECT 2", "2 statements");
  expect_refused("DELETE FROM flow", "only a SELECT");
  expect_refused("CREATE TABLE x (a INTEGER)", "only a SELECT");
  expect_refused("CREATE TEMP TABLE x (a INTEGER)", "only a SELECT");
  expect_refused("SET threads = 1", "only a SELECT");
  expect_refused("SELEC 1", "syntax error");
  expect_refused("SELECT * FROM flows", "flows does not exist");
  expect_refused("SELECT 1 / (SELECT 'a'::INTEGER)", "Could not convert");
}

TEST_F(QueryChain, ReachesNoOtherFile) {
  const auto other = (folder_ / "secret.csv").string();
  std::ofstream(other) << "a\n1\n";
  expect_refused("SELECT * FROM '" + other + "'", "");
  expect_refused("SELECT * FROM read_csv('" + other + "')", "disabled");
  expect_refused("SELECT * FROM read_text('/etc/passwd')", "disabled");
  expect_refused("SELECT * FROM glob('/*')", "disabled");
  expect_refused("COPY flow TO '" + (folder_ / "out.csv").string() + "'", "");
  expect_refused("ATTACH '" + (folder_ / "new.db").string() + "'", "");
  expect_refused("LOAD httpfs", "");
  expect_refused("SET enable_external_access = true", "");
  EXPECT_EQ(folder_.entries(), 2U);
}

TEST_F(QueryChain, AsksAnExportedFolderTheSame) {
  export_folder(Chain(full_parts()), folder_ / "csv", FolderFormat::csv);
  const std::string sql = "SELECT seller, buyer, value FROM flow_named ORDER BY 1, 2";
  const auto expected = ask(sql);
  const auto table = query_chain(folder_ / "csv", sql);
  EXPECT_EQ(table.texts("seller"), expected.texts("seller"));
  EXPECT_EQ(table.reals("value"), expected.reals("value"));
  path_ = folder_ / "csv";
  expect_refused("SELECT * FROM read_text('/etc/passwd')", "disabled");
  expect_refused("DELETE FROM flow", "only a SELECT");
}

TEST_F(QueryChain, StopsAResultThatIsTooLarge) {
  try {
    (void)ask("SELECT a.range, repeat('x', 10000) AS text FROM range(1000000) a");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Errc::too_large);
    EXPECT_THAT(error.hint(), HasSubstr("LIMIT"));
  }
}

class CancelledSoon : public Progress {
 public:
  [[nodiscard]] bool cancelled() const override {
    return std::chrono::steady_clock::now() > start_ + std::chrono::milliseconds(200);
  }

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

TEST_F(QueryChain, CanBeStopped) {
  CancelledSoon progress;
  try {
    (void)query_chain(path_,
                      "SELECT sum(sqrt(a.range * b.range)) FROM range(10000000) a, "
                      "range(10000000) b",
                      progress);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Errc::cancelled);
  }
}

std::string schema_document() {
  std::stringstream text;
  text << std::ifstream(fs::path(STAVE_SOURCE) / "docs/schema.md").rdbuf();
  return text.str();
}

TEST(SchemaDocument, NamesEveryTableAndColumn) {
  const auto text = schema_document();
  for (const auto& table : store::tables()) {
    const auto at = text.find("### " + table.name + "\n");
    ASSERT_NE(at, std::string::npos) << table.name;
    const auto section = text.substr(at, text.find("### ", at + 4) - at);
    for (const auto& column : table.columns)
      EXPECT_THAT(section, HasSubstr("| `" + column.name + "` | " + column.sql_type)) << table.name;
  }
}

TEST_F(QueryChain, AnswersEveryQueryOfTheSchemaDocument) {
  const auto text = schema_document();
  const std::string fence = "```sql\n";
  int asked = 0;
  for (auto at = text.find(fence); at != std::string::npos; at = text.find(fence, at + 1)) {
    const auto first = at + fence.size();
    const auto sql = text.substr(first, text.find("```", first) - first);
    EXPECT_NO_THROW((void)ask(sql)) << sql;
    ++asked;
  }
  EXPECT_GE(asked, 5);
}

}  // namespace
}  // namespace stave
