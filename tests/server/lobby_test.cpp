// Connections that wait for their request without a thread.
#include "server/lobby.hpp"

#include <array>
#include <condition_variable>

#include <gmock/gmock.h>
#include <sys/socket.h>
#include <unistd.h>

#include "server/remembered_text.hpp"

namespace stave {
namespace {

using std::chrono::milliseconds;
using testing::HasSubstr;

// Both ends of a connection; the server's is the lobby's.
struct Wire {
  Wire() {
    std::array<int, 2> ends{};
    if (::socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()) != 0) ADD_FAILURE() << "no sockets";
    client = ends[0];
    server = ends[1];
    const timeval limit{.tv_sec = 5, .tv_usec = 0};
    ::setsockopt(client, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
  }
  ~Wire() { ::close(client); }
  Wire(const Wire&) = delete;
  Wire& operator=(const Wire&) = delete;
  void send(const std::string& text) const {
    EXPECT_EQ(::send(client, text.data(), text.size(), MSG_NOSIGNAL), std::ssize(text));
  }
  // Empty where it was closed without a word.
  [[nodiscard]] std::string heard() const {
    std::array<char, 1024> bytes{};
    const auto got = ::recv(client, bytes.data(), bytes.size(), 0);
    return got < 0 ? "nothing" : std::string(bytes.data(), static_cast<std::size_t>(got));
  }
  int client = -1;
  int server = -1;
};

class Waiting : public testing::Test {
 protected:
  std::unique_ptr<Lobby> lobby(const LobbyLimits& limits) {
    return std::make_unique<Lobby>(limits, [this](Connection connection) {
      const std::scoped_lock lock(mutex_);
      ready_.push_back(connection.bytes);
      ::close(connection.handle);
      came_.notify_all();
    });
  }
  // What was handed over, once there are so many.
  std::vector<std::string> ready(std::size_t count) {
    std::unique_lock lock(mutex_);
    came_.wait_for(lock, std::chrono::seconds(5), [&] { return ready_.size() >= count; });
    return ready_;
  }
  std::mutex mutex_;
  std::condition_variable came_;
  std::vector<std::string> ready_;
};

TEST_F(Waiting, EndsWithTheLastByteOfTheHeaders) {
  const Wire wire;
  const Wire silent;
  const auto room = lobby({});
  room->add({wire.server, {}});
  room->add({silent.server, {}});
  for (const auto* piece : {"GET / HTTP/1.1\r\nHost: a\r", "\n\r", "\n", "more"}) {
    wire.send(piece);
    std::this_thread::sleep_for(milliseconds(20));
    if (std::string(piece) == "\n") break;
    EXPECT_TRUE(ready(0).empty());
  }
  EXPECT_THAT(ready(1), testing::ElementsAre("GET / HTTP/1.1\r\nHost: a\r\n\r\n"));
}

TEST_F(Waiting, GoesOnWithWhatWasReadBefore) {
  const Wire wire;
  const auto room = lobby({});
  room->add({wire.server, "GET / HTTP/1.1\r\nHost: a\r\n"});
  wire.send("\r\n");
  EXPECT_THAT(ready(1), testing::ElementsAre("GET / HTTP/1.1\r\nHost: a\r\n\r\n"));
}

TEST_F(Waiting, IsOverWhenItsTimeIs) {
  const Wire begun;
  const Wire silent;
  const auto room = lobby({.patience = milliseconds(400), .idle = milliseconds(200)});
  begun.send("GET");
  room->add({begun.server, {}});
  room->add({silent.server, {}});
  EXPECT_EQ(silent.heard(), "");
  EXPECT_THAT(begun.heard(), HasSubstr("408"));
  EXPECT_TRUE(ready(0).empty());
}

TEST_F(Waiting, IsOverForWhoNeverEndsTheHeaders) {
  const Wire wire;
  const auto room = lobby({.header_bytes = 1'000});
  room->add({wire.server, {}});
  wire.send("GET / HTTP/1.1\r\n" + std::string(2'000, 'a'));
  EXPECT_THAT(wire.heard(), HasSubstr("431"));
}

// Who waits longest has to go: a newcomer is always let in.
TEST_F(Waiting, HasRoomForTheNewest) {
  const std::array<Wire, 4> wires;
  const auto room = lobby({.most = 2});
  for (const auto& wire : wires) {
    room->add({wire.server, {}});
    std::this_thread::sleep_for(milliseconds(20));
  }
  EXPECT_EQ(wires[0].heard(), "");
  EXPECT_EQ(wires[1].heard(), "");
  for (const auto& wire : {&wires[2], &wires[3]}) wire->send("GET / HTTP/1.1\r\n\r\n");
  EXPECT_EQ(ready(2).size(), 2U);
}

TEST_F(Waiting, IsOverWithTheLobby) {
  const Wire wire;
  auto room = lobby({});
  room->add({wire.server, {}});
  room.reset();
  EXPECT_EQ(wire.heard(), "");
}

TEST(RememberedTexts, LetTheOldestGo) {
  const auto text = [](std::size_t size) {
    return std::make_shared<const std::string>(std::string(size, 'x'));
  };
  RememberedTexts texts(100);
  texts.keep("a", text(39));
  texts.keep("b", text(39));
  EXPECT_TRUE(texts.find("a"));  // asked for: now b is the oldest
  texts.keep("c", text(39));
  EXPECT_TRUE(texts.find("a"));
  EXPECT_FALSE(texts.find("b"));
  EXPECT_TRUE(texts.find("c"));
  texts.keep("large", text(100));
  EXPECT_FALSE(texts.find("large"));
  texts.forget();
  EXPECT_FALSE(texts.find("a"));
}

}  // namespace
}  // namespace stave
