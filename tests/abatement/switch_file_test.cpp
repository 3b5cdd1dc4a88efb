// The keys of [[switch]] and [[price]], and what is said of mistakes.
#include "stave/core/error.hpp"
#include "stave/formats/inventory_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace stave {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::string told_of(const std::string& toml) {
  try {
    (void)parse_project("p.toml", toml);
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Errc::bad_input);
    return std::string(error.what()) + " | " + error.hint();
  }
  return "read";
}

TEST(SwitchFile, ReadsEveryKey) {
  const auto project = parse_project("p.toml", R"(
[[switch]]
name = "steel"
source = "x"
quality = "estimated"
kind = "supplier"
product = "steel"
from = "a"
from_region = "CHN"
in = ["car", "body"]
to = "b"
to_product = "green steel"
to_region = "SWE"
ratio = 0.9
unit = "t"
to_unit = "kg"
share = "40%"
price = 500
to_price = 0.7
fixed_cost = -3
currency = "EUR"
from_node = "CHN.steel"
to_node = "SWE.steel"

[[switch]]
name = "less"
source = "x"
product = "steel"
factor = 0.8

[[price]]
product = "steel"
from = "a"
region = "CHN"
price = 500
unit = "t"
currency = "EUR"
source = "x"
)");
  ASSERT_EQ(project.switches.size(), 2U);
  const auto& s = project.switches[0];
  EXPECT_EQ(s.quality, Quality::estimated);
  EXPECT_EQ(*s.kind, SwitchKind::supplier);
  EXPECT_THAT(s.in, ElementsAre("car", "body"));
  EXPECT_EQ(s.share, 0.4);
  EXPECT_EQ(*s.price, 500);
  EXPECT_EQ(*s.to_price, 0.7);
  EXPECT_EQ(*s.fixed_cost, -3);
  EXPECT_FALSE(s.premium);
  EXPECT_EQ(s.to_node, "SWE.steel");
  EXPECT_EQ(s.place, "p.toml:2");
  EXPECT_EQ(*project.switches[1].factor, 0.8);
  ASSERT_EQ(project.prices.size(), 1U);
  EXPECT_EQ(project.prices[0].region, "CHN");
}

TEST(SwitchFile, SaysWhatIsWrongAndWhere) {
  const std::string steel = "[[switch]]\nname = 's'\nsource = 'x'\nproduct = 'steel'\n";
  EXPECT_EQ(told_of(steel + "to = 'b'\n"), "read");
  EXPECT_THAT(told_of(steel + "to = 'b'\npirce = 3\n"), HasSubstr("p.toml:6"));
  EXPECT_THAT(told_of(steel + "to = 'b'\npirce = 3\n"), HasSubstr("pirce"));
  EXPECT_THAT(told_of(steel), HasSubstr("what is taken instead"));
  EXPECT_THAT(told_of(steel + "to = 'b'\nfactor = 0.5\n"), HasSubstr("either factor"));
  EXPECT_THAT(told_of(steel + "factor = 0.5\nratio = 2\n"), HasSubstr("no ratio beside factor"));
  EXPECT_THAT(told_of(steel + "factor = 0.5\nkind = 'route'\n"), HasSubstr("\"less\""));
  EXPECT_THAT(told_of(steel + "to = 'b'\nkind = 'other'\n"), HasSubstr("\"supplier\""));
  EXPECT_THAT(told_of(steel + "to = 'b'\nshare = 1.5\n"), HasSubstr("share"));
  EXPECT_THAT(told_of(steel + "to = 'b'\nprice = 3\n"), HasSubstr("currency"));
  EXPECT_THAT(told_of(steel + "to = 'b'\nprice = 3\npremium = 1\ncurrency = 'EUR'\n"),
              HasSubstr("either premium"));
  EXPECT_THAT(told_of(steel + "to = 'b'\nunit = 'kgg'\n"), HasSubstr("a unit"));
  EXPECT_THAT(told_of("[[switch]]\nname = 's'\nproduct = 'steel'\nto = 'b'\n"),
              HasSubstr("source"));
  EXPECT_THAT(told_of("[[price]]\nproduct = 's'\nprice = 1\nunit = 't'\ncurrency = 'EUR'\n"),
              HasSubstr("source"));
}

}  // namespace
}  // namespace stave
