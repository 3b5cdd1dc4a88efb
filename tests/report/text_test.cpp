#include "stave/core/error.hpp"
#include "stave/report/report_reader.hpp"
#include "stave/report/report_writer.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <limits>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

namespace stave {
namespace {

using testing::HasSubstr;

Table two_rows() {
  Table table("t", "", {{"name", ColumnType::text, "", ""}, {"share", ColumnType::real, "%", ""}});
  table.add_row({"Smith, \"Sons\"\nLtd", 0.1 + 0.2});
  table.add_row({"", std::numeric_limits<double>::quiet_NaN()});
  return table;
}

std::string content(const std::filesystem::path& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

TEST(Csv, QuotesByRfc4180AndKeepsEveryDigit) {
  EXPECT_EQ(to_csv(two_rows()),
            "name,share [%]\n\"Smith, \"\"Sons\"\"\nLtd\",0.30000000000000004\n,\n");
}

TEST(Json, WritesNullForUnknownAndEveryDigit) {
  const auto json = to_json(two_rows(), -1);
  EXPECT_THAT(json, HasSubstr("[0.30000000000000004,null]"));
  EXPECT_THAT(json, HasSubstr(R"("unit":"%")"));
}

TEST(Json, ReplacesBytesThatAreNotUtf8) {
  Table table("t", "", {{"name", ColumnType::text, "", ""}});
  table.add_row({std::string("\xff\xfe")});
  EXPECT_THAT(to_json(table, -1), HasSubstr("\xEF\xBF\xBD"));
}

TEST(Json, OfAnEmptyReportIsStillWhole) {
  EXPECT_THAT(to_json(Report{}, -1), HasSubstr(R"("findings":[],"tables":[],"figures":[])"));
}

Report one_of_everything() {
  Report report;
  report.analysis = "exposure";
  report.title = "Exposure of 中国";
  report.findings = {{"Stuck", Tone::alarm}, {"Fine", Tone::good}, {"So", Tone::plain}};
  report.tables = {two_rows(),
                   Table("n", "Counts", {{"count", ColumnType::integer, "days", "how many"}})};
  report.tables.back().add_row({std::int64_t{9'007'199'254'740'993}});
  report.figures = {{"bars", "t", "Shares", "Of all", {{"label", "name"}, {"value", "share"}}, 3}};
  report.provenance.year = 2011;
  report.provenance.parameters = {{"region", "CHN"}};
  report.provenance.residuals = {{"inputs", 1e-17, 0}};
  report.provenance.notes = {"clipped"};
  report.verdict = false;
  report.partial = true;
  return report;
}

TEST(ReadJson, GivesTheReportThatWasWritten) {
  const auto text = to_json(one_of_everything());
  EXPECT_EQ(to_json(report_from_json(text)), text);
}

TEST(ReadJson, RefusesWhatIsNoReport) {
  for (const auto* text : {"", "[]", "{}", R"({"analysis": 3})", "{\"analysis\""}) {
    try {
      (void)report_from_json(text);
      ADD_FAILURE() << text;
    } catch (const Error& e) {
      EXPECT_EQ(e.code(), Errc::foreign_file) << text;
    }
  }
}

class WriteFile : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::temp_directory_path() /
              ("stave-write-" + std::to_string(::getpid()) +
               testing::UnitTest::GetInstance()->current_test_info()->name());
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  std::filesystem::path folder_;
};

TEST_F(WriteFile, ReplacesTheWholeFileAndLeavesNothingBeside) {
  write_file(folder_ / "a.txt", "old");
  write_file(folder_ / "a.txt", "new");
  EXPECT_EQ(content(folder_ / "a.txt"), "new");
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder_), {}), 1);
}

TEST_F(WriteFile, SaysThatAFolderIsMissing) {
  try {
    write_file(folder_ / "no" / "a.txt", "text");
    FAIL();
  } catch (const Error& e) {
    EXPECT_EQ(e.code(), Errc::io);
    EXPECT_THAT(e.what(), HasSubstr("a.txt: No such file or directory"));
  }
}

TEST_F(WriteFile, SaysThatADeviceIsFull) {
  if (!std::filesystem::exists("/dev/full")) GTEST_SKIP() << "no /dev/full here";
  EXPECT_THROW(write_file("/dev/full", std::string(1 << 20, 'x')), Error);
}

TEST_F(WriteFile, RefusesATableWithAnUnknownEnding) {
  try {
    write_table(two_rows(), folder_ / "t.doc");
    FAIL();
  } catch (const Error& e) {
    EXPECT_THAT(e.what(), HasSubstr("t.doc: tables are written as .parquet, .csv or .json"));
  }
}

}  // namespace
}  // namespace stave
