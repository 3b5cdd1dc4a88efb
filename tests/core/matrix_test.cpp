#include "stave/core/matrix.hpp"

#include "stave/core/error.hpp"

#include <algorithm>
#include <limits>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace stave {
namespace {

using ::testing::ElementsAre;

TEST(Matrix, StartsAsZeros) {
  const Matrix m(200, 300);
  EXPECT_TRUE(std::all_of(m.values().begin(), m.values().end(), [](double v) { return v == 0; }));
}

TEST(Matrix, KeepsRowsTogether) {
  const auto m = Matrix::of({{1, 2, 3}, {4, 5, 6}});
  EXPECT_EQ(m.rows(), 2U);
  EXPECT_EQ(m.cols(), 3U);
  EXPECT_EQ(m(1, 0), 4);
  EXPECT_THAT(m.row(1), ElementsAre(4, 5, 6));
  EXPECT_THAT(m.values(), ElementsAre(1, 2, 3, 4, 5, 6));
  EXPECT_EQ(m.view()(0, 2), 3);
  EXPECT_THAT(m.view().row(0), ElementsAre(1, 2, 3));
}

TEST(Matrix, ACopyIsItsOwn) {
  auto a = Matrix::of({{1, 2}});
  auto b = a;
  b(0, 0) = 9;
  EXPECT_EQ(a(0, 0), 1);
  a = b;
  EXPECT_EQ(a(0, 0), 9);
  const auto& same = a;
  a = same;
  EXPECT_EQ(a(0, 0), 9);
}

TEST(Matrix, AMoveLeavesAnEmptyOne) {
  auto a = Matrix::of({{1, 2}});
  const auto b = std::move(a);
  EXPECT_EQ(b(0, 1), 2);
  EXPECT_EQ(a.size(), 0U);  // NOLINT(bugprone-use-after-move): what is left is the question
}

TEST(Matrix, MayBeEmptyInOneDirection) {
  const Matrix m(0, 5);
  EXPECT_EQ(m.cols(), 5U);
  EXPECT_EQ(m.size(), 0U);
  EXPECT_EQ(Matrix::of({}).size(), 0U);
}

TEST(Matrix, RefusesWhatNoMemoryHolds) {
  const auto big = std::numeric_limits<std::size_t>::max() / 4;
  for (const auto cols : {big, std::size_t{1} << 61U}) try {
      Matrix m(8, cols);
      ADD_FAILURE() << "no error";
    } catch (const Error& e) {
      EXPECT_EQ(e.code(), Errc::too_large);
    }
}

}  // namespace
}  // namespace stave
