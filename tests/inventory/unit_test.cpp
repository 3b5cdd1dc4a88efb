// Units against their definitions.
#include "stave/inventory/unit.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace stave {
namespace {

TEST(Unit, ConvertsWithinAQuantity) {
  EXPECT_EQ(unit_factor("t", "kg"), 1000);
  EXPECT_DOUBLE_EQ(*unit_factor("kWh", "MJ"), 3.6);
  EXPECT_DOUBLE_EQ(*unit_factor("GJ", "kWh"), 1000 / 3.6);
  EXPECT_DOUBLE_EQ(*unit_factor("lb", "kg"), 0.45359237);
  EXPECT_DOUBLE_EQ(*unit_factor("kg*km", "t*km"), 1e-3);
  EXPECT_DOUBLE_EQ(*unit_factor("dozen", "piece"), 12);
  EXPECT_DOUBLE_EQ(*unit_factor("bbl", "l"), 158.987294928);
  EXPECT_DOUBLE_EQ(*unit_factor("d", "h"), 24);
}

TEST(Unit, DoesNotConvertWhatMeasuresAnotherThing) {
  EXPECT_EQ(unit_factor("kg", "kWh"), std::nullopt);
  EXPECT_EQ(unit_factor("m3", "l").value(), 1000);
  EXPECT_EQ(unit_factor("m3", "m2"), std::nullopt);
  EXPECT_EQ(unit_factor("tkm", "pkm"), std::nullopt);
  EXPECT_EQ(unit_factor("EUR 2000", "EUR 2000"), 1);
  EXPECT_EQ(unit_factor("EUR 2000", "kg"), std::nullopt);
}

TEST(Unit, KnowsSpellingsAndKeepsMilliApartFromMega) {
  EXPECT_EQ(find_unit("Item(s)")->name, "piece");
  EXPECT_EQ(find_unit("ton kilometer")->name, "tkm");
  EXPECT_EQ(find_unit("KWH")->name, "kWh");
  EXPECT_EQ(find_unit("mg")->factor, 1e-6);
  EXPECT_EQ(find_unit("Mg")->factor, 1e3);
  EXPECT_FALSE(find_unit("MG").has_value());
  EXPECT_THAT(unit_hint("kgg"), testing::HasSubstr("kg"));
}

}  // namespace
}  // namespace stave
