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

// Fossil 10, biogenic out 3, and 3 taken up by what is named biogenic too: each counts once.
TEST(PactExport, CountsUptakeThatIsBiogenicOnce) {
  const auto report = reported(R"(
title = "wood"
source = "made up"
[product]
product = "board"
amount = 1
unit = "kg"
[pact]
company = "c"
company_ids = ["urn:company:example:c"]
product_ids = ["urn:pact:example.com:product-id:c"]
period_start = "2025-01-01T00:00:00Z"
period_end = "2026-01-01T00:00:00Z"
factors = "AR6"
[[factor]]
flow = "co2 biogenic out"
value = 1
source = "definition"
[[factor]]
flow = "co2 biogenic uptake"
value = -1
source = "definition"
[[activity]]
id = "saw"
source = "made up"
output = [{ product = "board", amount = 1, unit = "kg" }]
emission = [
  { flow = "co2", amount = 10, unit = "kg" },
  { flow = "co2 biogenic out", amount = 3, unit = "kg" },
  { flow = "co2 biogenic uptake", amount = 3, unit = "kg" },
]
)");
  const auto json = pact_schema::Json::parse(report.table("pact").texts("json").at(0));
  EXPECT_EQ(json["pcf"]["pcfIncludingBiogenicUptake"], "10");
  EXPECT_EQ(json["pcf"]["pcfExcludingBiogenicUptake"], "13");
  EXPECT_EQ(json["pcf"]["fossilGhgEmissions"], "10");
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
