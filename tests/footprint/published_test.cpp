// Footprints of tables that others have published.
#include "stave/core/error.hpp"
#include "stave/footprint/footprint.hpp"

#include <cmath>
#include <filesystem>
#include <numeric>

#include <gtest/gtest.h>

#include "shared/csv.hpp"

namespace stave {
namespace {

using test::numbers;
using test::read_csv;

const std::filesystem::path folder = STAVE_SHARED "/reference/io";

test::Csv pymrio_csv(const std::string& name) {
  return read_csv(folder / "pymrio_test" / ("pymrio_test_" + name + ".csv"));
}

// pymrio's test table: 6 regions x 8 sectors, 7 final-use categories, two emissions.
Chain pymrio_chain() {
  ChainParts parts;
  std::vector<Item> regions;
  std::vector<Item> products;
  for (int r = 1; r <= 6; ++r) regions.push_back({"reg" + std::to_string(r), {}, {}, {}, {}});
  for (int p = 1; p <= 8; ++p) products.push_back({"sec" + std::to_string(p), {}, {}, {}, {}});
  parts.regions = Classification("region", regions);
  parts.products = Classification("product", products);
  for (std::size_t i = 0; i < 48; ++i)
    parts.nodes.push_back({regions[i / 8].code + "." + products[i % 8].code,
                           {},
                           {},
                           RegionId(i / 8),
                           ProductId(i % 8),
                           {}});
  for (std::size_t k = 0; k < 42; ++k)
    parts.final_columns.push_back({RegionId(k / 7), "category " + std::to_string(k % 7)});
  parts.flows = FlowMatrix(numbers(pymrio_csv("Z"), 3, 2));
  parts.final_use = numbers(pymrio_csv("Y"), 3, 2);
  parts.stressor_rows = {{"emission_type1", {}, "kg", Quality::measured, {}},
                         {"emission_type2", {}, "kg", Quality::measured, {}}};
  parts.stressors = numbers(pymrio_csv("emissions_F"), 3, 2);
  parts.stressors_final = numbers(pymrio_csv("emissions_F_Y"), 3, 2);
  parts.info.unit = "million EUR";
  return Chain(std::move(parts));
}

double value_of(const Table& table, const std::string& key, const std::string& column) {
  const auto& keys = table.texts(table.columns()[0].spec.name);
  const auto at = std::find(keys.begin(), keys.end(), key);
  if (at == keys.end()) throw std::runtime_error("no row " + key);
  return table.reals(column)[static_cast<std::size_t>(at - keys.begin())];
}

TEST(PymrioFootprint, AccountsFlowsAndFootprintsAreThoseOfPymrio) {
  if (!std::filesystem::exists(folder / "pymrio_test")) GTEST_SKIP() << "no tables in " << folder;
  const auto chain = pymrio_chain();
  const auto wanted = [](const char* account) {
    return numbers(pymrio_csv(std::string("emissions_") + account), 1, 2);
  };
  const auto production = wanted("D_pba_reg");
  const auto consumption = wanted("D_cba_reg");
  const auto imports = wanted("D_imp_reg");
  for (std::size_t s = 0; s < 2; ++s)
    for (std::size_t r = 0; r < 6; ++r) {
      const auto code = chain.regions()[r].code;
      const auto report = run(footprint_analysis(), chain,
                              {{"stressor", chain.stressor_rows()[s].name}, {"region", code}});
      const auto& regions = report.table("regions");
      EXPECT_NEAR(value_of(regions, code, "production"), production(s, r),
                  1e-12 * production(s, r));
      EXPECT_NEAR(value_of(regions, code, "consumption"), consumption(s, r),
                  1e-12 * consumption(s, r));
      // Products and final use itself are the consumption account; sources elsewhere its imports.
      const auto& balance = report.table("balance");
      EXPECT_NEAR(balance.reals("value")[2] + value_of(balance, "final use itself", "value"),
                  consumption(s, r), 1e-11 * consumption(s, r));
      const auto& origins = report.table("origins");
      double abroad = 0;
      for (std::size_t k = 0; k < origins.rows(); ++k)
        if (origins.texts("region")[k] != code) abroad += origins.reals("value")[k];
      EXPECT_NEAR(abroad, imports(s, r), 1e-11 * imports(s, r));
    }
}

TEST(PymrioFootprint, IntensitiesAreItsMultipliers) {
  if (!std::filesystem::exists(folder / "pymrio_test")) GTEST_SKIP() << "no tables in " << folder;
  const auto report = run(footprint_analysis(), pymrio_chain(), {{"stressor", "emission_type1"}});
  const auto wanted = numbers(pymrio_csv("emissions_M"), 3, 2);
  const auto& total = report.table("intensity").reals("total");
  ASSERT_EQ(total.size(), wanted.cols());
  // kg / million EUR is 1e-6 kg / EUR.
  for (std::size_t i = 0; i < total.size(); ++i)
    EXPECT_NEAR(total[i], 1e-6 * wanted(0, i), 1e-12 * 1e-6 * wanted(0, i)) << i;
}

// Eurostat manual (2008), chapter 15: the table of 1995 and its air emissions.
class GermanyFootprint : public testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(folder / "germany_airpol.csv"))
      GTEST_SKIP() << "no tables in " << folder;
    const auto csv = read_csv(folder / "germany_1995_wide.csv");
    std::vector<Item> products;
    for (std::size_t p = 1; p <= 6; ++p) products.push_back({csv[p][0], {}, {}, {}, {}});
    parts_.regions = Classification("region", {{"DEU", "Germany", {}, {}, {}}});
    parts_.products = Classification("product", products);
    for (const auto& product : products)
      parts_.nodes.push_back(
          {product.code, {}, {}, RegionId(0), ProductId(parts_.nodes.size()), {}});
    parts_.flows = FlowMatrix(numbers(csv, 1, 1, 6, 6));
    for (std::size_t k = 8; k < 13; ++k) parts_.final_columns.push_back({RegionId(0), csv[0][k]});
    parts_.final_use = numbers(csv, 1, 8, 6, 5);
    parts_.info.unit = "million EUR";
    add_emissions();
  }
  void add_emissions() {
    const auto csv = read_csv(folder / "germany_airpol.csv");
    std::vector<std::vector<double>> rows;
    for (std::size_t r = 1; r < csv.size(); ++r) {
      const auto product = parts_.products.find(csv[r][1]);
      if (!product) continue;
      const auto& rows_so_far = parts_.stressor_rows;
      if (rows_so_far.empty() || rows_so_far.back().name != csv[r][0]) {
        parts_.stressor_rows.push_back({csv[r][0], {}, "kt", Quality::measured, {}});
        rows.emplace_back(6);
      }
      rows.back()[*product] = std::stod(csv[r][3]);
    }
    parts_.stressors = Matrix::of(rows);
  }
  ChainParts parts_;
};

// Against (I - A)^-1 by elimination, written out here.
std::vector<double> multipliers_written_out(const Chain& chain, std::size_t s) {
  const auto n = chain.size();
  // m (I - A) = s, transposed: (I - A)' m' = s'.
  std::vector<std::vector<double>> rows(n, std::vector<double>(n + 1));
  for (std::size_t j = 0; j < n; ++j) {
    for (std::size_t i = 0; i < n; ++i)
      rows[j][i] = (i == j ? 1 : 0) - chain.flows().at(i, j) / chain.output()[j];
    rows[j][n] = chain.stressors()(s, j) / chain.output()[j];
  }
  for (std::size_t k = 0; k < n; ++k)
    for (std::size_t j = 0; j < n; ++j) {
      if (j == k) continue;
      const double factor = rows[j][k] / rows[k][k];
      for (std::size_t c = k; c <= n; ++c) rows[j][c] -= factor * rows[k][c];
    }
  std::vector<double> m(n);
  for (std::size_t k = 0; k < n; ++k) m[k] = rows[k][n] / rows[k][k];
  return m;
}

TEST_F(GermanyFootprint, MultipliersOfItsAirEmissions) {
  const Chain chain(std::move(parts_));
  EXPECT_GE(chain.stressor_rows().size(), 2);
  for (std::size_t s = 0; s < chain.stressor_rows().size(); ++s) {
    const auto report =
        run(footprint_analysis(), chain, {{"stressor", chain.stressor_rows()[s].name}});
    const auto& total = report.table("intensity").reals("total");  // kt / million EUR = kg / EUR
    const auto wanted = multipliers_written_out(chain, s);
    const auto emitted =
        std::accumulate(chain.stressors().row(s).begin(), chain.stressors().row(s).end(), 0.0);
    double behind_final_use = 0;
    for (std::size_t i = 0; i < 6; ++i) {
      EXPECT_NEAR(total[i], wanted[i], 1e-13 * wanted[i]) << chain.stressor_rows()[s].name << i;
      for (const double y : chain.final_use().row(i)) behind_final_use += total[i] * y;
    }
    EXPECT_NEAR(behind_final_use, emitted, 1e-12 * emitted);
    EXPECT_NEAR(report.table("balance").reals("value")[2], emitted, 1e-12 * emitted);
  }
}

}  // namespace
}  // namespace stave
