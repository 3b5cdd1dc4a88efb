#include "stave/formats/trade.hpp"

#include <cmath>

#include <gmock/gmock.h>

#include "import_fixture.hpp"

namespace stave::test {
namespace {

using ::testing::HasSubstr;

constexpr auto flows_2019 =
    "t,i,j,k,v,q\n"
    "2019,156,842,850760,100.5,7\n"
    "2019,156,276,850760,20,      NA\n"
    "2019,156,842,280530,3,\n"
    "2019,842,156,850760,40,2.5\n"
    "2019,156,842,850760,1,1\n";

class Trade : public TemporaryFolder {};

TEST_F(Trade, MakesANodeOfEveryExporterAndProduct) {
  const auto chain = import_chain(write("trade.csv", flows_2019));
  ASSERT_EQ(chain.size(), 3U);
  EXPECT_EQ(chain.nodes()[0].id, "156.280530");
  EXPECT_EQ(chain.nodes()[1].id, "156.850760");
  EXPECT_EQ(chain.nodes()[2].id, "842.850760");
  EXPECT_EQ(chain.flows().nonzeros(), 0U);
  // A flow is final use in the region that imports; the two rows 156 -> 842 add up.
  const auto use = chain.final_use_by_region();
  EXPECT_EQ(use(1, chain.regions().require("842")), 101.5);
  EXPECT_EQ(use(1, chain.regions().require("276")), 20);
  EXPECT_EQ(chain.output()[1], 121.5);
  EXPECT_EQ(chain.info().unit, "thousand USD");
  EXPECT_EQ(chain.info().year, 2019);
}

TEST_F(Trade, SumsQuantitiesThatAreKnown) {
  const auto chain = import_chain(write("trade.csv", flows_2019));
  const auto* quantity = chain.node_attribute("quantity");
  ASSERT_NE(quantity, nullptr);
  EXPECT_EQ(quantity->unit, "metric tons");
  EXPECT_TRUE(std::isnan(quantity->values[0]));
  EXPECT_EQ(quantity->values[1], 8);
  EXPECT_THAT(chain.info().notes, ::testing::Contains(HasSubstr("2 of 5 flows have no quantity")));
}

TEST_F(Trade, NamesCountriesAndProductsByTheirCodeFiles) {
  write("BACI_HS17_Y2019_V202401b.csv", flows_2019);
  write("country_codes_V202401b.csv",
        "country_code,country_name,country_iso2,country_iso3\n156,China,CN,CHN\n842,USA,US,USA\n"
        "276,Germany,DE,DEU\n");
  write("product_codes_HS17_V202401b.csv",
        "code,description\n850760,Lithium-ion accumulators\n280530,\"Rare-earth metals, "
        "scandium\"\n");
  const auto chain = import_chain(folder());
  EXPECT_EQ(chain.nodes()[0].id, "CHN.280530");
  EXPECT_EQ(chain.label(NodeId(0)), "China: Rare-earth metals, scandium");
  EXPECT_EQ(chain.regions()[0].name_zh, "中国");
  EXPECT_EQ(chain.products()[0].kind, Kind::good);
}

TEST_F(Trade, RefusesACodeThatItsFileLacks) {
  write("BACI_HS17_Y2019_V202401b.csv", flows_2019);
  write("country_codes_V202401b.csv", "country_code,country_name\n156,China\n842,USA\n275,X\n");
  EXPECT_THAT(message_of(Errc::bad_input, importing(folder())),
              HasSubstr("country '276' of the trade file is not in it | Did you mean '275'"));
}

TEST_F(Trade, GivesLeadingZerosBack) {
  const auto chain =
      import_chain(write("trade.csv", "t,i,j,k,v,q\n2019,4,8,10121,1,1\n2019,4,8,850760,1,1\n"));
  EXPECT_EQ(chain.nodes()[0].id, "4.010121");
  EXPECT_THAT(chain.info().notes, ::testing::Contains(HasSubstr("1 product codes got")));
}

TEST_F(Trade, AsksForTheYearOfAFileWithSeveral) {
  const auto path = write("trade.csv", "t,i,j,k,v,q\n2018,4,8,010121,5,1\n2019,4,8,010121,7,1\n");
  EXPECT_THAT(message_of(Errc::bad_input, importing(path)),
              HasSubstr("several years, 2018, 2019 | Say which with --year."));
  EXPECT_EQ(import_chain(path, {.year = 2019}).output()[0], 7);
  EXPECT_THAT(message_of(Errc::bad_input, importing(path, {.year = 2017})),
              HasSubstr("nothing of 2017; there are the years 2018, 2019"));
}

TEST_F(Trade, RefusesNegativeAndMissingValues) {
  const auto negative = write("a.csv", "t,i,j,k,v,q\n2019,4,8,010121,-5,1\n");
  EXPECT_THAT(message_of(Errc::bad_input, importing(negative)),
              HasSubstr("a.csv:2: column 'v': '-5' is negative"));
  const auto empty = write("b.csv", "t,i,j,k,v,q\n2019,4,8,010121,,1\n");
  EXPECT_THAT(message_of(Errc::bad_input, importing(empty)),
              HasSubstr("b.csv:2: column 'v': '' is empty"));
}

TEST_F(Trade, StopsAtTheLinksAllowed) {
  const auto path = write("trade.csv", flows_2019);
  EXPECT_THAT(message_of(Errc::too_large, importing(path, {.max_links = 3})),
              HasSubstr("trade.csv:5: more than 3 flows"));
}

}  // namespace
}  // namespace stave::test
