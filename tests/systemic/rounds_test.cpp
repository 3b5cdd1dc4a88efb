// `stave cascade --rounds on`: a scenario round by round.
#include "stave/systemic/systemic.hpp"

#include <algorithm>
#include <map>
#include <optional>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "formats/written_file.hpp"
#include "systemic/networks.hpp"
#include "systemic/round_list.hpp"

namespace stave {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;

Report rounds_of(const Chain& chain, const std::string& shock, Arguments::Given given = {}) {
  const WrittenFile file("shock.csv", shock);
  given["shock"] = file.path().string();
  given.emplace("rounds", "on");
  return run(cascade_analysis(), chain, given);
}

bool has_table(const Report& report, const std::string& name) {
  return std::ranges::find(report.tables, name, &Table::name) != report.tables.end();
}

// n0 sells 10 to n1, n1 20 to n2, each essential; n0 makes half and buys as before. The loss goes
// one link a round; in round 3 nothing falls any more.
Chain line() {
  auto parts = networks::parts(FlowMatrix(Matrix::of({{0, 10, 0}, {0, 0, 20}, {0, 0, 0}})),
                               {0, 1, 2}, Recipe::uniform(Need::essential), {0, 0, 1});
  parts.final_columns = {{RegionId(0), "households"}};
  parts.final_use = Matrix::of({{0}, {10}, {30}});
  return Chain(std::move(parts));
}

TEST(Rounds, TellALineByHand) {
  const auto report = rounds_of(line(), "node,share,share_up\nn0,50%,0\n", {{"weights", "output"}});
  const auto& rounds = report.table("rounds");
  EXPECT_THAT(rounds.texts("node"), ElementsAre("n0", "n1", "n2"));
  EXPECT_THAT(rounds.texts("name"), ElementsAre("N0", "N1", "N2"));
  EXPECT_THAT(rounds.texts("region"), ElementsAre("r0", "r0", "r1"));
  EXPECT_THAT(rounds.integers("round"), ElementsAre(0, 1, 2));
  EXPECT_THAT(rounds.reals("loss_down"), ElementsAre(50, 50, 50));
  EXPECT_THAT(rounds.reals("loss_up"), ElementsAre(0, 0, 0));
  const auto& totals = report.table("round_totals");
  EXPECT_THAT(totals.integers("round"), ElementsAre(0, 1, 2, 3));
  EXPECT_THAT(totals.integers("hit"), ElementsAre(0, 1, 2, 2));
  EXPECT_THAT(totals.reals("largest_fall"), ElementsAre(50, 50, 50, 0));
  // Of outputs 10, 30, 30.
  EXPECT_NEAR(totals.reals("loss")[0], 100 * 5 / 70.0, 1e-12);
  EXPECT_NEAR(totals.reals("loss")[1], 100 * 20 / 70.0, 1e-12);
  EXPECT_NEAR(totals.reals("loss")[3], 50, 1e-12);
}

TEST(Rounds, AreThereOnlyWhenAskedFor) {
  const auto report = rounds_of(line(), "node,share\nn0,1\n", {{"rounds", "off"}});
  EXPECT_FALSE(has_table(report, "rounds"));
  EXPECT_FALSE(has_table(report, "round_totals"));
  EXPECT_TRUE(std::ranges::none_of(report.figures,
                                   [](const Figure& f) { return f.table == "round_totals"; }));
}

using ByMaker = std::map<std::pair<std::string, std::string>, double>;

// The last row of each maker in each scenario.
ByMaker last_losses(const Table& rounds, const std::string& column) {
  ByMaker last;
  for (std::size_t k = 0; k < rounds.rows(); ++k)
    last[{rounds.texts("scenario")[k], rounds.texts("node")[k]}] = rounds.reals(column)[k];
  return last;
}

void expect_ends_as_reported(const Report& report) {
  const auto& nodes = report.table("nodes");
  const auto loss = last_losses(report.table("rounds"), "loss");
  const auto down = last_losses(report.table("rounds"), "loss_down");
  const auto up = last_losses(report.table("rounds"), "loss_up");
  ASSERT_EQ(loss.size(), nodes.rows());
  for (std::size_t k = 0; k < nodes.rows(); ++k) {
    const std::pair key{nodes.texts("scenario")[k], nodes.texts("id")[k]};
    EXPECT_EQ(loss.at(key), nodes.reals("lost")[k]);
    EXPECT_EQ(down.at(key), nodes.reals("from_suppliers")[k]);
    EXPECT_EQ(up.at(key), nodes.reals("from_customers")[k]);
  }
  const auto& totals = report.table("round_totals");
  const auto& scenarios = report.table("scenarios");
  for (std::size_t s = 0; s < scenarios.rows(); ++s) {
    std::optional<std::size_t> last;
    for (std::size_t k = 0; k < totals.rows(); ++k)
      if (totals.texts("scenario")[k] == scenarios.texts("scenario")[s] &&
          totals.texts("weight")[k] == scenarios.texts("weight")[s])
        last = k;
    ASSERT_TRUE(last.has_value());
    EXPECT_EQ(totals.reals("loss")[*last], scenarios.reals("esri")[s]);
    EXPECT_EQ(totals.integers("hit")[*last], scenarios.integers("hit")[s]);
    EXPECT_EQ(totals.integers("round")[*last], scenarios.integers("rounds")[s]);
  }
}

TEST(Rounds, EndWithTheBitsThatAreReported) {
  for (const bool dense : {true, false}) {
    const Chain chain(networks::random_parts(31, 40, 5, dense));
    for (const std::string follow : {"both", "supplies", "orders"})
      for (const std::string top : {"5", "100"})
        expect_ends_as_reported(rounds_of(chain, "scenario,node,share\na,n3,1\na,n5,0.4\nb,n9,1\n",
                                          {{"follow", follow}, {"top", top}, {"eps", "1e-6"}}));
  }
}

// What a row says is what the slow twin has when it may take no more rounds.
TEST(Rounds, AreTheRoundsOfTheTwin) {
  const Chain chain(networks::random_parts(32, 30, 4, false));
  const auto report = rounds_of(chain, "node,share\nn3,1\n", {{"eps", "1e-8"}});
  const ChainCascade cascade(chain);
  std::vector<double> shock(chain.size());
  shock[3] = 1;
  const auto& rounds = report.table("rounds");
  ASSERT_GT(rounds.rows(), 10);
  for (std::size_t k = 0; k < rounds.rows(); ++k) {
    const CascadeOptions so_many{.eps = 1e-8,
                                 .max_rounds = static_cast<int>(rounds.integers("round")[k])};
    const auto twin = cascade_reference(cascade.network(), shock, {}, so_many);
    const auto node = chain.require_node(rounds.texts("node")[k]).at();
    EXPECT_EQ(rounds.reals("loss_down")[k], 100 * (1 - twin.h_d[node]));
    EXPECT_EQ(rounds.reals("loss_up")[k], 100 * (1 - twin.h_u[node]));
  }
}

// n0 and n1 sell 99 of 100 to each other, so that the orders lost with n2 come round for thousands
// of rounds.
TEST(Rounds, BeyondTheLimitKeepTheLast) {
  auto parts = networks::parts(FlowMatrix(Matrix::of({{0, 99, 1}, {99, 0, 0}, {0, 0, 0}})),
                               {0, 1, 2}, Recipe::uniform(Need::none));
  parts.final_columns = {{RegionId(0), "households"}};
  parts.final_use = Matrix::of({{0}, {1}, {5}});
  const auto report = rounds_of(Chain(std::move(parts)), "node,share\nn2,1\n",
                                {{"eps", "1e-12"}, {"weights", "output"}});
  ASSERT_GT(report.table("scenarios").integers("rounds")[0], 1000 + 1);
  EXPECT_EQ(report.table("round_totals").rows(), most_rounds_listed + 2);
  expect_ends_as_reported(report);
  EXPECT_THAT(report.provenance.notes, Contains(HasSubstr("the first 1000 and the last")));
}

TEST(Rounds, ALineAWeightOrAScenario) {
  const auto series = [](const Report& report) {
    const auto found = std::ranges::find(report.figures, "round_totals", &Figure::table);
    return found == report.figures.end() ? std::string() : found->columns.at("series");
  };
  EXPECT_EQ(series(rounds_of(line(), "node,share\nn0,1\n")), "weight");
  const std::string two = "scenario,node,share\na,n0,1\nb,n1,1\n";
  EXPECT_EQ(series(rounds_of(line(), two, {{"weights", "output"}})), "scenario");
  EXPECT_EQ(series(rounds_of(line(), two)), "") << "two weights of two scenarios";
}

}  // namespace
}  // namespace stave
