// Quick answers: at once, remembered, computed once, and given up when nobody waits.
#include "stave/report/report_writer.hpp"

#include <gmock/gmock.h>

#include "server/running_server.hpp"

namespace stave {
namespace {

using test::Json;
using testing::HasSubstr;

class Answers : public test::RunningServer {
 protected:
  static constexpr auto wait_path = "/api/chains/mills/answers/wait";
  void await_begun(int times) const {
    for (int i = 0; i < 1000 && begun_ < times; ++i)
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    ASSERT_GE(begun_, times);
  }
};

TEST_F(Answers, AreWhatTheCommandLinePrintsAndNoRuns) {
  start();
  const auto expected = stave::run(analyses_[0], load_chain(folder_ / "mills.stave"),
                                   {{"times", "2"}, {"region", "China"}});
  const std::string base = "/api/chains/mills/answers/count";
  EXPECT_EQ(get(base + "?times=2&region=China").body, to_json(expected) + "\n");
  EXPECT_EQ(get(base + "/tables/counts.csv?times=2&region=China").body, to_csv(expected.tables[0]));
  EXPECT_THAT(get(base + "/tables/counts.parquet").body, testing::StartsWith("PAR1"));
  EXPECT_EQ(json("/api/runs").at("runs").size(), 0U);
}

TEST_F(Answers, SayWhyNot) {
  start();
  const std::string base = "/api/chains/mills/answers/";
  EXPECT_EQ(refusal_of(base + "none"), "404 not_found");
  EXPECT_EQ(refusal_of("/api/chains/none/answers/count"), "404 not_found");
  EXPECT_EQ(refusal_of(base + "count?tims=2"), "400 bad_input");
  EXPECT_EQ(refusal_of(base + "count?times=77"), "400 bad_input");
  EXPECT_EQ(refusal_of(base + "count?region=CHM"), "404 not_found");
  EXPECT_EQ(refusal_of(base + "count?resume=%2Ftmp%2Fx"), "400 bad_input");
  EXPECT_THAT(get(base + "count?list=bad%0A").body, HasSubstr("\"list.csv:1: that is bad\""));
}

TEST_F(Answers, AreRememberedUntilAnotherChainTheyNameChanges) {
  save_chain(test::mills(), folder_ / "other.stave");
  start();
  go_ = true;
  const auto path = std::string(wait_path) + "?with=other,mills";
  const auto first = get(path);
  EXPECT_EQ(first.status, 200) << first.body;
  EXPECT_EQ(get(path).status, 200);
  EXPECT_EQ(begun_, 1);
  save_chain(test::mills(), folder_ / "other.stave");
  EXPECT_EQ(get(path).status, 200);
  EXPECT_EQ(begun_, 2);
  EXPECT_EQ(refusal_of(std::string(wait_path) + "?with=oter"), "404 not_found");
}

TEST_F(Answers, AreRememberedUntilTheChainChanges) {
  start();
  go_ = true;
  const auto first = get(wait_path);
  EXPECT_EQ(first.status, 200);
  // The default, spelled out and spelled otherwise.
  EXPECT_EQ(get(std::string(wait_path) + "?share=0.50&market=yes").body, first.body);
  EXPECT_EQ(begun_, 1);
  EXPECT_EQ(get(std::string(wait_path) + "?share=0.7").status, 200);
  EXPECT_EQ(begun_, 2);
  EXPECT_EQ(get(wait_path, {{"If-None-Match", first.get_header_value("ETag")}}).status, 304);
  EXPECT_EQ(begun_, 2);
  save_chain(test::mills(), folder_ / "mills.stave");
  EXPECT_EQ(get(wait_path).status, 200);
  EXPECT_EQ(begun_, 3);
}

TEST_F(Answers, OfEqualQuestionsAreComputedOnce) {
  start();
  std::vector<std::thread> askers;
  std::atomic<int> good = 0;
  for (int i = 0; i < 8; ++i)
    askers.emplace_back([&] { good += get(wait_path).status == 200 ? 1 : 0; });
  await_begun(1);
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  go_ = true;
  for (auto& asker : askers) asker.join();
  EXPECT_EQ(good, 8);
  EXPECT_EQ(begun_, 1);
}

TEST_F(Answers, ThatTakeTooLongAreToBeAskedAsRuns) {
  options_.answer_time = std::chrono::milliseconds(1000);
  start();
  EXPECT_EQ(refusal_of(wait_path), "503 too_long");
  EXPECT_THAT(get(wait_path).body, HasSubstr("/api/runs"));
  // The work stopped: another question finds a thread, on a busy machine not at once.
  const auto status = [&] { return get("/api/chains/mills/answers/count").status; };
  int last = status();
  for (int i = 0; i < 50 && last != 200; ++i) last = status();
  EXPECT_EQ(last, 200);
}

// Two threads compute; four askers hang up, and the fifth question still finds a thread.
TEST_F(Answers, ThatNobodyWaitsForAreGivenUp) {
  start();
  for (int i = 0; i < 4; ++i) {
    auto hasty = client();
    hasty.set_read_timeout(0, 100'000);
    EXPECT_FALSE(hasty.Get(wait_path + ("?share=" + std::to_string(i))));
  }
  EXPECT_EQ(get("/api/chains/mills/answers/count").status, 200);
}

TEST_F(Answers, DoNotKeepTheServerFromEnding) {
  start();
  std::thread asker([&, port = server_->port()] {
    httplib::Client waiting("127.0.0.1", port);
    (void)waiting.Get(wait_path);
  });
  await_begun(1);
  const auto begun = std::chrono::steady_clock::now();
  server_.reset();
  EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(15));  // patience: 30 s
  asker.join();
}

}  // namespace
}  // namespace stave
