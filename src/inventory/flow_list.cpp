#include "flow_list.hpp"

#include "stave/inventory/unit.hpp"

#include <cctype>

#include <fmt/format.h>

namespace stave {
namespace {

std::string lower(std::string_view text) {
  std::string result(text);
  for (auto& c : result) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return result;
}

constexpr auto supplied = "co2e";
constexpr auto supplied_from = "stated by suppliers";

}  // namespace

bool is_resource(std::string_view compartment) {
  const auto word = lower(compartment);
  return word.starts_with("resource") || word.starts_with("natural resource") ||
         word.starts_with("raw") || word.starts_with("elementary flows/resource");
}

FlowList::FlowList(const Inventory& inventory) : factors_(inventory.factors) {
  if (!inventory.factor_set.empty())
    for (auto& factor : factor_set(inventory.factor_set)) factors_.push_back(std::move(factor));
  for (std::size_t i = 0; i < factors_.size(); ++i) by_name_.emplace(lower(factors_[i].flow), i);
}

FlowList::Place FlowList::place_of(const Emission& emission) {
  const std::pair key(emission.flow, emission.compartment);
  const auto [from, to] = rows_.equal_range(key);
  for (auto at = from; at != to; ++at)
    if (const auto factor = unit_factor(emission.unit, flows_[at->second].unit))
      return {at->second, *factor};
  flows_.push_back(
      {.name = emission.flow, .compartment = emission.compartment, .unit = emission.unit});
  rows_.emplace(key, flows_.size() - 1);
  return {flows_.size() - 1, 1};
}

std::size_t FlowList::supplier_flow(const std::string& source) {
  const auto place = place_of({supplied, supplied_from, {}, "kg"});
  flows_[place.row].source = source;
  return place.row;
}

void FlowList::set_factor(ElementaryFlow& flow) const {
  if (flow.compartment == supplied_from) {
    flow.factor = flow.factor_scale = 1;
    flow.source = "suppliers' footprints";
    return;
  }
  const auto [from, to] = by_name_.equal_range(lower(flow.name));
  for (auto at = from; at != to; ++at) {
    const auto& factor = factors_[at->second];
    const bool fits = factor.compartment.empty()
                          ? !is_resource(flow.compartment)
                          : lower(flow.compartment).starts_with(lower(factor.compartment));
    const auto units = unit_factor(flow.unit, factor.unit);
    if (!fits || !units) continue;
    flow.factor = factor.amount.value * *units;
    flow.factor_scale = factor.amount.number < 0 ? flow.factor : *units;
    flow.number = factor.amount.number;
    flow.source = factor.source;
    return;
  }
}

std::vector<ElementaryFlow> FlowList::finish(std::vector<std::string>& notes) {
  std::size_t without = 0;
  for (auto& flow : flows_) {
    set_factor(flow);
    without += flow.source.empty() ? 1 : 0;
  }
  if (without > 0)
    notes.push_back(
        fmt::format("{} of {} elementary flows have no factor and are not in the score.", without,
                    flows_.size()));
  return std::move(flows_);
}

}  // namespace stave
