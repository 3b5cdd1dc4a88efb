#include "stave/core/error.hpp"
#include "stave/store/sample.hpp"
#include "stave/store/store.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "emission.hpp"
#include "original.hpp"
#include "sample.hpp"

namespace stave::sample {
namespace {

/// Two countries, three products; output A: 30, 10, 0 and B: 5, 5, 20.
Chain small_chain() {
  ChainParts parts;
  parts.regions = Classification("region", {{"A", "A", "", "", {}}, {"B", "B", "", "", {}}});
  parts.products = Classification(
      "product", {{"p", "p", "", "", {}}, {"q", "q", "", "", {}}, {"r", "r", "", "", {}}});
  for (int region = 0; region < 2; ++region)
    for (int product = 0; product < 3; ++product) {
      Node node;
      node.id = std::string(region == 0 ? "A." : "B.") + "pqr"[product];
      node.region = RegionId(region);
      node.product = ProductId(product);
      parts.nodes.push_back(node);
    }
  parts.flows = FlowMatrix(Matrix(6, 6));
  parts.final_columns = {{RegionId(0), "households"}};
  parts.final_use = Matrix::of({{30}, {10}, {0}, {5}, {5}, {20}});
  return Chain(std::move(parts));
}

// A: 8 by 30 : 10 is 6 and 2. B: 8 by 5 : 5 is 4 and 4.
TEST(Spread, DividesAnIndustryByTheOutputOfItsProducts) {
  const auto result =
      spread(small_chain(), {{"A", "k", 8}, {"B", "k", 8}}, {{"k", {{"p", "q"}, ""}}});
  EXPECT_THAT(result.value, testing::ElementsAre(6, 2, 0, 4, 4, 0));
  EXPECT_EQ(result.divided, result.value);
}

TEST(Spread, GivesAnIndustryOfOneProductWhole) {
  const auto result = spread(small_chain(), {{"B", "k", 7}}, {{"k", {{"r"}, ""}}});
  EXPECT_THAT(result.value, testing::ElementsAre(0, 0, 0, 0, 0, 7));
  EXPECT_THAT(result.divided, testing::Each(0));
}

TEST(Spread, PassesOnWhatHasNoOutputToGoTo) {
  const auto result = spread(small_chain(), {{"A", "k", 7}}, {{"k", {{"r"}, "q"}}});
  EXPECT_THAT(result.value, testing::ElementsAre(0, 7, 0, 0, 0, 0));
  EXPECT_THAT(result.moved, testing::ElementsAre("A k to q (7)"));
}

TEST(Spread, RefusesAnEmissionWithNowhereToGo) {
  try {
    (void)spread(small_chain(), {{"A", "k", 7}}, {{"k", {{"r"}, ""}}});
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Errc::bad_input);
    EXPECT_THAT(error.what(), testing::StrEq("k of A: no product with output takes its 7"));
  }
}

TEST(Spread, NamesAnIndustryTheBridgeLacks) {
  try {
    (void)spread(small_chain(), {{"A", "k", 7}}, {});
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Errc::not_found);
    EXPECT_THAT(error.what(), testing::StrEq("industry 'k' has no line in the bridge"));
  }
}

bool same_bits(std::span<const double> a, std::span<const double> b) {
  return std::ranges::equal(
      a, b, {}, [](double v) { return std::bit_cast<std::uint64_t>(v); },
      [](double v) { return std::bit_cast<std::uint64_t>(v); });
}

void expect_same_numbers(const Chain& a, const Chain& b) {
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t i = 0; i < a.size(); ++i)
    for (std::size_t j = 0; j < a.size(); ++j)
      ASSERT_EQ(a.flows().at(i, j), b.flows().at(i, j)) << a.nodes()[i].id << a.nodes()[j].id;
  EXPECT_TRUE(same_bits(a.final_use().values(), b.final_use().values()));
  EXPECT_TRUE(same_bits(a.primary().values(), b.primary().values()));
  EXPECT_TRUE(same_bits(a.stressors().values(), b.stressors().values()));
  EXPECT_TRUE(same_bits(a.stressors_final().values(), b.stressors_final().values()));
  EXPECT_TRUE(same_bits(a.reported_output(), b.reported_output()));
  for (std::size_t s = 0; s < a.stressor_rows().size(); ++s)
    for (std::size_t i = 0; i < a.size(); ++i)
      EXPECT_EQ(a.stressor_quality(s, NodeId(i)), b.stressor_quality(s, NodeId(i)));
}

void expect_same_words(const Chain& a, const Chain& b) {
  EXPECT_EQ(a.info().title, b.info().title);
  EXPECT_EQ(a.info().title_zh, b.info().title_zh);
  EXPECT_EQ(a.info().source, b.info().source);
  EXPECT_EQ(a.info().notes, b.info().notes);
  for (std::size_t i = 0; i < a.size(); ++i) EXPECT_EQ(a.nodes()[i].id, b.nodes()[i].id);
  for (const auto kind : {&Chain::regions, &Chain::products})
    for (std::size_t k = 0; k < (a.*kind)().size(); ++k) {
      EXPECT_EQ((a.*kind)()[k].code, (b.*kind)()[k].code);
      EXPECT_EQ((a.*kind)()[k].name, (b.*kind)()[k].name);
      EXPECT_EQ((a.*kind)()[k].name_zh, (b.*kind)()[k].name_zh);
      EXPECT_EQ((a.*kind)()[k].kind, (b.*kind)()[k].kind);
    }
}

class Derivation : public testing::Test {
 protected:
  void SetUp() override {
    if (!sample_test::has_originals())
      GTEST_SKIP() << "the originals are not in " STAVE_SHARED "/data";
  }
  const Places places{sample_test::data, sample_test::bridges,
                      std::filesystem::path(STAVE_SOURCE) / "share" / "descriptions"};
};

TEST_F(Derivation, GivesTheWorldAsItIsInTheProject) {
  const auto derived = derive_world_2011(places);
  expect_same_numbers(derived, open_chain("world-2011"));
  expect_same_words(derived, open_chain("world-2011"));
}

TEST_F(Derivation, GivesChinaAsItIsInTheProject) {
  const auto derived = derive_china_2020(places);
  expect_same_numbers(derived, open_chain("china-2020"));
  expect_same_words(derived, open_chain("china-2020"));
}

TEST_F(Derivation, GivesTheElectricCarAsItIsInTheProject) {
  const auto derived = derive_nev(places);
  const auto stored = open_chain("nev");
  expect_same_numbers(derived, stored);
  expect_same_words(derived, stored);
  EXPECT_EQ(derived.recipe().exceptions(), stored.recipe().exceptions());
  ASSERT_EQ(derived.node_attributes().size(), stored.node_attributes().size());
  for (std::size_t a = 0; a < derived.node_attributes().size(); ++a) {
    EXPECT_EQ(derived.node_attributes()[a].name, stored.node_attributes()[a].name);
    for (std::size_t i = 0; i < derived.size(); ++i) {
      const auto value = derived.node_attributes()[a].values[i];
      const auto kept = stored.node_attributes()[a].values[i];
      EXPECT_TRUE(value == kept || (std::isnan(value) && std::isnan(kept))) << a << " " << i;
    }
  }
}

TEST(WriteTables, LeavesTheNotesBesideThemAlone) {
  const auto folder = std::filesystem::path(testing::TempDir()) /
                      ("stave_write_tables_" + std::to_string(::getpid()));
  std::filesystem::create_directories(folder);
  {
    std::ofstream(folder / "SOURCE.md") << "notes";
  }
  write_tables(small_chain(), folder);
  write_tables(small_chain(), folder);
  EXPECT_TRUE(std::filesystem::exists(folder / "SOURCE.md"));
  expect_same_numbers(import_folder(folder), small_chain());
  EXPECT_FALSE(std::filesystem::exists(std::filesystem::path(folder).concat(".derived")));
  std::filesystem::remove_all(folder);
}

TEST(Samples, AreListedAndOpenByName) {
  std::vector<std::string> names;
  for (const auto& sample : samples()) {
    names.push_back(sample.name);
    EXPECT_EQ(open_chain(sample.name).info().name, sample.name);
    EXPECT_FALSE(sample.title.empty());
    EXPECT_TRUE(std::filesystem::exists(sample.path / "SOURCE.md")) << sample.path;
  }
  EXPECT_THAT(names, testing::IsSupersetOf({"china-2020", "nev", "world-2011"}));
}

}  // namespace
}  // namespace stave::sample
