#pragma once
/// Connections of a server: bounded in number, and each request in time and size.
///
/// A client that sends a byte now and then holds a thread until its time is over; while others wait
/// for a thread, that time is short. A file may take the time that fits its size, as long as it
/// moves.

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include <httplib.h>

namespace stave {

struct ConnectionLimits {
  std::size_t threads = 64;
  std::size_t waiting = 256;                         ///< beyond, a connection is refused
  std::chrono::milliseconds patience{10'000};        ///< for a request to arrive whole
  std::chrono::milliseconds short_patience{500};     ///< the same while others wait
  std::chrono::milliseconds write_patience{10'000};  ///< for a client to take some bytes
  std::size_t request_bytes = std::size_t{1} << 20;  ///< headers and body
  std::string upload_path = {};          ///< requests there bring a file, read as it comes
  std::uint64_t upload_bytes = 0;        ///< of such a file
  std::uint64_t upload_rate = 16 << 10;  ///< bytes a second it must come with on the whole
};

/// In a thread that answers: true once the client has hung up.
[[nodiscard]] bool client_gone();

/// Where a request's Accept-Encoding stands once it is read: httplib must not see it.
inline constexpr const char* accepted_coding = "Stave-Accept-Encoding";

/// The threads that answer, and who waits for one.
class ConnectionThreads : public httplib::TaskQueue {
 public:
  ConnectionThreads(std::size_t threads, std::size_t most_waiting,
                    std::atomic<std::size_t>& waiting);
  void enqueue(std::function<void()> fn) override;
  void shutdown() override;

 private:
  void work();
  std::size_t most_waiting_;
  std::atomic<std::size_t>& waiting_;
  std::mutex mutex_;
  std::condition_variable wanted_;
  std::deque<std::function<void()>> jobs_;
  bool closing_ = false;
  std::vector<std::thread> threads_;
};

/// An httplib server with these limits.
class ConnectionServer : public httplib::Server {
 public:
  explicit ConnectionServer(const ConnectionLimits& limits);
  /// More connections may knock at once than httplib lets.
  void widen_door() const;
  [[nodiscard]] bool stopping() const { return stopping_; }
  void stop_all();

 private:
  bool process_and_close_socket(socket_t handle) override;
  bool answer_one(httplib::Stream& stream);
  [[nodiscard]] std::uint64_t upload_length(const httplib::Request& request) const;

  ConnectionLimits limits_;
  std::atomic<std::size_t> waiting_ = 0;
  std::atomic<bool> stopping_ = false;
};

}  // namespace stave
