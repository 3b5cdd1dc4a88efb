// What is made of a run: indicators, causes, trouble, sparklines; on runs made by hand.
#include "stave/core/error.hpp"
#include "stave/shock/shock.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "formats/scenario_chain.hpp"
#include "shock/hand_made.hpp"

namespace stave {
namespace {

using testing::ElementsAre;
using Kind = CauseStep::Kind;

// Days 0 to 5 of a normal output of 100: 100, 90, 60, 80, 96, 99. The event begins on day 1. Value
// added is half of output: lost 0, 5, 20, 10, 2, .5 = 37.5 of 6 x 50.
TEST(Indicators, AreThoseWorkedByHand) {
  auto s = simulation_of({100, 90, 60, 80, 96, 99}, 100, 2);
  s.days[3].final_unmet = 3;
  s.days[4].final_unmet = 1;
  s.nodes[1].value_added_lost = 15;
  Scenario scenario;
  scenario.days = 6;
  scenario.capacity = {loss_of(NodeId(1), 0.5, 1, 2)};
  const auto it = indicators(scenario, s, normal_of(100));
  EXPECT_DOUBLE_EQ(it.least_output, 0.6);
  EXPECT_EQ(it.least_day, 2);
  EXPECT_EQ(it.back_after, 3);  // day 4 is the first of those that stay at 95 % or more
  EXPECT_DOUBLE_EQ(it.value_added_lost, 37.5);
  EXPECT_DOUBLE_EQ(it.value_added_lost_share, 0.125);
  EXPECT_DOUBLE_EQ(it.output_lost, 75);
  EXPECT_DOUBLE_EQ(it.loss_multiplier.value(), 2.5);
  EXPECT_DOUBLE_EQ(it.unmet, 4);
  EXPECT_DOUBLE_EQ(it.unmet_share, 4.0 / 60);
  EXPECT_EQ(it.short_after, 2);
}

TEST(Indicators, SayWhatNeverHappens) {
  Scenario scenario;
  scenario.days = 3;
  const auto calm = indicators(scenario, simulation_of({100, 100, 100}, 100), normal_of(100));
  EXPECT_EQ(calm.least_day, -1);
  const auto rounded =
      indicators(scenario, simulation_of({100, 100 - 1e-12, 100}, 100), normal_of(100));
  EXPECT_EQ(rounded.least_day, -1);
  EXPECT_EQ(calm.back_after, 0);
  EXPECT_FALSE(calm.loss_multiplier);
  EXPECT_FALSE(calm.short_after);
  const auto low = indicators(scenario, simulation_of({100, 80, 80}, 100), normal_of(100));
  EXPECT_FALSE(low.back_after);
}

TEST(Scenario, BeginsWithItsFirstEventAndIsOverWithItsLast) {
  Scenario scenario;
  scenario.days = 100;
  EXPECT_EQ(day_it_begins(scenario), 0);
  scenario.capacity = {loss_of(NodeId(1), 0.5, 20, 5)};
  scenario.capacity[0].when.recovery_days = 10;
  scenario.links = {{.name = "cut", .when = {12, 3}, .from = {}, .to = {}, .columns = {}}};
  EXPECT_EQ(day_it_begins(scenario), 12);
  EXPECT_EQ(day_it_is_over(scenario), 34);  // linear: 1 - e / 10, nothing from e = 10, day 34, on
  scenario.capacity[0].rebuilding = Rebuilding{};
  EXPECT_EQ(day_it_is_over(scenario), 100);
}

class Causes : public testing::Test {
 protected:
  // 0 chips, 1 cars in China; 3 chips, 4 cars in Germany; 6 chips in Japan. Each maker of cars buys
  // 10 of chips from each of the three.
  Causes() {
    scenario_.days = 100;
    s_.nodes.assign(9, NodeCourse{.least_output = 1});
  }
  void falls(std::size_t node, int day, double least) {
    s_.nodes[node].first_loss = day;
    s_.nodes[node].least_output = least;
    s_.nodes[node].least_day = day + 5;
  }
  void short_of_chips(std::size_t node, int day) {
    s_.nodes[node].first_bound = day;
    s_.nodes[node].bound_by = ProductId(0);
  }
  [[nodiscard]] std::vector<CauseStep> of(std::size_t node) const {
    return causes_of(chain_, scenario_, s_, NodeId(node));
  }

  Chain chain_ = scenario_chain();
  Scenario scenario_;
  Simulation s_;
};

TEST_F(Causes, LeadFromTheShockOverTheSupplierThatWeighsMost) {
  scenario_.capacity = {loss_of(NodeId(6), 0.9, 10, 20)};
  falls(6, 10, 0.1);
  falls(3, 12, 0.8);  // falls too, by less
  falls(4, 15, 0.5);
  short_of_chips(4, 15);
  const auto steps = of(4);
  ASSERT_EQ(steps.size(), 2U);
  EXPECT_EQ(steps[0].kind, Kind::capacity);
  EXPECT_EQ(steps[0].node, NodeId(6));
  EXPECT_EQ(steps[0].day, 10);
  EXPECT_EQ(steps[0].event, "fire");
  EXPECT_EQ(steps[1].kind, Kind::input);
  EXPECT_EQ(steps[1].node, NodeId(4));
  EXPECT_EQ(steps[1].input, ProductId(0));
  EXPECT_EQ(steps[1].from, NodeId(6));
  EXPECT_DOUBLE_EQ(steps[1].dependence, 1.0 / 3);
}

TEST_F(Causes, PassOverSuppliersThatFellLater) {
  falls(4, 15, 0.5);
  short_of_chips(4, 15);
  falls(6, 16, 0.1);
  const auto steps = of(4);
  ASSERT_EQ(steps.size(), 1U);
  EXPECT_FALSE(steps[0].from);
}

TEST_F(Causes, NameTheEventThatKeepsGoodsAway) {
  scenario_.links = {{.name = "ban",
                      .when = {5, 50},
                      .from = {NodeId(0), NodeId(6)},
                      .to = {NodeId(4)},
                      .columns = {}}};
  falls(4, 15, 0.5);
  short_of_chips(4, 15);
  const auto steps = of(4);
  ASSERT_EQ(steps.size(), 1U);
  EXPECT_EQ(steps[0].kind, Kind::cut);
  EXPECT_EQ(steps[0].event, "ban");
  EXPECT_DOUBLE_EQ(steps[0].dependence, 2.0 / 3);
}

// A supplier that sold less because less was ordered keeps nobody short.
TEST_F(Causes, PassOverSuppliersThatWereOnlyOrderedLess) {
  scenario_.links = {{.name = "ban",
                      .when = {5, 50},
                      .from = {NodeId(6)},
                      .to = {NodeId(4)},
                      .columns = {},
                      .share = 0.5}};
  falls(6, 5, 0.1);
  falls(4, 15, 0.5);
  short_of_chips(4, 15);
  const auto steps = of(4);
  ASSERT_EQ(steps.size(), 1U);
  EXPECT_EQ(steps[0].kind, Kind::cut);
  EXPECT_EQ(steps[0].event, "ban");
}

// Chips of China sell a third each to the makers of cars; Germany's, burnt, fell first.
TEST_F(Causes, GoOnWithTheCustomerWhoOrdersLess) {
  scenario_.capacity = {loss_of(NodeId(4), 0.9, 3, 20)};
  falls(4, 3, 0.1);
  falls(1, 9, 0.1);  // later
  falls(0, 4, 0.7);
  const auto steps = of(0);
  ASSERT_EQ(steps.size(), 2U);
  EXPECT_EQ(steps[0].kind, Kind::capacity);
  EXPECT_EQ(steps[1].kind, Kind::fewer_orders);
  EXPECT_EQ(steps[1].from, NodeId(4));
  EXPECT_DOUBLE_EQ(steps[1].dependence, 1.0 / 3);
}

TEST_F(Causes, EndWhereOrdersFell) {
  scenario_.demand = {
      {.name = "saving", .when = {3, 50}, .makers = {NodeId(4)}, .columns = {0}, .change = -0.5}};
  falls(4, 3, 0.5);
  const auto steps = of(4);
  ASSERT_EQ(steps.size(), 1U);
  EXPECT_EQ(steps[0].kind, Kind::fewer_orders);
  EXPECT_EQ(steps[0].event, "saving");
  EXPECT_THAT(of(7), testing::IsEmpty());  // lost nothing
}

// Makers of chips sell nothing to final use: an event that names them took none of their orders.
TEST_F(Causes, PassOverAnEventThatTookNoOrders) {
  scenario_.demand = {{.name = "saving",
                       .when = {3, 50},
                       .makers = {NodeId(3), NodeId(4)},
                       .columns = {0, 1},
                       .change = -0.5}};
  falls(4, 3, 0.5);
  falls(3, 4, 0.8);
  const auto steps = of(3);
  ASSERT_EQ(steps.size(), 2U);
  EXPECT_EQ(steps[0].event, "saving");
  EXPECT_EQ(steps[0].node, NodeId(4));
  EXPECT_EQ(steps[1].from, NodeId(4));
  EXPECT_EQ(steps[1].event, "");
}

TEST_F(Causes, PassOverAnEventThatIsLongOver) {
  scenario_.demand = {
      {.name = "saving", .when = {3, 5}, .makers = {NodeId(4)}, .columns = {0}, .change = -0.5}};
  falls(4, 40, 0.5);
  const auto steps = of(4);
  ASSERT_EQ(steps.size(), 1U);
  EXPECT_EQ(steps[0].event, "");
}

TEST(Trouble, IsSeenInTheCourse) {
  Scenario scenario;
  scenario.days = 120;
  scenario.capacity = {loss_of(NodeId(0), 0.5, 5, 5)};
  std::vector<double> falling;
  std::vector<double> swinging;
  std::vector<double> healing;
  for (int t = 0; t < 120; ++t) {
    falling.push_back(t < 5 ? 100 : 100.0 - t);  // 19 on the last day... below half
    swinging.push_back(t < 5 ? 100 : 95 + (t / 10 % 2 == 0 ? 2.0 : 0.0));
    healing.push_back(t < 5 ? 100 : t < 10 ? 50 : 98);
  }
  const auto of = [&](const std::vector<double>& output) {
    return trouble_of(scenario, simulation_of(output, 100), normal_of(100));
  };
  falling.back() = 10;
  EXPECT_EQ(of(falling), Trouble::collapse);
  EXPECT_EQ(of(swinging), Trouble::oscillation);
  EXPECT_EQ(of(healing), Trouble::none);
  // Turns of less than half a per cent of a normal day do not count.
  for (double& x : swinging) x = 100 + (x - 100) / 10;
  EXPECT_EQ(of(swinging), Trouble::none);
}

TEST(Sparkline, DrawsTheCourseFromItsLowestToItsHighest) {
  EXPECT_EQ(sparkline({0, 1, 2, 3, 4, 5, 6, 7}), "▁▂▃▄▅▆▇█");
  EXPECT_EQ(sparkline({5, 5, 5}), "▄▄▄");
  EXPECT_EQ(sparkline({}), "");
  // Two days a cell: the one furthest from the first day is drawn, so that a short dip is seen.
  EXPECT_EQ(sparkline({7, 7, 0, 7, 7, 7}, 3), "█▁█");
}

SettledScenario with_model(const std::string& model) {
  static const Chain chain = scenario_chain();
  return parse_scenario(chain, "s.toml", "[model]\n" + model).settled();
}

TEST(OptionsOf, PutTheFileOverThePreset) {
  const auto chain = scenario_chain();
  const auto options = [&](const std::string& model) {
    return options_of(chain, with_model(model), "ario-psi");
  };
  EXPECT_EQ(options("psi = 0.9").psi, 0.9);
  EXPECT_EQ(options("").psi, 0.8);
  EXPECT_EQ(options("production = 'important-half'").production, ProductionRule::important_half);
  EXPECT_EQ(options("production = 'critical-only'").production, ProductionRule::critical_only);
  EXPECT_EQ(options("production = 'important-binds'").production, ProductionRule::important_binds);
  EXPECT_EQ(options("production = 'linear'").production, ProductionRule::linear);
  EXPECT_EQ(options("rationing = 'final-last'").rationing, Rationing::final_last);
  EXPECT_EQ(options("rationing = 'low-order-first'").rationing, Rationing::low_order_first);
  EXPECT_EQ(options("rationing = 'low-order-first-final-last'").rationing,
            Rationing::low_order_first_final_last);
  EXPECT_EQ(options("rationing = 'priority'").rationing, Rationing::priority);
  EXPECT_EQ(options("orders = 'habit'").orders, OrderRule::habit);
  EXPECT_EQ(options("stocks = 'by-supplier'").stocks, StockRule::by_supplier);
  EXPECT_THAT(options("inventory_days = 7\ninventory_days_of = { chip = 3 }").inventory_days_of,
              ElementsAre(3, 7, 7));
  // Chips go in equal parts to makers of cars with 100, 800 and 40 employees; nobody else buys.
  EXPECT_THAT(options("inventory_days = 7\ninventory_attribute = 'employees'").inventory_days_of,
              ElementsAre(testing::DoubleEq(940.0 / 3), 7, 7));
}

TEST(OptionsOf, RationByPriorityWhereThereIsOne) {
  const auto chain = scenario_chain();
  const auto settled = [&](const std::string& model) {
    return parse_scenario(chain, "s.toml", model + "[[priority]]\nproduct = 'care'\n").settled();
  };
  EXPECT_EQ(options_of(chain, settled(""), "ario-psi").rationing, Rationing::priority);
  EXPECT_EQ(
      options_of(chain, settled("[model]\nrationing = 'proportional'\n"), "ario-psi").rationing,
      Rationing::proportional);
}

TEST(DefaultPreset, FollowsTheKindOfChain) {
  auto parts = scenario_chain().parts();
  EXPECT_EQ(default_preset(Chain(parts)), "inoue-todo");
  for (auto& node : parts.nodes) node.enterprise.clear();
  EXPECT_EQ(default_preset(Chain(parts)), "ario-psi");
  parts.recipe = Recipe::uniform(Need::essential);
  EXPECT_EQ(default_preset(Chain(parts)), "essential");
}

// Cars cannot do without chips and care; nobody sells them care.
TEST(UnsuppliedEssentials, NamesWhoBuysNoneOfThem) {
  auto parts = scenario_chain().parts();
  EXPECT_TRUE(unsupplied_essentials(Chain(parts)).empty());
  parts.recipe = Recipe::uniform(Need::non_essential);
  parts.recipe->set(ProductId(0), ProductId(1), Need::essential);
  EXPECT_TRUE(unsupplied_essentials(Chain(parts)).empty());
  parts.recipe->set(ProductId(2), ProductId(1), Need::essential);
  const auto found = unsupplied_essentials(Chain(parts));
  ASSERT_EQ(found.size(), 3);
  EXPECT_EQ(found[0].maker, NodeId(1));
  EXPECT_EQ(found[0].input, ProductId(2));
}

}  // namespace
}  // namespace stave
