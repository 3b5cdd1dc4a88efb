// Who trades: split countries put together, groups taken as one exporter, and tables that hold no
// trade.
#include "stave/core/error.hpp"
#include "stave/trade/trade.hpp"

#include <functional>
#include <stdexcept>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "trade/reference.hpp"
#include "trade/worlds.hpp"

namespace stave {
namespace {

using test::by_exporter;
using testing::ElementsAre;
using testing::HasSubstr;

std::vector<std::string> codes(const std::vector<Trader>& traders) {
  std::vector<std::string> words;
  for (const auto& trader : traders) words.push_back(trader.code);
  return words;
}

Error error_of(const std::function<void()>& work) {
  try {
    work();
  } catch (const Error& error) {
    return error;
  }
  throw std::logic_error("no error");
}

Chain world(const std::vector<Item>& groups = {}) {
  const auto chain = test::random_world(4, 3, 21);
  return test::chain_of(test::letters(4, "", 'A'), test::letters(4, "", 'A'),
                        test::letters(3, "p", '1'), chain.flows(), chain.final_use(), groups);
}

TEST(Traders, AreTheRegions) {
  EXPECT_THAT(codes(traders_of(world())), ElementsAre("A", "B", "C", "D"));
}

// exvatools' table in the OECD's layout: MX1, MX2 are Mexico, CN1, CN2 China.
class SplitCountries : public testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(test::value_added_folder)) GTEST_SKIP() << "no reference tables";
  }
};

TEST_F(SplitCountries, ArePutTogether) {
  const auto chain = test::iciotest();
  EXPECT_THAT(codes(traders_of(chain)), ElementsAre("ESP", "FRA", "MEX", "USA", "CHN", "ROW"));
  const auto table = test::table_of(chain);
  EXPECT_EQ(table.count(2), 9U);
  EXPECT_EQ(table.count(4), 9U);
}

// Exports of Mexico: what MX1 and MX2 sell to the other regions' makers and final users.
TEST_F(SplitCountries, SellNothingAbroadToTheirOwnParts) {
  const auto chain = test::iciotest();
  const auto table = test::table_of(chain);
  double wanted = 0;
  for (const auto* part : {"MX1", "MX2"})
    for (std::size_t i = 0; i < chain.size(); ++i) {
      if (chain.regions()[chain.nodes()[i].region].code != part) continue;
      chain.flows().for_each_in_row(i, [&](std::size_t j, double v) {
        const auto& user = chain.regions()[chain.nodes()[j].region].code;
        if (user != "MX1" && user != "MX2" && user != "MEX") wanted += v;
      });
      for (std::size_t k = 0; k < 6; ++k)
        if (test::wiod_regions[k] != "MEX") wanted += chain.final_use()(i, k);
    }
  EXPECT_NEAR(by_exporter(table, table.exports(), 2), wanted, 1e-9);
}

TEST_F(SplitCountries, AreDecomposedAsOne) {
  const auto table = test::table_of(test::iciotest());
  const auto inverse = trade_inverse(table);
  for (const auto method : all_trade_methods) {
    const auto fast = decompose_exports(table, inverse, method);
    const auto slow = reference::decompose_exports(table, method);
    EXPECT_LT(fast.residual, 1e-13);
    for (std::size_t k = 0; k < fast.terms.size(); ++k)
      for (std::size_t e = 0; e < fast.terms[k].size(); ++e)
        ASSERT_NEAR(fast.terms[k].data()[e], slow.terms[k].data()[e], 1e-9) << to_string(method);
  }
}

TEST(Traders, PartsBelowAGroupWithAPlusAreOneCountry) {
  const auto table = test::table_of(world({{"A+", "A with its parts", "A D", {}, {}}}));
  EXPECT_THAT(codes(table.traders()), ElementsAre("A", "B", "C"));
  EXPECT_EQ(table.count(0), 6U);
  EXPECT_EQ(table.chain().node(table.node(3)).id, "D.p1");
}

TEST(Groups, AreNamedByTheChainOrByAList) {
  const auto chain = world({{"EU", "Union", "A C", {}, {}}});
  for (const auto* text : {"EU", "Union", "A,C", " C , A "}) {
    const auto group = merge_traders(chain, traders_of(chain), text);
    EXPECT_EQ(group.position, 0U);
    ASSERT_EQ(group.traders.size(), 3U);
    EXPECT_EQ(group.traders[0].regions.size(), 2U);
  }
  EXPECT_EQ(merge_traders(chain, traders_of(chain), "EU").traders[0].name, "Union");
  EXPECT_EQ(merge_traders(chain, traders_of(chain), "A,C").traders[0].code, "A+C");
  EXPECT_THAT(codes(merge_traders(chain, traders_of(chain), "C").traders),
              ElementsAre("A", "B", "C", "D"));
}

// What members sell each other is domestic: a group's exports are its members' to all others.
TEST(Groups, ExportWhatLeavesTheGroup) {
  const auto chain = world();
  const TradeTable apart(chain, traders_of(chain));
  const TradeTable together(chain, merge_traders(chain, traders_of(chain), "A,C").traders);
  double wanted = 0;
  for (std::size_t i = 0; i < 12; ++i) {
    const auto s = apart.trader(i);
    if (s == 0 || s == 2) wanted += apart.exports()(i, 1) + apart.exports()(i, 3);
  }
  EXPECT_NEAR(by_exporter(together, together.exports(), 0), wanted, 1e-12);
  const auto d =
      decompose_exports(together, trade_inverse(together), TradeMethod::borin_mancini_sink);
  EXPECT_LT(d.residual, 1e-13);
}

TEST(Groups, WithAnUnknownMemberNameNearOnes) {
  const auto chain =
      test::chain_of({"DEU", "FRA"}, {"DEU", "FRA"}, {"p"},
                     FlowMatrix(Matrix::of({{1, 1}, {1, 1}})), Matrix::of({{5, 1}, {1, 5}}));
  const auto error = error_of([&] { (void)merge_traders(chain, traders_of(chain), "DEU,FRB"); });
  EXPECT_EQ(error.code(), Errc::not_found);
  EXPECT_THAT(error.hint(), HasSubstr("FRA"));
  EXPECT_EQ(error_of([&] { (void)merge_traders(chain, traders_of(chain), "DEU,FRA"); }).code(),
            Errc::bad_input);
  EXPECT_EQ(error_of([&] { (void)merge_traders(chain, traders_of(chain), " , "); }).code(),
            Errc::bad_input);
}

TEST(TradeTable, RefusesATableOfOneRegion) {
  const auto chain =
      test::chain_of({"CHN"}, {"CHN"}, {"p", "q"}, FlowMatrix(Matrix::of({{1, 1}, {1, 1}})),
                     Matrix::of({{5}, {5}}));
  const auto error = error_of([&] { (void)test::table_of(chain); });
  EXPECT_EQ(error.code(), Errc::missing_part);
  EXPECT_THAT(error.what(), HasSubstr("only CHN does"));
  EXPECT_THAT(error.hint(), HasSubstr("several regions"));
}

TEST(TradeTable, RefusesFinalUseThatIsNotByRegion) {
  const auto chain = test::chain_of(
      {"A", "B"}, {"A"}, {"p"}, FlowMatrix(Matrix::of({{1, 1}, {1, 1}})), Matrix::of({{5}, {5}}));
  const auto error = error_of([&] { (void)test::table_of(chain); });
  EXPECT_EQ(error.code(), Errc::missing_part);
  EXPECT_THAT(error.what(), HasSubstr("final use by region"));
}

TEST(TradeTable, RefusesATableWithoutFlows) {
  const auto chain = test::chain_of({"A", "B"}, {"A", "B"}, {"p"}, FlowMatrix(Matrix(2, 2)),
                                    Matrix::of({{5, 1}, {1, 5}}));
  EXPECT_EQ(error_of([&] { (void)test::table_of(chain); }).code(), Errc::missing_part);
}

// C uses, but makes nothing (as the discrepancy column of OECD tables).
TEST(TradeTable, ARegionThatOnlyUsesIsAPartnerOnly) {
  auto parts =
      test::chain_of({"A", "B"}, {"A", "B"}, {"p"}, FlowMatrix(Matrix::of({{1, 1}, {1, 1}})),
                     Matrix::of({{5, 1}, {1, 5}}))
          .parts();
  parts.regions = Classification(
      "region", {{"A", {}, {}, {}, {}}, {"B", {}, {}, {}, {}}, {"C", {}, {}, {}, {}}});
  parts.final_columns.push_back({RegionId(2), "all"});
  parts.final_use = Matrix::of({{5, 1, 2}, {1, 5, 3}});
  const auto table = test::table_of(Chain(std::move(parts)));
  for (const auto method : all_trade_methods) {
    const auto d = decompose_exports(table, trade_inverse(table), method);
    EXPECT_LT(d.residual, 1e-14);
    double sum = 0;
    for (const auto& term : d.terms) sum += term(1, 2);
    EXPECT_NEAR(sum, 3, 1e-14);
  }
  EXPECT_TRUE(std::isnan(trade_totals(table, trade_inverse(table)).position[2]));
}

TEST(TradeTable, RefusesATableThatIsNotProductive) {
  const auto chain =
      test::chain_of({"A", "B"}, {"A", "B"}, {"p"}, FlowMatrix(Matrix::of({{9, 9}, {9, 9}})),
                     Matrix::of({{-6, 1}, {1, -6}}));
  EXPECT_EQ(error_of([&] { (void)trade_inverse(test::table_of(chain)); }).code(),
            Errc::not_productive);
}

}  // namespace
}  // namespace stave
