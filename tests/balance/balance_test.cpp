// RAS and GRAS: hand calculations, the textbook loops, identities, and why targets cannot be met.
#include "stave/balance/balance.hpp"

#include "stave/core/error.hpp"
#include "stave/core/random.hpp"

#include <cmath>
#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <tbb/global_control.h>

#include "balance/reference.hpp"
#include "core/small_chain.hpp"
#include "shared/csv.hpp"

namespace stave {
namespace {

using ::testing::HasSubstr;

void expect_near(const Matrix& a, const Matrix& b, double tolerance) {
  ASSERT_EQ(a.rows(), b.rows());
  ASSERT_EQ(a.cols(), b.cols());
  for (std::size_t e = 0; e < a.size(); ++e)
    EXPECT_NEAR(a.values()[e], b.values()[e], tolerance) << e;
}

/// A random table with a zero in one cell of five and, where asked, a negative one in one of six.
Matrix random_table(std::size_t rows, std::size_t columns, std::uint64_t seed, bool negative) {
  Matrix m(rows, columns);
  for (std::size_t i = 0; i < rows; ++i)
    for (std::size_t j = 0; j < columns; ++j) {
      m(i, j) = (3 * i + j) % 5 == 0 ? 0 : .1 + random_uniform(seed, i, j);
      if (negative && (i + 2 * j) % 6 == 0) m(i, j) = -.3 * m(i, j);
    }
  return m;
}

/// Targets that some table with these zeros and signs has: each cell times 0.5 to 1.5.
BalanceTargets reachable(const Matrix& m, std::uint64_t seed) {
  Matrix other = m;
  for (std::size_t e = 0; e < other.size(); ++e)
    other.values()[e] *= .5 + random_uniform(seed, 77, e);
  return {cells_of(other).row_sums(), cells_of(other).column_sums(), {}};
}

// A table without structure becomes u v' / sum: 3 x 2 / 4 and so on.
TEST(Balance, OfEqualCellsIsTheProductOfItsTotals) {
  const auto done = balance(cells_of(Matrix::of({{1, 1}, {1, 1}})), {{3, 1}, {2, 2}, {}});
  expect_near(matrix_of(done.table), Matrix::of({{1.5, 1.5}, {.5, .5}}), 1e-15);
  EXPECT_FALSE(done.has_negative);
}

// p = 2, n = 1, u = 1: r = (1 + 3) / 4 = 1, so that 2 - 1 stays; for u = 7 it is r = (7 + sqrt 57)
// / 4, in one column s = 1 fits by itself.
TEST(Balance, OfOneRowWithANegativeCellSolvesItsSquare) {
  const auto table = cells_of(Matrix::of({{2, -1}}));
  const double r = (7 + std::sqrt(57.)) / 4;
  const auto done = balance(table, {{7}, {2 * r, -1 / r}, {}});
  EXPECT_NEAR(matrix_of(done.table)(0, 0), 2 * r, 1e-12);
  EXPECT_NEAR(matrix_of(done.table)(0, 1), -1 / r, 1e-12);
  EXPECT_TRUE(done.has_negative);
}

TEST(Balance, LeavesATableWithItsOwnTotalsAsItIs) {
  for (const bool negative : {false, true}) {
    const auto m = random_table(7, 9, 5, negative);
    const auto done = balance(cells_of(m), {cells_of(m).row_sums(), cells_of(m).column_sums(), {}});
    expect_near(matrix_of(done.table), m, 1e-13);
    EXPECT_EQ(done.iterations, 1);
  }
}

// ioanalysis' ras() of its toy to the toy's own totals: one iteration, nothing moves.
TEST(Balance, LeavesTheToyOfIoanalysisAsItsRasDoes) {
  const auto file = std::string(STAVE_SHARED) + "/reference/io/ioanalysis_toy_Z.csv";
  if (!std::filesystem::exists(file)) GTEST_SKIP() << file;
  const auto rows = test::read_csv(file);
  Matrix z(rows.size() - 1, rows[0].size() - 1);
  for (std::size_t i = 0; i < z.rows(); ++i)
    for (std::size_t j = 0; j < z.cols(); ++j) z(i, j) = std::stod(rows[i + 1][j + 1]);
  const auto done = balance(cells_of(z), {cells_of(z).row_sums(), cells_of(z).column_sums(), {}});
  EXPECT_EQ(done.iterations, 1);
  expect_near(matrix_of(done.table), z, 1e-12);
}

TEST(Balance, IsTheTextbookLoop) {
  for (const std::uint64_t seed : {1U, 2U, 3U}) {
    const auto m = random_table(20, 17, seed, false);
    const auto targets = reachable(m, seed);
    const auto done = balance(cells_of(m), targets, {.tolerance = 1e-13});
    expect_near(matrix_of(done.table), reference::ras(m, targets.rows, targets.columns, 3000),
                1e-11);
    EXPECT_LE(done.residual, 1e-12);
  }
}

TEST(Balance, IsTheTextbookLoopWithNegativeCells) {
  for (const std::uint64_t seed : {1U, 2U, 3U}) {
    const auto m = random_table(20, 17, seed, true);
    const auto targets = reachable(m, seed);
    const auto done = balance(cells_of(m), targets, {.tolerance = 1e-13});
    expect_near(matrix_of(done.table), reference::gras(m, targets.rows, targets.columns, 3000),
                1e-10);
    EXPECT_LE(done.residual, 1e-12);
  }
}

// The example of Junius and Oosterhaven (2003): its solution is the one table of the form
// r P s - N / (r s) with these totals.
TEST(Balance, SolvesTheExampleOfJuniusAndOosterhaven) {
  const auto m = Matrix::of({{7, 3, 5, -3}, {2, 9, 8, 1}, {-2, 0, 2, 1}});
  const auto done = balance(cells_of(m), {{15, 26, -1}, {9, 16, 17, -2}, {}});
  const auto x = matrix_of(done.table);
  const auto rows = done.table.row_sums();
  const auto columns = done.table.column_sums();
  EXPECT_NEAR(rows[0], 15, 1e-8);
  EXPECT_NEAR(rows[1], 26, 1e-8);
  EXPECT_NEAR(rows[2], -1, 1e-8);
  EXPECT_NEAR(columns[3], -2, 1e-12);
  for (std::size_t i = 0; i < 3; ++i)
    for (std::size_t j = 0; j < 4; ++j) {
      const double f = done.row_factor[i] * done.column_factor[j];
      EXPECT_NEAR(x(i, j), m(i, j) > 0 ? m(i, j) * f : m(i, j) / f, 1e-12);
      EXPECT_GE(x(i, j) * m(i, j), 0);
    }
}

TEST(Balance, KeepsZerosSignsAndFixedCells) {
  const auto m = random_table(12, 11, 4, true);
  auto targets = reachable(m, 4);
  targets.fixed = {{2, 3, m(2, 3)}, {0, 0, .4}, {5, 6, m(5, 6) * 1.01}};
  targets.rows[0] += .4;  // room for what was zero
  targets.columns[0] += .4;
  ASSERT_EQ(m(0, 0), 0);
  const auto done = balance(cells_of(m), targets);
  const auto x = matrix_of(done.table);
  EXPECT_EQ(x(2, 3), m(2, 3));
  EXPECT_EQ(x(0, 0), .4);
  EXPECT_EQ(x(5, 6), m(5, 6) * 1.01);
  for (std::size_t i = 0; i < 12; ++i)
    for (std::size_t j = 0; j < 11; ++j) {
      if (i + j == 0) continue;
      EXPECT_EQ(x(i, j) == 0, m(i, j) == 0);
      EXPECT_GE(x(i, j) * m(i, j), 0);
    }
  EXPECT_LE(done.residual, 1e-9);
}

TEST(Balance, RowsAndColumnsOfZeroBecomeZero) {
  const auto done =
      balance(cells_of(Matrix::of({{1, 2, 3}, {4, 5, 6}, {7, 8, 9}})), {{0, 5, 5}, {0, 4, 6}, {}});
  EXPECT_EQ(matrix_of(done.table)(0, 1), 0);
  EXPECT_EQ(matrix_of(done.table)(2, 0), 0);
  EXPECT_NEAR(matrix_of(done.table)(1, 1) + matrix_of(done.table)(1, 2), 5, 1e-9);
}

TEST(Balance, HasTheSameBitsForAnyNumberOfThreads) {
  const auto m = random_table(60, 50, 9, true);
  const auto targets = reachable(m, 9);
  const auto many = balance(cells_of(m), targets);
  const tbb::global_control one(tbb::global_control::max_allowed_parallelism, 1);
  EXPECT_EQ(balance(cells_of(m), targets).table.value, many.table.value);
}

TEST(Balance, DoesNotDependOnTheSideThatComesFirst) {
  const auto m = random_table(9, 9, 3, true);
  Matrix turned(9, 9);
  for (std::size_t i = 0; i < 9; ++i)
    for (std::size_t j = 0; j < 9; ++j) turned(j, i) = m(i, j);
  const auto targets = reachable(m, 3);
  const auto x = matrix_of(balance(cells_of(m), targets, {.tolerance = 1e-13}).table);
  const auto y = matrix_of(
      balance(cells_of(turned), {targets.columns, targets.rows, {}}, {.tolerance = 1e-13}).table);
  for (std::size_t i = 0; i < 9; ++i)
    for (std::size_t j = 0; j < 9; ++j) EXPECT_NEAR(x(i, j), y(j, i), 1e-10);
}

TEST(Balance, ScalesTheSideThatGivesWay) {
  const auto table = cells_of(Matrix::of({{1, 1}, {1, 1}}));
  const auto rows = balance(table, {{3, 1}, {4, 4}, {}}, {.scale = ScaleTargets::rows});
  EXPECT_EQ(rows.scaled, 2);
  EXPECT_NEAR(rows.table.row_sums()[0], 6, 1e-12);
  const auto columns = balance(table, {{3, 1}, {4, 4}, {}}, {.scale = ScaleTargets::columns});
  EXPECT_EQ(columns.scaled, .5);
  EXPECT_NEAR(columns.table.column_sums()[0], 2, 1e-12);
  const auto rounded = balance(table, {{3, 1.000001}, {2, 2}, {}});
  EXPECT_NEAR(rounded.scaled, 1 + 2.5e-7, 1e-15);
}

std::string refusal(const Matrix& m, const BalanceTargets& targets, Errc expected,
                    BalanceOptions options = {}) {
  try {
    (void)balance(cells_of(m), targets, options);
  } catch (const Error& e) {
    EXPECT_EQ(e.code(), expected) << e.what();
    return e.what();
  }
  return "no error";
}

TEST(Balance, SaysWhichTargetNoCellCanMeet) {
  EXPECT_THAT(refusal(Matrix::of({{0, 0}, {1, 1}}), {{1, 3}, {2, 2}, {}}, Errc::bad_input),
              HasSubstr("row 0 is to sum to 1, but has nothing but zeros"));
  EXPECT_THAT(refusal(Matrix::of({{1, 2}, {1, 1}}), {{-1, 3}, {1, 1}, {}}, Errc::bad_input),
              HasSubstr("row 0 is to sum to -1, but none of its cells is negative"));
  EXPECT_THAT(refusal(Matrix::of({{1, -2}, {1, -1}}), {{1, 3}, {1, 3}, {}}, Errc::bad_input),
              HasSubstr("column 1 is to sum to 3, but all of its cells are negative"));
  EXPECT_THAT(
      refusal(Matrix::of({{1, 1}, {1, 0}}), {{2, 1}, {2, 1}, {{0, 1, .5}}}, Errc::bad_input),
      HasSubstr("column 1 is to sum to 0.5, but has nothing but zeros (or fixed cells)"));
  EXPECT_THAT(refusal(Matrix::of({{1, 0}, {1, 1}}), {{1, 1}, {0, 2}, {}}, Errc::bad_input),
              HasSubstr("row 0 is to sum to 1, but has cells only in columns that are to be zero"));
}

TEST(Balance, SaysThatTotalsDiffer) {
  EXPECT_THAT(refusal(Matrix::of({{1, 1}, {1, 1}}), {{3, 1}, {2, 3}, {}}, Errc::bad_input),
              HasSubstr("the row targets sum to 4, the column targets to 5: they differ by -1"));
}

// Rows 0 and 1 sell to column 0 only, which is to buy 3 of their 5.
TEST(Balance, NamesTheRowsThatHaveNoRoom) {
  const auto said = refusal(Matrix::of({{1, 0, 0}, {2, 0, 0}, {1, 1, 1}}),
                            {{2, 3, 4}, {3, 3, 3}, {}}, Errc::bad_input);
  EXPECT_THAT(said, HasSubstr("row 1"));
  EXPECT_THAT(said, HasSubstr("are together to sum to 5, but have cells only in column 0, which is "
                              "to sum to 3"));
}

// Column 0 is bought from row 0 alone, which is to sell 2 where it is to buy 3; the negative cell
// is elsewhere and cannot help.
TEST(Balance, NamesTheColumnsThatHaveNoRoomBesideNegativeCells) {
  const auto said = refusal(Matrix::of({{1, 1, 0}, {0, 1, -1}, {0, 2, 1}}),
                            {{2, 2, 3}, {3, 3, 1}, {}}, Errc::bad_input);
  EXPECT_THAT(said, HasSubstr("column 0 is to sum to 3, but has cells only in row 0, which is to "
                              "sum to 2"));
}

// With a cell below zero in the row it can be met: 4 - 1 = 3.
TEST(Balance, ACellBelowZeroMakesRoom) {
  const auto done =
      balance(cells_of(Matrix::of({{2, -1}, {1, 3}})), {{2, 4}, {4, 2}, {}}, {.tolerance = 1e-12});
  EXPECT_LT(matrix_of(done.table)(0, 1), 0);
  EXPECT_LE(done.residual, 1e-11);
}

TEST(Balance, NamesTheRowsThatMissWhenItStops) {
  const auto m = random_table(20, 17, 1, false);
  EXPECT_THAT(
      refusal(m, reachable(m, 1), Errc::no_convergence, {.tolerance = 1e-15, .max_iterations = 2}),
      HasSubstr("not balanced after 2 iterations, rows miss by up to"));
}

TEST(Balance, RefusesWhatDoesNotFit) {
  const auto m = Matrix::of({{1, 1}, {1, 1}});
  EXPECT_THAT(refusal(m, {{1}, {1, 1}, {}}, Errc::bad_input), HasSubstr("the table has 2 and 2"));
  EXPECT_THAT(refusal(m, {{1, NAN}, {1, 1}, {}}, Errc::bad_input),
              HasSubstr("row 1 is to sum to nan"));
  EXPECT_THAT(refusal(m, {{1, 1}, {1, 1}, {{0, 1, .5}, {0, 1, .6}}}, Errc::bad_input),
              HasSubstr("the cell of row 0 and column 1 is fixed twice"));
  EXPECT_THAT(refusal(m, {{1, 1}, {1, 1}, {{0, 2, .5}}}, Errc::bad_input),
              HasSubstr("outside the table"));
}

TEST(BalanceCells, OfAChainAreItsFlowsOrItsWholeTable) {
  const auto chain = test::small_chain();
  const auto flows = cells_of(chain, TablePart::flows);
  EXPECT_EQ(flows.rows, 6U);
  EXPECT_EQ(flows.row_sums(), chain.flows().row_sums());
  const auto whole = cells_of(chain, TablePart::table);
  EXPECT_EQ(whole.rows, 7U);
  EXPECT_EQ(whole.columns, 12U);
  EXPECT_NEAR(whole.row_sums()[3], chain.output()[3], 1e-12);
  EXPECT_NEAR(whole.row_sums()[6], 21, 1e-12);
  EXPECT_EQ(row_name(chain, 2), "JPN.ore");
  EXPECT_EQ(row_name(chain, 6), "va");
  EXPECT_EQ(column_name(chain, 7), "CHN.investment");
}

TEST(BalanceCells, PutBackGiveTheChainAgain) {
  const auto chain = test::small_chain();
  for (const auto part : {TablePart::flows, TablePart::table}) {
    const Chain back(with_cells(chain, part, cells_of(chain, part)));
    expect_near(back.flows().dense(), chain.flows().dense(), 0);
    expect_near(back.final_use(), chain.final_use(), 0);
    expect_near(back.primary(), chain.primary(), 0);
  }
  EXPECT_THROW((void)with_cells(chain, TablePart::flows, cells_of(chain, TablePart::table)), Error);
}

// Output of every maker is to be 2 % more on both sides: a chain that balances still does.
TEST(BalanceCells, ABalancedChainStaysBalanced) {
  auto parts = test::small_chain().parts();
  const Chain before(parts);
  for (std::size_t j = 0; j < 6; ++j)
    parts.primary(0, j) = before.output()[j] - before.intermediate_inputs()[j];
  const Chain chain(parts);
  const auto table = cells_of(chain, TablePart::table);
  BalanceTargets targets{table.row_sums(), table.column_sums(), {}};
  for (std::size_t i = 0; i < 6; ++i) {
    targets.rows[i] *= 1 + .01 * static_cast<double>(i);
    targets.columns[i] = targets.rows[i];
  }
  double used = 0;
  double added = 0;
  for (std::size_t k = 6; k < 12; ++k) used += targets.columns[k];
  added = targets.rows[6];
  for (std::size_t k = 6; k < 12; ++k) targets.columns[k] *= added / used;
  const auto done = balance(table, targets, {.tolerance = 1e-13});
  const Chain next(with_cells(chain, TablePart::table, done.table));
  for (std::size_t i = 0; i < 6; ++i) {
    EXPECT_NEAR(next.output()[i], targets.rows[i], 1e-8);
    EXPECT_NEAR(next.intermediate_inputs()[i] + next.value_added()[i], next.output()[i], 1e-7);
  }
}

}  // namespace
}  // namespace stave
