#include "stave/report/report_writer.hpp"

#include <limits>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "report/number.hpp"
#include "report/text_width.hpp"

namespace stave {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

Table suppliers() {
  Table table("suppliers", "Who supplies steel",
              {{"region", ColumnType::text, "", "who"},
               {"sales", ColumnType::real, "million USD", "sold to us"},
               {"plants", ColumnType::integer, "", "how many"}});
  table.add_row({"Japan", 1234567.25, std::int64_t{12}});
  table.add_row({"中国", 617283.625, std::int64_t{3}});
  table.add_row({"Chile", nan, std::int64_t{0}});
  return table;
}

TEST(Grouped, SetsThousandsApartAndKeepsTheSign) {
  EXPECT_EQ(grouped(1234567.25, 1), "1,234,567.2");
  EXPECT_EQ(grouped(-1234, 0), "-1,234");
  EXPECT_EQ(grouped(999, 0), "999");
  EXPECT_EQ(grouped(-0.0001, 2), "0.00");
  EXPECT_EQ(grouped(nan, 2), "–");
}

TEST(DecimalsFor, ShowsAboutFiveDigitsOfTheLargest) {
  EXPECT_EQ(decimals_for(std::vector{485041.2, 3.5}), 0);
  EXPECT_EQ(decimals_for(std::vector{0.490805, 0.074}), 4);
  EXPECT_EQ(decimals_for(std::vector{12.5, nan}), 3);
  EXPECT_EQ(decimals_for(std::vector{0.0000025125, 0.0}), 9);  // tonnes a unit of money
  EXPECT_EQ(decimals_for(std::vector{1e-15}), 6);              // rounding
  EXPECT_EQ(decimals_for(std::vector{3.0, 40.0}), 0);
  EXPECT_EQ(decimals_for(std::vector<double>{}), 0);
}

TEST(TextWidth, CountsChineseCharactersAsTwoCells) {
  EXPECT_EQ(text_width("steel"), 5U);
  EXPECT_EQ(text_width("钢铁"), 4U);
  EXPECT_EQ(fitted("钢铁工业", 5), "钢铁…");
  EXPECT_EQ(fitted("a\x1b[31mb", 10), "a [31mb");
}

// " 2 steps … " and the ellipsis before it take 12 cells. Of the rest the last step takes what it
// needs, but the first a third: of 22 cells 7; of 43 the 17 that the last leaves.
TEST(FittedSteps, KeepsTheBeginningAndTheEndAndCountsWhatIsBetween) {
  const std::string steps = "Japan: film is lost; A stops; B stops; China: car stops without B";
  EXPECT_EQ(fitted_steps(steps, 100), steps);
  EXPECT_EQ(fitted_steps(steps, 34), "Japan: … 2 steps … China: car sto…");
  EXPECT_EQ(fitted_steps(steps, 55), "Japan: film is lo… 2 steps … China: car stops without B");
  EXPECT_EQ(fitted_steps("Japan: film is lost; China: car stops", 30),
            "Japan: film … China: car stops");
  EXPECT_EQ(fitted_steps("one step that is too long", 10), "one step …");
}

TEST(Terminal, GivesAPathTheRoomThatIsLeft) {
  Table table("t", "",
              {{"sources", ColumnType::text, "", ""},
               {"size", ColumnType::integer, "", ""},
               {"path", ColumnType::text, "", ""}});
  table.add_row({"film", std::int64_t{1},
                 "Japan: film is lost; Korea: package stops without film; China: chip stops "
                 "without package; China: car stops without chip"});
  EXPECT_THAT(to_terminal(table, {false, 90, 20}),
              HasSubstr("Japan: film is lost… 2 steps … China: car stops without chip"));
}

TEST(Terminal, ShowsUnitsSeparatorsAndAnEmptyCellForUnknown) {
  const auto text = to_terminal(suppliers());
  EXPECT_THAT(text, HasSubstr("Who supplies steel"));
  EXPECT_THAT(text, HasSubstr("million USD"));
  EXPECT_THAT(text, HasSubstr("1,234,567"));
  EXPECT_THAT(text, HasSubstr("–"));
}

TEST(Terminal, DrawsTheLongestBarForTheLargestValue) {
  const auto text = to_terminal(suppliers());
  EXPECT_THAT(text, HasSubstr("1,234,567  ████████"));
  EXPECT_THAT(text, HasSubstr("617,284  ████  "));
}

TEST(Terminal, SaysHowManyRowsAreNotShown) {
  EXPECT_THAT(to_terminal(suppliers(), {.most_rows = 2}), HasSubstr("... and 1 more"));
}

TEST(Terminal, NamesTheColumnsForWhichThereIsNoRoom) {
  const auto text = to_terminal(suppliers(), {.width = 24});
  EXPECT_THAT(text, HasSubstr("not shown here: plants"));
}

TEST(Terminal, WrapsTheLastColumnOfATableOfWords) {
  Table table("info", "",
              {{"what", ColumnType::text, "", ""}, {"value", ColumnType::text, "", ""}});
  table.add_row({"note", "The rest of the world sells what China buys, and buys what it sells."});
  EXPECT_EQ(to_terminal(table, {.width = 50}),
            "  what  value\n\n"
            "  note  The rest of the world sells what China\n"
            "        buys, and buys what it sells.\n");
  EXPECT_THAT(to_terminal(table, {.width = 30}),
              HasSubstr("  note  The rest of the world\n        sells what China buys,\n"));
}

TEST(Terminal, SpeaksOfAnEmptyTable) {
  EXPECT_THAT(to_terminal(Table("t", "None", {{"a", ColumnType::real, "", ""}})),
              HasSubstr("(none)"));
}

TEST(Terminal, MarksABalanceThatIsMissed) {
  Report report;
  report.title = "Accounts";
  report.findings = {{"China imports more than it exports.", Tone::warning}};
  report.provenance.residuals = {{"accounts sum", 1e-12, 1e-9}, {"rows sum", 1e-3, 1e-6}};
  const auto text = to_terminal(report);
  EXPECT_THAT(text, HasSubstr("! China imports"));
  EXPECT_THAT(text, HasSubstr("accounts sum: off by 1e-12 ✓"));
  EXPECT_THAT(text, HasSubstr("rows sum: off by 0.001, more than 1e-06 !"));
  EXPECT_THAT(text, Not(HasSubstr("\033[")));
}

}  // namespace
}  // namespace stave
