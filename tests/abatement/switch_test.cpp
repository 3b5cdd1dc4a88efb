// `stave switch` from the file to the report.
#include "stave/abatement/abatement.hpp"
#include "stave/core/error.hpp"
#include "stave/formats/inventory_file.hpp"

#include <cmath>
#include <optional>
#include <string>
#include <string_view>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "abatement/template.hpp"
#include "formats/written_file.hpp"

namespace stave {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class SwitchReport : public testing::Test {
 protected:
  void SetUp() override { write(switch_template()); }

  void write(std::string_view text) { file_.emplace("switches.toml", std::string(text)); }
  [[nodiscard]] Report report(Arguments::Given given = {}) const {
    given["project"] = file_->path().string();
    return run(switch_analysis(), Chain(ChainParts{}), given);
  }
  [[nodiscard]] std::string refusal(const Arguments::Given& given, Errc code) const {
    try {
      (void)report(given);
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), code) << error.what();
      return std::string(error.what()) + " | " + error.hint();
    }
    ADD_FAILURE() << "not refused";
    return {};
  }

  std::optional<WrittenFile> file_;
};

// By hand, kg for one kg: steel 2 + .4 * .9 = 2.36; low-carbon steel .1 + 3.5 * .01, for its maker
// takes the current of its own region.
TEST_F(SwitchReport, OfTheTemplateIsAsWorkedByHand) {
  const auto told = report({{"shares", "frame of aluminium=0, rail in place of lorries=0"}});
  const auto& together = told.table("together");
  // 12 steel, 2 tyres, 20 kWh, 15 tkm.
  const double before = 12 * 2.36 + 3 + 20 * 0.9 + 15 * 0.09;
  EXPECT_NEAR(together.reals("before")[0], before, 1e-9);
  // A tenth less steel, 80 % of the rest low-carbon; current of the assembly from hydropower.
  const double steel = 12 * 0.9 * (0.2 * 2.36 + 0.8 * (0.1 + 3.5 * 0.01));
  EXPECT_NEAR(together.reals("after")[0], steel + 3 + 20 * 0.01 + 15 * 0.09, 1e-9);
  // 8.64 kg at .25 more, 1.2 kg of steel at .6 less, 2 beside that, 20 kWh at .03; of 180.
  const double cost = 8.64 * 0.25 - 1.2 * 0.6 + 2 + 20 * 0.03;
  EXPECT_NEAR(together.reals("change")[1], cost, 1e-9);
  EXPECT_NEAR(together.reals("before")[1], 180, 1e-9);
  EXPECT_NEAR(together.reals("change_share")[1], 100 * cost / 180, 1e-9);
}

TEST_F(SwitchReport, HasTheTablesAndKindsOfEverySwitch) {
  const auto told = report();
  EXPECT_THAT(told.table("switches").texts("kind"),
              ElementsAre("supplier", "material", "energy", "route", "less"));
  EXPECT_TRUE(std::isnan(told.table("switches").reals("extra_cost")[3]));
  EXPECT_THAT(told.table("switches").texts("not_known")[3], HasSubstr("the price of lorry"));
  EXPECT_TRUE(std::isnan(told.table("together").reals("change")[1]));
  const auto& curve = told.table("curve");
  EXPECT_EQ(curve.rows(), 5U);
  EXPECT_NEAR(curve.reals("saved_so_far").back(), -told.table("together").reals("change")[0], 1e-9);
  for (const auto& residual : told.provenance.residuals)
    EXPECT_LE(residual.relative, residual.tolerance) << residual.balance;
  // Old and new steel stand under the same component.
  const auto& components = told.table("components");
  EXPECT_EQ(components.texts("component")[0], "frame");
  EXPECT_LT(components.reals("after")[0], components.reals("before")[0] / 2);
}

TEST_F(SwitchReport, ChoosesWithinABudget) {
  const auto told = report({{"budget", "1"}});
  const auto& budget = told.table("budget");
  ASSERT_EQ(budget.rows(), 1U);
  EXPECT_LE(budget.reals("cost")[0], 1);
  EXPECT_THAT(budget.texts("left_out")[0], HasSubstr("rail"));
  EXPECT_EQ(budget.texts("method")[0], "exact");
  const auto& curve = told.table("curve");
  double saved = 0;
  for (std::size_t r = 0; r < curve.rows(); ++r)
    if (curve.texts("within_budget")[r] == "yes") saved += curve.reals("saved")[r];
  EXPECT_NEAR(saved, budget.reals("saved")[0], 1e-9);
}

// 2.4 and .6 add up to a little more than 3 in binary.
TEST_F(SwitchReport, SpendsTheWholeBudget) {
  const auto told = report({{"budget", "3"}, {"shares", "lighter frame=0"}});
  EXPECT_EQ(told.table("budget").texts("switches")[0], "low-carbon steel, assembly on hydropower");
}

TEST_F(SwitchReport, RefusesWhatItCannotRead) {
  EXPECT_THAT(refusal({{"shares", "low-carbon stel=1"}}, Errc::not_found),
              HasSubstr("Did you mean 'low-carbon steel'"));
  EXPECT_THAT(refusal({{"shares", "low-carbon steel=2"}}, Errc::bad_input), HasSubstr("'2'"));
  EXPECT_THAT(refusal({{"shares", "lighter frame=0, lighter frame=1"}}, Errc::bad_input),
              HasSubstr("twice"));
  EXPECT_THAT(refusal({{"shares", "low-carbon steel=1"}}, Errc::bad_input),
              HasSubstr("'low-carbon steel' 1 and 'frame of aluminium' 0.2 move 1.2"));
  EXPECT_THAT(refusal({{"buyer", "CHN.c9"}}, Errc::missing_part),
              HasSubstr("--buyer names a node of a chain, and no chain was given"));
  write(std::string(switch_template()) +
        "[[switch]]\nname = 'dearer'\nsource = 'x'\nproduct = 'steel'\nfactor = 0.5\nprice = 2\n"
        "currency = 'EUR'\n");
  EXPECT_THAT(
      refusal({}, Errc::bad_input),
      HasSubstr(
          "'dearer': one t of 'blast furnace [CHN]' costs 2 here and 600 for 'low-carbon steel'"));
  write(project_template());
  EXPECT_THAT(refusal({}, Errc::bad_input), HasSubstr("no [[switch]]"));
}

TEST(ShareList, ReadsNumbersAndPercentages) {
  std::vector<Switch> switches(3);
  switches[0].name = "a=b";
  switches[1].name = "c";
  switches[1].share = 0.4;
  switches[2].name = "d";
  EXPECT_THAT(shares_of(switches, " a=b=0.25 , d = 30% "), ElementsAre(0.25, 0.4, 0.3));
  EXPECT_THAT(shares_of(switches, ""), ElementsAre(1, 0.4, 1));
}

}  // namespace
}  // namespace stave
