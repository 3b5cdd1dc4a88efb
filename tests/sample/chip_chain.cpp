#include "chip_chain.hpp"

#include <map>
#include <set>

#include <fmt/format.h>

#include "row.hpp"

namespace stave::sample_test {

namespace {

using sample::read_rows;
using sample::Row;

constexpr double share_unstated = 1;
constexpr double share_negligible = 0.5;
const std::string finished_chip = "N99";

/// provided id -> (country, share in percent)
using Providers = std::map<std::string, std::map<std::string, double>>;

Providers read_providers(const std::filesystem::path& folder) {
  std::set<std::string> countries;
  for (const auto& row : read_rows(folder / "providers.csv", {"provider_id", "provider_type"}))
    if (row.at("provider_type") == "country") countries.insert(row.at("provider_id"));
  Providers providers;
  for (const auto& row :
       read_rows(folder / "provision.csv", {"provider_name", "provider_id", "provided_id",
                                            "share_provided", "negligible_market_share"})) {
    if (countries.count(row.at("provider_id")) == 0) continue;
    const auto& share = row.at("share_provided");  // "57%"
    providers[row.at("provided_id")][row.at("provider_name")] =
        !share.empty()                              ? std::stod(share)
        : row.at("negligible_market_share").empty() ? share_unstated
                                                    : share_negligible;
  }
  return providers;
}

struct Edges {
  std::multimap<std::string, std::string> goes_into;
  std::multimap<std::string, std::string> is_type_of;
};

Edges read_edges(const std::filesystem::path& folder) {
  Edges edges;
  for (const auto& row :
       read_rows(folder / "sequence.csv", {"input_id", "goes_into_id", "is_type_of_id"})) {
    if (!row.at("goes_into_id").empty())
      edges.goes_into.emplace(row.at("input_id"), row.at("goes_into_id"));
    if (!row.at("is_type_of_id").empty())
      edges.is_type_of.emplace(row.at("input_id"), row.at("is_type_of_id"));
  }
  return edges;
}

/// What an input goes into, by itself or as a type of something.
void collect_users(const Edges& edges, const std::string& input, std::set<std::string>& users) {
  const auto [first, last] = edges.goes_into.equal_range(input);
  for (auto edge = first; edge != last; ++edge) users.insert(edge->second);
  const auto [from, to] = edges.is_type_of.equal_range(input);
  for (auto edge = from; edge != to; ++edge) collect_users(edges, edge->second, users);
}

/// A process is run in the countries of its stage; the finished chip is one node.
void add_stages(const std::filesystem::path& folder, Providers& providers) {
  for (const auto& row : read_rows(folder / "inputs.csv", {"input_id", "type", "stage_id"}))
    if (row.at("type") == "process" && row.at("stage_id") != "S1")
      providers[row.at("input_id")] = providers.at(row.at("stage_id"));
  for (const auto* stage : {"S1", "S2", "S3"}) providers.erase(stage);
  providers[finished_chip]["World"] = 100;
}

Classification countries_of(const Providers& providers) {
  std::set<std::string> codes;
  for (const auto& [input, countries] : providers)
    for (const auto& [country, share] : countries) codes.insert(country);
  std::vector<Item> items;
  for (const auto& code : codes) items.push_back({code, code, {}, {}, {}});
  return {"region", std::move(items)};
}

void add_nodes(const Providers& providers, ChainParts& parts) {
  for (const auto& [input, countries] : providers)
    for (const auto& [country, share] : countries) {
      Node node;
      node.id = fmt::format("{}.{}", country, input);
      node.region = RegionId(parts.regions.require(country));
      node.product = ProductId(parts.products.require(input));
      parts.nodes.push_back(std::move(node));
    }
}

FlowMatrix flows_of(const Providers& providers, const Edges& edges, const ChainParts& parts) {
  std::multimap<std::string, std::int32_t> makers;
  for (std::size_t i = 0; i < parts.nodes.size(); ++i)
    makers.emplace(parts.products[parts.nodes[i].product].code, static_cast<std::int32_t>(i));
  std::vector<Flow> flows;
  for (const auto& [input, countries] : providers) {
    std::set<std::string> users;
    collect_users(edges, input, users);
    for (const auto& user : users) {
      const auto [first, last] = makers.equal_range(user);
      for (auto maker = first; maker != last; ++maker) {
        const auto [from, to] = makers.equal_range(input);
        for (auto seller = from; seller != to; ++seller) {
          const auto region = parts.nodes[static_cast<std::size_t>(seller->second)].region;
          flows.push_back(
              {seller->second, maker->second, countries.at(parts.regions[region].code)});
        }
      }
    }
  }
  return FlowMatrix::from_flows(parts.nodes.size(), std::move(flows));
}

}  // namespace

Chain read_chip_chain(const std::filesystem::path& folder) {
  auto providers = read_providers(folder);
  add_stages(folder, providers);
  std::vector<Item> products;
  for (const auto& row : read_rows(folder / "inputs.csv", {"input_id", "input_name"}))
    if (providers.count(row.at("input_id")) > 0)
      products.push_back({row.at("input_id"), row.at("input_name"), {}, {}, Kind::good});
  ChainParts parts;
  parts.info.name = "chips";
  parts.products = Classification("product", std::move(products));
  parts.regions = countries_of(providers);
  add_nodes(providers, parts);
  parts.flows = flows_of(providers, read_edges(folder), parts);
  parts.recipe = Recipe::uniform(Need::essential);
  return Chain(std::move(parts));
}

}  // namespace stave::sample_test
