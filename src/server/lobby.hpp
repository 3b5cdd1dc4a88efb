#pragma once
/// Where connections wait until a request is there: one thread watches them all, so that who sends
/// slowly, or nothing, holds no thread that answers.

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <unordered_map>
#include <vector>

namespace stave {

/// A socket and what it sent that is not answered yet.
struct Connection {
  int handle = -1;
  std::string bytes = {};
};

/// True once the headers of a request are there.
[[nodiscard]] bool has_headers(std::string_view bytes);

struct LobbyLimits {
  std::size_t most = 512;  ///< beyond, who waits longest has to go
  std::size_t header_bytes = std::size_t{64} << 10;
  std::chrono::milliseconds patience{10'000};  ///< from a request's first byte to its headers' end
  std::chrono::milliseconds idle{5'000};       ///< until the first byte
};

class Lobby {
 public:
  /// @param ready  takes a connection with the headers of a request; must not wait
  Lobby(LobbyLimits limits, std::function<void(Connection)> ready);
  ~Lobby();
  Lobby(const Lobby&) = delete;
  Lobby& operator=(const Lobby&) = delete;
  /// Hands out no more; who waits is closed with the lobby.
  void stop();
  /// Takes the socket over. From any thread.
  void add(Connection connection);

 private:
  using Clock = std::chrono::steady_clock;
  struct Waiting {
    std::string bytes;
    Clock::time_point since;
  };
  void run();
  void wake() const;
  void welcome();
  void hear(int handle);
  void leave(int handle, std::string_view farewell);
  void end_late();
  void drop_oldest();

  LobbyLimits limits_;
  std::function<void(Connection)> ready_;
  int poll_;
  int bell_;
  std::mutex mutex_;
  std::vector<Connection> coming_;
  std::unordered_map<int, Waiting> waiting_;  ///< of the lobby's own thread
  std::atomic<bool> closing_ = false;
  std::thread thread_;
};

}  // namespace stave
