#include "stave/formats/mrio.hpp"

#include <algorithm>

#include <gmock/gmock.h>

#include "import_fixture.hpp"
#include "shared/csv.hpp"

namespace stave::test {
namespace {

using ::testing::HasSubstr;

const auto exio3 = mocks / "exio3_mock";
const std::filesystem::path reference = STAVE_SHARED "/reference/io/pymrio_test";

// Headers of the reference: region, sector or category, then one row of index names.
Matrix reference_table(const std::string& name, std::size_t labels) {
  return numbers(read_csv(reference / ("pymrio_test_" + name + ".csv")), 3, labels);
}

void expect_same_bits(std::span<const double> got, const Matrix& expected) {
  ASSERT_EQ(got.size(), expected.size());
  EXPECT_TRUE(std::ranges::equal(got, expected.values()));
}

class Pymrio : public TemporaryFolder {};

TEST_F(Pymrio, TestTableEqualsItsReferenceBitForBit) {
  SKIP_WITHOUT(test_mrio);
  SKIP_WITHOUT(reference);
  const auto chain = import_chain(test_mrio);
  expect_same_bits(chain.flows().dense().values(), reference_table("Z", 2));
  expect_same_bits(chain.final_use().values(), reference_table("Y", 2));
  expect_same_bits(chain.stressors().values(), reference_table("emissions_F", 2));
  expect_same_bits(chain.stressors_final().values(), reference_table("emissions_F_Y", 2));
  expect_same_bits(chain.primary().values(), reference_table("factor_inputs_F", 1));
}

TEST_F(Pymrio, TestTableHasUnitsPopulationAndNames) {
  SKIP_WITHOUT(test_mrio);
  const auto chain = import_chain(test_mrio);
  EXPECT_EQ(chain.info().name, "testmrio");
  EXPECT_EQ(chain.info().unit, "million USD");
  EXPECT_EQ(chain.info().currency, "USD");
  EXPECT_EQ(chain.primary_rows()[0].name, "Value Added");
  EXPECT_EQ(chain.stressor_rows()[0].name, "emission_type1");
  EXPECT_EQ(chain.stressor_rows()[0].unit, "kg");
  EXPECT_EQ(chain.stressor_rows()[1].note, "emissions; water");
  ASSERT_NE(chain.region_attribute("population"), nullptr);
  EXPECT_EQ(chain.region_attribute("population")->values[1], 3.7e9);
  EXPECT_EQ(chain.final_columns()[6].category, "exports");
}

TEST_F(Pymrio, NamesTheMissingFinalDemand) {
  SKIP_WITHOUT(test_mrio);
  const auto path = copy(test_mrio, "m");
  std::filesystem::remove(path / "finald_demand_Y.txt");
  EXPECT_THAT(message_of(Errc::not_found, importing(path)),
              HasSubstr("finald_demand_Y.txt is missing"));
}

TEST_F(Pymrio, RefusesRowsThatAreNotThoseOfTheFlows) {
  SKIP_WITHOUT(test_mrio);
  const auto path = copy(test_mrio, "m");
  replace_in(path / "finald_demand_Y.txt", "reg1\tmining", "reg1\tmines");
  EXPECT_THAT(message_of(Errc::bad_input, importing(path)),
              HasSubstr("row 2 is 'reg1' 'mines', expected 'reg1' 'mining'"));
}

// Z = [[150, 500], [200, 100]], x = [1000, 2000] (Miller and Blair, 2.3), stressors as S = F / x.
TEST_F(Pymrio, TurnsCoefficientsOfAnExtensionIntoTotals) {
  write("m/file_parameters.json",
        R"({"files": {"Z": {"name": "Z.txt", "nr_index_col": "2", "nr_header": "2"}}})");
  write("m/Z.txt",
        "region\t\tR\tR\nsector\t\ta\tb\nregion\tsector\t\t\nR\ta\t150\t500\nR\tb\t200\t100\n");
  write("m/Y.txt",
        "region\t\tR\ncategory\t\thouseholds\nregion\tsector\t\nR\ta\t350\nR\tb\t1700\n");
  write("m/unit.txt", "region\tsector\tunit\nR\ta\tM.EUR\nR\tb\tM.EUR\n");
  write("m/air/S.txt", "region\tR\tR\nsector\ta\tb\nstressor\t\t\nCO2\t0.5\t0.25\n");
  write("m/air/unit.txt", "stressor\tunit\nCO2\tkg\n");
  const auto chain = import_chain(folder() / "m");
  EXPECT_EQ(chain.info().unit, "million EUR");
  EXPECT_EQ(chain.output()[0], 1000);
  EXPECT_EQ(chain.stressors()(0, 0), 500);
  EXPECT_EQ(chain.stressors()(0, 1), 500);
  EXPECT_THAT(chain.info().notes, ::testing::Contains(HasSubstr("F = S diag(x)")));
}

class Exiobase3 : public TemporaryFolder {};

TEST_F(Exiobase3, DerivesFlowsFromCoefficientsAlone) {
  SKIP_WITHOUT(exio3);
  const auto chain = import_chain(exio3);
  EXPECT_EQ(chain.size(), 48U);
  EXPECT_EQ(chain.final_columns().size(), 42U);
  EXPECT_NEAR(total(chain.final_use()), 3285132732.4211073, 1e-5);
  // x = Z 1 + Y 1, and each column of Z over x is A again.
  const auto& x = chain.output();
  EXPECT_NEAR(chain.flows().at(0, 0) / x[0], 0.0990875448681, 1e-13);
  EXPECT_NEAR(chain.flows().at(1, 3) / x[3], 0.0192756980803, 1e-13);
  EXPECT_THAT(chain.info().notes, ::testing::Contains(HasSubstr("Z = A diag(x)")));
}

TEST_F(Exiobase3, ReadsSatellitesAndTheirFinalUse) {
  SKIP_WITHOUT(exio3);
  const auto chain = import_chain(exio3);
  ASSERT_EQ(chain.stressor_rows().size(), 2U);
  EXPECT_EQ(chain.stressor_rows()[1].unit, "kg");
  EXPECT_EQ(chain.stressors()(0, 0), 1848064.8);
  EXPECT_NEAR(total(chain.stressors()), 1471309270.159, 1e-5);
  EXPECT_NEAR(total(chain.stressors_final()), 2008639921.0, 1e-5);
  EXPECT_EQ(chain.regions()[5].name, "Rest of Africa");
}

// A = [[.15, .25], [.2, .05]], x = [1000, 2000]: Z = [[150, 500], [200, 100]] (Miller and Blair).
void write_miller_blair(const std::function<void(const std::string&, const std::string&)>& write) {
  write("A.txt",
        "region\t\tCN\tCN\nsector\t\tPaddy rice\tConstruction work (45)\nregion\tsector\t\t\n"
        "CN\tPaddy rice\t0.15\t0.25\nCN\tConstruction work (45)\t0.2\t0.05\n");
  write("Y.txt",
        "region\t\tCN\ncategory\t\tFinal consumption expenditure by households\nregion\tsector\t\n"
        "CN\tPaddy rice\t350\nCN\tConstruction work (45)\t1700\n");
  write("x.txt",
        "region\tsector\tindout\nCN\tPaddy rice\t1000\nCN\tConstruction work (45)\t2000\n");
  write("unit.txt",
        "region\tsector\tunit\nCN\tPaddy rice\tM.EUR\nCN\tConstruction work (45)\tM.EUR\n");
  write("satellite/F.txt",
        "region\tCN\tCN\nsector\tPaddy rice\tConstruction work (45)\nstressor\t\t\n"
        "Compensation of employees; wages\t400\t800\nCO2\t7\t8\n");
  write("satellite/F_Y.txt",
        "region\tCN\ncategory\tFinal consumption expenditure by households\nstressor\t\n"
        "Compensation of employees; wages\t1\nCO2\t9\n");
  write("satellite/unit.txt", "stressor\tunit\nCompensation of employees; wages\tM.EUR\nCO2\tkg\n");
}

TEST_F(Exiobase3, MultipliesCoefficientsByTheOutputOfTheFile) {
  write_miller_blair(
      [&](const auto& name, const auto& text) { write("IOT_2011_ixi/" + name, text); });
  const auto chain = import_chain(folder() / "IOT_2011_ixi");
  EXPECT_EQ(chain.info().name, "exiobase3-2011");
  EXPECT_EQ(chain.info().classification, "EXIOBASE 3, 163 industries");
  EXPECT_EQ(chain.flows().at(0, 0), 150);
  EXPECT_EQ(chain.flows().at(0, 1), 500);
  EXPECT_EQ(chain.reported_output()[1], 2000);
  EXPECT_EQ(chain.products()[1].kind, Kind::service);
  EXPECT_EQ(chain.regions()[0].name, "China");
}

TEST_F(Exiobase3, MakesComponentsOfValueAddedPrimaryInputs) {
  write_miller_blair(
      [&](const auto& name, const auto& text) { write("IOT_2011_pxp/" + name, text); });
  const auto chain = import_chain(folder());
  ASSERT_EQ(chain.primary_rows().size(), 1U);
  EXPECT_EQ(chain.primary()(0, 1), 800);
  ASSERT_EQ(chain.stressor_rows().size(), 1U);
  EXPECT_EQ(chain.stressor_rows()[0].name, "CO2");
  EXPECT_EQ(chain.stressors_final()(0, 0), 9);
  EXPECT_THAT(chain.info().notes,
              ::testing::Contains(HasSubstr("primary inputs of final use, 1 ")));
}

TEST_F(Exiobase3, SaysThatCoefficientsAllowNoOutput) {
  write_miller_blair(
      [&](const auto& name, const auto& text) { write("IOT_2011_pxp/" + name, text); });
  std::filesystem::remove(folder() / "IOT_2011_pxp/x.txt");
  replace_in(folder() / "IOT_2011_pxp/A.txt", "0.15", "1.5");
  EXPECT_THAT(message_of(Errc::not_productive, importing(folder())),
              HasSubstr("x = A x + y has no end"));
}

TEST_F(Exiobase3, NamesARowWithoutUnit) {
  write_miller_blair(
      [&](const auto& name, const auto& text) { write("IOT_2011_pxp/" + name, text); });
  replace_in(folder() / "IOT_2011_pxp/satellite/unit.txt", "CO2\tkg\n", "");
  EXPECT_THAT(message_of(Errc::bad_input, importing(folder())),
              HasSubstr("'CO2' has no unit in IOT_2011_pxp/satellite/unit.txt"));
}

}  // namespace
}  // namespace stave::test
