#include "stave/systemic/systemic.hpp"

#include <cmath>
#include <mutex>

#include <tbb/global_control.h>

#include "formats/error_text.hpp"
#include "formats/written_file.hpp"
#include "systemic/cascade_options.hpp"
#include "systemic/networks.hpp"

namespace stave {
namespace {

using testing::HasSubstr;

Report ask(const Chain& chain, const std::string& shock, Arguments::Given given = {}) {
  const WrittenFile file("shock.csv", shock);
  given["shock"] = file.path().string();
  return run(cascade_analysis(), chain, given);
}

std::vector<double> losses_by_id(const Report& report, std::size_t n) {
  const auto& table = report.table("nodes");
  std::vector<double> losses(n);
  for (std::size_t r = 0; r < table.rows(); ++r)
    losses[static_cast<std::size_t>(std::stoi(table.texts("id")[r].substr(1)))] =
        table.reals("lost")[r];
  return losses;
}

// n0 sells 10 to n1, n1 20 to n2; final use takes 10 of n1, 30 of n2. n0 makes half, and buys as
// before: n1 has half of its only input, n2 half of n1's product, all three lose half. Output is
// 10 + 30 + 30 = 70, of which the shock itself takes 5; orders are not lost.
TEST(Cascade, CountsASmallChainByHand) {
  auto parts = networks::parts(FlowMatrix(Matrix::of({{0, 10, 0}, {0, 0, 20}, {0, 0, 0}})),
                               {0, 1, 2}, Recipe::uniform(Need::essential), {0, 0, 1});
  parts.final_columns = {{RegionId(0), "households"}};
  parts.final_use = Matrix::of({{0}, {10}, {30}});
  const auto report = ask(Chain(std::move(parts)), "node,share,share_up\nn0,50%,0\n");
  const auto& scenarios = report.table("scenarios");
  EXPECT_DOUBLE_EQ(scenarios.reals("esri")[0], 50);
  EXPECT_DOUBLE_EQ(scenarios.reals("esri_up")[0], 0);
  EXPECT_NEAR(scenarios.reals("shock")[0], 100 * 5 / 70.0, 1e-12);
  EXPECT_EQ(scenarios.integers("hit")[0], 2);
  EXPECT_EQ(scenarios.texts("at_rest")[0], "yes");
  const auto& regions = report.table("regions");
  ASSERT_EQ(regions.rows(), 2);
  EXPECT_EQ(regions.texts("region")[0], "r0");  // 40 of output, 20 lost, 5 by the shock
  EXPECT_DOUBLE_EQ(regions.reals("lost")[0], 50);
  EXPECT_DOUBLE_EQ(regions.reals("shock")[0], 12.5);
  EXPECT_DOUBLE_EQ(regions.reals("dragged_down")[0], 37.5);
  EXPECT_DOUBLE_EQ(regions.reals("amount")[0], 20);
  EXPECT_EQ(report.table("regions").columns().back().spec.unit, "million USD");
}

TEST(Cascade, AgreesWithTheTwinAndItsRiskByProduct) {
  const Chain chain(networks::random_parts(21, 30, 5, false));
  const auto report = ask(chain, "node,share,share_up\nn3,1,\nn8,0.5,0.1\n", {{"eps", "1e-8"}});
  std::vector<double> down(30);
  std::vector<double> up(30);
  down[3] = up[3] = 1;
  down[8] = 0.5;
  up[8] = 0.1;
  const ChainCascade cascade(chain);
  const auto twin = cascade_reference(cascade.network(), down, up, {.eps = 1e-8});
  const auto weights = weightings(chain, "output,value_added");
  for (std::size_t w = 0; w < 2; ++w)
    EXPECT_NEAR(report.table("scenarios").reals("esri")[w],
                100 * systemic_risk(twin, weights[w].values).both, 1e-10);
  const auto by_product = risk_by_product(cascade.network(), twin, weights[0].values, down, up);
  const auto& products = report.table("products");
  for (std::size_t r = 0; r < products.rows(); ++r)
    EXPECT_NEAR(products.reals("dragged_down")[r],
                100 * by_product[chain.products().require(products.texts("product")[r])].both,
                1e-10);
  const auto losses = losses_by_id(report, 30);
  for (std::size_t i = 0; i < 30; ++i)
    EXPECT_NEAR(losses[i], 100 * (1 - std::min(twin.h_d[i], twin.h_u[i])), 1e-10);
}

TEST(Cascade, GivesThePublishedLossesOfTheSixFirms) {
  const auto report =
      ask(networks::six_firms(), "node,share\nn0,1\n", {{"eps", "1e-12"}, {"weights", "output"}});
  EXPECT_NEAR(report.table("scenarios").reals("esri_down")[0], 50.687988214742541, 1e-10);
  const auto& table = report.table("nodes");
  const std::vector<double> h_d = {
      0, .6, .78940681974834781, 0, .61111111111111116, .87866705606859818};
  for (std::size_t r = 0; r < table.rows(); ++r)
    EXPECT_NEAR(table.reals("from_suppliers")[r],
                100 * (1 - h_d[static_cast<std::size_t>(table.texts("id")[r][1] - '0')]), 1e-10);
}

TEST(Cascade, ALargerShockNeverHelpsAnyone) {
  for (const std::uint64_t seed : {31U, 32U, 33U, 34U})
    for (const auto* market : {"on", "off"}) {
      const Chain chain(networks::random_parts(seed, 25, 4, seed % 2 == 0));
      const Arguments::Given given = {{"market", market}, {"eps", "1e-12"}};
      const auto small = losses_by_id(ask(chain, "node,share\nn2,0.2\nn9,0.3\n", given), 25);
      const auto large =
          losses_by_id(ask(chain, "node,share\nn2,0.7\nn9,0.3\nn11,5%\n", given), 25);
      for (std::size_t i = 0; i < 25; ++i) EXPECT_LE(small[i], large[i] + 1e-8) << seed;
      EXPECT_LT(small, large);
    }
}

TEST(Cascade, MoneyInThousandsChangesNothing) {
  auto parts = networks::random_parts(41, 30, 4, true);
  const auto shock = "scenario,node,share\na,n1,1\nb,n2,0.5\n";
  const auto before = ask(Chain(parts), shock);
  Matrix z(30, 30);
  parts.flows.for_each([&](std::size_t i, std::size_t j, double v) { z(i, j) = 1000 * v; });
  parts.flows = FlowMatrix(std::move(z));
  for (auto& v : parts.final_use.values()) v *= 1000;
  const auto after = ask(Chain(parts), shock);
  ASSERT_EQ(before.table("scenarios").rows(), 4);
  for (std::size_t r = 0; r < 4; ++r)
    EXPECT_NEAR(before.table("scenarios").reals("esri")[r],
                after.table("scenarios").reals("esri")[r], 1e-10);
  EXPECT_EQ(before.table("explanations").texts("explanation"),
            after.table("explanations").texts("explanation"));
}

// Every amount times a power of two: the same bits, down to markets of which nothing is left.
TEST(Cascade, TheUnitOfMoneyChangesNoBit) {
  for (const std::uint64_t seed : {42U, 43U}) {
    auto parts = networks::random_parts(seed, 30, 6, seed == 42);
    const auto shock = "scenario,product,share\na,p1,1\nb,p2,0.5\n";
    const auto before = ask(Chain(parts), shock);
    const auto unit = std::ldexp(1.0, -50);
    std::vector<Flow> flows;
    parts.flows.for_each([&](std::size_t i, std::size_t j, double v) {
      flows.push_back({static_cast<std::int32_t>(i), static_cast<std::int32_t>(j), v * unit});
    });
    parts.flows = FlowMatrix::from_flows(30, std::move(flows));
    for (auto& v : parts.final_use.values()) v *= unit;
    const auto after = ask(Chain(parts), shock);
    EXPECT_EQ(before.table("scenarios").reals("esri"), after.table("scenarios").reals("esri"));
    EXPECT_EQ(before.table("nodes").reals("lost"), after.table("nodes").reals("lost"));
    EXPECT_EQ(before.table("nodes").texts("id"), after.table("nodes").texts("id"));
  }
}

// n0 alone makes p0, and n1 cannot do without it. n0 stops: nothing is left of its market, nobody
// makes up for it and n1 stands still. Compatible with the authors' program the market counts as 1,
// and sigma = min(1, out_0 / 1): with sales of 0.25 million n1 loses a quarter, with the same sales
// as 250 thousand all.
TEST(Cascade, OnlyCompatibilityDependsOnTheUnitOfMoney) {
  const auto chain = [](double sales, const std::string& unit) {
    auto parts = networks::parts(FlowMatrix(Matrix::of({{0, sales}, {0, 0}})), {0, 1},
                                 Recipe::uniform(Need::essential));
    parts.info.unit = unit;
    parts.final_columns = {{RegionId(0), "households"}};
    parts.final_use = Matrix::of({{0}, {2 * sales}});
    return Chain(std::move(parts));
  };
  const auto lost_of_n1 = [&](double sales, const std::string& unit, const std::string& compat) {
    const auto report =
        ask(chain(sales, unit), "node,share\nn0,1\n", {{"compat", compat}, {"follow", "supplies"}});
    const bool said = std::any_of(
        report.provenance.notes.begin(), report.provenance.notes.end(), [&](const auto& note) {
          return note.find("--compat glcascade") != std::string::npos &&
                 note.find("less than 1 (" + unit + ")") != std::string::npos;
        });
    EXPECT_EQ(said, compat == "glcascade");
    const auto& steps = report.table("steps");
    EXPECT_DOUBLE_EQ(steps.reals("substituted")[0], 100 - steps.reals("lost")[0]);
    EXPECT_DOUBLE_EQ(steps.reals("share")[0], 100);
    return losses_by_id(report, 2)[1];
  };
  EXPECT_DOUBLE_EQ(lost_of_n1(0.25, "million USD", "none"), 100);
  EXPECT_DOUBLE_EQ(lost_of_n1(250, "thousand USD", "none"), 100);
  EXPECT_DOUBLE_EQ(lost_of_n1(0.25, "million USD", "glcascade"), 25);
  EXPECT_DOUBLE_EQ(lost_of_n1(250, "thousand USD", "glcascade"), 100);
}

TEST(Cascade, BothAnalysesTakeTheirRulesAlike) {
  const auto chain = networks::six_firms();
  const Arguments::Given given = {{"compat", "glcascade"}, {"market", "off"}, {"eps", "0.05"}};
  auto with_shock = given;
  with_shock["shock"] = "shock.csv";
  for (const auto& options :
       {cascade_options(Arguments(systemic_analysis().declaration, given, chain)),
        cascade_options(Arguments(cascade_analysis().declaration, with_shock, chain))}) {
    EXPECT_TRUE(options.glcascade_guard && options.upstream && options.downstream);
    EXPECT_FALSE(options.market);
    EXPECT_EQ(options.eps, 0.05);
  }
  EXPECT_FALSE(
      cascade_options(Arguments(systemic_analysis().declaration, {}, chain)).glcascade_guard);
}

std::string many_scenarios(std::size_t count) {
  std::string text = "scenario,node,share,share_up\n";
  for (std::size_t s = 0; s < count; ++s)
    text += fmt::format("s{0},n{1},{2},\ns{0},n{3},0.25,0.5\n", s, s % 30,
                        s % 7 == 0 ? 1 : 0.01 * static_cast<double>(s % 90), (s + 11) % 30);
  return text;
}

// Every table and finding, cell by cell; NaN is NaN.
std::string all_of(const Report& report) {
  std::string text;
  for (const auto& table : report.tables)
    for (std::size_t r = 0; r < table.rows(); ++r)
      for (std::size_t c = 0; c < table.columns().size(); ++c)
        text +=
            std::visit([](const auto& cell) { return fmt::format("{}\n", cell); }, table.at(r, c));
  for (const auto& finding : report.findings) text += finding.text + "\n";
  return text;
}

TEST(Cascade, ScenariosSideBySideGiveTheSameBitsInTheSameOrder) {
  const Chain chain(networks::random_parts(71, 30, 4, false));
  const auto asked = [&](std::size_t threads) {
    const tbb::global_control most(tbb::global_control::max_allowed_parallelism, threads);
    return ask(chain, many_scenarios(60), {{"why", "n7"}, {"top", "5"}});
  };
  const auto one = asked(1);
  for (const std::size_t threads : {2U, 4U})
    for (int again = 0; again < 3; ++again) EXPECT_EQ(all_of(one), all_of(asked(threads)));
  const auto& scenarios = one.table("scenarios");
  ASSERT_EQ(scenarios.rows(), 120);  // by two weights
  for (std::size_t s = 0; s < 60; ++s) {
    EXPECT_EQ(scenarios.texts("scenario")[2 * s], "s" + std::to_string(s));
    if (s % 17 != 0) continue;
    const auto alone =
        ask(chain, fmt::format("node,share,share_up\nn{},{},\nn{},0.25,0.5\n", s % 30,
                               s % 7 == 0 ? 1 : 0.01 * static_cast<double>(s % 90), (s + 11) % 30));
    EXPECT_EQ(alone.table("scenarios").reals("esri")[0], scenarios.reals("esri")[2 * s]);
  }
}

class Impatient : public Progress {
 public:
  explicit Impatient(int patience) : patience_(patience) {}
  void report(std::string_view stage, double done) override {
    const std::lock_guard lock(mutex_);
    if (stage == "following scenarios") done_.push_back(done);
  }
  [[nodiscard]] bool cancelled() const override {
    const std::lock_guard lock(mutex_);
    return static_cast<int>(done_.size()) > patience_;
  }
  [[nodiscard]] std::vector<double> done() const { return done_; }

 private:
  int patience_;
  mutable std::mutex mutex_;
  std::vector<double> done_;
};

TEST(Cascade, TellsHowManyScenariosAreDoneAndStopsWhenToldTo) {
  const Chain chain(networks::random_parts(71, 30, 4, false));
  const WrittenFile file("shock.csv", many_scenarios(40));
  const Arguments::Given given = {{"shock", file.path().string()}};
  Impatient patient(1000);
  (void)run(cascade_analysis(), chain, given, patient);
  auto done = patient.done();
  std::sort(done.begin(), done.end());
  ASSERT_EQ(done.size(), 41);  // the start, and each scenario
  for (std::size_t s = 0; s <= 40; ++s) EXPECT_DOUBLE_EQ(done[s], static_cast<double>(s) / 40);
  Impatient hurried(5);
  EXPECT_THAT(error_text([&] { (void)run(cascade_analysis(), chain, given, hurried); }),
              HasSubstr("cancelled"));
  EXPECT_LT(hurried.done().size(), 30);
}

TEST(Cascade, ExplainsTheWorstHitOfEveryScenario) {
  const Chain chain(networks::random_parts(51, 30, 4, false));
  const auto report = ask(chain, "scenario,node,share\na,n1,1\nb,n2,0.5\n",
                          {{"explain", "2"}, {"why", "n7"}, {"market", "off"}});
  const auto& table = report.table("explanations");
  EXPECT_GE(table.rows(), 4);
  EXPECT_EQ(table.texts("node")[0], "N7");
  const auto& steps = report.table("steps");
  for (std::size_t r = 0; r < steps.rows(); ++r)
    if (steps.integers("step")[r] == 1) {
      EXPECT_EQ(steps.texts("node")[r], steps.texts("explains")[r]);
    }
  EXPECT_THAT(report.findings.front().text, HasSubstr("a: "));
}

TEST(Cascade, NegativeFlowsCountAsZeroAndAreNoted) {
  auto parts = networks::random_parts(61, 10, 3, true);
  Matrix z = parts.flows.dense();
  z(2, 3) = -5;
  parts.flows = FlowMatrix(z);
  const auto report = ask(Chain(parts), "node,share\nn1,1\n");
  EXPECT_THAT(report.provenance.notes, testing::Contains(HasSubstr("1 flows below zero")));
}

TEST(Cascade, ANetworkWithoutMakersOrLinksIsRefusedByName) {
  ChainParts nobody;
  nobody.info.name = "empty";
  auto unlinked = networks::parts(FlowMatrix(Matrix(2, 2)), {0, 1}, {});
  unlinked.info.name = "empty";
  for (const auto& [parts, makers] : {std::pair{nobody, 0}, {unlinked, 2}})
    for (const auto& analysis : {systemic_analysis(), cascade_analysis()})
      EXPECT_EQ(error_text([&] { (void)run(analysis, Chain(parts), {{"shock", "s.csv"}}); }),
                fmt::format("missing_part: '{}' needs flows, which empty does not have | empty has "
                            "{} makers, and none sells to another: were the links read? See stave "
                            "info.",
                            analysis.declaration.name, makers));
}

TEST(Cascade, NamesNearNodesAndWhatTheFileLacks) {
  const auto chain = networks::six_firms();
  EXPECT_THAT(error_text([&] { (void)ask(chain, "node,share\nn9,1\n"); }),
              HasSubstr("shock.csv:2: column 'node': 'n9' is not a node of this chain | Did you"));
  EXPECT_THAT(error_text([&] { (void)ask(chain, "node\nn1\n"); }), HasSubstr("no column 'share'"));
  EXPECT_THAT(error_text([&] { (void)run(cascade_analysis(), chain, {}); }),
              HasSubstr("'cascade' needs --shock"));
  EXPECT_THAT(
      error_text([&] { (void)run(cascade_analysis(), chain, {{"shock", "/nowhere/shock.csv"}}); }),
      HasSubstr("not_found"));
}

}  // namespace
}  // namespace stave
