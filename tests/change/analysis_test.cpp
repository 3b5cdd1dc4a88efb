// `stave change` as a report: what it says and refuses. Real tables where they are at hand.
#include "stave/change/change.hpp"
#include "stave/core/error.hpp"

#include <cmath>
#include <numeric>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "change/two_years.hpp"

namespace stave {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

Chain opened_year(const std::string& name) {
  return Chain(test::year_parts(3, 4, name == "later" ? 2 : 3));
}

Report asked(Arguments::Given given) {
  given.try_emplace("later", "later");
  return run(change_analysis(), Chain(test::year_parts(3, 4, 1)), given, no_progress(),
             opened_year);
}

std::string refused(const Arguments::Given& given, Errc expected) {
  try {
    (void)asked(given);
  } catch (const Error& e) {
    EXPECT_EQ(e.code(), expected) << e.what();
    return std::string(e.what()) + " | " + e.hint();
  }
  return "no error";
}

double total(const Table& table, std::string_view column) {
  const auto& values = table.reals(column);
  return std::accumulate(values.begin(), values.end(), 0.0);
}

TEST(ChangeReport, HasTheFactorsAskedForInEveryList) {
  const auto report = asked({{"factors", "6"}});
  EXPECT_THAT(report.table("factors").texts("factor"),
              ElementsAre("intensity", "technology", "sourcing", "mix", "users", "level"));
  for (const auto* list : {"regions", "products", "users", "nodes"}) {
    const auto& table = report.table(list);
    EXPECT_THROW((void)table.column_index("final_use_effect"), std::logic_error);
    double effects = 0;
    for (const auto* factor : {"intensity", "technology", "sourcing", "mix", "users", "level"})
      effects += total(table, std::string(factor) + "_effect");
    EXPECT_NEAR(effects, total(table, "change"), 1e-10) << list;
    EXPECT_NEAR(effects, total(report.table("factors"), "contribution"), 1e-10) << list;
    EXPECT_EQ(table.columns()[table.column_index("level_effect")].spec.unit, "million USD");
  }
  EXPECT_EQ(report.table("effects").rows(), 6U * (3 + 4 + 3));
  for (const auto& r : report.provenance.residuals) EXPECT_LE(r.relative, r.tolerance) << r.balance;
}

TEST(ChangeReport, SaysWhatItComparesAndInWhichPrices) {
  const auto report = asked({{"region", "r1"}, {"product", "p2"}, {"method", "all-orders"}});
  EXPECT_THAT(report.findings[0].text, testing::StartsWith("r1: value added from "));
  EXPECT_THAT(report.findings[1].text, testing::StartsWith("p2: value added from "));
  EXPECT_THAT(report.findings[2].text, testing::StartsWith("From 2001 to 2002, value added went"));
  EXPECT_THAT(report.findings[3].text, HasSubstr("all of the change."));
  EXPECT_THAT(report.findings.back().text, HasSubstr("Over the 24 orders"));
  EXPECT_THAT(report.provenance.notes, Contains(HasSubstr("they are in current prices")));
  EXPECT_THAT(report.table("nodes").texts("node"), ElementsAre("r1.p2"));
  for (const auto& finding : report.findings) EXPECT_THAT(finding.text, Not(HasSubstr("nan")));
  for (const auto& figure : report.figures)
    for (const auto& [role, column] : figure.columns)
      EXPECT_NO_THROW((void)report.table(figure.table).column_index(column)) << role;
}

TEST(ChangeReport, SpeaksInTheUnitOfTheStressor) {
  const auto report = asked({{"stressor", "co2"}, {"method", "lmdi"}});
  EXPECT_THAT(report.findings[0].text, HasSubstr(" kt ("));
  EXPECT_TRUE(std::isnan(report.table("factors").reals("deviation")[0]));
  EXPECT_THAT(report.provenance.notes, Not(Contains(HasSubstr("hang together"))));
}

TEST(ChangeReport, RefusesWhatItCannotCompare) {
  EXPECT_THAT(refused({{"later", "later,other"}}, Errc::bad_input), HasSubstr("2 chains"));
  EXPECT_THAT(refused({{"stressor", "co"}}, Errc::not_found),
              HasSubstr("stressor 'co' is not in this chain | Did you mean 'co2'"));
  EXPECT_THAT(refused({{"factors", "7"}}, Errc::bad_input), HasSubstr("not one of its choices"));
  EXPECT_THAT(refused({{"factors", "6"}, {"method", "lmdi"}}, Errc::bad_input),
              HasSubstr("at most 5 factors"));
  EXPECT_THAT(refused({{"region", "r9"}}, Errc::not_found), HasSubstr("r9"));
}

}  // namespace
}  // namespace stave
