#include "server/lent_file.hpp"

#include <fstream>
#include <iterator>

#include <gtest/gtest.h>

namespace stave {
namespace {

Declaration reads_a_file(const std::string& file_template) {
  Declaration d;
  d.parameters = {{.name = "scenario", .type = ParameterType::input_file, .summary = "A file"},
                  {.name = "days", .type = ParameterType::integer, .summary = "So many"}};
  d.file_template = file_template;
  return d;
}

std::string held_by(const std::string& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST(LentFiles, GiveAScenarioItsOwnKindOfName) {
  std::string path;
  {
    const LentFiles lent(reads_a_file("title = \"...\""),
                         {{"scenario", "days = 3\n"}, {"days", "5"}});
    path = lent.given().at("scenario");
    EXPECT_TRUE(path.ends_with("/scenario.toml")) << path;
    EXPECT_EQ(held_by(path), "days = 3\n");
    EXPECT_EQ(lent.given().at("days"), "5");
    EXPECT_EQ(lent.without_paths(path + ":2: no such key"), "scenario.toml:2: no such key");
  }
  EXPECT_FALSE(std::filesystem::exists(std::filesystem::path(path).parent_path()));
}

TEST(LentFiles, LeaveTheNameOfAScenarioThatComesWithStave) {
  const LentFiles lent(reads_a_file("title = \"...\""), {{"scenario", "chip-shortage"}});
  EXPECT_EQ(lent.given().at("scenario"), "chip-shortage");
}

TEST(LentFiles, LeaveTheNameOfAnInventoryThatComesWithStave) {
  const LentFiles lent(reads_a_file("title = \"...\""), {{"scenario", "electric-car"}});
  EXPECT_EQ(lent.given().at("scenario"), "electric-car");
}

TEST(LentFiles, TakeANameForTextWhereTheAnalysisReadsNoScenario) {
  const LentFiles lent(reads_a_file(""), {{"scenario", "chip-shortage"}});
  EXPECT_TRUE(lent.given().at("scenario").ends_with("/scenario.csv"));
  EXPECT_EQ(held_by(lent.given().at("scenario")), "chip-shortage");
}

// Only the first file of an analysis is made from its template.
TEST(LentFiles, LendATableBesideAScenario) {
  auto declaration = reads_a_file("title = \"...\"");
  declaration.parameters.push_back(
      {.name = "weights", .type = ParameterType::input_file, .summary = "A table"});
  const LentFiles lent(declaration, {{"scenario", "chip-shortage"}, {"weights", "weight\n1\n"}});
  EXPECT_EQ(lent.given().at("scenario"), "chip-shortage");
  EXPECT_TRUE(lent.given().at("weights").ends_with("/weights.csv"));
}

// What a request sends is the text of a file, never a path that is opened.
TEST(LentFiles, TakeAPathForText) {
  const LentFiles lent(reads_a_file("title = \"...\""), {{"scenario", "/etc/hostname"}});
  EXPECT_EQ(held_by(lent.given().at("scenario")), "/etc/hostname");
}

}  // namespace
}  // namespace stave
