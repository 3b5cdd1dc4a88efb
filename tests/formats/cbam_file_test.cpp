// Goods under the carbon border adjustment, and what is said of mistakes.
#include "stave/formats/cbam_file.hpp"

#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "formats/error_text.hpp"

namespace stave {
namespace {

using testing::HasSubstr;

std::string cbam_refusal(const std::string& toml) {
  return error_text([&] { static_cast<void>(parse_cbam_goods("g.toml", toml)); });
}

const std::string coil = "[[good]]\nid = 'coil'\nsector = 'iron and steel'\nmade = 100\n";

TEST(CbamFile, ConvertsAmountsToTheUnitOfTheirFactor) {
  const auto goods = parse_cbam_goods(
      "g.toml", coil +
                    "fuel = [{ amount = 5, unit = 'm3', ncv = 36, factor = 56, source = 's' },\n"
                    " { amount = 2, unit = 'GWh', factor = 56, source = 's' },\n"
                    " { amount = 3, unit = 'kt', ncv = 26, factor = 95, source = 's' }]\n"
                    "electricity = [{ amount = 3, unit = 'GWh', factor = 0.5, source = 's' }]\n"
                    "precursor = [{ name = 'x', amount = 4, unit = 'kt', stated = { direct = 1, "
                    "source = 's' } }]\n");
  const auto& good = goods.goods.at(0);
  EXPECT_DOUBLE_EQ(good.streams.at(0).amount, 5 * 36 / 1000.0);
  EXPECT_DOUBLE_EQ(good.streams.at(1).amount, 7.2);
  EXPECT_DOUBLE_EQ(good.streams.at(2).amount, 3000 * 26 / 1000.0);  // GJ per t, not per kt
  EXPECT_DOUBLE_EQ(good.streams.at(3).amount, 3000);
  EXPECT_EQ(good.streams.at(3).written, 3);
  EXPECT_DOUBLE_EQ(good.precursors.at(0).amount, 4000);
}

TEST(CbamFile, LendsTheBenchmarkOfTheDefaultValue) {
  const auto goods = parse_cbam_goods(
      "g.toml",
      "[[default]]\nid = 'd'\ndirect = 2\nbenchmark = 1.2\nsource = 's'\n" + coil +
          "precursor = [\n"
          "{ name = 'x', amount = 4, default = 'd', stated = { direct = 1, source = 's' } },\n"
          "{ name = 'y', amount = 4, default = 'd', stated = { direct = 1, benchmark = 1, source = "
          "'s' } },\n"
          "{ name = 'z', amount = 4, stated = { direct = 1, source = 's' } }]\n");
  const auto& precursors = goods.goods.at(0).precursors;
  EXPECT_EQ(precursors.at(0).stated->benchmark, 1.2);
  EXPECT_EQ(precursors.at(1).stated->benchmark, 1);
  EXPECT_TRUE(std::isnan(precursors.at(2).stated->benchmark));
}

TEST(CbamFile, RefusesUnitsThatDoNotFit) {
  EXPECT_THAT(cbam_refusal(coil + "fuel = [{ amount = 5, unit = 't', factor = 56, source = 's' }]"),
              HasSubstr("g.toml:5: key 'good[1].fuel[1].ncv': is missing; expected the net "
                        "calorific value in GJ per t"));
  EXPECT_THAT(cbam_refusal(coil + "fuel = [{ amount = 5, unit = 'h', factor = 1, source = 's' }]"),
              HasSubstr("a unit of energy, mass or volume; found \"h\""));
  EXPECT_THAT(
      cbam_refusal(coil + "electricity = [{ amount = 5, unit = 't', factor = 1, source = 's' }]"),
      HasSubstr("a unit that MWh converts to; found \"t\", mass"));
  EXPECT_THAT(
      cbam_refusal(coil +
                   "fuel = [{ amount = 5, unit = 'TJ', ncv = 3, factor = 56, source = 's' }]"),
      HasSubstr("TJ is a unit of energy"));
  EXPECT_THAT(
      cbam_refusal(coil + "process = [{ amount = 5, unit = 'tn', factor = 1, source = 's' }]"),
      HasSubstr("a unit; found \"tn\""));
}

TEST(CbamFile, RefusesNumbersOutOfRange) {
  EXPECT_THAT(cbam_refusal("[[good]]\nid = 'a'\nsector = 'cement'\nmade = -5\n"),
              HasSubstr("g.toml:4: key 'good[1].made': expected a number above 0; found -5"));
  EXPECT_THAT(cbam_refusal(coil + "process = [{ amount = -1, factor = 1, source = 's' }]"),
              HasSubstr("key 'good[1].process[1].amount': expected a number of at least 0"));
  EXPECT_THAT(cbam_refusal(coil + "imported = -3\n"), HasSubstr("found -3"));
  EXPECT_THAT(cbam_refusal("year = 2040\n" + coil), HasSubstr("from 2026 to 2034"));
}

TEST(CbamFile, RefusesFiguresWithoutASource) {
  EXPECT_THAT(cbam_refusal(coil + "process = [{ amount = 1, factor = 1 }]"),
              HasSubstr("g.toml:5: key 'good[1].process[1].source': is missing"));
  EXPECT_THAT(cbam_refusal("[[default]]\nid = 'd'\ndirect = 1\n" + coil),
              HasSubstr("key 'default[1].source': is missing"));
  EXPECT_THAT(cbam_refusal(coil + "benchmark = 1\n"), HasSubstr("benchmark_source"));
  EXPECT_THAT(cbam_refusal(coil + "paid = 1\n"), HasSubstr("paid_source"));
  EXPECT_THAT(cbam_refusal("[correction]\nfactor = 0.9\n" + coil),
              HasSubstr("key 'correction.source'"));
}

TEST(CbamFile, SaysWhereNamesLeadNowhere) {
  EXPECT_THAT(cbam_refusal(coil + "precursor = [{ good = 'steel', amount = 1 }]"),
              HasSubstr("g.toml:5: key 'good[1].precursor[1].good': there is no [[good]] 'steel'"));
  EXPECT_THAT(cbam_refusal(coil + "precursor = [{ name = 'p', amount = 1, default = 'pig' }]"),
              HasSubstr("there is no [[default]] 'pig'"));
  EXPECT_THAT(cbam_refusal(coil + "precursor = [{ name = 'p', amount = 1 }]"),
              HasSubstr("where its emissions come from"));
  EXPECT_THAT(cbam_refusal(coil + "precursor = [{ good = 'coil', amount = 1 }]"),
              HasSubstr("what a process takes of its own product"));
  EXPECT_THAT(cbam_refusal(coil + coil), HasSubstr("'coil' stands twice"));
  EXPECT_THAT(cbam_refusal(coil + "sinter = []\n"), HasSubstr("'good[1].sinter' is not known"));
  EXPECT_THAT(cbam_refusal("[[good]]\nid = 'a'\nsector = 'steel'\n"),
              HasSubstr("\"iron and steel\""));
  EXPECT_THAT(cbam_refusal("[[good]]\nid = 'a'\nsector = 'cement'\n"),
              HasSubstr("the tonnes made, above 0; or 'default'"));
  EXPECT_THAT(cbam_refusal("title = 'x'\n"), HasSubstr("[[good]]"));
}

}  // namespace
}  // namespace stave
