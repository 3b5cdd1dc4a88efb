#pragma once
/// The world tables of the WIOD 2013 release, read from the files of others: for tests alone.

#include "stave/core/chain.hpp"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "shared/csv.hpp"

namespace stave::test {

inline const std::filesystem::path wiod_folder = STAVE_SHARED "/data/wiod2013";

inline std::string unpacked(const std::filesystem::path& path) {
  const std::string command = "xz -dc '" + path.string() + "'";
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), pclose);
  std::string text;
  std::vector<char> block(1 << 20);
  while (const std::size_t got = fread(block.data(), 1, block.size(), pipe.get()))
    text.append(block.data(), got);
  return text;
}

// 41 regions x 35 industries, 5 categories of final use, the fifth of them inventories, output.
inline Chain wiod(const std::string& year) {
  constexpr std::size_t n = 1435;
  constexpr std::size_t uses = 205;
  std::istringstream file(unpacked(wiod_folder / ("wiot" + year + ".csv.xz")));
  std::string line;
  std::getline(file, line);
  const auto head = split_csv_line(line);
  std::vector<Item> regions;
  std::vector<Item> products;
  for (std::size_t i = 1; i <= n; ++i) {
    const auto dot = head[i].find('.');
    if ((i - 1) % 35 == 0) regions.push_back({head[i].substr(0, dot), {}, {}, {}, {}});
    if (i <= 35) products.push_back({head[i].substr(dot + 1), {}, {}, {}, Kind::unknown});
  }
  ChainParts parts;
  for (std::size_t i = 0; i < n; ++i)
    parts.nodes.push_back({head[i + 1], {}, {}, RegionId(i / 35), ProductId(i % 35), {}});
  parts.regions = Classification("region", std::move(regions));
  parts.products = Classification("product", std::move(products));
  parts.info.name = "wiod-" + year;
  parts.info.year = std::stoi(year);
  parts.info.unit = "million USD";
  parts.info.classification = "WIOD 2013, 35 industries (NACE 1)";
  for (std::size_t k = 0; k < uses; ++k)
    parts.final_columns.push_back(
        {RegionId(k / 5), k % 5 == 4 ? "inventories" : "category " + std::to_string(k % 5)});
  Matrix z(n, n);
  parts.final_use = Matrix(n, uses);
  for (std::size_t i = 0; i < n; ++i) {
    std::getline(file, line);
    const char* at = line.c_str() + line.find(',');
    char* end = nullptr;
    for (std::size_t j = 0; j < n + uses; ++j, at = end) {
      const double v = std::strtod(at + 1, &end);
      (j < n ? z(i, j) : parts.final_use(i, j - n)) = v;
    }
  }
  parts.flows = FlowMatrix(std::move(z));
  return Chain(std::move(parts));
}

}  // namespace stave::test
