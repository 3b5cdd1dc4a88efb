// The shortest route from a loss to the target, and how it is told.
#include "stave/analysis/analysis.hpp"
#include "stave/breakpoint/breakpoint.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "breakpoint/chains.hpp"

namespace stave {

Analysis breakpoints_analysis();

namespace {

using testing::ElementsAre;
using testing::IsEmpty;

using Nodes = std::vector<std::int32_t>;

Nodes nodes_of(const std::vector<FailureStep>& route) {
  Nodes nodes;
  for (const auto& step : route) nodes.push_back(step.node);
  return nodes;
}

// One route, although both batteries stop: car (0) without battery (1 and 2) without lithium (4).
TEST(FailureRoutes, AreOneWayFromALostSourceToTheTarget) {
  const auto chain = car();
  const BreakpointSystem system(chain, SourceKind::enterprise);
  const auto route = FailureRoutes(system, Nodes{0}).of(Nodes{4});
  ASSERT_THAT(nodes_of(route), ElementsAre(4, 1, 0));
  EXPECT_EQ(route[0].product, -1);
  EXPECT_THAT(route[1].because, ElementsAre(4));
  EXPECT_THAT(route[2].because, ElementsAre(1, 2));
}

// Oil (3) reaches the car (0) by plastic (2) in two steps, by steel (4) and body (1) in three.
TEST(FailureRoutes, TakeTheFewestSteps) {
  const auto chain = chain_of({"car", "body", "plastic", "oil", "steel"},
                              {{1, 0, 1}, {4, 1, 1}, {3, 4, 1}, {2, 0, 1}, {3, 2, 1}});
  const BreakpointSystem system(chain, SourceKind::enterprise);
  EXPECT_THAT(nodes_of(FailureRoutes(system, Nodes{0}).of(Nodes{3})), ElementsAre(3, 2, 0));
}

// The chip of 1 is lost, that of 2 stops without gas (4), which stops without neon (3). The car (0)
// has a chip until 2 stops: the route is that of 2, and 1 is named.
TEST(FailureRoutes, FollowTheSupplierThatStopsLast) {
  const auto chain = chain_of({"car", "chip", "chip", "neon", "gas"},
                              {{1, 0, 1}, {2, 0, 1}, {4, 2, 1}, {3, 4, 1}});
  const BreakpointSystem system(chain, SourceKind::enterprise);
  const auto route = FailureRoutes(system, Nodes{0}).of(Nodes{1, 3});
  ASSERT_THAT(nodes_of(route), ElementsAre(3, 4, 2, 0));
  EXPECT_THAT(route[3].because, ElementsAre(1, 2));
}

// Power (1) stops without coal (4). It also buys steel (2), which stops as power does: no reason.
TEST(FailureRoutes, DoNotExplainAStopByItsOwnConsequence) {
  const auto chain = chain_of({"car", "power", "steel", "steel", "coal", "mine"},
                              {{1, 0, 1}, {2, 1, 1}, {1, 2, 1}, {3, 1, 1}, {4, 1, 1}, {5, 4, 1}});
  const BreakpointSystem system(chain, SourceKind::enterprise);
  const auto route = FailureRoutes(system, Nodes{0}).of(Nodes{3, 5});
  EXPECT_THAT(nodes_of(route), ElementsAre(5, 4, 1, 0));
}

TEST(FailureRoutes, AreTheSameWhateverSetWasFollowedBefore) {
  const auto chain = car();
  const BreakpointSystem system(chain, SourceKind::enterprise);
  FailureRoutes routes(system, Nodes{0});
  EXPECT_EQ(routes.of(Nodes{4}).size(), 3U);
  EXPECT_THAT(routes.of(Nodes{1}), IsEmpty());  // the other battery is left
  EXPECT_EQ(routes.of(Nodes{4}).size(), 3U);
}

// Rounds by sweeps over all groups: a node stops in the round after too little was left.
std::vector<std::int32_t> rounds_by_sweeps(const BreakpointSystem& system, const Nodes& set) {
  std::vector<std::int32_t> round(system.nodes(), -1);
  for (std::size_t i = 0; i < round.size(); ++i)
    if (std::ranges::find(set, system.source_of[i]) != set.end()) round[i] = 0;
  const auto count = static_cast<std::int32_t>(system.nodes());
  for (std::int32_t r = 1; r <= count; ++r)
    for (std::size_t g = 0; g < system.group_node.size(); ++g) {
      double left = 0;
      bool any = false;
      for (auto k = system.member_start[g]; k < system.member_start[g + 1]; ++k) {
        const auto i = static_cast<std::size_t>(system.member[static_cast<std::size_t>(k)]);
        if (round[i] >= 0 && round[i] < r) continue;
        any = true;
        left += system.weight[static_cast<std::size_t>(k)];
      }
      auto& user = round[static_cast<std::size_t>(system.group_node[g])];
      if (user < 0 && (!any || left < system.threshold - 1e-12)) user = r;
    }
  return round;
}

void expect_shortest(const BreakpointSystem& system, const Nodes& target, const Nodes& set,
                     const std::vector<FailureStep>& route) {
  const auto round = rounds_by_sweeps(system, set);
  const auto of = [&](std::int32_t node) { return round[static_cast<std::size_t>(node)]; };
  std::int32_t least = -1;
  for (const auto t : target)
    if (of(t) > 0 && (least < 0 || of(t) < least)) least = of(t);
  ASSERT_EQ(static_cast<std::int32_t>(route.size()), least < 0 ? 0 : least + 1);
  for (std::size_t k = 0; k < route.size(); ++k) {
    EXPECT_EQ(of(route[k].node), static_cast<std::int32_t>(k));
    if (k == 0) continue;
    EXPECT_THAT(route[k].because, testing::Contains(route[k - 1].node));
    EXPECT_THAT(route[k].because,
                testing::Each(testing::ResultOf(
                    of, testing::AllOf(testing::Ge(0), testing::Lt(of(route[k].node))))));
  }
  if (least > 0) {
    EXPECT_THAT(target, testing::Contains(route.back().node));
  }
}

TEST(FailureRoutes, TakeAsManyStepsAsSweepsOverAllNodesNeed) {
  int reached = 0;
  for (std::uint64_t seed = 0; seed < 200 && !testing::Test::HasFailure(); ++seed) {
    const auto chain = random_chain(seed, seed % 2 == 0 ? 6 : 20);
    const BreakpointSystem system(
        chain, seed % 3 == 0 ? SourceKind::region_product : SourceKind::enterprise,
        seed % 4 == 1 ? 0.4 : 0);
    const auto target = system.target(chain.nodes().front().product, std::nullopt);
    FailureRoutes routes(system, target);
    const auto sources = static_cast<std::int32_t>(system.sources());
    for (std::int32_t a = 0; a < sources; ++a)
      for (std::int32_t b = a; b < sources; ++b) {
        const auto set = a == b ? Nodes{a} : Nodes{a, b};
        const auto route = routes.of(set);
        reached += route.size() > 2 ? 1 : 0;
        ASSERT_NO_FATAL_FAILURE(expect_shortest(system, target, set, route)) << "seed " << seed;
      }
  }
  EXPECT_GT(reached, 1000);
}

// The chip (1) goes into the car (0) in one step if lost with its twin (2), which gas (3) feeds as
// it feeds 1; sand (4) needs gas too, alone carries glass (5), and that the car: three steps.
//   gas -> chip 1, chip 2 -> car: both chips are gone in round 1, the car stops in round 2
TEST(FailureRoutes, GoOnAloneWhenTheLinksToFollowAreSpent) {
  const auto chain =
      chain_of({"car", "chip", "chip", "gas", "sand", "glass"},
               {{1, 0, 1}, {2, 0, 1}, {3, 1, 1}, {3, 2, 1}, {3, 4, 1}, {4, 5, 1}, {5, 0, 1}});
  const BreakpointSystem system(chain, SourceKind::enterprise);
  FailureRoutes whole(system, Nodes{0});
  EXPECT_THAT(nodes_of(whole.of(Nodes{3})), ElementsAre(3, 1, 0));
  EXPECT_TRUE(whole.proved());
  FailureRoutes quick(system, Nodes{0}, 2);
  const auto route = quick.of(Nodes{3});
  EXPECT_THAT(nodes_of(route), ElementsAre(3, 4, 5, 0));
  EXPECT_THAT(route.back().because, ElementsAre(5));
  EXPECT_FALSE(quick.proved());
  (void)quick.of(Nodes{5});  // one step alone, and no shorter
  EXPECT_TRUE(quick.proved());
}

// What the column `path` of the break sets says.
std::vector<std::string> paths_of(const Chain& chain, Arguments::Given given) {
  const auto report = run(breakpoints_analysis(), chain, given);
  const auto& cells = report.table("break_sets").columns().back().cells;
  return std::get<std::vector<std::string>>(cells);
}

TEST(BreakpointsPath, TellsEachStepAndWhoTheMissingInputCameFrom) {
  const auto paths = paths_of(car(), {{"target", "car"}, {"by", "enterprise"}, {"size", "2"}});
  EXPECT_THAT(paths,
              ElementsAre("R0: chip is lost; R0: car stops without chip",
                          "R0: lithium is lost; R0: battery stops without lithium; R0: car stops "
                          "without battery",
                          "R0: lithography is lost; R0: chip stops without lithography; R0: car "
                          "stops without chip",
                          "R0: battery is lost; R0: car stops without battery"));
}

// Regions alternate: the chips (1, 3) come from R1, (2) from R0 and needs gas (5) from R1; neon (4)
// from R0 is that of gas.
TEST(BreakpointsPath, NamesTheOthersWhereSeveralLossesMeet) {
  const auto chain = chain_of({"car", "chip", "chip", "bolt", "neon", "gas"},
                              {{1, 0, 1}, {2, 0, 1}, {5, 2, 1}, {4, 5, 1}}, 2);
  EXPECT_THAT(
      paths_of(chain, {{"target", "car"}, {"size", "2"}}),
      ElementsAre("R1: chip is lost; R0: car stops without chip: it came from R1 and R0, "
                  "both lost",
                  "R0: neon is lost; R1: gas stops without neon; R0: chip stops without "
                  "gas; R0: car stops without chip: it came from R1 (lost) and R0 (stopped)",
                  "R1: gas is lost; R0: chip stops without gas; R0: car stops without chip: "
                  "it came from R1 (lost) and R0 (stopped)"));
}

// The cars of R0 and R1 need film, which R0 makes: R0 makes the car itself and stops both.
Chain cars_of_two_regions() { return chain_of({"car", "car", "film"}, {{2, 0, 1}, {2, 1, 1}}, 2); }

TEST(BreakpointsReport, SaysWhichSourcesMakeTheTargetAndWhenItCountsAsStopped) {
  const auto report =
      run(breakpoints_analysis(), cars_of_two_regions(), {{"target", "car"}, {"by", "region"}});
  ASSERT_EQ(report.findings.size(), 2U);
  EXPECT_EQ(report.findings[0].text, "car has one single point of failure: R0.");
  EXPECT_EQ(report.findings[1].text,
            "R0 makes it itself: without it, its makers elsewhere stop too.");
  EXPECT_EQ(
      report.provenance.notes.front(),
      "2 sources make car themselves: R0 and R1. Where one of them is lost, the target counts "
      "as stopped when its makers elsewhere stop too. The loss of all 2 at once is that of the "
      "target itself and is not listed.");
}

// car(): three single points and the pair of batteries.
TEST(BreakpointsReport, CountsOneSetAsOne) {
  const auto report =
      run(breakpoints_analysis(), car(), {{"target", "car"}, {"by", "enterprise"}, {"size", "2"}});
  EXPECT_THAT(report.findings,
              testing::Contains(testing::Field(&Finding::text,
                                               "One set of 2 sources stops it: firm 1 + firm 2.")));
}

TEST(BreakpointsReport, LeadsThePathToAMakerThatIsNotLostItself) {
  EXPECT_THAT(paths_of(cars_of_two_regions(), {{"target", "car"}, {"by", "region"}}),
              ElementsAre("R0: film is lost; R1: car stops without film"));
}

// By region, R1 holds the only makers asked about, and nothing else stops its bolts.
TEST(BreakpointsReport, SaysWhichSourceWasNotTried) {
  const auto chain = chain_of({"car", "bolt", "car"}, {{1, 0, 1}, {1, 2, 1}}, 2);
  const auto report =
      run(breakpoints_analysis(), chain, {{"target", "bolt"}, {"region", "R1"}, {"by", "region"}});
  EXPECT_EQ(report.findings.front().text,
            "No single loss stops bolt in R1 but that of R1, which makes it.");
  EXPECT_EQ(report.provenance.notes.front(),
            "R1 holds every maker of bolt in R1: its loss is the loss of the target itself, so it "
            "was not tried.");
}

}  // namespace
}  // namespace stave
