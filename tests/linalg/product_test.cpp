#include "stave/linalg/product.hpp"

#include "stave/core/error.hpp"

#include <gtest/gtest.h>

#include "linalg/tables.hpp"

namespace stave {
namespace {

// (1 2; 3 4) (5; 6) = (17; 39)
TEST(Multiply, MatchesAProductWorkedByHand) {
  const auto p = multiply(Matrix::of({{1, 2}, {3, 4}}).view(), Matrix::of({{5}, {6}}).view());
  EXPECT_TRUE(test::same_bits(p, Matrix::of({{17}, {39}})));
}

TEST(Multiply, MatchesTheSumWrittenOutOverManyParts) {
  const auto a = test::random_matrix(150, 37, 1);
  const auto b = test::random_matrix(37, 11, 2);
  Matrix sum(150, 11);
  for (std::size_t i = 0; i < 150; ++i)
    for (std::size_t k = 0; k < 37; ++k)
      for (std::size_t j = 0; j < 11; ++j) sum(i, j) += a(i, k) * b(k, j);
  test::expect_near(multiply(a.view(), b.view()), sum, 1e-14);
}

TEST(Multiply, OfNothingIsZero) {
  const auto p = multiply(Matrix(3, 0).view(), Matrix(0, 2).view());
  EXPECT_TRUE(test::same_bits(p, Matrix(3, 2)));
}

TEST(Multiply, RefusesShapesThatDoNotFit) {
  EXPECT_THROW((void)multiply(Matrix(2, 3).view(), Matrix(2, 3).view()), Error);
}

}  // namespace
}  // namespace stave
