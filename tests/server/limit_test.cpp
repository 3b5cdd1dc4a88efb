// What a run may take: time and memory.
#include <gmock/gmock.h>

#include "server/memory.hpp"
#include "server/running_server.hpp"

namespace stave {
namespace {

using test::Json;
using testing::HasSubstr;

constexpr std::size_t eaten = std::size_t{512} << 20;

// Fills memory, then lasts until it is stopped.
Analysis eating() {
  Declaration d;
  d.name = "eat";
  d.question = "How much?";
  return {d, [](const Chain&, const Arguments&, Progress& progress) {
            const std::vector<char> much(eaten, 'x');
            for (;;) {
              progress.report(std::string("eating ") + much[7], 0.5);
              progress.check();
              std::this_thread::sleep_for(std::chrono::milliseconds(2));
            }
            return Report{};
          }};
}

class Limits : public test::RunningServer {
 protected:
  static std::string error_of(const Json& run, const char* part) {
    return run.at("error").at(part).get<std::string>();
  }
};

TEST_F(Limits, ARunIsStoppedAfterItsTime) {
  options_.run_time = std::chrono::milliseconds(150);
  start();
  (void)get("/api/chains/mills");  // open now: that is not of a run's time
  const auto run = await(ask("wait"), "failed");
  EXPECT_EQ(error_of(run, "code"), "too_long");
  EXPECT_THAT(error_of(run, "message"), HasSubstr("stopped after 0.0025 minutes"));
  EXPECT_THAT(error_of(run, "hint"), HasSubstr("--run-time"));
  EXPECT_EQ(json("/api/health").at("run_minutes"), 0.0025);
  (void)await(ask("count"), "done");
}

TEST_F(Limits, TheNewestRunIsStoppedWhenMemoryIsShort) {
  analyses_.push_back(eating());
  options_.workers = 2;
  options_.memory = memory_held() + eaten / 2;
  start();
  const auto older = ask("wait");
  (void)await(older, "running");
  const auto run = await(ask("eat"), "failed");
  EXPECT_EQ(error_of(run, "code"), "too_large");
  EXPECT_THAT(error_of(run, "message"), HasSubstr("GiB of memory were in use"));
  EXPECT_EQ(json(older).at("state"), "running");
  go_ = true;
  (void)await(older, "done");
}

// It is refused, and does not wait for ever: nothing else is left that could give memory back.
TEST_F(Limits, NoRunBeginsWithoutMemory) {
  options_.memory = 1;
  start();
  EXPECT_EQ(error_of(await(ask("count"), "failed"), "code"), "too_large");
  EXPECT_EQ(refusal_of("/api/chains/mills/answers/count"), "503 busy");
}

TEST(Memory, IsWhatTheSystemSays) {
  const auto before = memory_held();
  const std::vector<char> much(eaten, 'x');
  EXPECT_GT(memory_held(), before + eaten * 9 / 10);
  EXPECT_EQ(much[7], 'x');
  EXPECT_GT(memory_of_machine(), eaten);
  EXPECT_EQ(usual_memory(), memory_of_machine() / 4 * 3);
}

}  // namespace
}  // namespace stave
