#include "stave/core/classification.hpp"

#include "stave/core/error.hpp"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace stave {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Item item(std::string code, std::string name = {}, std::string zh = {}, std::string parent = {}) {
  return {std::move(code), std::move(name), std::move(zh), std::move(parent), Kind::unknown};
}

Classification countries() {
  return {"region",
          {item("CHN", "China", "中国", "EAS"), item("JPN", "Japan", "日本", "EAS"),
           item("DEU", "Germany", "德国", "EU"), item("CHE", "Switzerland")},
          {item("EAS", "East Asia", "东亚", "WLD"), item("EU", "European Union", {}, "WLD"),
           item("WLD", "World")}};
}

std::string error_of(const auto& action, Errc expected) {
  try {
    action();
  } catch (const Error& e) {
    EXPECT_EQ(e.code(), expected);
    return e.hint().empty() ? e.what() : std::string(e.what()) + " | " + e.hint();
  }
  ADD_FAILURE() << "no error";
  return {};
}

TEST(Classification, FindsByCodeAndByNameInBothLanguages) {
  const auto c = countries();
  EXPECT_EQ(c.find("CHN"), 0U);
  EXPECT_EQ(c.find("chn"), 0U);
  EXPECT_EQ(c.find("GERMANY"), 2U);
  EXPECT_EQ(c.find("日本"), 1U);
  EXPECT_EQ(c.find("Atlantis"), std::nullopt);
  EXPECT_EQ(c.find(""), std::nullopt);
}

TEST(Classification, ACodeWinsOverANameOfAnother) {
  const Classification c("product", {item("steel", "iron"), item("iron", "Iron ore")});
  EXPECT_EQ(c.require("iron"), 1U);
}

TEST(Classification, TheFirstOfTwoEqualNamesIsFound) {
  const Classification c("product", {item("a", "Parts"), item("b", "Parts")});
  EXPECT_EQ(c.require("parts"), 0U);
}

TEST(Classification, ANameLeftOutIsTheCode) {
  EXPECT_EQ(Classification("region", {item("XKX")})[0].name, "XKX");
}

TEST(Classification, SaysHowToListThemWhenNoNameIsNear) {
  const Classification c("product", {item("I001", "Industry 1")});
  EXPECT_EQ(error_of([&] { (void)c.require("F0000500"); }, Errc::not_found),
            "product 'F0000500' is not in this chain | stave info CHAIN --products lists them.");
}

TEST(Classification, SuggestsNearNamesForAnUnknownOne) {
  EXPECT_EQ(error_of([] { (void)countries().require("CHX"); }, Errc::not_found),
            "region 'CHX' is not in this chain | Did you mean 'CHN' or 'CHE'?");
  EXPECT_EQ(error_of([] { (void)countries().require("Germny"); }, Errc::not_found),
            "region 'Germny' is not in this chain | Did you mean 'Germany'?");
  EXPECT_EQ(error_of([] { (void)countries().require("zzzzzzzz"); }, Errc::not_found),
            "region 'zzzzzzzz' is not in this chain | stave info CHAIN --regions lists them.");
}

TEST(Classification, MembersOfAGroupAreAllItemsBelowIt) {
  const auto c = countries();
  EXPECT_THAT(c.members("EAS"), ElementsAre(0, 1));
  EXPECT_THAT(c.members("east asia"), ElementsAre(0, 1));
  EXPECT_THAT(c.members("东亚"), ElementsAre(0, 1));
  EXPECT_THAT(c.members("WLD"), ElementsAre(0, 1, 2)) << "two levels down";
  EXPECT_THAT(c.members("CHE"), ElementsAre(3)) << "an item is its own member";
  EXPECT_THROW((void)c.members("Atlantis"), Error);
}

TEST(Classification, RefusesEmptyAndRepeatedCodes) {
  EXPECT_EQ(error_of([] { Classification("region", {item("")}); }, Errc::bad_input),
            "a region has no code");
  EXPECT_EQ(error_of([] { Classification("region", {item("A"), item("A")}); }, Errc::bad_input),
            "region 'A' appears twice");
  EXPECT_EQ(error_of([] { Classification("region", {item("A")}, {item("A")}); }, Errc::bad_input),
            "region 'A' appears twice");
}

TEST(Classification, RefusesUnknownGroupsAndRings) {
  EXPECT_EQ(error_of([] { Classification("product", {item("A", {}, {}, "G")}); }, Errc::bad_input),
            "product 'A': its group 'G' is not defined");
  const auto ring = error_of(
      [] {
        Classification("product", {item("A", {}, {}, "G")},
                       {item("G", {}, {}, "H"), item("H", {}, {}, "G")});
      },
      Errc::bad_input);
  EXPECT_THAT(ring, ::testing::HasSubstr("is part of itself"));
}

TEST(Nearest, RanksByEditDistanceAndLeavesOutStrangers) {
  EXPECT_THAT(nearest("regoin", {"region", "product", "reign"}), ElementsAre("region", "reign"));
  EXPECT_THAT(nearest("abc", {"xyz", ""}), IsEmpty());
  EXPECT_THAT(nearest("korea", {"Republic of Korea", "Chad"}), ElementsAre("Republic of Korea"));
  EXPECT_THAT(nearest("aa", {"ab", "ac", "ad", "ae"}, 2), ElementsAre("ab", "ac"));
  EXPECT_THAT(nearest("aa", {"ab", "ab"}), ElementsAre("ab")) << "each word once";
}

TEST(DidYouMean, IsASentenceOrNothing) {
  EXPECT_EQ(did_you_mean("aa", {"ab"}), "Did you mean 'ab'?");
  EXPECT_EQ(did_you_mean("aa", {"ab", "ac", "ad"}), "Did you mean 'ab', 'ac' or 'ad'?");
  EXPECT_EQ(did_you_mean("aa", {"zz"}), "");
}

}  // namespace
}  // namespace stave
