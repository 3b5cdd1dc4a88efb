#include "stave/core/flow_matrix.hpp"

#include "stave/core/error.hpp"
#include "stave/core/random.hpp"

#include <tuple>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace stave {
namespace {

using ::testing::ElementsAre;

std::vector<std::tuple<std::size_t, std::size_t, double>> cells(const FlowMatrix& z) {
  std::vector<std::tuple<std::size_t, std::size_t, double>> result;
  z.for_each([&](std::size_t i, std::size_t j, double v) { result.emplace_back(i, j, v); });
  return result;
}

// Few links of many nodes: 40 x 40 cells would cost 12,800 bytes, 3 links 36.
TEST(FlowMatrix, IsSparseWhereThatIsSmaller) {
  EXPECT_FALSE(FlowMatrix::from_flows(40, {{0, 1, 1}, {5, 2, 1}, {39, 39, 1}}).is_dense());
  EXPECT_TRUE(FlowMatrix::from_flows(2, {{0, 1, 1}, {1, 1, 1}}).is_dense());
}

TEST(FlowMatrix, SumsRepeatedLinksAndDropsZeros) {
  const auto z = FlowMatrix::from_flows(
      40, {{3, 2, 1.5}, {0, 1, 1}, {3, 2, 2.5}, {4, 4, 0}, {5, 5, 2}, {5, 5, -2}});
  ASSERT_FALSE(z.is_dense());
  EXPECT_THAT(cells(z), ElementsAre(std::tuple(0, 1, 1.0), std::tuple(3, 2, 4.0)));
  EXPECT_EQ(z.nonzeros(), 2U);
}

TEST(FlowMatrix, DenseAndSparseReadTheSame) {
  Matrix dense(40, 40);
  std::vector<Flow> flows;
  for (std::uint64_t k = 0; k < 60; ++k) {
    const auto i = random_bits(1, 0, k) % 40;
    const auto j = random_bits(1, 1, k) % 40;
    dense(i, j) += 1.0 + static_cast<double>(k);
    flows.push_back(
        {static_cast<std::int32_t>(i), static_cast<std::int32_t>(j), 1.0 + static_cast<double>(k)});
  }
  const FlowMatrix a(std::move(dense));
  const auto b = FlowMatrix::from_flows(40, flows);
  ASSERT_FALSE(b.is_dense());
  EXPECT_EQ(cells(a), cells(b));
  EXPECT_EQ(a.row_sums(), b.row_sums());
  EXPECT_EQ(a.column_sums(), b.column_sums());
  EXPECT_EQ(a.nonzeros(), b.nonzeros());
  for (std::size_t i = 0; i < 40; ++i)
    for (std::size_t j = 0; j < 40; ++j) EXPECT_EQ(a.at(i, j), b.at(i, j));
}

TEST(FlowMatrix, SumsRowsAndColumns) {
  const FlowMatrix z(Matrix::of({{1, 2}, {3, 4}}));
  EXPECT_THAT(z.row_sums(), ElementsAre(3, 7));
  EXPECT_THAT(z.column_sums(), ElementsAre(4, 6));
}

TEST(FlowMatrix, RefusesWhatIsNotSquareAndLinksToNowhere) {
  try {
    FlowMatrix z(Matrix(2, 3));
    ADD_FAILURE() << "no error";
  } catch (const Error& e) {
    EXPECT_STREQ(e.what(), "flows are 2 x 3, expected a square");
  }
  for (const Flow flow : {Flow{0, 2, 1}, Flow{-1, 0, 1}}) try {
      (void)FlowMatrix::from_flows(2, {flow});
      ADD_FAILURE() << "no error";
    } catch (const Error& e) {
      EXPECT_EQ(e.code(), Errc::bad_input);
      EXPECT_THAT(e.what(), ::testing::HasSubstr("but there are 2"));
    }
}

TEST(FlowMatrix, OfNothingIsEmpty) {
  EXPECT_EQ(FlowMatrix().size(), 0U);
  EXPECT_TRUE(FlowMatrix::from_flows(0, {}).row_sums().empty());
  EXPECT_EQ(FlowMatrix::from_flows(5, {}).nonzeros(), 0U);
}

}  // namespace
}  // namespace stave
