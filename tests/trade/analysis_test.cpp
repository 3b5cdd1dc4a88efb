// What `stave trade` says and shows.
#include "stave/core/error.hpp"
#include "stave/trade/trade.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "trade/worlds.hpp"

namespace stave {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

Report ask(const Chain& chain, const Arguments::Given& given = {}) {
  return run(trade_analysis(), chain, given);
}

Chain five() { return test::random_world(5, 3, 31); }

Error refusal(const Chain& chain, const Arguments::Given& given) {
  try {
    (void)ask(chain, given);
  } catch (const Error& error) {
    return error;
  }
  throw std::logic_error("no error");
}

std::vector<std::string> words(const Report& report) {
  std::vector<std::string> texts;
  for (const auto& finding : report.findings) texts.push_back(finding.text);
  return texts;
}

double sum_of(const std::vector<double>& values) {
  double sum = 0;
  for (const double v : values) sum += v;
  return sum;
}

TEST(TradeAnalysis, TablesAreTheDeclaredOnesAndSumToTheSameExports) {
  const auto& declaration = trade_analysis().declaration;
  for (const auto& method :
       {"borin-mancini-source", "borin-mancini-sink", "wwz", "kww", "miroudot-ye", "oecd"}) {
    const auto report = ask(five(), {{"method", method}});
    std::set<std::string> declared;
    for (const auto& table : declaration.tables) declared.insert(table.name);
    for (const auto& table : report.tables) EXPECT_THAT(declared, Contains(table.name()));
    std::string name = std::string("terms_") + method;
    std::ranges::replace(name, '-', '_');
    const double exports = sum_of(report.table("exporters").reals("exports"));
    EXPECT_NEAR(sum_of(report.table("partners").reals("exports")), exports, 1e-9);
    EXPECT_NEAR(sum_of(report.table("sectors").reals("exports")), exports, 1e-9);
    EXPECT_NEAR(sum_of(report.table("composition").reals("value")), exports, 1e-9);
    EXPECT_NEAR(sum_of(report.table(name).reals("exports")), exports, 1e-9);
    double terms = 0;
    for (const auto& column : report.table(name).columns())
      if (column.spec.type == ColumnType::real && column.spec.name != "exports")
        terms += sum_of(report.table(name).reals(column.spec.name));
    EXPECT_NEAR(terms, exports, 1e-9) << method;
    for (const auto& residual : report.provenance.residuals)
      EXPECT_LE(residual.relative, residual.tolerance) << residual.balance;
  }
}

TEST(TradeAnalysis, CompositionSaysWhatEachTermCountsAs) {
  for (const auto& method : {"borin-mancini-sink", "wwz", "kww", "miroudot-ye", "oecd"}) {
    const auto report = ask(five(), {{"method", method}});
    const auto& terms = report.table("composition");
    const auto& exporters = report.table("exporters");
    const auto of = [&](const std::set<std::string>& contents) {
      double sum = 0;
      for (std::size_t i = 0; i < terms.rows(); ++i)
        if (contents.contains(terms.texts("content")[i])) sum += terms.reals("value")[i];
      return sum;
    };
    EXPECT_NEAR(of({"domestic", "returned"}), sum_of(exporters.reals("domestic_value_added")),
                1e-9);
    EXPECT_NEAR(of({"domestic twice"}), sum_of(exporters.reals("domestic_twice")), 1e-9);
    EXPECT_NEAR(of({"foreign"}), sum_of(exporters.reals("foreign_value_added")), 1e-9);
  }
}

// A source that buys nothing cannot send anything on: what the report says must not pass for that.
TEST(TradeAnalysis, SaysWhoBuysNoInputs) {
  auto parts = five().parts();
  Matrix z(parts.nodes.size(), parts.nodes.size());
  parts.flows.for_each([&](std::size_t i, std::size_t j, double v) { z(i, j) = j < 3 ? 0 : v; });
  parts.flows = FlowMatrix(std::move(z));
  const auto& first = parts.regions[0].name;
  const auto notes = ask(Chain(parts)).provenance.notes;
  EXPECT_THAT(notes, Contains(HasSubstr(first + " buys no inputs in this table")));
  EXPECT_THAT(ask(five()).provenance.notes, Not(Contains(HasSubstr("buys no inputs"))));
}

TEST(TradeAnalysis, EveryColumnOfTermsHasItsMeaning) {
  for (const auto& table : trade_analysis().declaration.tables)
    for (const auto& column : table.columns) EXPECT_THAT(column.meaning, Not(IsEmpty()));
}

TEST(TradeAnalysis, ContentsAreTheTermsPutTogether) {
  const auto report = ask(five());
  const auto& terms = report.table("terms_borin_mancini_source");
  const auto& exporters = report.table("exporters");
  double domestic = 0;
  for (const auto* name : {"vax1", "vax2", "vax3", "vax4", "ref1", "ref2"})
    domestic += sum_of(terms.reals(name));
  EXPECT_NEAR(sum_of(exporters.reals("domestic_value_added")), domestic, 1e-9);
  EXPECT_NEAR(sum_of(exporters.reals("returned")),
              sum_of(terms.reals("ref1")) + sum_of(terms.reals("ref2")), 1e-9);
  const double direct = sum_of(terms.reals("vax1")) + sum_of(terms.reals("vax2"));
  const double gvc = sum_of(exporters.reals("exports")) - direct;
  EXPECT_NEAR(sum_of(exporters.reals("gvc")), gvc, 1e-9);
  EXPECT_NEAR(sum_of(exporters.reals("gvc_backward")) + sum_of(exporters.reals("gvc_forward")), gvc,
              1e-9);
}

TEST(TradeAnalysis, WhatAMethodDoesNotTellIsEmpty) {
  const auto report = ask(five(), {{"method", "oecd"}});
  EXPECT_TRUE(std::isnan(report.table("exporters").reals("returned")[0]));
  EXPECT_TRUE(std::isnan(report.table("exporters").reals("foreign_twice")[0]));
  EXPECT_TRUE(std::isnan(report.table("exporters").reals("gvc")[0]));
  EXPECT_THAT(words(report), Contains(HasSubstr("counted twice there")));
}

TEST(TradeAnalysis, AnExporterHasItsPartnersSectorsAndTerms) {
  const auto report = ask(five(), {{"exporter", "B"}});
  EXPECT_EQ(report.table("partners").rows(), 4U);
  EXPECT_EQ(report.table("sectors").rows(), 3U);
  EXPECT_EQ(report.table("terms_borin_mancini_source").rows(), 12U);
  EXPECT_EQ(report.table("exporters").rows(), 5U);
  for (const auto& code : report.table("partners").texts("exporter")) EXPECT_EQ(code, "B");
  EXPECT_THAT(words(report), Contains(HasSubstr("Of every 100 USD B exports, ")));
  EXPECT_THAT(report.title, HasSubstr("Exports of B"));
}

TEST(TradeAnalysis, PartnerAndSectorNarrowTheQuestion) {
  const auto chain = five();
  const auto all = ask(chain, {{"exporter", "B"}});
  const auto one = ask(chain, {{"exporter", "B"}, {"partner", "C,A"}, {"sector", "p2"}});
  EXPECT_EQ(one.table("terms_borin_mancini_source").rows(), 2U);
  double wanted = 0;
  const auto& terms = all.table("terms_borin_mancini_source");
  for (std::size_t row = 0; row < terms.rows(); ++row)
    if (terms.texts("sector")[row] == "p2" &&
        (terms.texts("partner")[row] == "A" || terms.texts("partner")[row] == "C"))
      wanted += terms.reals("exports")[row];
  EXPECT_NEAR(sum_of(one.table("sectors").reals("exports")), wanted, 1e-12);
  EXPECT_NEAR(sum_of(one.table("partners").reals("exports")), wanted, 1e-12);
  EXPECT_THAT(words(one), Contains(HasSubstr("of p2 that B exports to A, C, ")));
}

TEST(TradeAnalysis, AllTermsBySectorOnlyWhenAskedFor) {
  EXPECT_EQ(ask(five()).table("terms_borin_mancini_source").rows(), 20U);
  EXPECT_EQ(ask(five(), {{"all", "on"}}).table("terms_borin_mancini_source").rows(), 60U);
}

TEST(TradeAnalysis, AGroupIsOneExporterAndSaysSo) {
  const auto report = ask(five(), {{"exporter", "A,D"}, {"method", "kww"}});
  EXPECT_THAT(report.table("exporters").texts("exporter"), Contains("A+D"));
  EXPECT_EQ(report.table("partners").rows(), 3U);
  EXPECT_THAT(report.provenance.notes, Contains(HasSubstr("A, D taken as one")));
}

TEST(TradeAnalysis, NegativeValueAddedIsListed) {
  auto parts = five().parts();
  Matrix z = parts.flows.dense();
  z(3, 4) += 60;
  parts.flows = FlowMatrix(std::move(z));
  const auto report = ask(Chain(std::move(parts)));
  EXPECT_THAT(report.table("negative").texts("node"), ElementsAre("B.p2"));
  EXPECT_LT(report.table("negative").reals("value_added")[0], 0);
  EXPECT_THAT(words(report), Contains(HasSubstr("1 maker buys more than it makes")));
  EXPECT_LT(report.provenance.residuals[0].relative, 1e-12);
}

TEST(TradeAnalysis, UnknownNamesAreAnsweredWithNearOnes) {
  const auto chain = test::chain_of({"DEU", "FRA", "ITA"}, {"DEU", "FRA", "ITA"}, {"textiles"},
                                    FlowMatrix(Matrix::of({{1, 1, 1}, {1, 1, 1}, {1, 1, 1}})),
                                    Matrix::of({{5, 1, 1}, {1, 5, 1}, {1, 1, 5}}));
  for (const auto* name : {"exporter", "partner"}) {
    const auto error = refusal(chain, {{name, "DEW"}});
    EXPECT_EQ(error.code(), Errc::not_found);
    EXPECT_THAT(error.hint(), HasSubstr("DEU"));
  }
  const auto error = refusal(chain, {{"sector", "textile"}});
  EXPECT_EQ(error.code(), Errc::not_found);
  EXPECT_THAT(error.hint(), HasSubstr("textiles"));
  EXPECT_EQ(refusal(chain, {{"exporter", "DEU"}, {"partner", "DEU"}}).code(), Errc::bad_input);
  EXPECT_EQ(refusal(chain, {{"method", "leontief"}}).code(), Errc::bad_input);
}

TEST(TradeAnalysis, OneRegionHasNoTrade) {
  const auto chain =
      test::chain_of({"CHN"}, {"CHN"}, {"p"}, FlowMatrix(Matrix::of({{1}})), Matrix::of({{5}}));
  const auto error = refusal(chain, {});
  EXPECT_EQ(error.code(), Errc::missing_part);
  EXPECT_THAT(error.hint(), HasSubstr("several regions"));
}

TEST(TradeAnalysis, FiguresDrawColumnsThatAreThere) {
  const auto report = ask(five(), {{"exporter", "A"}});
  ASSERT_EQ(report.figures.size(), 3U);
  for (const auto& figure : report.figures)
    for (const auto& [role, column] : figure.columns)
      EXPECT_NO_THROW((void)report.table(figure.table).column_index(column)) << role;
}

}  // namespace
}  // namespace stave
