#include "position/words.hpp"

#include "stave/analysis/analysis.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace stave::words {
namespace {

std::vector<Group> groups_of(const Classification& items, const Chain& chain, auto&& item_of) {
  std::vector<Group> groups;
  for (std::size_t k = 0; k < items.size(); ++k)
    groups.push_back({items[k].code, items[k].name, {}});
  for (std::size_t i = 0; i < chain.size(); ++i)
    groups[item_of(chain.nodes()[i]).at()].makers.emplace_back(i);
  std::erase_if(groups, [](const Group& g) { return g.makers.empty(); });
  return groups;
}

}  // namespace

Table table(const Declaration& declaration, std::string_view name,
            const std::vector<std::string_view>& columns, const std::string& unit) {
  auto result = declared_table(declaration, name);
  for (std::size_t c = 0; c < result.columns().size(); ++c)
    if (auto& spec = result.column(c).spec; std::ranges::find(columns, spec.name) != columns.end())
      spec.unit = unit;
  return result;
}

TableSpec negative_value_added_table() {
  return {"negative_value_added",
          "Makers whose value added lies below zero, lowest first",
          {{"node", ColumnType::text, {}, "Id of the node"},
           {"label", ColumnType::text, {}, "Region and product"},
           {"value_added", ColumnType::real, {}, "Below zero: it buys for more than it makes"},
           {"output", ColumnType::real, {}, "Output"}}};
}

void tell_negative_value_added(const Chain& chain, std::span<const double> value_added,
                               const Declaration& declaration, Report& report) {
  std::vector<std::size_t> makers;
  for (std::size_t i = 0; i < chain.size(); ++i)
    if (value_added[i] < 0) makers.push_back(i);
  if (makers.empty()) return;
  std::ranges::stable_sort(makers, {}, [&](std::size_t i) { return value_added[i]; });
  auto listing =
      table(declaration, "negative_value_added", {"value_added", "output"}, chain.info().unit);
  std::vector<std::string> names;
  for (const auto i : makers) {
    const auto label = chain.label(NodeId(i));
    listing.add_row({chain.nodes()[i].id, label, value_added[i], chain.output()[i]});
    if (names.size() < 3) names.push_back(label);
  }
  report.provenance.notes.push_back(fmt::format(
      "Value added lies below zero at {} of {} makers, and is taken as it is: {}{}.", makers.size(),
      chain.size(), fmt::join(names, "; "), makers.size() > names.size() ? " ..." : ""));
  report.tables.push_back(std::move(listing));
}

std::string some_labels(const Chain& chain, const std::vector<NodeId>& makers) {
  std::vector<std::string> named;
  for (const auto maker : makers)
    if (named.size() < 3) named.push_back(chain.label(maker));
  return listed(named) + (makers.size() > named.size() ? " ..." : "");
}

void note_output_below_zero(const Chain& chain, const std::vector<NodeId>& makers,
                            std::vector<std::string>& notes) {
  if (!makers.empty())
    notes.push_back(
        fmt::format("Output lies below zero at {} makers, which count as making nothing: {}.",
                    makers.size(), some_labels(chain, makers)));
}

Chain without_output_below_zero(const Chain& chain, std::vector<std::string>& notes) {
  std::vector<NodeId> below;
  for (std::size_t i = 0; i < chain.size(); ++i)
    if (chain.output()[i] < 0) below.emplace_back(i);
  if (below.empty()) return chain;
  note_output_below_zero(chain, below, notes);
  auto parts = chain.parts();
  // Output below zero comes from a final use below zero: from the most negative one.
  for (const auto maker : below)
    *std::ranges::min_element(parts.final_use.row(maker.at())) -= chain.output()[maker.at()];
  return Chain(std::move(parts));
}

std::vector<Group> by_region(const Chain& chain) {
  return groups_of(chain.regions(), chain, [](const Node& node) { return node.region; });
}

std::vector<Group> by_product(const Chain& chain) {
  return groups_of(chain.products(), chain, [](const Node& node) { return node.product; });
}

std::vector<std::size_t> largest_first(const std::vector<double>& values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto key = [&](std::size_t i) {
    return std::isnan(values[i]) ? -std::numeric_limits<double>::infinity() : values[i];
  };
  std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) { return key(a) > key(b); });
  return order;
}

}  // namespace stave::words
