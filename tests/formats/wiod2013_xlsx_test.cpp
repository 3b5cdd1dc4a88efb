#include "stave/formats/mrio.hpp"

#include <gmock/gmock.h>

#include "import_fixture.hpp"

namespace stave::test {
namespace {

using ::testing::HasSubstr;

const auto wiot = mocks / "wiod_mock/wiot09_row_sep12.xlsx";

class WiodXlsx : public TemporaryFolder {};

TEST_F(WiodXlsx, ReadsTheFourBlocksOfTheSheet) {
  SKIP_WITHOUT(wiot);
  const auto chain = import_chain(wiot);
  EXPECT_EQ(chain.size(), 48U);
  EXPECT_EQ(chain.final_columns().size(), 30U);
  EXPECT_EQ(chain.nodes()[0].id, "AUS.c1");
  EXPECT_EQ(chain.flows().at(0, 1), 57.495387);
  EXPECT_EQ(chain.flows().at(47, 0), 50.024168);
  EXPECT_EQ(chain.final_use()(0, 29), 4.8982602);
  EXPECT_EQ(chain.final_columns()[29].category, "inventories");
  EXPECT_EQ(chain.reported_output()[0], 170552.56686782);
  EXPECT_NEAR(total(chain.flows()), 38872616.88392532, 1e-6);
}

TEST_F(WiodXlsx, KeepsEveryPrimaryInput) {
  SKIP_WITHOUT(wiot);
  const auto chain = import_chain(wiot);
  ASSERT_EQ(chain.primary_rows().size(), 6U);
  EXPECT_EQ(chain.primary_rows()[0].code, "r99");
  EXPECT_EQ(chain.primary_rows()[4].name, "Value added at basic prices");
  EXPECT_EQ(chain.primary()(4, 0), 42262.90673);
  EXPECT_EQ(chain.primary_rows()[5].code, "International Transport Margins");
}

TEST_F(WiodXlsx, NamesProductsAndKnowsGoods) {
  SKIP_WITHOUT(wiot);
  const auto chain = import_chain(wiot);
  EXPECT_EQ(chain.products()[0].name, "Agriculture, Hunting, Forestry and Fishing");
  EXPECT_EQ(chain.products()[0].kind, Kind::good);
  EXPECT_EQ(chain.products()[chain.products().require("c35")].kind, Kind::service);
  EXPECT_EQ(chain.regions()[5].name, "Rest of the world");
  EXPECT_EQ(chain.info().year, 2009);
  EXPECT_EQ(chain.info().unit, "million USD");
}

TEST_F(WiodXlsx, RefusesAnUnfinishedWorkbook) {
  SKIP_WITHOUT(wiot);
  const auto text = read_file(wiot);
  const auto path = write("wiot09_row_sep12.xlsx", text.substr(0, text.size() / 2));
  EXPECT_FALSE(message_of(Errc::bad_input, importing(path)).empty());
}

}  // namespace
}  // namespace stave::test
