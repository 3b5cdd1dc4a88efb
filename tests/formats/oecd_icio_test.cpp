#include "stave/formats/mrio.hpp"

#include <algorithm>

#include <gmock/gmock.h>

#include "import_fixture.hpp"

namespace stave::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

const auto icio_2018 = mocks / "oecd_mock/ICIO2018_2010.CSV";
const auto icio_2016 = mocks / "oecd_mock/ICIO2016_2003.csv";

class OecdIcio : public TemporaryFolder {};

TEST_F(OecdIcio, ReadsTheLayoutWithRegionsFirst) {
  SKIP_WITHOUT(icio_2018);
  const auto chain = import_chain(icio_2018);
  EXPECT_EQ(chain.size(), 48U);
  EXPECT_EQ(chain.final_columns().size(), 25U);
  EXPECT_EQ(chain.primary_rows().size(), 6U);
  EXPECT_EQ(chain.nodes()[0].id, "AUS.01T03");
  EXPECT_EQ(chain.flows().at(0, 1), 57.495387);
  EXPECT_EQ(chain.final_columns()[1].category, "non-profit institutions");
  EXPECT_EQ(chain.primary_rows()[5].name, "Value added");
  EXPECT_EQ(chain.primary()(5, 0), 111490.88);
  EXPECT_EQ(chain.reported_output()[0], 263727944.682672);
  EXPECT_NEAR(total(chain.flows()), 25308592.60580565, 1e-7);
  EXPECT_NEAR(total(chain.final_use()), 11436429103.3, 1e-4);
  EXPECT_NEAR(total(chain.primary()), 24117580.35166556, 1e-7);
}

TEST_F(OecdIcio, ReadsTheLayoutOf2016WithRegionsLast) {
  SKIP_WITHOUT(icio_2016);
  const auto chain = import_chain(icio_2016);
  EXPECT_EQ(chain.size(), 48U);
  EXPECT_EQ(chain.info().year, 2003);
  const auto& first = chain.final_columns()[0];
  EXPECT_EQ(chain.regions()[first.region].code, "AUS");
  EXPECT_EQ(first.category, "households");
  EXPECT_EQ(chain.regions()[chain.final_columns().back().region].code, "DISC");
  EXPECT_EQ(chain.final_columns().back().category, "discrepancy");
  EXPECT_EQ(chain.reported_output()[0], 235289.0533);
  EXPECT_NEAR(total(chain.final_use()), 10753340468.0, 1e-4);
  EXPECT_THAT(chain.info().notes, ::testing::Contains(HasSubstr("50 empty cells read as 0")));
}

TEST_F(OecdIcio, KeepsSplitEconomiesBelowOneGroup) {
  SKIP_WITHOUT(icio_2016);
  const auto chain = import_chain(icio_2016);
  std::vector<std::string> parts;
  for (const auto r : chain.regions().members("CHN+")) parts.push_back(chain.regions()[r].code);
  EXPECT_THAT(parts, ElementsAre("CHN", "CN1", "CN2"));
  // Flows are those of the parts; the rows of the whole are empty.
  EXPECT_EQ(chain.flows().at(chain.require_node("CN1.C01T05AGR").at(), 0), 748.77909);
  EXPECT_EQ(chain.flows().at(chain.require_node("CHN.C01T05AGR").at(), 0), 0);
}

TEST_F(OecdIcio, ZipAndFileGiveTheSameBits) {
  SKIP_WITHOUT(icio_2018);
  const auto plain = import_chain(icio_2018);
  const auto zipped = import_chain(mocks / "oecd_mock/ICIO2018_2010.zip");
  EXPECT_TRUE(std::ranges::equal(plain.flows().dense().values(), zipped.flows().dense().values()));
  EXPECT_EQ(zipped.info().name, "oecd-icio-2010");
}

TEST_F(OecdIcio, SaysWhatItLeavesOutAndWhoMadeIt) {
  SKIP_WITHOUT(icio_2018);
  const auto chain = import_chain(icio_2018, {.name = "mine"});
  EXPECT_EQ(chain.info().name, "mine");
  EXPECT_EQ(chain.info().unit, "million USD");
  EXPECT_EQ(chain.info().currency, "USD");
  EXPECT_EQ(chain.info().year, 2010);
  EXPECT_THAT(chain.info().source, HasSubstr("OECD"));
  EXPECT_FALSE(chain.info().licence.empty());
  EXPECT_THAT(chain.info().notes, ::testing::Contains(HasSubstr("on final use, 274.937 million")));
}

TEST_F(OecdIcio, NamesIndustriesInTwoLanguages) {
  const auto path = write("t.csv",
                          ",CHN_26,CHN_41T43,CHN_HFCE\nCHN_26,1,2,3\nCHN_41T43,4,5,6\nVA,7,8,0\n"
                          "OUT,12,15,9\n");
  const auto chain = import_chain(path);
  EXPECT_EQ(chain.products()[0].name, "Computer, electronic, optical");
  EXPECT_EQ(chain.products()[0].name_zh, "计算机、电子和光学产品");
  EXPECT_EQ(chain.products()[0].kind, Kind::good);
  EXPECT_EQ(chain.products()[1].kind, Kind::service);
  EXPECT_EQ(chain.regions()[0].name_zh, "中国");
  EXPECT_EQ(chain.reported_output()[1], 15);
}

TEST_F(OecdIcio, ReadsTablesWithoutPrimaryInputs) {
  const auto path =
      std::filesystem::path(STAVE_SHARED "/data/io-textbook/exvatools_iciotest_data.csv");
  SKIP_WITHOUT(path);
  const auto chain = import_chain(path);
  EXPECT_EQ(chain.size(), 30U);
  EXPECT_EQ(chain.regions().size(), 10U);
  EXPECT_EQ(chain.final_columns().size(), 12U);
  EXPECT_TRUE(chain.primary_rows().empty());
  EXPECT_EQ(chain.flows().at(0, 0), 11.78817398916);
}

TEST_F(OecdIcio, NamesACellThatIsNoNumber) {
  const auto path =
      write("ICIO2023_2020.csv", ",AUS_01,AUS_02,AUS_HFCE\nAUS_01,1,x,3\nAUS_02,4,5,6\n");
  EXPECT_THAT(message_of(Errc::bad_input, importing(path)),
              HasSubstr("ICIO2023_2020.csv:2: column 'AUS_02': 'x' is not a number"));
}

TEST_F(OecdIcio, NoticesAnUnfinishedDownload) {
  const auto path = write("ICIO2023_2020.csv", ",AUS_01,AUS_02,AUS_HFCE\nAUS_01,1,2,3\n");
  EXPECT_THAT(message_of(Errc::bad_input, importing(path)),
              HasSubstr("there is a column 'AUS_02' but no such row"));
}

TEST_F(OecdIcio, RefusesRepeatedAndShuffledLabels) {
  const auto repeated = write("a.csv", ",AUS_01,AUS_02,AUS_HFCE\nAUS_01,1,2,3\nAUS_01,4,5,6\n");
  EXPECT_THAT(message_of(Errc::bad_input, importing(repeated)),
              HasSubstr("row 'AUS_01' appears twice"));
  const auto shuffled = write("b.csv", ",AUS_02,AUS_01,AUS_HFCE\nAUS_01,1,2,3\nAUS_02,4,5,6\n");
  EXPECT_THAT(message_of(Errc::bad_input, importing(shuffled)),
              HasSubstr("column of flows 1 is 'AUS' '02', expected 'AUS' '01'"));
}

TEST_F(OecdIcio, AsksForAYearOfSeveral) {
  write("2019_SML.csv", ",AUS_01,AUS_HFCE\nAUS_01,1,3\n");
  write("2020_SML.csv", ",AUS_01,AUS_HFCE\nAUS_01,2,3\n");
  EXPECT_THAT(message_of(Errc::bad_input, importing(folder())),
              HasSubstr("holds 2 tables, of the years 2019, 2020 | Say which with --year."));
  const auto chain = import_chain(folder(), {.year = 2020});
  EXPECT_EQ(chain.flows().at(0, 0), 2);
  EXPECT_EQ(chain.info().year, 2020);
}

}  // namespace
}  // namespace stave::test
