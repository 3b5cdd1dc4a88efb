#include "stave/core/error.hpp"
#include "stave/shock/shock.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace stave {
namespace {

// The name's place in its list is the rule's in its enumeration.
template <class Rule, std::size_t n>
void choose(Rule& rule, const std::string& word, const std::array<std::string_view, n>& names) {
  if (word.empty()) return;
  rule = static_cast<Rule>(std::find(names.begin(), names.end(), word) - names.begin());
}

template <class Value>
void put(Value& value, const std::optional<Value>& told) {
  if (told) value = *told;
}

constexpr double least_days_held = 1e-3;  // who holds nothing stops all the same at once

// What users of each product hold of it: their days in stock, weighed by what they buy.
std::vector<double> days_of_attribute(const Chain& chain, const Attribute& attribute,
                                      double fallback) {
  std::vector<double> days(chain.products().size());
  std::vector<double> bought(days.size());
  chain.flows().for_each([&](std::size_t i, std::size_t j, double z) {
    const double held = attribute.values[j];
    if (!(z > 0) || std::isnan(held)) return;
    const auto k = chain.nodes()[i].product.at();
    days[k] += z * held;
    bought[k] += z;
  });
  for (std::size_t k = 0; k < days.size(); ++k)
    days[k] = bought[k] > 0 ? std::max(least_days_held, days[k] / bought[k]) : fallback;
  return days;
}

void put_inventories(const Chain& chain, const ModelChoice& model, SimulationOptions& options) {
  put(options.inventory_days, model.inventory_days);
  if (!model.inventory_attribute.empty())
    options.inventory_days_of = days_of_attribute(
        chain, *chain.node_attribute(model.inventory_attribute), options.inventory_days);
  if (model.inventory_days_of.empty()) return;
  if (options.inventory_days_of.empty())
    options.inventory_days_of.assign(chain.products().size(), options.inventory_days);
  for (const auto& [product, days] : model.inventory_days_of)
    options.inventory_days_of[product.at()] = days;
}

}  // namespace

std::string_view default_preset(const Chain& chain) {
  const bool enterprises = std::any_of(chain.nodes().begin(), chain.nodes().end(),
                                       [](const Node& node) { return !node.enterprise.empty(); });
  if (enterprises) return "inoue-todo";
  return chain.has_own_recipe() ? "essential" : "ario-psi";
}

SimulationOptions options_of(const Chain& chain, const SettledScenario& settled,
                             std::string_view preset) {
  auto options = simulation_preset(preset);
  const auto& model = settled.model;
  choose(options.stocks, model.stocks, stock_rules);
  choose(options.production, model.production, production_rules);
  choose(options.orders, model.orders, order_rules);
  if (!settled.scenario.priorities.empty()) options.rationing = Rationing::priority;
  choose(options.rationing, model.rationing, rationing_rules);
  put(options.psi, model.psi);
  put(options.inventory_restore_days, model.inventory_restore_days);
  put(options.overproduction_base, model.overproduction_base);
  put(options.overproduction_max, model.overproduction_max);
  put(options.overproduction_days, model.overproduction_days);
  put(options.random_inventories, model.random_inventories);
  put(options.seed, model.seed);
  put_inventories(chain, model, options);
  return options;
}

std::string options_in_words(const SimulationOptions& options, std::string_view preset) {
  const auto rule = [](auto value, const auto& names) {
    return names.at(static_cast<std::size_t>(value));
  };
  auto stocks = options.inventory_days_of.empty() ? fmt::format("{:g} days", options.inventory_days)
                                                  : std::string("days by product");
  auto text =
      fmt::format("Played by {}: inputs {}, production {}, rationing {}, stocks of {}", preset,
                  rule(options.stocks, stock_rules), rule(options.production, production_rules),
                  rule(options.rationing, rationing_rules), stocks);
  text += fmt::format(", a gap ordered over {:g} days", options.inventory_restore_days);
  if (options.stocks == StockRule::by_product)
    text += fmt::format(
        ", psi {:g}, overproduction up to {:g} of normal in {:g} days, orders by {}", options.psi,
        options.overproduction_max, options.overproduction_days, rule(options.orders, order_rules));
  return text + ".";
}

}  // namespace stave
