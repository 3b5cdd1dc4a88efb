#include "stave/formats/mrio.hpp"

#include <gmock/gmock.h>

#include "import_fixture.hpp"

namespace stave::test {
namespace {

using ::testing::HasSubstr;

const auto eora = mocks / "eora26_mock";

class Eora26 : public TemporaryFolder {};

TEST_F(Eora26, ReadsFlowsFinalUseInputsAndSatellites) {
  SKIP_WITHOUT(eora);
  const auto chain = import_chain(eora);
  EXPECT_EQ(chain.size(), 48U);
  EXPECT_EQ(chain.final_columns().size(), 42U);
  EXPECT_EQ(chain.nodes()[1].id, "reg1.mining");
  EXPECT_EQ(chain.regions()[0].name, "Region 1");
  EXPECT_EQ(chain.flows().at(0, 1), 57.495387);
  EXPECT_EQ(chain.primary()(0, 1), 24314.351);
  EXPECT_EQ(chain.primary_rows()[0].name, "Value Added");
  EXPECT_EQ(chain.final_columns()[4].category, "inventories");
  EXPECT_NEAR(total(chain.flows()), 38872616.88392532, 1e-6);
  EXPECT_NEAR(total(chain.final_use()), 3285132732.4211073, 1e-5);
  EXPECT_NEAR(total(chain.stressors()), 1471309270.159, 1e-5);
  EXPECT_NEAR(total(chain.stressors_final()), 2008639921.0, 1e-5);
}

TEST_F(Eora26, KnowsUnitYearAndStressorUnits) {
  SKIP_WITHOUT(eora);
  const auto chain = import_chain(eora);
  EXPECT_EQ(chain.info().year, 2010);
  EXPECT_EQ(chain.info().unit, "thousand USD");
  EXPECT_EQ(chain.info().name, "eora26-2010");
  EXPECT_EQ(chain.stressor_rows()[0].unit, "kg");
  EXPECT_EQ(chain.stressor_rows()[0].name, "I-GHG-CO2 emissions, emission_type1");
}

TEST_F(Eora26, NamesAMissingCompanionFile) {
  SKIP_WITHOUT(eora);
  const auto path = copy(eora, "eora");
  std::filesystem::remove(path / "labels_FD.txt");
  EXPECT_THAT(message_of(Errc::not_found, importing(path)),
              HasSubstr("labels_FD.txt is missing | Eora publishes the labels in indices.zip"));
}

TEST_F(Eora26, NoticesLabelsThatDoNotFitTheNumbers) {
  SKIP_WITHOUT(eora);
  const auto path = copy(eora, "eora");
  replace_in(path / "labels_T.txt", "Region 1\treg1\tIndustries\tmining\n", "");
  EXPECT_THAT(message_of(Errc::bad_input, importing(path)),
              HasSubstr("Eora26_2010_bp_T.txt: 48 rows and 48 columns of numbers; labels_T.txt "
                        "labels rows 47 and columns 47"));
}

TEST_F(Eora26, RefusesRepeatedLabels) {
  SKIP_WITHOUT(eora);
  const auto path = copy(eora, "eora");
  replace_in(path / "labels_T.txt", "reg1\tIndustries\tmining", "reg1\tIndustries\tfood");
  EXPECT_THAT(message_of(Errc::bad_input, importing(path)), HasSubstr("'reg1.food' appears twice"));
}

TEST_F(Eora26, KeepsTheBalancingRegionAndSaysSo) {
  write("e/Eora26_2015_bp_T.txt", "1\t2\n3\t4\n");
  write("e/Eora26_2015_bp_FD.txt", "5\t0\n6\t7\n");
  write("e/Eora26_2015_bp_VA.txt", "8\t9\n");
  write("e/labels_T.txt",
        "China\tCHN\tIndustries\tElectrical and Machinery\nStatistical Discrepancies\tROW\t"
        "Industries\tTOTAL\n");
  write("e/labels_FD.txt",
        "China\tCHN\tFinal Demand\tHousehold final consumption P.3h\nStatistical Discrepancies\t"
        "ROW\tFinal Demand\tHousehold final consumption P.3h\n");
  write("e/labels_VA.txt", "Primary Inputs\tCompensation of employees D.1\n");
  const auto chain = import_chain(folder() / "e");
  EXPECT_EQ(chain.nodes()[1].id, "ROW.TOTAL");
  EXPECT_EQ(chain.products()[0].kind, Kind::good);
  EXPECT_EQ(chain.final_columns()[0].category, "households");
  EXPECT_EQ(chain.output()[1], 3 + 4 + 6 + 7);
  EXPECT_THAT(chain.info().notes, ::testing::Contains(HasSubstr("ROW is Eora's balancing item")));
  EXPECT_THAT(chain.info().notes, ::testing::Contains(HasSubstr("No satellite accounts")));
}

}  // namespace
}  // namespace stave::test
