#include "stave/core/error.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>
#include <tuple>

#include <fmt/format.h>

#include "nev_tables.hpp"
#include "proportional_fit.hpp"
#include "sample.hpp"

namespace stave::sample {

namespace {

/// 10 million battery-electric cars of 30,000 USD, in million USD a year.
constexpr double world_car_sales = 300'000;

/// Who makes a product: a node of the chain to be.
struct Maker {
  ProductId product;
  std::optional<ProductId> line;
  RegionId region;
  double output = 0;
  std::optional<double> tons;
};

/// A purchase of one product by a maker, or by a region's final users.
struct Buyer {
  std::optional<std::size_t> maker;
  Party party;
};

struct Sale {
  std::size_t seller = 0;
  Buyer buyer;
  double value = 0;
};

/// The chain as it grows from the car down to the ores: users always before their inputs.
struct Tiers {
  const NevTables& tables;
  std::vector<Maker> makers;
  std::vector<Sale> sales;
};

void visit(const NevTables& tables, ProductId product, std::vector<int>& state,
           std::vector<ProductId>& order) {
  auto& mark = state[product.at()];
  if (mark == 2) return;
  if (mark == 1)
    throw Error(Errc::bad_input, fmt::format("inputs.csv: {} goes into itself through other inputs",
                                             tables.products[product].code));
  mark = 1;
  for (const auto& input : tables.inputs)
    if (input.input == product) visit(tables, input.product, state, order);
  mark = 2;
  order.push_back(product);
}

/// Every product after all that it goes into.
std::vector<ProductId> users_first(const NevTables& tables) {
  std::vector<int> state(tables.products.size());
  std::vector<ProductId> order;
  for (std::size_t p = 0; p < tables.products.size(); ++p)
    visit(tables, ProductId(p), state, order);
  return order;
}

/// A maker's own line takes one input of a substitute group; every maker takes what has no group.
bool takes(const Maker& maker, const NevInput& input) {
  return input.product == maker.product && (input.group.empty() || maker.line == input.input);
}

std::vector<Buyer> buyers_of(const Tiers& tiers, ProductId product) {
  std::vector<Buyer> buyers;
  for (const auto& input : tiers.tables.inputs) {
    if (input.input != product) continue;
    for (std::size_t j = 0; j < tiers.makers.size(); ++j)
      if (takes(tiers.makers[j], input))
        buyers.push_back({j, {tiers.makers[j].region, input.cost_share * tiers.makers[j].output}});
  }
  return buyers;
}

std::vector<Buyer> car_buyers(const NevTables& tables) {
  std::vector<Buyer> buyers;
  for (std::size_t r = 0; r < tables.demand.size(); ++r)
    if (tables.demand[r] > 0)
      buyers.push_back({std::nullopt, {RegionId(r), tables.demand[r] * world_car_sales}});
  return buyers;
}

/// Appends the makers of `shares` with what they sell to `buyers`, and the sales.
void sell(Tiers& tiers, const std::vector<NevProvider>& shares, const std::vector<Buyer>& buyers,
          double home_factor) {
  double bought = 0;
  std::vector<Party> to;
  for (const auto& buyer : buyers) {
    bought += buyer.party.value;
    to.push_back(buyer.party);
  }
  std::vector<Party> from;
  for (const auto& share : shares) from.push_back({share.region, share.share * bought});
  const auto trade = proportional_fit(from, to, home_factor);
  for (std::size_t i = 0; i < shares.size(); ++i) {
    const auto seller = tiers.makers.size();
    tiers.makers.push_back(
        {shares[i].product, shares[i].line, shares[i].region, from[i].value, shares[i].tons});
    for (std::size_t j = 0; j < buyers.size(); ++j)
      tiers.sales.push_back({seller, buyers[j], trade(i, j)});
  }
}

std::vector<NevProvider> providers_of(const NevTables& tables, ProductId product) {
  std::vector<NevProvider> found;
  std::ranges::copy_if(tables.providers, std::back_inserter(found),
                       [&](const NevProvider& p) { return p.product == product; });
  return found;
}

/// A product made at home: each region with buyers makes what they buy, in the region's own lines.
void sell_at_home(Tiers& tiers, ProductId product, const std::vector<Buyer>& buyers) {
  const auto known = providers_of(tiers.tables, product);
  for (std::size_t r = 0; r < tiers.tables.regions.size(); ++r) {
    const RegionId region(r);
    std::vector<Buyer> here;
    std::ranges::copy_if(buyers, std::back_inserter(here),
                         [&](const Buyer& b) { return b.party.region == region; });
    if (here.empty()) continue;
    std::vector<NevProvider> lines;
    std::ranges::copy_if(known, std::back_inserter(lines),
                         [&](const NevProvider& p) { return p.region == region; });
    if (lines.empty() && known.empty()) lines.push_back({product, {}, region, 1, {}});
    if (lines.empty())
      throw Error(Errc::bad_input,
                  fmt::format("providers.csv: {} buys {} and has no lines of it",
                              tiers.tables.regions[r].name, tiers.tables.products[product].name));
    sell(tiers, lines, here, 1);
  }
}

void add_product(Tiers& tiers, ProductId product) {
  const auto& how = tiers.tables.product[product.at()];
  auto buyers = buyers_of(tiers, product);
  if (tiers.tables.products[product].code == "car") buyers = car_buyers(tiers.tables);
  if (buyers.empty())
    throw Error(Errc::bad_input,
                fmt::format("inputs.csv: nobody buys {}", tiers.tables.products[product].name));
  if (how.home)
    sell_at_home(tiers, product, buyers);
  else
    sell(tiers, providers_of(tiers.tables, product), buyers, how.home_factor);
}

/// Nodes in the order of regions, then products, then lines: position of each maker.
std::vector<std::size_t> node_order(const std::vector<Maker>& makers) {
  std::vector<std::size_t> order(makers.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::ranges::stable_sort(order, {}, [&](std::size_t i) {
    return std::tuple(makers[i].region, makers[i].product, makers[i].line);
  });
  return order;
}

Node node_of(const NevTables& tables, const Maker& maker) {
  const auto& region = tables.regions[maker.region];
  const auto& product = tables.products[maker.product];
  Node node{
      fmt::format("{}.{}", region.code, product.code), {}, {}, maker.region, maker.product, {}};
  if (maker.line) {
    const auto& line = tables.products[*maker.line];
    node.id += "." + line.code;
    node.name = fmt::format("{}: {} ({})", region.name, product.name, line.name);
    node.name_zh = fmt::format("{}：{}（{}）", region.name_zh, product.name_zh, line.name_zh);
  }
  return node;
}

Recipe recipe_of(const NevTables& tables) {
  auto recipe = Recipe::uniform(Need::none);
  for (const auto& input : tables.inputs)
    recipe.set(input.input, input.product, input.essential ? Need::essential : Need::non_essential);
  return recipe;
}

void fill_sales(const Tiers& tiers, const std::vector<std::size_t>& position, ChainParts& parts) {
  std::map<RegionId, std::size_t> column;
  for (const auto& sale : tiers.sales)
    if (!sale.buyer.maker) column[sale.buyer.party.region] = 0;
  for (auto& [region, number] : column) {
    number = parts.final_columns.size();
    parts.final_columns.push_back({region, "households"});
  }
  parts.final_use = Matrix(tiers.makers.size(), column.size());
  std::vector<Flow> flows;
  for (const auto& [seller, buyer, value] : tiers.sales)
    if (buyer.maker)
      flows.push_back({static_cast<std::int32_t>(position[seller]),
                       static_cast<std::int32_t>(position[*buyer.maker]), value});
    else
      parts.final_use(position[seller], column.at(buyer.party.region)) += value;
  parts.flows = FlowMatrix::from_flows(tiers.makers.size(), std::move(flows));
}

/// What a maker's output is worth less what it buys, node by node.
void fill_value_added(const std::vector<Maker>& nodes, ChainParts& parts) {
  const auto bought = parts.flows.column_sums();
  parts.primary_rows = {{"VA", "Value added", "增加值"}};
  parts.primary = Matrix(1, nodes.size());
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    parts.primary(0, i) = nodes[i].output - bought[i];
    parts.reported_output.push_back(nodes[i].output);
    if (!(parts.primary(0, i) > 0))
      throw Error(Errc::bad_input,
                  fmt::format("inputs.csv: the inputs of {} cost more than it", parts.nodes[i].id));
  }
}

void fill_columns(const NevTables& tables, const std::vector<Maker>& nodes, ChainParts& parts) {
  Attribute days{"inventory", "days", {}};
  Attribute share{"provider_share", "% of the world's output", {}};
  Attribute illustrative{"share_is_illustrative", "1 illustrative, 0 from the USGS", {}};
  Attribute tons{"usgs_output", "metric tons", {}};
  std::map<ProductId, double> world;
  for (const auto& node : nodes) world[node.product] += node.output;
  parts.stressors = Matrix(1, nodes.size());
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const auto& node = nodes[i];
    const auto& product = tables.product[node.product.at()];
    days.values.push_back(product.inventory_days);
    share.values.push_back(100 * node.output / world.at(node.product));
    illustrative.values.push_back(node.tons ? 0 : 1);
    tons.values.push_back(node.tons.value_or(std::numeric_limits<double>::quiet_NaN()));
    parts.stressors(0, i) = product.co2 * tables.region_co2[node.region.at()] * node.output;
  }
  parts.node_attributes = {days, share, illustrative, tons};
  parts.stressor_rows = {{"CO2", "二氧化碳", "kt", Quality::illustrative,
                          "Illustrative: output times an intensity of the product times a factor "
                          "of the region (products.csv, regions.csv)."}};
  parts.stressor_quality.assign(nodes.size(), Quality::illustrative);
}

std::size_t usgs_products(const NevTables& tables) {
  std::set<ProductId> found;
  for (const auto& provider : tables.providers)
    if (provider.tons) found.insert(provider.product);
  return found.size();
}

ChainInfo describe(const NevTables& tables) {
  ChainInfo info;
  info.name = "nev";
  info.title = "Product chain of an electric car, ore to car";
  info.title_zh = "新能源汽车产业链（从矿石到整车）";
  info.year = 2024;
  info.currency = "USD";
  info.unit = "million USD";
  info.classification = "Own list of products, ore to car";
  info.source =
      "Shares of mines, smelters and refineries: U.S. Geological Survey (2025), Mineral Commodity "
      "Summaries 2025, data release, estimated production of 2024. All else is illustrative.";
  info.licence = "USGS: public domain; the rest: Apache-2.0, as the project";
  info.notes = {
      "ILLUSTRATIVE: cost shares, essential inputs, the makers' shares, buyers, stocks and CO2 "
      "are assumptions that show the method. They are no statistics and no forecast; do not cite "
      "them.",
      fmt::format("Makers' shares of {} raw and refined products are those of the whole world's "
                  "tonnage by the USGS: attribute share_is_illustrative is 0 there, 1 elsewhere.",
                  usgs_products(tables)),
      fmt::format("The USGS states no figure for {} pairs of country and product (withheld, or "
                  "none), lithium of the United States for one; they count as none.",
                  tables.withheld.size()),
      "Scale: 10 million cars of 30,000 USD a year (illustrative). Values follow from cost shares, "
      "tier by tier; value added is what is left.",
      "Inputs that stand in for one another: a maker of battery modules, anodes, inverters, "
      "chargers or driving computers runs lines, each with one of them; any line serves the "
      "buyer.",
      "Tools count as inputs: a maker without a supplier of an essential tool counts as stopped, "
      "although it would run for years on the tools it has."};
  return info;
}

}  // namespace

Chain derive_nev(const Places& places) {
  const auto tables = read_nev_tables(places);
  Tiers tiers{tables, {}, {}};
  for (const auto product : users_first(tables)) add_product(tiers, product);
  const auto order = node_order(tiers.makers);
  std::vector<std::size_t> position(order.size());
  std::vector<Maker> nodes;
  ChainParts parts;
  for (std::size_t i = 0; i < order.size(); ++i) {
    position[order[i]] = i;
    nodes.push_back(tiers.makers[order[i]]);
    parts.nodes.push_back(node_of(tables, nodes.back()));
  }
  parts.info = describe(tables);
  parts.regions = tables.regions;
  parts.products = tables.products;
  parts.recipe = recipe_of(tables);
  fill_sales(tiers, position, parts);
  fill_value_added(nodes, parts);
  fill_columns(tables, nodes, parts);
  return Chain(std::move(parts));
}

}  // namespace stave::sample
