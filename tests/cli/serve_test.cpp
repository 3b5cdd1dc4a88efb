// `stave serve` as a user starts it: the program itself, in a process of its own.
#include <array>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <regex>
#include <string>
#include <thread>
#include <vector>

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace stave {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

/// The program, what it says on stderr, and how it ends.
class Served {
 public:
  explicit Served(std::vector<std::string> words, const std::filesystem::path& programs = {}) {
    std::array<int, 2> pipe{};
    if (::pipe(pipe.data()) != 0) ADD_FAILURE() << "no pipe";
    words.insert(words.begin(), {STAVE_PROGRAM, "serve"});
    std::vector<char*> given;
    for (auto& word : words) given.push_back(word.data());
    given.push_back(nullptr);
    child_ = ::fork();
    if (child_ == 0) {
      ::dup2(pipe[1], STDERR_FILENO);
      ::close(pipe[0]);
      ::unsetenv("DISPLAY");
      ::unsetenv("WAYLAND_DISPLAY");
      if (!programs.empty()) {
        ::setenv("PATH", (programs.string() + ":/usr/bin:/bin").c_str(), 1);
        ::setenv("DISPLAY", ":0", 1);
      }
      ::execv(given[0], given.data());
      ::_exit(127);
    }
    ::close(pipe[1]);
    said_ = pipe[0];
  }
  ~Served() {
    if (child_ > 0) (void)end(SIGKILL);
    ::close(said_);
  }
  Served(const Served&) = delete;
  Served& operator=(const Served&) = delete;

  // All it said until that text came, or it ended.
  std::string until(const std::string& text) {
    pollfd one{.fd = said_, .events = POLLIN, .revents = 0};
    std::array<char, 4096> bytes{};
    while (heard_.find(text) == std::string::npos && ::poll(&one, 1, 20'000) > 0) {
      const auto got = ::read(said_, bytes.data(), bytes.size());
      if (got <= 0) break;
      heard_.append(bytes.data(), static_cast<std::size_t>(got));
    }
    return heard_;
  }
  // The exit status; 128 + the signal where one ended it.
  int end(int signal) {
    if (signal != 0) ::kill(child_, signal);
    int status = 0;
    ::waitpid(child_, &status, 0);
    child_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  }
  int port() {
    const auto text = until("Ctrl-C");
    std::smatch found;
    if (!std::regex_search(text, found, std::regex(R"(http://[^:]+:(\d+)/)"))) return -1;
    return std::stoi(found[1]);
  }

 private:
  pid_t child_ = -1;
  int said_ = -1;
  std::string heard_;
};

std::string answer_of(int port, const std::string& path, const std::string& body = {}) {
  const int handle = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  std::string text;
  if (::connect(handle, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0) {
    const auto request =
        (body.empty() ? "GET " : "POST ") + path +
        " HTTP/1.1\r\nConnection: close\r\nHost: 127.0.0.1:" + std::to_string(port) +
        "\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) +
        "\r\n\r\n" + body;
    (void)::send(handle, request.data(), request.size(), MSG_NOSIGNAL);
    std::array<char, 4096> bytes{};
    for (auto got = ::recv(handle, bytes.data(), bytes.size(), 0); got > 0;
         got = ::recv(handle, bytes.data(), bytes.size(), 0))
      text.append(bytes.data(), static_cast<std::size_t>(got));
  }
  ::close(handle);
  return text;
}

class Serve : public testing::Test {
 protected:
  void SetUp() override {
    folder_ =
        std::filesystem::temp_directory_path() / ("stave-serve-" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  std::filesystem::path folder_;
};

TEST_F(Serve, SaysItsAddressAnswersAndEndsOnCtrlC) {
  Served served({folder_.string(), "--port", "0"});
  const int port = served.port();
  ASSERT_GT(port, 0) << served.until("Ctrl-C");
  EXPECT_THAT(served.until("Ctrl-C"),
              HasSubstr("Runs are kept in " + (folder_ / ".stave-runs").string()));
  EXPECT_THAT(answer_of(port, "/api/health"), HasSubstr("\"status\": \"ok\""));
  EXPECT_THAT(answer_of(port, "/"), AllOf(HasSubstr("200 OK"), HasSubstr("<title>Stave")));
  EXPECT_THAT(answer_of(port, "/api/chains"), HasSubstr("world-2011"));
  EXPECT_THAT(answer_of(port, "/api/chains/world-2011/answers/check"), HasSubstr("200 OK"));
  EXPECT_EQ(served.end(SIGINT), 0);
}

TEST_F(Serve, EndsOnSigtermTooAndForgetsWhenAsked) {
  Served served({folder_.string(), "--port", "0", "--no-samples", "--forget"});
  ASSERT_GT(served.port(), 0);
  EXPECT_THAT(served.until("Ctrl-C"), HasSubstr("Runs are lost when it ends"));
  EXPECT_EQ(served.end(SIGTERM), 0);
  EXPECT_TRUE(std::filesystem::is_empty(folder_));
}

// One run has ended, one lasts and one waits when the power goes.
TEST_F(Serve, KilledLosesNoFinishedRun) {
  const std::vector<std::string> words{folder_.string(), "--port", "0", "--runs",
                                       (folder_ / "runs").string()};
  const auto state_of = [](int port, int id) {
    const auto text = answer_of(port, "/api/runs/" + std::to_string(id));
    std::smatch found;
    std::regex_search(text, found, std::regex(R"re("state": "(\w+)")re"));
    return found.empty() ? text : found[1].str();
  };
  Served served(words);
  const int port = served.port();
  const auto ask = [&](const std::string& analysis, const std::string& parameters) {
    EXPECT_THAT(answer_of(port, "/api/runs",
                          R"({"chain": "world-2011", "analysis": ")" + analysis +
                              R"(", "parameters": )" + parameters + "}"),
                HasSubstr("202 Accepted"));
  };
  const auto await_state = [&](int id, const std::string& state) {
    for (int i = 0; i < 1000 && state_of(port, id) != state; ++i)
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    ASSERT_EQ(state_of(port, id), state);
  };
  ask("check", "{}");
  await_state(1, "done");
  const auto report = answer_of(port, "/api/runs/1/report");
  ask("systemic", R"({"eps": "1e-12", "all": "on"})");  // lasts a minute
  await_state(2, "running");
  ask("check", "{}");
  EXPECT_EQ(served.end(SIGKILL), 128 + SIGKILL);
  Served again(words);
  const int later = again.port();
  EXPECT_EQ(state_of(later, 1), "done");
  EXPECT_EQ(answer_of(later, "/api/runs/1/report"), report);
  EXPECT_EQ(state_of(later, 2), "interrupted");
  EXPECT_EQ(state_of(later, 3), "interrupted");
}

TEST_F(Serve, SaysThatItsPortIsTaken) {
  Served first({folder_.string(), "--port", "0"});
  const auto port = std::to_string(first.port());
  Served second({folder_.string(), "--port", port, "--forget"});
  EXPECT_THAT(second.until("\x04"),
              AllOf(HasSubstr("error[io]: cannot listen on 127.0.0.1:" + port),
                    HasSubstr("hint: Is another server running there?")));
  EXPECT_EQ(second.end(0), 16);
}

TEST_F(Serve, PrintsBothTokensBeyondThisComputer) {
  Served served({folder_.string(), "--port", "0", "--host", "0.0.0.0"});
  const int port = served.port();
  EXPECT_THAT(served.until("Ctrl-C"), testing::ContainsRegex("token=[0-9a-f]{64}"));
  EXPECT_THAT(served.until("Ctrl-C"), HasSubstr("To ask and read only: http://0.0.0.0:"));
  EXPECT_THAT(answer_of(port, "/api/chains"), HasSubstr("401"));
  Served closed({folder_.string(), "--port", "0", "--host", "0.0.0.0", "--read-only"});
  EXPECT_THAT(closed.until("Ctrl-C"), Not(HasSubstr("for editors")));
}

// A program that stands in for xdg-open writes down what it is to open.
TEST_F(Serve, OpensTheBrowser) {
  const auto opened = folder_ / "opened";
  std::ofstream(folder_ / "xdg-open")
      << "#!/bin/sh\necho \"$1\" > " << opened.string() << ".new\nmv " << opened.string() << ".new "
      << opened.string() << "\n";
  std::filesystem::permissions(folder_ / "xdg-open", std::filesystem::perms::owner_all);
  Served served({folder_.string(), "--port", "0", "--open"}, folder_);
  const int port = served.port();
  for (int i = 0; i < 400 && !std::filesystem::exists(opened); ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  std::string place;
  std::getline(std::ifstream(opened), place);
  EXPECT_EQ(place, "http://127.0.0.1:" + std::to_string(port) + "/");
}

TEST_F(Serve, SaysWhenThereIsNoBrowserToOpen) {
  Served served({folder_.string(), "--port", "0", "--open"});
  EXPECT_THAT(served.until("from here"), HasSubstr("No browser could be opened from here."));
}

TEST_F(Serve, RefusesAPlaceThatIsNone) {
  Served served({(folder_ / "none").string(), "--port", "0"});
  EXPECT_THAT(served.until("\x04"), HasSubstr("error[not_found]"));
  EXPECT_EQ(served.end(0), 11);
}

}  // namespace
}  // namespace stave
