#include "stave/core/error.hpp"
#include "stave/linalg/leontief.hpp"

#include <cmath>
#include <functional>

#include <fmt/format.h>

#include "tests.hpp"

namespace stave {
namespace {

struct Found {
  std::size_t count = 0;
  std::string first;
};

Found find_nodes(const Chain& chain, const std::function<bool(std::size_t)>& matches) {
  Found found;
  for (std::size_t i = 0; i < chain.size(); ++i)
    if (matches(i) && found.count++ == 0) found.first = chain.nodes()[i].id;
  return found;
}

void add(CheckResult& result, std::string test, const Found& found, Outcome otherwise,
         std::string_view unit, const std::string& what) {
  const auto finding = found.count > 0 ? fmt::format("{} {} {}, the first is {}.", found.count,
                                                     unit, what, found.first)
                                       : fmt::format("No {} {}.", unit, what);
  result.tests.push_back({std::move(test), found.count > 0 ? otherwise : Outcome::pass,
                          static_cast<double>(found.count), std::string(unit), none, found.first,
                          finding});
}

Found unnamed(const Classification& items) {
  Found found;
  for (const auto& item : items.items())
    if (item.name == item.code && found.count++ == 0) found.first = item.code;
  return found;
}

// The node whose purchases exceed its output most, as a share of output; no name where none does.
Found hungriest(const Chain& chain, double& share) {
  Found found;
  share = 1;
  for (std::size_t i = 0; i < chain.size(); ++i) {
    const auto x = chain.output()[i];
    if (!(x > 0) || !(chain.intermediate_inputs()[i] / x > share)) continue;
    share = chain.intermediate_inputs()[i] / x;
    found = {found.count + 1, chain.nodes()[i].id};
  }
  return found;
}

}  // namespace

void check_nodes(const Chain& chain, CheckResult& result) {
  const auto& x = chain.output();
  const auto& bought = chain.intermediate_inputs();
  add(result, "output below zero", find_nodes(chain, [&](std::size_t i) { return x[i] < 0; }),
      Outcome::fail, "nodes", "sell less than nothing in all");
  add(result, "empty nodes",
      find_nodes(chain, [&](std::size_t i) { return x[i] == 0 && bought[i] == 0; }), Outcome::note,
      "nodes", "neither sell nor buy");
  add(result, "purchases without output",
      find_nodes(chain, [&](std::size_t i) { return x[i] == 0 && bought[i] > 0; }),
      Outcome::warning, "nodes", "buy and have no output");
  add(result, "value added below zero",
      find_nodes(chain, [&](std::size_t i) { return chain.value_added()[i] < 0; }),
      Outcome::warning, "nodes", "add less than no value");
}

void check_productivity(const Chain& chain, CheckResult& result) {
  Check test{"productivity", Outcome::pass, none, "spectral radius", 1, {}, {}};
  try {
    const auto radius = spectral_radius(chain.flows(), chain.output());
    test.value = radius.value;
    const auto bounds =
        fmt::format("{:.6f} ({:.6f} to {:.6f})", radius.value, radius.lower, radius.upper);
    const bool fails = radius.converged ? radius.value >= 1 : radius.lower >= 1;
    if (fails) {
      test.outcome = Outcome::fail;
      test.finding = fmt::format(
          "The table is not productive: the spectral radius of A is {}, 1 or more.", bounds);
      double share = 1;
      if (const auto worst = hungriest(chain, share); worst.count > 0) {
        test.where = worst.first;
        test.finding += fmt::format(" {} buys most for what it makes, {:.3g} times its output.",
                                    worst.first, share);
      }
    } else if (radius.upper >= 1) {
      test.outcome = Outcome::warning;
      test.finding =
          fmt::format("The spectral radius of A is about {}: not shown to be below 1.", bounds);
    } else {
      test.finding =
          fmt::format("The table is productive: the spectral radius of A is {}.", bounds);
    }
  } catch (const Error& error) {
    test.outcome = Outcome::skipped;
    test.finding = fmt::format("Productivity was not tested: {}.", error.what());
  }
  result.tests.push_back(std::move(test));
}

void check_names(const Chain& chain, CheckResult& result) {
  add(result, "names of regions", unnamed(chain.regions()), Outcome::warning, "regions",
      "have only a code for a name");
  add(result, "names of products", unnamed(chain.products()), Outcome::warning, "products",
      "have only a code for a name");
}

void check_stressors(const Chain& chain, CheckResult& result) {
  if (chain.stressor_rows().empty()) return;
  const auto& f = chain.stressors();
  double largest = 0;  // share of its stressor
  std::size_t cells = 0;
  std::string where;
  for (std::size_t s = 0; s < f.rows(); ++s) {
    double total = 0;
    double lost = 0;
    for (std::size_t i = 0; i < f.cols(); ++i) {
      const auto value = std::isfinite(f(s, i)) ? std::abs(f(s, i)) : 0;
      total += value;
      if (chain.output()[i] != 0 || value == 0) continue;
      lost += value;
      if (cells++ == 0)
        where = fmt::format("{} / {}", chain.stressor_rows()[s].name, chain.nodes()[i].id);
    }
    if (lost > 0) largest = std::max(largest, lost / total);
  }
  result.tests.push_back(
      {"stressors without output", cells > 0 ? Outcome::warning : Outcome::pass, 100 * largest,
       "% of a stressor", none, where,
       cells > 0 ? fmt::format("{} cells of stressors stand where nothing is made, the first at "
                               "{}: up to {:.3g} % of a stressor, which no consumption account "
                               "can hold.",
                               cells, where, 100 * largest)
                 : "Every stressor stands where something is made."});
}

}  // namespace stave
