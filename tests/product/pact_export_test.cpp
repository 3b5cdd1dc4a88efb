// What --pact writes, from the project to the file, against the published schema of PACT 3.
#include "stave/analysis/analysis.hpp"
#include "stave/formats/inventory_file.hpp"
#include "stave/formats/pact.hpp"

#include <algorithm>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "formats/error_text.hpp"
#include "formats/pact_schema.hpp"
#include "formats/written_file.hpp"

namespace stave {
[[nodiscard]] Analysis product_analysis();
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

std::string changed_project(const std::string& from, const std::string& to) {
  auto text = std::string(project_template());
  const auto at = text.find(from);
  EXPECT_NE(at, text.npos) << from;
  return text.replace(at, from.size(), to);
}

// Runs the project and reads what it wrote.
pact_schema::Json exported(const std::string& project) {
  const WrittenFile file("bicycle.toml", project);
  const auto kept = (file.folder() / "bicycle.json").string();
  static_cast<void>(run(product_analysis(), Chain(ChainParts{}),
                        {{"project", file.path().string()}, {"pact", kept}}));
  std::ifstream written(kept);
  return pact_schema::Json::parse(written);
}

TEST(PactExport, HoldsAgainstThePublishedSchema) {
  const auto json = exported(std::string(project_template()));
  EXPECT_THAT(pact_schema::faults(json), IsEmpty());
  EXPECT_THAT(pact_schema::unknown_in(pact_schema::footprint_properties(), json), IsEmpty());
  EXPECT_EQ(json["productNameCompany"], "bicycle");
  EXPECT_EQ(json["pcf"]["declaredUnitOfMeasurement"], "piece");
}

TEST(PactExport, RefusesWordsTheSchemaDoesNotAllow) {
  const auto refusal_of = [](const std::string& project) {
    return error_text([&] { static_cast<void>(exported(project)); });
  };
  EXPECT_THAT(refusal_of(changed_project("country = \"CN\"", "country = \"China\"")),
              HasSubstr("two capital letters"));
  EXPECT_THAT(refusal_of(changed_project("country = \"CN\"", "standards = [\"GHG Protocol\"]")),
              HasSubstr("'GHG Protocol' is no standard"));
  EXPECT_THAT(refusal_of(changed_project("2026-01-31T00:00:00Z", "January")),
              HasSubstr("expected a date and time"));
}

Report reported(const std::string& project) {
  const WrittenFile file("project.toml", project);
  return run(product_analysis(), Chain(ChainParts{}), {{"project", file.path().string()}});
}

// Without --pact the report carries what it would write; what is missing for it is a note.
TEST(PactExport, StandsInTheReport) {
  const auto report = reported(std::string(project_template()));
  const auto json = pact_schema::Json::parse(report.table("pact").texts("json").at(0));
  EXPECT_THAT(pact_schema::faults(json), IsEmpty());
  const auto without = reported(changed_project("country = \"CN\"", "country = \"China\""));
  EXPECT_TRUE(
      std::ranges::none_of(without.tables, [](const Table& t) { return t.name() == "pact"; }));
  EXPECT_THAT(without.provenance.notes, testing::Contains(HasSubstr("No PACT: ")));
}

}  // namespace
}  // namespace stave
