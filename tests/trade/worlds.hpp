#pragma once
/// The tables that the tests of trade ask about.

#include "stave/core/chain.hpp"
#include "stave/core/random.hpp"
#include "stave/trade/trade.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <numeric>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "shared/csv.hpp"

namespace stave::test {

inline const std::filesystem::path value_added_folder = STAVE_SHARED "/reference/value-added";

/// A chain of R regions with `sectors` sectors each, one final-use column a region of `users`.
inline Chain chain_of(const std::vector<std::string>& regions,
                      const std::vector<std::string>& users,
                      const std::vector<std::string>& sectors, FlowMatrix z, Matrix y,
                      std::vector<Item> groups = {}) {
  ChainParts parts;
  parts.info.name = "test";
  parts.info.currency = "USD";
  parts.info.unit = "million USD";
  std::vector<Item> items;
  std::vector<Item> products;
  for (const auto& r : regions) items.push_back({r, r, {}, {}, {}});
  for (auto& group : groups)
    for (auto& item : items)
      if (group.name_zh.find(item.code) != std::string::npos) item.parent = group.code;
  for (auto& group : groups) group.name_zh.clear();
  for (const auto& p : sectors) products.push_back({p, p, {}, {}, {}});
  for (std::size_t r = 0; r < regions.size(); ++r)
    for (std::size_t p = 0; p < sectors.size(); ++p)
      parts.nodes.push_back({regions[r] + "." + sectors[p], {}, {}, RegionId(r), ProductId(p), {}});
  parts.regions = Classification("region", items, groups);
  parts.products = Classification("product", products);
  for (const auto& u : users)
    parts.final_columns.push_back({RegionId(parts.regions.require(u)), "all"});
  parts.flows = std::move(z);
  parts.final_use = std::move(y);
  return Chain(std::move(parts));
}

/// 3 regions x 3 sectors, decompr's example.
inline Chain leather() {
  const auto z = numbers(read_csv(value_added_folder / "leather_inter.csv"), 0, 0);
  const auto y = numbers(read_csv(value_added_folder / "leather_final.csv"), 0, 0);
  const std::vector<std::string> regions{"Argentina", "Turkey", "Germany"};
  return chain_of(regions, regions, {"Agriculture", "Textile_and_Leather", "Transport_Equipment"},
                  FlowMatrix(z), y);
}

inline const std::vector<std::string> wiod_regions{"ESP", "FRA", "MEX", "USA", "CHN", "ROW"};
inline const std::vector<std::string> three_sectors{"01T09", "10T39", "41T98"};

/// 6 regions x 3 sectors, exvatools' "wiodtest".
inline Chain wiodtest() {
  const auto folder = value_added_folder / "wiodtest";
  return chain_of(wiod_regions, wiod_regions, three_sectors,
                  FlowMatrix(numbers(read_csv(folder / "exva_wiodtest_Z.csv"), 1, 1)),
                  numbers(read_csv(folder / "exva_wiodtest_Y.csv"), 1, 1));
}

/// The same with MEX and CHN split, exvatools' "iciotest".
inline Chain iciotest() {
  const auto folder = value_added_folder / "iciotest";
  auto regions = wiod_regions;
  regions.insert(regions.end(), {"MX1", "MX2", "CN1", "CN2"});
  return chain_of(regions, wiod_regions, three_sectors,
                  FlowMatrix(numbers(read_csv(folder / "exva_iciotest_Z.csv"), 1, 1)),
                  numbers(read_csv(folder / "exva_iciotest_Y.csv"), 1, 1));
}

/// Names A, B, C ... of regions, p1, p2 ... of sectors.
inline std::vector<std::string> letters(std::size_t count, const std::string& before, char first) {
  std::vector<std::string> names;
  for (std::size_t k = 0; k < count; ++k)
    names.push_back(before + (first == '1' ? std::to_string(k + 1)
                                           : std::string(1, static_cast<char>(first + k))));
  return names;
}

/// Everyone buys from everyone; value added is about a quarter to two thirds of output.
inline Chain random_world(std::size_t regions, std::size_t sectors, std::uint64_t seed) {
  const auto n = regions * sectors;
  Matrix z(n, n);
  Matrix y(n, regions);
  std::vector<double> wanted(n);
  for (std::size_t j = 0; j < n; ++j) {
    wanted[j] = 1 + 9 * random_uniform(seed, 1, j);
    for (std::size_t i = 0; i < n; ++i)
      z(i, j) = wanted[j] * random_uniform(seed, 2, i * n + j) / static_cast<double>(n);
  }
  for (std::size_t e = 0; e < y.size(); ++e) y.data()[e] = 4 * random_uniform(seed, 3, e);
  const auto names = letters(regions, "", 'A');
  return chain_of(names, names, letters(sectors, "p", '1'), FlowMatrix(std::move(z)), std::move(y));
}

inline TradeTable table_of(const Chain& chain) { return {chain, traders_of(chain)}; }

/// A term summed over the exporter's nodes and all partners.
inline double by_exporter(const TradeTable& table, const Matrix& term, std::size_t s) {
  double sum = 0;
  for (auto i = table.first(s); i < table.first(s + 1); ++i)
    for (const double v : term.row(i)) sum += v;
  return sum;
}

/// `found` is `wanted` to twelve digits of it, or of `scale`.
inline void expect_12_digits(double found, double wanted, const std::string& what,
                             double scale = 0) {
  EXPECT_NEAR(found, wanted, 1e-12 * std::max(std::abs(wanted), scale)) << what;
}

}  // namespace stave::test
