// From a word on the command line to a chain.
#include "stave/store/sample.hpp"

#include "stave/core/error.hpp"
#include "stave/store/store.hpp"

#include <cstdlib>
#include <fstream>

#include <gmock/gmock.h>

#include "store/sample_chain.hpp"

namespace stave {
namespace {

using namespace store_test;
using testing::HasSubstr;

class SampleFolder : public testing::Test {
 protected:
  SampleFolder() {
    export_folder(Chain(full_parts()), folder_ / "park-2020", FolderFormat::parquet);
    export_folder(Chain(ring_parts(5)), folder_ / "ring", FolderFormat::parquet);
    fs::create_directory(folder_ / "unfinished");
    ::setenv("STAVE_SAMPLES", folder_.path().c_str(), 1);
  }
  ~SampleFolder() override { ::unsetenv("STAVE_SAMPLES"); }
  TemporaryFolder folder_;
};

TEST_F(SampleFolder, ListsSamplesByNameWithTheirTitles) {
  const auto found = samples();
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].name, "park-2020");
  EXPECT_EQ(found[0].title, "A park, \"quoted\"");
  EXPECT_EQ(found[1].name, "ring");
}

TEST_F(SampleFolder, OpensASampleAFileAndAFolder) {
  EXPECT_EQ(open_chain("ring").size(), 5U);
  save_chain(Chain(bare_parts()), folder_ / "mine.stave");
  EXPECT_EQ(open_chain((folder_ / "mine.stave").string()).size(), 1U);
  EXPECT_EQ(open_chain((folder_ / "park-2020").string()).size(), 3U);
}

TEST_F(SampleFolder, NamesNearSamplesAndFiles) {
  try {
    (void)open_chain("park-2021");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Errc::not_found);
    EXPECT_EQ(error.hint(), "Did you mean 'park-2020'?");
  }
  const auto here = fs::current_path();
  const TemporaryFolder work;
  save_chain(Chain(bare_parts()), work / "zhejiang.stave");
  fs::current_path(work.path());
  try {
    (void)open_chain("zhejiang");
    ADD_FAILURE();
  } catch (const Error& error) {
    EXPECT_EQ(error.hint(), "Did you mean 'zhejiang.stave'?");
  }
  fs::current_path(here);
}

TEST_F(SampleFolder, RefusesAFolderOfOtherThings) {
  try {
    (void)open_chain((folder_ / "unfinished").string());
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Errc::foreign_file);
  }
}

TEST_F(SampleFolder, HoldsInventoriesByName) {
  fs::create_directory(folder_ / "inventories");
  for (const auto* name : {"van.toml", "bus.toml", "notes.md"})
    std::ofstream(folder_ / "inventories" / name) << "title = 'x'\n";
  const auto found = sample_inventories();
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].stem(), "bus");
  EXPECT_EQ(resolve_inventory("van"), found[1]);
  EXPECT_EQ(resolve_inventory(found[0].string()), found[0]);
  EXPECT_TRUE(sample_scenarios().empty());
  try {
    (void)resolve_inventory("vann");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Errc::not_found);
    EXPECT_THAT(error.what(), HasSubstr("neither a file nor an inventory that comes with Stave"));
    EXPECT_EQ(error.hint(), "Did you mean 'van'?");
  }
}

TEST(Samples, AreEmptyWhereThereAreNone) {
  ::setenv("STAVE_SAMPLES", "/nowhere", 1);
  EXPECT_TRUE(samples().empty());
  ::unsetenv("STAVE_SAMPLES");
}

}  // namespace
}  // namespace stave
