#pragma once
/// Chains for the tests of the store, and a folder that goes when the test ends.

#include "stave/core/chain.hpp"

#include <bit>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <string>

#include <gtest/gtest.h>
#include <unistd.h>

namespace stave::store_test {

namespace fs = std::filesystem;

class TemporaryFolder {
 public:
  TemporaryFolder() {
    static int count = 0;
    path_ = fs::temp_directory_path() /
            ("stave_store_" + std::to_string(::getpid()) + "_" + std::to_string(count++));
    fs::create_directories(path_);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  [[nodiscard]] fs::path operator/(const std::string& name) const { return path_ / name; }
  [[nodiscard]] const fs::path& path() const { return path_; }
  [[nodiscard]] std::size_t entries() const {
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator(path_), fs::directory_iterator()));
  }

 private:
  fs::path path_;
};

/// Three nodes, two regions in a group, a good and a service; every part filled, with the numbers
/// that formats lose first.
inline ChainParts full_parts() {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  ChainParts p;
  p.info = {"park",      "A park, \"quoted\"",
            "园区",      2020,
            "CNY",       "million CNY",
            "3 makers",  "Someone (2020), p. 1",
            "CC BY 4.0", {"first,\nsecond line", "''"}};
  p.regions =
      Classification("region", {{"CHN", "China", "中国", "ASIA"}, {"DEU", "Germany", "", ""}},
                     {{"ASIA", "Asia", "亚洲", ""}});
  p.products = Classification(
      "product", {{"c1", "Steel", "钢", "", Kind::good}, {"c2", "Trade", "", "S", Kind::service}},
      {{"S", "Services", "", ""}});
  p.nodes = {{"CHN.c1", "", "", RegionId(0), ProductId(0), "Works No 1"},
             {"CHN.c2", "Trader", "贸易", RegionId(0), ProductId(1), ""},
             {"DEU.c1", " spaced ", "", RegionId(1), ProductId(0), ""}};
  p.flows =
      FlowMatrix(Matrix::of({{0.1 + 0.2, 1e-300, 0}, {5e-324, -0.0, 2}, {-1, 1e308, 1.0 / 3}}));
  p.final_columns = {{RegionId(0), "households"}, {RegionId(1), "exports"}};
  p.final_use = Matrix::of({{10, 0}, {-3.5, 1e-17}, {0, -0.0}});
  p.primary_rows = {{"VA", "Value added", "增加值"}, {"TX", "Taxes", ""}};
  p.primary = Matrix::of({{1, 2, 3}, {0, 0.1, 0}});
  p.stressor_rows = {{"CO2", "二氧化碳", "kt", Quality::estimated, "from energy"},
                     {"jobs", "", "1000 persons", Quality::measured, ""}};
  p.stressors = Matrix::of({{1.5, 0, 2.5}, {0, 0, 7}});
  p.stressors_final = Matrix::of({{0, 0.25}, {0, 0}});
  p.stressor_quality = {Quality::measured,  Quality::illustrative, Quality::estimated,
                        Quality::estimated, Quality::measured,     Quality::illustrative};
  p.reported_output = {10.5, nan, -0.0};
  p.node_attributes = {{"inventory", "days", {nan, 0, 12.5}}, {"nothing", "", {nan, nan, nan}}};
  p.region_attributes = {{"population", "persons", {1.4e9, nan}}};
  p.recipe = Recipe(p.products);
  p.recipe->set(ProductId(0), ProductId(1), Need::none);
  return p;
}

inline ChainParts bare_parts() {
  ChainParts p;
  p.regions = Classification("region", {{"A", "", "", ""}});
  p.products = Classification("product", {{"p", "", "", ""}});
  p.nodes = {{"A.p", "", "", RegionId(0), ProductId(0), ""}};
  p.flows = FlowMatrix(Matrix(1, 1));
  p.final_use = Matrix(1, 0);
  return p;
}

/// A ring of n firms, each selling to the next two: sparse.
inline ChainParts ring_parts(std::size_t n) {
  auto p = bare_parts();
  p.nodes.clear();
  std::vector<Flow> flows;
  for (std::size_t i = 0; i < n; ++i) {
    p.nodes.push_back({"f" + std::to_string(i), "", "", RegionId(0), ProductId(0), ""});
    for (const std::size_t step : {std::size_t{1}, std::size_t{2}})
      flows.push_back({static_cast<std::int32_t>(i), static_cast<std::int32_t>((i + step) % n),
                       static_cast<double>(i) + 0.1});
  }
  p.flows = FlowMatrix::from_flows(n, std::move(flows));
  p.final_use = Matrix(n, 0);
  return p;
}

inline std::uint64_t bits(double v) { return std::bit_cast<std::uint64_t>(v); }

inline void expect_same_bits(std::span<const double> a, std::span<const double> b,
                             const std::string& what) {
  ASSERT_EQ(a.size(), b.size()) << what;
  for (std::size_t i = 0; i < a.size(); ++i)
    EXPECT_EQ(bits(a[i]), bits(b[i])) << what << " cell " << i << ": " << a[i] << " and " << b[i];
}

inline void expect_same(const Classification& a, const Classification& b) {
  EXPECT_EQ(a.what(), b.what());
  const auto same = [](const std::vector<Item>& x, const std::vector<Item>& y) {
    ASSERT_EQ(x.size(), y.size());
    for (std::size_t i = 0; i < x.size(); ++i)
      EXPECT_TRUE(x[i].code == y[i].code && x[i].name == y[i].name && x[i].kind == y[i].kind &&
                  x[i].name_zh == y[i].name_zh && x[i].parent == y[i].parent)
          << x[i].code;
  };
  same(a.items(), b.items());
  same(a.groups(), b.groups());
}

inline void expect_same(const FlowMatrix& a, const FlowMatrix& b) {
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t i = 0; i < a.size(); ++i)
    for (std::size_t j = 0; j < a.size(); ++j)
      EXPECT_EQ(bits(a.at(i, j)), bits(b.at(i, j))) << i << ", " << j;
}

inline void expect_same(const std::vector<Attribute>& a, const std::vector<Attribute>& b) {
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    EXPECT_EQ(a[i].name, b[i].name);
    EXPECT_EQ(a[i].unit, b[i].unit);
    expect_same_bits(a[i].values, b[i].values, a[i].name);
  }
}

inline void expect_same(const ChainInfo& a, const ChainInfo& b) {
  EXPECT_EQ(a.name, b.name);
  EXPECT_EQ(a.title, b.title);
  EXPECT_EQ(a.title_zh, b.title_zh);
  EXPECT_EQ(a.year, b.year);
  EXPECT_EQ(a.currency, b.currency);
  EXPECT_EQ(a.unit, b.unit);
  EXPECT_EQ(a.classification, b.classification);
  EXPECT_EQ(a.source, b.source);
  EXPECT_EQ(a.licence, b.licence);
  EXPECT_EQ(a.notes, b.notes);
}

inline void expect_same_labels(const ChainParts& a, const ChainParts& b) {
  ASSERT_EQ(a.nodes.size(), b.nodes.size());
  for (std::size_t i = 0; i < a.nodes.size(); ++i)
    EXPECT_TRUE(
        a.nodes[i].id == b.nodes[i].id && a.nodes[i].name == b.nodes[i].name &&
        a.nodes[i].name_zh == b.nodes[i].name_zh && a.nodes[i].region == b.nodes[i].region &&
        a.nodes[i].product == b.nodes[i].product && a.nodes[i].enterprise == b.nodes[i].enterprise)
        << a.nodes[i].id;
  ASSERT_EQ(a.final_columns.size(), b.final_columns.size());
  for (std::size_t i = 0; i < a.final_columns.size(); ++i)
    EXPECT_TRUE(a.final_columns[i].region == b.final_columns[i].region &&
                a.final_columns[i].category == b.final_columns[i].category);
  ASSERT_EQ(a.primary_rows.size(), b.primary_rows.size());
  for (std::size_t i = 0; i < a.primary_rows.size(); ++i)
    EXPECT_TRUE(a.primary_rows[i].code == b.primary_rows[i].code &&
                a.primary_rows[i].name == b.primary_rows[i].name &&
                a.primary_rows[i].name_zh == b.primary_rows[i].name_zh);
  ASSERT_EQ(a.stressor_rows.size(), b.stressor_rows.size());
  for (std::size_t i = 0; i < a.stressor_rows.size(); ++i)
    EXPECT_TRUE(a.stressor_rows[i].name == b.stressor_rows[i].name &&
                a.stressor_rows[i].name_zh == b.stressor_rows[i].name_zh &&
                a.stressor_rows[i].unit == b.stressor_rows[i].unit &&
                a.stressor_rows[i].quality == b.stressor_rows[i].quality &&
                a.stressor_rows[i].note == b.stressor_rows[i].note);
}

inline void expect_same(const Chain& x, const Chain& y) {
  const auto& a = x.parts();
  const auto& b = y.parts();
  expect_same(a.info, b.info);
  expect_same(a.regions, b.regions);
  expect_same(a.products, b.products);
  expect_same_labels(a, b);
  expect_same(a.flows, b.flows);
  expect_same_bits(a.final_use.values(), b.final_use.values(), "final use");
  expect_same_bits(a.primary.values(), b.primary.values(), "primary inputs");
  expect_same_bits(a.stressors.values(), b.stressors.values(), "stressors");
  expect_same_bits(a.stressors_final.values(), b.stressors_final.values(), "final stressors");
  expect_same_bits(a.reported_output, b.reported_output, "reported output");
  EXPECT_EQ(a.stressor_quality, b.stressor_quality);
  expect_same(a.node_attributes, b.node_attributes);
  expect_same(a.region_attributes, b.region_attributes);
  ASSERT_EQ(a.recipe.has_value(), b.recipe.has_value());
  if (!a.recipe) return;
  EXPECT_EQ(a.recipe->exceptions(), b.recipe->exceptions());
  EXPECT_EQ(a.recipe->is_default_rule(), b.recipe->is_default_rule());
  EXPECT_EQ(a.recipe->uniform_need(), b.recipe->uniform_need());
}

}  // namespace stave::store_test
