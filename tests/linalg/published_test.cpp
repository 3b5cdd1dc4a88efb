// The answers others have published or computed for real and textbook tables.
#include "stave/core/error.hpp"
#include "stave/linalg/ghosh.hpp"
#include "stave/linalg/leontief.hpp"

#include <filesystem>

#include <gtest/gtest.h>

#include "linalg/tables.hpp"
#include "shared/csv.hpp"

namespace stave {
namespace {

using test::expect_near;
using test::numbers;
using test::read_csv;

const std::filesystem::path reference = STAVE_SHARED "/reference";

class PublishedTable : public testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(reference)) GTEST_SKIP() << "no reference tables in " << reference;
  }
};

Matrix row_of(std::span<const double> values) {
  Matrix m(1, values.size());
  std::ranges::copy(values, m.row(0).begin());
  return m;
}

std::vector<double> column_sums(const Matrix& m) {
  std::vector<double> sums(m.cols());
  for (std::size_t i = 0; i < m.rows(); ++i)
    for (std::size_t j = 0; j < m.cols(); ++j) sums[j] += m(i, j);
  return sums;
}

std::vector<double> row_sums(const Matrix& m) {
  std::vector<double> sums(m.rows());
  for (std::size_t i = 0; i < m.rows(); ++i)
    for (const double v : m.row(i)) sums[i] += v;
  return sums;
}

// Miller and Blair (2009), section 2.3, equation 2.14: the book prints 1.2541, .3300,
// .2640, 1.1221.
TEST(MillerBlair, TheLeontiefInverseOfTheTwoSectorTable) {
  const auto table = test::miller_blair();
  LeontiefSystem system(table.flows, table.output);
  const auto l = system.inverse();
  expect_near(l.values, Matrix::of({{1.25412541, .3300330033}, {.2640264026, 1.12211221}}), 1e-8);
  EXPECT_LT(l.residual, 1e-14);
}

// Final use (350, 1700) is what the table itself shows, so that L y is its output (1000, 2000).
TEST(MillerBlair, FinalUseOfTheTableNeedsItsOutput) {
  const auto table = test::miller_blair();
  LeontiefSystem system(table.flows, table.output);
  const auto x = system.requirements(Matrix::of({{350}, {1700}}).view());
  expect_near(x.values, Matrix::of({{1000}, {2000}}), 1e-14);
}

class Germany1995 : public PublishedTable {
 protected:
  void SetUp() override {
    PublishedTable::SetUp();
    if (!IsSkipped()) csv = read_csv(reference / "io/germany_1995_wide.csv");
  }
  [[nodiscard]] Matrix row(const std::string& name) const {
    for (std::size_t r = 0; r < csv.size(); ++r)
      if (csv[r][0] == name) return numbers(csv, r, 1, 1, 6);
    throw std::runtime_error("no row " + name);
  }
  [[nodiscard]] Matrix multipliers_of(const std::string& name) const {
    const FlowMatrix flows(numbers(csv, 1, 1, 6, 6));
    const auto output = row("output");
    LeontiefSystem system(flows, output.row(0));
    return system.multipliers(intensities(row(name), output.row(0)).view()).values;
  }
  test::Csv csv;
};

// Eurostat Manual of Supply, Use and Input-Output Tables (2008), chapter 15, to its four digits.
TEST_F(Germany1995, BackwardLinkagesAreTheColumnSumsOfL) {
  const FlowMatrix flows(numbers(csv, 1, 1, 6, 6));
  const auto output = row("output");
  LeontiefSystem system(flows, output.row(0));
  const auto ones = Matrix::of({{1, 1, 1, 1, 1, 1}});
  expect_near(system.multipliers(ones.view()).values,
              Matrix::of({{1.7048, 1.8413, 1.8136, 1.6035, 1.5951, 1.3782}}), 0.00005 / 1.8413);
}

TEST_F(Germany1995, ValueAddedMultipliers) {
  expect_near(multipliers_of("gva"), Matrix::of({{.8450, .7647, .8615, .9019, .9393, .9199}}),
              0.00005 / .9393);
}

TEST_F(Germany1995, EmploymentMultipliers) {
  expect_near(multipliers_of("employment_domestic_total"),
              Matrix::of({{.0326, .0162, .0207, .0237, .0112, .0242}}), 0.00005 / .0326);
}

class Leather : public PublishedTable {
 protected:
  void SetUp() override {
    PublishedTable::SetUp();
    if (IsSkipped()) return;
    const auto folder = reference / "value-added";
    flows = FlowMatrix(numbers(read_csv(folder / "leather_inter.csv"), 0, 0));
    final_use = numbers(read_csv(folder / "leather_final.csv"), 0, 0);
    const auto out = numbers(read_csv(folder / "leather_out.csv"), 0, 0);
    output.assign(out.values().begin(), out.values().end());
    const auto bought = flows.column_sums();
    for (std::size_t j = 0; j < output.size(); ++j)
      v.push_back((output[j] - bought[j]) / output[j]);
  }
  FlowMatrix flows;
  Matrix final_use;
  std::vector<double> output;
  std::vector<double> v;  // value added a unit of output
};

// diag(v) L Y: whose value added ends up in whose final use (Timmer et al. 2014), R package
// decompr.
TEST_F(Leather, ValueAddedInFinalUse) {
  LeontiefSystem system(flows, output);
  auto found = system.requirements(final_use.view()).values;
  for (std::size_t i = 0; i < 9; ++i)
    for (auto& x : found.row(i)) x *= v[i];
  const auto listed = numbers(read_csv(reference / "value-added/leather_leontief_fd.csv"), 1, 3);
  for (std::size_t e = 0; e < listed.size(); ++e)  // source by source, each with three users
    EXPECT_NEAR(found.data()[e], listed.data()[e], 1e-12 * 60) << e;
}

// diag(v) L diag(E), E = exports to the other two countries, for final and intermediate use.
TEST_F(Leather, ValueAddedInExports) {
  Matrix exports(9, 9);
  for (std::size_t i = 0; i < 9; ++i) {
    for (std::size_t j = 0; j < 9; ++j)
      if (i / 3 != j / 3) exports(i, i) += flows.at(i, j);
    for (std::size_t r = 0; r < 3; ++r)
      if (i / 3 != r) exports(i, i) += final_use(i, r);
  }
  LeontiefSystem system(flows, output);
  const auto made = system.requirements(exports.view()).values;
  const auto listed =
      numbers(read_csv(reference / "value-added/leather_leontief_exports.csv"), 1, 4);
  ASSERT_EQ(listed.size(), 81);
  for (std::size_t e = 0; e < 81; ++e)
    EXPECT_NEAR(v[e / 9] * made.data()[e], listed.data()[e], 1e-12 * 60) << e;
}

class PymrioTest : public PublishedTable {
 protected:
  void SetUp() override {
    PublishedTable::SetUp();
    if (IsSkipped()) return;
    flows = FlowMatrix(matrix("Z", 3, 2));
    const auto x = matrix("x", 1, 2);
    output.assign(x.values().begin(), x.values().end());
  }
  [[nodiscard]] static Matrix matrix(const std::string& name, std::size_t row, std::size_t column) {
    const auto path = reference / "io/pymrio_test" / ("pymrio_test_" + name + ".csv");
    return numbers(read_csv(path), row, column);
  }
  // The emissions have two label columns, the factor inputs one.
  [[nodiscard]] static Matrix account(const std::string& group, const std::string& name) {
    return matrix(group + "_" + name, 3, group == "emissions" ? 2 : 1);
  }
  [[nodiscard]] Matrix s(const std::string& group) const {
    return intensities(account(group, "F"), output);
  }
  FlowMatrix flows;
  std::vector<double> output;
};

constexpr const char* groups[] = {"emissions", "factor_inputs"};

TEST_F(PymrioTest, A) { expect_near(coefficients(flows, output), matrix("A", 3, 2), 1e-14); }

TEST_F(PymrioTest, B) { expect_near(allocation_shares(flows, output), matrix("B", 3, 2), 1e-14); }

TEST_F(PymrioTest, L) {
  LeontiefSystem system(flows, output);
  expect_near(system.inverse().values, matrix("L", 3, 2), 1e-13);
}

TEST_F(PymrioTest, LByIterationToo) {
  LeontiefSystem system(flows, output,
                        {.method = SolveMethod::gmres, .block = test::blocks_of(48, 8)});
  expect_near(system.requirements(test::identity(48).view()).values, matrix("L", 3, 2), 1e-11);
}

TEST_F(PymrioTest, G) {
  LeontiefSystem system(flows, output);
  expect_near(ghosh(system, test::identity(48).view()).values, matrix("G", 3, 2), 1e-13);
}

// fpem_ref.out: row sums of G and column sums of L of the first region, sectors by name.
TEST_F(PymrioTest, UpstreamnessAndOutputMultipliers) {
  LeontiefSystem system(flows, output);
  Matrix ones(48, 1);
  std::ranges::fill(ones.values(), 1);
  const auto upstream = ghosh(system, ones.view()).values;
  const auto made = system.multipliers(row_of(ones.values()).view()).values;
  struct Listed {
    std::size_t place;  // in the table
    double upstream, made;
  };
  constexpr Listed wanted[] = {
      {4, 1.013508245755, 1.025845050314},  // construction
      {3, 1.851081106462, 1.769313573756},  // electricity
      {0, 1.749700141145, 1.611426885927},  // food
      {2, 1.009537916526, 1.011053147593},  // manufactoring
      {1, 2.164062308678, 1.550978852539},  // mining
      {7, 1.022365678717, 1.018117839885},  // other
      {5, 1.004228180718, 1.004743349924},  // trade
      {6, 1.013974762867, 1.010732583289},  // transport
  };
  for (const auto& sector : wanted) {
    EXPECT_NEAR(upstream(sector.place, 0), sector.upstream, 1e-12);
    EXPECT_NEAR(made(0, sector.place), sector.made, 1e-12);
  }
}

TEST_F(PymrioTest, S) {
  for (const auto* group : groups) expect_near(s(group), account(group, "S"), 1e-14);
}

TEST_F(PymrioTest, FinalUseIntensitiesToo) {
  const auto y = matrix("Y", 3, 2);
  expect_near(intensities(account("emissions", "F_Y"), column_sums(y)), account("emissions", "S_Y"),
              1e-14);
}

TEST_F(PymrioTest, M) {
  LeontiefSystem system(flows, output);
  for (const auto* group : groups)
    expect_near(system.multipliers(s(group).view()).values, account(group, "M"), 1e-13);
}

// M_down = S (G' - I), so its transpose is G S' - S'.
TEST_F(PymrioTest, MDown) {
  LeontiefSystem system(flows, output);
  for (const auto* group : groups) {
    const auto intensity = s(group);
    Matrix across(intensity.cols(), intensity.rows());
    for (std::size_t i = 0; i < across.rows(); ++i)
      for (std::size_t j = 0; j < across.cols(); ++j) across(i, j) = intensity(j, i);
    const auto through = ghosh(system, across.view()).values;
    Matrix down(intensity.rows(), intensity.cols());
    for (std::size_t i = 0; i < down.rows(); ++i)
      for (std::size_t j = 0; j < down.cols(); ++j) down(i, j) = through(j, i) - intensity(i, j);
    expect_near(down, account(group, "M_down"), 1e-13);
  }
}

// S L Y summed over a region's categories, plus F_Y: pymrio's D_cba_reg of emission_type1.
TEST_F(PymrioTest, ConsumptionAccountOfTheFirstEmission) {
  const auto y = matrix("Y", 3, 2);
  const auto direct = account("emissions", "F_Y");
  Matrix by_region(48, 6);
  for (std::size_t i = 0; i < 48; ++i)
    for (std::size_t c = 0; c < 42; ++c) by_region(i, c / 7) += y(i, c);
  LeontiefSystem system(flows, output);
  const auto made = system.requirements(by_region.view()).values;
  const auto intensity = s("emissions");
  const double wanted[] = {207752104.431628, 115468289.281101, 345798792.665361,
                           446060180.239669, 416485670.756169, 824407840.666072};
  for (std::size_t r = 0; r < 6; ++r) {
    double total = 0;
    for (std::size_t i = 0; i < 48; ++i) total += intensity(0, i) * made(i, r);
    for (std::size_t c = 7 * r; c < 7 * r + 7; ++c) total += direct(0, c);
    EXPECT_NEAR(total, wanted[r], 1e-6 * 10);
  }
}

// Look-through exposure of Baldwin, Freeman and Theodorakopoulos (2023), between regions:
// LF = L diag(final use), TI its column sums; face value replaces L by I + A. `fpem_ref.out`
// prints six decimals.
class LookThrough : public PymrioTest {
 protected:
  // [6 x 6] sums over regions, each column divided by `totals`.
  static Matrix regional_shares(const Matrix& m, const std::vector<double>& totals) {
    Matrix shares(6, 6);
    for (std::size_t i = 0; i < 48; ++i)
      for (std::size_t j = 0; j < 48; ++j) shares(i / 8, j / 8) += m(i, j) / totals[j / 8];
    return shares;
  }
  static std::vector<double> regional_totals(const Matrix& m) {
    std::vector<double> totals(6);
    const auto sums = column_sums(m);
    for (std::size_t j = 0; j < 48; ++j) totals[j / 8] += sums[j];
    return totals;
  }
};

Matrix printed_table(const std::string& title) {
  std::ifstream file(reference / "resilience/fpem_ref.out");
  std::string line;
  while (std::getline(file, line) && line.rfind(title, 0) != 0) {
  }
  std::getline(file, line);
  Matrix m(6, 6);
  for (std::size_t i = 0; i < 6; ++i) {
    file >> line;
    for (std::size_t j = 0; j < 6; ++j) file >> m(i, j);
  }
  return m;
}

TEST_F(LookThrough, ForeignProductionExposureOfTheSixRegions) {
  const auto final_use = row_sums(matrix("Y", 3, 2));
  Matrix f(48, 48);
  for (std::size_t i = 0; i < 48; ++i) f(i, i) = final_use[i];
  LeontiefSystem system(flows, output);
  const auto lf = system.requirements(f.view()).values;
  auto face = coefficients(flows, output);
  for (std::size_t i = 0; i < 48; ++i) face(i, i) += 1;
  for (std::size_t i = 0; i < 48; ++i)
    for (std::size_t j = 0; j < 48; ++j) face(i, j) *= final_use[j];
  const auto totals = regional_totals(lf);
  const auto whole = regional_shares(lf, totals);
  const auto direct = regional_shares(face, totals);
  expect_near(whole, printed_table("country-level FPEM"), 0.5e-6);
  expect_near(direct, printed_table("FPEMfv"), 0.5e-6);
  Matrix hidden(6, 6);
  for (std::size_t e = 0; e < 36; ++e) hidden.data()[e] = whole.data()[e] - direct.data()[e];
  expect_near(hidden, printed_table("FPEMhe"), 0.5e-6 / 0.001333);
}

}  // namespace
}  // namespace stave
