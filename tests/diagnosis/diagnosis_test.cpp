#include "stave/diagnosis/diagnosis.hpp"

#include "stave/account/account.hpp"
#include "stave/check/check.hpp"
#include "stave/core/error.hpp"
#include "stave/exposure/exposure.hpp"

#include <algorithm>
#include <limits>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/small_chain.hpp"
#include "diagnosis/joined_report.hpp"

namespace stave {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

// Three regions, three goods, everyone buys a little of everything; balanced by construction.
ChainParts balanced() {
  auto parts = test::grid_parts(3, 3, [](std::size_t i, std::size_t j) {
    return i == j ? 5.0 : i % 3 == j % 3 ? 2.0 : 1.0;
  });
  for (auto& value : parts.final_use.values()) value = 4;
  parts.stressor_rows = {{"co2", {}, "kt", Quality::measured, {}}};
  parts.stressors = Matrix(1, 9);
  for (std::size_t i = 0; i < 9; ++i) parts.stressors(0, i) = static_cast<double>(i);
  return parts;
}

std::vector<std::string> texts(const Report& report) {
  std::vector<std::string> result;
  for (const auto& f : report.findings) result.push_back(f.text);
  return result;
}

std::vector<std::string> titles(const Report& report) {
  std::vector<std::string> result;
  for (const auto& f : report.figures) result.push_back(f.title);
  return result;
}

std::size_t position(const Report& report, const std::string& words) {
  const auto all = texts(report);
  return static_cast<std::size_t>(
      std::find_if(all.begin(), all.end(),
                   [&](const std::string& t) { return t.find(words) != std::string::npos; }) -
      all.begin());
}

TEST(Diagnose, JoinsExposureAccountsAndCheck) {
  const Chain chain(balanced());
  const auto report = run(diagnose_analysis(), chain, {{"region", "r0"}});
  EXPECT_TRUE(report.verdict);
  EXPECT_EQ(report.analysis, "diagnose");
  EXPECT_EQ(report.title, "Diagnosis of r0, grid");
  EXPECT_EQ(report.provenance.parameters.at("region"), "r0");
  const auto exposure = run(exposure_analysis(), chain, {{"region", "r0"}});
  const auto accounts = run(accounts_analysis(), chain, {{"region", "r0"}});
  const auto check = run(check_analysis(), chain);
  for (const auto& part : {exposure, accounts, check}) {
    for (const auto& table : part.tables) EXPECT_NO_THROW((void)report.table(table.name()));
    for (const auto& figure : part.figures)
      EXPECT_THAT(titles(report), Contains(figure.title)) << "every chart once more";
    for (const auto& finding : part.findings) EXPECT_THAT(texts(report), Contains(finding.text));
  }
  EXPECT_EQ(report.findings.at(0).text, exposure.findings.at(0).text) << "the main job first";
  EXPECT_LT(position(report, "net "), position(report, "The chain is sound"));
}

TEST(Diagnose, TakesTheParametersOfExposure) {
  const auto d = diagnose_analysis().declaration;
  const auto exposure = exposure_analysis().declaration;
  std::set<std::string> names;
  for (const auto& parameter : d.parameters) names.insert(parameter.name);
  for (const auto& parameter : exposure.parameters)
    EXPECT_TRUE(names.contains(parameter.name)) << parameter.name;
  const auto report = run(diagnose_analysis(), Chain(balanced()), {{"region", "r1"}, {"top", "1"}});
  EXPECT_EQ(report.table("choke_points").rows(), 1U);
}

TEST(Diagnose, DeclaresEveryTableOnce) {
  std::set<std::string> names;
  for (const auto& table : diagnose_analysis().declaration.tables)
    EXPECT_TRUE(names.insert(table.name).second) << table.name;
}

TEST(Diagnose, WithoutStressorsSaysThatAccountsAreLeftOut) {
  auto parts = balanced();
  parts.stressor_rows.clear();
  parts.stressors = Matrix();
  const auto report = run(diagnose_analysis(), Chain(std::move(parts)), {{"region", "r0"}});
  EXPECT_THAT(texts(report), Contains("The chain has no stressors: accounts are left out."));
  EXPECT_NO_THROW((void)report.table("choke_points"));
}

TEST(Diagnose, SaysFirstThatAChainIsUnsound) {
  auto parts = balanced();
  parts.reported_output.assign(9, 1);
  const auto report = run(diagnose_analysis(), Chain(std::move(parts)), {{"region", "r0"}});
  EXPECT_FALSE(report.verdict);
  EXPECT_THAT(report.findings.at(0).text, HasSubstr("The chain is not sound"));
  EXPECT_NO_THROW((void)report.table("choke_points")) << "it still diagnoses";
}

TEST(Diagnose, SaysWhatAnUnsoundChainMadeImpossible) {
  auto parts = balanced();
  auto z = parts.flows.dense();
  z(3, 0) = std::numeric_limits<double>::quiet_NaN();
  parts.flows = FlowMatrix(std::move(z));
  const auto report = run(diagnose_analysis(), Chain(std::move(parts)), {{"region", "r0"}});
  EXPECT_FALSE(report.verdict);
  EXPECT_THAT(report.findings.at(0).text, HasSubstr("The chain is not sound"));
  EXPECT_THAT(texts(report), Contains(HasSubstr("Accounts could not be computed: ")));
  EXPECT_EQ(report.table("cells").rows(), 1U);
}

TEST(Diagnose, NamesNearRegionsOfAnUnknownOne) {
  EXPECT_THROW((void)run(diagnose_analysis(), Chain(balanced()), {{"region", "rx"}}), Error);
  EXPECT_THROW((void)run(diagnose_analysis(), Chain(balanced())), Error);
}

TEST(Append, RenamesATableWhoseNameIsTakenAndItsFigures) {
  const auto part = [] {
    Report report;
    Table table("suppliers", "Who supplies", {{"share", ColumnType::real, "%", {}}});
    table.add_row({40.0});
    report.tables.push_back(std::move(table));
    report.figures.push_back({"bars", "suppliers", {}, {}, {{"value", "share"}}, 0});
    report.provenance.notes = {"one note"};
    return report;
  };
  auto report = part();
  append(report, part(), "second");
  ASSERT_EQ(report.tables.size(), 2U);
  EXPECT_EQ(report.tables[1].name(), "second_suppliers");
  EXPECT_EQ(report.figures[1].table, "second_suppliers");
  EXPECT_THAT(report.table("second_suppliers").reals("share"), ElementsAre(40));
  EXPECT_EQ(report.provenance.notes.size(), 1U) << "kept once";
}

}  // namespace
}  // namespace stave
