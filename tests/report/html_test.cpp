#include "stave/report/report_writer.hpp"

#include <limits>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace stave {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr std::string_view opening = "<script type=\"application/json\" id=\"stave-report\">";
const std::string evil = "</script><script>alert('1')</script><!--<img src=\"https://x.y/z\">&";

Report report_named(const std::string& name) {
  Report report;
  report.analysis = "exposure";
  report.title = name;
  report.question = "What would stop us?";
  report.findings = {{name, Tone::alarm}};
  Table table("sources", name, {{"source", ColumnType::text, "", ""}, {"loss", ColumnType::real}});
  table.add_row({name, 0.49080512345678901});
  table.add_row({"Chile", std::numeric_limits<double>::quiet_NaN()});
  report.tables.push_back(table);
  report.figures = {
      {"bars", "sources", name, "", {{"label", "source"}, {"value", "loss"}}, std::size_t{20}}};
  report.provenance.notes = {name};
  return report;
}

std::string embedded(const std::string& html) {
  const auto begin = html.find(opening) + opening.size();
  return html.substr(begin, html.find("</script>", begin) - begin);
}

std::size_t count(const std::string& text, std::string_view part) {
  std::size_t found = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

TEST(Html, HoldsTheWholeReportAsJsonWithEveryDigit) {
  const auto report = report_named("Taiwan, 电气机械");
  const auto html = to_html(report);
  EXPECT_EQ(count(html, opening), 1U);
  const auto held = nlohmann::json::parse(embedded(html));
  EXPECT_EQ(held, nlohmann::json::parse(to_json(report)));
  EXPECT_EQ(held["tables"][0]["columns"][1]["values"][0], 0.49080512345678901);
  EXPECT_TRUE(held["tables"][0]["columns"][1]["values"][1].is_null());
}

TEST(Html, KeepsAHostileNameInsideItsText) {
  const auto html = to_html(report_named(evil));
  const auto plain = to_html(report_named("plain"));
  for (const auto* part : {"<script", "</script", "<img", "<!--"})
    EXPECT_EQ(count(html, part), count(plain, part)) << part;
  EXPECT_EQ(nlohmann::json::parse(embedded(html))["title"], evil);
}

TEST(Html, TakesNamesThatAreNotUtf8) {
  const auto html = to_html(report_named("caf\xe9"));
  EXPECT_TRUE(nlohmann::json::accept(embedded(html)));
}

// The one address in the page is the name of the SVG namespace, which nothing fetches.
TEST(Html, RefersToNothingOutsideItself) {
  auto html = to_html(report_named("plain"));
  const std::string space = "http://www.w3.org/2000/svg";
  for (auto at = html.find(space); at != std::string::npos; at = html.find(space))
    html.erase(at, space.size());
  EXPECT_THAT(html, Not(HasSubstr("http:")));
  EXPECT_THAT(html, Not(HasSubstr("https:")));
  EXPECT_THAT(html, Not(HasSubstr("<script src")));
  EXPECT_THAT(html, Not(HasSubstr("@import")));
  EXPECT_THAT(html, Not(HasSubstr("url(")));
}

TEST(Html, AllowsOnlyItsOwnScriptAndStyle) {
  const auto html = to_html(report_named("plain"));
  EXPECT_THAT(html, HasSubstr("default-src 'none'; script-src 'sha256-"));
  EXPECT_THAT(html, HasSubstr("style-src 'sha256-"));
  EXPECT_THAT(html, Not(HasSubstr("unsafe-")));
  EXPECT_LT(html.size(), 130'000U);
}

}  // namespace
}  // namespace stave
