// The JSON interface: every route, and what it refuses.
#include "stave/report/report_reader.hpp"
#include "stave/report/report_writer.hpp"

#include <set>

#include <gmock/gmock.h>

#include "server/running_server.hpp"

namespace stave {
namespace {

using test::Json;
using testing::HasSubstr;
using testing::Not;

class Interface : public test::RunningServer {};

TEST_F(Interface, SaysThatItIsThere) {
  start();
  EXPECT_EQ(json("/api/health").at("status"), "ok");
  EXPECT_EQ(json("/api/health").at("version"), std::string(version()));
  EXPECT_GT(json("/api/health").at("memory_held"), 1'000'000);
  EXPECT_EQ(json("/api/me").dump(), R"({"role":"editor","local":true})");
}

TEST_F(Interface, ListsChainsAndDescribesOne) {
  start();
  const auto chains = json("/api/chains").at("chains");
  ASSERT_EQ(chains.size(), 1U);
  EXPECT_EQ(chains[0].at("name"), "mills");
  EXPECT_EQ(chains[0].at("nodes"), 2);
  EXPECT_EQ(chains[0].at("file_bytes"), std::filesystem::file_size(folder_ / "mills.stave"));
  EXPECT_THAT(chains[0].at("modified").get<std::string>(), testing::MatchesRegex("20.*T.*Z"));
  EXPECT_EQ(chains[0].at("sample"), false);
  const auto chain = json("/api/chains/mills");
  EXPECT_EQ(chain.at("title"), "Farms & mills");
  EXPECT_EQ(chain.at("regions")[0].at("name_zh"), "中国");
  EXPECT_EQ(chain.at("products").size(), 2U);
  EXPECT_EQ(refusal_of("/api/chains/mill"), "404 not_found");
  EXPECT_THAT(get("/api/chains/mill").body, HasSubstr("Did you mean 'mills'"));
}

TEST_F(Interface, SeesAChainThatComesLater) {
  start();
  EXPECT_EQ(refusal_of("/api/chains/later"), "404 not_found");
  save_chain(test::mills(), folder_ / "later.stave");
  EXPECT_EQ(json("/api/chains").at("chains").size(), 2U);
  EXPECT_EQ(json("/api/chains/later").at("nodes"), 2);
}

TEST_F(Interface, FindsNodesByCodeAndByNameInEitherLanguage) {
  start();
  const auto found = [&](const std::string& words) {
    std::set<std::string> ids;
    const auto answer = json("/api/chains/mills/nodes?q=" + words);
    for (const auto& node : answer.at("nodes")) ids.insert(node.at("id"));
    return ids;
  };
  EXPECT_EQ(found("chn.gr"), std::set<std::string>{"CHN.grain"});
  EXPECT_EQ(found("FLOUR"), std::set<std::string>{"CHN.flour"});
  EXPECT_EQ(found("%E4%B8%AD").size(), 2U);
  EXPECT_EQ(found("flour%20china"), std::set<std::string>{"CHN.flour"});
  EXPECT_EQ(found("%E4%B8%AD%20gr"), std::set<std::string>{"CHN.grain"});
  EXPECT_EQ(found("flour%20grain").size(), 0U);
  EXPECT_EQ(found("nothing").size(), 0U);
  EXPECT_EQ(json("/api/chains/mills/nodes?q=c&most=1").at("nodes").size(), 1U);
}

TEST_F(Interface, DescribesAnalysesFromTheirDeclarations) {
  start();
  EXPECT_EQ(json("/api/analyses").at("analyses").size(), 2U);
  const auto analysis = json("/api/analyses/count");
  ASSERT_EQ(analysis.at("parameters").size(), 5U);  // not the one for the command line only
  EXPECT_EQ(analysis.at("parameters")[1].at("max"), 9.0);
  EXPECT_EQ(analysis.at("tables")[0].at("name"), "counts");
  EXPECT_EQ(refusal_of("/api/analyses/cuont"), "404 not_found");
}

TEST_F(Interface, RunsAndGivesTheReportAsTheCommandLineDoes) {
  start();
  const auto run = ask("count", {{"times", 2}, {"region", "China"}});
  const auto done = await(run, "done");
  EXPECT_EQ(done.at("parameters").at("times"), "2");
  EXPECT_EQ(done.at("tables")[0].at("rows"), 1);
  const auto expected = stave::run(analyses_[0], load_chain(folder_ / "mills.stave"),
                                   {{"times", "2"}, {"region", "China"}});
  EXPECT_EQ(get(run + "/report").body, to_json(expected) + "\n");
  EXPECT_EQ(get(run + "/tables/counts.csv").body, to_csv(expected.tables[0]));
  EXPECT_EQ(get(run + "/tables/counts.json").body, to_json(expected.tables[0]) + "\n");
  EXPECT_THAT(get(run + "/tables/counts.parquet").body, testing::StartsWith("PAR1"));
  EXPECT_EQ(refusal_of(run + "/tables/counts.xlsx"), "404 not_found");
  EXPECT_EQ(get(run + "/page").body, to_html(expected));
  EXPECT_EQ(refusal_of(run + "/tables/other.csv"), "404 not_found");
  EXPECT_EQ(json("/api/runs").at("runs").size(), 1U);
}

TEST_F(Interface, ThePagePolicyAllowsItsOwnScriptOnly) {
  start();
  const auto run = ask("count");
  (void)await(run, "done");
  const auto page = get(run + "/page");
  EXPECT_EQ(page.get_header_value_count("Content-Security-Policy"), 1U);
  EXPECT_THAT(page.get_header_value("Content-Security-Policy"), HasSubstr("script-src 'sha256-"));
  EXPECT_THAT(page.get_header_value("Content-Security-Policy"), Not(HasSubstr("unsafe")));
}

TEST_F(Interface, SendsAReportOnce) {
  start();
  const auto run = ask("count");
  (void)await(run, "done");
  for (const auto* part : {"/report", "/tables/counts.csv", "/tables/counts.parquet"}) {
    const auto tag = get(run + part).get_header_value("ETag");
    EXPECT_EQ(get(run + part, {{"If-None-Match", tag}}).status, 304) << part;
  }
}

TEST_F(Interface, NamesRepeatsAndReusesRuns) {
  start();
  const auto asked = [&](const std::string& more) {
    return post("/api/runs", R"({"chain":"mills","analysis":"count")" + more + "}");
  };
  EXPECT_EQ(Json::parse(asked(R"(,"name":"First look","reuse":true)").body).at("name"),
            "First look");
  EXPECT_GE(await("/api/runs/1", "done").at("seconds"), 0.0);
  EXPECT_EQ(Json::parse(patch("/api/runs/1", R"({"name":"Second 看"})").body).at("name"),
            "Second 看");
  // A default that is spelled out, or spelled otherwise, asks the same.
  const auto same = asked(R"(,"reuse":true,"parameters":{"times":"1.0","market":true})");
  EXPECT_EQ(same.status, 200);
  EXPECT_EQ(Json::parse(same.body).at("id"), 1);
  EXPECT_EQ(asked(R"(,"reuse":true,"parameters":{"times":2})").status, 202);
  EXPECT_EQ(asked("").status, 202);
  const auto again = post("/api/runs/1/repeat", "");
  EXPECT_EQ(again.status, 202);
  EXPECT_EQ(Json::parse(again.body).at("name"), "Second 看");
  EXPECT_EQ(refusal(patch("/api/runs/1", R"({"name":7})")), "400 bad_input");
  EXPECT_EQ(refusal(patch("/api/runs/1", Json{{"name", std::string(201, 'a')}}.dump())),
            "400 bad_input");
  EXPECT_EQ(refusal(patch("/api/runs/99", R"({"name":"x"})")), "404 not_found");
  EXPECT_EQ(refusal(post("/api/runs/99/repeat", "")), "404 not_found");
}

TEST_F(Interface, DoesNotReuseARunOfAChainThatChanged) {
  start();
  const auto body = R"({"chain":"mills","analysis":"count","reuse":true})";
  EXPECT_EQ(post("/api/runs", body).status, 202);
  (void)await("/api/runs/1", "done");
  EXPECT_EQ(post("/api/runs", body).status, 200);
  save_chain(test::mills(), folder_ / "mills.stave");
  EXPECT_EQ(post("/api/runs", body).status, 202);
}

TEST_F(Interface, FiltersItsRuns) {
  start();
  (void)await(ask("count"), "done");
  (void)await(ask("count", {{"region", "CHX"}}), "failed");
  const auto ids = [&](const std::string& query) {
    std::vector<int> found;
    const auto answer = json("/api/runs?" + query);
    for (const auto& run : answer.at("runs")) found.push_back(run.at("id"));
    return found;
  };
  EXPECT_THAT(ids("state=failed"), testing::ElementsAre(2));
  EXPECT_THAT(ids("chain=mills&analysis=count"), testing::ElementsAre(2, 1));
  EXPECT_THAT(ids("chain=other"), testing::IsEmpty());
}

TEST_F(Interface, ListsRunsWithoutWhatTheirFilesHeld) {
  start();
  (void)await(ask("count", {{"list", std::string(5'000, 'a')}}), "done");
  EXPECT_LT(get("/api/runs").body.size(), 2'500U);
  EXPECT_GT(get("/api/runs/1").body.size(), 5'000U);
}

TEST_F(Interface, RefusesWhatIsNoRun) {
  start();
  const auto asked = [&](const std::string& body) { return refusal(post("/api/runs", body)); };
  EXPECT_EQ(asked("nonsense"), "400 bad_input");
  EXPECT_EQ(asked("[]"), "400 bad_input");
  EXPECT_EQ(asked(R"({"chain":"none","analysis":"count"})"), "404 not_found");
  EXPECT_EQ(asked(R"({"chain":"mills","analysis":"none"})"), "404 not_found");
  EXPECT_EQ(asked(R"({"chain":"mills","analysis":"count","parameters":{"tims":1}})"),
            "400 bad_input");
  EXPECT_EQ(asked(R"({"chain":"mills","analysis":"count","parameters":{"times":[1]}})"),
            "400 bad_input");
  EXPECT_EQ(asked(R"({"chain":"mills","analysis":"count","parameters":{"resume":"/tmp/x"}})"),
            "400 bad_input");
  EXPECT_EQ(refusal(post("/api/runs", "a=b", "text/plain")), "415 not_json");
}

TEST_F(Interface, ARunThatFailsSaysWhy) {
  start();
  const auto run = ask("count", {{"region", "CHM"}});
  EXPECT_EQ(await(run, "failed").at("error").at("code"), "not_found");
  EXPECT_EQ(refusal_of(run + "/report"), "409 failed");
  EXPECT_THAT(get(run + "/report").body, HasSubstr("CHM"));
}

TEST_F(Interface, TakesWhatAFileHoldsAndShowsNoPath) {
  start();
  const auto run = ask("count", {{"list", "firms\n"}});
  (void)await(run, "done");
  const auto report = report_from_json(get(run + "/report").body);
  EXPECT_EQ(report.findings.at(0).text, "It holds firms");
  EXPECT_EQ(report.provenance.parameters.at("list"), "list.csv");
  const auto bad = await(ask("count", {{"list", "bad\n"}}), "failed");
  EXPECT_EQ(bad.at("error").at("message"), "list.csv:1: that is bad");
}

TEST_F(Interface, DoesNotReadAFileOfTheServer) {
  start();
  std::ofstream(folder_ / "secret") << "secret words\n";
  const auto run = ask("count", {{"list", (folder_ / "secret").string()}});
  (void)await(run, "done");
  EXPECT_THAT(get(run + "/report").body, Not(HasSubstr("secret words")));
}

TEST_F(Interface, CancelsAndDeletes) {
  start();
  const auto running = ask("wait");
  const auto queued = ask("wait");
  (void)await(running, "running");
  while (json(running).at("stage") != "waiting") std::this_thread::yield();
  EXPECT_EQ(json(running).at("progress"), 0.5);
  EXPECT_EQ(refusal_of(running + "/report"), "409 not_ended");
  EXPECT_EQ(remove(queued).status, 200);
  EXPECT_EQ(json(queued).at("state"), "cancelled");
  EXPECT_EQ(remove(running).status, 200);
  (void)await(running, "cancelled");
  EXPECT_EQ(remove(running).status, 204);
  EXPECT_EQ(refusal_of(running), "404 not_found");
}

TEST_F(Interface, RefusesMoreThanTheQueueHolds) {
  options_.queue = 2;
  start();
  const auto first = ask("wait");
  (void)await(first, "running");
  (void)ask("wait");
  (void)ask("wait");
  EXPECT_EQ(refusal(post("/api/runs", R"({"chain":"mills","analysis":"wait"})")), "503 busy");
  go_ = true;
  (void)await(first, "done");
}

// The names of the events, in order, and the state of the run in the last.
TEST_F(Interface, TellsProgressAndTheEnd) {
  start();
  const auto run = ask("wait");
  (void)await(run, "running");
  std::string text;
  auto listener = client();
  const auto heard = listener.Get(run + "/events", [&](const char* data, std::size_t size) {
    text.append(data, size);
    go_ = true;
    return true;
  });
  ASSERT_TRUE(heard);
  EXPECT_EQ(heard->get_header_value("Content-Type"), "text/event-stream");
  EXPECT_THAT(text, HasSubstr("event: progress\ndata: {\"id\":1,"));
  const auto end = text.find("event: end\ndata: ");
  ASSERT_NE(end, std::string::npos);
  EXPECT_EQ(Json::parse(text.substr(end + 17)).at("state"), "done");
}

TEST_F(Interface, LimitsThoseWhoListen) {
  options_.watchers = 1;
  start();
  const auto run = ask("wait");
  std::atomic<bool> listening = false;
  std::thread first([&] {
    (void)client().Get(run + "/events", [&](const char*, std::size_t) {
      listening = true;
      return true;
    });
  });
  while (!listening) std::this_thread::yield();
  EXPECT_EQ(refusal_of(run + "/events"), "503 busy");
  go_ = true;
  first.join();
}

TEST_F(Interface, KnowsItsAddressesAndMethods) {
  start();
  EXPECT_EQ(refusal_of("/api/nothing"), "404 not_found");
  EXPECT_EQ(refusal_of("/api/runs/1"), "404 not_found");
  EXPECT_EQ(refusal_of("/api/runs/one"), "404 not_found");
  EXPECT_EQ(refusal(remove("/api/analyses/count")), "405 method_not_allowed");
  EXPECT_EQ(refusal(post("/api/health", "{}")), "405 method_not_allowed");
}

// Each {name} of a path is a parameter, each reference leads somewhere, each operation has a name
// of its own.
TEST_F(Interface, DescribesItselfInOpenApi) {
  start();
  const auto document = json("/api/openapi.json");
  EXPECT_EQ(document.at("openapi"), "3.1.0");
  std::set<std::string> ids;
  for (const auto& [path, methods] : document.at("paths").items())
    for (const auto& [method, operation] : methods.items()) {
      EXPECT_TRUE(ids.insert(operation.at("operationId")).second) << path;
      const auto parameters = operation.value("parameters", Json::array());
      const auto in_path =
          std::ranges::count_if(parameters, [](const auto& p) { return p.at("in") == "path"; });
      EXPECT_EQ(in_path, std::ranges::count(path, '{')) << path;
    }
  EXPECT_EQ(ids.size(), 25U);
  const auto text = document.dump();
  const std::string mark = "\"$ref\":\"#";
  for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark, at + 1)) {
    const auto from = at + mark.size();
    const Json::json_pointer place(text.substr(from, text.find('"', from) - from));
    EXPECT_TRUE(document.contains(place)) << place;
  }
  const auto& count = document.at("components").at("schemas").at("RunRequest_count");
  EXPECT_TRUE(count.at("properties").at("parameters").at("properties").contains("times"));
}

}  // namespace
}  // namespace stave
