#include "stave/analysis/years.hpp"

#include "stave/core/error.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/small_chain.hpp"

namespace stave {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

Chain of_year(int year, const std::string& name, std::size_t products = 2) {
  auto parts = test::grid_parts(2, products, [](std::size_t, std::size_t) { return 1.0; });
  parts.info.year = year;
  parts.info.name = name;
  return Chain(std::move(parts));
}

TEST(Years, StandEarliestFirst) {
  const auto years = in_years(of_year(2005, "b"), {of_year(2011, "c"), of_year(1995, "a")});
  EXPECT_THAT(years.label, ElementsAre("1995", "2005", "2011"));
  EXPECT_EQ(years.chains[0].info().name, "a");
}

TEST(Years, StayAsGivenAndBearNamesWhereAYearIsUnknownOrStandsTwice) {
  EXPECT_THAT(in_years(of_year(2011, "late"), {of_year(0, "early")}).label,
              ElementsAre("late", "early"));
  EXPECT_THAT(in_years(of_year(2011, "w"), {of_year(2011, "w"), of_year(1995, "old")}).label,
              ElementsAre("w", "w (2)", "old"));
}

TEST(Years, OfOtherProductsAskForAConcordance) {
  try {
    (void)in_years(of_year(1995, "a", 2), {of_year(2011, "b", 7)});
    FAIL() << "no error";
  } catch (const Error& e) {
    EXPECT_EQ(e.code(), Errc::bad_input);
    EXPECT_STREQ(e.what(),
                 "a and b do not have the same products: only b has p2, p3, p4 ... (5 in all)");
    EXPECT_THAT(e.hint(), HasSubstr("concordance"));
    EXPECT_THAT(e.hint(), HasSubstr("stave aggregate CHAIN --products"));
  }
}

}  // namespace
}  // namespace stave
