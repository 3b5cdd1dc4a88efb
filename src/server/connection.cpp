#include "server/connection.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <optional>
#include <string_view>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace stave {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr milliseconds slice{50};  // between two looks at who waits and whether to stop
constexpr milliseconds idle_patience{5'000};
constexpr milliseconds short_idle_patience{250};  // while others wait

// Set in the thread that accepts, while it turns a connection away.
thread_local bool turning_away = false;
// The client of the thread that answers; -1 for none.
thread_local int client_socket = -1;

class TimedStream : public httplib::Stream {
 public:
  TimedStream(int handle, const ConnectionLimits& limits, const std::atomic<std::size_t>& waiting,
              const std::atomic<bool>& stopping)
      : socket_(handle), limits_(limits), waiting_(waiting), stopping_(stopping) {}

  /// True once the next request's first byte is here.
  bool next_request() {
    begun_ = Clock::now();
    bytes_ = 0;
    most_bytes_ = limits_.request_bytes;
    file_until_.reset();
    if (at_ < end_) return true;
    while (!stopping_ &&
           Clock::now() - begun_ < (waiting_ > 0 ? short_idle_patience : idle_patience))
      if (ready(POLLIN, slice)) {
        begun_ = Clock::now();
        return fill();
      }
    return false;
  }

  /// What follows is a file of so many bytes.
  void expect_file(std::uint64_t bytes) {
    most_bytes_ = limits_.request_bytes + bytes;
    begun_ = Clock::now();
    file_until_ = begun_ + limits_.patience +
                  std::chrono::seconds(bytes / std::max<std::uint64_t>(1, limits_.upload_rate));
  }

  [[nodiscard]] bool is_readable() const override { return at_ < end_ || ready(POLLIN, slice); }
  [[nodiscard]] bool is_writable() const override { return ready(POLLOUT, limits_.write_patience); }

  ssize_t read(char* ptr, size_t size) override {
    if (at_ == end_ && !fill()) return -1;
    const auto count = std::min(size, end_ - at_);
    std::memcpy(ptr, buffer_.data() + at_, count);
    at_ += count;
    bytes_ += count;
    return bytes_ > most_bytes_ ? -1 : static_cast<ssize_t>(count);
  }

  ssize_t write(const char* ptr, size_t size) override {
    const auto until = Clock::now() + limits_.write_patience;
    while (!stopping_ && Clock::now() < until) {
      const auto sent = ::send(socket_, ptr, size, MSG_NOSIGNAL | MSG_DONTWAIT);
      if (sent >= 0) return sent;
      if (errno != EAGAIN && errno != EINTR) return -1;
      (void)ready(POLLOUT, slice);
    }
    return -1;
  }

  void get_remote_ip_and_port(std::string& ip, int& port) const override {
    ip.clear();
    port = 0;
  }
  void get_local_ip_and_port(std::string& ip, int& port) const override {
    ip.clear();
    port = 0;
  }
  [[nodiscard]] socket_t socket() const override { return socket_; }

 private:
  [[nodiscard]] bool ready(short what, milliseconds time) const {
    pollfd one{.fd = socket_, .events = what, .revents = 0};
    return ::poll(&one, 1, static_cast<int>(time.count())) > 0;
  }

  // A file must move, and come in the time its size is given.
  [[nodiscard]] bool in_time() const {
    const auto now = Clock::now();
    if (file_until_) return now - begun_ < limits_.patience && now < *file_until_;
    return now - begun_ < (waiting_ > 0 ? limits_.short_patience : limits_.patience);
  }

  bool fill() {
    while (!stopping_ && in_time()) {
      if (!ready(POLLIN, slice)) continue;
      const auto got = ::recv(socket_, buffer_.data(), buffer_.size(), MSG_DONTWAIT);
      if (got > 0) {
        at_ = 0;
        end_ = static_cast<std::size_t>(got);
        if (file_until_) begun_ = Clock::now();
        return true;
      }
      if (got == 0 || (errno != EAGAIN && errno != EINTR)) return false;
    }
    return false;
  }

  int socket_;
  const ConnectionLimits& limits_;
  const std::atomic<std::size_t>& waiting_;
  const std::atomic<bool>& stopping_;
  Clock::time_point begun_ = Clock::now();
  std::optional<Clock::time_point> file_until_;  // of a request that brings a file
  std::uint64_t bytes_ = 0;                      // of this request
  std::uint64_t most_bytes_ = 0;
  std::size_t at_ = 0;
  std::size_t end_ = 0;
  std::array<char, 8192> buffer_{};
};

bool has_body(const httplib::Request& request) {
  return request.has_header("Transfer-Encoding") ||
         (request.has_header("Content-Length") &&
          request.get_header_value("Content-Length") != "0");
}

void turn_away(int handle) {
  constexpr std::string_view text =
      "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nRetry-After: 1\r\n"
      "Connection: close\r\n\r\n";
  (void)::send(handle, text.data(), text.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
}

// Closing with bytes unread would take the answer from the client that sends too much.
void say_goodbye(int handle) {
  ::shutdown(handle, SHUT_WR);
  std::array<char, 65536> rest{};
  pollfd one{.fd = handle, .events = POLLIN, .revents = 0};
  for (int times = 0; times < 128 && ::poll(&one, 1, 20) > 0; ++times)
    if (::recv(handle, rest.data(), rest.size(), MSG_DONTWAIT) <= 0) return;
}

}  // namespace

ConnectionThreads::ConnectionThreads(std::size_t threads, std::size_t most_waiting,
                                     std::atomic<std::size_t>& waiting)
    : most_waiting_(most_waiting), waiting_(waiting) {
  for (std::size_t i = 0; i < std::max<std::size_t>(1, threads); ++i)
    threads_.emplace_back([this] { work(); });
}

void ConnectionThreads::enqueue(std::function<void()> fn) {
  {
    const std::scoped_lock lock(mutex_);
    if (jobs_.size() < most_waiting_) {
      jobs_.push_back(std::move(fn));
      waiting_ = jobs_.size();
      wanted_.notify_one();
      return;
    }
  }
  turning_away = true;
  fn();
  turning_away = false;
}

void ConnectionThreads::shutdown() {
  {
    const std::scoped_lock lock(mutex_);
    closing_ = true;
  }
  wanted_.notify_all();
  for (auto& thread : threads_) thread.join();
}

void ConnectionThreads::work() {
  for (;;) {
    std::function<void()> job;
    {
      std::unique_lock lock(mutex_);
      wanted_.wait(lock, [&] { return closing_ || !jobs_.empty(); });
      if (jobs_.empty()) return;
      job = std::move(jobs_.front());
      jobs_.pop_front();
      waiting_ = jobs_.size();
    }
    job();
  }
}

bool client_gone() {
  if (client_socket < 0) return false;
  pollfd one{.fd = client_socket, .events = POLLRDHUP, .revents = 0};
  return ::poll(&one, 1, 0) > 0 && (one.revents & (POLLRDHUP | POLLHUP | POLLERR)) != 0;
}

ConnectionServer::ConnectionServer(const ConnectionLimits& limits) : limits_(limits) {
  new_task_queue = [this] {
    return new ConnectionThreads(limits_.threads, limits_.waiting, waiting_);
  };
  set_payload_max_length(std::max<std::uint64_t>(limits_.request_bytes, limits_.upload_bytes));
  set_tcp_nodelay(true);
  // A second server on the same port must fail, not share it.
  set_socket_options([](socket_t handle) {
    const int yes = 1;
    (void)::setsockopt(handle, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
  });
}

void ConnectionServer::widen_door() const { (void)::listen(svr_sock_, 256); }

void ConnectionServer::stop_all() {
  stopping_ = true;
  stop();
}

bool ConnectionServer::process_and_close_socket(socket_t handle) {
  if (turning_away || stopping_) {
    turn_away(handle);
  } else {
    const int yes = 1;
    (void)::setsockopt(handle, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof(yes));
    TimedStream stream(handle, limits_, waiting_, stopping_);
    client_socket = handle;
    while (stream.next_request() && answer_one(stream)) {
    }
    client_socket = -1;
    say_goodbye(handle);
  }
  ::close(handle);
  return true;
}

// Of a request that brings a file this server would take, the length it says; else 0.
std::uint64_t ConnectionServer::upload_length(const httplib::Request& request) const {
  if (limits_.upload_path.empty() || request.path != limits_.upload_path) return 0;
  const auto text = request.get_header_value("Content-Length");
  std::uint64_t bytes = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), bytes);
  const bool number = read.ec == std::errc{} && read.ptr == text.data() + text.size();
  return request.method == "POST" && number && bytes <= limits_.upload_bytes ? bytes : 0;
}

// A request with a body ends its connection: whatever was left unread of it is never taken for the
// next request. So does one while others wait for a thread, and says so. Ranges are not offered,
// and httplib compresses nothing: what is sent gzipped is stored so.
bool ConnectionServer::answer_one(httplib::Stream& stream) {
  bool closed = false;
  bool again = false;
  const auto prepare = [&](httplib::Request& request) {
    request.ranges.clear();
    request.headers.erase("Range");
    const auto coding = request.get_header_value("Accept-Encoding");
    for (const auto* name : {"Accept-Encoding", accepted_coding}) request.headers.erase(name);
    request.headers.emplace(accepted_coding, coding);
    if (const auto bytes = upload_length(request); bytes > 0)
      static_cast<TimedStream&>(stream).expect_file(bytes);
    again = !has_body(request) && waiting_ == 0;
    if (!again) {
      request.headers.erase("Connection");
      request.headers.emplace("Connection", "close");
    }
  };
  return process_request(stream, false, closed, prepare) && again && !closed;
}

}  // namespace stave
