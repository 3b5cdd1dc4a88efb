#include "stave/core/recipe.hpp"

#include <gtest/gtest.h>

namespace stave {
namespace {

const ProductId steel(0);
const ProductId advice(1);
const ProductId thing(2);

Recipe by_kind() {
  return Recipe(Classification("product", {{"steel", {}, {}, {}, Kind::good},
                                           {"advice", {}, {}, {}, Kind::service},
                                           {"thing", {}, {}, {}, Kind::unknown}}));
}

TEST(Recipe, ByDefaultGoodsAreEssentialToGoods) {
  const auto recipe = by_kind();
  EXPECT_TRUE(recipe.is_default_rule());
  EXPECT_EQ(recipe.need(steel, steel), Need::essential);
  EXPECT_EQ(recipe.need(steel, advice), Need::non_essential);
  EXPECT_EQ(recipe.need(advice, steel), Need::non_essential);
  EXPECT_EQ(recipe.need(advice, advice), Need::non_essential);
}

TEST(Recipe, AProductOfUnknownKindCountsAsAGood) {
  EXPECT_EQ(by_kind().need(thing, steel), Need::essential);
}

TEST(Recipe, AnExceptionIsOfOneDirection) {
  auto recipe = by_kind();
  recipe.set(advice, steel, Need::essential);
  recipe.set(steel, steel, Need::none);
  EXPECT_EQ(recipe.need(advice, steel), Need::essential);
  EXPECT_EQ(recipe.need(steel, advice), Need::non_essential);
  EXPECT_EQ(recipe.need(steel, steel), Need::none);
  EXPECT_EQ(recipe.exceptions().size(), 2U);
}

TEST(Recipe, MayBeTheSameForAll) {
  const auto recipe = Recipe::uniform(Need::non_essential);
  EXPECT_FALSE(recipe.is_default_rule());
  EXPECT_EQ(recipe.need(steel, steel), Need::non_essential);
  EXPECT_EQ(Recipe().need(advice, advice), Need::essential);
}

TEST(Recipe, NeedsHaveNames) {
  EXPECT_EQ(to_string(Need::none), "none");
  EXPECT_EQ(to_string(Need::non_essential), "non_essential");
  EXPECT_EQ(to_string(Need::essential), "essential");
}

}  // namespace
}  // namespace stave
