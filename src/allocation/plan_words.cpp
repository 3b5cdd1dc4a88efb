#include "allocation/plan_words.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "allocation/assumption.hpp"

namespace stave {
namespace {

std::size_t user_of(const SupplyWeb& web, std::size_t need) {
  return static_cast<std::size_t>(web.needs[need].user);
}

bool is_market(const SupplyWeb& web, std::size_t node) { return node >= web.makers; }

/// "chips (Taiwan)": a market's inflow is not a step of its own.
std::string step_words(const Chain& chain, const SupplyWeb& web, const ShortageStep& step) {
  const auto at = static_cast<std::size_t>(step.at);
  switch (step.kind) {
    case ShortageStep::Kind::node:
      return place_name(chain, web, at);
    case ShortageStep::Kind::input:
      return is_market(web, user_of(web, at))
                 ? std::string()
                 : fmt::format("is short of {}", need_name(chain, web, at));
    case ShortageStep::Kind::capacity:
      return "can make no more";
    case ShortageStep::Kind::limit: {
      const auto& link = web.links[at];
      return fmt::format("no more can come from {}",
                         place_name(chain, web, static_cast<std::size_t>(link.maker)));
    }
    case ShortageStep::Kind::ring:
      return fmt::format("{} again: they wait for each other", place_name(chain, web, at));
  }
  return {};
}

}  // namespace

std::string shortage_words(const Chain& chain, const AllocationProblem& problem,
                           const std::vector<ShortageStep>& path) {
  std::string text;
  for (const auto& step : path) {
    const auto words = step_words(chain, problem.web, step);
    if (words.empty()) continue;
    const bool begins = step.kind == ShortageStep::Kind::node ||
                        step.kind == ShortageStep::Kind::ring ||
                        step.kind == ShortageStep::Kind::limit;
    if (!text.empty()) text += begins ? "; " : " ";
    text += words;
  }
  return text;
}

UseWords use_words(const Chain& chain, const SupplyWeb& web, const SupplyWeb::Use& use) {
  UseWords words;
  const auto i = static_cast<std::size_t>(use.maker);
  if (is_market(web, i)) {
    const auto& market = web.markets[i - web.makers];
    words.product = chain.products()[market.product].name;
    words.where = chain.regions()[market.region].name;
  } else {
    words.product = chain.products()[chain.node(NodeId(i)).product].name;
    words.where = chain.label(NodeId(i));
  }
  if (use.column < 0) return words;
  const auto& column = chain.final_columns()[static_cast<std::size_t>(use.column)];
  words.category = column.category;
  if (!is_market(web, i) && column.region != chain.node(NodeId(i)).region)
    words.category += fmt::format(" in {}", chain.regions()[column.region].name);
  return words;
}

std::string holds_back(const Chain& chain, const AllocationProblem& problem,
                       const EmergencyPlan& plan, const std::vector<std::size_t>& needs,
                       std::size_t maker) {
  double most = plan.capacity_price[maker];
  std::string what = most > 0 ? "its capacity" : "";
  for (const auto k : needs)
    if (const double cost = problem.web.needs[k].per_unit * plan.need_price[k]; cost > most) {
      most = cost;
      what = need_name(chain, problem.web, k);
    }
  return what;
}

}  // namespace stave
