#include "stave/account/account.hpp"

#include "stave/core/error.hpp"
#include "stave/core/random.hpp"

#include <cmath>
#include <limits>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/small_chain.hpp"

namespace stave {
namespace {

using ::testing::HasSubstr;

// Two regions of one product. Home sells 50 to Abroad's maker, whose output is 100; Home's output
// is 100 too. CO2 is 20 at Home, 0 abroad.
ChainParts two_regions() {
  auto parts = test::grid_parts(
      2, 1, [](std::size_t i, std::size_t j) { return i == 0 && j == 1 ? 50.0 : 0.0; });
  parts.regions = Classification(
      "region", {{"H", "Home", {}, {}, Kind::unknown}, {"A", "Abroad", {}, {}, Kind::unknown}});
  parts.final_use = Matrix::of({{50, 0}, {40, 60}});
  parts.stressor_rows = {{"co2", {}, "kt", Quality::measured, {}}};
  parts.stressors = Matrix::of({{20, 0}});
  parts.info.name = "two";
  parts.info.unit = "million USD";
  return parts;
}

ChainParts random_parts(std::size_t regions, std::size_t products, std::uint64_t seed) {
  auto parts = test::grid_parts(
      regions, products, [&](std::size_t i, std::size_t j) { return random_uniform(seed, i, j); });
  const auto n = regions * products;
  for (std::size_t e = 0; e < parts.final_use.size(); ++e)
    parts.final_use.values()[e] =
        static_cast<double>(products) * (1 + random_uniform(seed, 1'000, e));
  parts.stressor_rows = {{"co2", {}, "kt", Quality::measured, {}},
                         {"jobs", {}, "persons", Quality::measured, {}}};
  parts.stressors = Matrix(2, n);
  parts.stressors_final = Matrix(2, regions);
  for (std::size_t e = 0; e < 2 * n; ++e)
    parts.stressors.values()[e] = random_uniform(seed, 2'000, e);
  for (auto& value : parts.stressors_final.values()) value = .5;
  return parts;
}

// S = (.2, 0). Abroad's 100 need 50 from Home, 10 kt; 40 % of that is for Home's final use, 4 kt,
// 60 % for Abroad's, 6 kt. Home's own final use of 50 is 10 kt.
TEST(Accounts, MatchTheTwoRegionCaseWorkedByHand) {
  const auto a = accounts(Chain(two_regions()));
  EXPECT_NEAR(a.production(0, 0), 20, 1e-12);
  EXPECT_NEAR(a.production(0, 1), 0, 1e-12);
  EXPECT_NEAR(a.consumption(0, 0), 14, 1e-12);
  EXPECT_NEAR(a.consumption(0, 1), 6, 1e-12);
  EXPECT_NEAR(a.imports(0, 0), 0, 1e-12) << "what comes back was emitted at home";
  EXPECT_NEAR(a.imports(0, 1), 6, 1e-12);
  EXPECT_NEAR(a.exports(0, 0), 6, 1e-12);
  EXPECT_NEAR(a.exports(0, 1), 0, 1e-12);
}

TEST(Accounts, StressorsOfFinalUseStandInProductionAndConsumption) {
  auto parts = two_regions();
  parts.stressors_final = Matrix::of({{1, 3}});
  const auto a = accounts(Chain(std::move(parts)));
  EXPECT_NEAR(a.production(0, 0), 21, 1e-12);
  EXPECT_NEAR(a.consumption(0, 0), 15, 1e-12);
  EXPECT_NEAR(a.consumption(0, 1), 9, 1e-12);
  EXPECT_NEAR(a.imports(0, 1), 6, 1e-12) << "not traded";
}

TEST(Accounts, ProductionAndConsumptionSumToTheSameWorldwide) {
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    const auto a = accounts(Chain(random_parts(7, 5, seed)), {.sectors = true});
    EXPECT_LT(a.worst_imbalance(), 1e-13);
    for (std::size_t s = 0; s < 2; ++s)
      for (std::size_t r = 0; r < 7; ++r) {
        EXPECT_NEAR(a.production(s, r) - a.exports(s, r), a.consumption(s, r) - a.imports(s, r),
                    1e-12);
        double products = .5;  // F_Y
        for (std::size_t p = 0; p < 5; ++p) products += a.sectors->consumption(s, r * 5 + p);
        EXPECT_NEAR(products, a.consumption(s, r), 1e-12);
      }
  }
}

TEST(Accounts, DoNotDependOnTheUnitOfMoney) {
  const auto parts = random_parts(4, 3, 8);
  auto scaled = parts;
  auto z = parts.flows.dense();
  for (auto& value : z.values()) value *= 7.3;
  scaled.flows = FlowMatrix(std::move(z));
  for (auto& value : scaled.final_use.values()) value *= 7.3;
  const auto a = accounts(Chain(parts));
  const auto b = accounts(Chain(std::move(scaled)));
  for (std::size_t e = 0; e < a.consumption.size(); ++e) {
    EXPECT_NEAR(a.consumption.values()[e], b.consumption.values()[e], 1e-12);
    EXPECT_NEAR(a.exports.values()[e], b.exports.values()[e], 1e-12);
  }
}

// Nodes in another order, regions mixed, give the same accounts by region.
TEST(Accounts, DoNotDependOnTheOrderOfNodes) {
  const auto parts = random_parts(4, 3, 9);
  const std::size_t n = 12;
  auto turned = parts;
  Matrix z(n, n);
  for (std::size_t i = 0; i < n; ++i) {
    const auto from = (5 * i + 2) % n;
    turned.nodes[i] = parts.nodes[from];
    for (std::size_t j = 0; j < n; ++j) z(i, j) = parts.flows.at(from, (5 * j + 2) % n);
    for (std::size_t k = 0; k < 4; ++k) turned.final_use(i, k) = parts.final_use(from, k);
    for (std::size_t s = 0; s < 2; ++s) turned.stressors(s, i) = parts.stressors(s, from);
  }
  turned.flows = FlowMatrix(std::move(z));
  const auto a = accounts(Chain(parts), {.sectors = true});
  const auto b = accounts(Chain(std::move(turned)), {.sectors = true});
  for (std::size_t e = 0; e < a.consumption.size(); ++e)
    EXPECT_NEAR(a.consumption.values()[e], b.consumption.values()[e], 1e-12);
  for (std::size_t e = 0; e < a.sectors->imports.size(); ++e)
    EXPECT_NEAR(a.sectors->imports.values()[e], b.sectors->imports.values()[e], 1e-12);
}

TEST(Accounts, SparseAndDenseFlowsGiveTheSame) {
  std::vector<Flow> links;
  for (int i = 0; i < 60; ++i) links.push_back({i, (7 * i + 3) % 60, .1});
  auto parts = random_parts(20, 3, 4);
  auto dense = parts;
  Matrix z(60, 60);
  for (const auto& l : links)
    z(static_cast<std::size_t>(l.from), static_cast<std::size_t>(l.to)) = l.value;
  dense.flows = FlowMatrix(std::move(z));
  parts.flows = FlowMatrix::from_flows(60, links);
  ASSERT_FALSE(parts.flows.is_dense());
  const auto a = accounts(Chain(std::move(parts)));
  const auto b = accounts(Chain(std::move(dense)));
  for (std::size_t e = 0; e < a.imports.size(); ++e)
    EXPECT_NEAR(a.imports.values()[e], b.imports.values()[e], 1e-11);
}

TEST(Accounts, OfSomeStressorsAreThoseOfAll) {
  const Chain chain(random_parts(4, 3, 5));
  const auto all = accounts(chain, {.multipliers = true});
  const auto one = accounts(chain, {.stressors = {1}, .multipliers = true});
  ASSERT_EQ(one.consumption.rows(), 1U);
  EXPECT_DOUBLE_EQ(one.consumption(0, 2), all.consumption(1, 2));
  EXPECT_DOUBLE_EQ(one.multipliers(0, 7), all.multipliers(1, 7));
}

// A third node makes nothing and emits 5: no final use is behind it.
TEST(Accounts, SetApartWhatStandsWhereNothingIsMade) {
  auto parts = test::grid_parts(2, 2, [](std::size_t, std::size_t) { return 0.0; });
  parts.final_use = Matrix::of({{10, 0}, {0, 0}, {0, 10}, {0, 10}});
  parts.stressor_rows = {{"co2", {}, "kt", Quality::measured, {}}};
  parts.stressors = Matrix::of({{1, 5, 2, 3}});
  const auto a = accounts(Chain(std::move(parts)));
  EXPECT_EQ(a.unattributed[0], 5);
  EXPECT_EQ(a.production(0, 0), 6);
  EXPECT_NEAR(a.consumption(0, 0), 1, 1e-15);
  EXPECT_LT(a.worst_imbalance(), 1e-15);
}

TEST(Accounts, RefuseWhatTheyCannotUse) {
  const auto refusal = [](ChainParts parts, Errc expected) {
    try {
      (void)accounts(Chain(std::move(parts)));
    } catch (const Error& e) {
      EXPECT_EQ(e.code(), expected);
      return std::string(e.what());
    }
    return std::string("no error");
  };
  auto parts = two_regions();
  parts.stressors(0, 1) = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(refusal(parts, Errc::bad_input), "stressor 'co2' of node 'r1.p0' is nan");
  parts = two_regions();
  parts.stressor_rows.clear();
  parts.stressors = Matrix();
  EXPECT_THAT(refusal(parts, Errc::missing_part), HasSubstr("accounts need stressors"));
  parts = two_regions();
  parts.final_columns.clear();
  parts.final_use = Matrix(2, 0);
  EXPECT_THAT(refusal(parts, Errc::missing_part), HasSubstr("accounts need final use"));
  // Home takes 1.2 of its own product a unit: no final use can be met.
  parts = two_regions();
  parts.flows = FlowMatrix(Matrix::of({{120, 0}, {0, 0}}));
  parts.final_use = Matrix::of({{-20, 0}, {0, 10}});
  EXPECT_THAT(refusal(parts, Errc::not_productive),
              HasSubstr("the inputs of Home: p0 are 1.2 times its output"));
}

TEST(AccountsAnalysis, PutsAccountsInTablesAndWords) {
  auto parts = two_regions();
  parts.region_attributes = {
      {"population", "1000 persons", {7, std::numeric_limits<double>::quiet_NaN()}}};
  const auto report = run(accounts_analysis(), Chain(std::move(parts)));
  EXPECT_EQ(report.title, "Accounts of two");
  EXPECT_EQ(report.findings.at(0).text,
            "co2: 6 of 20 kt (30.0 %) occur in one region for the final use of another.");
  EXPECT_EQ(report.findings.at(1).text, "Largest net importers of co2: Abroad (6 kt).");
  EXPECT_EQ(report.findings.at(2).text,
            "Largest net exporters of co2: Home (6 kt, 30.0 % of what it produces).");
  EXPECT_EQ(report.findings.at(3).text,
            "Per head, the final use of Home causes most co2: 2 kt / 1000 persons.");
  const auto& leading = report.table("leading");
  EXPECT_EQ(leading.texts("name").at(0), "Home");
  EXPECT_EQ(leading.columns()[2].spec.unit, "kt");
  EXPECT_TRUE(std::isnan(leading.reals("per_head").at(1)));
  EXPECT_NEAR(report.table("accounts").reals("net_imports").at(1), 6, 1e-12);
  ASSERT_EQ(report.provenance.residuals.size(), 2U);
  EXPECT_LT(report.provenance.residuals[0].relative, 1e-12);
  for (const auto& figure : report.figures)
    for (const auto& [role, column] : figure.columns)
      EXPECT_NO_THROW((void)report.table(figure.table).column_index(column)) << role;
}

TEST(AccountsAnalysis, SpeaksOfTheRegionAskedForFirst) {
  const auto report = run(accounts_analysis(), Chain(two_regions()), {{"region", "Home"}});
  EXPECT_EQ(report.findings.at(0).text,
            "Home produces 20 kt of co2, its final use causes 14 kt: it is a net exporter of 6 kt "
            "(30.0 % of what it produces).");
}

TEST(AccountsAnalysis, GivesSectorsAndMultipliersOnDemand) {
  const Chain chain(random_parts(3, 2, 6));
  const auto plain = run(accounts_analysis(), chain);
  EXPECT_EQ(plain.tables.size(), 2U);
  const auto full = run(accounts_analysis(), chain,
                        {{"by", "sector"}, {"multipliers", "on"}, {"stressor", "jobs"}});
  EXPECT_EQ(full.table("sectors").rows(), 6U);
  EXPECT_EQ(full.table("multipliers").rows(), 6U);
  EXPECT_EQ(full.table("multipliers").texts("stressor").at(0), "jobs");
}

TEST(AccountsAnalysis, SaysWhatIsEstimatedAndWhatIsLost) {
  auto parts = two_regions();
  parts.stressors = Matrix::of({{20, 5}});
  parts.stressor_quality = {Quality::measured, Quality::estimated};
  parts.final_columns[0].category = "exports";
  const auto report = run(accounts_analysis(), Chain(std::move(parts)));
  EXPECT_THAT(report.provenance.notes, Contains(HasSubstr("20.0 % of co2 is estimated")));
  EXPECT_THAT(report.provenance.notes, Contains(HasSubstr("final use 'exports' counts as use of "
                                                          "Home")));
  bool warned = false;
  for (const auto& f : report.findings) warned |= f.tone == Tone::warning;
  EXPECT_TRUE(warned);
}

}  // namespace
}  // namespace stave
