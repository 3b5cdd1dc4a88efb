#pragma once
/// The tables that the tests of exposure ask about.

#include "stave/core/chain.hpp"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

namespace stave::tables {

inline std::string world_path() {
  return std::string(STAVE_SHARED) + "/data/wiod2013/wiot2011.csv.xz";
}
inline bool world_present() { return std::filesystem::exists(world_path()); }

inline std::vector<std::string> cells(const std::string& line, char separator = ',') {
  std::vector<std::string> words;
  std::stringstream rest(line);
  for (std::string word; std::getline(rest, word, separator);) words.push_back(word);
  return words;
}

/// All lines of a file, or of what a command prints.
inline std::vector<std::string> unpacked_lines(const std::string& path) {
  const std::string command = "xz -dc '" + path + "'";
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), pclose);
  std::vector<std::string> lines(1);
  std::vector<char> block(1 << 20);
  while (const std::size_t got = fread(block.data(), 1, block.size(), pipe.get()))
    for (std::size_t k = 0; k < got; ++k) {
      if (block[k] == '\n') {
        lines.emplace_back();
      } else {
        lines.back().push_back(block[k]);
      }
    }
  lines.pop_back();
  return lines;
}

/// Regions and products from node labels "REGION.PRODUCT", in the order they appear.
struct Labels {
  std::vector<Item> regions;
  std::vector<Item> products;
  std::vector<Node> nodes;

  static std::size_t place(std::vector<Item>& items, const std::string& code) {
    for (std::size_t k = 0; k < items.size(); ++k)
      if (items[k].code == code) return k;
    items.push_back({.code = code, .name = code, .name_zh = {}, .parent = {}});
    return items.size() - 1;
  }
  void add(const std::string& region, const std::string& product) {
    const auto r = place(regions, region);
    const auto p = place(products, product);
    nodes.push_back({.id = region + "." + product,
                     .name = {},
                     .name_zh = {},
                     .region = RegionId(r),
                     .product = ProductId(p),
                     .enterprise = {}});
  }
};

/// Fills a chain's parts from one row a node: flows, then final use.
inline ChainParts parts_of(Labels labels, const std::vector<std::vector<double>>& rows,
                           const std::vector<std::string>& final_regions) {
  ChainParts parts;
  parts.info.name = "test";
  parts.info.unit = "million USD";
  const std::size_t n = labels.nodes.size();
  Matrix z(n, n);
  parts.final_use = Matrix(n, final_regions.size());
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t c = 0; c < n + final_regions.size(); ++c)
      (c < n ? z(i, c) : parts.final_use(i, c - n)) = rows[i][c];
  for (const auto& region : final_regions)
    parts.final_columns.push_back({RegionId(Labels::place(labels.regions, region)), "all"});
  parts.flows = FlowMatrix(std::move(z));
  parts.nodes = std::move(labels.nodes);
  parts.regions = Classification("region", std::move(labels.regions));
  parts.products = Classification("product", std::move(labels.products));
  return parts;
}

/// 41 regions x 35 sectors, million USD. Sectors c1 to c17 are goods. Value added is the output as
/// the source states it less what is bought.
inline Chain world_2011() {
  const auto lines = unpacked_lines(world_path());
  const auto head = cells(lines.at(0));
  Labels labels;
  std::vector<std::string> final_regions;
  for (std::size_t c = 1; c + 1 < head.size(); ++c) {
    const auto dot = head[c].find('.');
    const auto region = head[c].substr(0, dot);
    if (c < lines.size())
      labels.add(region, head[c].substr(dot + 1));
    else
      final_regions.push_back(region);
  }
  for (std::size_t p = 0; p < labels.products.size(); ++p)
    labels.products[p].kind = p < 17 ? Kind::good : Kind::service;
  const std::size_t n = labels.nodes.size();
  std::vector<std::vector<double>> rows(n);
  std::vector<double> value_added;
  for (std::size_t i = 0; i < n; ++i) {
    const char* at = lines[i + 1].c_str() + lines[i + 1].find(',') + 1;
    for (char* end = nullptr; *at != 0; at = *end == ',' ? end + 1 : end)
      rows[i].push_back(std::strtod(at, &end));
    value_added.push_back(rows[i].back());
  }
  for (std::size_t j = 0; j < n; ++j)
    for (std::size_t i = 0; i < n; ++i) value_added[j] -= rows[i][j];
  auto parts = parts_of(std::move(labels), rows, final_regions);
  parts.primary_rows = {{"va", "value added", {}}};
  parts.primary = Matrix(1, n);
  for (std::size_t j = 0; j < n; ++j) parts.primary(0, j) = value_added[j];
  return Chain(std::move(parts));
}

}  // namespace stave::tables
