#include "stave/systemic/explanation.hpp"

#include "stave/systemic/systemic.hpp"

#include "systemic/networks.hpp"
#include "systemic/sentence.hpp"

namespace stave {
namespace {

LossTracer traced(const CascadeNetwork& network, const std::vector<double>& shock,
                  const CascadeOptions& options = {}) {
  return {network, ShockFollower(network), shock, shock, options};
}

double sum_of_parts(const LossStep& step) {
  double sum = 0;
  for (const auto& part : step.parts) sum += part.part;
  return sum;
}

// Chips (n0 Taiwan 8, n1 Korea 2), steel (n2 sells 5) -> cars n3 -> dealer n4 (a service).
Chain cars() {
  Recipe recipe = Recipe::uniform(Need::non_essential);
  recipe.set(ProductId(0), ProductId(2), Need::essential);
  auto p = networks::parts(FlowMatrix::from_flows(5, {{0, 3, 8}, {1, 3, 2}, {2, 3, 5}, {3, 4, 30}}),
                           {0, 0, 1, 2, 3}, recipe, {0, 1, 2, 2, 2});
  p.regions = Classification("region", {{.code = "TWN", .name = "Taiwan"},
                                        {.code = "KOR", .name = "Korea"},
                                        {.code = "DEU", .name = "Germany"}});
  p.products = Classification("product", {{.code = "chip", .name = "Chips"},
                                          {.code = "steel", .name = "Steel"},
                                          {.code = "car", .name = "Cars"},
                                          {.code = "deal", .name = "Dealers"}});
  for (auto& node : p.nodes) node.name.clear();
  return Chain(std::move(p));
}

// Without substitution: cars lose 8 / 10; the dealer buys only cars, so it loses 0.8 as well.
// Korea and steel lose the orders of nobody: cars' h_u stays 1.
TEST(LossTracer, FindsTheInputThatBindsByHand) {
  const auto chain = cars();
  const ChainCascade cascade(chain);
  const auto tracer = traced(cascade.network(), {1, 0, 0, 0, 0}, {.market = false});
  const auto step = tracer.from_suppliers(NodeId(3));
  EXPECT_EQ(step.cause, LossCause::essential_input);
  EXPECT_EQ(step.input, ProductId(0));
  EXPECT_DOUBLE_EQ(step.loss, 0.8);
  ASSERT_EQ(step.parts.size(), 1);
  EXPECT_EQ(step.parts[0].other, NodeId(0));
  EXPECT_DOUBLE_EQ(step.parts[0].dependence, 0.8);
  EXPECT_EQ(step.parts[0].substituted, 0);
  EXPECT_EQ(tracer.from_suppliers(NodeId(0)).cause, LossCause::shock);
  EXPECT_EQ(tracer.from_suppliers(NodeId(1)).cause, LossCause::none);
}

TEST(LossTracer, TellsThePathBackToTheShock) {
  const auto chain = cars();
  const ChainCascade cascade(chain);
  const auto tracer = traced(cascade.network(), {1, 0, 0, 0, 0}, {.market = false});
  EXPECT_EQ(path_in_words(chain, tracer, tracer.path(NodeId(3))),
            "Cars in Germany loses 80 %: 80 % of its Chips come from Chips in Taiwan, which the "
            "shock closed.");
  const auto path = tracer.path(NodeId(4));
  ASSERT_EQ(path.steps.size(), 3);
  EXPECT_TRUE(path.reaches_shock);
  EXPECT_EQ(path.steps[0].cause, LossCause::other_inputs);
  EXPECT_EQ(path_in_words(chain, tracer, path),
            "Dealers in Germany loses 80 %: all of its purchases come from Cars in Germany, which "
            "loses 80 %. There, 80 % of its Chips come from Chips in Taiwan, which the shock "
            "closed.");
}

// Taiwan holds 8 of 10 in chips: after it stops 2 are left, so sigma = min(1, 8 / 2) = 1. Closing
// Korea instead: sigma = 2 / 8, cars lose 0.2 * 0.25 = 0.05, the others make up for 75 %.
TEST(LossTracer, SaysWhatCompetitorsMakeUpFor) {
  const auto chain = cars();
  const ChainCascade cascade(chain);
  const auto tracer = traced(cascade.network(), {0, 1, 0, 0, 0});
  EXPECT_EQ(path_in_words(chain, tracer, tracer.path(NodeId(3))),
            "Cars in Germany loses 5.0 %: 20 % of its Chips come from Chips in Korea, which the "
            "shock closed; other makers make up for 75 % of that.");
}

// The dealer buys half as much: cars sell all to it, chips all to cars. Orders carry it.
TEST(LossTracer, FollowsLostOrdersToTheCustomer) {
  const auto chain = cars();
  const ChainCascade cascade(chain);
  const auto tracer = traced(cascade.network(), {0, 0, 0, 0, 0.5});
  const auto path = tracer.path(NodeId(0));
  EXPECT_EQ(path.steps[0].cause, LossCause::lost_demand);
  EXPECT_EQ(path_in_words(chain, tracer, path),
            "Chips in Taiwan loses 50 %: all of its sales go to Cars in Germany, which buys 50 % "
            "less. There, all of its sales go to Dealers in Germany, which the shock cut by 50 %.");
}

// n0 -> n1 <-> n2: what n1 and n2 take from each other comes round; the path still ends at n0.
TEST(LossTracer, LeavesALoopAndSaysSo) {
  const auto chain =
      Chain(networks::parts(FlowMatrix::from_flows(3, {{0, 1, 1}, {1, 2, 4}, {2, 1, 3}}), {0, 1, 2},
                            Recipe::uniform(Need::non_essential)));
  const ChainCascade cascade(chain);
  const auto tracer = traced(cascade.network(), {1, 0, 0}, {.market = false, .eps = 1e-9});
  const auto path = tracer.path(NodeId(2));
  ASSERT_EQ(path.steps.size(), 3);
  EXPECT_EQ(path.steps[1].node, NodeId(1));
  EXPECT_EQ(path.steps[1].parts[0].other, NodeId(2));  // the largest part leads back
  EXPECT_EQ(path.steps[2].node, NodeId(0));
  EXPECT_TRUE(path.reaches_shock);
  EXPECT_THAT(path_in_words(chain, tracer, path), testing::HasSubstr("comes round from those"));
}

// n0 -> n1 <-> n2, all essential, n2 also the only maker of what n1 needs: once all stand still,
// n2 binds n1 as much as n0 does. The path leads to n0, not round.
TEST(LossTracer, OfEqualInputsTakesTheOneThatLeadsToTheShock) {
  const auto chain =
      Chain(networks::parts(FlowMatrix::from_flows(3, {{0, 1, 1}, {1, 2, 4}, {2, 1, 3}}), {2, 1, 0},
                            Recipe::uniform(Need::essential)));
  const ChainCascade cascade(chain);
  const auto tracer = traced(cascade.network(), {1, 0, 0}, {.eps = 1e-9});
  const auto path = tracer.path(NodeId(2));
  ASSERT_EQ(path.steps.size(), 3);
  EXPECT_TRUE(path.reaches_shock);
  EXPECT_EQ(path.steps[1].input, ProductId(2));
}

// As above, but n1 <-> n2 feed on each other before n0's input is short: the largest part of n1
// leads to n2 alone, which leads back, so the smaller one is taken.
TEST(LossTracer, TakesTheNextLargestPartWhereTheLargestOnlyLeadsBack) {
  const auto chain =
      Chain(networks::parts(FlowMatrix::from_flows(4, {{0, 1, 1}, {2, 1, 9}, {1, 2, 5}, {1, 3, 2}}),
                            {0, 1, 2, 3}, Recipe::uniform(Need::non_essential)));
  const ChainCascade cascade(chain);
  const auto tracer = traced(cascade.network(), {1, 0, 0, 0}, {.market = false, .eps = 1e-6});
  const auto path = tracer.path(NodeId(3));
  ASSERT_EQ(path.steps.size(), 3);
  EXPECT_EQ(path.steps[1].parts[0].other, NodeId(2));
  EXPECT_EQ(path.followed[1], 1);
  EXPECT_TRUE(path.reaches_shock);
}

// Every step of every node: the parts add up to the loss to rounding, and every loss has a path
// that ends at the shock.
void expect_parts_that_sum(const ChainParts& parts, const CascadeOptions& options) {
  const Chain chain(parts);
  const ChainCascade cascade(chain);
  std::vector<double> shock(chain.size());
  shock[1] = 1;
  shock[5] = 0.4;
  const auto tracer = traced(cascade.network(), shock, options);
  std::size_t explained = 0;
  for (std::size_t i = 0; i < chain.size(); ++i) {
    for (const auto& step : {tracer.from_suppliers(NodeId(i)), tracer.from_customers(NodeId(i))}) {
      if (step.parts.empty()) continue;
      EXPECT_NEAR(sum_of_parts(step), step.loss, 1e-13);
      ++explained;
    }
    const auto path = tracer.path(NodeId(i));
    ASSERT_EQ(path.followed.size() + 1, path.steps.size());
    EXPECT_EQ(path.reaches_shock, path.steps[0].loss > 0) << i;
    for (std::size_t k = 0; k + 1 < path.steps.size(); ++k)
      EXPECT_EQ(path.steps[k].parts.at(path.followed[k]).other, path.steps[k + 1].node);
  }
  EXPECT_GT(explained, chain.size() / 2);
}

TEST(LossTracer, PartsAddUpToTheLossAtEveryStep) {
  for (const bool dense : {true, false})
    for (const bool market : {true, false})
      for (const double eps : {1e-2, 1e-9}) {
        SCOPED_TRACE(fmt::format("dense {} market {} eps {}", dense, market, eps));
        expect_parts_that_sum(networks::random_parts(11, 40, 5, dense),
                              {.market = market, .eps = eps});
      }
}

}  // namespace
}  // namespace stave
