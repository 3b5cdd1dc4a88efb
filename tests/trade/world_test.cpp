// The world table of 2011 (WIOD 2013 release, 41 regions x 35 sectors, rounded to 1 million USD).
#include <algorithm>

#include <gtest/gtest.h>

#include "exposure/tables.hpp"
#include "trade/worlds.hpp"

namespace stave {
namespace {

double content_of(const TradeTable& table, const Decomposition& d, std::size_t s,
                  TradeContent content) {
  double sum = 0;
  for (std::size_t k = 0; k < d.terms.size(); ++k)
    if (trade_terms(d.method)[k].content == content) sum += test::by_exporter(table, d.terms[k], s);
  return sum;
}

// Real tables hold sectors without output and with more inputs than output (negative value added).
TEST(WorldTrade, EveryMethodSumsToGrossExportsOnARealTable) {
  if (!tables::world_present()) GTEST_SKIP() << "no world table";
  const auto table = test::table_of(tables::world_2011());
  const auto inverse = trade_inverse(table);
  const auto totals = trade_totals(table, inverse);
  EXPECT_LT(inverse.miss, 1e-11);
  for (const auto method : all_trade_methods) {
    const auto d = decompose_exports(table, inverse, method);
    EXPECT_LT(d.residual, 1e-11) << to_string(method);
    if (method == TradeMethod::miroudot_ye || method == TradeMethod::oecd) continue;
    for (std::size_t s = 0; s < table.traders().size(); ++s)
      EXPECT_NEAR(content_of(table, d, s, TradeContent::absorbed), totals.exported[s],
                  1e-9 * totals.exported[s])
          << to_string(method) << " " << table.traders()[s].code;
  }
}

// What is known of 2011 whatever the method: raw material exporters keep most of their exports,
// small open economies least.
TEST(WorldTrade, DomesticValueAddedIsPlausible) {
  if (!tables::world_present()) GTEST_SKIP() << "no world table";
  const auto table = test::table_of(tables::world_2011());
  const auto totals = trade_totals(table, trade_inverse(table));
  const auto share = [&](const std::string& code) {
    const auto found = std::ranges::find(table.traders(), code, &Trader::code);
    const auto s = static_cast<std::size_t>(found - table.traders().begin());
    return totals.domestic[s] / totals.exports[s];
  };
  double least = 1;
  for (std::size_t s = 0; s < table.traders().size(); ++s)
    least = std::min(least, totals.domestic[s] / totals.exports[s]);
  EXPECT_DOUBLE_EQ(share("LUX"), least);
  EXPECT_GT(share("RUS"), 0.9);
  EXPECT_GT(share("AUS"), share("DEU"));
  EXPECT_GT(share("USA"), share("KOR"));
  EXPECT_GT(share("CHN"), 0.7);
  EXPECT_LT(share("CHN"), 0.85);
}

}  // namespace
}  // namespace stave
