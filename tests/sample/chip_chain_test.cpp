#include "chip_chain.hpp"

#include "stave/breakpoint/breakpoint.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "original.hpp"

namespace stave {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class ChipChain : public testing::Test {
 protected:
  void SetUp() override {
    const auto folder = sample_test::data / "chip-chain-eto";
    if (!std::filesystem::exists(folder)) GTEST_SKIP() << folder << " is not there";
    chain.emplace(sample_test::read_chip_chain(folder));
  }
  /// Names of all sets of one source whose loss stops the finished chip.
  std::vector<std::string> single_points(SourceKind kind, double threshold = 0) const {
    const BreakpointSystem system(*chain, kind, threshold);
    const auto chip = ProductId(chain->products().require("Finished logic chip"));
    std::vector<std::string> names;
    const auto found = break_sets(system, system.target(chip, {}), {.size = 1});
    for (const auto& set : found.sets.at(0))
      names.push_back(system.source_names[static_cast<std::size_t>(set[0])]);
    return names;
  }
  std::vector<std::string> providers_of(const char* product) const {
    std::vector<std::string> found;
    for (const auto& node : chain->nodes())
      if (node.product == ProductId(chain->products().require(product)))
        found.push_back(chain->regions()[node.region].code);
    return found;
  }
  std::optional<Chain> chain;
};

TEST_F(ChipChain, HasOneProviderOfExtremeUltravioletScanners) {
  EXPECT_THAT(providers_of("EUV scanners"), ElementsAre("NLD"));
  EXPECT_THAT(providers_of("ArF scanners"), ElementsAre("JPN", "NLD"));
  EXPECT_THAT(providers_of("Crystal growing furnaces"), ElementsAre("CHN", "DEU"));
}

// Every other tool and material has a second country that makes at least a little of it.
TEST_F(ChipChain, StopsAtExtremeUltravioletLithographyAlone) {
  EXPECT_THAT(single_points(SourceKind::region_product), ElementsAre("NLD: EUV scanners"));
}

TEST_F(ChipChain, IsInTheHandsOfOneCountry) {
  EXPECT_THAT(single_points(SourceKind::region), ElementsAre("NLD"));
}

// With ArF scanners in place of EUV scanners no single loss stops the chip.
TEST_F(ChipChain, HasNoSinglePointWhereEuvIsNotNeeded) {
  auto parts = chain->parts();
  parts.recipe->set(ProductId(parts.products.require("EUV scanners")),
                    ProductId(parts.products.require("Photolithography")), Need::non_essential);
  chain.emplace(std::move(parts));
  EXPECT_THAT(single_points(SourceKind::region_product), IsEmpty());
}

// A maker that stops below 3 % of an input is stopped by what one country makes nearly alone:
// furnaces (Germany, China's share negligible), assembly tools (China 98 %, Germany 2 %).
TEST_F(ChipChain, HangsOnMoreSourcesWhereALittleIsNotEnough) {
  const auto points = single_points(SourceKind::region_product, 0.03);
  EXPECT_THAT(points, testing::IsSupersetOf({"NLD: EUV scanners", "DEU: Crystal growing furnaces",
                                             "CHN: Integrated assembly tools"}));
  EXPECT_THAT(points, testing::Not(testing::Contains("NLD: ArF immersion scanners")));  // 91 %
}

}  // namespace
}  // namespace stave
