// Scenario files: every kind of event, every key, and what is said about mistakes.
#include "stave/formats/scenario_file.hpp"

#include "stave/core/error.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "formats/scenario_chain.hpp"

namespace stave {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

ScenarioFile parsed(const std::string& text) {
  static const Chain chain = scenario_chain();
  return parse_scenario(chain, "s.toml", text);
}

std::string complaint(const std::string& text) {
  try {
    static_cast<void>(parsed(text));
  } catch (const Error& error) {
    return std::string(error.what()) + " | " + error.hint();
  }
  return "nothing";
}

std::vector<int> positions(const std::vector<NodeId>& nodes) {
  std::vector<int> result;
  for (const auto node : nodes) result.push_back(node.value);
  return result;
}

std::vector<int> hit(const std::string& who) {
  const auto file = parsed("[[capacity]]\nshare = 0.5\nduration = 3\n" + who);
  std::vector<int> result;
  for (const auto& [node, share] : file.scenario().capacity.at(0).nodes)
    result.push_back(node.value);
  return result;
}

TEST(ScenarioFile, SaysWhatItIs) {
  const auto file = parsed("name = 'n'\ntitle = 't'\nsource = 's'\nchain = 'small'\ndays = 40\n");
  EXPECT_EQ(file.scenario().name, "n");
  EXPECT_EQ(file.scenario().title, "t");
  EXPECT_EQ(file.scenario().source, "s");
  EXPECT_EQ(file.scenario().days, 40);
  EXPECT_EQ(file.chain(), "small");
  EXPECT_THAT(file.scenario().notes, ElementsAre(HasSubstr("no event")));
}

TEST(ScenarioFile, IsNamedAfterItsFile) { EXPECT_EQ(parsed("").scenario().name, "s"); }

// Nodes: 0-2 China, 3-5 Germany, 6-8 Japan; chips, cars, care in each.
TEST(ScenarioFile, NamesMakersByAnyOfTheirMarks) {
  EXPECT_THAT(hit("node = 'DEU.car'"), ElementsAre(4));
  EXPECT_THAT(hit("region = 'china'"), ElementsAre(0, 1, 2));
  EXPECT_THAT(hit("region = '日本'\nproduct = 'chip'"), ElementsAre(6));
  EXPECT_THAT(hit("region = 'ASIA'\nproduct = ['chip', 'Cars']"), ElementsAre(0, 1, 6, 7));
  EXPECT_THAT(hit("outside = 'ASIA'"), ElementsAre(3, 4, 5));
  EXPECT_THAT(hit("enterprise = 'DEU Motors'"), ElementsAre(4));
  EXPECT_THAT(hit("where = 'employees > 100'"), ElementsAre(0, 4));
  EXPECT_THAT(hit("where = 'employees >= 100 and employees != 800'"), ElementsAre(0, 1));
  EXPECT_THAT(hit("where = 'output = 60'\nregion = 'DEU'"), ElementsAre(4, 5));
}

TEST(ScenarioFile, TellsWhoIsMissingAndWhoIsNear) {
  const std::string head = "[[capacity]]\nshare = 1\nduration = 1\n";
  EXPECT_THAT(complaint(head + "region = 'Chin'"),
              HasSubstr("s.toml:4: key 'capacity[1].region': region 'Chin' is not in this chain | "
                        "Did you mean 'CHN' or 'China'?"));
  EXPECT_THAT(complaint(head + "product = 'chips and cars'"), HasSubstr("'capacity[1].product'"));
  EXPECT_THAT(complaint(head + "node = 'DEU.caar'"), HasSubstr("Did you mean 'DEU.car'"));
  EXPECT_THAT(complaint(head + "enterprise = 'DEU Motor'"), HasSubstr("Did you mean 'DEU Motors'"));
  EXPECT_THAT(complaint(head + "where = 'employes > 3'"), HasSubstr("Did you mean 'employees'?"));
  EXPECT_THAT(complaint(head + "where = 'employees'"), HasSubstr("compares nothing with a number"));
  EXPECT_THAT(complaint(head + "where = 'employees <> 3'"), HasSubstr("'<>' does not compare"));
  EXPECT_THAT(complaint(head + "node = 'DEU.car'\nregion = 'CHN'"),
              HasSubstr("no maker of whom all this holds"));
  EXPECT_THAT(complaint(head), HasSubstr("one or more of node, region, outside"));
}

TEST(ScenarioFile, CapacityFadesAsItIsTold) {
  const auto file = parsed(
      "[[capacity]]\nname = 'quake'\nregion = 'JPN'\nshare = '25%'\nstart = 5\nduration = 10\n"
      "recovery = 's-curve'\nrecovery_days = 30\n");
  const auto& event = file.scenario().capacity.at(0);
  EXPECT_EQ(event.name, "quake");
  EXPECT_EQ(event.when.start, 5);
  EXPECT_EQ(event.when.duration, 10);
  EXPECT_EQ(event.when.recovery, Recovery::s_curve);
  EXPECT_EQ(event.when.recovery_days, 30);
  EXPECT_EQ(event.nodes.at(2).share, 0.25);
  EXPECT_EQ(event.kind, LossKind::share);
}

// China: value added 30 of chips (sold 30, buys nothing), 60 - 30 of cars, 60 of care: 120 in all,
// capital 2 x 120 = 240; 60 lost are a quarter of it.
TEST(ScenarioFile, CapitalLostIsAShareOfWhatTheMakersHave) {
  const auto file = parsed(
      "[[capacity]]\nregion = 'CHN'\ncapital_lost = 60\ncapital_to_value_added = 2\nduration = "
      "1\n");
  const auto& event = file.scenario().capacity.at(0);
  EXPECT_EQ(event.kind, LossKind::capital);
  for (const auto& [node, share] : event.nodes) EXPECT_DOUBLE_EQ(share, 0.25);
  const auto all = parsed("[[capacity]]\nregion = 'CHN'\ncapital_lost = 4800\nduration = 1\n");
  EXPECT_EQ(all.scenario().capacity.at(0).nodes.at(0).share, 1);
  EXPECT_THAT(all.scenario().notes,
              ElementsAre(HasSubstr("capacity 1: the capital lost is 10 times")));
}

TEST(ScenarioFile, MakersWithoutCapitalAreLeftOutAndTold) {
  auto parts = scenario_chain().parts();
  for (std::size_t k = 0; k < 6; ++k) parts.final_use(1, k) = 0;  // its chips cost all it sells
  const Chain chain(std::move(parts));
  const auto file = parse_scenario(
      chain, "s.toml", "[[capacity]]\nregion = 'CHN'\ncapital_lost = 6\nduration = 1\n");
  EXPECT_EQ(file.scenario().capacity.at(0).nodes.size(), 2);
  EXPECT_THAT(file.scenario().notes,
              ElementsAre(HasSubstr("1 of its makers add no value above 0")));
}

TEST(ScenarioFile, RebuildingCostsWhatIsDestroyed) {
  const auto file = parsed(
      "[[capacity]]\nregion = 'CHN'\nshare = 0.5\nstart = 3\n"
      "rebuild = { by = { car = 0.75, chip = '25%' }, days = 90 }\n");
  const auto& event = file.scenario().capacity.at(0);
  ASSERT_TRUE(event.rebuilding);
  EXPECT_EQ(event.when.start, 3);
  EXPECT_THAT(event.rebuilding->cost, ElementsAre(60, 60, 120));  // .5 x 4 x value added
  EXPECT_EQ(event.rebuilding->days, 90);
  ASSERT_EQ(event.rebuilding->builders.size(), 2U);
  EXPECT_EQ(event.rebuilding->builders.at(0).product, ProductId(1));
  EXPECT_EQ(event.rebuilding->builders.at(0).share, 0.75);
  const std::string head = "[[capacity]]\nregion = 'CHN'\nshare = 0.5\n";
  EXPECT_THAT(complaint(head + "rebuild = { by = { car = 0.5 } }"),
              HasSubstr("shares that add up to 1; they add up to 0.5"));
  EXPECT_THAT(complaint(head + "rebuild = { by = { steel = 1 } }"),
              HasSubstr("'capacity[1].rebuild.by.steel': product 'steel' is not in this chain"));
  EXPECT_THAT(complaint(head + "duration = 3\nrebuild = { by = { car = 1 } }"),
              HasSubstr("key 'capacity[1].duration' is not known here"));
}

TEST(ScenarioFile, ExportsStopAtTheBorder) {
  const auto all = parsed("[[export_ban]]\nregion = 'CHN'\nproduct = 'chip'\nduration = 9\n");
  const auto& ban = all.scenario().links.at(0);
  EXPECT_THAT(positions(ban.from), ElementsAre(0));
  EXPECT_THAT(positions(ban.to), ElementsAre(3, 4, 5, 6, 7, 8));
  EXPECT_THAT(ban.columns, ElementsAre(2, 3, 4, 5));
  EXPECT_EQ(ban.share, 1);
  const auto some = parsed(
      "[[export_ban]]\nregion = 'ASIA'\nproduct = 'chip'\nto = ['DEU', 'CHN']\nshare = 0.5\n"
      "duration = 9\n");
  ASSERT_EQ(some.scenario().links.size(), 2U);
  EXPECT_THAT(positions(some.scenario().links[0].to), ElementsAre(3, 4, 5));
  EXPECT_THAT(positions(some.scenario().links[1].from), ElementsAre(6));
  EXPECT_THAT(positions(some.scenario().links[1].to), ElementsAre(0, 1, 2, 3, 4, 5));
  EXPECT_EQ(some.scenario().links[1].share, 0.5);
  EXPECT_THAT(complaint("[[export_ban]]\nproduct = 'chip'\nduration = 9\n"),
              HasSubstr("the region whose exports stop"));
  EXPECT_THAT(
      complaint("[[export_ban]]\nregion = 'CHN'\nproduct = 'chip'\nto = 'CHN'\nduration = 9\n"),
      HasSubstr("a region other than the one that bans"));
}

TEST(ScenarioFile, LinksAreCutFromSomeToOthers) {
  const auto file = parsed(
      "[[cut]]\nfrom = { outside = 'DEU' }\nto = { region = 'DEU' }\nduration = 9\nshare = "
      "'40%'\n");
  const auto& cut = file.scenario().links.at(0);
  EXPECT_THAT(positions(cut.from), ElementsAre(0, 1, 2, 6, 7, 8));
  EXPECT_THAT(positions(cut.to), ElementsAre(3, 4, 5));
  EXPECT_THAT(cut.columns, ElementsAre(2, 3));
  EXPECT_EQ(cut.share, 0.4);
  const auto makers =
      parsed("[[cut]]\nfrom = { node = 'CHN.chip' }\nto = { product = 'car' }\nduration = 1\n");
  EXPECT_THAT(positions(makers.scenario().links.at(0).to), ElementsAre(1, 4, 7));
  EXPECT_THAT(makers.scenario().links.at(0).columns, IsEmpty());
  const auto homes = parsed(
      "[[cut]]\nfrom = { product = 'car' }\nto = { final_use = 'households' }\nduration = 1\n");
  EXPECT_THAT(positions(homes.scenario().links.at(0).to), IsEmpty());
  EXPECT_THAT(homes.scenario().links.at(0).columns, ElementsAre(0, 2, 4));
  const auto no_homes =
      parsed("[[cut]]\nto = { region = 'DEU', final_use = false }\nduration = 1\n");
  EXPECT_EQ(no_homes.scenario().links.at(0).from.size(), 9U);
  EXPECT_THAT(no_homes.scenario().links.at(0).columns, IsEmpty());
  EXPECT_THAT(complaint("[[cut]]\nduration = 1\n"), HasSubstr("from or to, or both"));
  EXPECT_THAT(complaint("[[cut]]\nto = { final_use = 'house' }\nduration = 1\n"),
              HasSubstr("final use has no category 'house' | Did you mean 'households'?"));
}

TEST(ScenarioFile, DemandDelaysStocksAndPriorities) {
  const auto file = parsed(
      "[[demand]]\nproduct = 'car'\nby = 'DEU'\ncategory = 'households'\nchange = '-20%'\n"
      "duration = 7\nstart = 2\n"
      "[[delay]]\nfrom = { region = 'CHN' }\nto = { region = 'DEU' }\ndays = 14\nduration = 30\n"
      "[[stock]]\nproduct = 'chip'\nto = { region = 'DEU' }\namount = 12\nstart = 4\nduration = 6\n"
      "[[priority]]\nproduct = 'care'\nfinal_use = 'government'\norder = 0\nweight = 2.5\n");
  const auto& s = file.scenario();
  EXPECT_THAT(positions(s.demand.at(0).makers), ElementsAre(1, 4, 7));
  EXPECT_THAT(s.demand.at(0).columns, ElementsAre(2));
  EXPECT_EQ(s.demand.at(0).change, -0.2);
  EXPECT_EQ(s.demand.at(0).when.start, 2);
  EXPECT_THAT(positions(s.delays.at(0).from), ElementsAre(0, 1, 2));
  EXPECT_EQ(s.delays.at(0).days, 14);
  EXPECT_EQ(s.delays.at(0).when.duration, 30);
  EXPECT_EQ(s.stocks.at(0).amount, 12);
  EXPECT_EQ(s.stocks.at(0).start, 4);
  EXPECT_EQ(s.stocks.at(0).duration, 6);
  EXPECT_THAT(positions(s.stocks.at(0).to), ElementsAre(3, 4, 5));
  EXPECT_THAT(positions(s.priorities.at(0).users), ElementsAre(2, 5, 8));
  EXPECT_THAT(s.priorities.at(0).columns, ElementsAre(1, 3, 5));
  EXPECT_EQ(s.priorities.at(0).order, 0);
  EXPECT_EQ(s.priorities.at(0).weight, 2.5);
}

TEST(ScenarioFile, ChoosesTheModel) {
  const auto model =
      parsed(
          "[model]\npreset = 'inoue-todo'\nstocks = 'by-supplier'\nproduction = 'important-half'\n"
          "rationing = 'final-last'\norders = 'habit'\npsi = '90%'\ninventory_days = 15\n"
          "inventory_days_of = { chip = 3, car = 'infinite' }\ninventory_restore_days = 6\n"
          "overproduction_base = 1\noverproduction_max = 1.5\noverproduction_days = 90\n"
          "random_inventories = true\nseed = 4\n")
          .model();
  EXPECT_EQ(model.preset, "inoue-todo");
  EXPECT_EQ(model.stocks, "by-supplier");
  EXPECT_EQ(model.production, "important-half");
  EXPECT_EQ(model.rationing, "final-last");
  EXPECT_EQ(model.orders, "habit");
  EXPECT_EQ(model.psi, 0.9);
  EXPECT_EQ(model.inventory_days, 15);
  EXPECT_EQ(model.inventory_restore_days, 6);
  EXPECT_EQ(model.overproduction_base, 1);
  EXPECT_EQ(model.overproduction_max, 1.5);
  EXPECT_EQ(model.overproduction_days, 90);
  EXPECT_EQ(model.random_inventories, true);
  EXPECT_EQ(model.seed, 4U);
  ASSERT_EQ(model.inventory_days_of.size(), 2U);
  EXPECT_EQ(model.inventory_days_of[0].first, ProductId(1));
  EXPECT_TRUE(std::isinf(model.inventory_days_of[0].second));
  EXPECT_FALSE(parsed("[model]\n").model().psi);
  EXPECT_EQ(parsed("[model]\ninventory_attribute = 'employees'\n").model().inventory_attribute,
            "employees");
  EXPECT_THAT(complaint("[model]\ninventory_attribute = 'employes'\n"),
              HasSubstr("Did you mean 'employees'?"));
  EXPECT_THAT(complaint("[model]\npreset = 'ario_psi'\n"),
              HasSubstr("one of ario-psi, ario, inoue-todo, essential; found ario_psi"));
  EXPECT_THAT(complaint("[model]\npsi = 0\n"),
              HasSubstr("s.toml:2: key 'model.psi': expected a share above 0 to 1"));
}

TEST(ScenarioFile, RefusesWhatAKeyDoesNotAllow) {
  const auto with = [](const std::string& line) {
    return complaint("[[capacity]]\nregion = 'CHN'\n" + line);
  };
  EXPECT_THAT(with("share = 30\nduration = 1\n"), HasSubstr("did you mean \"30%\"?"));
  EXPECT_THAT(with("share = -0.1\nduration = 1\n"),
              HasSubstr("s.toml:3: key 'capacity[1].share': expected a share from 0 to 1"));
  EXPECT_THAT(with("share = 'half'\nduration = 1\n"), HasSubstr("found half"));
  EXPECT_THAT(with("share = 1\nduration = -5\n"),
              HasSubstr("s.toml:4: key 'capacity[1].duration': expected a whole number from 1 to "
                        "36500; found -5"));
  EXPECT_THAT(with("share = 1\n"), HasSubstr("key 'capacity[1].duration': is missing"));
  EXPECT_THAT(with("share = 1\nduration = 1.5\n"), HasSubstr("a whole number"));
  EXPECT_THAT(with("share = 1\nduration = 2\nstart = -1\n"), HasSubstr("found -1"));
  EXPECT_THAT(with("share = 1\nduration = 2\nrecovery = 's-curve'\nrecovery_days = 2\n"),
              HasSubstr("above 2"));
  EXPECT_THAT(with("share = 1\nduration = 2\nrecovery = 'linear'\n"),
              HasSubstr("'capacity[1].recovery_days': is missing"));
  EXPECT_THAT(with("share = 1\nduration = 2\nrecovery = 'slow'\n"), HasSubstr("\"s-curve\""));
  EXPECT_THAT(with("share = 1\ncapital_lost = 3\nduration = 2\n"),
              HasSubstr("either share or capital_lost"));
  EXPECT_THAT(with("share = 1\nduration = 2\nlasting = 3\n"),
              HasSubstr("key 'capacity[1].lasting' is not known here"));
  EXPECT_THAT(with("share = 1\nduration = nan\n"), HasSubstr("a whole number"));
  EXPECT_THAT(complaint("days = 0\n"), HasSubstr("a whole number from 1 to 36500"));
  EXPECT_THAT(complaint("days = 36501\n"), HasSubstr("a whole number from 1 to 36500"));
  EXPECT_THAT(complaint("[[capcity]]\n"), HasSubstr("Did you mean 'capacity'?"));
  EXPECT_THAT(complaint("[[capacity]\n"), HasSubstr("docs/format/scenario.md"));
  EXPECT_THAT(complaint("capacity = 3\n"), HasSubstr("[[capacity]]"));
}

TEST(ScenarioFile, HasLimits) {
  std::string many;
  for (std::size_t k = 0; k <= most_events; ++k)
    many += "[[capacity]]\nregion = 'CHN'\nshare = 0.1\nduration = 1\n";
  EXPECT_THAT(complaint(many), HasSubstr("more than 1000 events"));
  EXPECT_THAT(complaint(std::string(most_scenario_bytes + 1, ' ')), HasSubstr("at most 4194304"));
}

TEST(ScenarioFile, ReadsItsTemplate) {
  auto text = std::string(scenario_template());
  for (const auto& [from, to] : std::vector<std::pair<std::string, std::string>>{
           {"REGION", "CHN"}, {"PARTNER", "DEU"}, {"PRODUCT", "car"}, {"OTHER", "chip"}})
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at))
      text.replace(at, from.size(), to);
  const auto file = parsed(text);
  const auto& s = file.scenario();
  EXPECT_EQ(s.capacity.size(), 2U);
  EXPECT_EQ(s.links.size(), 2U);
  EXPECT_EQ(s.delays.size(), 1U);
  EXPECT_EQ(s.demand.size(), 1U);
  EXPECT_EQ(s.stocks.size(), 1U);
  EXPECT_EQ(s.priorities.size(), 1U);
  EXPECT_EQ(file.ensemble().draws, 100U);
  EXPECT_EQ(file.uncertain().size(), 2U);
  EXPECT_EQ(file.uncertain().at(0).name, "model: inventory_days");
}

constexpr auto uncertain =
    "[[capacity]]\nname = 'quake'\nregion = 'JPN'\nshare = { uniform = [0.2, '60%'] }\n"
    "duration = { choice = [10, 20, 30], name = 'how long' }\n"
    "recovery_days = { normal = [20, 40] }\n[ensemble]\ndraws = 64\nseed = 9\n";

TEST(ScenarioFile, NumbersMayBeUncertain) {
  const auto file = parsed(uncertain);
  ASSERT_EQ(file.uncertain().size(), 3U);
  EXPECT_EQ(file.uncertain()[0].name, "quake: share");
  EXPECT_EQ(file.uncertain()[1].name, "how long");
  EXPECT_EQ(file.scenario().capacity.at(0).nodes.at(0).share, 0.4);
  EXPECT_EQ(file.scenario().capacity.at(0).when.duration, 20);
  double sum = 0;
  std::size_t limited = 0;
  for (std::uint64_t i = 0; i < 64; ++i) {
    const auto drawn = file.draw(i);
    const auto& event = drawn.scenario.capacity.at(0);
    EXPECT_EQ(event.nodes.at(0).share, drawn.numbers.at(0));
    EXPECT_EQ(event.when.duration, drawn.numbers.at(1));
    EXPECT_GE(event.when.recovery_days, 0);
    limited += drawn.limited;
    sum += drawn.numbers.at(0);
  }
  EXPECT_NEAR(sum / 64, 0.4, 0.4 / 64);  // each of 64 parts of the range once
  EXPECT_GT(limited, 10U);               // a normal of 20 and 40 is below 0 for 31 %
  EXPECT_LT(limited, 30U);
}

// A draw on a limit that is itself not allowed would be refused when it is played.
TEST(ScenarioFile, DrawsKeepOffALimitThatIsNotAllowed) {
  const auto file = parsed(
      "[model]\ninventory_days = { normal = [1, 5] }\npsi = { normal = [0.1, 1] }\n"
      "[[capacity]]\nregion = 'JPN'\nshare = 1\nduration = 5\nrecovery = 'exponential'\n"
      "recovery_days = { normal = [2, 20] }\n[ensemble]\ndraws = 64\n");
  std::size_t limited = 0;
  for (std::uint64_t i = 0; i < 64; ++i) {
    const auto drawn = file.draw(i);
    EXPECT_GT(*drawn.model.inventory_days, 0);
    EXPECT_GT(*drawn.model.psi, 0);
    EXPECT_LE(*drawn.model.psi, 1);
    EXPECT_GT(drawn.scenario.capacity.at(0).when.recovery_days, 1);
    EXPECT_NO_THROW(check_scenario(scenario_chain(), drawn.scenario));
    limited += drawn.limited;
  }
  EXPECT_GT(limited, 40U);
}

TEST(ScenarioFile, DrawsAreTheSameWhateverWasDrawnBefore) {
  const auto file = parsed(uncertain);
  const auto alone = file.draw(17).numbers;
  for (std::uint64_t i = 0; i < 64; ++i) static_cast<void>(file.draw(i));
  EXPECT_EQ(file.draw(17).numbers, alone);
  EXPECT_NE(file.draw(17, {Sampling::latin_hypercube, 64, 10}).numbers, alone);
}

TEST(ScenarioFile, RefusesDistributionsThatAreNone) {
  const auto with = [](const std::string& share) {
    return complaint("[[capacity]]\nregion = 'CHN'\nduration = 1\nshare = " + share + "\n");
  };
  EXPECT_THAT(with("{ uniform = [0.6, 0.2] }"), HasSubstr("the lower one first"));
  EXPECT_THAT(with("{ uniform = [0.6] }"), HasSubstr("[low, high]"));
  EXPECT_THAT(with("{ uniform = [0.6, 1.2] }"), HasSubstr("'capacity[1].share.uniform'"));
  EXPECT_THAT(with("{ normal = [0.6, 0] }"), HasSubstr("above 0"));
  EXPECT_THAT(with("{ triangular = [0.1, 0.9, 0.5] }"), HasSubstr("ascending"));
  EXPECT_THAT(with("{ gamma = [1, 2] }"), HasSubstr("{ uniform = [low, high] }"));
  EXPECT_THAT(with("{ uniform = [0, 1], choice = [0, 1] }"), HasSubstr("one of { uniform"));
  EXPECT_THAT(with("{ uniform = [0, 1], names = 'x' }"), HasSubstr("Did you mean 'name'?"));
  EXPECT_THAT(complaint("[ensemble]\nsampling = 'grid'\n"), HasSubstr("\"sobol\""));
  EXPECT_THAT(complaint("[ensemble]\ndraws = 0\n"), HasSubstr("a whole number from 1"));
}

}  // namespace
}  // namespace stave
