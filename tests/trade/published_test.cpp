// Decompositions that others have published or computed, to twelve digits.
#include "stave/trade/trade.hpp"

#include <algorithm>
#include <map>

#include <gtest/gtest.h>

#include "trade/reference.hpp"
#include "trade/worlds.hpp"

namespace stave {
namespace {

using test::by_exporter;
using test::expect_12_digits;
using test::read_csv;
using test::value_added_folder;

class PublishedTrade : public testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(value_added_folder))
      GTEST_SKIP() << "no reference tables in " << value_added_folder;
  }
};

// exvatools calls the terms otherwise than decompr.
const std::map<TradeMethod, std::vector<std::string>> wiod_columns{
    {TradeMethod::borin_mancini_source,
     {"VAX1", "VAX2", "VAX3", "VAX4", "REF1", "REF2", "DDC", "FVA1", "FVA2", "FVA3", "FVA4",
      "FDC"}},
    {TradeMethod::wwz,
     {"DVA_FIN", "DVA_INT", "DVA_INTrex1", "DVA_INTrex2", "DVA_INTrex3", "RDV_FIN1", "RDV_FIN2",
      "RDV_INT", "DDC_FIN", "DDC_INT", "FVA_FIN1", "FVA_FIN2", "FVA_INT1", "FVA_INT2", "MDC",
      "ODC"}},
    {TradeMethod::kww, {"VAX1", "VAX2", "VAX3", "REF1", "REF2", "DDC", "FVA1", "FVA2", "FDC"}},
    {TradeMethod::miroudot_ye, {"DVA", "DDC", "FVA", "FDC"}},
    {TradeMethod::oecd, {"EXGR_DDC", "EXGR_IDC", "EXGR_RIM", "EXGR_FVA"}}};

void expect_wiodtest(TradeMethod method, const std::string& file,
                     const std::vector<std::string>& columns) {
  const auto csv = read_csv(value_added_folder / "wiodtest" /
                            ("exva_wiodtest_" + file + "_terms_bycountry.csv"));
  const auto table = test::table_of(test::wiodtest());
  const auto fast = decompose_exports(table, trade_inverse(table), method);
  const auto slow = reference::decompose_exports(table, method);
  ASSERT_EQ(columns.size(), fast.terms.size());
  EXPECT_LT(fast.residual, 1e-13);
  for (std::size_t k = 0; k < columns.size(); ++k) {
    const auto at = std::ranges::find(csv[0], columns[k]);
    ASSERT_NE(at, csv[0].end()) << columns[k];
    for (std::size_t s = 0; s < 6; ++s) {
      const double wanted = std::stod(csv[s + 1][static_cast<std::size_t>(at - csv[0].begin())]);
      const auto what = file + " " + columns[k] + " " + csv[s + 1][0];
      expect_12_digits(by_exporter(table, fast.terms[k], s), wanted, what);
      expect_12_digits(by_exporter(table, slow.terms[k], s), wanted, what + " (slow)");
    }
  }
}

TEST_F(PublishedTrade, BorinManciniSourceOfExvatools) {
  expect_wiodtest(TradeMethod::borin_mancini_source, "bm_src",
                  wiod_columns.at(TradeMethod::borin_mancini_source));
}
TEST_F(PublishedTrade, BorinManciniSinkOfExvatools) {
  expect_wiodtest(TradeMethod::borin_mancini_sink, "bm_snk",
                  wiod_columns.at(TradeMethod::borin_mancini_source));
}
TEST_F(PublishedTrade, WangWeiZhuOfExvatools) {
  expect_wiodtest(TradeMethod::wwz, "wwz", wiod_columns.at(TradeMethod::wwz));
}
TEST_F(PublishedTrade, KoopmanWangWeiOfExvatools) {
  expect_wiodtest(TradeMethod::kww, "kww", wiod_columns.at(TradeMethod::kww));
}
TEST_F(PublishedTrade, MiroudotYeOfExvatools) {
  expect_wiodtest(TradeMethod::miroudot_ye, "my", wiod_columns.at(TradeMethod::miroudot_ye));
}
TEST_F(PublishedTrade, OecdOfExvatools) {
  expect_wiodtest(TradeMethod::oecd, "oecd", wiod_columns.at(TradeMethod::oecd));
}

TEST_F(PublishedTrade, GrossExportsOfExvatools) {
  const auto csv = read_csv(value_added_folder / "wiodtest" / "exva_wiodtest_EXGR.csv");
  const auto table = test::table_of(test::wiodtest());
  for (std::size_t i = 0; i < 18; ++i)
    for (std::size_t r = 0; r < 6; ++r)
      expect_12_digits(table.exports()(i, r), std::stod(csv[i + 1][r + 1]), csv[i + 1][0]);
}

// Rows of decompr's files: exporter, sector, partner, then the terms from column 3 on.
void expect_leather(TradeMethod method, const std::string& file,
                    const std::vector<std::string>& columns) {
  const auto csv = read_csv(value_added_folder / file);
  const auto table = test::table_of(test::leather());
  const auto d = decompose_exports(table, trade_inverse(table), method);
  ASSERT_EQ(csv.size(), 28U);
  for (std::size_t k = 0; k < columns.size(); ++k) {
    const auto at = std::ranges::find(csv[0], columns[k]);
    ASSERT_NE(at, csv[0].end()) << columns[k];
    for (std::size_t row = 0; row < 27; ++row)
      expect_12_digits(d.terms[k](row / 3, row % 3),
                       std::stod(csv[row + 1][static_cast<std::size_t>(at - csv[0].begin())]),
                       columns[k] + " row " + std::to_string(row + 1));
  }
}

TEST_F(PublishedTrade, WangWeiZhuOfLeatherByPartnerAndSector) {
  expect_leather(
      TradeMethod::wwz, "leather_wwz.csv",
      {"DVA_FIN", "DVA_INT", "DVA_INTrexI1", "DVA_INTrexF", "DVA_INTrexI2", "RDV_FIN", "RDV_FIN2",
       "RDV_INT", "DDC_FIN", "DDC_INT", "MVA_FIN", "OVA_FIN", "MVA_INT", "OVA_INT", "MDC", "ODC"});
}

TEST_F(PublishedTrade, KoopmanWangWeiOfLeatherByPartnerAndSector) {
  expect_leather(TradeMethod::kww, "leather_wwz2kww_sector.csv",
                 {"DVA_FIN", "DVA_INT", "DVA_INTrex", "RDV_FIN", "RDV_INT", "DDC", "FVA_FIN",
                  "FVA_INT", "FDC"});
}

TEST_F(PublishedTrade, KoopmanWangWeiOfLeatherByCountry) {
  const auto wanted = test::numbers(read_csv(value_added_folder / "leather_kww.csv"), 1, 1);
  const auto table = test::table_of(test::leather());
  const auto d = decompose_exports(table, trade_inverse(table), TradeMethod::kww);
  const auto own = reference::kww_by_exporter(table);
  for (std::size_t s = 0; s < 3; ++s)
    for (std::size_t k = 0; k < 9; ++k) {
      expect_12_digits(by_exporter(table, d.terms[k], s), wanted(s, k), "KWW " + std::to_string(k));
      expect_12_digits(own(s, k), wanted(s, k), "its own equation");
    }
}

TEST_F(PublishedTrade, NewComparativeAdvantageOfLeather) {
  const auto wanted = test::numbers(read_csv(value_added_folder / "leather_nrca.csv"), 1, 0);
  const auto table = test::table_of(test::leather());
  const auto totals = trade_totals(table, trade_inverse(table));
  const auto nrca = comparative_advantage(table, totals.node_domestic);
  for (std::size_t e = 0; e < 9; ++e) expect_12_digits(nrca.data()[e], wanted.data()[e], "nrca");
}

// e2r: value added of a sector in others' exports; i2e: of others in a sector's exports.
TEST_F(PublishedTrade, VerticalSpecialisationOfLeather) {
  const auto e2r = test::numbers(read_csv(value_added_folder / "leather_e2r.csv"), 1, 2);
  const auto i2e = test::numbers(read_csv(value_added_folder / "leather_i2e.csv"), 1, 2);
  const auto table = test::table_of(test::leather());
  const auto totals = trade_totals(table, trade_inverse(table));
  for (std::size_t i = 0; i < 9; ++i) {
    expect_12_digits(totals.node_indirect[i], e2r(i, 0), "e2r");
    expect_12_digits(totals.node_foreign[i], i2e(i, 0), "i2e");
  }
}

TEST_F(PublishedTrade, ValueAddedByOriginAndDestinationOfLeather) {
  const auto fd = test::numbers(read_csv(value_added_folder / "leather_leontief_fd.csv"), 1, 3);
  const auto exports =
      test::numbers(read_csv(value_added_folder / "leather_leontief_exports.csv"), 1, 4);
  const auto table = test::table_of(test::leather());
  const auto totals = trade_totals(table, trade_inverse(table));
  for (std::size_t e = 0; e < 27; ++e)
    expect_12_digits(totals.node_use.data()[e], fd(e, 0), "V B Y");
  for (std::size_t t = 0; t < 3; ++t)
    for (std::size_t s = 0; s < 3; ++s) {
      double wanted = 0;
      for (std::size_t i = 3 * t; i < 3 * t + 3; ++i)
        for (std::size_t j = 3 * s; j < 3 * s + 3; ++j) wanted += exports(9 * i + j, 0);
      expect_12_digits(totals.content(t, s), wanted, "V B E");
    }
}

}  // namespace
}  // namespace stave
