#include "change/year.hpp"

#include "stave/analysis/years.hpp"
#include "stave/core/error.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

#include <fmt/format.h>

namespace stave {
namespace {

constexpr auto one_classification =
    "Bring both to the same makers first, by a concordance: stave aggregate CHAIN --products "
    "FILE.csv (or --regions FILE.csv) -o NEW.stave";

void demand_same(const std::string& what, const std::string& first, const std::string& second) {
  if (first == second) return;
  throw Error(Errc::bad_input,
              fmt::format("the chains differ in {}: '{}' and '{}'", what, first, second),
              "Convert one of them before it is compared.");
}

// A name for each in messages, also where both are called alike.
std::pair<std::string, std::string> names_of(const Chain& first, const Chain& second) {
  if (first.info().name != second.info().name) return {first.info().name, second.info().name};
  return {"the first chain", "the second chain"};
}

// Where each node of `first` stands in `second`.
std::vector<std::size_t> matched(const Chain& first, const Chain& second) {
  const auto [a, b] = names_of(first, second);
  require_same_classification(first, second);
  const auto refuse = [](const std::string& id, const std::string& has, const std::string& lacks) {
    throw Error(Errc::bad_input, fmt::format("maker '{}' of {} is not in {}", id, has, lacks),
                one_classification);
  };
  std::vector<std::size_t> place;
  for (const auto& node : first.nodes()) {
    const auto at = second.find_node(node.id);
    if (!at) refuse(node.id, a, b);
    place.push_back(at->at());
  }
  for (const auto& node : second.nodes())
    if (!first.find_node(node.id)) refuse(node.id, b, a);
  return place;
}

std::vector<double> picked(std::span<const double> values, const std::vector<std::size_t>& place) {
  std::vector<double> result;
  result.reserve(place.size());
  for (const auto at : place) result.push_back(values[at]);
  return result;
}

FlowMatrix reordered(const FlowMatrix& z, const std::vector<std::size_t>& place) {
  const auto n = place.size();
  if (z.is_dense()) {
    Matrix result(n, n);
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t j = 0; j < n; ++j) result(i, j) = z.dense()(place[i], place[j]);
    return FlowMatrix(std::move(result));
  }
  std::vector<std::int32_t> now(n);
  for (std::size_t i = 0; i < n; ++i) now[place[i]] = static_cast<std::int32_t>(i);
  std::vector<Flow> links;
  z.for_each([&](std::size_t i, std::size_t j, double v) { links.push_back({now[i], now[j], v}); });
  return FlowMatrix::from_flows(n, std::move(links));
}

std::string user_of(const Chain& chain, const FinalUseColumn& column, ChangeUsers users) {
  return users == ChangeUsers::region ? chain.regions()[column.region].code : column.category;
}

// Users of both chains in the order of their first appearance.
std::vector<std::string> users_of(const Chain& first, const Chain& second, ChangeUsers users) {
  std::vector<std::string> found;
  for (const auto* chain : {&first, &second})
    for (const auto& column : chain->final_columns())
      if (auto user = user_of(*chain, column, users); std::ranges::find(found, user) == found.end())
        found.push_back(std::move(user));
  return found;
}

Matrix use_by(const Chain& chain, const std::vector<std::size_t>& place,
              const std::vector<std::string>& users, ChangeUsers kind) {
  std::vector<std::size_t> user;
  for (const auto& column : chain.final_columns())
    user.push_back(static_cast<std::size_t>(std::ranges::find(users, user_of(chain, column, kind)) -
                                            users.begin()));
  Matrix use(place.size(), users.size());
  for (std::size_t i = 0; i < place.size(); ++i)
    for (std::size_t k = 0; k < user.size(); ++k) use(i, user[k]) += chain.final_use()(place[i], k);
  return use;
}

std::optional<std::size_t> find_stressor(const Chain& chain, const std::string& name) {
  for (std::size_t s = 0; s < chain.stressor_rows().size(); ++s)
    if (chain.stressor_rows()[s].name == name) return s;
  return {};
}

std::size_t require_stressor(const Chain& chain, const std::string& name, std::string_view which) {
  if (const auto found = find_stressor(chain, name)) return *found;
  std::vector<std::string> names;
  for (const auto& row : chain.stressor_rows()) names.push_back(row.name);
  throw Error(
      Errc::not_found,
      fmt::format("stressor '{}' is not in the {} chain, {}", name, which, chain.info().name),
      names.empty() ? "It has none. Add some with: stave import CHAIN --stressors FILE.csv"
                    : did_you_mean(name, names));
}

void require_finite(const Chain& chain, std::span<const double> values, const std::string& what) {
  for (std::size_t i = 0; i < values.size(); ++i)
    if (!std::isfinite(values[i]))
      throw Error(Errc::bad_input, fmt::format("{} of node '{}' in {} is {}", what,
                                               chain.nodes()[i].id, chain.info().name, values[i]));
}

// What makers with an output below zero buy becomes final use of their region, so that all others
// still make what they are recorded to make.
void move_purchases(const Chain& chain, const std::vector<std::size_t>& place,
                    const std::vector<std::string>& users, ChangeUsers kind,
                    const std::vector<bool>& below_zero, Year& year) {
  if (year.below_zero == 0) return;
  const auto user_near = [&](std::size_t j) {
    const auto region = chain.nodes()[place[j]].region;
    for (const auto& column : chain.final_columns())
      if (column.region == region)
        return std::ranges::find(users, user_of(chain, column, kind)) - users.begin();
    return std::ptrdiff_t{0};
  };
  year.flows->for_each([&](std::size_t i, std::size_t j, double z) {
    if (below_zero[j]) year.use(i, static_cast<std::size_t>(user_near(j))) += z;
  });
}

Year year_of(const Chain& chain, const std::vector<std::size_t>& place,
             const ChangeOptions& options, std::string_view which,
             const std::vector<std::string>& users) {
  Year year;
  std::span<const double> amount = chain.value_added();
  if (!options.stressor.empty()) {
    const auto s = require_stressor(chain, options.stressor, which);
    amount = chain.stressors().row(s);
    if (chain.stressors_final().size() > 0)
      for (const auto direct : chain.stressors_final().row(s)) year.direct += direct;
  }
  require_finite(chain, amount, options.stressor.empty() ? "value added" : options.stressor);
  year.flows = &chain.flows();
  if (!std::ranges::is_sorted(place)) {
    year.reordered = std::make_unique<const FlowMatrix>(reordered(chain.flows(), place));
    year.flows = year.reordered.get();
  }
  year.output = picked(chain.output(), place);
  year.amount = picked(amount, place);
  year.intensity.resize(place.size());
  std::vector<bool> below_zero(place.size());
  for (std::size_t i = 0; i < place.size(); ++i) {
    if (year.output[i] < 0) {
      below_zero[i] = true;
      year.output[i] = 0;
      ++year.below_zero;
    }
    if (year.output[i] != 0) {
      year.intensity[i] = year.amount[i] / year.output[i];
    } else {
      year.outside += year.amount[i];
      year.amount[i] = 0;
    }
  }
  year.use = use_by(chain, place, users, options.users);
  move_purchases(chain, place, users, options.users, below_zero, year);
  return year;
}

void demand_comparable(const Chain& first, const Chain& second, const ChangeOptions& options) {
  for (const auto* chain : {&first, &second})
    if (chain->final_use().size() == 0)
      throw Error(Errc::missing_part, fmt::format("a decomposition of changes needs final use, "
                                                  "which {} does not have",
                                                  chain->info().name));
  demand_same("their currency", first.info().currency, second.info().currency);
  demand_same("the unit of their flows", first.info().unit, second.info().unit);
  if (options.stressor.empty()) return;
  const auto a = require_stressor(first, options.stressor, "first");
  const auto b = require_stressor(second, options.stressor, "second");
  demand_same("the unit of " + options.stressor, first.stressor_rows()[a].unit,
              second.stressor_rows()[b].unit);
}

}  // namespace

YearPair years_of(const Chain& first, const Chain& second, const ChangeOptions& options) {
  const auto place = matched(first, second);
  demand_comparable(first, second, options);
  std::vector<std::size_t> same(first.size());
  std::iota(same.begin(), same.end(), std::size_t{0});
  YearPair years;
  years.users = users_of(first, second, options.users);
  years.first = year_of(first, same, options, "first", years.users);
  years.second = year_of(second, place, options, "second", years.users);
  for (std::size_t i = 0; i < first.size(); ++i) {
    years.labels.push_back(first.label(NodeId(i)));
    years.region.push_back(first.nodes()[i].region.value);
    years.product.push_back(first.nodes()[i].product.value);
  }
  years.regions = first.regions().size();
  years.products = first.products().size();
  return years;
}

}  // namespace stave
