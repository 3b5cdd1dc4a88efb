#include "nev_tables.hpp"

#include "stave/core/error.hpp"

#include <fstream>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "original.hpp"

namespace stave::sample {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

/// A copy of samples/nev, and a few lines in place of the minerals data.
class NevTablesFile : public testing::Test {
 protected:
  void SetUp() override {
    folder = fs::path(testing::TempDir()) / ("stave_nev_" + std::to_string(::getpid()));
    fs::create_directories(folder / "samples");
    fs::create_directories(folder / "data" / "minerals-usgs");
    fs::copy(sample_test::bridges / "nev", folder / "samples" / "nev");
    write("data/minerals-usgs/MCS2025_World_Data.csv",
          "COMMODITY,COUNTRY,TYPE,PROD_EST_ 2024\n"
          "Gallium,China,Primary production,\"750000\"\n"
          "Gallium ,Japan ,Primary production,250000\n"
          "Gallium,United States,Primary production,\n"
          "Gallium,World total (rounded),Primary production,1000000\n"
          "Gallium,China,Reserves,7\n");
  }
  void TearDown() override { fs::remove_all(folder); }

  void write(const fs::path& file, const std::string& text) const {
    std::ofstream(folder / file) << text;
  }
  /// Puts `now` in place of the one line `old` of a csv of the sample.
  void change(const char* file, const std::string& old, const std::string& now) const {
    const auto path = fs::path("samples") / "nev" / file;
    std::stringstream text;
    text << std::ifstream(folder / path).rdbuf();
    auto lines = text.str();
    const auto at = lines.find("\n" + old + "\n");
    ASSERT_NE(at, lines.npos) << old;
    write(path, lines.replace(at + 1, old.size(), now));
  }
  [[nodiscard]] NevTables read() const {
    return read_nev_tables({folder / "data", folder / "samples", {}});
  }
  [[nodiscard]] std::string refusal() const {
    try {
      (void)read();
    } catch (const Error& error) {
      return error.what();
    }
    return "";
  }
  fs::path folder;
};

TEST_F(NevTablesFile, SharesAStatisticAmongTheCountriesThatStateOne) {
  const auto tables = read();
  std::map<std::string, double> share;
  for (const auto& provider : tables.providers)
    if (provider.product == ProductId(tables.products.require("gallium"))) {
      share[tables.regions[provider.region].code] = provider.share;
      EXPECT_EQ(provider.tons, 1000 * provider.share);  // kilograms to tons
    }
  EXPECT_THAT(share, testing::ElementsAre(testing::Pair("CHN", 0.75), testing::Pair("JPN", 0.25)));
  EXPECT_THAT(tables.withheld, testing::ElementsAre("Gallium: United States"));
}

TEST_F(NevTablesFile, NamesTheRowOfACellThatIsNoNumber) {
  change("inputs.csv", "fepo4,phosphoric_acid,0.45,yes,,illustrative,assumption",
         "fepo4,phosphoric_acid,half,yes,,illustrative,assumption");
  EXPECT_THAT(refusal(), HasSubstr("inputs.csv:2: column 'cost_share': 'half' is not a number"));
}

TEST_F(NevTablesFile, RefusesSharesThatAreNotTheWhole) {
  change("providers.csv", "euv_scanner,,NLD,100,illustrative,assumption",
         "euv_scanner,,NLD,90,illustrative,assumption");
  EXPECT_THAT(refusal(), HasSubstr("the shares of euv_scanner sum to 90 %, not to 100 %"));
}

TEST_F(NevTablesFile, RefusesALineThatIsNoSubstitute) {
  change("providers.csv", "module,cell_lfp,CHN,72,illustrative,assumption",
         "module,al_sheet,CHN,72,illustrative,assumption");
  EXPECT_THAT(refusal(), HasSubstr("'al_sheet' is not a substitute that goes into module"));
}

TEST_F(NevTablesFile, RefusesAFigureThatDoesNotSayItIsIllustrative) {
  change("demand.csv", "USA,11,illustrative,assumption", "USA,11,measured,assumption");
  EXPECT_THAT(refusal(), HasSubstr("demand.csv:3: column 'quality': 'measured'"));
}

TEST_F(NevTablesFile, RefusesACountryWithoutARegion) {
  write("data/minerals-usgs/MCS2025_World_Data.csv",
        "COMMODITY,COUNTRY,TYPE,PROD_EST_ 2024\nGallium,Atlantis,Primary production,1\n");
  EXPECT_THAT(refusal(), HasSubstr("'Atlantis' is not in countries.csv"));
}

TEST_F(NevTablesFile, NamesAProductThatIsNotThere) {
  change("providers.csv", "euv_scanner,,NLD,100,illustrative,assumption",
         "euv_scaner,,NLD,100,illustrative,assumption");
  EXPECT_THAT(refusal(), HasSubstr("there is no product 'euv_scaner'"));
}

}  // namespace
}  // namespace stave::sample
