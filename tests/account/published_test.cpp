// Accounts that others have published or computed.
#include "stave/account/account.hpp"

#include <cmath>
#include <filesystem>

#include <gtest/gtest.h>

#include "account/sectors.hpp"
#include "shared/csv.hpp"

namespace stave {
namespace {

using test::numbers;
using test::read_csv;

const std::filesystem::path folder = STAVE_SHARED "/reference/io";

void expect_near(const Matrix& found, const Matrix& wanted, double relative,
                 const std::string& what) {
  ASSERT_EQ(found.rows(), wanted.rows()) << what;
  ASSERT_EQ(found.cols(), wanted.cols()) << what;
  for (std::size_t s = 0; s < wanted.rows(); ++s) {
    double scale = 0;
    for (const auto v : wanted.row(s)) scale = std::max(scale, std::abs(v));
    for (std::size_t c = 0; c < wanted.cols(); ++c)
      EXPECT_NEAR(found(s, c), wanted(s, c), relative * scale) << what << " " << s << " " << c;
  }
}

// pymrio's test table: 6 regions x 8 sectors, 7 final-use categories.
class PymrioAccounts : public testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(folder / "pymrio_test"))
      GTEST_SKIP() << "no reference tables in " << folder;
  }
  [[nodiscard]] static test::Csv csv(const std::string& name) {
    return read_csv(folder / "pymrio_test" / ("pymrio_test_" + name + ".csv"));
  }
  // Two label columns and three head lines; factor inputs have one label column.
  [[nodiscard]] static Matrix table(const std::string& name, std::size_t labels = 2) {
    return numbers(csv(name), 3, labels);
  }
  [[nodiscard]] static Matrix by_region(const std::string& name, std::size_t labels = 2) {
    return numbers(csv(name), 1, labels);
  }
  [[nodiscard]] static ChainParts parts_without_stressors() {
    ChainParts parts;
    std::vector<Item> regions;
    std::vector<Item> products;
    for (int r = 1; r <= 6; ++r) regions.push_back({"reg" + std::to_string(r), {}, {}, {}, {}});
    for (int p = 1; p <= 8; ++p) products.push_back({"sec" + std::to_string(p), {}, {}, {}, {}});
    parts.regions = Classification("region", regions);
    parts.products = Classification("product", products);
    for (std::size_t i = 0; i < 48; ++i)
      parts.nodes.push_back({regions[i / 8].code + "." + products[i % 8].code,
                             {},
                             {},
                             RegionId(i / 8),
                             ProductId(i % 8),
                             {}});
    for (std::size_t k = 0; k < 42; ++k)
      parts.final_columns.push_back({RegionId(k / 7), "category " + std::to_string(k % 7)});
    parts.flows = FlowMatrix(table("Z"));
    parts.final_use = table("Y");
    return parts;
  }
  [[nodiscard]] static Chain emissions() {
    auto parts = parts_without_stressors();
    parts.stressor_rows = {{"emission_type1", {}, "kg", Quality::measured, {}},
                           {"emission_type2", {}, "kg", Quality::measured, {}}};
    parts.stressors = table("emissions_F");
    parts.stressors_final = table("emissions_F_Y");
    return Chain(std::move(parts));
  }
  [[nodiscard]] static Chain factor_inputs() {
    auto parts = parts_without_stressors();
    parts.stressor_rows = {{"Value Added", {}, "million EUR", Quality::measured, {}}};
    parts.stressors = table("factor_inputs_F", 1);
    return Chain(std::move(parts));
  }
  static void expect_all(const RegionalAccounts& a, const std::string& extension,
                         std::size_t labels) {
    const auto name = [&](const char* account) { return extension + "_" + account; };
    expect_near(a.production, by_region(name("D_pba_reg"), labels), 1e-12, "D_pba_reg");
    expect_near(a.consumption, by_region(name("D_cba_reg"), labels), 1e-12, "D_cba_reg");
    expect_near(a.imports, by_region(name("D_imp_reg"), labels), 1e-12, "D_imp_reg");
    expect_near(a.exports, by_region(name("D_exp_reg"), labels), 1e-12, "D_exp_reg");
    expect_near(a.sectors->production, table(name("D_pba"), labels), 1e-12, "D_pba");
    expect_near(a.sectors->consumption, table(name("D_cba"), labels), 1e-12, "D_cba");
    expect_near(a.sectors->imports, table(name("D_imp"), labels), 1e-12, "D_imp");
    expect_near(a.sectors->exports, table(name("D_exp"), labels), 1e-12, "D_exp");
    expect_near(a.multipliers, table(name("M"), labels), 1e-12, "M");
    EXPECT_LT(a.worst_imbalance(), 1e-12);
  }
};

TEST_F(PymrioAccounts, EmissionsByRegionBySectorAndMultipliers) {
  expect_all(accounts(emissions(), {.sectors = true, .multipliers = true}), "emissions", 2);
}

TEST_F(PymrioAccounts, FactorInputsByRegionBySectorAndMultipliers) {
  expect_all(accounts(factor_inputs(), {.sectors = true, .multipliers = true}), "factor_inputs", 1);
}

TEST_F(PymrioAccounts, BothWaysToTheSectorsAgree) {
  const auto chain = emissions();
  LeontiefSystem system(chain.flows(), chain.output());
  const auto made = system.requirements(chain.final_use_by_region().view()).values;
  for (const auto way : {SectorWay::by_stressor, SectorWay::by_product}) {
    const auto a = sector_accounts(chain, system, {0, 1}, made, no_progress(), way);
    expect_near(a.consumption, table("emissions_D_cba"), 1e-12, "D_cba");
    expect_near(a.imports, table("emissions_D_imp"), 1e-12, "D_imp");
  }
}

// As printed in pymrio's documentation and in docs/method/accounts.md.
TEST_F(PymrioAccounts, ConsumptionOfEmissionType1) {
  const auto a = accounts(emissions(), {.stressors = {0}});
  const std::vector<double> listed{207752104.431628, 115468289.281101, 345798792.665361,
                                   446060180.239669, 416485670.756169, 824407840.666072};
  for (std::size_t r = 0; r < 6; ++r) EXPECT_NEAR(a.consumption(0, r), listed[r], 1e-6);
}

// Population is what pymrio's own D_cba_reg and D_cba_cap of value added imply.
TEST_F(PymrioAccounts, ConsumptionPerHead) {
  const auto cap = by_region("factor_inputs_D_cba_cap", 1);
  const auto reg = by_region("factor_inputs_D_cba_reg", 1);
  auto parts = emissions().parts();
  parts.region_attributes = {{"population", "persons", {}}};
  for (std::size_t r = 0; r < 6; ++r)
    parts.region_attributes[0].values.push_back(reg(0, r) / cap(0, r));
  const auto report = run(accounts_analysis(), Chain(std::move(parts)));
  const auto wanted = by_region("emissions_D_cba_cap");
  const auto& found = report.table("accounts").reals("per_head");
  ASSERT_EQ(found.size(), 12U);
  for (std::size_t e = 0; e < 12; ++e) EXPECT_NEAR(found[e], wanted.values()[e], 1e-12);
  EXPECT_EQ(report.table("accounts").texts("per_head_unit")[0], "kg / persons");
}

TEST_F(PymrioAccounts, IterationAndFactorsAgree) {
  const auto chain = emissions();
  const auto lu = accounts(chain, {.method = SolveMethod::lu});
  const auto gmres = accounts(chain, {.method = SolveMethod::gmres});
  expect_near(gmres.consumption, lu.consumption, 1e-11, "consumption");
  EXPECT_EQ(gmres.solution.method, SolveMethod::gmres);
}

// Eurostat Manual of Supply, Use and Input-Output Tables (2008), chapter 15, to its four digits.
TEST(GermanyAccounts, MultipliersOfValueAddedAndEmployment) {
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "no reference tables in " << folder;
  const auto csv = read_csv(folder / "germany_1995_wide.csv");
  const auto row = [&](const std::string& name) {
    for (std::size_t r = 0; r < csv.size(); ++r)
      if (csv[r][0] == name) return numbers(csv, r, 1, 1, 6);
    throw std::runtime_error("no row " + name);
  };
  ChainParts parts;
  std::vector<Item> products;
  for (std::size_t p = 1; p <= 6; ++p) products.push_back({csv[p][0], {}, {}, {}, {}});
  parts.regions = Classification("region", {{"DEU", "Germany", {}, {}, {}}});
  parts.products = Classification("product", products);
  for (std::size_t p = 0; p < 6; ++p)
    parts.nodes.push_back({products[p].code, {}, {}, RegionId(0), ProductId(p), {}});
  parts.flows = FlowMatrix(numbers(csv, 1, 1, 6, 6));
  for (std::size_t k = 8; k < 13; ++k) parts.final_columns.push_back({RegionId(0), csv[0][k]});
  parts.final_use = numbers(csv, 1, 8, 6, 5);
  parts.stressor_rows = {{"gva", {}, "million EUR", {}, {}}, {"jobs", {}, "1000 persons", {}, {}}};
  parts.stressors = Matrix(2, 6);
  for (std::size_t i = 0; i < 6; ++i) {
    parts.stressors(0, i) = row("gva")(0, i);
    parts.stressors(1, i) = row("employment_domestic_total")(0, i);
  }
  const Chain chain(std::move(parts));
  const auto a = accounts(chain, {.multipliers = true});
  const auto listed = Matrix::of(
      {{.8450, .7647, .8615, .9019, .9393, .9199}, {.0326, .0162, .0207, .0237, .0112, .0242}});
  for (std::size_t e = 0; e < listed.size(); ++e)
    EXPECT_NEAR(a.multipliers.values()[e], listed.values()[e], .00005);
  // One region consumes all it produces.
  EXPECT_NEAR(a.consumption(0, 0), 1624160, 1e-6);
  EXPECT_EQ(a.imports(0, 0), 0);
}

}  // namespace
}  // namespace stave
