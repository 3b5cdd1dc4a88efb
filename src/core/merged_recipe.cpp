#include <array>
#include <cmath>
#include <map>

#include "shares.hpp"

namespace stave {
namespace {

using Pair = Recipe::Pair;
using Weights = std::array<double, 3>;  // by Need

// |Z| summed by (input product, using product).
std::map<Pair, double> product_flows(const Chain& chain) {
  std::map<Pair, double> total;
  std::vector<double> bought(chain.products().size());
  std::vector<std::size_t> touched;
  for (std::size_t i = 0; i < chain.size(); ++i) {
    chain.flows().for_each_in_row(i, [&](std::size_t j, double value) {
      const auto user = chain.nodes()[j].product.at();
      if (bought[user] == 0) touched.push_back(user);
      bought[user] += std::abs(value);
    });
    for (const auto user : touched) {
      total[{chain.nodes()[i].product, ProductId(user)}] += bought[user];
      bought[user] = 0;
    }
    touched.clear();
  }
  return total;
}

// What carries most; the stronger of equals.
Need heaviest(const Weights& weights) {
  std::size_t best = 2;
  for (const std::size_t need : {1U, 0U})
    if (weights[need] > weights[best]) best = need;
  return static_cast<Need>(best);
}

}  // namespace

Recipe merged_recipe(const Chain& chain, const Mapping& products) {
  const auto& old = chain.recipe();
  const auto add = [&](std::map<Pair, Weights>& votes, Pair pair, double flow) {
    const auto need = static_cast<std::size_t>(old.need(pair.first, pair.second));
    for (const auto& input : products.shares.of(pair.first.at()))
      for (const auto& user : products.shares.of(pair.second.at()))
        votes[{ProductId(input.target), ProductId(user.target)}][need] +=
            input.weight * user.weight * flow;
  };
  std::map<Pair, Weights> votes;
  for (const auto& [pair, flow] : product_flows(chain)) add(votes, pair, flow);
  // Exceptions between products that trade nothing count only where no member trades.
  std::map<Pair, Weights> silent;
  for (const auto& [pair, need] : old.exceptions()) add(silent, pair, 1);
  votes.merge(silent);

  auto merged =
      old.is_default_rule() ? Recipe(products.targets) : Recipe::uniform(old.uniform_need());
  for (const auto& [pair, weights] : votes)
    if (const auto need = heaviest(weights); need != merged.need(pair.first, pair.second))
      merged.set(pair.first, pair.second, need);
  return merged;
}

}  // namespace stave
