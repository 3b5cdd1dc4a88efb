#include "stave/core/error.hpp"
#include "stave/scenario/scenario.hpp"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/small_chain.hpp"

namespace stave::test {
namespace {

using ::testing::HasSubstr;

std::string complaint(const auto& change) {
  Scenario scenario;
  change(scenario);
  try {
    check_scenario(small_chain(), scenario);
  } catch (const Error& e) {
    EXPECT_EQ(e.code(), Errc::bad_input);
    return std::string(e.what()) + " | " + e.hint();
  }
  return "none";
}

std::string about_capacity(const CapacityEvent& event) {
  return complaint([&](Scenario& s) { s.capacity = {event}; });
}

TEST(CheckScenario, TakesWhatCanBePlayed) {
  EXPECT_EQ(complaint([](Scenario&) {}), "none");
  EXPECT_EQ(about_capacity({.nodes = {{NodeId(5), 1}}}), "none");
}

TEST(CheckScenario, NamesTheEventAndTheValue) {
  EXPECT_THAT(about_capacity({.name = "fire", .nodes = {{NodeId(1), 1.2}}}),
              HasSubstr("capacity event 'fire': CHN.car loses 1.2"));
  EXPECT_THAT(about_capacity({.nodes = {{NodeId(6), 1}}}),
              HasSubstr("capacity event 1: node 6 of a chain of 6"));
  EXPECT_THAT(about_capacity({.nodes = {{NodeId(1), 0.5}, {NodeId(1), 0.5}}}),
              HasSubstr("CHN.car is named twice"));
  EXPECT_THAT(about_capacity({.when = {.duration = -3}}), HasSubstr("the duration is -3"));
  EXPECT_THAT(about_capacity({.when = {.start = -1}}), HasSubstr("the first day is -1"));
  EXPECT_THAT(about_capacity({.when = {.recovery = Recovery::s_curve, .recovery_days = 2}}),
              HasSubstr("more than 2 days, or 0"));
}

TEST(CheckScenario, RefusesHorizonsOfNoDayAndOfMoreThanACentury) {
  EXPECT_THAT(complaint([](Scenario& s) { s.days = 0; }), HasSubstr("days is 0"));
  EXPECT_THAT(complaint([](Scenario& s) { s.days = 36501; }), HasSubstr("days is 36501"));
  EXPECT_EQ(complaint([](Scenario& s) { s.days = 36500; }), "none");
}

TEST(CheckScenario, RefusesRebuildingThatDoesNotAddUp) {
  CapacityEvent event{.nodes = {{NodeId(1), 0.5}}};
  event.rebuilding = Rebuilding{.cost = {10}, .builders = {{ProductId(0), 0.7}}};
  EXPECT_THAT(about_capacity(event), HasSubstr("the sum of the builders' shares is 0.7"));
  event.rebuilding->builders = {{ProductId(0), 1}};
  EXPECT_EQ(about_capacity(event), "none");
  event.rebuilding->cost = {0};
  EXPECT_THAT(about_capacity(event), HasSubstr("has nothing to rebuild"));
  event.rebuilding->cost = {1, 2};
  EXPECT_THAT(about_capacity(event), HasSubstr("2 costs for 1 nodes"));
}

TEST(CheckScenario, RefusesWhatTheOtherEventsCannotMean) {
  EXPECT_THAT(complaint([](Scenario& s) { s.links = {{.share = -0.1}}; }),
              HasSubstr("link event 1: the share that stops is -0.1"));
  EXPECT_THAT(complaint([](Scenario& s) { s.links = {{.columns = {6}}}; }),
              HasSubstr("final use 6 of 6"));
  EXPECT_THAT(complaint([](Scenario& s) { s.demand = {{.change = -2}}; }),
              HasSubstr("the change is -2"));
  EXPECT_THAT(complaint([](Scenario& s) { s.delays = {{.when = {.recovery_days = 3}}}; }),
              HasSubstr("a delay ends at once"));
  EXPECT_THAT(complaint([](Scenario& s) { s.delays = {{.days = 0}}; }),
              HasSubstr("the delay is 0"));
  EXPECT_THAT(complaint([](Scenario& s) { s.stocks = {{.amount = -5}}; }),
              HasSubstr("the amount is -5"));
  EXPECT_THAT(complaint([](Scenario& s) { s.priorities = {{.name = "army", .order = 10}}; }),
              HasSubstr("priority event 'army': the class is 10"));
  EXPECT_THAT(complaint([](Scenario& s) { s.priorities = {{.weight = 0}}; }),
              HasSubstr("the weight is 0"));
}

}  // namespace
}  // namespace stave::test
