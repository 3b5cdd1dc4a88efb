// What LeontiefSystem promises besides right answers: the method it chooses, what it does with
// nodes without output, and what it says of tables it cannot solve.
#include "stave/linalg/leontief.hpp"

#include "stave/core/error.hpp"
#include "stave/linalg/ghosh.hpp"

#include <limits>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "linalg/tables.hpp"

namespace stave {
namespace {

using test::expect_near;
using test::identity;
using testing::HasSubstr;

Matrix ones(std::size_t rows, std::size_t cols) {
  Matrix m(rows, cols);
  std::ranges::fill(m.values(), 1);
  return m;
}

// The error that `work` throws.
template <class F>
Error error_of(F&& work) {
  try {
    work();
  } catch (const Error& error) {
    return error;
  }
  ADD_FAILURE() << "no error";
  return {Errc::io, ""};
}

constexpr SolveMethod both[] = {SolveMethod::lu, SolveMethod::gmres};

// By hand: A = [0 .5; .25 0], y = (1, 0); x = (I - A)^-1 y = (8/7, 2/7).
TEST(LeontiefSystem, SolvesTheTwoSectorCaseWorkedByHand) {
  const FlowMatrix flows(Matrix::of({{0, 1}, {0.25, 0}}));
  for (const auto method : both) {
    LeontiefSystem system(flows, std::vector<double>{1, 2}, {.method = method});
    expect_near(system.requirements(Matrix::of({{1}, {0}}).view()).values,
                Matrix::of({{8. / 7}, {2. / 7}}), 1e-14);
  }
}

// A = [.2 .5; 0 0] with x = (10, 0): the second node makes nothing, so its column counts as zero
// though it buys 3. L = [1.25 0; 0 1].
TEST(LeontiefSystem, TakesANodeWithoutOutputToBuyNothingAUnit) {
  const FlowMatrix flows(Matrix::of({{2, 3}, {0, 0}}));
  const std::vector<double> x{10, 0};
  for (const auto method : both) {
    LeontiefSystem system(flows, x, {.method = method});
    expect_near(system.requirements(identity(2).view()).values, Matrix::of({{1.25, 0}, {0, 1}}),
                1e-15);
  }
  expect_near(coefficients(flows, x), Matrix::of({{.2, 0}, {0, 0}}), 0);
  expect_near(intensities(Matrix::of({{5, 7}}), x), Matrix::of({{.5, 0}}), 0);
}

// B = [.2 .3; 0 0]: G = [1.25 .375; 0 1], by hand from G = I + B G.
TEST(Ghosh, KeepsWhatGoesToANodeWithoutOutput) {
  const FlowMatrix flows(Matrix::of({{2, 3}, {0, 0}}));
  LeontiefSystem system(flows, std::vector<double>{10, 0});
  expect_near(ghosh(system, identity(2).view()).values, Matrix::of({{1.25, .375}, {0, 1}}), 1e-15);
}

TEST(LeontiefSystem, AnswersNothingWithNothing) {
  const auto table = test::miller_blair();
  for (const auto method : both) {
    LeontiefSystem system(table.flows, table.output, {.method = method});
    EXPECT_EQ(system.requirements(Matrix(2, 0).view()).values.cols(), 0);
    expect_near(system.requirements(Matrix(2, 3).view()).values, Matrix(2, 3), 0);
  }
  const FlowMatrix empty;
  LeontiefSystem nobody(empty, {});
  EXPECT_EQ(nobody.requirements(Matrix(0, 2).view()).values.size(), 0);
}

// Squares of such numbers are beyond the range of a double, either way.
TEST(LeontiefSystem, SolvesForVeryLargeAndVerySmallFinalUse) {
  const auto table = test::miller_blair();
  for (const auto method : both) {
    LeontiefSystem system(table.flows, table.output, {.method = method});
    const auto x =
        system.requirements(Matrix::of({{350e250, 350e-250}, {1700e250, 1700e-250}}).view());
    EXPECT_NEAR(x.values(0, 0) / 1000e250, 1, 1e-13);
    EXPECT_NEAR(x.values(1, 1) / 2000e-250, 1, 1e-13);
  }
}

// The rule in the header, for n = 1,200 in blocks of 100: 1,200 / 6 = 200 = 16.7 x 12.
TEST(AutomaticRule, IteratesForFewRightHandSidesAndFactorisesForMany) {
  const auto table = test::random_table(1200, 7);
  const LeontiefOptions options{.block = test::blocks_of(1200, 100)};
  LeontiefSystem few(table.flows, table.output, options);
  EXPECT_EQ(few.requirements(ones(1200, 16).view()).method, SolveMethod::gmres);
  LeontiefSystem many(table.flows, table.output, options);
  EXPECT_EQ(many.requirements(ones(1200, 17).view()).method, SolveMethod::lu);
  EXPECT_EQ(many.requirements(ones(1200, 1).view()).method, SolveMethod::lu) << "factors are there";
}

TEST(AutomaticRule, FactorisesOnceManyIterationsHaveAddedUp) {
  const auto table = test::random_table(1200, 7);
  LeontiefSystem system(table.flows, table.output, {.block = test::blocks_of(1200, 100)});
  int calls = 1;
  while (system.requirements(ones(1200, 4).view()).method == SolveMethod::gmres) ++calls;
  EXPECT_GT(calls, 2);
  EXPECT_LT(calls, 60);
}

TEST(AutomaticRule, FactorisesSmallTablesAndIteratesOnSparseOnes) {
  const auto small = test::random_table(100, 7, 0.05);
  LeontiefSystem factorised(small.flows, small.output);
  EXPECT_EQ(factorised.requirements(ones(100, 1).view()).method, SolveMethod::lu);
  const auto sparse = test::random_table(1500, 7, 0.01);
  ASSERT_FALSE(sparse.flows.is_dense());
  LeontiefSystem iterated(sparse.flows, sparse.output);
  EXPECT_EQ(iterated.requirements(ones(1500, 200).view()).method, SolveMethod::gmres);
}

// A chain of 1,500 nodes, each buying 99.999 % of its output from the one before: 1,500 passes.
TEST(AutomaticRule, FactorisesASparseChainThatIterationCannotSolve) {
  std::vector<Flow> links;
  for (std::int32_t i = 0; i + 1 < 1500; ++i) links.push_back({i, i + 1, 0.99999});
  links.push_back({1499, 0, 0.99999});
  const auto flows = FlowMatrix::from_flows(1500, links);
  ASSERT_FALSE(flows.is_dense());
  LeontiefSystem system(flows, std::vector<double>(1500, 1), {.max_passes = 50});
  Matrix y(1500, 1);
  y(1499, 0) = 1;
  const auto x = system.requirements(y.view());
  EXPECT_EQ(x.method, SolveMethod::lu);
  // Round the ring with r = .99999: x_1499 = 1 / (1 - r^1500), x_k = r^(1499 - k) x_1499.
  const double last = 1 / (1 - std::pow(0.99999, 1500));
  EXPECT_NEAR(x.values(1499, 0) / last, 1, 1e-9);
  EXPECT_NEAR(x.values(0, 0) / (std::pow(0.99999, 1499) * last), 1, 1e-9);
}

// Ten regions that trade little: with their own systems as preconditioner, passes fall.
TEST(Preconditioner, OfRegionalBlocksSavesPasses) {
  const auto table = test::random_table(400, 3);
  Matrix z = table.flows.dense();
  for (std::size_t i = 0; i < 400; ++i)
    for (std::size_t j = 0; j < 400; ++j) z(i, j) *= i / 40 == j / 40 ? 8 : 0.02;
  const FlowMatrix flows(std::move(z));
  LeontiefOptions options{.method = SolveMethod::gmres};
  LeontiefSystem plain(flows, table.output, options);
  options.block = test::blocks_of(400, 40);
  LeontiefSystem blocked(flows, table.output, options);
  const auto y = test::random_matrix(400, 5, 1);
  const auto slow = plain.requirements(y.view());
  const auto fast = blocked.requirements(y.view());
  EXPECT_LE(2 * fast.passes, slow.passes);
  expect_near(fast.values, slow.values, 1e-11);
}

TEST(LeontiefSystem, RefusesAFlowThatIsNotFinite) {
  const FlowMatrix flows(Matrix::of({{0, 1}, {std::nan(""), 0}}));
  const auto error = error_of([&] { LeontiefSystem(flows, std::vector<double>{1, 2}); });
  EXPECT_EQ(error.code(), Errc::bad_input);
  EXPECT_STREQ(error.what(), "flow from node 1 to node 0 is nan");
  EXPECT_EQ(error_of([&] { (void)spectral_radius(flows, std::vector<double>{1, 2}); }).code(),
            Errc::bad_input);
}

TEST(LeontiefSystem, RefusesAnOutputThatIsNegativeOrNotFinite) {
  const FlowMatrix flows(Matrix::of({{0, 1}, {1, 0}}));
  const LeontiefOptions named{.label = [](std::size_t i) { return i == 1 ? "Steel" : "Coal"; }};
  for (const double x : {-2.0, std::nan(""), std::numeric_limits<double>::infinity(), 1e-310}) {
    const auto error = error_of([&] { LeontiefSystem(flows, std::vector<double>{1, x}, named); });
    EXPECT_EQ(error.code(), Errc::bad_input);
    EXPECT_THAT(error.what(), HasSubstr("output of Steel is"));
  }
}

TEST(LeontiefSystem, RefusesShapesThatDoNotFit) {
  const auto table = test::miller_blair();
  LeontiefSystem system(table.flows, table.output);
  const auto code = [&](auto&& work) { return error_of(work).code(); };
  EXPECT_EQ(code([&] { (void)system.requirements(Matrix(3, 1).view()); }), Errc::bad_input);
  EXPECT_EQ(code([&] { (void)system.multipliers(Matrix(1, 3).view()); }), Errc::bad_input);
  EXPECT_EQ(code([&] { (void)ghosh(system, Matrix(3, 1).view()); }), Errc::bad_input);
  EXPECT_EQ(code([&] { LeontiefSystem(table.flows, std::vector<double>{1}); }), Errc::bad_input);
  EXPECT_EQ(code([&] { LeontiefSystem(table.flows, table.output, {.block = {0}}); }),
            Errc::bad_input);
  EXPECT_EQ(code([&] { LeontiefSystem(table.flows, table.output, {.tolerance = 0}); }),
            Errc::bad_input);
}

TEST(LeontiefSystem, RefusesFinalUseThatIsNotFinite) {
  const auto table = test::miller_blair();
  LeontiefSystem system(table.flows, table.output);
  const auto error =
      error_of([&] { (void)system.requirements(Matrix::of({{1, 2}, {3, std::nan("")}}).view()); });
  EXPECT_EQ(error.code(), Errc::bad_input);
  EXPECT_STREQ(error.what(), "final use: row 1, column 1 is nan");
}

// Steel buys 15 of coal for 10 of output, coal 8 of steel for 10: radius sqrt(1.5 x .8) = 1.0954.
TEST(LeontiefSystem, NamesTheNodeWhoseInputsExceedItsOutput) {
  const FlowMatrix flows(Matrix::of({{0, 15}, {8, 0}}));
  for (const auto method : both) {
    const auto error = error_of([&] {
      LeontiefSystem system(
          flows, std::vector<double>{10, 10},
          {.method = method, .label = [](std::size_t i) { return i == 1 ? "Steel" : "Coal"; }});
      (void)system.requirements(Matrix::of({{1}, {1}}).view());
    });
    EXPECT_EQ(error.code(), Errc::not_productive);
    EXPECT_STREQ(error.what(),
                 "the table is not productive: spectral radius 1.09545; the inputs of Steel are "
                 "1.5 times its output");
  }
}

// Inputs of 1.5 times output are no fault where the node sells to nobody who feeds it.
TEST(LeontiefSystem, AcceptsANodeThatBuysMoreThanItMakesWhereTheTableIsProductive) {
  const FlowMatrix flows(Matrix::of({{0, 15}, {0, 0}}));
  for (const auto method : both) {
    LeontiefSystem system(flows, std::vector<double>{10, 10}, {.method = method});
    expect_near(system.requirements(Matrix::of({{0}, {1}}).view()).values, Matrix::of({{1.5}, {1}}),
                1e-15);
  }
}

// All output is used up as inputs: the radius is exactly 1, I - A singular.
TEST(LeontiefSystem, RefusesATableWithNothingLeftForFinalUse) {
  const FlowMatrix flows(Matrix::of({{1, 1}, {1, 1}}));
  for (const auto method : both) {
    LeontiefSystem system(flows, std::vector<double>{2, 2}, {.method = method});
    const auto error = error_of([&] { (void)system.requirements(Matrix::of({{1}, {0}}).view()); });
    EXPECT_EQ(error.code(), Errc::not_productive);
    EXPECT_THAT(error.what(), HasSubstr("spectral radius 1"));
  }
}

// A productive pair beside a pair that is not: found out even when nobody asks for the latter.
TEST(LeontiefSystem, RefusesATableOfWhichOnlyAPartIsNotProductive) {
  const FlowMatrix flows(Matrix::of({{.1, .1, 0, 0}, {.1, .1, 0, 0}, {0, 0, 0, 2}, {0, 0, 1, 0}}));
  for (const auto method : both) {
    LeontiefSystem system(flows, std::vector<double>{1, 1, 1, 1}, {.method = method});
    const auto error =
        error_of([&] { (void)system.requirements(Matrix::of({{1}, {0}, {0}, {0}}).view()); });
    EXPECT_EQ(error.code(), Errc::not_productive);
    EXPECT_THAT(error.what(), HasSubstr("spectral radius 1.41421"));
  }
}

// a_00 = -1e-3, by hand: x = y / (1 - a) column by column of a diagonal table.
TEST(LeontiefSystem, SolvesTablesWithFlowsBelowZero) {
  const FlowMatrix flows(Matrix::of({{-1e-3, 0}, {0, .5}}));
  for (const auto method : both) {
    LeontiefSystem system(flows, std::vector<double>{1, 1}, {.method = method});
    expect_near(system.requirements(Matrix::of({{1}, {1}}).view()).values,
                Matrix::of({{1 / 1.001}, {2}}), 1e-14);
  }
}

// I - A = [0 1; 1 0] needs row exchanges; A = [1 -1; -1 1] has radius 2 all the same.
TEST(LeontiefSystem, RefusesATableWithFlowsBelowZeroThatIsNotProductive) {
  const FlowMatrix flows(Matrix::of({{1, -1}, {-1, 1}}));
  LeontiefSystem system(flows, std::vector<double>{1, 1});
  const auto error = error_of([&] { (void)system.requirements(Matrix::of({{1}, {1}}).view()); });
  EXPECT_EQ(error.code(), Errc::not_productive);
}

// A = [1 2; -.4 -.2]: 1 - a_00 = 0, so elimination needs a row exchange. The eigenvalues have the
// modulus sqrt(det A) = sqrt(.6); (I - A)^-1 = [1.2 2; -.4 0] / .8.
TEST(LeontiefSystem, ExchangesRowsWhereFlowsBelowZeroAskForIt) {
  const FlowMatrix flows(Matrix::of({{1, 2}, {-.4, -.2}}));
  LeontiefSystem system(flows, std::vector<double>{1, 1});
  expect_near(system.inverse().values, Matrix::of({{1.5, 2.5}, {-.5, 0}}), 1e-14);
  expect_near(system.multipliers(identity(2).view()).values, Matrix::of({{1.5, 2.5}, {-.5, 0}}),
              1e-14);
}

TEST(LeontiefSystem, SaysSoWhenTheRoundsAllowedDoNotSuffice) {
  const auto table = test::random_table(60, 5);
  LeontiefSystem system(table.flows, table.output, {.method = SolveMethod::gmres, .max_passes = 3});
  const auto error = error_of([&] { (void)system.requirements(ones(60, 1).view()); });
  EXPECT_EQ(error.code(), Errc::no_convergence);
}

class StopAtOnce : public Progress {
 public:
  [[nodiscard]] bool cancelled() const override { return true; }
};

TEST(LeontiefSystem, StopsWhenAsked) {
  const auto table = test::miller_blair();
  StopAtOnce stop;
  for (const auto method : both) {
    LeontiefSystem system(table.flows, table.output, {.method = method});
    EXPECT_EQ(error_of([&] { (void)system.requirements(ones(2, 1).view(), stop); }).code(),
              Errc::cancelled);
  }
}

}  // namespace
}  // namespace stave
