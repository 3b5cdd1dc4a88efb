#include "server/connection.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <chrono>
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

constexpr auto longest_goodbye = std::chrono::milliseconds(1000);
constexpr int quiet_goodbye = 200;  // milliseconds

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr milliseconds slice{50};   // between two looks at who waits and whether to stop
constexpr milliseconds linger{20};  // for the next request, before the connection goes to the lobby
constexpr int accepted_at_once = 512;
constexpr std::size_t most_headers = LobbyLimits{}.header_bytes;

// The client of the thread that answers; -1 for none.
thread_local int client_socket = -1;

class TimedStream : public httplib::Stream {
 public:
  TimedStream(Connection& connection, const ConnectionLimits& limits,
              const std::atomic<std::size_t>& waiting, const std::atomic<bool>& stopping)
      : socket_(connection.handle),
        limits_(limits),
        waiting_(waiting),
        stopping_(stopping),
        buffer_(std::move(connection.bytes)) {}

  /// A request begins: its clock and its count.
  void begin() {
    begun_ = Clock::now();
    bytes_ = 0;
    most_bytes_ = limits_.request_bytes;
    file_until_.reset();
    blocked_ = {};
    written_ = 0;
  }

  /// What follows is a file of so many bytes.
  void expect_file(std::uint64_t bytes) {
    most_bytes_ = limits_.request_bytes + bytes;
    begun_ = Clock::now();
    file_until_ = begun_ + limits_.patience + time_of(bytes);
  }

  /// True when the headers of another request came already, or come at once.
  bool next_request() {
    while (!has_headers(std::string_view(buffer_).substr(at_))) {
      if (stopping_ || waiting_ > 0 || !ready(POLLIN, linger)) return false;
      const auto before = buffer_.size() - at_;
      if (!receive() || buffer_.size() - at_ == before || before > most_headers) return false;
    }
    return true;
  }
  /// What came beyond the requests that were answered.
  [[nodiscard]] std::string unread() const { return buffer_.substr(at_); }
  [[nodiscard]] bool over() const { return over_; }

  [[nodiscard]] bool is_readable() const override {
    return at_ < buffer_.size() || ready(POLLIN, slice);
  }
  [[nodiscard]] bool is_writable() const override { return ready(POLLOUT, limits_.write_patience); }

  ssize_t read(char* ptr, size_t size) override {
    if (at_ == buffer_.size() && !fill()) return -1;
    const auto count = std::min(size, buffer_.size() - at_);
    std::memcpy(ptr, buffer_.data() + at_, count);
    at_ += count;
    bytes_ += count;
    return bytes_ > most_bytes_ ? -1 : static_cast<ssize_t>(count);
  }

  // Only the time that nothing could be written counts.
  ssize_t write(const char* ptr, size_t size) override {
    while (!stopping_) {
      const auto sent = ::send(socket_, ptr, size, MSG_NOSIGNAL | MSG_DONTWAIT);
      if (sent >= 0) {
        written_ += static_cast<std::uint64_t>(sent);
        return sent;
      }
      if (errno != EAGAIN && errno != EINTR) return -1;
      const auto from = Clock::now();
      (void)ready(POLLOUT, slice);
      blocked_ += Clock::now() - from;
      const auto patience = waiting_ > 0 ? limits_.short_patience : limits_.write_patience;
      if (blocked_ > patience + time_of(written_)) return -1;
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

  // That so many bytes may take at the slowest.
  [[nodiscard]] milliseconds time_of(std::uint64_t bytes) const {
    return milliseconds(bytes * 1000 / std::max<std::uint64_t>(1, limits_.slowest));
  }

  // A file must move, and come in the time its size is given.
  [[nodiscard]] bool in_time() const {
    const auto now = Clock::now();
    if (file_until_) return now - begun_ < limits_.patience && now < *file_until_;
    return now - begun_ < (waiting_ > 0 ? limits_.short_patience : limits_.patience);
  }

  // What there is now; false at the end.
  bool receive() {
    if (at_ == buffer_.size()) {
      buffer_.clear();
      at_ = 0;
    }
    const auto had = buffer_.size();
    buffer_.resize(had + piece_bytes);
    const auto got = ::recv(socket_, buffer_.data() + had, piece_bytes, MSG_DONTWAIT);
    const int why = errno;
    buffer_.resize(had + (got > 0 ? static_cast<std::size_t>(got) : 0));
    over_ = got == 0 || (got < 0 && why != EAGAIN && why != EINTR);
    return !over_;
  }

  bool fill() {
    while (!stopping_ && in_time()) {
      if (!ready(POLLIN, slice)) continue;
      if (!receive()) return false;
      if (buffer_.empty()) continue;
      if (file_until_) begun_ = Clock::now();
      return true;
    }
    return false;
  }

  static constexpr std::size_t piece_bytes = 16384;
  int socket_;
  const ConnectionLimits& limits_;
  const std::atomic<std::size_t>& waiting_;
  const std::atomic<bool>& stopping_;
  Clock::time_point begun_ = Clock::now();
  std::optional<Clock::time_point> file_until_;  // of a request that brings a file
  std::uint64_t bytes_ = 0;                      // of this request
  std::uint64_t most_bytes_ = 0;
  Clock::duration blocked_{};  // in which its answer could not be written
  std::uint64_t written_ = 0;
  std::string buffer_;
  std::size_t at_ = 0;
  bool over_ = false;
};

// Connections are taken in at once: httplib's own queue is not needed.
class NoQueue : public httplib::TaskQueue {
 public:
  void enqueue(std::function<void()> fn) override { fn(); }
  void shutdown() override {}
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

// Closing with bytes unread would take the answer from the client that sends too much: it is heard
// out, for a while.
void say_goodbye(int handle) {
  ::shutdown(handle, SHUT_WR);
  std::array<char, 65536> rest{};
  pollfd one{.fd = handle, .events = POLLIN, .revents = 0};
  const auto end = std::chrono::steady_clock::now() + longest_goodbye;
  while (std::chrono::steady_clock::now() < end && ::poll(&one, 1, quiet_goodbye) > 0)
    if (::recv(handle, rest.data(), rest.size(), MSG_DONTWAIT) <= 0) return;
}

}  // namespace

ConnectionThreads::ConnectionThreads(std::size_t threads, std::size_t most_waiting,
                                     std::function<void(Connection)> serve)
    : most_waiting_(most_waiting), serve_(std::move(serve)) {
  for (std::size_t i = 0; i < threads; ++i) threads_.emplace_back([this] { work(); });
}

ConnectionThreads::~ConnectionThreads() { stop(); }

void ConnectionThreads::stop() {
  {
    const std::scoped_lock lock(mutex_);
    closing_ = true;
    for (const auto& connection : connections_) ::close(connection.handle);
    connections_.clear();
  }
  wanted_.notify_all();
  for (auto& thread : threads_)
    if (thread.joinable()) thread.join();
}

bool ConnectionThreads::add(Connection& connection) {
  {
    const std::scoped_lock lock(mutex_);
    if (closing_ || connections_.size() >= most_waiting_) return false;
    connections_.push_back(std::move(connection));
    waiting_ = connections_.size();
  }
  wanted_.notify_one();
  return true;
}

void ConnectionThreads::work() {
  for (;;) {
    Connection connection;
    {
      std::unique_lock lock(mutex_);
      wanted_.wait(lock, [&] { return closing_ || !connections_.empty(); });
      if (connections_.empty()) return;
      connection = std::move(connections_.front());
      connections_.pop_front();
      waiting_ = connections_.size();
    }
    serve_(std::move(connection));
  }
}

bool client_gone() {
  if (client_socket < 0) return false;
  pollfd one{.fd = client_socket, .events = POLLRDHUP, .revents = 0};
  return ::poll(&one, 1, 0) > 0 && (one.revents & (POLLRDHUP | POLLHUP | POLLERR)) != 0;
}

ConnectionServer::ConnectionServer(const ConnectionLimits& limits) : limits_(limits) {
  new_task_queue = [] { return new NoQueue; };
  set_payload_max_length(std::max<std::uint64_t>(limits_.request_bytes, limits_.upload_bytes));
  set_tcp_nodelay(true);
  // A second server on the same port must fail, not share it.
  set_socket_options([](socket_t handle) {
    const int yes = 1;
    (void)::setsockopt(handle, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
  });
  threads_ = std::make_unique<ConnectionThreads>(
      limits_.threads, limits_.waiting,
      [this](Connection connection) { serve(std::move(connection)); });
  lobby_ = std::make_unique<Lobby>(LobbyLimits{.patience = limits_.patience},
                                   [this](Connection connection) {
                                     if (threads_->add(connection)) return;
                                     turn_away(connection.handle);
                                     ::close(connection.handle);
                                   });
}

ConnectionServer::~ConnectionServer() { stop_all(); }

void ConnectionServer::widen_door() const { (void)::listen(svr_sock_, accepted_at_once); }

// Both are there still when the other ends: what it is given then is closed.
void ConnectionServer::stop_all() {
  stopping_ = true;
  stop();
  lobby_->stop();
  threads_->stop();
}

bool ConnectionServer::process_and_close_socket(socket_t handle) {
  const int yes = 1;
  (void)::setsockopt(handle, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof(yes));
  lobby_->add({handle, {}});
  return true;
}

void ConnectionServer::serve(Connection connection) {
  const int handle = connection.handle;
  TimedStream stream(connection, limits_, threads_->waiting(), stopping_);
  client_socket = handle;
  bool goes_on = true;
  do {
    stream.begin();
    goes_on = answer_one(stream);
  } while (goes_on && stream.next_request());
  client_socket = -1;
  if (goes_on && !stream.over() && !stopping_) return lobby_->add({handle, stream.unread()});
  say_goodbye(handle);
  ::close(handle);
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
// next request. Ranges are not offered, and httplib compresses nothing: what is sent gzipped is
// stored so.
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
    again = !has_body(request);
    if (!again) {
      request.headers.erase("Connection");
      request.headers.emplace("Connection", "close");
    }
  };
  return process_request(stream, false, closed, prepare) && again && !closed;
}

}  // namespace stave
