#include "nev_tables.hpp"

#include "stave/core/error.hpp"

#include <cmath>
#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "row.hpp"

namespace stave::sample {

namespace {

namespace fs = std::filesystem;

Classification read_regions(const fs::path& path) {
  std::vector<Item> items;
  for (const auto& row : read_rows(path, {"code", "name", "name_zh"}))
    items.push_back({row.at("code"), row.at("name"), row.at("name_zh"), {}, {}});
  return {"region", std::move(items)};
}

Classification read_products(const fs::path& folder) {
  std::vector<Item> items;
  std::vector<Item> stages;
  for (const auto& row : read_rows(folder / "products.csv", {"code", "name", "name_zh", "stage"}))
    items.push_back(
        {row.at("code"), row.at("name"), row.at("name_zh"), row.at("stage"), Kind::good});
  for (const auto& row : read_rows(folder / "stages.csv", {"code", "name", "name_zh"}))
    stages.push_back({row.at("code"), row.at("name"), row.at("name_zh"), {}, {}});
  return {"product", std::move(items), std::move(stages)};
}

/// Everything in these files is illustrative; a figure from a source has its own reader.
void require_illustrative(const Row& row) {
  if (row.at("quality") != to_string(Quality::illustrative))
    row.refuse("quality", "is not 'illustrative'", "Figures from a source come by usgs.csv.");
}

void read_product_columns(const fs::path& path, NevTables& tables) {
  for (const auto& row : read_rows(path, {"sourcing", "home_factor", "inventory_days",
                                          "co2_kt_per_million_usd", "quality"})) {
    require_illustrative(row);
    tables.product.push_back({row.is("sourcing", "home", "world"), row.number("home_factor"),
                              row.number("inventory_days"), row.number("co2_kt_per_million_usd")});
  }
}

void read_inputs(const fs::path& path, NevTables& tables) {
  std::set<std::pair<ProductId, ProductId>> seen;
  std::map<ProductId, std::string> group_of;
  for (const auto& row : read_rows(path, {"product", "input", "cost_share", "essential",
                                          "substitute_group", "quality", "source"})) {
    require_illustrative(row);
    const ProductId product(row.position("product", tables.products));
    const ProductId input(row.position("input", tables.products));
    if (!seen.emplace(product, input).second)
      row.refuse("input", fmt::format("goes into {} twice", row.at("product")));
    const auto& group = row.at("substitute_group");
    if (!group.empty() && group_of.emplace(product, group).first->second != group)
      row.refuse("substitute_group",
                 fmt::format("is a second group of {}, which can have one", row.at("product")));
    tables.inputs.push_back(
        {product, input, row.number("cost_share"), row.is("essential", "yes", "no"), group});
  }
}

/// Shares in percent, of a product or of a product in one region, become shares of one.
void require_whole(const std::map<std::string, double>& sums, const fs::path& path) {
  for (const auto& [what, sum] : sums)
    if (!(std::abs(sum - 100) < 1e-9))
      throw Error(
          Errc::bad_input,
          fmt::format("{}: the shares of {} sum to {} %, not to 100 %", path.string(), what, sum),
          "Give every provider's share in percent.");
}

/// The line of a provider: one of the inputs that stand in for one another, where there are any.
std::optional<ProductId> line_of(const Row& row, ProductId product, const NevTables& tables) {
  std::set<ProductId> lines;
  for (const auto& input : tables.inputs)
    if (input.product == product && !input.group.empty()) lines.insert(input.input);
  if (row.at("line").empty() && lines.empty()) return std::nullopt;
  const auto line = tables.products.find(row.at("line"));
  if (!line || !lines.contains(ProductId(*line)))
    row.refuse("line", fmt::format("is not a substitute that goes into {}", row.at("product")),
               "Name one input of the product's substitute group; none without a group.");
  return ProductId(*line);
}

void read_providers(const fs::path& path, NevTables& tables) {
  std::map<std::string, double> sums;
  for (const auto& row :
       read_rows(path, {"product", "line", "region", "share", "quality", "source"})) {
    require_illustrative(row);
    NevProvider provider;
    provider.product = ProductId(row.position("product", tables.products));
    provider.region = RegionId(row.position("region", tables.regions));
    provider.line = line_of(row, provider.product, tables);
    const auto percent = row.number("share");
    provider.share = percent / 100;
    const auto at_home = tables.product[provider.product.at()].home;
    sums[row.at("product") + (at_home ? " in " + row.at("region") : "")] += percent;
    tables.providers.push_back(provider);
  }
  require_whole(sums, path);
}

void read_demand(const fs::path& path, NevTables& tables) {
  tables.demand.assign(tables.regions.size(), 0);
  double sum = 0;
  for (const auto& row : read_rows(path, {"region", "share", "quality", "source"})) {
    require_illustrative(row);
    const auto percent = row.number("share");
    tables.demand[row.position("region", tables.regions)] += percent / 100;
    sum += percent;
  }
  require_whole({{"all cars", sum}}, path);
}

std::string trimmed_end(const std::string& text) {
  return text.substr(0, text.find_last_not_of(' ') + 1);
}

/// A statistic of the USGS: (commodity, statistic) -> product, and metric tons per unit of it.
struct Statistic {
  ProductId product;
  double tons_per_unit = 1;
};
using Statistics = std::map<std::pair<std::string, std::string>, Statistic>;

Statistics read_statistics(const fs::path& path, const NevTables& tables) {
  Statistics statistics;
  for (const auto& row : read_rows(path, {"product", "commodity", "statistic", "tons_per_unit"}))
    statistics[{row.at("commodity"), row.at("statistic")}] = {
        ProductId(row.position("product", tables.products)), row.number("tons_per_unit")};
  return statistics;
}

std::map<std::string, RegionId> read_countries(const fs::path& path, const NevTables& tables) {
  std::map<std::string, RegionId> countries;
  for (const auto& row : read_rows(path, {"country", "region"}))
    countries.emplace(row.at("country"), RegionId(row.position("region", tables.regions)));
  return countries;
}

/// Output of 2024 in metric tons by (product, region), summed over the countries of a region.
using Tons = std::map<ProductId, std::map<RegionId, double>>;

Tons read_usgs(const Places& places, NevTables& tables) {
  const auto folder = places.bridges / "nev";
  const auto statistics = read_statistics(folder / "usgs.csv", tables);
  const auto countries = read_countries(folder / "countries.csv", tables);
  const auto path = places.data / "minerals-usgs" / "MCS2025_World_Data.csv";
  Tons tons;
  for (const auto& row : read_rows(path, {"COMMODITY", "COUNTRY", "TYPE", "PROD_EST_ 2024"})) {
    const auto found =
        statistics.find({trimmed_end(row.at("COMMODITY")), trimmed_end(row.at("TYPE"))});
    const auto country = trimmed_end(row.at("COUNTRY"));
    if (found == statistics.end() || country.starts_with("World total")) continue;
    const auto region = countries.find(country);
    if (region == countries.end()) row.refuse("COUNTRY", "is not in countries.csv");
    const auto& [product, per_unit] = found->second;
    if (row.at("PROD_EST_ 2024").empty())
      tables.withheld.push_back(fmt::format("{}: {}", tables.products[product].name, country));
    else
      tons[product][region->second] += per_unit * row.number("PROD_EST_ 2024");
  }
  return tons;
}

void add_usgs_providers(const Places& places, NevTables& tables) {
  for (const auto& [product, regions] : read_usgs(places, tables)) {
    double total = 0;
    for (const auto& [region, value] : regions) total += value;
    for (const auto& [region, value] : regions)
      if (value > 0)
        tables.providers.push_back({product, std::nullopt, region, value / total, value});
  }
}

}  // namespace

NevTables read_nev_tables(const Places& places) {
  const auto folder = places.bridges / "nev";
  NevTables tables;
  tables.regions = read_regions(folder / "regions.csv");
  tables.products = read_products(folder);
  for (const auto& row : read_rows(folder / "regions.csv", {"co2_factor", "quality"})) {
    require_illustrative(row);
    tables.region_co2.push_back(row.number("co2_factor"));
  }
  read_product_columns(folder / "products.csv", tables);
  read_inputs(folder / "inputs.csv", tables);
  read_providers(folder / "providers.csv", tables);
  read_demand(folder / "demand.csv", tables);
  add_usgs_providers(places, tables);
  return tables;
}

}  // namespace stave::sample
