#include "stave/formats/mrio.hpp"

#include <gmock/gmock.h>

#include "import_fixture.hpp"

namespace stave::test {
namespace {

using ::testing::HasSubstr;

const auto gloria = mocks / "gloria_mock";

class Gloria : public TemporaryFolder {};

TEST_F(Gloria, MakesAProductTableOfTheSupplyAndUseBlocks) {
  SKIP_WITHOUT(gloria);
  const auto chain = import_chain(gloria);
  EXPECT_EQ(chain.size(), 9U);
  EXPECT_EQ(chain.final_columns().size(), 6U);
  EXPECT_EQ(chain.nodes()[4].id, "AUT.Fishing");
  // Row 4 of T is the first product of AUS; its use by industries 1 and 2 of AUS, 1 of AUT.
  EXPECT_EQ(chain.flows().at(0, 0), 1386400.0);
  EXPECT_EQ(chain.flows().at(0, 1), 0.26391);
  EXPECT_EQ(chain.flows().at(0, 3), 5.8362);
  EXPECT_EQ(chain.flows().at(3, 0), 0.081965);
  EXPECT_EQ(chain.final_use()(0, 0), 100000.0);
  EXPECT_NEAR(total(chain.flows()), 2947295.3504909384, 1e-8);
  EXPECT_NEAR(total(chain.final_use()), 3956844.515397762, 1e-8);
  EXPECT_THAT(chain.info().notes, ::testing::Contains(HasSubstr("supply table is diagonal")));
}

TEST_F(Gloria, SumsValueAddedOverTheRegionsThatReceiveIt) {
  SKIP_WITHOUT(gloria);
  const auto chain = import_chain(gloria);
  ASSERT_EQ(chain.primary_rows().size(), 2U);
  EXPECT_EQ(chain.primary_rows()[0].name, "Compensation of employees D.1");
  EXPECT_EQ(chain.primary()(0, 0), 1138700.0);
  EXPECT_EQ(chain.primary()(1, 3), 239340.0);
  EXPECT_NEAR(total(chain.primary()), 3553956.0928017413, 1e-8);
}

TEST_F(Gloria, TakesLabelsYearAndUnitsFromItsWorkbook) {
  SKIP_WITHOUT(gloria);
  const auto chain = import_chain(gloria);
  EXPECT_EQ(chain.info().year, 2022);
  EXPECT_EQ(chain.info().unit, "thousand USD");
  ASSERT_EQ(chain.stressor_rows().size(), 5U);
  EXPECT_EQ(chain.stressor_rows()[0].name, "c2f6_1A5_EDGAR_consistent");
  EXPECT_EQ(chain.stressor_rows()[0].unit, "kilotonnes");
  EXPECT_EQ(chain.final_columns()[1].category, "non-profit institutions");
}

TEST_F(Gloria, IsFoundFromTheFolderOfItsTables) {
  SKIP_WITHOUT(gloria);
  const auto chain = import_chain(gloria / "GLORIA_MRIOs_59_2022");
  EXPECT_EQ(chain.size(), 9U);
  EXPECT_EQ(chain.stressor_rows().size(), 5U);
}

// One industry makes 10 of product 1 and 30 of product 2 (g = 40); it uses 8 of product 2.
// By industry technology the two products use 8 * 10/40 = 2 and 8 * 30/40 = 6.
TEST_F(Gloria, SharesInputsByOutputWhereAnIndustryMakesSeveralProducts) {
  SKIP_WITHOUT(gloria);
  const auto path = copy(gloria, "g");
  const auto t = path / "GLORIA_MRIOs_59_2022" /
                 "0_120secMother_AllCountries_002_T-Results_2022_059_Markup001(full).csv";
  std::string text;
  for (int i = 0; i < 18; ++i)
    for (int j = 0; j < 18; ++j) {
      const auto* cell = i == 0 && j == 3   ? "10"
                         : i == 0 && j == 4 ? "30"
                         : i == 4 && j == 0 ? "8"
                                            : "0";
      text += std::string(cell) + (j < 17 ? "," : "\n");
    }
  std::ofstream(t) << text;
  const auto chain = import_chain(path);
  EXPECT_EQ(chain.flows().at(1, 0), 2);
  EXPECT_EQ(chain.flows().at(1, 1), 6);
  EXPECT_THAT(chain.info().notes, ::testing::Contains(HasSubstr("industry technology")));
}

TEST_F(Gloria, NamesTheMissingWorkbookAndBlock) {
  SKIP_WITHOUT(gloria);
  const auto path = copy(gloria, "g");
  std::filesystem::remove(path / "GLORIA_MRIOs_59_2022" /
                          "0_120secMother_AllCountries_002_V-Results_2022_059_Markup001(full).csv");
  EXPECT_THAT(message_of(Errc::not_found, importing(path)),
              HasSubstr("no *_V-Results_2022_*_Markup001(full).csv"));
  std::filesystem::remove(path / "GLORIA_ReadMe_059.xlsx");
  EXPECT_THAT(message_of(Errc::not_found, importing(path)),
              HasSubstr("GLORIA_ReadMe_*.xlsx is missing"));
}

TEST_F(Gloria, NoticesAnUnfinishedDownload) {
  SKIP_WITHOUT(gloria);
  const auto path = copy(gloria, "g");
  const auto y = path / "GLORIA_MRIOs_59_2022" /
                 "0_120secMother_AllCountries_002_Y-Results_2022_059_Markup001(full).csv";
  const auto text = read_file(y);
  std::ofstream(y, std::ios::binary) << text.substr(0, text.find('\n', text.size() / 2) + 1);
  EXPECT_THAT(message_of(Errc::bad_input, importing(path)),
              HasSubstr("expected 18 by the labels of the ReadMe"));
}

}  // namespace
}  // namespace stave::test
