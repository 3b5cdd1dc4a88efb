#include "allocation/assumption.hpp"

#include "stave/core/error.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace stave {

NodeFigure node_figure(const Chain& chain, std::string attribute, double fallback,
                       std::string in_words, double most) {
  NodeFigure figure{std::move(attribute), std::vector<double>(chain.size(), fallback),
                    std::vector<bool>(chain.size(), false), std::move(in_words)};
  const auto* given = chain.node_attribute(figure.attribute);
  if (given == nullptr) return figure;
  for (std::size_t i = 0; i < chain.size(); ++i) {
    const double value = given->values[i];
    if (std::isnan(value)) continue;
    if (value < 0 || std::isinf(value) || value > most)
      throw Error(Errc::bad_input,
                  fmt::format("attribute '{}' of {}: {} is out of range", figure.attribute,
                              chain.nodes()[i].id, value),
                  fmt::format("It is 0 or more{}; leave the cell empty where it is not known.",
                              std::isinf(most) ? "" : fmt::format(", at most {}", most)));
    figure.values[i] = value;
    figure.known[i] = true;
  }
  return figure;
}

NodeFigure margin_figure(const Chain& chain, const Arguments& arguments) {
  const bool given = arguments.has("margin");
  auto figure = node_figure(chain, "margin", given ? arguments.real("margin") : 0,
                            given ? fmt::format("{} of sales", arguments.text("margin"))
                                  : "value added per unit of output");
  if (given) return figure;
  for (std::size_t i = 0; i < chain.size(); ++i)
    if (!figure.known[i] && chain.output()[i] > 0)
      figure.values[i] = std::clamp(chain.value_added()[i] / chain.output()[i], 0.0, 1.0);
  return figure;
}

SupplyOptions supply_options(const Arguments& arguments) {
  SupplyOptions options;
  options.inventory_days = arguments.real("inventory");
  options.finished_days = arguments.real("finished");
  options.spare_capacity = arguments.real("spare");
  if (arguments.has("growth")) options.growth = arguments.real("growth");
  return options;
}

std::vector<NodeFigure> supply_figures(const ChainWeb& made, const SupplyOptions& options) {
  return {{"inventory", {}, made.inventory_known, fmt::format("{} days", options.inventory_days)},
          {"finished_inventory",
           {},
           made.finished_known,
           fmt::format("{} days", options.finished_days)},
          {"spare_capacity",
           {},
           made.spare_known,
           fmt::format("{} of normal output", options.spare_capacity)}};
}

std::string assumed_of(const std::vector<NodeFigure>& figures, std::size_t node) {
  std::vector<std::string> unknown;
  for (const auto& figure : figures)
    if (!figure.known[node]) unknown.push_back(figure.attribute);
  return fmt::format("{}", fmt::join(unknown, ", "));
}

std::vector<double> by_use(const SupplyWeb& web, const std::vector<double>& values) {
  std::vector<double> sum(web.nodes());
  std::vector<double> weight(web.nodes());
  for (const auto& link : web.links) {
    const auto user = static_cast<std::size_t>(web.needs[static_cast<std::size_t>(link.need)].user);
    if (user < web.makers) continue;
    sum[user] += link.normal * values[static_cast<std::size_t>(link.maker)];
    weight[user] += link.normal;
  }
  std::vector<double> of;
  for (const auto& use : web.uses) {
    const auto i = static_cast<std::size_t>(use.maker);
    of.push_back(i < web.makers ? values[i] : weight[i] > 0 ? sum[i] / weight[i] : 0);
  }
  return of;
}

ProductId product_of(const Chain& chain, const SupplyWeb& web, std::size_t node) {
  return node < web.makers ? chain.nodes()[node].product : web.markets[node - web.makers].product;
}

RegionId region_of(const Chain& chain, const SupplyWeb& web, std::size_t node) {
  return node < web.makers ? chain.nodes()[node].region : web.markets[node - web.makers].region;
}

std::string place_name(const Chain& chain, const SupplyWeb& web, std::size_t node) {
  if (node < web.makers) return chain.label(NodeId(node));
  const auto& market = web.markets[node - web.makers];
  return fmt::format("{} in {}", chain.products()[market.product].name,
                     chain.regions()[market.region].name);
}

std::string need_name(const Chain& chain, const SupplyWeb& web, std::size_t need) {
  const auto product = web.needs[need].product;
  return product < 0 ? "other inputs" : chain.products()[ProductId(product)].name;
}

std::vector<std::string> web_notes(const Chain& chain, const ChainWeb& made,
                                   const SupplyOptions& options) {
  std::vector<std::string> notes = {
      "An essential input binds in full; of all other inputs together, output falls by the share "
      "of "
      "all purchases that is missing. Services are not kept in stock. Everybody acts for the "
      "chain: "
      "what is found is the best that could be done."};
  if (!chain.has_own_recipe())
    notes.emplace_back(
        "The chain brings no recipe: goods count as essential inputs of goods, "
        "everything else as replaceable.");
  if (!made.web.markets.empty())
    notes.push_back(
        fmt::format("In a table, each region has a market of each product ({} of them): its users "
                    "and its final "
                    "use buy there, stocks of inputs lie there, and which of them gets the goods "
                    "of which maker "
                    "is left open.",
                    made.web.markets.size()));
  notes.push_back(
      std::isinf(options.growth)
          ? "A link can carry any amount; makers send nothing where they do not already."
          : fmt::format("A link can carry {:g} % beside its normal flow.", 100 * options.growth));
  if (made.clipped > 0)
    notes.push_back(fmt::format("{} flows and final uses below zero count as zero.", made.clipped));
  return notes;
}

}  // namespace stave
