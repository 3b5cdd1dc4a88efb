// Footprints as companies exchange them: the standard's own examples, and what is refused and why.
#include "stave/formats/pact.hpp"

#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "formats/error_text.hpp"
#include "formats/pact_footprint.hpp"

namespace stave {
namespace {

using testing::HasSubstr;
namespace fs = std::filesystem;

const fs::path examples = STAVE_SHARED "/data/pact-examples";

std::string changed(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

TEST(Pact, AcceptsTheExamplesTheStandardCallsValid) {
  if (!fs::exists(examples)) GTEST_SKIP() << "no examples in " << examples;
  std::size_t read = 0;
  for (const auto& entry : fs::directory_iterator(examples)) {
    const auto name = entry.path().filename().string();
    if (entry.path().extension() != ".json" || name.find("invalid") != std::string::npos ||
        name.find("error") != std::string::npos)
      continue;
    for (const auto& pf : read_pact(entry.path())) {
      EXPECT_GT(pf.amount, 0) << name;
      EXPECT_FALSE(pf.unit.empty()) << name;
      ++read;
    }
  }
  EXPECT_EQ(read, 10U);
}

TEST(Pact, RefusesTheExamplesTheStandardCallsInvalidForTheirReason) {
  if (!fs::exists(examples)) GTEST_SKIP() << "no examples in " << examples;
  for (const auto& [name, date] : {std::pair{"v2", "2023-1-08"}, std::pair{"v3", "2025-1-08"}})
    EXPECT_THAT(
        error_text([&] {
          static_cast<void>(read_pact(
              examples / (std::string(name) + "_examples_invalid-response-all-properties.json")));
        }),
        HasSubstr(std::string("'updated' is \"") + date));
  for (const auto* name : {"v2", "v3"})
    EXPECT_THAT(
        error_text([&] {
          static_cast<void>(read_pact(
              examples / (std::string(name) + "_examples_error-response-access-denied.json")));
        }),
        HasSubstr("is an error response: \"Access Denied\""));
}

TEST(Pact, ReadsTheFiguresOfBothVersions) {
  if (!fs::exists(examples)) GTEST_SKIP() << "no examples in " << examples;
  const auto three = read_pact(examples / "v3_examples_example-2.json").at(0);
  EXPECT_EQ(three.unit, "l");
  EXPECT_EQ(three.amount, 12);
  EXPECT_EQ(three.mass, 9.468);
  const auto two = read_pact(examples / "v2_examples_list-footprints-response.json").at(0);
  EXPECT_EQ(two.excluding_biogenic, 1.63);
  EXPECT_EQ(two.including_biogenic, 1.85);
  EXPECT_EQ(two.unit, "l");
}

TEST(Pact, ReadsWhatItWrites) {
  const auto pf = parse_pact("own.json", to_pact_json(steel_footprint())).at(0);
  EXPECT_EQ(pf.spec_version, "3.0.0");
  EXPECT_EQ(pf.id, steel_footprint().id);
  EXPECT_EQ(pf.description, "Steel \"S235\"");
  EXPECT_EQ(pf.excluding_biogenic, 1.9);
  EXPECT_EQ(pf.including_biogenic, -0.25);
  EXPECT_EQ(pf.unit, "kg");
  EXPECT_EQ(pf.country, "DE");
}

std::string refusal(const std::string& from, const std::string& to) {
  const auto text = changed(to_pact_json(steel_footprint()), from, to);
  return error_text([&] { static_cast<void>(parse_pact("pf.json", text)); });
}

TEST(Pact, SaysWhatIsWrong) {
  EXPECT_THAT(refusal("\"1.9\"", "1.9"),
              HasSubstr("'pcfExcludingBiogenicUptake' is 1.9; numbers are strings in this format | "
                        "Write \"pcfExcludingBiogenicUptake\": \"1.9\"."));
  EXPECT_THAT(refusal("\"1.9\"", "\"1,9\""), HasSubstr("expected a decimal number"));
  EXPECT_THAT(refusal("\"1.9\"", "\"1.9e0\""), HasSubstr("expected a decimal number"));
  EXPECT_THAT(refusal("\"Active\"", "\"active\""), HasSubstr("expected Active or Deprecated"));
  EXPECT_THAT(refusal("\"kilogram\"", "\"kg\""), HasSubstr("no unit of the standard"));
  EXPECT_THAT(refusal("2026-01-31T", "2026-02-30T"), HasSubstr("expected a date and time"));
  EXPECT_THAT(refusal("\"urn:gtin:4712345060507\"", "\"4712345060507\""), HasSubstr("no URN"));
  EXPECT_THAT(refusal("\"specVersion\": \"3.0.0\"", "\"specVersion\": \"1.0.0\""),
              HasSubstr("versions 2 and 3"));
  EXPECT_THAT(
      refusal("\"productMassPerDeclaredUnit\": \"1\"", "\"productMassPerDeclaredUnit\": \"-1\""),
      HasSubstr("a mass is 0 or more"));
  EXPECT_THAT(refusal("\"fossilGhgEmissions\": \"1.8\",", ""),
              HasSubstr("'fossilGhgEmissions' is missing; version 3.0.0 demands it"));
  EXPECT_THAT(refusal("\"declaredUnitAmount\": \"1\"", "\"declaredUnitAmount\": \"0\""),
              HasSubstr("expected more than 0"));
}

// However deep, it is refused before anything goes through it level by level.
TEST(Pact, RefusesWhatLiesTooDeep) {
  std::string deep;
  for (int level = 0; level < 200'000; ++level) deep += "{\"data\":";
  EXPECT_THAT(error_text([&] { static_cast<void>(parse_pact("deep.json", deep)); }),
              HasSubstr("deep.json: lists and objects lie more than 100 deep"));
}

TEST(Pact, MakesIdsThatHangOnTheTextAlone) {
  EXPECT_EQ(uuid_of("a"), uuid_of("a"));
  EXPECT_NE(uuid_of("a"), uuid_of("b"));
  EXPECT_EQ(uuid_of("a").size(), 36U);
  EXPECT_EQ(uuid_of("a")[14], '8');
}

}  // namespace
}  // namespace stave
