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

// Rows 1 .. 3 and columns 2 .. 5 of one, times rows 0 .. 3 and columns 1 .. 3 of another, added.
TEST(AddProduct, IsTheSumOverTheBlocks) {
  const auto a = test::random_matrix(4, 6, 1);
  const auto b = test::random_matrix(5, 4, 2);
  Matrix c(3, 5);
  c(2, 4) = 7;
  add_product(block_of(a.view(), 1, 2, 2, 3), block_of(b.view(), 0, 1, 3, 2), c.data() + 5 + 3, 5);
  for (std::size_t i = 0; i < 2; ++i)
    for (std::size_t j = 0; j < 2; ++j) {
      double sum = i == 1 && j == 1 ? 7 : 0;
      for (std::size_t k = 0; k < 3; ++k) sum += a(1 + i, 2 + k) * b(k, 1 + j);
      EXPECT_NEAR(c(1 + i, 3 + j), sum, 1e-14);
    }
  EXPECT_EQ(c(0, 3), 0);
  EXPECT_EQ(c(1, 2), 0);
  EXPECT_THROW(add_product(block_of(a.view()), block_of(b.view()), c.data(), 5), Error);
}

// By hand: [0 2; 1 1] (x, y) = (4, 5) has x = 3, y = 2; its first pivot is 0.
TEST(SolveDense, ExchangesRows) {
  const auto x = solve_dense(Matrix::of({{0, 2}, {1, 1}}), Matrix::of({{4}, {5}}));
  EXPECT_NEAR(x(0, 0), 3, 1e-15);
  EXPECT_NEAR(x(1, 0), 2, 1e-15);
  EXPECT_THROW((void)solve_dense(Matrix::of({{1, 1}, {1, 1}}), Matrix::of({{4}, {5}})), Error);
  EXPECT_THROW((void)solve_dense(Matrix::of({{1}}), Matrix::of({{4}, {5}})), Error);
}

}  // namespace
}  // namespace stave
