#include "stave/shock/shock.hpp"

#include <algorithm>
#include <map>

namespace stave {

NormalDay normal_day(const Chain& chain) {
  constexpr double days_of_year = 365;
  NormalDay normal;
  normal.output.resize(chain.size());
  chain.flows().for_each([&](std::size_t i, std::size_t, double z) {
    if (z > 0) normal.output[i] += z / days_of_year;
  });
  for (std::size_t i = 0; i < chain.size(); ++i)
    for (const double y : chain.final_use().row(i))
      if (y > 0) normal.output[i] += y / days_of_year;
  normal.by_region.resize(chain.regions().size());
  normal.by_product.resize(chain.products().size());
  for (std::size_t i = 0; i < chain.size(); ++i) {
    normal.by_region[chain.nodes()[i].region.at()] += normal.output[i];
    normal.by_product[chain.nodes()[i].product.at()] += normal.output[i];
    normal.total += normal.output[i];
    if (normal.output[i] > 0) normal.value_added += chain.value_added()[i] / days_of_year;
  }
  return normal;
}

std::vector<UnsuppliedInput> unsupplied_essentials(const Chain& chain) {
  std::map<ProductId, std::vector<bool>> lacking;  // [n] by input
  for (const auto& [pair, need] :
       chain.has_own_recipe() ? chain.recipe().exceptions() : std::map<Recipe::Pair, Need>()) {
    if (need != Need::essential) continue;
    auto& makers = lacking[pair.first];
    makers.resize(chain.size());
    for (std::size_t i = 0; i < chain.size(); ++i)
      if (chain.nodes()[i].product == pair.second && chain.output()[i] > 0) makers[i] = true;
  }
  if (lacking.empty()) return {};
  chain.flows().for_each([&](std::size_t i, std::size_t j, double z) {
    if (!(z > 0)) return;
    const auto input = lacking.find(chain.nodes()[i].product);
    if (input != lacking.end()) input->second[j] = false;
  });
  std::vector<UnsuppliedInput> found;
  for (const auto& [input, makers] : lacking)
    for (std::size_t i = 0; i < makers.size(); ++i)
      if (makers[i]) found.push_back({NodeId(i), input});
  return found;
}

int day_it_begins(const Scenario& scenario) {
  int first = scenario.days;
  const auto look = [&](int start) { first = std::min(first, start); };
  for (const auto& event : scenario.capacity) look(event.when.start);
  for (const auto& event : scenario.links) look(event.when.start);
  for (const auto& event : scenario.demand) look(event.when.start);
  for (const auto& event : scenario.delays) look(event.when.start);
  for (const auto& event : scenario.stocks) look(event.start);
  return first == scenario.days ? 0 : first;
}

int day_it_is_over(const Scenario& scenario) {
  int last = 0;
  const auto look = [&](const Timing& when) {
    int day = when.start + when.duration;
    // Until a thousandth of the effect is left.
    while (day < scenario.days && strength(when, day) > 1e-3) ++day;
    last = std::max(last, day);
  };
  for (const auto& event : scenario.capacity)
    if (event.rebuilding)
      last = scenario.days;
    else
      look(event.when);
  for (const auto& event : scenario.links) look(event.when);
  for (const auto& event : scenario.demand) look(event.when);
  for (const auto& event : scenario.delays)
    last = std::max(last, event.when.start + event.when.duration + event.days);
  for (const auto& event : scenario.stocks) last = std::max(last, event.start + event.duration);
  return std::min(last, scenario.days);
}

}  // namespace stave
