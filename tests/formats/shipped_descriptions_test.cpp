// The shipped descriptions against the published tables and what is known of them.
#include "stave/core/error.hpp"
#include "stave/formats/delimited.hpp"
#include "stave/formats/description.hpp"
#include "stave/store/store.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <numeric>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "formats/written_file.hpp"

namespace stave {
namespace {

namespace fs = std::filesystem;

// Read as `stave import` does, without naming the description.
Chain read_shared(const std::string& file) {
  const fs::path path = fs::path(STAVE_SHARED) / "data" / file;
  const auto description = recognise_description(path);
  if (!description) throw Error(Errc::bad_input, file + " is not recognised");
  return read_described(path, *description);
}

bool is_here(const std::string& file) { return fs::exists(fs::path(STAVE_SHARED) / "data" / file); }

#define SKIP_WITHOUT_DATA(file) \
  if (!is_here(file)) GTEST_SKIP() << STAVE_SHARED "/data/" << (file) << " is not here"

double sum(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

double value_added_of(const Chain& chain, const std::string& region) {
  double total = 0;
  for (const auto id : chain.nodes_in(RegionId(chain.regions().require(region))))
    total += chain.value_added()[id.at()];
  return total;
}

// Largest |x - reported x| over the nodes of a region.
double worst_row(const Chain& chain, const std::string& region) {
  double worst = 0;
  for (const auto id : chain.nodes_in(RegionId(chain.regions().require(region))))
    worst = std::max(worst, std::abs(chain.output()[id.at()] - chain.reported_output()[id.at()]));
  return worst;
}

// Largest |1'Z + 1'V - reported x| over all nodes.
double worst_column(const Chain& chain) {
  double worst = 0;
  for (std::size_t i = 0; i < chain.size(); ++i)
    worst = std::max(worst, std::abs(chain.intermediate_inputs()[i] + chain.value_added()[i] -
                                     chain.reported_output()[i]));
  return worst;
}

TEST(ShippedDescriptions, AreListedWithTheirTitles) {
  std::vector<std::string> names;
  for (const auto& shipped : shipped_descriptions()) names.push_back(shipped.name);
  EXPECT_THAT(names, testing::IsSupersetOf({"china-153", "china-42", "wiod2013"}));
}

// SOURCE.txt of the data: 2011 value added of China 7.39, the United States 15.16, the world 69.3
// trillion USD; rows differ from output by rounding, at most 113 million USD.
TEST(WorldTable, Of2011HasTheTotalsOfItsSource) {
  const std::string file = "wiod2013/wiot2011.csv.xz";
  SKIP_WITHOUT_DATA(file);
  const auto chain = read_shared(file);
  EXPECT_EQ(chain.size(), 1435U);
  EXPECT_EQ(chain.final_columns().size(), 205U);
  EXPECT_EQ(chain.info().name, "wiod2013-2011");
  EXPECT_EQ(chain.info().year, 2011);
  EXPECT_EQ(chain.info().unit, "million USD");
  EXPECT_NEAR(value_added_of(chain, "CHN"), 7.39e6, 0.005e6);
  EXPECT_NEAR(value_added_of(chain, "USA"), 15.16e6, 0.005e6);
  EXPECT_NEAR(sum(chain.value_added()), 69.3e6, 0.05e6);
  for (const auto& region : chain.regions().items())
    EXPECT_LE(worst_row(chain, region.code), 113) << region.code;
}

TEST(WorldTable, KeepsTheOrderOfTheFileAndNamesEverything) {
  const std::string file = "wiod2013/wiot2005.csv.xz";
  SKIP_WITHOUT_DATA(file);
  const auto chain = read_shared(file);
  DelimitedReader in(Source::open(fs::path(STAVE_SHARED) / "data" / file));
  in.next_row();
  const auto header = in.texts();
  for (std::size_t i = 0; i < chain.size(); ++i) ASSERT_EQ(chain.nodes()[i].id, header.at(i + 1));
  EXPECT_EQ(chain.label(chain.require_node("CHN.c14")), "China: Electrical and optical equipment");
  for (const auto* list : {&chain.regions(), &chain.products()})
    for (const auto& item : list->items()) {
      EXPECT_NE(item.name, item.code);
      EXPECT_NE(item.name_zh, "");
    }
  EXPECT_EQ(chain.products()[16].kind, Kind::good);
  EXPECT_EQ(chain.products()[17].kind, Kind::service);
}

// First numbers of the file: AUS.c1 sells 8732 to itself, 93 to AUS.c2, 21337 to AUS.c3.
TEST(WorldTable, HasTheCellsOfTheFile) {
  const std::string file = "wiod2013/wiot2011.csv.xz";
  SKIP_WITHOUT_DATA(file);
  const auto chain = read_shared(file);
  EXPECT_EQ(chain.flows().at(0, 0), 8732);
  EXPECT_EQ(chain.flows().at(0, 1), 93);
  EXPECT_EQ(chain.flows().at(0, 2), 21337);
}

class ChinaTable : public testing::TestWithParam<int> {};
INSTANTIATE_TEST_SUITE_P(Years, ChinaTable, testing::Values(2017, 2018, 2020));

// SOURCE.txt: columns balance to 1e-6, rows to 4e-5, in 10,000 CNY. (In the file of 2018 with 153
// sectors the worst row misses by 4.28e-5.) Sums of numbers near 1e9 add rounding of 1e-6.
TEST_P(ChinaTable, BalancesAsItsSourceSays) {
  const auto file = fmt::format("china-io/china_{}_42.csv", GetParam());
  SKIP_WITHOUT_DATA(file);
  const auto chain = read_shared(file);
  EXPECT_EQ(chain.info().year, GetParam());
  EXPECT_EQ(chain.size(), 84U);
  EXPECT_LE(worst_column(chain), 4e-5);
  EXPECT_LE(worst_row(chain, "CHN"), 4e-5);
}

TEST(ChinaTable, Of2020HasTheTotalsOfItsSource) {
  const std::string file = "china-io/china_2020_42.csv";
  SKIP_WITHOUT_DATA(file);
  const auto chain = read_shared(file);
  EXPECT_NEAR(value_added_of(chain, "CHN") / 1e8, 101.64, 0.005);  // trillion CNY
  EXPECT_EQ(chain.info().name, "china-2020");
  const auto coal = chain.require_node("ROW.02");
  EXPECT_EQ(chain.label(coal), "Rest of the world: Mining and washing of coal");
  EXPECT_EQ(chain.products()[0].name_zh, "农林牧渔产品和服务");
  EXPECT_EQ(chain.regions()[1].code, "ROW");
}

void expect_same_bits(std::span<const double> a, std::span<const double> b) {
  ASSERT_EQ(a.size(), b.size());
  EXPECT_EQ(std::memcmp(a.data(), b.data(), a.size_bytes()), 0);
}

// By way of Parquet, and by way of a chain file and csv.
TEST(ChinaTable, ComesBackWithTheSameBits) {
  for (const std::string file : {"china-io/china_2020_42.csv", "china-io/china_2018_153.csv"}) {
    SKIP_WITHOUT_DATA(file);
    const auto chain = read_shared(file);
    const WrittenFile place("note.txt", "");
    export_folder(chain, place.folder() / "parquet", FolderFormat::parquet);
    save_chain(import_folder(place.folder() / "parquet"), place.folder() / "c.stave");
    export_folder(load_chain(place.folder() / "c.stave"), place.folder() / "csv",
                  FolderFormat::csv);
    for (const auto* folder : {"parquet", "csv"}) {
      const auto again = import_folder(place.folder() / folder);
      ASSERT_EQ(again.size(), chain.size());
      for (std::size_t i = 0; i < chain.size(); ++i)
        for (std::size_t j = 0; j < chain.size(); ++j)
          ASSERT_EQ(again.flows().at(i, j), chain.flows().at(i, j)) << file << i << "," << j;
      expect_same_bits(again.final_use().values(), chain.final_use().values());
      expect_same_bits(again.primary().values(), chain.primary().values());
      expect_same_bits(again.reported_output(), chain.reported_output());
      EXPECT_EQ(again.info().notes, chain.info().notes);
      for (std::size_t i = 0; i < chain.size(); ++i)
        EXPECT_EQ(again.label(NodeId(i)), chain.label(NodeId(i)));
    }
  }
}

// Imports bought at home are flows from ROW; exports are final use of ROW. Row 03 of the imports
// block ends 1526589.23937637 (TIU), TC 18128647.1666196 for product 42's row in the file's order.
TEST(ChinaTable, PutsImportsAndExportsBetweenTwoRegions) {
  const std::string file = "china-io/china_2020_42.csv";
  SKIP_WITHOUT_DATA(file);
  const auto chain = read_shared(file);
  const RegionId abroad(chain.regions().require("ROW"));
  for (std::size_t k = 0; k < chain.final_columns().size(); ++k)
    EXPECT_EQ(chain.final_columns()[k].category == "exports",
              chain.final_columns()[k].region == abroad);
  // Nothing in the table is bought by the rest of the world's makers.
  for (const auto id : chain.nodes_in(abroad)) {
    EXPECT_EQ(chain.intermediate_inputs()[id.at()], 0);
    EXPECT_NEAR(chain.value_added()[id.at()], chain.output()[id.at()], 1e-6);
  }
}

class DetailedChinaTable : public testing::TestWithParam<int> {};
INSTANTIATE_TEST_SUITE_P(Years, DetailedChinaTable, testing::Values(2018, 2020));

TEST_P(DetailedChinaTable, BalancesAfterItsImportsAreToldApart) {
  const auto file = fmt::format("china-io/china_{}_153.csv", GetParam());
  SKIP_WITHOUT_DATA(file);
  const auto chain = read_shared(file);
  EXPECT_EQ(chain.size(), 306U);
  EXPECT_LE(worst_row(chain, "CHN"), 4.3e-5);
  EXPECT_LE(worst_row(chain, "ROW"), 4.3e-5);
  EXPECT_LE(worst_column(chain), 4e-5);
  EXPECT_THAT(chain.info().notes, testing::Contains(testing::HasSubstr("Estimated: which use")));
}

TEST(DetailedChinaTable, CanStayAsPublished) {
  const std::string file = "china-io/china_2020_153.csv";
  SKIP_WITHOUT_DATA(file);
  const fs::path path = fs::path(STAVE_SHARED) / "data" / file;
  auto description = recognise_description(path).value();
  description.imports->treatment = ImportRule::Treatment::final_use;
  description.primary.pop_back();  // no nodes abroad to balance
  const auto chain = read_described(path, description);
  EXPECT_EQ(chain.size(), 153U);
  EXPECT_LE(worst_row(chain, "CHN"), 4e-5);
  EXPECT_LE(worst_column(chain), 4e-5);
  EXPECT_NEAR(sum(chain.value_added()) / 1e8, 101.64, 0.005);
}

}  // namespace
}  // namespace stave
