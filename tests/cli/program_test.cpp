#include "stave/cli/program.hpp"

#include "stave/store/store.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

namespace stave {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

struct Run {
  int status = 0;
  std::string out;
  std::string err;
};

Run stave_program(const std::vector<std::string>& words) {
  std::ostringstream out;
  std::ostringstream err;
  const int status = run_program(words, {.out = out, .err = err});
  return {status, out.str(), err.str()};
}

// Two regions, a farm and a mill each; the mill of each buys from both farms.
//   x = Z 1 + Y 1 = (30, 100, 30, 80); value added = x - column sums = (30, 60, 30, 60)
Chain farms_and_mills() {
  ChainParts p;
  p.info = {.name = "mills", .title = "Farms and mills", .year = 2020, .unit = "million USD"};
  p.regions = Classification("region", {{.code = "CHN", .name = "China", .name_zh = "中国"},
                                        {.code = "CHE", .name = "Switzerland"}});
  p.products = Classification(
      "product", {{.code = "grain", .kind = Kind::good}, {.code = "flour", .kind = Kind::good}});
  for (const auto* region : {"CHN", "CHE"})
    for (const auto* product : {"grain", "flour"})
      p.nodes.push_back({.id = std::string(region) + "." + product,
                         .region = RegionId(p.regions.require(region)),
                         .product = ProductId(p.products.require(product))});
  p.flows = FlowMatrix(Matrix::of({{0, 20, 0, 10}, {0, 0, 0, 0}, {0, 20, 0, 10}, {0, 0, 0, 0}}));
  p.final_columns = {{RegionId(0), "households"}, {RegionId(1), "households"}};
  p.final_use = Matrix::of({{0, 0}, {90, 10}, {0, 0}, {0, 80}});
  return Chain(std::move(p));
}

class Program : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::temp_directory_path() /
              (std::string("stave-program-") +
               testing::UnitTest::GetInstance()->current_test_info()->name() + "-" +
               std::to_string(::getpid()));
    std::filesystem::create_directories(folder_);
    chain_ = (folder_ / "mills.stave").string();
    save_chain(farms_and_mills(), chain_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  std::filesystem::path folder_;
  std::string chain_;
};

TEST_F(Program, HelpOpensWithAnExample) {
  EXPECT_THAT(stave_program({"--help"}).out, StartsWith("Examples\n  stave diagnose world-2011"));
  EXPECT_THAT(stave_program({"exposure", "--help"}).out, StartsWith("Examples\n  stave exposure"));
}

TEST_F(Program, SuggestsTheCommandThatWasMeant) {
  const auto run = stave_program({"diagnos", chain_});
  EXPECT_EQ(run.status, 2);
  EXPECT_THAT(run.err, AllOf(HasSubstr("there is no command 'diagnos'"),
                             HasSubstr("Did you mean 'diagnose'")));
  EXPECT_THAT(stave_program({"--threads", "none", "check", chain_}).err, HasSubstr("--threads"));
}

TEST_F(Program, SuggestsTheOptionThatWasMeant) {
  const auto run = stave_program({"exposure", chain_, "--regoin", "CHN"});
  EXPECT_EQ(run.status, 2);
  EXPECT_THAT(run.err, HasSubstr("'--region'"));
}

TEST_F(Program, NamesTheRegionsNearToAnUnknownOne) {
  const auto run = stave_program({"exposure", chain_, "--region", "CHX"});
  EXPECT_EQ(run.status, 11);
  EXPECT_THAT(run.err, AllOf(HasSubstr("error[not_found]: region 'CHX' is not in this chain"),
                             HasSubstr("hint: Did you mean 'CHN' or 'CHE'?")));
  EXPECT_EQ(run.out, "");
}

TEST_F(Program, FindsARegionByItsChineseName) {
  EXPECT_EQ(stave_program({"exposure", chain_, "--region", "中国", "--json"}).status, 0);
}

TEST_F(Program, SaysThatAChainDoesNotExist) {
  const auto run = stave_program({"check", (folder_ / "milk.stave").string()});
  EXPECT_EQ(run.status, 11);
  EXPECT_THAT(run.err, HasSubstr("error[not_found]"));
}

TEST_F(Program, RefusesAValueOutOfRangeAndTellsTheDefault) {
  const auto run = stave_program({"exposure", chain_, "--region", "CHN", "--eps", "-1"});
  EXPECT_EQ(run.status, 10);
  EXPECT_THAT(run.err,
              AllOf(HasSubstr("--eps: '-1' is not a number"), HasSubstr("The default is")));
}

TEST_F(Program, PrintsOneJsonObjectForEveryQuestion) {
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"check", chain_}, {"exposure", chain_, "--region", "CHN"}}) {
    auto call = words;
    call.emplace_back("--json");
    const auto run = stave_program(call);
    EXPECT_EQ(run.status, 0) << run.err;
    const auto json = nlohmann::json::parse(run.out);
    EXPECT_EQ(json["analysis"], words.front());
    EXPECT_EQ(json["provenance"]["chain"], "mills");
  }
}

TEST_F(Program, RanksStopsAndFollowsAShockFile) {
  const auto ranked = stave_program({"systemic", chain_, "--csv"});
  EXPECT_EQ(ranked.status, 0) << ranked.err;
  EXPECT_THAT(ranked.out, HasSubstr("China"));
  const auto shock = (folder_ / "drought.csv").string();
  std::ofstream(shock) << "region,product,share\nCHN,grain,50%\n";
  const auto followed =
      stave_program({"cascade", chain_, "--shock", shock, "--csv", "--table", "explanations"});
  EXPECT_EQ(followed.status, 0) << followed.err;
  EXPECT_THAT(followed.out, HasSubstr("drought"));
  EXPECT_THAT(followed.out, HasSubstr("which the shock cut by 50 %"));
}

TEST_F(Program, SaysWhereAShockFileIsWrong) {
  const auto shock = (folder_ / "drought.csv").string();
  std::ofstream(shock) << "region,share\nCHX,50%\n";
  const auto run = stave_program({"cascade", chain_, "--shock", shock});
  EXPECT_EQ(run.status, 11);
  EXPECT_THAT(run.err, AllOf(HasSubstr("drought.csv:2: column 'region': 'CHX' is not a region"),
                             HasSubstr("Did you mean 'CHN' or 'CHE'?")));
}

TEST_F(Program, WritesATableAsParquetThatReadsBack) {
  const auto file = (folder_ / "check.parquet").string();
  const auto run = stave_program({"check", chain_, "--out", file});
  EXPECT_EQ(run.status, 0) << run.err;
  EXPECT_GT(read_parquet(file).rows(), 0U);
}

TEST_F(Program, SaysWhichTablesThereAreWhenOneIsUnknown) {
  const auto run = stave_program({"check", chain_, "--csv", "--table", "nonsense"});
  EXPECT_EQ(run.status, 11);
  EXPECT_THAT(run.err, HasSubstr("It has "));
}

TEST_F(Program, DiagnosisWritesItsPage) {
  const auto page = folder_ / "report.html";
  const auto run =
      stave_program({"diagnose", chain_, "--region", "CHN", "--report", page.string()});
  EXPECT_EQ(run.status, 0) << run.err;
  EXPECT_GT(std::filesystem::file_size(page), 10'000U);
}

TEST_F(Program, ExportsAndImportsAgain) {
  const auto folder = (folder_ / "csv").string();
  EXPECT_EQ(stave_program({"export", chain_, "-o", folder, "--format", "csv"}).status, 0);
  const auto again = (folder_ / "again.stave").string();
  EXPECT_EQ(stave_program({"import", folder, "-o", again}).status, 0);
  EXPECT_EQ(load_chain(again).output(), farms_and_mills().output());
}

TEST_F(Program, AnswersSql) {
  const auto run =
      stave_program({"query", chain_, "SELECT code FROM region ORDER BY code", "--csv"});
  EXPECT_EQ(run.status, 0) << run.err;
  EXPECT_EQ(run.out, "code\nCHE\nCHN\n");
}

TEST_F(Program, AggregatesByAConcordanceAndShowsTheTotals) {
  std::ofstream(folder_ / "world.csv") << "from,to\nCHN,WLD\nCHE,WLD\n";
  const auto out = (folder_ / "world.stave").string();
  const auto run = stave_program(
      {"aggregate", chain_, "--regions", (folder_ / "world.csv").string(), "-o", out});
  EXPECT_EQ(run.status, 0) << run.err;
  EXPECT_THAT(run.out, HasSubstr("flows"));
  EXPECT_EQ(load_chain(out).size(), 2U);
}

TEST_F(Program, ReferencePagesInTheDocumentationAreCurrent) {
  const auto pages = folder_ / "reference";
  ASSERT_EQ(stave_program({"reference", pages.string()}).status, 0);
  for (const auto& page : std::filesystem::directory_iterator(pages)) {
    const auto text = [](const std::filesystem::path& path) {
      std::ostringstream s;
      s << std::ifstream(path).rdbuf();
      return s.str();
    };
    const auto kept =
        std::filesystem::path(STAVE_SOURCE) / "docs/reference" / page.path().filename();
    EXPECT_EQ(text(page.path()), text(kept)) << "run ./dev docs";
  }
}

}  // namespace
}  // namespace stave
