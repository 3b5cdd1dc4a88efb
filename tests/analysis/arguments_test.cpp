#include "stave/analysis/analysis.hpp"
#include "stave/core/error.hpp"

#include <stdexcept>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/small_chain.hpp"

namespace stave {
namespace {

using ::testing::HasSubstr;

Declaration declaration() {
  Declaration d;
  d.name = "probe";
  d.question = "What did the user say?";
  d.needs = {"flows"};
  d.parameters = {
      {.name = "region",
       .type = ParameterType::region,
       .fallback = {},
       .summary = "Whose view",
       .required = true},
      {.name = "product", .type = ParameterType::product, .fallback = {}, .summary = "Of what"},
      {.name = "source", .type = ParameterType::node, .fallback = {}, .summary = "From where"},
      {.name = "stressor", .type = ParameterType::stressor, .fallback = {}, .summary = "Which"},
      {.name = "rounds",
       .type = ParameterType::integer,
       .fallback = "10",
       .summary = "How many",
       .min = 1,
       .max = 100},
      {.name = "eps",
       .type = ParameterType::real,
       .fallback = "1e-6",
       .summary = "Stop below",
       .min = 0},
      {.name = "cap", .type = ParameterType::real, .fallback = {}, .summary = "At most", .max = 5},
      {.name = "market",
       .type = ParameterType::flag,
       .fallback = "on",
       .summary = "Others step in"},
      {.name = "by",
       .type = ParameterType::choice,
       .fallback = "node",
       .summary = "Detail",
       .choices = {"node", "region"}},
      {.name = "note", .type = ParameterType::text, .fallback = {}, .summary = "Any words"},
      {.name = "with", .type = ParameterType::chains, .summary = "Compared with"}};
  d.tables = {{"answers", "What was said", {{"word", ColumnType::text, {}, "A word"}}}};
  return d;
}

Arguments read(Arguments::Given given) {
  given.try_emplace("region", "CHN");
  return {declaration(), given, test::small_chain()};
}

// "code: message | hint" of what reading these throws.
std::string refusal(const Arguments::Given& given) {
  try {
    (void)Arguments(declaration(), given, test::small_chain());
  } catch (const Error& e) {
    const auto text = std::string(info(e.code()).name) + ": " + e.what();
    return e.hint().empty() ? text : text + " | " + e.hint();
  }
  ADD_FAILURE() << "no error";
  return {};
}

std::string refusal(const std::string& name, const std::string& value) {
  Arguments::Given given{{"region", "CHN"}};
  given[name] = value;
  return refusal(given);
}

TEST(Arguments, ReadsEveryType) {
  const auto a = read({{"region", "日本"},
                       {"product", "Cars"},
                       {"source", "DEU.ore"},
                       {"stressor", "co2"},
                       {"rounds", "7"},
                       {"eps", "2.5e-3"},
                       {"market", "no"},
                       {"by", "region"},
                       {"note", "a b"}});
  EXPECT_EQ(a.region("region"), RegionId(1));
  EXPECT_EQ(a.product("product"), ProductId(1));
  EXPECT_EQ(a.node("source"), NodeId(4));
  EXPECT_EQ(a.stressor("stressor"), 0U);
  EXPECT_EQ(a.integer("rounds"), 7);
  EXPECT_EQ(a.real("eps"), 2.5e-3);
  EXPECT_FALSE(a.flag("market"));
  EXPECT_EQ(a.text("by"), "region");
  EXPECT_EQ(a.text("note"), "a b");
}

TEST(Arguments, OpensOtherChainsInTheirOrder) {
  std::vector<std::string> asked;
  const Arguments a(declaration(), {{"region", "CHN"}, {"with", "then, now"}}, test::small_chain(),
                    [&](const std::string& name) {
                      asked.push_back(name);
                      return test::small_chain();
                    });
  EXPECT_EQ(asked, (std::vector<std::string>{"then", "now"}));
  EXPECT_EQ(a.chains("with").size(), 2U);
  EXPECT_EQ(a.text("with"), "then, now");
  EXPECT_TRUE(read({}).chains("with").empty());
  EXPECT_THAT(refusal("with", "then"), HasSubstr("missing_part: --with"));
}

TEST(Arguments, TakesDefaultsAndKnowsWhatIsAbsent) {
  const auto a = read({});
  EXPECT_EQ(a.integer("rounds"), 10);
  EXPECT_EQ(a.real("eps"), 1e-6);
  EXPECT_TRUE(a.flag("market"));
  EXPECT_EQ(a.text("by"), "node");
  EXPECT_FALSE(a.has("product"));
  EXPECT_FALSE(a.has("note"));
  EXPECT_EQ(a.values().at("rounds"), "10") << "for provenance";
}

TEST(Arguments, KnowsFourWordsForYesAndForNo) {
  for (const auto* word : {"true", "on", "yes", "1"})
    EXPECT_TRUE(read({{"market", word}}).flag("market"));
  for (const auto* word : {"false", "off", "no", "0"})
    EXPECT_FALSE(read({{"market", word}}).flag("market"));
}

TEST(Arguments, SuggestsAParameterForAnUnknownOne) {
  EXPECT_EQ(refusal("regio", "CHN"),
            "bad_input: 'probe' has no parameter 'regio' | Did you mean 'region'?");
}

TEST(Arguments, NamesARequiredParameterThatIsMissing) {
  EXPECT_EQ(refusal(Arguments::Given()), "bad_input: 'probe' needs --region | Whose view");
}

TEST(Arguments, NamesNearRegionsProductsAndNodes) {
  EXPECT_EQ(refusal("region", "JPX"),
            "not_found: region 'JPX' is not in this chain | Did you mean 'JPN'?");
  EXPECT_EQ(refusal("product", "Carz"),
            "not_found: product 'Carz' is not in this chain | Did you mean 'car' or 'Cars'?");
  EXPECT_THAT(refusal("source", "DEU.or"),
              HasSubstr("not_found: node 'DEU.or' is not in this chain | Did you mean 'DEU.ore'"));
}

TEST(Arguments, RefusesTextInANumber) {
  EXPECT_EQ(refusal("eps", "12,5"),
            "bad_input: --eps: '12,5' is not a number of at least 0 | The default is 1e-6.");
  EXPECT_EQ(refusal("cap", "6"), "bad_input: --cap: '6' is not a number of at most 5");
  EXPECT_EQ(refusal("rounds", "2.5"),
            "bad_input: --rounds: '2.5' is not a whole number from 1 to 100 | The default is 10.");
  for (const auto* text : {"nan", "inf", "-1", "1e400", "0x1", " 1", "1 "})
    EXPECT_THAT(refusal("eps", text), HasSubstr("is not a number of at least 0")) << text;
  for (const auto* text : {"0", "101", "1e17"})
    EXPECT_THAT(refusal("rounds", text), HasSubstr("from 1 to 100")) << text;
}

TEST(Arguments, RefusesAWordThatIsNeitherYesNorNo) {
  EXPECT_EQ(refusal("market", "maybe"), "bad_input: --market: 'maybe' is neither on nor off");
}

TEST(Arguments, ListsTheChoices) {
  EXPECT_EQ(refusal("by", "firm"),
            "bad_input: --by: 'firm' is not one of its choices | Choose from node, region.");
}

TEST(Arguments, SaysHowToGetStressorsWhereThereAreNone) {
  EXPECT_EQ(refusal("stressor", "co"),
            "not_found: stressor 'co' is not in this chain | Did you mean 'co2'?");
  auto parts = test::small_chain().parts();
  parts.stressor_rows.clear();
  parts.stressors = Matrix();
  parts.stressors_final = Matrix();
  try {
    (void)Arguments(declaration(), {{"region", "CHN"}, {"stressor", "co2"}},
                    Chain(std::move(parts)));
    ADD_FAILURE() << "no error";
  } catch (const Error& e) {
    EXPECT_THAT(e.hint(), HasSubstr("The chain has no stressors."));
  }
}

Analysis probe() {
  return {declaration(), [](const Chain&, const Arguments& a, Progress&) {
            Report report;
            report.findings.push_back({a.text("by"), Tone::good});
            auto table = declared_table(declaration(), "answers");
            table.add_row({a.text("by")});
            report.tables.push_back(std::move(table));
            report.provenance.notes.emplace_back("said by the analysis");
            return report;
          }};
}

TEST(Run, FillsInQuestionParametersChainAndVersion) {
  auto parts = test::small_chain().parts();
  parts.info.notes = {"said by the chain"};
  parts.info.year = 2011;
  const auto report = run(probe(), Chain(std::move(parts)), {{"region", "CHN"}});
  EXPECT_EQ(report.analysis, "probe");
  EXPECT_EQ(report.question, "What did the user say?");
  EXPECT_EQ(report.provenance.chain, "small");
  EXPECT_EQ(report.provenance.year, 2011);
  EXPECT_EQ(report.provenance.unit, "million USD");
  EXPECT_EQ(report.provenance.version, version());
  EXPECT_EQ(report.provenance.parameters.at("rounds"), "10");
  EXPECT_THAT(report.provenance.notes,
              ::testing::ElementsAre("said by the analysis", "said by the chain"));
  EXPECT_EQ(report.table("answers").rows(), 1U);
  EXPECT_THROW((void)report.table("questions"), std::logic_error);
}

TEST(Run, RefusesAChainThatLacksAPart) {
  auto parts = test::grid_parts(1, 1, [](std::size_t, std::size_t) { return 0.0; });
  parts.final_columns.clear();
  parts.final_use = Matrix(1, 0);
  const Chain bare(std::move(parts));
  const auto missing = [&](std::string part) {
    auto analysis = probe();
    analysis.declaration.needs = {std::move(part)};
    try {
      (void)run(analysis, bare, {{"region", "r0"}});
    } catch (const Error& e) {
      EXPECT_EQ(e.code(), Errc::missing_part);
      return std::string(e.what());
    }
    return std::string("no error");
  };
  for (const auto* part : {"flows", "final use", "primary inputs", "stressors"})
    EXPECT_EQ(missing(part), std::string("'probe' needs ") + part + ", which grid does not have");
  EXPECT_EQ(missing("regions"), "'probe' needs two regions or more, which grid does not have");
  EXPECT_THROW(missing("luck"), std::logic_error) << "a bug in a declaration";
}

TEST(DeclaredTable, HasTheDeclaredColumnsAndNothingElse) {
  const auto table = declared_table(declaration(), "answers");
  EXPECT_EQ(table.title(), "What was said");
  EXPECT_EQ(table.columns().size(), 1U);
  EXPECT_THROW((void)declared_table(declaration(), "questions"), std::logic_error);
}

}  // namespace
}  // namespace stave
