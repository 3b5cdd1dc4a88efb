// What we write against the published schema of PACT 3.
#include "formats/pact_schema.hpp"

#include "stave/formats/pact.hpp"

#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "formats/error_text.hpp"
#include "formats/pact_footprint.hpp"

namespace stave {
namespace {

using pact_schema::faults;
using pact_schema::Json;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
namespace fs = std::filesystem;

const fs::path pact_examples = STAVE_SHARED "/data/pact-examples";

std::vector<Json> footprints_of(const fs::path& path) {
  std::ifstream file(path);
  auto json = Json::parse(file);
  for (const auto* key : {"data", "pfs"})
    if (json.is_object() && json.contains(key)) json = Json(json[key]);
  if (!json.is_array()) return {json};
  return {json.begin(), json.end()};
}

// With what the standard asks for and what it leaves open.
PactFootprint written_footprint() {
  auto pf = steel_footprint();
  pf.excluding_biogenic = 1e-7;
  pf.including_biogenic = -12345678.25;
  pf.fossil = 1.8e9;
  pf.comment = "of all numbers";
  pf.boundary = "cradle to gate";
  pf.allocation = "mass";
  pf.primary_data_share = 12.5;
  pf.standards = {"ISO14067", "PACT-3.0"};
  return pf;
}

TEST(PactSchema, AcceptsTheExamplesOfTheStandard) {
  if (!fs::exists(pact_examples)) GTEST_SKIP() << "no " << pact_examples;
  std::size_t checked = 0;
  for (const auto* name : {"example-1", "example-2", "example-3", "example-4",
                           "get-footprint-response", "list-footprints-response"}) {
    for (const auto& footprint :
         footprints_of(pact_examples / fmt::format("v3_examples_{}.json", name))) {
      EXPECT_THAT(faults(footprint), IsEmpty()) << name;
      ++checked;
    }
  }
  EXPECT_GE(checked, 6U);
}

// What is wrong with the standard's invalid example is the form of a property that version 3 has
// no more: read_pact refuses it, the schema does not know it. Version 2 is another shape.
TEST(PactSchema, RefusesFootprintsOfVersion2) {
  if (!fs::exists(pact_examples)) GTEST_SKIP() << "no " << pact_examples;
  const auto two = footprints_of(pact_examples / "v2_examples_get-footprint-response.json");
  EXPECT_THAT(faults(two.front()),
              testing::IsSupersetOf({HasSubstr("declaredUnitAmount is missing"),
                                     HasSubstr("pcfExcludingBiogenicUptake is missing")}));
  const auto invalid =
      footprints_of(pact_examples / "v3_examples_invalid-response-all-properties.json");
  EXPECT_THAT(pact_schema::unknown_in(pact_schema::footprint_properties(), invalid.front()),
              Contains("updated"));
}

TEST(PactSchema, HoldsForAllWeWrite) {
  auto pf = written_footprint();
  for (const auto* unit : {"kg", "l", "m3", "kWh", "MJ", "tkm", "m2", "piece", "h"}) {
    pf.unit = unit;
    const auto json = Json::parse(to_pact_json(pf));
    EXPECT_THAT(faults(json), IsEmpty()) << unit;
    EXPECT_THAT(pact_schema::unknown_in(pact_schema::footprint_properties(), json), IsEmpty());
    EXPECT_THAT(pact_schema::unknown_in(pact_schema::carbon_properties(), json["pcf"]), IsEmpty());
  }
  pf.comment = pf.boundary = pf.country = pf.allocation = "";
  pf.primary_data_share = -1;
  EXPECT_THAT(faults(Json::parse(to_pact_json(pf))), IsEmpty());
}

TEST(PactSchema, ToldApart) {
  auto json = Json::parse(to_pact_json(written_footprint()));
  json.erase("created");
  json["status"] = "active";
  json["pcf"]["fossilGhgEmissions"] = "-1";
  json["pcf"]["declaredUnitAmount"] = "0.0";
  json["pcf"]["crossSectoralStandards"] = {"ISO14067", "ISO14067"};
  EXPECT_THAT(faults(json), testing::UnorderedElementsAre(HasSubstr("created is missing"),
                                                          HasSubstr("status: \"active\""),
                                                          HasSubstr("fossilGhgEmissions: \"-1\""),
                                                          HasSubstr("declaredUnitAmount"),
                                                          HasSubstr("an item stands twice")));
}

// What a project may say under [pact] and the schema does not allow is not written.
TEST(PactSchema, IsAskedOfWhatAProjectSays) {
  const auto refusal_of = [](auto&& change) {
    auto pf = written_footprint();
    change(pf);
    return error_text([&] { static_cast<void>(to_pact_json(pf)); });
  };
  EXPECT_THAT(refusal_of([](PactFootprint& pf) { pf.country = "DEU"; }),
              HasSubstr("two capital letters"));
  EXPECT_THAT(refusal_of([](PactFootprint& pf) { pf.standards = {"PAS2050"}; }),
              HasSubstr("'PAS2050' is no standard"));
  EXPECT_THAT(refusal_of([](PactFootprint& pf) { pf.company_ids = {"urn:a:b", "urn:a:b"}; }),
              HasSubstr("stands twice"));
}

}  // namespace
}  // namespace stave
