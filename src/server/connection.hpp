#pragma once
/// Connections of a server: bounded in number, and each request in time and size.
///
/// A connection waits in the lobby until the headers of a request are there, and only then takes a
/// thread. A body that is sent slowly, or an answer that is read slowly, holds it until its time is
/// over; while others wait for a thread, that time is short. A file may take the time that fits its
/// size, as long as it moves.

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include <httplib.h>

#include "server/lobby.hpp"

namespace stave {

struct ConnectionLimits {
  std::size_t threads = 96;
  std::size_t waiting = 256;                         ///< beyond, a request is refused
  std::chrono::milliseconds patience{10'000};        ///< for headers, and for a body, to arrive
  std::chrono::milliseconds short_patience{500};     ///< the same for a body while others wait
  std::chrono::milliseconds write_patience{10'000};  ///< for a client to take some bytes
  std::size_t request_bytes = std::size_t{1} << 20;  ///< headers and body
  std::string upload_path = {};    ///< requests there bring a file, read as it comes
  std::uint64_t upload_bytes = 0;  ///< of such a file
  std::uint64_t slowest =
      16 << 10;  ///< bytes a second a file must come, or an answer go, on the whole
};

/// In a thread that answers: true once the client has hung up.
[[nodiscard]] bool client_gone();

/// Where a request's Accept-Encoding stands once it is read: httplib must not see it.
inline constexpr const char* accepted_coding = "Stave-Accept-Encoding";

/// The threads that answer, and who waits for one.
class ConnectionThreads {
 public:
  ConnectionThreads(std::size_t threads, std::size_t most_waiting,
                    std::function<void(Connection)> serve);
  ~ConnectionThreads();
  ConnectionThreads(const ConnectionThreads&) = delete;
  ConnectionThreads& operator=(const ConnectionThreads&) = delete;
  /// False when too many wait already.
  [[nodiscard]] bool add(Connection& connection);
  /// Closes who waits; returns when the last request is answered.
  void stop();
  [[nodiscard]] const std::atomic<std::size_t>& waiting() const { return waiting_; }

 private:
  void work();
  std::size_t most_waiting_;
  std::function<void(Connection)> serve_;
  std::atomic<std::size_t> waiting_ = 0;
  std::mutex mutex_;
  std::condition_variable wanted_;
  std::deque<Connection> connections_;
  bool closing_ = false;
  std::vector<std::thread> threads_;
};

/// An httplib server with these limits.
class ConnectionServer : public httplib::Server {
 public:
  explicit ConnectionServer(const ConnectionLimits& limits);
  ~ConnectionServer() override;
  /// More connections may knock at once than httplib lets.
  void widen_door() const;
  [[nodiscard]] bool stopping() const { return stopping_; }
  /// Ends every connection and every thread that answers.
  void stop_all();

 private:
  bool process_and_close_socket(socket_t handle) override;
  void serve(Connection connection);
  bool answer_one(httplib::Stream& stream);
  [[nodiscard]] std::uint64_t upload_length(const httplib::Request& request) const;

  ConnectionLimits limits_;
  std::atomic<bool> stopping_ = false;
  std::unique_ptr<ConnectionThreads> threads_;
  std::unique_ptr<Lobby> lobby_;
};

}  // namespace stave
