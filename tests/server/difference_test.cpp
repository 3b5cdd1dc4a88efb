// Two reports, number by number.
#include <cmath>

#include <gmock/gmock.h>

#include "server/report_difference.hpp"
#include "server/running_server.hpp"

namespace stave {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;

Report report(const std::vector<std::tuple<std::string, std::int64_t, double>>& rows,
              const std::string& unit = "%") {
  Report made{.analysis = "a", .title = "A", .question = "?"};
  Table table("makers", "Makers",
              {{"maker", ColumnType::text, "", "who"},
               {"place", ColumnType::integer, "", "rank"},
               {"loss", ColumnType::real, unit, "lost"}});
  for (const auto& [maker, place, loss] : rows) table.add_row({maker, place, loss});
  made.tables = {table};
  return made;
}

TEST(Difference, JoinsRowsByTheirTexts) {
  // farm: 10 -> 15, that is +5, +50 %; mill: 4 -> 4; mine only before; port only after.
  const auto joined = difference_of(report({{"farm", 1, 10}, {"mill", 2, 4}, {"mine", 3, 1}}),
                                    report({{"mill", 1, 4}, {"farm", 2, 15}, {"port", 3, 2}}));
  const auto& table = joined.table("makers");
  EXPECT_THAT(table.texts("maker"), ElementsAre("farm", "mill", "mine", "port"));
  EXPECT_THAT(table.texts("in"), ElementsAre("both", "both", "before", "after"));
  EXPECT_EQ(table.reals("loss_before")[0], 10);
  EXPECT_EQ(table.reals("loss_after")[0], 15);
  EXPECT_EQ(table.reals("loss_difference")[0], 5);
  EXPECT_EQ(table.reals("loss_relative")[0], 50);
  EXPECT_EQ(table.reals("place_difference")[1], -1);
  EXPECT_EQ(table.reals("loss_difference")[1], 0);
  EXPECT_TRUE(std::isnan(table.reals("loss_after")[2]));
  EXPECT_TRUE(std::isnan(table.reals("loss_before")[3]));
  EXPECT_EQ(table.columns()[table.column_index("loss_relative")].spec.unit, "%");
  EXPECT_THAT(joined.findings[0].text, HasSubstr("of 2 rows in both, 2 changed; 1 only before; 1"));
}

TEST(Difference, OfAReportWithItselfIsNothing) {
  const auto same = report({{"farm", 1, 10}, {"farm", 2, NAN}, {"mill", 3, 0}});
  const auto joined = difference_of(same, same);
  EXPECT_THAT(joined.findings[0].text, HasSubstr("of 3 rows in both, 0 changed."));
  EXPECT_EQ(joined.table("makers").reals("loss_difference")[0], 0);
  EXPECT_TRUE(std::isnan(joined.table("makers").reals("loss_relative")[2]));  // 0 of 0
}

// Two rows with the same texts are the first and the second of them.
TEST(Difference, KeepsRowsApartThatReadTheSame) {
  const auto joined = difference_of(report({{"farm", 1, 10}, {"farm", 2, 20}}),
                                    report({{"farm", 1, 11}, {"farm", 2, 22}}));
  EXPECT_THAT(joined.table("makers").reals("loss_difference"), ElementsAre(1, 2));
}

TEST(Difference, SaysWhatElseIsNotTheSame) {
  auto before = report({});
  auto after = report({}, "EUR");
  before.provenance = {.chain = "old", .parameters = {{"region", "CHN"}, {"top", "5"}}};
  after.provenance = {.chain = "new", .parameters = {{"region", "DEU"}, {"top", "5"}}};
  after.tables.push_back(Table("more", "More", {}));
  const auto joined = difference_of(before, after);
  EXPECT_THAT(
      joined.provenance.notes,
      ElementsAre("Chain: old before, new after.", "Parameter region: CHN before, DEU after.",
                  "Table makers is left out: its columns or units are not the same.",
                  "Table more is left out: it is only after."));
  EXPECT_TRUE(joined.tables.empty());
}

class Comparing : public test::RunningServer {};

TEST_F(Comparing, TwoRuns) {
  start();
  (void)await(ask("count", {{"times", 1}}), "done");
  (void)await(ask("count", {{"times", 3}}), "done");
  const auto other = ask("wait");
  const auto report = json("/api/runs/1/difference/2");
  EXPECT_EQ(report.at("analysis"), "count");
  EXPECT_EQ(report.at("findings")[0].at("text"), "Parameter times: 1 before, 3 after.");
  EXPECT_EQ(refusal_of("/api/runs/1/difference/3"), "409 not_comparable");
  EXPECT_EQ(refusal_of("/api/runs/1/difference/9"), "404 not_found");
  EXPECT_EQ(refusal_of("/api/runs/1/difference/x"), "404 not_found");
  go_ = true;
  (void)await(other, "done");
}

}  // namespace
}  // namespace stave
