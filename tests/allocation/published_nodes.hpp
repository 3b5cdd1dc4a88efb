#pragma once
/// The 35 nodes of ../shared/reference/resilience as a web, and what is known of them.

#include "stave/allocation/survival.hpp"

#include <fstream>
#include <map>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace stave::test {

struct PublishedNodes {
  std::map<std::string, std::int32_t> node;
  SupplyWeb web;
  std::vector<double> margin;
};

/// Every node may send any amount to whom it supplies; there is no normal day.
inline PublishedNodes published_nodes(const std::string& path) {
  std::ifstream file(path);
  const auto data = nlohmann::json::parse(file);
  PublishedNodes all;
  for (const auto* tier : {"tier1", "tier2", "tier3"})
    for (const std::string name : data[tier]) {
      all.node.emplace(name, static_cast<std::int32_t>(all.web.output.size()));
      all.web.output.push_back(0);
      all.web.capacity.push_back(data["c"][name]);
      all.web.stock.push_back(data["s"][name]);
    }
  all.web.makers = all.web.output.size();
  for (const auto& [user, inputs] : data["P"].items()) {
    std::int32_t product = 0;
    for (const auto& [input, suppliers] : inputs.items()) {
      const auto need = static_cast<std::int32_t>(all.web.needs.size());
      all.web.needs.push_back({all.node.at(user), product++, data["r"][user][input]});
      for (const std::string supplier : suppliers)
        all.web.links.push_back({all.node.at(supplier), need, 0, no_limit});
    }
  }
  for (const auto& [name, demand] : data["d"].items()) {
    all.web.uses.push_back({all.node.at(name), 0, demand});
    all.margin.push_back(data["f"][name]);
  }
  return all;
}

struct PublishedSurvival {
  std::string node;
  double recovers = 0;
  double lost_profit = 0;
  double survives = 0;
};

inline std::vector<PublishedSurvival> published_survival(const std::string& path) {
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);  // node,ttr,lost_profit_lp,lost_profit_milp,tts_lp,tts_milp
  std::vector<PublishedSurvival> rows;
  while (std::getline(file, line)) {
    std::vector<std::string> cells;
    std::istringstream in(line);
    for (std::string cell; std::getline(in, cell, ',');) cells.push_back(cell);
    rows.push_back({cells[0], std::stod(cells[1]), std::stod(cells[2]), std::stod(cells[4])});
  }
  return rows;
}

}  // namespace stave::test
