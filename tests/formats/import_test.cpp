#include "stave/formats/import.hpp"

#include "stave/store/store.hpp"

#include <algorithm>

#include <gmock/gmock.h>

#include "import_fixture.hpp"

namespace stave::test {
namespace {

using ::testing::HasSubstr;

class Import : public TemporaryFolder {};

bool same(std::span<const double> a, std::span<const double> b) { return std::ranges::equal(a, b); }

TEST_F(Import, ListsFormatsWithWhatTheyReadAndAnExample) {
  std::vector<std::string> names;
  for (const auto& format : formats()) {
    names.push_back(format.name);
    EXPECT_FALSE(format.reads.empty());
    EXPECT_FALSE(format.example.empty());
  }
  EXPECT_TRUE(std::ranges::is_sorted(names));
  EXPECT_THAT(names, ::testing::IsSupersetOf({"oecd-icio", "eora26", "exiobase3", "pymrio", "trade",
                                              "network", "wiod2013", "gloria", "described"}));
}

TEST_F(Import, SaysOfEachFormatWhyItDoesNotFit) {
  const auto path = write("notes.txt", "nothing of use\n");
  const auto message = message_of(Errc::bad_input, importing(path));
  EXPECT_THAT(message, HasSubstr("no format fits. Tried:"));
  EXPECT_THAT(message, HasSubstr("eora26     not a folder or zip"));
  EXPECT_THAT(message, HasSubstr("trade      not a csv file"));
  EXPECT_THAT(message, HasSubstr("--description FILE.toml"));
}

TEST_F(Import, KnowsMissingPathsAndUnknownFormats) {
  EXPECT_THAT(message_of(Errc::not_found, importing(folder() / "none.csv")),
              HasSubstr("there is no file or folder"));
  const auto path = write("t.csv", "a,b\n1,2\n");
  EXPECT_THAT(message_of(Errc::not_found, importing(path, {.format = "eora"})),
              HasSubstr("there is no format 'eora' | Did you mean 'eora26'"));
}

TEST_F(Import, ForcedFormatSaysWhatIsMissing) {
  const auto path = write("t/readme.txt", "x");
  EXPECT_THAT(message_of(Errc::not_found, importing(folder() / "t", {.format = "exiobase3"})),
              HasSubstr("neither Z.txt nor A.txt in it"));
}

TEST_F(Import, ExportAndImportKeepTheSameBits) {
  SKIP_WITHOUT(test_mrio);
  const auto chain = import_chain(test_mrio);
  export_folder(chain, folder() / "out", FolderFormat::parquet);
  const auto again = import_chain(folder() / "out");
  EXPECT_TRUE(same(chain.flows().dense().values(), again.flows().dense().values()));
  EXPECT_TRUE(same(chain.final_use().values(), again.final_use().values()));
  EXPECT_TRUE(same(chain.primary().values(), again.primary().values()));
  EXPECT_TRUE(same(chain.stressors().values(), again.stressors().values()));
  EXPECT_TRUE(same(chain.stressors_final().values(), again.stressors_final().values()));
  EXPECT_EQ(chain.info().notes, again.info().notes);
  EXPECT_EQ(chain.nodes()[7].id, again.nodes()[7].id);
}

TEST_F(Import, OpensAChainFileUnderAnotherName) {
  SKIP_WITHOUT(test_mrio);
  save_chain(import_chain(test_mrio), folder() / "m.stave");
  const auto chain = import_chain(folder() / "m.stave", {.name = "other", .year = 2001});
  EXPECT_EQ(chain.info().name, "other");
  EXPECT_EQ(chain.info().year, 2001);
  EXPECT_EQ(chain.size(), 48U);
}

TEST_F(Import, StopsWhenTheUserCancels) {
  SKIP_WITHOUT(test_mrio);
  struct Stopped : Progress {
    [[nodiscard]] bool cancelled() const override { return true; }
  } stopped;
  message_of(Errc::cancelled, [&] { static_cast<void>(import_chain(test_mrio, {}, stopped)); });
}

}  // namespace
}  // namespace stave::test
