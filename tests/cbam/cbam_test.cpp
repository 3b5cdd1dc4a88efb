// Embedded emissions and certificates against cases worked by hand, the dense twin, and what must
// balance.
#include "stave/analysis/analysis.hpp"
#include "stave/cbam/certificate.hpp"
#include "stave/cbam/law.hpp"

#include <cmath>
#include <random>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cbam/reference.hpp"
#include "cbam/two_works.hpp"
#include "formats/error_text.hpp"
#include "formats/written_file.hpp"

namespace stave {
[[nodiscard]] Analysis cbam_analysis();
namespace {

using testing::Contains;
using testing::HasSubstr;
constexpr double near_zero = 1e-12;

TEST(Embedded, MatchesCementWorkedByHand) {
  const auto goods = parse_cbam_goods("g.toml", works::cement);
  const EmbeddedSystem system(goods, 2026);
  EXPECT_NEAR(system.embedded()[0].direct, 0.7375, near_zero);
  EXPECT_NEAR(system.embedded()[0].indirect, 0.03, near_zero);
  EXPECT_NEAR(system.embedded()[1].direct, 0.59, near_zero);
  EXPECT_NEAR(system.embedded()[1].indirect, 0.044, near_zero);
  EXPECT_NEAR(system.embedded()[1].benchmark, 0.48, near_zero);
  EXPECT_LT(system.imbalance(), near_zero);
}

// (.634 - .975 * .48) * 500 = 83 certificates; 2 EUR/t paid abroad are 1,000 EUR, 20 certificates.
TEST(Certificates, MatchCementWorkedByHand) {
  const auto goods = parse_cbam_goods("g.toml", works::cement);
  const EmbeddedSystem system(goods, 2026);
  const auto bill = certificates(goods, 1, system.embedded()[1], {2026, 50});
  EXPECT_NEAR(bill.counted, 0.634, near_zero);
  EXPECT_NEAR(bill.adjustment, 0.468, near_zero);
  EXPECT_NEAR(bill.gross, 83, 1e-9);
  EXPECT_NEAR(bill.paid, 20, 1e-9);
  EXPECT_NEAR(bill.cost, 3150, 1e-7);
}

TEST(Certificates, CountDirectEmissionsAloneForSteel) {
  const auto goods = parse_cbam_goods("g.toml", works::steel);
  const EmbeddedSystem system(goods, 2026);
  const auto& values = system.embedded()[0];
  EXPECT_NEAR(values.direct, 1.583, near_zero);
  EXPECT_NEAR(values.indirect, 0.09, near_zero);
  const auto bill = certificates(goods, 0, values, {2026, 100});
  EXPECT_NEAR(bill.counted, 1.583, near_zero);
  EXPECT_NEAR(bill.owed, (1.583 - 0.975 * 1.08) * 100, 1e-9);
  // By default value: (3 - .975) * 100.
  EXPECT_NEAR(certificates_by_default(goods, 0, {2026, 100}).owed, 202.5, 1e-9);
}

TEST(Certificates, AreNeverBelowZero) {
  auto goods = parse_cbam_goods("g.toml", works::cement);
  const EmbeddedSystem system(goods, 2026);
  EXPECT_EQ(certificates(goods, 1, {0.4, 0, 0.48}, {2026, 50}).owed, 0);
  goods.goods[1].paid = 1e6;
  EXPECT_EQ(certificates(goods, 1, system.embedded()[1], {2026, 50}).owed, 0);
}

// By default value pig iron is 2.2: .9 * .7 * 100 t = 63 certificates more. The alloy without its
// mark-up is .01 * .3 * 100 t = .3 fewer; its .033 t of each t are 3.3 certificates.
TEST(Suppliers, AreRankedByWhatTheirFiguresChange) {
  const auto goods = parse_cbam_goods("g.toml", works::steel);
  const EmbeddedSystem system(goods, 2026);
  const auto cases = supplier_cases(goods, system, {2026, 100});
  ASSERT_EQ(cases.size(), 2U);
  EXPECT_EQ(cases[0].kind, SupplierCase::Kind::unmarked);
  EXPECT_NEAR(cases[0].certificates, 0.3, 1e-9);
  EXPECT_NEAR(cases[0].money, 30, 1e-7);
  EXPECT_NEAR(cases[0].at_stake, 330, 1e-7);
  EXPECT_EQ(cases[1].kind, SupplierCase::Kind::stated);
  EXPECT_NEAR(cases[1].certificates, 63, 1e-9);
  EXPECT_NEAR(cases[1].at_stake, (1.583 - 1.053 - 0.0) * 100 * 100, 1e-6);
}

TEST(Suppliers, TakeTheFigureThatIsExpected) {
  auto goods = parse_cbam_goods("g.toml", works::steel);
  goods.goods[0].precursors[1].expected = CbamFigure{1.3, 0, std::nan(""), "thought"};
  const EmbeddedSystem system(goods, 2026);
  const auto cases = supplier_cases(goods, system, {2026, 100});
  EXPECT_EQ(cases[0].kind, SupplierCase::Kind::expected);
  EXPECT_NEAR(cases[0].certificates, 0.01 * (3.3 - 1.3) * 100, 1e-9);
}

// One case at a time, computed anew, against the weights the fast way uses.
TEST(Suppliers, MatchTheCaseComputedAnewAlongAChainOfGoods) {
  auto goods = parse_cbam_goods("g.toml", works::steel);
  auto coil = goods.goods[0];
  coil.id = coil.name = "coil";
  coil.made = 800;
  CbamPrecursor made_of;
  made_of.name = made_of.good = "steel";
  made_of.amount = 850;
  coil.precursors = {made_of};
  goods.goods.push_back(coil);
  const EmbeddedSystem system(goods, 2026);
  const CertificateTerms terms{2026, 100};
  const auto cases = supplier_cases(goods, system, terms);
  auto other = goods;
  other.goods[0].precursors[0].stated.reset();
  const auto now = certificates_of_all(goods, system, terms);
  const auto then = certificates_of_all(other, EmbeddedSystem(other, 2026), terms);
  EXPECT_NEAR(cases[1].certificates, then.owed - now.owed, 1e-9);
}

TEST(Defaults, AreMarkedUpByTheYear) {
  const auto goods = parse_cbam_goods("g.toml", works::steel);
  const auto& iron = goods.default_at("pig iron");
  EXPECT_DOUBLE_EQ(iron.marked_up(2026).direct, 2.2);
  EXPECT_DOUBLE_EQ(iron.marked_up(2027).direct, 2.4);
  EXPECT_DOUBLE_EQ(iron.marked_up(2034).direct, 2.4);
  EXPECT_DOUBLE_EQ(goods.default_at("steel").marked_up(2030).direct, 3);
}

// Directive 2003/87/EC, article 10a(1a).
TEST(Law, EndsFreeAllocationYearByYear) {
  EXPECT_DOUBLE_EQ(cbam_factor(2026), 0.975);
  EXPECT_DOUBLE_EQ(cbam_factor(2030), 0.515);
  EXPECT_DOUBLE_EQ(cbam_factor(2034), 0);
  for (int year = first_cbam_year; year < last_cbam_year; ++year)
    EXPECT_GT(cbam_factor(year), cbam_factor(year + 1));
}

TEST(Law, CountsIndirectEmissionsOfCementAndFertilisers) {
  EXPECT_TRUE(counted_emissions(CbamSector::cement).indirect);
  EXPECT_TRUE(counted_emissions(CbamSector::fertilisers).indirect);
  EXPECT_FALSE(counted_emissions(CbamSector::iron_and_steel).indirect);
  EXPECT_FALSE(counted_emissions(CbamSector::aluminium).indirect);
  EXPECT_FALSE(counted_emissions(CbamSector::hydrogen).indirect);
}

TEST(Embedded, SolvesGoodsThatNeedOneAnother) {
  const auto goods = parse_cbam_goods("g.toml", works::loop);
  const EmbeddedSystem system(goods, 2026);
  EXPECT_NEAR(system.embedded()[0].direct, 1, near_zero);
  EXPECT_NEAR(system.embedded()[1].direct, 1, near_zero);
  EXPECT_LT(system.imbalance(), near_zero);
  ASSERT_EQ(system.loops().size(), 1U);
  EXPECT_EQ(system.loops()[0].size(), 2U);
}

std::string refusal_of(const CbamGoods& goods) {
  return error_text([&] { const EmbeddedSystem system(goods, 2026); });
}

TEST(Embedded, RefusesALoopThatLeavesNothing) {
  auto goods = parse_cbam_goods("g.toml", works::loop);
  goods.goods[0].precursors[0].amount = 50;
  goods.goods[1].precursors[0].amount = 100;
  EXPECT_THAT(refusal_of(goods), HasSubstr("leave nothing: '"));
  EXPECT_THAT(refusal_of(goods), HasSubstr("goes into"));
  goods.goods[1].precursors[0].amount = 101;
  EXPECT_THAT(refusal_of(goods),
              HasSubstr("g.toml:3: 101 t of 'a' go into other goods, and 100 t"));
}

TEST(Embedded, RefusesNumbersThatRunOver) {
  auto goods = parse_cbam_goods("g.toml", works::loop);
  goods.goods[1].streams[0].amount = 1e300;
  goods.goods[1].streams[0].factor = 1e300;
  EXPECT_THAT(refusal_of(goods), HasSubstr("g.toml:9: the emissions of one t of 'b'"));
}

TEST(Streams, FollowTheirKinds) {
  using StreamKind = CbamStream::Kind;
  const auto direct = [](StreamKind kind, bool out) {
    CbamStream stream;
    stream.kind = kind;
    stream.amount = 10;
    stream.factor = 2;
    stream.oxidation = 0.5;
    stream.biomass = 0.25;
    stream.out = out;
    return stream_emissions(stream).direct;
  };
  EXPECT_DOUBLE_EQ(direct(StreamKind::fuel, false), 20 * 0.5 * 0.75);
  EXPECT_DOUBLE_EQ(direct(StreamKind::carbon, true), -3.664 * 20);
  EXPECT_DOUBLE_EQ(direct(StreamKind::heat, true), -20);
  EXPECT_DOUBLE_EQ(direct(StreamKind::waste_gas, false), 20);
  EXPECT_DOUBLE_EQ(direct(StreamKind::waste_gas, true), -0.667 * 20);
  EXPECT_DOUBLE_EQ(direct(StreamKind::generated, false), -20);
  EXPECT_DOUBLE_EQ(direct(StreamKind::electricity, false), 0);
}

TEST(Streams, CountZeroWhereMoreIsDeductedThanGivenOff) {
  auto goods = parse_cbam_goods("g.toml", works::loop);
  CbamStream carbon;
  carbon.kind = CbamStream::Kind::generated;
  carbon.amount = carbon.factor = 1000;
  goods.goods[0].streams.push_back(carbon);
  EXPECT_TRUE(attributed_emissions(goods.goods[0]).cut_at_zero);
  EXPECT_EQ(attributed_emissions(goods.goods[0]).direct, 0);
}

// Goods that take from one another at random, at most half of what is made.
CbamGoods random_goods(unsigned seed) {
  std::mt19937 random(seed);
  const auto draw = [&](double most) { return std::uniform_real_distribution<>(0, most)(random); };
  CbamGoods goods = parse_cbam_goods("g.toml", works::steel);
  const auto pattern = goods.goods[0];
  constexpr std::size_t n = 25;
  goods.goods.assign(n, pattern);
  for (std::size_t g = 0; g < n; ++g) {
    auto& good = goods.goods[g];
    good.id = good.name = fmt::format("good {}", g);
    good.benchmark = draw(1);
    good.streams[0].amount = draw(2000);
    good.precursors[0].amount = draw(500);
    if (g % 7 == 3) {
      good.made = 0;
      good.streams.clear();
      good.precursors.clear();
      continue;
    }
    for (int k = 0; k < 4; ++k) {
      CbamPrecursor p;
      const auto h = static_cast<std::size_t>(draw(n));
      if (h == g || h >= n) continue;
      p.name = p.good = fmt::format("good {}", h);
      p.amount = draw(500.0 / n);
      good.precursors.push_back(p);
    }
  }
  return goods;
}

TEST(Embedded, MatchesTheDenseTwinAndBalances) {
  for (unsigned seed = 1; seed <= 20; ++seed) {
    const auto goods = random_goods(seed);
    const EmbeddedSystem system(goods, 2027);
    const auto twin = reference::embedded(goods, 2027);
    for (std::size_t g = 0; g < twin.size(); ++g) {
      EXPECT_NEAR(system.embedded()[g].direct, twin[g].direct, 1e-10 * twin[g].direct);
      EXPECT_NEAR(system.embedded()[g].indirect, twin[g].indirect, 1e-10);
      EXPECT_NEAR(system.embedded()[g].benchmark, twin[g].benchmark, 1e-10);
    }
    EXPECT_LT(system.imbalance(), 1e-12);
  }
}

Report told(const std::string& text, Arguments::Given given = {}) {
  const WrittenFile file("goods.toml", text);
  given["goods"] = file.path().string();
  return run(cbam_analysis(), Chain(ChainParts{}), given);
}

TEST(CbamReport, ReadsItsOwnTemplate) {
  const auto report = told(std::string(cbam_template()));
  EXPECT_EQ(report.table("goods").rows(), 4U);
  EXPECT_EQ(report.table("certificates").rows(), 2U);
  EXPECT_EQ(report.table("years").rows(), 18U);
  EXPECT_EQ(report.table("rules").rows(), 5U);
  for (const auto& residual : report.provenance.residuals)
    EXPECT_LE(residual.relative, residual.tolerance) << residual.balance;
  // Coal: 85,000 t at 26 GJ/t and 94.6 t/TJ.
  EXPECT_THAT(report.table("streams").reals("direct"), Contains(testing::DoubleNear(209066, 0.1)));
  EXPECT_THAT(report.table("suppliers").texts("supplier"), Contains("Smelter B"));
  EXPECT_THAT(report.table("goods").texts("counts"), Contains("direct and indirect"));
}

TEST(CbamReport, SaysWhomToAskAndWhatItCosts) {
  const auto report = told(works::steel, {{"year", "2026"}});
  std::string words;
  for (const auto& finding : report.findings) words += finding.text + "\n";
  EXPECT_THAT(words, HasSubstr("53 certificates are owed, 5,300 EUR at 100 EUR each"));
  EXPECT_THAT(words, HasSubstr("Ask B ('alloy' for steel) first: 30 EUR a year less"));
  EXPECT_THAT(words, HasSubstr("the suppliers' figures save 6,300 EUR a year"));
  // 2034: no free allocation, mark-up of pig iron no matter, alloy 3.3: 1.583 * 100 t * 100 EUR.
  EXPECT_THAT(words, HasSubstr("would cost 15,830 EUR"));
  EXPECT_NEAR(report.table("parts").reals("share")[0], 100 * 0.2 / 1.673, 1e-9);
  EXPECT_NEAR(report.table("goods").reals("by_default")[0], 100 * 0.033 / 1.583, 1e-9);
}

TEST(CbamReport, AsksForAPrice) {
  const auto without = works::loop.substr(works::loop.find("[["));
  EXPECT_THAT(error_text([&] { static_cast<void>(told(without)); }), HasSubstr("--price 80"));
  EXPECT_NO_THROW(static_cast<void>(told(without, {{"price", "70"}})));
}

}  // namespace
}  // namespace stave
