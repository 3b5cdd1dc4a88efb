// Runs outlive the server that made them.
#include <gmock/gmock.h>

#include "server/running_server.hpp"

namespace stave {
namespace {

using testing::HasSubstr;

class KeptRuns : public test::RunningServer {
 protected:
  void SetUp() override {
    RunningServer::SetUp();
    options_.runs = folder_ / "runs";
  }
};

TEST_F(KeptRuns, AreThereAfterARestart) {
  start();
  const auto run = ask("count", {{"region", "CHN"}});
  (void)await(run, "done");
  const auto failed = ask("count", {{"region", "CHX"}});
  (void)await(failed, "failed");
  const auto before = json("/api/runs");
  const auto report = get(run + "/report").body;
  const auto page = get(run + "/page").body;
  server_.reset();
  start();
  auto after = json("/api/runs");
  ASSERT_EQ(after.at("runs").size(), 2U);
  EXPECT_EQ(after.at("runs")[0].at("error"), before.at("runs")[0].at("error"));
  EXPECT_EQ(after.at("runs")[1].at("tables"), before.at("runs")[1].at("tables"));
  EXPECT_EQ(get(run + "/report").body, report);
  EXPECT_EQ(get(run + "/page").body, page);
  EXPECT_EQ(ask("count"), "/api/runs/3");
}

TEST_F(KeptRuns, CutShortAreListedAsInterrupted) {
  start();
  const auto running = ask("wait");
  const auto queued = ask("wait");
  (void)await(running, "running");
  server_.reset();
  start();
  EXPECT_EQ(json(running).at("state"), "interrupted");
  EXPECT_EQ(json(queued).at("state"), "interrupted");
  EXPECT_EQ(get(running + "/report").status, 409);
  EXPECT_EQ(remove(running).status, 204);
}

// As a server that was killed leaves it.
TEST_F(KeptRuns, OfAKilledServerAreInterrupted) {
  start();
  const auto run = ask("count");
  (void)await(run, "done");
  server_.reset();
  std::ostringstream text;
  text << std::ifstream(options_.runs / "run-1.json").rdbuf();
  auto record = test::Json::parse(text.str());
  record["state"] = "running";
  std::ofstream(options_.runs / "run-1.json") << record.dump();
  std::ofstream(options_.runs / "run-2.json") << "{\"id\": 2, ";
  start();
  EXPECT_EQ(json("/api/runs").at("runs").size(), 1U);
  EXPECT_EQ(json(run).at("state"), "interrupted");
  EXPECT_EQ(ask("count"), "/api/runs/3");
}

TEST_F(KeptRuns, AreGoneWhenDeleted) {
  start();
  const auto run = ask("count");
  (void)await(run, "done");
  EXPECT_TRUE(std::filesystem::exists(options_.runs / "run-1.report.json"));
  EXPECT_EQ(remove(run).status, 204);
  EXPECT_FALSE(std::filesystem::exists(options_.runs / "run-1.report.json"));
  EXPECT_FALSE(std::filesystem::exists(options_.runs / "run-1.json"));
}

TEST_F(KeptRuns, BelongToOneServerAtATime) {
  start();
  try {
    const Server second(analyses_, options_);
    ADD_FAILURE() << "two servers keep their runs in one folder";
  } catch (const Error& e) {
    EXPECT_THAT(e.what(), HasSubstr("another server"));
  }
}

}  // namespace
}  // namespace stave
