// A chain comes back from a file or a folder as it went in, to the bit.
#include "stave/core/error.hpp"
#include "stave/store/store.hpp"

#include <algorithm>
#include <array>
#include <fstream>

#include <gmock/gmock.h>

#include "store/sample_chain.hpp"

namespace stave {
namespace {

using namespace store_test;

using Way = Chain (*)(const Chain&, const TemporaryFolder&);

Chain through_file(const Chain& chain, const TemporaryFolder& folder) {
  save_chain(chain, folder / "c.stave");
  return load_chain(folder / "c.stave");
}
Chain through_csv(const Chain& chain, const TemporaryFolder& folder) {
  export_folder(chain, folder / "c [1]*", FolderFormat::csv);
  return import_folder(folder / "c [1]*");
}
Chain through_parquet(const Chain& chain, const TemporaryFolder& folder) {
  export_folder(chain, folder / "c [1]*", FolderFormat::parquet);
  return import_folder(folder / "c [1]*");
}

std::string way_name(const testing::TestParamInfo<Way>& info) {
  const std::array<std::string, 3> names = {"File", "Csv", "Parquet"};
  return names[info.index];
}

class RoundTrip : public testing::TestWithParam<Way> {};

TEST_P(RoundTrip, KeepsEveryPartToTheBit) {
  const TemporaryFolder folder;
  const Chain chain(full_parts());
  expect_same(chain, GetParam()(chain, folder));
  EXPECT_EQ(folder.entries(), 1U) << "something temporary stayed";
}

TEST_P(RoundTrip, KeepsEmptyPartsEmpty) {
  const TemporaryFolder folder;
  const Chain chain(bare_parts());
  const auto back = GetParam()(chain, folder);
  expect_same(chain, back);
  EXPECT_FALSE(back.has_own_recipe());
}

TEST_P(RoundTrip, KeepsAChainWithoutNodes) {
  const TemporaryFolder folder;
  const Chain chain(ChainParts{});
  EXPECT_EQ(GetParam()(chain, folder).size(), 0U);
}

TEST_P(RoundTrip, KeepsASparseNetworkSparse) {
  const TemporaryFolder folder;
  const Chain chain(ring_parts(50));
  const auto back = GetParam()(chain, folder);
  expect_same(chain, back);
  ASSERT_FALSE(back.flows().is_dense());
  EXPECT_EQ(back.flows().sparse().column, chain.flows().sparse().column);
}

TEST_P(RoundTrip, KeepsFlowsThatAreNotFinite) {
  const TemporaryFolder folder;
  auto parts = full_parts();
  const double inf = std::numeric_limits<double>::infinity();
  parts.flows = FlowMatrix(
      Matrix::of({{inf, -inf, std::numeric_limits<double>::quiet_NaN()}, {1, 2, 3}, {4, 5, 6}}));
  const Chain chain(std::move(parts));
  expect_same(chain, GetParam()(chain, folder));
}

TEST_P(RoundTrip, KeepsAUniformRecipe) {
  const TemporaryFolder folder;
  auto parts = full_parts();
  parts.recipe = Recipe::uniform(Need::non_essential);
  const Chain chain(std::move(parts));
  expect_same(chain, GetParam()(chain, folder));
}

INSTANTIATE_TEST_SUITE_P(Ways, RoundTrip,
                         testing::Values(through_file, through_csv, through_parquet), way_name);

TEST(SaveChain, StoresADenseMatrixWithFewFlowsSoThatItComesBackSparseWithTheSameCells) {
  const TemporaryFolder folder;
  auto parts = ring_parts(30);
  Matrix z(30, 30);
  z(3, 4) = 1.5;
  z(29, 0) = -2;
  parts.flows = FlowMatrix(z);
  const Chain chain(std::move(parts));
  const auto back = through_file(chain, folder);
  EXPECT_FALSE(back.flows().is_dense());
  expect_same(chain.flows(), back.flows());
}

// 3,000 x 3,000 cells are more than one connection writes.
TEST(SaveChain, WritesOverSeveralConnectionsInOrder) {
  const TemporaryFolder folder;
  const std::size_t n = 3000;
  auto parts = ring_parts(n);
  Matrix z(n, n);
  for (std::size_t k = 0; k < z.size(); ++k) z.values()[k] = static_cast<double>(k % 1000) + 0.25;
  parts.flows = FlowMatrix(std::move(z));
  const Chain chain(std::move(parts));
  const auto back = through_file(chain, folder);
  ASSERT_TRUE(back.flows().is_dense());
  EXPECT_TRUE(std::ranges::equal(chain.flows().dense().values(), back.flows().dense().values()));
  const auto disorder = query_chain(folder / "c.stave", R"(
    SELECT count(*) AS n FROM (SELECT "from" * 3000 + "to" AS k,
                               lag(k) OVER (ORDER BY rowid) AS before FROM flow) WHERE k <= before)");
  EXPECT_EQ(disorder.integers("n").front(), 0);
}

TEST(SaveChain, RefusesTextThatIsNotUtf8) {
  const TemporaryFolder folder;
  auto parts = full_parts();
  parts.nodes[1].name = "\xB8\xD6";  // GB 18030 for steel
  const Chain chain(std::move(parts));
  try {
    save_chain(chain, folder / "c.stave");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Errc::bad_input);
    EXPECT_STREQ(error.what(), "node, row 2: column 'name' is not UTF-8 text");
  }
  EXPECT_EQ(folder.entries(), 0U);
}

TEST(ExportFolder, ReplacesAnExportedChainAndKeepsWhatElseLiesThere) {
  const TemporaryFolder folder;
  export_folder(Chain(full_parts()), folder / "c", FolderFormat::csv);
  std::ofstream(folder / "c" / "SOURCE.md") << "# Source\n";
  export_folder(Chain(bare_parts()), folder / "c", FolderFormat::parquet);
  EXPECT_TRUE(fs::exists(folder / "c" / "SOURCE.md"));
  EXPECT_FALSE(fs::exists(folder / "c" / "chain.csv"));
  EXPECT_EQ(import_folder(folder / "c").size(), 1U);
  EXPECT_EQ(folder.entries(), 1U);
}

TEST(ExportFolder, RefusesToReplaceAnyOtherFolder) {
  const TemporaryFolder folder;
  fs::create_directory(folder / "photos");
  std::ofstream(folder / "photos" / "a.jpg") << "x";
  EXPECT_THROW(export_folder(Chain(bare_parts()), folder / "photos", FolderFormat::csv), Error);
  EXPECT_TRUE(fs::exists(folder / "photos" / "a.jpg"));
  EXPECT_EQ(folder.entries(), 1U);
}

TEST(Parquet, KeepsATableWithUnitsAndMeanings) {
  const TemporaryFolder folder;
  Table table("risk", "Risk",
              {{"node", ColumnType::text, "", "who"},
               {"rank", ColumnType::integer, "", "place"},
               {"loss", ColumnType::real, "million 'USD'", "what is lost"}});
  table.add_row({std::string("a"), std::int64_t{1}, 0.1 + 0.2});
  table.add_row({std::string(), std::int64_t{-5}, std::numeric_limits<double>::quiet_NaN()});
  write_parquet(table, folder / "t.parquet");
  const auto back = read_parquet(folder / "t.parquet");
  EXPECT_EQ(back.texts("node"), table.texts("node"));
  EXPECT_EQ(back.integers("rank"), table.integers("rank"));
  expect_same_bits(back.reals("loss"), table.reals("loss"), "loss");
  EXPECT_EQ(back.columns()[2].spec.unit, "million 'USD'");
  EXPECT_EQ(back.columns()[2].spec.meaning, "what is lost");
  EXPECT_EQ(folder.entries(), 1U);
}

}  // namespace
}  // namespace stave
