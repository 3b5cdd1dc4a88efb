// Switches against the inventory with the switch written in by hand, linked and solved densely.
#include "stave/abatement/abatement.hpp"
#include "stave/core/error.hpp"
#include "stave/core/random.hpp"

#include <cmath>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "product/reference.hpp"

namespace stave {
namespace {

using testing::HasSubstr;

Activity activity(const std::string& id, double emission,
                  const std::vector<std::pair<std::string, double>>& inputs) {
  Activity a;
  a.id = a.name = id;
  a.outputs.push_back({.product = id, .amount = {1, -1}, .unit = "kg"});
  for (const auto& [product, amount] : inputs)
    a.inputs.push_back({.product = product, .amount = {amount, -1}, .unit = "kg"});
  a.emissions.push_back({"co2", "air", {emission, -1}, "kg"});
  return a;
}

Switch switch_of(const std::string& name, const std::string& product, const std::string& to) {
  Switch s;
  s.name = name;
  s.source = "test";
  s.product = product;
  s.to = to;
  return s;
}

Demand demand_for(const Inventory& made, const ProductSystem& system, const std::string& product) {
  return demand_of(made, system, {.product = product, .activity = {}, .amount = 1, .unit = {}});
}

//   car    2 steel, 1 power      emits 1        steel at 500 a t, green at 700
//   steel  1 power               emits 2
//   green  3 power               emits 0.1
//   power                        emits 0.5
//   hydro  0.1 steel             emits 0
//
// By hand: steel 2.5, green 1.6, hydro 0.25, car 1 + 5 + 0.5 = 6.5 kg.
Inventory small() {
  Inventory made;
  made.name = "small";
  made.factor_set = "AR6";
  made.activities = {activity("car", 1, {{"steel", 2}, {"power", 1}}),
                     activity("steel", 2, {{"power", 1}}), activity("green", 0.1, {{"power", 3}}),
                     activity("power", 0.5, {}), activity("hydro", 0, {{"steel", 0.1}})};
  made.asked = FunctionalUnit{.product = "car", .activity = {}, .amount = 1, .unit = {}};
  made.prices = {{.product = "steel", .price = 500, .unit = "t", .currency = "EUR", .source = "x"},
                 {.product = "green", .price = 700, .unit = "t", .currency = "EUR", .source = "x"}};
  auto green = switch_of("green steel", "steel", "green");
  green.in = {"car"};
  auto hydro = switch_of("hydropower", "power", "hydro");
  hydro.in = {"car", "green"};
  hydro.premium = 0.01;
  hydro.currency = "EUR";
  auto less = switch_of("lighter", "steel", "");
  less.in = {"car"};
  less.factor = 0.9;
  made.switches = {green, hydro, less};
  return made;
}

struct Solved {
  Inventory made;
  FootprintSystem system;
  std::vector<LinkedSwitch> switches;
  Footprint before;
  SwitchModel model;

  explicit Solved(Inventory inventory, const std::string& product = "car")
      : made(std::move(inventory)),
        system(link(made)),
        switches(link_switches(made, system.system())),
        before(system.footprint(demand_for(made, system.system(), product))),
        model(system, before, switches, 1) {}

  [[nodiscard]] double dense(std::span<const double> shares) const {
    return reference::footprint(switched(system.system(), switches, shares), before.demand).score;
  }
};

// By hand, see small(): green steel saves 2 (2.5 - 1.6) = 1.8 and costs 2 (0.7 - 0.5) = 0.4;
// hydropower saves 0.25; a tenth less steel 0.5, and 0.1 of money.
TEST(SwitchModel, OfASmallCarIsAsWorkedByHand) {
  const Solved solved(small());
  EXPECT_NEAR(solved.model.before(), 6.5, 1e-12);
  const auto green = solved.model.at(std::vector{1.0, 0.0, 0.0});
  EXPECT_NEAR(green.score, 4.7, 1e-12);
  EXPECT_NEAR(green.cost[0], 0.4, 1e-12);
  const auto hydro = solved.model.at(std::vector{0.0, 1.0, 0.0});
  EXPECT_NEAR(hydro.score, 6.25, 1e-12);
  EXPECT_NEAR(hydro.cost[1], 0.01, 1e-12);
  const auto less = solved.model.at(std::vector{0.0, 0.0, 1.0});
  EXPECT_NEAR(less.score, 6.0, 1e-12);
  EXPECT_NEAR(less.cost[2], -0.1, 1e-12);
}

// By hand: 1.8 green at 0.1 + 3 * 0.25 = 0.85, car 1 + 1.53 + 0.25 = 2.78. Power that is switched:
// 1 of the car and 5.4 behind its steel, at 0.01 more; steel costs 1.8 * 0.2 more and 0.2 * 0.5
// less.
TEST(SwitchModel, CountsWhatSwitchesDoToOneAnother) {
  const Solved solved(small());
  const auto all = solved.model.at(std::vector{1.0, 1.0, 1.0});
  EXPECT_NEAR(all.score, 2.78, 1e-12);
  EXPECT_NEAR(all.cost[0], 0.36, 1e-12);
  EXPECT_NEAR(all.cost[1], 0.064, 1e-12);
  EXPECT_NEAR(all.cost[2], -0.1, 1e-12);
}

// The slow twin: the switch written into the inventory by hand.
TEST(SwitchModel, IsTheInventoryWithTheSwitchWrittenIn) {
  auto by_hand = small();
  auto& inputs = by_hand.activities[0].inputs;
  inputs[0].amount.value = 2 * 0.95 * 0.4;  // half of it a tenth less, 0.6 moved
  inputs.push_back({.product = "green", .amount = {2 * 0.95 * 0.6, -1}, .unit = "kg"});
  const auto rebuilt = link(by_hand);
  const auto expected = reference::footprint(rebuilt, demand_for(by_hand, rebuilt, "car")).score;
  const Solved solved(small());
  const std::vector shares{0.6, 0.0, 0.5};
  EXPECT_NEAR(solved.model.at(shares).score, expected, 1e-12 * expected);
  EXPECT_NEAR(solved.dense(shares), expected, 1e-12 * expected);
}

TEST(SwitchModel, AtAShareOfNothingChangesNothing) {
  const Solved solved(small());
  const auto none = solved.model.at(std::vector{0.0, 0.0, 0.0});
  EXPECT_EQ(none.score, solved.model.before());
  EXPECT_EQ(none.total_cost(), 0);
}

TEST(SwitchModel, ToTheSameMakerChangesNothing) {
  auto made = small();
  made.switches = {switch_of("to itself", "steel", "steel")};
  made.switches[0].from = "steel";
  const Solved solved(std::move(made));
  for (const double share : {0.3, 1.0}) {
    const auto same = solved.model.at(std::vector{share});
    EXPECT_EQ(same.score, solved.model.before());
    EXPECT_EQ(same.cost[0], 0);
    EXPECT_NEAR(solved.dense(std::vector{share}), 6.5, 1e-12);
  }
}

TEST(SwitchModel, LeavesACostOpenWhereAPriceIsMissing) {
  auto made = small();
  made.prices.pop_back();
  const Solved solved(std::move(made));
  EXPECT_FALSE(solved.switches[0].costed);
  EXPECT_THAT(solved.switches[0].missing, HasSubstr("the price of green"));
  const auto all = solved.model.at(std::vector{1.0, 1.0, 1.0});
  EXPECT_TRUE(std::isnan(all.cost[0]));
  EXPECT_FALSE(std::isnan(all.cost[1]));
  EXPECT_TRUE(std::isnan(all.total_cost()));
}

// One t of the old for 0.6 MWh of the new, whose maker counts in MJ: 2.16 MJ for one kg.
TEST(SwitchModel, ConvertsTheRatioToTheMakersUnits) {
  auto made = small();
  made.activities[2].outputs[0].unit = "MJ";
  made.prices.clear();
  made.switches.resize(1);
  made.switches[0].unit = "t";
  made.switches[0].to_unit = "MWh";
  made.switches[0].ratio = 0.6;
  const auto system = link(made);
  const auto linked = link_switches(made, system);
  EXPECT_NEAR(linked[0].inputs[0].ratio, 2.16, 1e-12);
}

std::string refused(const Inventory& made, Errc code, const std::vector<double>& shares = {}) {
  try {
    const auto system = link(made);
    const auto linked = link_switches(made, system);
    if (!shares.empty()) require_shares(system, linked, shares);
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), code) << error.what();
    return std::string(error.what()) + " | " + error.hint();
  }
  ADD_FAILURE() << "not refused";
  return {};
}

TEST(LinkSwitches, NameTheConversionThatWouldDo) {
  auto made = small();
  made.activities[2].outputs[0].unit = "piece";
  EXPECT_THAT(refused(made, Errc::bad_input),
              testing::AllOf(HasSubstr("switch 'green steel'"), HasSubstr("made in pieces"),
                             HasSubstr("[[conversion]] product = \"green\", from = \"kg\"")));
}

TEST(LinkSwitches, NameTheConversionOfAPrice) {
  auto made = small();
  made.prices[0].unit = "piece";
  made.prices[0].place = "car.toml:7";
  EXPECT_THAT(refused(made, Errc::bad_input),
              testing::AllOf(HasSubstr("car.toml:7: the price of 'steel' is for one piece"),
                             HasSubstr("[[conversion]] product = \"steel\"")));
}

TEST(LinkSwitches, NameNearActivitiesAndProducts) {
  auto made = small();
  made.switches[0].to = "gren";
  EXPECT_THAT(refused(made, Errc::not_found), HasSubstr("Did you mean 'green'"));
  made = small();
  made.switches[0].product = "stel";
  EXPECT_THAT(refused(made, Errc::not_found), HasSubstr("Did you mean 'steel'"));
  made = small();
  made.switches[0].in = {"power"};
  EXPECT_THAT(refused(made, Errc::bad_input), HasSubstr("none of power takes 'steel'"));
}

TEST(LinkSwitches, RefuseTwoCurrencies) {
  auto made = small();
  made.switches[1].currency = "CNY";
  EXPECT_THAT(refused(made, Errc::bad_input), HasSubstr("in CNY"));
}

TEST(RequireShares, NamesSwitchesThatMoveMoreThanThereIs) {
  auto made = small();
  made.switches.push_back(switch_of("by hydro", "steel", "hydro"));
  made.switches.back().in = {"car"};
  EXPECT_THAT(refused(made, Errc::bad_input, {0.7, 1, 1, 0.4}),
              testing::AllOf(HasSubstr("'green steel' 0.7 and 'by hydro' 0.4 move 1.1"),
                             HasSubstr("'car' takes from 'steel'")));
  const auto system = link(made);
  EXPECT_NO_THROW(
      require_shares(system, link_switches(made, system), std::vector{0.6, 1.0, 1.0, 0.4}));
}

TEST(SwitchModel, RefusesALoopThatMakesNoMoreThanItTakes) {
  auto made = small();
  made.activities[4].inputs[0].amount.value = 0.5;  // hydro takes half a kg of steel
  made.activities[1].inputs[0].amount.value = 2;    // steel two of power
  made.switches = {switch_of("round", "power", "hydro")};
  const Solved solved(std::move(made));
  try {
    (void)solved.model.at(std::vector{1.0});
    ADD_FAILURE() << "not refused";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Errc::not_productive);
    EXPECT_THAT(error.what(), HasSubstr("'round'"));
  }
}

Inventory random_inventory(std::uint64_t seed, std::size_t n, std::size_t switches) {
  Inventory made;
  made.name = "random";
  made.factor_set = "AR6";
  const auto pick = [&](std::uint64_t stream, std::uint64_t k) {
    return static_cast<std::size_t>(random_uniform(seed, stream, k) * static_cast<double>(n));
  };
  for (std::size_t j = 0; j < n; ++j) {
    made.activities.push_back(activity(fmt::format("p{}", j), random_uniform(seed, 1, j), {}));
    for (std::uint64_t k = 0; k < 4; ++k) {
      const auto i = pick(2, 4 * j + k);
      if (i == j) continue;
      made.activities[j].inputs.push_back({.product = fmt::format("p{}", i),
                                           .amount = {0.2 * random_uniform(seed, 3, 4 * j + k), -1},
                                           .unit = "kg"});
    }
  }
  for (std::size_t k = 0; made.switches.size() < switches; ++k) {
    const auto& taker = made.activities[pick(4, k)];
    if (taker.inputs.empty()) continue;
    const auto to = fmt::format("p{}", pick(5, k));
    auto s = switch_of(fmt::format("s{}", k), taker.inputs[0].product, to);
    if (to == s.product || to == taker.id) continue;
    if (k % 3 == 0) s.in = {taker.id};
    if (k % 4 == 0) {
      s.to.clear();
      s.factor = 0.7;
    }
    s.ratio = 0.5 + random_uniform(seed, 6, k);
    s.share = 0.2;
    s.premium = random_uniform(seed, 7, k) - 0.3;
    s.currency = "EUR";
    made.switches.push_back(s);
  }
  return made;
}

/// Money more by its definition: what each input that is moved costs more, at the runs after.
double cost_by_definition(const Solved& solved, std::span<const double> shares) {
  const auto after = switched(solved.system.system(), solved.switches, shares);
  const auto runs = reference::footprint(after, solved.before.demand).runs;
  const auto& entries = solved.system.system().technosphere;
  double sum = 0;
  for (std::size_t e = 0; e < entries.size(); ++e) {
    double less = 1;
    const double amount = -entries[e].value * runs[static_cast<std::size_t>(entries[e].column)];
    for (const bool uses_less : {true, false})
      for (std::size_t k = 0; k < shares.size(); ++k)
        for (const auto& input : solved.switches[k].inputs) {
          if (input.entry != e || (solved.switches[k].to < 0) != uses_less) continue;
          sum += less * shares[k] * amount * input.extra;
          if (uses_less) less *= 1 - shares[k] * (1 - solved.switches[k].factor);
        }
  }
  return sum;
}

TEST(SwitchModel, AgreesWithDenseSolvesOfRandomInventories) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const Solved solved(random_inventory(seed, 25, 8), "p0");
    std::vector<double> shares(8);
    for (std::size_t k = 0; k < 8; ++k)
      shares[k] = random_uniform(seed, 9, k) < 0.3 ? 0 : 0.2 * random_uniform(seed, 8, k);
    const auto outcome = solved.model.at(shares);
    const double expected = solved.dense(shares);
    EXPECT_NEAR(outcome.score, expected, 1e-12 * expected) << seed;
    EXPECT_NEAR(outcome.total_cost(), cost_by_definition(solved, shares), 1e-12) << seed;
  }
}

}  // namespace
}  // namespace stave
