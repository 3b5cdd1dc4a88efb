// The curve and the budget against brute force of full solves.
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

/// A product of n parts, each of which can be bought otherwise: part i weighs w_i and saves half of
/// it at a price p_i; parts take one another, so that switches act on one another.
struct Parts {
  Inventory made;
  std::vector<double> shares;

  explicit Parts(std::size_t n, std::uint64_t seed = 3) {
    made.name = "parts";
    made.factor_set = "AR6";
    add("whole", 1);
    for (std::size_t i = 0; i < n; ++i) {
      const auto old = fmt::format("old{}", i);
      const auto fresh = fmt::format("new{}", i);
      add(old, 1 + 4 * random_uniform(seed, 1, i));
      add(fresh, random_uniform(seed, 2, i));
      take("whole", old, 1);
      if (i > 0) {
        take(old, fmt::format("old{}", i - 1), 0.4 * random_uniform(seed, 3, i));
        take(fresh, fmt::format("old{}", i - 1), 0.4 * random_uniform(seed, 4, i));
      }
      Switch s;
      s.name = fmt::format("s{}", i);
      s.source = "test";
      s.product = old;
      s.to = fresh;
      s.premium = random_uniform(seed, 5, i) - 0.2;
      s.currency = "EUR";
      made.switches.push_back(s);
      shares.push_back(0.5 + random_uniform(seed, 6, i) / 2);
    }
  }

  void add(const std::string& id, double emission) {
    Activity a;
    a.id = a.name = id;
    a.outputs.push_back({.product = id, .amount = {1, -1}, .unit = "kg"});
    a.emissions.push_back({"co2", "air", {emission, -1}, "kg"});
    made.activities.push_back(std::move(a));
  }
  void take(const std::string& taker, const std::string& product, double amount) {
    for (auto& a : made.activities)
      if (a.id == taker)
        a.inputs.push_back({.product = product, .amount = {amount, -1}, .unit = "kg"});
  }
};

struct SolvedParts {
  FootprintSystem system;
  std::vector<LinkedSwitch> switches;
  Footprint before;
  SwitchModel model;

  explicit SolvedParts(const Inventory& made)
      : system(link(made)),
        switches(link_switches(made, system.system())),
        before(system.footprint({.process = 0, .amount = 1})),
        model(system, before, switches, 1) {}
};

/// Saved and spent by a full solve of the system written anew.
std::pair<double, double> by_full_solve(const SolvedParts& solved, std::span<const double> shares) {
  const auto after = switched(solved.system.system(), solved.switches, shares);
  const auto dense = reference::footprint(after, solved.before.demand);
  double cost = 0;
  for (std::size_t k = 0; k < shares.size(); ++k)
    for (const auto& input : solved.switches[k].inputs) {
      const auto& entry = solved.system.system().technosphere[input.entry];
      cost -= shares[k] * entry.value * dense.runs[static_cast<std::size_t>(entry.column)] *
              input.extra;
    }
  return {solved.before.score - dense.score, cost};
}

TEST(BestWithin, FindsWhatFullSolvesOfEveryCombinationFind) {
  constexpr std::size_t n = 8;
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    const Parts parts(n, seed);
    const SolvedParts solved(parts.made);
    for (const double budget : {0.0, 0.3, 1.0, 10.0}) {
      const auto choice = best_within(solved.model, parts.shares, solved.switches, budget);
      double best = 0;
      for (std::size_t subset = 0; subset < (std::size_t{1} << n); ++subset) {
        std::vector<double> shares(n);
        for (std::size_t k = 0; k < n; ++k)
          shares[k] = ((subset >> k) & 1U) != 0 ? parts.shares[k] : 0;
        const auto [saved, cost] = by_full_solve(solved, shares);
        if (cost <= budget) best = std::max(best, saved);
      }
      EXPECT_EQ(choice.method, BudgetMethod::enumeration);
      EXPECT_EQ(choice.tried, std::size_t{1} << n);
      EXPECT_NEAR(choice.saved, best, 1e-10 * (1 + best))
          << "seed " << seed << ", budget " << budget;
      EXPECT_LE(choice.cost, budget * (1 + 1e-9));
      std::vector<double> chosen(n);
      for (std::size_t k = 0; k < n; ++k) chosen[k] = choice.chosen[k] ? parts.shares[k] : 0;
      EXPECT_NEAR(by_full_solve(solved, chosen).first, best, 1e-10 * (1 + best));
      EXPECT_NEAR(by_full_solve(solved, chosen).second, choice.cost, 1e-10);
    }
  }
}

TEST(BestWithin, SaysWhenItTookTheCheapestTonInstead) {
  const Parts parts(most_enumerated + 2);
  const SolvedParts solved(parts.made);
  const auto choice = best_within(solved.model, parts.shares, solved.switches, 0.5);
  EXPECT_EQ(choice.method, BudgetMethod::greedy);
  EXPECT_LE(choice.cost, 0.5);
  std::vector<double> chosen(parts.shares.size());
  for (std::size_t k = 0; k < chosen.size(); ++k)
    chosen[k] = choice.chosen[k] ? parts.shares[k] : 0;
  const auto [saved, cost] = by_full_solve(solved, chosen);
  EXPECT_GT(saved, 0);
  EXPECT_NEAR(choice.saved, saved, 1e-10);
  EXPECT_NEAR(choice.cost, cost, 1e-10);
}

TEST(BestWithin, LeavesOutWhatNobodyKnowsTheCostOf) {
  auto parts = Parts(4);
  parts.made.switches[2].premium.reset();
  const SolvedParts solved(parts.made);
  const auto choice = best_within(solved.model, parts.shares, solved.switches, 100);
  EXPECT_EQ(choice.not_costed, std::vector<std::size_t>{2});
  EXPECT_FALSE(choice.chosen[2]);
  EXPECT_FALSE(std::isnan(choice.cost));
}

TEST(AbatementCurve, AddsUpToAllTogether) {
  const Parts parts(9);
  const SolvedParts solved(parts.made);
  for (const bool limited : {false, true}) {
    std::optional<BudgetChoice> choice;
    if (limited) choice = best_within(solved.model, parts.shares, solved.switches, 0.4);
    const auto steps = abatement_curve(solved.model, parts.shares, choice);
    ASSERT_EQ(steps.size(), 9U);
    double saved = 0;
    double cost = 0;
    for (const auto& step : steps) {
      saved += step.saved;
      cost += step.extra_cost;
    }
    const auto [all_saved, all_cost] = by_full_solve(solved, parts.shares);
    EXPECT_NEAR(saved, all_saved, 1e-10);
    EXPECT_NEAR(cost, all_cost, 1e-10);
  }
}

// Each step is the cheapest of those left, by full solves with those before it in place.
TEST(AbatementCurve, TakesTheCheapestTonFirst) {
  const Parts parts(7, 5);
  const SolvedParts solved(parts.made);
  std::vector<double> now(parts.shares.size());
  auto last = by_full_solve(solved, now);
  for (const auto& step : abatement_curve(solved.model, parts.shares)) {
    double cheapest = std::numeric_limits<double>::infinity();
    for (std::size_t k = 0; k < now.size(); ++k) {
      if (now[k] != 0) continue;
      now[k] = parts.shares[k];
      const auto [saved, cost] = by_full_solve(solved, now);
      now[k] = 0;
      if (saved > last.first)
        cheapest = std::min(cheapest, (cost - last.second) / (saved - last.first));
    }
    EXPECT_NEAR(step.extra_cost / step.saved, cheapest, 1e-9);
    now[step.which] = parts.shares[step.which];
    last = by_full_solve(solved, now);
  }
}

TEST(AbatementCurve, PutsWhatIsUnknownOrSavesNothingLast) {
  auto parts = Parts(4);
  parts.made.switches[1].premium.reset();
  for (auto& a : parts.made.activities)
    if (a.id == "new0") a.emissions[0].amount.value = 50;
  parts.shares[3] = 0;
  const SolvedParts solved(parts.made);
  const auto steps = abatement_curve(solved.model, parts.shares);
  ASSERT_EQ(steps.size(), 3U);
  EXPECT_EQ(steps[0].which, 2U);
  EXPECT_EQ(steps[1].which, 1U);
  EXPECT_TRUE(std::isnan(steps[1].extra_cost));
  EXPECT_EQ(steps[2].which, 0U);
  EXPECT_LT(steps[2].saved, 0);
  EXPECT_TRUE(std::isnan(cost_per_tonne(steps[2].saved, steps[2].extra_cost)));
}

TEST(CostPerTonne, IsMoneyForAThousandKilograms) {
  EXPECT_DOUBLE_EQ(cost_per_tonne(4, 0.2), 50);
  EXPECT_DOUBLE_EQ(cost_per_tonne(500, -20), -40);
}

}  // namespace
}  // namespace stave
