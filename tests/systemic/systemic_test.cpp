#include "stave/systemic/systemic.hpp"

#include "stave/core/rank_correlation.hpp"

#include "formats/error_text.hpp"
#include "systemic/networks.hpp"

namespace stave {
namespace {

using testing::HasSubstr;

Report ask(const Chain& chain, const Arguments::Given& given = {}) {
  return run(systemic_analysis(), chain, given);
}

// Losses of the authors' program at eps 1e-2: firm 5 worst (.98691), then 6, 1, 4, 3, 2.
TEST(Systemic, RanksTheSixFirmsAsPublished) {
  const auto report = ask(networks::six_firms());
  const auto& table = report.table("ranking");
  EXPECT_EQ(table.texts("id"), (std::vector<std::string>{"n4", "n5", "n0", "n3", "n2", "n1"}));
  const std::vector<double> published = {.98691205076244, .98350782681996, .98195754616758,
                                         .97339234519956, .97081091235289, .96743359376951};
  const std::vector<std::int64_t> rounds = {12, 15, 14, 16, 18, 18};
  for (std::size_t k = 0; k < 6; ++k)
    EXPECT_NEAR(table.reals("esri")[k], 100 * published[k], 1e-11);
  EXPECT_EQ(table.integers("rounds"), rounds);
}

TEST(Systemic, GivesThePublishedDownstreamLossAtFineEps) {
  for (const auto& [market, down] : std::vector<std::pair<std::string, double>>{
           {"on", .50687988214742541}, {"off", .54077412513255574}}) {
    const auto report = ask(networks::six_firms(), {{"eps", "1e-12"}, {"market", market}});
    const auto& table = report.table("ranking");
    for (std::size_t k = 0; k < 6; ++k) {
      if (table.texts("id")[k] != "n0") continue;
      EXPECT_NEAR(table.reals("esri_down")[k], 100 * down, 1e-10);
    }
  }
}

TEST(Systemic, SidesAddUpToTheWhole) {
  const auto report = ask(Chain(networks::random_parts(3, 30, 4, true)));
  const auto& split = report.table("split");
  const auto& ranking = report.table("ranking");
  for (std::size_t k = 0; k < ranking.rows(); ++k) {
    double sum = 0;
    for (std::size_t side = 0; side < 3; ++side) {
      EXPECT_GE(split.reals("esri")[3 * k + side], -1e-12);
      sum += split.reals("esri")[3 * k + side];
    }
    EXPECT_NEAR(sum, ranking.reals("esri")[k], 1e-10);
  }
}

TEST(Systemic, AgreesWithTheTwinForEveryWeight) {
  const Chain chain(networks::random_parts(4, 25, 4, false));
  const auto report = ask(chain, {{"eps", "1e-6"}, {"top", "25"}});
  const ChainCascade cascade(chain);
  const auto weights = weightings(chain, "output,value_added");
  const auto& table = report.table("by_weight");
  for (std::size_t r = 0; r < table.rows(); ++r) {
    std::vector<double> shock(25);
    shock[static_cast<std::size_t>(std::stoi(table.texts("node")[r].substr(1)))] = 1;
    const auto twin = cascade_reference(cascade.network(), shock, shock, {.eps = 1e-6});
    const auto& w = weights[table.texts("weight")[r] == "output" ? 0 : 1].values;
    EXPECT_NEAR(table.reals("esri")[r], 100 * systemic_risk(twin, w).both, 1e-10);
  }
  EXPECT_EQ(table.rows(), 50);
}

TEST(Systemic, MoneyInThousandsChangesNothing) {
  auto parts = networks::random_parts(5, 30, 4, true);
  const auto report = ask(Chain(parts));
  Matrix z(30, 30);
  parts.flows.for_each([&](std::size_t i, std::size_t j, double v) { z(i, j) = 1000 * v; });
  parts.flows = FlowMatrix(std::move(z));
  for (auto& v : parts.final_use.values()) v *= 1000;
  const auto scaled = ask(Chain(parts));
  for (const auto* name : {"ranking", "hardest_hit", "products_hit"}) {
    const auto& a = report.table(name);
    const auto& b = scaled.table(name);
    ASSERT_EQ(a.rows(), b.rows());
    for (std::size_t r = 0; r < a.rows(); ++r)
      EXPECT_NEAR(a.reals(name == std::string("ranking") ? "esri" : "lost")[r],
                  b.reals(name == std::string("ranking") ? "esri" : "lost")[r], 1e-9);
  }
  EXPECT_EQ(report.table("ranking").texts("id"), scaled.table("ranking").texts("id"));
}

// n0 sells z to n1, which cannot do without, and n1 2 z to final use. Closing n0 stops both, all of
// 3 z. Where the empty market of n0 counts as 1, n1 loses z: (z + 2 z z) / 3 z, half at z = 1/4.
TEST(Systemic, OnlyCompatibilityDependsOnTheUnitOfMoney) {
  const auto worst = [](double z, const std::string& compat) {
    auto parts = networks::parts(FlowMatrix(Matrix::of({{0, z}, {0, 0}})), {0, 1},
                                 Recipe::uniform(Need::essential));
    parts.final_columns = {{RegionId(0), "households"}};
    parts.final_use = Matrix::of({{0}, {2 * z}});
    const auto report = ask(Chain(std::move(parts)), {{"weights", "output"}, {"compat", compat}});
    const auto& ranking = report.table("ranking");
    const auto& ids = ranking.texts("id");
    return ranking.reals("esri_down")[static_cast<std::size_t>(
        std::find(ids.begin(), ids.end(), "n0") - ids.begin())];
  };
  EXPECT_DOUBLE_EQ(worst(0.25, "none"), 100);
  EXPECT_DOUBLE_EQ(worst(250, "none"), 100);
  EXPECT_DOUBLE_EQ(worst(0.25, "glcascade"), 50);
  EXPECT_DOUBLE_EQ(worst(250, "glcascade"), 100);
}

TEST(Systemic, ARegionLimitsWhoIsClosedNotWhatIsCounted) {
  auto parts = networks::random_parts(6, 20, 4, true);
  parts.regions = Classification("region", {{.code = "A"}, {.code = "B"}});
  for (std::size_t i = 0; i < 20; ++i) parts.nodes[i].region = RegionId(i < 5 ? 0 : 1);
  const Chain chain(parts);
  const auto all = ask(chain);
  const auto some = ask(chain, {{"region", "A"}});
  EXPECT_EQ(some.table("ranking").rows(), 5);
  for (std::size_t k = 0; k < 5; ++k) {
    const auto& ids = all.table("ranking").texts("id");
    const auto at = std::find(ids.begin(), ids.end(), some.table("ranking").texts("id")[k]);
    ASSERT_NE(at, ids.end());
    EXPECT_EQ(all.table("ranking").reals("esri")[static_cast<std::size_t>(at - ids.begin())],
              some.table("ranking").reals("esri")[k]);
  }
}

TEST(Systemic, TopCutsTheListAndSaysThatAllWereComputed) {
  const auto report = ask(Chain(networks::random_parts(7, 20, 4, true)), {{"top", "3"}});
  EXPECT_EQ(report.table("ranking").rows(), 3);
  EXPECT_THAT(report.provenance.notes,
              testing::Contains(HasSubstr("all were computed, 3 are listed")));
}

// The names of the stricter list that the first one lacks are as many as those it loses.
TEST(Systemic, SensitivityComparesWithTheRankingAtATenthOfEps) {
  const Chain chain(networks::random_parts(8, 40, 5, false));
  const auto report = ask(chain, {{"top", "10"}});
  const auto finer = ask(chain, {{"top", "10"}, {"eps", "0.001"}});
  const auto& a = report.table("ranking").texts("node");
  std::int64_t entered = 0;
  for (const auto& name : finer.table("ranking").texts("node"))
    entered += std::find(a.begin(), a.end(), name) == a.end() ? 1 : 0;
  const auto& table = report.table("sensitivity");
  ASSERT_EQ(table.rows(), 4);  // as asked, eps / 10, without final use, nothing essential
  EXPECT_EQ(table.integers("changes")[1], entered);
  EXPECT_EQ(table.reals("eps")[1], 0.001);
  EXPECT_LE(table.reals("correlation")[1], 1);
  EXPECT_EQ(ask(chain, {{"sensitivity", "off"}}).table("sensitivity").rows(), 1);
}

// Six firms of which each drags nearly all down: five within a tenth of the worst.
TEST(Systemic, SaysWhenTheOrderSaysLittle) {
  const auto told = [](const Report& report) {
    return std::any_of(report.findings.begin(), report.findings.end(), [](const Finding& f) {
      return f.text.find("6 of 6 stops cost nearly as much") != std::string::npos;
    });
  };
  EXPECT_TRUE(told(ask(networks::six_firms())));
  EXPECT_FALSE(told(ask(Chain(networks::random_parts(8, 40, 5, false)))));
}

TEST(Systemic, RanksWithoutEssentialInputsTooUnlessThereAreNone) {
  auto parts = networks::random_parts(10, 20, 4, true);
  EXPECT_EQ(ask(Chain(parts)).table("sensitivity").texts("rule").back(), "no input is essential");
  parts.recipe = Recipe::uniform(Need::non_essential);
  EXPECT_EQ(ask(Chain(parts)).table("sensitivity").rows(), 3);
}

TEST(Weightings, NameNearOnesWhenUnknown) {
  auto parts = networks::random_parts(9, 4, 2, true);
  parts.stressor_rows = {{.name = "employment", .unit = "persons"}};
  parts.stressors = Matrix::of({{1, 2, -3, 4}});
  const Chain chain(parts);
  const auto weights = weightings(chain, "employment, output");
  EXPECT_EQ(weights[0].values, (std::vector<double>{1, 2, 0, 4}));
  EXPECT_EQ(weights[0].clipped, 1);
  EXPECT_EQ(error_text([&] { (void)weightings(chain, "employmnt"); }),
            "not_found: --weights: 'employmnt' is no weight of this chain | Did you mean "
            "'employment'?");
  EXPECT_THAT(error_text([&] { (void)weightings(chain, "output,output"); }), HasSubstr("twice"));
  EXPECT_THAT(error_text([&] { (void)weightings(chain, " , "); }), HasSubstr("bad_input"));
  parts.stressors = Matrix(1, 4);
  EXPECT_THAT(error_text([&] { (void)weightings(Chain(parts), "employment"); }),
              HasSubstr("missing_part"));
}

// Ranks of (1, 2, 2, 4) are (1, 2.5, 2.5, 4); against (1, 2, 3, 4): sum of products of deviations
// = (-1.5)(-1.5) + 0 + 0 + 2.25 = 4.5; sums of squares 4.5 and 5: 4.5 / sqrt(22.5).
TEST(RankCorrelation, SharesMeanRanksByHand) {
  const std::vector<double> a = {1, 2, 2, 4};
  const std::vector<double> b = {1, 2, 3, 4};
  const std::vector<double> reversed = {4, 3, 2, 1};
  EXPECT_NEAR(rank_correlation(a, b), 4.5 / std::sqrt(22.5), 1e-15);
  EXPECT_NEAR(rank_correlation(b, reversed), -1, 1e-15);
  EXPECT_TRUE(std::isnan(rank_correlation(a, std::vector<double>(4, 1))));
}

}  // namespace
}  // namespace stave
