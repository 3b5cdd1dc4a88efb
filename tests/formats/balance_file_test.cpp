// The files of balancing and splitting: what they mean, and what is wrong with them.
#include "stave/formats/balance_file.hpp"

#include "stave/core/error.hpp"

#include <filesystem>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/small_chain.hpp"
#include "formats/written_file.hpp"

namespace stave {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

WrittenFile written(const std::string& text) { return {"balance.csv", text}; }

std::string refused_file(const std::string& text, Errc expected, auto&& read) {
  const auto file = written(text);
  try {
    read(file.path());
  } catch (const Error& e) {
    EXPECT_EQ(e.code(), expected) << e.what();
    return std::string(e.what()) + " | " + e.hint();
  }
  return "no error";
}

const auto totals = [](const std::filesystem::path& path) {
  (void)read_totals(test::small_chain(), TableSide::rows, false, path);
};

constexpr auto six =
    "name,value\nCHN.ore,1\nCHN.car,2\nJPN.ore,3\nJPN.car,4\nDEU.ore,5\nDEU.car,-6.5\n";

TEST(BalanceFiles, TotalsStandInTheOrderOfTheTable) {
  const auto file = written(six);
  const auto read = read_totals(test::small_chain(), TableSide::rows, false, file.path());
  EXPECT_THAT(read.values, ElementsAre(1, 2, 3, 4, 5, -6.5));
  EXPECT_EQ(read.lines[5], 7U);
}

TEST(BalanceFiles, TheWholeTableHasPrimaryInputsAndFinalUse) {
  const auto rows = written(std::string(six) + "va,9\n");
  EXPECT_EQ(read_totals(test::small_chain(), TableSide::rows, true, rows.path()).values[6], 9);
  std::string text = six;
  for (const auto* region : {"CHN", "JPN", "DEU"})
    for (const auto* use : {"households", "investment"})
      text += std::string(region) + "." + use + ",8\n";
  const auto columns = written(text);
  EXPECT_EQ(read_totals(test::small_chain(), TableSide::columns, true, columns.path()).values[11],
            8);
}

TEST(BalanceFiles, TotalsNameFileRowColumnAndValue) {
  EXPECT_THAT(refused_file(std::string(six) + "CHN.cars,3\n", Errc::not_found, totals),
              HasSubstr(".csv:8: column 'name': 'CHN.cars' is not a row of the table | Did you "
                        "mean 'CHN.car'"));
  EXPECT_THAT(refused_file(std::string(six) + "CHN.car,3\n", Errc::bad_input, totals),
              HasSubstr(".csv:8: column 'name': 'CHN.car' has a second total, the first in row 3"));
  EXPECT_THAT(refused_file("name,value\nCHN.ore,\"1,5\"\n", Errc::bad_input, totals),
              HasSubstr(".csv:2: column 'value': '1,5' is not a number"));
  EXPECT_THAT(refused_file("name,value\nCHN.ore,1\nDEU.car,2\n", Errc::bad_input, totals),
              HasSubstr("has no row for 4 of 6: 'CHN.car', 'JPN.ore', 'JPN.car' ..."));
  EXPECT_THAT(refused_file("nam,value\nCHN.ore,1\n", Errc::bad_input, totals),
              HasSubstr("no column 'name'"));
  EXPECT_THAT(refused_file(std::string(six) + "va,1\n", Errc::not_found, totals),
              HasSubstr("'va'"));
}

TEST(BalanceFiles, CellsMayKeepTheirValue) {
  const auto file = written("row,column,value\nCHN.ore,JPN.car,7\nDEU.car,CHN.households,\n");
  const auto cells = read_cells(test::small_chain(), true, file.path());
  ASSERT_EQ(cells.size(), 2U);
  EXPECT_EQ(cells[0].row, 0U);
  EXPECT_EQ(cells[0].column, 3U);
  EXPECT_EQ(cells[0].value, 7);
  EXPECT_EQ(cells[1].column, 6U);
  EXPECT_FALSE(cells[1].value);
}

TEST(BalanceFiles, CellsNameFileRowColumnAndValue) {
  const auto cells = [](const std::filesystem::path& path) {
    (void)read_cells(test::small_chain(), true, path);
  };
  EXPECT_THAT(refused_file("row,column\nCHN.ore,CHN.house\n", Errc::not_found, cells),
              HasSubstr(":2: column 'column': 'CHN.house' is not a column of the table"));
  EXPECT_THAT(
      refused_file("row,column\nCHN.ore,CHN.car\nCHN.ore,CHN.car\n", Errc::bad_input, cells),
      HasSubstr(":3: column 'column': 'CHN.car' is fixed twice, first in row 2"));
  EXPECT_THAT(refused_file("row,column\nva,CHN.households\n", Errc::bad_input, cells),
              HasSubstr("has no cell in a row of primary inputs"));
}

TEST(BalanceFiles, PartsHaveSharesForAllOrForARegion) {
  const auto file =
      written("part,share,name,region\na,0.4,Part a,\nb,0.6,,\na,0.1,,Japan\nb,0.9,,JPN\n");
  const auto read = read_parts(test::small_chain(), file.path());
  ASSERT_EQ(read.parts.size(), 2U);
  EXPECT_EQ(read.parts[0].name, "Part a");
  EXPECT_EQ(read.parts[1].name, "b");
  EXPECT_EQ(read.shares(0, 0), .4);
  EXPECT_EQ(read.shares(0, 1), .1);
  EXPECT_EQ(read.shares(1, 1), .9);
  EXPECT_EQ(read.shares(1, 2), .6);
}

TEST(BalanceFiles, PartsNameFileRowColumnAndValue) {
  const auto parts = [](const std::filesystem::path& path) {
    (void)read_parts(test::small_chain(), path);
  };
  EXPECT_THAT(refused_file("part,share\na,40\n", Errc::bad_input, parts),
              HasSubstr(":2: column 'share': '40' is not a share from 0 to 1"));
  EXPECT_THAT(refused_file("part,share\na,.4\na,.6\n", Errc::bad_input, parts),
              HasSubstr(":3: column 'part': 'a' has a second share"));
  EXPECT_THAT(refused_file("part,share,region\na,.4,JPX\n", Errc::not_found, parts),
              HasSubstr("'JPX' is not a region of the chain | Did you mean 'JPN'"));
}

TEST(BalanceFiles, WeightsAreOfNamesProductsCategoriesAndParts) {
  const std::vector<Item> parts = {{"a", "a", {}, {}, {}}, {"b", "b", {}, {}, {}}};
  const auto file =
      written("part,to,weight\na,car,2\na,CHN.car,3\nb,investment,0\na,b,4\nb,DEU.households,.5\n");
  const auto read = read_part_weights(test::small_chain(), TableSide::columns, parts, file.path());
  EXPECT_EQ(read.table(0, 1), 3);
  EXPECT_EQ(read.table(0, 3), 2);
  EXPECT_EQ(read.table(0, 2), 1);
  EXPECT_EQ(read.table(1, 7), 0);
  EXPECT_EQ(read.table(1, 10), .5);
  EXPECT_EQ(read.between(0, 1), 4);
  EXPECT_EQ(read.between(1, 0), 1);
  const auto weights = [&](const std::filesystem::path& path) {
    (void)read_part_weights(test::small_chain(), TableSide::columns, parts, path);
  };
  EXPECT_THAT(refused_file("part,to,weight\nc,car,2\n", Errc::not_found, weights),
              HasSubstr("'c' is not a part of the sector"));
  EXPECT_THAT(
      refused_file("part,to,weight\na,cat,2\n", Errc::not_found, weights),
      HasSubstr("'cat' is neither a column of the table nor a product | Did you mean 'car'"));
  EXPECT_THAT(refused_file("part,to,weight\na,car,-2\n", Errc::bad_input, weights),
              HasSubstr(":2: column 'weight': '-2' is below 0"));
  EXPECT_THAT(refused_file("part,from,weight\na,car,2\n", Errc::bad_input, weights),
              HasSubstr("no column 'to'"));
}

}  // namespace
}  // namespace stave
